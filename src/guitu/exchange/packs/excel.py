"""The annex as an Excel workbook: every table of the report on a sheet of its own, numbers as numbers, and
one sheet that binds each figure to its indicator, version, period and unit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any, Final

from guitu.exchange.packs.content import Amount, ByUnit, Pack
from guitu.exchange.packs.report import ACTION_STATES, title_of
from guitu.exchange.packs.same_bytes import steady
from guitu.exchange.packs.words import NOTHING, hidden, unit_word

Value = str | int | float | Amount
_WIDE: Final = 28


def excel(pack: Pack) -> bytes:
    """The annex of this pack."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # Text stays text: what begins with = or http:// is no formula and no link.
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False},
    )  # fmt: skip
    day = datetime.combine(pack.made_on, time())
    book.set_properties({"title": title_of(pack), "author": pack.unit.name, "created": day})
    for name, heads, rows in _sheets(pack):
        _Sheet(book, pack, name).write(heads, rows)
    book.close()
    return steady(out.getvalue())


class _Sheet:
    """One sheet: title, heads, rows; the head stays in sight and stands on every printed page."""

    def __init__(self, book: Any, pack: Pack, name: str) -> None:
        self.book, self.pack = book, pack
        self.sheet = book.add_worksheet(name)
        self.name = name
        face = {"font_name": "宋体", "font_size": 10.5, "border": 1, "valign": "vcenter"}
        self.title = book.add_format({"font_name": "黑体", "font_size": 14, "valign": "vcenter"})
        self.head = book.add_format({**face, "bold": True, "align": "center", "text_wrap": True})
        self.text = book.add_format({**face, "text_wrap": True})
        self.right = book.add_format({**face, "align": "right"})
        self.number = book.add_format({**face, "num_format": "#,##0.##########"})
        self.whole = book.add_format({**face, "num_format": "#,##0"})

    def write(self, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """The rows under their heads, each column as wide as what is in it."""
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(1)
        self.sheet.freeze_panes(2, 1)
        self.sheet.write_string(0, 0, f"{title_of(self.pack)}　{self.name}", self.title)
        widths = [_width(h) for h in heads]
        for c, head in enumerate(heads):
            self.sheet.write_string(1, c, head, self.head)
        for r, row in enumerate(rows, 2):
            for c, value in enumerate(row):
                widths[c] = max(widths[c], _width(self._cell(r, c, value)))
        for c, width in enumerate(widths):
            self.sheet.set_column(c, c, min(width + 2, _WIDE * 2))

    def _cell(self, r: int, c: int, value: Value) -> str:
        if isinstance(value, Amount):
            if value.hidden or not value.value:
                text = hidden(value, self.pack.threshold).zh if value.hidden else NOTHING
                self.sheet.write_string(r, c, text, self.right)
                return text
            form = self.number if "." in value.value else self.whole
            self.sheet.write_number(r, c, float(value.value), form)
            return f"{float(value.value):,}"
        if isinstance(value, str):
            self.sheet.write_string(r, c, value, self.text)
        else:
            self.sheet.write_number(r, c, value, self.whole)
        return str(value)


def _sheets(pack: Pack) -> Iterable[tuple[str, Sequence[str], list[Sequence[Value]]]]:
    period = pack.period
    flow = pack.flow
    yield (
        "在册增减",
        ("项目", "人数"),
        [
            ("期初在册", flow.opening),
            *((f"＋{m.label.zh}", m.amount) for m in flow.into),
            *((f"－{m.label.zh}", m.amount) for m in flow.out),
            ("期末在册", flow.closing),
        ],
    )
    yield (
        "指标",
        ("类别", "指标", "单位", period.label.zh, "分子", "分母", period.before().label.zh,
         period.year_before().label.zh),
        [
            (group.label.zh, line.label.zh, unit_word(line.unit).zh, line.now,
             _part(line.now, line.now.over), _part(line.now, line.now.under), line.before or Amount(),
             line.year_before or Amount())
            for group in pack.groups for line in group.lines
        ],
    )  # fmt: skip
    for trend in pack.trends:
        yield (
            f"趋势 {trend.label.zh}"[:31].translate(_NOT_IN_A_NAME),
            ("期间", unit_word(trend.unit).zh),
            [(point.label, point.amount) for point in trend.points],
        )
    if pack.below.rows:
        yield ("分单位", *_by_unit(pack.below))
    yield ("逾期事项", *_by_unit(pack.overdue))
    yield (
        "权利与提示",
        ("类别", "提示", "人数"),
        [("权利" if row.rights else "提示", row.label.zh, row.amount)
         for row in sorted(pack.findings, key=lambda r: not r.rights)],
    )  # fmt: skip
    yield (
        "数据质量",
        ("项目", "单位", "数量", "说明"),
        [
            *(
                (r.label.zh, unit_word(r.unit).zh, r.amount, r.note.zh if r.note else "")
                for r in pack.quality
            ),
            *(("核对差异", "", "", check.label.zh) for check in pack.checks),
        ],
    )
    yield (
        "议定事项",
        ("议定日期", "事项", "责任单位", "期限", "落实情况", "办结日期", "说明"),
        [
            (a.decided_on.isoformat(), a.text, a.owner, a.due.isoformat() if a.due else "",
             ACTION_STATES[a.state], a.closed_on.isoformat() if a.closed_on else "", a.result)
            for a in pack.actions
        ],
    )  # fmt: skip
    digest = pack.digest().hex().upper()
    yield (
        "口径",
        ("指标", "指标代码", "版本", "期间", "单位代码", "定义"),
        [
            *((line.label.zh, line.key, line.version, period.text, pack.unit.code, line.definition.zh)
              for line in pack.lines),
            ("编号", pack.number, "", "", "", ""),
            ("数据截至", pack.known_at, "", "", "", f"记录序号 {pack.seq:,}"),
            ("规则摘要", pack.policy, "", "", "", ""),
            ("内容摘要（SM3）", digest, "", "", "", ""),
        ],
    )  # fmt: skip


_NOT_IN_A_NAME: Final = str.maketrans("[]:*?/\\'", "〔〕：＊？／＼’")


def _part(amount: Amount, count: int | None) -> Amount:
    """One side of a ratio, hidden with it."""
    gone = amount.hidden and count is not None
    return Amount("" if count is None else str(count), hidden=gone, along=gone)


def _by_unit(table: ByUnit) -> tuple[Sequence[str], list[Sequence[Value]]]:
    heads = ("单位代码", "单位", *(f"{c.label.zh}（{unit_word(c.unit).zh}）" for c in table.columns))
    rows: list[Sequence[Value]] = [(row.code, row.name, *row.amounts) for row in table.rows]
    if table.total:
        rows.append(("", "合计", *table.total))
    return heads, rows


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
