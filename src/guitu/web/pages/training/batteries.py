"""The batteries of this office: its own from GUITU_HOME/fitness/, then those of the house."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from guitu.centre import fitness
from guitu.centre.fitness import Battery
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

FOLDER: Final = "fitness"


def known() -> tuple[tuple[Battery, ...], Label | None]:
    """Every battery that may be used, and what is wrong with the office's own, if anything is."""
    folder = Path(settings.HOME) / FOLDER
    stamp = tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.glob("*.yaml")))
    return _known(folder, stamp)


@lru_cache(maxsize=4)
def _known(folder: Path, stamp: tuple[tuple[str, int], ...]) -> tuple[tuple[Battery, ...], Label | None]:
    if not stamp:
        return fitness.own(), None
    try:
        return (*fitness.read_files(folder), *fitness.own()), None
    except DeclarationError as wrong:
        said = Label(f"{wrong.where}：{wrong.label.zh}", f"{wrong.where}: {wrong.label.en}")
        return fitness.own(), Label(
            f"本单位的测试方案没有读成：{said.zh}", f"this office's own battery could not be read: {said.en}"
        )


def chosen(name: str) -> Battery:
    """The battery of that name; the first one without it."""
    some, _ = known()
    return next((b for b in some if b.name == name), some[0])
