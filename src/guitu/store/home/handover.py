"""Hand-overs on a board: what is under way to a unit, away from it, and what it should have begun, whoever
the unit is: sender, receiver, or the county and province above them. Of each file only the steps are read,
and what belongs to the package. What has not been received never leaves the board by growing old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from guitu import access
from guitu.access import Actor, Target
from guitu.access.compartments import HANDED_OVER, reads
from guitu.casefile import Entry
from guitu.casefile.kind import COMPARTMENTS
from guitu.home.handover import baton as batons
from guitu.home.handover import materials
from guitu.home.handover.baton import Baton, Occasion, Within
from guitu.home.handover.clocks import SETTING, Clock, Level, Terms, clocks, late, level, owed, terms_of
from guitu.home.handover.materials import Material
from guitu.kernel.labels import Label
from guitu.store import engine, excerpts
from guitu.store.centre import stays
from guitu.store.centre.residents import MEASURE, held_in
from guitu.store.models import NEVER
from guitu.store.read import PersonLine, asked, lines_of_files
from guitu.store.units import Tree, Unit, path_in, tree

KINDS: Final = batons.KINDS | materials.KINDS
"""What is read of each file."""
LATELY: Final = timedelta(days=90)
"""For how long an accepted hand-over stays on the board, at the most."""
DONE: Final = timedelta(days=30)
"""For how long one that is over does."""
SOON: Final = timedelta(days=15)
"""How long before a release it is asked where the person goes."""
GONE: Final = timedelta(days=60)
"""How long after a release somebody is looked for whom nobody has accepted."""
LAW: Final = ("release_notice", "report_in", "sign_agreement", "transfer_to_justice")
"""The duties that are clocks of a hand-over."""

Side = Literal["sent", "received", "above"]


@dataclass(frozen=True, slots=True)
class Line:
    """One hand-over on a board. `side` is where the reader stands: their unit sends, receives, or lies above
    both. `name` is the case number where the reader may not know more. `late` are the days by which the step
    owed now is late, `level` who is told of it; `missing` what is not in the package, as far as the reader
    may know. `leaves` is the day on which the person leaves the sender."""

    no: int
    case_no: str
    name: str
    known: bool
    side: Side
    about: Occasion
    baton: Baton
    clocks: tuple[Clock, ...]
    late: int
    level: Level
    missing: tuple[Material, ...] = ()
    leaves: date | None = None

    @property
    def owed(self) -> Clock | None:
        """The clock of the step that is owed now."""
        return owed(self.baton, self.clocks)


def within(units: Tree) -> Within:
    """Whether one code lies at or under another, in this tree."""
    return lambda code, above: above in path_in(code, units)


def place_of(code: str, units: Tree) -> str:
    """What a unit belongs to, for an occasion: its centre's level, or ""."""
    return centre.level if (centre := _centre(code, units)) else ""


def centre_of(code: str, units: Tree) -> str:
    """The centre that a unit is or belongs to, by code; "" for a place in the community."""
    return centre.code if (centre := _centre(code, units)) else ""


def _centre(code: str, units: Tree) -> Unit | None:
    unit = units.get(code)
    return stays.centre_of(unit, units) if unit is not None else None


def occasion_of(baton: Baton, units: Tree, ends_on: date | None, on: date) -> Occasion:
    """What a hand-over is about, by the units between which it goes. Nobody is said to receive yet whoever is
    with the police long before the last day, `ends_on`: they go on to a justice centre."""
    sender, receiver = place_of(baton.sender, units), place_of(baton.receiver, units)
    if not baton.receiver and sender == "police_centre" and (ends_on is None or ends_on > on + SOON):
        receiver = "justice_centre"
    return batons.occasion(sender, receiver)


def terms(unit: Unit | None, on: date) -> Terms:
    """The terms that hold for hand-overs sent by a unit: its own, or those of the nearest above it."""
    units = tree()
    above = units.ancestors(unit) if unit is not None else []
    found = excerpts.of_units(above, (SETTING,))
    return next((t for one in reversed(above) if (t := terms_of(found[one.code], on)).stated), Terms())


def board(root: Unit, actor: Actor, on: date) -> tuple[Line, ...]:
    """Every hand-over that concerns the unit or one below it, what is latest first. Whoever may neither open
    the person's file nor has held it does not see the line."""
    units = tree()
    begin = _to_begin(root, on)
    numbers = sorted({*_under_way(root, on), *_away(root, on), *_receiving(root), *begin})
    counted = excerpts.counted(numbers, KINDS)
    law = _law(numbers)
    terms_at = lru_cache(maxsize=None)(lambda code: terms(units.get(code), on))
    inside = within(units)
    lines = {line.no: line for line in lines_of_files(numbers)}
    found = []
    for no, line in lines.items():
        entries = counted.get(no, ())
        baton = _baton(entries, begin.get(no), inside, units)
        if baton is None or _old(baton, on):
            continue
        one = _line(line, entries, baton, law.get(no, ()), _View(root, actor, units, on, terms_at))
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (-one.late, _first(one), one.case_no)))


@dataclass(frozen=True, slots=True)
class _View:
    """Who looks, from where, on which day."""

    root: Unit
    actor: Actor
    units: Tree
    on: date
    terms_of: Callable[[str], Terms]


def _line(
    line: PersonLine, entries: Sequence[Entry], baton: Baton, law: tuple[Clock, ...], view: _View
) -> Line | None:
    units, on = view.units, view.on
    waiting = baton.receiver if baton.state in ("sent", "opened") else ""
    target = Target(
        path_in(line.unit, units), worker=line.worker, receiving=path_in(waiting, units),
        former=(path_in(baton.sender, units),) if baton.holder == "receiver" else (),
    )  # fmt: skip
    if not access.decide(view.actor, "open", target).allowed:
        return None
    known = access.decide(view.actor, "find", target).allowed
    side = _side(baton, view)
    about = occasion_of(baton, units, line.ends_on, on)
    sees = _sees(view.actor, side, known=known, waiting=bool(waiting))
    lacking = materials.missing(materials.package(entries, about, sees)) if not baton.over else ()
    known_terms = view.terms_of(baton.sender)
    leaves = line.ends_on if line.measure == MEASURE and about == "release" else None
    every = clocks(baton, about, known_terms, leaves=leaves, law=law)
    days = late(baton, every, on)
    return Line(
        line.no, line.case_no, (line.name if known else "") or line.case_no, known, side, about, baton, every,
        days, level(days, known_terms), lacking, leaves,
    )  # fmt: skip


def _sees(actor: Actor, side: Side, *, known: bool, waiting: bool) -> frozenset[str]:
    """The compartments whose lines of the package may be told."""
    if not known:
        return frozenset()
    roles = {post.role for post in actor.posts}
    opened = frozenset(name for name in COMPARTMENTS if any(reads(role, name) for role in roles))
    return opened & HANDED_OVER if side == "received" and waiting else opened


def _side(baton: Baton, view: _View) -> Side:
    root, units = view.root.code, view.units
    sends = root in path_in(baton.sender, units)
    receives = root in path_in(baton.receiver, units)
    if sends and receives:
        return "above"
    return "received" if receives else "sent"


def _baton(
    entries: Sequence[Entry], begun: tuple[str, date | None] | None, inside: Within, units: Tree
) -> Baton | None:
    """The hand-over that stands now; of somebody who has to be handed over and is not yet, one that has not
    begun."""
    found = batons.current(entries, inside)
    if begun is None:
        return found
    sender, day = begun
    if found is not None and centre_of(found.sender, units) == sender and _is_of(found, day):
        return found
    left = next((e for e in reversed(entries) if e.kind == batons.LEAVES and e.happened_on == day), None)
    return Baton(sender, "", "due", left=left)


def _is_of(found: Baton, day: date | None) -> bool:
    """Whether a hand-over belongs to a release on that day: it was begun in the months before, or after."""
    first = found.prepared or found.sent
    return first is not None and (day is None or first.happened_on >= day - LATELY)


def _old(baton: Baton, on: date) -> bool:
    last = baton.placed or baton.last
    if last is None or not (baton.over or baton.state == "accepted"):
        return False
    return on - last.happened_on > (DONE if baton.over else LATELY)


def _first(one: Line) -> date:
    clock = one.owed
    return clock.due if clock is not None and clock.due is not None else date.max


_BEGUN: Final = (
    "EXISTS (SELECT 1 FROM store_entry e WHERE e.file = {} AND e.kind IN ('handover_prepared',"
    " 'handover_sent') AND e.happened_on >= %s)"
)


def _under_way(root: Unit, on: date) -> Iterable[int]:
    """Files of the unit's own with a hand-over begun lately, or one that waits however long."""
    begun = _BEGUN.format("s.file")
    found = asked.rows(
        f"SELECT s.file FROM store_casestatus s WHERE s.{root.column} = %s AND ({begun} OR EXISTS"
        " (SELECT 1 FROM store_filearea a WHERE a.file = s.file AND a.how = 'receiving'))",
        [root.no, (on - LATELY).isoformat()],
    )
    return [row[0] for row in found]


def _away(root: Unit, on: date) -> Iterable[int]:
    """Files that the unit held before and sent away lately."""
    begun = _BEGUN.format("a.file")
    found = asked.rows(
        "SELECT DISTINCT a.file FROM store_filearea a JOIN store_unitabove u ON u.unit = a.unit"
        f" WHERE u.above = %s AND a.how = 'former' AND {begun}",
        [root.no, (on - LATELY).isoformat()],
    )
    return [row[0] for row in found]


def _receiving(root: Unit) -> Iterable[int]:
    """Files that wait for the unit, or one below it, to accept them."""
    found = asked.rows(
        "SELECT DISTINCT a.file FROM store_filearea a JOIN store_unitabove u ON u.unit = a.unit"
        " WHERE u.above = %s AND a.how = 'receiving'",
        [root.no],
    )
    return [row[0] for row in found]


def _to_begin(root: Unit, on: date) -> dict[int, tuple[str, date | None]]:
    """Who has to be handed over: whoever leaves a centre soon or has left it, and whoever has to go on to a
    justice centre; by file number, the unit that sends and the day on which the person leaves it."""
    units = tree()
    where, values = held_in(root, "s")
    soon = asked.rows(
        f"SELECT s.file, s.unit, s.ends_on FROM store_casestatus s WHERE {where} AND s.ends_on <= %s",
        [*values, (on + SOON).isoformat()],
    )
    gone = asked.rows(
        f"SELECT s.file, s.unit, s.ends_on FROM store_casestatus s WHERE s.{root.column} = %s"
        " AND s.measure = %s AND s.state = 'ended' AND s.ends_on >= %s",
        [root.no, MEASURE, (on - GONE).isoformat()],
    )
    moving = asked.rows(
        f"SELECT d.file, d.unit, d.due_key FROM store_duty d WHERE d.{root.column} = %s AND d.name = %s"
        " AND d.due_key <= %s",
        [root.no, "transfer_to_justice", (on + SOON).isoformat()],
    )
    found = {}
    for no, at, day in (*moving, *gone, *soon):
        unit = units.by_no.get(at)
        if unit is not None and (centre := centre_of(unit.code, units)):
            found[no] = centre, engine.day_of(day)
    return found


def _law(numbers: Sequence[int]) -> dict[int, tuple[Clock, ...]]:
    """The open duties of these people that are clocks of a hand-over."""
    found: dict[int, tuple[Clock, ...]] = {}
    for no, name, due, zh, en, cites in engine.rows_for(
        f"SELECT file, name, due_key, label_zh, label_en, cites FROM store_duty WHERE name IN"
        f" ({', '.join(repr(one) for one in LAW)}) AND file IN ({{}}) ORDER BY file, due_key",
        numbers,
    ):
        day = None if str(due) == NEVER else engine.day_of(due)
        clock = Clock(name, Label(zh, en), day, cites=tuple(cites.split("；")) if cites else ())
        found[no] = (*found.get(no, ()), clock)
    return found
