"""Duty rosters of a unit: what is planned with, the roster in the making, and its steps one by one.

A roster is planned in cells; every change is one step that can be taken back. What was published stands apart
and never changes (`roster_issues`). Whether somebody may plan, the caller has asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Literal
from uuid import UUID, uuid4

from guitu.centre.roster import Breach, Problem, Roster, Slot, check
from guitu.centre.roster.model import OFF
from guitu.centre.roster.reading import problem_data, problem_of
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.units import Unit

What = Literal["cell", "swap", "copy", "proposal", "undo"]
Changes = Mapping[tuple[str, int], Slot | None]
"""Cells by person and day, and what is to stand there."""

STEPS: Final[Mapping[str, Label]] = {
    "cell": Label("改一格", "one cell"),
    "swap": Label("换班", "swap"),
    "copy": Label("复制上周", "last week copied"),
    "proposal": Label("自动建议", "proposal"),
}
LOOK_BACK: Final = 14
"""So many days of the roster before are handed on, for rules that reach over the edge."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A roster in the making: its problem with the leave that was granted since, its cells, its last step."""

    id: UUID
    unit: int
    problem: Problem
    roster: Roster
    last: str = ""

    @property
    def first(self) -> date:
        """Its first day."""
        return self.problem.first

    @property
    def final(self) -> date:
        """Its last day."""
        return self.problem.day(self.problem.days - 1)


# ── what is planned with ──────────────────────────────────────────────────────────────────────────


@engine.house()
def setup(unit: Unit) -> dict[str, Any] | None:
    """What a unit plans with, as the JSON of a problem without its days; None if nothing is set up."""
    found = engine.row("SELECT text FROM store_rostersetup WHERE unit = %s", [unit.no])
    return json.loads(found[0]) if found else None


@engine.house()
def keep_setup(unit: Unit, data: Mapping[str, Any], *, by: str, now: datetime) -> None:
    """Keep what a unit plans with. Raises GuituError where it does not hang together."""
    problem_of({**data, "first": clock.office_day(now).isoformat(), "days": 7})
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    with engine.writing():
        engine.execute("DELETE FROM store_rostersetup WHERE unit = %s", [unit.no])
        engine.insert(
            "store_rostersetup",
            ("unit", "text", "by", "at_ms"),
            [(unit.no, text, by, clock.milliseconds(now))],
        )


# ── the roster in the making ──────────────────────────────────────────────────────────────────────


@engine.house()
def drafts(unit: Unit) -> list[tuple[UUID, date, int]]:
    """The rosters of a unit: id, first day, days; the latest first."""
    found = engine.rows(
        "SELECT id, first, days FROM store_roster WHERE unit = %s ORDER BY first DESC", [unit.no]
    )
    return [(engine.uuid_of(i), _day(first), days) for i, first, days in found]


@engine.house()
def on_day(unit: Unit, day: date) -> Draft | None:
    """The roster of a unit that has this day, or None."""
    found = next((i for i, first, n in drafts(unit) if first <= day < first + timedelta(days=n)), None)
    return draft(found) if found is not None else None


@lru_cache(maxsize=64)
def problem_in(text: str) -> Problem:
    """The problem in a roster's text: read once, for every page of the roster asks for it."""
    return problem_of(json.loads(text))


_checked: Final[dict[UUID, tuple[Problem, Mapping[Any, Slot], tuple[Breach, ...]]]] = {}
"""What the last look at each roster found, and at what it looked."""


def breaches(draft: Draft) -> tuple[Breach, ...]:
    """What is wrong with a roster, by the rules; checked anew where it or its problem has changed."""
    there = _checked.get(draft.id)
    if there is not None and there[0] is draft.problem and there[1] == draft.roster.cells:
        return there[2]
    found = tuple(check(draft.roster, draft.problem))
    if len(_checked) > _MOST_CHECKED:
        _checked.clear()
    _checked[draft.id] = (draft.problem, dict(draft.roster.cells), found)
    return found


_MOST_CHECKED: Final = 64


@engine.house()
def draft(id: UUID) -> Draft | None:
    """One roster with its cells: the same object as before while no step was added or taken back and it is
    planned with the same people and rules, for whatever is worked out of a roster can be kept with it."""
    row = engine.row("SELECT unit, text FROM store_roster WHERE id = %s", [engine.key(id)])
    if row is None:
        return None
    last = engine.row(
        "SELECT id, what FROM store_rosterstep WHERE roster = %s ORDER BY id DESC LIMIT 1", [engine.key(id)]
    )
    stamp = row[1], last[0] if last else 0
    known = _drafts.get(id)
    if known is not None and known[0] == stamp:
        return known[1]
    problem = problem_in(row[1])
    cells = {
        (person, (_day(day) - problem.first).days): Slot(post, shift)
        for person, day, post, shift in engine.rows(
            "SELECT person, day, post, shift FROM store_rostercell WHERE roster = %s", [engine.key(id)]
        )
    }
    made = Draft(id, row[0], problem, Roster(cells), last[1] if last else "")
    if len(_drafts) > _MOST_CHECKED:
        _drafts.clear()
    _drafts[id] = stamp, made
    return made


_drafts: Final[dict[UUID, tuple[tuple[str, int], Draft]]] = {}
"""Each roster as it was last read, with its problem's text and its last step: every change of a cell is a
step (`change`, `undo`), and numbers of steps are never given twice."""


@engine.house()
def begin(unit: Unit, first: date, days: int, *, now: datetime) -> UUID:
    """Begin a roster with what the unit plans with now, and with what was planned for the days before. Raises
    GuituError where nothing is set up, or a day is planned already."""
    data = setup(unit)
    if data is None:
        raise GuituError(
            Label(
                "请先在“人员与规则”里登记人员和岗位。",
                "Enter people and posts under “People and rules” first.",
            )
        )
    if not 1 <= days <= 92:
        raise GuituError(Label("天数须在 1 至 92 之间。", "A roster has 1 to 92 days."))
    for _, other, length in drafts(unit):
        if other < first + timedelta(days=days) and first < other + timedelta(days=length):
            raise GuituError(
                Label(f"{other} 起的班表已有这些日子。", f"The roster from {other} has some of these days.")
            )
    problem = problem_of({**data, "first": first.isoformat(), "days": days})
    problem = _looking_back(unit, problem)
    id = uuid4()
    text = json.dumps(problem_data(problem), ensure_ascii=False, sort_keys=True)
    with engine.writing():
        engine.insert(
            "store_roster",
            ("id", "unit", "first", "days", "text", "at_ms"),
            [(engine.key(id), unit.no, first.isoformat(), days, text, clock.milliseconds(now))],
        )
    return id


def _looking_back(unit: Unit, problem: Problem) -> Problem:
    """The problem with what its people do in the days before it."""
    earlier = on_day(unit, problem.first - timedelta(days=1))
    if earlier is None:
        return problem
    people = []
    for person in problem.people:
        if person.id not in earlier.problem.person:
            people.append(person)
            continue
        total = earlier.problem.days
        line = [earlier.roster.shift(person.id, d) for d in range(max(0, total - LOOK_BACK), total)]
        known = tuple(code if code in problem.shift else OFF for code in line)
        people.append(replace(person, before=known))
    return replace(problem, people=tuple(people))


@engine.house()
def settle(draft: Draft, data: Mapping[str, Any], *, now: datetime) -> None:
    """Plan a roster with what was set up meanwhile; its cells stay."""
    problem = problem_of({**data, "first": draft.first.isoformat(), "days": draft.problem.days})
    before = {p.id: p.before for p in draft.problem.people}
    people = tuple(replace(p, before=before.get(p.id, p.before)) for p in problem.people)
    text = json.dumps(problem_data(replace(problem, people=people)), ensure_ascii=False, sort_keys=True)
    with engine.writing():
        engine.execute(
            "UPDATE store_roster SET text = %s, at_ms = %s WHERE id = %s",
            [text, clock.milliseconds(now), engine.key(draft.id)],
        )


@engine.house()
def change(id: UUID, changes: Changes, what: What, *, by: str, now: datetime) -> int:
    """Set cells, as one step that can be taken back; how many were different."""
    with engine.writing():
        engine.rows(f"SELECT id FROM store_roster WHERE id = %s{engine.for_update()}", [engine.key(id)])
        found = draft(id)
        assert found is not None, "a roster is never deleted"
        old = {key: found.roster.cells.get(key) for key in changes}
        real = {key: slot for key, slot in changes.items() if slot != old[key]}
        if not real:
            return 0
        _write(found, real)
        text = [
            [person, found.problem.day(day).isoformat(), list(slot) if (slot := old[person, day]) else None]
            for person, day in sorted(real)
        ]
        engine.insert(
            "store_rosterstep",
            ("roster", "what", "by", "at_ms", "text"),
            [(engine.key(id), what, by, clock.milliseconds(now), json.dumps(text, ensure_ascii=False))],
        )
    return len(real)


@engine.house()
def undo(id: UUID) -> str:
    """Take the last step back; which it was, "" if there is none."""
    with engine.writing():
        row = engine.row(
            "SELECT id, what, text FROM store_rosterstep WHERE roster = %s"
            f" ORDER BY id DESC LIMIT 1{engine.for_update()}",
            [engine.key(id)],
        )
        found = draft(id)
        if row is None or found is None:
            return ""
        back = {
            (person, (date.fromisoformat(day) - found.first).days): Slot(*slot) if slot else None
            for person, day, slot in json.loads(row[2])
        }
        _write(found, back)
        engine.execute("DELETE FROM store_rosterstep WHERE id = %s", [row[0]])
    return str(row[1])


def _write(found: Draft, changes: Changes) -> None:
    key = engine.key(found.id)
    gone = [(key, person, found.problem.day(day).isoformat()) for person, day in changes]
    engine.execute_many("DELETE FROM store_rostercell WHERE roster = %s AND person = %s AND day = %s", gone)
    new = [
        (key, person, found.problem.day(day).isoformat(), slot.post, slot.shift)
        for (person, day), slot in changes.items()
        if slot is not None
    ]
    engine.insert("store_rostercell", ("roster", "person", "day", "post", "shift"), new)


def _day(value: Any) -> date:
    found = engine.day_of(value)
    assert found is not None, "the column is never empty"
    return found
