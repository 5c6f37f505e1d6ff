"""Leave to read: why must I see this file, who lets me, and for how long?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES, Pager


@dataclass(frozen=True, slots=True)
class Opens:
    """A compartment that the reader's work does not open, to be ticked if it is needed."""

    value: str
    label: Label
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class BreakGlass:
    """The form that opens a file in an emergency. `known` says which file where the reader came from one;
    else its number is asked for (`which`). `hidden` travels with the form."""

    TEMPLATE: ClassVar = "break_glass"

    reason: Field
    opens: tuple[Opens, ...]
    hours: int
    which: Field | None = None
    known: Text = ""
    hidden: tuple[tuple[str, str], ...] = ()
    summary: ErrorSummary | None = None
    title: Label = Label("应急查阅", "Emergency access")  # noqa: RUF009 - Label is frozen

    @property
    def warning(self) -> Label:
        """What follows from opening."""
        return Label(
            "写明查阅理由，将记录并通知责任单位的主管和本人。",
            "State why. It is recorded, and those above the responsible unit and the person are told.",
        )

    @property
    def more(self) -> Label:
        """The question about other compartments."""
        return Label("还需要打开", "Open besides")

    @property
    def more_hint(self) -> Label:
        """What opens anyway, and what to tick."""
        return Label("本岗位平时能看的分区随之打开；确有必要的再勾选。",
                     "What your post reads opens anyway; tick only what is needed.")  # fmt: skip

    @property
    def limits(self) -> Label:
        """How long, and what may be done."""
        return Label(
            f"只能查看，{self.hours} 小时后自动关闭。特别保密医疗信息只对医生开放。",
            f"Reading only; it closes by itself after {self.hours} hours. Restricted medical entries open to"
            " doctors alone.",
        )

    @property
    def save(self) -> Button:
        """The act."""
        return Button(
            Label("记录理由并打开", "Record the reason and open"), look="grave",
            extra={"data-busy": Label("正在打开…", "Opening…")},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskLeave:
    """Asking for leave to open a minor's file; `told` is what became of an earlier request."""

    TEMPLATE: ClassVar = "minor"

    case_no: str
    reason: Field | None
    told: Notice | None = None
    summary: ErrorSummary | None = None
    title: Label = Label("未成年人档案", "A minor's file")  # noqa: RUF009 - Label is frozen

    @property
    def why(self) -> Label:
        """Why it does not open at once."""
        return Label(
            "这是未成年人的档案。查阅须经负责人审批，并记录查阅情况（《未成年人网络保护条例》第36条）。",
            "This is a minor's file. It opens with a manager's approval, and every reading is recorded"
            " (未成年人网络保护条例 art. 36).",
        )

    @property
    def save(self) -> Button:
        """The act."""
        return Button(Label("申请查阅", "Ask for leave"), look="primary")


@dataclass(frozen=True, slots=True)
class Request:
    """One request that waits: who asks, as what and where, about which file, why and since when."""

    id: int
    case_no: str
    name: str
    role: Text
    unit: str
    reason: str
    asked: Text
    own: bool = False
    error: Text = ""


@dataclass(frozen=True, slots=True)
class Approvals:
    """What waits for the reader's answer. `days` is the longest term the office gives."""

    TEMPLATE: ClassVar = "approvals"

    requests: tuple[Request, ...]
    days: int
    notice: Notice | None = None
    pager: Pager = Pager(1, 20, 0)  # noqa: RUF009 - frozen
    title: Label = Label("查阅审批", "Requests to read")  # noqa: RUF009 - Label is frozen

    @property
    def counts(self) -> tuple[Text, ...]:
        """How many wait, and which of them stand here where they are more than a page."""
        total = self.pager.total
        said = Label(f"等待答复 {total} 件，最早的在前", f"{total} waiting, the oldest first")
        return (said, self.pager.span) if self.pager.pages > 1 else (said,) if total else ()

    @property
    def pages(self) -> Pager | None:
        """The numbers of the pages, where there is more than one."""
        return self.pager if self.pager.total > SIZES[0] else None

    @property
    def approve(self) -> Label:
        """The act."""
        return Label("批准", "Approve")

    @property
    def refuse(self) -> Label:
        """The other act."""
        return Label("不批准", "Refuse")

    @property
    def not_ones_own(self) -> Label:
        """Why there is nothing to press."""
        return Label("这是您自己的申请，须由其他负责人审批。", "Your own request: somebody else answers it.")

    @property
    def empty(self) -> Label:
        """An empty list."""
        return Label("没有待审批的查阅申请。", "No request waits for you.")

    @property
    def term(self) -> Label:
        """The box that says for how long."""
        return Label(f"期限（天，至多 {self.days}）", f"Days (at most {self.days})")


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.leave import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("break_glass", "应急查阅", "Emergency"),
    _state("break_glass_known", "应急查阅：已知档案", "Emergency, from a file"),
    _state("break_glass_faults", "应急查阅：未写理由", "Emergency, without a reason"),
    _state("minor", "未成年人：申请", "A minor: asking"),
    _state("minor_waiting", "未成年人：待审批", "A minor: waiting"),
    _state("minor_refused", "未成年人：未批准", "A minor: refused"),
    _state("approvals", "审批", "Approvals"),
    _state("approvals_paged", "审批，多页", "Approvals, several pages"),
    _state("no_approvals", "没有待审批", "Nothing waits"),
)
