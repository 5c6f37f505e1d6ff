"""Noting that a file was opened: every page that shows something of one passes here first."""

from __future__ import annotations

from django.http import HttpRequest

from guitu import access
from guitu.store.access_log import What
from guitu.web.noted import noted
from guitu.web.pages.casefile.opened import Opened, keep
from guitu.web.who import who

IDENTITY = "identity"


def noted_file(request: HttpRequest, opened: Opened, what: What = "open", detail: str = "") -> None:
    """Note that this reader sees this of this file, and in which compartments. Raises StoreUnavailable if it
    cannot be noted. What is opened in an emergency is noted as that."""
    sight, reader = opened.sight, who(request)
    if sight.emergency and what == "open":
        what = "break_glass"
    shown = (IDENTITY,) if what == "number" else compartments_in(opened)
    purposes = access.role(reader.post.role).purposes if reader and reader.post else ()
    purpose = "emergency" if sight.emergency else purposes[0] if purposes else "casework"
    noted(
        request,
        what,
        (opened.view.no,),
        shown,
        sight.decision,
        purpose=purpose,
        detail=detail,
        area=opened.view.area,
    )


def compartments_in(opened: Opened) -> tuple[str, ...]:
    """The compartments of which this reader is shown entries."""
    key = (IDENTITY, opened.sight)
    known = opened.view.worked_out
    found: tuple[str, ...] | None = known.get(key)
    if found is None:
        found = tuple(sorted({opened.compartment(e) for e in opened.shown.entries}))
        keep(known, key, found)
    return found
