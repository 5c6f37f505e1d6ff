"""Asking a hospital: consent and request on one sheet, as on paper. Refused consent is recorded, and that is
the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.centre import consulting
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.store.centre import remote
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import DifferentContent, NotAccepted, NotAllowed
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.asked import derived
from guitu.web.noted import noted_write
from guitu.web.page import show
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.record.build import identity
from guitu.web.pages.remote import forms, words
from guitu.web.pages.remote.asked import ID, Asked, asked
from guitu.web.pages.remote.forms import NOTHING, Typed
from guitu.web.pages.remote.shown import AskPage, Tick

CONSENT, ASKED, SHARE = "consent", "asked", "share"
USUAL: Final = frozenset({"health_condition", "chronic_plan", "allergy", "prescription"})
"""What is ticked when the sheet is opened."""
MOST_SHARED: Final = 80
"""Documents of one request: their ids have to fit into one answer."""
REFUSED: Final = "refused"


def ask(request: HttpRequest, case: str) -> HttpResponse:
    """The sheet."""
    now = asked(request)
    opened = open_whole(case, now.reader)
    noted_file(request, opened, detail="remote ask")
    decision = opened.may_record(now.reader.actor, kinds()[consulting.REQUEST])
    offered = consulting.offered(opened.shown.counted(), now.today)
    identifier = now.identifier()
    if request.method != "POST":
        ticked = frozenset(str(e.id) for e in offered if e.kind in USUAL)
        stopped = request.GET.get("consent") == REFUSED
        return show(request, _page(now, opened, identifier, offered, ticked, stopped=stopped))
    if opened.entry(identifier) is not None:  # sent twice
        return HttpResponseRedirect(words.one(identifier))
    ticked = frozenset(request.POST.getlist(SHARE))
    said: Mapping[str, str] = request.POST
    if request.POST.get(f"{CONSENT}-answer") == "no":  # what was asked besides falls away, script or not
        said = {f"{CONSENT}-answer": "no"}
    consent = forms.read(CONSENT, consulting.CONSENT, said, now.today, {})
    if not decision.allowed:
        return _again(now, opened, identifier, offered, ticked, consent, NOTHING, decision.reason)
    if not consent.faults and consent.values.get("answer") == "no":
        entry = now.entry(
            opened.view.id, consulting.CONSENT, dict(consent.values), derived(identifier, CONSENT)
        )
        if (told := _record(now, opened, [entry])) is not None:
            return _again(now, opened, identifier, offered, ticked, consent, NOTHING, told)
        return HttpResponseRedirect(f"{words.new(opened.case_no)}?consent={REFUSED}")
    consent = _guardian(consent, opened.identity.get("birth"), now.today)
    shared = [e for e in offered if str(e.id) in ticked]
    first = derived(identifier, CONSENT)
    typed = _request(now, request.POST, first, shared)
    if consent.faults or typed.faults:
        return _again(now, opened, identifier, offered, ticked, consent, typed)
    if len(shared) > MOST_SHARED:
        told = Label(f"最多给出 {MOST_SHARED} 份资料。", f"At most {MOST_SHARED} documents can be shown.")
        return _again(now, opened, identifier, offered, ticked, consent, typed, told)
    entries = [
        now.entry(opened.view.id, consulting.CONSENT, dict(consent.values), first),
        now.entry(opened.view.id, consulting.REQUEST, dict(typed.values), identifier),
    ]
    if (told := _record(now, opened, entries)) is not None:
        return _again(now, opened, identifier, offered, ticked, consent, typed, told)
    return HttpResponseRedirect(f"{words.one(identifier)}?saved=asked")


def _guardian(consent: Typed, born: object, on: date) -> Typed:
    """Of somebody under age the guardian consents."""
    if consent.values.get("answer") != "yes" or not consulting.needs_guardian(born, on):
        return consent
    if consent.values.get("by") == "guardian":
        return consent
    told = Label("未满十八周岁的，须由监护人同意。", "Under eighteen, the guardian has to consent.")
    return replace(consent, faults={**consent.faults, "by": told})


def _request(now: Asked, data: Mapping[str, str], consent: UUID, shared: list[Entry]) -> Typed:
    fixed = {"consent": str(consent), "shares": " ".join(str(e.id) for e in shared)}
    code = data.get(f"{ASKED}-hospital", "")
    known = {u.code for u in remote.hospitals()}
    typed = forms.read(ASKED, consulting.REQUEST, data, now.today, {**fixed, "hospital": code})
    if code not in known:
        told = Label("请选择协作医院", "Choose the hospital")
        return replace(typed, faults={"hospital": told, **typed.faults})
    return typed


def _record(now: Asked, opened: Opened, entries: list[Entry]) -> Label | None:
    try:
        gate.record_many(entries, actor=now.reader.actor, now=now.now)
    except NotAllowed as wrong:
        return wrong.decision.reason
    except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
        return wrong.label
    for entry in entries:
        noted_write(now.request, opened.view.no, entry.id, entry.kind, opened.view.area)
    return None


def _again(
    now: Asked,
    opened: Opened,
    identifier: UUID,
    offered: tuple[Entry, ...],
    ticked: frozenset[str],
    consent: Typed,
    typed: Typed,
    told: Label | None = None,
) -> HttpResponse:
    faults = [Fault(told)] if told is not None else []
    for back in (consent, typed):
        if (summary := back.summary()) is not None:
            faults += summary.faults
    page = _page(now, opened, identifier, offered, ticked, consent, typed, ErrorSummary(tuple(faults)))
    return show(now.request, page, status=422)


def _page(
    now: Asked,
    opened: Opened,
    identifier: UUID,
    offered: tuple[Entry, ...],
    ticked: frozenset[str],
    consent: Typed = NOTHING,
    typed: Typed = NOTHING,
    summary: ErrorSummary | None = None,
    *,
    stopped: bool = False,
) -> AskPage:
    name = str(opened.identity.get("name") or opened.case_no)
    allowed = opened.may_record(now.reader.actor, kinds()[consulting.REQUEST])
    notices = []
    if stopped:
        notices.append(
            Notice(
                "barred",
                Label(
                    "本人不同意，已登记；没有向医院请求，资料没有给出。",
                    "Refused; that is recorded, no hospital was asked and nothing was shown.",
                ),
                Label(
                    "在所内继续治疗，或按需要转诊。", "Treatment goes on in the centre; or refer the person."
                ),
            )
        )
    if not remote.hospitals():
        notices.append(
            Notice(
                "gap",
                Label(
                    "还没有协作医院；由系统管理员增加一个级别为“协作医院”的单位。",
                    "There is no partner hospital yet: an administrator adds a unit of that level.",
                ),
            )
        )
    label = Label("发给医院", "Send to the hospital")
    return AskPage(
        identity=identity(opened, now.today, kinds()),
        title=Label(f"请求远程会诊：{name}", f"Ask for a remote consultation: {name}"),
        action=words.new(opened.case_no),
        hidden=((ID, str(identifier)),),
        consent=forms.fields(CONSENT, consulting.CONSENT, consent),
        request=_fields(typed),
        ticks=tuple(
            Tick(
                str(e.id),
                e.happened_on.isoformat(),
                kinds()[e.kind].label,
                words.answers(e),
                str(e.id) in ticked,
            )
            for e in offered
        ),
        save=Button(label, look="primary")
        if allowed.allowed
        else Button(label, look="primary", why_not=allowed.reason),
        back=Button(Label("取消", "Cancel"), href=f"/medical/people/{opened.case_no}/", look="link"),
        crumbs=words.crumbs(Crumb(name)),
        summary=summary,
        notices=tuple(notices),
    )


def _fields(typed: Typed) -> tuple[Field, ...]:
    """The request's questions; the hospital is chosen among those there are."""
    some = remote.hospitals()
    found = []
    for field in forms.fields(ASKED, consulting.REQUEST, typed):
        if field.name == f"{ASKED}-hospital":
            value = field.value or (some[0].code if len(some) == 1 else "")
            options = tuple(Option(u.code, u.name) for u in some)
            field = Field(field.name, field.label, "choice", value, options=options, error=field.error)
        found.append(field)
    return tuple(found)
