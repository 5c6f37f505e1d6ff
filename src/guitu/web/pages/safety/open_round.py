"""The round somebody is walking: kept with the account until it is saved as one entry, so that neither
signing out nor a flat battery loses it, and another phone goes on with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from guitu.centre.patrol import How, Passing, Plan
from guitu.web.models import WalkedRound


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that has begun: the id of its entry to be, the unit, the plan as it was then, when it began,
    and the passings so far."""

    id: str
    unit: str
    plan: Plan
    began: datetime
    passings: tuple[Passing, ...] = ()


def open_round(username: str) -> OpenRound | None:
    """The round that this account is walking, if it is."""
    held = WalkedRound.objects.filter(user__username=username).first()
    if held is None:
        return None
    told: dict[str, Any] = held.told
    name, times, within, points, plan = told["plan"]
    passings = tuple(Passing(code, datetime.fromisoformat(at), how) for code, at, how in told["passings"])
    return OpenRound(
        told["id"],
        told["unit"],
        Plan(name, tuple(times), within, tuple(points), plan),
        datetime.fromisoformat(told["began"]),
        passings,
    )


def keep(username: str, walked: OpenRound) -> None:
    """Keep a round as it stands."""
    plan = walked.plan
    told = {
        "id": walked.id,
        "unit": walked.unit,
        "plan": [plan.name, list(plan.times), plan.within, list(plan.points), plan.id],
        "began": walked.began.isoformat(),
        "passings": [[passing.code, passing.at.isoformat(), passing.how] for passing in walked.passings],
    }
    user = get_user_model().objects.get(username=username)
    WalkedRound.objects.update_or_create(user=user, defaults={"told": told})


@transaction.atomic
def add(username: str, code: str, at: datetime, how: How) -> None:
    """Keep one more passing; the first of a checkpoint is the one that counts."""
    walked = open_round(username)  # as it stands now: another phone of the account may have been faster
    if walked is not None and all(passing.code != code for passing in walked.passings):
        keep(username, replace(walked, passings=(*walked.passings, Passing(code, at, how))))


def drop(username: str) -> None:
    """The round is saved, or given up."""
    WalkedRound.objects.filter(user__username=username).delete()
