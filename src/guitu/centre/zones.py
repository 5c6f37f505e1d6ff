"""The four zones: the site's plan, where somebody is and since when, who stays beyond the plan and why, who
is ready to move, and how people flow. Days are calendar days; nothing here decides a movement.

Without a plan of the site the four zones stand under their legal names and no length is held against anybody:
no national length was verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label

NAMES: Final[Mapping[str, Label]] = {
    "detox": Label("生理脱毒区", "Detoxification zone"),
    "adaptation": Label("教育适应区", "Adaptation zone"),
    "consolidation": Label("康复巩固区", "Consolidation zone"),
    "return": Label("回归指导区", "Return zone"),
}
"""The legal names, in their usual order: those of `zone_move`."""

CRITERIA: Final = ("test_negative", "medicine_stopped", "acute_over", "no_protracted", "mind_settled")
"""The five questions of physiological detoxification, as `physiological_check` asks them."""

Standing = Literal["no_length", "short", "within", "long"]
"""How long somebody has been in a zone beside the site's plan: it sets no length, the shortest is not over,
it fits, or the longest is over."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone as the site has it. `name` is the site's word, None for the legal one."""

    zone: str
    place: int
    name: str = ""
    shortest: int | None = None
    longest: int | None = None
    criteria: tuple[str, ...] = ()

    @property
    def label(self) -> Label:
        """Its name here; a site's own word stands in both languages."""
        return Label(self.name, self.name) if self.name else NAMES[self.zone]

    def standing(self, days: int) -> Standing:
        """How so many days in it stand beside its lengths."""
        if self.shortest is None and self.longest is None:
            return "no_length"
        if self.longest is not None and days > self.longest:
            return "long"
        return "short" if self.shortest is not None and days < self.shortest else "within"


@dataclass(frozen=True, slots=True)
class Plan:
    """The zones of a site in their order; `since` is the day the plan came into force, None without one."""

    zones: tuple[Zone, ...]
    since: date | None = None
    basis: str = ""

    def zone(self, name: str) -> Zone:
        """The zone of that name; one that the plan leaves out still has its legal name."""
        return next((z for z in self.zones if z.zone == name), Zone(name, 0))

    def place(self, name: str) -> int:
        """Its place in the order, 0 for one that the plan leaves out."""
        return self.zone(name).place


UNPLANNED: Final = Plan(tuple(Zone(name, place) for place, name in enumerate(NAMES, 1)))
"""The zones of a site that has set nothing: the legal names in their usual order, no lengths."""


def plan_of(entries: Iterable[Entry], on: date) -> Plan:
    """The plan in force on a day, of the counted `zone_plan` entries of a centre's own file."""
    found = [e for e in entries if e.kind == "zone_plan" and e.happened_on <= on]
    if not found:
        return UNPLANNED
    entry = max(found, key=lambda e: (e.happened_on, e.recorded_at))
    zones = [
        Zone(
            name,
            _number(entry, f"{name}_place") or place,
            str(entry.get(f"{name}_name") or "").strip(),
            _number(entry, f"{name}_shortest"),
            _number(entry, f"{name}_longest"),
            lines(entry.get(f"{name}_criteria")),
        )
        for place, name in enumerate(NAMES, 1)
        if entry.get(f"{name}_used") != "no"
    ]
    zones.sort(key=lambda z: z.place)  # of two with one place, the usual order stays
    return Plan(tuple(zones), entry.happened_on, str(entry.get("basis") or ""))


def lines(text: object) -> tuple[str, ...]:
    """A checklist as it is kept: one item to a line."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def _number(entry: Entry, name: str) -> int | None:
    value = entry.get(name)
    return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody came into a zone on a day."""

    zone: str
    on: date


@dataclass(frozen=True, slots=True)
class Review:
    """What the latest review in a zone came to: `outcome` move, stay or back."""

    on: date
    outcome: str
    to_zone: str = ""
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The way of one person through the zones, of the counted entries of one measure; `left` is the day they
    left the centre, if they did."""

    moves: tuple[Move, ...]
    reviews: tuple[Review, ...] = ()
    left: date | None = None


def course_of(entries: Sequence[Entry], since: date | None = None) -> Course:
    """The way of one person: the zone moves and reviews among these counted entries from `since` on (the day
    of the order; an earlier isolation is another way). Two moves into the same zone are one."""
    moves: list[Move] = []
    reviews: list[Review] = []
    left: date | None = None
    for entry in sorted(entries, key=lambda e: (e.happened_on, e.recorded_at)):
        if since is not None and entry.happened_on < since:
            continue
        if entry.kind == "zone_move":
            zone = str(entry.get("zone"))
            if moves and moves[-1].zone == zone:
                continue
            moves.append(Move(zone, entry.happened_on))
        elif entry.kind == "zone_review":
            to = str(entry.get("to_zone") or "")
            reviews.append(Review(entry.happened_on, str(entry.get("outcome")), to, entry.id))
        elif entry.kind in LEAVES:
            left = entry.happened_on
    return Course(tuple(moves), tuple(reviews), left)


LEAVES: Final = frozenset({"release", "death"})
"""Kinds that end the way through the zones."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody is on a day. `ready`: the latest review in this zone says that they may move on, and
    they have not; `explained`: it says why they stay."""

    zone: str
    since: date
    days: int
    standing: Standing
    review: Review | None = None

    @property
    def ready(self) -> bool:
        """Whether a review says that they may move."""
        return self.review is not None and self.review.outcome in ("move", "back")

    @property
    def explained(self) -> bool:
        """Whether somebody wrote down why they stay."""
        return self.review is not None and self.review.outcome == "stay"


def position(course: Course, plan: Plan, on: date) -> Position | None:
    """Where somebody is on that day; None before the first movement. The day of the movement counts as the
    first day in the zone."""
    before = [m for m in course.moves if m.on <= on]
    if not before:
        return None
    last = before[-1]
    days = (on - last.on).days + 1
    reviews = [r for r in course.reviews if last.on <= r.on <= on]
    return Position(
        last.zone, last.on, days, plan.zone(last.zone).standing(days), reviews[-1] if reviews else None
    )


@dataclass(frozen=True, slots=True)
class Flow:
    """Movements of one zone in a number of days: `into` it, `out` of it to another zone or out of the centre
    (`left`), and how many of those that came in came `back` from a later zone."""

    into: int = 0
    out: int = 0
    back: int = 0
    left: int = 0


@dataclass(slots=True)
class _Tally:
    into: dict[str, int] = field(default_factory=dict)
    out: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


def flow(courses: Iterable[Course], plan: Plan, on: date, days: int) -> dict[str, Flow]:
    """Movements in the `days` days that end with `on`, it included, by zone."""
    first = on - timedelta(days=days - 1)
    tally = _Tally()

    def count(where: dict[str, int], zone: str, day: date) -> None:
        if first <= day <= on:
            where[zone] = where.get(zone, 0) + 1

    for course in courses:
        before: Move | None = None
        for move in course.moves:
            count(tally.into, move.zone, move.on)
            if before is not None:
                count(tally.out, before.zone, move.on)
                if plan.place(move.zone) < plan.place(before.zone):
                    count(tally.back, move.zone, move.on)
            before = move
        if before is not None and course.left is not None:
            count(tally.out, before.zone, course.left)
            count(tally.left, before.zone, course.left)
    names = {*NAMES, *tally.into, *tally.out}
    return {
        n: Flow(tally.into.get(n, 0), tally.out.get(n, 0), tally.back.get(n, 0), tally.left.get(n, 0))
        for n in names
    }


def middle(days: Iterable[int]) -> int | None:
    """The median number of days, rounded down; None of nobody."""
    found = sorted(days)
    if not found:
        return None
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) // 2
