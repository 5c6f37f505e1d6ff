"""Prescriptions, rounds and doses: what is due at which round, what was given, and what must not be given
twice.

A round is a number (1 to 4) whose time the centre sets; 0 is "when needed", which is never due and never
missed. Nothing here asks for the time: it is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.settings import Settings
from guitu.centre.times import moment_of
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA

ROUNDS_OF: Final[Mapping[str, tuple[int, ...]]] = {
    "once": (1,),
    "twice": (1, 3),
    "three": (1, 2, 3),
    "four": (1, 2, 3, 4),
    "night": (4,),
    "needed": (),
}
"""At which rounds a prescription is given, by how often."""

NEEDED: Final = 0
EARLY: Final = timedelta(minutes=60)
"""How long before its time a round may begin: fetching people takes a while."""

Outcome = Literal["given", "refused", "held"]
State = Literal["given", "refused", "held", "later", "due", "late", "missed"]

FAMILIES: Final = (
    ("prescription", "prescription_end", "dose"),
    ("restricted_prescription", "restricted_prescription_end", "restricted_dose"),
)
"""The kinds of the ordinary medicines, and of those known to doctors only."""
KINDS: Final = frozenset(kind for family in FAMILIES for kind in family)


@dataclass(frozen=True, slots=True)
class Prescription:
    """One prescription. `last` is its last day by its own words or by being stopped, None for no end known;
    `stopped` the day from which it is stopped, and `why`."""

    id: UUID
    kind: str
    drug: str
    dose: str
    dose_unit: str
    route: str
    often: str
    first: date
    last: date | None = None
    stopped: date | None = None
    why: str = ""
    note: str = ""
    by: str = ""

    @property
    def restricted(self) -> bool:
        """Whether it is known to doctors only."""
        return self.kind.startswith("restricted")

    @property
    def rounds(self) -> tuple[int, ...]:
        """At which rounds it is given."""
        return ROUNDS_OF.get(self.often, ())

    def runs(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Dose:
    """What came of one round of one prescription on one day."""

    id: UUID
    prescription: UUID
    day: date
    round: int
    outcome: Outcome
    at: int
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One prescription at one round of one day: what there is to give, and how it stands."""

    prescription: Prescription
    day: date
    round: int
    time: int
    state: State
    dose: Dose | None = None

    @property
    def open(self) -> bool:
        """Whether it may still be given, refused or held."""
        return self.state in ("due", "late")


def prescriptions(counted: Iterable[Entry]) -> tuple[Prescription, ...]:
    """Every prescription of a file, of its entries that count; the latest first day first."""
    entries = list(counted)
    ends = {str(e.get("prescription")): e for e in entries if e.kind in {family[1] for family in FAMILIES}}
    found = [_prescription(e, ends) for e in entries if e.kind in {family[0] for family in FAMILIES}]
    return tuple(sorted(found, key=lambda p: (p.first, p.id), reverse=True))


def _prescription(entry: Entry, ends: Mapping[str, Entry]) -> Prescription:
    end = ends.get(str(entry.id))
    until = entry.get("until")
    last = until if isinstance(until, date) else None
    if end is not None:
        before = end.happened_on - timedelta(days=1)
        last = before if last is None else min(last, before)
    return Prescription(
        id=entry.id,
        kind=entry.kind,
        drug=str(entry.get("drug") or ""),
        dose=str(entry.get("dose") or ""),
        dose_unit=str(entry.get("dose_unit") or ""),
        route=str(entry.get("route") or ""),
        often=str(entry.get("often") or ""),
        first=entry.happened_on,
        last=last,
        stopped=end.happened_on if end is not None else None,
        why=str(end.get("why") or "") if end is not None else "",
        note=str(entry.get("note") or ""),
        by=entry.author,
    )


def doses(counted: Iterable[Entry]) -> tuple[Dose, ...]:
    """Every dose of a file, of its entries that count, in the order in which they happened."""
    found = []
    for entry in counted:
        if entry.kind not in {family[2] for family in FAMILIES}:
            continue
        try:
            of = UUID(str(entry.get("prescription")))
        except ValueError:
            continue
        number, at = entry.get("round"), entry.get("time")
        found.append(
            Dose(
                entry.id,
                of,
                entry.happened_on,
                number if isinstance(number, int) else NEEDED,
                _outcome(entry.get("outcome")),
                at if isinstance(at, int) else 0,
                str(entry.get("why") or ""),
                entry.author,
            )
        )
    return tuple(sorted(found, key=lambda d: (d.day, d.at, d.round)))


def _outcome(value: object) -> Outcome:
    return "refused" if value == "refused" else "held" if value == "held" else "given"


def slots(
    written: Iterable[Prescription], taken: Iterable[Dose], day: date, now: datetime, settings: Settings
) -> tuple[Slot, ...]:
    """What one person has to be given on a day, by round; `now` decides what is due, late or missed. A dose
    given before its prescription was stopped that day stands."""
    done = {(dose.prescription, dose.round): dose for dose in taken if dose.day == day}
    found = []
    for one in written:
        for number in one.rounds:
            dose = done.get((one.id, number))
            if dose is None and not one.runs(day):
                continue
            time = settings.rounds[number - 1]
            state: State = dose.outcome if dose else _open(day, time, now, settings)
            found.append(Slot(one, day, number, time, state, dose))
    return tuple(sorted(found, key=lambda s: (s.round, s.prescription.drug, s.prescription.id)))


def _open(day: date, time: int, now: datetime, settings: Settings) -> State:
    due = moment_of(day, time)
    if now < due - EARLY:
        return "later"
    if now < due + timedelta(minutes=settings.late_after):
        return "due"
    return "late" if day == now.astimezone(CHINA).date() else "missed"


def round_now(now: datetime, settings: Settings) -> int:
    """The round that is on: the last one that may have begun, so that what is late of it is seen; before the
    first, the first."""
    day = now.astimezone(CHINA).date()
    begun = [n for n, time in enumerate(settings.rounds, 1) if now >= moment_of(day, time) - EARLY]
    return begun[-1] if begun else 1


def dose_id(prescription: UUID, day: date, number: int, attempt: int = 0) -> UUID:
    """The id of the dose of that prescription, day and round: always the same, so that a second one is the
    same entry or is refused. `attempt` counts those withdrawn before (a dose noted by mistake)."""
    told = f"{prescription.hex}/{day.isoformat()}/{number}/{attempt}".encode()
    at = moment_of(day, 0) + timedelta(hours=number)
    return uuid7(int(at.timestamp() * 1000), hashlib.sha256(told).digest()[:10])


def allergic_to(drug: str, substances: Iterable[str]) -> str:
    """The first of these substances that the drug's name holds, or is held by; "" for none. Only a warning:
    names of drugs are written in many ways, and what is not found is not safe."""
    name = "".join(drug.split()).casefold()
    for substance in substances:
        word = "".join(substance.split()).casefold()
        if len(word) > 1 and (word in name or (len(name) > 1 and name in word)):
            return substance
    return ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many doses were due in some slots, and what came of them."""

    due: int = 0
    given: int = 0
    refused: int = 0
    held: int = 0
    late: int = 0
    missed: int = 0


def tally(some: Iterable[Slot]) -> Tally:
    """The count of these slots; `due` leaves out what is for later."""
    states = [slot.state for slot in some if slot.state != "later"]
    count = states.count
    return Tally(len(states), count("given"), count("refused"), count("held"), count("late"), count("missed"))
