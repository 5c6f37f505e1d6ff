"""From one person's entries to what lists and searches show: status, open duties, search words. No
database."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final
from uuid import UUID

from guitu import compose, pathway
from guitu.access import Holders, Move, holders
from guitu.access.holders import Happening
from guitu.casefile import CaseFile, Entry, records
from guitu.kernel.citations import Citation
from guitu.pathway import Assessment, Duty, Finding
from guitu.policy import Policy
from guitu.store import clock, names
from guitu.store.encoding import canonical_json
from guitu.store.keys import KeyProvider
from guitu.store.models import NEVER
from guitu.store.placing import ACCEPTED, PLACED_BY, REFUSED, SENT
from guitu.store.shown import Shown, text_of
from guitu.store.units import NOWHERE, Tree, Unit

HOW: Final[dict[str, Happening]] = {"admission": "held", "transfer": "held", "responsible_unit": "named"}
"""How units come to answer, where they do not just put one unit in the place of another."""
OUT_BY: Final = frozenset({"release", "reporting_in", "death"})
"""Kinds by which a person is no longer held in a place of custody."""


OLD_DIGITS: Final = 15
"""Of an identity number as it was until 1999."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a person is found by and shown as, none of it readable. `old_blind` stands for the number in its
    new form, of eighteen digits, where the file holds the old one of fifteen."""

    keys: tuple[str, ...]
    sealed: bytes
    id_blind: bytes | None
    old_blind: bytes | None = None


NOBODY: Final = Person((), b"", None)
"""Whose name is not known, or no more."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything worked out from one file on one day. `status` and each duty are rows without their unit.
    `listed` is the unit in whose lists it stands: none if it is sealed, closed or merged into another, which
    `into` names. `joins` says that it was ever merged. `overdue` and `at_risk` say that the status counts
    something overdue, and finds a right at risk."""

    file: int
    unit: Unit | None
    listed: Unit | None
    measure: str
    state: str
    status: tuple[Any, ...]
    duties: tuple[tuple[Any, ...], ...]
    person: Person
    areas: tuple[tuple[int, str], ...] = ()
    """Units that are not responsible and see the file nonetheless: their numbers, and why."""
    into: UUID | None = None
    joins: bool = False
    overdue: bool = False
    at_risk: bool = False


APART: Final = "medical-restricted"
"""The preset of rules about what is known to one compartment only: worked out on the page of those who may
read it. No office can turn it on for lists."""


def presets() -> list[str]:
    """The presets this office has turned on (GUITU_PRESETS, divided by commas)."""
    told = (one.strip() for one in os.environ.get("GUITU_PRESETS", "").split(","))
    return [p for p in told if p and p != APART]


def policy_of(region: str) -> Policy:
    """The rules of a province, by two digits, with this office's presets; the national ones for none."""
    return _policy_of(region, os.environ.get("GUITU_PRESETS", ""))


@cache
def _policy_of(region: str, _told: str) -> Policy:
    return compose.policy(region, presets())


def assess(file: CaseFile, unit: Unit | None, day: date, known_at: datetime | None = None) -> Assessment:
    """The pathway's answer for this file, under the rules of its unit's province."""
    return pathway.assess(file, rules(unit), day, known_at)


def rules(unit: Unit | None) -> Policy:
    """The rules that apply in a unit's province, with this office's presets; the national ones without a
    unit."""
    top = unit.path[0] if unit else ""
    return policy_of(top[:2] if top[:2].isdigit() else "")


def responsible(counted: Sequence[Entry], tree: Tree) -> tuple[Unit | None, str]:
    """The unit that answers for the person, and the worker named with it: the last entry that names one, or
    accepts a hand-over; else the unit that wrote the first entry. As `holders_of` says, at less cost."""
    unit, worker = (tree.get(counted[0].unit), "") if counted else (None, "")
    waiting: Unit | None = None
    for entry in counted:
        kind = entry.kind
        field = PLACED_BY.get(kind)
        if field is None:
            if kind == SENT:
                waiting = tree.get(str(entry.get("to_unit") or ""))
            elif kind == ACCEPTED and waiting is not None and waiting is not unit:
                unit, worker, waiting = waiting, "", None
            elif kind == REFUSED:
                waiting = None
            continue
        named = tree.get(str(entry.get(field) or ""))
        if named is not None:
            if named is not unit:
                waiting = None
            unit = named
            worker = str(entry.get("worker") or "") if kind == "responsible_unit" else ""
    return unit, worker


def holders_of(counted: Sequence[Entry], tree: Tree) -> Holders:
    """Who answers for the person, to whom the file was sent, who held it before and who holds the person."""
    return holders(counted[0].unit if counted else "", _moves(counted, tree))


def _moves(counted: Sequence[Entry], tree: Tree) -> Iterator[Move]:
    for entry in counted:
        if entry.kind in OUT_BY:
            yield Move("out")
        elif entry.kind == ACCEPTED:
            yield Move("accepted")
        elif entry.kind == REFUSED:
            yield Move("refused")
        elif entry.kind == SENT:
            named = tree.get(str(entry.get("to_unit") or ""))
            yield Move("sent", named.code if named else "")
        elif (field := PLACED_BY.get(entry.kind)) is not None:
            named = tree.get(str(entry.get(field) or ""))
            if named is not None:
                yield Move(HOW.get(entry.kind, "placed"), named.code)


def _areas(counted: Sequence[Entry], unit: Unit | None, tree: Tree) -> tuple[tuple[int, str], ...]:
    """The units beside the responsible one that come to the file, by number, each with why: as the holders
    say, who are not asked where one entry places the person and none sends the file."""
    placing = [e.kind for e in counted if e.kind in PLACED_BY or e.kind == SENT]
    if len(placing) < 2 and SENT not in placing:
        return ()
    held = holders_of(counted, tree)
    here = unit.at if unit else ()
    ways = [(code, "former") for code in held.former]
    ways += [(held.custody, "custody"), (held.receiving, "receiving")]
    found = {one.no: how for code, how in ways if (one := tree.get(code)) is not None}
    return tuple(sorted((no, how) for no, how in found.items() if no not in here))


def project(
    no: int, file: CaseFile, day: date, *, n: int, last_ms: int, tree: Tree, keys: KeyProvider
) -> Projection:
    """Work everything out for one person's file on `day`. The file's `person` entries must be unsealed."""
    counted = file.counted()
    unit, worker = responsible(counted, tree)
    answer = assess(file, unit, day)
    about = identity(file.id, counted)
    kept = records.TELLING.isdisjoint(e.kind for e in file.entries)
    into = None if kept else records.merged_into(file.id, counted)
    hidden = not kept and records.hidden(file.id, counted)
    due = [d for d in answer.duties if d.state in {"open", "overdue"} and not hidden]
    current = answer.current
    measure = current.name if current else ""
    state = current.state if current else ""
    late = sum(1 for d in due if d.state == "overdue")
    at_risk = any(f.rights for f in answer.findings)
    status = (
        n,
        last_ms,
        about.get("sex") or "",
        measure,
        state,
        (current.starts_on or current.ordered_on).isoformat() if current else None,
        current.ends_on.isoformat() if current and current.ends_on else None,
        len(due),
        late,
        _findings(answer.findings),
        at_risk,
        worker,
        answer.next_change_on.isoformat() if answer.next_change_on else None,
        *((day.isoformat(), done) if (done := _done(file.entries, answer.duties, day)) else (None, None)),
    )  # fmt: skip
    return Projection(
        no,
        unit,
        None if hidden else unit,
        measure,
        state,
        status,
        tuple(sorted(_duty_row(d, worker) for d in due)),
        _hidden(about, keys) if hidden else _person(file.id, about, keys, _own(file.id, counted)),
        _areas(counted, unit, tree),
        into,
        not kept and any(e.kind == records.MERGED_INTO for e in file.entries),
        late > 0,
        at_risk,
    )


def _done(entries: Sequence[Entry], duties: Sequence[Duty], day: date) -> int:
    """How many duties were done by what was recorded on `day`. Taking in a whole file is not a day's work,
    nor is correcting what was recorded on an earlier day."""
    begun = clock.midnight(day)
    if not entries or entries[0].recorded_at >= begun:
        return 0
    new = {e.id: e.corrects for e in entries if e.recorded_at >= begun}
    if not new:
        return 0
    return sum(d.done_by in new and (new[d.done_by] is None or new[d.done_by] in new) for d in duties)


def identity(file: UUID, counted: Sequence[Entry]) -> dict[str, Any]:
    """The fields of the last person entry that counts; the file's own before those of files merged into
    it."""
    other: dict[str, Any] = {}
    for entry in reversed(counted):
        if entry.kind == "person":
            if entry.file == file:
                return dict(entry.fields)
            other = other or dict(entry.fields)
    return other


def person_of(file: CaseFile, keys: KeyProvider) -> Person:
    """What the person of that file is found by and shown as."""
    counted = file.counted()
    about = identity(file.id, counted)
    return (
        _hidden(about, keys)
        if records.hidden(file.id, counted)
        else _person(file.id, about, keys, _own(file.id, counted))
    )


def _own(file: UUID, counted: Sequence[Entry]) -> bool:
    """Whether the file itself says who somebody is, not only one that is merged into it."""
    return any(entry.kind == "person" and entry.file == file for entry in counted)


def _person(file: UUID, about: dict[str, Any], keys: KeyProvider, own: bool) -> Person:
    birth = about.get("birth")
    number = names.normalised_id(str(about.get("id_number") or ""))
    shown = Shown(str(about.get("name") or ""), number[-4:], birth.year if isinstance(birth, date) else None)
    if shown == Shown():
        return NOBODY
    words = sorted(map(keys.word, names.keys(shown.name, shown.id_tail)))
    if not own:  # the other file goes on bearing it, and whoever asks for the number is led here
        return Person(tuple(words), keys.hidden(file, text_of(shown)), None)
    old = names.eighteen(number) if len(number) == OLD_DIGITS else ""
    return Person(
        tuple(words), keys.hidden(file, text_of(shown)), keys.blind(number) if number else None,
        keys.blind(old) if old else None,
    )  # fmt: skip


def _hidden(about: dict[str, Any], keys: KeyProvider) -> Person:
    """Found by nothing. The number stays blinded, so that nobody opens a second file for the same person."""
    number = names.normalised_id(str(about.get("id_number") or ""))
    return Person((), b"", keys.blind(number) if number else None)


def _duty_row(duty: Duty, worker: str) -> tuple[Any, ...]:
    """In the order of write.DUTY: name and measure first, so that rows sort and compare."""
    return (
        duty.name,
        duty.measure.hex if duty.measure else "",
        0 if duty.owed_by == "authority" else 1,
        duty.record,
        duty.opens_on.isoformat() if duty.opens_on else "",
        duty.due.isoformat() if duty.due else NEVER,
        duty.label.zh,
        duty.label.en,
        _cites(duty.because.cites),
        worker,
    )


@lru_cache(maxsize=512)
def _cites(cites: tuple[Citation, ...]) -> str:
    return "；".join(map(str, cites))[:200]


def _findings(findings: Sequence[Finding]) -> str:
    """Findings as JSON: name, first day, whether a right is at risk, and both labels."""
    if not findings:
        return "[]"
    told = [
        canonical_json(
            {
                "name": f.name,
                "since": f.since,
                "rights": int(f.rights),
                "zh": f.label.zh,
                "en": f.label.en,
            }
        )
        for f in findings
    ]
    return f"[{','.join(told)}]"


def at_of(unit: Unit | None) -> tuple[int | None, ...]:
    """The unit's number and those of its ancestors: the columns of `Under`."""
    return (unit.no, *unit.at) if unit else (None, *NOWHERE)
