"""How many people each worker has, and how they could be shared out more evenly. It proposes and moves
nobody: who is whose worker is recorded by the office, person by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NORM: Final = 30
"""People to a worker. Local: 湛江市 2016, “at least one full-time worker to 30 actual drug users”, which is
another base than people under a measure. No national source was seen."""
NORMS: Final = (20, 30, 40, 50)
"""What a page offers to compare with."""


@dataclass(frozen=True, slots=True)
class Move:
    """So many people could go from one worker to another."""

    giver: str
    taker: str
    people: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What could be done. `moves` are the fewest after which nobody has more than `most`; `most` is the norm,
    or, where there are too few workers for it, what everybody has when all share alike. `lacking` is how many
    workers more the norm would take."""

    moves: tuple[Move, ...]
    most: int
    lacking: int


def share(people: Mapping[str, int], norm: int = NORM) -> Shared:
    """How these workers' people could be shared so that nobody has more than the norm. Without workers there
    is nobody to share among.

    Only what is over `most` moves, so no other sharing of the same bound moves fewer people; it goes to
    whoever has fewest, in the order of names where they are equal.
    """
    if norm < 1:
        raise ValueError(f"a norm of {norm}")
    if not people:
        return Shared((), norm, 0)
    total = sum(people.values())
    even = -(-total // len(people))
    most = max(norm, even)
    room = {name: most - has for name, has in people.items() if has < most}
    moves = []
    for giver in sorted(people, key=lambda name: (-people[name], name)):
        over = people[giver] - most
        while over > 0:
            taker = max(sorted(room), key=lambda name: room[name])
            # what makes the taker no fuller than whoever comes next, so that all end near alike
            others = [left for name, left in room.items() if name != taker]
            many = min(over, max(1, room[taker] - max(others, default=0)), room[taker])
            moves.append(Move(giver, taker, many))
            over -= many
            room[taker] -= many
            if not room[taker]:
                del room[taker]
    lacking = max(0, -(-total // norm) - len(people))
    return Shared(_joined(moves), most, lacking)


def _joined(moves: list[Move]) -> tuple[Move, ...]:
    """Several small moves between the same two as one."""
    found: dict[tuple[str, str], int] = {}
    for move in moves:
        found[move.giver, move.taker] = found.get((move.giver, move.taker), 0) + move.people
    return tuple(Move(giver, taker, many) for (giver, taker), many in found.items())
