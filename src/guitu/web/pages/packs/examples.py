"""The states of these pages, with made-up packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor, Post
from guitu.exchange.packs.changes import WHYS, Cause, Changed
from guitu.exchange.packs.content import Amount
from guitu.exchange.packs.examples import CORRECTION, MONTH
from guitu.exchange.packs.making import STEPS
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.pack_since import Since
from guitu.store.packs import Fixed, Step
from guitu.store.units import NOWHERE, Unit
from guitu.web.background import Beat
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.pager.component import Pager
from guitu.web.components.periods.component import Periods
from guitu.web.components.periods.component import Step as PeriodStep
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.packs.build import page_of
from guitu.web.pages.packs.progress import page_of as making_page
from guitu.web.pages.packs.rows import columns
from guitu.web.pages.packs.shown import COLUMNS, NO_UNITS, Making, MakingPage, PacksPage
from guitu.web.pages.packs.work import Job

_UNIT: Final = Unit(2, "469023", "示例县", "county", 1, 2, ("46", "469023"), NOWHERE, None, None)
_OFFICES: Final = {"469023": "示例县"}
_AT: Final = datetime(2026, 11, 2, 9, 12, tzinfo=CHINA)
_CHIEF: Final = Actor("wang.jg", (Post("county_supervisor", "469023"),))
_CLERK: Final = Actor("li.xm", (Post("statistician", "469023"),))


def _fixed(*steps: Step, replaces: UUID | None = None, breaks: int = 0) -> Fixed:
    pack = CORRECTION if replaces else MONTH
    return Fixed(
        UUID(int=7),
        _UNIT,
        "month",
        pack.first,
        pack.last,
        pack.number,
        "li.xm",
        "469023",
        _AT,
        pack.seq,
        pack.known_at,
        pack.policy,
        pack.digest().hex(),
        breaks,
        {},
        "guitu 0.3.0; typst 0.15.2",
        replaces,
        pack.why,
        steps,
    )


_CHECKED: Final = Step("checked", "li.xm", "statistician", "469023", _AT)
_SIGNED: Final = Step("signed", "wang.jg", "county_supervisor", "469023", _AT)
_SENT: Final = Step("submitted", "li.xm", "statistician", "469023", _AT)
_BACK: Final = Step(
    "returned", "zhao.m", "provincial_supervisor", "46", _AT, "移交逾期 4 人与台账 6 人不符，请核对。"
)
_SINCE: Final = Since({"order": 2, "urine_test": 5}, {"order": 1}, {})
_CHANGED: Final = (
    Changed(
        "flow.closing",
        Label("期末在册", "Closing"),
        "person",
        Amount("346", n=346),
        Amount("348", n=348),
        (Cause("late", WHYS["late"].fill(n=2)), Cause("corrected", WHYS["corrected"].fill(n=1))),
    ),
    Changed(
        "contacts.on_time",
        Label("按期见面率", "Seen on time"),
        "percent",
        Amount("91.23", 312, 342),
        Amount("90.06", 308, 342),
        (Cause("definition", WHYS["definition"].fill(was=1, now=2)),),
    ),
)
_PERIODS: Final = Periods(
    Label("2026年10月", "October 2026"),
    (
        PeriodStep(Label("月", "Month"), "#", here=True),
        PeriodStep(Label("季", "Quarter"), "#"),
        PeriodStep(Label("年", "Year"), "#"),
    ),
    PeriodStep(Label("2026年9月", "September 2026"), "#"),
    PeriodStep(Label("2026年11月", "November 2026")),
    "2026-10",
    "#",
)


def _row(name: str, word: Word, number: str = "—", closing: str = "—", last: Label | str = "—") -> Row:
    cell = Cell(name, href="#") if number != "—" else name
    return Row((cell, Cell(part=word), number, closing, last))


_LIST: Final = PacksPage(
    "示例县",
    _PERIODS,
    Label(
        "2026年10月 月调度：应报 3 个单位，已报送 1",
        "Monthly dispatch, October 2026: 1 of 3 units have submitted theirs",
    ),
    Table(
        Label("各单位", "Units"),
        COLUMNS,
        (
            _row("示例县", Word("open", Label("未汇总", "Not yet"))),
            _row(
                "河西镇",
                Word("done", Label("已报送", "Submitted")),
                "469023100-202610-1",
                "128",
                Label("2026-11-02 已报送 li.xm", "2026-11-02 submitted, li.xm"),
            ),
            _row(
                "东坡镇",
                Word("gap", Label("已退回", "Returned")),
                "469023101-202610-1",
                "96",
                Label("2026-11-02 已退回 wang.jg", "2026-11-02 returned, wang.jg"),
            ),
        ),
    ),
    Making(
        Label(
            "2026年10月的月调度由系统从记录汇总，不手填。",
            "It is put together from the records, never typed.",
        ),
        Button(Label("汇总并定稿", "Put together and fix"), look="primary"),
        (("kind", "month"), ("period", "2026-10")),
    ),
)
assert _LIST.table is not None
_QUERY: Final = (("kind", "month"), ("period", "2026-10"), ("sort", "state"))
_PAGED: Final = replace(
    _LIST.table,
    columns=columns(_QUERY[:2], "state", down=False),
    counts=(Label("共 43 行", "43 rows"), Label("第 21–40 条", "rows 21–40")),
    pager=Pager(2, 20, 43, _QUERY, "/packs/"),
)
_NONE_YET: Final = Label(
    "还没有算过指标；请运行 guitu indicators refresh",
    "no figures have been worked out yet; run guitu indicators refresh",
)


def _still(page: MakingPage) -> MakingPage:
    """Nobody works on it: it must stand still."""
    assert page.progress is not None
    return replace(page, progress=replace(page.progress, poll=""))


STATES: Final = (
    State("list", Label("一期", "A period"), _LIST),
    State(
        "early",
        Label("还没到", "Too early"),
        replace(
            _LIST,
            table=None,
            making=None,
            empty=Empty(Label("2026-11-25 起可生成。", "Available from 2026-11-25 on.")),
        ),
    ),
    State(
        "paged",
        Label("多页，按状态排序", "Several pages, by state"),
        replace(_LIST, table=_PAGED, making=None),
    ),
    State(
        "no_units",
        Label("不单独出月报", "None of its own"),
        replace(_LIST, table=None, making=None, empty=Empty(NO_UNITS)),
    ),
    State(
        "not_made",
        Label("没有做成", "Not made"),
        replace(
            _LIST,
            summary=ErrorSummary((Fault(_NONE_YET, ""),)),
        ),
    ),
    State(
        "under_way",
        Label("正在汇总", "Under way"),
        _still(making_page(_UNIT, MONTH.period, Job("0"), Beat(4, STEPS, 3.0, 0.0), prepares=True)),
    ),
    State(
        "cut_short",
        Label("没有做完", "Not finished"),
        making_page(_UNIT, MONTH.period, Job("0"), None, prepares=True),
    ),
    State(
        "failed",
        Label("没有汇总成", "Failed"),
        making_page(
            _UNIT, MONTH.period, Job("0", "failed", UUID(int=5), said=_NONE_YET), None, prepares=True
        ),
    ),
    State("to_check", Label("待核对", "To be checked"), page_of(_fixed(), MONTH, _CLERK, Since(), _OFFICES)),
    State(
        "to_sign",
        Label("待审签", "To be signed"),
        page_of(_fixed(_CHECKED), MONTH, _CHIEF, Since(), _OFFICES),
    ),
    State(
        "own_check",
        Label("核对的人不能审签", "Who checked does not sign"),
        page_of(_fixed(_CHECKED), MONTH, _CLERK, Since(), _OFFICES),
    ),
    State(
        "sent_and_changed",
        Label("已报送，有变动", "Submitted, something came after"),
        page_of(_fixed(_CHECKED, _SIGNED, _SENT), MONTH, _CHIEF, _SINCE, _OFFICES),
    ),
    State(
        "recounted",
        Label("逐项核对变动", "What changed and why"),
        page_of(_fixed(_CHECKED, _SIGNED, _SENT), MONTH, _CHIEF, _SINCE, _OFFICES, changed=_CHANGED),
    ),
    State(
        "returned",
        Label("已退回", "Returned"),
        page_of(_fixed(_CHECKED, _SIGNED, _BACK), MONTH, _CLERK, Since(), _OFFICES),
    ),
    State(
        "correction",
        Label("更正报", "A correction"),
        page_of(_fixed(replaces=UUID(int=5)), CORRECTION, _CLERK, Since(), _OFFICES),
    ),
    State(
        "no_reason",
        Label("退回没写原因", "Returned without a reason"),
        page_of(
            _fixed(_CHECKED),
            MONTH,
            _CHIEF,
            Since(),
            _OFFICES,
            error=Label("请写明退回原因。", "Say why it is returned."),
            summary=ErrorSummary((Fault(Label("请写明退回原因。", "Say why it is returned."), "f-reason"),)),
        ),
    ),
)
