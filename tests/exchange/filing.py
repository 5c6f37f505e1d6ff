"""Short ways to import in tests and to look at what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from guitu.access import Actor, Post, house
from guitu.casefile import Entry
from guitu.exchange.ledgers.importing import ImportResult, import_workbook
from guitu.store import casefiles, engine
from guitu.store.keys import provider
from tests.conftest import NOW
from tests.exchange.sheets import COMMUNITY, ON, TESTS, Row, xlsx

COUNTY = "469023"
TOWN = "469023100"
CENTRE = "46J01"
SERVICE = house("ledger")
CLERK = Actor("clerk", (Post("town_office", TOWN),))
CHIEF = Actor("chief", (Post("county_supervisor", COUNTY),))
INTAKE = Actor("intake", (Post("intake_officer", CENTRE),))
DOCTOR = Actor("doctor", (Post("doctor", CENTRE),))


def take(
    data: bytes, *, unit: str = COUNTY, actor: Actor = SERVICE, on: date = ON, **more: Any
) -> ImportResult:
    """Import these bytes."""
    more.setdefault("name", "台账.xlsx")
    return import_workbook(data, unit=unit, on=on, actor=actor, now=more.pop("now", NOW), **more)


def community(*rows: Row) -> bytes:
    """A community roster."""
    return xlsx(("社戒社康", [COMMUNITY, *rows]))


def urine_ledger(*rows: Row) -> bytes:
    """A ledger of tests."""
    return xlsx(("尿检", [TESTS, *rows]))


def done(result: ImportResult) -> list[tuple[int, int, int]]:
    """Rows new, already there and held, for each sheet."""
    return [(s.new, s.there, s.held) for s in result.sheets]


def problems(result: ImportResult) -> list[tuple[str, int, str, str]]:
    """Every problem's sheet, row, column and code."""
    return [(p.sheet, p.row, p.column, p.code) for p in result.check.problems]


def file_of(number: str) -> UUID | None:
    """The file of the person with this identity number."""
    found = engine.row(
        "SELECT f.id FROM store_person p JOIN store_casefile f ON f.no = p.file WHERE p.id_blind = %s",
        [provider().blind(number)],
    )
    return engine.uuid_of(found[0]) if found else None


def entries_of(number: str) -> tuple[Entry, ...]:
    """Every entry of that person's file, as it came in."""
    file = file_of(number)
    assert file is not None
    held = casefiles.by_ids([file])[file]
    casefiles.fill([held], unseal=None)
    return tuple(held.entries)


def said(number: str) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """What the file says now, by kind: the days and the fields of what counts."""
    file = file_of(number)
    assert file is not None
    held = casefiles.by_ids([file])[file]
    casefiles.fill([held], unseal=None)
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for entry in held.case_file.counted():
        found.setdefault(entry.kind, []).append((entry.happened_on.isoformat(), dict(entry.fields)))
    return found


def count() -> int:
    """How many entries the store has."""
    found = engine.row("SELECT count(*) FROM store_entry")
    assert found is not None
    return int(found[0])
