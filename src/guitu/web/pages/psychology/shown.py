"""What the psychology centre's pages show: who needs it today, one person, a sheet to fill in, VR and
TMS; the instruments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.components.trend.component import Trend
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class Line:
    """One person on a list of the day: the word for how it stands, who, where, why, and what to do."""

    word: Word
    name: str
    href: str
    where: Text
    why: Text
    act: Button | None = None


@dataclass(frozen=True, slots=True)
class DayPage:
    """The day: alerts first, then agreed sessions, reviews, and everybody here."""

    day: date
    office: str
    lead: Text
    alerts: tuple[Line, ...]
    sessions: tuple[Line, ...]
    reviews: tuple[Line, ...]
    everybody: Table
    links: tuple[Button, ...] = ()
    none_today: Empty | None = None
    title: Label = Label("心理中心", "Psychology centre")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Course:
    """One instrument, one version: its picture and table, and what its source warns of."""

    label: Text
    trend: Trend | None
    table: Table
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The crisis plan in force: each heading with what stands under it."""

    since: date
    review_on: date | None
    staff: str
    parts: tuple[tuple[Text, str], ...]
    due: bool
    review: Button | None = None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: crisis plan and open alerts on top, then courses, sessions, and what can be recorded."""

    TEMPLATE: ClassVar = "person"

    case_no: str
    identity: Identity
    crumbs: Crumbs
    alerts: tuple[Line, ...]
    plan: Plan | None
    courses: tuple[Course, ...]
    talks: Table
    fills: tuple[Button, ...] = ()
    records: tuple[Button, ...] = ()
    protocols: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    title: Label = Label("心理档案", "Psychological file")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on a sheet: the digit and its words."""

    value: str
    label: Text
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a sheet. `stem` stands above it where it begins. Without choices a digit is typed:
    `hint` says which there are, `value` is what was typed."""

    name: str
    number: int
    text: Text
    choices: tuple[Choice, ...] = ()
    stem: Text = ""
    hint: Text = ""
    value: str = ""
    error: Text = ""
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class FillPage:
    """A sheet to fill in, in large type: everything at once, or one question on a screen (`step` of `steps`).

    `carried` are the answers of the other screens."""

    TEMPLATE: ClassVar = "fill"

    title: Label
    who: str
    action: str
    back: str
    id: str
    window: Text
    questions: tuple[Question, ...]
    fields: tuple[Field, ...]
    notes: tuple[Text, ...]
    credit: Text
    carried: tuple[tuple[str, str], ...] = ()
    step: int = 0
    steps: int = 0
    other_way: str = ""
    summary: ErrorSummary | None = None

    @property
    def one(self) -> bool:
        """Whether it is one question on a screen."""
        return self.steps > 0


@dataclass(frozen=True, slots=True)
class ThanksPage:
    """After a sheet: thanks, and nothing of the result, for it is the person who holds the tablet."""

    TEMPLATE: ClassVar = "thanks"

    on: str
    title: Label = Label("填好了，谢谢", "Done, thank you")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class ProtocolPage:
    """One person's VR or TMS: whether it may go on, what was done, and how little it shows."""

    TEMPLATE: ClassVar = "protocol"

    case_no: str
    identity: Identity
    crumbs: Crumbs
    title: Label
    standing: Notice
    steps: tuple[tuple[Word, Text, Button | None], ...]
    said: tuple[Text, ...]
    weak: Text
    sessions: Table
    series: tuple[tuple[Text, tuple[Trend, ...]], ...] = ()
    record: Button | None = None
    stop: Button | None = None
    stops: tuple[Text, ...] = ()
    scenes: tuple[tuple[Word, Text, Button | None], ...] = ()
    packs: Button | None = None
    saved: Notice | None = None


@dataclass(frozen=True, slots=True)
class DevicePage:
    """Taking in a device's file for one session, and what is wrong with it."""

    TEMPLATE: ClassVar = "device"

    case_no: str
    identity: Identity
    crumbs: Crumbs
    session: Text
    action: str
    id: str
    back: Button
    faults: tuple[tuple[Text, Text], ...] = ()
    title: Label = Label("导入设备记录", "Take in a device record")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class InstrumentsPage:
    """The instruments that can be used here, whose they are, and bringing one."""

    TEMPLATE: ClassVar = "instruments"

    crumbs: Crumbs
    table: Table
    fields: tuple[Field, ...] = ()
    action: str = ""
    blank: str = ""
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = Label("量表", "Instruments")  # noqa: RUF009 - Label is frozen
