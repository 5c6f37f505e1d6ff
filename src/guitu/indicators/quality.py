"""Data quality: what is counted of how records are kept. Figures about offices' work, not about people.

Entries are counted in the month they were recorded, at the unit that recorded them; what is missing now is
counted at the unit that answers for the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label

LATE_DAYS: Final = 3
"""An entry recorded more days than this after what it tells of is late. A choice of ours, not of the law."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which records fall short: its words, what it is a share of, and what to do about it. `now`
    says that it is counted as things stand, not by month."""

    name: str
    label: Label
    definition: Label
    of: Label
    todo: Label
    now: bool = False


RECORDED: Final = Label("登记的记录", "entries recorded")
FILES: Final = Label("档案", "case files")

FAULTS: Final = (
    Fault(
        "late",
        Label("迟登", "Recorded late"),
        Label(
            f"当月登记的记录中，事情发生超过 {LATE_DAYS} 天才登记的",
            f"of the entries recorded in the month, those more than {LATE_DAYS} days after what they tell of",
        ),
        RECORDED,
        Label(
            "当天的事当天登；补登旧事时写明原因。", "Record on the day; say why when an old event is added."
        ),
    ),
    Fault(
        "corrected",
        Label("更正", "Corrections"),
        Label(
            "当月登记的记录中，更正此前记录的",
            "of the entries recorded in the month, those that correct another",
        ),
        RECORDED,
        Label(
            "更正多不等于差：看同一项是否反复改，改表或培训。",
            "Many corrections are not bad in themselves: look whether the same thing is put right again and"
            " again, and change the form or train.",
        ),
    ),
    Fault(
        "missing",
        Label("缺记录", "Missing"),
        Label("期限已过、没有办结记录的应办事项", "duties past their day without a record that does them"),
        Label("到期的应办事项", "duties that fell due"),
        Label(
            "已办的补登记录，未办的从今日页逐项办。", "Record what was done; do the rest from the Today page."
        ),
        now=True,
    ),
    Fault(
        "unassessed",
        Label("无研判", "Not assessed"),
        Label(
            "没有任何措施可研判的档案：缺决定，或决定缺送达",
            "files in which no measure can be assessed: no order, or an order never served",
        ),
        FILES,
        Label(
            "补登决定书和送达；本不该建的档案按更正处理。",
            "Record the order and its service; a file that should not be there is put right as an error.",
        ),
        now=True,
    ),
    Fault(
        "uncovered",
        Label("规则未覆盖", "Not covered"),
        Label("有情形没有规则回答的档案", "files with a situation that no rule answers"),
        FILES,
        Label(
            "核对记录；情形属实的，告诉规则维护人。",
            "Check the entries; if they are right, tell the keeper of the rules.",
        ),
        now=True,
    ),
)
"""In the order of the page."""
