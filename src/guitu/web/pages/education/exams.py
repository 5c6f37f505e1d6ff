"""Results of an examination, and certificates, for a whole class by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Value
from guitu.casefile.fields import read_decimal
from guitu.centre import classes
from guitu.centre.classes import Course
from guitu.kernel.labels import Label
from guitu.store.centre import learning
from guitu.store.centre.learning import Member
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.inside.asked import ID, Inside, derived, inside
from guitu.web.inside.shown import NAME, NUMBER, Box, Line, Sheet
from guitu.web.page import show, shows
from guitu.web.pages.education.courses import course_of
from guitu.web.pages.education.words import (
    CANCEL,
    RESULTS,
    ROOT,
    SAVE,
    course_at,
    course_crumb,
    crumbs,
)
from guitu.web.pages.record import day as typed_day
from guitu.web.unchanged import while_unchanged

PASS: Final = "pass"
USUAL_PASS: Final = "60"
MOST_MARKS: Final = Decimal(1000)
ABSENT: Final = frozenset({"x", "X", "×", "缺", "缺考"})
HINT: Final = Label(
    "每人写分数，缺考写 x，没有参加的空着；Enter 到下一人",
    "Marks for each; x for absent; empty if not entered; Enter goes on",
)


def _exam_of(course: Course) -> str:
    return course.examines


def sittings(member: Member, course: Course) -> tuple[Entry, ...]:
    """What this person's examinations in the course came to, in the order of days."""
    return tuple(
        e
        for _, e in classes.counted(member.person.entries)
        if e.kind == _exam_of(course) and e.get("course_id") == str(course.id)
    )


def certificate(member: Member, course: Course) -> Entry | None:
    """The certificate this person holds from the course."""
    return next(
        (
            e
            for _, e in classes.counted(member.person.entries)
            if e.kind == "training_certificate" and e.get("course_id") == str(course.id)
        ),
        None,
    )


def _open(request: HttpRequest, identifier: UUID) -> tuple[Inside, Course, tuple[Member, ...]]:
    asked = inside(request)
    if asked is None:
        raise Http404(str(identifier))
    known = learning.catalogue(asked.centre)
    one = course_of(asked, known, identifier)
    people = learning.members(one, asked.actor, asked.now, granted=asked.reader.granted)
    return asked, one, people


@shows("education")
@while_unchanged()
def exam(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Marks for a class on one day. Who has sat before sits again; who has passed is not asked for."""
    asked, one, people = _open(request, identifier)
    people = tuple(m for m in people if not any(e.get("result") == "passed" for e in sittings(m, one)))
    asked.list_noted([m.person for m in people], "examination")
    entry_id = asked.identifier()
    typed = asked.asked.get("happened_on", asked.today.isoformat())
    needed = asked.asked.get(PASS, USUAL_PASS)
    errors: dict[str, Label] = {}
    summary: ErrorSummary | None = None
    if request.method == "POST":
        entries, errors = _results(asked, one, people, entry_id, typed, needed)
        if not entries and not errors:
            errors[""] = Label("一个成绩也没有填", "No result was filled in")
        if errors:
            summary = ErrorSummary(
                tuple(Fault(text, f"f-{box}" if box else "") for box, text in errors.items())
            )
        else:
            summary = asked.record(entries, [m.person for m in people])
            if summary is None:
                return HttpResponseRedirect(f"{course_at(one.id)}?saved=exam")
    page = Sheet(
        Label(f"登成绩：{one.title}", f"Results: {one.title}"),
        HINT,
        f"{course_at(one.id)}exam/",
        (NUMBER, NAME, Label("以前", "Before"), Label("分数", "Marks")),
        tuple(
            Line(
                str(n),
                m.person.name,
                f"{ROOT}people/{m.person.case_no}/",
                (
                    Box(
                        f"p{m.person.no}",
                        Label(f"分数：{m.person.name}", f"Marks: {m.person.name}"),
                        "text",
                        asked.asked.get(f"p{m.person.no}", ""),
                        error=errors.get(f"p{m.person.no}", ""),
                    ),
                ),
                cells=(_before(sittings(m, one)),),
            )
            for n, m in enumerate(people, 1)
        ),
        ((ID, str(entry_id)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=course_at(one.id), look="link"),
        Label(f"{len(people)} 人还没有合格", f"{len(people)} have not passed yet"),
        crumbs(*course_crumb(one), Crumb(Label("登成绩", "Results"))),
        (
            Field(
                "happened_on",
                Label("考试日期", "Day of the examination"),
                "day",
                value=typed,
                hint=typed_day.HINT,
                error=errors.get("happened_on", ""),
            ),
            Field(
                PASS, Label("合格分数", "Marks to pass"), "decimal", value=needed, error=errors.get(PASS, "")
            ),
        ),
        summary,
        empty=None
        if people
        else Empty(
            Label(
                "名单上的人都已合格，或者名单上没有人。",
                "Everybody on the list has passed, or nobody is on it.",
            ),
            (Button(Label("回到教学班", "Back to the class"), href=course_at(one.id)),),
        ),
    )
    return show(request, page, status=422 if summary else 200)


def _before(some: Sequence[Entry]) -> Label | str:
    if not some:
        return "—"
    last = some[-1]
    result = RESULTS[str(last.get("result"))]
    marks = f" {last.get('score')}" if last.get("score") else ""
    return Label(f"{last.happened_on} {result.zh}{marks}", f"{last.happened_on} {result.en}{marks}")


def _results(
    asked: Inside, one: Course, people: Sequence[Member], identifier: UUID, typed: str, needed: str
) -> tuple[list[Entry], dict[str, Label]]:
    errors: dict[str, Label] = {}
    on = typed_day.read(typed, asked.today)
    if not isinstance(on, date):
        errors["happened_on"] = on or Label("请填写考试日期", "Enter the day of the examination")
    bar = read_decimal(needed)
    if bar is None or not 0 <= Decimal(bar) <= MOST_MARKS:
        errors[PASS] = Label(f"合格分数“{needed}”不是数字", f"“{needed}” is not a number of marks")
    entries: list[Entry] = []
    for member in people:
        box = f"p{member.person.no}"
        text = asked.request.POST.get(box, "").strip()
        if not text:
            continue
        fields = _result(one, member, text, bar)
        if isinstance(fields, Label):
            errors[box] = fields
        elif isinstance(on, date) and member.place.first > on:
            errors[box] = Label(
                f"{member.person.name} 那时还没有编入", f"{member.person.name} was not on the list then"
            )
        elif isinstance(on, date):
            entries.append(
                asked.entry(
                    member.person.id, one.examines, on, fields, derived(identifier, str(member.person.id))
                )
            )
    return entries, errors


def _result(one: Course, member: Member, text: str, bar: str | None) -> dict[str, Value] | Label:
    told: dict[str, Value] = {
        "subject": one.title,
        "course_id": str(one.id),
        "sitting": "resit" if sittings(member, one) else "first",
        ("course" if one.sort in classes.TRAINING else "sort"): classes.TRAINING.get(one.sort, one.sort),
    }
    if text in ABSENT:
        return {**told, "result": "absent"}
    marks = read_decimal(text)
    if marks is None or not 0 <= Decimal(marks) <= MOST_MARKS or len(marks.partition(".")[2]) > 1:
        return Label(f"“{text}”不是分数；缺考写 x", f"“{text}” are no marks; x for absent")
    passed = bar is not None and Decimal(marks) >= Decimal(bar)
    return {**told, "score": marks, "result": "passed" if passed else "failed"}


@shows("education")
@while_unchanged()
def certificates(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The certificates of those who passed: a number for each. They bear the school, never the centre."""
    asked, one, people = _open(request, identifier)
    if one.sort not in classes.TRAINING:
        raise Http404(str(identifier))
    held = {m.person.no: c for m in people if (c := certificate(m, one))}
    people = tuple(
        m
        for m in people
        if m.person.no not in held and any(e.get("result") == "passed" for e in sittings(m, one))
    )
    asked.list_noted([m.person for m in people], "certificates")
    entry_id = asked.identifier()
    typed = asked.asked.get("happened_on", asked.today.isoformat())
    school = asked.asked.get("school", one.school).strip()
    summary: ErrorSummary | None = None
    if request.method == "POST":
        summary = _certify(asked, one, people, entry_id, {"on": typed, "school": school})
        if summary is None:
            return HttpResponseRedirect(f"{course_at(one.id)}?saved=certificates")
    page = Sheet(
        Label(f"登证书：{one.title}", f"Certificates: {one.title}"),
        Label(
            f"已登 {len(held)} 张，还有 {len(people)} 人合格没有登",
            f"{len(held)} recorded; {len(people)} more have passed",
        ),
        f"{course_at(one.id)}certificates/",
        (NUMBER, NAME, Label("成绩", "Result"), Label("证书编号", "Number")),
        tuple(
            Line(
                str(n),
                m.person.name,
                f"{ROOT}people/{m.person.case_no}/",
                (
                    Box(
                        f"p{m.person.no}",
                        Label(f"证书编号：{m.person.name}", f"Number: {m.person.name}"),
                        "text",
                        asked.asked.get(f"p{m.person.no}", ""),
                        wide=True,
                    ),
                ),
                cells=(_before(sittings(m, one)),),
            )
            for n, m in enumerate(people, 1)
        ),
        ((ID, str(entry_id)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=course_at(one.id), look="link"),
        Label("没有填编号的不登", "Nothing is recorded where no number is filled in"),
        crumbs(*course_crumb(one), Crumb(Label("登证书", "Certificates"))),
        (
            Field("happened_on", Label("发证日期", "Day issued"), "day", value=typed, hint=typed_day.HINT),
            Field(
                "school",
                Label("发证学校或者机构", "School or body that issued it"),
                "text",
                value=school,
                hint=Label("证书上写它，不写戒毒所", "It stands on the certificate; the centre never does"),
            ),
            Field(
                "level",
                Label("等级或者学历", "Grade or degree"),
                "text",
                optional=True,
                value=asked.asked.get("level", ""),
            ),
        ),
        summary,
        empty=None
        if people
        else Empty(
            Label("没有合格而未登证书的人。", "Nobody has passed without a certificate."),
            (Button(Label("回到教学班", "Back to the class"), href=course_at(one.id)),),
        ),
    )
    return show(request, page, status=422 if summary else 200)


def _certify(
    asked: Inside, one: Course, people: Sequence[Member], identifier: UUID, said: Mapping[str, str]
) -> ErrorSummary | None:
    faults = []
    on = typed_day.read(said["on"], asked.today)
    if not isinstance(on, date):
        faults.append(Fault(on or Label("请填写发证日期", "Enter the day issued"), "f-happened_on"))
    if not said["school"]:
        faults.append(Fault(Label("请填写发证学校或者机构", "Enter the school that issued it"), "f-school"))
    elif names_centre(said["school"], asked.centre.name):
        faults.append(
            Fault(
                Label(
                    "证书不写戒毒所的名字，请写学校",
                    "A certificate never bears the centre's name: write the school",
                ),
                "f-school",
            )
        )
    numbered = [
        (m, number) for m in people if (number := asked.request.POST.get(f"p{m.person.no}", "").strip())
    ]
    if not numbered:
        faults.append(Fault(Label("一个编号也没有填", "No number was filled in")))
    if faults:
        return ErrorSummary(tuple(faults))
    assert isinstance(on, date)
    level = asked.request.POST.get("level", "").strip()
    entries = [
        asked.entry(
            m.person.id,
            "training_certificate",
            on,
            {
                "course": classes.TRAINING[one.sort],
                "subject": one.title,
                "school": said["school"],
                "number": number,
                "level": level,
                "course_id": str(one.id),
            },
            derived(identifier, str(m.person.id)),
        )
        for m, number in numbered
    ]
    return asked.record(entries, [m.person for m in people])


MARKS_OF_A_CENTRE: Final = ("戒毒", "强制隔离", "康复所", "rehabilitation", "detox", "isolation")
"""What would give the place away on a certificate."""


def names_centre(text: str, centre: str) -> bool:
    """Whether a text names the centre, or says that it is one."""
    low = text.lower()
    return (bool(centre) and centre.lower() in low) or any(mark in low for mark in MARKS_OF_A_CENTRE)
