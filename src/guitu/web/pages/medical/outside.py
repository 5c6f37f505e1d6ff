"""所外就医: who is outside, since when, who approved it and whether the deciding organ was told, and when
they are looked at next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.store.centre import medical
from guitu.store.centre.medical import Patient
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.medical.asked import Asked
from guitu.web.pages.medical.page import Board, Section

KINDS: Final = frozenset(
    {
        "medical_leave",
        "medical_leave_end",
        "medical_leave_request",
        "medical_leave_approval",
        "medical_leave_check",
    }
)
BACK: Final = timedelta(days=800)
"""Longer than a measure lasts: a leave may have begun long ago."""
_NAME: Final = Column(Label("姓名", "Name"), phone="lead")


def page(asked: Asked) -> Board:
    """Who is outside, and who waits for an answer."""
    people = medical.lately(asked.actor, asked.unit, asked.today, asked.now, KINDS, asked.today - BACK)
    out = [(p, e) for p in people if (e := leave_of(p.entries)) is not None]
    waiting = [(p, e) for p in people if (e := request_of(p.entries)) is not None]
    asked.note("medical leave", tuple({p.no: p for p, _ in (*out, *waiting)}.values()), ("medical",))
    return Board(
        title=Label("所外就医", "Medical leave"),
        lead=Label(
            f"在外 {len(out)} 人，等待批复 {len(waiting)} 人",
            f"{len(out)} outside, {len(waiting)} waiting for an answer",
        ),
        sections=(_out(asked, out), _waiting(waiting)),
        tabs=asked.tabs("medical_away"),
        foot=(
            Label(
                "依据：戒毒条例第31条。主管机关批准，报决定机关备案；在外期间期限连续计算。",
                "Basis: Drug Rehabilitation Regulations art. 31: approved by the authority above,"
                " filed with the deciding organ;"
                " the term runs on meanwhile.",
            ),
        ),
    )


def leave_of(entries: tuple[Entry, ...]) -> Entry | None:
    """The leave that lasts, or None."""
    moves = [e for e in entries if e.kind in ("medical_leave", "medical_leave_end")]
    return moves[-1] if moves and moves[-1].kind == "medical_leave" else None


def request_of(entries: tuple[Entry, ...]) -> Entry | None:
    """The request that nobody has answered yet, or None."""
    asked = [
        e for e in entries if e.kind in ("medical_leave_request", "medical_leave_approval", "medical_leave")
    ]
    return asked[-1] if asked and asked[-1].kind == "medical_leave_request" else None


def _last(entries: tuple[Entry, ...], kind: str) -> Entry | None:
    return next((e for e in reversed(entries) if e.kind == kind), None)


def _out(asked: Asked, some: list[tuple[Patient, Entry]]) -> Section:
    heading = Label("在外就医", "Outside")
    if not some:
        return Section("out", heading, says=Label("没有人在所外就医。", "Nobody is outside for treatment."))
    rows = tuple(_row(asked, p, e) for p, e in sorted(some, key=lambda pair: pair[1].happened_on))
    columns = (
        _NAME,
        Column(Label("自", "Since")),
        Column(Label("批准", "Approved"), phone="bare"),
        Column(Label("备案", "Filed"), phone="bare"),
        Column(Label("上次随访", "Last check")),
        Column(Label("下次随访", "Next check"), phone="bare"),
    )
    return Section("out", heading, Table(heading, columns, rows, id="out-list", hide_caption=True))


def _row(asked: Asked, person: Patient, leave: Entry) -> Row:
    answer = _last(person.entries, "medical_leave_approval")
    check = _last(person.entries, "medical_leave_check")
    if check is not None and check.happened_on < leave.happened_on:
        check = None
    approved = answer is not None and answer.get("approved") == "yes"
    filed = answer.get("filed_on") if answer is not None else None
    following = check.get("next_on") if check is not None else None
    days = (asked.today - leave.happened_on).days
    return Row(
        (
            Cell(person.line.name, href=addresses.file(person.line.case_no), sub=person.line.unit_name),
            Cell(leave.happened_on.isoformat(), sub=Label(f"第 {days + 1} 天", f"day {days + 1}")),
            Cell(f"{answer.get('authority')}", sub=str(answer.get("document_no") or ""))
            if approved and answer is not None
            else Cell(part=Word("gap", Label("没有批准的记录", "No approval recorded"))),
            filed.isoformat()
            if isinstance(filed, date)
            else Cell(part=Word("gap", Label("没有备案的记录", "Not filed"))),
            check.happened_on.isoformat() if check is not None else "—",
            Cell(following.isoformat(), sub=days_word((following - asked.today).days))
            if isinstance(following, date)
            else Cell(part=Word("gap", Label("没有定下次", "None set"))),
        )
    )


def _waiting(some: list[tuple[Patient, Entry]]) -> Section:
    heading = Label("等待主管机关批复", "Waiting for the authority above")
    if not some:
        return Section("asked", heading, says=Label("没有。", "None."))
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=addresses.file(p.line.case_no), sub=p.line.unit_name),
                e.happened_on.isoformat(),
                str(e.get("hospital") or "—"),
            )
        )
        for p, e in some
    )
    columns = (_NAME, Column(Label("报批", "Asked")), Column(Label("医院", "Hospital")))
    return Section("asked", heading, Table(heading, columns, rows, id="asked-list", hide_caption=True))
