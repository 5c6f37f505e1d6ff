"""What the reader's unit decided: writing it down, and saying what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.access.packs import may
from guitu.compose import kinds
from guitu.exchange.packs.words import NOTHING
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import actions as store
from guitu.store import clock as store_clock
from guitu.store.actions import Action
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.packs.build import action_word
from guitu.web.pages.packs.shown import ActionsPage, Closing
from guitu.web.pages.packs.view import reader_of
from guitu.web.pages.record.day import read
from guitu.web.who import Who

DECIDE = ("text", "owner", "due")
CLOSE = ("outcome", "evidence")


@shows("packs")
def actions(request: HttpRequest) -> HttpResponse:
    """What is open, a new one, what is done."""
    reader, home = reader_of(request)
    noted(request, "list", (), detail=f"actions {home.code}")
    if request.method != "POST":
        done = request.GET.get("done", "")
        return show(request, _page(reader, home, notice=_TOLD.get(done)))
    to = request.POST.get("to", "")
    names = CLOSE if to else DECIDE
    typed = {n: request.POST.get(f"{n}-{to}" if to else n, "").strip() for n in names}
    faults = _close(reader, home, to, typed) if to else _decide(reader, home, typed)
    if not faults:
        return HttpResponseRedirect(f"/packs/actions/?done={'closed' if to else 'decided'}")
    return show(request, _page(reader, home, typed, faults, to), status=422)


_TOLD = {
    "decided": Notice("fresh", Label("已登记议定事项。", "Recorded what was decided.")),
    "closed": Notice("fresh", Label("已登记办结。", "Recorded as closed.")),
}


def _decide(reader: Who, home: Unit, typed: dict[str, str]) -> dict[str, Label]:
    now = clock.now()
    due: date | None = None
    if typed["due"]:
        day = read(typed["due"], store_clock.office_day(now))
        if isinstance(day, Label):
            return {"due": day}
        due = day
    fields = {"about": home.code, "text": typed["text"], "owner": typed["owner"], "due": due}
    faults = kinds()["action_decided"].faults({k: v for k, v in fields.items() if v})
    if faults:
        return {fault.field: fault.label for fault in faults}
    try:
        store.decide(home, typed["text"], typed["owner"], due, actor=reader.actor, now=now)
    except GuituError as fault:
        return {"": fault.label}
    return {}


def _close(reader: Who, home: Unit, to: str, typed: dict[str, str]) -> dict[str, Label]:
    faults = kinds()["action_closed"].faults({"to": to, **{k: v for k, v in typed.items() if v}})
    if faults:
        return {fault.field: fault.label for fault in faults}
    try:
        store.close(home, UUID(to), typed["outcome"], typed["evidence"], actor=reader.actor, now=clock.now())
    except ValueError:
        return {"": Label("没有这件未办结的事项。", "There is no such open action.")}
    except GuituError as fault:
        return {"": fault.label}
    return {}


def _page(
    reader: Who, home: Unit, typed: dict[str, str] | None = None, faults: dict[str, Label] | None = None,
    to: str = "", notice: Notice | None = None,
) -> ActionsPage:  # fmt: skip
    today = store_clock.office_day(clock.now())
    found, typed, wrong = store.of_unit(home), typed or {}, faults or {}
    writes = may(reader.actor, "prepare", home.path).allowed
    still = [a for a in found if a.closed_on is None]
    late = sum(1 for a in still if a.state(today) == "late")
    places = {name: f"f-{name}-{to}" if to else f"f-{name}" for name in wrong}
    summary = (
        ErrorSummary(tuple(Fault(t, places[n] if n else "") for n, t in wrong.items())) if wrong else None
    )
    return ActionsPage(
        home.name,
        Label(f"未办结 {len(still)} 件，逾期 {late} 件", f"{len(still)} open, {late} overdue"),
        tuple(
            _open(a, today, writes=writes, typed=typed if str(a.id) == to else {},
                  wrong=wrong if str(a.id) == to else {})
            for a in still
        ),
        _fields(home, {} if to else typed, {} if to else wrong) if writes else (),
        Button(Label("登记", "Record"), look="primary") if writes else None,
        _done([a for a in found if a.closed_on is not None]),
        summary,
        notice,
    )  # fmt: skip


def _fields(home: Unit, typed: dict[str, str], wrong: dict[str, Label]) -> tuple[Field, ...]:
    kind = kinds()["action_decided"]
    below = [unit for unit in tree().subtree(home) if unit.depth <= home.depth + 1]
    options = tuple(Option(unit.code, unit.name) for unit in below)
    return (
        field_of(kind.ask("text"), typed.get("text", ""), wrong.get("text", "")),
        Field("owner", kind.ask("owner").label, "choice", typed.get("owner", ""), options=options,
              error=wrong.get("owner", "")),
        field_of(kind.ask("due"), typed.get("due", ""), wrong.get("due", "")),
    )  # fmt: skip


def _open(
    action: Action, today: date, *, writes: bool, typed: dict[str, str], wrong: dict[str, Label]
) -> Closing:
    owner = action.owner.name if action.owner else NOTHING
    day, due = action.decided_on.isoformat(), action.due.isoformat() if action.due else NOTHING
    says = Label(f"{owner} · 议定 {day} · 期限 {due}", f"{owner} · decided {day} · by {due}")
    kind = kinds()["action_closed"]
    fields: tuple[Field, ...] = ()
    if writes:
        made = (field_of(kind.ask(n), typed.get(n, ""), wrong.get(n, "")) for n in CLOSE)
        fields = tuple(_named(field, str(action.id)) for field in made)
    button = Button(Label("办结", "Close")) if writes else None
    return Closing(str(action.id), action.text, says, action_word(action.state(today)), fields, button)


def _named(field: Field, id: str) -> Field:
    """A box whose name is this form's own: several stand on the page."""
    return replace(field, name=f"{field.name}-{id}")


def _done(some: list[Action]) -> Table | None:
    if not some:
        return None
    heads = (
        Column(Label("事项", "What"), phone="lead"),
        Column(Label("责任单位", "Whose")),
        Column(Label("办结日期", "Closed")),
        Column(Label("结果", "Outcome"), phone="bare"),
    )
    rows = tuple(
        Row(
            (
                a.text, a.owner.name if a.owner else NOTHING, a.closed_on.isoformat() if a.closed_on else "",
                Cell(part=action_word("done" if a.outcome == "done" else "dropped"), sub=a.evidence),
            )
        )
        for a in reversed(some)
    )  # fmt: skip
    return Table(Label("已办结", "Closed"), heads, rows, id="t-done")
