"""Which lists this unit has to fill in, which it drew up, and how far those below are with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.levels.checklists import Checklist
from guitu.store.levels import checklists as store
from guitu.store.levels.checklists import Given
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.checklists import words
from guitu.web.pages.checklists.words import EVERY, NOBODY, TITLE, USES, WHO, address, list_at
from guitu.web.pages.dispatch.words import area_of

SHEETS = 30
"""Sheets of one list that are shown."""
FILL = Label("填表", "Fill in")


@shows("checklists")
def board(request: HttpRequest) -> HttpResponse:
    """The page."""
    area = area_of(request)
    mine = store.to_fill(area.unit)
    drawn = store.drawn_up(area.unit)
    waiting = sum(one.list.owed(area.today) for one in mine)
    missed = sum(len(one.list.missed(area.today)) for one in mine)
    buttons: tuple[Button, ...] = ()
    if area.may("checklist"):
        label = Label("新检查表", "A new list")
        buttons = (Button(label, f"{words.ROOT}new/{_query(area)}", "primary"),)
    page = Board(
        area.title(TITLE),
        Label(
            f"本期待填 {waiting} 张，以前没填 {missed} 张；本单位制定 {len(drawn)} 张",
            f"{waiting} to fill in now, {missed} not filled in before; {len(drawn)} drawn up here",
        ),
        (
            Section("fill", Label("本单位要填的", "For this unit to fill in"), _to_fill(area, mine)),
            Section("drawn", Label("本单位制定的", "Drawn up by this unit"), _drawn(area, drawn)),
            *_below(area),
        ),
        crumbs=_way(area),
        buttons=buttons,
        notices=area.saved(),
    )
    return show(request, page)


def _query(area: Area) -> str:
    return f"?unit={area.code}" if area.code else ""


def _way(area: Area) -> Crumbs | None:
    way = [u for u in tree().ancestors(area.unit) if u.depth >= area.home.depth]
    if len(way) < 2:
        return None
    steps = [Crumb(u.name, address("" if u.no == area.home.no else u.code)) for u in way[:-1]]
    return Crumbs((*steps, Crumb(way[-1].name)))


def _to_fill(area: Area, mine: tuple[Given, ...]) -> Table:
    rows = []
    for one in mine:
        made = one.list
        missed = made.missed(area.today)
        if not made.runs(area.today) and not missed and made.sheet(area.today) is None:
            continue
        act: Cell | str = ""
        if made.owed(area.today) and area.may("checklist_filled"):
            href = list_at(one.by.code, made.id, "fill", unit=area.unit.code)
            act = Cell(part=Button(FILL, href=href, look="small", describes=made.name))
        rows.append(
            Row(
                (
                    Cell(made.name, list_at(one.by.code, made.id, unit=area.unit.code), sub=_use(made)),
                    one.by.name if one.by.no != area.unit.no else Label("本单位", "This unit"),
                    EVERY[made.every],
                    Cell(part=words.sheet_word(made, area.today, mine=area.unit.no == area.home.no)),
                    Label(f"{len(missed)} 次未填", f"{len(missed)} not filled in") if missed else NOBODY,
                    act,
                )
            )
        )
    return Table(
        Label("本单位要填的", "For this unit to fill in"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("制定单位", "Drawn up by")),
            Column(Label("多久", "How often")),
            Column(Label("本期", "This period"), phone="bare"),
            Column(Label("以前", "Before")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 张", f"{len(rows)} lists"),),
        empty=None if rows else Empty(Label("没有要填的检查表。", "There is no list to fill in.")),
        id="fill-list",
        hide_caption=True,
    )


def _use(one: Checklist) -> Label:
    return USES.get(one.use, USES["other"])


def _drawn(area: Area, drawn: tuple[Checklist, ...]) -> Table:
    rows = []
    for one in drawn:
        units = store.given(area.unit, one, area.unit)
        filled = sum(g.list.sheet(area.today) is not None for g in units)
        rows.append(
            Row(
                (
                    Cell(one.name, list_at(area.unit.code, one.id), sub=_use(one)),
                    WHO.get(one.who, WHO["own"]),
                    EVERY[one.every],
                    Label(f"第 {len(one.versions)} 版，{len(one.items)} 项",
                          f"version {len(one.versions)}, {len(one.items)} items"),
                    f"{filled}/{len(units)}" if one.runs(area.today) else Label("不在用", "not in use"),
                )
            )
        )  # fmt: skip
    return Table(
        Label("本单位制定的", "Drawn up by this unit"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("由谁填", "Filled in by")),
            Column(Label("多久", "How often")),
            Column(Label("版本", "Version")),
            Column(Label("本期已填／应填", "Filled in, of"), numeric=True),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 张", f"{len(rows)} lists"),),
        empty=None
        if rows
        else Empty(
            Label(
                "还没有制定检查表。名称和事项由本单位写，本系统不代拟。",
                "No list is drawn up yet. Name and items are the office’s own.",
            )
        ),
        id="drawn-list",
        hide_caption=True,
    )


def _below(area: Area) -> tuple[Section, ...]:
    some = [u for u in tree().children(area.unit) if u.level not in ("brigade", "hospital")]
    if not some:
        return ()
    says = Label("看下级单位自己的清单：", "The lists of units below:")
    return (
        Section(
            "below",
            Label("下级单位", "Units below"),
            says=(says,),
            buttons=tuple(Button(u.name, address(u.code), "small") for u in some[:60]),
            on_paper=False,
        ),
    )


# ── one list ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Found:
    """One list, whose it is, and the area in which it is looked at."""

    area: Area
    by: Unit
    list: Checklist

    @property
    def own(self) -> bool:
        """Whether the reader's area holds the unit that drew it up."""
        return self.area.reads(self.by.code)


def found(request: HttpRequest, code: str, identifier: UUID) -> Found:
    """The list, where it lies in the reader's area or is handed to a unit of it; else 404."""
    area = area_of(request)
    by = tree().get(code)
    one = store.find(by, identifier) if by is not None else None
    if by is None or one is None:
        raise Http404(str(identifier))
    if not area.reads(code):
        given = tree().within(area.home, by) and any(one.given_to(u.level) for u in tree().subtree(area.home))
        if not given:
            raise Http404(str(identifier))
    elif not tree().within(area.unit, by):
        area = area_of(request, code)
    return Found(area, by, one)


def crumbs(area: Area, *more: Crumb) -> Crumbs:
    """The way down from the lists of the area."""
    return Crumbs((Crumb(TITLE, address(area.code)), *more))


@shows("checklists")
def one(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """One list: what it asks, its versions, who has filled it in."""
    here = found(request, code, identifier)
    area, made = here.area, here.list
    units = store.given(here.by, made, area.unit)
    filled = sum(g.list.sheet(area.today) is not None for g in units)
    buttons = []
    mine = next((g for g in units if g.to.no == area.unit.no), None)
    if mine is not None and mine.list.owed(area.today) and area.may("checklist_filled"):
        buttons.append(Button(FILL, list_at(code, made.id, "fill", unit=area.unit.code), "primary"))
    if here.own and area.may("checklist", here.by):
        buttons.append(Button(Label("改版", "A new version"), list_at(code, made.id, "version")))
        buttons.append(
            Button(Label("更正这一版", "Correct this version"), list_at(code, made.id, "change"), "small")
        )
    sections = [Section("items", Label("事项", "Items"), facts=_items(made, area), says=_about(made))]
    if mine is not None:
        sections.append(Section("sheets", Label("本单位填表情况", "This unit's sheets"), _sheets(here, mine)))
    if mine is None or len(units) > 1:
        sections.append(Section("units", Label("各单位完成情况", "How far units are"), _units(here, units)))
    if len(made.versions) > 1:
        sections.append(Section("versions", Label("以前的版本", "Versions of before"), facts=_versions(made)))
    page = Board(
        made.name,
        Label(
            f"{WHO.get(made.who, WHO['own']).zh}填，{EVERY[made.every].zh}；本期已填 {filled}/{len(units)}",
            f"{WHO.get(made.who, WHO['own']).en}, {EVERY[made.every].en}; {filled} of {len(units)} filled in",
        ),
        tuple(sections),
        crumbs(area, Crumb(made.name)),
        tuple(buttons),
        area.saved(),
    )
    return show(request, page)


def _items(made: Checklist, area: Area) -> tuple[Fact, ...]:
    version = made.version(made.period(area.today))
    return tuple(Fact(str(n), item) for n, item in enumerate(version.items, 1))


def _about(made: Checklist) -> tuple[Label, ...]:
    basis = str(made.entry.get("basis") or "")
    until = made.last
    zh = (
        f"事项由制定单位写{'，出自' + basis if basis else ''}。"
        f"{made.first} 起用{f'，到 {until} 止' if until else ''}。"
    )
    en = (
        f"The items are the office’s own{', from ' + basis if basis else ''}. In use from {made.first}"
        f"{f' until {until}' if until else ''}."
    )
    return (Label(zh, en),)


def _versions(made: Checklist) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            Label(f"第 {v.number} 版", f"Version {v.number}"),
            Label(f"{v.first} 起，{len(v.items)} 项：{'、'.join(v.items)}",
                  f"from {v.first}, {len(v.items)} items: {'; '.join(v.items)}"),
        )
        for v in reversed(made.versions[:-1])
    )  # fmt: skip


def _sheets(here: Found, mine: Given) -> Table:
    """Sheets and gaps, latest first; a gap can still be filled in."""
    area, made = here.area, mine.list
    lines = []
    for sheet in made.sheets[:SHEETS]:
        gaps = Label("、".join(sheet.gaps), "; ".join(sheet.gaps)) if sheet.gaps else NOBODY
        word = Word("gap" if sheet.gaps else "done", f"{sheet.done}/{sheet.asked}")
        note = "；".join(str(sheet.entry.get(n)) for n in ("proof", "note") if sheet.entry.get(n))
        lines.append(
            (
                sheet.period,
                Row((Cell(words.period_text(made, sheet.period)), Cell(part=word), gaps, note or NOBODY, "")),
            )
        )
    for period in made.missed(area.today):
        act: Cell | str = ""
        if area.may("checklist_filled"):
            href = list_at(here.by.code, made.id, "fill", unit=area.unit.code, on=period.isoformat())
            act = Cell(
                part=Button(Label("补填", "Fill in"), href=href, look="small", describes=period.isoformat())
            )
        word = Word("gap", Label("没有填", "Not filled in"))
        lines.append(
            (period, Row((Cell(words.period_text(made, period)), Cell(part=word), NOBODY, NOBODY, act)))
        )
    rows = tuple(row for _, row in sorted(lines, key=lambda line: line[0], reverse=True))
    return Table(
        Label("本单位填表情况", "This unit's sheets"),
        (
            Column(Label("期间", "Period"), phone="lead"),
            Column(Label("做到", "Done"), phone="bare"),
            Column(Label("没有做到的", "Not done")),
            Column(Label("依据、说明", "Evidence and note")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        rows,
        empty=None if rows else Empty(Label("还没有填过。", "It has not been filled in yet.")),
        id="sheets-list",
        hide_caption=True,
    )


def _units(here: Found, units: Sequence[Given]) -> Table:
    """Unit by unit where they lie directly below; else the units below with those under them together."""
    area, on = here.area, here.area.today
    under = [area.unit, *tree().children(area.unit)]
    rows = []
    for unit in under:
        some = [
            g for g in units
            if (g.to.no == unit.no if unit.no == area.unit.no else tree().within(g.to, unit))
        ]  # fmt: skip
        if not some:
            continue
        one = some[0].list if len(some) == 1 and some[0].to.no == unit.no else None
        sheets = [s for g in some if (s := g.list.sheet(on)) is not None]
        asked, done = sum(s.asked for s in sheets), sum(s.done for s in sheets)
        missed = sum(len(g.list.missed(on)) for g in some)
        deeper = unit.no != area.unit.no and one is None
        href = list_at(here.by.code, here.list.id, unit=unit.code) if one is not None or deeper else ""
        said: Cell | str = f"{len(sheets)}/{len(some)}"
        if one is not None:
            said = Cell(part=words.sheet_word(one, on, mine=unit.no == area.home.no))
        rows.append(
            Row(
                (
                    Cell(unit.name, href),
                    said,
                    f"{done}/{asked}" if asked else NOBODY,
                    Label(f"{missed} 次未填", f"{missed} not filled in") if missed else NOBODY,
                )
            )
        )
    return Table(
        Label("各单位完成情况", "How far units are"),
        (
            Column(Label("单位", "Unit"), phone="lead"),
            Column(Label("本期", "This period"), phone="bare"),
            Column(Label("做到的事项", "Items done"), numeric=True),
            Column(Label("以前", "Before")),
        ),
        tuple(rows),
        (Label(f"共 {len(units)} 个单位", f"{len(units)} units"),),
        empty=None if rows else Empty(Label("辖区内没有要填的单位。", "No unit of this area fills it in.")),
        id="unit-list",
        hide_caption=True,
    )
