"""Campaigns of follow-up as they stand: what was declared and planned in units' files, who belongs to one,
and how everybody stands in it.

What a unit above has planned is read by those below, whoever may not open its file: it names nobody. Who
belongs to a campaign is counted within the area of the unit that is asked about; who may be listed decides
`store.centre.reading`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.safety import Traced
from guitu.home import campaign as rules
from guitu.home import plan as plans
from guitu.home.campaign import Campaign, Results, Standing, Way
from guitu.home.geography import Point, Roads
from guitu.home.plan import Day, Demand, Slot, Station, Terms
from guitu.policy import holidays
from guitu.store import engine, excerpts
from guitu.store.home import positions
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

DECLARED: Final = frozenset({"follow_up_campaign", "follow_up_plan"})
STATION: Final = "guidance_station"
_BEGINS: Final = {"released": ("release",), "community": ("order",)}


@dataclass(frozen=True)
class Declared:
    """One campaign with the days of its plan that counts, the plan's number (0: none was made) and when it
    was made. `seen_by` says of each place in any of its plans which station had it last."""

    campaign: Campaign
    unit: Unit
    number: int = 0
    days: tuple[Day, ...] = ()
    made_at: datetime | None = None
    seen_by: Mapping[str, str] = field(default_factory=dict)


@engine.house()
def declared(unit: Unit) -> tuple[Declared, ...]:
    """The campaigns of a unit and of those above it, the latest first."""
    units = tree()
    found = []
    for above in units.ancestors(unit):
        excerpt = excerpts.of_file(file_of(above.code), DECLARED, unseal=DECLARED)
        if excerpt is not None:
            found += _of_file(above, excerpt.case_file.entries)
    return tuple(sorted(found, key=lambda d: (d.campaign.first, d.campaign.id), reverse=True))


def one(unit: Unit, identifier: UUID) -> Declared | None:
    """One of them, by its id."""
    return next((d for d in declared(unit) if d.campaign.id == identifier), None)


def _of_file(unit: Unit, entries: Iterable[Entry]) -> list[Declared]:
    traced = Traced(entries)
    planned: dict[str, list[Entry]] = {}
    for entry in traced.counted:
        if entry.kind == "follow_up_plan":
            planned.setdefault(traced.first(entry.get("campaign")), []).append(entry)
    found = []
    for entry in traced.counted:
        if entry.kind != "follow_up_campaign":
            continue
        key = traced.first(entry.id)
        made = rules.campaign_of(entry, unit.code, UUID(key))
        if made is None:
            continue
        some = planned.get(key, [])
        some.sort(key=lambda e: int(str(e.get("number"))))
        number = int(str(some[-1].get("number"))) if some else 0
        days, seen_by = list[Day](), dict[str, str]()
        for e in some:
            read = plans.read(str(e.get("station")), _way(e), str(e.get("days")))
            seen_by.update((stop.place, day.station) for day in read for stop in day.stops)
            if e.get("number") == number:
                days += read
        made_at = max((e.recorded_at for e in some if e.get("number") == number), default=None)
        found.append(Declared(made, unit, number, tuple(days), made_at, seen_by))
    return found


def _way(entry: Entry) -> Way:
    return "visit" if entry.get("way") == "visit" else "phone"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a campaign: the file's number, the code of the unit that answers for them, the code of
    the station whose list they are on ("" for none), how they are first tried, their place in the plan, and
    how they stand."""

    no: int
    place: str
    station: str
    way: Way
    slot: Slot | None
    standing: Standing


@dataclass(frozen=True)
class Cohort:
    """Everybody of a campaign in the area of a unit, as of a day; and those who are not asked, by why."""

    members: tuple[Member, ...]
    apart: Counter[str]

    @cached_property
    def by_station(self) -> Mapping[str, Results]:
        """What came of it, by the code of the station; "" for those whom the plan has no place for."""
        found: dict[str, Results] = {}
        for member in self.members:
            found.setdefault(member.station, Results()).add(member.standing)
        return found

    @cached_property
    def by_town(self) -> Mapping[str, Results]:
        """The same by the code of the town; "" for those whom no town answers for."""
        found: dict[str, Results] = {}
        for member in self.members:
            found.setdefault(town_of(member.place), Results()).add(member.standing)
        return found

    @cached_property
    def total(self) -> Results:
        """The same for everybody."""
        found = rules.total(self.by_station.values())
        found.apart.update(self.apart)
        return found


def town_of(code: str) -> str:
    """The code of the town that a unit is or lies in; "" where it lies in none."""
    unit = tree().get(code)
    if unit is None:
        return ""
    return next((u.code for u in tree().ancestors(unit) if u.level == "town"), "")


def cohort(found: Declared, unit: Unit, on: date) -> Cohort:
    """Everybody of a campaign for whom this unit, or one below it, answers."""
    units, campaign = tree(), found.campaign
    homes = _homes(campaign, unit)
    some = excerpts.of_files(homes, rules.KINDS)
    asked: dict[str, list[tuple[int, Way]]] = {}
    counted: dict[int, tuple[Entry, ...]] = {}
    apart: Counter[str] = Counter()
    for no in sorted(some):
        entries = some[no].counted
        belongs = rules.belongs(entries, campaign)
        if belongs == "asked":
            home = homes[no]
            code = units.by_no[home].code if home is not None and home in units.by_no else ""
            counted[no] = entries
            asked.setdefault(code, []).append((no, rules.first_way(entries, campaign)))
        elif belongs != "no":
            apart[belongs] += 1
    # who had been tried before the plan was made is on no day of it; their station is that of their village
    slots = plans.places(
        found.days,
        {
            code: [one for one in people if not _settled(counted[one[0]], campaign, found.made_at)]
            for code, people in asked.items()
        },
    )
    homely = _of_counties(found.unit) if asked else {}
    members = []
    for code, people in asked.items():
        for no, way in people:
            slot = slots.get(no)
            station = slot.day.station if slot else _station(found, code, homely)
            planned = slot.day.on if slot else None
            way = slot.day.way if slot else way
            members.append(
                Member(no, code, station, way, slot, rules.standing(counted[no], campaign, on, planned, way))
            )
    return Cohort(tuple(sorted(members, key=lambda m: m.no)), apart)


def _settled(counted: Iterable[Entry], campaign: Campaign, made_at: datetime | None) -> bool:
    """Whether somebody had been tried, or had died, when the plan was made."""
    return made_at is not None and any(
        e.recorded_at < made_at
        and (e.kind == "death" or (e.kind == "follow_up" and e.happened_on >= campaign.first))
        for e in counted
    )


def _of_counties(unit: Unit) -> dict[str, str]:
    """By county, its first station: whose list somebody is on whom no plan has."""
    units, found = tree(), dict[str, str]()
    for one in units.subtree(unit):
        if one.level == STATION:
            for code in one.path[:-1]:
                county = units.find(code)
                if county.level == "county":
                    found.setdefault(county.code, one.code)
    return found


def _station(found: Declared, place: str, homely: Mapping[str, str]) -> str:
    """The station of a place: that of the last plan which had it, or else its county's."""
    if (planned := found.seen_by.get(place)) is not None:
        return planned
    unit = tree().get(place)
    return next((homely[code] for code in unit.path if code in homely), "") if unit else ""


def _homes(campaign: Campaign, unit: Unit) -> dict[int, int | None]:
    """The numbers of the files in which something happened that may make them belong, with the number of the
    unit that answers for each."""
    kinds = _BEGINS[campaign.cohort]
    found = engine.rows(
        "SELECT DISTINCT e.file, s.unit FROM store_entry e JOIN store_casestatus s ON s.file = e.file"
        f" WHERE e.kind IN ({engine.marks(len(kinds))}) AND e.happened_on >= %s AND e.happened_on <= %s"
        f" AND s.{unit.column} = %s",
        [*kinds, campaign.since.isoformat(), campaign.until.isoformat(), unit.no],
    )
    return {row[0]: row[1] for row in found}


# ── what a plan is made of ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Wanted:
    """What a plan is made of. `nobodys` is how many people no town answers for yet: nobody can be sent to
    them."""

    demands: tuple[Demand, ...]
    stations: tuple[Station, ...]
    points: Mapping[str, Point]
    above: Mapping[str, tuple[str, ...]]
    terms: Terms
    nobodys: int
    unplaced: int


def wanted(found: Declared, on: date) -> Wanted:
    """The people of a campaign that have not been tried yet, by place, and the stations that there are."""
    units, campaign = tree(), found.campaign
    members = cohort(found, found.unit, on).members
    waiting: Counter[tuple[str, Way]] = Counter()
    nobodys = 0
    for member in members:
        if member.standing.next is None or member.standing.tries:
            continue
        if not town_of(member.place):
            nobodys += 1
        else:
            waiting[member.place, first(member)] += 1
    places = [units.find(code) for code in sorted({place for place, _ in waiting})]
    there = [u for u in units.subtree(found.unit) if u.level == STATION and _open(u, campaign)]
    known = positions.points([*places, *there])
    return Wanted(
        tuple(Demand(place, way, n) for (place, way), n in sorted(waiting.items())),
        stations(there, campaign, known),
        known,
        {u.code: u.path[:-1] for u in places},
        terms(campaign, on),
        nobodys,
        sum(u.code not in known for u in places),
    )


def first(member: Member) -> Way:
    """How somebody who has not been tried is to be tried."""
    return member.standing.next.way if member.standing.next else member.way


def terms(campaign: Campaign, on: date) -> Terms:
    """What a plan of a campaign keeps to, made on a day: nothing is planned before it."""
    begin, end = max(campaign.first, on), campaign.plan_until
    every = plans.working_days(begin, max(begin, end))
    days = tuple(day for day in every if holidays.is_working_day(day)[0]) or (begin,)
    roads = Roads(campaign.setting("detour", 30), campaign.setting("speed", 30))
    return Terms(days, campaign.setting("visit", 30), roads, campaign.setting("reserve", 30))


@engine.house()
def stations(there: Iterable[Unit], campaign: Campaign, known: Mapping[str, Point]) -> tuple[Station, ...]:
    """These stations as a plan needs them. One that has recorded no town covers what it lies in."""
    units, some = tree(), list(there)
    covers = excerpts.of_units(some, {"station_cover"})
    made = []
    for unit in some:
        towns = frozenset(str(e.get("town")) for e in covers[unit.code] if not _ended(e, campaign.first))
        above = units.by_no.get(unit.parent) if unit.parent is not None else None
        made.append(
            Station(
                unit.code,
                known.get(unit.code),
                towns or frozenset({above.code} if above else ()),
                campaign.setting("calls", 40),
                campaign.setting("teams", 1),
                campaign.setting("minutes", 420),
            )
        )
    return tuple(made)


def _ended(entry: Entry, on: date) -> bool:
    until = entry.get("until")
    return isinstance(until, date) and until <= on


def _open(unit: Unit, campaign: Campaign) -> bool:
    return (unit.active_from is None or unit.active_from <= campaign.last) and (
        unit.active_until is None or unit.active_until >= campaign.first
    )


def in_week(member: Member, monday: date) -> bool:
    """Whether somebody is to be tried in that week, or was to be before it and has not been."""
    nxt = member.standing.next
    return nxt is not None and nxt.due < monday + timedelta(days=7)
