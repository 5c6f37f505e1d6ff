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
from guitu.web.components.table.component import Column
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
CHANGE_COLUMNS: Final = (
    Column(Label("单位", "Unit"), phone="lead"),
    Column(Label("日期", "Day")),
    Column(Label("怎样变更", "What changed")),
    Column(Label("原来的名称、单位", "Name or unit of before")),
    Column(Label("涉及的单位", "The other unit")),
    Column(Label("文号", "Paper")),
    Column(Label("撤销", "Undo"), phone="act", hide_label=True),
)
NO_CHANGE: Final = Label("没有登记过单位变更。", "No change of a unit is recorded.")
STAY_AS_THEY_WERE: Final = Label(
    "单位编码不变，以前的记录和数字都留在原来的名下。",
    "Codes stay, and what was recorded before stays under the unit and the name of then.",
)
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
