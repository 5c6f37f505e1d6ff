"""From what is known of contact to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home.contact import ATTEMPTS, STATES, Contact, State
from guitu.kernel.labels import Label, many
from guitu.store.home.contacts import Reached
from guitu.store.read import in_order
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.finder.component import Finder
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.table.sorting import heads
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.contact.page import Section
from guitu.web.pages.people.lines import measure
from guitu.web.pages.people.sought import NOTHING, Sought, nobody
from guitu.web.pages.today.choices import address

PATH: Final = "/contact/"
ENDED_PATH: Final = "/contact/ended/"
FROM: Final = (("from", "contact"),)
SILENT: Final = (30, 60, 90)
"""Days without having been met, to narrow the list by. Nothing follows from them: no law names a number."""
SHAPES: Final[Mapping[State, str]] = {
    "lost": "gap",
    "trying": "gap",
    "unknown": "gap",
    "awaited": "open",
    "moved": "barred",
    "held": "barred",
    "died": "barred",
    "in_touch": "done",
}
ORDER: Final = {state: at for at, state in enumerate(STATES)}

COLUMNS: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("联系状态", "Contact"), phone="bare"),
    Column(Label("现措施", "Measure"), phone="bare"),
    Column(Label("最近见到或说上话", "Last met")),
    Column(Label("此后联系", "Tried since"), numeric=True, unit=Label("次", "times")),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
SORTED_BY: Final = ("name", "state", "", "met", "tried", "", "")
"""What pressing each head sorts by."""
USUAL: Final = "state"
IN_ORDER: Final = {
    "": Label("失联的在前，再按多久没有见到", "the lost first, then by how long ago they were met"),
    "name": Label("按姓名读音", "by name as read"),
    "-name": Label("按姓名读音倒序", "by name, from Z"),
    "met": Label("久未见到的在前", "longest not met first"),
    "-met": Label("最近见到的在前", "met most lately first"),
    "tried": Label("联系次数少的在前", "fewest attempts first"),
    "-tried": Label("联系次数多的在前", "most attempts first"),
}
TRIED: Final = (
    Column(Label("日期", "Day"), phone="lead"),
    Column(Label("方式", "How"), phone="bare"),
    Column(Label("结果", "What came of it"), phone="bare"),
    Column(Label("由谁", "By whom"), phone="bare"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see: a unit below their own, one state, a length of silence, in which order, a
    page of so many."""

    unit: str = ""
    state: str = ""
    silent: int = 0
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]
    sought: Sought = NOTHING

    def pairs(self, **changes: object) -> tuple[tuple[str, str], ...]:
        """The choices of the address, some changed."""
        now = {
            "unit": self.unit,
            "state": self.state,
            "silent": self.silent or "",
            "sort": self.sort,
        } | changes
        return tuple((k, str(v)) for k, v in (self.sought.pairs | now).items() if v)

    def href(self, **changes: object) -> str:
        """The address with some choices changed; the page starts again from the first."""
        return address(PATH, self.pairs(**changes), self.size)


def word(contact: Contact) -> Word:
    """The state as a shape and a word."""
    return Word(SHAPES[contact.state], contact.label)


def told(contact: Contact, on: date) -> Label:
    """What the state rests on, in one line."""
    since = contact.since.isoformat() if contact.since else ""
    met = contact.met.isoformat() if contact.met else ""
    silent = contact.silent(on)
    n = len(contact.tried)
    tried = Label(f"此后联系 {n} 次", f"{many(n, 'attempt')} since") if n else None
    ago = _ago(silent or 0)
    seen = (
        Label(f"最近见到或说上话 {met}，{ago.zh}", f"last met {met}, {ago.en}")
        if met
        else Label("档案里没有见到或说上话的记录", "no meeting on record")
    )
    parts = (
        [seen] if contact.state == "in_touch" or not since else [Label(f"{since} 起", f"since {since}"), seen]
    )
    if tried:
        parts.append(tried)
    return Label("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _ago(days: int) -> Label:
    """How long ago a day was."""
    if not days:
        return Label("今天", "today")
    return Label(f"{days} 天前", f"{many(days, 'day')} ago")


def sort_key(one: Reached) -> tuple[int, date, str]:
    """Those of whom something is to be done first, and of these the ones not met for longest."""
    return ORDER[one.contact.state], one.contact.met or date.min, one.line.case_no


def narrowed(people: Iterable[Reached], asked: Asked, on: date) -> list[Reached]:
    """Those whom the list shows, in its order."""
    found = [
        one
        for one in people
        if (not asked.state or one.contact.state == asked.state)
        and (not asked.silent or (days := one.contact.silent(on)) is None or days >= asked.silent)
    ]
    found.sort(key=sort_key)
    if not asked.sort:
        return found
    by = {
        "name": lambda one: one.line.name,
        "met": lambda one: one.contact.met,
        "tried": lambda one: f"{len(one.contact.tried):06}",
    }
    name = asked.sort.removeprefix("-")
    return in_order([(one, by[name](one)) for one in found], name, turned=asked.sort.startswith("-"))


def lead(people: Sequence[Reached]) -> Label:
    """How many there are, and how many nobody can reach."""
    n = Counter(one.contact.state for one in people)
    lost, trying = n["lost"], n["trying"]
    return Label(
        f"社区戒毒、社区康复 {len(people)} 人 · 失联 {lost} 人 · 联系不上 {trying} 人",
        f"{len(people)} in community measures · {lost} lost · {trying} not reached",
    )


def filters(
    people: Sequence[Reached], asked: Asked, below: Sequence[Unit], on: date, unit: str = ""
) -> Filters:
    """States with how many there are, lengths of silence, units below. `unit` is the name of the chosen
    one."""
    n = Counter(one.contact.state for one in people)
    states = tuple(
        Chip(
            label,
            asked.href(state="" if asked.state == state else state),
            n[state],
            asked.state == state,
            "gap" if state == "lost" and n[state] else "",
        )
        for state, label in STATES.items()
        if n[state] or asked.state == state
    )
    silent = tuple(
        Chip(
            Label(f"{days} 天没有见到", f"Not met for {days} days"),
            asked.href(silent="" if asked.silent == days else days),
            len(narrowed(people, Asked(silent=days), on)),
            asked.silent == days,
        )
        for days in SILENT
    )
    groups = [Group(Label("状态", "State"), states), Group(Label("多久", "How long"), silent)]
    if below:
        chips = tuple(Chip(u.name, asked.href(unit=u.code)) for u in below)
        groups.append(Group(Label("下级单位", "Units below"), chips, folded=True))
    chosen = []
    if asked.state in STATES:
        chosen.append(Chip(STATES[asked.state], asked.href(state="")))  # type: ignore[index]
    if asked.silent:
        chosen.append(
            Chip(
                Label(f"{asked.silent} 天没有见到", f"Not met for {asked.silent} days"), asked.href(silent="")
            )
        )
    if asked.unit:
        chosen.append(Chip(unit or asked.unit, asked.href(unit="")))
    chosen += asked.sought.chips(asked.href(q="", found=""))
    return Filters(tuple(groups), tuple(chosen), PATH if chosen else "", Label("筛选人员", "Filter people"))


def finder(asked: Asked) -> Finder:
    """The box in which one of them is sought; the other choices stay."""
    return Finder(PATH, asked.sought.q, asked.pairs(q="", found=""))


def tabs(here: str, unit: str = "") -> Tabs:
    """The two lists."""
    query = f"?unit={unit}" if unit else ""
    return Tabs(
        (
            Tab(Label("在执行的", "Current"), f"{PATH}{query}", here == "contact"),
            Tab(Label("期满和不再管控", "Ended by law"), f"{ENDED_PATH}{query}", here == "ended"),
        ),
        Label("名单", "Lists"),
    )


def page_of(found: Sequence[Reached], asked: Asked) -> tuple[Sequence[Reached], Pager]:
    """Those on the page that is asked for, and the way to the others."""
    return paged(found, asked.page, asked.size, asked.pairs(), PATH)


def people(some: Sequence[Reached], pager: Pager, asked: Asked, may: bool, on: date) -> Section:
    """One page of the list of those in community measures."""
    rows = tuple(_row(one, may, on) for one in some)
    counts = (
        count_of(pager.total),
        IN_ORDER[asked.sort],
        *pager.spans,
    )
    empty = nobody(asked.sought) if not some else None
    columns = heads(COLUMNS, SORTED_BY, asked.sort, USUAL, lambda sort: asked.href(sort=sort))
    table = Table(Label("联系情况", "Contact"), columns, rows, counts, pager, empty)
    return Section("people", Label("人员", "People"), table, note=NO_NUMBER)


def count_of(n: int) -> Label:
    """共 12 人."""
    return Label(f"共 {n} 人", many(n, "person", "people"))


NO_NUMBER: Final = Label(
    "失联由登记的联系得出：没有一个法律规定的次数或者天数。登记联系到本人，状态即变。",
    "Lost follows from what was recorded: no law names a number of attempts or days. An entry that the person"
    " was reached changes it at once.",
)


def _row(one: Reached, may: bool, on: date) -> Row:
    line, contact = one.line, one.contact
    since = contact.since.isoformat() if contact.since and contact.state != "in_touch" else ""
    days = contact.silent(on)
    met: Text = contact.met.isoformat() if contact.met else "—"
    href = addresses.record(line.case_no, "contact_attempt", FROM)
    act = Button(Label("登记联系", "Record an attempt"), href=href, look="small", describes=line.name)
    return Row(
        (
            Cell(line.name or line.case_no, addresses.back_to("contact", line.case_no), sub=line.case_no),
            Cell(part=word(contact), sub=Label(f"{since} 起", f"since {since}") if since else ""),
            measure(line.measure, line.state),
            Cell(met, sub=_ago(days) if days is not None else ""),
            str(len(contact.tried)) if contact.tried else "0",
            line.unit_name or "—",
            Cell(part=act) if may and contact.alive else "",
        ),
        line.case_no,
    )


def counties(found: Sequence[tuple[Unit, int]], *, over: bool = False) -> Section:
    """For readers above counties: which one, with how many are in a measure there, or whose is over."""
    where = ENDED_PATH if over else PATH
    rows = tuple(Row((Cell(u.name, f"{where}?unit={u.code}"), str(n)), u.code) for u, n in found)
    counted = Label("已结束", "Ended") if over else Label("在执行", "Current")
    columns = (
        Column(Label("单位", "Unit"), phone="lead"),
        Column(counted, numeric=True, unit=Label("人", "people")),
    )
    counts = (Label(f"共 {len(rows)} 个", f"{len(rows)} units"),)
    return Section(
        "counties", Label("请选择单位", "Choose a unit"), Table(Label("单位", "Units"), columns, rows, counts)
    )


def attempts(entries: Iterable[Entry], staff: Mapping[str, str], units: Mapping[str, str]) -> Table | None:
    """Every attempt, the latest first: when, how, by whom, what came of it."""
    found = sorted(
        (e for e in entries if e.kind in ATTEMPTS), key=lambda e: (e.happened_on, e.recorded_at), reverse=True
    )
    if not found:
        return None
    rows = tuple(
        Row(
            (
                Cell(e.happened_on.isoformat(), sub=_time(e)),
                _said(e, "how" if e.kind == "contact_attempt" else "mode"),
                _said(e, "result"),
                Cell(staff.get(e.author, e.author), sub=units.get(e.unit, "")),
            ),
            f"e-{e.id}",
        )
        for e in found
    )
    counts = (Label(f"共 {len(rows)} 次", many(len(rows), "attempt")),)
    return Table(Label("联系经过", "Attempts"), TRIED, rows, counts, id="attempts")


def _time(entry: Entry) -> str:
    at = entry.get("time")
    return f"{at // 100:02}:{at % 100:02}" if isinstance(at, int) else ""


def _said(entry: Entry, field: str) -> Label:
    ask = kinds()[entry.kind].ask(field)
    return Label(ask.show(entry.get(field)), ask.show(entry.get(field), "en"))
