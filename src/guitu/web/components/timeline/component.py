"""One entry on the timeline: what happened, who wrote it, when the office knew. Nothing is taken away.

Written here and not in a template: a file has many entries and a page a hundredth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from typing import Final, Literal

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import State, Text, colon, say
from guitu.web.days import with_weekday


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of the entry."""

    label: Text
    value: Text


NOTES: Final[dict[str, Label]] = {
    "corrected": Label("已更正 → 见", "Corrected → see"),
    "withdrawn": Label("已作废 → 见", "Withdrawn → see"),
    "correction": Label("更正了", "Corrects"),
    "withdrawal": Label("作废了", "Withdraws"),
}
RECORDED: Final = Label("登记于", "recorded")
CORRECT: Final = Label("更正", "Correct")


@dataclass(frozen=True, slots=True)
class TimelineCard:
    """`standing` says whether the entry counts. What no longer counts stays, struck through, with the reason
    and the way to what replaced it. `recorded_at` is when the office knew; it is shown where that was another
    day. `again` leaves out the day, which the card above it has said."""

    id: str
    kind: Text
    sentence: Text
    happened_on: date
    recorded_at: datetime
    author: str
    unit: Text = ""
    facts: tuple[Fact, ...] = ()
    standing: Literal["counts", "corrected", "withdrawn", "correction", "withdrawal"] = "counts"
    reason: Text = ""
    other: Text = ""
    other_href: str = ""
    correct_href: str = ""
    source: Text = ""
    again: bool = False

    def html(self) -> SafeString:
        """The card."""
        day = self.happened_on.isoformat()
        shown = say(with_weekday(self.happened_on))
        gone = self.standing in ("corrected", "withdrawn")
        words = escape(say(self.sentence))
        out = [
            f'<article class="moment {self.standing}{" again" if self.again else ""}" id="{self.id}"',
            f' aria-label="{day} {escape(say(self.kind))}">',
            f'<p class="moment-day"><time datetime="{day}">{shown}</time></p><div class="moment-body">',
            f'<p class="moment-line">{f"<s>{words}</s>" if gone else words}</p>',
        ]
        if note := NOTES.get(self.standing):
            out.append(f'<p class="moment-note">{say(note)} ')
            out.append(f'<a href="{escape(self.other_href)}">{escape(say(self.other))}</a>')
            out.append(f"{colon()}{escape(say(self.reason))}</p>" if self.reason else "</p>")
        if self.facts:
            pairs = (
                f"<div><dt>{escape(say(f.label))}</dt><dd>{escape(say(f.value))}</dd></div>"
                for f in self.facts
            )
            out.append(f'<dl class="moment-facts">{"".join(pairs)}</dl>')
        out.append(f'<p class="meta">{self._meta(day)}</p></div></article>')
        return mark_safe("".join(out))

    def _meta(self, day: str) -> str:
        parts = [escape(" ".join(say(part) for part in (self.author, self.unit) if part))]
        recorded = self.recorded_at.astimezone(CHINA)
        if recorded.date() != self.happened_on:
            parts.append(f'{say(RECORDED)} <time datetime="{recorded:%Y-%m-%d}">{recorded:%Y-%m-%d}</time>')
        if self.source:
            parts.append(escape(say(self.source)))
        written = " · ".join(part for part in parts if part)
        if not self.correct_href:
            return written
        what = f'<span class="hidden">{colon()}{day} {escape(say(self.kind))}</span>'
        press = f'<a href="{escape(self.correct_href)}">{say(CORRECT)}{what}</a>'
        return f'{written}<span class="no-print"> · {press}</span>'


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
        Label("已作废", "Withdrawn"),
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
