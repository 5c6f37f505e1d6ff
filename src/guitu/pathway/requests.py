"""What the person has asked for, and by when it is to be answered: a duty for each request, in the file as a
whole. It outlasts the measure; only an answer that names the request settles it, or the person's death: but
that a death is to be reported, death does not settle."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.traced import Traced
from guitu.kernel.days import add_days
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway import steps
from guitu.pathway.deadlines import Deadlines
from guitu.pathway.duties import Horizon, in_force
from guitu.pathway.history import History
from guitu.pathway.kinds import DEATH
from guitu.pathway.model import Duty, DutyState
from guitu.pathway.plan import Owed, Plan, Request, plan_of
from guitu.policy import Policy
from guitu.policy.model import FILE, Within


def requested(
    plan: Plan, history: History, horizon: Horizon, years: set[int], file: CaseFile, known_at: datetime | None
) -> list[Duty]:
    """The duty that follows from each request, by the rules of the plan; `file` is what the history was read
    from, as known at `known_at`. What belongs to something that was withdrawn asks nothing."""
    found: list[Duty] = []
    deadlines = Deadlines(years)
    traced: Traced | None = None
    for request in plan.requests:
        asked = history.by_kind.get(request.asks.kind)
        for entry in request.asks.among(asked) if asked else ():
            owed = in_force(request.rule, entry.happened_on)
            if owed is None or not _applies(request, history, entry.happened_on):
                continue
            traced = traced or Traced(file.known(known_at))
            word = owed.word
            assert isinstance(word, Within)
            if not (word.beside and traced.withdrawn(entry.fields.get(word.answers))):
                done = _answer(word, entry, history, traced)
                found.append(_duty(owed, entry, done, plan, history, horizon, deadlines))
    return found


def _applies(request: Request, history: History, day: date) -> bool:
    """Whether the rule's measure stands on the day of the request, or the rule needs none."""
    last = add_days(day, -1) if request.asks.kind == DEATH else day  # a death ends the measure on its day
    return request.measures == (FILE,) or any(
        course.name in request.measures
        and course.ordered_on <= last
        and (course.left_on is None or last < course.left_on)
        for course in history.courses
    )


def _duty(
    owed: Owed,
    entry: Entry,
    done: Entry | None,
    plan: Plan,
    history: History,
    horizon: Horizon,
    deadlines: Deadlines,
) -> Duty:
    word = owed.word
    assert isinstance(word, Within)
    day = entry.happened_on
    due, _, lines = deadlines.due(word, plan.names.entries[entry.kind], day)
    entries: tuple[UUID, ...] = (entry.id,)
    state: DutyState
    if done is not None:
        state = "done"
        lines += ((steps.done, (done.happened_on, due is not None and done.happened_on > due)),)
        entries += (done.id,)
    elif history.died_on is not None and entry.kind != DEATH:
        state = "waived"
        lines += (_DIED,)
    elif due is not None and horizon.on > due:
        state = "overdue"
    else:
        state = "open"
        if due is not None:
            horizon.at(add_days(due, 1))
    return Duty(
        word.name, owed.label, word.owed_by, state, day, due, owed.record,
        Because(owed.says, day, owed.cites, entries, lines, owed.rule, owed.status),
        entry.id, done.happened_on if done else None, done.id if done else None,
    )  # fmt: skip


def _answer(word: Within, entry: Entry, history: History, traced: Traced) -> Entry | None:
    """The first entry that answers this one, or what it was before it was corrected; where the rule says so,
    that belongs to the same as this one."""
    named = entry.fields.get(word.answers) if word.beside else entry.id
    if named is None:
        return None
    asked = traced.first(named)
    for pick in word.done_by:
        for answer in pick.among(history.by_kind.get(pick.kind, ())):
            if traced.first(answer.fields.get(word.answers)) == asked:
                return answer
    return None


def due_of(policy: Policy, name: str, day: date) -> date | None:
    """By when something asked for on a day is to be answered, under the duty of that name; None where no rule
    says a number of days."""
    for request in plan_of(policy).requests:
        owed = in_force(request.rule, day)
        if owed is not None and isinstance(owed.word, Within) and owed.word.name == name:
            return Deadlines(set()).due(owed.word, _REQUEST, day)[0]
    return None


_DIED = Label("本人已死亡，免办", "waived: the person died")
_REQUEST = Label("提出", "asked")
