"""What came to this post, and answering it. Collects, and decides nothing: who may open a complaint says
`access.complaints`. Readings are noted under the complaint’s own file: the person’s says nothing of it."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.access.complaints import RECEIVERS
from guitu.casefile import Value
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import casefiles, complaints, engine, read
from guitu.store import clock as store_clock
from guitu.store.complaints import Line, Thread
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.mine.build import number_of, outcome_of
from guitu.web.pages.remedies.page import COLUMNS, NOTHING, ComplaintPage, Inbox, Step
from guitu.web.who import Who, who

HEADINGS: Final = {
    "complaint_received": (Label("登记收到", "Note that it came"), Label("已收到", "Received")),
    "complaint_forwarded": (Label("转送", "Forward"), Label("转送", "Forward")),
    "complaint_answer": (Label("答复本人", "Answer the person"), Label("答复", "Answer")),
}


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


@shows("remedies")
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that came to this post."""
    reader, today = _who(request), store_clock.office_day(clock.now())
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    words = [word for word, roles in RECEIVERS.items() if reader.post.role in roles]
    lines = complaints.received(unit, words)
    noted(request, "list", sorted({line.file for line in lines}), ("legal",), purpose="remedy")
    rows = tuple(_row(line, today) for line in lines)
    page = Inbox(
        unit.name,
        sum(1 for line in lines if line.answered_on is None and line.forwarded_on is None),
        sum(1 for line in lines if line.late(today)),
        Table(Label("投诉", "Complaints"), COLUMNS, rows) if rows else None,
        None if rows else NOTHING,
    )
    return show(request, page)


def _word(line: Line, today: date) -> Word:
    if line.answered_on is not None:
        return Word("done", Label("已答复", "Answered"))
    if line.forwarded_on is not None:
        return Word("done", Label("已转送", "Forwarded"))
    if line.due is not None and line.late(today):
        return Word("late", days_word((line.due - today).days))
    if line.received_on is None:
        return Word("open", Label("新投诉", "New"))
    return Word("open", Label("待答复", "Waiting"))


def _row(line: Line, today: date) -> Row:
    due: Text = line.due.isoformat() if line.due else Label("未规定", "Not set")
    return Row(
        (
            Cell(part=_word(line, today)),
            Cell(number_of(line.id), href=f"/remedies/{line.id}/"),
            Cell(line.against.name),
            Cell(line.lodged_on.isoformat()),
            Cell(due),
        )
    )


@shows("remedies")
def complaint(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One complaint, and what is done with it."""
    reader, now = _who(request), clock.now()
    found = complaints.thread(identifier)
    if found is None:
        raise Http404(str(identifier))
    decision = complaints.may_handle(reader.actor, found.line)
    if not decision.allowed:
        raise Http404(str(identifier))
    noted(request, "open", [found.line.file], ("legal",), decision, purpose="remedy", detail=str(identifier))
    if request.method != "POST":
        return show(request, _page(found, store_clock.office_day(now), done=request.GET.get("done", "")))
    kind = request.POST.get("kind", "")
    steps = {step.kind: step for step in _steps(found, {}, {})}
    if kind not in steps:
        raise Http404(kind)
    typed = {field.name: request.POST.get(field.name, "").strip() for field in steps[kind].fields}
    fields: dict[str, Value] = {name: text for name, text in typed.items() if text}
    faults = {f.field: f.label for f in kinds()[kind].faults({**fields, "to": str(identifier)})}
    if kind == "complaint_forwarded" and fields.get("receiver") not in {u.code for u in _onward(found)}:
        faults["receiver"] = Label("请选一个单位", "Choose a unit")
    if not faults:
        post = reader.post
        try:
            complaints.answer(
                found, kind, fields, actor=reader.actor, unit=post.unit if post else "", now=now
            )
        except GuituError as fault:
            faults[""] = fault.label
        else:
            return HttpResponseRedirect(f"/remedies/{identifier}/?done={kind}")
    page = _page(found, store_clock.office_day(now), typed=typed, faults=faults, kind=kind)
    return show(request, page, status=422)


def _page(
    found: Thread,
    today: date,
    *,
    typed: dict[str, str] | None = None,
    faults: dict[str, Label] | None = None,
    kind: str = "",
    done: str = "",
) -> ComplaintPage:
    line = found.line
    wrong = faults or {}
    summary = (
        ErrorSummary(tuple(Fault(t, f"f-{n}" if n else "") for n, t in wrong.items())) if wrong else None
    )
    told = HEADINGS[done][1] if done in HEADINGS else None
    return ComplaintPage(
        number_of(line.id),
        line.against.name,
        line.lodged_on,
        _word(line, today),
        str(found.complaint.get("text") or ""),
        _name(found) if found.complaint.get("named") == "yes" else "",
        tuple(_way(found)),
        tuple(_steps(found, typed or {}, wrong, kind)),
        summary,
        Notice("fresh", told) if told else None,
        f"/remedies/{line.id}/",
    )


def _name(found: Thread) -> str:
    """Who complains, for a complaint that says it may be known."""
    with engine.house():
        held = casefiles.by_numbers([found.line.person])
    view = read.looked_up(held[0].case_no) if held else None
    return f"{view.identity.get('name') or ''} {view.case_no}".strip() if view else ""


def _way(found: Thread) -> list[Text]:
    told: list[Text] = []
    if found.complaint.source:
        told.append(Label(f"来源：{found.complaint.source}", f"Source: {found.complaint.source}"))
    for entry in found.after:
        label = kinds()[entry.kind].label
        day = entry.happened_on.isoformat()
        text = Label(f"{day} {label.zh}", f"{day} {label.en}")
        if entry.kind == "complaint_forwarded" and (unit := tree().get(str(entry.get("receiver")))):
            text = Label(f"{text.zh}：{unit.name}", f"{text.en}: {unit.name}")
        if entry.kind == "complaint_answer":
            came = outcome_of(entry)
            said = came if isinstance(came, Label) else Label(str(came), str(came))
            words = str(entry.get("text") or "")
            text = Label(f"{text.zh}：{said.zh}。{words}", f"{text.en}: {said.en}. {words}")
        told.append(text)
    return told


def _onward(found: Thread) -> list[Unit]:
    """The other units above the one complained of that receive complaints."""
    line = found.line
    above = tree().ancestors(line.against)[:-1]
    return [
        unit
        for unit in reversed(above)
        if unit.no != line.receiver.no and complaints.staffed(unit, line.word)
    ]


def _steps(found: Thread, typed: dict[str, str], faults: dict[str, Label], filled: str = "") -> list[Step]:
    """What may be done with it now."""
    line = found.line
    if line.answered_on is not None or line.forwarded_on is not None:
        return []
    names = ["complaint_answer"]
    if line.received_on is None:
        names.insert(0, "complaint_received")
    if _onward(found):
        names.append("complaint_forwarded")
    steps = []
    for name in names:
        heading, press = HEADINGS[name]
        mine = name == filled
        fields = tuple(
            _field(name, ask.name, found, typed if mine else {}, faults if mine else {})
            for ask in kinds()[name].fields
            if ask.name != "to"
        )
        look = "primary" if name == names[0] else "plain"
        steps.append(Step(name, heading, Button(press, look=look), fields))
    return steps


def _field(kind: str, name: str, found: Thread, typed: dict[str, str], faults: dict[str, Label]) -> Field:
    ask = kinds()[kind].ask(name)
    value, error = typed.get(name, ""), faults.get(name, "")
    if ask.type == "unit":
        options = tuple(Option(unit.code, unit.name) for unit in _onward(found))
        return Field(name, ask.label, "choice", value, options=options, error=error)
    return field_of(ask, value, error)
