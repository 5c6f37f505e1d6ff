"""Who needs the psychology centre today: read from the files under a unit, as far as the reader sees them.

Entries of the few kinds that matter are read without opening the files; who somebody is, only of those shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre import screening
from guitu.centre.instruments import Instrument, instruments, read_instrument
from guitu.kernel.errors import DeclarationError
from guitu.store import engine, excerpts
from guitu.store.centre import residents
from guitu.store.centre.worked import Worked
from guitu.store.read import PersonLine, lines_of_files
from guitu.store.units import Unit, tree

READ: Final = frozenset({"screening", "safety_check", "counselling", "crisis_plan", "psychiatric_referral"})
"""The kinds that the day is made of. None of what is sealed in them is opened for it."""

SUPPLIED: Final = ("instrument_supplied",)
PARTS: Final = tuple(f"part_{n}" for n in range(1, 11))
"""The fields in which an office's own instrument is kept."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person on a list of the day, and the entry that put them there."""

    line: PersonLine
    entry: Entry
    due: date

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.line.no


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a unit: who must be seen, whose session is agreed, whose plan is to be reviewed, and who was
    never screened. `seen` are alerts of the day itself that somebody answered."""

    people: int
    alerts: tuple[Waiting, ...]
    seen: int
    sessions: tuple[Waiting, ...]
    reviews: tuple[Waiting, ...]
    plans: int
    unscreened: tuple[int, ...]

    @property
    def shown(self) -> tuple[Waiting, ...]:
        """Everybody who is named."""
        return (*self.alerts, *self.sessions, *self.reviews)


def day_of(unit: Unit, on: date) -> Day:
    """The day of a unit. The caller has asked access, and notes who is shown."""
    files = residents.numbers(unit)
    found = excerpts.counted(files, READ)
    asked = _days.of(unit.no, tuple(found.values()), (on,), lambda: _asked_for(found, on))
    named = {
        line.no: line
        for line in lines_of_files(
            sorted({no for no, *_ in (*asked.alerts, *asked.sessions, *asked.reviews)})
        )
    }

    def waiting(some: Sequence[_Item]) -> tuple[Waiting, ...]:
        made = [Waiting(named[no], entry, due) for no, entry, due in some if no in named]
        return tuple(sorted(made, key=lambda w: (w.due, w.no)))

    return Day(
        len(files), waiting(asked.alerts), asked.seen, waiting(asked.sessions), waiting(asked.reviews),
        asked.plans, tuple(no for no in files if no not in asked.screened),
    )  # fmt: skip


_Item = tuple[int, Entry, date]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the entries ask for, by file number, before it is known who the people are."""

    alerts: tuple[_Item, ...]
    seen: int
    sessions: tuple[_Item, ...]
    reviews: tuple[_Item, ...]
    plans: int
    screened: frozenset[int]


_days: Final[Worked[_Asked]] = Worked(64)


def _asked_for(found: Mapping[int, residents.Slice], on: date) -> _Asked:
    open_alerts: list[_Item] = []
    sessions: list[_Item] = []
    reviews: list[_Item] = []
    seen = plans = 0
    for no, entries in found.items():
        for alert in screening.alerts(entries):
            if alert.check is None:
                open_alerts.append((no, alert.entry, alert.entry.happened_on))
            else:
                seen += alert.entry.happened_on == on
        plan = screening.plan_in_force(entries)
        if plan is not None:
            plans += 1
            due = screening.review_due(entries, on)
            if due is not None:
                reviews.append((no, plan, due))
        agreed = screening.next_session(entries)
        if agreed is not None and agreed <= on:
            latest = [e for e in entries if e.kind == "counselling"][-1]
            sessions.append((no, latest, agreed))
    screened = frozenset(no for no, entries in found.items() if any(e.kind == "screening" for e in entries))
    return _Asked(tuple(open_alerts), seen, tuple(sessions), tuple(reviews), plans, screened)


def last_screened(files: Sequence[int]) -> dict[int, date]:
    """By file number, the day somebody was last screened, where they were."""
    return {
        no: max(e.happened_on for e in entries)
        for no, entries in excerpts.counted(files, {"screening"}).items()
        if entries
    }


# ── an office's own instruments ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Supplied:
    """An instrument that an office brought, and the entry by which it did."""

    instrument: Instrument
    entry: Entry


@engine.house()
def supplied(unit: Unit) -> tuple[Supplied, ...]:
    """The instruments that this unit and those above it brought, every version, the newest of each first.
    They are nobody's data, so everybody who screens may use them; one that can no longer be read is left out.
    """
    found: list[Supplied] = []
    above = {u.code: u for u in (*tree().ancestors(unit), unit)}.values()
    for entries in excerpts.of_units(above, SUPPLIED).values():
        for entry in reversed(entries):
            text = "".join(str(entry.get(part) or "") for part in PARTS)
            try:
                found.append(Supplied(read_instrument(text, str(entry.get("key"))), entry))
            except DeclarationError:
                continue
    return tuple(sorted(found, key=lambda s: (s.instrument.key, -s.instrument.version)))


def finder(unit: Unit | None) -> screening.Find:
    """Finds an instrument by key and version: the house's own, or one of the unit's."""
    own: dict[tuple[str, int], Instrument] | None = None

    def find(key: str, version: int) -> Instrument | None:
        nonlocal own
        house = screening.of_house(key, version)
        if house is not None or unit is None or key in instruments():
            return house
        if own is None:
            own = {(s.instrument.key, s.instrument.version): s.instrument for s in supplied(unit)}
        return own.get((key, version))

    return find


def usable(unit: Unit) -> tuple[Instrument, ...]:
    """What can be filled in at this unit: the house's own, and the newest version of each that it brought."""
    newest: dict[str, Instrument] = {}
    for one in supplied(unit):
        newest.setdefault(one.instrument.key, one.instrument)
    return (*instruments().values(), *newest.values())
