"""Assessments: who is due for which stage; and of one person: what was found, on what evidence, signed by
whom, and what became of it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.filters.component import Filters
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Column, Table
from guitu.web.components.word.component import Word

TITLE: Final = Label("诊断评估", "Assessments")
ADVISES: Final = Label(
    "评估只提供意见，不作决定：提前解除、延长、变更由决定机关依法决定。",
    "Assessments advise and decide nothing: early release, extension and change are for the deciding organ.",
)

LIST: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("阶段", "Stage"), phone="bare"),
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("应于", "Due")),
    Column(Label("依据", "By")),
    Column(Label("大队", "Brigade"), phone="bare"),
    Column(Label("期满", "Last day"), phone="hide"),
    Column(Label("办理", "Act"), phone="act", hide_label=True),
)
STAGE_COLUMNS: Final = (
    Column(Label("阶段", "Stage"), phone="lead"),
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("可以评估", "Opens")),
    Column(Label("应于", "Due")),
    Column(Label("依据", "By")),
    Column(Label("办理", "Act"), phone="act", hide_label=True),
)


@dataclass(frozen=True, slots=True)
class AssessmentsPage:
    """The worklist of a unit."""

    office: str
    lead: Text
    filters: Filters
    table: Table
    notices: tuple[Notice, ...] = ()
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class CentresPage:
    """Which centre? For readers above centres."""

    TEMPLATE: ClassVar = "centres"

    lead: Text
    table: Table
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry as evidence: its words, where it stands, and what became of it after the signatures."""

    text: Text
    href: str
    word: Word | None = None
    value: str = ""
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the four domains of a sheet: result, reasons, and the entries it rests on."""

    id: str
    label: Text
    result: Text
    reason: str
    evidence: tuple[Evidence, ...] = ()
    more: Text = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a result: when, what, by whom, why; and each answer before and after."""

    at: str
    did: Text
    by: Text
    reason: str = ""
    changes: tuple[tuple[Text, Text, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One assessment from when it was first written to now. `withdrawn` ones stay."""

    id: str
    heading: Text
    word: Word
    signed: Text
    digest: str
    domains: tuple[Domain, ...]
    steps: tuple[Step, ...]
    copy: Text
    objections: tuple[tuple[Text, str, Word], ...] = ()
    buttons: tuple[Button, ...] = ()
    withdrawn: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Proposing:
    """One thing that may be proposed to the deciding organ: barred with the article, or where it is
    written."""

    label: Text
    bars: tuple[tuple[Text, Text], ...]
    says: Text
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An opinion that was written: its day and what it proposes, its paper, how far the organ is."""

    text: Text
    href: str
    word: Word
    clock: Text = ""


@dataclass(frozen=True, slots=True)
class FilePage:
    """One person's assessments."""

    TEMPLATE: ClassVar = "person"

    case_no: str
    identity: Identity
    stages: Table | None
    results: tuple[Result, ...]
    proposing: tuple[Proposing, ...] = ()
    written: tuple[Written, ...] = ()
    notices: tuple[Notice, ...] = ()
    draft_done: str = ""
    heading: Label = Label("本人的诊断评估", "Assessments of this person")  # noqa: RUF009 - Label is frozen
    title: Label = TITLE

    @property
    def says(self) -> dict[str, Label]:
        """Headings and words of the parts."""
        return {
            "back": Label("诊断评估", "Assessments"),
            "stages": Label("各阶段", "Stages"),
            "results": Label("评估结果", "Results"),
            "none": Label("还没有诊断评估。", "There is no assessment yet."),
            "opinion": Label("向决定机关提出意见", "Opinions to the deciding organ"),
            "advises": ADVISES,
            "evidence": Label("依据的记录", "Entries it rests on"),
            "history": Label(
                "经过（更正、作废都在这里）", "What became of it (corrections and withdrawals too)"
            ),
            "objections": Label("异议", "Objections"),
            "digest": Label("签字摘要", "Digest signed"),
            "was": Label("原为", "was"),
            "now": Label("现为", "is now"),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One domain of the form: its questions beside the entries that speak to it, and the office's list."""

    id: str
    label: Text
    fields: tuple[Field, ...]
    evidence: tuple[Evidence, ...]
    checklist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Writing a sheet. The first signature is given by submitting it; the second by somebody else."""

    TEMPLATE: ClassVar = "sheet"

    case_no: str
    identity: Identity
    heading: Text
    fields: tuple[Field, ...]
    parts: tuple[Part, ...]
    last: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    action: str
    save: Button
    back: Button
    draft: str = ""
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None

    @property
    def title(self) -> Label:
        """Neutral: titles stay in the browser's history."""
        return Label(f"评估表 {self.case_no}", f"Assessment sheet {self.case_no}")

    @property
    def says(self) -> dict[str, Label]:
        """Headings and words of the parts."""
        return {
            "evidence": Label(
                "档案中的依据（逐条可打开；不采用的去掉勾）",
                "From the file (each opens; clear what is not relied on)",
            ),
            "open": Label("打开", "Open"),
            "nothing": Label(
                "您能看到的档案里没有这方面的记录。", "Nothing that you may read speaks to this."
            ),
            "checklist": Label("本所清单", "The centre's checklist"),
            "next": Label(
                "提交即为第一人签字；另一名评估人员在“待复核”签同一内容后，结果才写入档案。",
                "Submitting it is the first signature. It goes into the file when another member signs"
                " the same words under “Proposals”.",
            ),
        }
