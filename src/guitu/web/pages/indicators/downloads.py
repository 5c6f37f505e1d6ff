"""Figures to take along: the table as .xlsx or CSV, the picture as SVG or PNG. Always protected figures."""

from __future__ import annotations

import csv
import io
from typing import Final

from django.http import HttpResponse

from guitu.exchange.charts import Chart
from guitu.indicators.board import Board
from guitu.web.component import Text, say
from guitu.web.components.table.component import Cell, Table
from guitu.web.pages.indicators import build
from guitu.web.pages.indicators.choices import Choices
from guitu.web.taking.writing import harmless

TYPES: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLES: Final = ("csv", "xlsx")
"""Types of file that a table can be taken along as."""


def picture(chart: Chart, ending: str, chosen: Choices, what: str) -> HttpResponse:
    """The chart, with its title and date in it."""
    content = chart.svg().encode() if ending == "svg" else chart.png()
    return _attached(content, ending, chosen, what)


def table(shown: Table, ending: str, chosen: Choices, what: str, made: Board, title: Text) -> HttpResponse:
    """The table of the page, in words as shown: a hidden figure is its mark here too."""
    heads = [say(c.label) + (f"（{say(c.unit)}）" if c.unit else "") for c in shown.columns]
    rows = [[say(c.text if isinstance(c, Cell) else c) for c in row.cells] for row in shown.rows]
    notes = [f"{say(title)} · {say(shown.caption)}", say(build.as_of(made)), say(build.HIDDEN_NOTE)]
    content = _csv(heads, rows, notes) if ending == "csv" else _workbook(heads, rows, notes)
    return _attached(content, ending, chosen, what)


def _csv(heads: list[str], rows: list[list[str]], notes: list[str]) -> bytes:
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerow(heads)
    out.writerows([[harmless(text) for text in row] for row in rows])
    out.writerows([[], *([note] for note in notes)])
    return stream.getvalue().encode("utf-8-sig")


def _workbook(heads: list[str], rows: list[list[str]], notes: list[str]) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    head, right = book.add_format({"bold": True, "bottom": 1}), book.add_format({"align": "right"})
    for at, text in enumerate(heads):
        sheet.set_column(at, at, 34 if at == 0 else 20)
        sheet.write_string(0, at, text, head)
    for place, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            number = text.replace(",", "").replace("−", "-")
            if at and _is_number(number):
                sheet.write_number(place, at, float(number))
            else:
                sheet.write_string(place, at, text, right if at else None)
    for place, note in enumerate(notes, start=len(rows) + 2):
        sheet.write_string(place, 0, note)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    book.close()
    return stream.getvalue()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text[-1:].isdigit() and not text.startswith("+")


def _attached(content: bytes, ending: str, chosen: Choices, what: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{what.replace('.', '-')}_{chosen.unit.code}_{chosen.period.text}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
