"""Opening a class, its weekly hours, who comes onto the list and who leaves it. Each form is handed to
the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Value
from guitu.centre import classes, times
from guitu.centre.classes import WEEKDAYS, Course, Slot
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre import learning
from guitu.store.centre.learning import Catalogue
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.inside.asked import ID, Inside, derived, inside
from guitu.web.inside.shown import NAME, NUMBER, Box, Form, Line, Sheet
from guitu.web.page import show, shows
from guitu.web.pages.education.courses import course_of
from guitu.web.pages.education.exams import names_centre
from guitu.web.pages.education.words import (
    CANCEL,
    ROOT,
    SAVE,
    WHY_LEFT,
    course_at,
    course_crumb,
    crumbs,
)
from guitu.web.pages.record import day as typed_day
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers
from guitu.web.unchanged import while_unchanged

MOST_LINES: Final = 400
"""People shown at once to choose from; a brigade has fewer."""


def _asked(request: HttpRequest, what: object = "") -> Inside:
    asked = inside(request)
    if asked is None:
        raise Http404(str(what))
    return asked


@shows("education")
def new_course(request: HttpRequest) -> HttpResponse:
    """Opening a class."""
    asked = _asked(request)
    return _course_form(asked, None)


@shows("education")
def correct_course(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The same form with what was recorded; its last day is said here too."""
    asked = _asked(request, identifier)
    known = learning.catalogue(asked.centre)
    course_of(asked, known, identifier)
    standing = classes.standing(known.entries, identifier)
    return _course_form(asked, standing, identifier)


def _course_form(asked: Inside, target: Entry | None, root: UUID | None = None) -> HttpResponse:
    kind = kinds()["course"]
    identifier = asked.identifier()
    corrects = target is not None
    first = form.typed_of(target) if target else Answers({form.DAY: asked.today.isoformat()}, asked.today)
    summary: ErrorSummary | None = None
    answers = first
    if asked.request.method == "POST":
        answers = form.read(kind, asked.request.POST, asked.today, corrects=corrects)
        brought = target.get("course_id") if target else None
        answers = replace(answers, fields={**answers.fields, "course_id": brought})
        answers = _course_faults(answers, asked.centre.name)
        if not answers.faults:
            assert answers.happened_on is not None
            entry = asked.work_entry(
                "course",
                answers.happened_on,
                answers.fields,
                identifier,
                corrects=target.id if target else None,
                reason=answers.reason,
            )
            summary = asked.record([entry])
            if summary is None:
                return HttpResponseRedirect(f"{course_at(root or identifier)}?saved=course")
    title = Label("开新班", "Open a class") if target is None else Label("更正教学班", "Correct the class")
    page = Form(
        title,
        asked.centre.name,
        f"{course_at(root)}correct/" if root else f"{ROOT}courses/new/",
        form.fields_of(kind, answers, corrects=corrects, focus="" if corrects else "title"),
        ((ID, str(identifier)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=course_at(root) if root else f"{ROOT}courses/", look="link"),
        crumbs(Crumb(Label("教学班", "Classes"), f"{ROOT}courses/"), Crumb(title)),
        summary or form.summary(kind, answers),
    )
    return show(asked.request, page, status=422 if page.summary else 200)


def _course_faults(answers: Answers, centre: str) -> Answers:
    """What one question alone does not show: a class that ends before it begins, a school class without a
    school, whose certificates could bear no name."""
    first, last = answers.fields.get("first"), answers.fields.get("until")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        answers = answers.with_fault(
            "until", Label("结束日期早于开班日期", "The last day is before the first day")
        )
    if answers.fields.get("sort") in classes.TRAINING and not answers.fields.get("school"):
        answers = answers.with_fault(
            "school",
            Label(
                "职业技能班和职教班要写合作学校或者机构：证书上写它，不写戒毒所",
                "A vocational class needs its school: the certificates bear it, never the centre",
            ),
        )
    for name in ("title", "school"):
        if answers.fields.get("sort") in classes.TRAINING and names_centre(
            str(answers.fields.get(name) or ""), centre
        ):
            answers = answers.with_fault(
                name,
                Label(
                    "班名和学校会写在证书上，不要写戒毒所",
                    "Name and school stand on the certificates: the centre must not be in them",
                ),
            )
    return answers


@shows("education")
def new_slot(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """A weekly hour of a class; refused with what clashes."""
    asked = _asked(request, identifier)
    known = learning.catalogue(asked.centre)
    one = course_of(asked, known, identifier)
    kind = kinds()["course_slot"]
    typed = {
        "course_id": str(one.id),
        form.DAY: asked.today.isoformat(),
        "room": one.room,
        "teacher": one.teacher,
        "since": max(one.first, asked.today).isoformat(),
    }
    answers = Answers(typed, asked.today, {"since": max(one.first, asked.today)})
    entry_id = asked.identifier()
    summary: ErrorSummary | None = None
    if request.method == "POST":
        sent = {**request.POST.dict(), "course_id": str(one.id)}
        answers = form.read(kind, sent, asked.today)
        answers = _slot_faults(asked, known, one, answers, entry_id)
        if not answers.faults:
            assert answers.happened_on is not None
            summary = asked.record(
                [asked.work_entry("course_slot", answers.happened_on, _slot_fields(answers), entry_id)]
            )
            if summary is None:
                return HttpResponseRedirect(f"{course_at(one.id)}?saved=slot")
    page = Form(
        Label("加一节课", "Add a weekly class"),
        one.title,
        f"{course_at(one.id)}slots/new/",
        form.fields_of(kind, answers, focus="weekday"),
        ((ID, str(entry_id)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=course_at(one.id), look="link"),
        crumbs(*course_crumb(one), Crumb(Label("加一节课", "Add a weekly class"))),
        summary or form.summary(kind, answers),
    )
    return show(request, page, status=422 if page.summary else 200)


def _slot_fields(answers: Answers) -> Mapping[str, Value]:
    """The times as they are kept: 08:30."""
    fields = dict(answers.fields)
    for name in ("starts", "ends"):
        minutes = times.minutes_of(fields.get(name))
        if minutes is not None:
            fields[name] = times.clock(minutes)
    return fields


def _slot_faults(asked: Inside, known: Catalogue, one: Course, answers: Answers, identifier: UUID) -> Answers:
    fields = answers.fields
    minutes = {}
    for name, zh, en in (("starts", "开始时间", "Begins"), ("ends", "结束时间", "Ends")):
        if fields.get(name):
            minutes[name] = times.minutes_of(fields[name])
            if minutes[name] is None:
                answers = answers.with_fault(name, Label(f"{zh}请写成 08:30", f"{en}: write it like 08:30"))
    starts, ends = minutes.get("starts"), minutes.get("ends")
    if starts is not None and ends is not None and ends <= starts:
        answers = answers.with_fault("ends", Label("结束早于开始", "It ends before it begins"))
    if answers.faults or starts is None or ends is None:
        return answers
    since, until = fields.get("since"), fields.get("until")
    new = Slot(
        identifier,
        one.id,
        WEEKDAYS.index(str(fields["weekday"])),
        starts,
        ends,
        max(since if isinstance(since, date) else asked.today, one.first),
        min(filter(None, (until if isinstance(until, date) else None, one.last)), default=None),
        str(fields.get("room") or one.room),
        str(fields.get("teacher") or one.teacher),
    )
    people = learning.members(one, asked.actor, asked.now, asked.today, granted=asked.reader.granted)
    told = classes.clashes(new, known.slots, known.courses, learning.shared(one, people, asked.today))
    for n, sentence in enumerate(told):
        answers = answers.with_fault(f"#{n}", sentence)
    return answers


@shows("education")
@while_unchanged()
def enrol(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Putting people of one brigade on the list."""
    asked = _asked(request, identifier)
    known = learning.catalogue(asked.centre)
    one = course_of(asked, known, identifier)
    brigades = asked.brigades
    chosen = asked.brigade(asked.asked.get("brigade", "")) or (brigades[0] if brigades else None)
    if chosen is None:
        raise Http404("no brigade")
    there = {
        m.person.id
        for m in learning.members(one, asked.actor, asked.now, granted=asked.reader.granted)
        if m.place.on(asked.today)
    }
    people = [p for p in asked.residents(classes.PERSON_KINDS, chosen) if p.id not in there][:MOST_LINES]
    entry_id = asked.identifier()
    typed = asked.asked.get("happened_on", asked.today.isoformat())
    summary: ErrorSummary | None = None
    if request.method == "POST":
        ticked = [p for p in people if request.POST.get(f"p{p.no}") == "yes"]
        on = typed_day.read(typed, asked.today)
        faults = []
        if not isinstance(on, date):
            faults.append(Fault(on or Label("请填写编班日期", "Enter the day"), "f-happened_on"))
        if not ticked:
            faults.append(Fault(Label("没有选人", "Nobody was chosen")))
        if one.capacity and len(there) + len(ticked) > one.capacity:
            faults.append(
                Fault(
                    Label(
                        f"名额 {one.capacity} 人，已有 {len(there)} 人，又选了 {len(ticked)} 人",
                        f"{one.capacity} places, {len(there)} on the list, {len(ticked)} more chosen",
                    )
                )
            )
        summary = ErrorSummary(tuple(faults)) if faults else None
        if summary is None:
            assert isinstance(on, date)
            entries = [
                asked.entry(p.id, one.enrols, on, _enrolment(one), derived(entry_id, str(p.id)))
                for p in ticked
            ]
            summary = asked.record(entries, ticked)
            if summary is None:
                return HttpResponseRedirect(f"{course_at(one.id)}?saved=people")
    asked.list_noted(people, "enrol")
    page = Sheet(
        Label("编入名单", "Put people on the list"),
        one.title,
        f"{course_at(one.id)}people/",
        (NUMBER, NAME, Label("文化程度", "Schooling"), Label("编入", "Put on it")),
        tuple(
            Line(
                str(n),
                p.name,
                f"{ROOT}people/{p.case_no}/",
                (
                    Box(
                        f"p{p.no}",
                        Label(f"编入：{p.name}", f"Put on it: {p.name}"),
                        "tick",
                        asked.asked.get(f"p{p.no}", ""),
                    ),
                ),
                p.case_no,
                (_literacy(p.entries),),
            )
            for n, p in enumerate(people, 1)
        ),
        ((ID, str(entry_id)), ("brigade", chosen.code)),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=course_at(one.id), look="link"),
        Label(
            f"{asked.short(chosen)}：{len(people)} 人不在名单上",
            f"{asked.short(chosen)}: {len(people)} are not on the list",
        ),
        crumbs(*course_crumb(one), Crumb(Label("编入名单", "Put people on it"))),
        (Field("happened_on", Label("编班日期", "From"), "day", value=typed, hint=typed_day.HINT),),
        summary,
        empty=None if people else Empty(Label("这个大队没有可编入的人。", "Nobody of this brigade is left.")),
        links=tuple(_brigade_link(asked, one, b, chosen) for b in brigades),
    )
    return show(request, page, status=422 if summary else 200)


def _enrolment(one: Course) -> dict[str, Value]:
    told: dict[str, Value] = {"subject": one.title, "course_id": str(one.id)}
    if one.sort in classes.TRAINING:
        return {**told, "course": classes.TRAINING[one.sort]}
    return {**told, "sort": one.sort}


def _brigade_link(asked: Inside, one: Course, brigade: Unit, chosen: Unit) -> Button:
    return Button(
        asked.short(brigade),
        href=f"{course_at(one.id)}people/?brigade={brigade.code}",
        look="small",
        extra={"aria-current": "true"} if brigade.code == chosen.code else {},
    )


def _literacy(entries: tuple[Entry, ...]) -> Label | str:
    last = None
    for _, entry in classes.counted(entries):
        if entry.kind == "literacy_level":
            last = entry.get("level")
    found = kinds()["literacy_level"].ask("level").choice(last) if last else None
    return found.label if found else "—"


@shows("education")
@while_unchanged()
def leave(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Who leaves the list, when and why: one box for each."""
    asked = _asked(request, identifier)
    known = learning.catalogue(asked.centre)
    one = course_of(asked, known, identifier)
    people = [
        m
        for m in learning.members(one, asked.actor, asked.now, granted=asked.reader.granted)
        if m.place.on(asked.today)
    ]
    entry_id = asked.identifier()
    typed = asked.asked.get("happened_on", asked.today.isoformat())
    summary: ErrorSummary | None = None
    if request.method == "POST":
        chosen = [(m, request.POST.get(f"p{m.person.no}", "")) for m in people]
        going = [(m, why) for m, why in chosen if why in WHY_LEFT]
        on = typed_day.read(typed, asked.today)
        faults = []
        if not isinstance(on, date):
            faults.append(Fault(on or Label("请填写最后一日", "Enter the last day"), "f-happened_on"))
        elif early := [m.person.name for m, _ in going if m.place.first > on]:
            faults.append(
                Fault(
                    Label(f"{early[0]} 那时还没有编入", f"{early[0]} was not on the list then"),
                    "f-happened_on",
                )
            )
        if not going:
            faults.append(Fault(Label("没有选人", "Nobody was chosen")))
        summary = ErrorSummary(tuple(faults)) if faults else None
        if summary is None:
            assert isinstance(on, date)
            entries = [
                asked.entry(
                    m.person.id,
                    "course_left",
                    on,
                    {"sort": one.sort, "why": why, "course_id": str(one.id)},
                    derived(entry_id, str(m.person.id)),
                )
                for m, why in going
            ]
            summary = asked.record(entries, [m.person for m, _ in going])
            if summary is None:
                return HttpResponseRedirect(f"{course_at(one.id)}?saved=left")
    asked.list_noted([m.person for m in people], "leave class")
    options = (Option("", Label("在班", "Stays")), *(Option(k, v) for k, v in WHY_LEFT.items()))
    page = Sheet(
        Label("登记离班", "Record leaving"),
        one.title,
        f"{course_at(one.id)}leave/",
        (NUMBER, NAME, Label("离班原因", "Why they leave")),
        tuple(
            Line(
                str(n),
                m.person.name,
                f"{ROOT}people/{m.person.case_no}/",
                (
                    Box(
                        f"p{m.person.no}",
                        Label(f"离班：{m.person.name}", f"Leaves: {m.person.name}"),
                        "choice",
                        asked.asked.get(f"p{m.person.no}", ""),
                        options,
                    ),
                ),
                str(m.place.first),
            )
            for n, m in enumerate(people, 1)
        ),
        ((ID, str(entry_id)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=course_at(one.id), look="link"),
        Label(f"名单上 {len(people)} 人", f"{len(people)} on the list"),
        crumbs(*course_crumb(one), Crumb(Label("登记离班", "Record leaving"))),
        (Field("happened_on", Label("最后一日", "Last day"), "day", value=typed, hint=typed_day.HINT),),
        summary,
        empty=None if people else Empty(Label("名单上没有人。", "Nobody is on the list.")),
    )
    return show(request, page, status=422 if summary else 200)
