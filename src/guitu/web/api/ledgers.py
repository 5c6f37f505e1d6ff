"""Ledgers: checking a file as an office keeps it, importing its good rows, taking it back, making one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Query, Status
from pydantic import BaseModel, StringConstraints

from guitu.exchange.ledgers import Refused as CannotRead
from guitu.exchange.ledgers import ledgers
from guitu.exchange.ledgers.export import NotGiven, export_ledger
from guitu.exchange.ledgers.limits import MOST_BYTES
from guitu.kernel.labels import Label
from guitu.store.acts.export import alone
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.calling import WAIT as RETRY
from guitu.web.api.people import needs_second
from guitu.web.api.routes import router
from guitu.web.api.words import FAULTS, Code, Day, Said, Sent, label, the_day
from guitu.web.models import ImportBatch
from guitu.web.noted import LISTED, noted
from guitu.web.pages.ledgers import preview, undo, upload, work
from guitu.web.pages.ledgers.kept import Kept
from guitu.web.pages.ledgers.view import WAIT, WORKBOOK

TAG: Final = "ledgers"

MOST_FAULTS: Final = 500
"""Faults that an answer lists; the whole list is the file of the held rows."""
TOO_LARGE: Final = Label("文件超过 20 MB。", "The file has more than 20 MB.")
Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]


class LedgerOut(BaseModel):
    """A ledger that is read and made."""

    name: str
    label: Said
    columns: int
    kept_by: list[str]


class SheetOut(BaseModel):
    """What a sheet came to: rows, new, there already, held for their faults, with remarks; entries."""

    sheet: str
    ledger: str
    rows: int
    new: int
    there: int
    held: int
    warned: int
    entries: int


class RowFault(BaseModel):
    """What is wrong in a row: the sheet, the spreadsheet's own row, the column's letter and head."""

    sheet: str
    row: int
    column: str
    heading: str
    said: Said
    warning: bool


class BatchOut(BaseModel):
    """A file on its way. `state`: checking, refused, checked, importing, stopped, done, undoing, undone."""

    id: UUID
    file_name: str
    state: str
    unit: str
    uploaded_at: datetime
    finished_at: datetime | None
    refusal: Said | None
    sheets: list[SheetOut]
    faults: list[RowFault]


class AskedCheck(Sent):
    """What the file is called; its ending says what it is."""

    file_name: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00/\\]+$")]


class AskedExport(Sent):
    """Whose ledger, as on which day."""

    unit: Code | None = None
    on: Day | None = None


@router.get(
    "/ledgers", response={200: list[LedgerOut], **FAULTS}, auth=Bearer("ledgers"), url_name="api_ledgers",
    operation_id="listLedgers", tags=[TAG],
    summary="能读能出的台账 / The ledgers that are read and made",
)  # fmt: skip
def every(request: HttpRequest) -> list[dict[str, Any]]:
    """Every ledger by name."""
    return [
        {"name": one.name, "label": label(one.label), "columns": len(one.columns), "kept_by": [*one.kept_by]}
        for one in ledgers().values()
    ]


_FILE: Final = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/ledgers/batches", response={202: BatchOut, **FAULTS}, auth=Bearer("ledgers", "upload"),
    url_name="api_check_ledger", operation_id="checkLedger", tags=[TAG], openapi_extra=_FILE,
    summary="送台账核对，不写入 / Send a file to be checked; nothing is recorded yet",
)  # fmt: skip
def check(request: HttpRequest, asked: Query[AskedCheck]) -> Status[dict[str, Any]]:
    """Check a workbook or CSV as an office keeps it. The answer says what is wrong at which row and column;
    ask for the batch again while it is `checking`."""
    reader = reader_of(request)
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(413, "too_large", TOO_LARGE)
    try:
        batch = upload.taken(data, asked.file_name, reader)
    except CannotRead as wrong:
        raise Refused(422, "unreadable", wrong.label) from None
    noted(request, "record", detail=f"api ledger-upload {batch.pk}")
    work.look(batch).join(WAIT)
    batch.refresh_from_db()
    if batch.state == "refused":
        why: dict[str, Any] = batch.refusal or {"zh": "", "en": ""}
        Kept(batch.pk).delete()
        batch.delete()
        raise _refused(why.get("status", 422), Label(why["zh"], why["en"]))
    return Status(202, _told(batch))


@router.get(
    "/ledgers/batches/{batch}", response={200: BatchOut, **FAULTS}, auth=Bearer("ledgers"),
    url_name="api_batch", operation_id="readBatch", tags=[TAG],
    summary="台账办到哪一步，哪一行有错 / How far a file is, and what is wrong in it",
)  # fmt: skip
def batch_one(request: HttpRequest, batch: Path[UUID]) -> dict[str, Any]:
    """A file on its way, with the faults of its rows."""
    found = _find(request, batch)
    noted(request, "list", detail=f"api ledger-rows {found.pk}")
    return _told(found)


@router.post(
    "/ledgers/batches/{batch}/import", response={202: BatchOut, **FAULTS}, auth=Bearer("ledgers"),
    url_name="api_import", operation_id="importBatch", tags=[TAG],
    summary="导入无误的行 / Import the good rows",
)  # fmt: skip
def begin(request: HttpRequest, batch: Path[UUID]) -> Status[dict[str, Any]]:
    """Record the good rows, once; what was interrupted goes on."""
    found = _find(request, batch, own=True)
    if found.state in work.CAN_START and work.beat_of(found) is None:
        noted(request, "record", detail=f"api ledger-import {found.pk}")
        thread = work.begin(found)
        if thread is not None:
            thread.join(WAIT)
        found.refresh_from_db()
    elif found.state not in (*work.RUNNING, "done"):
        raise Refused(409, "state", Label("现在不能导入。", "It cannot be imported now."))
    return Status(202, _told(found))


@router.post(
    "/ledgers/batches/{batch}/undo", response={202: BatchOut, **FAULTS}, auth=Bearer("ledgers"),
    url_name="api_undo", operation_id="undoBatch", tags=[TAG],
    summary="整批撤销 / Take a whole batch back",
)  # fmt: skip
def take_back(request: HttpRequest, batch: Path[UUID]) -> Status[dict[str, Any]]:
    """Withdraw everything a batch wrote, if nothing was built on it and it is not too long ago."""
    found = _find(request, batch, own=True)
    over = found.finished_at is None or clock.now() >= found.finished_at + undo.WITHIN
    if found.state != "done" or over or undo.in_the_way(undo.written_by(found)):
        raise Refused(
            409,
            "state",
            Label(
                "现在不能撤销：期限已过，或其后又有记录。", "It cannot be undone: too late, or built upon."
            ),
        )
    reader = reader_of(request)
    noted(request, "record", detail=f"api ledger-undo {found.pk}")
    thread = work.take_back(found, reader.actor, reader.name)
    if thread is not None:
        thread.join(WAIT)
    found.refresh_from_db()
    return Status(202, _told(found))


_BOOK: Final = {
    "responses": {
        200: {
            "description": "The ledger",
            "content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get(
    "/ledgers/{ledger}/export", response={**FAULTS}, auth=Bearer("ledgers", "export"),
    url_name="api_ledger_export",
    operation_id="exportLedger", tags=[TAG],
    summary="某一天的台账 / A ledger as on a day", openapi_extra=_BOOK,
)  # fmt: skip
def export(request: HttpRequest, ledger: Path[Name], asked: Query[AskedExport]) -> HttpResponse:
    """A ledger of a unit in its printed layout. A long one takes a second officer, on the page."""
    reader = reader_of(request)
    assert reader.post is not None
    if ledger not in ledgers():
        raise Refused(404, "not_there", NOT_THERE)
    unit = asked.unit or reader.post.unit
    if tree().get(unit) is None:
        raise Refused(404, "not_there", NOT_THERE)
    try:
        made = export_ledger(
            ledger, unit=unit, on=the_day(asked.on, clock.today()), actor=reader.actor, now=clock.now(),
            made_by=reader.name,
        )  # fmt: skip
    except NotGiven as no:
        raise Refused(403, "not_allowed", no.label) from None
    if made.rows > alone():
        raise needs_second()
    noted(request, "export", made.files, LISTED, made.decision, detail=f"api ledger {ledger} {unit}")
    answer = HttpResponse(made.data, content_type=WORKBOOK)
    answer.headers["Content-Disposition"] = content_disposition_header(True, made.file_name) or "attachment"
    return answer


def _refused(status: int, why: Label) -> Refused:
    """Why a file was not checked: for what is in it, or because something of ours failed."""
    code = {500: "broken", 503: "unavailable"}.get(status, "unreadable")
    return Refused(status, code, why, **({"retry_after": RETRY} if status == 503 else {}))


def _find(request: HttpRequest, identifier: UUID, *, own: bool = False) -> ImportBatch:
    """The batch, if its unit lies in the post's area; with `own`, only the post's own unit's."""
    post = reader_of(request).post
    assert post is not None
    found = ImportBatch.objects.filter(pk=identifier).first()
    unit = tree().get(found.unit) if found is not None else None
    if found is None or unit is None or post.unit not in unit.path or (own and post.unit != found.unit):
        raise Refused(404, "not_there", NOT_THERE)
    return found


def _told(batch: ImportBatch) -> dict[str, Any]:
    refusal = batch.refusal
    return {
        "id": batch.pk,
        "file_name": batch.file_name,
        "state": batch.state,
        "unit": batch.unit,
        "uploaded_at": batch.uploaded_at,
        "finished_at": batch.finished_at,
        "refusal": {"zh": refusal["zh"], "en": refusal["en"]} if refusal else None,
        "sheets": batch.sheets,
        "faults": _faults(batch) if batch.state == "checked" else [],
    }


def _faults(batch: ImportBatch) -> list[dict[str, Any]]:
    """What is wrong, row by row, without the cells: they were sent in by whoever asks."""
    kept = Kept(batch.pk)
    index = preview.read(kept)
    if index is None:
        return []
    found: list[dict[str, Any]] = []
    for no, sheet in enumerate(index.sheets):
        wrong = sorted({*sheet.positions("fault"), *sheet.positions("warning")})
        for row in preview.rows(kept, no, wrong[:MOST_FAULTS]):
            for one in row.found:
                heading = next((h for h in sheet.headings if h.at == one.at), None)
                found.append(
                    {
                        "sheet": sheet.name,
                        "row": row.number,
                        "column": heading.letter if heading else "",
                        "heading": heading.words if heading else "",
                        "said": label(one.text),
                        "warning": one.warning,
                    }
                )
    return found[:MOST_FAULTS]
