"""The day and the week: what is taught when, and which registers are still to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guitu.centre import classes, times
from guitu.centre.classes import Slot
from guitu.kernel.labels import Label, listed
from guitu.store.centre import learning
from guitu.store.centre.learning import Catalogue
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.days import WEEKDAYS, with_weekday
from guitu.web.inside.asked import Inside, inside, nowhere
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.education.saved import saved_notice
from guitu.web.pages.education.words import (
    ROOT,
    SORTS,
    TITLE,
    course_at,
    crumbs,
    register_at,
    time_of,
)
from guitu.web.unchanged import while_unchanged

BACK: Final = timedelta(days=7)
"""So far back registers that were not filled in are asked for."""


def registers_by_slot(
    asked: Inside, first: date, last: date
) -> dict[tuple[UUID, date, str], classes.Register]:
    """What was held between two days: by class, day and time."""
    return {(r.course, r.day, r.starts): r for r in learning.registers(asked.centre, first, last)}


def _register_cell(asked: Inside, slot: Slot, on: date, held: classes.Register | None) -> Cell:
    href = register_at(slot.id, on)
    if held is not None:
        return Cell(
            Label(f"实到 {held.present}/{held.enrolled}", f"{held.present}/{held.enrolled} present"), href
        )
    if on > asked.today:
        return Cell(Label("未到", "Not yet"))
    return Cell(part=Button(Label("点名", "Register"), href=href, look="small", describes=time_of(slot)))


@shows("education")
@while_unchanged()
def day(request: HttpRequest) -> HttpResponse:
    """What is taught today, and which registers are still to fill in."""
    asked = inside(request)
    if asked is None:
        return nowhere(request, TITLE)
    known = learning.catalogue(asked.centre)
    on = asked.on
    held = registers_by_slot(asked, min(on, asked.today) - BACK, max(on, asked.today))
    slots = known.on(on)
    rows = tuple(
        Row(
            (
                Cell(time_of(slot)),
                Cell(
                    known.courses[slot.course].title,
                    course_at(slot.course),
                    sub=SORTS.get(known.courses[slot.course].sort, ""),
                ),
                Cell(slot.room or "—"),
                Cell(slot.teacher or "—"),
                _register_cell(asked, slot, on, held.get((slot.course, on, times.clock(slot.starts)))),
            )
        )
        for slot in slots
    )
    missing = [
        (back, slot)
        for n in range(1, BACK.days + 1)
        for back in (asked.today - timedelta(days=n),)
        for slot in known.on(back)
        if (slot.course, back, times.clock(slot.starts)) not in held
    ]
    filled = sum((s.course, on, times.clock(s.starts)) in held for s in slots)
    table = Table(
        with_weekday(on),
        (
            Column(Label("时间", "Time"), phone="lead"),
            Column(Label("教学班", "Class")),
            Column(Label("教室", "Room")),
            Column(Label("教员", "Teacher")),
            Column(Label("点名", "Register"), phone="act"),
        ),
        rows,
        (Label(f"{len(slots)} 节课", f"{len(slots)} classes"),),
        empty=None if rows else Empty(Label("这一天没有课。", "No class on this day.")),
        id="today",
    )
    sections = [
        Section("now", Label("课", "Classes"), table),
        Section(
            "other-day",
            Label("看另一天", "Another day"),
            on_paper=False,
            ask=Ask(
                ROOT,
                (Field("on", Label("日期", "Day"), "day", value=on.isoformat()),),
                Button(Label("看这一天", "Show this day")),
                method="get",
            ),
        ),
    ]
    if missing:
        sections.insert(
            1, Section("missing", Label("还没有点名", "No register yet"), _missing(known, missing))
        )
    return show(
        request,
        Board(
            TITLE,
            Label(
                f"{with_weekday(on).zh}：{len(slots)} 节课，已点名 {filled}"
                + (f"；过去 {BACK.days} 天还有 {len(missing)} 节没有点名" if missing else ""),
                f"{with_weekday(on).en}: {len(slots)} classes, {filled} registers filled in"
                + (f"; {len(missing)} of the last {BACK.days} days are missing" if missing else ""),
            ),
            tuple(sections),
            buttons=(
                Button(Label("教学班", "Classes"), href=f"{ROOT}courses/"),
                Button(Label("课程表", "Timetable"), href=f"{ROOT}timetable/"),
                Button(Label("入所教育", "Entry education"), href=f"{ROOT}entry/"),
                Button(Label("培训到就业", "From training to work"), href=f"{ROOT}funnel/"),
            ),
            notices=saved_notice(asked),
        ),
    )


def _missing(known: Catalogue, some: Iterable[tuple[date, Slot]]) -> Table:
    return Table(
        Label("补点名", "To fill in"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("时间", "Time")),
            Column(Label("教学班", "Class")),
            Column(Label("点名", "Register"), phone="act"),
        ),
        tuple(
            Row(
                (
                    Cell(with_weekday(on)),
                    Cell(time_of(slot)),
                    Cell(known.courses[slot.course].title),
                    Cell(
                        part=Button(
                            Label("补点名", "Fill in"),
                            href=register_at(slot.id, on),
                            look="small",
                            describes=f"{on} {known.courses[slot.course].title}",
                        )
                    ),
                )
            )
            for on, slot in some
        ),
        id="missing-list",
        hide_caption=True,
    )


@shows("education")
@while_unchanged()
def timetable(request: HttpRequest) -> HttpResponse:
    """The week as a table."""
    asked = inside(request)
    if asked is None:
        return nowhere(request, TITLE)
    known = learning.catalogue(asked.centre)
    monday = asked.on - timedelta(days=asked.on.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    week = {on: known.on(on) for on in days}
    hours = sorted({(s.starts, s.ends) for some in week.values() for s in some})
    rows = tuple(
        Row(
            (
                Cell(f"{times.clock(starts)}–{times.clock(ends)}"),
                *(
                    _week_cell(known, [s for s in week[on] if (s.starts, s.ends) == (starts, ends)])
                    for on in days
                ),
            )
        )
        for starts, ends in hours
    )
    lessons = sum(len(some) for some in week.values())
    table = Table(
        Label("课程表", "Timetable"),
        (
            Column(Label("时间", "Time"), phone="lead"),
            *(
                Column(
                    Label(
                        f"{WEEKDAYS[on.weekday()].zh} {on:%m-%d}", f"{WEEKDAYS[on.weekday()].en} {on:%m-%d}"
                    )
                )
                for on in days
            ),
        ),
        rows,
        (Label(f"{lessons} 节课", f"{lessons} classes"),),
        empty=None if rows else Empty(Label("这一周没有课。", "No class in this week.")),
        id="week",
        hide_caption=True,
    )
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    return show(
        request,
        Board(
            Label("课程表", "Timetable"),
            Label(
                f"{asked.centre.name} · {monday} ～ {days[-1]}：{lessons} 节课",
                f"{asked.centre.name} · {monday} – {days[-1]}: {lessons} classes",
            ),
            (Section("week-of", Label("一周", "The week"), table),),
            crumbs(Crumb(Label("课程表", "Timetable"))),
            (
                Button(Label("上一周", "Week before"), href=f"{ROOT}timetable/?on={before}"),
                Button(Label("下一周", "Week after"), href=f"{ROOT}timetable/?on={after}"),
                Button(Label("打印", "Print"), look="plain", extra={"data-print": True, "type": "button"}),
            ),
        ),
    )


def _week_cell(known: Catalogue, some: list[Slot]) -> Cell:
    if not some:
        return Cell("")
    names = listed(known.courses[s.course].title for s in some)
    where = listed(" ".join(filter(None, (s.room, s.teacher))) or "—" for s in some)
    return Cell(names, course_at(some[0].course) if len(some) == 1 else "", sub=where)
