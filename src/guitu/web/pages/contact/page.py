"""Contact: who is in touch, who is lost since when and after how many attempts, whose measure has ended?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Filters
from guitu.web.components.finder.component import Finder
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs
from guitu.web.components.word.component import Word

TITLE: Final = Label("联系", "Contact")


@dataclass(frozen=True, slots=True)
class Section:
    """One list under its heading."""

    id: str
    heading: Label
    table: Table | None
    empty: Empty | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Lists of people: by where they stand, or those whose measure has ended."""

    office: str
    lead: Label
    tabs: Tabs | None
    sections: tuple[Section, ...]
    filters: Filters | None = None
    notices: tuple[Notice, ...] = ()
    finder: Finder | None = None
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class ContactOfPerson:
    """One person: the state, what it rests on, and every attempt."""

    TEMPLATE: ClassVar = "person"

    identity: Identity
    word: Word
    lead: Label
    attempts: Table | None
    empty: Empty | None
    acts: tuple[Button, ...]
    back: Button
    note: Label
    notices: tuple[Notice, ...] = ()
    heading: Label = Label("联系经过", "Attempts at contact")  # noqa: RUF009 - Label is frozen
    title: Label = TITLE


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.contact import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("usual", "有失联、有联系不上", "Some lost, some not reached"),
    _state("nobody", "没有人", "Nobody"),
    _state("choose", "选择县", "Which county"),
    _state("ended", "期满和不再管控", "Ended by law"),
    _state("person", "一人，失联", "One person, lost"),
    _state("quiet", "一人，在联系", "One person, in touch"),
)
