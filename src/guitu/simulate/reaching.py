"""How people in community measures are kept in touch with in the fictional province, and how a few are lost:
laid over a history that is written. Most months bring a call; where nobody answers, others are tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from guitu.casefile import Entry, Value
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA

_TOLD: Final = 0.5
"""Of so many people it is told."""
_NOT_REACHED, _LOST, _MOVED = 0.14, 0.1, 0.03
"""Of these, who does not answer lately, who is lost, who has moved away."""
_WITHIN: Final = timedelta(days=60)
"""How long ago the last entry may lie for somebody to be in a community measure still."""
COMMUNITY: Final = ("community_treatment", "community_recovery")
_OVER: Final = frozenset({"death", "end_notice", "admission", "imprisoned", "record_sealed"})
_MET: Final = frozenset({"urine_test", "reporting_in", "agreement"})
_WAYS: Final = ("phone", "visit", "phone", "message", "through_others")


def with_contacts(entries: tuple[Entry, ...], seed: str, today: date) -> tuple[Entry, ...]:
    """The entries of a life, and of some in a community measure how somebody tried to reach them lately."""
    rng = Random(f"contacts/{seed}")
    if rng.random() >= _TOLD or not stays(entries, today):
        return entries
    held = [e for e in entries if e.kind == "responsible_unit"] or list(entries[:1])
    first = max(held[-1].recorded_at.date() + timedelta(days=1), today - _WITHIN)
    found = []
    met = max((e.happened_on for e in entries if e.kind in _MET), default=first)
    for n, (day, how, result) in enumerate(_told(rng, first, met, today)):
        at = datetime.combine(day, time(15, (n * 7 + rng.randrange(7)) % 60), CHINA)
        fields: dict[str, Value] = {"how": how, "time": 900 + rng.randrange(7) * 100, "result": result}
        found.append(
            Entry(
                id=uuid7(int(at.timestamp() * 1000), rng.randbytes(10)),
                file=entries[0].file,
                kind="contact_attempt",
                happened_on=day,
                recorded_at=at,
                author=held[-1].author,
                unit=held[-1].unit,
                fields=fields,
            )
        )
    return tuple(sorted((*entries, *found), key=lambda e: e.recorded_at)) if found else entries


def stays(entries: Sequence[Entry], today: date) -> bool:
    """Whether the last order is of a community measure that somebody reported to and that goes on."""
    orders = [e for e in entries if e.kind == "order"]
    if not orders or orders[-1].get("measure") not in COMMUNITY:
        return False
    after = [e for e in entries if e.happened_on >= orders[-1].happened_on]
    kinds = {e.kind for e in after}
    if "reporting_in" not in kinds or kinds & _OVER or ("detained" in kinds and "freed" not in kinds):
        return False
    return any(today - e.happened_on < timedelta(days=120) for e in after if e.kind == "urine_test")


def _told(rng: Random, first: date, met: date, today: date) -> Iterator[tuple[date, str, str]]:
    """Day, way and result of each attempt, the oldest first. Who is not reached was met last on `met`."""
    span = (today - first).days - 1
    if span < 4:
        return
    dice = rng.random()
    day = first + timedelta(days=rng.randrange(max(1, span // 3)))
    yield day, "phone", "reached"
    day = max(day, met)
    if dice >= _NOT_REACHED + _LOST + _MOVED:
        return
    last = today - timedelta(days=1)
    for way in _WAYS[: 2 + rng.randrange(3)]:
        day += timedelta(days=1 + rng.randrange(4))
        if day >= last:
            return
        yield day, way, "no_answer"
    if dice < _LOST:
        yield min(day + timedelta(days=3), last), "through_others", "lost"
    elif dice < _LOST + _MOVED:
        yield min(day + timedelta(days=3), last), "through_others", "moved"
