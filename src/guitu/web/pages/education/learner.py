"""One person's learning record, and their own certificate, which bears the school and never the centre."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.centre import classes
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_file
from guitu.web.pages.education.exams import names_centre
from guitu.web.pages.education.page import CertificatePage
from guitu.web.pages.education.words import RESULTS, ROOT, SORTS, WHY, WHY_LEFT, choices, crumbs
from guitu.web.who import who

_COURSES: Final = choices("training_enrolled", "course")
_LEVELS: Final = choices("literacy_level", "level")
_OCCASIONS: Final = choices("literacy_level", "occasion")
_ENTRY: Final = choices("entry_education_done", "result")


def _open(request: HttpRequest, case: str, what: str) -> tuple[Opened, tuple[tuple[UUID, Entry], ...]]:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    opened = open_file(case, reader)
    noted_file(request, opened, detail=what)
    return opened, tuple(
        (root, e) for root, e in classes.counted(opened.shown.entries) if e.kind in classes.PERSON_KINDS
    )


@shows("education")
def record(request: HttpRequest, case: str) -> HttpResponse:
    """What this person learnt here."""
    opened, found = _open(request, case, "learning record")
    entries = [e for _, e in found]
    name = str(opened.identity.get("name") or opened.case_no)
    held = [e for e in entries if e.kind == "training_certificate"]
    missed = [e for e in entries if e.kind == "class_absence"]
    mine = [e for e in entries if e.kind in ("course_enrolled", "training_enrolled")]
    write = f"/files/{opened.case_no}/record/"
    sections = (
        Section(
            "known",
            Label("入所教育和文化程度", "Entry education and schooling"),
            facts=_facts(entries),
            buttons=(
                Button(
                    Label("登记文化程度", "Record schooling"), href=f"{write}literacy_level/", look="small"
                ),
                Button(
                    Label("登记入所教育开始", "Entry education begun"),
                    href=f"{write}entry_education_begun/",
                    look="small",
                ),
            ),
        ),
        Section("classes", Label("教学班", "Classes"), _classes(mine, entries)),
        Section("exams", Label("考试", "Examinations"), _exams(entries)),
        Section("certificates", Label("证书", "Certificates"), _certificates(opened, held)),
        Section("absences", Label("缺课", "Absences"), _absences(missed)),
    )
    return show(
        request,
        Board(
            Label(f"{name} 的学习", f"{name}: learning"),
            Label(
                f"{len(mine)} 个班，{len(held)} 张证书，缺课 {len(missed)} 节",
                f"{len(mine)} classes, {len(held)} certificates, {len(missed)} classes missed",
            ),
            sections,
            crumbs(Crumb(name, addresses.file(opened.case_no)), Crumb(Label("学习", "Learning"))),
            (Button(Label("打印", "Print"), extra={"data-print": True, "type": "button"}),),
            printed=f"/files/{opened.case_no}/printed/",
        ),
    )


def _facts(entries: list[Entry]) -> tuple[Fact, ...]:
    facts = []
    for entry in entries:
        day = entry.happened_on
        if entry.kind == "literacy_level":
            level, occasion = _LEVELS[str(entry.get("level"))], _OCCASIONS[str(entry.get("occasion"))]
            facts.append(
                Fact(
                    Label("文化程度", "Schooling"),
                    Label(f"{level.zh}（{occasion.zh} {day}）", f"{level.en} ({occasion.en.lower()}, {day})"),
                )
            )
        elif entry.kind == "entry_education_begun":
            full = add_months(day, 1)
            facts.append(
                Fact(
                    Label("入所教育开始", "Entry education began"),
                    Label(f"{day}，{full} 满一个月", f"{day}; a month on {full}"),
                )
            )
        elif entry.kind == "entry_education_done":
            result = _ENTRY.get(str(entry.get("result")))
            zh, en = (f"，{result.zh}", f", {result.en}") if result else ("", "")
            if entry.get("result") != "not_held" and result:
                zh = f"，考核{result.zh}"
            facts.append(
                Fact(
                    Label("入所教育结束", "Entry education ended"),
                    Label(f"{day}{zh}", f"{day}{en}"),
                )
            )
    return tuple(facts) or (Fact(Label("记录", "Entries"), Label("还没有", "None yet")),)


def _sort(entry: Entry) -> Label | str:
    return SORTS.get(str(entry.get("sort"))) or _COURSES.get(str(entry.get("course"))) or "—"


def _classes(mine: list[Entry], entries: list[Entry]) -> Table:
    places = {(p.course, p.first): p for p in classes.places(entries)}
    rows = []
    for entry in mine:
        place = next(
            (
                p
                for (c, first), p in places.items()
                if str(c) == entry.get("course_id") and first == entry.happened_on
            ),
            None,
        )
        missed = [
            e
            for e in entries
            if e.kind == "class_absence"
            and e.get("course_id")
            and e.get("course_id") == entry.get("course_id")
        ]
        left: Label | str = ""
        if place is not None and place.last is not None:
            left = WHY_LEFT.get(place.why, "")
        rows.append(
            Row(
                (
                    Cell(str(entry.get("subject") or "—"), sub=_sort(entry)),
                    Cell(entry.happened_on.isoformat()),
                    Cell(place.last.isoformat() if place and place.last else "—", sub=left),
                    Cell(str(len(missed))),
                )
            )
        )
    return Table(
        Label("教学班", "Classes"),
        (
            Column(Label("班", "Class"), phone="lead"),
            Column(Label("编班", "From")),
            Column(Label("离班", "Until")),
            Column(Label("缺课", "Missed"), numeric=True, unit=Label("节", "times")),
        ),
        tuple(rows),
        empty=None if rows else Empty(Label("没有参加过教学班。", "No class yet.")),
        id="classes-list",
        hide_caption=True,
    )


def _exams(entries: list[Entry]) -> Table:
    rows = tuple(
        Row(
            (
                Cell(str(e.get("subject") or "—"), sub=_sort(e)),
                Cell(e.happened_on.isoformat()),
                Cell(Label("补考", "Re-sit") if e.get("sitting") == "resit" else Label("首考", "First")),
                Cell(str(e.get("score") or "—")),
                Cell(RESULTS[str(e.get("result"))]),
            )
        )
        for e in entries
        if e.kind in ("training_exam", "course_exam")
    )
    return Table(
        Label("考试", "Examinations"),
        (
            Column(Label("科目", "Subject"), phone="lead"),
            Column(Label("日期", "Day")),
            Column(Label("第几次", "Sitting")),
            Column(Label("分数", "Marks"), numeric=True),
            Column(Label("结果", "Result")),
        ),
        rows,
        empty=None if rows else Empty(Label("没有考试记录。", "No examination yet.")),
        id="exams-list",
        hide_caption=True,
    )


def _certificates(opened: Opened, held: list[Entry]) -> Table:
    rows = tuple(
        Row(
            (
                Cell(str(e.get("subject") or "—"), sub=_sort(e)),
                Cell(e.happened_on.isoformat()),
                Cell(str(e.get("school") or "—")),
                Cell(str(e.get("number") or "—")),
                Cell(
                    part=Button(
                        Label("本人的证书", "The person’s own"),
                        look="small",
                        href=f"{ROOT}people/{opened.case_no}/certificates/{e.id}/",
                        describes=str(e.get("subject") or ""),
                    )
                ),
            )
        )
        for e in held
    )
    return Table(
        Label("证书", "Certificates"),
        (
            Column(Label("名称", "Subject"), phone="lead"),
            Column(Label("发证", "Issued")),
            Column(Label("学校", "School")),
            Column(Label("编号", "Number")),
            Column(Label("打印", "Print"), phone="act", hide_label=True),
        ),
        rows,
        empty=None if rows else Empty(Label("还没有证书。", "No certificate yet.")),
        id="certificates-list",
        hide_caption=True,
    )


def _absences(missed: list[Entry]) -> Table:
    rows = tuple(
        Row((e.happened_on.isoformat(), str(e.get("starts") or "—"), _sort(e), WHY[str(e.get("why"))]))
        for e in reversed(missed)
    )
    return Table(
        Label("缺课", "Absences"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("时间", "Time")),
            Column(Label("类别", "Sort")),
            Column(Label("原因", "Why")),
        ),
        rows,
        empty=None if rows else Empty(Label("没有缺课。", "None missed.")),
        id="absences-list",
        hide_caption=True,
    )


@shows("education")
def certificate(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """The person's own copy. Nothing on it says where it was earned."""
    opened, found = _open(request, case, "certificate")
    one = next((e for _, e in found if e.id == entry and e.kind == "training_certificate"), None)
    name = opened.identity.get("name")
    if one is None or not name:
        raise Http404(str(entry))
    school = str(one.get("school") or "")
    if names_centre(school, ""):  # an entry of before, or one that came from elsewhere: never onto the paper
        school = ""
    subject = str(one.get("subject") or "")
    if names_centre(subject, ""):
        subject = ""
    birth = opened.identity.get("birth")
    return show(
        request,
        CertificatePage(
            name=str(name),
            birth=birth if isinstance(birth, date) else None,
            subject=subject or None,
            sort=_COURSES[str(one.get("course"))],
            level=str(one.get("level") or ""),
            school=school,
            number=str(one.get("number") or ""),
            issued=one.happened_on,
            back=f"{ROOT}people/{opened.case_no}/",
            printed=f"/files/{opened.case_no}/printed/",
        ),
    )
