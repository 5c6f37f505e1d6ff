"""The workbook in which an office writes down its own instrument: every sheet with its heads, filled in with
a short example that is to be written over, and lists to choose from where only certain words are taken."""

from __future__ import annotations

import io
from datetime import date
from typing import Final

from guitu.exchange.instruments.sheets import (
    ABOUT,
    ALL,
    BANDS,
    FLAGS,
    HOW,
    ITEMS,
    LINES,
    OPTIONS,
    SCALES,
    SHEETS,
)
from guitu.kernel.labels import Label

ROWS: Final = 400

_ABOUT: Final[dict[str, tuple[str, str]]] = {
    "key": ("sleep_diary", ""),
    "version": ("1", ""),
    "label": ("睡眠日记", "Sleep diary"),
    "measures": ("睡眠", "Sleep"),
    "window": ("昨夜", "Last night"),
    "filled_by": ("本人填写", ""),
    "higher": ("越重", ""),
    "licence": ("本所自编", "Our own"),
    "credit": ("本所心理中心", ""),
    "sources": ("本所工作手册", ""),
}
_OTHERS: Final[dict[str, tuple[tuple[str | int, ...], ...]]] = {
    ITEMS.name: (
        ("1", "", "", "入睡难不难？", "Was it hard to fall asleep?", "五级", "", "", ""),
        ("2", "", "", "夜里醒来难受吗？", "Was waking at night a trouble?", "五级", "", "", ""),
        ("3", "", "", "早上精神好吗？", "Were you rested in the morning?", "五级", "是", "", ""),
    ),
    OPTIONS.name: tuple(
        ("五级", n, "", zh, en)
        for n, (zh, en) in enumerate(
            (("完全没有", "Not at all"), ("有一点", "A little"), ("有些", "Somewhat"), ("很", "Very"),
             ("非常", "Extremely"))
        )
    ),
    SCALES.name: (("total", "总分", "Total", ALL, "合计", "", "", ""),),
    BANDS.name: (("total", 0, 5, "少", "Little"), ("total", 6, 12, "多", "Much")),
    FLAGS.name: (("talk", "6 分及以上：谈一谈", "6 or more: talk", "", "total", 6, "", "", ""),),
}  # fmt: skip


def blank(on: date) -> bytes:
    """The workbook, its example checked on that day."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    quiet = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#555555"})
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.name)
        page.write_row(0, 0, sheet.columns, head)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.repeat_rows(0)
        page.fit_to_pages(1, 0)
        for at in range(len(sheet.columns)):
            page.set_column(at, at, 34 if at in sheet.wide else 12, body)
        rows = _OTHERS.get(sheet.name, ())
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row, body)
    about = book.get_worksheet_by_name(ABOUT.name)
    for number, line in enumerate(LINES, 1):
        zh, en = _ABOUT.get(line.key, ("", ""))
        if line.key == "last_checked":
            zh = on.isoformat()
        if line.words:
            shown = [word for word, _ in line.words]
            zh = zh or shown[-1 if line.key == "translation" else 0]
            about.data_validation(number, 1, number, 1, {"validate": "list", "source": shown})
        about.write_row(number, 0, (line.name, zh, en), body)
        about.write_string(number, 3, line.hint or (_BOTH.zh if line.both else ""), quiet)
    _choices(book.get_worksheet_by_name(ITEMS.name), ITEMS.columns.index("反向计分"), ["是"])
    _choices(book.get_worksheet_by_name(FLAGS.name), FLAGS.columns.index("当日要有人看"), ["是"])
    _choices(book.get_worksheet_by_name(SCALES.name), SCALES.columns.index("算法"), list(HOW))
    book.close()
    return stream.getvalue()


_BOTH: Final = Label("中文和英文，可只填一种", "Chinese and English, or one of them")


def _choices(page: object, column: int, words: list[str]) -> None:
    page.data_validation(1, column, ROWS, column, {"validate": "list", "source": words})  # type: ignore[attr-defined]
