"""What is planted so that the demo has work in it: things late, things due today, things due this week.

A fault is something an office left undone; each says which duties it leaves overdue and which findings it
must lead to, so that a test can hold the rules to it. An errand is lawful and only waits to be done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.kernel.days import add_months, last_day
from guitu.kernel.labels import Label
from guitu.simulate import community, isolation
from guitu.simulate.accounts import staff_name
from guitu.simulate.community import TREATMENT_MONTHS, Community
from guitu.simulate.histories import open_file
from guitu.simulate.isolation import TERM_MONTHS, Isolation
from guitu.simulate.life import Life

Office = Literal["village", "police_centre", "brigade"]

# A deadline may roll over a holiday; the longest run of days off is nine. Later than this is late in any
# case.
_SURELY: Final = 12


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted history.

    `office` is where the work lies. `overdue` and `findings` are the duties and findings it must lead to;
    without any, and with `fault` false, it is an errand. `script` writes it; for a brigade, the brigade's
    code is given.
    """

    name: str
    label: Label
    office: Office
    script: Callable[[Life, str], None]
    fault: bool = True
    overdue: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def _report_in(life: Life, served: date) -> None:
    ordered = served - life.days(0, 3)
    made = community.plan(life, "community_treatment", ordered)
    made.served = served
    made.reported = made.excused = None
    open_file(life, ordered)
    community.write(life, made)


def _late_report(life: Life, unit: str) -> None:
    _report_in(life, life.today - timedelta(days=15) - life.days(_SURELY, 30))


def _report_today(life: Life, unit: str) -> None:
    _report_in(life, life.today - timedelta(days=15))


def _report_this_week(life: Life, unit: str) -> None:
    _report_in(life, life.today - timedelta(days=15) + life.days(1, 4))


def _reported(life: Life, reported: date) -> Community:
    """A treatment that was reported for on that day and went smoothly since."""
    served = reported - life.days(1, 10)
    made = community.plan(life, "community_treatment", served - life.days(0, 3))
    made.served, made.reported, made.signed = served, reported, reported + life.days(0, 5)
    made.ends = last_day(reported, TREATMENT_MONTHS)
    made.detained = made.freed = made.excused = None
    made.unmet_tests, made.away = 0, ()
    made.ended_notice = made.ends + life.days(1, 5)
    open_file(life, made.ordered)
    return made


def _missed_test(life: Life, unit: str) -> None:
    made = _reported(life, life.today - life.days(160, 350))
    made.tests_until = life.today - life.days(100, 115)
    community.write(life, made)


def _test_due(life: Life, due: date) -> None:
    """A test that the preset asks for by that day, and everything before it in order."""
    made = _reported(life, _first_day(due, life.rng.randint(2, 11)))
    made.tests_until = due - timedelta(days=20)
    community.write(life, made)


def _test_today(life: Life, unit: str) -> None:
    _test_due(life, life.today)


def _test_this_week(life: Life, unit: str) -> None:
    _test_due(life, life.today + life.days(1, 5))


def _serious_breach(life: Life, unit: str) -> None:
    made = _reported(life, life.today - life.days(150, 300))
    made.tests_until = life.today - timedelta(days=80)
    community.write(life, made)
    village = life.home.village
    for days, outcome in ((75, "evaded"), (48, "refused"), (20, "evaded")):
        life.add(life.today - timedelta(days=days), "urine_test", "village_worker", village, outcome=outcome)


def _ended(life: Life, ended: date) -> None:
    made = _reported(life, _first_day(ended, TREATMENT_MONTHS))
    made.ended_notice = None
    community.write(life, made)


def _late_end_notice(life: Life, unit: str) -> None:
    _ended(life, life.today - timedelta(days=7) - life.days(_SURELY, 40))


def _end_notice_today(life: Life, unit: str) -> None:
    _ended(life, life.today - timedelta(days=7))


def _isolated(life: Life, ordered: date, brigade: str = "", course: isolation.Course = "full") -> Isolation:
    """An isolation that was ordered on that day and went smoothly since, admission on the same day."""
    made = isolation.plan(life, ordered, course)
    made.admitted = ordered
    if made.transferred is not None:
        made.transferred = add_months(ordered, 3) + life.days(3, 80)
    made.escaped = made.recaptured = made.leave = made.back = None
    made.ends = made.ends if course != "full" else last_day(ordered, TERM_MONTHS)
    made.notice, made.released = made.ends - life.days(4, 7), made.ends
    made.brigade = brigade or made.brigade
    open_file(life, ordered)
    return made


def _missed_family_notice(life: Life, unit: str) -> None:
    made = _isolated(life, life.today - life.days(_SURELY, 60))
    made.family_told = None
    isolation.write(life, made)


def _in_police_centre(life: Life, transfer_due: date) -> None:
    admitted = add_months(transfer_due, -6)
    while add_months(admitted, 6) < transfer_due:  # 31 August is six months after no day
        admitted += timedelta(days=1)
    made = _isolated(life, admitted)
    made.transferred = None
    isolation.write(life, made)


def _overdue_transfer(life: Life, unit: str) -> None:
    _in_police_centre(life, life.today - life.days(_SURELY, 45))


def _transfer_today(life: Life, unit: str) -> None:
    _in_police_centre(life, life.today)


def _transfer_this_week(life: Life, unit: str) -> None:
    _in_police_centre(life, life.today + life.days(1, 5))


def _ending(life: Life, ends: date, brigade: str, *, told: bool) -> None:
    """An isolation whose last day is given and that has not been ended on paper."""
    made = _isolated(life, _first_day(ends, TERM_MONTHS), brigade)
    made.notice = made.ends - life.days(4, 7) if told else None
    made.released = None
    isolation.write(life, made)


def _held_past_term(life: Life, unit: str) -> None:
    _ending(life, life.today - timedelta(days=2), unit, told=True)


def _release_today(life: Life, unit: str) -> None:
    _ending(life, life.today, unit, told=True)


def _late_release_notice(life: Life, unit: str) -> None:
    _ending(life, life.today + timedelta(days=1), unit, told=False)


def _release_notice_today(life: Life, unit: str) -> None:
    _ending(life, life.today + timedelta(days=3), unit, told=False)


def _release_notice_this_week(life: Life, unit: str) -> None:
    _ending(life, life.today + timedelta(days=3) + life.days(1, 4), unit, told=False)


def _opinion(life: Life, received: date, brigade: str) -> None:
    """An early release was proposed and the deciding organ has not answered."""
    ordered = add_months(received, -12) - life.days(20, 150)
    made = _isolated(life, ordered, brigade, "early_release")
    made.opinion = received
    made.decided = made.notice = made.released = None
    made.ends = last_day(ordered, TERM_MONTHS)
    isolation.write(life, made)


def _late_decision(life: Life, unit: str) -> None:
    _opinion(life, life.today - timedelta(days=7) - life.days(_SURELY, 25), unit)


def _decision_today(life: Life, unit: str) -> None:
    _opinion(life, life.today - timedelta(days=7), unit)


def _printed_end_differs(life: Life, unit: str) -> None:
    """The commonest slip: the first day was not counted, so the paper says one day too many."""
    made = _isolated(life, life.today - life.days(220, 600), unit)
    made.printed_end += timedelta(days=1)
    isolation.write(life, made)


def _handover_gap(life: Life, unit: str) -> None:
    """Released and ordered into recovery, and no town has the file."""
    released = life.today - life.days(5, 12)
    made = _isolated(life, _first_day(released, TERM_MONTHS), unit)
    isolation.write(life, made)
    after = community.plan(life, "community_recovery", made.ends)
    after.served = made.ends
    after.handed_over = False
    after.reported = after.excused = None
    community.write(life, after)


def _released(life: Life, unit: str, *steps: tuple[int, str, str]) -> None:
    """Released some days ago, with a hand-over that has come so far: of each step the days since, the kind
    and who takes it, `centre` or `village`."""
    made = _isolated(life, _first_day(life.today - timedelta(days=8), TERM_MONTHS), unit)
    isolation.write(life, made)
    after = community.plan(life, "community_recovery", made.ends)
    after.served = made.ends
    after.handed_over = False
    after.reported = after.excused = None
    community.write(life, after)
    home, centre = life.home, life.holder
    for ago, kind, side in steps:
        day = life.today - timedelta(days=ago)
        role, office = ("centre_head", centre) if side == "centre" else ("village_worker", home.village)
        fields = {
            "handover_prepared": {"to_unit": home.village, "receiver": staff_name(role, home.village)},
            "handover_sent": {"to_unit": home.village},
            "handover_refused": {"reason": "not_here", "note": "本人户籍在此，常住县城"},
            "handover_urged": {"whom": "receiver"},
            "handover_accepted": {"complete": "yes"},
            "first_contact": {"how": "visit"},
        }.get(kind, {})
        life.add(day, kind, role, office, **fields)


def _handover_waiting(life: Life, unit: str) -> None:
    steps = (
        (13, "handover_prepared", "centre"),
        (11, "handover_sent", "centre"),
        (2, "handover_urged", "centre"),
    )
    _released(life, unit, *steps)


def _handover_opened(life: Life, unit: str) -> None:
    _released(life, unit, (4, "handover_sent", "centre"), (3, "handover_opened", "village"))


def _handover_refused(life: Life, unit: str) -> None:
    steps = (
        (10, "handover_sent", "centre"),
        (9, "handover_opened", "village"),
        (7, "handover_refused", "village"),
    )
    _released(life, unit, *steps)


def _handover_unmet(life: Life, unit: str) -> None:
    steps = (12, "handover_sent", "centre"), (11, "handover_opened", "village")
    _released(life, unit, *steps, (10, "handover_accepted", "village"))


def _handover_met(life: Life, unit: str) -> None:
    steps = (12, "handover_sent", "centre"), (11, "handover_opened", "village")
    _released(life, unit, *steps, (10, "handover_accepted", "village"), (4, "first_contact", "village"))


def _first_day(ends: date, months: int) -> date:
    """The first day of a term whose last day is `ends`; at the end of February, the nearest there is."""
    first = add_months(ends + timedelta(days=1), -months)
    return next((day for day in (first, first + timedelta(days=1)) if last_day(day, months) == ends), first)


FAULTS: Final = (
    Planted(
        "late_report",
        Label("逾期未报到", "Did not report in time"),
        "village",
        _late_report,
        overdue=("report_in",),
        findings=("deemed_refusal",),
    ),
    Planted(
        "missed_test",
        Label("漏检", "A regular test was missed"),
        "village",
        _missed_test,
        overdue=("routine_test",),
    ),
    Planted(
        "late_end_notice",
        Label("期满未告知乡镇", "Town not told of the end"),
        "village",
        _late_end_notice,
        overdue=("notify_town_of_end",),
    ),
    Planted(
        "serious_breach",
        Label("三次逃避或拒绝检测", "Three tests evaded or refused"),
        "village",
        _serious_breach,
        findings=("serious_breach",),
    ),
    Planted(
        "missed_family_notice",
        Label("未通知家属", "Family not told"),
        "police_centre",
        _missed_family_notice,
        overdue=("notify_family",),
    ),
    Planted(
        "overdue_transfer",
        Label("逾期未转所", "Transfer overdue"),
        "police_centre",
        _overdue_transfer,
        overdue=("transfer_to_justice",),
        findings=("transfer_overdue",),
    ),
    Planted(
        "late_release_notice",
        Label("未提前通知解除", "No notice before release"),
        "brigade",
        _late_release_notice,
        overdue=("release_notice",),
    ),
    Planted(
        "late_decision",
        Label("意见逾期未答复", "Opinion not answered in time"),
        "brigade",
        _late_decision,
        overdue=("decide_opinion",),
    ),
    Planted(
        "printed_end_differs",
        Label("文书期满日有误", "Printed end is wrong"),
        "brigade",
        _printed_end_differs,
        findings=("printed_end_differs",),
    ),
    Planted(
        "handover_gap", Label("出所无人接收", "Released, and no town has the file"), "brigade", _handover_gap
    ),
    Planted(
        "held_past_term",
        Label("超期未解除", "Held past the term"),
        "brigade",
        _held_past_term,
        overdue=("release",),
        findings=("held_past_term",),
    ),
)

ERRANDS: Final = (
    Planted("report_today", Label("今天应报到", "To report today"), "village", _report_today, fault=False),
    Planted(
        "report_this_week",
        Label("本周应报到", "To report this week"),
        "village",
        _report_this_week,
        fault=False,
    ),
    Planted("test_today", Label("今天应检测", "Test due today"), "village", _test_today, fault=False),
    Planted(
        "test_this_week", Label("本周应检测", "Test due this week"), "village", _test_this_week, fault=False
    ),
    Planted(
        "end_notice_today",
        Label("今天应告知乡镇", "Town to be told today"),
        "village",
        _end_notice_today,
        fault=False,
    ),
    Planted(
        "transfer_today",
        Label("今天应转所", "To be transferred today"),
        "police_centre",
        _transfer_today,
        fault=False,
    ),
    Planted(
        "transfer_this_week",
        Label("本周应转所", "To be transferred this week"),
        "police_centre",
        _transfer_this_week,
        fault=False,
    ),
    Planted(
        "release_today", Label("今天应解除", "To be released today"), "brigade", _release_today, fault=False
    ),
    Planted(
        "release_notice_today",
        Label("今天应通知", "Notice due today"),
        "brigade",
        _release_notice_today,
        fault=False,
    ),
    Planted(
        "release_notice_this_week",
        Label("本周应通知", "Notice due this week"),
        "brigade",
        _release_notice_this_week,
        fault=False,
    ),
    Planted(
        "handover_waiting",
        Label("移交未接收", "Sent and not accepted"),
        "brigade",
        _handover_waiting,
        fault=False,
    ),
    Planted(
        "handover_opened",
        Label("移交已打开", "Opened, to be accepted"),
        "brigade",
        _handover_opened,
        fault=False,
    ),
    Planted("handover_refused", Label("移交被退回", "Sent back"), "brigade", _handover_refused, fault=False),
    Planted(
        "handover_unmet",
        Label("接收后未联系", "Accepted, not met yet"),
        "brigade",
        _handover_unmet,
        fault=False,
    ),
    Planted("handover_met", Label("已首次联系", "Accepted and met"), "brigade", _handover_met, fault=False),
    Planted(
        "decision_today",
        Label("今天应答复意见", "Opinion to be answered today"),
        "brigade",
        _decision_today,
        fault=False,
    ),
)

PLANTED: Final = {planted.name: planted for planted in (*FAULTS, *ERRANDS)}
