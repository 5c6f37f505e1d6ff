"""The maps: every place below with its rounds of thirty days, or with its venues that need work, as real
outlines where a package has them, else as squares. Pictures of numbers; nobody's way is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.exchange.charts import Chart, Look, Shape, Tile, scale_of, shapes, tiles, warm
from guitu.kernel.labels import Label
from guitu.levels import ground
from guitu.store import unitfiles
from guitu.store.divisions.outlines import outline_of, tile_of
from guitu.store.levels.work import PLACES, Work, below, work
from guitu.store.units import Unit, tree
from guitu.web.component import say
from guitu.web.components.picture.component import Picture, Size
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.listing import address, part_of
from guitu.web.language import ENGLISH, spoken
from guitu.web.page import shows
from guitu.web.pages.indicators.pictures import OUTLINES, schematic
from guitu.web.pages.patrols import words

DIVISIONS: Final = frozenset({"prefecture", "county", "town", "village"})
LOOKS: Final[dict[str, Look]] = {"normal": "light", "high": "high", "dark": "dark"}
MOST: Final = 60
Wide = Literal["wide", "narrow"]


@dataclass(frozen=True, slots=True)
class What:
    """What a map counts: its name in the address, its words, and the word after a number."""

    name: str
    label: Label
    times: Label


ROUNDS: Final = What("", Label("巡防", "Rounds"), Label("次", "rounds"))
VENUES: Final = What("venues", Label("要办的场所", "Venues that need work"), Label("家", "venues"))


def parts(unit: Unit) -> tuple[Unit, ...]:
    """The places right below a unit."""
    return tuple(u for u in tree().children(unit) if u.level in DIVISIONS)[:MOST]


def counts(found: Work, counted: Sequence[Entry], some: Sequence[Unit]) -> dict[str, int]:
    """How many there are by place, those of the units below it among them."""
    within = {u.code: 0 for u in some}
    for entry in counted:
        for code in found.unit(entry).path:
            if code in within:
                within[code] += 1
    return within


def chart(
    area: Area, found: Work, counted: Sequence[Entry], what: What, size: Wide, look: str
) -> Chart | None:
    """The picture; None where nothing lies below."""
    some = parts(area.unit)
    if not some:
        return None
    numbers = counts(found, counted, some)
    english = spoken() == ENGLISH
    scale = scale_of([float(n) for n in numbers.values()])
    drawn = [
        (
            Tile(short(u.name), float(n), f"{n} {say(what.times)}", *tile_of(u.code)),
            u,
        )
        for u in some
        for n in (numbers[u.code],)
    ]
    named = {"english": english, "look": LOOKS.get(look, "light"), "size": size}
    outlines = [(tile, outline_of(u.code)) for tile, u in drawn]
    if all(outline is not None for _, outline in outlines):
        return shapes(
            [Shape(tile, o.geometry, o.middle) for tile, o in outlines if o is not None],
            scale,
            **named,  # type: ignore[arg-type]
        )
    return tiles([tile for tile, _ in drawn], scale, **named)  # type: ignore[arg-type]


def short(name: str) -> str:
    """A place's name as maps write it."""
    for long in ("黎族苗族自治县", "黎族自治县", "社区居民委员会", "村民委员会"):
        if name.endswith(long):
            return name.removesuffix(long)
    return name[:-1] if len(name) > 2 and name[-1] in "市县区镇乡" else name


def picture(area: Area, found: Work, counted: Sequence[Entry], what: What) -> Picture | None:
    """The picture as it stands on the page: addresses, sentence, table."""
    warm()
    look = area.request.preferences.contrast  # type: ignore[attr-defined]
    both: tuple[Wide, Wide] = ("wide", "narrow")
    made = [(size, chart(area, found, counted, what, size, look)) for size in both]
    sizes = [
        Size(
            address(f"{words.ROOT}map.svg", unit=area.code, what=what.name,
                    size="" if size == "wide" else size, look="" if look == "normal" else look),
            one.width,
            one.height,
        )
        for size, one in made
        if one is not None
    ]  # fmt: skip
    first = made[0][1]
    if first is None:
        return None
    some, pager = part_of(area, first.table.rows, area.request.path, "map-table")
    table = Table(
        Label("图中的数", "The figures of the picture"),
        (Column(Label("单位", "Unit"), phone="lead"), Column(what.label, numeric=True)),
        tuple(Row(cells[:2]) for cells in some),
        pager.spans,
        pager,
        id="map-table",
    )
    real = all(outline_of(u.code) is not None for u in parts(area.unit))
    caption = OUTLINES if real else schematic(u.code for u in parts(area.unit))
    return Picture(sizes[0], sizes[1], first.desc, caption, table)


def needing_work(found: Work, on: date) -> tuple[Entry, ...]:
    """The venues that were never inspected, are being put right, or are late with it."""
    every = ground.venues(found.counted, found.first)
    return tuple(v.entry for v in every if v.state(on) in ("never", "mend", "late"))


@shows("patrols")
def map_svg(request: HttpRequest) -> HttpResponse:
    """The picture alone."""
    area = Area(request)
    if not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(area.unit.code)
    size: Wide = "narrow" if area.asked("size") == "narrow" else "wide"
    if area.asked("what") == VENUES.name:
        found = work(below(area.unit, PLACES), ground.OF_VENUES)
        made = chart(area, found, needing_work(found, area.today), VENUES, size, area.asked("look"))
    else:
        found = work(below(area.unit, PLACES), ground.OF_ROUNDS)
        lately = ground.rounds(found.of("place_round"), area.today - timedelta(days=30), area.today)
        made = chart(area, found, lately, ROUNDS, size, area.asked("look"))
    if made is None:
        raise Http404(area.unit.code)
    response = HttpResponse(made.svg(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
