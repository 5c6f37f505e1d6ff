"""A table to be published: its counts, and the sums that tie them together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

Key = Hashable

THRESHOLD: Final = 10
"""A count of fewer people than this is hidden, unless an office's policy says another number."""

Says = Literal["all", "some", "distinct", "covers"]

Mark = Literal["", "small", "also"]
"""Shown; hidden as ※不足10 (1 up to the threshold); hidden along as ※ (at least 1)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published count. `people` is how many persons stand behind it, where that is not the count itself
    (145 talks heard by 73,503; 300 yuan paid to two)."""

    key: Key
    count: int
    people: int | None = None
    mark: Mark = ""

    @property
    def hidden(self) -> bool:
        """Whether the count must not be shown."""
        return self.mark != ""

    @property
    def behind(self) -> int:
        """How many persons stand behind the count."""
        return self.count if self.people is None else self.people


@dataclass(frozen=True, slots=True)
class Sum:
    """What ties cells together. `all`: the whole is the sum of its parts. `some`: other parts are not in the
    table, so the whole is at least their sum. `distinct`: a person may be in several parts (months of a
    quarter), so the whole is at most their sum and at least each of them. `covers`: the same, and parts are
    missing."""

    whole: Key
    parts: tuple[Key, ...]
    says: Says = "all"


@dataclass(frozen=True, slots=True)
class Equations:
    """The same, by number: each equation is Σ sign·count = 0. Cells from `published` on are the unknown
    remainders of sums that are not exact; they are never shown and may be zero."""

    counts: tuple[int, ...]
    published: int
    rows: tuple[tuple[tuple[int, int], ...], ...]
    of_cell: tuple[tuple[tuple[int, int], ...], ...]
    """For each cell: (equation, its sign there)."""


def equations(cells: Sequence[Cell], sums: Iterable[Sum]) -> Equations:
    """The table by number. Raises DeclarationError when a sum names an unknown cell or does not add up."""
    place: Mapping[Key, int] = {cell.key: at for at, cell in enumerate(cells)}
    if len(place) != len(cells):
        raise DeclarationError(Label("同一个格子出现了两次", "a cell is in the table twice"))
    counts = [cell.count for cell in cells]
    rows: list[tuple[tuple[int, int], ...]] = []
    for total in sums:
        rows.extend(_rows(total, place, counts))
    of_cell: list[list[tuple[int, int]]] = [[] for _ in counts]
    for number, row in enumerate(rows):
        for at, sign in row:
            of_cell[at].append((number, sign))
    return Equations(tuple(counts), len(cells), tuple(rows), tuple(tuple(found) for found in of_cell))


def _rows(total: Sum, place: Mapping[Key, int], counts: list[int]) -> list[tuple[tuple[int, int], ...]]:
    try:
        whole, parts = place[total.whole], [place[part] for part in total.parts]
    except KeyError as missing:
        raise DeclarationError(
            Label(f"合计中的格子不在表中：{missing}", f"a sum names a cell that is not there: {missing}")
        ) from missing
    gap = counts[whole] - sum(counts[part] for part in parts)
    signs = [(whole, 1), *((part, -1) for part in parts)]
    if total.says == "all":
        if gap:
            raise _no_sum(total)
        return [tuple(signs)]
    if total.says == "some":
        return [_with_rest(total, signs, -1, gap, counts)]
    rests = [counts[whole] - counts[part] for part in parts]
    each = [
        _with_rest(total, [(whole, 1), (part, -1)], -1, rest, counts)
        for part, rest in zip(parts, rests, strict=True)
    ]
    return each if total.says == "covers" else [_with_rest(total, signs, 1, -gap, counts), *each]


def _with_rest(
    total: Sum, signs: list[tuple[int, int]], sign: int, rest: int, counts: list[int]
) -> tuple[tuple[int, int], ...]:
    if rest < 0:
        raise _no_sum(total)
    counts.append(rest)
    return (*signs, (len(counts) - 1, sign))


def _no_sum(total: Sum) -> DeclarationError:
    return DeclarationError(
        Label(f"合计与各部分不符：{total.whole}", f"the parts do not fit the whole: {total.whole}")
    )
