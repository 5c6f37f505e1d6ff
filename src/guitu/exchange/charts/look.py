"""How a picture looks: the house's colours and type, as on the pages (guitu.css), and how much room words
take.

Colour says nothing alone: lines differ in dashes and marks, classes of a map in lightness and a bar that
grows, and every value that matters stands beside its mark in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from unicodedata import east_asian_width

Look = Literal["light", "high", "dark"]
"""Ordinary, high contrast, black ground: the three that a reader chooses among."""

Size = Literal["wide", "narrow", "page"]
"""A screen, a phone, a printed page."""

Json = dict[str, object]
"""A piece of a Vega-Lite specification."""

FONT: Final = (
    "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif"
)

WIDTHS: Final[dict[Size, int]] = {"wide": 720, "narrow": 340, "page": 600}
"""Pixels of the whole picture."""

TEXT: Final = 14
"""Pixels of ordinary words in a picture; nothing is smaller than SMALL."""
SMALL: Final = 13
TITLE: Final = 16


@dataclass(frozen=True, slots=True)
class Palette:
    """Tokens by name, as in guitu.css."""

    paper: str
    ink: str
    ink_2: str
    edge: str
    line: str
    act: str
    sunk: str
    on_act: str
    ramp: tuple[str, str, str, str]
    """Four lightnesses of one hue, pale to full, for the classes of a map."""


PALETTES: Final[dict[Look, Palette]] = {
    "light": Palette(
        "#FFFFFF", "#1B1F23", "#4A5056", "#7A7D78", "#D5D1C6", "#0B5563", "#F1EFE8", "#FFFFFF",
        ("#E3EFF0", "#A9CDD2", "#4A8A96", "#0B5563"),
    ),
    "high": Palette(
        "#FFFFFF", "#000000", "#000000", "#000000", "#000000", "#003B46", "#FFFFFF", "#FFFFFF",
        ("#FFFFFF", "#B8D3D8", "#3F7D89", "#003B46"),
    ),
    "dark": Palette(
        "#000000", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#7FE3F2", "#000000", "#000000",
        ("#000000", "#12444C", "#3C97A4", "#7FE3F2"),
    ),
}  # fmt: skip
"""The same colours as the pages'; a test compares them with guitu.css."""


def width_of(text: str, size: int = TEXT) -> float:
    """About how many pixels words take: a Chinese character one em, a letter or digit a little over half."""
    return sum(size if east_asian_width(c) in "WF" else size * 0.58 for c in text)


def config(palette: Palette) -> Json:
    """What all pictures share."""
    words = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": SMALL, "titleFontSize": SMALL}
    words |= {"labelColor": palette.ink_2, "titleColor": palette.ink_2, "titleFontWeight": 400}
    lines = {"domainColor": palette.edge, "tickColor": palette.edge, "gridColor": palette.line}
    return {
        "font": FONT,
        "aria": False,  # the page says it in its own words: alt text, and the table
        "background": palette.paper,
        "view": {"stroke": None},
        "axis": words | lines,
        "text": {"font": FONT, "fontSize": SMALL, "fill": palette.ink},
        "title": {
            "font": FONT, "fontSize": TITLE, "fontWeight": 600, "color": palette.ink, "anchor": "start",
            "subtitleFont": FONT, "subtitleFontSize": SMALL, "subtitleColor": palette.ink_2,
            "subtitlePadding": 4, "frame": "bounds", "offset": 12,
        },
    }  # fmt: skip


def wrapped(text: str, width: float, size: int = SMALL) -> list[str]:
    """Words cut into lines of at most `width` pixels: between Chinese characters anywhere, else at spaces."""
    lines: list[str] = []
    now = ""
    for piece in _pieces(text):
        if now and width_of(now + piece.rstrip(), size) > width:
            lines.append(now.rstrip())
            now = ""
        now += piece
    return [*lines, now.rstrip()] if now.strip() else lines


def _pieces(text: str) -> list[str]:
    """Where a line may be cut: after each wide character and after each space, never before a closing
    mark."""
    pieces: list[str] = []
    fresh = True
    for c in text:
        if fresh and c not in "，。；：）、」》%,.;:)":
            pieces.append(c)
        elif pieces:
            pieces[-1] += c
        else:
            pieces.append(c)
        fresh = c == " " or east_asian_width(c) in "WF"
    return pieces
