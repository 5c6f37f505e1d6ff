"""What leaves: a sample without anybody in it, a list in the partner's words, one person as FHIR. Each is
noted before anything is given, and told in the unit's own file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from guitu.casefile import Entry
from guitu.exchange.fhir import check
from guitu.exchange.partners import Partner
from guitu.exchange.partners.outgoing import NotGiven, given, how_many, people
from guitu.exchange.partners.proposing import exchange_entry
from guitu.exchange.partners.refusing import Refusal
from guitu.exchange.partners.telling import may_tell, tell
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.acts.export import alone
from guitu.store.home import contacts
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.accounts.recent import confirmed_download
from guitu.web.component import say
from guitu.web.noted import noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import open_file
from guitu.web.pages.partners import view, words
from guitu.web.taking.words import Head
from guitu.web.taking.writing import attached, written
from guitu.web.who import Who

FHIR: Final = "application/fhir+json"
ENDINGS: Final = ("csv", "xlsx")
NO_CASE: Final = Label("请写档案号。", "Write the case number.")


@shows("partners")
def sample(request: HttpRequest, partner: str) -> HttpResponse | FileResponse:
    """A file as this partner sends it, of nobody."""
    found = view.partner_of(partner)
    if not found.sample or found.takes is None:
        raise Http404(partner)
    reader, _ = view.reader_of(request)
    heads = [Head(head, place) for place, head in enumerate(found.takes.heads)]
    rows = [tuple(row[head.text] for head in heads) for row in found.sample]
    return _attached(found, "csv", heads, rows, reader, f"{partner}-sample.csv")


@shows("partners")
@require_POST
@confirmed_download
def give_list(request: HttpRequest, partner: str) -> HttpResponse | FileResponse:
    """The list, if one officer may give so many alone; else the way to propose it."""
    reader, unit = view.reader_of(request)
    found = view.partner_of(partner)
    ending = request.POST.get(words.AS, ENDINGS[0])
    if ending not in ENDINGS or not view.exports(reader, unit):
        raise Http404(partner)
    try:
        total = how_many(found, unit)
    except NotGiven as refused:
        raise Http404(partner) from refused
    if total > alone():
        query = urlencode((("what", "partner"), ("partner", partner), ("ending", ending)))
        return HttpResponseRedirect(f"{reverse('export_ask')}?{query}")
    return approved(request, partner, ending)


def counted(request: HttpRequest, partner: str) -> int:
    """How many people the list holds now."""
    reader, unit = view.reader_of(request)
    found = view.partner_of(partner)
    if not view.exports(reader, unit):
        raise Http404(partner)
    try:
        return how_many(found, unit)
    except NotGiven as refused:
        raise Http404(partner) from refused


def approved(request: HttpRequest, partner: str, ending: str) -> HttpResponse | FileResponse:
    """The list as it is now, as a file."""
    reader, unit = view.reader_of(request)
    found = view.partner_of(partner)
    counted(request, partner)
    assert found.gives is not None
    lines = contacts.reached(people(found, unit), clock.today())
    some = list(given(found, lines, tree()))
    leaving = [one for one in some if one.refusal is None]
    noted_list(request, "export", leaving, unit, f"partner {partner}")
    refused = [one.refusal for one in some if one.refusal is not None]
    _exchanged(found, unit, reader, len(leaving), refused)
    heads = [Head(column.head, place) for place, column in enumerate(found.gives.columns)]
    name = f"{partner}_{clock.today().isoformat()}.{ending}"
    return _attached(found, ending, heads, [one.words for one in leaving], reader, name)


def _exchanged(
    partner: Partner, unit: Unit, reader: Who, lines: int, refused: Iterable[Refusal] = ()
) -> Entry:
    now = clock.now()
    entry = exchange_entry(
        partner, "out", unit, lines=lines, refused=refused, author=reader.username, now=now
    )
    unitfiles.record(entry, actor=reader.actor, now=now)
    return entry


def _attached(
    partner: Partner,
    ending: str,
    heads: list[Head],
    rows: Iterable[tuple[str, ...]],
    reader: Who,
    name: str,
) -> HttpResponse | FileResponse:
    content = written(ending, heads, rows, say(partner.label), (reader.username, clock.now()))
    return attached(content, ending, name)


@shows("partners")
@require_POST
@confirmed_download
def give_person(request: HttpRequest, partner: str) -> HttpResponse:
    """One person as a FHIR bundle. A file outside the area is not there."""
    reader, unit = view.reader_of(request)
    found = view.partner_of(partner)
    if found.form != "fhir" or not view.exports(reader, unit):
        raise Http404(partner)
    case = request.POST.get(words.CASE, "").strip()[:60]
    if not case:
        page = view.page_of(request, reader, unit, found, case_error=NO_CASE)
        return show(request, page, status=422)
    opened = open_file(case, reader)
    now = clock.now()
    try:
        compartments = may_tell(found, opened.view, opened.sight.open, now)
    except NotGiven as refused:
        page = view.page_of(request, reader, unit, found, case=case, case_error=refused.label)
        return show(request, page, status=422)
    noted_file(request, opened, "export", f"fhir {partner} {' '.join(compartments)}")
    told = tell(found, opened.view, opened.sight, compartments, now)
    wrong = check(told.bundle)
    assert not wrong, wrong
    _exchanged(found, unit, reader, 1)
    answer = HttpResponse(json.dumps(told.bundle, ensure_ascii=False, indent=1), content_type=FHIR)
    answer.headers["Content-Disposition"] = f'attachment; filename="{opened.case_no}.json"'
    return answer
