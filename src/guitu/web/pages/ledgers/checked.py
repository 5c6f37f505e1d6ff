"""The check of a file as a page: what it comes to, and every fault in its row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from guitu.exchange.ledgers import ledgers
from guitu.exchange.ledgers.ledger import NAME, NUMBER
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.fault_cell.component import FaultCell
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import words
from guitu.web.pages.ledgers.build import address, crumbs, moment, refusal_notice, steps, total
from guitu.web.pages.ledgers.page import CheckPage, Count, Reading
from guitu.web.pages.ledgers.preview import Heading, Preview, PreviewRow, PreviewSheet, Show, masked

ALWAYS: Final = (NAME, NUMBER)
"""Columns by which a row is recognised: shown with every fault."""


@dataclass(frozen=True, slots=True)
class Look:
    """What of a checked file is looked at: sheet, rows, all columns or those that matter, page.

    `at` is the number of the row that the reader was led to."""

    sheet: int = 0
    show: Show = "fault"
    every_column: bool = False
    page: int = 1
    size: int = 20
    at: int | None = None

    def query(self, **changed: Any) -> list[tuple[str, str]]:
        """The address parameters of this look, with changes."""
        said = {
            "sheet": self.sheet,
            "show": self.show,
            "columns": "all" if self.every_column else "",
        } | changed
        return [(k, str(v)) for k, v in said.items() if v not in ("", None)]

    def href(self, **changed: Any) -> str:
        """The address of another look."""
        return "?" + urlencode(self.query(**changed))


def check_page(
    batch: ImportBatch,
    preview: Preview | None,
    look: Look,
    rows: Sequence[PreviewRow],
    *,
    mine: bool,
    earlier: ImportBatch | None = None,
) -> CheckPage:
    """What a file comes to. Without a preview its rows are no longer kept."""
    good, held, there = total(batch, "new"), total(batch, "held"), total(batch, "there")
    notices: list[Notice] = []
    if batch.refusal:
        notices.append(refusal_notice(batch))
    if earlier is not None:
        notices.append(_earlier(earlier))
    if preview is None:
        notices.append(Notice("gap", words.EXPIRED))
    elif not mine:
        notices.append(Notice("info", words.ONLY_LOOK))
    if places := [place for sheet in batch.sheets for place in sheet["unplaced"]]:
        notices.append(Notice("gap", words.unplaced(places)))
    counts = [Count(Word("done", Label("可导入", "can go in")), good)]
    counts.append(Count(Word("fault", Label("退回", "held")), held))
    counts.append(Count(Word("open", Label("与已有记录相同", "there already")), there))
    if warned := total(batch, "warned"):
        counts.append(Count(Word("gap", Label("提请核对", "to be looked at")), warned))
    if preview is not None:
        notices += [Notice("gap", label) for sheet in preview.sheets if (label := sheet.unseen)]
    shown = preview.sheets[look.sheet] if preview is not None else None
    if shown is not None:
        notices += [Notice("fault", label) for label in shown.missing]
    open_ = preview is not None
    return CheckPage(
        crumbs(batch),
        steps(1),
        words.both(words.lead(good, held, there), *((words.NOT_YET,) if good else ())),
        tuple(counts),
        address(batch),
        Button(words.go(good), look="primary", extra={"data-busy": words.IMPORTING})
        if good and mine and open_
        else None,
        Button(words.HELD_ROWS, href=address(batch, "held")) if held and open_ else None,
        tuple(notices),
        _tabs(preview, look) if preview is not None and len(preview.sheets) > 1 else None,
        _filters(shown, look) if shown is not None and not shown.missing else None,
        _next_fault(shown, look) if shown is not None else None,
        _columns_button(shown, look) if shown is not None and shown.rows else None,
        _rows_table(shown, look, rows) if shown is not None and not shown.missing else None,
        _reading(preview, shown) if preview is not None and shown is not None else None,
    )


def _earlier(earlier: ImportBatch) -> Notice:
    at = moment(earlier.finished_at)
    text = Label(
        f"这个文件 {at} 由{earlier.name}导入过；再导入一次不会重复。",
        f"This very file was imported by {earlier.name} at {at}; importing it again brings nothing twice.",
    )
    return Notice(
        "info", text, actions=(Button(Label("看那一次", "See that import"), href=address(earlier)),)
    )


def _tabs(preview: Preview, look: Look) -> Tabs:
    known = ledgers()
    return Tabs(
        tuple(
            Tab(f"{sheet.name}" if sheet.ledger not in known else _named(sheet), look.href(sheet=no, show=""),
                no == look.sheet, len(sheet.held))
            for no, sheet in enumerate(preview.sheets)
        ),
        Label("工作表（退回行数）", "Sheets (held rows)"),
    )  # fmt: skip


def _named(sheet: PreviewSheet) -> Label:
    label = ledgers()[sheet.ledger].label
    return Label(
        sheet.name if sheet.name in label.zh else f"{sheet.name} · {label.zh}", f"{sheet.name} · {label.en}"
    )


_SHOWS: Final[tuple[tuple[Show, Label, str], ...]] = (
    ("fault", Label("只看退回行", "Held rows"), "fault"),
    ("warning", Label("只看提示", "To check"), "gap"),
    ("all", Label("全部行", "All rows"), ""),
)


def _filters(sheet: PreviewSheet, look: Look) -> Filters:
    chips = tuple(
        Chip(label, look.href(show=show), len(sheet.positions(show)), look.show == show, kind)
        for show, label, kind in _SHOWS
    )
    return Filters((Group(Label("哪些行", "Which rows"), chips),))


def _next_fault(sheet: PreviewSheet, look: Look) -> Button | None:
    """To the next row with a fault after the one the reader was led to; round to the first again."""
    if not sheet.held or sheet.missing or look.show == "warning":
        return None
    after = look.at or 0
    nth = next((n for n, number in enumerate(sheet.held_numbers) if number > after), 0)
    number, position = sheet.held_numbers[nth], sheet.held[nth]
    place = nth if look.show == "fault" else position
    label = Label("下一处有误", "Next fault")
    if look.at is not None and number <= look.at:
        label = Label("回到第一处", "Back to the first")
    here = _pager(sheet, look).href(place // look.size + 1)
    return Button(label, href=f"{here}&at={number}#r{number}", look="small")


def _columns_button(sheet: PreviewSheet, look: Look) -> Button | None:
    if sheet.missing:
        return None
    if look.every_column:
        label = Label("只看有关的列", "Only the columns that matter")
    else:
        n = len(sheet.headings)
        label = Label(f"看全部 {n} 列", f"All {n} columns")
    turned = replace(look, every_column=not look.every_column)
    return Button(label, href=_pager(sheet, turned).href(look.page), look="small")


def _pager(sheet: PreviewSheet, look: Look) -> Pager:
    return Pager(look.page, look.size, len(sheet.positions(look.show)), tuple(look.query()))


def _rows_table(sheet: PreviewSheet, look: Look, rows: Sequence[PreviewRow]) -> Table:
    places = range(len(sheet.headings))
    at_of = {heading.at: place for place, heading in enumerate(sheet.headings)}
    whole_row = any(f.at not in at_of for row in rows for f in row.found)
    if not look.every_column:
        marked = {at_of[f.at] for row in rows for f in row.found if f.at in at_of}
        always = {p for p in places if sheet.headings[p].key in ALWAYS}
        places = sorted(marked | always) if marked else [p for p in places if p in always or p < 8]  # type: ignore[assignment]
    columns = [Column(Label("行", "Row"), phone="lead")]
    columns += [Column(_head(sheet.headings[place])) for place in places]
    if whole_row:
        columns.append(Column(Label("这一行", "The row")))
    listed = tuple(_row(row, list(places), at_of, whole_row, now=row.number == look.at) for row in rows)
    pager = _pager(sheet, look)
    nothing = {
        "fault": Label("这张表没有退回行。", "No row of this sheet is held."),
        "warning": Label("这张表没有要核对的提示。", "There is nothing to look at in this sheet."),
        "all": Label("这张表没有一行记录。", "There is no row in this sheet."),
    }[look.show]
    return Table(
        Label(f"“{sheet.name}”的行", f"Rows of “{sheet.name}”"),
        tuple(columns),
        listed,
        (words.rows(pager.total), Label("行号与表格软件中相同", "numbered as in the spreadsheet")),
        pager,
        Empty(nothing),
        "rows",
        wide=look.every_column,
    )


def _head(heading: Heading) -> Text:
    return f"{heading.letter} {heading.words}" if heading.words else heading.letter


def _row(row: PreviewRow, places: list[int], at_of: dict[int, int], whole_row: bool, *, now: bool) -> Row:
    said: dict[int, list[Any]] = {}
    for found in row.found:
        said.setdefault(at_of.get(found.at, -1), []).append(found)
    cells: list[Cell | Text] = [Cell(Label(f"第 {row.number} 行", f"Row {row.number}"))]
    for place in places:
        found_here = said.get(place, [])
        text = row.cells[place]
        if not found_here:
            cells.append(masked(text) or "—")
            continue
        message = words.both(*(f.text for f in found_here))
        cells.append(Cell(part=FaultCell(text, message, warning=all(f.warning for f in found_here))))
    if whole_row:
        there = said.get(-1, [])
        message = words.both(*(f.text for f in there)) if there else ""
        warning = all(f.warning for f in there)
        cells.append(Cell(part=FaultCell("", message, warning=warning)) if there else "—")
    return Row(tuple(cells), f"r{row.number}", now=now)


_READING: Final = (
    Column(Label("列", "Column"), phone="lead"),
    Column(Label("表里的列名", "Its heading")),
    Column(Label("认作", "Taken for")),
)


def _reading(preview: Preview, sheet: PreviewSheet) -> Reading:
    label = ledgers()[sheet.ledger].label
    lines: list[Text] = [
        Label(
            f"“{sheet.name}”按“{label.zh}”读，表头到第 {sheet.header_row} 行为止。",
            f"“{sheet.name}” was read as: {label.en}; its header ends in row {sheet.header_row}.",
        )
    ]
    if forms := words.day_forms(sheet.day_forms):
        lines.append(forms)
    unknown = [h.words for h in sheet.headings if h.meaning is None and h.words]
    if unknown:
        lines.append(
            Label(
                f"不认识、不导入的列：{'、'.join(unknown)}。",
                f"Columns not known and left out: {', '.join(unknown)}.",
            )
        )
    if preview.passed_over:
        listed = "、".join(preview.passed_over)
        lines.append(
            Label(f"不是台账、没有读的工作表：{listed}。", f"Sheets that are no ledgers, not read: {listed}.")
        )
    rows = tuple(
        Row((h.letter, h.words or "—", h.meaning or Label("不导入", "left out"))) for h in sheet.headings
    )
    table = Table(
        Label("每一列认作什么", "What each column was taken for"),
        _READING,
        rows,
        id="reading",
        hide_caption=True,
    )
    return Reading(tuple(lines), table)
