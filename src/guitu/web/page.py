"""How a page is shown. A view collects a frozen dataclass and hands it to `show`; the template gets that and
the frame, nothing else.

A page dataclass lives in pages/<name>/page.py, has a `title`, and lists its named STATES like a component.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Hashable
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from guitu.web import kept, pages
from guitu.web.clock import now
from guitu.web.component import State, Text
from guitu.web.components.frame.component import Frame, frame_of
from guitu.web.language import spoken
from guitu.web.taking.collecting import taken_of
from guitu.web.taking.offered import asked_for, offering
from guitu.web.templating import moment, render

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Page(Protocol):
    """What every page dataclass has: its title, which is also the browser's and the h1's."""

    @property
    def title(self) -> Text: ...


def shows(name: str, *, public: bool = False) -> Callable[[View], View]:
    """Say which page a view belongs to: its row in the access table, and its place in the side navigation.

    `public` views need no sign-in. A view without this decorator answers nobody. An address that asks for the
    page's list as a file (`take=csv`) is answered from the same view.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            asks = request.method in {"GET", "HEAD"} and asked_for(request.META.get("QUERY_STRING", ""))
            if asks and taken_of(request) is None:
                from guitu.web.taking.answering import answer as as_file

                return as_file(request, shown, arguments, named)
            return view(request, *arguments, **named)

        shown.guitu_page = name  # type: ignore[attr-defined]
        shown.guitu_public = public  # type: ignore[attr-defined]
        return shown  # type: ignore[return-value]

    return mark


def template_of(page: object, part: str = "") -> str:
    """The template of a page dataclass: beside its module; `template.html` unless TEMPLATE names another."""
    folder = type(page).__module__.removeprefix("guitu.web.").rpartition(".")[0].replace(".", "/")
    return f"{folder}/{part or getattr(page, 'TEMPLATE', 'template')}.html"


def show(request: HttpRequest, page: Page, *, status: int = 200, part: str = "") -> HttpResponse:
    """The page in its frame; or, for an HTMX request, only the fragment `<part>.html` beside its template.

    Going back in the browser always gets the whole page.
    """
    if (taken := taken_of(request)) is not None:
        taken.page, taken.refused = (page, None) if status == 200 else (None, page)
        return HttpResponse(status=status)
    htmx = getattr(request, "htmx", None)
    alone = bool(part and htmx and not htmx.history_restore_request)
    frame = None if alone else frame_of(request)
    if frame is not None and status == 200 and (key := _again(request, page, frame)) is not None:
        return _kept(request, key, frame, lambda: page)
    return answer(request, template_of(page, part if alone else ""), page, frame, status=status)


def _again(request: HttpRequest, page: Page, frame: Frame) -> Hashable | None:
    """What a page is kept under that was asked for lately and is the same to the last word; None for the
    first time, and where a page holds something that cannot be compared. A template gets page and frame and
    nothing else, so the same of both is written the same. Most forms have a new id each time and are never
    kept."""
    if settings.DEBUG or hasattr(request, "guitu_heard"):  # is kept whole by who listens
        return None
    key = (type(page), page, frame, spoken())
    try:
        return key if kept.known(hash(key)) else None
    except TypeError:
        return None


def show_kept(request: HttpRequest, key: Hashable, make: Callable[[], Page]) -> HttpResponse:
    """The same for a whole page that is asked for again and again: made only if `key` is new.

    `key` holds everything that the page is made of beside its frame: above all what the store answered.
    """
    if (taken := taken_of(request)) is not None:
        taken.page = make()
        return HttpResponse()
    frame = frame_of(request)
    return _kept(request, (key, frame, spoken()), frame, make)


def _kept(request: HttpRequest, key: Hashable, frame: Frame, make: Callable[[], Page]) -> HttpResponse:
    found = None if settings.DEBUG else kept.page(key)
    if found is not None:
        html = found.html
    else:
        page = make()
        html = _written(template_of(page), page, frame, token=kept.MARK, made=kept.MADE).encode()
        kept.keep(key, html)
    return marked(request, html)


def marked(request: HttpRequest, html: bytes) -> HttpResponse:
    """The response of a page that was written out with marks where each answer has its own token and its own
    time."""
    if (heard := getattr(request, "guitu_heard", None)) is not None:
        heard.html = html
    html = html.replace(kept.MARK.encode(), get_token(request).encode())
    return _response(request, html.replace(kept.MADE.encode(), moment(now()).encode()))


def answer(
    request: HttpRequest, template: str, page: Page, frame: Frame | None, *, status: int
) -> HttpResponse:
    """The response that this template makes of page and frame."""
    if status == 200 and frame is not None and hasattr(request, "guitu_heard"):
        return marked(request, _written(template, page, frame, token=kept.MARK, made=kept.MADE).encode())
    html = _written(template, page, frame, status=status, token=get_token(request), made=moment(now()))
    return _response(request, html, status)


def _written(
    template: str, page: Page, frame: Frame | None, *, token: str, made: str, status: int = 200
) -> str:
    with offering(frame.path if frame is not None and frame.takes and status == 200 else ""):
        return render(template, page=page, frame=frame, status=status, csrf_token=token, made=made)


def _response(request: HttpRequest, html: str | bytes, status: int = 200) -> HttpResponse:
    if request.META.get("CSRF_COOKIE", "") == request.COOKIES.get(settings.CSRF_COOKIE_NAME):
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False  # it lasts as the session does
    return HttpResponse(html, status=status)


def states_of(folder: str) -> tuple[State, ...]:
    """A page's named states, by the name of its folder; none where there is no such page."""
    if not find_spec(f"guitu.web.pages.{folder}.page"):
        return ()
    return tuple(import_module(f"guitu.web.pages.{folder}.page").STATES)


@cache
def catalogue() -> dict[str, tuple[State, ...]]:
    """Every page's named states, by the name of its folder."""
    folders = sorted(m.name for m in pkgutil.iter_modules(pages.__path__) if m.ispkg)
    return {folder: states_of(folder) for folder in folders}
