"""The ways home that people in the fictional province take, from the first decision to today.

Every path obeys the law; what went wrong in an office is planted by `faults` and listed there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from guitu.kernel.days import add_months, last_day
from guitu.simulate import community, isolation
from guitu.simulate.community import Community
from guitu.simulate.documents import document_no
from guitu.simulate.institutions import Home
from guitu.simulate.life import Life

ADULT_YEARS: Final = 18
_RECOVERY_ORDERED: Final = 0.85  # an order is never automatic: 可以责令 (戒毒条例 art. 37)
_DIES: Final = 0.006
_REMARKED: Final = 0.15
_REMARKS: Final = (
    "已介绍到附近农场务工，本人愿意。",
    "家属来访，家庭关系有好转。",
    "申请技能培训，已转县人社部门。",
    "住房困难，已帮助申请救助。",
)


def live(life: Life, elsewhere: Home) -> None:
    """Write one lawful history, begun long enough ago that today falls anywhere in it.

    `elsewhere` is the home of those who move.
    """
    rng = life.rng
    path, _, span = rng.choices(_PATH_LIST, _PATH_WEIGHTS)[0]
    start = max(life.today - timedelta(days=rng.randrange(1, span)), _birthday(life, ADULT_YEARS))
    if rng.random() < _DIES:
        life.ends = start + life.days(60, 1500)
    open_file(life, start)
    path(life, start, elsewhere)
    if life.ends < life.today:
        life.add(life.ends, "death", "county_supervisor", life.home.county)


def open_file(life: Life, day: date) -> None:
    """The first entry of a file: who the person is."""
    person = life.person
    life.add(
        day,
        "person",
        "county_supervisor",
        life.home.county,
        name=person.name,
        sex=person.sex,
        id_number=person.id_number,
        birth=person.born,
        ethnicity=person.ethnicity,
        household_place=life.home.place,
        education=person.education,
        phone=person.phone,
        family_phone=person.family_phone,
    )


def recover(life: Life, released: date, elsewhere: Home | None = None) -> Community | None:
    """After release: community recovery where it is ordered, and in any case home to the village."""
    if life.rng.random() >= _RECOVERY_ORDERED:
        life.hold(released, "village_worker", life.home.village)
        return None
    made = community.plan(life, "community_recovery", released, elsewhere)
    community.write(life, made)
    if life.rng.random() < _REMARKED and made.reported is not None:
        text = life.rng.choice(_REMARKS)
        life.add(made.reported + life.days(10, 90), "remark", "village_worker", life.home.village, text=text)
    return made


def _treatment(life: Life, start: date, elsewhere: Home) -> None:
    if life.person.sex == "female" and life.rng.random() < 0.04:
        # Compulsory isolation may not be applied to her; community treatment must be ordered (art. 26).
        life.add(start, "exempt", "county_supervisor", life.home.county, ground="pregnant")
    community.write(life, community.plan(life, "community_treatment", start, elsewhere))


def _isolation(life: Life, start: date, elsewhere: Home) -> None:
    _isolate(life, start, elsewhere, "full")


def _early_release(life: Life, start: date, elsewhere: Home) -> None:
    _isolate(life, start, elsewhere, "early_release")


def _extension(life: Life, start: date, elsewhere: Home) -> None:
    _isolate(life, start, elsewhere, "extension")


def _isolate(life: Life, start: date, elsewhere: Home, course: isolation.Course) -> None:
    made = isolation.plan(life, start, course)
    isolation.write(life, made)
    if made.released is not None:
        recover(life, made.released, elsewhere)


def _relapse(life: Life, start: date, elsewhere: Home) -> None:
    """Community treatment, a relapse that is confirmed, and then a new decision, which is never automatic."""
    made = community.plan(life, "community_treatment", start)
    made.detained = made.freed = None
    assert made.reported is not None
    made.stop = made.reported + life.days(60, 700)
    made.tests_until = made.stop - timedelta(days=4)
    community.write(life, made)
    home = life.home
    life.add(
        made.stop - timedelta(days=3),
        "urine_test",
        "town_office",
        home.town,
        outcome="taken",
        result="positive",
        confirmed="yes",
    )
    life.add(made.stop, "relapse", "county_supervisor", home.county)
    _isolate(life, made.stop + life.days(0, 4), elsewhere, "full")


def _medical_change(life: Life, start: date, elsewhere: Home) -> None:
    """Too ill to return to the centre: changed to community treatment, less the time served (art. 31)."""
    made = isolation.plan(life, start, "medical_change")
    isolation.write(life, made)
    assert made.decided is not None
    ends = last_day(made.decided, community.TREATMENT_MONTHS) - (made.decided - made.ordered)
    reported = made.decided + life.days(1, 10)
    rest = Community(
        measure="community_treatment",
        months=community.TREATMENT_MONTHS,
        ordered=made.ordered,
        served=made.decided,
        reported=reported,
        signed=reported + life.days(0, 4),
        starts=made.decided,
        ends=ends,
        ended_notice=ends + life.days(1, 5),
    )
    life.hold(made.decided, "village_worker", life.home.village)
    community.write_served(life, rest)


def _voluntary(life: Life, start: date, elsewhere: Home) -> None:
    """Treatment by agreement; nobody is told who need not know."""
    months = life.rng.choice((3, 6, 6, 12))
    town = ("town_office", life.home.town)
    life.add(
        start,
        "order",
        *town,
        measure="voluntary",
        document_no=document_no(life.rng, "voluntary", start),
        authority="示范自愿戒毒门诊",
        months=months,
    )
    life.hold(start, "village_worker", life.home.village)
    life.add(start, "agreement", *town)
    life.add(last_day(start, months), "release", *town)


def _imprisoned(life: Life, start: date, elsewhere: Home) -> None:
    """Community treatment that ends because a prison sentence begins (art. 24)."""
    made = community.plan(life, "community_treatment", start)
    made.detained = made.freed = None
    assert made.reported is not None
    made.stop = made.reported + life.days(60, 900)
    made.tests_until = made.stop
    community.write(life, made)
    life.add(made.stop, "imprisoned", "town_office", life.home.town)


def _birthday(life: Life, years: int) -> date:
    return add_months(life.person.born, years * 12)


Path = Callable[[Life, date, Home], None]

# Path, weight, and how many days back it may have begun: as long as it lasts, and a few months of being over.
PATHS: Final[dict[str, tuple[Path, int, int]]] = {
    "treatment": (_treatment, 34, 1240),
    "isolation": (_isolation, 34, 1900),
    "relapse": (_relapse, 14, 2250),
    "early_release": (_early_release, 8, 1650),
    "extension": (_extension, 3, 2050),
    "medical_change": (_medical_change, 2, 1300),
    "voluntary": (_voluntary, 4, 420),
    "imprisoned": (_imprisoned, 1, 1100),
}
"""The ways home by name."""

_PATH_LIST: Final = tuple(PATHS.values())
_PATH_WEIGHTS: Final = tuple(weight for _, weight, _ in _PATH_LIST)
