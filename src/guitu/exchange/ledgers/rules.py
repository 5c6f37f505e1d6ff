"""What is checked across the cells of one row.

One fault is one problem: a rule is silent where a cell it needs is already at fault.
"""

from __future__ import annotations

from datetime import date
from operator import lt
from typing import Any, Final

from guitu.exchange.ledgers.fault import MISSING, Fault
from guitu.exchange.ledgers.identity import FIFTEEN, MISSING_NUMBER, Identity
from guitu.exchange.ledgers.ledger import BIRTH, DAY, NAME, NUMBER, SEX, EndsOn, NotBefore, SameDay
from guitu.exchange.ledgers.table import Table
from guitu.kernel.days import last_day
from guitu.kernel.labels import Label

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
OTHER_HEADER: Final = Label(
    "第 {row} 行是另一个表头，列与上面的不同；请把这个表头和它下面的行移到另一张工作表。",
    "Row {row} is another header, with other columns than above; "
    "move it and the rows below it to a sheet of their own.",
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


def hold_another_table(table: Table) -> None:
    """Two tables in one sheet: what stands under the second header is held as a whole, whatever the
    columns of the first make of it."""
    if table.ends is not None:
        fault = Fault("contradiction", OTHER_HEADER, {"row": table.rows[table.ends]})
        key = NUMBER if NUMBER in table.values else NAME
        for at in range(table.ends, len(table)):
            table.faults[at] = {key: fault}


def _words(table: Table, key: str) -> str:
    placed = next((p for p in table.header.columns if p.column.key == key), None)
    return placed.words if placed else table.header.ledger.by_key[key].title


def _required(table: Table) -> None:
    for column in table.header.ledger.required:
        values = table.column(column.key)
        if values is None or (column.ask and column.ask.only_when) or None not in values:
            continue
        other, answers = column.required_if
        given = table.column(other) or [None] * len(values)
        for at, value in enumerate(values):
            if value is None and not table.blamed(at, column.key):
                if other and given[at] is not None and given[at] not in answers:
                    continue
                table.blame(at, column.key, MISSING_NUMBER if column.key == NUMBER else MISSING)


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
        if birth == number.birth and typed == number.sex and birth <= on and not number.first_generation:
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
    youngest = max((number.birth for number in numbers if number is not None), default=None)
    for column in table.header.ledger.columns:
        values = table.column(column.key)
        if values is None or column.field != DAY or youngest is None:
            continue
        if min((v for v in values if v is not None), default=youngest) >= youngest:
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
    if None not in later and None not in firsts[0][1] and not any(map(lt, later, firsts[0][1])):
        return
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
    if only and _all_end_as_they_should(printed, *starts[only][1:]):
        return
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


def _all_end_as_they_should(printed: list[Any], months: int | None, days: list[Any]) -> bool:
    """The quick look at a sheet without a gap: most have nothing to complain of."""
    if months is None or None in days:
        return False
    ends = {day: last_day(day, months) for day in set(days)}
    return printed == [ends[day] for day in days]


def whole_months(start: date, end: date, ceiling: int) -> int | None:
    """The months of a term from `start` to its last day `end`, or None if they are not whole or over the
    ceiling."""
    about = (end.year - start.year) * 12 + end.month - start.month
    for months in (about, about + 1):
        if 1 <= months <= ceiling and last_day(start, months) == end:
            return months
    return None
