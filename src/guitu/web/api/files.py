"""One person's file: who they are, every entry, where they stand in law and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Path, Query
from pydantic import BaseModel, Field

from guitu import access
from guitu.kernel.zone import CHINA
from guitu.pathway.model import Assessment, Duty, Finding, Measure
from guitu.web import clock
from guitu.web.api.calling import Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.schemas import Entries, Reason, entries_told, reason_told
from guitu.web.api.words import (
    FAULTS,
    CaseNo,
    Cursor,
    Day,
    Said,
    Sent,
    Size,
    UnitRef,
    Word,
    after,
    cursor_of,
    label,
    the_day,
)
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_file, open_whole

TAG: Final = "files"


class FileOut(BaseModel):
    """Who the person is, as far as the post may know, and what may be done. `n` is the number of entries in
    the file's chain; `hidden` how many of which compartments this post does not see."""

    file: UUID
    case_no: str
    name: str
    sex: str
    birth: date | None
    id_tail: str
    unit: UnitRef | None
    worker: str
    n: int
    compartments: list[str]
    hidden: dict[str, int]
    read_only: bool


class NumberOut(BaseModel):
    """An identity number in full."""

    id_number: str


class AskedEntries(Sent):
    """Which entries of a file."""

    kind: Word | None = None
    cursor: Cursor | None = None
    limit: Size = 100


class AskedDay(Sent):
    """Which day, and as known when."""

    on: Day | None = Field(None, description="The day asked about; today without it")
    known_at: Day | None = Field(None, description="Only what was recorded up to the end of this day")


class MeasureOut(BaseModel):
    """One measure with its term and the sum of it."""

    name: str
    label: Said
    state: str
    order: UUID | None
    ordered_on: date
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    ended_by: str
    term: Reason | None


class DutyOut(BaseModel):
    """Something somebody must do by a day, and why."""

    name: str
    label: Said
    owed_by: str
    state: str
    opens_on: date | None
    due: date | None
    record: str
    done_on: date | None
    done_by: UUID | None
    measure: UUID | None
    because: Reason


class FindingOut(BaseModel):
    """What a human must look at, and why."""

    name: str
    label: Said
    since: date
    rights: bool
    measure: UUID | None
    because: Reason


class AssessmentOut(BaseModel):
    """Where the person stands. `not_covered` are questions to which the rules have no verified answer: an
    officer decides."""

    on: date
    known_at: datetime | None
    current: MeasureOut | None
    measures: list[MeasureOut]
    duties: list[DutyOut]
    findings: list[FindingOut]
    not_covered: list[Reason]
    next_change_on: date | None
    notes: list[Said]


@router.get(
    "/files/{case}", response={200: FileOut, **FAULTS}, auth=Bearer("files"), url_name="api_file",
    operation_id="readFile", tags=[TAG],
    summary="一份档案：本人是谁 / Who somebody is",
)  # fmt: skip
def one(request: HttpRequest, case: Path[CaseNo]) -> dict[str, Any]:
    """Open a file: noted, and decided anew at every call."""
    opened = open_file(case, reader_of(request))
    noted_file(request, opened, detail="api file")
    about, narrow = opened.identity, opened.sight.narrow
    unit = None if narrow else opened.view.unit  # nothing is told of what came after a hand-over
    number = "" if narrow else str(about.get("id_number") or "")
    return {
        "file": opened.view.id,
        "case_no": opened.case_no,
        "name": str(about.get("name") or ""),
        "sex": str(about.get("sex") or ""),
        "birth": about.get("birth"),
        "id_tail": number[-4:],
        "unit": {"code": unit.code, "name": unit.name} if unit else None,
        "worker": "" if narrow else opened.view.worker,
        "n": len(opened.shown.entries) if narrow else opened.view.n,
        "compartments": sorted(opened.sight.open),
        "hidden": dict(opened.hidden),
        "read_only": opened.sight.read_only,
    }


@router.post(
    "/files/{case}/number", response={200: NumberOut, **FAULTS}, auth=Bearer("numbers", "number"),
    url_name="api_number", operation_id="revealNumber", tags=[TAG],
    summary="显示身份号码 / An identity number in full",
)  # fmt: skip
def number(request: HttpRequest, case: Path[CaseNo]) -> dict[str, str]:
    """Show the identity number in full, which is written down with who asked."""
    reader = reader_of(request)
    opened = open_file(case, reader)
    about = replace(opened.sight.target, compartment="identity")
    if not access.decide(reader.actor, "reveal", about).allowed:
        raise Http404(case)
    noted_file(request, opened, "number", detail="api number")
    return {"id_number": str(opened.identity.get("id_number") or "")}


@router.get(
    "/files/{case}/entries", response={200: Entries, **FAULTS}, auth=Bearer("files"),
    url_name="api_entries", operation_id="listEntries", tags=[TAG],
    summary="档案里的记录 / What stands in a file",
)  # fmt: skip
def entries(request: HttpRequest, case: Path[CaseNo], asked: Query[AskedEntries]) -> dict[str, Any]:
    """The entries that the post sees, in the order in which they came in."""
    opened = open_file(case, reader_of(request))
    noted_file(request, opened, detail="api entries")
    start = after("e", asked.cursor)
    shown = [e for e in opened.shown.known() if not asked.kind or e.kind == asked.kind]
    page = shown[start : start + asked.limit]
    end = start + len(page)
    return {
        "items": entries_told(
            page, opened.view.case_file, opened.view.receipts, {e.id: opened.compartment(e) for e in page}
        ),
        "next": cursor_of("e", end) if end < len(shown) else None,
        "total": len(shown),
        "hidden": dict(opened.hidden),
    }


@router.get(
    "/files/{case}/assessment", response={200: AssessmentOut, **FAULTS}, auth=Bearer("files"),
    url_name="api_assessment", operation_id="assess", tags=[TAG],
    summary="处于什么措施、期限和应办事项，逐项有理由 / Where somebody stands in law, and why",
)  # fmt: skip
def assessment(request: HttpRequest, case: Path[CaseNo], asked: Query[AskedDay]) -> dict[str, Any]:
    """Measures, duties and findings on a day, each with its reasons: sentence, articles, entries and sum."""
    opened = open_whole(case, reader_of(request))
    on = the_day(asked.on, clock.today())
    known = the_day(asked.known_at, on) if asked.known_at else None
    noted_file(request, opened, detail="api assessment")
    at = datetime.combine(known, time.max, CHINA) if known else None
    return told(opened, opened.assessed(on, at))


def told(opened: Opened, found: Assessment) -> dict[str, Any]:
    """An assessment as an answer says it. It rests on the whole file; ids of entries that the reader does not
    see are left out."""
    seen = {entry.id for entry in opened.shown.entries}
    return {
        "on": found.on,
        "known_at": found.known_at,
        "current": _measure(found.current, seen) if found.current else None,
        "measures": [_measure(m, seen) for m in found.measures],
        "duties": [_duty(d, seen) for d in found.duties],
        "findings": [_finding(f, seen) for f in found.findings],
        "not_covered": [reason_told(b, seen) for b in found.not_covered],
        "next_change_on": found.next_change_on,
        "notes": [label(note) for note in found.notes],
    }


def _id(found: UUID | None, seen: Collection[UUID]) -> UUID | None:
    return found if found in seen else None


def _measure(measure: Measure, seen: Collection[UUID]) -> dict[str, Any]:
    return {
        "name": measure.name,
        "label": label(measure.label),
        "state": measure.state,
        "order": _id(measure.order, seen),
        "ordered_on": measure.ordered_on,
        "starts_on": measure.starts_on,
        "ends_on": measure.ends_on,
        "ended_on": measure.ended_on,
        "ended_by": measure.ended_by,
        "term": reason_told(measure.term, seen) if measure.term else None,
    }


def _duty(duty: Duty, seen: Collection[UUID]) -> dict[str, Any]:
    return {
        "name": duty.name,
        "label": label(duty.label),
        "owed_by": duty.owed_by,
        "state": duty.state,
        "opens_on": duty.opens_on,
        "due": duty.due,
        "record": duty.record,
        "done_on": duty.done_on,
        "done_by": _id(duty.done_by, seen),
        "measure": _id(duty.measure, seen),
        "because": reason_told(duty.because, seen),
    }


def _finding(finding: Finding, seen: Collection[UUID]) -> dict[str, Any]:
    return {
        "name": finding.name,
        "label": label(finding.label),
        "since": finding.since,
        "rights": finding.rights,
        "measure": _id(finding.measure, seen),
        "because": reason_told(finding.because, seen),
    }
