"""Whose file this is, in one line that stays in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button


@dataclass(frozen=True, slots=True)
class Masked:
    """A number shown in part, or `full`. `href` is where it is asked for in full, which is written down."""

    text: str
    href: str = ""
    full: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """The name, then short facts (sex and age, responsible unit), the masked number, then what can be done.

    `actions` are at most four; the first is the usual one. `heading` makes the name the page's h1.
    """

    name: str
    facts: tuple[Text, ...] = ()
    actions: tuple[Button, ...] = ()
    state: Text = ""
    number: Masked | None = None
    heading: bool = False


STATES: Final = (
    State(
        "open",
        Label("在册", "Open"),
        Identity(
            "符某某",
            (
                Label("男 41 岁", "Male, 41"),
                Label("责任：东坡村 李晓梅", "Responsible: Dongpo village, Li Xiaomei"),
            ),
            number=Masked("981***********1234", "#"),
            actions=(
                Button(Label("登记", "Record"), href="#", look="primary"),
                Button(Label("更正", "Correct"), href="#"),
                Button(Label("谁看过", "Who read it"), href="#"),
            ),
        ),
    ),
    State(
        "released",
        Label("已解除", "Released"),
        Identity(
            "王某某",
            (Label("女 35 岁", "Female, 35"), "981***********5678"),
            state=Label("已解除 2026-08-01", "Released 2026-08-01"),
        ),
    ),
    State(
        "long_name",
        Label("长姓名", "Long name"),
        Identity(
            "阿卜杜热西提·买买提依明·图尔荪",
            (Label("男 29 岁", "Male, 29"), Label("证件号未登记", "No identity number")),
        ),
    ),
)
