"""What is checked between rows, sheets and the store: repetitions, a number with two names, strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from guitu.exchange.ledgers.cells import document_key
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.identity import Identity
from guitu.exchange.ledgers.ledger import DAY, NAME, NUMBER
from guitu.exchange.ledgers.table import Table
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of the person with a number: enough to recognise them, no more."""

    name: str
    died: date | None = None


KnownPeople = Callable[[Iterable[str]], Mapping[str, Known]]
"""Asks the store about many identity numbers at once; numbers it does not know are left out."""

_AFTER_DEATH: Final = Label(
    "{column} {value} 晚于档案中的死亡日期 {than}，请核对。",
    "{column} {value} is after the death recorded in the file, {than}; correct it.",
)
_REPEATED: Final = Label(
    "与“{sheet}”第 {row} 行是同一人、同一{what}，重复登记；请删去一行。",
    "The same person and the same {what} stand in “{sheet}” row {row}; delete one of the two rows.",
)
_OTHER_NAME: Final = Label(
    "同一证件号在“{sheet}”第 {row} 行的姓名是“{other}”，这里是“{value}”；请核对哪个号码或姓名有误。",
    "The same identity number stands in “{sheet}” row {row} under the name {other}, here {value}; "
    "find out which number or name is wrong.",
)
_OTHER_NAME_IN_FILE: Final = Label(
    "这个证件号在系统档案中的姓名是“{other}”，这里是“{value}”；请核对证件号和姓名。",
    "The file with this identity number is of {other}, here it is {value}; check number and name.",
)
_UNKNOWN: Final = Label(
    "{name}的证件号在本工作簿其他台账和系统档案里都没有；请核对号码，或先登记本人。",
    "{name}'s identity number is in no other ledger of this workbook and in no file; "
    "check it, or register the person first.",
)


@dataclass(slots=True)
class People:
    """Who stands where in the workbook: the first row of each identity number."""

    tables: list[Table]
    first: dict[str, int] = field(default_factory=dict)

    def place(self, ref: int) -> tuple[Table, int]:
        """The table and position behind a reference."""
        return self.tables[ref >> 24], ref & 0xFFFFFF


def check_people(tables: list[Table], known: KnownPeople | None) -> None:
    """Everything that needs more than one row: repetitions, one number with two names, unknown people.

    Ledgers that open files go first, whatever the order of the sheets: tests look for their person there.
    """
    people = People(tables)
    somewhere_to_look = known is not None or any(table.header.ledger.opens_file for table in tables)
    order = sorted(range(len(tables)), key=lambda no: not tables[no].header.ledger.opens_file)
    repeats: dict[str, dict[tuple[str, Any], int]] = {}
    firsts: dict[str, dict[str, int]] = {}
    for no in order:
        table = tables[no]
        numbers: list[Identity | None] | None = table.column(NUMBER)
        if numbers is None:
            continue
        if known is None and len(tables) == 1 and table.header.ledger.opens_file and _all_different(numbers):
            continue
        stored = known({n.number for n in numbers if n is not None}) if known else {}
        name = table.header.ledger.name
        _one_person(people, no, table, numbers, stored, strangers=somewhere_to_look)
        _repeated(people, no, table, numbers, firsts.setdefault(name, {}), repeats.setdefault(name, {}))
        if any(one.died for one in stored.values()):
            _after_death(table, numbers, stored)


def _all_different(numbers: list[Identity | None]) -> bool:
    """The quick look at a roster in which everybody stands once."""
    there = [number.number for number in numbers if number is not None]
    return len(set(there)) == len(there)


def _one_person(
    people: People,
    no: int,
    table: Table,
    numbers: list[Identity | None],
    stored: Mapping[str, Known],
    *,
    strangers: bool,
) -> None:
    """One number, one name; and, if there was somewhere to look for them, nobody unknown."""
    names: list[Any] = table.column(NAME) or [None] * len(table)
    opens = table.header.ledger.opens_file
    first = people.first
    newcomers: dict[str, int] = {}
    for at, number in enumerate(numbers):
        if number is None:
            continue
        ref = first.get(number.number)
        if ref is None and opens:
            first[number.number] = no << 24 | at
        in_file = stored.get(number.number)
        if ref is None and in_file is None and not opens and strangers:
            if not table.blamed(at, NUMBER):
                shown = Fault("person_unknown", _UNKNOWN, {"name": names[at] or "—"})
                table.blame(at, NUMBER, shown)
            continue
        name = names[at]
        if name is None:
            continue
        if ref is None and not opens:
            ref = newcomers.setdefault(number.number, no << 24 | at)
        other = in_file.name if in_file else None
        if ref is not None and ref != no << 24 | at:
            there, row = people.place(ref)
            here = (there.column(NAME) or [None] * len(there))[row]
            if here is not None and here != name:
                says = {"sheet": there.sheet, "row": there.rows[row], "other": here, "value": name}
                table.blame(at, NAME, Fault("same_id_other_name", _OTHER_NAME, says))
                continue
        if other is not None and other != name:
            says = {"other": other, "value": name}
            table.blame(at, NAME, Fault("same_id_other_name", _OTHER_NAME_IN_FILE, says))


def _repeated(
    people: People,
    no: int,
    table: Table,
    numbers: list[Identity | None],
    first: dict[str, int],
    seen: dict[tuple[str, Any], int],
) -> None:
    column = table.header.ledger.by_key[table.header.ledger.one_row_per]
    values = table.column(column.key)
    if values is None:
        return
    same: Callable[[Any], Any] = document_key if column.type == "text" else (lambda value: value)
    for at, number in enumerate(numbers):
        if number is None or values[at] is None:
            continue
        here = no << 24 | at
        earlier = first.setdefault(number.number, here)
        if earlier == here:
            continue
        there, row = people.place(earlier)
        seen.setdefault((number.number, same((there.column(column.key) or [])[row])), earlier)
        before = seen.setdefault((number.number, same(values[at])), here)
        if before == here or "same_id_other_name" in _codes(table, at):
            continue
        there, row = people.place(before)
        what = Label(
            "文书" if column.type == "text" else column.title, "document" if column.type == "text" else "day"
        )
        says = {"sheet": there.sheet, "row": there.rows[row], "what": what}
        # The row should go as a whole: what else is wrong with it is no longer worth mending.
        table.faults[at] = {NUMBER: Fault("duplicate_row", _REPEATED, says)}


def _codes(table: Table, at: int) -> set[str]:
    return {fault.code for fault in table.faults.get(at, {}).values()}


def _after_death(table: Table, numbers: list[Identity | None], stored: Mapping[str, Known]) -> None:
    for column in table.header.ledger.columns:
        values = table.column(column.key)
        if values is None or column.field != DAY:
            continue
        for at, (value, number) in enumerate(zip(values, numbers, strict=True)):
            one = stored.get(number.number) if number and value else None
            if one is None or one.died is None or value <= one.died or table.blamed(at, column.key):
                continue
            says = {"value": value, "than": one.died}
            table.blame(at, column.key, Fault("date_order", _AFTER_DEATH, says))
