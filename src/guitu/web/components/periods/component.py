"""Which period a page of figures is about: one step back and on, months, quarters or years, or any by
name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Step:
    """A period and its address; none where there is nothing to show."""

    label: Text
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Periods:
    """`kinds` are month, quarter, year; `back` and `on` the neighbours; `typed` what stands in the box,
    `error` what is wrong with it; `kept` goes with the form as it is (the unit, the view)."""

    now: Text
    kinds: tuple[Step, ...]
    back: Step
    on: Step
    typed: str
    action: str
    kept: tuple[tuple[str, str], ...] = ()
    error: Text = ""


def _example(error: Text = "", typed: str = "2026-10") -> Periods:
    return Periods(
        Label("2026年10月", "October 2026"),
        (
            Step(Label("月", "Month"), "#", here=True),
            Step(Label("季", "Quarter"), "#"),
            Step(Label("年", "Year"), "#"),
        ),
        Step(Label("2026年9月", "September 2026"), "#"),
        Step(Label("2026年11月", "November 2026")),
        typed,
        "#",
        error=error,
    )


STATES: Final = (
    State("month", Label("月", "Month"), _example()),
    State(
        "wrong",
        Label("看不懂", "Not understood"),
        _example(
            Label("看不懂期间“10月”；请写成 2026-10", "the period “10月” cannot be read; write 2026-10"),
            "10月",
        ),
    ),
)
