"""What access has to know of an opened file to answer for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from guitu.access import Actor, Target
from guitu.access.holders import Holders
from guitu.casefile import records
from guitu.kernel.labels import Label, listed
from guitu.store import clock, grants
from guitu.store.projections.compute import holders_of, rules
from guitu.store.read.files import FileView
from guitu.store.units import Tree, Unit, path_in, tree

OF_AGE: Final = 18
_OTHER_LAW: Final = Label(
    "此前由{before}的单位负责，那时的期限在这里也按现在所在省的规定推算；是否按时，请对照当时适用的规定。",
    "Units of {before} answered before. What was due then is worked out here by the rules of the present"
    " province too: compare with the rules that applied at the time before you call anything late.",
)


def target_of(
    view: FileView, actor: Actor, now: datetime, *, own: bool = False, granted: bool = True
) -> Target:
    """The target that this file is for this actor now. `own` says that the account is the person's.
    `granted` False says that the account holds no leave at all, which saves a query."""
    units = tree()
    held = holders_of_file(view, units)
    birth = view.identity.get("birth")
    return Target(
        area=view.area,
        custody=path_in(held.custody, units),
        worker=view.worker,
        receiving=path_in(held.receiving, units),
        former=tuple(path_in(code, units) for code in held.former),
        sealed=records.sealing(view.case_file.counted()) is not None,
        minor=isinstance(birth, date) and is_minor(birth, clock.office_day(now)),
        own=own,
        grants=grants.live(view.no, actor.name, now) if granted else frozenset(),
    )


def holders_of_file(view: FileView, units: Tree) -> Holders:
    """Who holds the file; worked out once for as long as it stays as it is."""
    found: Holders | None = view.worked_out.get("holders")
    if found is None:
        found = view.worked_out["holders"] = holders_of(view.case_file.counted(), units)
    return found


def is_minor(birth: date, on: date) -> bool:
    """Whether somebody born on that day is under 18 on the day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) < OF_AGE


def other_law(target: Target) -> Label | None:
    """Says that units of other provinces answered for the person before, where other rules apply: what was
    due there is worked out by the rules of here. None if there are no such."""
    here, units = target.area[0] if target.area else "", tree()
    others = dict.fromkeys(path[0] for path in target.former if path and path[0] != here)
    if not others:  # nearly everybody: no rule need be looked at
        return None
    law = _local(units.get(here))
    before = [unit.name for unit in map(units.get, others) if unit and _local(unit) != law]
    return _OTHER_LAW.fill(before=listed(before)) if before else None


def _local(unit: Unit | None) -> frozenset[str]:
    """The rules that apply in a unit's province only."""
    return frozenset(rule.id for rule in rules(unit).applied if rule.region)
