"""An empty list: what that means and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button


@dataclass(frozen=True, slots=True)
class Empty:
    """One sentence, and the acts that fill the list."""

    text: Text
    actions: tuple[Button, ...] = ()


STATES: Final = (
    State(
        "next_step",
        Label("有下一步", "With a next step"),
        Empty(
            Label("今天没有要办的事。", "Nothing due today."),
            (
                Button(Label("看未来 7 天", "See the next 7 days"), href="#"),
                Button(Label("补登记", "Record past work"), href="#", look="link"),
            ),
        ),
    ),
    State(
        "plain",
        Label("只有一句", "One sentence"),
        Empty(Label("还没有记录。先登记报到。", "No entries yet. Record reporting-in first.")),
    ),
)
