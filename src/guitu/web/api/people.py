"""Finding people, listing them, taking a list along, and opening a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from guitu import access
from guitu.kernel.labels import Label
from guitu.store import proposals, read, units
from guitu.store.acts import export as exporting
from guitu.store.proposals import Proposal
from guitu.store.read import listing
from guitu.store.read.listing import Narrow
from guitu.store.scope import within as inside
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.words import (
    FAULTS,
    Code,
    Cursor,
    Sent,
    Size,
    Text,
    UnitRef,
    Word,
    after,
    cursor_of,
    the_unit,
)
from guitu.web.noted import noted_list
from guitu.web.pages.people.choices import CURRENT, choices_of
from guitu.web.pages.people.view import findable, within
from guitu.web.taking.writing import harmless
from guitu.web.who import Who, scope_of

TAG: Final = "people"

AT_ONCE: Final = 1000
"""People read together while a list is streamed: enough to be quick, few enough to stay small."""


class PersonLine(BaseModel):
    """One person in a list; of the identity number only its end."""

    file: UUID
    case_no: str
    name: str
    sex: str
    birth_year: int | None
    id_tail: str
    measure: str
    state: str
    ends_on: date | None
    open_duties: int
    overdue_duties: int
    findings: list[str]
    rights_at_risk: bool
    unit: UnitRef
    worker: str
    next_duty: str
    next_due: date | None


class People(BaseModel):
    """A page of people. `next` is the cursor of the page after it, null on the last one; `total` how many
    there are, where that is known."""

    items: list[PersonLine]
    next: str | None
    total: int | None = None


class Found(BaseModel):
    """What a search found. `too_many`: there are more than fifty; say more."""

    items: list[PersonLine]
    found: int
    too_many: bool


class Search(Sent):
    """Whom to look for: any part of a name, pinyin, initials, a case number, a whole identity number."""

    q: Text = Field(min_length=1)
    unit: Code | None = None


class Asked(Sent):
    """What a list is narrowed by."""

    unit: Code | None = Field(None, description="Code of a unit in the area; the post's own without it")
    measure: Word | None = None
    state: Word | None = None
    rights: Literal["true", "false"] = Field("false", description="Only those whose rights are at risk")
    overdue: Literal["true", "false"] = Field("false", description="Only those with something overdue")
    current: Literal["true", "false"] = Field("false", description="Only those under a measure now")

    def narrow(self) -> Narrow:
        """The same for the store."""
        return Narrow(
            self.measure or "",
            self.state or "",
            rights=self.rights == "true",
            overdue=self.overdue == "true",
            current=self.current == "true",
        )


class AskedPage(Asked):
    """The same, a page at a time."""

    cursor: Cursor | None = None
    limit: Size = 50


class AskedExport(Asked):
    """The same, as a file."""

    format: Literal["ndjson", "csv"] = "ndjson"
    proposal: UUID | None = Field(
        None, description="An approved export, where the list is longer than one officer may take along alone"
    )


def told(line: read.PersonLine) -> dict[str, object]:
    """A person as an answer says it."""
    return {
        "file": line.file,
        "case_no": line.case_no,
        "name": line.name,
        "sex": line.sex,
        "birth_year": line.birth_year,
        "id_tail": line.id_tail,
        "measure": line.measure,
        "state": line.state,
        "ends_on": line.ends_on,
        "open_duties": line.open_n,
        "overdue_duties": line.overdue_n,
        "findings": list(line.findings),
        "rights_at_risk": line.rights,
        "unit": {"code": line.unit, "name": line.unit_name},
        "worker": line.worker,
        "next_duty": line.next_duty,
        "next_due": line.next_due,
    }


@router.get(
    "/people", response={200: People, **FAULTS}, auth=Bearer("people"), url_name="api_people",
    operation_id="listPeople", tags=[TAG],
    summary="辖区内人员，新档案在前 / People of a unit, the newest file first",
)  # fmt: skip
def people(request: HttpRequest, asked: Query[AskedPage]) -> dict[str, object]:
    """A page of the people under a unit whom the post may find."""
    reader = reader_of(request)
    unit = the_unit(reader, asked.unit)
    start = after("p", asked.cursor)
    narrow = asked.narrow()
    lines = listing.people_after(unit, narrow, before=start, size=asked.limit)
    shown = findable(reader, lines)
    noted_list(request, "list", shown, unit, "api people")
    return {
        "items": [told(line) for line in shown],
        "next": cursor_of("p", lines[-1].no) if len(lines) == asked.limit else None,
        "total": listing.how_many(unit, narrow) if not start and len(shown) == len(lines) else None,
    }


@router.post(
    "/people/search", response={200: Found, **FAULTS}, auth=Bearer("people", "search"), url_name="api_search",
    operation_id="searchPeople", tags=[TAG],
    summary="查找人员 / Find people",
)  # fmt: skip
def search(request: HttpRequest, asked: Search) -> dict[str, object]:
    """Find people under a unit. A post and not an address, so that no name stands in a server's log."""
    reader = reader_of(request)
    unit = the_unit(reader, asked.unit)
    found = within(reader, read.search(unit.code, asked.q[:100]))
    noted_list(request, "hit", found.rows, unit, "api people")
    return {
        "items": [told(line) for line in found.rows],
        "found": found.found,
        "too_many": found.too_many,
    }


_FILES: Final = {
    "responses": {
        200: {
            "description": "The list: one person a line, as JSON or as CSV with a head",
            "content": {
                "application/x-ndjson": {"schema": {"type": "string"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        }
    }
}


@router.get(
    "/people/export", response={**FAULTS}, auth=Bearer("export", "export"), url_name="api_export",
    operation_id="exportPeople", tags=[TAG],
    summary="导出名单 / Take a list along", openapi_extra=_FILES,
)  # fmt: skip
def export(request: HttpRequest, asked: Query[AskedExport]) -> HttpResponseBase:
    """The whole list, streamed. A list longer than one officer may take along alone needs `proposal`: an
    export that a second officer has approved for this account, and that is not over."""
    reader = reader_of(request)
    unit, narrow = the_unit(reader, asked.unit), asked.narrow()
    approved = _approved(reader, asked.proposal) if asked.proposal else None
    if approved is not None:
        unit, narrow = _list_of(reader, approved)
    decision = access.decide(reader.actor, "export", access.Target(unit.path))
    if not decision.allowed:
        raise Refused(403, "not_allowed", Label(f"{decision.reason.zh}。", f"{decision.reason.en}."))
    if approved is not None:
        exporting.downloaded(approved, reader.actor, clock.now())
    elif listing.how_many(unit, narrow) > exporting.alone():
        raise needs_second()
    lines = _lines(request, reader, unit, narrow, asked.format)
    mime = "application/x-ndjson" if asked.format == "ndjson" else "text/csv"
    made = StreamingHttpResponse(lines, content_type=f"{mime}; charset=utf-8")
    made.headers["Content-Disposition"] = f'attachment; filename="people_{unit.code}.{asked.format}"'
    return made


def _approved(reader: Who, identifier: UUID) -> Proposal:
    """The export that a second officer let this account take along, while it is good. Raises Refused."""
    found = proposals.find(identifier)
    until = exporting.good_until(found) if found else None
    mine = found is not None and found.act.name == "export" and found.username == reader.username
    if found is None or not mine or found.payload.get("what") != "people":
        raise needs_second()
    if until is None or clock.now() > until:
        raise needs_second()
    return found


def _list_of(reader: Who, approved: Proposal) -> tuple[Unit, Narrow]:
    """The very list that was approved, whatever else the call asks for."""
    chosen = choices_of(QueryDict(urlencode(approved.payload["query"])), reader)
    narrow = Narrow(
        chosen.measure, chosen.state, rights=chosen.rights, overdue=chosen.overdue,
        current=chosen.list == CURRENT,
    )  # fmt: skip
    return chosen.unit, narrow


def needs_second() -> Refused:
    """The refusal of a list that one officer may not take along alone."""
    most = exporting.alone()
    return Refused(
        403,
        "needs_second",
        Label(
            f"名单超过 {most} 人，须第二人同意：请先在页面上提出导出，获准后把编号写入 proposal。",
            f"More than {most} people take a second officer: propose the export on its page and send its id"
            " as `proposal` once it is approved.",
        ),
    )


_COLUMNS: Final = (
    "case_no", "name", "sex", "birth_year", "id_tail", "measure", "state", "ends_on", "open_duties",
    "overdue_duties", "findings", "rights_at_risk", "unit_code", "unit_name", "worker", "next_duty",
    "next_due",
)  # fmt: skip


def _lines(
    request: HttpRequest, reader: Who, unit: Unit, narrow: Narrow, form: Literal["ndjson", "csv"]
) -> Iterator[bytes]:
    """The list, some people at a time: each part is noted before it is given. The request's own scope has
    ended when a server asks for the next part, so each part is read under it anew."""
    if form == "csv":
        yield ("\ufeff" + _csv([list(_COLUMNS)])).encode()
    before, scope = 0, scope_of(reader)
    while True:
        with units.steady(), inside(scope):
            lines = listing.people_after(unit, narrow, before=before, size=AT_ONCE)
            shown = findable(reader, lines)
            if shown:
                noted_list(request, "export", shown, unit, "api people")
        if form == "csv":
            part = _csv([_row(line) for line in shown])
        else:
            part = "".join(json.dumps(told(x), ensure_ascii=False, default=str) + "\n" for x in shown)
        yield part.encode()
        if len(lines) < AT_ONCE:
            return
        before = lines[-1].no


def _row(line: read.PersonLine) -> list[str]:
    values = told(line)
    values["findings"] = " ".join(line.findings)
    values["unit_code"], values["unit_name"] = line.unit, line.unit_name
    return [harmless("" if (found := values[name]) is None else str(found)) for name in _COLUMNS]


def _csv(rows: list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()
