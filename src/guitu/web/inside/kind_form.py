"""The form of one kind for a unit's own file, anew or as a correction, and saving it through the one gate.
What is chosen among other entries is shown as a list to choose from; what was typed is kept with faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Kind
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Fact, Form, Section
from guitu.web.inside.written import write
from guitu.web.page import show
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers

CORRECTS: Final = "corrects"
NOT_ONE: Final = Label("请在列表中选择", "Choose one of the list")
GONE: Final = Label(
    "这条记录已经更正或者作废，没有写入任何记录。",
    "This entry was corrected or withdrawn already; nothing was written.",
)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a form stands: its address, the way back, where it goes on after saving. `choices` are the
    answers of questions that name another entry; `first` what stands in the boxes when a form is opened;
    `hidden` the questions that this page answers itself; `facts` what is told above; `check` finds what the
    kind alone lets pass. `reason` is that of a correction where the page does not ask for one."""

    action: str
    back: str
    after: Callable[[Entry], str]
    lead: Text = ""
    crumbs: Crumbs | None = None
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    check: Callable[[Answers], Answers] = lambda answers: answers
    notices: tuple[Notice, ...] = ()
    reason: str = ""
    heading: Label | None = None


def answer(area: Area, unit: Unit, kind: Kind, way: Way, target: Entry | None = None) -> HttpResponse:
    """The form; or what came of saving. `target` is the entry to be corrected."""
    allowed = unitfiles.may_record(area.actor, kind, unit)
    if not allowed.allowed:
        return refused(area, kind, allowed.reason, way)
    if area.request.method != "POST":
        typed = {form.DAY: area.today.isoformat(), **way.first}
        opened = form.typed_of(target) if target else Answers(typed, area.today)
        return _form(area, kind, way, target, opened)
    asks = target is not None and not way.reason
    sent = {name: str(value) for name, value in area.request.POST.items()}
    answers = form.read(kind, sent, area.today, near=area.unit, corrects=asks)
    for name, options in way.choices.items():
        chosen = answers.fields.get(name)
        if chosen and str(chosen) not in {o.value for o in options}:
            answers = answers.with_fault(name, NOT_ONE)
    if not answers.faults:
        answers = way.check(answers)
    if answers.faults:
        return _form(area, kind, way, target, answers)
    assert answers.happened_on is not None
    identifier = area.identifier()
    entry = unitfiles.new_entry(
        unit.code, kind.name, answers.happened_on, {n: v for n, v in answers.fields.items() if v is not None},
        now=area.now, author=area.actor.name, office=area.home.code, identifier=identifier,
        corrects=target.id if target else None, reason=answers.reason or (way.reason if target else ""),
        source=area.source,
    )  # fmt: skip
    came = write(entry, answers, actor=area.actor, now=area.now)
    if came.refused is not None:
        return refused(area, kind, came.refused, way)
    if came.status:
        return _form(area, kind, way, target, came.answers, status=came.status)
    return HttpResponseRedirect(way.after(entry))


def corrected(area: Area, unit: Unit, kind: Kind) -> Entry | None:
    """The entry that the form is to correct, by `corrects` of what was asked; None where it corrects nothing.
    One that is not there or of another kind is 404."""
    said = area.asked(CORRECTS)
    if not said:
        return None
    try:
        identifier = UUID(said)
    except ValueError as wrong:
        raise Http404(said) from wrong
    file = unitfiles.unit_file(unit)
    found = file.entry(identifier)
    if found is None or found.kind != kind.name or file.view is None:
        raise Http404(said)
    return found


def stands(area: Area, unit: Unit, target: Entry) -> bool:
    """Whether the entry to be corrected still counts, or this very correction is already there."""
    file = unitfiles.unit_file(unit)
    if area.request.method == "POST" and file.entry(area.identifier()) is not None:
        return True
    return file.view is not None and target.id not in file.view.case_file.status()


def _form(
    area: Area, kind: Kind, way: Way, target: Entry | None, answers: Answers, *, status: int = 0
) -> HttpResponse:
    act = way.heading or Label(f"登记：{kind.label.zh}", f"Record: {kind.label.en}")
    if target is not None:
        act = Label(f"更正：{kind.label.zh}", f"Correct: {kind.label.en}")
    fields = form.fields_of(kind, answers, corrects=target is not None and not way.reason)
    hidden = [("id", area.asked("id") or str(area.new_id()))]
    if target is not None:
        hidden.append((CORRECTS, str(target.id)))
    page = Form(
        area.title(act), way.lead or kind.help or "", way.action,
        tuple(_shown(one, way, answers) for one in fields), tuple(hidden),
        Button(Label("保存", "Save"), look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}),
        Button(Label("取消", "Cancel"), way.back, "link"), crumbs=way.crumbs,
        summary=form.summary(kind, answers), facts=way.facts, notices=way.notices,
    )  # fmt: skip
    return show(area.request, page, status=status or (422 if answers.faults else 200))


def _shown(one: Field, way: Way, answers: Answers) -> Field:
    if one.name in way.hidden:
        return replace(one, kind="hidden")
    options = way.choices.get(one.name)
    if options is None:
        return one
    none = Option("", Label("没有", "None"))
    return replace(
        one, kind="choice", options=(none, *options), value=answers.typed.get(one.name, ""), optional=True
    )


def refused(area: Area, kind: Kind, reason: Label, way: Way, *, status: int = 403) -> HttpResponse:
    """Why nothing was recorded."""
    back = Button(Label("返回", "Back"), way.back)
    page = Board(
        Label("没有登记", "Nothing was recorded"), kind.label,
        (Section("refused", Label("为什么", "Why"), empty=Empty(reason, (back,))),),
    )  # fmt: skip
    return show(area.request, page, status=status)
