"""Cohorts: what became of everybody who began in a period, the lost always shown beside the kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu.exchange.charts import Chart, Size, Step, steps, warm
from guitu.indicators import Indicator, Survival
from guitu.indicators.board import Board
from guitu.indicators.disclosure import MARKS, THRESHOLD, Cell, Mark, Sum, protect
from guitu.indicators.measures import OUTCOMES
from guitu.kernel.labels import Label
from guitu.store.figure_marks import mark_of
from guitu.web import clock
from guitu.web.component import say
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.picture.component import Picture
from guitu.web.components.picture.component import Size as PictureSize
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.language import ENGLISH, spoken
from guitu.web.page import show, shows
from guitu.web.pages.indicators import build, topics
from guitu.web.pages.indicators.choices import Choices, periods_of
from guitu.web.pages.indicators.page import Cohort, Cohorts
from guitu.web.pages.indicators.pictures import LOOKS
from guitu.web.pages.indicators.sheet import Sheet, sheet_of
from guitu.web.pages.indicators.view import board_or_none, first_choices, indicator_of, no_figures, reader_of
from guitu.web.preferences import View
from guitu.web.who import Who

ROOT: Final = "/indicators/cohorts/"
HOW: Final = Label(
    "分母是到期时可知的全部人员，失联者在内；“保持”须有最近一段时间内的记录。",
    "The denominator is everybody whose state could be known by then, the lost included; “kept” needs a"
    " record within the last months.",
)


@shows("indicators")
def cohorts(request: HttpRequest) -> HttpResponse:
    """All cohort indicators of a unit, for those who began in a year (or a quarter)."""
    reader = reader_of(request)
    made, none = board_or_none()
    chosen = first_choices(request, reader, made, kind="year")
    some = topics.cohorts()
    parts = build.parts(reader, chosen, "cohorts")
    if made is None or not some:
        empty = (
            no_figures(none)
            if made is None
            else Empty(Label("还没有定义同期人群指标。", "No cohorts are declared yet."))
        )
        summary = Label(f"{chosen.unit.name}：还没有数", f"{chosen.unit.name}: no figures yet")
        return show(request, Cohorts(chosen.unit.name, summary, None, parts, None, (), empty=empty))
    sheet = _sheet(made, chosen, [same[0].key for same in some])
    view = request.preferences  # type: ignore[attr-defined]
    period = chosen.period
    page = Cohorts(
        chosen.unit.name,
        Label(
            f"{chosen.unit.name} {period.label.zh}起算的人，后来怎样：保持、失联，都数在内",
            f"{chosen.unit.name}: what became of those who began in {period.label.en}, the lost included",
        ),
        build.crumbs(chosen, ROOT),
        parts,
        periods_of(chosen, ROOT, clock.today(), ("quarter", "year")),
        tuple(_cohort(sheet, chosen, same, view) for same in some),
        build.below(reader, chosen, ROOT),
        build.as_of(made),
        build.notices(made, period, clock.now())[:1],
    )
    return show(request, page, status=422 if chosen.error else 200)


def _sheet(made: Board, chosen: Choices, keys: list[str]) -> Sheet:
    period = chosen.period
    return sheet_of(made, keys, chosen.unit, (), period.kind, period.first, period.first, exact=chosen.exact)


def _cohort(sheet: Sheet, chosen: Choices, same: tuple[Indicator, ...], view: View) -> Cohort:
    """One curve; the figures read off it at other times are named below it."""
    indicator = same[0]
    read_off = tuple(
        Label(f"由此读出：{one.label.zh}。", f"Read off it: {one.label.en}.") for one in same[1:]
    )
    followed = steps_of(sheet, chosen, indicator)
    href = chosen.href(build.one_path(indicator.key))
    key = indicator.key.replace(".", "-")
    if not followed:
        nothing = Label("这一期没有人起算。", "Nobody began in this period.")
        return Cohort(key, indicator.label, href, nothing, None)
    last = next((s for s in reversed(followed) if s.kept is not None), None)
    began = followed[0].whole_shown
    says = Label(
        f"起算 {began} 人；还没有到第一个观察时点，或人数太少不显示。",
        f"{began} began; the first time to look is not reached, or there are too few to show.",
    )
    if last is not None:
        says = Label(
            f"起算 {began} 人；第 {last.month} 个月：保持 {last.kept_shown}，失联 {last.lost_shown}。",
            f"{began} began; month {last.month}: kept {last.kept_shown}, lost {last.lost_shown}.",
        )
    picture = _picture(followed, chosen, indicator, view)
    if last is None:  # nothing that a curve could show
        return Cohort(key, indicator.label, href, says, None, picture.table, (HOW, *read_off))
    return Cohort(key, indicator.label, href, says, picture, None, (HOW, *read_off))


def _picture(followed: list[Step], chosen: Choices, indicator: Indicator, view: View) -> Picture:
    warm()
    charts: list[tuple[Size, Chart]] = [
        (size, chart_of(followed, chosen, indicator, size, view)) for size in ("wide", "narrow")
    ]
    path = f"/indicators/{indicator.key}/cohort.svg"
    look = f"&look={view.contrast}" if view.contrast != "normal" else ""
    wide, narrow = (
        PictureSize(f"{chosen.href(path)}&size={size}{look}", chart.width, chart.height)
        for size, chart in charts
    )
    chart = charts[0][1]
    columns = tuple(
        Column(head, numeric=True, phone="line" if at else "lead") for at, head in enumerate(chart.table.head)
    )
    rows = tuple(Row(cells) for cells in chart.table.rows)
    caption = Label(f"{indicator.label.zh}，逐时点", f"{indicator.label.en}, by month")
    key = indicator.key.replace(".", "-")
    table = Table(caption, columns, rows, id=f"cohort-table-{key}")
    take = Button(Label("下载 SVG", "Download SVG"), href=f"{chosen.href(path)}&take=1", look="small")
    return Picture(wide, narrow, chart.desc, "", table, (take,))


def chart_of(
    followed: list[Step],
    chosen: Choices,
    indicator: Indicator,
    size: Size,
    view: View | None,
    *,
    alone: bool = False,
) -> Chart:
    """The curve."""
    return steps(
        followed,
        title=say(indicator.label) if alone else "",
        subtitle=f"{chosen.unit.name} · {say(chosen.period.label)}" if alone else "",
        note=say(HOW) if alone else "",
        english=spoken() == ENGLISH,
        look=LOOKS[view.contrast] if view and not alone else "light",
        size=size,
    )


def steps_of(sheet: Sheet, chosen: Choices, indicator: Indicator) -> list[Step]:
    """The cohort at each horizon, as this reader may see it; [] where nobody began."""
    row = sheet.rows.get((indicator.key, chosen.unit.no, chosen.period.kind, chosen.period.first))
    value = indicator.value
    if row is None or not isinstance(value, Survival) or not row.parts.get("cohort"):
        return []
    above = "" if chosen.exact else mark_of(sheet.board, indicator.key, chosen.unit, chosen.period)
    hidden = {} if chosen.exact else _marks(row.parts, value.months, above)
    return [_step(row.parts, month, hidden) for month in value.months]


Key = tuple[int, str]


def _marks(parts: Mapping[str, float], months: tuple[int, ...], above: Mark) -> dict[Key, Mark]:
    """Small outcomes, and whatever would give them away: at each month the four make up the cohort."""
    whole = round(parts["cohort"])
    cells = [Cell((0, "cohort"), whole, 1 if above else None)]
    sums = []
    for month in months:
        keys = [(month, name) for name in OUTCOMES]
        cells += [Cell(key, round(parts.get(f"{key[0]}.{key[1]}", 0))) for key in keys]
        sums.append(Sum((0, "cohort"), tuple(keys), "all"))
    return {key: cell.mark for key, cell in protect(cells, sums).items()}  # type: ignore[misc]


def _step(parts: Mapping[str, float], month: int, hidden: Mapping[Key, Mark]) -> Step:
    counted = {name: round(parts.get(f"{month}.{name}", 0)) for name in OUTCOMES}
    whole = round(parts["cohort"])
    known = whole - counted["censored"]
    english = spoken() == ENGLISH

    def said(name: str) -> tuple[float | None, str]:
        mark = (
            hidden.get((month, name), "")
            or hidden.get((month, "censored"), "")
            or hidden.get((0, "cohort"), "")
        )
        if mark:
            return None, say(MARKS[mark].fill(threshold=THRESHOLD))
        if not known:
            return None, "—"
        n = counted[name]
        share = f"{n / known * 100:.1f}%"
        return n / known, f"{share} ({n:,}/{known:,})" if english else f"{share}（{n:,}/{known:,}）"

    def count(key: Key, n: int) -> str:
        mark = hidden.get(key, "")
        return say(MARKS[mark].fill(threshold=THRESHOLD)) if mark else f"{n:,}"

    kept, lost = said("kept"), said("lost")
    words = ("not kept", "not yet known") if english else ("未保持", "尚不可知")
    failed = count((month, "failed"), counted["failed"])
    other = f"{words[0]} {failed} · {words[1]} {count((month, 'censored'), counted['censored'])}"
    return Step(month, kept[0], lost[0], kept[1], lost[1], other, count((0, "cohort"), whole))


@shows("indicators")
def cohort_picture(request: HttpRequest, key: str) -> HttpResponse:
    """The curve as it stands on the page; `take` gives it to take along, protected and with its title."""
    from dataclasses import replace

    reader: Who = reader_of(request)
    indicator = indicator_of(key)
    made, _ = board_or_none()
    chosen = first_choices(request, reader, made, kind="year")
    alone = request.GET.get("take") == "1"
    if alone:
        chosen = replace(chosen, exact=False)
    if made is None or not isinstance(indicator.value, Survival):
        raise Http404(key)
    followed = steps_of(_sheet(made, chosen, [key]), chosen, indicator)
    if not followed:
        raise Http404(key)
    view = request.preferences.with_("contrast", request.GET.get("look", "normal"))  # type: ignore[attr-defined]
    size: Size = "narrow" if request.GET.get("size") == "narrow" else "wide"
    chart = chart_of(followed, chosen, indicator, size, view, alone=alone)
    response = HttpResponse(chart.svg(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'"
    if alone:
        name = f"{key.replace('.', '-')}_{chosen.unit.code}_{chosen.period.text}.svg"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
