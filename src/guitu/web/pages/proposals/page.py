"""What waits for a second officer: what, for whom, why, and what passing it does?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.pages.record.effect import Line

COLUMNS: Final = (
    Column(Label("事项", "Act"), phone="lead"),
    Column(Label("人员", "Person"), phone="bare"),
    Column(Label("提出", "Proposed by"), phone="bare"),
    Column(Label("提出时间", "When")),
    Column(Label("状态", "State"), phone="bare"),
)

REASON: Final = "reason"


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """One of the three lists. `summary` says what waits for this reader."""

    summary: Text
    tabs: Tabs
    table: Table
    notices: tuple[Notice, ...] = ()
    title: Label = Label("待复核", "Proposals")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what is proposed: a question and its answer; `href` leads to what it names."""

    label: Text
    text: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One step: when, what, by whom, and why."""

    at: str
    what: Text
    by: Text
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two files of one person, to be compared with the other; `differs` names what is not the same."""

    heading: str
    href: str
    told: tuple[Told, ...]
    differs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal. `effects` are what passing it does; without `reason` (the box for one) this reader does
    not decide it, and `waits_for` says who does. `buttons` are what may be pressed."""

    TEMPLATE: ClassVar = "one"

    act: Text
    case_no: str
    word: Word
    told: tuple[Told, ...]
    effects: tuple[Line, ...]
    effects_heading: Text
    steps: tuple[Happened, ...]
    action: str
    back: Button
    person: Told | None = None
    why: Text = ""
    sides: tuple[Side, ...] = ()
    cites: tuple[Text, ...] = ()
    reason: Field | None = None
    buttons: tuple[Button, ...] = ()
    waits_for: Text = ""
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"待复核 {self.case_no}".strip(), f"Proposal {self.case_no}".strip())

    @property
    def once(self) -> bool:
        """Whether the form goes off once: not where it brings a file and the page stays."""
        return not any("formaction" in button.extra for button in self.buttons)


@dataclass(frozen=True, slots=True)
class AskExport:
    """Asking to take many people's lines along: what, how many, and what for."""

    TEMPLATE: ClassVar = "export"

    told: tuple[Told, ...]
    says: Text
    effect: Text
    reason: Field
    hidden: tuple[tuple[str, str], ...]
    save: Button
    back: Button
    summary: ErrorSummary | None = None
    title: Label = Label("批量导出", "Export in bulk")  # noqa: RUF009 - Label is frozen


_WHEN: Final = "2026-11-23 09:12"
_ROWS: Final = (
    Row(
        (
            Cell(Label("登记：决定", "Record: Order"), "#", strong=True),
            Cell("符某某", "#", sub="469023-2026-00012"),
            Cell("李晓梅", sub=Label("乡镇禁毒办 · 河西镇", "Town anti-drug office · 河西镇")),
            _WHEN,
            Cell(part=Word("today", Label("待您复核", "Waiting for you"))),
        )
    ),
    Row(
        (
            Cell(Label("封存记录", "Seal a record"), "#", strong=True),
            Cell("王某某", "#", sub="469023-2020-00007"),
            Cell("王建国", sub=Label("乡镇禁毒办 · 河东镇", "Town anti-drug office · 河东镇")),
            "2026-11-20 16:40",
            Cell(part=Word("today", Label("待您复核", "Waiting for you"))),
        )
    ),
)


def _tabs(here: int, counts: tuple[int, int, int]) -> Tabs:
    words = (
        Label("待我复核", "Waiting for me"),
        Label("我提出的", "Proposed by me"),
        Label("已办结", "Decided"),
    )
    return Tabs(
        tuple(Tab(w, "#", n == here, c) for n, (w, c) in enumerate(zip(words, counts, strict=True))),
        Label("待复核", "Proposals"),
    )


def _one(**more: object) -> ProposalPage:
    shown: dict[str, object] = {
        "act": Label("登记：决定", "Record: Order"),
        "case_no": "469023-2026-00012",
        "word": Word("today", Label("待复核", "Waiting for a second officer")),
        "person": Told(Label("人员", "Person"), "符某某（469023-2026-00012）", "#"),
        "why": "决定书原件已核对。",
        "told": (
            Told(Label("决定日期", "Day decided"), "2026-11-20"),
            Told(Label("措施类别", "Measure"), Label("社区戒毒", "Community treatment")),
            Told(Label("文书号", "Document number"), "示例〔2026〕9号"),
        ),
        "effects_heading": Label("通过后会", "Passing it will"),
        "effects": (
            Line(Label("“社区戒毒”：待报到", "Community treatment: awaiting report")),
            Line(Label("新的应办：报到", "A new duty: report in"), "open"),
        ),
        "steps": (
            Happened(
                _WHEN,
                Label("提出", "Proposed"),
                Label("李晓梅 · 乡镇禁毒办", "李晓梅 · Town anti-drug office"),
            ),
        ),
        "action": "#",
        "back": Button(Label("回到待复核", "Back to the list"), href="#", look="link"),
        "cites": (Label("《戒毒条例》第13条", "戒毒条例 art. 13"),),
    }
    return ProposalPage(**{**shown, **more})  # type: ignore[arg-type]


_DECIDES: Final = {
    "reason": Field(
        REASON,
        Label("说明", "Your words"),
        "long_text",
        hint=Label("退回时必填；通过时选填。", "Needed to refuse; optional to approve."),
        optional=True,
    ),
    "buttons": (
        Button(Label("通过", "Approve"), look="grave", name="decision", value="approve"),
        Button(Label("退回并说明", "Refuse, and say why"), name="decision", value="refuse"),
    ),
}

_SIDES: Final = tuple(
    Side(
        case,
        "#",
        (
            Told(Label("姓名", "Name"), "符某某"),
            Told(Label("证件号", "Identity number"), number),
            Told(Label("出生日期", "Born"), born),
        ),
        frozenset({1, 2}),
    )
    for case, number, born in (
        ("469023-2026-00012", "981***********1234", "1990-03-05"),
        ("469023-2020-00007", "981********305", "1990-03-06"),
    )
)

STATES: Final = (
    State(
        "waiting",
        Label("待我复核", "Waiting"),
        ProposalsPage(
            Label("有 2 件等您复核。", "2 wait for you."),
            _tabs(0, (2, 1, 8)),
            Table(Label("待我复核", "Waiting for me"), COLUMNS, _ROWS),
        ),
    ),
    State(
        "nothing",
        Label("没有待复核", "Nothing waits"),
        ProposalsPage(
            Label("没有等您复核的事项。", "Nothing waits for you."),
            _tabs(0, (0, 0, 8)),
            Table(
                Label("待我复核", "Waiting for me"),
                COLUMNS,
                (),
                empty=Empty(
                    Label(
                        "限制或变更人身自由的记录、封存、合并和批量导出，由第二人在此复核。",
                        "What restricts liberty, sealing, merging and bulk export is decided here by a second"
                        " officer.",
                    )
                ),
            ),
        ),
    ),
    State(
        "decided_now",
        Label("刚办结", "Just decided"),
        ProposalsPage(
            Label("有 1 件等您复核。", "1 waits for you."),
            _tabs(0, (1, 1, 9)),
            Table(Label("待我复核", "Waiting for me"), COLUMNS, _ROWS[1:]),
            (Notice("fresh", Label("已通过：登记：决定", "Approved: Record: Order")),),
        ),
    ),
    State("one", Label("复核一件", "Deciding one"), _one(**_DECIDES)),
    State(
        "one_own",
        Label("自己提出的", "One's own"),
        _one(
            waits_for=Label(
                "由县级主管、所领导或省级主管中的另一人复核，2026-12-23 前有效。",
                "Waits until 2026-12-23 for another officer: county supervisor, head of a centre or"
                " provincial supervisor.",
            ),
            buttons=(Button(Label("撤回", "Withdraw"), look="plain", name="decision", value="withdraw"),),
        ),
    ),
    State(
        "one_no_reason",
        Label("退回没有说明", "Refused without a reason"),
        _one(
            **{
                **_DECIDES,
                "reason": Field(
                    REASON,
                    Label("说明", "Your words"),
                    "long_text",
                    error=Label("退回时请说明原因。", "Say why you refuse it."),
                    optional=True,
                ),
                "summary": ErrorSummary(
                    (Fault(Label("退回时请说明原因。", "Say why you refuse it."), f"f-{REASON}"),)
                ),
            }
        ),
    ),
    State(
        "one_merge",
        Label("合并：并排比较", "Merging: side by side"),
        _one(
            act=Label("合并重复档案", "Merge two files of one person"),
            told=(),
            sides=_SIDES,
            effects=(Line(Label("两份档案按同一人显示。", "The two files are shown as one person.")),),
            cites=(),
            **_DECIDES,
        ),
    ),
    State(
        "one_refused",
        Label("已退回", "Refused"),
        _one(
            word=Word("barred", Label("已退回", "Refused")),
            effects=(),
            steps=(
                Happened(_WHEN, Label("提出", "Proposed"), "李晓梅"),
                Happened("2026-11-23 10:05", Label("退回", "Refused"), "王建国", "文书号与决定书不符。"),
            ),
        ),
    ),
    State(
        "export",
        Label("提出批量导出", "Asking to export in bulk"),
        AskExport(
            (
                Told(Label("内容", "What"), Label("人员名单", "List of people")),
                Told(Label("人数", "People"), "128"),
            ),
            Label("超过 100 人的名单须由第二人复核。", "A list of more than 100 takes a second officer."),
            Label("提出人可在 24 小时内下载。", "The proposer may download it for 24 hours."),
            Field("reason", Label("用途", "What it is for"), "long_text"),
            (),
            Button(Label("提交第二人复核", "Submit to a second officer"), look="grave"),
            Button(Label("取消", "Cancel"), href="#", look="link"),
        ),
    ),
    State(
        "one_export",
        Label("批量导出已通过", "Bulk export approved"),
        _one(
            act=Label("批量导出", "Export in bulk"),
            case_no="",
            person=None,
            word=Word("done", Label("已通过", "Approved")),
            told=(
                Told(Label("内容", "What"), Label("人员名单", "List of people")),
                Told(Label("人数", "People"), "128"),
            ),
            effects=(),
            buttons=(
                Button(
                    Label("下载（2026-11-24 10:05 前有效）", "Download (until 2026-11-24 10:05)"),
                    look="primary",
                    extra={"formaction": "#"},
                ),
            ),
        ),
    ),
)
