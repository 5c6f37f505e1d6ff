"""Requests and plans with what became of them. A request waits until a talk is planned for it or it is
declined; a plan is held once an event names it. Days are calendar days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.levels.outreach.chains import Chains, over

OF_DIARY: Final = frozenset(
    {"talk_request", "talk_request_declined", "talk_planned", "talk_cancelled", "outreach_event", "lecturer",
     "lecturer_training", "outreach_target"}
)  # fmt: skip
"""The kinds that the diary is made of."""

RequestState = Literal["waiting", "planned", "held", "declined"]
PlanState = Literal["coming", "today", "unreported", "held", "cancelled"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request: how far it is, since how many days it waits, and the plan made for it."""

    entry: Entry
    state: RequestState
    days: int
    plan: Entry | None = None
    declined: Entry | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One talk that was planned: how far it is, who gives it, whom it is for, what was held."""

    entry: Entry
    state: PlanState
    lecturer: Entry | None = None
    target: Entry | None = None
    held: Entry | None = None
    cancelled: Entry | None = None

    @property
    def day(self) -> date:
        """The day of the talk."""
        day = self.entry.get("planned_on")
        return day if isinstance(day, date) else self.entry.happened_on


def plans(chains: Chains, on: date) -> tuple[Plan, ...]:
    """Every plan, by its day and time."""
    held = chains.answering("outreach_event", "plan")
    cancelled = chains.answering("talk_cancelled")
    found = []
    for entry in chains.of("talk_planned"):
        key = chains.first(entry.id)
        was_held, off = held.get(key, [None])[-1], cancelled.get(key, [None])[-1]
        day = entry.get("planned_on")
        state: PlanState = "coming"
        if was_held is not None:
            state = "held"
        elif off is not None:
            state = "cancelled"
        elif day == on:
            state = "today"
        elif isinstance(day, date) and day < on:
            state = "unreported"
        found.append(
            Plan(
                entry, state, chains.standing(entry.get("lecturer")), chains.standing(entry.get("target")),
                was_held, off,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda p: (p.day, _time(p.entry), p.entry.recorded_at)))


def _time(entry: Entry) -> int:
    time = entry.get("time")
    return time if isinstance(time, int) else 2400


def requests(chains: Chains, on: date) -> tuple[Request, ...]:
    """Every request, those that wait first and of these the one that waits longest."""
    planned = {}
    for plan in plans(chains, on):
        if (to := plan.entry.get("request")) and plan.state != "cancelled":
            planned[chains.first(to)] = plan
    declined = chains.answering("talk_request_declined")
    found = []
    for entry in chains.of("talk_request"):
        key = chains.first(entry.id)
        made, no = planned.get(key), declined.get(key, [None])[-1]
        state: RequestState = "waiting"
        if made is not None:
            state = "held" if made.state == "held" else "planned"
        elif no is not None:
            state = "declined"
        found.append(Request(entry, state, (on - entry.happened_on).days, made.entry if made else None, no))
    waiting = sorted((r for r in found if r.state == "waiting"), key=lambda r: -r.days)
    return (*waiting, *sorted((r for r in found if r.state != "waiting"), key=lambda r: r.days))


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker: trainings, their hours in twelve months, how many planned talks were held and come."""

    entry: Entry
    trainings: tuple[Entry, ...]
    hours: int
    held: int
    coming: int
    ended: bool


def speakers(chains: Chains, on: date) -> tuple[Speaker, ...]:
    """Every speaker, those in service first, each with their training and talks."""
    trained = chains.answering("lecturer_training")
    by: dict[str, list[Plan]] = {}
    for plan in plans(chains, on):
        if plan.lecturer is not None:
            by.setdefault(chains.first(plan.lecturer.id), []).append(plan)
    found = []
    for entry in chains.of("lecturer"):
        key = chains.first(entry.id)
        trainings = tuple(trained.get(key, ()))
        lately = [t for t in trainings if 0 <= (on - t.happened_on).days < 366]
        mine = by.get(key, [])
        found.append(
            Speaker(
                entry, trainings, sum(h for t in lately if isinstance(h := t.get("hours"), int)),
                sum(p.state == "held" for p in mine), sum(p.state in ("coming", "today") for p in mine),
                over(entry, on),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda s: (s.ended, s.entry.happened_on, s.entry.recorded_at)))


@dataclass(frozen=True, slots=True)
class Stock:
    """A material, and how many copies of it went out."""

    entry: Entry
    given: int

    @property
    def left(self) -> int:
        """Copies that should be on the shelf."""
        copies = self.entry.get("copies")
        return (copies if isinstance(copies, int) else 0) - self.given


def stocks(chains: Chains) -> tuple[Stock, ...]:
    """Every material with what went out of it, the latest first."""
    given = chains.answering("material_given")
    return tuple(
        Stock(e, sum(n for g in given.get(chains.first(e.id), ()) if isinstance(n := g.get("copies"), int)))
        for e in reversed(chains.of("outreach_material"))
    )
