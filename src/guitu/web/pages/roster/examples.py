"""The named states of the roster's pages: made from a small centre, as the pages themselves are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from guitu.centre.roster import Demand, Person, Post, Problem, Roster, Rules, Shift, Slot, check
from guitu.kernel.labels import Label
from guitu.store.rosters import Draft
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.progress.component import Progress
from guitu.web.pages.roster import build
from guitu.web.pages.roster.shown import CellPage, Choice, MinePage, RosterPage, SetupPage, Waiting

_MONDAY = date(2026, 11, 23)
_SHIFTS = (
    Shift("D", Label("白班", "Day"), 480, 480),
    Shift("N", Label("夜班", "Night"), 0, 480, night=True),
)


def _draft() -> Draft:
    names = ("李某某", "王某某", "陈某某", "符某某")
    people = tuple(
        Person(
            f"p{n}",
            name,
            "female" if n == 1 else "male",
            "一大队" if n < 2 else "二大队",
            leave=frozenset({2}) if n == 0 else frozenset(),
        )
        for n, name in enumerate(names)
    )
    posts = (
        Post("W", Label("一大队", "First brigade")),
        Post("F", Label("女病区", "Women’s ward"), sex="female"),
    )
    demand = tuple(Demand("W", d, s, 1) for d in range(7) for s in ("D", "N"))
    demand += tuple(Demand("F", d, "D", 1) for d in range(7))
    cells = {("p0", d): Slot("W", "D") for d in (0, 1, 3, 4)} | {("p1", d): Slot("F", "D") for d in range(7)}
    cells |= {("p2", d): Slot("W", "N") for d in (0, 1, 2, 3)} | {
        ("p3", d): Slot("W", "D") for d in (2, 5, 6)
    }
    problem = Problem(_MONDAY, 7, _SHIFTS, posts, people, demand, Rules())
    return Draft(UUID(int=1), 1, problem, Roster(cells), "cell")


def _table() -> RosterPage:
    draft = _draft()
    breaches, days = check(draft.roster, draft.problem), range(7)
    gaps = sum(b.rule == "gap" for b in breaches)
    return RosterPage(
        "示范第一强制隔离戒毒所",
        Label(
            f"草稿 · 空缺 {gaps} · 其他不符 {len(breaches) - gaps}",
            f"Draft · {gaps} gaps · {len(breaches) - gaps} other faults",
        ),
        Label("2026-11-23 ～ 2026-11-29", "2026-11-23 to 2026-11-29"),
        (
            Button(Label("周", "Week"), href="#", look="small", extra={"aria-current": "true"}),
            Button(Label("全表", "Whole"), href="#", look="small"),
        ),
        "#",
        "#",
        build.heads(draft.problem, days, _MONDAY),
        build.people(draft, days, breaches, month=False),
        build.posts(draft, days),
        build.wrong(draft, breaches, month=False),
        max(0, len(breaches) - build.MOST_WRONG),
        acts=(
            ("propose", Button(Label("自动建议", "Propose"))),
            ("undo", Button(Label("撤销：改一格", "Undo: one cell"))),
        ),
        waiting=(
            Waiting(
                Label("李某某 请假 2026-12-01", "李某某 asks for leave, 2026-12-01"),
                (("ask", "1"),),
                Button(Label("同意", "Grant"), look="small"),
                Button(Label("退回", "Refuse"), look="small"),
            ),
        ),
        links=(Button(Label("人员与规则", "People and rules"), href="#", look="link"),),
    )


def _whole() -> RosterPage:
    return replace(_table(), month=True, before="", after="", waiting=())


def _searching() -> RosterPage:
    return replace(
        _table(),
        progress=Progress(Label("正在寻找排班方案（秒）", "Looking for a roster (seconds)"), 8, 20),
        acts=(("stop", Button(Label("停止", "Stop"))),),
        waiting=(),
    )


def _nothing() -> RosterPage:
    return RosterPage(
        "示范第一强制隔离戒毒所",
        Label("未排班", "Nothing planned"),
        Label("2026-11-23", "2026-11-23"),
        (),
        empty=Empty(Label("这些日子还没有排班。", "Nothing is planned for these days.")),
        begin=(
            Field("first", Label("首日", "First day"), "day", "2026-11-23"),
            Field("days", Label("天数", "Days"), "whole", "28"),
        ),
        begin_button=Button(Label("新建班表", "Begin a roster"), look="primary"),
    )


_CELL = CellPage(
    "李某某",
    "2026-11-25",
    (Label("李某某：2026-11-25 请假，却排了班。", "李某某: is on leave on 2026-11-25 and has a shift."),),
    (
        Choice("", Label("休息", "Off"), True),
        Choice(
            "W|D",
            Label("白班 · 一大队", "Day · First brigade"),
            False,
            (
                Label(
                    "李某某：2026-11-25 请假，却排了班。",
                    "李某某: is on leave on 2026-11-25 and has a shift.",
                ),
            ),
        ),
    ),
    (("day", "2026-11-25"),),
    Button(Label("保存", "Save"), look="primary"),
    Button(Label("回到班表", "Back to the roster"), href="#", look="link"),
    Field(
        "other",
        Label("与谁换这一天", "Swap this day with"),
        "choice",
        options=(Option("p1", Label("王某某（白班）", "王某某 (Day)")),),
    ),
    Button(Label("换班", "Swap"), name="swap", value="1"),
)
_MINE = MinePage(
    Label("今后 42 天有 2 个班", "2 shifts in the next 42 days"),
    (
        (
            Label("2026-11-24 周二", "2026-11-24 Tue"),
            Label("白班 08:00–16:00", "Day 08:00–16:00"),
            Label("一大队", "First brigade"),
        ),
        (
            Label("2026-11-26 周四", "2026-11-26 Thu"),
            Label("夜班 00:00–08:00", "Night 00:00–08:00"),
            Label("大门", "Gate"),
        ),
    ),
    None,
    (Field("leave_day", Label("请假第一天", "First day of leave"), "day"),),
    Button(Label("申请请假", "Ask for leave"), name="what", value="leave"),
    (Field("swap_day", Label("想换哪一天", "Which day to swap"), "day"),),
    Button(Label("申请换班", "Ask to swap"), name="what", value="swap"),
    ((Label("请假 2026-12-01", "Leave, 2026-12-01"), Label("等待答复", "waiting")),),
    notices=(
        Notice(
            "fresh", Label("已送排班员，答复会显示在这里。", "Sent to the planner; the answer appears here.")
        ),
    ),
)


def _setup() -> SetupPage:
    from guitu.web.pages.roster import setup

    data = {
        **setup.START,
        "people": [{"id": "li", "name": "李某某", "sex": "male", "brigade": "一大队"}],
        "posts": [{"code": "W", "zh": "一大队", "en": "First brigade"}],
    }
    return setup.example("示范第一强制隔离戒毒所", data)


STATES = (
    State("week", Label("一周", "A week"), _table),
    State("whole", Label("全表", "The whole"), _whole),
    State("searching", Label("自动建议中", "Looking for a proposal"), _searching),
    State("nothing", Label("未排班", "Nothing planned"), _nothing),
    State("cell", Label("一格", "One cell"), _CELL),
    State(
        "cell_fault",
        Label("未选择", "Nothing chosen"),
        lambda: replace(
            _CELL,
            summary=ErrorSummary((Fault(Label("请选择与谁换。", "Choose whom to swap with."), "f-other"),)),
            swap=replace(_CELL.swap, error=Label("请选择与谁换。", "Choose whom to swap with."))
            if _CELL.swap
            else None,
        ),
    ),
    State("mine", Label("我的班", "My shifts"), _MINE),
    State("setup", Label("人员与规则", "People and rules"), _setup),
)
"""What the gallery shows and the tests render."""
