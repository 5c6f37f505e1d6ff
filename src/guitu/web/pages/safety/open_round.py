"""The round somebody is walking: kept in the session of the phone until it is saved as one entry. Signing out
or letting the session end before that loses it, and the pages say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest

from guitu.centre.patrol import How, Passing, Plan

KEY: Final = "patrol"


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that has begun: the id of its entry to be, the unit, the plan as it was then, when it began,
    and the passings so far."""

    id: str
    unit: str
    plan: Plan
    began: datetime
    passings: tuple[Passing, ...] = ()


def open_round(request: HttpRequest) -> OpenRound | None:
    """The round that is being walked in this session, if one is."""
    told: dict[str, Any] | None = request.session.get(KEY)
    if not told:
        return None
    name, times, within, points, plan = told["plan"]
    passings = tuple(Passing(code, datetime.fromisoformat(at), how) for code, at, how in told["passings"])
    return OpenRound(
        told["id"],
        told["unit"],
        Plan(name, tuple(times), within, tuple(points), plan),
        datetime.fromisoformat(told["began"]),
        passings,
    )


def keep(request: HttpRequest, walked: OpenRound) -> None:
    """Keep a round as it stands."""
    plan = walked.plan
    request.session[KEY] = {
        "id": walked.id,
        "unit": walked.unit,
        "plan": [plan.name, list(plan.times), plan.within, list(plan.points), plan.id],
        "began": walked.began.isoformat(),
        "passings": [[passing.code, passing.at.isoformat(), passing.how] for passing in walked.passings],
    }


def add(request: HttpRequest, walked: OpenRound, code: str, at: datetime, how: How) -> None:
    """Keep one more passing; the first of a checkpoint is the one that counts."""
    if all(passing.code != code for passing in walked.passings):
        keep(request, replace(walked, passings=(*walked.passings, Passing(code, at, how))))


def drop(request: HttpRequest) -> None:
    """The round is saved, or given up."""
    request.session.pop(KEY, None)
