"""Indicators: how are we doing, compared with what, and which cases make the number?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Periods
from guitu.web.components.picture.component import Picture
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to go down to."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Below:
    """The units below that can be gone down to; `closed` says why there is none where there are some."""

    label: Label
    places: tuple[Place, ...] = ()
    closed: Text = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a definition: what it says, and the sentence; `formal` is one in the program's names."""

    label: Label
    text: Text
    formal: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """口径: what is counted, over what, on which day, from which records, by which article."""

    version: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All indicators of one topic for one unit and period, with the period before and the year before."""

    unit: str
    summary: Text
    crumbs: Crumbs | None
    parts: Tabs
    periods: Periods | None
    topics: Tabs | None
    table: Table | None
    below: Below | None = None
    as_of: Text = ""
    notices: tuple[Notice, ...] = ()
    downloads: tuple[Button, ...] = ()
    empty: Empty | None = None
    title: Label = Label("指标", "Indicators")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class One:
    """One indicator: the unit's figure in a sentence, then the units below as a table, a trend or a map."""

    TEMPLATE: ClassVar = "one"

    title: Label
    summary: Text
    crumbs: Crumbs | None
    periods: Periods
    views: Tabs
    table: Table | None
    picture: Picture | None
    definition: Definition
    groups: Table | None = None
    splits: Tabs | None = None
    opens: tuple[Button, ...] = ()
    notes: tuple[Text, ...] = ()
    as_of: Text = ""
    notices: tuple[Notice, ...] = ()
    downloads: tuple[Button, ...] = ()
    back: str = "/indicators/"
    beside: Table | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """The files behind one part of a figure."""

    TEMPLATE: ClassVar = "behind"

    title: Label
    summary: Text
    back: str
    figure: Text
    table: Table | None
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """One cohort indicator: its curve with its table; the table alone where too little may be shown."""

    key: str
    label: Label
    href: str
    says: Text
    picture: Picture | None
    table: Table | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Cohorts:
    """What became of everybody who began in a year: kept, lost, and whatever else, always together."""

    TEMPLATE: ClassVar = "cohorts"

    unit: str
    summary: Text
    crumbs: Crumbs | None
    parts: Tabs
    periods: Periods | None
    cohorts: tuple[Cohort, ...]
    below: Below | None = None
    as_of: Text = ""
    notices: tuple[Notice, ...] = ()
    empty: Empty | None = None
    title: Label = Label("同期人群", "Cohorts")  # noqa: RUF009 - Label is frozen


def _states() -> tuple[State, ...]:
    from guitu.web.pages.indicators import examples  # examples are made of these classes

    return examples.STATES


STATES: Final = _states()
