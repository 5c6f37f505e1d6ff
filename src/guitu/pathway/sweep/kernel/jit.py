"""Compiling the kernel, and keeping what was compiled for the next process.

The compiled code is kept in a folder of its own, named by the text of every module of the kernel: numba looks
only at the module a function stands in, and would go on using what was compiled from an older neighbour.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

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
    """Where compiled code is kept: below GUITU_HOME, else in the user's cache."""
    home = os.environ.get(HOME)
    below = Path(home) / "cache" if home else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "guitu"
    return below.expanduser() / f"sweep-{_digest()}"


COMPILED: Final = not config.DISABLE_JIT
"""Whether the kernel is machine code; with NUMBA_DISABLE_JIT=1 it is plain Python, for looking at it step by step."""
_FOLDER: Final = str(folder())


def compiled(function: Compiled) -> Compiled:
    """The function as machine code, made when whoever calls it is made."""
    made: Compiled = numba.njit(nogil=True, error_model="numpy")(function)
    return made


def entrance(function: Compiled) -> Compiled:
    """The function by which the kernel is entered: made when it is first called, kept with all that it calls,
    and run without holding up other threads."""
    before = config.CACHE_DIR
    config.CACHE_DIR = _FOLDER
    try:
        made: Compiled = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        config.CACHE_DIR = before
    return made
