"""Ledgers: will my spreadsheet go in, and what is wrong with it? Sent, checked, imported, given back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.checklist.component import CheckList
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field, Option
from guitu.web.components.filters.component import Filters
from guitu.web.components.notice.component import Notice
from guitu.web.components.progress.component import Progress
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs
from guitu.web.components.word.component import Word


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps, and whether it is done, now, or still to come."""

    number: str
    label: Text
    state: Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class Template:
    """A ledger Guitu reads: what it is called, what a row of it is, where its empty form is."""

    label: Text
    says: Text
    href: str


@dataclass(frozen=True, slots=True)
class Choose:
    """A choice among a few things by their codes, in one line of a form."""

    name: str
    label: Text
    options: tuple[Option, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class LedgersPage:
    """Send a file in, get a template, print a ledger, and what has been imported so far.

    `unit` is the office that imports: the reader's own. An export asks which ledger, whose, as on which day.
    """

    unit: str
    file: Field
    templates: tuple[Template, ...]
    choices: tuple[Choose, ...]
    on: Field
    batches: Table
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = Label("台账", "Ledgers")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows came to what: a figure of the line under the title."""

    word: Word
    rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sheet was read: each column as it stands and what it was taken for, and the days' forms."""

    lines: tuple[Text, ...]
    columns: Table


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What a file comes to before anything is written: each fault in its row and column.

    `go` imports the good rows. `next_fault` leads to the fault after the one shown. `columns` chooses between
    the columns that matter and all of them.
    """

    TEMPLATE: ClassVar = "check"

    crumbs: Crumbs
    steps: tuple[Step, ...]
    lead: Text
    counts: tuple[Count, ...]
    address: str
    go: Button | None = None
    held: Button | None = None
    notices: tuple[Notice, ...] = ()
    sheets: Tabs | None = None
    filters: Filters | None = None
    next_fault: Button | None = None
    columns: Button | None = None
    table: Table | None = None
    reading: Reading | None = None
    title: Label = Label("核对台账", "Check the ledger")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """A file being checked or imported. `again` starts an interrupted one anew."""

    TEMPLATE: ClassVar = "progress"

    crumbs: Crumbs
    steps: tuple[Step, ...]
    progress: Progress | None
    address: str
    notices: tuple[Notice, ...] = ()
    again: Button | None = None
    title: Label = Label("导入台账", "Import the ledger")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What became of a file: rows in, rows held back, and for a day the way to take it all back."""

    TEMPLATE: ClassVar = "result"

    crumbs: Crumbs
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    sheets: Table
    facts: CheckList
    address: str
    undo: Button | None = None
    undo_says: Text = ""
    title: Label = Label("导入结果", "What was imported")  # noqa: RUF009 - Label is frozen


def _state(name: str, zh: str, en: str) -> State:
    def example() -> Any:
        from guitu.web.pages.ledgers import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("empty", "还没有导入过", "Nothing imported yet"),
    _state("batches", "已有导入", "With batches"),
    _state("refused", "文件不能用", "File refused"),
    _state("faults", "有退回行", "With held rows"),
    _state("all_columns", "全部列", "All columns"),
    _state("clean", "全部可导入", "All good"),
    _state("nothing_new", "没有新内容", "Nothing new"),
    _state("nothing_good", "一行也不能导入", "No row can go in"),
    _state("missing_column", "缺少一列", "A column is missing"),
    _state("read_only", "下级单位的导入", "Another unit's"),
    _state("expired", "文件已删除", "File deleted"),
    _state("checking", "正在核对", "Being checked"),
    _state("importing", "正在导入", "Being imported"),
    _state("interrupted", "中断", "Interrupted"),
    _state("stopped", "没有做完", "Stopped"),
    _state("done", "已导入", "Imported"),
    _state("done_held", "已导入，有退回行", "Imported, with held rows"),
    _state("built_on", "不能撤销", "Cannot be undone"),
    _state("undone", "已撤销", "Undone"),
)
