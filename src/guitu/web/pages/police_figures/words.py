"""The words of police figures, and where the pages are."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.levels.prints import KIND, State
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.listing import address
from guitu.web.inside.recording import Part

ROOT: Final = "/police-figures/"
TITLE: Final = Label("公安数据", "Police figures")
PARTS: Final = (("", Label("公布的数", "Published figures")), ("import", Label("导入", "Import")))
OFFICES: Final = frozenset({"province", "prefecture", "county", "town"})
STATES: Final[dict[State, Label]] = {
    "stands": Label("在用", "In use"),
    "conflict": Label("与在用的不一致", "Contradicts the one in use"),
    "replaced": Label("已被更新", "Replaced"),
}
SHAPES: Final[dict[State, str]] = {"stands": "done", "conflict": "gap", "replaced": "barred"}
ONLY_SUMS: Final = Label(
    "只有别人公布的汇总数，照原文录入，不从任何人的记录计算，也没有任何个人的行。两处不一致的并列，不取舍；"
    "更新了的留着，不再使用。",
    "Aggregates that others published, as printed: none is counted from anybody's record, and there is no row"
    " about a person. Prints that differ stand side by side; what was replaced stays, and is used no more.",
)
PART: Final = Part(TITLE, ROOT, after={KIND: ""}, levels={KIND: OFFICES})


def at(part: str = "", unit: str = "", **query: str) -> str:
    """A page of an area."""
    return address(f"{ROOT}{part}/" if part else ROOT, unit=unit, **query)


def tabs(here: str, unit: str, *, imports: bool) -> Tabs:
    """The pages of an area."""
    some = PARTS if imports else PARTS[:1]
    return Tabs(tuple(Tab(label, at(part, unit), part == here) for part, label in some), TITLE)


def state_word(state: State) -> Word:
    """How a print stands, as a shape and a word."""
    return Word(SHAPES[state], STATES[state])
