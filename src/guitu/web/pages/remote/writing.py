"""What the small forms of one consultation write: as a hospital's doctor, or as the centre's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Value
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.store.centre import remote
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.web import rooms
from guitu.web.inside.asked import derived
from guitu.web.noted import noted_write
from guitu.web.page import show
from guitu.web.pages.remote import forms, one, words
from guitu.web.pages.remote.asked import Here, open_one
from guitu.web.pages.remote.forms import Typed

HOSPITAL: Final = {
    "answer": "remote_answer",
    "opinion": "remote_opinion",
    "rx": "remote_prescription",
    "call": "remote_call",
}
"""The forms of the hospital's side, and the kind of each."""
CENTRE: Final = {"closed": "remote_closed", "withdrawn": "remote_withdrawn", "call": "remote_call"}
"""Those of the centre's; `take<n>` besides."""
SIGNED: Final = frozenset({"remote_answer", "remote_opinion", "remote_prescription"})
PRESCRIBED: Final = ("drug", "dose", "dose_unit", "route", "often", "until", "note")


def write(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take one form, and go back to the consultation; or the page again with what is wrong."""
    here = open_one(request, identifier, "remote record")
    if request.method != "POST":
        return HttpResponseRedirect(words.one(identifier))
    name = request.POST.get(forms.ACT, "")
    taking = name.startswith("take") and here.side == "centre"
    kind = "remote_taken_over" if taking else (HOSPITAL if here.side == "hospital" else CENTRE).get(name, "")
    if not kind:
        raise Http404(name)
    fixed = {"to": str(identifier), "via": "here", "signed": signature(here)}
    if taking:
        fixed["to"] = request.POST.get("rx", "")
        fixed["prescription"] = str(derived(here.asked.identifier(), "prescription"))
        if request.POST.get(f"{name}-taken") != "yes":
            fixed.pop("prescription")
    declared = {a.name for a in kinds()[kind].fields}
    back = forms.read(
        name, kind, request.POST, here.asked.today, {k: v for k, v in fixed.items() if k in declared}
    )
    if back.faults:
        return _again(here, back)
    told = _record(here, name, kind, dict(back.values))
    if told is not None:
        return _again(here, back, told)
    if kind in ("remote_closed", "remote_withdrawn"):
        rooms.empty(identifier)
    return HttpResponseRedirect(f"{words.one(identifier)}?saved={'take' if taking else name}")


def signature(here: Here) -> str:
    """Who signs: the doctor's name and the hospital's."""
    post = here.asked.reader.post
    return f"{here.asked.reader.name}（{post.unit_name if post else ''}）"[:200]


def _again(here: Here, back: Typed, told: Label | None = None) -> HttpResponse:
    summary = back.summary(*((told,) if told is not None else ()))
    return show(here.asked.request, one.page(here, back, summary), status=422)


def _record(here: Here, name: str, kind: str, values: dict[str, Value]) -> Label | None:
    """Write it, by the gate; what is wrong, if anything is."""
    identifier = here.asked.identifier()
    if here.side == "hospital":
        values.pop("to", None)
        return as_hospital(here, identifier, kind, values)
    assert here.opened is not None
    if not here.centre_may(kind):
        return here.opened.may_record(here.asked.reader.actor, kinds()[kind]).reason
    if (refused := _not_now(here, kind, values)) is not None and here.opened.entry(identifier) is None:
        return refused
    entries = [here.asked.entry(here.opened.view.id, kind, values, identifier)]
    if kind == "remote_taken_over" and values.get("taken") == "yes":
        entries.append(_prescription(here, str(values["to"]), UUID(str(values["prescription"]))))
    return as_centre(here, entries)


def _not_now(here: Here, kind: str, values: Mapping[str, Value]) -> Label | None:
    """Why this cannot be written at this point."""
    if here.one.ended is not None:
        return Label("会诊已经结束。", "It is over already.")
    if kind == "remote_call" and (here.state not in ("accepted", "advised") or not here.one.standing):
        return Label("医院还没有接收，或者本人不同意。", "The hospital has not accepted, or consent is gone.")
    if kind == "remote_taken_over":
        known = {str(a.entry.id): a for a in here.one.advised}
        found = known.get(str(values.get("to")))
        if found is None:
            raise Http404(str(values.get("to")))
        if found.taken is not None:
            return Label("这条处方意见已经处理过了。", "It is settled already.")
    if kind == "remote_closed" and here.one.unsettled:
        left = len(here.one.unsettled)
        return Label(
            f"还有 {left} 条处方意见没有处理：接手，或写明为什么不。",
            f"{left} advised prescriptions are not settled: take them over, or say why not.",
        )
    return None


def _prescription(here: Here, advised: str, identifier: UUID) -> Entry:
    """The centre's own prescription of what was advised."""
    assert here.opened is not None
    entry = next(a.entry for a in here.one.advised if str(a.entry.id) == advised)
    fields = {name: entry.get(name) for name in PRESCRIBED}
    return here.asked.entry(here.opened.view.id, "prescription", fields, identifier)


def as_hospital(here: Here, identifier: UUID, kind: str, values: Mapping[str, Value]) -> Label | None:
    """Write as the hospital's doctor; what is wrong, if anything is."""
    asked = here.asked
    try:
        made = remote.write_as_hospital(
            here.consult, asked.reader.actor, [(identifier, kind, values)], asked.today, asked.now
        )
    except NotAllowed as wrong:
        return wrong.decision.reason
    except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
        return wrong.label
    for entry in made:
        noted_write(asked.request, here.consult.no, entry.id, entry.kind, here.consult.view.area)
    return None


def as_centre(here: Here, entries: list[Entry]) -> Label | None:
    """Write as the centre's doctor, all or none; what is wrong, if anything is."""
    assert here.opened is not None
    asked = here.asked
    try:
        gate.record_many(entries, actor=asked.reader.actor, now=asked.now)
    except NotAllowed as wrong:
        return wrong.decision.reason
    except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
        return wrong.label
    for entry in entries:
        noted_write(asked.request, here.opened.view.no, entry.id, entry.kind, here.opened.view.area)
    return None
