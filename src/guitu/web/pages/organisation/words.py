"""The words of organisation, and where its pages are."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.organisation import Site, Stage
from guitu.web.component import Text
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area

ROOT: Final = "/organisation/"
TITLE: Final = Label("组织", "Organisation")
NOBODY: Final = "—"
PARTS: Final = (
    ("", Label("领导小组", "Leading groups")),
    ("staff", Label("人员", "Staff")),
    ("watch", Label("重点关注", "Watch list")),
    ("models", Label("示范创建", "Model places")),
    ("changes", Label("单位沿革", "History of units")),
)
STAGES: Final[dict[Stage, Label]] = {
    "applied": Label("已申报", "Applied"),
    "visited": Label("已考察", "Visited"),
    "granted": Label("已认定", "Named a model"),
    "refused": Label("不予认定", "Not named"),
    "withdrawn": Label("已撤销", "Withdrawn"),
}
_SHAPES: Final[dict[Stage, str]] = {
    "applied": "open", "visited": "open", "granted": "done", "refused": "barred", "withdrawn": "barred",
}  # fmt: skip


def address(part: str = "", unit: str = "", **more: str) -> str:
    """A page of an area."""
    path = f"{ROOT}{part}/" if part else ROOT
    asked = {name: value for name, value in {"unit": unit, **more}.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def tabs(here: str, unit: str) -> Tabs:
    """The pages of an area."""
    return Tabs(tuple(Tab(label, address(part, unit), part == here) for part, label in PARTS), TITLE)


def crumbs(area: Area, part: str, label: Text) -> Crumbs:
    """The way back to a part."""
    return Crumbs((Crumb(TITLE, address("", area.code)), Crumb(label, address(part, area.code))))


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else NOBODY


def said(entry: Entry, name: str) -> str:
    """A typed answer, or a dash."""
    return str(entry.get(name) or NOBODY)


def stage_word(site: Site) -> Word:
    """How far a place is in a programme."""
    return Word(_SHAPES[site.stage], STAGES[site.stage])
