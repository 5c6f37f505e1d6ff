"""A filled-in workbook becomes the text of an instrument, which is then read like every other.

What is wrong is told with its sheet and row: what this module finds itself, and what the reader of
instruments finds in a part of the text that came from a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import yaml

from guitu.centre.instruments import Instrument, read_instrument
from guitu.exchange.instruments.sheets import (
    ABOUT,
    ALL,
    BANDS,
    FLAGS,
    HOW,
    ITEMS,
    LINES,
    NEEDED,
    OPTIONS,
    SCALES,
    SHEETS,
    YES,
    Line,
    Sheet,
)
from guitu.exchange.ledgers.workbook import open_book, read_bytes
from guitu.kernel.errors import DeclarationError, GuituError, nearest
from guitu.kernel.labels import Label

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 2000
_PART: Final = re.compile(r"\.(items|scales|flags|cautions)\[(\d+)\]|\.options\.([^.\[]+)")
_SEVERAL: Final = re.compile(r"[,，、;；\s]+")


class Refused(GuituError):
    """The workbook cannot become an instrument; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it: its number on the sheet, and its cells by the heads of their columns."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, head: str) -> str:
        return self.cells.get(head, "")

    def needed(self, head: str) -> str:
        """The cell, or a refusal that names it."""
        if not self[head]:
            raise self.wrong(f"“{head}”没有填", f"“{head}” is empty")
        return self[head]

    def number_in(self, head: str) -> int | float | None:
        """The number in a cell, None if it is empty."""
        text = self[head]
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            raise self.wrong(f"“{head}”写的“{text}”不是数", f"“{text}” in “{head}” is no number") from None
        return int(found) if found.is_integer() else found

    def label(self, zh: str, en: str) -> dict[str, str] | None:
        """Chinese and English; where only one is written it stands for both."""
        mine, other = self[zh], self[en]
        return {"zh": mine or other, "en": other or mine} if mine or other else None

    def wrong(self, zh: str, en: str) -> Refused:
        """A refusal at this row."""
        return Refused(
            Label(
                f"工作表“{self.sheet}”第 {self.number} 行：{zh}{'' if zh.endswith('？') else '。'}",
                f"Sheet “{self.sheet}”, row {self.number}: {en}{'' if en.endswith('?') else '.'}",
            )
        )


@dataclass(slots=True)
class _Text:
    """The instrument as it will be written, and of which rows its parts came."""

    value: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)


def read_workbook(data: bytes, name: str) -> tuple[Instrument, str]:
    """The instrument in a workbook, and its text. Raises GuituError with one sentence: what, sheet, row."""
    text = _Text()
    sheets = _sheets(data, name)
    _about(text, sheets[ABOUT.name])
    _options(text, sheets[OPTIONS.name])
    _items(text, sheets[ITEMS.name])
    _scales(text, sheets[SCALES.name], sheets.get(BANDS.name, []))
    _flags(text, sheets.get(FLAGS.name, []))
    written = yaml.safe_dump(text.value, allow_unicode=True, sort_keys=False, width=100)
    where = str(text.value["key"])
    try:
        return read_instrument(written, where), written
    except DeclarationError as fault:
        raise _at_its_row(fault, text) from fault


def _at_its_row(fault: DeclarationError, text: _Text) -> GuituError:
    """The same fault, told with the sheet and row from which that part came."""
    part = _PART.search(fault.where or "")
    row = text.rows.get(part[0].lstrip(".")) if part else None
    if row is None:
        return fault
    return row.wrong(fault.label.zh.rstrip("。"), fault.label.en.rstrip("."))


def _sheets(data: bytes, name: str) -> dict[str, list[Row]]:
    """The rows of every sheet that is ours, the heads found in its first row."""
    book = open_book(read_bytes(data, MOST_BYTES), name)
    known = {sheet.name: sheet for sheet in SHEETS}
    found: dict[str, list[Row]] = {}
    for sheet in book.sheets():
        if declared := known.get(sheet.name.strip()):
            found[declared.name] = list(_rows(declared, sheet.rows()))
    for missing in NEEDED - found.keys():
        raise Refused(
            Label(
                f"没有工作表“{missing}”，请用本页的空白表。",
                f"There is no sheet “{missing}”: use the blank workbook of this page.",
            )
        )
    return found


def _rows(sheet: Sheet, rows: Iterator[list[Any]]) -> Iterator[Row]:
    heads = [_text(cell) for cell in next(rows, [])]
    for head in filter(None, heads):
        if head not in sheet.columns:
            zh, en = _known(head, sheet.columns)
            raise Refused(
                Label(
                    f"工作表“{sheet.name}”没有“{head}”这一列{zh}",
                    f"Sheet “{sheet.name}” has no column “{head}”{en}",
                )
            )
    for number, cells in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise Refused(
                Label(
                    f"工作表“{sheet.name}”超过 {MOST_ROWS} 行。",
                    f"Sheet “{sheet.name}” has more than {MOST_ROWS} rows.",
                )
            )
        there = {h: t for h, c in zip(heads, cells, strict=False) if h and (t := _text(c))}
        if there:
            yield Row(sheet.name, number, there)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _known(said: str, names: Iterable[str]) -> tuple[str, str]:
    """What was most likely meant, or what there is to choose from; in both languages."""
    them = list(names)
    if guess := nearest(said, them):
        return f"，是不是“{guess}”？", f"; is “{guess}” meant?"
    return f"，有：{'、'.join(them[:8])}", f"; there are: {', '.join(them[:8])}"


# ── sheet by sheet ────────────────────────────────────────────────────────────────────────────────


def _about(text: _Text, rows: list[Row]) -> None:
    name, zh, en, _ = ABOUT.columns
    lines = {line.name: line for line in LINES}
    text.value |= {"mode": "user_supplied"}
    for row in rows:
        said = row[name]
        if not said or not (row[zh] or row[en]):
            continue
        line = lines.get(said)
        if line is None:
            also = _known(said, lines)
            raise row.wrong(f"没有“{said}”这一项{also[0]}", f"there is no “{said}”{also[1]}")
        value = _of_line(line, row, zh, en)
        if line.several:
            there = text.value.setdefault(line.key, [])
            text.rows[f"{line.key}[{len(there) + 1}]"] = row
            there.append(value)
        else:
            text.value[line.key] = value
    for line in LINES:
        if line.key not in text.value and line.key != "cautions":
            raise Refused(
                Label(
                    f"工作表“{ABOUT.name}”没有填“{line.name}”。", f"“{line.name}” is empty on “{ABOUT.name}”."
                )
            )


def _of_line(line: Line, row: Row, zh: str, en: str) -> Any:
    if line.both:
        return row.label(zh, en)
    said = row[zh] or row[en]
    if line.words:
        words = dict(line.words)
        if said not in words and said not in words.values():
            raise row.wrong(
                f"“{line.name}”应为{'或'.join(words)}", f"“{line.name}” is one of {', '.join(words)}"
            )
        return words.get(said, said)
    if line.key == "version":
        return row.number_in(zh if row[zh] else en)
    if line.key == "last_checked":
        try:
            return date.fromisoformat(said)
        except ValueError:
            raise row.wrong(
                f"“{said}”不是日期，写成 2026-11-26", f"“{said}” is no day; write 2026-11-26"
            ) from None
    return said


def _options(text: _Text, rows: list[Row]) -> None:
    sets: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        name = row.needed("选项组")
        text.rows.setdefault(f"options.{name}", row)
        row.needed("答案")
        one: dict[str, Any] = {"answer": row.number_in("答案")}
        if (points := row.number_in("计分")) is not None:
            one["points"] = points
        if (label := row.label("中文", "English")) is not None:
            one["label"] = label
        sets.setdefault(name, []).append(one)
    text.value["options"] = sets


def _items(text: _Text, rows: list[Row]) -> None:
    items: list[dict[str, Any]] = []
    for row in rows:
        text.rows[f"items[{len(items) + 1}]"] = row
        given = row.needed("选项组")
        sets = text.value["options"]
        if given not in sets:
            also = _known(given, sets)
            raise row.wrong(f"没有选项组“{given}”{also[0]}", f"there is no set of options “{given}”{also[1]}")
        one: dict[str, Any] = {"key": _key(row.needed("题号"))}
        if (stem := row.label("题干", "题干 English")) is not None:
            one["stem"] = stem
        if (asked := row.label("题目", "题目 English")) is not None:
            one["text"] = asked
        one["options"] = given
        if row["反向计分"].lower() in YES:
            one["reversed"] = True
        if row["前提题"]:
            answers = [part for part in _SEVERAL.split(row.needed("前提答案")) if part]
            if not all(a.isdigit() for a in answers):
                raise row.wrong("“前提答案”应为数字", "“前提答案” takes digits")
            one["only_when"] = {"item": _key(row["前提题"]), "answers": [int(a) for a in answers]}
        items.append(one)
    text.value["items"] = items


def _key(said: str) -> str:
    """An item's key: a bare number is the item of that number."""
    return f"q{said}" if said.isdigit() else said


def _which(said: str) -> str | list[Any]:
    if said == ALL:
        return "all"
    return [int(part) if part.isdigit() else part for part in _SEVERAL.split(said) if part]


def _scales(text: _Text, rows: list[Row], bands: list[Row]) -> None:
    scales: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = row.needed("代号")
        text.rows[f"scales[{len(scales) + 1}]"] = row
        if key in scales:
            raise row.wrong(f"代号“{key}”写了两次", f"“{key}” is written twice")
        one: dict[str, Any] = {
            "key": key,
            "label": row.label("中文", "English") or row.needed("中文"),
            "items": _which(row.needed("题目")),
        }
        if how := row["算法"]:
            if how not in HOW:
                raise row.wrong(f"“算法”应为{'、'.join(HOW)}", f"“算法” is one of {', '.join(HOW)}")
            one["how"] = HOW[how]
        for head, name in (("乘以", "times"), ("小数位", "places"), ("可缺题数", "missing")):
            if (value := row.number_in(head)) is not None:
                one[name] = value
        scales[key] = one
    for row in bands:
        scale = scales.get(row.needed("得分代号"))
        if scale is None:
            raise row.wrong(f"没有得分“{row['得分代号']}”", f"there is no score “{row['得分代号']}”")
        for head in ("从", "到"):
            row.needed(head)
        scale.setdefault("bands", []).append(
            {
                "from": row.number_in("从"),
                "to": row.number_in("到"),
                "label": row.label("中文", "English") or row.needed("中文"),
            }
        )
    text.value["scales"] = list(scales.values())


def _flags(text: _Text, rows: list[Row]) -> None:
    flags: list[dict[str, Any]] = []
    for row in rows:
        text.rows[f"flags[{len(flags) + 1}]"] = row
        if row["得分代号"]:
            row.needed("得分至少")
            test: dict[str, Any] = {"scale": row["得分代号"], "at_least": row.number_in("得分至少")}
        else:
            test = {"items": _which(row.needed("题目"))}
            for head, name in (("答案至少", "answer"), ("至少几题", "count")):
                if (value := row.number_in(head)) is not None:
                    test[name] = value
        flags.append(
            {
                "key": row.needed("代号"),
                "label": row.label("中文", "English") or row.needed("中文"),
                "any_of": [test],
                "today": row["当日要有人看"].lower() in YES,
            }
        )
    if flags:
        text.value["flags"] = flags
