"""Collects the Ledgers pages: receives files, starts the work, and shows how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from guitu.exchange.ledgers import Refused, ledgers
from guitu.exchange.ledgers.export import Exported, export_ledger
from guitu.exchange.ledgers.layout import empty_form
from guitu.exchange.ledgers.places import kept_in
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.acts.export import alone
from guitu.store.units import LEVEL_LABELS, Unit, tree
from guitu.web import clock
from guitu.web.accounts.recent import confirmed_download
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.table.component import Table
from guitu.web.components.word.component import Word
from guitu.web.models import ImportBatch
from guitu.web.noted import LISTED, noted
from guitu.web.page import show, shows
from guitu.web.pages.ledgers import build, preview, undo, upload, work
from guitu.web.pages.ledgers.checked import Look, check_page
from guitu.web.pages.ledgers.kept import HELD, Kept, clear_old
from guitu.web.pages.ledgers.page import Choose, LedgersPage, Template
from guitu.web.pages.record import day as days
from guitu.web.who import Who, who

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAIT: Final = 8.0
"""Seconds a request waits for its own work before it answers with the progress page."""


@csrf_exempt  # the handlers must be set before anything reads the form; `_receive` checks the token
@shows("ledgers")
def first(request: HttpRequest) -> HttpResponse:
    """Send a file in; and all that has been imported."""
    if request.method == "POST":
        request.upload_handlers = [upload.InMemory(request)]
        return cast(HttpResponse, _receive(request))
    return show(request, first_page(request))


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    reader = _reader(request)
    batch = None
    status = 422
    try:
        batch = upload.receive(request, reader)
        noted(request, "record", detail=f"ledger-upload {batch.pk}")
        work.look(batch).join(WAIT)
        batch.refresh_from_db()
        if batch.state == "refused":
            said = batch.refusal or {}
            status = said.get("status", 422)
            raise Refused(Label(said["zh"], said["en"]), where=said.get("where", ""))
    except Refused as refused:
        if batch is not None:
            Kept(batch.pk).delete()
            batch.delete()
        return show(request, first_page(request, refused=refused), status=status)
    return HttpResponseRedirect(build.address(batch))


def first_page(
    request: HttpRequest, *, refused: GuituError | None = None, export_fault: GuituError | None = None
) -> LedgersPage:
    """What the first page shows; with the fault of a file or of an export that cannot be made."""
    clear_old()
    reader = _reader(request)
    assert reader.post is not None
    here = tree().find(reader.post.unit)
    fault: Text = ""
    summary = None
    if refused is not None:
        fault = _with_place(refused)
        summary = ErrorSummary((Fault(fault, "f-file"),))
    if export_fault is not None:
        summary = ErrorSummary((Fault(export_fault.label, "f-ledger"),))
    return LedgersPage(
        here.name,
        file_field(fault),
        templates(),
        *export_form(here, clock.today(), request.GET if export_fault else {}),
        _batches(request, here),
        summary,
    )


def _with_place(fault: GuituError) -> Label:
    if not fault.where:
        return fault.label
    return Label(f"{fault.where}：{fault.label.zh}", f"{fault.where}: {fault.label.en}")


def file_field(fault: Text = "") -> Field:
    """The question for the file."""
    return Field(
        "file",
        Label("台账文件", "Ledger file"),
        "file",
        hint=Label(
            ".xlsx、.xls 或 .csv，不超过 20 MB。照原样上传，不必改表头。",
            ".xlsx, .xls or .csv, up to 20 MB. Send it as it is; the header may stay as you have it.",
        ),
        error=fault,
        accept=".xlsx,.xls,.csv",
    )


def templates() -> tuple[Template, ...]:
    """Every ledger Guitu reads, with its empty form."""
    found = []
    for ledger in ledgers().values():
        kept = [LEVEL_LABELS[level] for level in ledger.kept_by]
        says = Label(f"{len(ledger.columns)} 列", f"{len(ledger.columns)} columns")
        if kept:
            by = Label("、".join(x.zh for x in kept), ", ".join(x.en.lower() for x in kept))
            says = Label(f"{says.zh}；由{by.zh}导入", f"{says.en}; imported by: {by.en}")
        found.append(Template(ledger.label, says, f"/ledgers/template/{ledger.name}/"))
    return tuple(found)


def export_form(here: Unit, today: date, typed: Mapping[str, str]) -> tuple[tuple[Choose, ...], Field]:
    """What the export asks: which ledger, whose, and as on which day."""
    units = tree()
    below = [here, *units.children(here)]
    return (
        (
            Choose(
                "ledger",
                Label("台账", "Ledger"),
                tuple(Option(x.name, x.label) for x in ledgers().values() if kept_in(x, here, units)),
                typed.get("ledger", ""),
            ),
            Choose(
                "unit",
                Label("单位", "Unit"),
                tuple(Option(unit.code, unit.name) for unit in below),
                typed.get("unit", here.code),
            ),
        ),
        Field("on", Label("截至日期", "As on"), "day", value=typed.get("on", today.isoformat())),
    )


def _batches(request: HttpRequest, here: Unit) -> Table:
    """The batches of the reader's unit and those below it, newest first."""
    units = tree()
    senders = ImportBatch.objects.order_by().values_list("unit", flat=True).distinct()
    names = {
        unit.code: unit.name
        for code in senders
        if (unit := units.get(code)) is not None and units.within(unit, here)
    }
    found = ImportBatch.objects.filter(unit__in=names).order_by("-uploaded_at", "pk")
    total = found.count()
    size = _size(request)
    page = max(1, min(_whole(request, "page", 1), -(-total // size)))
    rows = [(b, names[b.unit], _word(b)) for b in found[(page - 1) * size : page * size]]
    return build.batch_table(rows, Pager(page, size, total), total)


def _word(batch: ImportBatch) -> Word:
    running = batch.state in work.RUNNING and work.beat_of(batch) is not None
    return build.word_of(batch, running=running, expired=not Kept(batch.pk).there)


@shows("ledgers")
@require_GET
def one(request: HttpRequest, batch: UUID) -> HttpResponse:
    """A file on its way: being checked, checked, being imported, or done."""
    return _show(request, _find(request, batch))


def _show(
    request: HttpRequest, found: ImportBatch, *, status: int = 200, in_the_way: Sequence[undo.InTheWay] = ()
) -> HttpResponse:
    mine = _mine(request, found)
    if found.state in work.RUNNING or found.state == "refused":
        beat = work.beat_of(found)
        if found.state == "undoing" and beat is None:
            found.state = "done"  # it was stopped, and so nothing of it was written
        else:
            page = build.progress_page(found, beat, mine=mine and found.state != "refused")
            return show(request, page, status=status)
    if found.state in ("done", "undone"):
        kept = Kept(found.pk).has(HELD)
        name = tree().find(found.unit).name
        result = build.result_page(
            found, name, clock.now(), mine=mine, held_kept=kept, in_the_way=in_the_way
        )  # fmt: skip
        return show(request, result, status=status)
    kept_here = Kept(found.pk)
    index = preview.read(kept_here)
    look = _look(request, index)
    noted(request, "list", detail=f"ledger-rows {found.pk}")
    rows: list[preview.PreviewRow] = []
    if index is not None:
        sheet = index.sheets[look.sheet]
        positions = sheet.positions(look.show)[(look.page - 1) * look.size : look.page * look.size]
        rows = list(preview.rows(kept_here, look.sheet, positions))
    earlier = (
        ImportBatch.objects.filter(digest=found.digest, unit=found.unit, state="done")
        .exclude(pk=found.pk)
        .order_by("-finished_at")
        .first()
    )
    page = check_page(found, index, look, rows, mine=mine, earlier=earlier)
    return show(request, page, status=status)


def _look(request: HttpRequest, index: preview.Preview | None) -> Look:
    """What of the file the address asks for, within what there is."""
    if index is None:
        return Look()
    no = min(_whole(request, "sheet", 0), len(index.sheets) - 1)
    sheet = index.sheets[no]
    asked = request.GET.get("show", "")
    best: preview.Show = "fault" if sheet.held else "warning" if sheet.warned else "all"
    chosen = cast(preview.Show, asked) if asked in ("fault", "warning", "all") else best
    size = _size(request)
    pages = max(1, -(-len(sheet.positions(chosen)) // size))
    at = _whole(request, "at", 0) or None
    every = request.GET.get("columns") == "all"
    return Look(no, chosen, every, max(1, min(_whole(request, "page", 1), pages)), size, at)


@shows("ledgers")
@require_GET
def progress(request: HttpRequest, batch: UUID) -> HttpResponse:
    """How far it is: the part that asks again every second, until there is something else to see."""
    found = _find(request, batch)
    beat = work.beat_of(found) if found.state in work.RUNNING else None
    if beat is None:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(build.address(found))
        return HttpResponseRedirect(build.address(found))
    page = build.progress_page(found, beat, mine=_mine(request, found), said=_whole(request, "said", 0))
    return show(request, page, part="progress_part")


@shows("ledgers")
@require_POST
def begin(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Import the good rows; or go on with what was interrupted."""
    found = _find(request, batch, own=True)
    if found.state in work.RUNNING and work.beat_of(found) is not None:
        return HttpResponseRedirect(build.address(found))
    if found.state == "checking":
        work.look(found).join(WAIT)
    elif found.state in work.CAN_START:
        noted(request, "record", detail=f"ledger-import {found.pk}")
        thread = work.begin(found)
        if thread is not None:
            thread.join(1)
    return HttpResponseRedirect(build.address(found))


@shows("ledgers")
@require_POST
def take_back(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Undo a whole batch, if nothing was built on it."""
    found = _find(request, batch, own=True)
    if found.state not in ("done", "undoing") or not found.finished_at:
        return HttpResponseRedirect(build.address(found))
    if clock.now() >= found.finished_at + undo.WITHIN:
        return _show(request, found)
    in_the_way = undo.in_the_way(undo.written_by(found))
    if in_the_way:
        return _show(request, found, status=409, in_the_way=in_the_way)
    reader = _reader(request)
    noted(request, "record", detail=f"ledger-undo {found.pk}")
    thread = work.take_back(found, reader.actor, reader.name)
    if thread is not None:
        thread.join(WAIT)
    return HttpResponseRedirect(build.address(found))


@shows("ledgers")
@require_GET
def held(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The held rows, in the office's own layout."""
    found = _find(request, batch)
    data = Kept(found.pk).read(HELD)
    if data is None:
        raise Http404(batch)
    noted(request, "export", detail=f"ledger-held {found.pk}")
    return _download(data, f"{found.file_name.rpartition('.')[0] or found.file_name}_退回行.xlsx")


@shows("ledgers")
@require_GET
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty form of a ledger."""
    if name not in ledgers():
        raise Http404(name)
    reader = _reader(request)
    assert reader.post is not None
    ledger = ledgers()[name]
    data = empty_form(ledger, reader.post.unit_name, clock.today())
    return _download(data, f"{ledger.label.zh}_模板.xlsx")


@shows("ledgers")
@require_GET
@confirmed_download
def export(request: HttpRequest) -> HttpResponse:
    """A ledger of a unit as on a day, ready to print; a long one takes a second officer."""
    try:
        made = made_of(request, request.GET)
    except GuituError as fault:
        return show(request, first_page(request, export_fault=fault), status=work.status_of(fault))
    if made.rows > alone():
        asked = {name: request.GET.get(name, "") for name in ("ledger", "unit", "on")}
        return HttpResponseRedirect(f"{reverse('export_ask')}?{urlencode({**asked, 'what': 'ledger'})}")
    return given(request, made, request.GET)


def made_of(request: HttpRequest, query: QueryDict) -> Exported:
    """The ledger that is asked for. Raises GuituError."""
    reader = _reader(request)
    on = days.read(query.get("on", ""), clock.today())
    if not isinstance(on, date):
        raise GuituError(on or Label("请填写日期。", "Enter a day."))
    return export_ledger(
        query.get("ledger", ""),
        unit=query.get("unit", ""),
        on=on,
        actor=reader.actor,
        now=clock.now(),
        made_by=reader.name,
    )


def given(request: HttpRequest, made: Exported, query: QueryDict) -> HttpResponse:
    """The ledger as a file; that it was taken along is noted first."""
    told = f"ledger {query['ledger']} {query['unit']}"
    noted(request, "export", made.files, LISTED, made.decision, detail=told)
    return _download(made.data, made.file_name)


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _reader(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None
    return reader


def _find(request: HttpRequest, batch: UUID, *, own: bool = False) -> ImportBatch:
    """The batch, if its unit lies in the reader's area; with `own`, only if it is the reader's own unit's."""
    found = ImportBatch.objects.filter(pk=batch).first()
    reader = _reader(request)
    assert reader.post is not None
    unit = tree().get(found.unit) if found is not None else None
    if found is None or unit is None or reader.post.unit not in unit.path:
        raise Http404(batch)
    if own and not _mine(request, found):
        raise Http404(batch)
    return found


def _mine(request: HttpRequest, batch: ImportBatch) -> bool:
    post = _reader(request).post
    return post is not None and post.unit == batch.unit


def _whole(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _size(request: HttpRequest) -> int:
    size = _whole(request, "size", SIZES[0])
    return size if size in SIZES else SIZES[0]
