"""Where a unit stands in the tree: a line of links from the province down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step; the last one has no address, because we are there."""

    label: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crumbs:
    """The steps, from the top."""

    steps: tuple[Crumb, ...]


STATES: Final = (
    State(
        "deep",
        Label("四级", "Four levels"),
        Crumbs((Crumb("示例省", "#"), Crumb("示例县", "#"), Crumb("河西镇", "#"), Crumb("东坡村"))),
    ),
    State("top", Label("顶层", "Top"), Crumbs((Crumb("示例省"),))),
)
