"""Noting that a file was opened: every page that shows something of one passes here first."""

from __future__ import annotations

from django.http import HttpRequest

from guitu import access
from guitu.compose import kinds
from guitu.store.access_log import What
from guitu.web.noted import noted
from guitu.web.pages.casefile.opened import Opened, keep
from guitu.web.who import who

IDENTITY = "identity"


def noted_file(request: HttpRequest, opened: Opened, what: What = "open", detail: str = "") -> None:
    """Note that this reader sees this of this file. Raises StoreUnavailable if it cannot be noted."""
    reader = who(request)
    assert reader is not None, "the middleware opens no file to nobody"
    area = opened.view.area
    decision = access.decide(reader.actor, "read", access.Target(area))
    shown = (IDENTITY,) if what == "number" else compartments_in(opened)
    noted(request, what, (opened.view.no,), shown, decision, detail=detail, area=area)


def compartments_in(opened: Opened) -> tuple[str, ...]:
    """The compartments that have entries in the file."""
    known = opened.view.worked_out
    found: tuple[str, ...] | None = known.get(IDENTITY)
    if found is None:
        found = tuple(sorted({kinds()[e.kind].compartment for e in opened.view.entries}))
        keep(known, IDENTITY, found)
    return found
