"""The pictures of a pack, drawn from its content alone: the trends, and the units below on a schematic map. A
hidden amount is not drawn, only named as hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guitu.exchange.charts import Chart, Point, Series, Tile, line, scale_of, tiles
from guitu.exchange.packs.content import Amount, Pack
from guitu.exchange.packs.words import is_share, shown, unit_word
from guitu.kernel.lately import Lately

KEPT: Final = 4
"""Packs whose pictures stay in memory: Word and PDF want the same ones."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture in both forms."""

    svg: str
    png: bytes


_kept: Final = Lately[bytes, Mapping[str, Drawn]](KEPT)


def drawn(pack: Pack) -> Mapping[str, Drawn]:
    """The pictures by the names that the report asks for: `trend.KEY`, and `map`."""
    key = pack.digest()
    found = _kept.get(key)
    if found is None:
        found = {name: Drawn(chart.svg(), chart.png()) for name, chart in charts(pack).items()}
        _kept.keep(key, found)
    return found


def forget() -> None:
    """Draw anew what is asked for next."""
    _kept.forget()


def charts(pack: Pack) -> dict[str, Chart]:
    """The same, not drawn yet."""
    found: dict[str, Chart] = {}
    for trend in pack.trends:
        points = tuple(
            Point(p.label, _value(p.amount), shown(p.amount, trend.unit, pack.threshold), trend.version)
            for p in trend.points
        )
        if sum(p.value is not None for p in points) > 1:
            sign = unit_word(trend.unit).zh if is_share(trend.unit) else ""
            found[f"trend.{trend.key}"] = line([Series("", points)], unit=sign, size="page")
    if pack.below.columns and len(pack.below.rows) > 1:
        unit = pack.below.columns[0].unit
        places = [
            Tile(row.name, _value(row.amounts[0]), shown(row.amounts[0], unit, pack.threshold))
            for row in pack.below.rows
        ]
        known = [place.value for place in places if place.value is not None]
        if known:
            found["map"] = tiles(places, scale_of(known), size="page")
    return found


def _value(amount: Amount) -> float | None:
    return None if amount.hidden or not amount.value else float(amount.value)
