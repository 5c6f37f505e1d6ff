"""The board: what is this office's to do, what it gave to others, what has climbed up to it, and how those
below stand. Decides nothing."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.levels import campaigns as campaign_rules
from guitu.levels import meetings as meeting_rules
from guitu.levels import tasks as rules
from guitu.levels.tasks import Task, Terms
from guitu.store.levels import checklists as lists
from guitu.store.levels import meetings as meetings_store
from guitu.store.levels import tasks as store
from guitu.store.levels.tasks import Tasks
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.listing import part_of
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.dispatch import words
from guitu.web.pages.dispatch.words import address, area_of

SHOWN = 20
"""Tasks of one part of the board; the others are behind “all tasks”."""
MEET = frozenset({"county", "town", "prefecture", "province", "justice_centre", "police_centre"})
"""Levels that hold meetings of their own."""
SORTS = {
    "month": Label("月调度", "Monthly dispatch"),
    "quarter": Label("季小结", "Quarterly summary"),
    "year": Label("年总结", "Yearly review"),
}


def terms_by(found: Tasks, some: tuple[Task, ...]) -> dict[str, Terms]:
    """What holds for these tasks, by the unit that decided them."""
    return {task.at: found.terms_of(task.at) for task in some}


@shows("dispatch")
def board(request: HttpRequest) -> HttpResponse:
    """The page."""
    area = area_of(request)
    found = store.of_unit(area.unit)
    on = area.today
    own = rules.most_pressing(found.own, on)
    given = tuple(t for t in rules.most_pressing(found.given, on) if t.owner != area.unit.code)
    climbed = found.climbed(on)
    every = terms_by(found, (*own, *given, *climbed))
    near = sum(t.near(on, every[t.at]) for t in own)
    late = sum(bool(t.days_late(on)) for t in own)
    given_late = sum(bool(t.days_late(on)) for t in given)
    buttons = []
    if area.may("action_decided"):
        buttons.append(
            Button(Label("议定一件事", "Decide a task"), address("tasks/new", area.code), "primary")
        )
    if area.may("meeting"):
        buttons.append(Button(Label("登记会议", "Record a meeting"), address("meetings/new", area.code)))
    sections = [
        Section("own", Label("要本单位办的", "For this unit to do"),
                words.task_table(area, own[:SHOWN], every, Label("要本单位办的", "For this unit to do"),
                                 "own-list", Label("没有要办的事项。", "Nothing to do.")),
                buttons=_more(area, len(own), "own")),
    ]  # fmt: skip
    if climbed:
        heading = Label("逾期久了、上升到本单位的", "So late that it has climbed to this unit")
        sections.append(
            Section("climbed", heading,
                    words.task_table(area, climbed[:SHOWN], every, heading, "climbed-list", ""),
                    says=(Label("由下级单位议定，逾期的天数按督办设置算。",
                                "Decided by units below; the days are those of the reminders set."),))
        )  # fmt: skip
    if area.unit.level != "village":
        heading = Label("交办的、没有办结的", "Given to others, still open")
        sections.append(
            Section("given", heading,
                    words.task_table(area, given[:SHOWN], every, heading, "given-list",
                                     Label("没有交办未结的事项。", "Nothing given to others is open.")),
                    buttons=_more(area, len(given), "given"))
        )  # fmt: skip
    sections += [_now(area), *_below(area, found)]
    page = Board(
        area.title(words.TITLE),
        Label(
            f"要办 {len(own)} 件，逾期 {late}，临近期限 {near}；交办未结 {len(given)} 件，逾期 {given_late}"
            + (f"；上升来的 {len(climbed)} 件" if climbed else ""),
            f"{len(own)} to do, {late} overdue, {near} due soon; {len(given)} given to others, {given_late}"
            " overdue" + (f"; {len(climbed)} climbed up" if climbed else ""),
        ),
        tuple(sections),
        crumbs=way_down(area, ""),
        buttons=tuple(buttons),
        notices=area.saved(),
        tabs=words.tabs("", area.code),
    )
    return show(request, page)


def way_down(area: Area, part: str) -> Crumbs | None:
    """From the reader's own unit to the one that is looked at."""
    way = [u for u in tree().ancestors(area.unit) if u.depth >= area.home.depth]
    if len(way) < 2:
        return None
    steps = [Crumb(u.name, address(part, "" if u.no == area.home.no else u.code)) for u in way[:-1]]
    return Crumbs((*steps, Crumb(way[-1].name)))


def _more(area: Area, many: int, show_: str) -> tuple[Button, ...]:
    if many <= SHOWN:
        return ()
    label = Label(f"看全部 {many} 件", f"All {many}")
    return (Button(label, address("tasks", area.code, show=show_), "small"),)


def _now(area: Area) -> Section:
    """The present period: which meeting was held, which campaigns run, which lists wait."""
    facts = []
    if area.unit.level in MEET:
        mine = meetings_store.meetings([area.unit]).get(area.unit.code, ())
        for held in meeting_rules.held(mine, area.today):
            period = meeting_rules.period_text(held.sort, meeting_rules.first_of(held.sort, area.today))
            said = Label("已开", "held") if held.now else Label("还没有开", "not held yet")
            facts.append(
                Fact(
                    SORTS[held.sort],
                    Label(f"{period} {said.zh}", f"{period}: {said.en}"),
                    address("meetings", area.code),
                )
            )
    own, over = meetings_store.campaigns(area.unit)
    for one in campaign_rules.in_period((*over, *own), area.today):
        left = (one.last - area.today).days
        href = f"{words.ROOT}campaigns/{one.at}/{one.id}/" if area.reads(one.at) else ""
        facts.append(
            Fact(
                Label("专项行动", "Campaign"),
                Label(
                    f"{one.name}，到 {one.last}，还有 {left} 天",
                    f"{one.name}, until {one.last}, {left} days left",
                ),
                href,
            )
        )  # fmt: skip
    waiting = sum(one.list.owed(area.today) for one in lists.to_fill(area.unit))
    if area.opens("checklists"):
        facts.append(
            Fact(
                Label("检查表", "Checklists"),
                Label(f"待填 {waiting} 张", f"{waiting} to fill in"),
                f"/checklists/{'?unit=' + area.code if area.code else ''}",
            )
        )
    terms = store.of_unit(area.unit).terms_of(area.unit.code)
    facts.append(
        Fact(
            Label("督办设置", "Reminders"),
            Label(
                f"提前 {terms.remind} 天提醒，每逾期 {terms.climb} 天上升一级（{_set_by(terms)}）",
                f"{terms.remind} days before; up one level for every {terms.climb} days late"
                f" ({_set_by(terms, 'en')})",
            ),
        )
    )
    buttons: tuple[Button, ...] = ()
    if area.may("dispatch_terms"):
        buttons = (Button(Label("改督办设置", "Change reminders"), address("terms", area.code), "small"),)
    return Section("now", Label("本期", "Now"), facts=tuple(facts), buttons=buttons)


def _set_by(terms: Terms, language: str = "zh") -> str:
    if not terms.of:
        return "系统默认，不是法律规定" if language == "zh" else "the house's default, no article's"
    name = words.name_of(terms.of)
    return f"{name}定" if language == "zh" else f"set by {name}"


def _below(area: Area, found: Tasks) -> tuple[Section, ...]:
    units = [u for u in tree().children(area.unit) if u.level not in ("brigade", "hospital")]
    if not units:
        return ()
    on = area.today
    month = meeting_rules.first_of("month", on)
    held = meetings_store.meetings([u for u in units if u.level in MEET])
    rows = []
    for unit in units:
        some = [t for t in found.of_owner(unit) if t.open(on)]
        late = sum(bool(t.days_late(on)) for t in some)
        claimed = sum(t.way == "claimed" for t in some)
        stuck = sum(t.way == "stuck" for t in some)
        rows.append(
            (
                late,
                len(some),
                Row(
                    (
                        Cell(unit.name, address("", unit.code)),
                        str(len(some)),
                        Cell(part=Word("late", str(late))) if late else "0",
                        str(stuck),
                        str(claimed),
                        _met(unit, held, month),
                    )
                ),
            )
        )
    rows.sort(key=lambda row: (-row[0], -row[1]))
    busy, pager = part_of(area, [row for *_, row in rows], address(), "below-list")
    return (
        Section(
            "below",
            Label("下级单位", "Units below"),
            Table(
                Label("下级单位", "Units below"),
                (
                    Column(words.UNIT, phone="lead"),
                    Column(Label("未结事项", "Open tasks"), numeric=True),
                    Column(Label("逾期", "Overdue"), numeric=True),
                    Column(Label("有困难", "Stuck"), numeric=True),
                    Column(Label("待核验", "To look at"), numeric=True),
                    Column(Label("本月调度", "This month's meeting")),
                ),
                tuple(busy),
                (Label(f"{len(rows)} 个", f"{len(rows)} units"), Label("逾期多的在前", "most overdue first")),
                pager,
                empty=None if busy else Empty(Label("没有下级单位。", "No units below.")),
                id="below-list",
                hide_caption=True,
            ),
        ),
    )


def _met(unit: Unit, held: dict[str, tuple[rules.Entry, ...]], month: date) -> Cell | str:
    if unit.level not in MEET:
        return words.NOBODY
    day = next(
        (
            e.happened_on
            for e in held.get(unit.code, ())
            if e.get("sort") == "month" and e.happened_on >= month
        ),
        None,
    )
    if day is None:
        return Cell(part=Word("gap", Label("还没有", "Not yet")))
    return Cell(part=Word("done", day.isoformat()))
