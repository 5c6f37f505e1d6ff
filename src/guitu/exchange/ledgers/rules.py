"""What is checked across the cells of a row, the rows of a sheet, the sheets of a workbook, and the store.

One fault is one problem: a rule is silent where a cell it needs is already at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from guitu.exchange.ledgers.cells import document_key
from guitu.exchange.ledgers.fault import MISSING, Fault
from guitu.exchange.ledgers.identity import FIFTEEN, Identity
from guitu.exchange.ledgers.ledger import BIRTH, DAY, NAME, NUMBER, SEX, EndsOn, NotBefore, SameDay
from guitu.exchange.ledgers.table import Table
from guitu.kernel.days import last_day
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of the person with a number: enough to recognise them, no more."""

    name: str
    died: date | None = None


KnownPeople = Callable[[Iterable[str]], Mapping[str, Known]]
"""Asks the store about many identity numbers at once; numbers it does not know are left out."""

FUTURE: Final = Label(
    "{column} {value} 晚于核对日 {on}，请核对。",
    "{column} {value} is after the day of this check, {on}; correct it.",
)
_BIRTH_DIFFERS: Final = Label(
    "{column} {value} 与证件号中的出生日期 {other} 不一致，请核对哪一个对。",
    "{column} {value} differs from the birth date inside the identity number, {other}; "
    "find out which is right.",
)
_SEX_DIFFERS: Final = Label(
    "{column}“{value}”与证件号不符，按证件号应为“{other}”，请核对。",
    "{column} “{value}” does not agree with the identity number, which says {other}; "
    "find out which is right.",
)
_BORN_LATER: Final = Label(
    "{column}中的出生日期 {value} 晚于核对日 {on}，请核对证件后改正。",
    "The birth date inside {column}, {value}, is after the day of this check, {on}; "
    "check it against the card.",
)
_NOT_ASKED: Final = Label(
    "{asked}为“{value}”时{column}应当空着；请改正其中一个。",
    "{column} must be empty when {asked} is “{value}”; correct one of the two.",
)
_ORDER: Final = Label(
    "{column} {value} 早于{other} {than}，请核对两个日期。",
    "{column} {value} is before {other} {than}; check both days.",
)
_UNBORN: Final = Label(
    "{column} {value} 早于本人出生日期 {than}，请核对。",
    "{column} {value} is before the person was born, {than}; correct it.",
)
_AFTER_DEATH: Final = Label(
    "{column} {value} 晚于档案中的死亡日期 {than}，请核对。",
    "{column} {value} is after the death recorded in the file, {than}; correct it.",
)
_OTHER_START: Final = Label(
    "{column} {value} 与{other} {than} 不是同一天；期限自{other}起算，本列不另存。",
    "{column} {value} is not the day of {other}, {than}; the term counts from {other} "
    "and this column is not kept.",
)
_OTHER_END: Final = Label(
    "{column} {value} 与按期限算出的 {end} 不同（自 {start} 起 {months} 个月，首日计入）。"
    "以文书所载为准，请核对。",
    "{column} {value} differs from the computed {end} ({months} months from {start}, first day counted). "
    "What the order states stands; check it.",
)
_NO_WHOLE_MONTHS: Final = Label(
    "{column} {value}：自 {start} 起不是整月，也可能超过 {ceiling} 个月的上限。以文书所载为准，请核对。",
    "{column} {value} is not a whole number of months from {start}, or more than {ceiling}. "
    "What the order states stands; check it.",
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


def check_table(table: Table, on: date) -> None:
    """Everything that can be judged from one sheet alone."""
    _required(table)
    _conditional(table)
    _future(table, on)
    _identity(table, on)
    for check in table.header.ledger.checks:
        match check:
            case NotBefore():
                _not_before(table, check)
            case SameDay():
                _same_day(table, check)
            case EndsOn():
                _ends_on(table, check)


def _words(table: Table, key: str) -> str:
    placed = next((p for p in table.header.columns if p.column.key == key), None)
    return placed.words if placed else table.header.ledger.by_key[key].title


def _required(table: Table) -> None:
    for column in table.header.ledger.required:
        values = table.column(column.key)
        if values is None or (column.ask and column.ask.only_when) or None not in values:
            continue
        for at, value in enumerate(values):
            if value is None and not table.blamed(at, column.key):
                table.blame(at, column.key, MISSING)


def _conditional(table: Table) -> None:
    """A question that is asked only after some answers: missing there, out of place elsewhere."""
    for column in table.header.ledger.columns:
        values = table.column(column.key)
        if column.ask is None or not column.ask.only_when or values is None:
            continue
        for other, answers in column.ask.only_when.items():
            key = f"{column.kind}.{other}"
            asked = table.column(key)
            if asked is None:
                continue
            choices = table.header.ledger.by_key[key].ask
            for at, (value, answer) in enumerate(zip(values, asked, strict=True)):
                if answer is None or table.blamed(at, key, column.key):
                    continue
                if answer in answers:
                    if value is None and column.required:
                        table.blame(at, column.key, MISSING)
                elif value is not None:
                    shown = choices.choice(answer) if choices else None
                    says = {"asked": _words(table, key), "value": shown.label if shown else answer}
                    table.blame(at, column.key, Fault("contradiction", _NOT_ASKED, says))


def _future(table: Table, on: date) -> None:
    for column in table.header.ledger.columns:
        values = table.column(column.key)
        is_fact = column.field == DAY or column.key == BIRTH
        if values is None or column.type != "day" or column.may_be_future or not is_fact:
            continue
        if max((v for v in values if v is not None), default=on) <= on:
            continue
        for at, value in enumerate(values):
            if value is not None and value > on:
                table.blame(at, column.key, Fault("date_in_future", FUTURE, {"value": value, "on": on}))


def _identity(table: Table, on: date) -> None:
    numbers: list[Identity | None] | None = table.column(NUMBER)
    if numbers is None:
        return
    nothing = [None] * len(table)
    births: list[Any] = table.column(BIRTH) or nothing
    sexes: list[Any] = table.column(SEX) or nothing
    sex = table.header.ledger.by_key[SEX].ask if SEX in table.header.ledger.by_key else None
    for at, (number, birth, typed) in enumerate(zip(numbers, births, sexes, strict=True)):
        if number is None:
            continue
        if number.birth > on:
            table.blame(at, NUMBER, Fault("id_malformed", _BORN_LATER, {"value": number.birth, "on": on}))
            continue
        if number.first_generation:
            table.blame(at, NUMBER, FIFTEEN)
        if birth is not None and birth != number.birth and not table.blamed(at, BIRTH):
            says = {"value": birth, "other": number.birth}
            table.blame(at, BIRTH, Fault("id_birth_mismatch", _BIRTH_DIFFERS, says))
        if typed is not None and typed != number.sex and sex is not None:
            here, there = sex.choice(typed), sex.choice(number.sex)
            assert here is not None
            assert there is not None
            says_sex = {"value": here.label, "other": there.label}
            table.blame(at, SEX, Fault("id_sex_mismatch", _SEX_DIFFERS, says_sex))
    _unborn(table, numbers)


def _unborn(table: Table, numbers: list[Identity | None]) -> None:
    for column in table.header.ledger.columns:
        values = table.column(column.key)
        if values is None or column.field != DAY:
            continue
        for at, (value, number) in enumerate(zip(values, numbers, strict=True)):
            if value is None or number is None or value >= number.birth:
                continue
            if not table.blamed(at, column.key, NUMBER, BIRTH):
                says = {"value": value, "than": number.birth}
                table.blame(at, column.key, Fault("date_order", _UNBORN, says))


def _not_before(table: Table, check: NotBefore) -> None:
    later = table.column(check.later)
    if later is None:
        return
    nothing = [None] * len(table)
    firsts = [(key, table.column(key) or nothing) for key in check.earlier]
    for at, value in enumerate(later):
        if value is None:
            continue
        for key, values in firsts:
            if table.blamed(at, key):
                break
            than = values[at]
            if than is None:
                continue
            if value < than and not table.blamed(at, check.later):
                says = {"value": value, "other": _words(table, key), "than": than}
                table.blame(at, check.later, Fault("date_order", _ORDER, says))
            break


def _same_day(table: Table, check: SameDay) -> None:
    values, others = table.column(check.column), table.column(check.as_column)
    if values is None or others is None or values == others:
        return
    for at, (value, other) in enumerate(zip(values, others, strict=True)):
        if (
            value is None
            or other is None
            or value == other
            or table.blamed(at, check.column, check.as_column)
        ):
            continue
        says = {"value": value, "other": _words(table, check.as_column), "than": other}
        table.blame(at, check.column, Fault("contradiction", _OTHER_START, says, warning=True))


def _ends_on(table: Table, check: EndsOn) -> None:
    printed = table.column(check.printed)
    if printed is None:
        return
    measures = table.column(check.measure_column) if check.measure_column else None
    only = next(iter(check.starts)) if not check.measure_column else None
    nothing: list[Any] = [None] * len(table)
    starts = {
        measure: (key, months, table.column(key) or nothing)
        for measure, (key, months) in check.starts.items()
    }
    ends: dict[tuple[date, int], date] = {}
    for at, end in enumerate(printed):
        measure = only or (measures[at] if measures else None)
        if end is None or measure is None:
            continue
        key, months, days = starts[measure]
        start = days[at]
        if start is None or table.blamed(at, key, check.printed):
            continue
        if months is None:
            if whole_months(start, end, check.ceiling) is None:
                says: dict[str, object] = {"value": end, "start": start, "ceiling": check.ceiling}
                table.blame(
                    at, check.printed, Fault("end_date_differs", _NO_WHOLE_MONTHS, says, warning=True)
                )
            continue
        legal = ends.get((start, months))
        if legal is None:
            legal = ends[start, months] = last_day(start, months)
        if end != legal:
            says = {"value": end, "end": legal, "start": start, "months": months}
            table.blame(at, check.printed, Fault("end_date_differs", _OTHER_END, says, warning=True))


def whole_months(start: date, end: date, ceiling: int) -> int | None:
    """The months of a term from `start` to its last day `end`, or None if they are not whole or over the
    ceiling."""
    about = (end.year - start.year) * 12 + end.month - start.month
    for months in (about, about + 1):
        if 1 <= months <= ceiling and last_day(start, months) == end:
            return months
    return None


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
    order = sorted(range(len(tables)), key=lambda no: not tables[no].header.ledger.opens_file)
    repeats: dict[str, dict[tuple[str, Any], int]] = {}
    firsts: dict[str, dict[str, int]] = {}
    for no in order:
        table = tables[no]
        numbers: list[Identity | None] | None = table.column(NUMBER)
        if numbers is None:
            continue
        stored = known({n.number for n in numbers if n is not None}) if known else {}
        name = table.header.ledger.name
        _one_person(people, no, table, numbers, stored)
        _repeated(people, no, table, numbers, firsts.setdefault(name, {}), repeats.setdefault(name, {}))
        if any(one.died for one in stored.values()):
            _after_death(table, numbers, stored)


def _one_person(
    people: People, no: int, table: Table, numbers: list[Identity | None], stored: Mapping[str, Known]
) -> None:
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
        if ref is None and in_file is None and not opens:
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
