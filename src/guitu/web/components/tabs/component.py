"""Parts of one subject as links with their own addresses, each with a count where it helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text


@dataclass(frozen=True, slots=True)
class Tab:
    """One part; `count` None shows no number."""

    label: Text
    href: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Tabs:
    """All parts; `name` says of what."""

    tabs: tuple[Tab, ...]
    name: Text = Label("本档案", "This file")  # noqa: RUF009 - Label is frozen


STATES: Final = (
    State(
        "counts",
        Label("带数", "With counts"),
        Tabs(
            (
                Tab(Label("应办", "Duties"), "#", True, 4),
                Tab(Label("提示", "Findings"), "#", count=2),
                Tab(Label("经历", "Timeline"), "#", count=56),
                Tab(Label("联系人", "Contacts"), "#"),
            )
        ),
    ),
)
