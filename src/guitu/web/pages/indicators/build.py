"""Makes the pages from what the board has and the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from guitu import access
from guitu.access.figures import VILLAGES, may_see_figures
from guitu.compose import indicator_versions, indicators, tables
from guitu.indicators import AGE_BANDS, Indicator, Period, Ratio, Survival
from guitu.indicators.board import Board
from guitu.indicators.indicator import UNKNOWN
from guitu.indicators.measures import tables as tables_of
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.levels.reorganising import names_then
from guitu.store.units import LEVEL_LABELS, Unit
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.pages.indicators import numbers, topics
from guitu.web.pages.indicators.choices import TABLE, VIEWS, Choices
from guitu.web.pages.indicators.page import Below, Place
from guitu.web.pages.indicators.sheet import Sheet, day_of, groups_of
from guitu.web.then import beside
from guitu.web.who import Who

OLD_HOURS: Final = 36
"""After so many hours figures are old: they are made anew every night."""

HIDDEN_NOTE: Final = Label(
    "※不足10：涉及不足10人，不显示；※：为防推算，一并隐去。",
    "※ under 10: fewer than ten people, not shown; ※ alone: hidden too, so that nothing can be worked out.",
)
SEX: Final = {"male": Label("男", "Male"), "female": Label("女", "Female")}
OWED_BY: Final = {"authority": Label("单位", "The office"), "person": Label("本人", "The person")}
BANDS: Final = {name: label for name, _, _, label in AGE_BANDS}


def visible(reader: Who, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Those of these units whose figures this reader may see."""
    return tuple(u for u in units if may_see_figures(reader.actor, u.path, u.level).allowed)


def crumbs(chosen: Choices, path: str) -> Crumbs | None:
    """The way down to the unit, the period kept; above the reader's own unit only names."""
    way = chosen.units.ancestors(chosen.unit)
    if len(way) == 1:
        return None
    steps = [
        Crumb(u.name, chosen.href(path, unit=u) if u.depth >= chosen.home.depth else "") for u in way[:-1]
    ]
    return Crumbs((*steps, Crumb(chosen.unit.name)))


def below(reader: Who, chosen: Choices, path: str) -> Below | None:
    """The units to go down to, or why they are closed."""
    children = chosen.below
    if not children:
        return None
    seen = visible(reader, children)
    levels = {u.level for u in children}
    label = LEVEL_LABELS[levels.pop()] if len(levels) == 1 else Label("单位", "Units")
    places = tuple(Place(u.name, chosen.href(path, unit=u)) for u in seen)
    return Below(label, places, "" if len(seen) == len(children) else VILLAGES)


def parts(reader: Who, chosen: Choices, here: str) -> Tabs:
    """Figures, cohorts, data quality: the three ways to look at a unit."""
    found = [
        ("indicators", Label("指标", "Indicators"), "/indicators/"),
        ("cohorts", Label("同期人群", "Cohorts"), "/indicators/cohorts/"),
        ("quality", Label("数据质量", "Data quality"), "/quality/"),
    ]
    return Tabs(
        tuple(
            Tab(label, chosen.href(path, view=TABLE, by="", topic=""), here=name == here)
            for name, label, path in found
            if access.may_see_page(reader.actor, "quality" if name == "quality" else "indicators").allowed
        ),
        Label("数据", "Figures"),
    )


def topic_tabs(chosen: Choices) -> Tabs | None:
    """The topics that have indicators."""
    found = tuple(topics.by_topic())
    if len(found) < 2:
        return None
    return Tabs(
        tuple(
            Tab(topics.label_of(t), chosen.href(topic=t, view=TABLE, by=""), here=t == chosen.topic)
            for t in found
        ),
        Label("主题", "Topics"),
    )


def made_at(made: Board) -> datetime:
    """When a board was made, on the office's clock."""
    return datetime.fromtimestamp(made.made_ms / 1000, CHINA)


def as_of(made: Board) -> Label:
    """数据截至."""
    at = f"{made_at(made):%Y-%m-%d %H:%M}"
    return Label(f"数据截至 {at}", f"As of {at}")


def notices(made: Board, period: Period, now: datetime) -> tuple[Notice, ...]:
    """That figures are old, or the period is not over."""
    found = []
    hours = (now - made_at(made)).total_seconds() / 3600
    if hours > OLD_HOURS:
        days = round(hours / 24)
        found.append(
            Notice(
                "gap",
                Label(f"这些数是 {days} 天前算的。", f"These figures were worked out {days} days ago."),
                Label(
                    "每晚自动重算；如一直不更新，请系统管理员运行 guitu indicators refresh。",
                    "They are made anew every night; if not, ask the system administrator to run guitu"
                    " indicators refresh.",
                ),
            )
        )
    if period.last >= day_of(made):
        zh = {"month": "本月", "quarter": "本季", "year": "本年"}.get(period.kind, "本期")
        found.append(
            Notice(
                "open",
                Label(f"{zh}尚未结账，以下是截至目前的数。", "The period is not closed: figures so far."),
            )
        )
    return tuple(found)


def beside_table(sheet: Sheet, chosen: Choices, indicator: Indicator) -> Table | None:
    """What must be read together with an indicator; None where nothing need be."""
    if not indicator.beside:
        return None
    table = overview_table(sheet, chosen, [indicators()[key] for key in indicator.beside])
    return replace(table, caption=Label("须一并看", "To be read with it"), counts=(), id="beside")


def overview_table(sheet: Sheet, chosen: Choices, some: Sequence[Indicator]) -> Table:
    """Every indicator of a topic: now, the period before, the year before."""
    period = chosen.period
    rows = []
    for indicator in some:
        now, then, ago = (
            sheet.shown(indicator.key, sheet.unit, p) for p in (period, period.before(), period.year_before())
        )
        rows.append(
            Row(
                (
                    Cell(indicator.label, chosen.href(one_path(indicator.key), topic="")),
                    Cell(numbers.with_unit(now, indicator), strong=now.known),
                    numbers.written(then, indicator),
                    numbers.difference(now, then, indicator),
                    numbers.written(ago, indicator),
                    numbers.difference(now, ago, indicator),
                ),
                id=indicator.key.replace(".", "-"),
            )
        )
    former = names_then([chosen.unit], period.last).get(chosen.unit.code)
    zh, en = (f"（时称 {former}）", f" (then {former})") if former else ("", "")
    name = chosen.unit.name
    caption = Label(f"{name}{zh} · {period.label.zh}", f"{name}{en} · {period.label.en}")
    many = Label(f"共 {len(rows)} 项", f"{len(rows)} indicators")
    return Table(caption, overview_columns(period), tuple(rows), (many,))


def overview_columns(period: Period) -> tuple[Column, ...]:
    """The heads, with the periods named."""
    return (Column(Label("指标", "Indicator"), phone="lead"), *compared_columns(period, ""))


def compared_columns(period: Period, unit: Label | str) -> tuple[Column, ...]:
    """A figure beside the period before and the year before."""
    before, ago = period.before(), period.year_before()
    return (
        Column(_short(period), numeric=True, unit=unit),
        Column(_short(before), numeric=True),
        Column(Label("较上期", "vs before"), numeric=True),
        Column(_short(ago), numeric=True),
        Column(Label("较上年同期", "vs year before"), numeric=True),
    )


def _short(period: Period) -> str:
    return period.text


def one_path(key: str) -> str:
    """Where an indicator is."""
    return f"/indicators/{key}/"


def one_table(sheet: Sheet, chosen: Choices, indicator: Indicator, path: str) -> Table:
    """One indicator: the unit, then those below it, in the order of the tree."""
    period = chosen.period
    then = names_then([sheet.unit, *sheet.below], period.last)
    rows = [_place_row(sheet, sheet.unit, indicator, period, "", then)]
    rows += [
        _place_row(sheet, unit, indicator, period, chosen.href(path, unit=unit), then) for unit in sheet.below
    ]
    count = Label(f"{len(sheet.below)} 个下级单位", f"{len(sheet.below)} units below")
    columns = (
        Column(Label("单位", "Unit"), phone="lead"),
        *compared_columns(period, numbers.unit_of(indicator)),
    )
    caption = Label(f"{indicator.label.zh} · {period.label.zh}", f"{indicator.label.en} · {period.label.en}")
    return Table(caption, columns, tuple(rows), (count,) if sheet.below else (), wide=False)


def _place_row(
    sheet: Sheet, unit: Unit, indicator: Indicator, period: Period, href: str, names: Mapping[str, str]
) -> Row:
    """One unit; where it has been renamed since the period, also with its name of then."""
    former = names.get(unit.code)
    now, then, ago = (
        sheet.shown(indicator.key, unit, p) for p in (period, period.before(), period.year_before())
    )
    return Row(
        (
            Cell(unit.name, href, sub=beside(former or "")),
            Cell(numbers.written(now, indicator), strong=not href),
            numbers.written(then, indicator),
            numbers.difference(now, then, indicator),
            numbers.written(ago, indicator),
            numbers.difference(now, ago, indicator),
        ),
        id=f"u{unit.code}",
    )


def sentence(sheet: Sheet, chosen: Choices, indicator: Indicator) -> Label:
    """The unit's figure in one sentence: what it is, and against the period and the year before."""
    period = chosen.period
    now, then, ago = (
        sheet.shown(indicator.key, sheet.unit, p) for p in (period, period.before(), period.year_before())
    )
    said = numbers.with_unit(now, indicator)
    step, year = numbers.difference(now, then, indicator), numbers.difference(now, ago, indicator)
    name = chosen.unit.name
    return Label(
        f"{name} {period.label.zh}：{said.zh}；较上期 {step.zh}，较上年同期 {year.zh}",
        f"{name}, {period.label.en}: {said.en}; vs the period before {step.en}, vs the year before {year.en}",
    )


def groups_table(made: Board, chosen: Choices, indicator: Indicator, by: str, label: Label) -> Table | None:
    """The figure split by a breakdown; None where nothing is there."""
    found = groups_of(made, indicator.key, chosen.unit, chosen.period, by, exact=chosen.exact)
    if not found:
        return None
    order = {name: at for at, name in enumerate((*SEX, *BANDS))}
    rows = tuple(
        Row((Cell(group_label(indicator, by, name)), numbers.written(found[name], indicator)))
        for name in sorted(found, key=lambda n: (n == UNKNOWN, order.get(n, 0), n))
    )
    columns = (
        Column(label, phone="lead"),
        Column(Label("数值", "Figure"), numeric=True, unit=numbers.unit_of(indicator)),
    )
    caption = Label(f"按{label.zh}分组 · {chosen.unit.name}", f"By {label.en} · {chosen.unit.name}")
    return Table(caption, columns, rows, id="groups")


def group_label(indicator: Indicator, by: str, name: str) -> Label:
    """A group in words."""
    if name == UNKNOWN:
        return Label("未记录", "Not recorded")
    if by == "sex":
        return SEX.get(name, Label(name, name))
    if by == "age_band":
        return BANDS.get(name, Label(name, name))
    from guitu.policy import names

    for table in tables_of(indicator.value):
        words = tables()[table].words.get(by, {})
        if name in words:
            return words[name]
    known = names()
    for words in (known.measures, known.states, known.duties, known.findings, known.endings, OWED_BY):
        if name in words:
            return words[name]
    return Label(name, name)


def views(chosen: Choices, path: str, indicator: Indicator, *, mapped: bool) -> Tabs:
    """Table, trend, and a map where there is something below."""
    return Tabs(
        tuple(
            Tab(label, chosen.href(path, view=name), here=name == chosen.view)
            for name, label in VIEWS.items()
            if name != "map" or mapped
        ),
        Label("怎样看", "Ways to look"),
    )


def hidden_note(table: Table | None) -> tuple[Label, ...]:
    """What the marks mean, where any stands in the table."""
    if table is None:
        return ()
    cells = (cell for row in table.rows for cell in row.cells)
    texts = (cell.text if isinstance(cell, Cell) else cell for cell in cells)
    shown = any((t.zh if isinstance(t, Label) else t).startswith("※") for t in texts)
    return (HIDDEN_NOTE,) if shown else ()


def takes(chosen: Choices, path: str, kinds: Sequence[str]) -> tuple[Button, ...]:
    """Downloads, each an address of its own."""
    words = {
        "xlsx": Label("下载表格", "Download workbook"),
        "csv": Label("下载 CSV", "Download CSV"),
        "svg": Label("下载 SVG", "Download SVG"),
        "png": Label("下载 PNG", "Download PNG"),
    }
    return tuple(Button(words[k], href=chosen.href(f"{path}figures.{k}"), look="small") for k in kinds)


def changed_note(indicator: Indicator, period: Period) -> tuple[Label, ...]:
    """That the definition changed within what is compared."""
    versions = indicator_versions()[indicator.key]
    since = [v.valid_from for v in versions if v.valid_from and v is not versions[0]]
    first = period.year_before().first
    return tuple(
        Label(
            f"口径自 {day} 起改变，此前此后的数不宜直接比较。",
            f"The definition changed on {day}: figures before and after do not compare directly.",
        )
        for day in since
        if first < day <= period.last
    )


def is_share(indicator: Indicator) -> bool:
    """Whether it is a share of a whole, so that places of different size compare."""
    return isinstance(indicator.value, Ratio | Survival)
