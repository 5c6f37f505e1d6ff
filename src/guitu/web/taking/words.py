"""A table's heads and cells in plain words, as the page says them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from html import unescape

from django.utils.html import strip_tags

from guitu.kernel.labels import Label
from guitu.web.component import render, say
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Table
from guitu.web.components.word.component import WORDS, Word


@dataclass(frozen=True, slots=True)
class Head:
    """One column of the file: from which column of the table, whether it is the second, quieter line of it,
    and whether it holds numbers."""

    text: str
    column: int
    sub: bool = False
    numeric: bool = False


def tables(page: object) -> Iterator[Table]:
    """Every list of a page, in its order: its tables, however deep they stand, and what the page shows in
    another form and has as tables in `to_take`."""
    yield from getattr(page, "to_take", ())
    yield from _within(page)


def _within(value: object) -> Iterator[Table]:
    if isinstance(value, Table):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _within(inner)
    elif is_dataclass(value) and not isinstance(value, Label | type):
        for field in fields(value):
            yield from _within(getattr(value, field.name))


def heads(table: Table) -> tuple[Head, ...]:
    """The columns that the file has: those that say something, each with its second line as a column of its
    own where there is one. Acts are left out."""
    found = []
    for place, column in enumerate(table.columns):
        if column.phone == "act" or _only_acts(table, place):
            continue
        text = _head(column)
        found.append(Head(text, place, numeric=column.numeric))
        if any(isinstance(c := row.cells[place], Cell) and c.sub for row in table.rows):
            note = say(Label("附注", "note"))
            found.append(Head(f"{text}（{note}）" if text else note, place, sub=True))
    return tuple(found)


def _head(column: Column) -> str:
    text = say(column.label)
    return f"{text}（{say(column.unit)}）" if column.unit else text


def _only_acts(table: Table, place: int) -> bool:
    """Whether a column holds nothing but buttons."""
    cells = [row.cells[place] for row in table.rows]
    acts = [c for c in cells if isinstance(c, Cell) and isinstance(c.part, Button)]
    return bool(acts) and all(c in acts or not text_of(c) for c in cells)


def values(table: Table, some: tuple[Head, ...]) -> Iterator[tuple[str, ...]]:
    """Each row's words under these heads."""
    for row in table.rows:
        yield tuple(sub_of(row.cells[h.column]) if h.sub else text_of(row.cells[h.column]) for h in some)


def text_of(cell: object) -> str:
    """What a cell says."""
    if not isinstance(cell, Cell):
        return say(cell)
    if cell.part is None:
        return say(cell.text)
    if isinstance(cell.part, Word):
        return say(cell.part.text or WORDS[cell.part.kind][1])
    if isinstance(cell.part, Button):
        return say(cell.part.label)
    return " ".join(unescape(strip_tags(render(cell.part).replace("<", " <"))).split())


def sub_of(cell: object) -> str:
    """What its second line says."""
    return say(cell.sub) if isinstance(cell, Cell) else ""
