"""Collects data quality: the board's counts, the ledger rows that were held, protected like every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu import access
from guitu.indicators.board import Board
from guitu.indicators.disclosure import MARKS, THRESHOLD, Sum, protect
from guitu.indicators.disclosure import Cell as Counted
from guitu.indicators.engines.quality import FILE, Count, counts
from guitu.indicators.quality import FAULTS
from guitu.kernel.labels import Label
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.models import ImportBatch
from guitu.web.page import show, shows
from guitu.web.pages.indicators import build, downloads
from guitu.web.pages.indicators.choices import Choices, as_kind, periods_of
from guitu.web.pages.indicators.sheet import day_of
from guitu.web.pages.indicators.view import board_of, board_or_none, first_choices, reader_of
from guitu.web.pages.quality.page import QualityPage, Todo
from guitu.web.who import Who

ROOT: Final = "/quality/"
HELD_DAYS: Final = 90
HELD: Final = "held"
HELD_LABEL: Final = Label("退回行", "Held rows")
HELD_SAYS: Final = Label(
    f"近 {HELD_DAYS} 天导入的台账中，因有误而退回、没有收入的行",
    f"rows of ledgers imported in the last {HELD_DAYS} days that were held back because of faults",
)
HELD_TODO: Final = Label(
    "下载退回行，按说明改好后再上传。",
    "Download the held rows, put them right as they say, and send them again.",
)

Found = dict[tuple[int, str], tuple[int, int]]
"""By unit and fault: how many, of how many."""


@shows("quality")
def quality(request: HttpRequest) -> HttpResponse:
    """The page."""
    reader = reader_of(request)
    made, _ = board_or_none()
    chosen = _monthly(first_choices(request, reader, made), made)
    status = 422 if chosen.error else 200
    if made is None or not (made.folder / FILE).exists():
        return show(request, _nothing(reader, chosen), status=status)
    return show(request, _page(reader, chosen, made), status=status)


@shows("quality")
def take(request: HttpRequest, ending: str) -> HttpResponse:
    """The table as a file, protected."""
    reader = reader_of(request)
    made = board_of(ending, downloads.TABLES)
    chosen = replace(_monthly(first_choices(request, reader, made), made), exact=False)
    below = build.visible(reader, chosen.below)
    table = _table(chosen, below, _found(made, chosen, below))
    return downloads.table(table, ending, chosen, "quality", made, QualityPage.title)


def _monthly(chosen: Choices, made: Board | None) -> Choices:
    """Entries are counted by month: of a longer period, its last one."""
    today = day_of(made) if made else clock.today()
    return replace(chosen, period=as_kind(chosen.period, "month", today), view="table", by="", topic="")


def _nothing(reader: Who, chosen: Choices) -> QualityPage:
    return QualityPage(
        Label(f"{chosen.unit.name}：还没有数", f"{chosen.unit.name}: no figures yet"),
        build.crumbs(chosen, ROOT),
        build.parts(reader, chosen, "quality"),
        None,
        None,
        empty=Empty(
            Label(
                "还没有算过数据质量。每晚自动计算；要马上有数，请系统管理员运行 guitu indicators refresh。",
                "Data quality has not been worked out yet. It is made every night; to have it now, ask the"
                " system administrator to run guitu indicators refresh.",
            )
        ),
    )


def _page(reader: Who, chosen: Choices, made: Board) -> QualityPage:
    below = build.visible(reader, chosen.below)
    found = _found(made, chosen, below)
    table = _table(chosen, below, found)
    lower = build.below(reader, chosen, ROOT)
    return QualityPage(
        _summary(chosen, found, below),
        build.crumbs(chosen, ROOT),
        build.parts(reader, chosen, "quality"),
        periods_of(chosen, ROOT, clock.today(), ("month",)),
        table,
        _todos(reader, chosen),
        (*build.hidden_note(table), *((lower.closed,) if lower and lower.closed else ()), NOW),
        build.as_of(made),
        build.notices(made, chosen.period, clock.now()),
        build.takes(chosen, ROOT, ("xlsx", "csv")),
    )


NOW: Final = Label(
    "迟登、更正按登记月份；其余按数据截至时的情况。只数规则所读的记录。",
    "Late and corrected entries by the month of recording; the rest as things stood then. Only entries that"
    " rules read are counted.",
)


def _found(made: Board, chosen: Choices, below: tuple[Unit, ...]) -> Found:
    """Everything that was found, the held rows too."""
    units = (chosen.unit, *below)
    rows: tuple[Count, ...] = counts(made.folder / FILE, [u.no for u in units], chosen.period.first)
    found = {(row.unit, row.name): (row.n, row.of) for row in rows}
    for no, pair in _held(units).items():
        found[no, HELD] = pair
    return found


def _held(units: tuple[Unit, ...]) -> Mapping[int, tuple[int, int]]:
    """Rows held back and rows read of the ledgers of each unit and those below it, of the last months."""
    from guitu.store.units import tree

    known = tree()
    since = clock.now() - timedelta(days=HELD_DAYS)
    sums: dict[int, list[int]] = {u.no: [0, 0] for u in units}
    codes = {u.code: u.no for u in units}
    for code, sheets in ImportBatch.objects.filter(
        uploaded_at__gte=since, state__in=("done", "checked", "stopped")
    ).values_list("unit", "sheets"):
        unit = known.get(code)
        for above in unit.path if unit else ():
            if above in codes:
                total = sums[codes[above]]
                total[0] += sum(int(s.get("held", 0)) for s in sheets or ())
                total[1] += sum(int(s.get("rows", 0)) for s in sheets or ())
    return {no: (held, rows) for no, (held, rows) in sums.items() if rows}


def _marks(chosen: Choices, below: tuple[Unit, ...], found: Found) -> dict[tuple[int, str], Label]:
    """What stands for each count that is too small to show, and for those that would give it away."""
    if chosen.exact:
        return {}
    hidden: dict[tuple[int, str], Label] = {}
    whole = chosen.unit.no
    for name in [f.name for f in FAULTS]:
        cells = [Counted(no, n) for (no, fault), (n, _) in found.items() if fault == name]
        known = {cell.key: cell.count for cell in cells}
        parts = tuple(u.no for u in below if u.no in known)
        gap = known.get(whole, 0) - sum(known[p] for p in parts)
        sums = [Sum(whole, parts, "some" if gap else "all")] if whole in known and parts and gap >= 0 else []
        for key, cell in protect(cells, sums).items():
            if cell.mark:
                hidden[key, name] = MARKS[cell.mark].fill(threshold=THRESHOLD)  # type: ignore[index]
    return hidden


def _table(chosen: Choices, below: tuple[Unit, ...], found: Found) -> Table:
    marks = _marks(chosen, below, found)
    columns = (
        Column(Label("单位", "Unit"), phone="lead"),
        *(Column(fault.label, numeric=True) for fault in FAULTS),
        Column(HELD_LABEL, numeric=True),
    )
    rows = []
    for unit in (chosen.unit, *below):
        href = chosen.href(ROOT, unit=unit) if unit.no != chosen.unit.no else ""
        names = (*(f.name for f in FAULTS), HELD)
        cells = (_cell(found.get((unit.no, name)), marks.get((unit.no, name))) for name in names)
        rows.append(Row((Cell(unit.name, href, strong=not href), *cells), id=f"q{unit.code}"))
    caption = Label(
        f"{chosen.unit.name} · {chosen.period.label.zh}", f"{chosen.unit.name} · {chosen.period.label.en}"
    )
    count = Label(f"{len(below)} 个下级单位", f"{len(below)} units below")
    return Table(caption, columns, tuple(rows), (count,) if below else ())


def _cell(pair: tuple[int, int] | None, mark: Label | None) -> Label:
    if mark is not None:
        return mark
    if pair is None:
        return Label("—", "—")
    n, of = pair
    if not n or not of:
        return Label(f"{n:,}", f"{n:,}")
    share = f"{n / of * 100:.1f}%"
    return Label(f"{share}（{n:,}/{of:,}）", f"{share} ({n:,}/{of:,})")


def _summary(chosen: Choices, found: Found, below: tuple[Unit, ...]) -> Label:
    marks = _marks(chosen, below, found)
    no, name = chosen.unit.no, chosen.unit.name

    def said(fault: str) -> Label:
        return _cell(found.get((no, fault)), marks.get((no, fault)))

    late, missing = said("late"), said("missing")
    return Label(
        f"{name} {chosen.period.label.zh}：迟登 {late.zh}；缺记录 {missing.zh}",
        f"{name}, {chosen.period.label.en}: recorded late {late.en}; missing {missing.en}",
    )


def _todos(reader: Who, chosen: Choices) -> tuple[Todo, ...]:
    """What each column means and what to do, with the way there for those who can do it."""
    at = "" if chosen.unit.no == chosen.home.no else f"&unit={chosen.unit.code}"
    found = []
    for fault in FAULTS:
        go = None
        if fault.name == "missing" and access.may_see_page(reader.actor, "today").allowed:
            go = Button(Label("看逾期事项", "See overdue duties"), href=f"/?due=late{at}", look="link")
        if fault.name == "unassessed" and access.may_see_page(reader.actor, "people").allowed:
            go = Button(Label("看全部档案", "See all files"), href=f"/people/?list=all{at}", look="link")
        found.append(Todo(fault.label, fault.definition, fault.todo, go))
    ledgers = access.may_see_page(reader.actor, "ledgers").allowed
    go = Button(Label("看导入的台账", "See ledgers"), href="/ledgers/", look="link") if ledgers else None
    return (*found, Todo(HELD_LABEL, HELD_SAYS, HELD_TODO, go))
