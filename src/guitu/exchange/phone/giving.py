"""What a phone holds of its office's area, and what of it has changed since it asked last.

The server remembers of each phone which files it was given and a checksum of what was said of each. An answer
is the difference to that: whatever changed a line, an entry, a hand-over, or a new day that brought a duty,
is noticed in the same way, and a first load is the difference to nothing, taken page by page. Two states are
kept, for a phone that never got the last answer asks again from the one before.
"""

from __future__ import annotations

import gzip
import json
import secrets
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor, Target, decide
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.casefile.kind import APART
from guitu.compose import kinds
from guitu.exchange.phone import forms, shown
from guitu.exchange.phone.bounds import MOST_RECENT, RECENT_DAYS
from guitu.home.same_event import differences
from guitu.policy import names as words
from guitu.store import casefiles, clock, engine, excerpts, grants, names
from guitu.store.casefiles import Held
from guitu.store.engine import Row
from guitu.store.excerpts import EVERY, Often
from guitu.store.home import same_event
from guitu.store.keys import provider
from guitu.store.models import NEVER
from guitu.store.projections.compute import identity
from guitu.store.read.sight import Sight, compartment_of, seen_by
from guitu.store.read.targets import is_minor
from guitu.store.shown import shown as opened_name
from guitu.store.staff import staff_names
from guitu.store.units import Tree, Unit, tree

Json = dict[str, Any]
_PAIR: Final = struct.Struct("<QI")
_OWN: Final = (1 << 31) - 1
FORMS: Final = 0
"""Under which number the checksum of the forms stands among those of the files."""

_STATUS: Final = (
    "SELECT s.file, f.id, f.case_no, p.sealed, s.unit, s.worker, s.n, s.sex, s.measure, s.state, s.ends_on,"
    " s.findings FROM store_casestatus s JOIN store_casefile f ON f.no = s.file"
    " JOIN store_person p ON p.file = s.file WHERE s.{} = %s ORDER BY s.file"
)
_DUTIES: Final = (
    "SELECT file, name, owed, record, opens_on, due_key, label_zh, label_en, cites FROM store_duty"
    " WHERE {} = %s ORDER BY file, due_key, name"
)


@dataclass(frozen=True, slots=True)
class Area:
    """What there is to be said now: rows of statuses by file, duties by file, and the checksum of each."""

    rows: dict[int, Row]
    duties: dict[int, list[Row]]
    sums: dict[int, int]


@dataclass(frozen=True, slots=True)
class Given:
    """One page: its lines between `hello` and `end`, the files it names, what the phone holds with it,
    whether there is more, and how many people are still to come, these included."""

    lines: tuple[Json, ...]
    files: tuple[int, ...]
    holds: dict[int, int]
    more: bool
    total: int


def packed(holds: dict[int, int]) -> bytes:
    """What a phone holds, as it is kept."""
    return zlib.compress(b"".join(_PAIR.pack(no, held) for no, held in sorted(holds.items())), 6)


def unpacked(kept: bytes) -> dict[int, int]:
    """The same, read."""
    return dict(_PAIR.iter_unpack(zlib.decompress(kept))) if kept else {}


def numbered(last: int) -> int:
    """The number of a load that follows the one of number `last`: 31 bits that nobody guesses before 31 that
    tell which load it followed. A count would not do: a server that is restored counts the same numbers
    again, and would take a phone for one that holds what it never heard."""
    return (secrets.randbelow(_OWN) + 1) << 31 | last >> 31


def held_then(number: int, last: int, holds: bytes, before: bytes) -> bytes | None:
    """What a phone holds that has the load of this number, where `holds` is what it holds with the `last`
    one and `before` what it held with the one before; None where that is not known any more."""
    if number == last:
        return holds if number > 0 else None
    own = number >> 31
    return before if own > 0 and own == last & _OWN else None


def area_of(actor: Actor, unit: Unit, day: date) -> Area:
    """Everybody in the area whom this actor may have on a list, and a checksum of what would be said."""
    units = tree()
    if not decide(actor, "list", Target(unit.path)).allowed:
        return Area({}, {}, {FORMS: 0})
    found = {
        row[0]: row
        for row in engine.rows(_STATUS.format(unit.column), [unit.no])
        if _may_find(actor, row[4], row[5], units)
    }
    duties: dict[int, list[Row]] = {}
    for row in engine.rows(_DUTIES.format(unit.column), [unit.no]):
        if row[0] in found:
            duties.setdefault(row[0], []).append(row)
    sums = {
        no: zlib.crc32(repr((*row[4:], [d[1:] for d in duties.get(no, ())])).encode())
        for no, row in found.items()
    }
    sums[FORMS] = _sum_of_forms(actor, unit.path)
    return Area(found, duties, sums)


def give(actor: Actor, unit: Unit, holds: dict[int, int], *, now: datetime, limit: int) -> Given:
    """The next page for a phone that holds that."""
    day = clock.office_day(now)
    area = area_of(actor, unit, day)
    lines: list[Json] = []
    if holds.get(FORMS) != area.sums[FORMS]:
        lines += _forms(actor, unit.path)
    gone = [no for no in holds if no not in area.sums]
    lines += ({"t": "gone", "id": identifier} for identifier in _ids_of(gone))
    changed = sorted(no for no, told in area.sums.items() if no != FORMS and holds.get(no) != told)
    page = changed[:limit]
    lines += people(actor, area, page, now=now)
    kept = {no: told for no, told in holds.items() if no in area.sums}
    kept |= {no: area.sums[no] for no in (FORMS, *page)}
    return Given(tuple(lines), tuple(page), kept, len(changed) > len(page), len(changed))


@lru_cache(maxsize=8192)
def _may_find(actor: Actor, unit: int | None, worker: str, units: Tree) -> bool:
    where = units.by_no.get(unit) if unit is not None else None
    return decide(actor, "find", Target(where.path if where else (), worker=worker)).allowed


@lru_cache(maxsize=64)
def _forms(actor: Actor, path: tuple[str, ...]) -> tuple[Json, ...]:
    return tuple(map(forms.form, forms.recorded_by(actor, path)))


@lru_cache(maxsize=256)
def _sum_of_forms(actor: Actor, path: tuple[str, ...]) -> int:
    told = json.dumps(_forms(actor, path), ensure_ascii=False, sort_keys=True)
    return zlib.crc32(told.encode()) or 1


def _ids_of(numbers: Sequence[int]) -> list[str]:
    """The ids of files that are of this area no longer, which its own scope may not find any more."""
    with engine.house():
        found = engine.rows_for("SELECT id FROM store_casefile WHERE no IN ({})", numbers)
    return [str(engine.uuid_of(row[0])) for row in found]


def people(actor: Actor, area: Area, numbers: Sequence[int], *, now: datetime) -> list[Json]:
    """These people as lines, in that order."""
    day, units = clock.office_day(now), tree()
    lately = Often(_recent_kinds(), first=day - timedelta(days=RECENT_DAYS))
    lines: list[Json] = []
    known: dict[str, str] = {}
    for some in engine.in_chunks(numbers):
        held = {one.no: one for one in casefiles.by_numbers(some)}
        twice = same_event.told_twice(held)
        whole = [one for no, one in held.items() if no in twice]
        others = [one for no, one in held.items() if no not in twice]
        excerpts.fill(whole, _recent_kinds() | {"person"}, unseal=EVERY)
        excerpts.fill(others, {"person"}, unseal=EVERY, often=lately)
        authors = {e.author for one in held.values() for e in one.entries} - known.keys()
        if authors:  # most are met in the first chunk
            known |= {one: one for one in authors} | staff_names(authors)
        lines += [_person(actor, area, held[no], day, now, units, known) for no in some if no in held]
    return lines


@lru_cache(maxsize=1)
def _recent_kinds() -> frozenset[str]:
    return frozenset(
        kind.name
        for kind in kinds().values()
        if kind.about == "person" and kind.name not in ("person", VOID) and kind.compartment not in APART
    )


def _person(
    actor: Actor, area: Area, held: Held, day: date, now: datetime, units: Tree, known: Mapping[str, str]
) -> Json:
    row = area.rows[held.no]
    unit = units.by_no.get(row[4]) if row[4] is not None else None
    name = opened_name(row[3], provider())
    about = identity(held.id, held.case_file.counted())
    birth = about.get("birth")
    minor = isinstance(birth, date) and is_minor(birth, day)
    leave = grants.live(held.no, actor.name, now) if minor else frozenset()
    sight = _sight(actor, unit.path if unit else (), row[5], minor, leave, units)
    told: Json = {
        "t": "person",
        "id": str(held.id),
        "no": row[2],
        "name": name.name,
        "reading": list(names.keys(name.name)),
        "sex": row[7],
        "birth_year": name.birth_year,
        "id_tail": name.id_tail,
        "unit": unit.code if unit else "",
        "unit_name": unit.name if unit else "",
        "worker": row[5],
        "measure": row[8],
        "state": row[9],
        "ends_on": _day(row[10]),
        "duties": [_duty(d) for d in area.duties.get(held.no, ())],
        **_measure_words(row[8], row[9]),
    }
    if row[11] != "[]":
        told["findings"] = [
            {"name": f["name"], "label": {"zh": f["zh"], "en": f["en"]}} for f in json.loads(row[11])
        ]
    if "identity" in sight.open:
        told["phone"] = str(about.get("phone") or "")
        told["address"] = str(about.get("household_place") or "")
    told |= _entries(held, sight, known)
    return told


@lru_cache(maxsize=1024)
def _sight(
    actor: Actor, path: tuple[str, ...], worker: str, minor: bool, leave: frozenset[str], units: Tree
) -> Sight:
    return seen_by(actor, Target(path, worker=worker, minor=minor, grants=leave), units)


@lru_cache(maxsize=64)
def _measure_words(measure: str, state: str) -> Json:
    known = words()
    told: Json = {}
    if measure in known.measures:
        told["measure_label"] = forms.said(known.measures[measure])
    if state in known.states:
        told["state_label"] = forms.said(known.states[state])
    return told


def _duty(row: Row) -> Json:
    due = str(row[5])[:10]
    return {
        "name": row[1],
        "label": {"zh": row[6], "en": row[7]},
        "owed_by": "person" if row[2] else "authority",
        "record": row[3],
        "opens_on": _day(row[4]),
        "due": None if due == NEVER else due,
        "cites": row[8],
    }


def _entries(held: Held, sight: Sight, names_by: Mapping[str, str]) -> Json:
    """What was recorded lately, as far as the reader sees it, and where two say different things of one
    event."""
    case_file = held.case_file
    by_id = {e.id: e for e in case_file.entries}

    def seen(entry: Entry) -> bool:
        return sight.shows(compartment_of(entry, by_id), entry.unit, entry.author)

    known = _recent_kinds()
    found = [e for e in case_file.entries if e.kind in known and seen(e)]
    if not found:
        return {}
    status = case_file.status()
    found.sort(key=lambda e: (e.happened_on, e.recorded_at, e.id.int), reverse=True)
    told: Json = {"recent": [_entry(e, status, names_by) for e in found[:MOST_RECENT]]}
    differ = [d for d in differences(case_file, kinds()) if seen(d.first) and seen(d.second)]
    if differ:
        told["differ"] = [[str(d.first.id), str(d.second.id)] for d in differ]
        told["sides"] = [shown.sides(d, names_by) for d in differ]
    return told


def _entry(entry: Entry, status: dict[UUID, Entry | None], names_by: Mapping[str, str]) -> Json:
    told = shown.entry_told(entry, names_by)
    told["state"] = (
        "counts" if entry.id not in status else "withdrawn" if status[entry.id] is None else "corrected"
    )
    if entry.corrects is not None:
        told["corrects"] = str(entry.corrects)
    return told


def _day(value: Any) -> str | None:
    """A day as either database gives it, as text."""
    found = engine.day_of(value) if value else None
    return found.isoformat() if found else None


def written(lines: Iterable[Json]) -> bytes:
    """Lines as they travel: one object each, compressed."""
    text = "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    return gzip.compress(f"{text}\n".encode(), compresslevel=5, mtime=0)
