"""The answer to a list's address that asks for a file.

Lists of people leave the house through the posts that may export, shortly after a proof of presence, and
beyond a number of lines (or wherever they tell of health) only once a second officer has agreed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from guitu.access.taking import TAKES, may_take
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store.acts.export import alone
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.component import say
from guitu.web.components.frame.component import PLACES
from guitu.web.noted import noted
from guitu.web.taking.collecting import MOST, Answered, Lines, Source, TooLong, lines_of
from guitu.web.taking.offered import ENDINGS, LIST, TAKE, narrowed
from guitu.web.taking.writing import attached, written
from guitu.web.who import who


def answer(
    request: HttpRequest, view: Callable[..., HttpResponse], arguments: tuple[Any, ...], named: dict[str, Any]
) -> HttpResponse | FileResponse:
    """The list as a file; or the way to a second officer, or why not."""
    from guitu.web import faults
    from guitu.web.accounts.recent import asked_again

    page, ending = str(getattr(view, "guitu_page", "")), request.GET.get(TAKE, "")
    if who(request) is None:  # of a public page: there is something else for them there
        return HttpResponseRedirect(request.path)
    decision = _decision(request, page, named)
    if decision is None or ending not in ENDINGS:
        raise Http404(page)
    if not decision.allowed:
        return faults.not_allowed(request, decision.reason)
    if TAKES[page] != "work" and (ask := asked_again(request)) is not None:
        return ask
    source = Source(request, view, arguments, named, request.path)
    list_id = request.GET.get(LIST, "")[:80]
    try:
        lines = lines_of(source, request.META.get("QUERY_STRING", ""), list_id)
        if TAKES[page] != "work" and lines.total > most_alone(page):
            return HttpResponseRedirect(_way_to_second(request, list_id, ending))
        return _file(request, page, lines, ending, decision)
    except Answered as other:
        return other.response
    except TooLong as long:
        return faults.not_allowed(request, too_long(long.rows))


def too_long(rows: int) -> Label:
    """Why a list is not given whole."""
    return Label(
        f"清单有 {rows:,} 行，一次最多导出 {MOST:,} 行。请先筛选，再导出。",
        f"The list has {rows:,} rows; at most {MOST:,} are taken along at once. Narrow it first.",
    )


def most_alone(page: str) -> int:
    """How many lines of that page one officer takes along alone: of health none."""
    return 0 if TAKES[page] == "care" else alone()


def offers(request: HttpRequest) -> bool:
    """Whether the page of this request offers its lists to its reader."""
    match = request.resolver_match
    if match is None or request.method != "GET":
        return False
    page = str(getattr(match.func, "guitu_page", ""))
    if TAKES.get(page, "own") == "own":
        return False
    decision = _decision(request, page, match.kwargs)
    return decision is not None and decision.allowed


def _decision(request: HttpRequest, page: str, named: dict[str, Any]) -> Decision | None:
    """What the access table says of this reader and the page; None where the page has no list to take: the
    pages of one person are none."""
    reader = who(request)
    if reader is None or reader.post is None or TAKES.get(page, "own") == "own" or "case" in named:
        return None
    return may_take(reader.actor, page, tree().find(reader.post.unit).path)


def _way_to_second(request: HttpRequest, list_id: str, ending: str) -> str:
    at = f"{request.path}?{urlencode((*narrowed(request.get_full_path()), (LIST, list_id)))}"
    return f"{reverse('export_ask')}?{urlencode((('what', 'list'), ('at', at), ('ending', ending)))}"


def _file(
    request: HttpRequest, page: str, lines: Lines, ending: str, decision: Decision
) -> HttpResponse | FileResponse:
    """The file. That it leaves is noted before anything of it is given."""
    noted(request, "export", (), (), decision, detail=f"{page} {ending}")
    now = clock.now()
    reader = who(request)
    by = reader.username if reader else ""
    some, rows = lines.written()
    name = say(lines.caption)
    content = written(ending, some, rows, name, (by, now))
    identity = re.sub(r"[^a-z0-9]+", "-", lines.list_id.lower()).strip("-")
    parts = [page.replace("_", "-"), *([identity] if identity not in ("", "list") else [])]
    return attached(content, ending, f"{'-'.join(parts)}_{clock.today().isoformat()}.{ending}")


def _proposed(request: HttpRequest, at: str) -> tuple[str, Lines]:
    """The page and the list that an address of ours asks for. 404 for any other, and for a page that the
    reader may not take along."""
    split = urlsplit(at)
    try:
        match = resolve(split.path)
    except Resolver404 as wrong:
        raise Http404(at) from wrong
    page = str(getattr(match.func, "guitu_page", ""))
    decision = _decision(request, page, match.kwargs)
    if decision is None or not decision.allowed or TAKES[page] == "work":
        raise Http404(at)
    list_id = dict(parse_qsl(split.query)).get(LIST, "")
    source = Source(request, match.func, match.args, match.kwargs, split.path)
    try:
        return page, lines_of(source, split.query, list_id)
    except (Answered, TooLong) as other:
        raise Http404(at) from other


def list_label(at: str) -> Label:
    """Whose list an address is, in words: the place in the navigation where its page stands."""
    try:
        page = str(getattr(resolve(urlsplit(at).path).func, "guitu_page", ""))
    except Resolver404:
        page = ""
    return next((place.label for place in PLACES if place.page == page), Label("清单", "List"))


def back_of(at: str) -> str:
    """The list itself, to be looked at. Only ever a path of ours."""
    query = urlencode(narrowed(at))
    path = urlsplit(at).path
    return f"{path}?{query}" if query else path


def counted(request: HttpRequest, at: str) -> int:
    """How many lines the list at that address holds."""
    return _proposed(request, at)[1].total


def approved(request: HttpRequest, at: str, ending: str) -> HttpResponse | FileResponse:
    """The list that a second officer has let the reader take along, as it is now."""
    page, lines = _proposed(request, at)
    reader = who(request)
    assert reader is not None
    assert reader.post is not None
    decision = may_take(reader.actor, page, tree().find(reader.post.unit).path)
    return _file(request, page, lines, ending if ending in ENDINGS else ENDINGS[0], decision)
