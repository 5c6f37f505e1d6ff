"""The brigades of a post, and the day of one. Collects, and decides nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu import access
from guitu.centre import times, timetable
from guitu.centre.roll import counts
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre import brigade, rolls
from guitu.store.centre.brigade import Member
from guitu.store.centre.rolls import Roll
from guitu.store.units import Unit
from guitu.web import clock as web_clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.days import in_words
from guitu.web.noted import noted_list
from guitu.web.page import show, shows
from guitu.web.pages.daily import day_build, plan_build
from guitu.web.pages.daily.desk import Desk, brigades, reader_of
from guitu.web.pages.daily.shown import BoardPage, Section
from guitu.web.unchanged import while_unchanged

PEOPLE: Final = Label("人", "people")
ON_THE_DAY: Final = (
    "roll_exception",
    "conduct_note",
    "conduct_review",
)


@shows("daily")
@while_unchanged(minutely=True)
def home(request: HttpRequest) -> HttpResponse:
    """The brigades of the post; a post that has one goes straight to its day."""
    reader, unit = reader_of(request)
    some = brigades(unit)
    if len(some) == 1:
        return _day(Desk(request, some[0].code))
    today = web_clock.today()
    lines = [(one, *_numbers(reader.actor, one, today)) for one in some]
    people = [member for _, members, _ in lines for member in members]
    noted_list(request, "list", people, unit, "daily brigades")
    missing = sum(1 for member in people if member.missing)
    lead = Label(
        f"{in_words(today).zh} · 在册 {len(people)} 人，点名不明 {missing} 人",
        f"{in_words(today).en} · {len(people)} people, {missing} missing at a roll",
    )
    tabs = None
    if access.may_see_page(reader.actor, "daily_box").allowed:
        here = Tab(Label("大队", "Brigades"), "/daily/", here=True)
        box = Tab(Label("意见箱", "Complaints box"), "/daily/box/")
        tabs = Tabs((here, box), Label("大队日常", "Brigade's day"))
    section = Section("brigades", Label("各大队", "Each brigade"), table=_table(lines))
    return show(request, BoardPage(Label("大队日常", "Brigade's day"), lead, (section,), tabs))


def _numbers(actor: access.Actor, unit: Unit, on: date) -> tuple[tuple[Member, ...], tuple[Roll, ...]]:
    return brigade.members(actor, unit, on), rolls.held(rolls.lately(unit, on), on)


def _table(lines: list[tuple[Unit, tuple[Member, ...], tuple[Roll, ...]]]) -> Table:
    rows = []
    for unit, members, held in lines:
        missing = sum(1 for member in members if member.missing)
        word = (
            Word("late", Label(f"{missing} 人不明", f"{missing} missing"))
            if missing
            else Word("done", Label("无", "None"))
        )
        last = f"{len(held)} · {times.clock(held[-1].at)}" if held else "0"
        rows.append(
            Row(
                (
                    Cell(unit.name, href=f"/daily/{unit.code}/"),
                    str(len(members)),
                    str(sum(1 for member in members if member.out)),
                    last,
                    Cell(part=word),
                )
            )
        )
    return Table(
        Label("大队", "Brigades"),
        (
            Column(Label("大队", "Brigade"), phone="lead"),
            Column(Label("在册", "On the list"), numeric=True, unit=PEOPLE),
            Column(Label("外出", "Out"), numeric=True, unit=PEOPLE),
            Column(Label("今日点名", "Rolls today")),
            Column(Label("不明", "Missing"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 个大队", f"{len(rows)} brigades"),),
        empty=Empty(Label("本单位没有大队。", "This unit has no brigades.")),
    )


@shows("daily")
@while_unchanged(minutely=True)
def day(request: HttpRequest, code: str) -> HttpResponse:
    """The day of one brigade."""
    return _day(Desk(request, code))


def _day(desk: Desk) -> HttpResponse:
    on = desk.on()
    members = desk.members(ON_THE_DAY, on=on)
    desk.note(members, "day")
    now = desk.minute if on == desk.today else timetable.DAY
    version = timetable.in_force(desk.file.counted(), on)
    sort, known = rolls.sort_of(on)
    slots = version.of(sort) if version else ()
    held = rolls.held(desk.file, on)
    around = brigade.around(desk.unit, on, slots)
    where = around.elsewhere(members, now)
    numbers = counts(
        [m.no for m in members],
        [m.no for m in members if m.out],
        {m.no: "missing" for m in members if m.missing},
        where,
    )
    page = BoardPage(
        desk.title(Label("大队日常", "Brigade's day")),
        day_build.lead(on, sort, numbers, timetable.now_and_next(slots, now))
        if on == desk.today
        else day_build.past(on, sort),
        (
            *day_build.missing(desk, members),
            day_build.rolls_of(desk, slots, held, on, now),
            *plan_build.plan(members, around, brigade.trained(desk.unit, on)),
            day_build.out(desk, members, on),
            *day_build.elsewhere(members, where),
            day_build.exceptions(members, on),
            *day_build.conduct(desk, members),
        ),
        desk.tabs(""),
        desk.days(on, ""),
        tuple(_notices(desk, version is not None, known, on)),
    )
    return show(desk.request, page)


def _notices(desk: Desk, planned: bool, known: bool, on: date) -> list[Notice]:
    found = []
    if (saved := desk.request.GET.get("saved", "")) and saved in kinds():
        label = kinds()[saved].label
        found.append(Notice("fresh", Label(f"已保存：{label.zh}", f"Saved: {label.en}")))
    if not planned:
        acts = (Button(Label("制定", "Draw one up"), href=desk.href("timetable/new"), look="small"),)
        found.append(
            Notice(
                "gap",
                Label(
                    "本大队还没有一日生活规范，不知道何时点名。",
                    "There is no timetable yet: when rolls are due is not known.",
                ),
                "",
                acts if desk.may("timetable") else (),
            )
        )
    if not known:
        found.append(
            Notice(
                "gap",
                Label(
                    f"{on.year}年的放假安排尚未收录，只按周六、周日为休息日。",
                    f"The holidays of {on.year} are not known here: only weekends were taken as days off.",
                ),
            )
        )
    return found
