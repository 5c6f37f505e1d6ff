"""The access log: who read this file, for what, and was it right?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.filters.component import Filters
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table


@dataclass(frozen=True, slots=True)
class Export:
    """The form that takes the list along: where it goes, the reason it asks for, and what travels with it."""

    action: str
    reason: Field
    hidden: tuple[tuple[str, str], ...]
    summary: ErrorSummary | None = None


@dataclass(frozen=True, slots=True)
class FileReadings:
    """Who has seen one file, by person and day. `lines` is what one of them saw on one day, row by row."""

    TEMPLATE: ClassVar = "file"

    case_no: str
    summary: Text
    filters: Filters
    table: Table
    here: str
    export: Export
    back: Button | None = None
    lines: Table | None = None
    title: Label = Label("谁看过", "Who has read it")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class AccountReadings:
    """What one account has seen."""

    TEMPLATE: ClassVar = "account"

    name: str
    account: str
    summary: Text
    filters: Filters
    table: Table
    export: Export
    title: Label = Label("看过什么", "What was read")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as it stands: what it looks for, its number, and whether it is on."""

    label: Label
    looks_for: Label
    limit: int
    setting: str
    on: bool


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """The auditor's first page: a search, and the reading that the rules point at."""

    office: str
    summary: Text
    q: str
    filters: Filters
    table: Table
    rules: tuple[RuleLine, ...]
    here: str
    notices: tuple[Notice, ...] = ()
    title: Label = Label("查阅记录", "Access log")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Question:
    """What an auditor asks about: which file, on which day, what was read; and the answers to choose from."""

    file: int
    case_no: str
    day: str
    told: Text
    field: Field


@dataclass(frozen=True, slots=True)
class MyReadings:
    """What the account itself has seen, and what it was asked about."""

    TEMPLATE: ClassVar = "mine"

    summary: Text
    questions: tuple[Question, ...]
    table: Table
    notices: tuple[Notice, ...] = ()
    title: Label = Label("我的查阅", "What I have read")  # noqa: RUF009 - Label is frozen


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.readings import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("unusual", "不寻常的查阅", "Unusual reading"),
    _state("nothing_unusual", "没有不寻常的", "Nothing unusual"),
    _state("not_found", "没有找到", "Not found"),
    _state("file", "一份档案", "One file"),
    _state("file_lines", "明细", "Row by row"),
    _state("file_nobody", "没有人查阅", "Nobody"),
    _state("no_reason", "导出未写理由", "Export without a reason"),
    _state("account", "一个账号", "One account"),
    _state("mine", "我的查阅", "What I have read"),
    _state("asked", "被询问", "Asked"),
)
