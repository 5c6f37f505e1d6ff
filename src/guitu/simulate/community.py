"""Community treatment and community recovery as they go when everybody keeps to the law.

The articles: 戒毒条例 13-24 and 37-40.
A plan holds the dates; a script that plants a fault changes the plan before it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.kernel.days import last_day
from guitu.simulate.accounts import staff_name
from guitu.simulate.documents import authority, document_no
from guitu.simulate.institutions import Home
from guitu.simulate.life import Life

TREATMENT_MONTHS: Final = 36
_RECOVERY_MONTHS: Final = (36, 24, 12)
# The preset that the demo offices have chosen, and the months at whose end its periods end: 12, 6 and 4
# tests in the three years. A local practice, not law.
PRESET: Final = "FRQ-A"
_PERIODS_END: Final = (*range(1, 13), *range(14, 25, 2), *range(27, 37, 3))
_TEST_EARLY: Final = 0.45  # of a period, at the most, before its last day

Measure = Literal["community_treatment", "community_recovery"]


@dataclass(slots=True)
class Community:
    """The dates of one community measure. None where something did not or will not happen.

    `starts` is the first day of the term if that is not the day of reporting, `stop` the day another
    decision or prison takes its place, `tests_until` the day from which no more tests are recorded,
    `handed_over` whether the town has taken the file over.
    """

    measure: Measure
    months: int
    ordered: date
    served: date
    reported: date | None
    signed: date | None
    ends: date
    starts: date | None = None
    ended_notice: date | None = None
    detained: date | None = None
    freed: date | None = None
    moved: date | None = None
    moved_to: Home | None = None
    away: tuple[tuple[date, int, bool], ...] = ()
    unmet_tests: int = 0  # tests evaded or refused
    stop: date = date.max
    tests_until: date = date.max
    excused: date | None = None
    handed_over: bool = True


def plan(life: Life, measure: Measure, ordered: date, elsewhere: Home | None = None) -> Community:
    """A measure that is ordered, served, reported for, kept and ended in time.

    `elsewhere` is a home in another place, for the few who move during the measure.
    """
    rng = life.rng
    months = (
        TREATMENT_MONTHS if measure == "community_treatment" else rng.choices(_RECOVERY_MONTHS, (7, 2, 1))[0]
    )
    served = ordered + life.days(0, 3)
    reported = served + life.days(1, 13)
    made = Community(
        measure=measure,
        months=months,
        ordered=ordered,
        served=served,
        reported=reported,
        signed=reported + life.days(0, 6),
        ends=last_day(reported, months),
    )
    kind = rng.random()
    if kind < 0.04 and measure == "community_treatment":
        made.detained = reported + life.days(40, months * 25)
        made.freed = made.detained + life.days(5, 15)
        made.ends += made.freed - made.detained
    elif kind < 0.07 and elsewhere is not None:
        made.moved = reported + life.days(60, months * 25)
        made.moved_to = elsewhere
    elif kind < 0.12:
        made.unmet_tests = rng.randint(1, 2)
    elif kind < 0.13:
        made.excused = served + life.days(3, 12)
        made.reported = reported = served + life.days(17, 25)
        made.signed = reported
        made.ends = last_day(reported, months)
    if rng.random() < 0.3:
        made.away = tuple(
            (reported + life.days(10, months * 28), rng.randint(3, 12), rng.random() < 0.85)
            for _ in range(rng.randint(1, 2))
        )
    made.ended_notice = made.ends + life.days(1, 5)
    return made


def write(life: Life, made: Community) -> None:
    """Say what the plan says, up to the day looked at."""
    home = life.home
    police = ("county_supervisor", home.county)
    life.add(
        made.ordered,
        "order",
        *police,
        measure=made.measure,
        document_no=document_no(life.rng, made.measure, made.ordered),
        authority=authority(home),
        months=made.months if made.measure == "community_recovery" else None,
    )
    if made.handed_over:
        life.hold(made.ordered, "village_worker", home.village)
    life.add(made.served, "served", *police)
    if made.excused is not None:
        until = made.served + timedelta(days=30)
        grounds = "住院治疗，有医院证明"
        life.add(
            made.excused, "excuse", "town_office", home.town, of="report_in", until=until, grounds=grounds
        )
    write_served(life, made)


def write_served(life: Life, made: Community) -> None:
    """The part after service: reporting in, agreement, tests, absences, the end."""
    home = life.home
    if made.reported is None:
        return
    life.add(made.reported, "reporting_in", "village_worker", home.village)
    if made.signed is not None:
        life.add(made.signed, "agreement", "village_worker", home.village)
    last = min(made.ends, made.stop, life.today - timedelta(days=1))
    _absences(life, made, last)
    if made.detained and made.freed and made.detained <= last:
        life.add(made.detained, "detained", "town_office", home.town)
        life.add(made.freed, "freed", "town_office", home.town)
    _tests(life, made, last)
    if made.ended_notice is not None and made.stop == date.max:
        life.add(made.ended_notice, "end_notice", "county_supervisor", life.home.county)


def _absences(life: Life, made: Community, last: date) -> None:
    """Times away from the county, most of them reported in writing before leaving."""
    for day, days, authorised in made.away:
        if day <= last and not _inside(day, made):
            life.add(
                day,
                "absence",
                "village_worker",
                life.home.village,
                authorised="yes" if authorised else "no",
                days=days,
            )


def _tests(life: Life, made: Community, last: date) -> None:
    """One test in every period, more often than not in its last days; moves happen between two tests."""
    assert made.reported is not None
    rng = life.rng
    first = starts = made.starts or made.reported
    unmet = made.unmet_tests
    for month in _PERIODS_END:
        due = last_day(starts, month)
        slack = int((due - first).days * _TEST_EARLY * rng.random() ** 1.7)
        day = _at_liberty(due - timedelta(days=slack), due, made)
        if day > last or day >= made.tests_until or month > made.months:
            return
        if made.moved is not None and made.moved_to is not None and day >= made.moved:
            _move(life, made.moved, made.moved_to)
            made.moved = None
        dice = rng.random()
        before = day - life.days(1, 4)
        if unmet and dice < 0.4 and not _inside(before, made):
            unmet -= 1
            _test(life, before, rng.choice(("evaded", "refused")))
        elif dice > 0.985 and not _inside(before, made):
            _test(life, before, "excused", note="生病住院，改期检测")
        elif dice > 0.982 and not _inside(before, made):
            _test(life, before, "taken", result="positive", confirmed="no", note="现场阳性，送实验室检测")
        _test(life, day, "taken", result="negative")
        first = due + timedelta(days=1)


def _at_liberty(day: date, due: date, made: Community) -> date:
    """The day itself, or the nearest in its period on which the person is not detained."""
    if made.detained is None or made.freed is None or not _inside(day, made):
        return day
    return made.freed if made.freed <= due else made.detained - timedelta(days=1)


def _test(life: Life, day: date, outcome: str, **more: str) -> None:
    home = life.home
    life.add(
        day,
        "urine_test",
        "village_worker",
        home.village,
        outcome=outcome,
        tester_1=staff_name("village_worker", home.village),
        tester_2=staff_name("town_office", home.town),
        **more,
    )


def _move(life: Life, day: date, home: Home) -> None:
    """The place changes: the file goes along, and the person reports there within fifteen days (art. 22).
    Every other office hands it over, and the new one accepts it the day after."""
    if day.day % 2 and life.add(day, "handover_sent", "town_office", life.home.town, to_unit=home.village):
        day += timedelta(days=1)
        life.add(day, "handover_accepted", "village_worker", home.village, complete="yes")
    if not life.add(day, "change_of_place", "town_office", life.home.town, to_unit=home.village):
        return
    life.home = home
    life.hold(day, "village_worker", home.village)
    arrived = day + life.days(1, 10)
    life.add(arrived, "reporting_in", "village_worker", home.village)
    life.add(arrived + life.days(0, 4), "agreement", "village_worker", home.village)


def _inside(day: date, made: Community) -> bool:
    return made.detained is not None and made.freed is not None and made.detained <= day < made.freed
