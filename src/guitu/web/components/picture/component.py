"""A chart: a picture drawn on the server, one sentence for who cannot see it, its table, and its downloads.

The picture is an address of its own, so that the page is there before it; a phone gets a narrower one with
letters of the same size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Column, Row, Table


@dataclass(frozen=True, slots=True)
class Size:
    """The address of a picture and its width and height in pixels, which keep its place on the page."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """`says` is what the picture shows, in a sentence; `caption` what must be known beside it (that a map is
    schematic, what is hidden); `table` says the same in figures."""

    wide: Size
    narrow: Size
    says: Text
    caption: Text = ""
    table: Table | None = None
    downloads: tuple[Button, ...] = ()


_TABLE: Final = Table(
    Label("按期见面率，示例县", "Met in time, example county"),
    (
        Column(Label("期间", "Period"), phone="lead"),
        Column(Label("示例县", "Example county"), numeric=True),
    ),
    (
        Row(("2026-09", "86.3%（107/124）")),
        Row(("2026-10", "87.5%（112/128）")),
    ),
    id="picture-table",
)
BLANK: Final = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E"
"""What stands for a picture in the gallery: an address that is there however files are served."""

STATES: Final = (
    State(
        "trend",
        Label("趋势图", "Trend"),
        Picture(
            Size(BLANK, 720, 320),
            Size(BLANK, 340, 300),
            Label(
                "趋势图。示例县：2026-09 为 86.3%，2026-10 为 87.5%",
                "Line over time. Example county: 2026-09 86.3%, 2026-10 87.5%",
            ),
            Label("数据截至 2026-11-23 06:00", "As of 2026-11-23 06:00"),
            _TABLE,
            (
                Button(Label("下载 SVG", "Download SVG"), href="#", look="small"),
                Button(Label("下载 PNG", "Download PNG"), href="#", look="small"),
            ),
        ),
    ),
)
