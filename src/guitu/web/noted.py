"""Noting in the access log what a page is about to show: who looks, in which post, and from where."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Final, Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from guitu import access
from guitu.compose import kinds
from guitu.kernel.reasons import Decision
from guitu.store.access_log import NO_REASON, LogUnavailable, Reading, What, note
from guitu.store.units import Unit
from guitu.web.clock import now
from guitu.web.taking.collecting import taken_of
from guitu.web.who import who

NOBODY: Final = "—"
"""Under what a reading is noted where nobody has signed in."""

_LOOKED: Final = frozenset({"list", "hit", "open"})

LISTED: Final = ("identity", "legal")
"""What lists show of somebody: who they are, and where they stand."""


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
    if what in _LOOKED and (taken := taken_of(request)) is not None and taken.leaves:
        what = "export"  # the same lines, in a file
    reading = Reading(
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
    )
    note(reading, now())
    if (heard := getattr(request, "guitu_heard", None)) is not None:
        heard.readings.append(reading)


class Shown(Protocol):
    """A line of a list that is about one file."""

    @property
    def no(self) -> int: ...


def noted_list(
    request: HttpRequest, what: What, lines: Iterable[Shown], unit: Unit, detail: str = ""
) -> None:
    """Note that these people of this unit are shown in a list, printed or taken along."""
    reader = who(request)
    assert reader is not None, "the middleware opens no list to nobody"
    decision = access.decide(reader.actor, "list", access.Target(unit.path))
    told = f"{detail} {unit.code}"
    noted(request, what, [line.no for line in lines], LISTED, decision, detail=told)


def noted_write(request: HttpRequest, file: int, entry: UUID, kind: str, area: tuple[str, ...]) -> None:
    """Note that an entry was written, beside the entry, which is the proof of it. It is written already: a
    log that has failed since the file was opened must not say that it was not."""
    with suppress(LogUnavailable):
        detail = f"{kind} {entry}"
        noted(request, "record", (file,), (kinds()[kind].compartment,), detail=detail, area=area)


def address(request: HttpRequest) -> str:
    """Where a request comes from. Behind a proxy that speaks https (GUITU_TLS=1) it is the last address the
    proxy names, which is the one that it saw itself; else the connection's own."""
    if settings.BEHIND_TLS and (told := request.META.get("HTTP_X_FORWARDED_FOR")):
        return str(told).rpartition(",")[2].strip()[:64]
    return str(request.META.get("REMOTE_ADDR") or "—")[:64]
