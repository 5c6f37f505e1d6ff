"""What the pages of the roster show: who is on, where are the gaps, is anyone over-worked?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.progress.component import Progress
from guitu.web.components.table.component import Table


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a day's column."""

    weekday: Label
    day: str
    weekend: bool = False
    today: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one day. `look` is day, night, leave, away, off or none; `marks` are what is wrong
    there."""

    word: Text
    look: str
    href: str = ""
    spoken: Text = ""
    marks: tuple[Text, ...] = ()
    post: Text = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One person's row, or one post's: its name, what stands beside it, its cells."""

    name: Text
    beside: Text
    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that goes against a rule: its name, the sentence, the cell it is about."""

    rule: Label
    text: Label
    href: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody asks of the planner."""

    text: Label
    hidden: tuple[tuple[str, str], ...]
    grant: Button
    refuse: Button


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The table of a week or of the whole roster."""

    office: str
    state: Label
    period: Label
    views: tuple[Button, ...]
    before: str = ""
    after: str = ""
    heads: tuple[Head, ...] = ()
    people: tuple[Line, ...] = ()
    posts: tuple[Line, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    more_wrong: int = 0
    notices: tuple[Notice, ...] = ()
    acts: tuple[tuple[str, Button], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    progress: Progress | None = None
    waiting: tuple[Waiting, ...] = ()
    begin: tuple[Field, ...] = ()
    begin_button: Button | None = None
    links: tuple[Button, ...] = ()
    empty: Empty | None = None
    summary: ErrorSummary | None = None
    month: bool = False

    @property
    def title(self) -> Label:
        """The page's name."""
        return Label("排班", "Roster")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that somebody could do on the day, and what would go against a rule then."""

    value: str
    label: Text
    chosen: bool
    wrong: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class CellPage:
    """The form of one cell: what may stand there, with what each would break; and whom to swap with."""

    TEMPLATE: ClassVar = "cell"
    person: str
    day: str
    now: tuple[Label, ...]
    choices: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    save: Button
    back: Button
    swap: Field | None = None
    swap_button: Button | None = None
    summary: ErrorSummary | None = None

    @property
    def title(self) -> Label:
        """Whose day."""
        return Label(f"{self.person} {self.day}", f"{self.person}, {self.day}")


@dataclass(frozen=True, slots=True)
class MinePage:
    """One's own shifts, made for a phone; and what one asks."""

    TEMPLATE: ClassVar = "mine"
    lead: Label
    shifts: tuple[tuple[Label, Label, Label], ...]
    empty: Empty | None
    leave: tuple[Field, ...]
    leave_button: Button
    swap: tuple[Field, ...]
    swap_button: Button
    asked: tuple[tuple[Label, Label], ...] = ()
    links: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None

    @property
    def title(self) -> Label:
        """The page's name."""
        return Label("我的班", "My shifts")


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """Closed duty as it is set: the form, and the turn of each batch where there is one."""

    fields: tuple[Field, ...]
    button: Button
    turn: Table | None = None


@dataclass(frozen=True, slots=True)
class SetupPage:
    """What a centre plans with: its people, what each post needs, the rules."""

    TEMPLATE: ClassVar = "setup"
    office: str
    people: Table
    person: tuple[Field, ...]
    person_button: Button
    post: tuple[Field, ...]
    post_button: Button
    needs: tuple[Field, ...]
    rules: tuple[Field, ...]
    rules_button: Button
    back: Button
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None
    closed: ClosedPart | None = None

    @property
    def title(self) -> Label:
        """The page's name."""
        return Label("人员与规则", "People and rules")

    @property
    def own(self) -> Label:
        """What the numbers are."""
        return Label(
            "这些数字由本单位自定，不是法律规定；留空即不限制。",
            "The numbers are the centre's own, not the law's; an empty box sets no limit.",
        )
