"""The three shapes of these pages. A board answers its question in tables; a form asks one thing; a
sheet is one table with boxes, filled in for many people by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Periods
from guitu.web.components.picture.component import Picture
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs


@dataclass(frozen=True, slots=True)
class Ask:
    """A small form inside a section: where it goes, what it asks, its button."""

    action: str
    fields: tuple[Field, ...]
    button: Button
    hidden: tuple[tuple[str, str], ...] = ()
    method: Literal["get", "post"] = "post"
    says: Text = ""

    @property
    def files(self) -> bool:
        """Whether a file is sent along."""
        return any(field.kind == "file" for field in self.fields)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing and what it is, perhaps with a link."""

    label: Text
    text: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a board: what it is, its facts, table, picture or form, and what is said under it."""

    id: str
    heading: Text
    table: Table | None = None
    facts: tuple[Fact, ...] = ()
    picture: Picture | None = None
    ask: Ask | None = None
    says: tuple[Text, ...] = ()
    empty: Empty | None = None
    buttons: tuple[Button, ...] = ()
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class Board:
    """A page of sections. `lead` answers the question in words; `printed` is where its printing is noted."""

    TEMPLATE: ClassVar = "board"

    title: Text
    lead: Text
    sections: tuple[Section, ...]
    crumbs: Crumbs | None = None
    buttons: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None
    printed: str = ""
    periods: Periods | None = None
    tabs: Tabs | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A page that asks one thing."""

    TEMPLATE: ClassVar = "form"

    title: Text
    lead: Text
    action: str
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    save: Button
    back: Button
    crumbs: Crumbs | None = None
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    facts: tuple[Fact, ...] = ()
    look: Button | None = None

    @property
    def files(self) -> bool:
        """Whether a file is sent along."""
        return any(field.kind == "file" for field in self.fields)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a sheet: a choice, a text, or a tick. `label` is what it is for those who hear it."""

    name: str
    label: Text
    kind: Literal["choice", "text", "tick"] = "text"
    value: str = ""
    options: tuple[Option, ...] = ()
    error: Text = ""
    wide: bool = False

    @property
    def id(self) -> str:
        """The box's id; the error summary links to it."""
        return f"f-{self.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """One person or thing: the number on the list, the name, what is told beside it, the boxes."""

    number: str
    name: Text
    href: str
    boxes: tuple[Box, ...]
    sub: Text = ""
    cells: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with boxes. `quick` are the questions above it, of which the first takes the focus."""

    TEMPLATE: ClassVar = "sheet"

    title: Text
    lead: Text
    action: str
    heads: tuple[Text, ...]
    lines: tuple[Line, ...]
    hidden: tuple[tuple[str, str], ...]
    save: Button
    back: Button
    caption: Text
    crumbs: Crumbs | None = None
    quick: tuple[Field, ...] = ()
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None
    foot: tuple[Field, ...] = ()
    links: tuple[Button, ...] = ()


NUMBER = Label("号", "No.")
NAME = Label("姓名", "Name")
