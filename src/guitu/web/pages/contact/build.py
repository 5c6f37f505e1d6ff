"""From what is known of contact to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home.contact import ATTEMPTS, STATES, Contact, State
from guitu.kernel.labels import Label, many
from guitu.store.home.contacts import Reached
from guitu.store.read import PersonLine
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.contact.page import Section
from guitu.web.pages.people.lines import measure

SIZE: Final = 50
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
ENDED: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("措施", "Measure"), phone="bare"),
    Column(Label("期满", "Last day")),
    Column(Label("告知乡镇", "Town told"), phone="bare"),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
ALONE: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("措施结束", "Measure ended")),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
TRIED: Final = (
    Column(Label("日期", "Day"), phone="lead"),
    Column(Label("方式", "How"), phone="bare"),
    Column(Label("结果", "What came of it"), phone="bare"),
    Column(Label("由谁", "By whom"), phone="bare"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see: a unit below their own, one state, a length of silence, a page."""

    unit: str = ""
    state: str = ""
    silent: int = 0
    page: int = 1

    def pairs(self, **changes: object) -> tuple[tuple[str, str], ...]:
        """The choices of the address, some changed."""
        now = {"unit": self.unit, "state": self.state, "silent": self.silent or ""} | changes
        return tuple((k, str(v)) for k, v in now.items() if v)

    def href(self, **changes: object) -> str:
        """The address with some choices changed."""
        pairs = self.pairs(**changes)
        return f"/contact/?{urlencode(pairs)}" if pairs else "/contact/"


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
    return sorted(found, key=sort_key)


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
            Label(f"{days} 天没有见到", f"not met for {days} days"),
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
                Label(f"{asked.silent} 天没有见到", f"not met for {asked.silent} days"), asked.href(silent="")
            )
        )
    if asked.unit:
        chosen.append(Chip(unit or asked.unit, asked.href(unit="")))
    return Filters(
        tuple(groups), tuple(chosen), "/contact/" if chosen else "", Label("筛选人员", "Filter people")
    )


def tabs(here: str, unit: str = "") -> Tabs:
    """The two lists."""
    query = f"?unit={unit}" if unit else ""
    return Tabs(
        (
            Tab(Label("在执行的", "Current"), f"/contact/{query}", here == "contact"),
            Tab(Label("期满和不再管控", "Ended by law"), f"/contact/ended/{query}", here == "ended"),
        ),
        Label("名单", "Lists"),
    )


def people(found: Sequence[Reached], asked: Asked, may: bool, on: date) -> Section:
    """The list of those in community measures."""
    some = found[(asked.page - 1) * SIZE : asked.page * SIZE]
    rows = tuple(_row(one, may, on) for one in some)
    pager = Pager(asked.page, SIZE, len(found), asked.pairs(), "/contact/") if len(found) > SIZE else None
    counts = (
        Label(f"共 {len(found)} 人", f"{len(found)} people"),
        Label("失联的在前，再按多久没有见到", "the lost first, then by how long ago they were met"),
    )
    empty = Empty(Label("没有符合条件的人。", "Nobody fits.")) if not found else None
    table = Table(Label("联系情况", "Contact"), COLUMNS, rows, counts, pager, empty)
    return Section("people", Label("人员", "People"), table, note=NO_NUMBER)


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


def due_notices(found: Sequence[tuple[PersonLine, date]], may: bool, on: date) -> Section:
    """Whose measure has ended and whose town was not told."""
    rows = []
    for line, due in found:
        days = (due - on).days
        href = addresses.record(line.case_no, "end_notice")
        act = Button(Label("登记告知", "Record the notice"), href=href, look="small", describes=line.name)
        rows.append(
            Row(
                (
                    Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.case_no),
                    measure(line.measure, line.state),
                    line.ends_on.isoformat() if line.ends_on else "—",
                    Cell(
                        part=Word("late" if days < 0 else "open" if days else "today", days_word(days)),
                        sub=Label(f"最迟 {due}", f"by {due}"),
                    ),
                    line.unit_name or "—",
                    Cell(part=act) if may else "",
                ),
                line.case_no,
            )
        )
    counts = (Label(f"共 {len(rows)} 人", f"{len(rows)} people"),)
    empty = Empty(Label("没有待告知的。", "Every town has been told.")) if not rows else None
    return Section(
        "notices",
        Label("期满，待告知乡镇", "Ended, town to be told"),
        Table(
            Label("期满，待告知乡镇", "Ended, town to be told"),
            ENDED,
            tuple(rows),
            counts,
            empty=empty,
            id="notices",
        ),
        note=Label(
            "措施自期满之日起依法解除，不等文书（《戒毒条例》第二十三条、第四十条）；七日内通知乡镇。",
            "The measure is over at its last day by law, paper or no paper (戒毒条例 arts 23, 40); the town"
            " is"
            " told within seven days.",
        ),
    )


def lately_ended(lines: Sequence[PersonLine], on: date) -> Section:
    """Whose measure ended lately: nobody is to look for them any more."""
    rows = tuple(
        Row(
            (
                Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.case_no),
                line.ends_on.isoformat() if line.ends_on else "—",
                line.unit_name or "—",
                "",
            ),
            line.case_no,
        )
        for line in lines
    )
    counts = (Label(f"共 {len(rows)} 人", f"{len(rows)} people"),)
    empty = Empty(Label("近期没有期满的。", "Nobody lately.")) if not rows else None
    return Section(
        "lately",
        Label("近 90 天期满", "Ended in the last 90 days"),
        Table(Label("近 90 天期满", "Ended lately"), ALONE, rows, counts, empty=empty, id="lately"),
        note=Label(
            "已依法解除，不再要求报到、检测或者见面；愿意继续接受帮助的，另行登记。",
            "Over by law: no reporting, testing or meeting is asked for any more; help goes on if they wish.",
        ),
    )


def left_alone(lines: Sequence[PersonLine], may: bool) -> Section:
    """For whom the end of dynamic control is to be decided."""
    rows = []
    for line in lines:
        href = addresses.record(line.case_no, "monitoring_ended")
        act = Button(Label("登记不再管控", "Record the end"), href=href, look="small", describes=line.name)
        rows.append(
            Row(
                (
                    Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.case_no),
                    line.ends_on.isoformat() if line.ends_on else "—",
                    line.unit_name or "—",
                    Cell(part=act) if may else "",
                ),
                line.case_no,
            )
        )
    counts = (Label(f"共 {len(rows)} 人", f"{len(rows)} people"),)
    empty = Empty(Label("没有待决定的。", "Nobody waits for it.")) if not rows else None
    return Section(
        "alone",
        Label("三年未复吸，待决定不再管控", "Three years clean: control to be ended"),
        Table(
            Label("待决定不再管控", "Control to be ended"),
            ALONE,
            tuple(rows),
            counts,
            empty=empty,
            id="alone",
        ),
        note=Label(
            "对戒断三年未复吸的人员，不再实行动态管控（《戒毒条例》第七条）。由负责的人决定并登记；登记后不列入任何名单。",
            "After three years without relapse dynamic control ends (戒毒条例 art. 7). An officer decides and"
            " records it; afterwards the person stands in no list.",
        ),
    )


def counties(found: Sequence[tuple[Unit, int]], *, over: bool = False) -> Section:
    """For readers above counties: which one, with how many are in a measure there, or whose is over."""
    where = "/contact/ended/" if over else "/contact/"
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
