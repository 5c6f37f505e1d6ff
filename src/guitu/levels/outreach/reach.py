"""Reach of online channels out of a table: every row is read or its fault is told by row and column, and one
fault is enough for nothing to be taken. Two rows of one channel whose days overlap would count twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Ask, Entry, Kind, Value
from guitu.kernel.labels import Label

LAST: Final = "last"
"""The name under which the closing day, which is the day of the entry, stands beside the kind's fields."""
LAST_HEADINGS: Final = ("截止日期", "结束日期", "to", "until")
MOST_ROWS: Final = 2000
_DAY: Final = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the row as the table counts it, the heading of the column ("" for the whole row)."""

    row: int
    column: str
    label: Label


@dataclass(frozen=True, slots=True)
class Read:
    """One row: its closing day and its answers."""

    row: int
    last: date
    fields: Mapping[str, Value]

    @property
    def first(self) -> date:
        """The day it begins."""
        day = self.fields.get("first")
        return day if isinstance(day, date) else self.last


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says: its rows, and everything wrong with it."""

    rows: tuple[Read, ...]
    faults: tuple[Fault, ...]


def headings(kind: Kind) -> tuple[str, ...]:
    """The headings that a table should have, in their order: for the template."""
    names = [(a.ledger or (a.label.zh,))[0] for a in kind.fields]
    return (*names[:3], LAST_HEADINGS[0], *names[3:])


def read(rows: Iterable[Sequence[str]], kind: Kind, known: Iterable[Entry], today: date) -> Table:
    """Read a table. `known` are the entries of the kind that are there already."""
    lines = [(n, [_plain(cell) for cell in row]) for n, row in enumerate(rows, 1)]
    lines = [(n, cells) for n, cells in lines if any(cells)]
    if not lines:
        return Table((), (Fault(1, "", Label("表里没有内容", "the table is empty")),))
    head_row, head = lines[0]
    columns, lacking = _columns(head, kind)
    if lacking:
        zh, en = "、".join(lacking), ", ".join(lacking)
        sentence = Label(f"第一行应有这些列名：{zh}", f"the first row lacks these headings: {en}")
        return Table((), (Fault(head_row, "", sentence),))
    if len(lines) - 1 > MOST_ROWS:
        sentence = Label(f"最多 {MOST_ROWS} 行", f"at most {MOST_ROWS} rows")
        return Table((), (Fault(head_row, "", sentence),))
    found: list[Read] = []
    faults: list[Fault] = []
    taken = [(str(e.get("channel")), _day_of(e), e.happened_on, 0) for e in known]
    for n, cells in lines[1:]:
        wrong, made = _row(n, cells, head, columns, kind, today)
        if made is not None:
            channel = str(made.fields["channel"])
            if made.first > made.last:
                wrong = [
                    Fault(n, LAST_HEADINGS[0], Label("截止日期早于起始日期", "it ends before it begins"))
                ]
            elif (other := _overlap(channel, made, taken)) is not None:
                wrong = [Fault(n, "", _twice(other))]
            else:
                taken.append((channel, made.first, made.last, n))
                found.append(made)
        faults += wrong
    if not found and not faults:
        faults = [Fault(head_row, "", Label("只有列名，没有数据", "there are headings and no rows"))]
    return Table(tuple(found), tuple(faults))


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def _columns(head: Sequence[str], kind: Kind) -> tuple[dict[str, int], list[str]]:
    """Which column holds which question; and the headings that are lacking."""
    at = {_plain(words).lower(): n for n, words in reversed(list(enumerate(head))) if words}
    columns: dict[str, int] = {}
    lacking = []
    asked = [(a.name, (a.label.zh, a.label.en, *a.ledger), a.required) for a in kind.fields]
    for name, words, required in (*asked, (LAST, LAST_HEADINGS, True)):
        place = next((at[w.lower()] for w in words if w.lower() in at), None)
        if place is not None:
            columns[name] = place
        elif required:
            lacking.append(words[0])
    return columns, lacking


def _row(
    n: int, cells: Sequence[str], head: Sequence[str], columns: Mapping[str, int], kind: Kind, today: date
) -> tuple[list[Fault], Read | None]:
    faults: list[Fault] = []
    fields: dict[str, Value] = {}
    last: date | None = None
    for name, at in columns.items():
        text = cells[at] if at < len(cells) else ""
        ask = None if name == LAST else kind.ask(name)
        if not text:
            if ask is None or ask.required:
                faults.append(Fault(n, head[at], Label("没有填", "is empty")))
            continue
        value = _day(text) if ask is None else _value(ask, text)
        if isinstance(value, Label):
            faults.append(Fault(n, head[at], value))
        elif ask is None:
            last = value if isinstance(value, date) else None
            if last is not None and last > today:
                faults.append(Fault(n, head[at], Label(f"{last} 还没有到", f"{last} has not come yet")))
        else:
            fields[name] = value
    if not faults:
        heads = {name: head[at] for name, at in columns.items()}
        faults = [Fault(n, heads.get(f.field, ""), f.label) for f in kind.faults(fields)]
    return faults, Read(n, last, fields) if last is not None and not faults else None


def _value(ask: Ask, text: str) -> Value | Label:
    match ask.type:
        case "day":
            return _day(text)
        case "whole":
            number = text.replace(",", "").removesuffix(ask.unit.zh if ask.unit else "").strip()
            number = number.removesuffix(".0")
            if not number.isascii() or not number.isdigit() or len(number) > 10:
                return Label(
                    f"“{text[:20]}”不是整数，如 12345", f"“{text[:20]}” is not a whole number such as 12345"
                )
            return int(number)
        case "choice":
            for choice in ask.choices:
                words = (choice.value, choice.label.zh, choice.label.en, *choice.ledger)
                if text.lower() in [w.lower() for w in words]:
                    return choice.value
            some = "、".join(c.label.zh for c in ask.choices)
            english = ", ".join(c.label.en for c in ask.choices)
            return Label(
                f"没有“{text[:20]}”这一类，可写：{some}", f"there is no “{text[:20]}”: write one of {english}"
            )
        case _:
            return text


def _day(text: str) -> date | Label:
    found = _DAY.fullmatch(text.split(" ")[0])
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    return Label(
        f"“{text[:20]}”不是日期，请写成 2026-11-23", f"“{text[:20]}” is not a day such as 2026-11-23"
    )


def _day_of(entry: Entry) -> date:
    first = entry.get("first")
    return first if isinstance(first, date) else entry.happened_on


_Taken = tuple[str, date, date, int]


def _overlap(channel: str, made: Read, taken: Iterable[_Taken]) -> _Taken | None:
    return next((t for t in taken if t[0] == channel and t[1] <= made.last and made.first <= t[2]), None)


def _twice(other: _Taken) -> Label:
    _, first, last, row = other
    where = Label(f"第 {row} 行", f"row {row}") if row else Label("已登记", "already recorded")
    return Label(
        f"与{where.zh}的 {first} 至 {last} 重叠，会重复计数",
        f"overlaps with {first} to {last} ({where.en}) and would count twice",
    )
