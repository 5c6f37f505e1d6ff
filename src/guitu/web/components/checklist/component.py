"""Check before it is kept: every answer once more, each with a way back to change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and the address of its question."""

    label: Text
    value: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class CheckList:
    """All answers; `effect` says what follows from keeping them."""

    answers: tuple[Answer, ...]
    effect: Text = ""


STATES: Final = (
    State(
        "answers",
        Label("核对", "Check"),
        CheckList(
            (
                Answer(
                    Label("决定日期", "Day of decision"),
                    Label("2026年11月23日 周一", "Mon 23 November 2026"),
                    "#f-happened_on",
                ),
                Answer(Label("措施", "Measure"), Label("社区戒毒", "Community treatment"), "#f-measure"),
                Answer(Label("备注", "Note"), "—", "#f-note"),
            ),
            Label(
                "登记后：期限自报到之日起算，应于 2026-12-08 前报到。",
                "After saving: the term runs from reporting in, due by 2026-12-08.",
            ),
        ),
    ),
)
