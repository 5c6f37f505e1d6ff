"""Collects what the public site says, shows it beforehand, and publishes it."""

from __future__ import annotations

import mimetypes
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.site.gathering import NOTHING_SAID, Made, made, publish
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.outreach.chains import Chains
from guitu.levels.site.content import pictures
from guitu.store import unitfiles
from guitu.store.gate import NotAllowed
from guitu.store.levels import site as store
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Option
from guitu.web.home import home
from guitu.web.inside import kind_form
from guitu.web.inside.area import Area
from guitu.web.inside.kind_form import Way
from guitu.web.page import show, shows
from guitu.web.pages.site import build, words

FOLDER: Final = "site"
"""Below the office's data folder, with a folder for each unit that publishes a site."""
REASON: Final = "改稿"
"""Why an edit of the site corrects what stood there: editors are not asked each time."""


class Desk(Area):
    """The reader, who writes the site of the own unit only, and what it says."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.unit = self.home
        self.chains: Chains = store.chains(self.home)

    def made(self, *, drafts: bool = False) -> Made:
        """The site as it is today. 404 while nobody has said what it is."""
        found = made(self.chains, self.today, drafts=drafts)
        if found is None:
            raise Http404("site")
        return found


@shows("site")
def site(request: HttpRequest) -> HttpResponse:
    """What the site says, and whether that is published."""
    return _page(Desk(request))


def _page(desk: Desk, fault: Label | None = None, *, status: int = 200) -> HttpResponse:
    summary = ErrorSummary((Fault(fault),)) if fault else None
    found = made(desk.chains, desk.today)
    return show(desk.request, build.board(desk, desk.chains, found, summary), status=status)


@shows("site")
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind, anew or to change what is there."""
    desk = Desk(request)
    known = kinds().get(kind)
    if known is None or kind not in words.KINDS:
        raise Http404(kind)
    target = kind_form.corrected(desk, desk.unit, known)

    def after(_entry: Entry) -> str:
        return words.address(saved=kind)

    latest = desk.chains.of("site_about")
    if kind == "site_about" and target is None and latest:
        return HttpResponseRedirect(words.write(kind, latest[-1]))
    photos = {}
    if kind == "site_article":
        some = pictures(desk.chains).values()
        photos = {"photo": tuple(Option(str(p.entry.id), p.caption.zh) for p in some)}
    crumbs = Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(known.label)))
    way = Way(
        words.write(kind), words.ROOT, after, known.help or words.RULES, crumbs, choices=photos,
        first={"shown": "yes"}, reason=REASON,
    )  # fmt: skip
    if target is not None and not kind_form.stands(desk, desk.unit, target):
        return kind_form.refused(desk, known, kind_form.GONE, way, status=409)
    return kind_form.answer(desk, desk.unit, known, way, target)


@shows("site")
def preview(request: HttpRequest, file: str) -> HttpResponse:
    """One file of the site as it would be published now."""
    return _file(Desk(request).made(), file)


@shows("site")
def drafts(request: HttpRequest, file: str) -> HttpResponse:
    """The same with the articles that are not to be shown yet."""
    return _file(Desk(request).made(drafts=True), file)


def _file(found: Made, file: str) -> HttpResponse:
    content = found.files.get(file)
    if content is None:
        raise Http404(file)
    kind = mimetypes.guess_type(file)[0] or "text/plain"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return HttpResponse(content, content_type=kind + charset)


@require_POST
@shows("site")
def publishing(request: HttpRequest) -> HttpResponse:
    """Write the site into the office's folder for it."""
    desk = Desk(request)
    allowed = unitfiles.may_record(desk.actor, kinds()["site_published"], desk.unit)
    if not allowed.allowed:
        return _page(desk, allowed.reason, status=403)
    if made(desk.chains, desk.today) is None:
        return _page(desk, NOTHING_SAID, status=422)
    folder = home() / FOLDER / desk.unit.code
    folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        publish(desk.unit, folder, actor=desk.actor, now=desk.now, on=desk.today)
    except NotAllowed as wrong:
        return _page(desk, wrong.decision.reason, status=403)
    except GuituError as wrong:
        return _page(desk, wrong.label, status=422)
    return HttpResponseRedirect(words.address(saved="site_published"))


@shows("site")
def packed(request: HttpRequest) -> HttpResponse:
    """The whole site as one archive, for putting on a web server."""
    desk = Desk(request)
    response = HttpResponse(desk.made().packed(), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, "site.zip") or "attachment"
    return response
