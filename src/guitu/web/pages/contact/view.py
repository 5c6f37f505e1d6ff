"""Collects who is in touch. Decides nothing: `guitu.home.contact` derives, access says who may be listed."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu import access
from guitu.access import Target
from guitu.compose import kinds
from guitu.home.contact import KINDS, contact_of
from guitu.kernel.labels import Label
from guitu.store.home import contacts
from guitu.store.staff import staff_names
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.sorting import asked as sorts
from guitu.web.noted import noted, noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import open_whole, recordable
from guitu.web.pages.casefile.saved import receipt
from guitu.web.pages.contact import build
from guitu.web.pages.contact import ended as over_lists
from guitu.web.pages.contact.page import ContactOfPerson, ContactPage
from guitu.web.pages.gate.view import notices
from guitu.web.pages.people.sought import Sought
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import home_of, size_of, unit_in_area, whole
from guitu.web.who import Who, who

LATELY: Final = timedelta(days=90)
ABOVE: Final = frozenset({"province"})
"""Levels at which a county is chosen first: a list of a whole province helps nobody to find anybody."""


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


def unit_of(request: HttpRequest, reader: Who) -> tuple[Unit, Unit]:
    """The unit of the reader's post, and the one that is asked for."""
    units = tree()
    home = home_of(reader, units)
    code = (request.POST if request.method == "POST" else request.GET).get("unit", "")
    return home, unit_in_area(reader, code, units) if code else home


def may(reader: Who, unit: Unit, name: str) -> bool:
    """Whether the reader records such an entry about people of this unit."""
    kind = kinds()[name]
    target = Target(unit.path, kind.recorded_by, kind.label, compartment=kind.compartment)
    workers = any(
        post.role in kind.recorded_by and "caseload" in access.role(post.role).reach
        for post in reader.actor.posts
    )
    return workers or access.decide(reader.actor, "record", target).allowed


@shows("contact")
def contact(request: HttpRequest) -> HttpResponse:
    """Everybody in community measures under the unit, by where they stand."""
    reader, today = _who(request), clock.today()
    home, unit = unit_of(request, reader)
    if unit.level in ABOVE:
        return _choose(request, unit)
    given = request.POST if request.method == "POST" else request.GET
    state = given.get("state", "")
    silent = whole(given.get("silent"), 0)
    asked = build.Asked(
        unit.code if unit.no != home.no else "",
        state if state in build.ORDER else "",
        silent if silent in build.SILENT else 0,
        sorts(given.get("sort", ""), build.SORTED_BY, build.USUAL),
        whole(given.get("page"), 1),
        size_of(given),
        Sought.of(request),
    )
    if asked.sought.sent:
        return HttpResponseRedirect(asked.href())
    people = contacts.reached(findable(reader, contacts.current(unit)), today)
    found = asked.sought.among(people, attrgetter("line"), unit.code)
    some, pager = build.page_of(build.narrowed(found, asked, today), asked)
    noted_list(request, "list", some, unit, "contact")
    below = () if unit.level in ("village", "town") else tree().children(unit)
    page = ContactPage(
        unit.name,
        build.lead(people),
        build.tabs("contact", asked.unit),
        (build.people(some, pager, asked, may(reader, unit, "contact_attempt"), today),),
        build.filters(people, asked, below, today, unit.name),
        finder=build.finder(asked),
    )
    return show(request, page)


def _choose(request: HttpRequest, unit: Unit, *, over: bool = False) -> HttpResponse:
    noted(request, "list", (), detail=f"contact {unit.code}")
    count = contacts.how_many_ended if over else (lambda u: len(contacts.numbers(u)))
    found = [(u, count(u)) for u in tree().children(unit)]
    page = ContactPage(
        unit.name,
        Label("请选择单位", "Choose a unit"),
        build.tabs("ended" if over else "contact"),
        (build.counties([one for one in found if one[1]], over=over),),
    )
    return show(request, page)


@shows("contact")
def ended(request: HttpRequest) -> HttpResponse:
    """Whose measure the law has ended, whose town is to be told, for whom control is to end."""
    reader, today = _who(request), clock.today()
    home, unit = unit_of(request, reader)
    if unit.level in ABOVE:
        return _choose(request, unit, over=True)
    due = contacts.notices_due(unit)
    known = {line.no: line for line in findable(reader, tuple(line for line, _ in due))}
    due = tuple((line, day) for line, day in due if line.no in known)
    alone = findable(reader, contacts.to_be_left_alone(unit, today))
    lately = findable(reader, contacts.ended_since(unit, today - LATELY))
    part = request.GET.get("list", "")
    asked = over_lists.Asked(
        unit.code if unit.no != home.no else "",
        part if part in over_lists.PARTS else "",
        whole(request.GET.get("page"), 1),
        size_of(request.GET),
    )
    told, controlled, over = (
        asked.page_of("notices", due),
        asked.page_of("alone", alone),
        asked.page_of("lately", lately),
    )
    sections = {
        "notices": over_lists.due_notices(*told, asked, may(reader, unit, "end_notice"), today),
        "alone": over_lists.left_alone(*controlled, asked, may(reader, unit, "monitoring_ended")),
        "lately": over_lists.lately_ended(*over),
    }
    pages = {"notices": [line for line, _ in told[0]], "alone": controlled[0], "lately": over[0]}
    seen = [line for name, lines in pages.items() if asked.shows(name) for line in lines]
    noted_list(request, "list", seen, unit, "contact ended")
    page = ContactPage(
        unit.name,
        Label(
            f"待告知乡镇 {len(due)} 人 · 待决定不再管控 {len(alone)} 人",
            f"{len(due)} towns to be told · {len(alone)} to be left alone",
        ),
        build.tabs("ended", asked.unit),
        tuple(section for name, section in sections.items() if asked.shows(name)),
        over_lists.filters(asked, {"notices": len(due), "alone": len(alone), "lately": len(lately)}),
        (saved,) if (saved := receipt(request, reader, today)) else (),
    )
    return show(request, page)


@shows("contact")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person: where they stand, and every attempt."""
    reader, today = _who(request), clock.today()
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="contact")
    seen = [e for e in opened.shown.counted() if e.kind in KINDS]
    stands = contact_of(seen, today)
    units = {e.unit: unit.name for e in seen if (unit := tree().get(e.unit)) is not None}
    table = build.attempts(seen, staff_names(frozenset(e.author for e in seen)), units)
    records = recordable(reader.actor, opened.sight.target)
    href = addresses.record(opened.case_no, "contact_attempt", build.FROM)
    acts = []
    if "contact_attempt" in records and stands.alive:
        acts.append(Button(Label("登记联系", "Record an attempt"), href=href, look="primary"))
    if "death" in records and stands.state == "died" and not stands.certain:
        died = addresses.record(opened.case_no, "death", build.FROM)
        acts.append(Button(Label("已核实，登记死亡", "Confirmed: record the death"), href=died))
    page = ContactOfPerson(
        identity=identity(opened, today, kinds(), heading=True),
        word=build.word(stands),
        lead=build.told(stands, today),
        attempts=table,
        empty=None if table else Empty(Label("还没有登记过联系。", "No attempt is on record yet.")),
        acts=tuple(acts),
        back=Button(Label("回到联系", "Back to contact"), href="/contact/", look="link"),
        note=build.NO_NUMBER,
        notices=notices(request, opened, today),
    )
    return show(request, page)
