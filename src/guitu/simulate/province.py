"""The whole province: so many people, each with a case file, spread over the offices that answer for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, cycle, islice
from math import gcd
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate import histories, names
from guitu.simulate.accounts import DEMO_BRIGADE, DEMO_COUNTY, DEMO_POLICE_CENTRE, DEMO_TOWN, DEMO_VILLAGE
from guitu.simulate.centre import Detail, together
from guitu.simulate.faults import PLANTED, Planted
from guitu.simulate.helping import with_help
from guitu.simulate.institutions import Home, Province, build
from guitu.simulate.life import Life
from guitu.simulate.ordering import with_order
from guitu.simulate.reaching import with_contacts
from guitu.simulate.reminding import with_reminders
from guitu.simulate.requests import with_requests
from guitu.store.divisions import Division

# Files are opened over the years; their ids lie in the order in which they are given out here.
_FILES_SINCE: Final = timedelta(days=8 * 365)
# The demo county, town and village have more people than their share, so that a visitor sees a full desk.
_DEMO_PEOPLE, _DEMO_MOST = 1000, 0.2
_DEMO_TOWN, _DEMO_VILLAGE = 0.3, 0.12
_AT_LARGE: Final = 0.02  # share of people with a fault anywhere, beside the work that every office gets
_PLANTED_MOST: Final = 0.25  # in a small province, planted histories stay below this share

_EVERY_TOWN: Final = ("late_report", "report_today", "report_this_week")
_EVERY_BRIGADE: Final = ("late_decision", "release_today", "release_notice_this_week")
_EVERY_POLICE_CENTRE: Final = (
    "missed_family_notice",
    "transfer_today",
    "transfer_this_week",
    "overdue_transfer",
)
_DEMO_VILLAGE_TOO: Final = (
    "missed_test", "late_end_notice", "end_notice_today", "serious_breach",
    "test_today", "test_today", "test_this_week", "test_this_week", "test_this_week",
)  # fmt: skip
_DEMO_TOWN_TOO: Final = ("test_today", "test_this_week", "missed_test", "test_today", "test_this_week") * 2
_DEMO_BRIGADE_TOO: Final = (
    "held_past_term", "handover_gap", "late_release_notice", "release_notice_today",
    "handover_waiting", "handover_opened", "handover_refused", "handover_unmet",
    "handover_met",
)  # fmt: skip
_ELSEWHERE: Final = (
    "late_report", "missed_test", "late_end_notice", "missed_test", "serious_breach", "handover_gap",
    "missed_family_notice", "missed_test", "overdue_transfer", "late_decision", "printed_end_differs",
    "late_release_notice", "decision_today",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class History:
    """One simulated case file: its entries as recorded, oldest first, and what was planted in it."""

    file: UUID
    entries: tuple[Entry, ...]
    planted: str = ""


def population(
    people: int, seed: int, today: date, divisions: Iterable[Division], detail: Detail | None = None
) -> Iterator[History]:
    """The case files of `people` invented people as of `today`, in the order of their file ids.

    `divisions` is one province (`load_province`). Files are made one at a time, so any number fits in
    memory; the same arguments give the same files, to the byte. Nothing in them is recorded on `today` or
    later.

    With 5,000 people or more every town, brigade and police centre has something late, something due today
    and something due this week. A deadline that rolls over a holiday is due on the next working day, so on
    a Sunday "today" is a matter for the centres alone.

    With `detail`, the days inside a centre are told too, of the people it chooses; without it nothing else
    changes.
    """
    if people > names.most_people(today):
        raise ValueError(f"{people} people are more than there are identity numbers")
    province = build(divisions)
    planned = list(islice(_plan(province, Random(f"{seed}/plan"), people), people))
    demo = _Demo(province, people)
    opened = datetime.combine(today - _FILES_SINCE, time(0), CHINA)
    first_ms = int(opened.timestamp()) * 1000
    stride = _stride(people)
    for number in range(people):
        rng = Random(f"{seed}/{number}")
        place = number * stride % people
        planted, unit = planned[place] if place < len(planned) else (None, "")
        home = demo.home(rng, planted, unit)
        sex = _sex(unit) if planted is not None and planted.office == "brigade" else None
        person = names.person(rng, number, home.county, today, sex)
        life = Life(rng, person, home, today)
        if planted is None:
            histories.live(life, rng.choice(province.homes))
        else:
            planted.script(life, unit)
        file = uuid7(first_ms + number, rng.randbytes(10))
        written = life.entries(file)
        if planted is None:
            written = with_requests(written, f"{seed}/{number}", today)
            written = with_contacts(written, f"{seed}/{number}", today)
            written = with_reminders(written, f"{seed}/{number}", today)
        written = with_order(written, f"{seed}/{number}", today)
        if detail is not None and life.isolations:
            written = together(written, detail.of_person(life, number, file))
            written = detail.of_whole(file, written)
        if detail is not None and planted is None:
            written = with_help(written, f"{seed}/{number}", today)
        yield History(file, written, planted.name if planted else "")


class _Demo:
    """Who lives where: everybody anywhere, but more people round the demo accounts."""

    def __init__(self, province: Province, people: int) -> None:
        self.homes = province.homes
        self.county = [home for home in province.homes if home.county == DEMO_COUNTY]
        self.town = [home for home in self.county if home.town == DEMO_TOWN]
        self.village = [home for home in self.town if home.village == DEMO_VILLAGE]
        self.share = min(_DEMO_MOST, _DEMO_PEOPLE / people) if self.village else 0.0
        self.under: dict[str, list[Home]] = {}
        for home in province.homes:
            brigades = (*home.justice_brigades, *home.women_brigades)
            for unit in (home.village, home.town, home.police_centre, *brigades):
                self.under.setdefault(unit, []).append(home)

    def home(self, rng: Random, planted: Planted | None, unit: str) -> Home:
        """The home of the next person; for a planted one, a home that the unit answers for."""
        if planted is not None:
            return rng.choice(self.under[unit])
        dice = rng.random() / self.share if self.share else 1.0
        if dice < _DEMO_TOWN * _DEMO_VILLAGE:
            return self.village[0]
        if dice < _DEMO_TOWN:
            return rng.choice(self.town)
        return rng.choice(self.county if dice < 1.0 else self.homes)


def _plan(province: Province, rng: Random, people: int) -> Iterator[tuple[Planted, str]]:
    """What is planted where: the desks of the demo accounts, every office, then faults at large."""
    villages = sorted({home.village for home in province.homes})
    towns = sorted({home.town for home in province.homes})
    brigades = [unit.code for unit in province.institutions if unit.kind == "brigade"]
    police = [unit.code for unit in province.institutions if unit.kind == "police_centre"]
    brigades.sort(key=lambda code: (code != DEMO_BRIGADE, code))
    police.sort(key=lambda code: (code != DEMO_POLICE_CENTRE, code))
    towns.sort(key=lambda code: (code != DEMO_TOWN, not code.startswith(DEMO_COUNTY), code))
    desk = DEMO_VILLAGE if DEMO_VILLAGE in villages else villages[0]
    first = chain(
        ((name, desk) for name in (*_EVERY_TOWN, *_DEMO_VILLAGE_TOO)),
        ((name, towns[0]) for name in _DEMO_TOWN_TOO),
        ((name, brigades[0]) for name in _DEMO_BRIGADE_TOO),
        ((name, unit) for unit in brigades for name in _EVERY_BRIGADE),
        ((name, unit) for unit in police for name in _EVERY_POLICE_CENTRE),
        ((name, unit) for unit in towns for name in _EVERY_TOWN),
    )
    everywhere = {"village": villages, "police_centre": police, "brigade": brigades}
    at_large = ((name, rng.choice(everywhere[PLANTED[name].office])) for name in cycle(_ELSEWHERE))
    offices = [(PLANTED[name], unit) for name, unit in first][: int(people * _PLANTED_MOST)]
    yield from offices
    for name, unit in islice(at_large, int(people * _AT_LARGE)):
        yield PLANTED[name], unit


def _sex(brigade: str) -> str:
    """Women and men are held apart (戒毒条例 art. 30): the fourth centre is the women's."""
    return "female" if brigade.startswith("46J04") else "male"


def _stride(people: int) -> int:
    """A step without a common factor with `people`: it scatters the planted files among the others."""
    step = max(1, int(people * 0.6180339887))
    while gcd(step, people) != 1:
        step += 1
    return step
