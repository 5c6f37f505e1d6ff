"""The chart of an indicator page: the same figures as its table, protected in the same way, as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from guitu.access.figures import VILLAGE
from guitu.exchange.charts import (
    Bar,
    Chart,
    Look,
    Point,
    Series,
    Shape,
    Size,
    Tile,
    bars,
    line,
    scale_of,
    shapes,
    tiles,
    warm,
)
from guitu.indicators import Indicator, Period
from guitu.kernel.labels import Label
from guitu.store.divisions.outlines import outline_of, tile_of
from guitu.store.units import Unit
from guitu.web.component import say
from guitu.web.components.picture.component import Picture
from guitu.web.components.picture.component import Size as PictureSize
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.language import ENGLISH, spoken
from guitu.web.pages.indicators import build, numbers
from guitu.web.pages.indicators.choices import MAP, TREND, Choices
from guitu.web.pages.indicators.numbers import Shown
from guitu.web.pages.indicators.sheet import Sheet, reach
from guitu.web.preferences import View

SCHEMATIC: Final = Label(
    "示意图：方格大致按方位排列，不是行政区划界线，也不表示面积。",
    "Schematic: squares stand about where the places lie; not boundaries, and not their size.",
)
IN_ORDER: Final = Label(
    "示意图：方格按单位代码的顺序排列，与方位无关；不是行政区划界线，也不表示面积。",
    "Schematic: squares in the order of the units' codes, wherever the places lie; not boundaries, and not"
    " their size.",
)
OUTLINES: Final = Label(
    "界线来自已安装的公开数据包，仅供内部示意，不作划界依据。",
    "Outlines come from an installed public data package: for internal use, not a statement of boundaries.",
)
LOOKS: Final[dict[str, Look]] = {"normal": "light", "high": "high", "dark": "dark"}
MONTHS_SHOWN: Final = 25
"""Months of a trend: two years and the month they begin from."""


def trend_periods(sheet: Sheet, period: Period) -> tuple[Period, ...]:
    """The periods of a trend, the oldest first: as far as the board reaches."""
    first = reach(sheet.board).get(period.kind)
    found: list[Period] = []
    now = period
    while first is not None and now.first >= first and len(found) < MONTHS_SHOWN:
        found.append(now)
        now = now.before()
    return tuple(reversed(found))


def chart_of(
    sheet: Sheet,
    chosen: Choices,
    indicator: Indicator,
    *,
    size: Size = "wide",
    view: View | None = None,
    alone: bool = False,
) -> Chart | None:
    """The picture these choices ask for; None where there is nothing to draw. `alone` gives it its title and
    its date, for taking along."""
    english = spoken() == ENGLISH
    named = {
        "title": say(indicator.label) if alone else "",
        "subtitle": f"{chosen.unit.name} · {say(chosen.period.label)}" if alone else "",
        "look": LOOKS[view.contrast] if view and not alone else "light",
        "size": size,
        "english": english,
    }
    as_of = say(build.as_of(sheet.board)) if alone else ""
    if chosen.view == TREND:
        return _trend(sheet, chosen, indicator, {**named, "note": as_of})
    if chosen.view == MAP:
        return _map(sheet, chosen, indicator, named, as_of)
    rows = _bars(sheet, chosen, indicator)
    if not rows:
        return None
    whole = _bar(sheet.unit.name, sheet.shown(indicator.key, sheet.unit, chosen.period), indicator)
    share = build.is_share(indicator)
    return bars(rows, whole=whole if share else None, **{**named, "note": as_of})  # type: ignore[arg-type]


def _bars(sheet: Sheet, chosen: Choices, indicator: Indicator) -> list[Bar]:
    """The places below, side by side. Villages are not compared in a picture, and places of which nothing is
    known stand in the table alone."""
    found = [
        (unit, sheet.shown(indicator.key, unit, chosen.period))
        for unit in sheet.below
        if unit.level != VILLAGE
    ]
    return [_bar(unit.name, shown, indicator) for unit, shown in found if shown.known or shown.mark]


def _bar(name: str, shown: Shown, indicator: Indicator) -> Bar:
    return Bar(name, shown.value if shown.known else None, say(numbers.written(shown, indicator)))


def _trend(sheet: Sheet, chosen: Choices, indicator: Indicator, named: dict[str, object]) -> Chart | None:
    periods = trend_periods(sheet, chosen.period)
    if len(periods) < 2:
        return None
    points = tuple(_point(p, sheet.shown(indicator.key, sheet.unit, p), indicator) for p in periods)
    if all(p.value is None for p in points):
        return None
    return line(
        [Series(chosen.unit.name, points)],
        unit=indicator.counting.symbol.zh,
        from_zero=not build.is_share(indicator),
        **named,  # type: ignore[arg-type]
    )


def _point(period: Period, shown: Shown, indicator: Indicator) -> Point:
    value = shown.value if shown.known else None
    return Point(period.text, value, say(numbers.written(shown, indicator)), max(shown.version, 1))


def _map(
    sheet: Sheet, chosen: Choices, indicator: Indicator, named: dict[str, object], as_of: str
) -> Chart | None:
    if not sheet.below:
        return None
    found = [(unit, sheet.shown(indicator.key, unit, chosen.period)) for unit in sheet.below if divides(unit)]
    scale = scale_of([s.value for _, s in found if s.known and s.value is not None],
    indicator.counting.symbol.zh                  if indicator.counting.per else "")  # fmt: skip
    drawn = [
        (
            Tile(
                short(unit.name),
                s.value if s.known else None,
                say(numbers.written(s, indicator)),
                *tile_of(unit.code),
            ),
            unit,
        )
        for unit, s in found
    ]
    if has_outlines(chosen, sheet.below):
        outlines = [(tile, outline_of(unit.code)) for tile, unit in drawn]
        note = f"{as_of} {say(OUTLINES)}".strip()
        return shapes(
            [Shape(tile, shape.geometry, shape.middle) for tile, shape in outlines if shape is not None],
            scale,
            **{**named, "note": note if as_of else ""},  # type: ignore[arg-type]
        )
    note = f"{as_of} {say(schematic(unit.code for _, unit in drawn))}".strip()
    return tiles([tile for tile, _ in drawn], scale, **{**named, "note": note if as_of else ""})  # type: ignore[arg-type]


def schematic(codes: Iterable[str]) -> Label:
    """What a map of squares shows: the places of which it is known about where they lie, or all in their
    order."""
    return SCHEMATIC if all(tile_of(code) != (None, None) for code in codes) else IN_ORDER


DIVISIONS: Final = frozenset({"prefecture", "county", "town", "village"})


def divides(unit: Unit) -> bool:
    """Whether a unit is a place on a map; a centre is not."""
    return unit.level in DIVISIONS


def has_outlines(chosen: Choices, below: Sequence[Unit]) -> bool:
    """Whether an installed package knows the outline of every place below."""
    places = [unit for unit in below if divides(unit)]
    return bool(places) and all(outline_of(unit.code) is not None for unit in places)


def short(name: str) -> str:
    """A place's name as maps write it: without what kind of place it is."""
    for long in ("黎族苗族自治县", "黎族自治县", "的岛礁及其海域"):
        if name.endswith(long):
            return name.removesuffix(long)
    return name[:-1] if len(name) > 2 and name[-1] in "市县区" else name


def picture_of(sheet: Sheet, chosen: Choices, indicator: Indicator, path: str, view: View) -> Picture | None:
    """The chart as it stands on the page: addresses, sentence, table, downloads."""
    warm()
    sizes: list[tuple[Literal["wide", "narrow"], Chart]] = []
    for size in ("wide", "narrow"):
        chart = chart_of(sheet, chosen, indicator, size=size, view=view)  # type: ignore[arg-type]
        if chart is None:
            return None
        sizes.append((size, chart))  # type: ignore[arg-type]
    wide, narrow = (
        PictureSize(_src(chosen, path, size, view), chart.width, chart.height) for size, chart in sizes
    )
    chart = sizes[0][1]
    caption = ""
    if chosen.view == MAP:
        places = (unit.code for unit in sheet.below if divides(unit))
        caption = OUTLINES if has_outlines(chosen, sheet.below) else schematic(places)
    table = None
    if chosen.view != "table":
        columns = tuple(
            Column(head, numeric=numeric, phone="line" if at else "lead")
            for at, (head, numeric) in enumerate(zip(chart.table.head, chart.table.numeric, strict=True))
        )
        rows = [Row(cells) for cells in chart.table.rows]
        if chosen.view == TREND:
            rows.reverse()  # the newest first, as one reads
        table = Table(
            Label("图中的数", "The figures of the picture"), columns, tuple(rows), id="picture-table"
        )
    return Picture(wide, narrow, chart.desc, caption, table, build.takes(chosen, path, ("svg", "png")))


def _src(chosen: Choices, path: str, size: str, view: View) -> str:
    address = chosen.href(f"{path}picture.svg")
    extra = [f"size={size}"] if size != "wide" else []
    extra += [f"look={view.contrast}"] if view.contrast != "normal" else []
    return "&".join([address, *extra]) if "?" in address else f"{address}?{'&'.join(extra)}"
