"""Rosters as they were published, and what staff ask for.

Publishing is an entry in the unit's own file that holds the digest of what the roster says; the content
stands beside it and never changes. What goes against a rule is not published.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Value
from guitu.casefile.chain import sm3
from guitu.centre.roster import Breach, Problem, Roster, check
from guitu.centre.roster.reading import problem_data, problem_of, roster_data, roster_of
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock, engine, gate, unitfiles
from guitu.store.centre.stays import centre_of
from guitu.store.rosters import Draft
from guitu.store.units import Unit, tree


class NotPublished(GuituError):
    """What goes against a rule is not published; `breaches` say what."""

    def __init__(self, breaches: list[Breach]) -> None:
        self.breaches = breaches
        number = len(breaches)
        super().__init__(
            Label(
                f"有 {number} 处不符合规则，没有发布。",
                f"{number} things go against the rules: not published.",
            )
        )


@dataclass(frozen=True, slots=True)
class Issue:
    """A roster as it was published."""

    id: UUID
    roster_id: UUID
    problem: Problem
    roster: Roster
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of somebody, as it was published."""

    day: date
    label: Label
    post: Label
    begins: datetime
    ends: datetime


@engine.house()
def publish(unit: Unit, draft: Draft, *, actor: Actor, now: datetime) -> UUID:
    """Publish a roster; the id of the entry. Raises NotPublished, and NotAllowed as the gate does."""
    breaches = check(draft.roster, draft.problem)
    if breaches:
        raise NotPublished(breaches)
    text = _text(draft.problem, draft.roster)
    before = latest(draft.id)
    digest = sm3(text.encode()).hex()
    if before is not None and before.digest == digest:
        return before.id
    fields: dict[str, Value] = {
        "first": draft.first,
        "last": draft.final,
        "people": len({p for p, _ in draft.roster.cells}),
        "shifts": len(draft.roster.cells),
        "digest": digest,
    }
    if before is not None:
        fields["replaces"] = str(before.id)
    office = actor.posts[0].unit if actor.posts else unit.code
    entry = unitfiles.new_entry(
        unit.code,
        "roster_published",
        clock.office_day(now),
        fields,
        now=now,
        author=actor.name,
        office=office,
    )
    with engine.writing():
        gate.record(entry, actor=actor, now=now)
        engine.insert(
            "store_rosterissue",
            ("id", "roster", "unit", "first", "days", "at_ms", "text"),
            [
                (
                    engine.key(entry.id),
                    engine.key(draft.id),
                    unit.no,
                    draft.first.isoformat(),
                    draft.problem.days,
                    clock.milliseconds(now),
                    text,
                )
            ],
        )
        from guitu.store import roster_phases  # which asks what was published here

        roster_phases.record(unit, clock.office_day(now), now=now, actor=actor)
    return entry.id


def _text(problem: Problem, roster: Roster) -> str:
    data = {"problem": problem_data(problem), "roster": roster_data(roster, problem)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@engine.house()
def latest(roster: UUID) -> Issue | None:
    """The roster as it was published last, or None."""
    row = engine.row(
        "SELECT id, roster, at_ms, text FROM store_rosterissue WHERE roster = %s"
        " ORDER BY at_ms DESC, id DESC LIMIT 1",
        [engine.key(roster)],
    )
    return _issue(row) if row else None


@engine.house()
def current(unit: Unit, first: date, last: date) -> list[Issue]:
    """What was published last of each roster that has some of these days."""
    found = engine.rows(
        "SELECT id, roster, at_ms, text FROM store_rosterissue WHERE unit = %s AND first <= %s"
        " ORDER BY at_ms, id",
        [unit.no, last.isoformat()],
    )
    newest = {row[1]: row for row in found}
    issues = [_issue(row) for row in newest.values()]
    return sorted(
        (i for i in issues if i.problem.day(i.problem.days - 1) >= first), key=lambda i: i.problem.first
    )


@lru_cache(maxsize=64)
def _told(text: str) -> tuple[Problem, Roster]:
    """What an issue says: it is never changed, so it is read once."""
    data = json.loads(text)
    problem = problem_of(data["problem"])
    return problem, roster_of(data["roster"], problem)


def _issue(row: engine.Row) -> Issue:
    problem, roster = _told(row[3])
    return Issue(
        engine.uuid_of(row[0]),
        engine.uuid_of(row[1]),
        problem,
        roster,
        clock.moment(row[2]),
        sm3(row[3].encode()).hex(),
    )


def shifts_of(unit: Unit, person: str, first: date, last: date) -> list[Shift]:
    """Somebody's published shifts from one day to another."""
    found = []
    for issue in current(unit, first, last):
        problem = issue.problem
        for (who, number), slot in sorted(issue.roster.cells.items(), key=lambda c: c[0][1]):
            day = problem.day(number)
            if who == person and first <= day <= last:
                shift, post = problem.shift[slot.shift], problem.post[slot.post]
                midnight = clock.midnight(day)
                found.append(
                    Shift(
                        day,
                        shift.label,
                        post.label,
                        midnight + timedelta(minutes=shift.start),
                        midnight + timedelta(minutes=shift.end),
                    )
                )
    return found


# ── what staff ask for ────────────────────────────────────────────────────────────────────────────

Sort = Literal["leave", "swap"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks: leave from a day to another, or that `other` takes their day."""

    id: int
    person: str
    what: Sort
    day: date
    until: date | None
    other: str
    reason: str
    state: str
    by: str


@engine.house()
def ask(
    unit: Unit,
    person: str,
    what: Sort,
    day: date,
    *,
    until: date | None = None,
    other: str = "",
    reason: str = "",
    now: datetime,
) -> None:
    """Ask for leave, or to swap. The same again while it is open is the same."""
    with engine.writing():
        there = engine.row(
            "SELECT id FROM store_rosterask WHERE unit = %s AND person = %s AND what = %s AND day = %s"
            " AND other = %s AND state = 'open'",
            [unit.no, person, what, day.isoformat(), other],
        )
        if there is None:
            engine.insert(
                "store_rosterask",
                ("unit", "person", "what", "day", "until", "other", "reason", "state", "at_ms", "by"),
                [
                    (
                        unit.no,
                        person,
                        what,
                        day.isoformat(),
                        until.isoformat() if until else None,
                        other,
                        reason[:200],
                        "open",
                        clock.milliseconds(now),
                        "",
                    )
                ],
            )


@engine.house()
def asks(unit: Unit, *, person: str = "", state: str = "") -> list[Ask]:
    """What is asked for, the latest first."""
    found = engine.rows(
        'SELECT id, person, what, day, until, other, reason, state, "by" FROM store_rosterask WHERE unit = %s'
        " AND (%s = '' OR person = %s) AND (%s = '' OR state = %s) ORDER BY id DESC LIMIT 200",
        [unit.no, person, person, state, state],
    )
    return [
        Ask(i, p, w, engine.day_of(d) or date.min, engine.day_of(u), o, r, s, b)
        for i, p, w, d, u, o, r, s, b in found
    ]


@engine.house()
def answer(unit: Unit, id: int, *, granted: bool, by: str) -> Ask | None:
    """Grant or refuse what is open; None if it is not."""
    with engine.writing():
        found = next((a for a in asks(unit, state="open") if a.id == id), None)
        if found is not None:
            engine.execute(
                'UPDATE store_rosterask SET state = %s, "by" = %s WHERE id = %s',
                ["granted" if granted else "refused", by, id],
            )
    return found


def unit_of(code: str) -> Unit | None:
    """The unit whose rosters a post belongs to: the centre it lies in."""
    own = tree().get(code)
    return centre_of(own) if own is not None else None


def leave_in(data: dict[str, Any], person: str, first: date, last: date) -> dict[str, Any]:
    """What a unit plans with, and leave of somebody added."""
    days = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    people = [
        {**p, "leave": sorted({*p.get("leave", []), *days})} if p["id"] == person else p
        for p in data["people"]
    ]
    return {**data, "people": people}
