"""Leading groups and who is in them, places on a watch list, and programmes by which places are named models:
out of units' own files.

What makes a place a model the office that runs the programme writes down; nothing here knows a criterion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.casefile.traced import Traced

GROUP: Final = "leading_group"
MEMBER: Final = "group_member"
WATCH: Final = "watch_status"
PROGRAMME: Final = "model_programme"
APPLIED: Final = "model_applied"
JUDGED: Final = "model_judged"
DUTY: Final = "staff_duty"
QUALIFIED: Final = "staff_qualification"
CHANGE: Final = "unit_change"
MODELS: Final = frozenset({APPLIED, JUDGED})
GROUPS: Final = frozenset({GROUP, MEMBER})
STAFF: Final = frozenset({DUTY, QUALIFIED})
PARTS: Final = ("head", "deputy", "member", "office", "contact")
"""The parts in a group, in the order in which they are listed."""

Stage = Literal["applied", "visited", "granted", "refused", "withdrawn"]


def _day(entry: Entry, name: str) -> date | None:
    day = entry.get(name)
    return day if isinstance(day, date) else None


def stands(entry: Entry, on: date) -> bool:
    """Whether what the entry sets up is there on that day: from its own day to the one it names as its end,
    which is no longer of it."""
    until = _day(entry, "until")
    return entry.happened_on <= on and (until is None or until > on)


@dataclass(frozen=True, slots=True)
class Group:
    """A leading group of the unit with the code `at`, and its members of a day."""

    at: str
    id: str
    entry: Entry
    members: tuple[Entry, ...]
    before: tuple[Entry, ...]

    @property
    def head(self) -> Entry | None:
        """Who leads it, if anybody."""
        return next((m for m in self.members if m.get("part") == "head"), None)


def groups(at: str, traced: Traced, on: date) -> tuple[Group, ...]:
    """The groups that a unit has on a day, the newest first, each with its members in their order and those
    who were members before."""
    mine: dict[str, list[Entry]] = {}
    for e in traced.counted:
        if e.kind == MEMBER:
            mine.setdefault(traced.first(e.get("to")), []).append(e)
    found = []
    for e in traced.counted:
        if e.kind == GROUP and stands(e, on):
            root = traced.first(e.id)
            some = sorted(mine.get(root, ()), key=_order)
            members = tuple(m for m in some if stands(m, on))
            before = tuple(m for m in some if m.happened_on <= on and not stands(m, on))
            found.append(Group(at, root, e, members, before))
    return tuple(sorted(found, key=lambda g: g.entry.happened_on, reverse=True))


def _order(member: Entry) -> tuple[int, date]:
    part = str(member.get("part"))
    return (PARTS.index(part) if part in PARTS else len(PARTS), member.happened_on)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that a place stood on: since when, and until when (None: it still does)."""

    at: str
    which: str
    since: Entry
    ended: Entry | None = None


def listings(at: str, counted: Iterable[Entry]) -> tuple[Listing, ...]:
    """The lists that a place stood on, the latest first. A second listing without a removal between is the
    same listing."""
    found: list[Listing] = []
    standing: dict[str, Listing] = {}
    for e in sorted((e for e in counted if e.kind == WATCH), key=lambda e: (e.happened_on, e.recorded_at)):
        which = str(e.get("which"))
        if e.get("status") == "listed":
            standing.setdefault(which, Listing(at, which, e))
        elif (one := standing.pop(which, None)) is not None:
            found.append(Listing(at, which, one.since, e))
    found += standing.values()
    return tuple(sorted(found, key=lambda one: one.since.happened_on, reverse=True))


@dataclass(frozen=True, slots=True)
class Site:
    """A place or school in a programme: in the file of the unit `at`, under its `name`; what happened, in
    order."""

    at: str
    name: str
    steps: tuple[Entry, ...]

    @property
    def stage(self) -> Stage:
        """How far it is."""
        last = self.steps[-1]
        said = "applied" if last.kind == APPLIED else str(last.get("outcome"))
        return said if said in ("applied", "visited", "granted", "refused", "withdrawn") else "applied"  # type: ignore[return-value]

    @property
    def granted_on(self) -> date | None:
        """Since when it holds the name, if it does."""
        return self.steps[-1].happened_on if self.stage == "granted" else None


def sites(programme: str, files: Iterable[tuple[str, Traced]]) -> tuple[Site, ...]:
    """The places of one programme, by its id: out of the files of units, by code."""
    steps: dict[tuple[str, str], list[Entry]] = {}
    for at, traced in files:
        for e in traced.counted:
            if e.kind in MODELS and str(e.get("programme")) == programme:
                steps.setdefault((at, str(e.get("place") or "")), []).append(e)
    return tuple(
        Site(at, name, tuple(sorted(some, key=lambda e: (e.happened_on, e.recorded_at))))
        for (at, name), some in sorted(steps.items())
    )


def expiring(entries: Iterable[Entry], on: date, within: int) -> tuple[Entry, ...]:
    """Qualifications that end within so many days, or have ended, the first to end first."""
    found = [
        e
        for e in entries
        if e.kind == QUALIFIED and (until := _day(e, "until")) is not None and (until - on).days <= within
    ]
    return tuple(sorted(found, key=lambda e: _day(e, "until") or on))
