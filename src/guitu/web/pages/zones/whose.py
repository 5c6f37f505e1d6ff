"""Which centre or brigade a page inside a centre is about: the reader's own, or one below it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from guitu.store.centre.stays import centre_of, centres_under
from guitu.store.units import Unit, tree
from guitu.web.who import Who, who


def reader_of(request: HttpRequest) -> tuple[Who, Unit]:
    """Who asks, and the unit of their post."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    if reader.post is None:
        raise Http404
    return reader, tree().find(reader.post.unit)


def chosen(request: HttpRequest, home: Unit) -> Unit | None:
    """The centre or brigade that is asked for, the reader's own without asking; None if the reader's unit
    stands above centres and none was chosen. One outside the reader's area is not there (404)."""
    code = request.GET.get("unit", "")
    if not code:
        own = centres_under(home)
        if centre_of(home) is not None:
            return home
        return own[0] if len(own) == 1 else None
    unit = tree().get(code)
    if unit is None or not tree().within(unit, home) or centre_of(unit) is None:
        raise Http404(code)
    return unit


def whole(text: str | None, least: int = 1, most: int = 99_999) -> int:
    """A page number from an address."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 6:
        return least
    return min(max(int(text), least), most)
