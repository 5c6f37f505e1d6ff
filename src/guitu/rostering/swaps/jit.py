"""Compiling the search, and keeping what was compiled for the next process: in a folder of its own, named by
the text of every module here, because numba looks only at the module a function stands in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba.core import config

Compiled = TypeVar("Compiled", bound=Callable[..., Any])
_SETTINGS: Final[Any] = config
COMPILED: Final = ("arrays.py", "jit.py", "search.py")
"""The modules of which machine code is made."""


def _folder() -> str:
    told = hashlib.sha256(numba.__version__.encode())
    for name in COMPILED:
        told.update((Path(__file__).parent / name).read_bytes())
    cache = os.environ.get("XDG_CACHE_HOME")
    user = Path(cache) if cache else Path("~/.cache").expanduser()
    there = next((place for place in (user, *user.parents) if place.exists()), user)
    if not os.access(there, os.W_OK) and os.environ.get("GUITU_HOME"):
        user = Path(os.environ["GUITU_HOME"]) / "cache"
    return str(user / "guitu" / f"rosters-{told.hexdigest()[:16]}")


FOLDER: Final = _folder()


def compiled(function: Compiled) -> Compiled:
    """The function as machine code, made when whoever calls it is made."""
    return cast(Compiled, numba.njit(nogil=True, error_model="numpy")(function))


def entrance(function: Compiled) -> Compiled:
    """The function by which the search is entered: made when it is first called, kept with all that it calls,
    and run without holding up other threads."""
    before = _SETTINGS.CACHE_DIR
    _SETTINGS.CACHE_DIR = FOLDER
    try:
        return cast(Compiled, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        _SETTINGS.CACHE_DIR = before
