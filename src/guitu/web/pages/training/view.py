"""Who of a brigade may train, who was tested when, and whom the doctor has to see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu import access
from guitu.casefile import Entry
from guitu.centre import exercise
from guitu.kernel.days import days_between
from guitu.kernel.labels import Label
from guitu.store.centre import reading
from guitu.store.centre.training import Trainee, trainees
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.days import with_weekday
from guitu.web.inside.asked import Inside, inside, nowhere
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.training import batteries
from guitu.web.pages.training.words import FORMS, ROOT, TITLE, clearance_word, person_at
from guitu.web.unchanged import while_unchanged

TEST_AGAIN: Final = 90
"""Days after which a fitness test is due again, as this page asks; a site's own plan goes before it."""
RECENT: Final = timedelta(days=14)
SAVED: Final = {
    "session": Label("已保存集体训练", "The session is saved"),
    "test": Label("已保存体能测试", "The test is saved"),
    "prescription": Label("运动处方已生效", "The prescription is in force"),
}


def saved_notice(asked: Inside) -> tuple[Notice, ...]:
    """What was just saved."""
    said = SAVED.get(asked.request.GET.get("saved", ""))
    return (Notice("fresh", said),) if said else ()


def brigade_of(asked: Inside) -> Unit:
    """The brigade that is looked at: the one in the address, else the first."""
    brigades = asked.brigades
    code = asked.asked.get("brigade", "")
    found = asked.brigade(code) if code else (brigades[0] if brigades else None)
    if found is None:
        raise Http404(code or "no brigade")
    return found


def links_of(asked: Inside, chosen: Unit, path: str) -> tuple[Button, ...]:
    """The brigades to choose from."""
    return tuple(
        Button(
            asked.short(b),
            href=f"{path}?brigade={b.code}",
            look="small",
            extra={"aria-current": "true"} if b.code == chosen.code else {},
        )
        for b in asked.brigades
    )


@shows("training")
@while_unchanged()
def day(request: HttpRequest) -> HttpResponse:
    """One brigade: everybody with clearance, prescription and last test."""
    asked = inside(request)
    if asked is None:
        return nowhere(request, TITLE)
    if not asked.brigades:
        return nowhere(request, TITLE)
    chosen = brigade_of(asked)
    people = trainees(asked.residents(exercise.KINDS, chosen))
    asked.list_noted([t.person for t in people], "training")
    on = asked.today
    cleared = sum(t.cleared(on) for t in people)
    waiting = len(people) - cleared
    trains = sum(t.prescription(on) is not None for t in people)
    untested = sum(not _tested_lately(t, on) for t in people)
    coach = access.decide(
        asked.actor,
        "record",
        access.Target(asked.centre.path, ("coach", "centre_head"), compartment="support"),
    ).allowed
    acts = []
    if coach:
        acts.append(
            Button(
                Label("登集体训练", "Record a session"),
                look="primary",
                href=f"{ROOT}session/?brigade={chosen.code}",
            )
        )
    _, wrong = batteries.known()
    notices = (*saved_notice(asked), *((Notice("gap", wrong),) if wrong else ()))
    return show(
        request,
        Board(
            TITLE,
            Label(
                f"{asked.short(chosen)} {len(people)} 人：可以训练 {cleared}，待医生 {waiting}，"
                f"处方有效 {trains}，"
                f"{TEST_AGAIN} 天没有测试 {untested}",
                f"{asked.short(chosen)}, {len(people)} people: {cleared} may train, {waiting} wait for the"
                f" doctor, {trains} with"
                f" a prescription in force, {untested} not tested for {TEST_AGAIN} days",
            ),
            (
                Section("people", Label("人员", "People"), _people(asked, people, on)),
                Section(
                    "held",
                    Label("近两周集体训练", "Sessions of the last two weeks"),
                    _sessions(asked, chosen),
                ),
            ),
            buttons=(*acts, *links_of(asked, chosen, ROOT)),
            notices=notices,
        ),
    )


def _tested_lately(trainee: Trainee, on: date) -> bool:
    tests = trainee.tests()
    return bool(tests) and days_between(tests[-1].day, on) <= TEST_AGAIN


def _people(asked: Inside, people: Iterable[Trainee], on: date) -> Table:
    doctor = asked.reader.post is not None and asked.reader.post.role == "doctor"
    rows = []
    order = sorted(people, key=lambda t: t.cleared(on) if doctor else False)
    for one in order:
        tests = one.tests()
        given = one.clearance(on)
        act: Cell | str = ""
        if doctor:
            act = Cell(
                part=Button(
                    Label("登记检查", "Record an examination"),
                    look="small",
                    describes=one.person.name,
                    href=f"/files/{one.person.case_no}/record/training_clearance/",
                )
            )
        rows.append(
            Row(
                (
                    Cell(one.person.name, person_at(one.person.case_no)),
                    Cell(part=clearance_word(given, on)),
                    Cell(_prescribed(one.prescription(on))),
                    Cell(tests[-1].day.isoformat() if tests else "—"),
                    act,
                )
            )
        )
    return Table(
        Label("人员", "People"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("训练许可", "Clearance"), phone="bare"),
            Column(Label("处方", "Prescription")),
            Column(Label("上次测试", "Last test")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        empty=None if rows else Empty(Label("这个大队没有人。", "Nobody is in this brigade.")),
    )


def _prescribed(entry: Entry | None) -> Label | str:
    if entry is None:
        return "—"
    form = FORMS[str(entry.get("form"))]
    rates = f"{entry.get('low')}–{entry.get('high')}"
    return Label(f"{form.zh} {rates} 次/分", f"{form.en} {rates} bpm")


def _sessions(asked: Inside, chosen: Unit) -> Table:
    found = reading.work(asked.centre, ("training_session",), asked.today - RECENT, asked.today)
    rows = tuple(
        Row(
            (
                with_weekday(e.happened_on),
                str(e.get("starts") or "—"),
                f"{e.get('present')}/{e.get('expected')}",
                str(e.get("stopped") or 0),
                str(e.get("content") or "—"),
            )
        )
        for e in reversed(_counted(found))
        if e.get("group") == chosen.code
    )
    return Table(
        Label("集体训练", "Sessions"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("时间", "Time")),
            Column(Label("实到", "Present"), numeric=True),
            Column(Label("停训", "Stopped"), numeric=True),
            Column(Label("内容", "What was done")),
        ),
        rows,
        empty=None if rows else Empty(Label("近两周没有集体训练。", "No session in the last two weeks.")),
        id="sessions-list",
        hide_caption=True,
    )


def _counted(entries: tuple[Entry, ...]) -> list[Entry]:
    from guitu.centre.classes import counted

    return [e for _, e in counted(entries)]
