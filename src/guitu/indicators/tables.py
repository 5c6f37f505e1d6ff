"""The tables that figures are counted from: one for every kind of entry, and those the sweep works out.

Only names and columns; where the rows lie is for the engines. A kind's versions are one table: a field that a
version did not have is empty there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from guitu.casefile import Kind
from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label

ColumnType = Literal["word", "whole", "decimal", "day"]
"""Words are text (choices, units by their code), whole numbers integers, decimals exact, days dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: whose rows it holds, its columns, and for those that know it from when until when a row is
    there.

    `owner`: `person` (column `person`; the row's place is where it was recorded, `at`, or the person's home
    that day), or `unit` (column `unit`, which is its place). `seq` says which column names the entry behind a
    row; "" where there is none. `strictly`: a row is there only after its `since` day, not on it.
    `always`: an empty `since` means it was there from the beginning, else never. `entries`: whether rows are
    entries, of which only the standing ones count.
    """

    name: str
    label: Label
    owner: Literal["person", "unit"] = "person"
    columns: Mapping[str, ColumnType] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    seq: str = "seq"
    since: str = ""
    until: str = ""
    strictly: bool = False
    always: bool = False
    entries: bool = False

    def column(self, name: str, *, where: str = "") -> ColumnType:
        """The type of a column; an unknown one is an error that suggests the nearest."""
        try:
            return self.columns[name]
        except KeyError:
            raise unknown_key(name, self.columns, where=where or self.name) from None


ENTRY: Final[Mapping[str, ColumnType]] = {
    "seq": "whole",
    "day": "day",
    "recorded": "whole",
    "at": "whole",
}
"""The columns that every kind has beside its fields."""

_PERSON: Final[Mapping[str, ColumnType]] = {"person": "whole", "unit": "whole"}

WORKED_OUT: Final = (
    Table(
        name="measures",
        label=Label("措施（研判所得）", "Measures, as assessed"),
        columns={
            **_PERSON, "order_seq": "whole", "measure": "word", "state": "word", "ordered_on": "day",
            "starts_on": "day", "ends_on": "day", "printed_end": "day", "ended_on": "day",
            "ended_by": "word", "left_on": "day",
        },
        seq="order_seq",
        since="starts_on",
        until="ended_on",
    ),
    Table(
        name="duties",
        label=Label("应办事项（研判所得）", "Duties, as assessed"),
        columns={
            **_PERSON, "order_seq": "whole", "name": "word", "owed_by": "word", "state": "word",
            "opens_on": "day", "due": "day", "done_on": "day", "record": "word",
        },
        seq="order_seq",
        since="due",
        until="done_on",
        strictly=True,
    ),
    Table(
        name="findings",
        label=Label("提示（研判所得）", "Findings, as assessed"),
        columns={**_PERSON, "order_seq": "whole", "name": "word", "since": "day"},
        seq="order_seq",
        since="since",
    ),
    Table(
        name="status",
        label=Label("现行措施（研判所得）", "The current measure, as assessed"),
        columns={
            **_PERSON, "order_seq": "whole", "measure": "word", "state": "word", "starts_on": "day",
            "ends_on": "day", "next_change_on": "day",
        },
        seq="order_seq",
    ),
    Table(
        name="files",
        label=Label("档案", "Case files"),
        columns={**_PERSON, "sex": "word", "birth_year": "whole", "opened": "day"},
        seq="",
        since="opened",
    ),
    Table(
        name="units",
        label=Label("单位", "Units"),
        owner="unit",
        columns={"unit": "whole", "level": "word", "active_from": "day", "active_until": "day"},
        seq="",
        since="active_from",
        always=True,
        until="active_until",
    ),
    Table(
        name="staff",
        label=Label("在岗人员", "Staff in post"),
        owner="unit",
        columns={"unit": "whole", "role": "word", "n": "whole"},
        seq="",
    ),
)  # fmt: skip
"""What the sweep and the snapshot hold besides entries."""


def of_kind(kind: Kind) -> Table:
    """The table of a kind: its fields that are not sealed."""
    columns: dict[str, ColumnType] = dict(ENTRY)
    columns["person" if kind.about == "person" else "unit"] = "whole"
    words: dict[str, Mapping[str, Label]] = {}
    for ask in kind.fields:
        if ask.name in kind.sealed_fields:
            continue
        columns[ask.name] = _TYPES.get(ask.type, "word")
        if ask.choices:
            words[ask.name] = {choice.value: choice.label for choice in ask.choices}
    return Table(
        name=kind.name,
        label=kind.label,
        owner=kind.about,
        columns=columns,
        words=words,
        entries=True,
    )


_TYPES: Final[Mapping[str, ColumnType]] = {"day": "day", "whole": "whole", "decimal": "decimal"}
"""The types of fields that are no words."""


def declared(kinds: Iterable[Kind]) -> dict[str, Table]:
    """Every table there is: the worked-out ones and one for each kind."""
    found = {table.name: table for table in WORKED_OUT}
    found.update((kind.name, of_kind(kind)) for kind in kinds)
    return found
