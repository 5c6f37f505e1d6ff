"""The pages of remote medicine. They decide nothing: access answers for each side, the core says how far it
is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.remote import asking, bundle, room, worklist, writing
from guitu.web.pages.remote import one as of_one
from guitu.web.pages.remote.asked import open_one
from guitu.web.unchanged import while_unchanged


@shows("remote")
@while_unchanged(minutely=True)
def work(request: HttpRequest) -> HttpResponse:
    """The worklist."""
    return show(request, worklist.page(request))


@shows("remote_ask")
def ask(request: HttpRequest, case: str) -> HttpResponse:
    """Ask a hospital."""
    return asking.ask(request, case)


@shows("remote")
def one(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One consultation."""
    return show(request, of_one.page(open_one(request, identifier)))


@shows("remote")
def write(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One form of it."""
    return writing.write(request, identifier)


@shows("remote_room")
def call(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The room."""
    return room.page(request, identifier)


@shows("remote_room")
def heard(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """What the room's script hears."""
    return room.heard(request, identifier)


@shows("remote_room")
def say(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """What it says."""
    return room.say(request, identifier)


@shows("remote_bundle")
def take(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The file."""
    return bundle.download(request, identifier)


@csrf_exempt  # the handlers must be set before anything reads the form; `take_in` checks the token
@shows("remote_ask")
def take_in(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """A hospital's answer."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
    return bundle.take_in(request, identifier)
