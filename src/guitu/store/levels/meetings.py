"""Meetings and campaigns of units, and the packs that meetings dealt with."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from guitu.casefile import Entry
from guitu.levels import campaigns as campaign_rules
from guitu.levels import meetings as rules
from guitu.levels.campaigns import Campaign
from guitu.store import packs
from guitu.store.levels import reading
from guitu.store.packs import Fixed
from guitu.store.units import Unit


def meetings(units: Iterable[Unit]) -> dict[str, tuple[Entry, ...]]:
    """The regular meetings of units, by code, the latest first."""
    found = reading.traced(units, {rules.MEETING})
    made = {}
    for code, one in found.items():
        some = [e for e in one.counted if e.kind == rules.MEETING and e.get("sort") in rules.MONTHS]
        made[code] = tuple(sorted(some, key=lambda e: (e.happened_on, e.recorded_at), reverse=True))
    return made


def ready(unit: Unit) -> tuple[Fixed, ...]:
    """The packs of a unit that a meeting can deal with: fixed, and not taken back since."""
    return tuple(pack for pack in packs.of_units([unit]) if pack.standing)


def pack_of(meeting: Entry) -> Fixed | None:
    """The pack that a meeting dealt with, if one was named."""
    try:
        return packs.find(UUID(str(meeting.get("pack"))))
    except ValueError:
        return None


def campaigns(unit: Unit) -> tuple[tuple[Campaign, ...], tuple[Campaign, ...]]:
    """The campaigns of a unit, and those of the units above it, which it is part of; the latest first."""
    over = reading.above(unit)
    found = reading.traced([*over, unit], campaign_rules.KINDS)
    own = campaign_rules.campaigns(unit.code, found.get(unit.code, reading.NOTHING))
    higher = [c for u in over if u.code in found for c in campaign_rules.campaigns(u.code, found[u.code])]
    return own, tuple(sorted(higher, key=lambda c: c.first, reverse=True))


def campaign(unit: Unit, identifier: UUID) -> Campaign | None:
    """One campaign of a unit."""
    traced = reading.of_one(unit, campaign_rules.KINDS)
    root = traced.first(identifier)
    return next((c for c in campaign_rules.campaigns(unit.code, traced) if c.id == root), None)
