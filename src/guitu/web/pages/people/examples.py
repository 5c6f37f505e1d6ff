"""The named states of People, with invented people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.read import PersonLine, SearchResult
from guitu.store.units import NOWHERE, Tree, Unit
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.notice.component import Notice
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.pages.people import build
from guitu.web.pages.people.choices import Choices
from guitu.web.pages.people.page import NewPerson, PeoplePage
from guitu.web.pages.record import form

DAY: Final = date(2026, 11, 23)
TOWN: Final = Unit(
    0, "469023101", "河西镇", "town", None, 3, ("46", "469023", "469023101"), NOWHERE, None, None
)
CHOSEN: Final = Choices(TOWN, TOWN, Tree(0, (TOWN,)))


def _line(n: int, name: str, sex: str, measure: str, state: str = "in_force", **more: object) -> PersonLine:
    made = PersonLine(
        file=UUID(int=n),
        case_no=f"469023-2026-{n:05}",
        name=name,
        sex=sex,
        birth_year=1980 + n,
        id_tail=f"{1230 + n}",
        measure=measure,
        state=state,
        ends_on=date(2028, 3, 20),
        open_n=1,
        overdue_n=0,
        findings=(),
        rights=False,
        unit="469023101200",
        unit_name="东坡村",
        worker="李晓梅",
        next_duty="routine_test",
        next_due=date(2026, 11, 25),
    )
    return replace(made, **more)  # type: ignore[arg-type]


LINES: Final = (
    _line(1, "符某某", "male", "community_treatment", next_due=date(2026, 11, 20), overdue_n=1),
    _line(2, "王某某", "female", "community_recovery", next_due=DAY),
    _line(
        3, "买买提·图尔荪", "male", "compulsory_isolation", rights=True, findings=("held_past_term",),
        unit_name="示范强制隔离戒毒所", ends_on=date(2026, 11, 20),
    ),
    _line(4, "陈某某", "male", "community_treatment", "awaiting_report", next_duty="report_in", ends_on=None),
    _line(
        5, "黎某某", "female", "", "", next_duty="", next_due=None, ends_on=None, birth_year=None, id_tail=""
    ),
)  # fmt: skip


def _tabs(here: int) -> Tabs:
    labels = (
        (Label("最近办理", "Recent"), None),
        (Label("在册", "Current"), 128),
        (Label("全部档案", "All files"), 141),
    )
    return Tabs(
        tuple(Tab(label, "#", n == here, count) for n, (label, count) in enumerate(labels)),
        Label("名单", "Lists"),
    )


def _filters(*, rights: bool = False) -> Filters:
    risk = (
        Chip(Label("权利有风险", "Rights at risk"), "?rights=1", 1, rights, "late"),
        Chip(Label("有逾期事项", "Overdue duties"), "?overdue=1", 9, False, "late"),
    )
    measures = (
        Chip(Label("社区戒毒", "Community treatment"), "?measure=community_treatment", 90),
        Chip(Label("社区康复", "Community recovery"), "?measure=community_recovery", 38),
    )
    return Filters(
        (
            Group(Label("须注意", "To look at"), risk),
            Group(Label("现措施", "Measure"), measures, folded=True),
        ),
        name=Label("筛选人员", "Filter people"),
    )


_DOWNLOADS: Final = (
    Button(Label("下载表格", "Download workbook"), href="#", look="small"),
    Button(Label("下载 CSV", "Download CSV"), href="#", look="small"),
)
_SCOPE: Final = Label("范围：河西镇及下级", "Where: 河西镇 and below")


def _page(q: str = "", summary: Label = Label("共 128 人", "128 people"), **more: object) -> PeoplePage:  # noqa: B008
    return replace(PeoplePage(q, _SCOPE, summary, new="#"), **more)  # type: ignore[arg-type]


def _found(
    q: str, found: int, *, too_many: bool = False, lines: tuple[PersonLine, ...] = LINES
) -> PeoplePage:
    chosen = replace(CHOSEN, q=q)
    summary = build.search_summary(chosen, SearchResult(lines, found, too_many))
    table = build.plain_table(Label("查找结果", "Search results"), lines, DAY, (summary,), screened=False)
    if not lines:
        table = replace(table, empty=build.nobody(chosen, "#"))
    return _page(q, summary, table=table, new="#" if lines else "")


def _list(*, screened: bool = False, lines: tuple[PersonLine, ...] = LINES, total: int = 128) -> PeoplePage:
    chosen = replace(CHOSEN, list="current")
    table = build.table(chosen, lines, total, DAY, screened=screened)
    return _page(tabs=_tabs(1), filters=_filters(), table=table, downloads=_DOWNLOADS, screened=screened)


def _recent() -> PeoplePage:
    table = build.plain_table(
        Label("最近办理", "Recent"), LINES[:3], DAY, (Label("3 人", "3"),), screened=False
    )
    return _page(
        "",
        Label("查找一个人，或看名单。", "Find somebody, or look through a list."),
        tabs=_tabs(0),
        table=table,
    )


def _none_match() -> PeoplePage:
    chosen = replace(CHOSEN, list="all", measure="voluntary")
    empty = Empty(
        Label("没有符合筛选条件的人。", "Nobody matches the filters."),
        (Button(Label("清除筛选", "Clear the filters"), href="#"),),
    )
    table = build.table(chosen, (), 0, DAY, screened=False, empty=empty)
    return _page("", Label("共 0 人", "0 people"), tabs=_tabs(2), filters=_filters(), table=table)


def _wrong_digit() -> PeoplePage:
    page = _found("981010198506030021", 0, lines=())
    notice = build.wrong_number(
        Label(
            "公民身份号码“981***********0021”的校验码不对，多半有一位录错，请核对证件后改正。",
            "The check digit of Identity number “981***********0021” is wrong, so a digit is mistyped.",
        )
    )
    return replace(page, notices=(notice,))


def _new(typed: dict[str, str], notices: tuple[Notice, ...] = (), *, quiet: bool = False) -> NewPerson:
    kind = kinds()["person"]
    answers = form.read(kind, {form.DAY: "2026-11-23", **typed}, DAY)
    if quiet:
        answers = form.Answers(answers.typed, answers.happened_on, answers.fields)
    asked = form.fields_of(kind, answers)
    return NewPerson(
        "河西镇",
        DAY,
        (*asked[1:], asked[0]),
        (("id", "0"),),
        Button(Label("新建档案", "Open a file"), look="primary"),
        form.summary(kind, answers),
        notices,
    )


def _duplicate() -> NewPerson:
    notice = Notice(
        "gap",
        Label("可能重复：已有 1 份同名档案", "Possible duplicate: 1 of that name"),
        Label("请先核对是不是同一人。", "Check first whether it is the same person."),
        (Button("符某某 1981 …1231 东坡村", href="#", look="small"),),
    )
    return _new({"name": "符某某", "sex": "male"}, (notice,), quiet=True)


_MADE: Final[dict[str, Callable[[], PeoplePage | NewPerson]]] = {
    "recent": _recent,
    "no_recent": lambda: replace(_list(), tabs=Tabs(_tabs(1).tabs[1:], Label("名单", "Lists"))),
    "found": lambda: _found("fu", 5),
    "too_many": lambda: _found("w", 50, too_many=True),
    "none": lambda: _found("fu", 0, lines=()),
    "elsewhere": lambda: replace(_found("981010198506030024", 0, lines=()), notices=(build.elsewhere(),)),
    "wrong_digit": _wrong_digit,
    "list": _list,
    "filtered": lambda: replace(
        _list(lines=LINES[2:3], total=1), filters=_filters(rights=True), summary=Label("共 1 人", "1 person")
    ),
    "none_match": _none_match,
    "screened": lambda: _list(screened=True),
    "new": lambda: _new({"name": "符某某"}, quiet=True),
    "new_faults": lambda: _new({"name": "符某某", "id_number": "981010198506030021"}),
    "new_duplicate": _duplicate,
}


def page_in_state(name: str) -> PeoplePage | NewPerson:
    """The example of a named state."""
    return _MADE[name]()
