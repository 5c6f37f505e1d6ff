"""Makes the tables of the scoreboard, and its files, from lines that may be shown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from guitu.kernel.labels import Label
from guitu.store.levels.reorganising import Former, former
from guitu.store.levels.scoreboard import Line
from guitu.store.units import Unit
from guitu.web.component import Text, say
from guitu.web.components.button.component import Button
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Fact, Section
from guitu.web.pages.scoreboard import words
from guitu.web.taking.writing import harmless
from guitu.web.then import beside

Records = Callable[[Line], tuple[Button, ...]]
"""The ways from a figure to its records, for this reader."""

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the figures is asked for: all places with the first rows of each, or one place (its code)
    and a page of it. `path` and `query` are the page's own address."""

    path: str = ""
    query: tuple[tuple[str, str], ...] = ()
    place: str = ""
    number: int = 1
    size: int = SIZES[0]

    @classmethod
    def of(cls, asked: Mapping[str, str], path: str, unit: str) -> Part:
        """What an address asks for; what is no number is the first page."""
        number, size = asked.get("page", ""), asked.get("size", "")
        return cls(
            path,
            (("unit", unit),) if unit else (),
            asked.get("place", ""),
            int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
            int(size) if size in map(str, SIZES) else SIZES[0],
        )


def sections(some: Sequence[Line], records: Records | None = None, part: Part | None = None) -> list[Section]:
    """The figures, one section for each place, before them the way to each place where there are several.
    404 for a place that has none."""
    part = part or Part()
    places: dict[str, list[Line]] = {}
    for line in some:
        places.setdefault(line.printed.unit.code, []).append(line)
    if part.place and part.place not in places:
        raise Http404(part.place)
    shown = {code: mine for code, mine in places.items() if part.place in ("", code)}
    names = former(mine[0].printed.unit for mine in shown.values())
    found = [_section(mine[0].printed.unit, mine, records, part, names) for mine in shown.values()]
    if len(places) < 2:
        return found
    if part.place:
        way = Button(Label("看全部地区", "See every place"), _address(part), "small")
        return [replace(found[0], buttons=(way,))]
    facts = tuple(
        Fact(
            mine[0].printed.unit.name,
            Label(f"{len(mine)} 个数字", f"{len(mine)} figures"),
            f"#unit-{code}",
        )
        for code, mine in places.items()
    )
    return [Section("places", Label("地区", "Places"), facts=facts, on_paper=False), *found]


def _address(part: Part) -> str:
    return f"{part.path}?{urlencode(part.query)}" if part.query else part.path or "?"


def _section(unit: Unit, mine: Sequence[Line], records: Records | None, part: Part, names: Former) -> Section:
    number = min(max(1, part.number), -(-len(mine) // part.size)) if part.place else 1
    pager = None
    if len(mine) > SIZES[0]:
        pager = Pager(number, part.size, len(mine), (*part.query, ("place", unit.code)), part.path)
    rows = mine[(number - 1) * part.size : number * part.size]
    columns = [
        Column(Label("指标", "Figure"), phone="lead"),
        Column(Label("期间", "Period"), whole=True),
        Column(Label("印作", "As printed"), numeric=True, whole=True),
        Column(Label("本系统", "Ours"), numeric=True, whole=True),
        Column(Label("结果", "Result")),
    ]
    if records is not None:
        columns.append(Column(Label("记录", "Records"), phone="bare"))
    table = Table(
        unit.name,
        tuple(columns),
        tuple(_row(line, records, names) for line in rows),
        (Label(f"{len(mine)} 个数字", f"{len(mine)} figures"),),
        pager,
        id=f"figures-{unit.code}",
        hide_caption=True,
    )
    return Section(f"unit-{unit.code}", unit.name, table)


def _row(line: Line, records: Records | None, names: Former) -> Row:
    unit, period = line.printed.unit, line.printed.period
    cells: list[Cell | Text] = [
        Cell(line.printed.target.label, sub=words.definition(line), strong=True),
        Cell(period.label, sub=beside(names.on(unit.code, period.last))),
        Cell(words.printed(line), sub=words.beside_printed(line)),
        Cell(words.ours(line), sub=words.divided(line)),
        Cell(part=words.verdict(line)),
    ]
    if records is not None:
        buttons = records(line)
        cells.append(
            Cell(part=buttons[0]) if len(buttons) == 1 else Cell(part=Both(buttons)) if buttons else ""
        )
    return Row(tuple(cells), id=f"figure-{line.printed.id.hex[-12:]}")


class Both:
    """Two small links in one cell."""

    pressed: Final = True

    def __init__(self, buttons: tuple[Button, ...]) -> None:
        self.buttons = buttons

    def html(self) -> str:
        """Both, one after the other."""
        from django.utils.safestring import SafeString

        return SafeString(" ".join(button.html() for button in self.buttons))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Both) and other.buttons == self.buttons

    def __hash__(self) -> int:
        return hash(self.buttons)


def totals(some: Iterable[Line]) -> Label:
    """How many agree, in a line."""
    lines = list(some)
    of = {name: sum(line.verdict == name for line in lines) for name in words.VERDICTS}
    conflicts = sum(line.conflicts for line in lines)
    return Label(
        f"{len(lines)} 个数字：一致 {of['equal']}，约数有差 {of['near']}，不一致 {of['different']}，"
        f"隐去 {of['hidden']}，没有数 {of['missing'] + of['uncounted']}；原文自相矛盾或单位有误 {conflicts}"
        " 处",
        f"{len(lines)} figures: {of['equal']} equal, {of['near']} printed as about,"
        f" {of['different']} different,"
        f" {of['hidden']} hidden, {of['missing'] + of['uncounted']} without; {conflicts} prints contradict"
        " themselves or have the wrong unit",
    )


# ── to take along ─────────────────────────────────────────────────────────────────────────────────

HEADS: Final = (
    ("place", Label("地区", "Place")),
    ("place_code", Label("代码", "Code")),
    ("figure", Label("指标（原文）", "Figure, as printed")),
    ("key", Label("指标代码", "Key")),
    ("version", Label("定义版本", "Version of the definition")),
    ("definition", Label("定义", "Definition")),
    ("from", Label("起", "From")),
    ("until", Label("止", "Until")),
    ("printed", Label("印作", "Printed")),
    ("printed_unit", Label("所印单位", "Unit as printed")),
    ("unit", Label("单位", "Unit")),
    ("exact", Label("准确数", "Exact")),
    ("conflict", Label("另一处印作", "Printed elsewhere")),
    ("ours", Label("本系统", "Ours")),
    ("numerator", Label("分子", "Numerator")),
    ("denominator", Label("分母", "Denominator")),
    ("result", Label("结果", "Result")),
    ("imported", Label("他人公布的汇总数", "An aggregate of others")),
    ("source", Label("出处", "Source")),
    ("note", Label("说明", "Note")),
)


def record(line: Line) -> dict[str, Any]:
    """One figure for a file: numbers as they are shown, a hidden one as its mark."""
    target, mine = line.printed.target, line.ours
    hidden = say(words.ours(line)) if line.mark else None
    shown = None
    if mine is not None and mine.value is not None and not line.mark:
        shown = float(target.as_printed(mine.value)) if target.places else float(round(mine.value, 6))
    return {
        "place": line.printed.unit.name,
        "place_code": line.printed.unit.code,
        "figure": target.label,
        "key": target.key,
        "version": line.indicator.version if line.indicator else None,
        "definition": say(words.definition(line)),
        "from": line.printed.period.first.isoformat(),
        "until": line.printed.period.last.isoformat(),
        "printed": _number(target.value),
        "printed_unit": target.printed_unit or target.unit,
        "unit": target.unit,
        "exact": target.exact,
        "conflict": _number(target.conflict),
        "ours": hidden or _number(shown),
        "numerator": None if mine is None or mine.under is None else _number(mine.over),
        "denominator": None if mine is None else _number(mine.under),
        "result": say(words.VERDICTS[line.verdict][1]),
        "imported": target.imported,
        "source": line.printed.source,
        "note": target.note,
    }


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def taken(some: Sequence[Line], ending: str, name: str, says: Sequence[Label]) -> HttpResponse:
    """The figures as a file; 404 for an ending that is none."""
    if ending not in TYPES:
        raise Http404(ending)
    rows = [record(line) for line in some]
    if ending == "json":
        content = json.dumps(
            {"figures": rows, "notes": [say(one) for one in says]}, ensure_ascii=False, indent=1
        ).encode()
    elif ending == "csv":
        content = _csv(rows, says)
    else:
        content = _workbook(rows, says)
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return say(Label("是", "yes") if value else Label("否", "no"))
    return harmless(value) if isinstance(value, str) else "" if value is None else value


def _csv(rows: Sequence[dict[str, Any]], says: Sequence[Label]) -> bytes:
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerow(say(label) for _, label in HEADS)
    out.writerows([_cell(row[name]) for name, _ in HEADS] for row in rows)
    out.writerows([[], *([say(one)] for one in says)])
    return stream.getvalue().encode("utf-8-sig")


def _workbook(rows: Sequence[dict[str, Any]], says: Sequence[Label]) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, head = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
    for at, (_, label) in enumerate(HEADS):
        sheet.set_column(at, at, 30 if at in (2, 5) else 14)
        sheet.write_string(0, at, say(label), head)
    for place, row in enumerate(rows, start=1):
        for at, (name, _) in enumerate(HEADS):
            value = _cell(row[name])
            if isinstance(value, int | float):
                sheet.write_number(place, at, value)
            else:
                sheet.write_string(place, at, value)
    for place, note in enumerate(says, start=len(rows) + 2):
        sheet.write_string(place, 0, say(note))
    sheet.freeze_panes(1, 3)
    book.close()
    return stream.getvalue()
