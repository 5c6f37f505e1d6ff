"""How good a roster is: what it costs beyond the rules. Lower is better; breaches are not counted here.

Fair means near one's share: the nights (weekend days, shifts) that the demand makes, divided among those who
may serve them by the days on which they can. Within one of the share costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guitu.centre.roster.model import Person, Problem, Roster

KINDS: Final = ("night", "weekend", "load")
"""What is shared out fairly."""

Bounds = Mapping[tuple[str, str], tuple[int, int]]
"""For each kind and person: the fewest and the most that cost nothing, those served before included."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a roster costs, by reason."""

    under: int = 0
    over: int = 0
    wishes: int = 0
    night: int = 0
    weekend: int = 0
    load: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.under + self.over + self.wishes + self.night + self.weekend + self.load


def counts(problem: Problem, day: int, shift: str, kind: str) -> int:
    """What one shift counts for a kind: 1 or 0."""
    if kind == "night":
        return int(problem.shift[shift].night)
    return int(problem.weekend(day)) if kind == "weekend" else 1


def served(person: Person, kind: str) -> int:
    """What somebody served before the roster."""
    return {"night": person.nights_before, "weekend": person.weekends_before}.get(kind, 0)


def bounds(problem: Problem) -> Bounds:
    """Everybody's fair share as fewest and most. People who may hold the same posts share what those posts
    need while they can be there; a batch that the roster still chooses keeps nobody from a share."""
    weights = problem.rules.weights
    wanted = {"night": weights.night, "weekend": weights.weekend, "load": weights.load}
    shares: dict[tuple[str, str], float] = defaultdict(float)
    there = {p.id: _present(problem, p) for p in problem.people}
    able = {post.code: [p for p in problem.people if post.may(p)] for post in problem.posts}
    cache: dict[tuple[str, int], list[str]] = {}
    for demand in problem.demand:
        key = (demand.post, demand.day)
        if key not in cache:
            cache[key] = [p.id for p in able[demand.post] if demand.day in there[p.id]]
        people = cache[key]
        for kind in KINDS:
            amount = counts(problem, demand.day, demand.shift, kind) * demand.heads
            if amount and people and wanted[kind]:
                for person in people:
                    shares[kind, person] += amount / len(people)
    return _rounded(problem, shares, wanted)


def _rounded(
    problem: Problem, shares: Mapping[tuple[str, str], float], wanted: Mapping[str, int]
) -> dict[tuple[str, str], tuple[int, int]]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for kind in KINDS:
        if not wanted[kind]:
            continue
        mean = sum(served(p, kind) for p in problem.people) / max(1, len(problem.people))
        for person in problem.people:
            share = shares.get((kind, person.id), 0.0) + mean
            low = int(share + 1e-9)
            found[kind, person.id] = (low, low + 1)
    return found


def _present(problem: Problem, person: Person) -> frozenset[int]:
    closed, batch = problem.rules.closed, person.batch
    days = set(range(problem.days)) - person.leave
    if closed is not None and batch is not None:
        extra = {d for first, last in person.stays for d in range(first, last + 1)}
        days = {d for d in days if d in extra or closed.phase(batch, d) == "duty"}
    return frozenset(days)


def score(roster: Roster, problem: Problem) -> Score:
    """What the roster costs."""
    weights = problem.rules.weights
    served_now: dict[tuple[str, str], int] = defaultdict(int)
    held: dict[tuple[str, int, str], int] = defaultdict(int)
    for (person, day), slot in roster.cells.items():
        held[slot.post, day, slot.shift] += 1
        for kind in KINDS:
            served_now[kind, person] += counts(problem, day, slot.shift, kind)
    under = over = 0
    for d in problem.demand:
        there = held[d.post, d.day, d.shift]
        under += (d.under or 0) * max(0, d.heads - there)
        over += (d.over or 0) * max(0, there - d.heads)
    wishes = sum(
        weights.wish * wish.weight
        for person in problem.people
        for wish in person.wishes
        if _against(roster.shift(person.id, wish.day), wish.shift, wish.on)
    )
    unfair = dict.fromkeys(KINDS, 0)
    each = {"night": weights.night, "weekend": weights.weekend, "load": weights.load}
    for (kind, name), (low, high) in bounds(problem).items():
        number = served_now[kind, name] + served(problem.person[name], kind)
        unfair[kind] += each[kind] * (max(0, number - high) + max(0, low - number))
    return Score(under, over, wishes, unfair["night"], unfair["weekend"], unfair["load"])


def _against(shift: str, wished: str, on: bool) -> bool:
    """Whether a day with this shift goes against the wish."""
    has = shift != "-" and wished in ("", shift)
    return has != on
