"""What the pages of a brigade's day show, in three shapes: a board of sections, a list with a choice for each
person (the roll, a day of work), and a slip of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Step
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class FormPart:
    """A form of a section. `tall` gives its long texts room for a whole day; `get` asks and changes
    nothing."""

    action: str
    fields: tuple[Field, ...]
    button: Button
    hidden: tuple[tuple[str, str], ...] = ()
    tall: bool = False
    get: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with its own heading: words, a table, a form, buttons."""

    id: str
    heading: Label
    text: tuple[Text, ...] = ()
    table: Table | None = None
    form: FormPart | None = None
    buttons: tuple[Button, ...] = ()
    empty: Empty | None = None
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Sections under one title. `lead` answers the page's question in a sentence; `steps` lead to the day or
    week before and after."""

    title: Label
    lead: Text
    sections: tuple[Section, ...]
    tabs: Tabs | None = None
    steps: tuple[Step, ...] = ()
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list: the number by which they are typed, the name, and what is chosen. `state` says
    what is known of them already; `usual` what choosing nothing means of this one, where it is not what it
    means of all."""

    number: int
    name: str
    href: str
    keys: str = ""
    state: Word | None = None
    note: Text = ""
    choice: str = ""
    hours: str = ""
    box: str = ""
    usual: Text = ""


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Everybody of a brigade with a choice for each; `typed` takes the same by keyboard, in one line. `keys`
    are its keys with their words."""

    TEMPLATE: ClassVar = "lines"

    title: Label
    lead: Text
    action: str
    lines: tuple[Line, ...]
    options: tuple[Option, ...]
    button: Button
    back: Button
    caption: Label
    choice_label: Label
    hidden: tuple[tuple[str, str], ...] = ()
    typed: Field | None = None
    keys: tuple[tuple[str, Label], ...] = ()
    hours_label: Label | None = None
    tabs: Tabs | None = None
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None

    @property
    def everybody(self) -> Label:
        """What the first choice of each line means."""
        return self.options[0].label if isinstance(self.options[0].label, Label) else Label("—", "—")


@dataclass(frozen=True, slots=True)
class SlipPage:
    """One month's slip, to hand over: what was worked, the rate, the amount, and the sum."""

    TEMPLATE: ClassVar = "slip"

    title: Label
    office: str
    name: str
    rows: tuple[tuple[Label, Text], ...]
    says: tuple[Text, ...]
    back: Button
