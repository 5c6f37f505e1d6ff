"""Collects what two colleagues recorded differently of one event, and hands the word that they are two to the
one gate."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guitu import access
from guitu.casefile import CaseFile, Entry
from guitu.compose import kinds
from guitu.home.same_event import SETTLED, Difference, differences
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import gate
from guitu.store.centre import reading
from guitu.store.centre.reading import Person
from guitu.store.home import same_event as store
from guitu.store.staff import staff_names
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.fresh import fresh_id, source_of
from guitu.web.inside.shown import Board, Section
from guitu.web.noted import noted, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.same_event import words
from guitu.web.templating import moment
from guitu.web.who import Who, who

Found = tuple[Person, Difference]
MOST: Final = 100
"""Shown at once; the latest events first."""


@shows("same_event")
def same_event(request: HttpRequest) -> HttpResponse:
    """The page; and saying of one that they are two events."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    found = _found(reader, clock.now())
    _noted(request, reader, found)
    if request.method == "POST":
        return _settle(request, reader, found)
    notices = (Notice("fresh", words.SETTLED),) if request.GET.get("settled") else ()
    return show(request, _page(found, notices))


def _found(reader: Who, now: datetime) -> list[Found]:
    """Every difference of which this reader may see both sides, the latest event first."""
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    if not access.decide(reader.actor, "list", access.Target(unit.path)).allowed:
        return []
    some = reading.persons(
        store.in_area(unit), {*store.events(), SETTLED}, reader.actor, now, granted=reader.granted
    )
    found = [(p, d) for p in some for d in differences(CaseFile(p.id, p.entries), kinds())]
    return sorted(found, key=lambda pair: pair[1].first.happened_on, reverse=True)


def _noted(request: HttpRequest, reader: Who, found: list[Found]) -> None:
    if not found:
        return
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    opened = {kinds()[d.first.kind].compartment for _, d in found[:MOST]}
    decision = access.decide(reader.actor, "list", access.Target(unit.path))
    numbers = sorted({p.no for p, _ in found[:MOST]})
    noted(request, "list", numbers, ("identity", *sorted(opened)), decision, detail="same event")


def _page(found: list[Found], notices: tuple[Notice, ...] = (), faults: Text = "") -> Board:
    if not found:
        nothing = Section("none", words.HEAD, empty=Empty(words.NONE, (Button(words.PEOPLE, "/people/"),)))
        return Board(words.TITLE, words.NONE, (nothing,), notices=notices)
    authors = {e.author for _, d in found[:MOST] for e in (d.first, d.second)}
    known = staff_names(authors)
    sections = tuple(_section(p, d, known, faults) for p, d in found[:MOST])
    return Board(words.TITLE, words.lead(len(found)), sections, notices=notices)


def _section(person: Person, one: Difference, known: dict[str, str], fault: Text) -> Section:
    kind = kinds()[one.first.kind]
    sides = (one.first, one.second)
    day = one.first.happened_on.isoformat()
    buttons = [Button(words.OPEN, addresses.history(person.case_no), "plain")]
    for entry in sides:
        name = known.get(entry.author, entry.author)
        buttons += [
            Button(words.correct(name), addresses.correct(person.case_no, entry.id), "link"),
            Button(words.withdraw(name), addresses.withdraw(person.case_no, entry.id), "link"),
        ]
    return Section(
        f"e-{one.first.id}",
        Label(f"{person.name}：{kind.label.zh} {day}", f"{person.name}: {kind.label.en} {day}"),
        Table(
            Label("两条记录", "The two entries"),
            (Column(words.QUESTION, phone="lead"), *(Column(_by(e, known)) for e in sides)),
            tuple(_row(one, name) for name in one.fields),
        ),
        buttons=tuple(buttons),
        ask=words.ask(
            person.case_no,
            str(one.roots[0]),
            str(one.roots[1]),
            str(fresh_id(clock.now())),
            fault,
        ),
    )


def _by(entry: Entry, known: dict[str, str]) -> str:
    """Who recorded it, for which office, and when the office got it."""
    unit = tree().get(entry.unit)
    return " · ".join(
        (known.get(entry.author, entry.author), unit.name if unit else entry.unit, moment(entry.recorded_at))
    )


def _row(one: Difference, name: str) -> Row:
    ask = kinds()[one.first.kind].ask(name)
    return Row((Cell(ask.label), *(_told(e, name) for e in (one.first, one.second))))


def _told(entry: Entry, name: str) -> Text:
    ask = kinds()[entry.kind].ask(name)
    value = entry.get(name)
    if value is None:
        return words.EMPTY
    return Label(ask.show(value), ask.show(value, "en"))


def _settle(request: HttpRequest, reader: Who, found: list[Found]) -> HttpResponse:
    """Record that they are two events, unless it is gone meanwhile."""
    sent = request.POST
    pair = {sent.get("one", ""), sent.get("other", "")}
    chosen = next(
        ((p, d) for p, d in found if p.case_no == sent.get("case") and set(map(str, d.roots)) == pair), None
    )
    if chosen is None:
        return show(request, _page(found, (Notice("barred", words.GONE),)), status=409)
    person, one = chosen
    assert reader.post is not None
    now = clock.now()
    entry = Entry(
        id=_id(sent.get("id", "")),
        file=person.id,
        kind=SETTLED,
        happened_on=store_clock.office_day(now),
        recorded_at=now,
        author=reader.username,
        unit=reader.post.unit,
        fields={
            "one": str(one.roots[0]),
            "other": str(one.roots[1]),
            "note": sent.get(f"note-{str(one.roots[0])[-12:]}", "").strip(),
        },
        source=source_of(request),
    )
    try:
        gate.record(entry, actor=reader.actor, now=now)
    except (gate.NotAccepted, gate.NotAllowed) as refused:
        return show(request, _page(found, faults=refused.label), status=422)
    noted_write(request, person.no, entry.id, SETTLED, person.view.area)
    return HttpResponseRedirect(f"{reverse('same_event')}?settled=1")


def _id(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    if found.version != 7:
        raise BadRequest("the id is not a UUIDv7")
    return found
