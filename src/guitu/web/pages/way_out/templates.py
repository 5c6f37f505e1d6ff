"""Takes the templates of papers along, and brings edited ones in: checked first, each version kept."""

from __future__ import annotations

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
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.page import show, shows
from guitu.web.pages.casefile.opened import staff_names
from guitu.web.pages.gate.view import reader_of
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.way_out.page import TemplateShown, TemplatesPage
from guitu.web.pages.way_out.view import WORD
from guitu.web.who import Who

NO_FILE: Final = Label("请先选择一个 Word 文件", "Choose a Word file first")
NOT_MINE: Final = Label("模板由所领导更换", "Templates are changed by the head of the centre")


@shows("paper_templates")
def templates(request: HttpRequest) -> HttpResponse:
    """All templates, with what may stand in them."""
    reader, centre = reader_of(request)
    return _page(request, reader, centre)


@csrf_exempt  # the handlers must be set before anything reads the form; `_bring` checks the token
@shows("paper_templates")
def take(request: HttpRequest, paper: str) -> HttpResponse:
    """Take a template along; or bring one."""
    if paper not in TEMPLATES:
        raise Http404(paper)
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _bring(request, paper))
    _, centre = reader_of(request)
    found = kept.latest(centre, paper)
    content = found[1] if found else papers.default_template(paper)
    response = HttpResponse(content, content_type=WORD)
    name = f"模板-{TEMPLATES[paper].zh}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@csrf_protect
def _bring(request: HttpRequest, paper: str) -> HttpResponse:
    reader, centre = reader_of(request)
    file = request.FILES.get("file")
    handler = request.upload_handlers[0]
    if not unitfiles.may_record(reader.actor, kinds()[kept.KIND], centre).allowed:
        return _page(request, reader, centre, {paper: NOT_MINE}, status=403)
    if isinstance(handler, InMemory) and handler.too_large:
        return _page(request, reader, centre, {paper: papers.TOO_LARGE}, status=422)
    if not isinstance(file, UploadedFile) or not file.size:
        return _page(request, reader, centre, {paper: NO_FILE}, status=422)
    if file.size > papers.MOST_BYTES:
        return _page(request, reader, centre, {paper: papers.TOO_LARGE}, status=422)
    content = file.read()
    assert reader.post is not None
    try:
        papers.check(content, paper)
        papers.fill(content, dict.fromkeys(papers.fields_of(paper), "某"), clock.now(), paper)
        n = kept.put_into_use(
            centre, paper, content, papers.digest_of(content), actor=reader.actor, office=reader.post.unit,
            now=clock.now(),
        )  # fmt: skip
    except GuituError as wrong:
        return _page(request, reader, centre, {paper: wrong.label}, status=422)
    return HttpResponseRedirect(f"/way-out/templates/?saved={paper}-{n}")


def _page(
    request: HttpRequest,
    reader: Who,
    centre: Unit,
    faults: dict[str, Label] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    wrong = faults or {}
    every = kept.versions(centre)
    names = staff_names(frozenset(one.by for one in every))
    may = unitfiles.may_record(reader.actor, kinds()[kept.KIND], centre).allowed
    shown = []
    for paper, label in TEMPLATES.items():
        mine = [one for one in every if one.paper == paper]
        words = [
            Label(
                f"第 {one.n} 版，{one.on} 起，{names.get(one.by, one.by)}",
                f"Version {one.n}, since {one.on}, {names.get(one.by, one.by)}",
            )
            for one in mine
        ]
        own = Label("系统自带模板", "The template that comes with the product")
        href = f"/way-out/templates/{paper}/"
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
        tuple(shown), tuple(papers.FIELDS.items()), tuple(papers.fields_of(OPINION).items()),
        Button(Label("回到出所", "Back"), href="/way-out/", look="link"), summary, _saved(request),
    )  # fmt: skip
    return show(request, page, status=status)


def _saved(request: HttpRequest) -> tuple[Notice, ...]:
    paper, _, n = request.GET.get("saved", "").partition("-")
    if paper not in TEMPLATES or not n.isdigit():
        return ()
    label = TEMPLATES[paper]
    text = Label(f"已启用：{label.zh}，第 {n} 版", f"In use: {label.en}, version {n}")
    return (Notice("fresh", text),)
