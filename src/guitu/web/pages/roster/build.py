"""Makes the table of a roster: what stands in a cell, what is wrong there, how posts are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta
from typing import Final, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from guitu.centre.roster import Breach, Person, Problem, Roster, Slot
from guitu.centre.roster.checking import RULES
from guitu.kernel.labels import Label, spanned
from guitu.kernel.lately import Lately
from guitu.store.roster_issues import Ask
from guitu.store.rosters import Draft
from guitu.web.pages.roster.shown import Cell, Head, Line, Wrong

T = TypeVar("T")

WEEKDAYS: Final = tuple(
    Label(zh, en)
    for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
)
MOST_WRONG: Final = 12
"""So many sentences stand above the table; the rest is counted."""
PHASES: Final = {
    "isolation": Label("隔", "iso"),
    "home": Label("家", "home"),
}


def asked_days(ask: Ask) -> Label:
    """The day that somebody asks about, or the first and the last of them."""
    if ask.until and ask.until != ask.day:
        return spanned(ask.day, ask.until)
    return Label(ask.day.isoformat(), ask.day.isoformat())


def span(draft: Draft, day: date, *, month: bool) -> range:
    """The days that are shown: the week of a day, or the whole roster."""
    if month:
        return range(draft.problem.days)
    monday = (day - timedelta(days=day.weekday()) - draft.first).days
    return range(max(0, monday), min(draft.problem.days, monday + 7))


def heads(problem: Problem, days: range, today: date) -> tuple[Head, ...]:
    """The heads of the columns."""
    found = []
    for number in days:
        day = problem.day(number)
        found.append(Head(WEEKDAYS[day.weekday()], str(day.day), problem.weekend(number), day == today))
    return tuple(found)


def cell_address(draft: Draft, person: str, day: int, *, month: bool) -> str:
    """Where a cell's form is."""
    asked = {"person": person, "day": draft.problem.day(day).isoformat()}
    return "/roster/cell/?" + urlencode(asked | ({"view": "month"} if month else {}))


def once(draft: Draft, key: Hashable, make: Callable[[], T]) -> T:
    """What is made of a roster and nothing else, made anew where the roster is another one: the store gives
    the same object until somebody changes it."""
    there = _made.get(draft.id)
    if there is None or there[0] is not draft:
        there = draft, Lately(MOST_ANSWERS)
        _made.keep(draft.id, there)
    known = there[1].get(key)
    if known is None:
        known = (make(),)
        there[1].keep(key, known)
    return cast(T, known[0])


MOST_KEPT: Final = 16
MOST_ANSWERS: Final = 512
_made: Final = Lately[UUID, tuple[Draft, Lately[Hashable, tuple[object]]]](MOST_KEPT)


def people(draft: Draft, days: range, breaches: Iterable[Breach], *, month: bool) -> tuple[Line, ...]:
    """The rows of the people, brigade by brigade."""
    return once(draft, ("people", days, month), lambda: _people(draft, days, breaches, month=month))


def _people(draft: Draft, days: range, breaches: Iterable[Breach], *, month: bool) -> tuple[Line, ...]:
    marks: dict[tuple[str, int], list[Label]] = defaultdict(list)
    for breach in breaches:
        if breach.person:
            for day in breach.days:
                marks[breach.person, day].append(RULES[breach.rule])
    problem = draft.problem
    found = []
    for person in sorted(problem.people, key=lambda p: (p.brigade, p.name)):
        cells = tuple(
            _cell(draft, person, d, tuple(dict.fromkeys(marks[person.id, d])), month=month) for d in days
        )
        worked = sum(problem.shift[s].minutes for d in days if (s := draft.roster.shift(person.id, d)) != "-")
        batch = draft.roster.batch(person)
        beside = Label(
            f"{worked / 60:g} 小时" + (f" · 第 {batch + 1} 批" if batch is not None else ""),
            f"{worked / 60:g} h" + (f" · batch {batch + 1}" if batch is not None else ""),
        )
        found.append(Line(person.name, beside, cells, person.brigade))
    return tuple(found)


def _cell(draft: Draft, person: Person, day: int, marks: tuple[Label, ...], *, month: bool) -> Cell:
    problem, slot = draft.problem, draft.roster.cells.get((person.id, day))
    word, look, post = Label("—", "—"), "off", None
    spoken = Label("休息", "off")
    closed, batch = problem.rules.closed, draft.roster.batch(person)
    if slot is not None:
        shift, post = problem.shift[slot.shift], problem.post[slot.post].label
        word = Label(shift.label.zh[:1], shift.label.en[:1])
        look = "night" if shift.night else "day"
        spoken = Label(f"{shift.label.zh}，{post.zh}", f"{shift.label.en}, {post.en}")
    elif day in person.leave:
        word, look, spoken = Label("假", "lv"), "leave", Label("请假", "leave")
    elif closed is not None and batch is not None and (phase := closed.phase(batch, day)) in PHASES:
        word, look = PHASES[phase], "away"
        spoken = {
            "isolation": Label("隔离备勤", "isolation, on standby"),
            "home": Label("居家备勤", "at home, on standby"),
        }[phase]
    iso = problem.day(day).isoformat()
    wrong = Label(
        "".join(f"，{m.zh}不符" for m in marks) or "，", "".join(f", against: {m.en}" for m in marks) or ", "
    )
    said = Label(f"{person.name} {iso} {spoken.zh}", f"{person.name}, {iso}: {spoken.en}")
    if marks:
        said = Label(said.zh + wrong.zh, said.en + wrong.en)
    return Cell(word, look, cell_address(draft, person.id, day, month=month), said, marks, post or "")


def posts(draft: Draft, days: range) -> tuple[Line, ...]:
    """How each post is held, shift by shift: how many of how many."""
    problem = draft.problem
    held: dict[tuple[str, int, str], int] = defaultdict(int)
    for (_, day), slot in draft.roster.cells.items():
        held[slot.post, day, slot.shift] += 1
    wanted = {(d.post, d.day, d.shift): d.heads for d in problem.demand}
    found = []
    for post in problem.posts:
        for shift in problem.shifts:
            if not any((post.code, d, shift.code) in wanted for d in days):
                continue
            cells = []
            for d in days:
                need, there = wanted.get((post.code, d, shift.code), 0), held[post.code, d, shift.code]
                gap = (Label("空缺", "Gap"),) if there < need else ()
                cells.append(
                    Cell(f"{there}/{need}" if need or there else "—", "gap" if gap else "held", marks=gap)
                )
            found.append(Line(post.label, shift.label, tuple(cells)))
    return tuple(found)


def wrong(draft: Draft, breaches: list[Breach], *, month: bool) -> tuple[Wrong, ...]:
    """The first sentences of what goes against the rules, each with the cell it is about."""
    return tuple(
        Wrong(RULES[b.rule], b.says, cell_address(draft, b.person, b.last, month=month) if b.person else "")
        for b in breaches[:MOST_WRONG]
    )


def options(problem: Problem, person: Person, day: int) -> list[Slot]:
    """What a person may do on a day: the slots that are asked for and that they may hold."""
    return [
        Slot(d.post, d.shift)
        for d in problem.demand
        if d.day == day and d.heads > 0 and problem.post[d.post].may(person)
    ]


def moved(roster: Roster, cells: dict[tuple[str, int], Slot | None]) -> Roster:
    """The roster as it would be with these cells."""
    found = dict(roster.cells)
    for key, slot in cells.items():
        if slot is None:
            found.pop(key, None)
        else:
            found[key] = slot
    return Roster(found, roster.batches)
