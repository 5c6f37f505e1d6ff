"""Recording an entry: what happened, when, who says so? And correcting or withdrawing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field, Option
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.pages.record.effect import Line
from guitu.web.pages.record.form import Answered

Hidden = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KindLink:
    """One kind that may be recorded; `word` says how urgent it is where a duty waits for it."""

    label: Text
    href: str
    help: Text = ""
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that belong together: those a duty waits for, then by what they are about."""

    label: Text
    kinds: tuple[KindLink, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """What do you want to record? Only what this post may record."""

    TEMPLATE: ClassVar = "choose"

    case_no: str
    identity: Identity
    back: Button
    groups: tuple[Group, ...]
    empty: Empty | None = None

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"登记 · {self.case_no}", f"Record · {self.case_no}")

    @property
    def heading(self) -> Label:
        """What is asked."""
        return Label("登记什么？", "What do you want to record?")


@dataclass(frozen=True, slots=True)
class Effects:
    """登记后会: what saving will change. `lines` None: not all answers are there yet."""

    lines: tuple[Line, ...] | None = None

    @property
    def waiting(self) -> Label:
        """What stands there before the answers do."""
        return Label(
            "填好必填项后，这里先说明登记后会怎样。",
            "Once the form is filled in, this says what saving will change.",
        )


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The form of one kind. `act` is what is done (登记：检测), `hidden` travels with the form, `draft` names
    what the browser keeps of it until it is saved, `inline` says that it stands inside another page."""

    case_no: str
    identity: Identity
    act: Label
    action: str
    fields: tuple[Field, ...]
    hidden: Hidden
    effects: Effects
    save: Button
    back: Button
    more: tuple[Button, ...] = ()
    help: Text = ""
    cites: tuple[Text, ...] = ()
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    draft: str = ""
    inline: bool = False

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"{self.act.zh} · {self.case_no}", f"{self.act.en} · {self.case_no}")


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The answers read back before they are saved: for what touches liberty, and for what is unusual.

    `questions` are asked once; pressing the act answers them.
    """

    TEMPLATE: ClassVar = "check"

    case_no: str
    identity: Identity
    act: Label
    action: str
    answers: tuple[Answered, ...]
    hidden: Hidden
    effects: Effects
    save: Button
    back: Button
    more: tuple[Button, ...] = ()
    questions: tuple[Notice, ...] = ()
    inline: bool = False
    waits: bool = False

    @property
    def effects_heading(self) -> Label:
        """What stands above the effects."""
        if self.waits:
            return Label("通过后会", "Passing it will")
        return Label("登记后会", "After saving")

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"核对：{self.act.zh} · {self.case_no}", f"Check: {self.act.en} · {self.case_no}")


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """Not saved, and why; not a fault of what was typed. `there` is what is in the file already."""

    TEMPLATE: ClassVar = "refused"

    case_no: str
    heading: Label
    reason: Text
    safe: Text
    press: tuple[Button, ...]
    there: tuple[Answered, ...] = ()
    yours: tuple[Answered, ...] = ()
    inline: bool = False

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"{self.heading.zh} · {self.case_no}", f"{self.heading.en} · {self.case_no}")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Saved from inside another page: the line that stands where the form stood."""

    TEMPLATE: ClassVar = "saved"

    case_no: str
    notice: Notice
    inline: bool = True

    @property
    def title(self) -> Label:
        """What was done."""
        return Label(f"已保存 · {self.case_no}", f"Saved · {self.case_no}")


@dataclass(frozen=True, slots=True)
class Units:
    """Units to choose from, fetched while their name is typed. `found` is how many there are in all."""

    TEMPLATE: ClassVar = "units"

    name: str
    options: tuple[Option, ...]
    found: int
    typed: str

    @property
    def title(self) -> Label:
        """What was looked for."""
        return Label("查找单位", "Find a unit")

    @property
    def said(self) -> Text:
        """How many, in words."""
        if not self.typed:
            return ""
        if not self.found:
            return Label(f"没有找到“{self.typed}”", f"no unit “{self.typed}”")
        if self.found > len(self.options):
            return Label(
                f"找到 {self.found} 个，先列 {len(self.options)} 个，可再写几个字",
                f"{self.found} found, the first {len(self.options)} shown: type more",
            )
        return Label(f"找到 {self.found} 个", f"{self.found} found")


Shown = Choose | RecordPage | CheckPage | RefusedPage | SavedPage | Units


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Shown:
        from guitu.web.pages.record import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("choose", "选择类型", "Choosing the kind"),
    _state("choose_nothing", "无可登记", "Nothing to record"),
    _state("first", "初次打开", "First opened"),
    _state("filled", "已填好", "Filled in"),
    _state("faults", "有误", "Faults"),
    _state("units", "选择单位", "Choosing a unit"),
    _state("units_found", "找到单位", "Units found"),
    _state("long", "多项", "Many questions"),
    _state("check", "核对", "Checking"),
    _state("unusual", "少见，问一次", "Unusual, asked once"),
    _state("correct", "更正", "Correcting"),
    _state("withdraw", "作废", "Withdrawing"),
    _state("inline", "在今日中登记", "Inside Today"),
    _state("saved_inline", "在今日中已保存", "Saved inside Today"),
    _state("not_allowed", "无权登记", "Not allowed"),
    _state("same_id", "同号异文", "Same id, other content"),
    _state("already_corrected", "已更正过", "Already corrected"),
)
