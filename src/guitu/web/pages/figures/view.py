"""Collects the figures desk: takes a draft in, has it checked, shows what came of it. Keeps nothing."""

from __future__ import annotations

from typing import Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from guitu.exchange.figures import check, read_bytes
from guitu.exchange.figures.reading import limited
from guitu.exchange.figures.report import report
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.web.language import spoken
from guitu.web.page import show, shows
from guitu.web.pages.figures.build import desk_page, result_page
from guitu.web.pages.figures.ours import Ours, ours_of
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.who import who

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@csrf_exempt  # the handlers must be set before anything reads the form; `_check` checks the token
@shows("figures_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """The empty desk; or what a draft came to."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _check(request))
    return show(request, desk_page())


@csrf_protect
def _check(request: HttpRequest) -> HttpResponse:
    typed, asked = request.POST.get("text", ""), request.POST.get("period", "").strip()[:24]
    fault: Label | None = None
    text, checked = "", None
    try:
        text = _text(request, typed)
        checked = check(text)
    except GuituError as refused:
        fault = refused.label
    period, period_fault = _period(asked)
    if checked is None or period_fault:
        return show(request, desk_page(typed, asked, fault, period_fault), status=422)
    reader = who(request)
    ours: Ours | None = None
    if period is not None and reader is not None:
        ours = ours_of(reader, checked, period)
    return show(request, result_page(checked, text, asked, ours))


def _text(request: HttpRequest, typed: str) -> str:
    file = request.FILES.get("file")
    handler = request.upload_handlers[0]
    if isinstance(handler, InMemory) and handler.too_large:
        return read_bytes(b" " * (11 << 20))
    if isinstance(file, UploadedFile) and file.size:
        return read_bytes(file.read())
    return limited(typed)


def _period(asked: str) -> tuple[Period | None, Label | None]:
    if not asked:
        return None, None
    try:
        return Period.parse(asked), None
    except GuituError as wrong:
        return None, wrong.label


@shows("figures_desk")
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The same findings as a Word file; the draft comes with the request, because nothing of it was kept."""
    try:
        checked = check(limited(request.POST.get("text", "")))
    except GuituError as refused:
        return show(request, desk_page("", "", refused.label), status=422)
    response = HttpResponse(report(checked, "en" if spoken() == "en" else "zh"), content_type=WORD)
    name = "数字核对.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
