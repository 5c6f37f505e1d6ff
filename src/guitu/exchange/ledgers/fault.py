"""What is wrong with a cell: the closed list of codes, each with its severity and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from guitu.kernel.labels import Label

CODES: Final = (
    "required_missing",
    "id_malformed",
    "id_checksum",
    "id_precision_lost",
    "id_15_digit",
    "id_birth_mismatch",
    "id_sex_mismatch",
    "date_unreadable",
    "date_impossible",
    "date_order",
    "date_in_future",
    "choice_unknown",
    "contradiction",
    "duplicate_row",
    "same_id_other_name",
    "person_unknown",
    "end_date_differs",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell, or what it says beside others, is not accepted. `says` is a sentence with `{column}` and
    other places; `values` fill them. A warning is shown and the row goes in all the same."""

    code: str
    says: Label
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    warning: bool = False

    def label(self, column: str) -> Label:
        """The whole sentence for a cell under the heading `column`."""
        return self.says.fill(column=column, **self.values)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at its place: the sheet, the spreadsheet's own row number, the header's own words."""

    sheet: str
    row: int
    column: str
    fault: Fault
    at: int
    """The column's place in the sheet, from 0; -1 where the sheet has no such column."""

    @property
    def code(self) -> str:
        """A word of the closed list."""
        return self.fault.code

    @property
    def severity(self) -> str:
        """`error`, for which the row is held back, or `warning`."""
        return "warning" if self.fault.warning else "error"

    @property
    def held(self) -> bool:
        """Whether the row is held back for it."""
        return not self.fault.warning

    @property
    def label(self) -> Label:
        """The sentence. Made when it is asked for: a bad file may have a hundred thousand."""
        return self.fault.label(self.column)

    def as_json(self, language: str) -> dict[str, object]:
        """The problem as `guitu ledger check --json` prints it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": self.severity,
            "message": self.label.say(language),
        }


def mask(text: object) -> str:
    """An identity number as messages may show it: the middle hidden, however long it is."""
    shown = str(text).strip()
    return shown if len(shown) < 8 else f"{shown[:3]}{'*' * (len(shown) - 7)}{shown[-4:]}"


def shorten(value: object, most: int = 24) -> str:
    """What a cell holds, short enough for a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


MISSING: Final = Fault(
    "required_missing", Label("{column}没有填写，请补上。", "{column} is empty; fill it in.")
)
NOT_CALCULATED: Final = Label(
    "{column}是一个没有结果的公式。请在表格软件里打开并保存一次，或改成直接填写的值。",
    "{column} is a formula without a result; open and save the file once in the spreadsheet program, "
    "or type the value itself.",
)
