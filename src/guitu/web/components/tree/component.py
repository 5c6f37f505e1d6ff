"""The tree of units as nested lists of links that fold; never more than what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class Node:
    """One unit: its name and address, short facts, perhaps a word (a gap in staff), and what is below.

    `more` is the address of the branches below that have not been fetched. `open` shows them.
    """

    name: str
    href: str
    facts: tuple[Text, ...] = ()
    word: Word | None = None
    below: tuple[Node, ...] = ()
    more: str = ""
    open: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """The branches shown; `name` says of what."""

    nodes: tuple[Node, ...]
    name: Text = Label("单位", "Units")  # noqa: RUF009 - Label is frozen


_VILLAGES: Final = (
    Node(
        "东坡村",
        "#",
        (Label("在册 21", "21 current"), Label("李晓梅", "Li Xiaomei")),
        Word("late", Label("逾期 2", "2 overdue")),
    ),
    Node(
        "南园村",
        "#",
        (Label("在册 8", "8 current"),),
        Word("gap", Label("空缺 12 天", "vacant 12 days")),
        here=True,
    ),
)
_TOWNS: Final = (
    Node(
        "河西镇",
        "#",
        (Label("6 村", "6 villages"), Label("在册 128", "128 current")),
        below=_VILLAGES,
        open=True,
    ),
    Node("河东镇", "#", (Label("9 村", "9 villages"), Label("在册 96", "96 current")), more="#"),
)

STATES: Final = (
    State(
        "branch",
        Label("一支", "One branch"),
        Tree((Node("示例县", "#", (Label("在册 1,204", "1,204 current"),), below=_TOWNS, open=True),)),
    ),
)
