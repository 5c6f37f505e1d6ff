"""Who holds a file: who answers for the person, to whom it was sent, who held it before, where the person is
held. Worked out from what the file's entries say about it, in the order in which they count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Happening = Literal["placed", "held", "out", "sent", "accepted"]


@dataclass(frozen=True, slots=True)
class Move:
    """What one entry says. `placed`: this unit answers from then on. `held`: it does, and holds the person.
    `out`: the person left the place of custody, or reported elsewhere. `sent`: the file was sent to this
    unit, which has to accept it. `accepted`: it did; the unit is that of what was sent last."""

    what: Happening
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Holders:
    """`unit` answers for the person: there is always one, once there was any. `receiving` was sent the file
    and has not accepted it. `former` held it before, the earliest first. `custody` holds the person."""

    unit: str = ""
    receiving: str = ""
    former: tuple[str, ...] = ()
    custody: str = ""

    def after(self, move: Move) -> Holders:
        """The holders once that has happened."""
        if move.what == "out":
            return Holders(self.unit, self.receiving, self.former, "")
        if move.what == "sent":
            waiting = move.unit if move.unit != self.unit else ""
            return Holders(self.unit, waiting, self.former, self.custody)
        if move.what == "accepted":
            return self._moved(self.receiving, self.custody) if self.receiving else self
        if not move.unit:
            return self
        return self._moved(move.unit, move.unit if move.what == "held" else self.custody)

    def _moved(self, unit: str, custody: str) -> Holders:
        """Answered for by that unit. What was sent before waits no longer, unless nothing has changed."""
        if unit == self.unit:
            return Holders(unit, self.receiving, self.former, custody)
        former = tuple(u for u in (*self.former, self.unit) if u and u != unit)
        return Holders(unit, "", tuple(dict.fromkeys(former)), custody)


def holders(first: str, moves: Iterable[Move]) -> Holders:
    """The holders of a file whose first entry was written by the unit `first`."""
    now = Holders(first)
    for move in moves:
        now = now.after(move)
    return now
