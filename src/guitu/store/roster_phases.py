"""Closed duty, recorded from published rosters so that nobody types it twice: each phase of each batch on the
day it begins, when a roster is published and every night (`guitu indicators refresh`). A phase that is there
already is not written again; one that another publishing has changed is corrected."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from guitu.access import Actor, house
from guitu.casefile import Entry, Value
from guitu.centre.roster import Problem, Roster
from guitu.store import clock, engine, gate, roster_issues, unitfiles
from guitu.store.units import Unit, tree

SOURCE: Final = "roster"
"""Where an entry of closed duty says it comes from."""
BACK: Final = 92
"""So many days back published rosters are looked at."""


def begun(
    unit: Unit, problem: Problem, roster: Roster, today: date, *, author: str, office: str, now: datetime
) -> list[Entry]:
    """The phases of closed duty that have begun by today and are not recorded as they are."""
    closed = problem.rules.closed
    if closed is None:
        return []
    there = {
        (e.happened_on, e.fields.get("phase"), e.source): e
        for e in unitfiles.counted(unit, ("closed_duty",))
        if e.source.startswith(f"{SOURCE}:")
    }
    found = []
    for batch in range(closed.batches):
        people = [p for p in problem.people if roster.batch(p) == batch]
        for phase, first, _ in closed.spans(batch, problem.days):
            day, source = problem.day(first), f"{SOURCE}:{batch + 1}"
            if not people or day > today or (first == 0 and closed.phase(batch, -1) == phase):
                continue  # not yet; or it began before this roster, and is recorded with the one before
            length = {"duty": closed.duty, "isolation": closed.isolation, "home": closed.home}[phase]
            fields: dict[str, Value] = {
                "phase": phase,
                "officers": len(people),
                "until": day + timedelta(days=length - 1),
            }
            if phase == "duty":
                fields["longest"] = length + max(p.closed_row if first == 0 else 0 for p in people)
            old = there.get((day, phase, source))
            if old is None or dict(old.fields) != fields:
                found.append(
                    unitfiles.new_entry(
                        unit.code,
                        "closed_duty",
                        day,
                        fields,
                        now=now,
                        author=author,
                        office=office,
                        corrects=old.id if old is not None else None,
                        source=source,
                        reason="班表重新发布" if old is not None else "",
                    )
                )
    return found


@engine.house()
def record(unit: Unit, today: date, *, now: datetime, actor: Actor | None = None) -> int:
    """Record what has begun in one unit by its published rosters; how many entries were written."""
    published = {e.id: e for e in unitfiles.unit_file(unit).entries if e.kind == "roster_published"}
    written = 0
    for issue in roster_issues.current(unit, today - timedelta(days=BACK), today):
        entry = published.get(issue.id)
        if entry is None:
            continue
        new = begun(unit, issue.problem, issue.roster, today, author=entry.author, office=entry.unit, now=now)
        if new:
            gate.record_many(new, actor=actor or house(), now=now)
            written += len(new)
    return written


@engine.house()
def record_all(now: datetime) -> int:
    """The same for every unit that has published a roster."""
    today = clock.office_day(now)
    numbers = [row[0] for row in engine.rows("SELECT DISTINCT unit FROM store_rosterissue ORDER BY unit")]
    return sum(record(tree().by_no[no], today, now=now) for no in numbers)
