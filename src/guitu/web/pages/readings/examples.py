"""The named states of the access log's pages, with invented people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.readings.reviews import GROUNDS, Review
from guitu.store.readings.seen import Line, PersonDay, Seen, SeenBy
from guitu.store.readings.unusual import Unusual
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.pages.readings import build
from guitu.web.pages.readings.build import Asked
from guitu.web.pages.readings.page import (
    AccountReadings,
    Export,
    FileReadings,
    MyReadings,
    Question,
    ReadingsPage,
)

CASE = "469023-2025-00017"
FILE = 17
DAY = date(2026, 11, 21)
DAYS = (DAY - date(1970, 1, 1)).days
AT = datetime(2026, 11, 21, 15, 2, 8, tzinfo=CHINA)
NAMES = {"li.xm": "李晓梅", "zhang.jb": "张建波", "wang.jg": "王建国"}
WHY = Label("本单位辖区内", "inside this unit's area")


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _group(
    who: str, days_ago: int, post: tuple[str, str], *, outside: bool = False, **counts: int
) -> PersonDay:
    at = AT - timedelta(days=days_ago)
    return PersonDay(
        who,
        (at.date() - date(1970, 1, 1)).days,
        _ms(at - timedelta(minutes=41)),
        _ms(at),
        [post],
        counts,
        outside,
    )


GROUPS = (
    _group("zhang.jb", 0, ("county_supervisor", "469024"), outside=True, open=1),
    _group("li.xm", 0, ("town_office", "469023101"), open=4, number=1, list=1),
    _group("wang.jg", 6, ("village_worker", "469023101200"), hit=1, open=2, record=1),
)
SEEN = SeenBy(GROUPS, 3, 13, 1, 3, 1, 1, {"open": 7, "number": 1, "list": 1, "hit": 1, "record": 1},
              {"469024": 1, "469023101": 6, "469023101200": 4})  # fmt: skip


def _line(second: int, what: str, files: tuple[int, ...] = (FILE,), shown: int = 1, **more: Any) -> Line:
    line = Line(
        3, 41 - second, AT - timedelta(seconds=second), "li.xm", "town_office", "469023101", what, False,
        files, shown, ("identity", "legal"), WHY, "casework", "10.12.0.7", "tab=main",
    )  # fmt: skip
    return replace(line, **more)


LINES = (_line(0, "open"), _line(40, "number", compartments=("identity",)), _line(95, "open"))


def _export(summary: ErrorSummary | None = None) -> Export:
    wanted = Label("请选导出的理由", "Choose why it is taken along")
    return Export("#", build.reason_field(error=wanted if summary else ""), (), summary)


def _file(found: SeenBy = SEEN, *, lines: bool = False, summary: ErrorSummary | None = None) -> FileReadings:
    asked = Asked(who="li.xm", day=DAY) if lines else Asked()
    asked_about = {(FILE, "zhang.jb", DAY): Review(FILE, "zhang.jb", DAY, "ask", "", "audit", AT)}
    return FileReadings(
        CASE,
        build.summary(found, "90"),
        build.filters(asked, "#", found.by_what, {}),
        build.file_table(asked, "#", FILE, found, NAMES, asked_about, reviewer=True, size=20),
        "#",
        _export(summary),
        Button(Label("打开档案", "Open the file"), href="#"),
        build.lines_table(LINES, "李晓梅", DAY) if lines else None,
    )


def _front(found: tuple[Unusual, ...], notices: tuple[Notice, ...] = ()) -> ReadingsPage:
    return ReadingsPage(
        "示例县",
        Label(
            f"最近 7 天有 {len(found)} 项，待核 {len(found)} 项", f"Last 7 days: {len(found)}, all to review"
        ),
        "nobody" if notices else "",
        build.unusual_filters("7", every=False, reviewed=0),
        build.unusual_table(found, {}, NAMES, {FILE: CASE}, Pager(1, 20, len(found), (), "/readings/")),
        build.rule_lines(),
        "#",
        notices,
    )


UNUSUAL = (
    Unusual("zhang.jb", "county_supervisor", "469024", DAY, FILE, AT, 1, [
        ("outside", Label("读者在邻县，档案现由西坡村负责；七日内没有登记",
                          "the reader is at the next county, the file is now with Xipo village;"
                          " nothing was recorded within seven days")),
        ("many_readers", Label("期间有 9 个账号打开过这份档案，最近一个如左",
                               "9 accounts opened this file in the period; this is the latest")),
    ]),
    Unusual("li.xm", "town_office", "469023101", DAY, 0, AT, 96, [
        ("many_files", Label("一日内打开 96 份档案", "opened 96 files in one day")),
    ]),
)  # fmt: skip

NOT_FOUND = Notice(
    "gap",
    Label("没有找到“nobody”的查阅记录", "No readings of “nobody”"),
    Label(
        "请填完整的档案号或账号；不在本单位辖区内的不显示。",
        "Type a whole case number or account; what lies outside your area is not shown.",
    ),
)

ACCOUNT = Seen(
    (*LINES, _line(300, "list", (21, 22), 20), _line(900, "admin", (), 0, detail="password")), 5, 1
)


def _account() -> AccountReadings:
    return AccountReadings(
        "李晓梅",
        "li.xm",
        Label("最近 90 天 5 条", "Last 90 days: 5"),
        build.filters(Asked(account="li.xm"), "#", {"open": 2, "number": 1}, {}),
        build.account_table(Asked(), "#", ACCOUNT, {FILE: CASE}, size=20),
        _export(),
    )


def _mine(*, asked: bool) -> MyReadings:
    told = Label(
        "审计人员询问：2026-11-21 查阅这份档案，是为了什么？",
        "The auditor asks: what was this file read for on 2026-11-21?",
    )
    options = tuple(Option(name, label) for name, label in GROUNDS.items())
    field = Field("ground-0", Label("答复", "Answer"), "choice", options=options)
    return MyReadings(
        Label("最近 30 天，本账号看过的", "What this account has read in the last 30 days"),
        (Question(FILE, CASE, "2026-11-21", told, field),) if asked else (),
        build.account_table(Asked(), "#", ACCOUNT, {FILE: CASE}, size=20, linked=False),
    )


def page_in_state(name: str) -> Any:
    """The page in that named state."""
    wanted = ErrorSummary((Fault(Label("请选导出的理由", "Choose why it is taken along"), "f-reason"),))
    return {
        "unusual": lambda: _front(UNUSUAL),
        "nothing_unusual": lambda: _front(()),
        "not_found": lambda: _front(UNUSUAL, (NOT_FOUND,)),
        "file": _file,
        "file_lines": lambda: _file(lines=True),
        "file_nobody": lambda: _file(SeenBy((), 0, 0, 0, 0, 0, 1)),
        "no_reason": lambda: _file(summary=wanted),
        "account": _account,
        "mine": lambda: _mine(asked=False),
        "asked": lambda: _mine(asked=True),
    }[name]()
