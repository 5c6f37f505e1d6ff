"""Who holds a file: who answers for the person, to whom it was sent, who held it before, where the person is
held. Worked out from what the file's entries say about it, in the order in which they count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Happening = Literal["named", "placed", "held", "out", "sent", "accepted", "refused"]


@dataclass(frozen=True, slots=True)
class Move:
    """What one entry says. `named`: this unit answers for the person. `placed`: it does from now on, in the
    place of another. `held`: so it does, and holds the person. `out`: the person left the place of custody,
    or reported elsewhere. `sent`: the file was sent to this unit, which has to accept it. `accepted`: it did;
    the unit is that of what was sent last. `refused`: it sent it back, and waits for nothing any more."""

    what: Happening
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Holders:
    """`unit` answers for the person: there is always one, once there was any. `receiving` was sent the file
    and has not accepted it. `former` held it before, the earliest first. `custody` holds the person.
    `by_default` says that nobody was named yet and the unit only wrote the first entry: naming another then
    takes nothing from it that it held."""

    unit: str = ""
    receiving: str = ""
    former: tuple[str, ...] = ()
    custody: str = ""
    by_default: bool = False

    def after(self, move: Move) -> Holders:
        """The holders once that has happened."""
        if move.what == "out":
            return replace(self, custody="")
        if move.what == "sent":
            return replace(self, receiving=move.unit if move.unit != self.unit else "")
        if move.what == "refused":
            return replace(self, receiving="")
        if move.what == "accepted":
            return self._moved(self.receiving) if self.receiving else self
        if not move.unit:
            return self
        if move.what == "named" and self.by_default:
            receiving = self.receiving if move.unit == self.unit else ""
            return Holders(move.unit, receiving, self.former, self.custody)
        now = self._moved(move.unit)
        return replace(now, custody=move.unit) if move.what == "held" else now

    def _moved(self, unit: str) -> Holders:
        """Answered for by that unit. What was sent before waits no longer, unless nothing has changed."""
        if unit == self.unit:
            return replace(self, by_default=False)
        former = tuple(u for u in (*self.former, self.unit) if u and u != unit)
        return Holders(unit, "", tuple(dict.fromkeys(former)), self.custody)


def holders(first: str, moves: Iterable[Move]) -> Holders:
    """The holders of a file whose first entry was written by the unit `first`."""
    now = Holders(first, by_default=True)
    for move in moves:
        now = now.after(move)
    return now
