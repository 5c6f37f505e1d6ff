"""The classes of the centre, and one of them: who is on its list, what was held."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.centre import classes
from guitu.centre.classes import Course
from guitu.kernel.labels import Label, spanned
from guitu.store.centre import learning
from guitu.store.centre.learning import Catalogue, Member
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.days import WEEKDAYS, with_weekday
from guitu.web.inside.asked import Inside, inside, nowhere
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.education.saved import saved_notice
from guitu.web.pages.education.words import (
    ROOT,
    SORTS,
    TITLE,
    WHY_LEFT,
    course_at,
    crumbs,
    time_of,
)
from guitu.web.unchanged import while_unchanged

RECENT: Final = timedelta(days=35)


@shows("education")
@while_unchanged()
def courses(request: HttpRequest) -> HttpResponse:
    """Every class of the centre, those that run first."""
    asked = inside(request)
    if asked is None:
        return nowhere(request, TITLE)
    known = learning.catalogue(asked.centre)
    some = sorted(
        known.courses.values(), key=lambda c: (not c.runs(asked.today), -c.first.toordinal(), c.title)
    )
    running = sum(c.runs(asked.today) for c in some)
    rows = tuple(
        Row(
            (
                Cell(c.title, course_at(c.id)),
                Cell(SORTS.get(c.sort, c.sort)),
                Cell(spanned(c.first, c.last)),
                Cell(str(c.hours) if c.hours else "—"),
                Cell(c.school or c.teacher or "—"),
                Cell(part=_state(c, asked.today)),
            )
        )
        for c in some
    )
    new = Button(Label("开新班", "Open a class"), href=f"{ROOT}courses/new/", look="primary")
    table = Table(
        Label("教学班", "Classes"),
        (
            Column(Label("班名", "Name"), phone="lead"),
            Column(Label("类别", "Sort")),
            Column(Label("起止", "From and until")),
            Column(Label("学时", "Hours"), numeric=True),
            Column(Label("学校或者教员", "School or teacher")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        rows,
        (Label(f"共 {len(some)} 个", f"{len(some)} in all"),),
        empty=None if rows else Empty(Label("还没有开班。", "No class has been opened yet."), (new,)),
    )
    return show(
        request,
        Board(
            Label("教学班", "Classes"),
            Label(
                f"{asked.centre.name}：{running} 个班在上", f"{asked.centre.name}: {running} classes running"
            ),
            (Section("all", Label("全部", "All"), table),),
            crumbs(Crumb(Label("教学班", "Classes"))),
            (new,) if rows else (),
            saved_notice(asked),
        ),
    )


def _state(course: Course, on: date) -> Word:
    if course.first > on:
        return Word("open", Label("未开班", "Not begun"))
    return (
        Word("done", Label("已结束", "Ended"))
        if not course.runs(on)
        else Word("today", Label("在上", "Running"))
    )


def course_of(asked: Inside, known: Catalogue, identifier: UUID) -> Course:
    """The class of that id in this centre."""
    course = known.courses.get(identifier)
    if course is None:
        raise Http404(str(identifier))
    return course


@shows("education")
@while_unchanged()
def course(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One class: what it is, when it meets, who is on the list, what was held."""
    asked = inside(request)
    if asked is None:
        raise Http404(str(identifier))
    known = learning.catalogue(asked.centre)
    one = course_of(asked, known, identifier)
    people = learning.members(one, asked.actor, asked.now, granted=asked.reader.granted)
    now = [m for m in people if m.place.on(asked.today)]
    asked.list_noted([m.person for m in people], "class list")
    held = [r for r in learning.registers(asked.centre, one.first, asked.today) if r.course == one.id]
    at = course_at(one.id)
    taught = classes.taught(held)
    rate = sum(r.present for r in held), sum(r.enrolled for r in held)
    facts = (
        Fact(Label("类别", "Sort"), SORTS.get(one.sort, one.sort)),
        Fact(Label("起止", "From and until"), spanned(one.first, one.last)),
        Fact(
            Label("已上", "Held"),
            Label(f"{taught}/{one.hours or '—'} 学时", f"{taught}/{one.hours or '—'} hours"),
        ),
        Fact(Label("到课率", "Attendance"), share(*rate)),
        Fact(Label("合作学校", "School"), one.school or "—"),
        Fact(Label("教员、教室", "Teacher, room"), " · ".join(filter(None, (one.teacher, one.room))) or "—"),
        Fact(
            Label("名额", "Places"),
            Label(f"{len(now)}/{one.capacity or '—'} 人", f"{len(now)}/{one.capacity or '—'} persons"),
        ),
    )
    sections = (
        Section(
            "facts",
            Label("教学班", "Class"),
            facts=facts,
            buttons=(Button(Label("更正", "Correct"), href=f"{at}correct/", look="small"),),
        ),
        Section(
            "slots",
            Label("每周上课", "Weekly hours"),
            _slots(known, one),
            buttons=(Button(Label("加一节", "Add a class"), href=f"{at}slots/new/"),),
        ),
        Section(
            "people",
            Label("名单", "List"),
            _people(one, people, asked.today),
            buttons=(
                Button(Label("编入名单", "Put people on it"), href=f"{at}people/"),
                *((Button(Label("登记离班", "Record leaving"), href=f"{at}leave/"),) if now else ()),
                *((Button(Label("登成绩", "Enter results"), href=f"{at}exam/"),) if people else ()),
                *(
                    (Button(Label("登证书", "Record certificates"), href=f"{at}certificates/"),)
                    if one.sort in classes.TRAINING and people
                    else ()
                ),
            ),
        ),
        Section(
            "held",
            Label("近五周上课", "Held in the last five weeks"),
            _held([r for r in held if r.day >= asked.today - RECENT]),
        ),
    )
    return show(
        request,
        Board(
            one.title,
            Label(
                f"现有 {len(now)} 人，已上 {len(held)} 节",
                f"{len(now)} on the list, {len(held)} classes held",
            ),
            sections,
            crumbs(Crumb(Label("教学班", "Classes"), f"{ROOT}courses/"), Crumb(one.title)),
            notices=saved_notice(asked),
        ),
    )


def share(over: int, under: int) -> Text:
    """87.5%（35/40）; — for none."""
    percent = f"{100 * over / under:.1f}%" if under else ""
    return Label(f"{percent}（{over}/{under}）", f"{percent} ({over}/{under})") if under else "—"


def _slots(known: Catalogue, one: Course) -> Table:
    rows = tuple(
        Row(
            (
                WEEKDAYS[s.weekday],
                time_of(s),
                s.room or "—",
                s.teacher or "—",
                spanned(s.first, s.last),
                Cell(
                    part=Button(
                        Label("撤销", "Withdraw"),
                        href=f"/units/{known.unit.code}/file/withdraw/{s.id}/",
                        look="small",
                        describes=f"{WEEKDAYS[s.weekday].zh} {time_of(s)}",
                    )
                ),
            )
        )
        for s in known.slots
        if s.course == one.id
    )
    return Table(
        Label("每周上课", "Weekly hours"),
        (
            Column(Label("星期", "Day"), phone="lead"),
            Column(Label("时间", "Time")),
            Column(Label("教室", "Room")),
            Column(Label("教员", "Teacher")),
            Column(Label("起止", "From and until")),
            Column(Label("撤销", "Withdraw"), phone="act", hide_label=True),
        ),
        rows,
        empty=None if rows else Empty(Label("还没有排课。", "No hours yet.")),
        id="slots-list",
        hide_caption=True,
    )


def _people(one: Course, people: tuple[Member, ...], on: date) -> Table:
    rows = []
    for member in people:
        missed = member.absences(one.id)
        without = sum(e.get("why") == "unexcused" for e in missed)
        place = member.place
        state = "" if place.on(on) else WHY_LEFT.get(place.why, Label("已离班", "Left"))
        rows.append(
            Row(
                (
                    Cell(member.person.name, f"{ROOT}people/{member.person.case_no}/"),
                    Cell(spanned(place.first, place.last), sub=state),
                    Cell(str(len(missed))),
                    Cell(str(without)),
                )
            )
        )
    return Table(
        Label("名单", "List"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("在班", "On the list")),
            Column(Label("缺课", "Absent"), numeric=True, unit=Label("节", "times")),
            Column(Label("其中无故", "No reason"), numeric=True, unit=Label("节", "times")),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 人", f"{len(rows)} persons"),),
        empty=None if rows else Empty(Label("名单上还没有人。", "Nobody is on the list yet.")),
        id="people-list",
    )


def _held(some: list[classes.Register]) -> Table:
    rows = tuple(
        Row(
            (with_weekday(r.day), r.starts, str(r.present), str(r.enrolled), str(r.excused), str(r.unexcused))
        )
        for r in reversed(some)
    )
    return Table(
        Label("上课", "Held"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("时间", "Time")),
            Column(Label("实到", "Present"), numeric=True),
            Column(Label("应到", "On the list"), numeric=True),
            Column(Label("因故", "Excused"), numeric=True),
            Column(Label("无故", "No reason"), numeric=True),
        ),
        rows,
        empty=None if rows else Empty(Label("近五周没有上课。", "No class in the last five weeks.")),
        id="held-list",
        hide_caption=True,
    )
