"""Beds: the wards of units, who lies where, and the guard that refuses a placement the law does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.fields import FieldFault
from guitu.centre import beds
from guitu.centre.beds import Objection, Place, Resident, Ward
from guitu.kernel.labels import Label
from guitu.store import engine, excerpts
from guitu.store.centre import residents
from guitu.store.centre.stays import centre_of
from guitu.store.guards import NotAccepted
from guitu.store.units import Unit, tree

KINDS: Final = frozenset({"bed_placed", "placement_advice", *residents.ARRIVES})
"""What tells where somebody lies, and where they should."""
WARDS: Final = frozenset({"ward", "ward_closed", "room"})
"""What tells of a unit's wards."""
HEAD: Final = "centre_head"
PLACED: Final = "bed_placed"


def wards_of(units: Iterable[Unit], on: date) -> dict[str, tuple[Ward, ...]]:
    """The open wards of these units, by the units' codes. Reads the units' own files; the caller has asked
    whether they may be read."""
    some = tuple(units)
    found = excerpts.of_units(some, WARDS)
    return {unit.code: beds.wards(unit.code, found.get(unit.code, ()), on) for unit in some}


def place_of(entries: Sequence[Entry], centre: str) -> Place | None:
    """Where somebody lies by the entries of a file, since they came into this centre."""
    came = residents.arrival(entries, centre)
    return beds.place(entries, came.happened_on if came else None)


def taken(places: Iterable[Place | None], ward: Ward) -> Counter[tuple[str, int | None]]:
    """How many lie in each bed of a ward."""
    return Counter(
        (place.room, place.bed)
        for place in places
        if place is not None and (place.unit, place.ward) == (ward.unit, ward.name)
    )


def judged(
    who: Resident, where: Place, ward: Ward | None, others: Iterable[Place | None], on: date
) -> tuple[Objection, ...]:
    """Everything that speaks against putting somebody there, the refusals first."""
    if ward is None:
        return (
            Objection(True, Label(f"没有“{where.ward}”这个病区", f"There is no ward “{where.ward}”"), ()),
        )
    found = beds.objections(who, ward, on)
    wrong = beds.room_objection(ward, where, taken(others, ward))
    return (wrong, *found) if wrong is not None else found


def guard(
    entry: Entry, counted: Sequence[Entry], actor: Actor, file: int, beside: Mapping[int, Entry] | None = None
) -> None:
    """Raise NotAccepted for a `bed_placed` that the law does not allow, or that goes against advice without
    the head's reason. `counted` are the entries of the person's file, `person` unsealed; `beside` the
    placements of others that come with this one and are not written yet, by file number.

    From here until this is written nobody else places anybody in the centre: of two who want the same bed at
    the same moment the second finds the first in it."""
    unit = tree().get(str(entry.get("unit") or ""))
    if unit is None:
        return  # an unknown unit is refused by the schema
    centre, beside = centre_of(unit) or unit, beside or {}
    engine.alone_with(engine.BEDS, centre.no)
    where = beds.place_in(entry)
    ward = next((w for w in wards_of([unit], entry.happened_on)[unit.code] if w.name == where.ward), None)
    found = excerpts.counted((no for no in residents.numbers(centre) if no not in {file, *beside}), KINDS)
    others = [place_of(entries, centre.code) for entries in found.values()]
    others += [beds.place_in(one) for no, one in beside.items() if no != file]
    about = _identity(counted)
    who = Resident(about[0], about[1], beds.advice(counted, entry.happened_on))
    wrong = judged(who, where, ward, others, entry.happened_on)
    for objection in wrong:
        if objection.barred:
            raise refusal(entry, objection)
    if wrong and not str(entry.get("head_reason") or "").strip():
        raise refusal(entry, wrong[0], ask="head_reason")
    if wrong and not any(post.role == HEAD for post in actor.posts):
        raise refusal(entry, wrong[0], ask="head_reason")


def refusal(entry: Entry, objection: Objection, ask: str = "") -> NotAccepted:
    """The refusal in words, with its articles; `ask` names the box that could lift it."""
    cites = "、".join(objection.cites)
    zh, en = objection.says.zh, objection.says.en
    if cites:
        zh, en = f"{zh}（{cites}）", f"{en} ({cites})"
    if ask:
        zh, en = (
            f"{zh}；须由所领导写明理由后安排",
            f"{en}; the head may place the person with a stated reason",
        )
    said = Label(f"{zh}。", f"{en}.")
    return NotAccepted(entry, said, faults=[FieldFault(ask or "ward", "contradiction", said)])


def _identity(counted: Sequence[Entry]) -> tuple[str, date | None]:
    sex, born = "", None
    for entry in counted:
        if entry.kind == "person":
            sex = str(entry.get("sex") or "")
            birth = entry.get("birth")
            born = birth if isinstance(birth, date) else None
    return sex, born
