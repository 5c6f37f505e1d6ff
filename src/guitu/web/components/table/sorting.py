"""Heads that sort: what pressing each asks for, and by which of them the list stands sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from guitu.web.components.table.component import Column


def heads(
    columns: Sequence[Column], names: Sequence[str], sort: str, usual: str, href: Callable[[str], str]
) -> tuple[Column, ...]:
    """The heads, of which those with a name sort by it, and pressed again the other way round. Unasked the
    list stands as its column `usual` has it, the greatest first; pressing that leads back to it."""

    def head(column: Column, name: str) -> Column:
        if not name:
            return column
        if name == usual:
            return replace(column, href=href(""), sorted="" if sort else "descending")
        way = "ascending" if sort == name else "descending" if sort == f"-{name}" else ""
        return replace(column, href=href(f"-{name}" if sort == name else name), sorted=way)  # type: ignore[arg-type]

    return tuple(head(column, name) for column, name in zip(columns, names, strict=True))


def asked(text: str, names: Sequence[str], usual: str) -> str:
    """What an address asks to be sorted by, "-" before it turns it round; nothing where that is no column's
    name."""
    return text if (name := text.removeprefix("-")) in names and name and name != usual else ""
