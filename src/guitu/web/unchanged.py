"""Boards of a centre that are not made anew while nothing has happened there.

A board of two thousand people costs fifty milliseconds of processor time and is looked at all day by
everybody on duty. It is kept under who asks for what in which way, and under the sign of every file it can
have been made of (`store.centre.unchanged`): where anything was recorded since, it is made anew. That
somebody looked is noted every time, exactly as the board's own making noted it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guitu.store.access_log import Reading, note
from guitu.store.centre import unchanged
from guitu.store.centre.stays import centre_of
from guitu.store.units import Unit, tree
from guitu.web import clock, kept
from guitu.web.components.frame.component import frame_of
from guitu.web.language import spoken
from guitu.web.noted import address
from guitu.web.page import View, marked
from guitu.web.taking.collecting import taken_of
from guitu.web.who import Who, who

_OWN_ID: Final = b'name="id"'
"""A form has the id of what it will record; another reader, or the same one later, must get another."""


@dataclass(slots=True)
class Heard:
    """What a view did while it answered: what it noted, and the page as it was written, with marks."""

    readings: list[Reading] = field(default_factory=list)
    html: bytes = b""


def while_unchanged(
    *, beside: Callable[[Unit], Hashable] | None = None, minutely: bool = False
) -> Callable[[View], View]:
    """For a view that makes its page of nothing but its address, its reader, the day, and what stands in the
    files of the reader's centre, its people's and its units'. `beside` reads, for the centre, whatever else
    it is made of; `minutely` says that its words depend on the time of day.

    Without effect for readers outside a centre and for those with leave for single files. A page with a
    form that has an id of its own is never kept.
    """

    def apply(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
            reader = who(request)
            centre = _centre(reader)
            if reader is None or centre is None or request.method != "GET" or settings.DEBUG:
                return view(request, *arguments, **named)
            if getattr(request, "htmx", None) or taken_of(request) is not None:
                return view(request, *arguments, **named)
            now = clock.now()
            key = (
                view.__module__, view.__qualname__, request.get_full_path(), reader, spoken(),
                frame_of(request), clock.today(), now.replace(second=0, microsecond=0) if minutely else None,
                beside(centre) if beside else None, unchanged.sign(centre, now),
            )  # fmt: skip
            found = kept.page(key)
            if found is not None:
                for reading in found.beside:
                    assert isinstance(reading, Reading)
                    note(replace(reading, source=address(request)), now)
                return marked(request, found.html)
            heard = Heard()
            request.guitu_heard = heard  # type: ignore[attr-defined]
            response = view(request, *arguments, **named)
            if response.status_code == 200 and heard.html and _OWN_ID not in heard.html:
                kept.keep(key, heard.html, *heard.readings)
            return response

        return answered  # type: ignore[return-value]

    return apply


def _centre(reader: Who | None) -> Unit | None:
    """The centre that a reader works in, for those who read by nothing but their post."""
    if reader is None or reader.post is None or reader.granted:
        return None
    return centre_of(tree().find(reader.post.unit))
