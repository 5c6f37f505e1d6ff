"""The words of patrols and venues, where their pages are, and what is recorded on them."""

from __future__ import annotations

from typing import Final

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.ground import State
from guitu.web.component import Text
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.listing import address

ROOT: Final = "/patrols/"
TITLE: Final = Label("巡防", "Patrols and venues")
PARTS: Final = (
    ("", Label("岸段和护村队", "Coast and villages")),
    ("rounds", Label("巡防记录", "Rounds")),
    ("venues", Label("场所", "Venues")),
)
STATES: Final[dict[State, Label]] = {
    "open": Label("没有问题", "In order"),
    "never": Label("没有检查过", "Never inspected"),
    "mend": Label("整改中", "Being put right"),
    "late": Label("整改逾期", "Putting right overdue"),
    "handed": Label("线索已移送", "Lead with the police"),
    "closed": Label("关停", "Closed"),
    "gone": Label("已注销", "No longer there"),
}
SHAPES: Final = {
    "open": "done", "never": "gap", "mend": "open", "late": "late", "handed": "barred", "closed": "barred",
    "gone": "barred",
}  # fmt: skip
ONLY_PLACES: Final = Label(
    "这里只有地点，没有任何人的资料：护村队、岸段责任人和检查人员看不到档案，登记里也没有写人的地方。",
    "Places only, and nobody's data: patrols, heads of sections and inspectors see no file, and what they"
    " record has no room for anybody.",
)


def at(part: str = "", unit: str = "", **query: str) -> str:
    """A page of an area."""
    return address(f"{ROOT}{part}/" if part else ROOT, unit=unit, **query)


def tabs(here: str, unit: str) -> Tabs:
    """The pages of an area."""
    return Tabs(tuple(Tab(label, at(part, unit), part == here) for part, label in PARTS), TITLE)


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else "—"


def options(kind: str, name: str) -> tuple[tuple[str, Label], ...]:
    """What may be chosen there."""
    return tuple((c.value, c.label) for c in kinds()[kind].ask(name).choices)


def state_word(state: State) -> Word:
    """How a venue stands, as a shape and a word."""
    return Word(SHAPES[state], STATES[state])


def clock(value: object) -> str:
    """1405 as 14:05."""
    return f"{value // 100:02d}:{value % 100:02d}" if isinstance(value, int) else ""
