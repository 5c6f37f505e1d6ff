"""Finds which ledger a sheet is, and its header, wherever it stands.

Titles above, one or two levels with merged cells, other column orders, other words: each of the first rows
is tried as the lowest row of a header, alone and together with the row above it, against every ledger's
headings. What matches most columns wins; a sheet that matches too few is no ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from guitu.exchange.ledgers.cells import Cell, heading, heading_words, squeeze, text_of
from guitu.exchange.ledgers.declared import ledgers
from guitu.exchange.ledgers.ledger import NAME, NUMBER, Column, Ledger
from guitu.exchange.ledgers.workbook import Merge

SEARCHED: Final = 200
"""How many rows of a sheet are tried as a header."""
PROBLEMS_HEADING: Final = "问题"
"""The column that held workbooks carry; never an unknown one."""

_OF_OTHERS: Final = ("家属", "亲属", "监护", "联系人", "配偶", "民警", "父", "母", "担保")
"""A group heading with one of these speaks of somebody else: 姓名 under 家属 is not the person's name."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A column of the ledger where it stands in the sheet; `words` are the header's own."""

    column: Column
    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet: the ledger it is, its lowest row from 0, how many rows it has, its columns."""

    ledger: Ledger
    row: int
    levels: int
    columns: tuple[Placed, ...]
    unknown: tuple[str, ...]
    words: Mapping[int, frozenset[str]]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that the sheet does not have."""
        here = {placed.column.key for placed in self.columns}
        return tuple(c for c in self.ledger.required if c.key not in here and c.shares not in here)

    @property
    def twice(self) -> bool:
        """Whether another table of the same ledger stands beside this one: what is required stands twice."""
        again = {heading(words)[0] for words in self.unknown}
        return all(any(heading(h)[0] in again for h in c.headings) for c in self.ledger.required)


@dataclass(frozen=True, slots=True)
class _Words:
    """What one ledger calls its columns: heading in comparison form → (column, rank among its headings)."""

    exact: Mapping[str, tuple[Column, int]]
    endings: tuple[tuple[str, Column], ...]


@cache
def _words(ledger: Ledger) -> _Words:
    exact: dict[str, tuple[Column, int]] = {}
    bare: dict[str, tuple[Column, int]] = {}
    for column in ledger.columns:
        for rank, text in enumerate(column.headings):
            full, short = heading(text)
            exact.setdefault(full, (column, rank))
            bare.setdefault(short, (column, rank + 100))
    endings = tuple((word, column) for word, (column, _) in exact.items() if len(word) >= 4)
    return _Words({**bare, **exact}, endings)


def find_header(rows: Sequence[Sequence[Cell]], merges: Iterable[Merge]) -> Header | None:
    """The header among the first rows of a sheet, or None if the sheet is no ledger Guitu knows."""
    best: tuple[int, int, int, Header] | None = None
    wide = [m for m in merges if m[3] > m[1] or m[2] > m[0]]
    texts = [[text_of(cell) for cell in row] for row in rows[:SEARCHED]]
    for ledger in ledgers().values():
        for row, levels, columns in _candidates(ledger, texts, wide):
            header = _header(ledger, row, levels, columns, texts)
            if not _enough(header):
                continue
            score = (len(header.columns), -len(header.missing), -levels)
            if best is None or score > best[:3]:
                best = (*score, header)
    return best[3] if best else None


@cache
def _every_heading() -> frozenset[str]:
    return frozenset(word for ledger in ledgers().values() for word in _words(ledger).exact)


def is_other_header(header: Header, cells: Sequence[Cell]) -> bool:
    """Whether a row below the header is the header of another table: headings stand where the name or the
    number should, and most of the row is headings."""
    person = [p.at for p in header.columns if p.column.key in (NAME, NUMBER) and p.at < len(cells)]
    if any(cells[at].__class__ is str and len(cells[at]) >= 15 for at in person):
        return False  # as long as an identity number: most rows are told by this alone
    known = _every_heading()
    if not any(heading(text_of(cells[at]))[0] in known for at in person):
        return False
    filled = [text for cell in cells if (text := text_of(cell))]
    hits = sum(1 for text in filled if heading(text)[0] in known)
    return hits >= 3 and 2 * hits >= len(filled)


def nearest_columns(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The headings of a sheet that some ledger knows: what to tell of a sheet that is none."""
    most: tuple[str, ...] = ()
    for row in rows[:SEARCHED]:
        texts = [text_of(cell) for cell in row]
        for ledger in ledgers().values():
            known = _words(ledger).exact
            seen = tuple(
                dict.fromkeys(
                    heading_words(t)
                    for t in texts
                    if t and (heading(t)[0] in known or heading(t)[1] in known)
                )
            )
            if len(seen) > len(most):
                most = seen
    return most


def _enough(header: Header) -> bool:
    """A sheet is a ledger if it has the name or the number, something only this ledger has, and misses at
    most a third of what is required."""
    here = {placed.column.key for placed in header.columns}
    if not here & {NAME, NUMBER} or not here & set(header.ledger.telling):
        return False
    return 3 * len(header.missing) <= len(header.ledger.required)


def _candidates(
    ledger: Ledger, texts: list[list[str]], merges: list[Merge]
) -> Iterable[tuple[int, int, dict[int, tuple[Column, str]]]]:
    known = _words(ledger).exact
    above = 0
    for row, lower in enumerate(texts):
        hits = sum(1 for text in lower if text and (heading(text)[0] in known or heading(text)[1] in known))
        here, above = max(hits, above), hits
        if here < 2:
            continue
        yield row, 1, _match(ledger, [""] * len(lower), lower)
        if row:
            yield row, 2, _match(ledger, _upper(texts[row - 1], lower, row - 1, merges), lower)


def _upper(upper: list[str], lower: list[str], row: int, merges: list[Merge]) -> list[str]:
    """The upper level over every column it stands above: by merged cells, else over blanks to its right."""
    spread = upper + [""] * (len(lower) - len(upper))
    merged = [m for m in merges if m[0] <= row <= m[2] and m[3] > m[1]]
    for _, left, _, right in merged:
        for at in range(left + 1, min(right + 1, len(spread))):
            spread[at] = spread[at] or spread[left]
    if not merged:
        for at in range(1, len(spread)):
            if not spread[at] and at < len(lower) and lower[at]:
                spread[at] = spread[at - 1]
    return spread


def _match(ledger: Ledger, upper: list[str], lower: list[str]) -> dict[int, tuple[Column, str]]:
    """Which column of the ledger stands where. The better heading wins a column that stands twice."""
    found: dict[str, tuple[int, int, str]] = {}
    for at in range(max(len(upper), len(lower))):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        if not above and not below:
            continue
        matched = _column(ledger, above, below)
        if matched is None:
            continue
        column, rank = matched
        if column.key not in found or rank < found[column.key][0]:
            found[column.key] = (rank, at, heading_words(below or above))
    return {at: (ledger.by_key[key], words) for key, (_, at, words) in found.items()}


def _column(ledger: Ledger, above: str, below: str) -> tuple[Column, int] | None:
    words = _words(ledger)
    if above and below and above != below:
        for both in heading(above + below):
            if both in words.exact:
                return words.exact[both]
    own = below or above
    if not (above and below and any(word in above for word in _OF_OTHERS)):
        for form in heading(own):
            if form in words.exact:
                return words.exact[form]
    if above and below:
        both = heading(above + below)[1]
        short = heading(below)[1]
        for word, column in words.endings:  # 强制隔离戒毒决定 over 日期 ends in 决定日期
            if len(word) > len(short) and both.endswith(word) and not any(o in above for o in _OF_OTHERS):
                return column, 200
    return None


def _header(
    ledger: Ledger, row: int, levels: int, columns: dict[int, tuple[Column, str]], texts: list[list[str]]
) -> Header:
    placed = tuple(Placed(column, at, words) for at, (column, words) in sorted(columns.items()))
    shown: dict[int, set[str]] = {}
    for level in range(row - levels + 1, row + 1):
        for at, text in enumerate(texts[level]):
            if text:
                shown.setdefault(at, set()).add(squeeze(text))
    unknown = []
    for at in sorted(shown):
        if at in columns:
            continue
        text = texts[row][at] if at < len(texts[row]) and texts[row][at] else ""
        text = text or (texts[row - 1][at] if levels == 2 and at < len(texts[row - 1]) else "")
        if text and heading_words(text) != PROBLEMS_HEADING:
            unknown.append(heading_words(text))
    return Header(
        ledger, row, levels, placed, tuple(unknown), {at: frozenset(words) for at, words in shown.items()}
    )
