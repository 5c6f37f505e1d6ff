"""Makes the page from what the store answered: tabs and chips that lead to what they count, and the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Literal
from urllib.parse import urlencode

from guitu.home.contact import Contact
from guitu.kernel.labels import Label
from guitu.policy import names
from guitu.store import read
from guitu.store.read import desk
from guitu.store.units import LEVEL_LABELS
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Column, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.timeline import masked
from guitu.web.pages.people import lines
from guitu.web.pages.people.choices import ALL, CURRENT, RECENT, Choices

ENDED: Final = ("", "ended")


def scope(chosen: Choices) -> Label:
    """Where is looked."""
    if chosen.units.children(chosen.unit):
        return Label(f"范围：{chosen.unit.name}及下级", f"Where: {chosen.unit.name} and below")
    return Label(f"范围：{chosen.unit.name}", f"Where: {chosen.unit.name}")


def length(chosen: Choices, known: desk.Standing) -> int | None:
    """How many people the chosen list holds; None where it has to be counted."""
    if chosen.rights and chosen.overdue:
        return None
    return counted(
        chosen, known.rights if chosen.rights else known.overdue if chosen.overdue else known.tally
    )


def counted(chosen: Choices, tally: desk.Tally) -> int:
    """How many of these people of the unit a list holds by its measure, state and sort."""
    return sum(
        n
        for (measure, state), n in tally.items()
        if (not chosen.measure or measure == chosen.measure)
        and (not chosen.state or state == chosen.state)
        and (chosen.list != CURRENT or state not in ENDED)
    )


def tabs(chosen: Choices, tally: desk.Tally, recent: bool) -> Tabs:
    """Recent, current, all. The numbers are those of the whole lists."""
    current = sum(n for (_, state), n in tally.items() if state not in ENDED)
    plain = {"measure": "", "state": "", "rights": False, "overdue": False}
    found = [
        Tab(Label("在册", "Current"), chosen.href(list=CURRENT, **plain), chosen.list == CURRENT, current),
        Tab(Label("全部档案", "All files"), chosen.href(list=ALL, **plain), chosen.list == ALL, _all(tally)),
    ]
    if recent:
        href = chosen.href(list=RECENT, unit=chosen.home, **plain)
        found.insert(0, Tab(Label("最近办理", "Recent"), href, chosen.list == RECENT))
    return Tabs(tuple(found), Label("名单", "Lists"))


def _all(tally: desk.Tally) -> int:
    return sum(tally.values())


def filters(chosen: Choices, known: desk.Standing) -> Filters:
    """What the list can be narrowed by; numbers only where they are the length of the list they lead to."""
    exact = not (chosen.rights or chosen.overdue)
    words = names()
    tally = known.tally
    at_risk = None if chosen.overdue else counted(chosen, known.rights)
    late = None if chosen.rights else counted(chosen, known.overdue)
    risk = (
        Chip(
            Label("权利有风险", "Rights at risk"),
            _with(chosen, rights=not chosen.rights).href(),
            at_risk,
            chosen.rights,
            "late" if at_risk else "",
        ),
        Chip(
            Label("有逾期事项", "Overdue duties"),
            _with(chosen, overdue=not chosen.overdue).href(),
            late,
            chosen.overdue,
            "late" if late else "",
        ),
    )
    measures = tuple(
        Chip(label, to.href(), counted(to, tally) if exact else None, chosen.measure == name)
        for name, label in words.measures.items()
        if counted(to := _with(chosen, measure=name), tally) or chosen.measure == name
    )
    states = tuple(
        Chip(label, to.href(), counted(to, tally) if exact else None, chosen.state == name)
        for name, label in words.states.items()
        if counted(to := _with(chosen, state=name), tally) or chosen.state == name
    )
    groups = [Group(Label("须注意", "To look at"), risk)]
    if measures:
        groups.append(Group(Label("现措施", "Measure"), measures, folded=True))
    if states:
        groups.append(Group(Label("状态", "State"), states, folded=True))
    below = chosen.units.children(chosen.unit)
    if below:
        levels = {u.level for u in below}
        label = LEVEL_LABELS[levels.pop()] if len(levels) == 1 else Label("下级单位", "Units below")
        chips = tuple(Chip(u.name, chosen.href(unit=u, list=chosen.list or ALL)) for u in below)
        groups.append(Group(label, chips, folded=True))
    chosen_now = _in_force(chosen)
    clear = (
        chosen.href(measure="", state="", rights=False, overdue=False, unit=chosen.home) if chosen_now else ""
    )
    return Filters(tuple(groups), chosen_now, clear, Label("筛选人员", "Filter people"))


def _with(chosen: Choices, **changes: object) -> Choices:
    return replace(chosen, page=1, list=chosen.list or ALL, **changes)  # type: ignore[arg-type]


def _in_force(chosen: Choices) -> tuple[Chip, ...]:
    words = names()
    found = []
    if chosen.measure:
        found.append(Chip(words.measures[chosen.measure], chosen.href(measure="")))
    if chosen.state:
        found.append(Chip(words.states[chosen.state], chosen.href(state="")))
    if chosen.unit.no != chosen.home.no:
        found.append(Chip(chosen.unit.name, chosen.href(unit=chosen.home)))
    return tuple(found)


def people(n: int) -> Label:
    """共 128 人."""
    return Label(f"共 {n:,} 人", "1 person" if n == 1 else f"{n:,} people")


def table(
    chosen: Choices,
    found: tuple[read.PersonLine, ...],
    total: int,
    day: date,
    *,
    screened: bool,
    empty: Empty | None = None,
    contacts: Mapping[int, Contact] | None = None,
) -> Table:
    """A page of a list."""
    pager = Pager(chosen.page, chosen.size, total, chosen.query, "/people/")
    sorts = total <= read.FEW_FILES or chosen.sort == read.NUMBER
    counts: list[Text] = [people(total), ORDERS[chosen.sort if sorts else ""]]
    if pager.pages > 1:
        counts.append(pager.span)
    caption = Label("在册人员", "Current files") if chosen.list == CURRENT else Label("人员名单", "People")
    rows = lines.rows(found, day, screened=screened, contacts=contacts)
    heads = columns(chosen, () if total <= read.FEW_FILES else (read.NUMBER,))
    return Table(caption, heads, rows, tuple(counts), pager, empty)


ORDERS: Final = {
    "": Label("新档案在前", "newest file first"),
    "number": Label("按档案号", "by case number"),
    "name": Label("按姓名读音", "by name as read"),
    "-name": Label("按姓名读音倒序", "by name, from Z"),
    "ends": Label("按期满日", "by last day"),
    "-ends": Label("按期满日倒序", "by last day, latest first"),
    "due": Label("按下次事项", "by next duty"),
    "-due": Label("按下次事项倒序", "by next duty, latest first"),
}
"""How a list is sorted, in words."""


def columns(chosen: Choices, only: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The heads of a list that can be sorted; by some of its columns `only`, where it is long."""
    return tuple(
        replace(head, href=chosen.href(sort=_turned(name, chosen)), sorted=_way(name, chosen))
        if name and (not only or name in only)
        else head
        for head, name in zip(lines.COLUMNS, lines.SORTED_BY, strict=True)
    )


def _turned(name: str, chosen: Choices) -> str:
    """What pressing a head asks for: its order, or the other way round; for the number the newest first."""
    if chosen.sort != name:
        return name
    return "" if name == read.NUMBER else f"-{name}"


def _way(name: str, chosen: Choices) -> Literal["", "ascending", "descending"]:
    if chosen.sort == name:
        return "ascending"
    if chosen.sort == f"-{name}" or (name == read.NUMBER and not chosen.sort and not chosen.q):
        return "descending"
    return ""


def plain_table(
    caption: Text,
    found: tuple[read.PersonLine, ...],
    day: date,
    counts: tuple[Text, ...],
    heads: tuple[Column, ...] = lines.COLUMNS,
    *,
    screened: bool,
    contacts: Mapping[int, Contact] | None = None,
) -> Table:
    """A short list: recent ones, or what a search found."""
    rows = lines.rows(found, day, screened=screened, contacts=contacts)
    return Table(caption, heads, rows, counts)


def search_summary(chosen: Choices, result: read.SearchResult) -> Label:
    """What came of a search, in words."""
    if result.too_many:
        return Label("超过 50 人，请再加一项", "More than 50 people: add another word")
    if not result.found:
        said = masked(chosen.q) if chosen.found else chosen.q
        return Label(f"没有找到“{said}”", f"No match for “{said}”")
    shown = len(result.rows)
    zh, en = f"找到 {result.found} 人", f"{result.found} found"
    return Label(f"{zh} · 显示 {shown}", f"{en} · {shown} shown") if shown < result.found else Label(zh, en)


def nobody(chosen: Choices, new: str) -> Empty:
    """A search without result: what to try next."""
    actions = [Button(Label("新建人员", "Add a person"), href=new)] if new else []
    actions.append(
        Button(Label("看在册名单", "See current files"), href="/people/?list=current", look="link")
    )
    return Empty(
        Label(
            "可换拼音、首字母或证件号再查；确实没有，再新建。",
            "Try pinyin, initials or the identity number; if there is none, add the person.",
        )
        if new
        else Label("可换拼音、首字母或证件号再查。", "Try pinyin, initials or the identity number."),
        tuple(actions),
    )


def no_rows(chosen: Choices, new: str, *, ledgers: bool) -> Empty:
    """A list without rows: what the reader's post can do about it. `ledgers` if it imports them."""
    if chosen.filtered:
        clear = chosen.href(measure="", state="", rights=False, overdue=False, unit=chosen.home)
        return Empty(
            Label("没有符合筛选条件的人。", "Nobody matches the filters."),
            (Button(Label("清除筛选", "Clear the filters"), href=clear),),
        )
    actions = []
    if ledgers:
        actions.append(Button(Label("导入台账", "Import a ledger"), href="/ledgers/"))
    if new:
        actions.append(Button(Label("新建人员", "Add a person"), href=new))
    said = Label("本单位还没有档案。", "No files here yet.")
    if ledgers and new:
        said = Label(
            "本单位还没有档案。导入台账，或新建人员。", "No files here yet. Import a ledger, or add a person."
        )
    return Empty(said, tuple(actions))


def within_reach(case_no: str, how: Label) -> Notice:
    """A file outside the area that the reader may open all the same, and why."""
    open_it = Button(Label("打开档案", "Open the file"), href=addresses.file(case_no), look="small")
    return Notice("info", Label(f"这份档案{how.zh}。", f"This file: {how.en}."), "", (open_it,))


def elsewhere(found: str = "") -> Notice:
    """A number that another unit's file has: nothing more is said. `found` is the token of the search, where
    the reader may open the file for a stated reason."""
    return Notice(
        "info",
        Label(
            "这个身份号码已有档案，由其他单位负责。",
            "This identity number has a file; another unit holds it.",
        ),
        Label(
            "本单位不能打开。确需衔接的，请与县级主管联系。",
            "Your unit cannot open it. If you need to take over, ask the county supervisor.",
        ),
        (Button(GLASS, href=f"/break-glass/?{urlencode({'found': found})}", look="small"),) if found else (),
    )


GLASS: Final = Label("应急查阅：写明查阅理由", "Emergency: state why you must see it")


def wrong_number(sentence: Label) -> Notice:
    """What is wrong with a number that was searched for; the search was made all the same."""
    return Notice("gap", sentence, Label("仍按所填号码查过。", "It was searched for as typed."))
