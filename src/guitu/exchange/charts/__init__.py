"""Pictures of figures, drawn on the server: a line over time, bars by unit, a cohort's curve, a map.

Each function gets words and numbers that are finished (rounded, protected, in one language) and gives a
`Chart`: the picture as SVG or PNG, the table that says the same, and one sentence for who cannot see it. The
same input gives the same bytes. No page and no store is known here; see `docs/explanation/dashboards.md`.
"""

from guitu.exchange.charts.bars import Bar, bars
from guitu.exchange.charts.chart import Chart, Rows
from guitu.exchange.charts.drawing import warm
from guitu.exchange.charts.line import Point, Series, line
from guitu.exchange.charts.look import Look, Size
from guitu.exchange.charts.scale import Class, Scale, scale_of
from guitu.exchange.charts.shapes import Shape, shapes
from guitu.exchange.charts.steps import Step, steps
from guitu.exchange.charts.tiles import Tile, tiles

__all__ = (
    "Bar", "Chart", "Class", "Look", "Point", "Rows", "Scale", "Series", "Shape", "Size", "Step", "Tile",
    "bars", "line", "scale_of", "shapes", "steps", "tiles", "warm",
)  # fmt: skip
