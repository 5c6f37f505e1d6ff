"""The draw of test days of an office: what it has committed to, whose day has come, and the sheet by which
anybody checks it afterwards.

The seed of a draw is worked out from the index key of the house and from what the draw is for, so that nobody
chooses it, nobody can try another, and it stands nowhere before it is revealed. A day that has not come is
told to nobody, whatever their post.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.casefile.fields import MAX_LONG_TEXT
from guitu.home.draw import (
    KEPT,
    Drawn,
    Keyed,
    Sheet,
    Terms,
    Window,
    commitment,
    day_of,
    lot_of,
    packed,
    pieces,
    unpacked,
)
from guitu.kernel.days import add_days, add_months
from guitu.pathway import assess
from guitu.store import engine, excerpts
from guitu.store.home.contacts import read_by_rules
from guitu.store.keys import provider
from guitu.store.placing import PLACING, homes, named
from guitu.store.read import PersonLine, asked, lines_of_files, rules
from guitu.store.units import Unit, tree

TEST: Final = "routine_test"
COMMITTED, REVEALED = "draw_committed", "draw_revealed"
OFFICE: Final = "town"
"""The level at which a draw is made."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of an office. `seed` is None until it was revealed; `by` the account that published it. `kept`
    are the periods as they were when the seed was revealed; None where they were not kept."""

    id: UUID
    unit: Unit
    terms: Terms
    commitment: str
    at: datetime
    by: str
    seed: bytes | None = None
    revealed_at: datetime | None = None
    kept: tuple[Window, ...] | None = None

    def covers(self, day: date) -> bool:
        """Whether a period that begins on that day is of this draw."""
        return self.terms.first <= day <= self.terms.last


@dataclass(frozen=True, slots=True)
class Come:
    """Somebody whose day has come and who was not tested since their period began."""

    line: PersonLine
    window: Window
    day: date

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.line.no


def office_of(unit: Unit | None) -> Unit | None:
    """The office that draws for a unit: itself, or the town above it; None above towns."""
    if unit is None:
        return None
    return next((u for u in (unit, *reversed(tree().ancestors(unit))) if u.level == OFFICE), None)


def month(day: date) -> Terms:
    """The terms of the month that holds a day, without an office."""
    first = day.replace(day=1)
    return Terms("", first, add_days(add_months(first, 1), -1))


def seed_of(terms: Terms) -> bytes:
    """The seed of a draw: 32 bytes that nobody chose."""
    return provider().blind(terms.words())


@engine.house()  # what was committed to is published: it tells of nobody
def draws(office: Unit) -> tuple[Draw, ...]:
    """Every draw of an office, the latest first."""
    entries = excerpts.of_units([office], (COMMITTED, REVEALED))[office.code]
    revealed = {str(e.get("to")): e for e in entries if e.kind == REVEALED}
    found = [_draw(e, office, revealed.get(str(e.id))) for e in entries if e.kind == COMMITTED]
    return tuple(sorted((d for d in found if d is not None), key=lambda d: d.terms.first, reverse=True))


def _draw(entry: Entry, office: Unit, revealed: Entry | None) -> Draw | None:
    first, last = entry.get("first"), entry.get("last")
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    terms = Terms(office.code, first, last, entry.get("weekends") == "yes")
    seed = bytes.fromhex(str(revealed.get("seed"))) if revealed is not None else None
    return Draw(
        entry.id,
        office,
        terms,
        str(entry.get("commitment")),
        entry.recorded_at,
        entry.author,
        seed,
        revealed.recorded_at if revealed is not None else None,
        _kept(revealed, first) if revealed is not None else None,
    )


def _kept(revealed: Entry, since: date) -> tuple[Window, ...] | None:
    text = "".join(str(revealed.get(name) or "") for name in KEPT)
    return unpacked(text, since) if text else None


def promised(terms: Terms) -> str:
    """The commitment to a draw that is to be published."""
    return commitment(terms, seed_of(terms))


def come(unit: Unit, on: date) -> tuple[Come, ...]:
    """Everybody under the unit whose drawn day is that day or earlier and who was not tested yet, those of
    today first. Days that lie ahead are not worked out into anything that leaves this module."""
    return _come(
        asked.rows(
            f"SELECT file, opens_on, due_key FROM store_duty WHERE {unit.column} = %s AND name = %s ORDER BY"
            " file",
            [unit.no, TEST],
        ),
        on,
    )


def of_person(no: int, on: date) -> Come | None:
    """The same for one person, by the number of the file: None too while their day lies ahead."""
    rows = asked.rows(
        "SELECT file, opens_on, due_key FROM store_duty WHERE file = %s AND name = %s ORDER BY opens_on",
        [no, TEST],
    )
    return next(iter(_come(rows, on)), None)


def _come(rows: Iterable[Sequence[object]], on: date) -> tuple[Come, ...]:
    rows = list(rows)
    numbers = sorted({row[0] for row in rows if isinstance(row[0], int)})
    lines = {line.no: line for line in lines_of_files(numbers)}
    moved = _moved(numbers)
    known: dict[str, tuple[Draw, ...]] = {}
    found = []
    for no, opens, due in rows:
        line, first, last = lines.get(no), _day(opens), _day(due)  # type: ignore[arg-type]
        if line is None or first is None or last is None or first > on:
            continue
        office = _began_at(moved[no], first) if no in moved else office_of(tree().get(line.unit))
        if office is None:
            continue
        if office.code not in known:
            known[office.code] = draws(office)
        draw = next((d for d in known[office.code] if d.covers(first)), None)
        if draw is None:
            continue
        keyed = Keyed(seed_of(draw.terms))
        window = Window(lot_of(keyed, line.case_no), first, last)
        day = day_of(keyed, window, weekends=draw.terms.weekends)
        if day <= on:
            found.append(Come(line, window, day))
    return tuple(sorted(found, key=lambda c: (-c.day.toordinal(), c.line.case_no)))


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10]) if value else None


@engine.house()  # of whoever has moved away the office sees no more than this: a lot and a period
def windows(draw: Draw, on: date) -> tuple[tuple[str, Window], ...]:
    """Every period of the draw, with the case number it is of: of whoever the office answered for on the day
    on which the period began, as the rules say today. So it is the same whoever has moved away or come since,
    and whatever measure has followed."""
    rows = asked.rows(
        f"SELECT file FROM store_casestatus WHERE {draw.unit.column} = %s AND measure <> ''"
        " UNION SELECT a.file FROM store_filearea a JOIN store_unitabove u ON u.unit = a.unit"
        " WHERE u.above = %s AND a.how = 'former'",
        [draw.unit.no, draw.unit.no],
    )
    keyed = Keyed(seed_of(draw.terms))
    found = []
    for _, one in sorted(excerpts.of_files((row[0] for row in rows), read_by_rules() | PLACING).items()):
        unit = tree().by_no.get(one.held.unit) if one.held.unit is not None else None
        for duty in assess(one.case_file, rules(unit), on).duties:
            if duty.name != TEST or duty.opens_on is None or duty.due is None:
                continue
            if draw.covers(duty.opens_on) and _began_at(one.counted, duty.opens_on) == draw.unit:
                case_no = one.held.case_no
                found.append((case_no, Window(lot_of(keyed, case_no), duty.opens_on, duty.due)))
    return tuple(found)


def offices_of(counted: Iterable[Entry]) -> tuple[Unit, ...]:
    """Every office that has ever answered for somebody, by all entries of their file: the draws in which they
    may be."""
    found = (office_of(unit) for _, unit in _homes(counted))
    return tuple(dict.fromkeys(office for office in found if office is not None))


def _homes(counted: Iterable[Entry]) -> Iterator[tuple[date, Unit | None]]:
    units = tree()
    return homes(
        (e.happened_on, units.get(e.unit), e.kind, units.get(named(e)) if named(e) else None) for e in counted
    )


def _moved(numbers: Sequence[int]) -> dict[int, tuple[Entry, ...]]:
    """Of those of these files that another unit had before, what says who answered when."""
    with engine.house():  # whoever answers now is told the day that was drawn before they did
        former = engine.rows_for(
            "SELECT DISTINCT file FROM store_filearea WHERE how = 'former' AND file IN ({})", numbers
        )
        read = excerpts.of_files((row[0] for row in former), read_by_rules() | PLACING)
    return {no: one.counted for no, one in read.items()}


def _began_at(counted: Sequence[Entry], first: date) -> Unit | None:
    """The office by whose draw a period goes that began on that day: whose the person was then; of whom no
    town answered for yet, the first that did."""
    here: Unit | None = None
    before = False
    for since, unit in _homes(counted):
        if since > first and (before or here is not None):
            break
        here = office_of(unit)
        before = before or (here is not None and since <= first)
    return here


def drawn(draw: Draw, on: date) -> tuple[Drawn, ...]:
    """Every lot of a draw with its day, in the order of lots, which is nobody's: as it was when the seed was
    revealed, where that was kept."""
    if draw.kept is not None and draw.seed is not None:
        keyed, found = Keyed(draw.seed), draw.kept
    else:
        keyed, found = Keyed(seed_of(draw.terms)), tuple(window for _, window in windows(draw, on))
    made = (Drawn(window, day_of(keyed, window, weekends=draw.terms.weekends)) for window in found)
    return tuple(sorted(made, key=lambda d: (d.window.lot, d.window.first)))


def revealing(draw: Draw, on: date) -> dict[str, Value]:
    """What is recorded when the seed is told: with it every lot and its period, so that what is corrected
    later changes no sheet. More than there is room for are not kept in part."""
    text = packed((window for _, window in windows(draw, on)), draw.terms.first)
    parts = pieces(text, MAX_LONG_TEXT)
    kept = dict(zip(KEPT, parts, strict=False)) if len(parts) <= len(KEPT) else {}
    return {"to": str(draw.id), "seed": seed_of(draw.terms).hex(), **kept}


def may_reveal(draw: Draw, on: date) -> bool:
    """Whether nothing lies ahead any more that the seed would tell: the month is over, and so is every day
    that was drawn."""
    return draw.seed is None and on > draw.terms.last and all(d.day < on for d in drawn(draw, on))


def sheet(draw: Draw, on: date) -> Sheet | None:
    """What anybody checks it by; None before the seed was revealed."""
    if draw.seed is None:
        return None
    keyed = Keyed(draw.seed)
    lots: Iterable[Drawn] = drawn(draw, on)
    if draw.kept is None and draw.seed != seed_of(
        draw.terms
    ):  # the house has another key now: days follow the seed that was told
        lots = (
            Drawn(w, day_of(keyed, w, weekends=draw.terms.weekends))
            for w in (Window(lot_of(keyed, no), w.first, w.last) for no, w in windows(draw, on))
        )
    return Sheet(
        draw.terms, draw.commitment, draw.at, draw.seed.hex(), tuple(lots), on if draw.kept is None else None
    )
