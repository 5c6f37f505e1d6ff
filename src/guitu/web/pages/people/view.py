"""Collects People: the store finds and lists; access says who may add or take the list along."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu import access
from guitu.compose import kinds
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.identity import IdentityReader
from guitu.home.contact import Contact
from guitu.kernel.labels import Label
from guitu.store import names, read
from guitu.store.home import contacts
from guitu.store.read import desk
from guitu.store.units import path_in, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.found import FOUND, found_file, keep
from guitu.web.noted import noted, noted_list
from guitu.web.page import show_kept, shows
from guitu.web.pages.casefile.opened import sight_of
from guitu.web.pages.people import build, lines
from guitu.web.pages.people.choices import (
    CURRENT,
    RECENT,
    Choices,
    choices_of,
    is_case_number,
    tells_who,
    words_of,
)
from guitu.web.pages.people.page import PeoplePage
from guitu.web.pages.view.view import back
from guitu.web.who import Who, who

SCREEN = "people_screen"
"""Where the session remembers that names and measures are hidden."""


@cache
def identity_reader() -> IdentityReader:
    """Reads identity numbers as this installation accepts them."""
    return IdentityReader(demo=os.environ.get("GUITU_DEMO_IDS") == "1")


@shows("people")
def people(request: HttpRequest) -> HttpResponse:
    """A search, the recent ones, or a list."""
    reader = who(request)
    assert reader is not None
    if request.method == "POST" or tells_who(words_of(request.GET)):
        return _without_number(request, reader)
    token = request.GET.get(FOUND, "")[:80]
    chosen = choices_of(request.GET, reader, kept=found_file(request, token) if token else "", found=token)
    screened = bool(request.session.get(SCREEN))
    answered, page = (
        _search(request, reader, chosen, screened) if chosen.q else _list(request, reader, chosen, screened)
    )
    here = request.get_full_path()
    key = ("people", reader.actor, chosen, screened, clock.today(), answered)
    return show_kept(request, key, lambda: replace(page(), here=here))


def _without_number(request: HttpRequest, reader: Who) -> HttpResponse:
    """To the address of a search: with the words in it, or with a token where they tell who somebody is."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = choices_of(asked, reader)
    if tells_who(chosen.q):
        chosen = replace(chosen, found=keep(request, chosen.q))
    return HttpResponseRedirect(chosen.href())


Asked = tuple[Hashable, Callable[[], PeoplePage]]
"""What the store answered, and the page that is made of it."""


def _search(request: HttpRequest, reader: Who, chosen: Choices, screened: bool) -> Asked:
    result = within(reader, read.search(chosen.unit.code, chosen.q, sort=chosen.sort))
    noted_list(request, "hit", result.rows, chosen.unit, "people")
    notices = _about_number(request, reader, chosen, result)
    told = tuple((n.text, n.next, *(b.href for b in n.actions)) for n in notices)
    stands = contacts_of(reader, result.rows)
    return (result, told, _key(stands)), lambda: _found(reader, chosen, screened, result, notices, stands)


def contacts_of(reader: Who, found: tuple[read.PersonLine, ...]) -> dict[int, Contact]:
    """Who of these is in touch, by the numbers of their files: for whoever carries out or watches over
    community measures."""
    if not access.may_see_page(reader.actor, "contact").allowed:
        return {}
    at_home = [line.no for line in found if line.measure in contacts.MEASURES and line.state != "ended"]
    return contacts.of_files(at_home, clock.today())


def _key(stands: dict[int, Contact]) -> tuple[tuple[int, str], ...]:
    return tuple((no, one.label.zh) for no, one in stands.items())


def _found(
    reader: Who,
    chosen: Choices,
    screened: bool,
    result: read.SearchResult,
    notices: tuple[Notice, ...],
    stands: dict[int, Contact],
) -> PeoplePage:
    day = clock.today()
    summary = build.search_summary(chosen, result)
    new = new_href(reader, "" if chosen.found else chosen.q)
    caption = Label("查找结果", "Search results")
    columns = lines.COLUMNS if result.too_many else build.columns(chosen)
    table = build.plain_table(
        caption, result.rows, day, (summary,), columns, screened=screened, contacts=stands
    )
    if not result.rows:
        table = replace(table, empty=build.nobody(chosen, new))
    return PeoplePage(
        q=chosen.q,
        scope=build.scope(chosen),
        summary=summary,
        unit=chosen.unit.code if chosen.unit.no != chosen.home.no else "",
        notices=notices,
        table=table,
        new=new if result.rows else "",
        screened=screened,
    )


def findable(reader: Who, found: tuple[read.PersonLine, ...]) -> tuple[read.PersonLine, ...]:
    """Those of these people whom the reader may find."""
    units = tree()
    known: dict[tuple[str, str], bool] = {}  # of a centre's two thousand every brigade is decided once

    def may(line: read.PersonLine) -> bool:
        at = line.unit, line.worker
        if at not in known:
            target = access.Target(path_in(line.unit, units), worker=line.worker)
            known[at] = access.decide(reader.actor, "find", target).allowed
        return known[at]

    return tuple(line for line in found if may(line))


def within(reader: Who, result: read.SearchResult) -> read.SearchResult:
    """What was found, without whom the reader may not find."""
    rows = findable(reader, result.rows)
    return result if len(rows) == len(result.rows) else read.SearchResult(rows, len(rows), False)


def _about_number(
    request: HttpRequest, reader: Who, chosen: Choices, result: read.SearchResult
) -> tuple[Notice, ...]:
    """What there is to say about an identity number that was searched for, or about a case number."""
    number = "" if is_case_number(chosen.q) else names.normalised_id(chosen.q)
    if len(number) not in {15, 18} or not number[:-1].isdigit():
        there = (
            None if result.rows or not is_case_number(chosen.q) else _within_reach(request, reader, chosen.q)
        )
        return (there,) if there else ()
    found = identity_reader()(number)
    said = []
    if isinstance(found, Fault):
        column = kinds()["person"].ask("id_number").label
        said.append(build.wrong_number(found.says.fill(column=column, **found.values)))
    if not result.rows and (holder := desk.holder_of_number(number)) is not None:
        glass = access.may_see_page(reader.actor, "break_glass").allowed
        there = _within_reach(request, reader, holder.case_no)
        said.append(there or build.elsewhere(chosen.found if glass else ""))
    return tuple(said)


def _within_reach(request: HttpRequest, reader: Who, case: str) -> Notice | None:
    """The way to a file outside the area to which the reader comes all the same."""
    view = read.opened(case)
    if view is None or view.about != "person":
        return None
    decision = sight_of(view, reader).decision
    if not decision.allowed:
        return None
    noted(request, "hit", (view.no,), ("identity",), decision, detail="people", area=view.area)
    return build.within_reach(view.case_no, decision.reason)


def _list(request: HttpRequest, reader: Who, chosen: Choices, screened: bool) -> Asked:
    recent: tuple[read.PersonLine, ...] = ()
    if chosen.list == RECENT:
        recent = findable(reader, read.recent(reader.username, chosen.home.code))
        if not recent and not chosen.caseload:
            chosen = replace(chosen, list=CURRENT)
    known = desk.standing(chosen.unit, reader.username)
    found, total = recent, len(recent)
    if chosen.list != RECENT:
        found, total = chosen.people(build.length(chosen, known))
        last = max(1, -(-total // chosen.size))
        if chosen.page > last:
            chosen = replace(chosen, page=last)
            found, total = chosen.people(total)
    noted_list(request, "list", found, chosen.unit, "people")
    stands = contacts_of(reader, found)
    return (chosen, known.key, found, total, _key(stands)), lambda: _listed(
        reader, chosen, screened, known, found, total, stands
    )


def _listed(
    reader: Who,
    chosen: Choices,
    screened: bool,
    known: desk.Standing,
    found: tuple[read.PersonLine, ...],
    total: int,
    stands: dict[int, Contact],
) -> PeoplePage:
    day, tally, new = clock.today(), known.tally, new_href(reader)
    if chosen.list == RECENT:
        caption = Label("最近办理", "Recent")
        count = Label(f"{total} 人", f"{total}")
        table = build.plain_table(caption, found, day, (count,), screened=screened, contacts=stands)
        summary = Label("查找一个人，或看名单。", "Find somebody, or look through a list.")
    else:
        ledgers = access.may_see_page(reader.actor, "ledgers").allowed
        empty = None if found else build.no_rows(chosen, new, ledgers=ledgers)
        table = build.table(chosen, found, total, day, screened=screened, empty=empty, contacts=stands)
        summary = build.people(total)
    return PeoplePage(
        q="",
        scope=build.scope(chosen),
        summary=summary,
        unit=chosen.unit.code if chosen.unit.no != chosen.home.no else "",
        tabs=None
        if chosen.caseload
        else build.tabs(chosen, tally, recent=chosen.list == RECENT or known.recent),
        filters=None if chosen.list == RECENT else build.filters(chosen, known),
        table=table,
        new=new,
        downloads=downloads(reader, chosen) if chosen.list != RECENT else (),
        screened=screened,
    )


def new_href(reader: Who, name: str = "") -> str:
    """Where a person is added, with the name that was looked for; nothing where the post may not."""
    kind = kinds()["person"]
    target = access.Target(recorded_by=kind.recorded_by, what=kind.label)
    allowed = (
        access.may_see_page(reader.actor, "record").allowed
        and access.decide(reader.actor, "record", target).allowed
    )
    if not allowed:
        return ""
    query = {"name": name} if name and not has_digits(name) else {}
    return f"/people/new/?{urlencode(query)}" if query else "/people/new/"


def has_digits(text: str) -> bool:
    """Whether a text may be more than a name."""
    return any(c.isdigit() for c in text)


def downloads(reader: Who, chosen: Choices) -> tuple[Button, ...]:
    """The list as a file, for posts that need it on paper or in a workbook."""
    if not access.may_see_page(reader.actor, "people_list").allowed:
        return ()
    twice = Button(Label("疑似重复", "Possible duplicates"), href="/people/duplicates/", look="small")
    return (
        *((twice,) if access.may_see_page(reader.actor, "duplicates").allowed else ()),
        Button(Label("下载表格", "Download workbook"), href=chosen.href("/people/list.xlsx"), look="small"),
        Button(Label("下载 CSV", "Download CSV"), href=chosen.href("/people/list.csv"), look="small"),
    )


@shows("people")
@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """Hide names and measures from whoever looks over the counter, or show them again. Remembered."""
    if request.session.get(SCREEN):
        del request.session[SCREEN]
    else:
        request.session[SCREEN] = True
    return HttpResponseRedirect(back(request))
