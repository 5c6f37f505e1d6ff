"""The term and its sum in one line. The printed day is the authority; the computed one checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.model import Measure
from guitu.web.component import State, Text
from guitu.web.components.why.component import Why, why_of
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class TermLine:
    """`ends_on` is the last day in force, `left` how far off, `printed` what the paper says and a verdict."""

    label: Text
    starts_on: date | None
    ends_on: date | None
    left: Text
    steps: tuple[Text, ...] = ()
    printed: date | None = None
    verdict: Word | None = None
    why: Why | None = None


def term_of(measure: Measure, on: date) -> TermLine:
    """The line for a measure on the day asked about."""
    verdict: Word | None = None
    if measure.printed_end is not None and measure.ends_on is not None:
        agree = measure.printed_end == measure.ends_on
        verdict = Word("done", Label("一致", "agree")) if agree else Word("gap", Label("不一致", "differ"))
    return TermLine(
        label=measure.label,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        left=_left(measure, on),
        steps=measure.term.steps if measure.term else (),
        printed=measure.printed_end,
        verdict=verdict,
        why=why_of(measure.term) if measure.term else None,
    )


def _left(measure: Measure, on: date) -> Text:
    if measure.ended_on is not None:
        return Label("已结束", "ended")
    if measure.ends_on is None:
        return Label("期满日未定", "last day not known")
    days = (measure.ends_on - on).days
    if days < 0:
        return Label(f"已过 {-days} 天", f"{-days} days ago")
    return Label(f"还有 {days} 天", f"{days} days left") if days else Label("今天期满", "last day is today")


_ON: Final = date(2026, 11, 23)
_SUM: Final = Because(
    Label(
        "社区戒毒期限三年，自报到之日起计算",
        "Three years of community treatment, from the day of reporting in",
    ),
    on=_ON,
    cites=(Citation("戒毒条例", "13"), Citation("戒毒条例", "14")),
    steps=(
        Label("报到 2025-03-06 ＋3 年 → 2028-03-05", "reported 2025-03-06 + 3 years → 2028-03-05"),
        Label(
            "中止 15 天（2025-09-01 至 09-15 拘留）→ 2028-03-20",
            "suspended 15 days (2025-09-01 to 09-15) → 2028-03-20",
        ),
    ),
)
_TERM: Final = TermLine(
    Label("社区戒毒", "Community treatment"),
    date(2025, 3, 6),
    date(2028, 3, 20),
    Label("还有 483 天", "483 days left"),
    _SUM.steps,
    date(2028, 3, 20),
    Word("done", Label("一致", "agree")),
    why_of(_SUM),
)

STATES: Final = (
    State("agree", Label("与文书一致", "Agrees with the paper"), _TERM),
    State(
        "differ",
        Label("与文书不一致", "Differs from the paper"),
        TermLine(
            _TERM.label,
            _TERM.starts_on,
            _TERM.ends_on,
            _TERM.left,
            _SUM.steps,
            date(2028, 3, 5),
            Word("gap", Label("不一致", "differ")),
            why_of(_SUM, open=True),
        ),
    ),
    State(
        "unknown",
        Label("期满未定", "End not known"),
        TermLine(
            _TERM.label, None, None, Label("期满日未定：尚未报到", "last day not known: not yet reported in")
        ),
    ),
)
