"""Putting a pack together beside the request, so that whoever asked may leave: one at a time for a period
of a unit; what became of it is remembered for a day.

How far it is goes through the cache that all server processes share (`web.background`). One that was cut
short has written nothing, because a pack is fixed in one piece at the end: it is simply started again.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid4

from django.core.cache import caches

from guitu.access import Actor
from guitu.exchange.packs import analysis, making
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.units import Unit
from guitu.web import background
from guitu.web.background import KEPT_FOR, Beat

BROKEN: Final = Label(
    "系统出了差错，没有汇总成，也没有写入任何内容；请再试一次。",
    "Something went wrong: it was not put together, and nothing was written. Try again.",
)

_log = logging.getLogger("guitu.packs")
_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """One pack being put together, or what became of it: `said` why it failed, `pack` what it made. `run`
    tells this time from others; `id` is the id that was asked for, if any."""

    run: str
    state: Literal["running", "failed", "done"] = "running"
    corrects: UUID | None = None
    said: Label | None = None
    pack: UUID | None = None
    id: UUID | None = None

    @property
    def beat(self) -> Beat | None:
        """Its last sign of life; None when it is over, or was cut short."""
        return background.beat_of(_beat(self.run)) if self.state == "running" else None


def job_of(unit: Unit, period: Period) -> Job | None:
    """What was last begun for a period of a unit, while that is remembered."""
    found: Job | None = caches["shared"].get(_key(unit, period))
    return found


def begin(
    unit: Unit, period: Period, *, actor: Actor, now: datetime, corrects: UUID | None = None, why: str = "",
    identifier: UUID | None = None,
) -> threading.Thread | None:  # fmt: skip
    """Start putting it together, under that id where one is given; None if that is being done already. Two
    servers that begin in the same instant do it twice, and only one of them fixes a pack."""
    key = _key(unit, period)
    with _lock:
        there = job_of(unit, period)
        if there is not None and there.beat is not None:
            return None
        job = Job(uuid4().hex, corrects=corrects, id=identifier)
        pulse = background.Pulse(_beat(job.run))
        pulse.at(0, making.STEPS)
        pulse.beat()
        caches["shared"].set(key, job, KEPT_FOR)

    @engine.house()  # of its own thread; what the actor may, `fix` asks
    def work() -> None:
        pulse.start()
        try:
            with analysis.counter() as counting:
                fixed = making.fix(
                    unit, period, counting, actor=actor, now=now, corrects=corrects, why=why,
                    progress=lambda done: pulse.at(done, making.STEPS), identifier=identifier,
                )  # fmt: skip
            over = replace(job, state="done", pack=fixed.id)
        except GuituError as fault:
            over = replace(job, state="failed", said=fault.label)
        except Exception:
            _log.exception("pack %s %s", unit.code, period.text)
            over = replace(job, state="failed", said=BROKEN)
        try:
            if job_of(unit, period) == job:
                caches["shared"].set(key, over, KEPT_FOR)
        finally:
            pulse.stop()

    return background.begin(work, f"pack {unit.code} {period.text}")


def _key(unit: Unit, period: Period) -> str:
    return f"pack-job-{unit.code}-{period.text}"


def _beat(run: str) -> str:
    return f"pack-beat-{run}"
