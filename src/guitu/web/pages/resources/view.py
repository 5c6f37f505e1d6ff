"""What was set aside for the year, what is spent of it, and what is left, by purpose and by unit."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry, Kind
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels import money
from guitu.levels.money import Line
from guitu.store import unitfiles
from guitu.store.levels.work import Work, below, work
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.listing import page_of, yuan
from guitu.web.inside.recording import record
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.resources import words

YEARS: Final = 6
LATEST: Final = 12


def looked_at(request: HttpRequest, code: str = "") -> Area:
    """The area, where the reader reads its units' own files."""
    area = Area(request, code)
    if not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(area.unit.code)
    return area


@shows("resources")
def resources(request: HttpRequest) -> HttpResponse:
    """The money of a year."""
    area = looked_at(request)
    found = work(below(area.unit, words.OFFICES), money.KINDS)
    years = money.years(found.counted, area.today.year)
    asked = area.asked("year")
    year = next((y for y in years if str(y) == asked), area.today.year)
    by_purpose = money.by_purpose(found.counted, year)
    total = money.total(by_purpose.values())
    used = f"{total.used:.1f}%" if total.used is not None else "—"
    lead = Label(
        f"{year} 年：预算 {yuan(total.budget)} 元，支出 {yuan(total.spent)} 元（{used}），"
        f"余 {yuan(total.left)} 元",
        f"{year}: budget {yuan(total.budget)} yuan, spent {yuan(total.spent)} ({used}), left"
        f" {yuan(total.left)}",
    )
    page = Board(
        area.title(words.TITLE),
        lead,
        (
            _years(area, years, year),
            _purposes(by_purpose, total, year),
            _units(area, found, year),
            _entries(area, found, year),
        ),
        buttons=(
            *words.PART.button(area, "spending", Label("登记支出", "Record spending"), "primary"),
            *words.PART.button(area, "budget_line", Label("登记预算", "Record a budget line")),
            *words.PART.button(area, "grant", Label("登记专项资金", "Record a grant")),
        ),
        notices=area.saved(),
        tabs=words.tabs("", area.code, area.opens),
    )
    return show(request, page)


def _years(area: Area, years: tuple[int, ...], here: int) -> Section:
    """The years of which something is recorded."""
    links = tuple(
        Button(str(y), words.at("", area.code, year=str(y)), "plain" if y == here else "small")
        for y in years[:YEARS]
    )
    return Section("years", Label("年度", "Year"), buttons=links, on_paper=False)


_COLUMNS: Final = (
    Column(Label("预算", "Budget"), numeric=True, unit=Label("元", "yuan")),
    Column(Label("收到专项", "Grants in"), numeric=True, unit=Label("元", "yuan")),
    Column(Label("拨付专项", "Grants out"), numeric=True, unit=Label("元", "yuan")),
    Column(Label("支出", "Spent"), numeric=True, unit=Label("元", "yuan")),
    Column(Label("余额", "Left"), numeric=True, unit=Label("元", "yuan")),
    Column(Label("执行", "Used"), numeric=True),
)


def _cells(line: Line) -> tuple[Text, ...]:
    return (
        yuan(line.budget),
        yuan(line.received),
        yuan(line.given),
        yuan(line.spent),
        yuan(line.left),
        f"{line.used:.1f}%" if line.used is not None else "—",
    )


def _purposes(lines: dict[str, Line], total: Line, year: int) -> Section:
    heading = Label(f"{year} 年按用途", f"{year} by purpose")
    if not lines:
        nothing = Label(
            f"{year} 年还没有登记预算和支出。", f"Neither budget nor spending is recorded for {year}."
        )
        return Section("purposes", heading, empty=Empty(nothing))
    labels = dict(words.options("spending", "purpose"))
    rows = [Row((labels.get(name, name), *_cells(line))) for name, line in lines.items()]
    rows.append(Row((Cell(Label("合计", "Total"), strong=True), *_cells(total))))
    table = Table(
        heading,
        (Column(Label("用途", "Purpose"), phone="lead"), *_COLUMNS),
        tuple(rows),
        id="purpose-list",
        hide_caption=True,
    )
    says = Label(
        "执行＝支出 ÷（预算＋收到专项－拨付专项）。支出按支出日期计入年度，预算和专项按所写年度。",
        "Used = spent ÷ (budget + grants in − grants out). Spending counts by its day, budget and grants by"
        " the year they name.",
    )
    return Section("purposes", heading, table, says=(says,))


def _units(area: Area, found: Work, year: int) -> Section:
    heading = Label("按单位", "By unit")
    by: dict[str, list[Entry]] = {}
    units: dict[str, Unit] = {}
    for entry in found.counted:
        unit = found.unit(entry)
        units[unit.code] = unit
        by.setdefault(unit.code, []).append(entry)
    lines = {code: money.total(money.by_purpose(some, year).values()) for code, some in by.items()}
    some = sorted((c for c, line in lines.items() if line != Line()), key=lambda c: (-lines[c].spent, c))
    if len(some) < 2:
        one = Label("只有一个单位有记录。", "Only one unit has entries.")
        return Section("units", heading, empty=Empty(one if some else Label("没有。", "None.")))
    shown, pager = page_of(area, some, words.ROOT, "year")
    rows = tuple(
        Row(
            (
                Cell(units[c].name, words.at("", c if c != area.home.code else "", year=str(year))),
                *_cells(lines[c]),
            )
        )
        for c in shown
    )
    table = Table(
        heading,
        (Column(Label("单位", "Unit"), phone="lead"), *_COLUMNS),
        rows,
        (Label(f"共 {len(some)} 个单位", f"{len(some)} units"),),
        pager,
        id="unit-list",
        hide_caption=True,
    )
    return Section("units", heading, table)


def _entries(area: Area, found: Work, year: int) -> Section:
    """The latest entries, each leading to its correction for whoever may."""
    heading = Label("最近登记", "Latest entries")
    some = [e for e in found.counted if money.line_of(e, year) != Line()][:LATEST]
    if not some:
        return Section("entries", heading, empty=Empty(Label("没有。", "None.")))
    rows = []
    for entry in some:
        unit, kind = found.unit(entry), kinds()[entry.kind]
        may = area.opens("unit_record") and unitfiles.may_record(area.actor, kind, unit).allowed
        href = f"/units/{unit.code}/file/correct/{entry.id}/" if may else ""
        rows.append(
            Row(
                (
                    str(entry.happened_on),
                    unit.name,
                    Label(_said(kind, entry, "zh"), _said(kind, entry, "en")),
                    Cell(Label("更正", "Correct") if href else "", href),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("单位", "Unit"), phone="bare"),
            Column(Label("内容", "What"), phone="bare"),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        tuple(rows),
        id="entry-list",
        hide_caption=True,
    )
    return Section("entries", heading, table)


def _said(kind: Kind, entry: Entry, language: str) -> str:
    """The sentence of an entry, its money written as everywhere on the page."""
    amount = entry.get("amount")
    if kind.summary is None or not isinstance(amount, int):
        return kind.sentence(entry, language)
    shown = {ask.name: ask.show(entry.get(ask.name), language) or "—" for ask in kind.fields}
    return kind.summary.say(language).format(**{**shown, "amount": yuan(amount)})


@shows("resources_record")
def recorded(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The form of one kind; and what came of saving."""
    return record(Area(request, code), words.PART, kind)
