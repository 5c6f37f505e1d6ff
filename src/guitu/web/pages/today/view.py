"""Collects Today: the store counts and lists, the law's own sentences say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guitu import access
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.model import Assessment, Duty
from guitu.store import grants, read
from guitu.store.centre import medical, safety, unchanged
from guitu.store.centre.medical import Restrained
from guitu.store.centre.stays import centre_of
from guitu.store.projections.compute import ACCEPTED
from guitu.store.read.proposals import count_waiting
from guitu.store.readings import reviews
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.component import say
from guitu.web.components.pager.component import SIZES
from guitu.web.components.why.component import why_of
from guitu.web.noted import noted_list
from guitu.web.page import show, show_kept, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import open_whole
from guitu.web.pages.casefile.saved import receipt
from guitu.web.pages.signin.view import first_page
from guitu.web.pages.today import build, fresh
from guitu.web.pages.today.build import MayRecord
from guitu.web.pages.today.choices import Choices, choices_of, on_caseload
from guitu.web.pages.today.page import Recorded, Sheet, SheetRow, TodayPage, WhyPart
from guitu.web.pages.today.rows import DoneLine
from guitu.web.who import Who, who

SHEET_ROWS: Final = 100
OPEN: Final = ("open", "overdue")
STILL: Final = Label(
    "已登记，但按规则这一项还没有办完，见依据。",
    "Recorded, but by the rules this duty is not done yet: see its basis.",
)


@shows("today", public=True)
def landing(request: HttpRequest) -> HttpResponse:
    """Today; for a post that has no use for it, the first page that it has."""
    reader = who(request)
    if reader is None and request.GET:
        here = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('sign_in')}?{here}")
    if reader is None or reader.post is None or not access.may_see_page(reader.actor, "today").allowed:
        return first_page(request)
    return today(request, reader)


def today(request: HttpRequest, reader: Who) -> HttpResponse:
    """What is to be done under the reader's unit."""
    day = clock.today()
    fresh.see_to(day)
    chosen = choices_of(request.GET, reader)
    found = chosen.list(day)
    chosen = replace(chosen, page=found.page)
    noted_list(request, "list", found.rows, chosen.unit, "today")
    workers = build.workers(chosen, found)
    scopes = (0, 0) if on_caseload(reader, chosen.home, chosen.units) else _scopes(chosen, found)
    told, is_asked = _told(reader), reviews.is_asked(reader.username)
    held, plans = _restrained(reader), _reviews(reader, day)

    def page() -> TodayPage:
        pages = build.pager(chosen, found)
        return TodayPage(
            day=day,
            office=office(reader, chosen),
            summary=build.summary(chosen, found),
            tabs=build.tabs(chosen, *scopes),
            filters=build.filters(chosen, found, workers),
            groups=build.groups(found, chosen, may_record(reader)),
            pager=pages,
            span=build.span(found, pages),
            saved=receipt(request, reader, day),
            band=build.band(found.rights, chosen) if scopes != (0, 0) or not chosen.mine else None,
            told=(
                *build.restrained(held),
                *build.reviews(plans),
                *build.told(*told),
                *((build.ASKED,) if is_asked else ()),
            ),
            empty=None if found.rows else build.empty(chosen),
            print_href=chosen.href("/today/print/") if found.rows else "",
            figures_href=figures_of(reader, chosen),
        )

    if "recorded" in request.GET or "proposed" in request.GET:  # with a receipt, which is shown once
        return show(request, page())
    answered = (found.key, tuple(workers.items()), scopes, told, is_asked, held, plans)
    return show_kept(request, ("today", reader.actor, chosen, answered), page)


def figures_of(reader: Who, chosen: Choices) -> str:
    """Where the figures of the unit are, for those who answer for an area and look at more than cases."""
    assert reader.post is not None
    if not access.role(reader.post.role).approves:
        return ""
    return chosen.href("/indicators/", mine=False, due=None, duty="", worker="")


Told = tuple[tuple[grants.Grant, ...], int, tuple[str, ...], int]
"""In what emergencies files were opened, how many requests wait, what was handed over, and how many proposals
wait for this reader as the second officer."""


def _told(reader: Who) -> Told:
    """What this post has to know beside its duties: only those who approve, and those who receive, ask."""
    assert reader.post is not None
    here, now = tree().find(reader.post.unit), clock.now()
    opened: tuple[grants.Grant, ...] = ()
    waiting = 0
    if access.role(reader.post.role).approves:
        opened, waiting = tuple(grants.notices_above(here, now)), grants.waiting(here)
    receives = reader.post.role in kinds()[ACCEPTED].recorded_by
    handed_over = tuple(grants.handed_over(here, now)) if receives else ()
    return opened, waiting, handed_over, count_waiting(reader.actor, now)


def _restrained(reader: Who) -> Restrained | None:
    """Whether anybody of the post's unit is restrained now; only those who look after it ask."""
    assert reader.post is not None
    if reader.post.role == "inspector" or not access.may_see_page(reader.actor, "medical_restraint").allowed:
        return None
    here, now = tree().find(reader.post.unit), clock.now()
    minute = now.replace(second=0, microsecond=0)
    return _of_centre(
        reader, here, (medical, minute), lambda: medical.restrained(reader.actor, here, clock.today(), now)
    )


def _reviews(reader: Who, day: date) -> safety.Reviews | None:
    """The plans of care that this post is to review by today: no article sets the day, who made the plan
    did."""
    assert reader.post is not None
    if not access.may_see_page(reader.actor, "safety_care").allowed:
        return None
    here, now = tree().find(reader.post.unit), clock.now()
    return _of_centre(
        reader, here, (safety,), lambda: safety.reviews(reader.actor, here, day, now, granted=reader.granted)
    )


T = TypeVar("T")


def _of_centre(reader: Who, here: Unit, what: tuple[object, ...], make: Callable[[], T]) -> T:
    """The answer, worked out once as long as nothing happens in the reader's centre; for readers elsewhere,
    and for those with leave for single files, each time."""
    centre = centre_of(here)
    if centre is None or reader.granted:
        return make()
    return unchanged.once(centre, clock.now(), (what, here.code, reader.actor), make)


def office(reader: Who, chosen: Choices) -> str:
    """Whose list it is: 河西镇 · 乡镇禁毒办."""
    assert reader.post is not None
    return f"{chosen.unit.name} · {say(reader.post.role_label)}"


def may_record(reader: Who) -> MayRecord:
    """Whether this reader's post records a kind; the area is the list's own."""
    known: dict[str, bool] = {}

    def may(kind: str) -> bool:
        if kind not in known:
            found = kinds()[kind]
            known[kind] = (
                access.may_see_page(reader.actor, "record").allowed
                and access.decide(
                    reader.actor,
                    "record",
                    access.Target(
                        recorded_by=found.recorded_by, what=found.label, compartment=found.compartment
                    ),
                ).allowed
            )
        return known[kind]

    return may


def _scopes(chosen: Choices, found: read.Today) -> tuple[int, int]:
    """The lengths of the two lists: everybody's, and the reader's own."""
    here = sum(found.counts.values()) if chosen.due is None else found.total
    if chosen.mine:
        return replace(chosen, mine=False, worker="").total(found.day), here
    if chosen.narrowed:
        return here, replace(chosen, mine=True, worker="").total(found.day)
    return here, found.mine


@shows("today")
def why(request: HttpRequest, case: str, row: str) -> HttpResponse:
    """How the day of one duty was worked out, fetched when its 依据 is opened."""
    reader = who(request)
    assert reader is not None
    opened = open_whole(case, reader)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(addresses.duties(opened.case_no))
    noted_file(request, opened, detail="duty")
    assessment = opened.assessed(clock.today())
    duty = _duty(assessment, opened.case_no, row)
    if duty is None:
        raise Http404(row)
    return show(request, WhyPart(why_of(duty.because), addresses.duties(opened.case_no)), part="why")


def _duty(assessment: Assessment, case_no: str, row: str) -> Duty | None:
    """The duty that a line of the list is about."""
    return next(
        (d for d in assessment.duties if build.row_id(case_no, d.name, d.due, d.measure) == row), None
    )


@shows("today")
def done(request: HttpRequest, case: str, row: str) -> HttpResponse:
    """The line of a duty after something was recorded for it; and the figures above the list anew."""
    reader = who(request)
    assert reader is not None
    day = clock.today()
    chosen = choices_of(request.GET, reader)
    opened = open_whole(case, reader)
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(chosen.href())
    noted_file(request, opened, detail="receipt")
    assessment = opened.assessed(day)
    last = next((e for e in reversed(opened.view.entries) if opened.shows(e)), None)
    if last is None:
        raise Http404(case)
    stored = opened.view.receipts[last.id]
    kind = kinds()[last.kind].label
    at = stored.stored_at.astimezone(CHINA)
    text = Label(
        f"{kind.zh} {at:%H:%M} 已登记 · 回执 {stored.short}",
        f"{kind.en} recorded {at:%H:%M} · receipt {stored.short}",
    )
    name = str(opened.identity.get("name") or opened.case_no)
    href = addresses.file(opened.case_no)

    def line(identifier: str, duty: Duty | None) -> DoneLine:
        still = STILL if duty is not None and duty.state in OPEN else ""
        return DoneLine(identifier, name, href, duty.label if duty else kind, text, still)

    others = [
        line(identifier, duty)
        for identifier in request.GET.getlist("shown")
        if identifier != row
        and (duty := _duty(assessment, opened.case_no, identifier)) is not None
        and duty.state not in OPEN
    ]
    found = chosen.list(day)
    page = Recorded(
        line(row, _duty(assessment, opened.case_no, row)),
        tuple(others),
        build.left(found.counts),
        build.summary(chosen, found),
        build.filters(chosen, found, build.workers(chosen, found)),
        build.span(found, build.pager(chosen, found)),
    )
    return show(request, page, part="done")


@shows("today")
def sheet(request: HttpRequest) -> HttpResponse:
    """The list on paper, to take along."""
    reader = who(request)
    assert reader is not None
    day = clock.today()
    chosen = replace(choices_of(request.GET, reader), page=1, size=SHEET_ROWS)
    found = chosen.list(day)
    rows = tuple(
        SheetRow(
            n,
            line.name,
            line.id_tail,
            " ".join(build.path(chosen.units.get(line.unit), chosen.unit, chosen.units)),
            line.label,
            build.weekday(line.due) if line.due else "",
            build.word(line),
            line.worker,
        )
        for n, line in enumerate(found.rows, 1)
    )
    noted_list(request, "print", found.rows, chosen.unit, "today")
    back = replace(chosen, size=SIZES[0]).href()
    return show(request, Sheet(day, _neutral(chosen.unit.name), reader.name, rows, found.total, back))


def _neutral(office: str) -> str:
    """An office's name for a paper that others may see: nothing, if the name tells what it is about."""
    return "" if "戒毒" in office or "禁毒" in office else office
