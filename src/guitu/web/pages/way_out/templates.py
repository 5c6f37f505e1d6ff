"""Takes the templates of papers along, and brings edited ones in: checked first, each version kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu.centre.way_out import OPINION, TEMPLATES
from guitu.compose import kinds
from guitu.exchange.documents import papers
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import papers as kept
from guitu.store import unitfiles
from guitu.store.staff import staff_names
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.page import show, shows
from guitu.web.pages.gate.view import reader_of
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.way_out.page import TemplateShown, TemplatesPage
from guitu.web.pages.way_out.view import WORD
from guitu.web.who import Who

NO_FILE: Final = Label("请先选择一个 Word 文件", "Choose a Word file first")
NOT_MINE: Final = Label("模板由所领导更换", "Templates are changed by the head of the centre")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose templates a page is about: the reader, the unit, its papers, the page's address, what may stand
    in them, the way back, and what is said to whoever may not change them."""

    reader: Who
    unit: Unit
    papers: Mapping[str, Label]
    base: str
    fields: tuple[tuple[str, Label], ...]
    heading: Label
    back: Button
    not_mine: Label
    more: tuple[tuple[str, Label], ...] = ()


def desk_of(request: HttpRequest) -> Desk:
    """The templates of the reader's centre."""
    reader, centre = reader_of(request)
    return Desk(
        reader, centre, TEMPLATES, "/way-out/templates/", tuple(papers.FIELDS.items()),
        Label("出所文书可用的位置", "Places that papers of release may use"),
        Button(Label("回到出所", "Back"), href="/way-out/", look="link"), NOT_MINE,
        tuple(papers.fields_of(OPINION).items()),
    )  # fmt: skip


@shows("paper_templates")
def templates(request: HttpRequest) -> HttpResponse:
    """All templates, with what may stand in them."""
    return page_of(request, desk_of(request))


@csrf_exempt  # the handlers must be set before anything reads the form; `_bring` checks the token
@shows("paper_templates")
def take(request: HttpRequest, paper: str) -> HttpResponse:
    """Take a template along; or bring one."""
    if paper not in TEMPLATES:
        raise Http404(paper)
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _bring(request, paper))
    return taken(desk_of(request), paper)


@csrf_protect
def _bring(request: HttpRequest, paper: str) -> HttpResponse:
    return brought(request, desk_of(request), paper)


def taken(desk: Desk, paper: str) -> HttpResponse:
    """The template in use, as a file."""
    found = kept.latest(desk.unit, paper)
    content = found[1] if found else papers.default_template(paper)
    response = HttpResponse(content, content_type=WORD)
    name = f"模板-{desk.papers[paper].zh}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def brought(request: HttpRequest, desk: Desk, paper: str) -> HttpResponse:
    """Check a template that was sent, and put it into use. The upload handler was set before anything read
    the form."""
    reader, unit = desk.reader, desk.unit
    file = request.FILES.get("file")
    handler = request.upload_handlers[0]
    if not unitfiles.may_record(reader.actor, kinds()[kept.KIND], unit).allowed:
        return page_of(request, desk, {paper: desk.not_mine}, status=403)
    if isinstance(handler, InMemory) and handler.too_large:
        return page_of(request, desk, {paper: papers.TOO_LARGE}, status=422)
    if not isinstance(file, UploadedFile) or not file.size:
        return page_of(request, desk, {paper: NO_FILE}, status=422)
    if file.size > papers.MOST_BYTES:
        return page_of(request, desk, {paper: papers.TOO_LARGE}, status=422)
    content = file.read()
    assert reader.post is not None
    try:
        papers.check(content, paper)
        papers.fill(content, dict.fromkeys(papers.fields_of(paper), "某"), clock.now(), paper)
        n = kept.put_into_use(
            unit, paper, content, papers.digest_of(content), actor=reader.actor, office=reader.post.unit,
            now=clock.now(),
        )  # fmt: skip
    except GuituError as wrong:
        return page_of(request, desk, {paper: wrong.label}, status=422)
    return HttpResponseRedirect(f"{desk.base}?saved={paper}-{n}")


def page_of(
    request: HttpRequest, desk: Desk, faults: dict[str, Label] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of the templates of a desk."""
    wrong = faults or {}
    every = [one for one in kept.versions(desk.unit) if one.paper in desk.papers]
    names = staff_names(frozenset(one.by for one in every))
    may = unitfiles.may_record(desk.reader.actor, kinds()[kept.KIND], desk.unit).allowed
    shown = []
    for paper, label in desk.papers.items():
        mine = [one for one in every if one.paper == paper]
        words = [
            Label(
                f"第 {one.n} 版，{one.on} 起，{names.get(one.by, one.by)}",
                f"Version {one.n}, since {one.on}, {names.get(one.by, one.by)}",
            )
            for one in mine
        ]
        own = Label("系统自带模板", "The template that comes with the product")
        href = f"{desk.base}{paper}/"
        shown.append(
            TemplateShown(
                paper, label, words[0] if words else own,
                Button(Label("下载", "Download"), href=href, look="link", describes=label),
                href if may else "", tuple(words[1:]), wrong.get(paper, ""),
            )
        )  # fmt: skip
    summary = (
        ErrorSummary(tuple(Fault(text, f"f-{paper}") for paper, text in wrong.items())) if wrong else None
    )
    page = TemplatesPage(
        tuple(shown), desk.fields, desk.more, desk.back, summary, _saved(request, desk),
        fields_heading=desk.heading,
    )  # fmt: skip
    return show(request, page, status=status)


def _saved(request: HttpRequest, desk: Desk) -> tuple[Notice, ...]:
    paper, _, n = request.GET.get("saved", "").partition("-")
    if paper not in desk.papers or not n.isdigit():
        return ()
    label = desk.papers[paper]
    text = Label(f"已启用：{label.zh}，第 {n} 版", f"In use: {label.en}, version {n}")
    return (Notice("fresh", text),)
