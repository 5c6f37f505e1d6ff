"""Collects the gate: who is expected, who came lately, and one person's steps. Decides nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guitu.access import COMPARTMENTS, may_see_page
from guitu.access.compartments import HANDED_OVER, reads
from guitu.centre import gate
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import excerpts
from guitu.store.centre import residents
from guitu.store.centre.stays import centre_of
from guitu.store.read import PersonLine
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.noted import noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.casefile.saved import proposed_notice, saved_notice
from guitu.web.pages.gate import build
from guitu.web.pages.gate.build import Line
from guitu.web.pages.gate.page import AdmissionPage, GatePage, Section
from guitu.web.pages.people.lines import SEX
from guitu.web.pages.people.view import findable
from guitu.web.unchanged import while_unchanged
from guitu.web.who import Who, who

LATELY: Final = timedelta(days=30)
"""How long after the arrival somebody stands in the list although everything is done."""
PLACES: Final = {"police_centre": "police_centre"}


def reader_of(request: HttpRequest) -> tuple[Who, Unit]:
    """Who asks, and the centre in which their post is."""
    reader = who(request)
    assert reader is not None
    assert reader.post is not None, "the middleware opens this page to nobody without a post"
    unit = tree().find(reader.post.unit)
    return reader, centre_of(unit) or unit


def seen_of(reader: Who) -> frozenset[str]:
    """The compartments that the reader's post needs."""
    assert reader.post is not None
    return frozenset(name for name in COMPARTMENTS if reads(reader.post.role, name))


@shows("gate")
@while_unchanged()
def gate_page(request: HttpRequest) -> HttpResponse:
    """Who is expected, put off, and came lately."""
    reader, centre = reader_of(request)
    today, sees = clock.today(), seen_of(reader)
    here, sent = findable(reader, residents.inside(centre)), residents.sent_here(centre)
    known = {line.no: line for line in (*here, *sent)}
    found = excerpts.counted(known, gate.KINDS)
    receiving = {line.no for line in sent} - {line.no for line in here}
    expected, put_off, came = [], [], []
    for no, line in known.items():
        entries = found.get(no, ())
        arrived = residents.arrival(entries, centre.code)
        if arrived is not None and arrived.happened_on < today - LATELY:
            continue
        opened = sees & HANDED_OVER if no in receiving else sees
        one = _line(line, gate.coming(
            entries, centre=centre.code, place=_place(centre), arrived=arrived, sex=line.sex,
            born=_born(line), on=today, sees=opened,
        ))  # fmt: skip
        if one.coming.deferred is not None:
            put_off.append(one)
        elif arrived is None:
            expected.append(one)
        else:
            came.append(one)
    came.sort(key=lambda one: (not one.coming.missing, -one.day.toordinal(), one.case_no))
    expected.sort(key=lambda one: (one.day, one.case_no))
    told = {one.case_no for one in (*expected, *put_off, *came)}
    shown = [line for line in known.values() if line.case_no in told]
    noted_list(request, "list", shown, centre, "gate")
    incomplete = sum(1 for one in came if one.coming.missing)
    page = GatePage(
        build.lead(len(expected), len(came), incomplete, len(put_off)),
        build.sections(tuple(expected), tuple(put_off), tuple(came), today, Section),
    )
    return show(request, page)


@shows("gate")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person's admission."""
    reader, centre = reader_of(request)
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="gate")
    today = clock.today()
    coming = coming_of(opened, centre, today)
    may = recordable(reader.actor, opened.sight.target)
    duties = {duty.name: duty for duty in opened.assessed(today).duties if duty.state in ("open", "overdue")}
    beds = opened.may_record(reader.actor, kinds()["bed_placed"]).allowed
    if beds and may_see_page(reader.actor, "wards").allowed:
        may |= {"bed_placed"}
    page = AdmissionPage(
        identity=identity(opened, today, kinds()),
        lead=build.lead_of(coming),
        steps=build.steps(coming, opened.case_no, duties, may, today),
        exit=build.exit_of(coming, opened.case_no, may),
        others=build.others(coming, opened.case_no, may),
        back=Button(Label("回到收治", "Back to admissions"), href="/gate/", look="link"),
        notices=notices(request, opened, today),
    )
    return show(request, page)


def coming_of(opened: Opened, centre: Unit, today: date) -> gate.Coming:
    """Where the person of an opened file stands at the gate, as far as the reader sees."""
    counted = opened.shown.counted()
    born = opened.identity.get("birth")
    return gate.coming(
        counted, centre=centre.code, place=_place(centre), arrived=residents.arrival(counted, centre.code),
        sex=str(opened.identity.get("sex") or ""), born=born if isinstance(born, date) else None, on=today,
        sees=opened.sight.open,
    )  # fmt: skip


def notices(request: HttpRequest, opened: Opened, today: date) -> tuple:  # type: ignore[type-arg]
    """What was just saved or put forward from this page."""
    found = []
    for name, told in (("saved", None), ("proposed", proposed_notice)):
        try:
            identifier = UUID(request.GET.get(name, ""))
        except ValueError:
            continue
        notice = told(identifier) if told else saved_notice(opened, opened.assessed(today), identifier)
        if notice is not None:
            found.append(notice)
    return tuple(found)


def _place(centre: Unit) -> str:
    return PLACES.get(centre.level, "justice_centre")


def _born(line: PersonLine) -> date | None:
    """As near as a list knows: the last day of the year of birth, so that nobody counts as older than they
    are."""
    return date(line.birth_year, 12, 31) if line.birth_year else None


def _line(line: PersonLine, coming: gate.Coming) -> Line:
    day = coming.arrived.happened_on if coming.arrived else _decided(coming)
    return Line(line.name or line.case_no, line.case_no, coming, day, SEX.get(line.sex, ""))


def _decided(coming: gate.Coming) -> date:
    says = coming.steps[0].says
    try:
        return date.fromisoformat(says.zh[:10]) if says else date.max
    except ValueError:
        return date.max
