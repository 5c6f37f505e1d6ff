"""Problems and rosters as JSON: days as 2026-11-23, times as 07:30, lengths in hours. Unknown keys are errors
that name the nearest known one; whatever is left out has the value it has in `model`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any, Final

from guitu.centre.roster.closed import Closed
from guitu.centre.roster.model import (
    Demand,
    Limits,
    Person,
    Post,
    Problem,
    Roster,
    Rules,
    Shift,
    Slot,
    Weights,
    Wish,
)
from guitu.kernel.errors import GuituError, unknown_key
from guitu.kernel.labels import Label

_HOURS: Final = {"rest", "most_week", "most_period"}
_RULES: Final = {
    "rest": "rest",
    "most_week": "most_minutes_week",
    "most_period": "most_minutes_period",
}
"""Lengths that the file gives in hours, and what they are called in `Rules`."""


def problem_of(data: object) -> Problem:
    """The problem that a parsed JSON file holds. Raises GuituError saying what is wrong and where."""
    top = _Part(data, "roster")
    first: date = top.take("first", _date)
    days = top.take("days", int)

    def number(text: object) -> int:
        return (_date(text) - first).days

    shifts = tuple(_shift(p) for p in top.parts("shifts"))
    posts = tuple(_post(p) for p in top.parts("posts"))
    people = tuple(_inside(_person(p, number), days) for p in top.parts("people"))
    demand = tuple(d for p in top.parts("demand") for d in _demand(p, number, first, days))
    rules = _rules(_Part(top.take("rules", dict, {}), "rules"), number)
    name = top.take("name", str, "")
    top.done()
    found = Problem(first, days, shifts, posts, people, demand, rules, name)
    _hangs_together(found)
    return found


def roster_of(data: object, problem: Problem) -> Roster:
    """The roster that a parsed JSON file holds, by the days of its problem."""
    top = _Part(data, "roster")
    cells = {}
    for part in top.parts("cells"):
        day = (part.take("day", _date) - problem.first).days
        cells[part.take("person", str), day] = Slot(part.take("post", str), part.take("shift", str))
        part.done()
    batches = {str(k): int(v) for k, v in top.take("batches", dict, {}).items()}
    top.done()
    return Roster(cells, batches)


def roster_data(roster: Roster, problem: Problem) -> dict[str, Any]:
    """A roster as its JSON holds it; the same cells give the same text."""
    cells = [
        {"person": person, "day": problem.day(day).isoformat(), "post": slot.post, "shift": slot.shift}
        for (person, day), slot in sorted(roster.cells.items())
    ]
    return {"cells": cells, "batches": dict(sorted(roster.batches.items()))}


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem as its JSON holds it."""

    def iso(days: Iterable[int]) -> list[str]:
        return [problem.day(d).isoformat() for d in sorted(days)]

    people = []
    for p in problem.people:
        one: dict[str, Any] = {
            "id": p.id,
            "name": p.name,
            "sex": p.sex,
            "brigade": p.brigade,
            "skills": sorted(p.skills),
            "batch": p.batch,
            "leave": iso(p.leave),
            "wishes": [
                {"day": problem.day(w.day).isoformat(), "shift": w.shift, "on": w.on, "weight": w.weight}
                for w in p.wishes
            ],
            "limits": {**_given(p.limits), "most_of": dict(p.limits.most_of)},
            "before": list(p.before),
            "stays": [iso(s) for s in p.stays],
            "closed_row": p.closed_row,
            "closed_sum": p.closed_sum,
            "nights_before": p.nights_before,
            "weekends_before": p.weekends_before,
        }
        people.append(
            {k: v for k, v in one.items() if v not in (None, [], {}, "", 0) or k in ("id", "batch")}
        )
        if p.batch is None:
            del people[-1]["batch"]
        if not people[-1].get("limits", {"most_of": 1}).get("most_of", 1):
            del people[-1]["limits"]["most_of"]
    demand = [
        {
            **{k: v for k, v in asdict(d).items() if v is not None and k not in ("day", "skilled")},
            "days": [problem.day(d.day).isoformat()],
            "skilled": dict(d.skilled),
        }
        for d in problem.demand
    ]
    return {
        "name": problem.name,
        "first": problem.first.isoformat(),
        "days": problem.days,
        "shifts": [
            {
                "code": s.code,
                "zh": s.label.zh,
                "en": s.label.en,
                "start": f"{s.start // 60:02}:{s.start % 60:02}",
                "hours": s.minutes / 60,
                "night": s.night,
            }
            for s in problem.shifts
        ],
        "posts": [
            {
                "code": p.code,
                "zh": p.label.zh,
                "en": p.label.en,
                "sex": p.sex,
                "skill": p.skill,
                "brigades": sorted(p.brigades),
            }
            for p in problem.posts
        ],
        "people": people,
        "demand": demand,
        "rules": _rules_data(problem),
    }


class _Part:
    """One object of the file: what is taken out of it is ticked off, what is left over is an error."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise GuituError(Label("这里应是一个对象 {…}。", "an object {…} is wanted here."), where=where)
        self.data: dict[str, Any] = data
        self.where = where
        self.taken: set[str] = set()

    def take(self, key: str, make: Callable[[Any], Any], *default: Any) -> Any:
        """The value under a key, made into what it should be."""
        self.taken.add(key)
        if key not in self.data or (self.data[key] is None and default):
            if default:
                return default[0]
            raise GuituError(Label(f"缺少“{key}”。", f"“{key}” is missing."), where=self.where)
        try:
            return make(self.data[key])
        except (TypeError, ValueError, AttributeError) as wrong:
            shown = f"{self.where}.{key}"
            raise GuituError(
                Label(f"读不懂 {self.data[key]!r}。", f"cannot read {self.data[key]!r}."), where=shown
            ) from wrong

    def parts(self, key: str) -> list[_Part]:
        """The objects of a list."""
        return [_Part(d, f"{self.where}.{key}[{n}]") for n, d in enumerate(self.take(key, list, []))]

    def done(self) -> None:
        """Nothing may be left."""
        for key in self.data:
            if key not in self.taken:
                raise unknown_key(key, self.taken, where=self.where)


def _date(text: object) -> date:
    return date.fromisoformat(str(text))


def _minutes(text: object) -> int:
    hours, _, minutes = str(text).partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _of_hours(hours: object) -> int:
    return round(float(str(hours)) * 60)


def _label(part: _Part, code: str) -> Label:
    zh = part.take("zh", str, "") or code
    return Label(zh, part.take("en", str, "") or zh)


def _shift(part: _Part) -> Shift:
    code = part.take("code", str)
    found = Shift(
        code,
        _label(part, code),
        part.take("start", _minutes),
        part.take("hours", _of_hours),
        part.take("night", bool, False),
    )
    part.done()
    return found


def _post(part: _Part) -> Post:
    code = part.take("code", str)
    found = Post(
        code,
        _label(part, code),
        part.take("sex", str, ""),
        part.take("skill", str, ""),
        part.take("brigades", frozenset, frozenset()),
    )
    part.done()
    return found


def _person(part: _Part, number: Callable[[object], int]) -> Person:
    wishes = []
    for w in part.parts("wishes"):
        wishes.append(
            Wish(
                w.take("day", number),
                w.take("shift", str, ""),
                w.take("on", bool, False),
                w.take("weight", int, 1),
            )
        )
        w.done()
    limits = dict(part.take("limits", dict, {}))
    of = tuple(sorted((str(k), int(v)) for k, v in limits.pop("most_of", {}).items()))
    known = {f.name for f in fields(Limits)} - {"most_of"}
    for key in limits:
        if key not in known:
            raise unknown_key(key, known, where=f"{part.where}.limits")
    identity = part.take("id", str)
    found = Person(
        id=identity,
        name=part.take("name", str, identity),
        sex=part.take("sex", str, ""),
        brigade=part.take("brigade", str, ""),
        skills=part.take("skills", frozenset, frozenset()),
        batch=part.take("batch", int, None),
        leave=part.take("leave", lambda days: frozenset(number(d) for d in days), frozenset()),
        wishes=tuple(wishes),
        limits=Limits(**limits, most_of=of),
        before=part.take("before", tuple, ()),
        stays=part.take("stays", lambda s: tuple((number(a), number(b)) for a, b in s), ()),
        closed_row=part.take("closed_row", int, 0),
        closed_sum=part.take("closed_sum", int, 0),
        nights_before=part.take("nights_before", int, 0),
        weekends_before=part.take("weekends_before", int, 0),
    )
    part.done()
    return found


def _inside(person: Person, days: int) -> Person:
    """Leave and wishes of other months are not this roster's."""
    return replace(
        person,
        leave=frozenset(d for d in person.leave if 0 <= d < days),
        wishes=tuple(w for w in person.wishes if 0 <= w.day < days),
    )


def _demand(part: _Part, number: Callable[[object], int], first: date, days: int) -> list[Demand]:
    """One row of the file: for the days it lists, the weekdays it names (1-7, Monday first), or every day."""
    listed = part.take("days", lambda given: [number(d) for d in given], None)
    weekdays = part.take("weekdays", lambda given: {int(d) for d in given}, {1, 2, 3, 4, 5, 6, 7})
    if listed is None:
        monday = first.weekday()
        listed = [d for d in range(days) if (monday + d) % 7 + 1 in weekdays]
    skilled = tuple(sorted((str(k), int(v)) for k, v in part.take("skilled", dict, {}).items()))
    post, shift, heads = part.take("post", str), part.take("shift", str), part.take("heads", int)
    most, under, over = (part.take(k, int, None) for k in ("most", "under", "over"))
    part.done()
    return [Demand(post, d, shift, heads, most, skilled, under, over) for d in listed if 0 <= d < days]


def _rules(part: _Part, number: Callable[[object], int]) -> Rules:
    given: dict[str, Any] = {}
    for key, name in _RULES.items():
        if key in part.data:
            given[name] = None if part.data[key] is None else _of_hours(part.data[key])
        part.taken.add(key)
    for key in ("most_days_row", "most_nights_row", "least_row", "least_off_row"):
        if key in part.data:
            given[key] = part.data[key]
        part.taken.add(key)
    given["period"] = part.take("period", int, 28)
    given["forward"] = part.take("forward", bool, False)
    given["days_off"] = part.take("days_off", tuple, None)
    given["forbidden"] = part.take("forbidden", lambda rows: tuple(tuple(r) for r in rows), ())
    given["weights"] = Weights(**part.take("weights", dict, {}))
    if part.take("closed", dict, None) is not None:
        closed = dict(part.data["closed"])
        closed["begins"] = number(closed["begins"]) if "begins" in closed else 0
        given["closed"] = Closed(**closed)
    part.done()
    return Rules(**given)


def _rules_data(problem: Problem) -> dict[str, Any]:
    rules = problem.rules
    found: dict[str, Any] = {
        key: None if getattr(rules, name) is None else getattr(rules, name) / 60
        for key, name in _RULES.items()
    }
    found |= {
        "most_days_row": rules.most_days_row,
        "most_nights_row": rules.most_nights_row,
        "least_row": rules.least_row,
        "least_off_row": rules.least_off_row,
        "period": rules.period,
        "days_off": list(rules.days_off) if rules.days_off else None,
        "forward": rules.forward,
        "forbidden": [list(f) for f in rules.forbidden],
        "weights": asdict(rules.weights),
    }
    if rules.closed is not None:
        found["closed"] = asdict(rules.closed) | {"begins": problem.day(rules.closed.begins).isoformat()}
    return found


def _given(limits: Limits) -> Mapping[str, int]:
    return {k: v for k, v in asdict(limits).items() if v is not None and k != "most_of"}


def _hangs_together(problem: Problem) -> None:
    """Codes that are used are declared, and nothing is declared twice."""
    for what, codes in (
        ("shifts", [s.code for s in problem.shifts]),
        ("posts", [p.code for p in problem.posts]),
        ("people", [p.id for p in problem.people]),
    ):
        twice = next((c for c in codes if codes.count(c) > 1), None)
        if twice is not None:
            raise GuituError(Label(f"“{twice}”写了两次。", f"“{twice}” stands there twice."), where=what)
    for demand in problem.demand:
        for code, known in ((demand.post, problem.post), (demand.shift, problem.shift)):
            if code not in known:
                raise unknown_key(code, known, where="demand")
    if problem.days < 1:
        raise GuituError(Label("天数至少为 1。", "there must be at least one day."), where="days")
