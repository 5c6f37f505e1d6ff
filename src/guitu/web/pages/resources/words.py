"""The words of resources, where the pages are, and what is recorded on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.inside.listing import address
from guitu.web.inside.recording import Part

ROOT: Final = "/resources/"
TITLE: Final = Label("经费奖励", "Resources")
PARTS: Final = (
    ("", "resources", Label("经费", "Money")),
    ("rewards", "resources_rewards", Label("奖励", "Rewards")),
    ("equipment", "resources", Label("装备车辆", "Equipment")),
    ("places", "resources", Label("服务地点", "Places of service")),
)
"""Part of the address, page of the access table, and the name."""
OFFICES: Final = frozenset({"province", "prefecture", "county", "town", "justice_centre"})
_HELD_BY: Final = OFFICES | {"village", "guidance_station"}
PART: Final = Part(
    TITLE,
    ROOT,
    after={
        "budget_line": "",
        "grant": "",
        "spending": "",
        "equipment": "equipment",
        "equipment_check": "equipment",
        "service_place": "places",
    },
    answers={"equipment_check": "equipment"},
    levels={
        "budget_line": OFFICES,
        "grant": OFFICES,
        "spending": OFFICES,
        "equipment": _HELD_BY,
        "service_place": _HELD_BY,
    },
    begin={
        "budget_line": lambda area, _unit: {"year": str(area.today.year)},
        "grant": lambda area, _unit: {"year": str(area.today.year)},
    },
)
NO_NAMES: Final = Label(
    "奖励只记种类、名（个）数和金额，不写姓名；奖励要由第二人复核，提出人自己不能通过。",
    "A reward is its sort, how many and how much, and no names; a second officer approves it, never the one"
    " who proposed it.",
)


def at(part: str = "", unit: str = "", **query: str) -> str:
    """A page of an area."""
    return address(f"{ROOT}{part}/" if part else ROOT, unit=unit, **query)


def tabs(here: str, unit: str, opens: Callable[[str], bool] = lambda _page: True) -> Tabs:
    """The pages of an area that the reader may open."""
    some = tuple(Tab(label, at(part, unit), part == here) for part, page, label in PARTS if opens(page))
    return Tabs(some, TITLE)


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else "—"


def options(kind: str, name: str) -> tuple[tuple[str, Label], ...]:
    """What may be chosen there."""
    return tuple((c.value, c.label) for c in kinds()[kind].ask(name).choices)
