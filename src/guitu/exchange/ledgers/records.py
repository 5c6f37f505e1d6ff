"""Which rows below a header are records, with merged and left-out cells filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from guitu.exchange.ledgers.cells import Cell, squeeze, text_of
from guitu.exchange.ledgers.header import Header
from guitu.exchange.ledgers.ledger import NAME, NUMBER
from guitu.exchange.ledgers.workbook import Merge

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
    number_at = next((p.at for p in header.columns if p.column.key == NUMBER), -1)
    down = [p.at for p in header.columns if p.column.fill_down]
    carried: dict[int, Cell] = {}
    fills, tops = _merged_below(header, merges or ())
    kept: dict[tuple[int, int], Cell] = {}
    is_record = _Records(header)
    for number, cells in enumerate(rows):
        if number <= header.row:
            continue
        if tops and number in tops:
            for at in tops[number]:
                kept[number, at] = cells[at] if at < len(cells) else ""
        cell = cells[number_at] if -1 < number_at < len(cells) else ""
        # Most rows are told to be records by having something as long as an identity number.
        if not (cell.__class__ is str and len(cell) >= 15) and not is_record(cells):
            continue
        if fills and number in fills:
            cells = list(cells)
            for at, top in fills[number]:
                if at < len(cells) and cells[at] == "":
                    cells[at] = kept.get((top, at), "")
        if down:
            cells = _carry(list(cells), down, carried)
        yield number, cells


def _carry(cells: list[Cell], down: list[int], carried: dict[int, Cell]) -> list[Cell]:
    """A new town empties the village below it; an empty cell says what the one above said."""
    for place, at in enumerate(down):
        if at >= len(cells):
            continue
        if cells[at] != "":
            if carried.get(at) != cells[at]:
                for later in down[place + 1 :]:
                    carried.pop(later, None)
            carried[at] = cells[at]
        else:
            cells[at] = carried.get(at, "")
    return cells


def _merged_below(
    header: Header, merges: tuple[Merge, ...]
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[int]]]:
    """Which cells of which rows take their value from a merged cell above, and where those stand."""
    fills: dict[int, list[tuple[int, int]]] = {}
    tops: dict[int, list[int]] = {}
    mapped = {p.at for p in header.columns if p.column.type != "serial"}
    for top, left, bottom, _ in merges:
        if bottom <= header.row or bottom == top or left not in mapped or top <= header.row:
            continue
        tops.setdefault(top, []).append(left)
        for row in range(top + 1, min(bottom, top + 200_000) + 1):
            fills.setdefault(row, []).append((left, top))
    return fills, tops


class _Records:
    """Tells a record from what else stands between a header and the end of a sheet."""

    def __init__(self, header: Header) -> None:
        self._own = [p.at for p in header.columns if not p.column.fill_down and p.column.type != "serial"]
        self._header = header
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
            return False
        if len(words) > 3 and all(_NUMBERING.match(word) for word in words.values()):
            return False
        # One lonely cell that is none of the required ones is a note or a group's title, not a person.
        return not (len(own) == 1 and own[0] not in self._keys) and not (
            len(filled) == 1 and len(words[filled[0]]) > 8
        )
