"""Compiling the kernel, and keeping what was compiled for the next process.

The compiled code is kept in a folder of its own, named by the text of every module of the kernel: numba looks
only at the module a function stands in, and would go on using what was compiled from an older neighbour.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba.core import config

HOME: Final = "GUITU_HOME"
Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def _digest() -> str:
    told = hashlib.sha256(f"{numba.__version__}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def folder() -> Path:
    """Where compiled code is kept: in the user's cache, below GUITU_HOME for a user who has none."""
    cache = os.environ.get("XDG_CACHE_HOME")
    user = Path(cache) if cache else Path("~/.cache").expanduser()
    there = next((place for place in (user, *user.parents) if place.exists()), user)
    if not os.access(there, os.W_OK) and os.environ.get(HOME):
        user = Path(os.environ[HOME]) / "cache"
    return user / "guitu" / f"sweep-{_digest()}"


_SETTINGS: Final[Any] = config
COMPILED: Final = not _SETTINGS.DISABLE_JIT
"""Whether the kernel is machine code; with NUMBA_DISABLE_JIT=1 it is plain Python, to be looked at step by
step."""
_FOLDER: Final = str(folder())


def compiled(function: Compiled) -> Compiled:
    """The function as machine code, made when whoever calls it is made."""
    return cast(Compiled, numba.njit(nogil=True, error_model="numpy")(function))


def entrance(function: Compiled) -> Compiled:
    """The function by which the kernel is entered: made when it is first called, kept with all that it calls,
    and run without holding up other threads."""
    before = _SETTINGS.CACHE_DIR
    _SETTINGS.CACHE_DIR = _FOLDER
    try:
        return cast(Compiled, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        _SETTINGS.CACHE_DIR = before


def kept(function: Compiled) -> bool:
    """Whether the machine code of an entrance is there from an earlier process: else it takes about a minute
    to make."""
    return not COMPILED or any(Path(_FOLDER).glob(f"*/*.{function.__name__}-*.nbc"))
