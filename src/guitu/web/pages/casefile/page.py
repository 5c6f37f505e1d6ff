"""The case file: where does this person stand in law today, what is due, and how do we know?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label
from guitu.web.component import State, Text, said
from guitu.web.components.duty.component import DutyRow
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field
from guitu.web.components.finding.component import FindingCard
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.rail.component import Rail
from guitu.web.components.tabs.component import Tabs
from guitu.web.components.term.component import TermLine
from guitu.web.components.why.component import Why
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile.timeline import Timeline

MAIN: Final = "main"
DUTIES: Final = "duties"
MEASURES: Final = "measures"
HISTORY: Final = "history"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What cannot wait, in the first lines: an overdue duty or a right at risk, leading to its place."""

    word: Word
    href: str


@dataclass(frozen=True, slots=True)
class Done:
    """A duty that is done or no longer required, in one line; `id` is where the rail's mark leads."""

    id: str
    label: Text
    word: Word
    text: Text

    def html(self) -> SafeString:
        """The line. Written here: a long measure has dozens of them."""
        return mark_safe(
            f'<li id="{self.id}">{self.word.html()} <strong>{said(self.label)}</strong>'
            f' <span class="meta">{said(self.text)}</span></li>\n'
        )


@dataclass(frozen=True, slots=True)
class Look:
    """Looking at another day, as known then: the form's address and its two boxes; `open` while in use."""

    path: str
    fields: tuple[Field, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """How much of the file is not shown to this reader, by compartment; `href` leads to asking for it in an
    emergency, if the reader's work may need that."""

    counts: tuple[tuple[Label, int], ...]
    href: str = ""
    ask: Label = Label("应急查阅", "Emergency access")  # noqa: RUF009 - Label is frozen

    @property
    def text(self) -> Label:
        """已隐去 · 医疗 1 条."""
        zh = " · ".join(f"{label.zh} {n} 条" for label, n in self.counts)
        en = " · ".join(f"{label.en} {n}" for label, n in self.counts)
        return Label(f"已隐去 · {zh}", f"Hidden · {en}")


@dataclass(frozen=True, slots=True)
class CaseFilePage:
    """One file as this reader sees it. `tab` is the part shown: all of it in short, or one part whole.

    `standing` stands for the term's line where there is no measure; `running` says that one has not ended.
    `terms` are the sums of all measures. `all_history` leads to every entry. `draft_done` names what the
    browser need not keep any longer, because it is saved. `look` is nothing where no other day may be seen.
    """

    case_no: str
    on: date
    identity: Identity
    tab: str
    tabs: Tabs
    term: TermLine | None
    standing: Text
    look: Look | None
    decides: Text
    alarms: tuple[Alarm, ...] = ()
    notices: tuple[Notice, ...] = ()
    rail: Rail | None = None
    running: bool = False
    terms: tuple[TermLine, ...] = ()
    no_measure: Empty | None = None
    duties: tuple[DutyRow, ...] = ()
    no_duties: Text = ""
    done: tuple[Done, ...] = ()
    findings: tuple[FindingCard, ...] = ()
    not_covered: tuple[Why, ...] = ()
    timeline: Timeline | None = None
    all_history: str = ""
    draft_done: str = ""
    hidden: Hidden | None = None

    @property
    def title(self) -> Label:
        """The number, not the name: titles stay in the browser's history."""
        return Label(f"档案 {self.case_no}", f"Case file {self.case_no}")


def _state(name: str, zh: str, en: str) -> State:
    def example() -> CaseFilePage:
        from guitu.web.pages.casefile import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("in_force", "执行中", "In force"),
    _state("late", "有逾期和提示", "Overdue, with findings"),
    _state("rights", "权利有风险", "A right at risk"),
    _state("awaiting_report", "待报到", "Awaiting report"),
    _state("suspended", "中止", "Suspended"),
    _state("ended", "已结束", "Ended"),
    _state("corrected", "有更正和作废", "With corrections and withdrawals"),
    _state("not_covered", "规则未涵盖", "Not covered"),
    _state("empty", "没有记录", "No entries"),
    _state("another_day", "看另一天", "Another day"),
    _state("saved", "刚保存", "Just saved"),
    _state("read_only", "只能查看", "Reading only"),
    _state("hidden", "有隐去的分区", "With compartments hidden"),
    _state("handed_over", "已移交", "Handed over"),
    _state("receiving", "待接收", "To be accepted"),
    _state("emergency", "应急查阅", "In an emergency"),
    _state("duties", "全部应办", "All duties"),
    _state("measures", "全部措施", "All measures"),
    _state("history", "全部经历", "Whole history"),
)
