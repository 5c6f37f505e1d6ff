"""The frame round every page: who and where I am, where I can go, and how I like to read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guitu.access import may_see_page
from guitu.access.pages import PAGES
from guitu.kernel.labels import Label
from guitu.web.clock import today
from guitu.web.component import State, render_template
from guitu.web.language import spoken
from guitu.web.preferences import View
from guitu.web.who import Post, Who, who

PATH, UNIT, NAME, TOKEN = "{{path}}", "{{unit}}", "{{name}}", "{{token}}"
MARKS: Final = re.compile("|".join(map(re.escape, (PATH, UNIT, NAME, TOKEN))))
"""Places in the kept frame. Escaping leaves braces alone, so that they come through the template."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the side navigation. `page` is the name in the access table, `url` its address's name."""

    page: str
    label: Label
    glyph: str
    url: str
    phone: bool = False


PLACES: Final = (
    Place("today", Label("今日", "Today"), "today", "today", phone=True),
    Place("people", Label("人员", "People"), "people", "people", phone=True),
    Place("handover", Label("移交", "Hand-over"), "handover", "handover"),
    Place("ledgers", Label("台账", "Ledgers"), "ledger", "ledgers", phone=True),
    Place("indicators", Label("指标", "Indicators"), "figures", "indicators"),
    Place("packs", Label("月报", "Returns"), "pack", "packs"),
    Place("roster", Label("排班", "Roster"), "roster", "roster"),
    Place("units", Label("单位", "Units"), "units", "units", phone=True),
    Place("access_log", Label("查阅记录", "Access log"), "log", "access_log"),
)
"""In the order an office works. A place whose page is not there, or not for this role, is not shown."""


BELONGS: Final = {"file": "people", "record": "people", "people_list": "people"}
"""Pages without a place of their own: which place they are reached from."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as shown: with its address. `here` is for aria-current: page, true (below it) or nothing."""

    page: str
    label: Label
    glyph: str
    href: str
    here: str = ""
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything round the page's own content."""

    view: View
    path: str
    today: date
    places: tuple[Link, ...] = ()
    who: Who | None = None
    css: str = ""
    pieces: str = ""
    script: str = ""
    htmx: str = ""
    icon: str = ""
    demo: bool = False
    help: str = "/about/"
    search: str = ""
    idle: int = 0

    def html_with(self, csrf_token: object) -> SafeString:
        """The frame, most of it made once for everybody who has the same posts, places and preferences."""
        if self.who is None or self.who.post is None:
            return render_template(self, csrf_token=csrf_token)
        post = replace(self.who.post, id=0, unit="", unit_name=UNIT)
        general = Who("", NAME, post, self.who.held and (post,) * len(self.who.held))
        text = _skeleton(replace(self, path=PATH, who=general), spoken())
        words = {UNIT: self.who.post.unit_name, NAME: self.who.name, PATH: self.path, TOKEN: str(csrf_token)}
        return mark_safe(MARKS.sub(lambda found: escape(words[found[0]]), text))

    @property
    def lang(self) -> str:
        """The html element's language."""
        return "en" if self.view.language == "en" else "zh-CN"

    @property
    def other_language(self) -> str:
        """The language to change to."""
        return "zh-hans" if self.view.language == "en" else "en"

    @property
    def other_size(self) -> str:
        """The text size to change to."""
        return "normal" if self.view.size == "large" else "large"

    @property
    def other_contrast(self) -> str:
        """The contrast to change to: paper, then black on white, then white on black."""
        return {"normal": "high", "high": "dark", "dark": "normal"}[self.view.contrast]

    @property
    def phone_places(self) -> tuple[Link, ...]:
        """The four in the bottom bar of a phone."""
        return tuple(p for p in self.places if p.phone)[:4]


@lru_cache(maxsize=512)
def _skeleton(frame: Frame, _language: str) -> str:
    """The frame's HTML with marks where path, token and the reader's own words go."""
    return str(render_template(frame, csrf_token=TOKEN))


@cache
def _assets(debug: bool) -> tuple[str, str, str, str, str]:
    return (
        static("guitu/guitu.css"),
        static("guitu/pieces.css"),
        static("guitu/guitu.js"),
        static("django_htmx/htmx-2.min.js"),
        static("guitu/icon.svg"),
    )


def address(name: str) -> str:
    """The address of a page by name; empty when the house has no such page (yet)."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(place: str, page: str) -> str:
    if place == page:
        return "page"
    return "true" if BELONGS.get(page) == place else ""


def _places(here: str, reader: Who | None) -> tuple[Link, ...]:
    if reader is None:
        return ()
    return tuple(
        Link(p.page, p.label, p.glyph, href, _here(p.page, here), p.phone)
        for p in PLACES
        if p.page in PAGES and (href := address(p.url)) and may_see_page(reader.actor, p.page).allowed
    )


def frame_of(request: HttpRequest) -> Frame:
    """The frame for this reader on this page."""
    match = request.resolver_match
    here = getattr(match.func, "guitu_page", "") if match else ""
    css, pieces, script, htmx, icon = _assets(settings.DEBUG)
    reader = who(request)
    return Frame(
        view=request.preferences,  # type: ignore[attr-defined]
        path=request.get_full_path(),
        today=today(),
        places=_places(here, reader),
        who=reader,
        css=css,
        pieces=pieces,
        script=script,
        htmx=htmx,
        icon=icon,
        demo=settings.DEMO,
        search=address("people") if reader else "",
        idle=settings.IDLE_MINUTES if reader else 0,
    )


_POST = Post(1, "469023101", "河西镇", "town_office", Label("乡镇禁毒办", "Town anti-drug office"))
_READER = Who("li.xm", "李晓梅", _POST, (_POST, _POST))
_DAY = date(2026, 11, 23)
_LINKS = tuple(Link(p.page, p.label, p.glyph, "#", _here(p.page, "today"), p.phone) for p in PLACES)

STATES: Final = (
    State("signed_in", Label("已登录", "Signed in"), Frame(View(), "/", _DAY, _LINKS, _READER, search="#")),
    State("signed_out", Label("未登录", "Signed out"), Frame(View(), "/", _DAY)),
)
