"""Which rows below a header are records, with merged and left-out cells filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final

from guitu.exchange.ledgers.cells import DITTO, Cell, squeeze, text_of
from guitu.exchange.ledgers.header import Header
from guitu.exchange.ledgers.ledger import NAME, NUMBER
from guitu.exchange.ledgers.workbook import Merge

BATCH: Final = 4096

_SUBTOTAL: Final = re.compile(
    r"^(?:本页|本月|本年|本表|累计|以上|全部|各类)?(?:人数)?(?:小计|合计|总计|共计|累计|总人数)"
)
_FOOT: Final = re.compile(
    r"^\(?(?:填表|制表|填报|审核|审批|复核|核对|经办|单位负责|负责人|分管|领导|主管|盖章|公章|签字|签名|打印|联系人[::]|报送|"
    r"注[::1-9]|备注[::]|说明[::]|附注|第\d+页|共\d+页|统计(?:人|时间|日期)|"
    r"(?:此[页表]|本[页表])?以下(?:空白|无))"
)
_NUMBERING: Final = re.compile(r"^(?:\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[a-z]|[(①-⑳]\d{0,2}\)?)$")


def records(
    rows: Iterable[list[Cell]], header: Header, merges: tuple[Merge, ...] | None
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that are records, with their place, merged and left-out cells filled in."""
    for numbers, cells in in_batches(rows, header, merges):
        yield from zip(numbers, cells, strict=True)


def in_batches(
    rows: Iterable[list[Cell]], header: Header, merges: tuple[Merge, ...] | None
) -> Iterator[tuple[Sequence[int], list[list[Cell]]]]:
    """The same, many rows at a time: their places and their cells."""
    number_at = next((p.at for p in header.columns if p.column.key == NUMBER), -1)
    down = [p.at for p in header.columns if p.column.fill_down]
    carried: dict[int, Cell] = {}
    merged = _Merged(header, merges or ())
    is_record = _Records(header)
    remaining = iter(rows)
    start = header.row + 1
    for _ in islice(remaining, start):
        pass
    while batch := list(islice(remaining, BATCH)):
        last = start + len(batch) - 1
        plain = number_at >= 0 and not merged.touch(start, last) and min(map(len, batch)) > number_at
        if plain and all(map(_long_text, map(itemgetter(number_at), batch))):
            numbers: Sequence[int] = range(start, last + 1)
        else:
            numbers, batch = _one_by_one(batch, start, number_at, merged, is_record)
        if down:
            batch = [_carry(list(cells), down, carried) for cells in batch]
        yield numbers, batch
        start = last + 1


def _long_text(cell: Cell) -> bool:
    """As long as an identity number: what has one is a record, and most rows are told by this alone."""
    return cell.__class__ is str and len(cell) >= 15


def _one_by_one(
    batch: list[list[Cell]], start: int, number_at: int, merged: _Merged, is_record: _Records
) -> tuple[list[int], list[list[Cell]]]:
    numbers: list[int] = []
    kept: list[list[Cell]] = []
    for number, cells in enumerate(batch, start):
        merged.note(number, cells)
        cell = cells[number_at] if -1 < number_at < len(cells) else ""
        if _long_text(cell) or is_record(cells):
            numbers.append(number)
            kept.append(merged.filled(number, cells))
    return numbers, kept


class _Merged:
    """Cells that are merged downwards: what stands in the first counts for all."""

    def __init__(self, header: Header, merges: tuple[Merge, ...]) -> None:
        self._fills: dict[int, list[tuple[int, int]]] = {}
        self._tops: dict[int, list[int]] = {}
        self._kept: dict[tuple[int, int], Cell] = {}
        self._spans: list[tuple[int, int]] = []
        mapped = {p.at for p in header.columns if p.column.type != "serial"}
        for top, left, bottom, _ in merges:
            if bottom <= header.row or bottom == top or left not in mapped or top <= header.row:
                continue
            self._spans.append((top, bottom))
            self._tops.setdefault(top, []).append(left)
            for row in range(top + 1, min(bottom, top + 200_000) + 1):
                self._fills.setdefault(row, []).append((left, top))

    def touch(self, first: int, last: int) -> bool:
        """Whether any of these rows is covered by a merged cell."""
        return any(top <= last and bottom >= first for top, bottom in self._spans)

    def note(self, number: int, cells: list[Cell]) -> None:
        """Remember what stands in the first row of merged cells."""
        for at in self._tops.get(number, ()):
            self._kept[number, at] = cells[at] if at < len(cells) else ""

    def filled(self, number: int, cells: list[Cell]) -> list[Cell]:
        """The row with what the merged cells above it say."""
        if number not in self._fills:
            return cells
        cells = list(cells)
        for at, top in self._fills[number]:
            if at < len(cells) and cells[at] == "":
                cells[at] = self._kept.get((top, at), "")
        return cells


def _carry(cells: list[Cell], down: list[int], carried: dict[int, Cell]) -> list[Cell]:
    """A new town empties the village below it; an empty cell, or 同上, says what the one above said."""
    for place, at in enumerate(down):
        if at >= len(cells):
            continue
        cell = cells[at]
        if not (cell.__class__ is str and (cell.strip() in DITTO or not cell.strip())):
            if carried.get(at) != cells[at]:
                for later in down[place + 1 :]:
                    carried.pop(later, None)
            carried[at] = cells[at]
        else:
            cells[at] = carried.get(at, "")
    return cells


class _Records:
    """Tells a record from what else stands between a header and the end of a sheet."""

    def __init__(self, header: Header) -> None:
        self._own = [p.at for p in header.columns if not p.column.fill_down and p.column.type != "serial"]
        self._header = header
        self._everywhere = frozenset[str]().union(*header.words.values())
        self._person = {p.at for p in header.columns if p.column.key in (NUMBER, NAME)}
        self._keys = {
            p.at
            for p in header.columns
            if p.column.key == NUMBER or p.column.key == NAME or p.column.required
        }

    def __call__(self, cells: list[Cell]) -> bool:
        filled = [
            at for at, c in enumerate(cells) if (c.__class__ is not str and c is not None) or text_of(c)
        ]
        if not filled:
            return False
        words = {at: squeeze(text_of(cells[at])) for at in filled}
        own = [at for at in self._own if at in words]
        if not own:
            return False
        leading = [words[at] for at in filled[:3]]
        if any(_SUBTOTAL.match(word) for word in leading):
            return False
        nobody = not self._person & words.keys()
        if _FOOT.match(leading[0]) or (nobody and any(_FOOT.match(word) for word in words.values())):
            return False
        shown = self._header.words
        repeated = sum(1 for at, word in words.items() if word in shown.get(at, ()))
        if repeated >= 2 and 2 * repeated >= len(words):
            # The same headings in other places are another table's: a fault for whoever reads the rows.
            return any(
                word in self._everywhere and word not in shown.get(at, ()) for at, word in words.items()
            )
        if len(words) > 3 and all(_NUMBERING.match(word) for word in words.values()):
            return False
        # One lonely cell that is none of the required ones is a note or a group's title, not a person.
        return not (len(own) == 1 and own[0] not in self._keys) and not (
            len(filled) == 1 and len(words[filled[0]]) > 8
        )
