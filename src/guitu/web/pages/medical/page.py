"""The medical centre: who waits, who is restrained, what is to be given at this round, how one person is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.picture.component import Picture
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a page; `says` stands where there is none, or before it. `picture` shows its course."""

    id: str
    heading: Label
    table: Table | None = None
    says: Text = ""
    picture: Picture | None = None
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """A page of lists: the centre's day, the restrained, those outside, the restricted page."""

    title: Label
    lead: Text
    sections: tuple[Section, ...]
    tabs: Tabs | None = None
    notices: tuple[Notice, ...] = ()
    actions: tuple[Button, ...] = ()
    crumbs: Crumbs | None = None
    foot: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person, for those who look after their health."""

    TEMPLATE: ClassVar = "one"

    identity: Identity
    lead: Text
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...] = ()
    actions: tuple[Button, ...] = ()

    @property
    def title(self) -> Label:
        """Whose page it is."""
        return Label(f"{self.identity.name} · 医疗", f"{self.identity.name} · medical")


@dataclass(frozen=True, slots=True)
class Give:
    """One line of a round. `value` is what its button sends, "" where nothing is to be done; `focus` marks
    the line that the keyboard stands on: one key gives the dose. `head` begins another person; what is
    `restricted` is never printed."""

    id: str
    name: str
    href: str
    drug: Text
    use: Text
    word: Word
    note: Text = ""
    warning: Text = ""
    value: str = ""
    not_given: str = ""
    focus: bool = False
    head: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class RoundPage:
    """Everybody due at one round in one brigade. `lines` in the order in which people are called."""

    TEMPLATE: ClassVar = "rounds"

    title: Label
    lead: Text
    brigades: Tabs
    rounds: Tabs
    lines: tuple[Give, ...]
    action: str
    counts: Text
    unit: str = ""
    number: int = 1
    needed: tuple[Give, ...] = ()
    notices: tuple[Notice, ...] = ()
    said: Text = ""
    hidden_note: Text = ""
    apart: Text = ""
    give: Label = Label("已服", "Given")  # noqa: RUF009 - Label is frozen
    not_given: Label = Label("拒服／暂缓", "Refused / held")  # noqa: RUF009 - Label is frozen
    give_now: Label = Label("登记一次", "Give once")  # noqa: RUF009 - Label is frozen
    empty: Label = Label("这一次没有要发的药。", "Nothing to be given now.")  # noqa: RUF009 - Label is frozen
    when_needed: Label = Label("必要时", "When needed")  # noqa: RUF009 - Label is frozen
    on_paper: Label = Label("□已服 □拒服 □暂缓", "□ given □ refused □ held")  # noqa: RUF009


@dataclass(frozen=True, slots=True)
class SayPage:
    """A short form about one prescription: why it was not given, given when needed, or stopped."""

    TEMPLATE: ClassVar = "say"

    title: Label
    lead: Text
    fields: tuple[Field, ...]
    action: str
    save: Button
    back: Button
    hidden: tuple[tuple[str, str], ...] = ()
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPage:
    """The medication card of one person, to be printed: what is taken, how, and what must not be given."""

    TEMPLATE: ClassVar = "card"

    name: str
    case_no: str
    born: Text
    allergies: Text
    table: Table
    as_of: Text
    back: Button
    notes: tuple[Text, ...] = field(default=())
    title: Label = Label("用药卡", "Medication card")  # noqa: RUF009 - Label is frozen


def _states() -> tuple[State, ...]:
    from guitu.web.pages.medical import examples

    return examples.STATES


STATES: Final = _states()
