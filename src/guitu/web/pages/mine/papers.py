"""Papers that come with a form of the person's, whoever sends it; and giving one back to whom it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.exchange import handed
from guitu.exchange.handed import NoPaper, Paper
from guitu.exchange.phone.reading import attachments_in
from guitu.kernel.labels import Label
from guitu.store import attachments
from guitu.web.page import shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.mine import asking
from guitu.web.pages.mine.asking import Answered
from guitu.web.pages.pictures.view import given

OWN: Final = "本人在自己的页面提交"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def papers_of(request: HttpRequest, what: str) -> tuple[tuple[Paper, ...], Label | None]:
    """The papers of a form, cleaned; or the sentence that says what is wrong with one of them. None where the
    form takes none."""
    if what not in asking.WITH_PAPERS:
        return (), None
    sent: Sequence[object] = request.FILES.getlist(asking.PAPERS_FIELD)
    handler = request.upload_handlers[0]
    if isinstance(handler, InMemory) and handler.too_large:
        return (), handed.TOO_LARGE
    if len(sent) > handed.MOST:
        return (), handed.TOO_MANY
    found: dict[str, Paper] = {}
    for file in sent:
        if not isinstance(file, UploadedFile) or not file.size:
            continue
        try:
            paper = handed.taken(file.read())
        except NoPaper as wrong:
            return (), wrong.label
        found[paper.named.sha256] = paper
    return tuple(found.values()), None


def with_fault(answered: Answered, wrong: Label | None) -> Answered:
    """The answers with what is wrong with a paper beside its box."""
    if wrong is None:
        return answered
    faults = (*answered.faults, (asking.PAPERS_FIELD, wrong))
    return Answered(answered.typed, answered.fields, answered.day, faults)


def keep(entry: Entry, papers: Sequence[Paper], now: datetime) -> None:
    """Keep the papers of an entry that was recorded and names them."""
    for paper in papers:
        attachments.keep(entry, paper.named.what, paper.named.sha256, paper.content, now)


@shows("mine")
def own_paper(request: HttpRequest, entry: UUID, sha256: str) -> HttpResponse:
    """A paper that belongs to an account in the person's own file."""
    from guitu.web.pages.mine.view import Own

    own = Own(request)
    own.only_person()
    found = next(
        (e for e in own.view.case_file.counted() if e.id == entry and e.kind == "account_given"), None
    )
    named = {one.sha256 for one in attachments_in(found.source)} if found is not None else frozenset()
    if found is None or not _SHA256.fullmatch(sha256) or sha256 not in named:
        raise Http404(str(entry))
    own.note("own", f"paper {sha256[:12]}")
    answer = given(found, sha256)
    if answer is None:
        raise Http404(sha256)
    return answer
