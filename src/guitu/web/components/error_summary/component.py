"""The list of what is wrong with a form: on top, takes the focus, each line leads to its box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One sentence and the id of the box it is about; without a box it stands alone."""

    text: Text
    box: str = ""


@dataclass(frozen=True, slots=True)
class ErrorSummary:
    """All faults, in the order of the boxes."""

    faults: tuple[Fault, ...]


STATES: Final = (
    State(
        "one",
        Label("一处", "One fault"),
        ErrorSummary(
            (
                Fault(
                    Label(
                        "检测日期不能晚于今天（2026-11-23）", "Test date cannot be after today (2026-11-23)"
                    ),
                    "f-happened_on",
                ),
            )
        ),
    ),
    State(
        "several",
        Label("多处", "Several faults"),
        ErrorSummary(
            (
                Fault(Label("请填写检测结果", "Enter Result"), "f-result"),
                Fault(
                    Label(
                        "检测人最多 200 字，现有 231 字", "First tester may have 200 characters; it has 231"
                    ),
                    "f-tester_1",
                ),
            )
        ),
    ),
)
