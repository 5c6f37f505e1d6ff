"""The packs of this office: those of the house, and its own from GUITU_HOME/scenes/."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from guitu.centre import scenes
from guitu.centre.scenes import ScenePack
from guitu.kernel.errors import DeclarationError

FOLDER: Final = "scenes"


def folder() -> Path:
    """Where the office's own packs stand."""
    return Path(settings.HOME) / FOLDER


def known() -> tuple[tuple[ScenePack, ...], tuple[DeclarationError, ...]]:
    """Every pack that can be opened, and what is wrong with the office's own. A file that is changed is read
    anew; the server need not be started again."""
    where = folder()
    stamp = tuple(sorted((p.name, p.stat().st_mtime_ns) for p in where.glob("*.yaml")))
    return _known(where, stamp)


@lru_cache(maxsize=4)
def _known(
    where: Path, stamp: tuple[tuple[str, int], ...]
) -> tuple[tuple[ScenePack, ...], tuple[DeclarationError, ...]]:
    house = scenes.house_packs()
    if not stamp:
        return tuple(house.values()), ()
    own, faults = scenes.read_folder(where, frozenset(house))
    return (*house.values(), *own), faults


def found(key: str) -> ScenePack | None:
    """The pack of that key."""
    return next((pack for pack in known()[0] if pack.key == key), None)
