"""A unit's own file: what did this unit do, what does it have, and what may I record of it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.units import Tree
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile.timeline import Reading, Timeline, timeline
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers
from guitu.web.pages.record.page import KindLink

NOBODY: Final = Label(
    "这里只记本单位的工作，不写任何人的姓名和案情。",
    "Only the unit's own work stands here: nobody's name and nobody's case.",
)
NOTHING: Final = Empty(Label("本单位还没有登记。", "Nothing is recorded of this unit yet."))
READ_ONLY: Final = Label(
    "您的岗位不在本单位登记，可以查看。", "Your post records nothing of this unit; you may read."
)


@dataclass(frozen=True, slots=True)
class UnitFilePage:
    """The file: what may be recorded, and what was, the latest first."""

    code: str
    name: str
    level: Text
    crumbs: Crumbs | None
    kinds: tuple[KindLink, ...]
    timeline: Timeline
    notices: tuple[Notice, ...] = ()

    @property
    def title(self) -> Label:
        """The unit, and that it is its file."""
        return Label(f"{self.name}单位档案", f"File of {self.name}")

    @property
    def lead(self) -> Label:
        """What stands here, and what never does."""
        return NOBODY

    @property
    def record_heading(self) -> Label:
        """What stands above the kinds."""
        return Label("登记", "Record")

    @property
    def read_only(self) -> Label:
        """Why there is nothing to record."""
        return READ_ONLY


@dataclass(frozen=True, slots=True)
class UnitRecordPage:
    """The form of one kind for a unit's file."""

    TEMPLATE: ClassVar = "form"

    code: str
    name: str
    crumbs: Crumbs | None
    act: Label
    action: str
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    save: Button
    back: Button
    more: tuple[Button, ...] = ()
    help: Text = ""
    cites: tuple[Text, ...] = ()
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def title(self) -> Label:
        """The act, and whose file."""
        return Label(f"{self.act.zh} · {self.name}", f"{self.act.en} · {self.name}")


@dataclass(frozen=True, slots=True)
class UnitRefusedPage:
    """Why nothing can be recorded here."""

    TEMPLATE: ClassVar = "refused"

    name: str
    title: Label
    reason: Text
    back: Button


# ── states ────────────────────────────────────────────────────────────────────────────────────────

_CODE: Final = "469023101"
_CRUMBS: Final = Crumbs((Crumb("示例省"), Crumb("示例县"), Crumb("河西镇", "#"), Crumb("单位档案")))
_SAVE: Final = Button(Label("保存", "Save"), look="primary")
_BACK: Final = Button(Label("取消", "Cancel"), href="#", look="link")


def _entries() -> tuple[Entry, ...]:
    def entry(n: int, kind: str, on: date, **fields: str | int) -> Entry:
        at = datetime(2026, 11, 20, 10, n, tzinfo=CHINA)
        return Entry(
            id=UUID(int=n), file=UUID(int=99), kind=kind, happened_on=on, recorded_at=at, author="lin",
            unit=_CODE, fields=fields,
        )  # fmt: skip

    talk = entry(1, "outreach_event", date(2026, 11, 2), form="talk", given_by="office", audience=120,
                 counted="headcount", topic="健康人生")  # fmt: skip
    better = replace(
        talk, id=UUID(int=4), fields={**talk.fields, "audience": 102}, corrects=talk.id, reason="多数了一遍",
        recorded_at=datetime(2026, 11, 21, 9, 0, tzinfo=CHINA),
    )  # fmt: skip
    return (
        talk,
        entry(2, "staffing", date(2026, 1, 1), post="community_worker", in_post=6, establishment=8),
        entry(3, "spending", date(2026, 10, 30), amount=12_000, purpose="support"),
        entry(5, "draw_revealed", date(2026, 11, 1), to=str(UUID(int=5)), seed="0753a0965df5388b" * 4),
        better,
    )


def _timeline(entries: tuple[Entry, ...]) -> Timeline:
    reading = Reading(kinds(), Tree(-1, ()), {"lin": "林县明"}, frozenset({"outreach_event"}), "#{id}")
    shown, _ = timeline(CaseFile(UUID(int=99), entries), reading, "#", empty=NOTHING)
    return shown


_LINKS: Final = tuple(
    KindLink(kinds()[name].label, "#", kinds()[name].help or "")
    for name in ("outreach_event", "body", "staffing", "patrol_team", "spending", "reward", "meeting")
)


def _form(kind: str, answers: Answers, **more: object) -> UnitRecordPage:
    declared = kinds()[kind]
    page = UnitRecordPage(
        code=_CODE,
        name="河西镇",
        crumbs=_CRUMBS,
        act=Label(f"登记：{declared.label.zh}", f"Record: {declared.label.en}"),
        action="#",
        fields=form.fields_of(declared, answers),
        hidden=(),
        save=_SAVE,
        back=_BACK,
        help=declared.help or "",
        summary=form.summary(declared, answers),
    )
    return replace(page, **more)  # type: ignore[arg-type]


_TODAY: Final = date(2026, 11, 23)
_WRONG: Final = form.read(
    kinds()["published_figure"],
    {"happened_on": "2026-11-01", "series": "registered.rate", "value": "百分之三", "source": "公报"},
    _TODAY,
)

STATES: Final = (
    State(
        "usual",
        Label("有登记，其中一条已更正", "With entries, one of them corrected"),
        UnitFilePage(_CODE, "河西镇", Label("乡镇（街道）", "Town"), _CRUMBS, _LINKS, _timeline(_entries())),
    ),
    State(
        "empty",
        Label("还没有登记", "Nothing yet"),
        UnitFilePage(_CODE, "河西镇", Label("乡镇（街道）", "Town"), _CRUMBS, _LINKS, _timeline(())),
    ),
    State(
        "read_only",
        Label("只能查看", "Reading only"),
        UnitFilePage(_CODE, "河西镇", Label("乡镇（街道）", "Town"), _CRUMBS, (), _timeline(_entries())),
    ),
    State(
        "form",
        Label("登记宣传活动", "Recording an outreach event"),
        _form("outreach_event", Answers({"happened_on": "2026-11-23"}, _TODAY)),
    ),
    State(
        "faults",
        Label("公布数据，填写有误", "A published figure, wrongly filled in"),
        _form("published_figure", _WRONG),
    ),
    State(
        "refused",
        Label("岗位不登记", "Not recorded by this post"),
        UnitRefusedPage(
            "河西镇",
            Label("您的岗位不能登记这一项", "Your post may not record this"),
            Label("宣讲员不登记“经费支出”", "“Money spent” is not recorded by: outreach"),
            Button(Label("回到单位档案", "Back to the unit's file"), href="#", look="primary"),
        ),
    ),
)
