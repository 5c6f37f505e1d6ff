"""What some schedules have much of, so that what seldom meets is met: one in five is about refusals, one in
five about restores. A schedule with a mood is no longer than others; it does other things as often."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final, Literal

Mood = Literal["", "refused", "restored"]

REFUSED: Final = "refused"
"""People have moved away and workers write about them again and again: what is refused is refused once more,
and an earlier version arrives late at a restored server."""
RESTORED: Final = "restored"
"""The server is put back again and again on one day, often to what was a moment ago, so that no check of the
next day finds what a mark should have told. Mostly one phone is alone: no other's mark warns the server."""

_USUAL: Final[Mapping[str, int]] = {
    "write": 9, "exchange": 8, "wait": 4, "stop": 2, "mend": 2, "office": 2, "back_up": 1, "restore": 2,
    "fill": 1, "end_token": 1, "late": 2, "upgrade": 1, "move": 1, "again": 2,
}  # fmt: skip
_MORE: Final[Mapping[Mood, Mapping[str, int]]] = {
    "": {},
    "refused": {
        "again": 9, "move": 3, "wait": 1, "stop": 1, "mend": 1, "office": 0, "fill": 0, "end_token": 0,
        "upgrade": 0, "back_up": 0,
    },
    "restored": {
        "restore": 6, "exchange": 14, "back_up": 3, "office": 1, "move": 0, "again": 0, "upgrade": 0,
        "end_token": 0,
    },
}  # fmt: skip
FAULTS: Final = ("none", "lost", "unheard", "twice", "delayed", "power_before", "power_after")
"""What happens to a call."""
_FAULTS: Final = (52, 10, 12, 8, 6, 6, 6)
_FAULTS_RESTORED: Final = (40, 18, 12, 2, 4, 12, 12)


def drawn(dice: Random) -> Mood:
    """The mood of a schedule; mostly none."""
    moods: tuple[Mood, ...] = ("", "refused", "restored")
    return dice.choices(moods, (60, 20, 20))[0]


def weights(mood: Mood) -> dict[str, int]:
    """How often each step is taken, by its name."""
    return {**_USUAL, **_MORE[mood]}


def fault(mood: Mood, dice: Random) -> str:
    """What happens to a call, one of FAULTS."""
    return dice.choices(FAULTS, _FAULTS_RESTORED if mood == RESTORED else _FAULTS)[0]
