"""Collects the pictures of a file, and gives one. Decides nothing: an entry's pictures are seen by whoever
sees the entry, and each time is noted."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.handed import paper_type
from guitu.exchange.phone.pictures import type_of
from guitu.exchange.phone.reading import Attachment
from guitu.kernel.labels import Label
from guitu.store import attachments, erasure
from guitu.store.staff import staff_names
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.pager.component import Pager
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.casefile.pictured import with_pictures
from guitu.web.pages.pictures import page as shown
from guitu.web.pages.pictures.page import Group, Picture, PicturesPage, States
from guitu.web.pages.today.choices import whole
from guitu.web.who import Who, who

SIZE: Final = 12
"""Entries with pictures on one page."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


@shows("file")
def pictures(request: HttpRequest, case: str) -> HttpResponse:
    """All of them, by entry."""
    opened = open_whole(case, _who(request))
    noted_file(request, opened, detail="pictures")
    every = with_pictures(opened)
    at = whole(request.GET.get("page"), 1)
    here = every[(at - 1) * SIZE : at * SIZE]
    there = attachments.there([e.id for e, _ in every])
    names = staff_names(frozenset(e.author for e, _ in here))
    gone = frozenset(one.compartment for one in erasure.destroyed(opened.view.id)) if here else frozenset()
    count = sum(len(named) for _, named in every)
    coming = sum(a.sha256 not in there.get(e.id, frozenset()) for e, named in every for a in named)
    where = f"/files/{opened.case_no}/pictures/"
    page = PicturesPage(
        identity(opened, clock.today(), kinds()),
        shown.lead(count, coming),
        tuple(
            _group(opened, e, named, there.get(e.id, frozenset()), names, opened.compartment(e) in gone)
            for e, named in here
        ),
        Button(Label("回到档案", "Back to the file"), addresses.file(opened.case_no), "link"),
        Pager(at, SIZE, len(every), (), where, fixed=True) if len(every) > SIZE else None,
        None if every else Empty(shown.NONE),
    )
    return show(request, page)


def _group(
    opened: Opened,
    entry: Entry,
    named: tuple[Attachment, ...],
    there: frozenset[str],
    names: dict[str, str],
    gone: bool,
) -> Group:
    kind = kinds()[entry.kind].label
    history = addresses.history(opened.case_no, (("kind", entry.kind), ("entry", str(entry.id))))
    where = f"/files/{opened.case_no}/pictures/"
    found = []
    for number, one in enumerate(named, 1):
        state: States = "gone" if gone else "there" if one.sha256 in there else "coming"
        what = shown.WHATS[one.what]
        says = Label(
            f"{what.zh} {number}，{entry.happened_on} {kind.zh}",
            f"{what.en} {number}, {kind.en} of {entry.happened_on}",
        )
        href = f"{where}{entry.id}/{one.sha256}/" if state == "there" else ""
        found.append(Picture(what, says, state, href, one.what == "paper"))
    return Group(kind, entry.happened_on, names.get(entry.author, ""), history, tuple(found))


@shows("file")
def picture(request: HttpRequest, case: str, entry: UUID, sha256: str) -> HttpResponse:
    """One picture or document, as it came."""
    opened = open_whole(case, _who(request))
    found = next((e for e, named in with_pictures(opened) if e.id == entry and _names(named, sha256)), None)
    if found is None:
        raise Http404(case)
    noted_file(request, opened, detail=f"picture {entry} {sha256[:12]}")
    answer = given(found, sha256)
    if answer is None:
        raise Http404(sha256)
    return answer


def given(entry: Entry, sha256: str) -> HttpResponse | None:
    """A picture to be seen, a document to be taken along: it is never opened inside the house's own pages.
    None where it is not there. Whether the reader may see the entry is the caller's to decide."""
    content = attachments.opened(entry, sha256)
    kind = (type_of(content) or paper_type(content)) if content is not None else ""
    if content is None or not kind:
        return None
    answer = HttpResponse(content, content_type=kind)
    inline = kind.startswith("image/")
    answer["Content-Disposition"] = "inline" if inline else f'attachment; filename="{sha256[:8]}.pdf"'
    answer["Content-Security-Policy"] = "default-src 'none'"
    return answer


def _names(named: tuple[Attachment, ...], sha256: str) -> bool:
    return bool(_SHA256.fullmatch(sha256)) and any(one.sha256 == sha256 for one in named)
