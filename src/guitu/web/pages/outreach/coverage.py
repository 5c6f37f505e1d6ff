"""Who was never reached: the places of the area, each with its last event and how many below it were reached,
as a table and as a map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.exchange.charts import Chart, Look, Tile, scale_of, tiles, warm
from guitu.kernel.labels import Label
from guitu.levels.outreach import coverage as rules
from guitu.levels.outreach.coverage import Reached
from guitu.store.divisions.outlines import tile_of
from guitu.store.levels.outreach import Told
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.picture.component import Picture, Size
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Section
from guitu.web.language import ENGLISH, spoken
from guitu.web.page import show, shows
from guitu.web.pages.indicators.pictures import LOOKS, divides, schematic, short
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk

EVENTS: Final = frozenset({"outreach_event"})
LEVELS: Final = ("town", "village")
NAMES: Final = {"town": Label("乡镇", "Towns"), "village": Label("村（社区）", "Villages")}
MOST: Final = 99.9
"""A place that was reached wholly stands in the last class of the map, not beyond it."""
SAYS: Final = (
    Label("活动写了在哪个乡镇、村的，算在那里；没有写的，算登记单位所在地。网络、广播不算到过哪里。",
          "An event counts for the town or village that it names, else for the unit that recorded it. Online"
          " and broadcast events reach no place in particular."),
    words.PERSON_TIMES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One place: what was held in it, and of the places below it how many were ever reached."""

    unit: Unit
    reached: Reached
    below: dict[str, tuple[int, int]]
    """By level: reached, and all."""


def _path(told: Told, entry: Entry) -> tuple[str, ...]:
    place = told.place(entry)
    return place.path if divides(place) or place.level == "province" else ()


def lines_of(desk: Desk) -> list[Line]:
    """The places below the unit; for a village, the village itself."""
    told = desk.told(EVENTS)
    since = date(desk.today.year, 1, 1)
    found = rules.of_places(told.chains.of("outreach_event"), lambda e: _path(told, e), since, desk.today)
    units = tree()
    below = [u for u in units.children(desk.unit) if divides(u)] or [desk.unit]
    lines = []
    for unit in below:
        counted = {}
        for level in LEVELS:
            some = [u for u in units.subtree(unit) if u.level == level and u.no != unit.no]
            if some:
                reached = sum(u.code in found and found[u.code].last is not None for u in some)
                counted[level] = reached, len(some)
        lines.append(Line(unit, found.get(unit.code, Reached()), counted))
    return lines


def _all(lines: list[Line], level: str) -> tuple[int, int]:
    """Of all places of a level in the area: reached, and all."""
    some = [line.below.get(level, (0, 0)) for line in lines]
    some += [(int(x.reached.last is not None), 1) for x in lines if x.unit.level == level]
    return sum(r for r, _ in some), sum(n for _, n in some)


@shows("outreach")
def coverage(request: HttpRequest) -> HttpResponse:
    """The places of the area, the never reached on top."""
    desk = Desk(request)
    lines = lines_of(desk)
    only = desk.asked("only") == "never"
    some = [x for x in lines if desk.matches(x.unit.name) and (not only or _lacks(x))]
    some.sort(key=lambda x: (x.reached.last is not None, _share(x), x.reached.last, x.unit.code))
    some = desk.ordered(some, {
        "last": lambda x: x.reached.last, "events": lambda x: x.reached.events,
        "audience": lambda x: x.reached.audience,
    })  # fmt: skip
    kept = {"only": "never" if only else ""}
    lead = []
    for level in LEVELS:
        reached, n = _all(lines, level)
        if n:
            never, of = n - reached, NAMES[level]
            lead.append(Label(f"{n:,} 个{of.zh}中 {never:,} 个从来没有到过",
                              f"{never:,} of {n:,} {of.en.lower()} never reached"))  # fmt: skip
    shown, pager = desk.page_of(some, "coverage", only="never" if only else "")
    level = next((name for name in LEVELS if any(name in x.below for x in lines)), "")
    table = Table(
        Label("各地", "Places"),
        (
            Column(words.PLACE, phone="lead"),
            desk.head(Column(Label("上次活动", "Last event"), phone="bare"), "last", "coverage", **kept),
            desk.head(
                Column(Label("今年", "This year"), numeric=True, unit=Label("场", "events")),
                "events", "coverage", **kept,
            ),
            desk.head(
                Column(Label("今年受众", "Audience"), numeric=True, unit=Label("人次", "person-times")),
                "audience", "coverage", **kept,
            ),
            *(Column(Label(f"到过的{NAMES[n].zh}", f"{NAMES[n].en} reached"), numeric=True)
              for n in LEVELS if any(n in x.below for x in lines)),
        ),
        tuple(_row(desk, x, lines) for x in shown),
        (Label(f"{len(some)} 处，没有到过的在前", f"{len(some)}, the never reached first"), pager.span),
        pager,
        Empty(Label("没有符合条件的地方。", "No place fits."),
              (Button(Label("看全部", "Show all"), desk.href("coverage")),)),
        id="coverage-list",
    )  # fmt: skip
    lacking = Option("never", Label("只看还有没到过的", "Those with places never reached"))
    box = Field("only", Label("范围", "Which"), "choice", value="never" if only else "",
                options=(Option("", Label("全部", "All")), lacking))  # fmt: skip
    sections = [desk.search("coverage", Label("地名", "Name of the place"), (box,))]
    picture = _picture(desk, lines, level)
    if picture is not None:
        sections.append(Section("map", Label("地图", "Map"), picture=picture))
    sections.append(Section("list", Label("各地", "Places"), table, says=SAYS))
    zh, en = "，".join(one.zh for one in lead), "; ".join(one.en for one in lead)
    return show(
        request,
        Board(
            desk.title(Label("宣传覆盖", "Coverage")), Label(zh or "—", en or "—"), tuple(sections),
            crumbs=_crumbs(desk), tabs=desk.tabs("coverage"),
        ),
    )  # fmt: skip


def _crumbs(desk: Desk) -> Crumbs | None:
    """The way up to the reader's own unit."""
    way = [u for u in tree().ancestors(desk.unit) if u.depth >= desk.home.depth]
    if len(way) < 2:
        return None
    links = [
        Crumb(u.name, words.address("coverage", u.code if u.no != desk.home.no else "")) for u in way[:-1]
    ]
    return Crumbs((*links, Crumb(way[-1].name)))


def _lacks(line: Line) -> bool:
    return line.reached.last is None or any(reached < n for reached, n in line.below.values())


def _share(line: Line) -> float:
    """What part of the places just below was ever reached; of a place without any, whether it was itself."""
    for level in LEVELS:
        if level in line.below:
            reached, n = line.below[level]
            return 100 * reached / n
    return 100.0 if line.reached.last else 0.0


def _row(desk: Desk, line: Line, lines: list[Line]) -> Row:
    unit, reached = line.unit, line.reached
    last = Cell(part=Word("gap", Label("没有到过", "Never")))
    href = words.address("coverage", unit.code) if line.below else ""
    counts = [
        "{:,}/{:,}".format(*line.below[level]) if level in line.below else "—"
        for level in LEVELS
        if any(level in x.below for x in lines)
    ]
    return Row(
        (
            Cell(unit.name, href), reached.last.isoformat() if reached.last else last,
            words.number(reached.events), words.number(reached.audience), *counts,
        )
    )  # fmt: skip


def _chart(desk: Desk, lines: list[Line], size: Literal["wide", "narrow"], look: Look) -> Chart | None:
    """The map: of every place what part of the places below it was reached."""
    if len(lines) < 2 or lines[0].unit.level == "village":
        return None
    english = spoken() == ENGLISH
    scale = scale_of([0, MOST], "%")
    drawn = [
        Tile(short(x.unit.name), min(_share(x), MOST), f"{_share(x):.0f}%", *tile_of(x.unit.code))
        for x in lines
    ]
    return tiles(drawn, scale, look=look, size=size, english=english)


def _picture(desk: Desk, lines: list[Line], level: str) -> Picture | None:
    warm()
    view = desk.request.preferences  # type: ignore[attr-defined]
    sizes = {}
    for size in ("wide", "narrow"):
        chart = _chart(desk, lines, size, LOOKS[view.contrast])  # type: ignore[arg-type]
        if chart is None:
            return None
        extra = {"size": "narrow" if size == "narrow" else ""}
        if view.contrast != "normal":
            extra["look"] = view.contrast
        sizes[size] = Size(desk.href("coverage/map.svg", **extra), chart.width, chart.height)
    worst = sorted(lines, key=_share)[:3]
    zh, en = "、".join(x.unit.name for x in worst), ", ".join(x.unit.name for x in worst)
    of = NAMES.get(level, NAMES["village"])
    says = Label(f"地图：各地到过的{of.zh}占全部的比例，最低的是{zh}",
                 f"Map: what part of the {of.en.lower()} was ever reached; least in {en}")  # fmt: skip
    caption = schematic(line.unit.code for line in lines)
    return Picture(sizes["wide"], sizes["narrow"], says, caption)


@shows("outreach")
def picture(request: HttpRequest) -> HttpResponse:
    """The map as it stands on the page."""
    desk = Desk(request)
    look = LOOKS.get(desk.asked("look"), "light")
    chart = _chart(desk, lines_of(desk), "narrow" if desk.asked("size") == "narrow" else "wide", look)
    if chart is None:
        raise Http404("map")
    response = HttpResponse(chart.svg(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
