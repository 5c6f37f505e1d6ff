"""From enrolment to work: of those who began a class in a period, how many were certified, placed, and
still at work; the lost always beside the others. Figures of the board, protected; nobody's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu.compose import indicators
from guitu.exchange.charts import Bar, bars, warm
from guitu.exchange.charts.steps import Step
from guitu.indicators.board import Board
from guitu.kernel.labels import Label
from guitu.web import clock
from guitu.web.component import say
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.picture.component import Picture
from guitu.web.components.picture.component import Size as PictureSize
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board as Shown
from guitu.web.inside.shown import Section
from guitu.web.language import ENGLISH, spoken
from guitu.web.page import show, shows
from guitu.web.pages.education.words import ROOT, crumbs
from guitu.web.pages.indicators import build, cohorts, downloads, numbers
from guitu.web.pages.indicators.choices import Choices, periods_of
from guitu.web.pages.indicators.pictures import LOOKS
from guitu.web.pages.indicators.sheet import Sheet, sheet_of
from guitu.web.pages.indicators.view import board_of, board_or_none, first_choices, no_figures, reader_of

AT: Final = f"{ROOT}funnel/"
TITLE: Final = Label("培训到就业", "From training to work")
STAGES: Final = ("learning.enrolled", "learning.examined", "learning.certified", "learning.placed")
RATES: Final = (
    "learning.certified_of_enrolled_rate",
    "learning.certified_of_examined_rate",
    "learning.placed_rate",
)
RETAINED: Final = "learning.retained_12_rate"
"""One curve: the other horizons are read off it."""
HOW: Final = Label(
    "每一步数的都是同一批人：期间内开班的人，此后有没有考试、证书、上岗，不论何时何地登记。后来的还会增加。",
    "Every step counts the same persons: those who began in the period, and what followed,"
    " whenever and wherever"
    " it was recorded. Later ones may still come.",
)
LOST: Final = Label(
    "“失联”是到期前三个月里没有人确认在岗的：没有回访、没有联系上、没有问到工作，都算。离岗另列。",
    "“Lost” are those nobody found at work in the three months before: not followed up, not"
    " reached, not asked."
    " Those who left are apart.",
)


@dataclass(frozen=True)
class Funnel:
    """The figures for these choices, as this reader may see them."""

    made: Board
    chosen: Choices
    sheet: Sheet
    followed: Sequence[Step]


def _funnel(request: HttpRequest, made: Board, *, protected: bool) -> Funnel:
    chosen = first_choices(request, reader_of(request), made, kind="year")
    if protected:
        chosen = replace(chosen, exact=False)
    period = chosen.period
    keys = [*STAGES, *RATES, RETAINED]
    sheet = sheet_of(made, keys, chosen.unit, (), period.kind, period.first, period.first, exact=chosen.exact)
    return Funnel(made, chosen, sheet, cohorts.steps_of(sheet, chosen, indicators()[RETAINED]))


@shows("education")
def funnel(request: HttpRequest) -> HttpResponse:
    """The page: a table and a picture of the steps, and what became of those who were placed."""
    made, none = board_or_none()
    if made is None:
        empty = Section("none", TITLE, empty=no_figures(none))
        return show(
            request, Shown(TITLE, Label("还没有数", "No figures yet"), (empty,), crumbs(Crumb(TITLE)))
        )
    found = _funnel(request, made, protected=False)
    chosen = found.chosen
    enrolled, placed = (_figure(found, key) for key in (STAGES[0], STAGES[-1]))
    page = Shown(
        TITLE,
        Label(
            f"{chosen.unit.name} {chosen.period.label.zh}开班 {enrolled.zh}，其中就业 {placed.zh}",
            f"{chosen.unit.name}, {chosen.period.label.en}: {enrolled.en} began, {placed.en} of"
            " them found work",
        ),
        (
            Section(
                "steps",
                Label("从开班到上岗", "From the first day to work"),
                steps_table(found),
                picture=_picture(request, found),
                says=(HOW,),
            ),
            Section(
                "retained",
                Label("上岗以后", "After the first day at work"),
                retained_table(found),
                says=(LOST, build.as_of(made)),
            ),
        ),
        crumbs(Crumb(TITLE)),
        (
            Button(
                Label("下载表格", "Download the table"),
                href=chosen.href(f"{AT}take/") + _ending(chosen, "csv"),
            ),
            Button(
                Label("下载 Excel", "Download Excel"),
                href=chosen.href(f"{AT}take/") + _ending(chosen, "xlsx"),
            ),
        ),
        build.notices(made, chosen.period, clock.now()),
        periods=periods_of(chosen, AT, clock.today(), ("quarter", "year")),
    )
    return show(request, page, status=422 if chosen.error else 200)


def _ending(chosen: Choices, ending: str) -> str:
    return ("&" if "?" in chosen.href(f"{AT}take/") else "?") + f"as={ending}"


def _figure(found: Funnel, key: str) -> Label:
    indicator = indicators()[key]
    return numbers.with_unit(found.sheet.shown(key, found.chosen.unit, found.chosen.period), indicator)


def steps_table(found: Funnel) -> Table:
    """The steps, and the rates between them."""
    rows = []
    for key in (*STAGES, *RATES):
        indicator = indicators()[key]
        shown = found.sheet.shown(key, found.chosen.unit, found.chosen.period)
        href = found.chosen.href(build.one_path(key))
        rows.append(Row((Cell(indicator.label, href), Cell(numbers.with_unit(shown, indicator)))))
    return Table(
        Label("从开班到上岗", "From the first day to work"),
        (
            Column(Label("步骤", "Step"), phone="lead"),
            Column(Label("人数或者比例", "Persons or share"), numeric=True),
        ),
        tuple(rows),
        id="steps-list",
        hide_caption=True,
    )


def retained_table(found: Funnel) -> Table:
    """What became of those who were placed in the period, at each horizon."""
    rows = tuple(
        Row(
            (
                Label(f"满 {step.month} 个月", f"{step.month} months"),
                step.kept_shown,
                step.lost_shown,
                step.other,
                step.whole_shown,
            )
        )
        for step in found.followed
    )
    empty = Row((Label("这一期没有人上岗", "Nobody found work in this period"), "—", "—", "—", "—"))
    return Table(
        Label("上岗以后", "After the first day at work"),
        (
            Column(Label("时间", "After"), phone="lead"),
            Column(Label("仍在岗", "Still at work"), numeric=True),
            Column(Label("失联", "Lost"), numeric=True),
            Column(Label("离岗、尚不可知", "Left; not yet known")),
            Column(Label("上岗的人", "Placed"), numeric=True),
        ),
        rows or (empty,),
        id="retained-list",
        hide_caption=True,
    )


def _bars(found: Funnel) -> list[Bar]:
    made = []
    for key in STAGES:
        indicator = indicators()[key]
        shown = found.sheet.shown(key, found.chosen.unit, found.chosen.period)
        value = shown.value if shown.known else None
        made.append(Bar(say(indicator.label), value, say(numbers.with_unit(shown, indicator))))
    return made


def _picture(request: HttpRequest, found: Funnel) -> Picture | None:
    rows = _bars(found)
    if not any(bar.value for bar in rows):
        return None
    warm()
    view = request.preferences  # type: ignore[attr-defined]
    look = f"&look={view.contrast}" if view.contrast != "normal" else ""
    sizes = []
    chart = None
    for size in ("wide", "narrow"):
        chart = bars(rows, english=spoken() == ENGLISH, size=size)  # type: ignore[arg-type]
        sizes.append(
            PictureSize(
                f"{found.chosen.href(f'{AT}take/')}{_ending(found.chosen, 'svg')}&size={size}{look}",
                chart.width,
                chart.height,
            )
        )
    assert chart is not None
    return Picture(sizes[0], sizes[1], chart.desc)


@shows("education")
def take(request: HttpRequest) -> HttpResponse:
    """The picture of the page, or the table to take along, which is always protected."""
    ending = request.GET.get("as", "")
    if ending not in ("svg", *downloads.TABLES):
        raise Http404(ending)
    made = board_of(ending, ("svg", *downloads.TABLES))
    found = _funnel(request, made, protected=ending != "svg")
    if ending == "svg":
        look = LOOKS.get(request.GET.get("look", "normal"), "light")
        size = "narrow" if request.GET.get("size") == "narrow" else "wide"
        chart = bars(_bars(found), english=spoken() == ENGLISH, look=look, size=size)  # type: ignore[arg-type]
        return HttpResponse(chart.svg().encode(), content_type=downloads.TYPES["svg"])
    steps, retained = steps_table(found), retained_table(found)
    lines = tuple(
        Row(
            (
                Label(f"{_text(r.cells[0]).zh}：仍在岗 / 失联", f"{_text(r.cells[0]).en}: at work / lost"),
                Label(
                    f"{_text(r.cells[1]).zh} / {_text(r.cells[2]).zh}",
                    f"{_text(r.cells[1]).en} / {_text(r.cells[2]).en}",
                ),
            )
        )
        for r in retained.rows
    )
    both = replace(steps, rows=(*steps.rows, *lines))
    return downloads.table(both, ending, found.chosen, "learning", made, TITLE)


def _text(cell: object) -> Label:
    text = cell.text if isinstance(cell, Cell) else cell
    return text if isinstance(text, Label) else Label(str(text), str(text))
