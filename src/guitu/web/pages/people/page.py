"""People: is this person known here, and which file is theirs?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.filters.component import Filters
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A search and what it found, or a list with its filters.

    `scope` says where is looked. `screened` hides names and measures from whoever looks over the counter.
    """

    q: str
    scope: Text
    summary: Text
    unit: str = ""
    notices: tuple[Notice, ...] = ()
    tabs: Tabs | None = None
    filters: Filters | None = None
    table: Table | None = None
    new: str = ""
    downloads: tuple[Button, ...] = ()
    screened: bool = False
    here: str = "/people/"
    title: Label = Label("人员", "People")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class NewPerson:
    """The form that opens a file: who the person is. `hidden` are the ids made when it was first opened.

    `notices` name files that may be the same person; pressing the button again says that they are not.
    """

    TEMPLATE: ClassVar = "new"

    office: str
    day: date
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    save: Button
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = Label("新建人员", "Add a person")  # noqa: RUF009 - Label is frozen


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.people import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("recent", "查找之前", "Before searching"),
    _state("no_recent", "没有最近办理", "Nothing recent"),
    _state("found", "找到", "Found"),
    _state("too_many", "太多", "Too many"),
    _state("none", "没有找到", "None found"),
    _state("elsewhere", "由其他单位负责", "Held elsewhere"),
    _state("wrong_digit", "校验码不对", "Wrong check digit"),
    _state("list", "名单", "List"),
    _state("filtered", "已筛选", "Filtered"),
    _state("none_match", "筛选后没有", "Nothing matches"),
    _state("screened", "遮挡", "Screened"),
    _state("new", "新建", "Adding a person"),
    _state("new_faults", "新建有误", "Adding, with faults"),
    _state("new_duplicate", "可能重复", "Possible duplicate"),
)
