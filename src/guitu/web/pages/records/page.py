"""What becomes of a record: sealed, erased, corrected where somebody was listed in error, merged, split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.pages.proposals.page import Side, Told


@dataclass(frozen=True, slots=True)
class ActLink:
    """One thing that may be proposed, and what it does; `why_not` says why it cannot be now."""

    label: Text
    effect: Text
    href: str = ""
    why_not: Text = ""


@dataclass(frozen=True, slots=True)
class ChooseAct:
    """What may be proposed about this file. Each takes a second officer."""

    TEMPLATE: ClassVar = "choose"

    case_no: str
    acts: tuple[ActLink, ...]
    back: Button
    notices: tuple[Notice, ...] = ()

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"档案办理 {self.case_no}", f"The record {self.case_no}")


@dataclass(frozen=True, slots=True)
class Tick:
    """One entry that may be chosen."""

    value: str
    label: Text
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ProposeAct:
    """The form of one act. `ticks` are entries to choose among, under `legend`; `sides` two files side by
    side, before they are merged."""

    case_no: str
    act: Label
    effect: Text
    action: str
    fields: tuple[Field, ...]
    save: Button
    back: Button
    hidden: tuple[tuple[str, str], ...] = ()
    legend: Text = ""
    ticks: tuple[Tick, ...] = ()
    ticks_error: Text = ""
    sides: tuple[Side, ...] = ()
    cites: tuple[Text, ...] = ()
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"档案办理 {self.case_no}", f"The record {self.case_no}")


@dataclass(frozen=True, slots=True)
class SealedPage:
    """A sealed file: that it is, since when, and on what basis it may be opened. Nothing of its content."""

    TEMPLATE: ClassVar = "sealed"

    case_no: str
    since: str
    sealed_on: Text
    fields: tuple[Field, ...]
    hours: int
    action: str
    more: tuple[Button, ...] = ()
    summary: ErrorSummary | None = None

    @property
    def title(self) -> Label:
        """That it is sealed, and no name."""
        return Label(f"已封存 {self.case_no}", f"Sealed {self.case_no}")

    @property
    def says(self) -> Label:
        """What the law says."""
        return Label(
            "记录已封存，不得向任何单位和个人提供或者公开；国家机关依法办案，或者有关单位依照国家规定查询的除外，"
            "查询的单位应当保密。",
            "The record is sealed: it is given to nobody and not made public, save to a state organ handling"
            " a case or a unit querying under national rules, which must keep it secret.",
        )

    @property
    def limits(self) -> Label:
        """What opening means."""
        return Label(
            f"写明依据后打开 {self.hours} 小时，查阅留痕。",
            f"With the basis written down it opens for {self.hours} hours; the reading is logged.",
        )

    @property
    def save(self) -> Button:
        """The act."""
        return Button(Label("写明依据并打开", "State the basis and open"), look="grave")


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """Pairs of files that may be one person."""

    TEMPLATE: ClassVar = "duplicates"

    summary: Text
    table: Table
    title: Label = Label("疑似重复档案", "Possible duplicates")  # noqa: RUF009 - Label is frozen


PAIRS: Final = (
    Column(Label("档案", "File"), phone="lead"),
    Column(Label("另一份", "The other"), phone="bare"),
    Column(Label("相同之处", "What is the same"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)

_BACK: Final = Button(Label("取消", "Cancel"), href="#", look="link")
_CASE: Final = "469023-2026-00012"
_REASON: Final = Field("reason", Label("理由", "Reason"), "long_text")
_SIDES: Final = tuple(
    Side(
        case,
        "#",
        (
            Told(Label("姓名", "Name"), "符某某"),
            Told(Label("出生日期", "Born"), born),
            Told(Label("证件号", "Identity number"), number),
        ),
        frozenset({2}),
    )
    for case, born, number in (
        (_CASE, "1990-03-05", "981***********1234"),
        ("469023-2020-00007", "1990-03-05", "981********305"),
    )
)


def _form(act: Label, effect: Label, **more: object) -> ProposeAct:
    shown: dict[str, object] = {
        "case_no": _CASE,
        "act": act,
        "effect": effect,
        "action": "#",
        "fields": (_REASON,),
        "save": Button(Label("提交第二人复核", "Submit to a second officer"), look="grave"),
        "back": _BACK,
    }
    return ProposeAct(**{**shown, **more})  # type: ignore[arg-type]


_SEAL: Final = Label("封存记录", "Seal a record")
_SEALS: Final = Label("档案不再出现在名单和查找中。", "The file leaves lists and searches.")
_BASIS: Final = Field(
    "basis",
    Label("依据", "Basis"),
    "choice",
    options=(
        Option("public_security", Label("违反治安管理的记录封存", "Record of a public-security violation")),
        Option("minor", Label("未成年人行政处罚记录封存", "A minor's record of administrative penalty")),
    ),
)
_OPEN_FIELDS: Final = (
    Field(
        "basis",
        Label("依据", "Basis"),
        "choice",
        options=(
            Option("handling", Label("国家机关依法办案需要", "A state organ handles a case")),
            Option("national_rules", Label("依照国家规定进行查询", "A query under national rules")),
        ),
    ),
    Field("reason", Label("机关、案件或者规定", "Which organ, case or rule"), "long_text"),
)

STATES: Final = (
    State(
        "choose",
        Label("选择办理", "Choosing"),
        ChooseAct(
            _CASE,
            (
                ActLink(_SEAL, _SEALS, why_not=Label("措施仍在执行。", "A measure still runs.")),
                ActLink(Label("更正错列人员", "Correct a person listed in error"), _SEALS, "#"),
                ActLink(Label("合并重复档案", "Merge two files of one person"), _SEALS, "#"),
            ),
            Button(Label("回到档案", "Back to the file"), href="#", look="link"),
        ),
    ),
    State("seal", Label("提出封存", "Proposing to seal"), _form(_SEAL, _SEALS, fields=(_BASIS, _REASON))),
    State(
        "seal_fault",
        Label("提出封存，有误", "Proposing, with faults"),
        _form(
            _SEAL,
            _SEALS,
            fields=(
                Field(
                    "basis", Label("依据", "Basis"), "choice", options=_BASIS.options,
                    error=Label("请选择依据", "Choose the basis"),
                ),
                _REASON,
            ),
            summary=ErrorSummary((Fault(Label("请选择依据", "Choose the basis"), "f-basis"),)),
        ),
    ),
    State(
        "merge",
        Label("合并前并排比较", "Side by side before merging"),
        _form(
            Label("合并重复档案", "Merge two files of one person"),
            Label("两份档案从此按同一人显示。", "The two files are shown as one person."),
            sides=_SIDES,
        ),
    ),
    State(
        "identity_error",
        Label("错列人员", "Listed in error"),
        _form(
            Label("更正错列人员", "Correct a person listed in error"),
            Label("错列的记录全部作废。", "The entries made in error are withdrawn."),
            legend=Label("哪些记录属于错列", "Which entries were made in error"),
            ticks=(
                Tick("1", Label("2026-01-03 社区戒毒决定", "2026-01-03 Community treatment ordered"), True),
                Tick("2", Label("2026-01-04 送达", "2026-01-04 Served")),
            ),
        ),
    ),
    State(
        "sealed",
        Label("已封存", "Sealed"),
        SealedPage(
            _CASE,
            "2026-11-20",
            Label("违反治安管理的记录封存", "Record of a public-security violation"),
            _OPEN_FIELDS,
            3,
            "#",
            (Button(Label("提出解除封存", "Propose to unseal"), href="#", look="link"),),
        ),
    ),
    State(
        "duplicates",
        Label("疑似重复", "Possible duplicates"),
        DuplicatesPage(
            Label("找到 1 对。", "1 pair found."),
            Table(
                Label("疑似重复档案", "Possible duplicates"),
                PAIRS,
                (
                    Row(
                        (
                            Cell("符某某", "#", sub=_CASE),
                            Cell("符某某", "#", sub="469023-2020-00007"),
                            Label("姓名、性别、出生日期", "name, sex, birthday"),
                            Cell(part=Button(Label("合并", "Merge"), href="#", look="small")),
                        )
                    ),
                ),
            ),
        ),
    ),
    State(
        "no_duplicates",
        Label("没有疑似重复", "No duplicates"),
        DuplicatesPage(
            Label("没有找到疑似重复的档案。", "No possible duplicates."),
            Table(
                Label("疑似重复档案", "Possible duplicates"), PAIRS, (),
                empty=Empty(Label("没有找到疑似重复的档案。", "No possible duplicates.")),
            ),
        ),
    ),
)  # fmt: skip
