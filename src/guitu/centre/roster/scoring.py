"""How good a roster is: what it costs beyond the rules. Lower is better; breaches are not counted here.

Fair means near one's share: the nights (weekend days, shifts) that the demand makes, poured out over those
who may serve them so that nobody who can be spared carries more than another, by the days on which they can
be there. Within one of the share costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guitu.centre.roster.closed import Closed
from guitu.centre.roster.model import Person, Problem, Roster

KINDS: Final = ("night", "weekend", "load")
"""What is shared out fairly."""

ROUNDS: Final = 12
"""How often what the posts need is poured out again."""

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
    """Everybody's fair share as fewest and most. A batch that the roster still chooses keeps nobody from a
    share."""
    weights = problem.rules.weights
    wanted = {"night": weights.night, "weekend": weights.weekend, "load": weights.load}
    needs: dict[str, dict[tuple[str, int], int]] = {k: defaultdict(int) for k in KINDS}
    closed = problem.rules.closed
    turn = closed if closed is not None and any(p.batch is not None for p in problem.people) else None
    for demand in problem.demand:
        on = _turn(turn, demand.day) if turn is not None else -1
        for kind in KINDS:
            needs[kind][demand.post, on] += demand.heads * counts(problem, demand.day, demand.shift, kind)
    shares: dict[tuple[str, str], float] = defaultdict(float)
    able = _able(problem)
    there = {p.id: len(_present(problem, p)) for p in problem.people}
    for kind in KINDS:
        if wanted[kind]:
            for person, share in _poured(needs[kind], able, there).items():
                shares[kind, person] = share
    return _rounded(problem, shares, wanted)


def _turn(closed: Closed, day: int) -> int:
    """The batch that is on duty on a day."""
    return next((b for b in range(closed.batches) if closed.phase(b, day) == "duty"), -1)


def _able(problem: Problem) -> dict[tuple[str, int], list[str]]:
    """For a post and the batch on duty, who may hold it; under -1, whatever the batch."""
    closed = problem.rules.closed
    found: dict[tuple[str, int], list[str]] = {}
    for post in problem.posts:
        may = [p for p in problem.people if post.may(p)]
        found[post.code, -1] = [p.id for p in may]
        for b in range(closed.batches if closed is not None else 0):
            found[post.code, b] = [p.id for p in may if p.batch in (None, b) or p.stays]
    return found


def _poured(
    needs: Mapping[tuple[str, int], int], able: Mapping[tuple[str, int], list[str]], there: Mapping[str, int]
) -> dict[str, float]:
    """What each post needs, poured over its people to one level of load by day that they can be there; post
    after post and again, until the levels hardly change."""
    part: dict[tuple[str, int], dict[str, float]] = {key: {} for key in needs}
    total: dict[str, float] = defaultdict(float)
    for _ in range(ROUNDS):
        for key, need in needs.items():
            people = [p for p in able[key] if there[p]]
            for p in people:
                total[p] -= part[key].get(p, 0.0)
            part[key] = _level(need, [(p, total[p], there[p]) for p in people])
            for p, amount in part[key].items():
                total[p] += amount
    return total


def _level(need: float, people: list[tuple[str, float, int]]) -> dict[str, float]:
    """`need` over these people (who, what they carry already, days there), the least laden first."""
    order = sorted(people, key=lambda one: (one[1] / one[2], one[0]))
    carried, days, level = 0.0, 0, 0.0
    for n, (_, load, there) in enumerate(order):
        carried, days = carried + load, days + there
        level = (need + carried) / days
        if n + 1 == len(order) or level <= order[n + 1][1] / order[n + 1][2]:
            break
    return {p: max(0.0, level * there - load) for p, load, there in order}


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
