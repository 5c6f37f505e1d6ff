"""The id of what a form will record: made when the form is opened, sent along, so that a form sent twice
records once.

A page that is kept (`guitu.web.unchanged`) gets new ones each time it is served; which it holds is heard
here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from guitu.kernel.ids import uuid7
from guitu.store import clock as store_clock

ID: Final = "id"
_made: ContextVar[list[str] | None] = ContextVar("_made", default=None)


def fresh_id(now: datetime) -> UUID:
    """A new id of this moment."""
    found = uuid7(store_clock.milliseconds(now), os.urandom(10))
    if (made := _made.get()) is not None:
        made.append(str(found))
    return found


def given_id(request: HttpRequest) -> UUID:
    """The id that the form was given when it was opened. Raises BadRequest for anything else."""
    try:
        found = UUID(request.POST.get(ID, ""))
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    if found.version != 7:
        raise BadRequest("the id is not a UUIDv7")
    return found


def source_of(request: HttpRequest) -> str:
    """What an entry that is written for this request says of where it came from: nothing for a page's own
    form, a program's token where that filled the form in (`guitu.web.api.own_pages`)."""
    return str(getattr(request, "guitu_source", ""))


def id_of_form(request: HttpRequest, now: datetime) -> UUID:
    """The id of the form that is sent; of one that is being opened a new one."""
    return given_id(request) if request.method == "POST" else fresh_id(now)


@contextmanager
def heard() -> Iterator[list[str]]:
    """The ids that are made meanwhile."""
    made: list[str] = []
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)
