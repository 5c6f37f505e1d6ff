"""Where what was decided stood before it had a page of its own: bookmarks lead there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.web.page import shows


@shows("packs")
def actions(request: HttpRequest) -> HttpResponse:
    """The tasks of the reader's unit."""
    return HttpResponseRedirect("/dispatch/tasks/")
