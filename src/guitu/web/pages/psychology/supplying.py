"""The instruments that can be used here, and an office bringing its own as a workbook or a YAML file."""

from __future__ import annotations

from typing import Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu.centre.instruments import Instrument, read_instrument
from guitu.centre.instruments import instruments as of_house
from guitu.centre.instruments.model import MODES
from guitu.compose import kinds
from guitu.exchange.instruments.blank import blank
from guitu.exchange.instruments.reading import MOST_BYTES, read_workbook
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import unitfiles
from guitu.store.centre import psychology
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.psychology import words
from guitu.web.pages.psychology.shown import InstrumentsPage
from guitu.web.pages.roster.sheet import XLSX, attached
from guitu.web.who import Who, who

PART: Final = 4000
MOST: Final = PART * len(psychology.PARTS)
MINE: Final = "user_supplied"
WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .xls begin."""
BLANK: Final = f"{words.INSTRUMENTS}?blank=xlsx"


@csrf_exempt  # the handlers must be set before anything reads the form; `_instruments` checks the token
@shows("psychology")
def instruments(request: HttpRequest) -> HttpResponse:
    """The list, and bringing one; with `?blank` the workbook to be filled in."""
    if "blank" in request.GET:
        return attached(blank(clock.today()), XLSX, "instrument.xlsx")
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
    return cast(HttpResponse, _instruments(request))


@csrf_protect
def _instruments(request: HttpRequest) -> HttpResponse:
    reader = who(request)
    assert reader is not None
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    may = unitfiles.may_record(reader.actor, kinds()["instrument_supplied"], unit).allowed
    if request.method != "POST" or not may:
        notices = (
            (Notice("fresh", Label("量表已启用。", "The instrument is in use.")),)
            if request.GET.get("saved")
            else ()
        )
        status = 403 if request.method == "POST" else 200
        return show(request, _page(unit, may, notices=notices), status=status)
    right = " ".join(request.POST.get("right", "").split())[:200]
    try:
        found, text = _read(request, unit, right)
        _record(reader, unit, found, text, right)
    except GuituError as wrong:
        return show(request, _page(unit, may, right, wrong.label), status=422)
    return HttpResponseRedirect(f"{words.INSTRUMENTS}?saved=1")


class Refused(GuituError):
    """The file cannot be taken."""


def _read(request: HttpRequest, unit: Unit, right: str) -> tuple[Instrument, str]:
    """The instrument in the file. Raises with one sentence."""
    if not right:
        raise Refused(Label("请写明使用依据（购买、许可或公共领域）。", "Say by what right it is used."))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused(Label("请先选择一个文件。", "Choose a file first."))
    found, text = _understood(file)
    if len(text) > MOST:
        raise Refused(Label(f"文件最多 {MOST} 字。", f"The file may have {MOST} characters."))
    if found.mode != MINE:
        raise Refused(
            Label("自备量表的 mode 写 user_supplied。", "An instrument of one’s own has mode: user_supplied.")
        )
    if found.key in of_house():
        raise Refused(
            Label(
                f"“{found.key}”是系统自带量表的代号，请另取一个。",
                f"“{found.key}” is the house’s own key; take another.",
            )
        )
    newest = max(
        (s.instrument.version for s in psychology.supplied(unit) if s.instrument.key == found.key), default=0
    )
    if found.version <= newest:
        raise Refused(
            Label(
                f"“{found.key}”已有第 {newest} 版，请把 version 改为 {newest + 1}。",
                f"There is version {newest} of “{found.key}”: make it {newest + 1}.",
            )
        )
    return found, text


def _understood(file: UploadedFile) -> tuple[Instrument, str]:
    """The instrument, and its text as it is kept; told from the bytes which of the two a file is."""
    raw = file.read(MOST_BYTES + 1)
    if raw.startswith(WORKBOOKS):
        return read_workbook(raw, file.name or "file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            Label(
                "文件应为本页的空白表（.xlsx），或者 UTF-8 的 YAML 文本。",
                "The file should be the blank workbook of this page (.xlsx), or YAML as text in UTF-8.",
            )
        ) from None
    if len(text) > MOST:
        raise Refused(Label(f"文件最多 {MOST} 字。", f"The file may have {MOST} characters."))
    return read_instrument(text, file.name or "file"), text


def _record(reader: Who, unit: Unit, found: Instrument, text: str, right: str) -> None:
    now = clock.now()
    parts = [text[at : at + PART] for at in range(0, len(text), PART)]
    entry = unitfiles.new_entry(
        unit.code,
        "instrument_supplied",
        store_clock.office_day(now),
        {
            "key": found.key,
            "instrument_version": found.version,
            "right": right,
            **dict(zip(psychology.PARTS, parts, strict=False)),
        },
        now=now,
        author=reader.username,
        office=reader.post.unit if reader.post else unit.code,
    )
    unitfiles.record(entry, actor=reader.actor, now=now)


def _page(
    unit: Unit, may: bool, right: str = "", fault: Label | None = None, notices: tuple[Notice, ...] = ()
) -> InstrumentsPage:
    rows = tuple(
        Row(
            (
                Cell(one.label, sub=f"{one.key} · {one.version}"),
                one.window,
                MODES[one.mode],
                one.licence,
                one.credit,
            )
        )
        for one in psychology.usable(unit)
    )
    table = Table(
        Label("可以使用的量表", "Instruments that can be used"),
        (
            Column(Label("量表", "Instrument"), phone="lead"),
            Column(Label("问的时间", "Window")),
            Column(Label("题目", "Items")),
            Column(Label("许可", "Licence")),
            Column(Label("署名", "Credit")),
        ),
        rows,
        (Label(f"共 {len(rows)} 种", f"{len(rows)} instruments"),),
        id="instruments",
    )
    fields = (
        (
            Field(
                "right",
                kinds()["instrument_supplied"].ask("right").label,
                value=right,
                hint=Label(
                    "例如：本所 2026 年购买；作者书面许可。",
                    "For example: bought in 2026; the author’s written leave.",
                ),
            ),
            Field("file", Label("文件", "File"), kind="file", accept=".xlsx,.xls,.yaml,.yml"),
        )
        if may
        else ()
    )
    return InstrumentsPage(
        crumbs=Crumbs(
            (
                Crumb(Label("心理中心", "Psychology centre"), words.address()),
                Crumb(Label("量表", "Instruments")),
            )
        ),
        table=table,
        fields=fields,
        action=words.INSTRUMENTS,
        blank=BLANK,
        summary=ErrorSummary((Fault(fault, "f-file"),)) if fault else None,
        notices=notices,
    )
