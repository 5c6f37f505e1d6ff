"""Noting in the access log what a page is about to show: who looks, in which post, and from where."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest

from guitu.kernel.reasons import Decision
from guitu.store.access_log import NO_REASON, Reading, What, note
from guitu.web.clock import now
from guitu.web.who import who

NOBODY = "—"
"""Under what a reading is noted where nobody has signed in."""


def noted(
    request: HttpRequest,
    what: What,
    files: Iterable[int] = (),
    compartments: Iterable[str] = (),
    decision: Decision | None = None,
    *,
    purpose: str = "casework",
    detail: str = "",
    area: tuple[str, ...] | None = None,
) -> None:
    """Note that this reader is shown these files (by number). Call it before anything is shown; raises
    StoreUnavailable, which becomes the page that says so, if the log cannot be written.

    `decision` is why it was allowed; `area` the codes of the unit responsible for the file and those above
    it, by which is noted whether the reader's unit was among them; left out for lists and where nobody has
    the file yet.
    """
    reader = who(request)
    post = reader.post if reader else None
    unit = post.unit if post else ""
    note(
        Reading(
            who=reader.username if reader else NOBODY,
            role=post.role if post else "",
            unit=unit,
            what=what,
            files=tuple(files),
            compartments=tuple(compartments),
            why=decision.reason if decision else NO_REASON,
            purpose=purpose,
            source=address(request),
            detail=detail,
            outside=bool(area) and unit not in area,
        ),
        now(),
    )


def address(request: HttpRequest) -> str:
    """Where a request comes from. Behind a proxy that speaks https (GUITU_TLS=1) it is the last address the
    proxy names, which is the one that it saw itself; else the connection's own."""
    if settings.BEHIND_TLS and (told := request.META.get("HTTP_X_FORWARDED_FOR")):
        return str(told).rpartition(",")[2].strip()[:64]
    return str(request.META.get("REMOTE_ADDR") or "—")[:64]
