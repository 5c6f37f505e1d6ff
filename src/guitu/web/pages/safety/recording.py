"""The form of one kind of the safety centre, and saving it in a unit's own file through the one gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Kind
from guitu.centre import safety as rules
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.centre import safety as store
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.fresh import source_of
from guitu.web.inside.shown import Board, Fact, Form, Section
from guitu.web.inside.written import write
from guitu.web.page import show, shows
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk

IN: Final = "in"
"""The box that says in whose file it goes."""
CHOOSES: Final = frozenset({"hazard", "meeting_task", "incident", "drill"})
"""Kinds whose unit the reader chooses among those below."""
ABOUT: Final = {
    "incident_reported": "incident",
    "hazard_moved": "hazard",
    "hazard_closed": "hazard",
    "meeting_task_done": "meeting_task",
    "checkpoint_closed": "checkpoint",
}
"""What an answer answers."""
ASKED_BEFORE: Final = {"hazard": ("found_by",), "meeting_task": ("meeting",)}
"""Answers that an address may bring along."""


@shows("safety_record")
def record(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The form; and what came of saving."""
    desk = Desk(request, code)
    desk.readable()
    known = kinds().get(kind)
    if known is None or kind not in words.AFTER or not desk.places:
        raise Http404(kind)
    unit = _chosen(desk, known)
    allowed = unitfiles.may_record(desk.actor, known, unit)
    if not allowed.allowed:
        return _refused(desk, known, allowed.reason)
    facts = _about(desk, known)
    if request.method != "POST":
        typed = {form.DAY: desk.today.isoformat(), IN: unit.code, "sort": "risk" if kind == "meeting" else ""}
        for name in (known.answers, *ASKED_BEFORE.get(kind, ())):
            if name:
                typed[name] = desk.asked(name)
        return _form(desk, known, unit, Answers(typed, desk.today), facts)
    answers = form.read(known, _posted(request), desk.today)
    if answers.faults:
        return _form(desk, known, unit, answers, facts)
    assert answers.happened_on is not None
    entry = unitfiles.new_entry(
        unit.code,
        kind,
        answers.happened_on,
        answers.fields,
        now=desk.now,
        author=desk.actor.name,
        office=desk.home.code,
        identifier=desk.identifier(),
        source=source_of(request),
    )
    came = write(entry, answers, actor=desk.actor, now=desk.now)
    if came.refused is not None:
        return _refused(desk, known, came.refused)
    if came.status:
        return _form(desk, known, unit, came.answers, facts, status=came.status)
    return HttpResponseRedirect(_after(desk, known, entry.id, answers))


def _posted(request: HttpRequest) -> Mapping[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _chosen(desk: Desk, kind: Kind) -> Unit:
    """The unit in whose file it goes: the one of the address, or the one chosen below it."""
    code = desk.asked(IN)
    if kind.name not in CHOOSES or not code:
        return desk.unit
    unit = tree().get(code)
    if unit is None or not tree().within(unit, desk.unit):
        raise Http404(code)
    return unit


def _about(desk: Desk, kind: Kind) -> tuple[Fact, ...]:
    """What is answered, in its own words; and for a meeting the tasks that it has to look at."""
    if kind.name == "meeting":
        some = rules.first_due(rules.tasks(store.traced(desk.places, rules.OF_TASKS)), desk.today)
        return tuple(
            Fact(
                Label(f"上次带来：{o.due} 前", f"Carried to it: by {o.due}"),
                f"{o.entry.get('what')}（{o.entry.get('owner')}）",
            )
            for o in some
        )
    name = ABOUT.get(kind.name)
    if name is None:
        return ()
    traced = store.traced([desk.unit], {name})
    to = traced.first(desk.asked(kind.answers))
    found = next((e for e in traced.counted if traced.first(e.id) == to), None)
    if found is None:
        raise Http404(to)
    asked = kinds()[name]
    shown = [
        a for a in asked.fields if not a.internal and a.name not in ("code", "look") and found.get(a.name)
    ]
    return (
        Fact(asked.day, found.happened_on.isoformat()),
        *(Fact(a.label, form.shown_value(a, found.get(a.name))) for a in shown),
    )


def _after(desk: Desk, kind: Kind, entry: object, answers: Answers) -> str:
    part = words.AFTER[kind.name]
    if kind.name == "meeting":
        part = f"meetings/{entry}"
    elif kind.name == "meeting_task":
        part = f"meetings/{answers.fields.get('meeting')}"
    return words.address(part, saved=kind.name)


def _fields(desk: Desk, kind: Kind, unit: Unit, answers: Answers) -> tuple[Field, ...]:
    fields = form.fields_of(kind, answers)
    if kind.name == "meeting":
        fields = tuple(replace(f, kind="hidden") if f.name == "sort" else f for f in fields)
    choices = [one for one in desk.places if tree().within(one, desk.unit) and desk.may(kind.name, one)]
    if kind.name not in CHOOSES or len(choices) < 2:
        return fields
    options = tuple(Option(one.code, desk.short(one)) for one in choices)
    where = Field(IN, Label("哪个单位的", "Of which unit"), "choice", value=unit.code, options=options)
    return (fields[0], where, *fields[1:])


def _form(
    desk: Desk, kind: Kind, unit: Unit, answers: Answers, facts: tuple[Fact, ...], *, status: int = 0
) -> HttpResponse:
    act = Label(f"登记：{kind.label.zh}", f"Record: {kind.label.en}")
    back = words.address(words.AFTER[kind.name])
    page = Form(
        Label(f"{act.zh} · {desk.unit.name}", f"{act.en} · {desk.unit.name}"),
        kind.help or words.NO_NAMES,
        words.record(desk.unit.code, kind.name),
        _fields(desk, kind, unit, answers),
        (("id", desk.asked("id") or str(desk.new_id())),),
        Button(Label("保存", "Save"), look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}),
        Button(Label("取消", "Cancel"), back, "link"),
        crumbs=Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(kind.label))),
        summary=form.summary(kind, answers),
        facts=facts,
    )
    return show(desk.request, page, status=status or (422 if answers.faults else 200))


def _refused(desk: Desk, kind: Kind, reason: Label) -> HttpResponse:
    back = Button(Label("回到安全", "Back to Safety"), words.ROOT)
    page = Board(
        Label("没有登记", "Nothing was recorded"),
        kind.label,
        (Section("refused", Label("为什么", "Why"), empty=Empty(reason, (back,))),),
    )
    return show(desk.request, page, status=403)
