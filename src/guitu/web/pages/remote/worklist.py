"""The worklist of both sides: what was asked, how far it is, when each step was done and what is to be done
next."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest

from guitu.centre.consulting import RUNNING, Consultation
from guitu.kernel.labels import Label
from guitu.store.centre import remote
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Section
from guitu.web.noted import noted
from guitu.web.pages.remote import words
from guitu.web.pages.remote.asked import Asked, asked

_COLUMNS: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("请求", "Asked")),
    Column(Label("答复", "Answered")),
    Column(Label("通话", "Call")),
    Column(Label("意见", "Opinion")),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)


def page(request: HttpRequest) -> Board:
    """The worklist of the reader's side."""
    now = asked(request)
    return of_hospital(now) if now.side == "hospital" else of_centre(now)


def of_hospital(now: Asked) -> Board:
    """What was sent to the reader's hospital. Nobody's name stands here."""
    actor = now.reader.actor
    found = [
        c
        for c in remote.of_hospital(actor, now.unit, now.today)
        if c.consulted(now.today).consented or not c.consultation.open(now.today)
    ]
    if found:
        noted(
            now.request,
            "list",
            [c.no for c in found],
            ("identity",),
            detail=f"remote {now.unit}",
        )
    running = [c for c in found if c.consultation.open(now.today)]
    over = [c for c in found if not c.consultation.open(now.today)]
    rows = {
        c.consultation.id: Row(
            (
                Cell(c.consultation.code, words.one(c.consultation.id), sub=c.centre),
                *_cells(c.consultation, now.today, _hospital_act(c.consultation, actor.name, now.today)),
            )
        )
        for c in found
    }
    lead_column = Column(Label("代号", "Code"), phone="lead")
    waiting = sum(1 for c in running if c.consultation.state(now.today) == "asked")
    return Board(
        words.TITLE,
        Label(
            f"{_unit(now)}：等本院答复 {waiting} 件，会诊中 {len(running) - waiting} 件",
            f"{_unit(now)}: {waiting} wait for an answer, {len(running) - waiting} are being held",
        ),
        (
            _section(
                "running",
                Label("办理中", "Open"),
                lead_column,
                [rows[c.consultation.id] for c in running],
                Label("没有等办的请求。", "Nothing is open."),
            ),
            _section(
                "over",
                Label("六十天内已结束", "Over, of sixty days"),
                lead_column,
                [rows[c.consultation.id] for c in over],
                Label("没有。", "None."),
            ),
        ),
    )


def of_centre(now: Asked) -> Board:
    """What the reader's centre asked, of those whom the reader may see."""
    units = tree()
    unit = units.find(now.unit)
    actor = now.reader.actor
    if not remote.may_list(actor, unit).allowed:
        raise Http404(unit.code)
    found = remote.of_centre(actor, unit, now.today, now.now, granted=now.reader.granted)
    if found:
        noted(
            now.request,
            "list",
            sorted({p.no for p, _ in found}),
            ("identity", "medical"),
            found[0][0].sight.decision,
            detail=f"remote {unit.code}",
        )
    lead_column = Column(Label("姓名", "Name"), phone="lead")
    running, over = [], []
    for person, one in found:
        hospital = units.get(one.hospital)
        row = Row(
            (
                Cell(person.name, words.one(one.id), sub=hospital.name if hospital else one.hospital),
                *_cells(one, now.today, _centre_act(one, now.today)),
            )
        )
        waits = one.state(now.today) in RUNNING or (one.state(now.today) == "lapsed")
        (running if waits else over).append(row)
    mine = sum(1 for _, c in found if c.state(now.today) == "advised")
    return Board(
        words.TITLE,
        Label(
            f"{unit.name}：办理中 {len(running)} 件，其中 {mine} 件已有意见，等所内医生处理",
            f"{unit.name}: {len(running)} open, {mine} of them advised and for the centre's doctor to settle",
        ),
        (
            _section(
                "running",
                Label("办理中", "Open"),
                lead_column,
                running,
                Label("没有办理中的远程会诊。", "No consultation is open."),
            ),
            _section(
                "over",
                Label("六十天内已结束", "Over, of sixty days"),
                lead_column,
                over,
                Label("没有。", "None."),
            ),
        ),
        buttons=(Button(Label("到医疗页选人请求会诊", "Choose a person to ask for"), href="/medical/"),)
        if now.reader.post and now.reader.post.role == "doctor"
        else (),
    )


def _unit(now: Asked) -> str:
    assert now.reader.post is not None
    return now.reader.post.unit_name


def _section(identifier: str, heading: Label, lead: Column, rows: list[Row], nothing: Label) -> Section:
    table = Table(
        heading,
        (lead, *_COLUMNS),
        tuple(rows),
        (Label(f"共 {len(rows)} 件", f"{len(rows)} in all"),),
        empty=None if rows else Empty(nothing),
        id=f"{identifier}-list",
        hide_caption=True,
    )
    return Section(identifier, heading, table)


def _cells(one: Consultation, on: date, act: Button) -> tuple[Cell | Text, ...]:
    steps = {s.kind: s for s in reversed(one.steps())}  # the first of each kind
    told: list[Cell | Text] = [
        Cell(part=words.state_word(one.state(on))),
        words.moment(one.request.recorded_at),
    ]
    for kind in ("remote_answer", "remote_call", "remote_opinion"):
        step = steps.get(kind)
        told.append(
            Cell(
                words.moment(step.at),
                sub=Label(f"用时 {words.lasted(step.waited).zh}", f"after {words.lasted(step.waited).en}"),
            )
            if step
            else "—"
        )
    return (*told, Cell(part=act))


def _hospital_act(one: Consultation, account: str, on: date) -> Button:
    state = one.state(on)
    label = Label("查看", "Look")
    if state == "asked":
        label = Label("答复", "Answer")
    elif state == "accepted" and one.taken_by == account:
        label = Label("会诊", "Hold it")
    return Button(label, href=words.one(one.id), look="small", describes=one.code)


def _centre_act(one: Consultation, on: date) -> Button:
    state = one.state(on)
    label = Label("查看", "Look")
    if state == "accepted":
        label = Label("会诊", "Hold it")
    elif state in ("advised", "lapsed", "declined"):
        label = Label("处理", "Settle")
    return Button(label, href=words.one(one.id), look="small", describes=one.code)
