"""Is this period's return complete, right, and sent? The list of a period, one pack, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Periods
from guitu.web.components.progress.component import Progress
from guitu.web.components.table.component import Column, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.packs.words import WORDS, Words

NO_UNITS: Final = Label(
    "这一级不单独出月报；由上级单位汇总。", "No returns of its own here; the unit above puts them together."
)
COLUMNS: Final = (
    Column(Label("单位", "Unit"), phone="lead"),
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("编号", "Number")),
    Column(Label("期末在册", "Current at the end"), numeric=True, unit=Label("人", "persons")),
    Column(Label("最近一步", "Last step")),
)


@dataclass(frozen=True, slots=True)
class Making:
    """The form that puts a pack together: what it says above the button, and what it sends."""

    says: Text
    button: Button
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PacksPage:
    """One period: how many of the units have sent theirs, each with how far it is. `making` is the form for
    the reader's own unit, where there is none yet."""

    words: ClassVar[Words] = WORDS

    office: str
    periods: Periods
    lead: Text
    table: Table | None
    making: Making | None = None
    empty: Empty | None = None
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None
    title: Label = Label("月报", "Returns")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class MakingPage:
    """A pack being put together: how far it is; or why it is not, with the form that starts again, or the way
    back to what it was to correct."""

    TEMPLATE: ClassVar = "making"

    title: Label
    crumbs: Crumbs
    progress: Progress | None = None
    notices: tuple[Notice, ...] = ()
    again: Making | None = None
    back: Button | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Where units were renamed: what the pack's own was called in its period (`then`), and what those whose
    name stands in it are called today, by code."""

    then: str = ""
    today: Mapping[str, str] = field(default_factory=dict)


AS_TODAY: Final = Names()


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps: its number and name, how far it is, and who did it when."""

    number: str
    label: Label
    word: Word
    by: Text = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the flow equation: its sign, what it is, how many; `href` opens who they are."""

    sign: str
    label: Label
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its heading, its table, and what is said under it."""

    id: str
    heading: Label
    table: Table | None = None
    says: tuple[Text, ...] = ()
    href: str = ""
    link: Label | None = None


@dataclass(frozen=True, slots=True)
class Correcting:
    """The form that corrects what was sent: a reason, and the button."""

    reason: Field
    button: Button
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PackPage:
    """One pack. `buttons` are the steps this reader can take now; `waits_for` says who takes the next one
    where that is somebody else; `back` is the box for why it is returned, with its button."""

    TEMPLATE: ClassVar = "one"
    words: ClassVar[Words] = WORDS

    unit: Text
    period: Label
    kind: Label
    number: str
    word: Word
    crumbs: Crumbs
    steps: tuple[Step, ...]
    flow: tuple[Term, ...]
    adds_up: bool
    parts: tuple[Part, ...]
    papers: tuple[Button, ...]
    action: str
    foot: tuple[Text, ...]
    buttons: tuple[Button, ...] = ()
    waits_for: Text = ""
    reason: Field | None = None
    back: Button | None = None
    correcting: Correcting | None = None
    checks: tuple[Notice, ...] = ()
    changes: tuple[Notice, ...] = ()
    changed: Table | None = None
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None

    @property
    def title(self) -> Label:
        """What and whose."""
        zh, en = (self.unit.zh, self.unit.en) if isinstance(self.unit, Label) else (self.unit, self.unit)
        return Label(f"{self.period.zh} {self.kind.zh} · {zh}", f"{self.kind.en}, {self.period.en} · {en}")
