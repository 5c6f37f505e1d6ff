"""Making the plan of a campaign and writing it down: in the request where it is small, beside it where it is
not."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.home import plan as plans
from guitu.home.plan import Plan
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock, engine, unitfiles
from guitu.store.home import followups
from guitu.store.home.followups import Declared, Wanted
from guitu.store.units import tree
from guitu.web import background

SMALL: Final = 1500
"""People of a campaign that are planned within the request: about two seconds."""
log = logging.getLogger(__name__)


class NothingToPlan(GuituError):
    """Nobody is left to plan for, or there is no station."""


def key(campaign: UUID) -> str:
    """Under what its signs of life are found."""
    return f"follow-up-plan/{campaign}"


def running(campaign: UUID) -> background.Beat | None:
    """How far the making of a plan is; None while none is made."""
    return background.beat_of(key(campaign))


def begin(found: Declared, actor: Actor, office: str, now: datetime) -> bool:
    """Make the plan; True if it is made already, False if it is being made beside the request. Raises
    NothingToPlan. Whether the reader may has been asked before; the gate asks again."""
    with engine.house():
        wanted = followups.wanted(found, clock.office_day(now))
    if not wanted.demands:
        raise NothingToPlan(
            Label("没有还要安排的人：都联系过了，或者还没有乡镇接收。",
                  "nobody is left to plan for: all were tried, or no town answers for them yet")
        )  # fmt: skip
    if not wanted.stations:
        raise NothingToPlan(
            Label("这个范围内没有社戒社康指导站；先在单位里建立。",
                  "there is no guidance station in this area; set one up among the units first")
        )  # fmt: skip
    if sum(d.people for d in wanted.demands) <= SMALL:
        write(found, make(wanted), actor, office, now)
        return True
    pulse = background.Pulse(key(found.campaign.id))
    pulse.beat()
    pulse.start()

    def work() -> None:
        try:
            write(found, make(wanted, pulse), actor, office, now)
        except Exception:
            log.exception("the plan of campaign %s was not made", found.campaign.id)
        finally:
            pulse.stop()

    background.begin(work, f"plan-{found.campaign.id}")
    return False


def make(wanted: Wanted, pulse: background.Pulse | None = None) -> Plan:
    """The plan. The solver is loaded only here: it is large, and most processes never plan."""
    from guitu.visiting.making import make as made

    return made(
        wanted.demands,
        wanted.stations,
        wanted.points,
        wanted.above,
        wanted.terms,
        progress=pulse.at if pulse else None,
    )


def write(found: Declared, plan: Plan, actor: Actor, office: str, now: datetime) -> int:
    """Record it in the file of the unit that runs the campaign; how many entries that took. The plan before
    it counts no more. All or nothing."""
    entries = [
        unitfiles.new_entry(
            found.unit.code,
            "follow_up_plan",
            clock.office_day(now),
            {
                "campaign": str(found.campaign.id),
                "number": found.number + 1,
                "station": week.station,
                "week": week.monday,
                "way": week.way,
                "people": week.people,
                "days": week.text,
            },
            now=now,
            author=actor.name,
            office=office,
        )
        for week in plans.weeks(plan)
    ]
    assert tree().get(found.unit.code) is not None
    unitfiles.record_many(entries, actor=actor, now=now)
    return len(entries)
