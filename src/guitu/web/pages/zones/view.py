"""Collects the zones of a centre or a brigade. Who is where is worked out by `centre.zones`."""

from __future__ import annotations

from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse

from guitu import access
from guitu.access import Actor, Target
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import read, unitfiles
from guitu.store.centre import residents, stays, zone_board
from guitu.store.centre.zone_board import NOWHERE, Part
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.noted import noted, noted_list
from guitu.web.page import show, shows
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import size_of
from guitu.web.pages.zones import build
from guitu.web.pages.zones.page import CentresPage
from guitu.web.pages.zones.whose import chosen, reader_of, whole
from guitu.web.unchanged import while_unchanged

RECORDED: frozenset[str] = frozenset({"zone_move", "zone_review"})


@shows("zones")
@while_unchanged()
def zones(request: HttpRequest) -> HttpResponse:
    """The zones of the reader's unit, or of one below it."""
    reader, home = reader_of(request)
    unit = chosen(request, home)
    if unit is None:
        noted(request, "list", (), detail=f"zones {home.code}")
        return show(request, CentresPage(CHOOSE, centres_table(home, "/zones/")))
    board = zone_board.board(unit, clock.today())
    part = request.GET.get("part", "all")
    zone = request.GET.get("zone", "")
    if part not in get_args(Part) or (zone and zone not in (*board.names, NOWHERE)):
        raise Http404(f"{zone} {part}")
    asked = build.Asked(
        unit.code if unit.no != home.no else "",
        zone,
        part,  # type: ignore[arg-type]
        board=request.GET.get("view") == "board",
        page=whole(request.GET.get("page")),
        size=size_of(request.GET),
    )
    wanted = {p.resident.no: p for p in build.listed(board, asked)}
    lines = findable(reader, read.lines_of_files(list(wanted)))
    noted_list(request, "list", lines, unit, "zones")
    named = [(wanted[line.no], line) for line in lines]
    ids = [p.position.review.entry for p, _ in named if p.position and p.position.review]
    opened = stays.opened([i for i in ids if i is not None]) if ids and not asked.board else {}
    page = build.page(
        board, asked, named, opened, recordable(reader.actor, unit), _setting(reader.actor, board.centre)
    )
    return show(request, page)


CHOOSE = Label("请选择场所。", "Choose a centre.")


def centres_table(home: Unit, path: str) -> Table:
    """The centres under a unit with how many people are in each."""
    found = stays.centres_under(home)
    return Table(
        Label("强制隔离戒毒场所", "Centres"),
        (
            Column(Label("场所", "Centre"), phone="lead"),
            Column(Label("在所", "People"), numeric=True, unit=Label("人", "people")),
        ),
        tuple(Row((Cell(u.name, f"{path}?unit={u.code}"), str(residents.count(u)))) for u in found),
        (Label(f"共 {len(found)} 个", f"{len(found)} centres"),),
    )


def recordable(actor: Actor, unit: Unit, names: frozenset[str] = RECORDED) -> frozenset[str]:
    """Which of these kinds the reader may record about people of this unit."""
    found = set()
    for name in names:
        kind = kinds()[name]
        target = Target(unit.path, kind.recorded_by, kind.label, compartment=kind.compartment)
        if access.decide(actor, "record", target).allowed:
            found.add(name)
    return frozenset(found)


def _setting(actor: Actor, centre: Unit | None) -> str:
    """Where the reader sets up the zones, if they may."""
    if centre is None or not unitfiles.may_record(actor, kinds()["zone_plan"], centre).allowed:
        return ""
    return f"/units/{centre.code}/file/record/zone_plan/"
