"""Three people who do not exist, for the gallery and the tests: what the rail has to be able to show."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.model import Assessment, Duty, DutyState, Finding, Measure, Span

_ON: Final = date(2026, 11, 23)
_DAYS: Final = Because(Label("期限", "Term"), on=_ON, cites=(Citation("禁毒法", "33"),))


def _id(n: int) -> UUID:
    return UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + n)


def _duty(
    name: str, zh: str, en: str, state: DutyState, due: date, order: int, done: date | None = None
) -> Duty:
    return Duty(name, Label(zh, en), "person", state, None, due, "urine_test", _DAYS, _id(order), done)


def _tests(first: date, months: int, order: int) -> tuple[Duty, ...]:
    days = [
        date(first.year + (first.month - 1 + m) // 12, (first.month - 1 + m) % 12 + 1, 20)
        for m in range(months)
    ]
    return tuple(_duty("routine_test", "检测", "Urine test", "done", d, order, d) for d in days)


def long_way() -> Assessment:
    """From voluntary treatment through a centre to community rehabilitation; for the gallery."""
    isolation = Measure(
        "compulsory_isolation",
        Label("强制隔离戒毒", "Compulsory isolation treatment"),
        "ended",
        _id(2),
        date(2023, 4, 12),
        date(2023, 4, 12),
        date(2025, 4, 11),
        date(2025, 4, 11),
        _DAYS,
        (
            Span("place", Label("公安所", "Police centre"), date(2023, 4, 12), date(2023, 9, 1)),
            Span("zone", Label("适应区", "Adaptation"), date(2023, 9, 1), date(2024, 2, 1)),
            Span("zone", Label("巩固区", "Consolidation"), date(2024, 2, 1), date(2025, 1, 10)),
            Span("zone", Label("回归区", "Return"), date(2025, 1, 10), date(2025, 4, 12)),
        ),
        date(2025, 4, 12),
        "release",
    )
    recovery = Measure(
        "community_recovery",
        Label("社区康复", "Community rehabilitation"),
        "in_force",
        _id(3),
        date(2025, 4, 10),
        date(2025, 4, 20),
        date(2028, 5, 4),
        None,
        _DAYS,
        (
            Span(
                "suspension",
                Label("中止", "Suspended"),
                date(2025, 9, 1),
                date(2025, 11, 1),
            ),
            Span("medical_leave", Label("所外就医", "Medical leave"), date(2026, 3, 1), date(2026, 5, 1)),
        ),
    )
    voluntary = Measure(
        "voluntary",
        Label("自愿戒毒", "Voluntary treatment"),
        "ended",
        _id(1),
        date(2022, 9, 5),
        date(2022, 9, 5),
        date(2022, 12, 4),
        None,
        _DAYS,
        (),
        date(2022, 12, 5),
        "expiry",
    )
    duties = (
        *_tests(date(2025, 5, 20), 16, 3),
        _duty("routine_test", "检测", "Urine test", "overdue", date(2026, 11, 20), 3),
        _duty("visit", "家访", "Home visit", "open", _ON, 3),
        _duty("routine_test", "检测", "Urine test", "open", date(2027, 1, 20), 3),
        _duty("notify_town_of_end", "期满告知", "Notify of the end", "open", date(2028, 5, 11), 3),
    )
    return Assessment(_ON, None, recovery, (voluntary, isolation, recovery), duties)


def waiting_to_report() -> Assessment:
    """Served three weeks ago and not yet reported in."""
    order = Measure(
        "community_treatment",
        Label("社区戒毒", "Community treatment"),
        "awaiting_report",
        _id(1),
        date(2026, 11, 1),
        None,
        None,
        None,
        None,
    )
    late = _duty("report_in", "报到", "Report in", "overdue", date(2026, 11, 19), 1)
    finding = Finding("deemed_refusal", Label("视为拒绝接受社区戒毒", "Deemed refusal"), _ON, _DAYS, _id(1))
    return Assessment(_ON, None, order, (order,), (late,), (finding,))


def suspended_now() -> Assessment:
    """In detention at the moment, with an unknown number of days to come."""
    order = Measure(
        "community_treatment",
        Label("社区戒毒", "Community treatment"),
        "suspended",
        _id(1),
        date(2025, 3, 1),
        date(2025, 3, 6),
        date(2028, 3, 20),
        date(2028, 3, 20),
        _DAYS,
        (Span("suspension", Label("中止", "Suspended"), date(2026, 9, 1), None),),
    )
    return Assessment(
        _ON, datetime(2026, 11, 23, 10).astimezone(), order, (order,), _tests(date(2025, 4, 20), 15, 1)
    )
