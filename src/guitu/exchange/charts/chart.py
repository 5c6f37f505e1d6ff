"""A picture and all that says the same: its table, its sentence, its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from guitu.exchange.charts.drawing import png_of, spec_text, svg_of
from guitu.exchange.charts.look import (
    PALETTES,
    SMALL,
    TEXT,
    TITLE,
    WIDTHS,
    Json,
    Look,
    Palette,
    Size,
    config,
    width_of,
    wrapped,
)  # fmt: skip

HIDDEN: Final = "※不足10"
"""How a hidden figure is written where nothing else is given."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The table under a picture: heads and rows, all words. What is numeric stands right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`spec` is a Vega-Lite specification as text; `title`, `desc` (one sentence) and `table` say what it
    shows. `width` and `height` are in pixels, so that a page can keep the place before it arrives."""

    spec: str
    table: Rows
    title: str
    desc: str
    width: int
    height: int

    def svg(self) -> str:
        """The picture as SVG; words stay words, in the reader's typeface."""
        return svg_of(self.spec, self.title, self.desc)

    def png(self, scale: float = 2.0) -> bytes:
        """The picture as PNG, in this machine's typeface."""
        return png_of(self.spec, scale)


@dataclass(slots=True)
class Canvas:
    """A picture while it is made: its room, its look and its layers. Everything is placed in pixels, so that
    all pictures of one width are exactly that wide and words never run into each other unnoticed."""

    title: str
    subtitle: str
    note: str
    look: Look
    size: Size
    left: float = 0
    right: float = 16
    bottom: float = 12
    over: float = 0
    """Pixels above the part inside the margins that its own words take."""
    layers: list[Json] = field(default_factory=list)

    @property
    def palette(self) -> Palette:
        """The colours of its look."""
        return PALETTES[self.look]

    @property
    def whole(self) -> int:
        """Pixels of the whole picture."""
        return WIDTHS[self.size]

    @property
    def plot(self) -> int:
        """Pixels of the part inside the margins."""
        self.left, self.right = round(self.left), round(self.right)
        return int(self.whole - self.left - self.right - 2 * EDGE)

    def text(self, values: Sequence[Json], **mark: object) -> None:
        """A layer of words at pixel positions `x`, `y` with text `t`."""
        if not values:
            return
        self.layers.append(
            {
                "data": {"values": list(values)},
                "mark": {
                    "type": "text",
                    "baseline": "middle",
                    "align": "left",
                    "fill": self.palette.ink,
                    **mark,
                },
                "encoding": {
                    "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                    "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                    "text": {"field": "t", "type": "nominal"},
                },
            }
        )

    def draw(self, height: float, table: Rows, desc: str) -> Chart:
        """The finished picture; `height` is that of the part inside the margins."""
        width = self.whole - 2 * EDGE
        titles = wrapped(self.title, width, TITLE) if self.title else []
        under = wrapped(self.subtitle, width) if self.subtitle else []
        top = len(titles) * (TITLE + 4) + len(under) * (SMALL + 5) + (14 if titles or under else 0)
        notes = wrapped(self.note, width) if self.note else []
        below = self.bottom
        said = [
            {"x": -self.left, "y": height + below + 14 + n * (SMALL + 5), "t": words}
            for n, words in enumerate(notes)
        ]
        self.text(said, fill=self.palette.ink_2)
        below += len(notes) * (SMALL + 5) + (10 if notes else 0)
        for values, mark in _heading(titles, under, -top - self.over, self.left, self.palette):
            self.text(values, **mark)
        spec: Json = {
            "autosize": "none",
            "width": self.plot,
            "height": int(height),
            "padding": {
                "left": self.left + EDGE,
                "right": self.right + EDGE,
                "top": top + self.over + EDGE,
                "bottom": below + EDGE,
            },
            "config": config(self.palette),
            "layer": self.layers,
            "resolve": {"scale": {"color": "independent"}},
        }  # fmt: skip
        whole = int(height + top + self.over + below + 2 * EDGE)
        return Chart(spec_text(spec), table, self.title, desc, self.whole, whole)


EDGE: Final = 12
"""Pixels round everything."""


def _heading(
    titles: list[str], under: list[str], top: float, left: float, palette: Palette
) -> Iterable[tuple[list[Json], Json]]:
    """The lines of title and subtitle, above the part inside the margins."""
    y = top + TITLE / 2 + 2
    bold: list[Json] = []
    plain: list[Json] = []
    for words in titles:
        bold.append({"x": -left, "y": y, "t": words})
        y += TITLE + 4
    for words in under:
        plain.append({"x": -left, "y": y, "t": words})
        y += SMALL + 5
    yield bold, {"fontSize": TITLE, "fontWeight": 600}
    yield plain, {"fill": palette.ink_2}


def apart(wanted: Sequence[float], room: float, top: float, bottom: float) -> list[float]:
    """Heights as near as possible to those wanted, with at least `room` between any two, in the same order
    from the top; kept between `top` and `bottom` where there is place for all."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = [0.0] * len(wanted)
    least = top
    for n in order:
        placed[n] = max(wanted[n], least)
        least = placed[n] + room
    most = bottom
    for n in reversed(order):
        placed[n] = min(placed[n], most)
        most = placed[n] - room
    return placed


def widest(words: Iterable[str], size: int = TEXT) -> float:
    """Pixels of the widest of these words."""
    return max((width_of(text, size) for text in words), default=0)
