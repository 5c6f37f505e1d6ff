"""What the centre's own file says: lists to fill in, who came in, supplies, cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from guitu.casefile import Entry
from guitu.centre.imported import Cases
from guitu.centre.supplies import WINDOW, Supply
from guitu.compose import indicators
from guitu.kernel.labels import Label
from guitu.levels.checklists import Checklist
from guitu.store.centre.epidemic import COUNT_DAYS, Stores
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.days import with_weekday
from guitu.web.inside.shown import Fact, Section
from guitu.web.pages.epidemic.words import (
    EVERY,
    FOUND,
    ORIGIN,
    ROOT,
    SORTS,
    WHO,
    change_at,
    list_at,
    supply_at,
)

ZERO: Final = "epidemic.imported"


def sections(stores: Stores, on: date, may: Collection[str]) -> tuple[Section, ...]:
    """Lists, entries, supplies, cases."""
    return (
        Section(
            "lists", Label("检查表", "Checklists"), lists_table(stores.lists, on, may),
            buttons=_new("checklist", Label("新检查表", "A new list"), may),
        ),
        Section(
            "entries", Label("进所人次", "Others coming in"), entries_table(stores.counts, on),
            buttons=(Button(Label("登记今天", "Record today"), href=f"{ROOT}entries/"),)
            if "entry_counted" in may
            else (),
        ),
        Section(
            "supplies", Label("防疫物资", "Supplies"), supplies_table(stores.supplies),
            says=(
                Label(
                    f"每天用量按近 {WINDOW} 天的领用和盘点缺数算；“至少够用”由本单位规定。",
                    f"Use a day is what went out or was found missing in {WINDOW} days; how long it should"
                    " last is the office’s own.",
                ),
            ),
            buttons=_new("epidemic_supply", Label("新品种", "A new supply"), may),
        ),
        cases_section(stores.cases, on, may),
    )  # fmt: skip


def _new(kind: str, words: Label, may: Collection[str]) -> tuple[Button, ...]:
    return (Button(words, href=f"{ROOT}record/{kind}/"),) if kind in may else ()


def lists_table(lists: Sequence[Checklist], on: date, may: Collection[str]) -> Table:
    """Each list in use: filled in or not, and how many periods before it was not."""
    rows = []
    for one in lists:
        if not one.runs(on) and not one.missed(on):
            continue
        act: Cell | str = ""
        if one.owed(on) and "checklist_filled" in may:
            act = Cell(
                part=Button(
                    Label("填表", "Fill in"), href=f"{list_at(one.id)}fill/", look="small", describes=one.name
                )
            )
        missed = one.missed(on)
        rows.append(
            Row(
                (
                    Cell(one.name, list_at(one.id)),
                    EVERY[one.every],
                    Cell(part=sheet_word(one, on)),
                    Label(f"{len(missed)} 次未填", f"{len(missed)} not filled in") if missed else "—",
                    act,
                )
            )
        )
    return Table(
        Label("检查表", "Checklists"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("多久", "How often")),
            Column(Label("本期", "This period"), phone="bare"),
            Column(Label("以前", "Before")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        tuple(rows),
        empty=None
        if rows
        else Empty(
            Label(
                "还没有检查表。名称和事项由本单位写，本系统不代拟。",
                "There is no checklist yet. Name and items are the office’s own.",
            )
        ),
        id="lists-list",
        hide_caption=True,
    )


def sheet_word(one: Checklist, on: date) -> Word:
    """What the present period has."""
    sheet = one.sheet(on)
    if sheet is None:
        return (
            Word("today", Label("待填", "To fill in"))
            if one.runs(on)
            else Word("done", Label("已停用", "No longer used"))
        )
    if sheet.gaps:
        n = len(sheet.gaps)
        return Word(
            "gap",
            Label(f"{sheet.done}/{sheet.asked}，{n} 项没做到", f"{sheet.done}/{sheet.asked}, {n} not done"),
        )
    return Word("done", f"{sheet.done}/{sheet.asked}")


def entries_table(counts: Sequence[Entry], on: date) -> Table:
    """The last days, one line each; a day without any says so."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in counts:
        by_day[entry.happened_on].append(entry)
    rows = []
    for back in range(COUNT_DAYS):
        day = on - timedelta(days=back)
        some = by_day.get(day, [])
        if not some:
            word = Word("today" if day == on else "gap", Label("没有登记", "Nothing recorded"))
            rows.append(Row((with_weekday(day), Cell(part=word), "—", "—", "—")))
            continue
        parts = [(SORTS[sort], _sum(some, "came", sort)) for sort in SORTS]
        rows.append(
            Row(
                (
                    with_weekday(day),
                    Label(
                        "、".join(f"{w.zh} {n}" for w, n in parts if n),
                        ", ".join(f"{w.en.lower()} {n}" for w, n in parts if n),
                    ),
                    str(_sum(some, "came")),
                    str(_sum(some, "screened")),
                    str(_sum(some, "turned_away")),
                )
            )
        )
    return Table(
        Label("进所人次", "Others coming in"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("哪类人", "Who"), phone="bare"),
            Column(Label("进所", "Came in"), numeric=True),
            Column(Label("查验", "Screened"), numeric=True),
            Column(Label("未准进入", "Turned away"), numeric=True),
        ),
        tuple(rows),
        id="entries-list",
        hide_caption=True,
    )


def _sum(some: Sequence[Entry], field: str, sort: str = "") -> int:
    return sum(value for e in some if sort in ("", e.get("sort")) and isinstance(value := e.get(field), int))


def amount(value: Decimal) -> str:
    """1,250 or 12.5: without needless zeros."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text or "0"


def supply_word(one: Supply) -> Word:
    """Whether there is enough."""
    if one.dropped:
        return Word("done", Label("不再储备", "No longer kept"))
    match one.state:
        case "out":
            return Word("late", Label("没有了", "None left"))
        case "short":
            return Word(
                "late",
                Label(f"不足：要够 {one.keep_days} 天", f"short: it should last {one.keep_days} days"),
            )
        case "below_nothing":
            return Word("gap", Label("账面为负，请盘点", "Below nothing: count it"))
        case "unknown":
            return Word("gap", Label("还没有盘点", "Not counted yet"))
        case _:
            return Word("done", Label("够用", "Enough"))


def lasts_words(one: Supply) -> Text:
    """How many days it lasts."""
    if one.lasts is None:
        return Label("近期没有用", "Not used lately") if one.moves else "—"
    return Label(f"{one.lasts} 天", f"{one.lasts} days")


def supplies_table(some: Sequence[Supply]) -> Table:
    """Each supply: what there is, what is used, how long it lasts."""
    rows = tuple(
        Row(
            (
                Cell(one.name, supply_at(one.id)),
                f"{amount(one.stock)} {one.measure}",
                amount(one.a_day) if one.a_day else "—",
                lasts_words(one),
                Cell(part=supply_word(one)),
            )
        )
        for one in some
    )
    return Table(
        Label("防疫物资", "Supplies"),
        (
            Column(Label("品名", "What"), phone="lead"),
            Column(Label("结存", "In store"), numeric=True),
            Column(Label("每天用量", "Used a day"), numeric=True),
            Column(Label("还够用", "Lasts"), numeric=True),
            Column(Label("情况", "State"), phone="bare"),
        ),
        rows,
        empty=None if rows else Empty(Label("还没有登记物资。", "No supply has been entered yet.")),
        id="supplies-list",
        hide_caption=True,
    )


def cases_section(cases: Cases, on: date, may: Collection[str]) -> Section:
    """零输入 with what it is counted from."""
    figure = indicators()[ZERO]
    rows = tuple(
        Row(
            (
                e.happened_on.isoformat(),
                Cell(str(e.get("disease") or "—"), change_at(e.id) if "epidemic_case" in may else ""),
                str(e.get("people")),
                WHO.get(str(e.get("sort")), ""),
                Label(
                    f"{FOUND[str(e.get('found'))].zh}发现，来源{ORIGIN[str(e.get('origin'))].zh}",
                    f"found {FOUND[str(e.get('found'))].en}, source {ORIGIN[str(e.get('origin'))].en}",
                ),
                Cell(reported.isoformat())
                if isinstance(reported := e.get("reported"), date)
                else Cell(part=Word("gap", Label("没有登记上报", "No report recorded"))),
            )
        )
        for e in cases.entries
    )
    table = Table(
        Label(f"{on.year} 年登记的病例", f"Cases recorded in {on.year}"),
        (
            Column(Label("发现日期", "Found on"), phone="lead"),
            Column(Label("病名", "Disease"), phone="bare"),
            Column(Label("例数", "Cases"), numeric=True),
            Column(Label("哪类人", "Who")),
            Column(Label("发现和来源", "Found, source")),
            Column(Label("向疾控报告", "Reported"), phone="bare"),
        ),
        rows,
        empty=None if rows else Empty(Label("今年没有登记病例。", "No case was recorded this year.")),
        id="cases-list",
        hide_caption=True,
    )

    def n(value: int) -> Label:
        return Label(f"{value} 例", f"{value} cases")

    return Section(
        "cases",
        Label(f"输入病例（零输入），{on.year} 年", f"Imported cases, {on.year}"),
        table,
        facts=(
            Fact(Label("输入", "Imported"), n(cases.imported), f"/indicators/{ZERO}/"),
            Fact(Label("拦截", "Intercepted"), n(cases.intercepted), "/indicators/epidemic.intercepted/"),
            Fact(Label("所内", "From inside"), n(cases.inside)),
            Fact(
                Label("来源不明", "Source not known"),
                n(cases.unknown),
                "/indicators/epidemic.unknown_source/",
            ),
        ),
        says=(figure.definition, figure.note or "", LAW),
        buttons=_new("epidemic_case", Label("登记病例", "Record cases"), may),
    )


LAW: Final = Label(
    "监管场所发现传染病病人、疑似病人，应当向所在地疾病预防控制机构报告（传染病防治法第47条）。医生的两小时、"
    "二十四小时时限在“医疗 · 特别保密”页。",
    "A place of custody that finds somebody with an infectious disease, or suspected of one, reports to the"
    " local disease control centre (infectious diseases law, art. 47). The doctors’ clocks of 2 and 24 hours"
    " stand on the restricted medical page.",
)
