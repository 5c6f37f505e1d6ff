"""Shows the gallery where it is allowed to be seen: in a demonstration and while developing."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from guitu.web.page import catalogue, show, shows, states_of
from guitu.web.pages.gallery.page import gallery


@shows("gallery", public=True)
def index(request: HttpRequest, name: str = "") -> HttpResponse:
    """All components, or the one named."""
    _only_where_nothing_is_real()
    page = gallery(name, catalogue())
    if not page.shelves:
        raise Http404
    return show(request, page)


@shows("gallery", public=True)
def whole_page(request: HttpRequest, name: str, state: str) -> HttpResponse:
    """One named state of a page, as its example says."""
    _only_where_nothing_is_real()
    found = next((s for s in states_of(name) if s.name == state), None)
    if found is None:
        raise Http404
    return show(request, found.shown)


def _only_where_nothing_is_real() -> None:
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
