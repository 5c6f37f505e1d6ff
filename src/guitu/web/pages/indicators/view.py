"""Collects the pages of figures: the board answers, disclosure control hides, access says who sees what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu.compose import indicator_versions, indicators
from guitu.indicators import Indicator
from guitu.indicators.board import Board, NoBoard
from guitu.kernel.labels import Label
from guitu.store.figure_marks import board
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.page import show, show_kept, shows
from guitu.web.pages.indicators import build, downloads, pictures, topics
from guitu.web.pages.indicators.choices import MAP, TABLE, TREND, Choices, choices_of, periods_of
from guitu.web.pages.indicators.definition import definition_of, split_label
from guitu.web.pages.indicators.opening import opens
from guitu.web.pages.indicators.page import One, Overview
from guitu.web.pages.indicators.sheet import KINDS, Sheet, day_of, reach, sheet_of
from guitu.web.who import Who, who

ROOT: Final = "/indicators/"


def reader_of(request: HttpRequest) -> Who:
    """Who is looking."""
    reader = who(request)
    assert reader is not None, "the middleware opens no page of figures to nobody"
    return reader


def board_or_none() -> tuple[Board | None, NoBoard | None]:
    """The board, or what to do because there is none."""
    try:
        return board(), None
    except NoBoard as fault:
        return None, fault


def board_of(ending: str, endings: Collection[str]) -> Board:
    """The board behind a file; a page that is not there for a type of file that is none of these, or while
    there is no board."""
    made, none = board_or_none()
    if made is None or ending not in endings:
        raise Http404(ending) from none
    return made


def first_choices(request: HttpRequest, reader: Who, made: Board | None, kind: str = "month") -> Choices:
    """The choices in the address; without a period, the last whole one before the board's day."""
    return choices_of(request.GET, reader, day_of(made) if made else clock.today(), kind=kind)


@shows("indicators")
def overview(request: HttpRequest) -> HttpResponse:
    """All indicators of a topic."""
    reader = reader_of(request)
    made, none = board_or_none()
    chosen = first_choices(request, reader, made)
    known = topics.by_topic()
    chosen = replace(
        chosen, topic=chosen.topic if chosen.topic in known else next(iter(known), ""), view=TABLE, by=""
    )
    if made is None or not known:
        return show(request, empty_overview(reader, chosen, none))
    now = clock.now()

    def make() -> Overview:
        return overview_page(reader, chosen, made, known[chosen.topic])

    if chosen.error:
        return show(request, make(), status=422)
    key = ("indicators", reader.actor, chosen.pairs(), chosen.exact, made.made_ms, now.date())
    return show_kept(request, (*key, chosen.units.edition), make)


def empty_overview(reader: Who, chosen: Choices, none: NoBoard | None) -> Overview:
    """No board yet: who makes it, and how."""
    return Overview(
        chosen.unit.name,
        Label(f"{chosen.unit.name}：还没有数", f"{chosen.unit.name}: no figures yet"),
        None,
        build.parts(reader, chosen, "indicators"),
        None,
        None,
        None,
        empty=no_figures(none),
    )


def no_figures(none: NoBoard | None) -> Empty:
    """Why there is nothing, and who does what about it."""
    if none is None:
        return Empty(Label("还没有定义指标。", "No indicators are declared yet."))
    return Empty(
        Label(
            "还没有算过指标。每晚自动计算；要马上有数，请系统管理员在服务器上运行 guitu indicators refresh。",
            "No figures have been worked out yet. They are made every night; to have them now, ask the"
            " system administrator to run guitu indicators refresh on the server.",
        ),
        (Button(Label("看单位和在册人数", "See units and current files"), href="/units/", look="link"),),
    )


def overview_page(reader: Who, chosen: Choices, made: Board, some: tuple[Indicator, ...]) -> Overview:
    """The page for these choices."""
    sheet = compared(made, chosen, [i.key for i in some], ())
    table = build.overview_table(sheet, chosen, some)
    period = chosen.period
    known = sum(sheet.shown(i.key, chosen.unit, period).known for i in some)
    return Overview(
        chosen.unit.name,
        Label(
            f"{chosen.unit.name} {period.label.zh}：{len(some)} 项指标，{known} 项有数",
            f"{chosen.unit.name}, {period.label.en}: {len(some)} indicators, {known} with a figure",
        ),
        build.crumbs(chosen, ROOT),
        build.parts(reader, chosen, "indicators"),
        periods_of(chosen, ROOT, clock.today()),
        build.topic_tabs(chosen),
        table,
        build.below(reader, chosen, ROOT),
        build.as_of(made),
        build.notices(made, period, clock.now()),
        build.takes(chosen, ROOT, ("xlsx", "csv")),
    )


def compared(
    made: Board, chosen: Choices, keys: list[str], below: tuple[object, ...], first: date | None = None
) -> Sheet:
    """The figures of the period, the one before, the year before; from `first` on where a trend needs
    more."""
    period = chosen.period
    start = min(period.before().first, period.year_before().first, first or period.first)
    return sheet_of(
        made, keys, chosen.unit, below, period.kind, start, period.first, exact=chosen.exact  # type: ignore[arg-type]
    )  # fmt: skip


def indicator_of(key: str) -> Indicator:
    """The indicator of that key, or a page that is not there."""
    try:
        return indicators()[key]
    except Exception as fault:
        raise Http404(key) from fault


@shows("indicators")
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator."""
    reader, indicator = reader_of(request), indicator_of(key)
    made, none = board_or_none()
    chosen = first_choices(request, reader, made)
    if made is None:
        return show(request, empty_overview(reader, chosen, none))
    if chosen.view == MAP and not build.visible(reader, chosen.below):
        chosen = replace(chosen, view=TABLE)
    view = request.preferences  # type: ignore[attr-defined]

    def make() -> One:
        return one_page(reader, chosen, made, indicator, view)

    if chosen.error:
        return show(request, make(), status=422)
    kept = ("indicator", key, reader.actor, chosen.pairs(), chosen.exact, made.made_ms, clock.today())
    return show_kept(request, (*kept, view, chosen.units.edition), make)


def sheet_for(reader: Who, chosen: Choices, made: Board, key: str) -> Sheet:
    """What the board has for a page about one indicator."""
    below = build.visible(reader, chosen.below)
    first = reach(made).get(chosen.period.kind) if chosen.view == TREND else None
    return compared(made, chosen, [key, *indicator_of(key).beside], below, first)


def one_page(reader: Who, chosen: Choices, made: Board, indicator: Indicator, view: object) -> One:
    """The page for these choices."""
    path = build.one_path(indicator.key)
    sheet = sheet_for(reader, chosen, made, indicator.key)
    asked = chosen.by if chosen.by in indicator.breakdowns else ""
    mapped = any(pictures.divides(u) for u in sheet.below)
    table = build.one_table(sheet, chosen, indicator, path) if chosen.view == TABLE else None
    groups = build.groups_table(made, chosen, indicator, asked, split_label(asked)) if asked else None
    picture = pictures.picture_of(sheet, chosen, indicator, path, view)  # type: ignore[arg-type]
    lower = build.below(reader, chosen, path)
    notes = (
        *build.hidden_note(table),
        *build.hidden_note(groups),
        *((lower.closed,) if lower and lower.closed else ()),
        *build.changed_note(indicator, chosen.period),
    )
    return One(
        indicator.label,
        build.sentence(sheet, chosen, indicator),
        build.crumbs(chosen, path),
        periods_of(chosen, path, clock.today()),
        build.views(chosen, path, indicator, mapped=mapped),
        table,
        picture,
        definition_of(of_period(indicator, chosen)),
        groups,
        splits(chosen, path, indicator, asked),
        opens(reader, chosen, indicator, sheet),
        tuple(dict.fromkeys(notes)),
        build.as_of(made),
        not_there(chosen, made) or build.notices(made, chosen.period, clock.now()),
        build.takes(chosen, path, ("xlsx", "csv")),
        chosen.href(ROOT, view=TABLE, by="", topic=topics.topic_of(indicator.key)),
        build.beside_table(sheet, chosen, indicator),
    )


def of_period(indicator: Indicator, chosen: Choices) -> Indicator:
    """The version of the indicator that the page's figures are counted by."""
    versions = indicator_versions()[indicator.key]
    return next((v for v in versions if v.defined_on(chosen.period.last)), indicator)


def not_there(chosen: Choices, made: Board) -> tuple[build.Notice, ...]:
    """That the period is none of those that are worked out beforehand, and how it is counted then."""
    period = chosen.period
    if period.kind in KINDS and reach(made)[period.kind] <= period.first <= day_of(made):
        return ()
    command = f"guitu indicators run --period {period.text} --unit {chosen.unit.code}"
    return (
        build.Notice(
            "gap",
            Label(
                "这个期间没有预先算好：页面只有近三年的月、季、年。",
                "This period is not worked out beforehand: pages have the months, quarters and years of the"
                " last three years.",
            ),
            Label(f"请系统管理员运行 {command}", f"Ask the system administrator to run {command}"),
        ),
    )


def splits(chosen: Choices, path: str, indicator: Indicator, here: str) -> Tabs | None:
    """The breakdowns as links; None where there is none."""
    if not indicator.breakdowns:
        return None
    found = [Tab(Label("不分组", "All together"), chosen.href(path, by=""), here=not here)]
    found += [Tab(split_label(b), chosen.href(path, by=b), here=b == here) for b in indicator.breakdowns]
    return Tabs(tuple(found), Label("分组", "Split by"))


@shows("indicators")
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """The chart as it stands on the page."""
    reader, indicator = reader_of(request), indicator_of(key)
    made = board_of("svg", downloads.TYPES)
    chosen = first_choices(request, reader, made)
    look = request.GET.get("look", "normal")
    view = request.preferences.with_("contrast", look)  # type: ignore[attr-defined]
    size = "narrow" if request.GET.get("size") == "narrow" else "wide"
    chart = pictures.chart_of(sheet_for(reader, chosen, made, key), chosen, indicator, size=size, view=view)
    if chart is None:
        raise Http404(key)
    response = HttpResponse(chart.svg(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


@shows("indicators")
def take(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """The chart or the table as a file: what leaves the office is always protected."""
    reader, indicator = reader_of(request), indicator_of(key)
    made = board_of(ending, downloads.TYPES)
    chosen = replace(first_choices(request, reader, made), exact=False)
    sheet = sheet_for(reader, chosen, made, key)
    if ending in ("svg", "png"):
        chart = pictures.chart_of(sheet, chosen, indicator, size="wide", alone=True)
        if chart is None:
            raise Http404(key)
        return downloads.picture(chart, ending, chosen, key)
    return downloads.table(
        build.one_table(sheet, chosen, indicator, ""), ending, chosen, key, made, indicator.label
    )


@shows("indicators")
def take_all(request: HttpRequest, ending: str) -> HttpResponse:
    """The overview as a file, protected."""
    reader = reader_of(request)
    made = board_of(ending, downloads.TABLES)
    chosen = replace(first_choices(request, reader, made), exact=False)
    known = topics.by_topic()
    topic = chosen.topic if chosen.topic in known else next(iter(known))
    sheet = compared(made, chosen, [i.key for i in known[topic]], ())
    table = build.overview_table(sheet, chosen, known[topic])
    return downloads.table(table, ending, chosen, topic, made, topics.label_of(topic))
