"""One entry on the timeline: what happened, who wrote it, when the office knew. Nothing is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of the entry."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class TimelineCard:
    """`standing` says whether the entry counts. What no longer counts stays, struck through, with the reason
    and the way to what replaced it. `recorded_at` is when the office knew."""

    id: str
    kind: Text
    sentence: Text
    happened_on: date
    recorded_at: datetime
    author: str
    unit: str = ""
    facts: tuple[Fact, ...] = ()
    standing: Literal["counts", "corrected", "withdrawn", "correction"] = "counts"
    reason: Text = ""
    other: Text = ""
    other_href: str = ""
    correct_href: str = ""
    source: str = ""
    compartment: Text = ""


_AT: Final = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
_TEST: Final = Label("检测", "Urine test")

STATES: Final = (
    State(
        "counts",
        Label("有效", "Counts"),
        TimelineCard(
            "e1",
            _TEST,
            Label("检测：已检，结果：阴性", "Test: taken, result: negative"),
            date(2026, 11, 23),
            _AT,
            "李晓梅",
            "河西镇",
            (
                Fact(Label("检测人1", "First tester"), "李晓梅"),
                Fact(Label("检测人2", "Second tester"), "王建国"),
            ),
            correct_href="#",
        ),
    ),
    State(
        "late",
        Label("事后登记", "Recorded later"),
        TimelineCard(
            "e2",
            _TEST,
            Label("检测：拒检", "Test: refused"),
            date(2026, 11, 2),
            _AT,
            "李晓梅",
            "河西镇",
            source="台账 11月.xlsx 第 18 行",
        ),
    ),
    State(
        "corrected",
        Label("已更正", "Corrected"),
        TimelineCard(
            "e3",
            _TEST,
            Label("检测：已检，结果：阳性", "Test: taken, result: positive"),
            date(2026, 11, 12),
            _AT,
            "李晓梅",
            "河西镇",
            standing="corrected",
            reason=Label("录错结果", "wrong result typed"),
            other=Label("2026-11-21 李晓梅", "2026-11-21 Li Xiaomei"),
            other_href="#e4",
        ),
    ),
    State(
        "correction",
        Label("更正", "Correction"),
        TimelineCard(
            "e4",
            _TEST,
            Label("检测：已检，结果：阴性", "Test: taken, result: negative"),
            date(2026, 11, 12),
            _AT,
            "李晓梅",
            "河西镇",
            standing="correction",
            reason=Label("录错结果", "wrong result typed"),
            other=Label("2026-11-12 的记录", "the entry of 2026-11-12"),
            other_href="#e3",
        ),
    ),
    State(
        "withdrawn",
        Label("已撤回", "Withdrawn"),
        TimelineCard(
            "e5",
            Label("外出", "Absence"),
            Label("外出 3 天，未经批准", "Absent 3 days, not authorised"),
            date(2026, 10, 8),
            _AT,
            "王建国",
            "东坡村",
            standing="withdrawn",
            reason=Label("登错了人", "wrong person"),
            other=Label("2026-10-09 王建国", "2026-10-09 Wang Jianguo"),
            other_href="#",
        ),
    ),
)
