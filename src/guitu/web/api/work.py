"""Duties, units and their own files: what is to be done, where, and what units recorded of their work."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel, Field

from guitu.casefile.kind import WORK
from guitu.policy import names
from guitu.store import read, unitfiles
from guitu.store.read.today import DutyLine
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.schemas import Entries, entries_told
from guitu.web.api.words import (
    FAULTS,
    Code,
    Cursor,
    Said,
    Sent,
    Size,
    Text,
    UnitRef,
    Word,
    after,
    cursor_of,
    label,
    the_unit,
)
from guitu.web.noted import noted_list
from guitu.web.pages.today import fresh
from guitu.web.pages.today.choices import home_of, on_caseload
from guitu.web.pages.units.build import Reader

TAG: Final = "work"


class DutyLineOut(BaseModel):
    """One duty to be done. `due` is null for what is due promptly; `days` how many days are left."""

    file: UUID
    case_no: str
    name: str
    id_tail: str
    duty: str
    label: Said
    owed_by: str
    record: str
    opens_on: date | None
    due: date | None
    days: int | None
    bucket: str
    cites: list[str]
    unit: UnitRef
    worker: str


class Duties(BaseModel):
    """A page of duties in the order late, today, this week; how many each part holds."""

    items: list[DutyLineOut]
    next: str | None
    total: int
    counts: dict[str, int]


class AskedDuties(Sent):
    """Which duties."""

    unit: Code | None = None
    due: Literal["late", "today", "week"] | None = None
    duty: Word | None = None
    worker: Text | None = None
    cursor: Cursor | None = None
    limit: Size = 50


class UnitOut(BaseModel):
    """A unit: people whose measure has not ended, duties open and overdue, and how many units below. To a
    post that sees figures only, the three are null where they are too small to be told (`small`) or would
    give such a one away (`also`)."""

    code: str
    name: str
    level: str
    parent: str | None
    people: int | None
    open_duties: int | None
    overdue_duties: int | None
    hidden: Literal["", "small", "also"]
    below: int


class Units(BaseModel):
    """A page of units."""

    items: list[UnitOut]
    next: str | None
    total: int


class AskedUnits(Sent):
    """Which units: those directly below one."""

    parent: Code | None = Field(None, description="The post's own unit without it")
    cursor: Cursor | None = None
    limit: Size = 100


class AskedWork(Sent):
    """Which entries of a unit's own file."""

    kind: Word | None = None
    cursor: Cursor | None = None
    limit: Size = 100


@router.get(
    "/duties", response={200: Duties, **FAULTS}, auth=Bearer("duties"), url_name="api_duties",
    operation_id="listDuties", tags=[TAG],
    summary="逾期、今日和一周内的事项 / What is late, due today and due this week",
)  # fmt: skip
def duties(request: HttpRequest, asked: Query[AskedDuties]) -> dict[str, Any]:
    """What is to be done under a unit; for a worker with a caseload, their own."""
    reader = reader_of(request)
    unit, day = the_unit(reader, asked.unit), clock.today()
    fresh.see_to(day)
    units = tree()
    worker = reader.name if on_caseload(reader, home_of(reader, units), units) else asked.worker or ""
    known = asked.duty if asked.duty in names().duties else ""
    start = after("d", asked.cursor)
    found = read.today(
        unit.code, day, duty=known or "", worker=worker, bucket=asked.due, page=start + 1, size=asked.limit
    )
    if asked.duty and not known:
        raise Refused(404, "not_there", NOT_THERE)
    rows = found.rows if found.page == start + 1 else ()
    noted_list(request, "list", rows, unit, "api duties")
    return {
        "items": [_duty(line) for line in rows],
        "next": cursor_of("d", start + 1) if start + 1 < found.pages else None,
        "total": found.total,
        "counts": dict(found.counts),
    }


def _duty(line: DutyLine) -> dict[str, Any]:
    return {
        "file": line.file,
        "case_no": line.case_no,
        "name": line.name,
        "id_tail": line.id_tail,
        "duty": line.duty,
        "label": label(line.label),
        "owed_by": line.owed_by,
        "record": line.record,
        "opens_on": line.opens_on,
        "due": line.due,
        "days": line.days,
        "bucket": line.bucket,
        "cites": list(line.cites),
        "unit": {"code": line.unit, "name": line.unit_name},
        "worker": line.worker,
    }


@router.get(
    "/units", response={200: Units, **FAULTS}, auth=Bearer("units"), url_name="api_units",
    operation_id="listUnits", tags=[TAG],
    summary="下一级单位 / The units directly below one",
)  # fmt: skip
def units_below(request: HttpRequest, asked: Query[AskedUnits]) -> dict[str, Any]:
    """Units with their counts; nobody's data."""
    reader = reader_of(request)
    unit, sees = the_unit(reader, asked.parent), Reader.of(reader)
    start = after("u", asked.cursor)
    every = tree().children(unit)
    page = every[start : start + asked.limit]
    end = start + len(page)
    return {
        "items": [_unit(line, sees) for line in read.units.lines_of(page, clock.today())],
        "next": cursor_of("u", end) if end < len(every) else None,
        "total": len(every),
    }


@router.get(
    "/units/{code}", response={200: UnitOut, **FAULTS}, auth=Bearer("units"), url_name="api_unit",
    operation_id="readUnit", tags=[TAG],
    summary="一个单位 / One unit",
)  # fmt: skip
def unit_one(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    """One unit of the area, with its counts."""
    reader = reader_of(request)
    unit = the_unit(reader, code)
    return _unit(read.units.lines_of([unit], clock.today())[0], Reader.of(reader))


def _unit(line: read.UnitLine, sees: Reader) -> dict[str, Any]:
    unit = line.unit
    mark = sees.told.marks.get(unit.no, "") if sees.told is not None else ""
    above = tree().ancestors(unit)
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "parent": above[-2].code if len(above) > 1 else None,
        "people": None if mark else line.people,
        "open_duties": None if mark else line.open,
        "overdue_duties": None if mark else line.overdue,
        "hidden": mark,
        "below": line.below,
    }


@router.get(
    "/units/{code}/entries", response={200: Entries, **FAULTS}, auth=Bearer("unit_files"),
    url_name="api_unit_entries", operation_id="listWork", tags=[TAG],
    summary="单位档案里的工作记录 / What a unit recorded of its work",
)  # fmt: skip
def work(request: HttpRequest, code: Path[Code], asked: Query[AskedWork]) -> dict[str, Any]:
    """The entries of a unit's own file, in the order in which they came in."""
    unit = tree().get(code)
    if unit is None or not unitfiles.may_read(reader_of(request).actor, unit).allowed:
        raise Refused(404, "not_there", NOT_THERE)
    file = unitfiles.unit_file(unit)
    if file.view is None:
        return {"items": [], "next": None, "total": 0}
    start = after("e", asked.cursor)
    shown = [e for e in file.view.case_file.known() if not asked.kind or e.kind == asked.kind]
    page = shown[start : start + asked.limit]
    end = start + len(page)
    return {
        "items": entries_told(page, file.view.case_file, file.view.receipts, {e.id: WORK for e in page}),
        "next": cursor_of("e", end) if end < len(shown) else None,
        "total": len(shown),
    }
