"""Records, corrects and withdraws entries: reads a form, shows its effect, and hands it to the one gate.

**Recording inside another page.** A page that lists duties fetches the form with HTMX from
`addresses.record_duty(…, query=(("from", "today"), ("row", "<id of the line>")))` and puts it where it likes.
It comes as `<div class="record record-inline">` and talks to itself. Once saved, that block is replaced by
one line with the receipt, and the event `guitu:recorded` is fired with `{row, case_no, said}`, so that the
page can mark its line as done and move the focus on. Without script the same links open this page by itself,
and saving goes back to Today with `?recorded=<case number>&entry=<id>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import trigger_client_event

from guitu.access import Actor, may_see_page
from guitu.casefile import Entry, Kind
from guitu.casefile.file import VOID
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.home.handover.baton import REFUSED
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import gate, proposals
from guitu.store.access_log import EFFECT
from guitu.store.acts.record import payload_of
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.guards import by_person
from guitu.store.proposals import CannotPropose
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.component import say
from guitu.web.fresh import id_of_form
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.casefile.saved import proposed_notice, saved_notice
from guitu.web.pages.record import build, drafts, form, places
from guitu.web.pages.record.drafts import Draft
from guitu.web.pages.record.page import RefusedPage, SavedPage, Units
from guitu.web.who import who

LONGEST_ROW_ID = 120
LONGEST_LIST = 300


class Sent:
    """One request: who asks, about which file, at what time, and where the form was opened from."""

    def __init__(self, request: HttpRequest, case: str) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        self.request = request
        self.actor: Actor = reader.actor
        self.reader = reader
        self.opened: Opened = open_whole(case, reader)
        self.now: datetime = clock.now()
        self.today: date = store_clock.office_day(self.now)
        self.data: Mapping[str, str] = request.POST if request.method == "POST" else request.GET
        looking = build.LOOK in self.data or build.CHANGE in self.data
        noted_file(request, self.opened, detail=EFFECT if looking else "record")
        self.htmx = bool(request.htmx)

    @property
    def came(self) -> build.Came:
        """`from` and `row`, if they are there."""
        if self.returns:
            return ((build.CAME_FROM, self.returns),)
        if self.listed:
            return ((build.CAME_FROM, build.LIST), (build.ROW, self.listed))
        if self.data.get(build.CAME_FROM) != build.TODAY:
            return ()
        row = self.data.get(build.ROW, "")[:LONGEST_ROW_ID]
        return ((build.CAME_FROM, build.TODAY), *(((build.ROW, row),) if row else ()))

    @property
    def returns(self) -> str:
        """The page of this person from which the form was opened and to which saving leads back, if any."""
        page = self.data.get(build.CAME_FROM, "")
        return page if page in addresses.RETURNS else ""

    @property
    def listed(self) -> str:
        """The page of a list from which the form was opened and to which saving leads back, if any."""
        where = self.data.get(build.ROW, "")
        listed = self.data.get(build.CAME_FROM) == build.LIST and addresses.LISTS.fullmatch(where)
        return where if listed and len(where) <= LONGEST_LIST else ""

    @property
    def inline(self) -> bool:
        """Whether the form stands inside Today."""
        return self.htmx and bool(self.came) and not (self.returns or self.listed)

    @property
    def near(self) -> Unit | None:
        """The reader's own unit."""
        return tree().get(self.actor.posts[0].unit) if self.actor.posts else None

    def identifier(self) -> UUID:
        """The id the form was given when it was first opened; a new one on opening."""
        return id_of_form(self.request, self.now)

    def show(self, page: object, *, part: str = "", status: int = 200) -> HttpResponse:
        """The page; inside Today, only its part, with a status that the part is put in its place for."""
        if not self.inline:
            return show(self.request, page, status=status)  # type: ignore[arg-type]
        return show(self.request, page, part=part, status=200 if status == 200 else 422)  # type: ignore[arg-type]


@shows("record")
def choose(request: HttpRequest, case: str) -> HttpResponse:
    """What do you want to record?"""
    sent = Sent(request, case)
    opened = sent.opened
    page = build.choose(
        opened,
        opened.assessed(sent.today),
        sent.today,
        recordable(sent.actor, opened.sight.target),
        records=may_see_page(sent.actor, "records").allowed,
    )
    return show(request, page)


@shows("record")
def record(request: HttpRequest, case: str, kind: str) -> HttpResponse:
    """The form of one kind; and saving it."""
    known = kinds().get(kind)
    if known is None or known.about != "person" or known.name == VOID or known.act or known.own_page:
        raise Http404(kind)
    sent = Sent(request, case)
    return _answer(sent, Draft(sent.identifier(), known), _prefilled(known, request.GET, sent.today))


@shows("record")
def correct(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """The same form with what was recorded; saving adds an entry that takes its place."""
    sent = Sent(request, case)
    target = _target(sent, entry)
    if target.kind == VOID:
        raise Http404(str(entry))
    if any(ask.type == "identity_number" for ask in kinds()[target.kind].fields):
        noted_file(request, sent.opened, "number")
    draft = build.correction_of(sent.identifier(), target)
    return _still_counts(sent, target) or _answer(sent, draft, form.typed_of(target))


@shows("record")
def withdraw(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """Withdrawing an entry: it stays readable and no longer counts."""
    sent = Sent(request, case)
    target = _target(sent, entry)
    if target.kind == VOID:
        raise Http404(str(entry))
    draft = build.void_of(sent.identifier(), target)
    return _still_counts(sent, target) or _answer(sent, draft, _prefilled(draft.kind, {}, sent.today))


@shows("unit_names")
def units(request: HttpRequest) -> HttpResponse:
    """Units whose name holds what was typed, as answers of a form."""
    reader = who(request)
    assert reader is not None
    near = tree().get(reader.post.unit) if reader.post else None
    name = request.GET.get("name", "")
    asks = {a.name for k in kinds().values() for a in k.fields if a.type == "unit"}
    if name not in asks:
        raise BadRequest("no such question")
    typed = " ".join(request.GET.get(f"{name}_search", "")[:60].split())
    found = places.matching(typed, near)
    return show(request, Units(name, places.options(found), len(found), typed), part="units_body")


def _target(sent: Sent, identifier: UUID) -> Entry:
    target = sent.opened.entry(identifier)
    if target is None or not sent.opened.shows(target):
        raise Http404(str(identifier))
    return target


def _still_counts(sent: Sent, target: Entry) -> HttpResponse | None:
    """The refusal if the entry no longer counts or the person handed it in; a form that was sent again gets
    its receipt instead."""
    if sent.request.method == "POST" and sent.opened.entry(sent.identifier()) is not None:
        return None
    if by_person(target, kinds()[target.kind]):
        return sent.show(build.handed_in(sent.opened, target), part="refused_body", status=403)
    status = sent.opened.view.case_file.status()
    if target.id not in status:
        return None
    now = status[target.id]
    now = now if now is not None and now.id != target.id else None
    return sent.show(build.already(sent.opened, target, now), part="refused_body", status=409)


def _prefilled(kind: Kind, given: Mapping[str, str], today: date) -> form.Answers:
    """What the form opens with: today, and the answers that its address already knows."""
    known = (a.name for a in kind.fields if not a.sealed)  # what is sealed may not stand in an address
    typed = {name: given[name][:200] for name in known if name in given}
    typed[form.DAY] = given.get(form.DAY, today.isoformat())[:20]
    read = form.read(kind, typed, today)
    return form.Answers(read.typed, read.happened_on, read.fields)


def _answer(sent: Sent, draft: Draft, first: form.Answers) -> HttpResponse:
    """The form, its effect, the check before saving, or what came of saving."""
    refused = _may(sent, draft)
    if refused is not None:
        return sent.show(refused, part="refused_body", status=403)
    if sent.request.method != "POST":
        return _form(sent, draft, first, quiet=True)
    answers = form.read(draft.kind, sent.data, sent.today, near=sent.near, corrects=draft.corrects)
    if build.LOOK in sent.data or build.CHANGE in sent.data:
        return _form(sent, draft, answers, quiet=True)
    if answers.faults:
        return _form(sent, draft, answers)
    entry = draft.entry(answers, sent.opened, sent.actor, sent.now)
    repeated = sent.opened.entry(entry.id) is not None
    wrong = None if repeated else drafts.impossible(entry, draft.kind, sent.opened, sent.now)
    if wrong is not None:
        return _form(sent, draft, drafts.placed(wrong, draft.kind, answers))
    if not repeated and build.CHECKED not in sent.data:
        asked = drafts.questions(entry, draft.kind, sent.opened, sent.today)
        if asked or draft.touches_liberty:
            lines = drafts.effect(sent.opened, entry, sent.today)
            page = build.check(
                sent.opened,
                draft,
                answers,
                sent.today,
                lines,
                asked,
                came=sent.came,
                inline=sent.inline,
                waits=gate.waits(entry),
            )
            return sent.show(page, part="check_body")
    return _save(sent, draft, answers, entry)


def _may(sent: Sent, draft: Draft) -> RefusedPage | None:
    """The page that says why not, if the post may not record this (or what it withdraws)."""
    wanted = [draft.kind] + ([kinds()[draft.target.kind]] if draft.target else [])
    for kind in wanted:
        decision = sent.opened.may_record(sent.actor, kind)
        if not decision.allowed:
            return build.not_allowed(sent.opened.case_no, draft, decision)
    return None


def _form(sent: Sent, draft: Draft, answers: form.Answers, *, quiet: bool = False) -> HttpResponse:
    """The form. `quiet` names no faults: nothing has been saved yet, so nothing is wrong yet."""
    lines = None
    if answers.happened_on is not None and not _unanswered(draft, answers):
        entry = draft.entry(answers, sent.opened, sent.actor, sent.now)
        if drafts.impossible(entry, draft.kind, sent.opened, sent.now) is None:
            lines = drafts.effect(sent.opened, entry, sent.today)
    if quiet:
        answers = form.Answers(
            answers.typed, answers.happened_on, answers.fields, answers.reason, choices=answers.choices
        )
    page = build.record(
        sent.opened,
        draft,
        answers,
        sent.today,
        lines=lines,
        came=sent.came,
        focus=sent.data.get(build.CHANGE, ""),
        account=sent.actor.name,
        inline=sent.inline,
    )
    if build.LOOK in sent.data and sent.htmx:
        return show(sent.request, page, part="effects")
    return sent.show(page, part="form", status=422 if answers.faults else 200)


def _unanswered(draft: Draft, answers: form.Answers) -> bool:
    """Whether something is still missing or wrong in what decides the effect; a missing reason does not."""
    wrong = [box for box in answers.faults if box != form.REASON]
    return bool(wrong or draft.kind.faults(answers.fields))


def _save(sent: Sent, draft: Draft, answers: form.Answers, entry: Entry) -> HttpResponse:
    waits = gate.waits(entry)
    try:
        if waits:
            proposals.propose(
                "record",
                payload_of(entry),
                file=entry.file,
                actor=sent.actor,
                reason=answers.reason,
                now=sent.now,
                id=entry.id,
            )
        else:
            gate.record(entry, actor=sent.actor, now=sent.now)
    except CannotPropose as refused:
        return _form(sent, draft, answers.with_fault("", refused.label))
    except NotAccepted as refused:
        return _form(sent, draft, drafts.placed(refused, draft.kind, answers))
    except NotAllowed as refused:
        page = build.not_allowed(sent.opened.case_no, draft, refused.decision)
        return sent.show(page, part="refused_body", status=403)
    except DifferentContent:
        there = sent.opened.entry(entry.id)
        if there is None or not sent.opened.shows(
            there
        ):  # taken in another file: nothing of it may be shown here
            raise BadRequest("the id is taken") from None
        page = build.other_content(sent.opened, draft, answers, there)
        return sent.show(page, part="refused_body", status=409)
    except StoreUnavailable as unavailable:
        told = answers.with_fault("", _kept(unavailable.label))
        again = build.record(sent.opened, draft, told, sent.today, came=sent.came, inline=sent.inline)
        return sent.show(again, part="form", status=503)
    return _proposed(sent, entry) if waits else _saved(sent, draft, entry)


def _proposed(sent: Sent, entry: Entry) -> HttpResponse:
    """Where putting an entry before a second officer leads: as saving, with what it waits for."""
    case_no = sent.opened.case_no
    if sent.returns:
        return HttpResponseRedirect(addresses.back_to(sent.returns, case_no, (("proposed", str(entry.id)),)))
    if sent.listed:
        return HttpResponseRedirect(addresses.back_to_list(sent.listed, (("proposed", str(entry.id)),)))
    if not sent.came:
        return HttpResponseRedirect(addresses.file(case_no, (("proposed", str(entry.id)),)))
    if not sent.inline:
        return HttpResponseRedirect(f"{reverse('today')}?{urlencode({'proposed': str(entry.id)})}")
    return show(sent.request, SavedPage(case_no, proposed_notice(entry.id)), part="saved_body")


def _kept(label: Label) -> Label:
    return Label(
        f"{label.zh} 已填内容还在，请再按一次保存。", f"{label.en} What you typed is kept: save again."
    )


def _saved(sent: Sent, draft: Draft, entry: Entry) -> HttpResponse:
    """Where saving leads: the file with the receipt, Today's next line, or one line inside Today."""
    case_no = sent.opened.case_no
    noted_write(sent.request, sent.opened.view.no, entry.id, entry.kind, sent.opened.view.area)
    leads = "handover" if entry.kind == REFUSED and not sent.came else sent.returns
    if leads:  # whoever sent a file back may not see it any more, which the page of hand-overs says
        return HttpResponseRedirect(addresses.back_to(leads, case_no, (("saved", str(entry.id)),)))
    told = (("recorded", case_no), ("entry", str(entry.id)))
    if sent.listed:
        return HttpResponseRedirect(addresses.back_to_list(sent.listed, told))
    if not sent.came:
        return HttpResponseRedirect(addresses.file(case_no, (("saved", str(entry.id)),)))
    if not sent.inline:
        return HttpResponseRedirect(addresses.back_to_list(reverse("today"), told))
    opened = open_whole(case_no, sent.reader)
    notice = saved_notice(opened, opened.assessed(sent.today), entry.id)
    assert notice is not None
    response = show(sent.request, SavedPage(case_no, notice), part="saved_body")
    heard = {"row": dict(sent.came).get(build.ROW, ""), "case_no": case_no, "said": say(notice.text)}
    return trigger_client_event(response, "guitu:recorded", heard)
