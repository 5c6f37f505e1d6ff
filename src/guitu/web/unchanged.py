"""Boards of a centre that are not made anew while nothing has happened there.

A board of two thousand people costs fifty milliseconds of processor time and is looked at all day by
everybody on duty. It is kept under who asks for what in which way, and under the sign of every file it can
have been made of (`store.centre.unchanged`): where anything was recorded since, it is made anew. That
somebody looked is noted every time, exactly as the board's own making noted it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from guitu.web.fresh import fresh_id
from guitu.web.fresh import heard as ids_made
from guitu.web.language import spoken
from guitu.web.noted import address
from guitu.web.page import View, marked
from guitu.web.taking.collecting import taken_of
from guitu.web.who import Who, who

_OWN_ID: Final = re.compile(rb'name="id" value="(?!%b)' % kept.FRESH.encode())
"""A form has the id of what it will record; another reader, or the same one later, must get another. A page
with an id that was not made here is not kept."""


@dataclass(slots=True)
class Heard:
    """What a view did while it answered: what it noted, and the page as it was written, with marks."""

    readings: list[Reading] = field(default_factory=list)
    html: bytes = b""

    def to_keep(self, made: list[str]) -> bytes:
        """The page with a numbered mark for each id that was made for its forms."""
        html = self.html
        for n, one in enumerate(made):
            html = html.replace(one.encode(), f"{kept.FRESH}{n:06}".encode())
        return html


def while_unchanged(
    *, beside: Callable[[Unit, Who], Hashable] | None = None, minutely: bool = False
) -> Callable[[View], View]:
    """For a view that makes its page of nothing but its address, its reader, the day, and what stands in the
    files of the reader's centre, its people's and its units'. `beside` reads, for centre and reader, whatever
    else it is made of; `minutely` says that its words depend on the time of day.

    Without effect for readers outside a centre and for those with leave for single files. The ids of its
    forms (`guitu.web.fresh`) are new each time.
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
                beside(centre, reader) if beside else None, unchanged.sign(centre, now),
            )  # fmt: skip
            found = kept.page(key)
            if found is not None:
                for reading in found.beside:
                    assert isinstance(reading, Reading)
                    note(replace(reading, source=address(request)), now)
                return marked(request, _with_ids(found.html, now))
            heard = Heard()
            request.guitu_heard = heard  # type: ignore[attr-defined]
            with ids_made() as made:
                response = view(request, *arguments, **named)
            if response.status_code == 200 and heard.html:
                html = heard.to_keep(made)
                if not _OWN_ID.search(html):
                    kept.keep(key, html, *heard.readings)
            return response

        return answered  # type: ignore[return-value]

    return apply


_MARK: Final = re.compile(rb"%b(\d{6})" % kept.FRESH.encode())


def _with_ids(html: bytes, now: datetime) -> bytes:
    """The page with new ids in its forms; the same one wherever the same one stood."""
    new: dict[bytes, bytes] = {}

    def another(mark: re.Match[bytes]) -> bytes:
        if mark[1] not in new:
            new[mark[1]] = str(fresh_id(now)).encode()
        return new[mark[1]]

    return _MARK.sub(another, html)


def _centre(reader: Who | None) -> Unit | None:
    """The centre that a reader works in, for those who read by nothing but their post."""
    if reader is None or reader.post is None or reader.granted:
        return None
    return centre_of(tree().find(reader.post.unit))
