"""The draw: whose test day has come, and can anybody see afterwards that nobody chose it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table

TITLE: Final = Label("检测抽签", "Draw of test days")


@dataclass(frozen=True, slots=True)
class Publish:
    """A commitment that may be published now: whose, for which month."""

    unit: str
    month: str
    label: Label


@dataclass(frozen=True, slots=True)
class Reveal:
    """A seed that may be revealed now."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class DrawPage:
    """Whose day has come, and the draws of the office."""

    office: str
    lead: Label
    come: Table
    draws: Table
    publish: tuple[Publish, ...] = ()
    reveal: tuple[Reveal, ...] = ()
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None
    title: Label = TITLE

    @property
    def says(self) -> dict[str, Label]:
        """Headings and explanations."""
        return SAYS


SAYS: Final = {
    "come": Label("抽到的日子已到", "Whose day has come"),
    "hidden": Label(
        "没有到的日子谁也看不到，包括工作人员；到了当天才显示。",
        "A day that has not come is shown to nobody, staff included.",
    ),
    "draws": Label("承诺与揭示", "Commitments and seeds"),
    "how": Label(
        "月初以前公布承诺，当月开始的检测周期各抽一天；全部日子过后揭示种子，任何人可以核验。",
        "A commitment is published before the month; each test period that begins in it gets one day; once"
        " every"
        " day has passed the seed is revealed and anybody can check.",
    ),
    "weekends": Label("周六、周日也可以抽到", "Saturdays and Sundays may be drawn"),
    "check": Label("怎样核验", "How to check"),
    "steps": Label(
        "下载核验表，在任何电脑上核对：种子的摘要是否等于事先公布的承诺，每个签号的日期是否由种子算出。签号不含姓名；"
        "本人凭自己的档案号可以找到自己的签号。",
        "Take the sheet along and check it on any computer: the digest of the seed is the commitment, and"
        " every"
        " lot's day follows from the seed. Lots tell no names; a person finds their own by their case"
        " number.",
    ),
    "limits": Label(
        "每个周期每人恰好一次，谁也不会比别人多。不能避免的是：检过以后，本周期内就知道不再检了。",
        "Everybody has exactly one day in each period, nobody more than others. What cannot be hidden: once"
        " tested,"
        " one knows to be free until the next period.",
    ),
}


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.draw import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("usual", "有人到日子、有待公布", "Some days have come, one to publish"),
    _state("none", "没有承诺", "Nothing committed to"),
    _state("county", "县：各镇", "A county: its towns"),
)
