"""What a pack of a scene is: its steps, how long they last, and whom it asks about before it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.kernel.labels import Label

Scene = Literal["relaxation", "refusal"]
Place = Literal["shore", "street"]

SCENES: Final[Mapping[str, Label]] = {
    "relaxation": Label("放松", "Relaxation"),
    "refusal": Label("拒绝技巧", "Refusal skills"),
}
PHASES: Final[Mapping[str, str]] = {"relaxation": "relax", "refusal": "refusal"}
"""Which phase of a VR session (`vr_session`) a scene is."""

PLACES: Final[Mapping[str, Label]] = {
    "shore": Label("傍晚的海边", "A shore at dusk"),
    "street": Label("晚上的街", "A street in the evening"),
}
"""The places that can be drawn."""

FIGURES: Final = ("none", "far", "near")
"""Where the other one stands, in a street."""


@dataclass(frozen=True, slots=True)
class Breath:
    """The pace of breathing, in seconds: in, hold, out."""

    breathe_in: int
    hold: int
    breathe_out: int

    @property
    def seconds(self) -> int:
        """One breath."""
        return self.breathe_in + self.hold + self.breathe_out

    @property
    def per_minute(self) -> float:
        """Breaths in a minute."""
        return 60 / self.seconds


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be tried. `own` ones are said aloud in the person's own words: nothing is kept of
    them. `reply` is what the other says to it; `then` names the step that follows, else the next."""

    key: str
    say: Label
    reply: Label | None = None
    then: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step. With choices it waits for one of them; without, it lasts `seconds`."""

    key: str
    say: Label
    seconds: int
    breath: Breath | None = None
    choices: tuple[Choice, ...] = ()
    figure: str = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """Asked on the day, before the scene opens. A yes keeps it closed."""

    key: str
    text: Label


@dataclass(frozen=True, slots=True)
class ScenePack:
    """A scene as it can be opened. `screen` names the contraindications of the screen that must all have
    been answered no, beside those of VR itself."""

    key: str
    version: int
    label: Label
    about: Label
    scene: Scene
    place: Place
    licence: Label
    credit: Label
    last_checked: date
    screen: tuple[str, ...]
    ask: tuple[Question, ...]
    steps: tuple[Step, ...]

    @property
    def phase(self) -> str:
        """The phase of a session that this is."""
        return PHASES[self.scene]

    @property
    def seconds(self) -> int:
        """How long its steps last, all of them."""
        return sum(step.seconds for step in self.steps)

    @property
    def step_keys(self) -> tuple[str, ...]:
        """The steps by their keys, in order."""
        return tuple(step.key for step in self.steps)
