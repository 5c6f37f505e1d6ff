"""What the pages of scenes show: which there are, what is asked before one, the scene and its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table


@dataclass(frozen=True, slots=True)
class PacksPage:
    """Which packs there are, whose, and what is wrong with files of the office's own."""

    crumbs: Crumbs
    packs: Table
    faults: tuple[Text, ...] = ()
    folder: str = "GUITU_HOME/scenes"
    title: Label = Label("场景包", "Scene packs")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class BeforePage:
    """Before a scene opens: how it stands now, and what is asked on the day."""

    TEMPLATE: ClassVar = "before"

    identity: Identity
    crumbs: Crumbs
    title: Label
    about: Text
    facts: tuple[Text, ...]
    action: str
    id: str
    fields: tuple[Field, ...]
    back: Button
    notice: Notice | None = None
    summary: ErrorSummary | None = None


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """One answer that can be tried."""

    say: Text
    reply: Text
    then: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as it is read, and as the script runs it."""

    key: str
    say: Text
    seconds: int
    length: Text
    breath: tuple[int, int, int] | None = None
    pace: Text = ""
    choices: tuple[ChoiceShown, ...] = ()
    figure: str = "none"
    done: bool = False


@dataclass(frozen=True, slots=True)
class ScenePage:
    """The scene, its steps in words, and what is recorded of it afterwards. `sent`: it was, and came back."""

    TEMPLATE: ClassVar = "scene"

    title: Label
    who: str
    about: Text
    facts: tuple[Text, ...]
    place: str
    limit: int
    action: str
    back: str
    id: str
    steps: tuple[StepShown, ...]
    fields: tuple[Field, ...]
    carried: tuple[tuple[str, str], ...] = ()
    sent: bool = False
    summary: ErrorSummary | None = None
