"""The way out: who leaves within two months and what their package lacks; one person's package and papers;
the Word templates the papers are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.centre.way_out import PAPERS, Package, package
from guitu.compose import kinds
from guitu.exchange.documents.papers import FIELDS, OPINION_FIELDS
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.pages.way_out import build
from guitu.web.pages.way_out.build import Leaving, Paper


@dataclass(frozen=True, slots=True)
class WayOutPage:
    """Who leaves soon, and who has left and is not yet accepted anywhere."""

    lead: Label
    soon: Table | None
    left: Table | None
    empty: Empty | None = None
    templates: Button | None = None
    title: Label = Label("出所", "Way out")  # noqa: RUF009 - Label is frozen

    @property
    def left_heading(self) -> Label:
        """What stands above those who have left."""
        return Label("已离所、仍由本所负责", "Left, and still answered for here")


@dataclass(frozen=True, slots=True)
class PackagePage:
    """One person's package: what is ready, what is missing, and the papers."""

    TEMPLATE: ClassVar = "person"

    identity: Identity
    lead: Label
    lines: Table
    papers: tuple[Paper, ...]
    back: Button
    notices: tuple[Notice, ...] = ()
    title: Label = Label("出所准备", "Before leaving")  # noqa: RUF009 - Label is frozen

    @property
    def papers_heading(self) -> Label:
        """What stands above the papers."""
        return Label("文书", "Papers")


@dataclass(frozen=True, slots=True)
class TemplateShown:
    """One paper's template: the version in use, taking it along, and bringing another."""

    name: str
    label: Label
    used: Text
    download: Button
    action: str
    earlier: tuple[Text, ...] = ()
    error: Text = ""


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """The templates of all papers, and which places they may have."""

    TEMPLATE: ClassVar = "templates"

    templates: tuple[TemplateShown, ...]
    fields: tuple[tuple[str, Label], ...]
    opinion_fields: tuple[tuple[str, Label], ...]
    back: Button
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    fields_heading: Label = Label("出所文书可用的位置", "Places that papers of release may use")  # noqa: RUF009
    title: Label = Label("文书模板", "Templates of papers")  # noqa: RUF009 - Label is frozen

    @property
    def lead(self) -> Label:
        """How it goes."""
        return Label(
            "下载模板，在 Word 里改抬头和措辞，再传回来。位置写作 {{ name }}，名称见下表。",
            "Take a template, change letterhead and wording in Word, bring it back. Places are written"
            " {{ name }}; the names stand below.",
        )

    @property
    def opinion_heading(self) -> Label:
        """What stands above those of an opinion."""
        return Label("诊断评估意见书可用的位置", "Places that an opinion may use")


# ── states ────────────────────────────────────────────────────────────────────────────────────────

_ON: Final = date(2026, 11, 23)
_ENDS: Final = date(2026, 12, 10)
_CASE: Final = "46J01-2026-00012"
_ALL: Final = frozenset({"identity", "legal", "custody", "medical", "support"})


def _entry(n: int, kind: str, **fields: Value) -> Entry:
    return Entry(
        id=UUID(int=n), file=UUID(int=9), kind=kind, happened_on=date(2026, 11, 20),
        recorded_at=datetime(2026, 11, 20, 10, n, tzinfo=CHINA), author="lin", unit="46J01", fields=fields,
    )  # fmt: skip


_MADE: Final = _entry(
    4, "paper_made", paper="certificate", number="示范强戒解字〔2026〕12号", digest="ab", template="default"
)
_SOME: Final = (
    _entry(1, "assessment", stage="before_expiry"),
    _entry(2, "leaving_item", item="work", state="under_way"),
    _entry(3, "leaving_item", item="certificates", state="ready"),
    _MADE,
)


def _package(*entries: Entry, ends: date = _ENDS) -> Package:
    return package(entries, date(2025, 1, 1), ends, _ON, centre="46J01", sees=_ALL)


def _person(made: Package, *, may: bool) -> PackagePage:
    recordable = frozenset(k.name for k in kinds().values()) if may else frozenset()
    used = dict.fromkeys(PAPERS, Label("系统自带模板", "The template that comes with the product"))
    return PackagePage(
        identity=Identity("符某某", (Label("男 36 岁", "Male, 36"),)),
        lead=Label("2026-12-10 离所，还有 17 天", "Leaves on 2026-12-10, in 17 days"),
        lines=build.lines(made, _CASE, recordable, _ON),
        papers=build.papers(made, _CASE, {"certificate": _MADE}, used, may=may),
        back=Button(Label("回到出所", "Back"), href="#", look="link"),
    )


def _list(*people: Leaving) -> WayOutPage:
    soon, left = [p for p in people if not p.left], [p for p in people if p.left]
    return WayOutPage(
        build.lead(people),
        build.table(soon, _ON, Label("即将离所的人", "People who leave soon"), "soon"),
        build.table(left, _ON, Label("已离所的人", "People who have left"), "left"),
        None if soon else Empty(Label("60 天内没有人离所。", "Nobody leaves within 60 days.")),
        Button(Label("文书模板", "Templates of papers"), href="#", look="link"),
    )


def _templates(error: Text = "") -> TemplatesPage:
    shown = tuple(
        TemplateShown(
            name, label,
            Label("第 2 版，2026-11-03 起", "Version 2, since 2026-11-03") if name == "certificate"
            else Label("系统自带模板", "The template that comes with the product"),
            Button(Label("下载", "Download"), href="#", look="link", describes=label), "#",
            (Label("第 1 版，2026-10-01 起", "Version 1, since 2026-10-01"),)
            if name == "certificate" else (),
            error if name == "certificate" else "",
        )
        for name, label in PAPERS.items()
    )  # fmt: skip
    summary = ErrorSummary((Fault(error, "f-certificate"),)) if error else None
    back = Button(Label("回到出所", "Back"), href="#", look="link")
    return TemplatesPage(shown, tuple(FIELDS.items()), tuple(OPINION_FIELDS.items()), back, summary)


STATES: Final = (
    State(
        "usual",
        Label("有人将离所", "Some leave soon"),
        _list(
            Leaving("符某某", _CASE, _ENDS, False, _package(*_SOME)),
            Leaving(
                "王某某", "46J01-2026-00002", date(2026, 11, 25), False, _package(ends=date(2026, 11, 25))
            ),
            Leaving("陈某", "46J01-2026-00003", date(2026, 11, 20), True, _package(*_SOME)),
        ),
    ),
    State("empty", Label("没有人", "Nobody"), _list()),
    State("person", Label("一人的材料", "One person's package"), _person(_package(*_SOME), may=True)),
    State(
        "read_only", Label("岗位不登记", "A post that records nothing"), _person(_package(*_SOME), may=False)
    ),
    State("templates", Label("文书模板", "Templates"), _templates()),
    State(
        "refused",
        Label("模板不能用", "A template that is refused"),
        _templates(
            Label("没有名为“nmae”的字段，是不是“name”？", "there is no field “nmae”; did you mean “name”?")
        ),
    ),
)
