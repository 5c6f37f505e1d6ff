"""A box above a list of people, to find one of them in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Finder:
    """What was typed goes to `path` by post: a number that tells who somebody is stands in no address.
    `hidden` are the other choices of the list."""

    path: str
    q: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    label: Text = Label(  # noqa: RUF009 - Label is frozen
        "在这份名单里找：姓名、拼音、首字母、证件号、证件号尾号或档案号",
        "Find in this list: name, pinyin, initials, ID number or its ending, case number",
    )


STATES: Final = (
    State("plain", Label("没有找", "Nothing sought"), Finder("#")),
    State("sought", Label("找过", "Sought"), Finder("#", "fu", (("unit", "469023100"),))),
)
