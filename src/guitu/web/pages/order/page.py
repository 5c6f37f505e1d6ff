"""The community order: what is done, what is missing, how the tests stand, what is counted and on what
evidence?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Filters
from guitu.web.components.finder.component import Finder
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.components.word.component import Word
from guitu.web.pages.order.burden import BurdenShown
from guitu.web.pages.order.counts import Count

TITLE: Final = Label("社区执行", "Community orders")


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """Everybody in a community measure, those with something missing first."""

    office: str
    lead: Label
    table: Table
    filters: Filters | None = None
    finder: Finder | None = None
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One person's order. `counts` are shown to the person too, word for word."""

    TEMPLATE: ClassVar = "person"

    identity: Identity
    lead: Text
    contact: Word
    contact_href: str
    steps: Table
    tests: Table | None
    no_tests: Empty | None
    counts: tuple[Count, ...]
    add_evidence: str
    acts: tuple[Button, ...]
    papers: tuple[Button, ...]
    back: Button
    drawn: Text = ""
    burden: BurdenShown | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = TITLE

    @property
    def says(self) -> dict[str, Label]:
        """Headings and sentences."""
        return SAYS


@dataclass(frozen=True, slots=True)
class TestPage:
    """One test and its chain."""

    TEMPLATE: ClassVar = "test"

    identity: Identity
    word: Word
    lead: Label
    chain: Table
    samples: Table | None
    gaps: tuple[tuple[Label, Text], ...]
    acts: tuple[Button, ...]
    back: Button
    keep: Text = ""
    notices: tuple[Notice, ...] = ()
    title: Label = Label("检测和样本", "Test and samples")  # noqa: RUF009 - Label is frozen

    @property
    def says(self) -> dict[str, Label]:
        """Headings and sentences."""
        return SAYS


SAYS: Final = {
    "steps": Label("步骤", "Steps"),
    "tests": Label("阳性检测", "Positive tests"),
    "tests_note": Label(
        "现场阳性只有经实验室确认才算。未确认的不作任何处理，也不计数。",
        "A positive on the spot counts only once a laboratory has confirmed it. Until then it moves nothing"
        " and is"
        " counted nowhere.",
    ),
    "counts": Label("计数与证据", "Counts and evidence"),
    "counts_note": Label(
        "本人在自己的页面上看到同样的内容。计数不是结论：是否报告，由您决定；是否强制隔离戒毒，由公安机关依法决定。",
        "The person sees the same on their own page. A count is no conclusion: whether to report is yours to"
        " decide,"
        " and what follows is for the police by law.",
    ),
    "burden": Label("检测负担", "How often tested"),
    "burden_note": Label(
        "加测单独计数，不顶替抽到的那一天，也不推迟它。本人在自己的页面上看到理由和作出决定的单位。",
        "Extra tests are counted apart; they neither stand for the drawn day nor put it off. The person"
        " reads the"
        " reason and the office that decided on their own page.",
    ),
    "nothing": Label("没有", "None"),
    "evidence": Label("登记证据", "Record evidence"),
    "account": Label("本人说明", "The person says"),
    "answer": Label("答复", "Answer"),
    "explain": Label("记下本人的说明和材料", "Write down what the person says"),
    "papers": Label("文书", "Papers"),
    "contact": Label("联系", "Contact"),
    "chain": Label("经过", "What happened"),
    "samples": Label("样本", "Samples"),
    "gaps": Label("待核", "To be checked"),
    "no_gaps": Label("链条完整，没有发现缺漏。", "The chain is whole: nothing is missing."),
    "secondary": Label(
        "《吸毒检测程序规定》的条文见于转载，未见原文。",
        "The articles of the testing procedure were seen in secondary copies only.",
    ),
}


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.order import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("list", "名单", "List"),
    _state("nobody", "没有人", "Nobody"),
    _state("person", "一人，有计数和证据", "One person, with counts and evidence"),
    _state("fresh", "一人，刚决定", "One person, just ordered"),
    _state("unconfirmed", "未确认的阳性", "An unconfirmed positive"),
    _state("whole", "链条完整", "A whole chain"),
)
