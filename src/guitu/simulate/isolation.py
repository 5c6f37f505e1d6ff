"""Compulsory isolation as it goes when everybody keeps to the law (禁毒法 arts 38-47, 戒毒条例 arts 25-36).

Decision and service, family told, police centre, transfer after three to six months, zones, assessments,
and the ways it ends: at its last day, earlier, later, or changed to community treatment. A plan holds the
dates; a script that plants a fault changes the plan before it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.kernel.days import add_months, last_day
from guitu.simulate.accounts import staff_name
from guitu.simulate.documents import authority, document_no
from guitu.simulate.life import Life

TERM_MONTHS: Final = 24
_CENTRE_TEST_EVERY: Final = (80, 120)
_DRUGS: Final = ("海洛因", "冰毒（甲基苯丙胺）", "海洛因、冰毒", "氯胺酮", "依托咪酯", "摇头丸")
_DRUG_WEIGHTS: Final = (48, 30, 10, 4, 6, 2)
_CONDITIONS: Final = ("无", "高血压", "慢性胃炎", "皮肤病", "旧伤，已愈", "失眠", "糖尿病")
_CONDITION_WEIGHTS: Final = (60, 10, 8, 6, 6, 6, 4)

Course = Literal["full", "early_release", "extension", "medical_change"]


@dataclass(slots=True)
class Isolation:
    """The dates of one compulsory isolation. None where something did not or will not happen.

    `ends` is the last day in force; `opinion` is the day the deciding organ received it.
    """

    course: Course
    ordered: date
    printed_end: date
    admitted: date
    transferred: date | None
    family_told: date | None
    ends: date
    opinion: date | None = None
    decided: date | None = None
    extended_months: int = 0
    leave: date | None = None
    back: date | None = None
    escaped: date | None = None
    recaptured: date | None = None
    notice: date | None = None
    released: date | None = None
    brigade: str = ""

    @property
    def centre(self) -> str:
        """The justice centre of the brigade: a brigade's code is its centre's and two digits."""
        return self.brigade[:-2]


def plan(life: Life, ordered: date, course: Course = "full") -> Isolation:
    """An isolation in which every duty is done in time."""
    rng = life.rng
    admitted = ordered + (life.days(5, 15) if rng.random() < 0.25 else timedelta())  # detention house first
    home = life.home
    brigades = home.women_brigades if life.person.sex == "female" else home.justice_brigades
    end = last_day(ordered, TERM_MONTHS)
    made = Isolation(
        course=course,
        ordered=ordered,
        printed_end=end,
        admitted=admitted,
        transferred=add_months(admitted, 3) + life.days(3, 80),
        family_told=ordered + life.days(0, 1),
        ends=end,
        brigade=rng.choice(brigades),
    )
    if course == "early_release":
        made.opinion = add_months(ordered, 12) + life.days(20, 150)
        made.decided = made.opinion + life.days(1, 6)
        made.ends = made.decided + life.days(6, 12)
    elif course == "extension":
        made.opinion = end - life.days(25, 40)
        made.decided = made.opinion + life.days(1, 6)
        made.extended_months = rng.choice((3, 6))
        # At the end of some months the corresponding day and the day after the last one part company; the
        # earlier keeps nobody a day too long.
        made.ends = min(
            add_months(end, made.extended_months), last_day(ordered, TERM_MONTHS + made.extended_months)
        )
    elif course == "medical_change":
        made.leave = made.transferred + life.days(20, 200) if made.transferred else None
        assert made.leave is not None
        made.opinion = made.leave + life.days(30, 90)
        made.decided = made.opinion + life.days(1, 6)
        made.ends = made.decided
    elif (dice := rng.random()) < 0.02 and made.transferred is not None:
        made.leave = made.transferred + life.days(20, 200)
        made.back = made.leave + life.days(15, 60)
    elif dice < 0.03 and made.transferred is not None:
        made.escaped = made.transferred + life.days(40, 200)
        made.recaptured = made.escaped + life.days(2, 20)
        made.ends += made.recaptured - made.escaped
    made.notice = made.ends - life.days(4, 7)
    made.released = made.ends
    return made


def write(life: Life, made: Isolation) -> None:
    """Say what the plan says, up to the day looked at."""
    life.isolations.append(made)
    _order(life, made)
    _admit(life, made)
    _transfer(life, made)
    _assess(life, made)
    _tests(life, made)
    if made.escaped is not None and made.recaptured is not None:
        life.add(made.escaped, "escape", "brigade_officer", made.brigade)
        life.add(made.escaped, "escape_reported", "brigade_officer", made.brigade)
        life.add(made.recaptured, "recaptured", "brigade_officer", made.brigade)
    _end(life, made)


def _order(life: Life, made: Isolation) -> None:
    police = ("county_supervisor", life.home.county)
    life.add(
        made.ordered,
        "order",
        *police,
        measure="compulsory_isolation",
        document_no=document_no(life.rng, "compulsory_isolation", made.ordered),
        authority=authority(life.home),
        printed_end=made.printed_end,
    )
    life.hold(made.ordered, *police)
    life.add(made.ordered, "served", *police)
    if made.family_told is not None:
        life.add(made.family_told, "family_notified", *police)


def _admit(life: Life, made: Isolation) -> None:
    centre = life.home.police_centre
    rng = life.rng
    life.add(made.admitted, "admission", "intake_officer", centre, place="police_centre", centre=centre)
    life.hold(made.admitted, "intake_officer", centre)
    life.add(
        made.admitted,
        "intake_health",
        "doctor",
        centre,
        drug=rng.choices(_DRUGS, _DRUG_WEIGHTS)[0],
        conditions=rng.choices(_CONDITIONS, _CONDITION_WEIGHTS)[0],
    )
    life.add(made.admitted, "zone_move", "intake_officer", centre, zone="detox")
    life.add(made.admitted + life.days(1, 6), "assessment", "intake_officer", centre, stage="intake")


def _transfer(life: Life, made: Isolation) -> None:
    """To the justice centre, and there from zone to zone, as far as the term goes."""
    if made.transferred is None:
        return
    centre = made.centre
    life.add(made.transferred, "transfer", "intake_officer", centre, place="justice_centre", centre=centre)
    life.hold(made.transferred, "brigade_officer", made.brigade, by="intake_officer")
    moves = (
        (made.transferred + life.days(1, 10), "adaptation"),
        (made.transferred + life.days(40, 90), "consolidation"),
        (made.ends - life.days(30, 45), "return"),
    )
    after = made.transferred
    for day, zone in moves:
        if after < day < made.ends and not (zone == "return" and made.course == "medical_change"):
            life.add(day, "zone_move", "brigade_officer", made.brigade, zone=zone)
            after = day


def _assess(life: Life, made: Isolation) -> None:
    if made.transferred is None:
        return
    centre = made.centre
    rng = life.rng
    until = made.leave if made.leave and made.course == "medical_change" else made.ends
    poor = made.course == "extension"
    physiological = made.transferred + life.days(5, 25)
    one_year = add_months(made.ordered, 12) + life.days(3, 15)
    before_expiry = min(made.ends - life.days(45, 60), made.opinion or made.ends)
    panel = ("assessment_panel", centre)
    if physiological < until:
        life.add(physiological, "assessment", *panel, stage="physiological", physiological="pass")
    if one_year < until:
        conduct = "pass" if made.course == "early_release" or rng.random() < 0.3 else "fail"
        life.add(
            one_year,
            "assessment",
            *panel,
            stage="one_year",
            physiological="pass",
            recovery="pass",
            conduct=conduct,
            social=rng.choice(("good", "fair")),
        )
    if made.course in ("full", "extension") and before_expiry > one_year:
        life.add(
            before_expiry,
            "assessment",
            *panel,
            stage="before_expiry",
            physiological="pass",
            recovery="pass",
            conduct="fail" if poor else "pass",
            social=rng.choice(("good", "fair")),
        )


def _tests(life: Life, made: Isolation) -> None:
    """Tests inside the centre, unasked and regular; none while the person is away."""
    if made.transferred is None:
        return
    centre = made.centre
    last = min(made.ends, life.today - timedelta(days=1))
    gone = made.leave or made.escaped or date.max
    back = made.back or made.recaptured or date.max
    day = made.transferred + life.days(1, 20)
    while day <= last:
        if not gone <= day < back:
            life.add(
                day,
                "urine_test",
                "nurse",
                centre,
                outcome="taken",
                result="negative",
                tester_1=staff_name("nurse", centre),
                tester_2=staff_name("brigade_officer", made.brigade),
            )
        day += life.days(*_CENTRE_TEST_EVERY)


def _end(life: Life, made: Isolation) -> None:
    centre = made.centre
    head, police = ("centre_head", centre), ("county_supervisor", life.home.county)
    if made.leave is not None:
        life.add(made.leave, "medical_leave", "doctor", centre)
    if made.back is not None:
        life.add(made.back, "medical_leave_end", "doctor", centre)
    if made.opinion is not None:
        proposes = "change_to_community" if made.course == "medical_change" else made.course
        life.add(made.opinion, "opinion", *head, proposes=proposes)
    if made.decided is not None:
        _decide(life, made, police)
    if made.course == "medical_change":
        return
    if made.notice is not None:
        life.add(made.notice, "release_notice", *head)
    if made.released is not None:
        life.add(made.released, "release", *head)


def _decide(life: Life, made: Isolation, police: tuple[str, str]) -> None:
    assert made.decided is not None
    if made.course == "extension":
        life.add(made.decided, "decision", *police, effect="extension", months=made.extended_months)
    elif made.course == "early_release":
        life.add(made.decided, "decision", *police, effect="early_release", takes_effect_on=made.ends)
    else:
        life.add(made.decided, "decision", *police, effect="change_to_community", takes_effect_on=made.ends)
