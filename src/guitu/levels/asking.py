"""Questions that kinds of several folders ask alike: a place's name, where it lies, which entry is meant."""

from __future__ import annotations

from typing import Final

from guitu.casefile import Ask
from guitu.kernel.labels import Label
from guitu.levels import shapes

ONLY_PLACES: Final = Label("只写地点，不写任何人。", "Places only; nobody is named.")
BY_SYSTEM: Final = Label("由系统填写", "Filled in by the system")


def place(name: str, label: Label, *, required: bool = True) -> Ask:
    """The name of a place, which is refused where it betrays a person."""
    return Ask(name=name, label=label, required=required, check=shapes.a_place, help=ONLY_PLACES)


def degrees(name: str, label: Label, most: int) -> Ask:
    """Degrees, north and east positive; four places are eleven metres."""
    return Ask(
        name=name, label=label, type="decimal", places=4, unit=Label("度", "degrees"), least=-most, most=most,
    )  # fmt: skip


def to(label: Label) -> Ask:
    """Which entry of the same file is meant."""
    return Ask(name="to", label=label, required=True, plain=True, check=shapes.an_id, help=BY_SYSTEM)
