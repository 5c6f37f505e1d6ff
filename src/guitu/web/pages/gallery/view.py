"""Shows the gallery where it is allowed to be seen: in a demonstration and while developing."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from guitu.web.page import show, shows
from guitu.web.pages.gallery.page import gallery


@shows("gallery", public=True)
def index(request: HttpRequest, name: str = "") -> HttpResponse:
    """All components, or the one named."""
    page = gallery(name)
    if not (settings.DEMO or settings.DEBUG) or not page.shelves:
        raise Http404
    return show(request, page)
