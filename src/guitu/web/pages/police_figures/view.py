"""What did the police publish, where, for which period, and which of it still holds?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.compose import indicators, kinds
from guitu.kernel.labels import Label
from guitu.levels import prints
from guitu.levels.prints import Print
from guitu.store import unitfiles
from guitu.store.levels.work import Work, below, work
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.listing import asking, choice, holds, page_of, search
from guitu.web.inside.recording import places, record
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.police_figures import words


def looked_at(request: HttpRequest) -> Area:
    """The area, where the reader reads its units' own files."""
    area = Area(request)
    if not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(area.unit.code)
    return area


def of_area(area: Area) -> Work:
    """The prints of the area."""
    return work(below(area.unit, words.OFFICES), {prints.KIND})


def imports(area: Area) -> bool:
    """Whether the reader may record published figures here."""
    return bool(places(area, kinds()[prints.KIND], words.OFFICES))


def series_label(value: object) -> Label:
    """The words of a series, with its unit."""
    found = kinds()[prints.KIND].ask("series").choice(value)  # type: ignore[arg-type]
    return found.label if found else Label(str(value), str(value))


def printed_unit(entry: Entry) -> Text:
    """The unit as it was printed: the series' own, unless another stands there."""
    said = kinds()[prints.KIND].ask("printed_unit").choice(entry.get("printed_unit"))
    if said is not None:
        return said.label
    indicator = indicators().get(str(entry.get("series")))
    return indicator.counting.symbol if indicator else "—"


@shows("police_figures")
def police_figures(request: HttpRequest) -> HttpResponse:
    """The list."""
    area = looked_at(request)
    found = of_area(area)
    every = prints.prints((found.unit(e).code, e) for e in found.as_they_came(prints.KIND))
    wanted, series = area.asked("state"), area.asked("series")
    some = [
        one
        for e in found.counted
        if (one := every[e.id])
        and wanted in ("", one.state)
        and series in ("", e.get("series"))
        and holds(area, e.get("source"), found.unit(e).name, series_label(e.get("series")).zh)
    ]
    path = words.ROOT
    shown, pager = page_of(area, some, path, "q", "series", "state")
    may = imports(area)
    rows = tuple(_row(area, found, one) for one in shown)
    empty = None
    if not rows:
        asked = bool(area.asked("q") or wanted or series)
        empty = Empty(
            Label("没有符合条件的数。", "No figure fits.")
            if asked
            else Label("还没有录入公布的数。", "No published figure is entered yet."),
            (Button(Label("全部", "All"), words.at("", area.code)),)
            if asked
            else words.PART.button(area, prints.KIND, Label("录入一个", "Enter one")),
        )
    counts = [one.state for one in every.values()]
    lead = Label(
        f"在用 {counts.count('stands')} 个，不一致 {counts.count('conflict')} 个，已被更新"
        f" {counts.count('replaced')} 个",
        f"{counts.count('stands')} in use, {counts.count('conflict')} contradict them,"
        f" {counts.count('replaced')} replaced",
    )
    table = Table(
        Label("公布的数", "Published figures"),
        (
            Column(Label("指标", "Series"), phone="lead"),
            Column(Label("期间", "Period")),
            Column(Label("数值", "Value"), numeric=True),
            Column(Label("原文单位", "Unit as printed")),
            Column(Label("出处", "Source")),
            Column(Label("公布", "Published")),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(some)} 个", f"{len(some)} in all"), Label("新公布的在前", "the newest first")),
        pager,
        id="figure-list",
    )
    look = asking(
        area, path, search(area, Label("出处、单位或者指标", "Source, unit or series")),
        choice(area, "series", Label("指标", "Series"),
               [(c.value, c.label) for c in kinds()[prints.KIND].ask("series").choices]),
        choice(area, "state", Label("状态", "State"), list(words.STATES.items())),
    )  # fmt: skip
    buttons = words.PART.button(area, prints.KIND, Label("录入一个", "Enter one"), "primary")
    if may:
        buttons += (Button(Label("从表格导入", "Import a sheet"), words.at("import", area.code)),)
    page = Board(
        area.title(words.TITLE),
        lead,
        (
            Section("look", Label("查找", "Find"), ask=look, on_paper=False),
            Section(
                "figures",
                Label("公布的数", "Published figures"),
                table if rows else None,
                empty=empty,
                says=(words.ONLY_SUMS,),
            ),
        ),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("", area.code, imports=may),
    )
    return show(request, page)


def _row(area: Area, found: Work, one: Print) -> Row:
    entry, unit = one.entry, found.unit(one.entry)
    may = area.opens("unit_record") and unitfiles.may_record(area.actor, kinds()[prints.KIND], unit).allowed
    href = f"/units/{unit.code}/file/correct/{entry.id}/" if may else ""
    key = str(entry.get("series"))
    definition = (
        f"/indicators/{key}/?unit={unit.code}" if key in indicators() and area.opens("indicators") else ""
    )
    kind = kinds()[prints.KIND]
    where = kind.ask("printed_in").choice(entry.get("printed_in"))
    other = Label(f"在用的是 {one.stands}", f"in use: {one.stands}") if one.state != "stands" else ""
    return Row(
        (
            Cell(series_label(key), definition, sub=unit.name),
            Cell(str(entry.get("first")), sub=Label(f"至 {entry.get('last')}", f"to {entry.get('last')}")),
            Cell(str(entry.get("value")), strong=one.state == "stands"),
            printed_unit(entry),
            Cell(str(entry.get("source")), sub=where.label if where else ""),
            str(entry.happened_on),
            Cell(part=words.state_word(one.state), sub=other),
            Cell(Label("更正", "Correct") if href else "", href),
        )
    )


@shows("police_figures_record")
def recorded(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Entering one figure by hand."""
    return record(Area(request, code), words.PART, kind)
