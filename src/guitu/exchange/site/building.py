"""Every file of the public site, made from what the site says: the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape as xml

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from guitu.exchange.site import words
from guitu.levels.outreach.photos import Photo
from guitu.levels.site.content import Picture, Said, Site
from guitu.levels.site.text import first_words, html_of

HERE: Final = Path(__file__).resolve().parent
MADE: Final = "guitu-site.txt"
"""The file by which a folder is recognised as a site that was made here, and may be made anew."""


def files(site: Site, photos: Mapping[str, Photo]) -> dict[str, bytes]:
    """By path, with / between folders. `photos` are those that have arrived, by the digests that their
    entries name; an article whose photo has not arrived goes without."""
    made: dict[str, bytes] = {}
    for english in (False, True):
        _language(site, photos, made, english=english)
    for picture in _used(site, photos).values():
        made[photo_path(picture, photos[picture.digest])] = photos[picture.digest].content
    made["site.css"] = (HERE / "site.css").read_bytes()
    made["icon.svg"] = (HERE / "icon.svg").read_bytes()
    address = _address(site)
    made["robots.txt"] = (f"User-agent: *\nAllow: /\n{_where(address)}").encode()
    if address:
        made["sitemap.xml"] = _sitemap(address, [p for p in made if p.endswith(".html") and "404" not in p])
    listed = "\n".join(sorted(made))
    made[MADE] = f"归途 Guitu · {site.updated.isoformat()}\n{listed}\n".encode()
    return dict(sorted(made.items()))


def photo_path(picture: Picture, photo: Photo) -> str:
    """Where a photo lies."""
    return f"photos/{picture.digest[:16]}.{photo.suffix}"


def _used(site: Site, photos: Mapping[str, Photo]) -> dict[str, Picture]:
    found = {a.photo.digest: a.photo for a in site.articles if a.photo is not None}
    return {digest: picture for digest, picture in found.items() if digest in photos}


def _address(site: Site) -> str:
    """Where the site will be found, ending with a stroke; empty where nobody has said so."""
    said = str(site.about.get("address") or "")
    return said if not said or said.endswith("/") else said + "/"


def _where(address: str) -> str:
    return f"Sitemap: {address}sitemap.xml\n" if address else ""


def _sitemap(address: str, pages: list[str]) -> bytes:
    lines = [f"  <url><loc>{xml(address + page.removesuffix('index.html'))}</loc></url>" for page in pages]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return "\n".join((head, *lines, "</urlset>", "")).encode()


def _language(site: Site, photos: Mapping[str, Photo], made: dict[str, bytes], *, english: bool) -> None:
    """The pages of one language: the Chinese ones at the top, the English ones in a folder of their own."""
    folder = "en/" if english else ""
    name = site.said("name").in_(english)

    def write(page: str, template: str, title: str, says: str, **more: object) -> None:
        path = f"{folder}{page}.html"
        up = "../" * path.count("/")
        given: dict[str, Any] = {
            "site": site, "english": english, "lang": "en" if english else "zh-CN", "name": name, "up": up,
            "own": up + folder, "here": page, "title": title if page == "index" else f"{title} · {name}",
            "heading": title, "says": says or name, "address": _address(site), "path": path,
            "other": f"{up}{page}.html" if english else f"{up}en/{page}.html", "pages": words.PAGES,
            "sections": words.SECTIONS, "form": words.FORM, "photos": photos,
            "w": {key: label.en if english else label.zh for key, label in words.W.items()}, **more,
        }  # fmt: skip
        made[path] = _templates().get_template(f"{template}.html").render(given).encode()

    office = site.said("office").in_(english)
    first = site.said("says").in_(english)
    write("index", "index", name, first_words(first))
    for page in ("articles", "calendar", "quiz", "help", "request", "about"):
        label = words.PAGES[page]
        title = label.en if english else label.zh
        write(page, page, title, f"{title} · {name} · {office}")
    for article in site.articles:
        write(
            f"articles/{article.key}", "article", article.title.in_(english),
            first_words(article.body.in_(english)), article=article,
        )  # fmt: skip
    if not english:
        write("404", "missing", words.W["not_found"].zh, words.W["not_found"].zh)


@cache
def _templates() -> Environment:
    """The templates, with the few functions that they use."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters["marked"] = lambda text, heading=2: Markup(html_of(text, heading=heading))
    made.filters["first_words"] = first_words
    made.globals.update(day=words.day, clock=_clock, photo_path=photo_path, chinese=_chinese)
    return made


def _clock(time: int | None) -> str:
    return "" if time is None else f"{time // 100:02d}:{time % 100:02d}"


def _chinese(said: Said, english: bool) -> bool:
    """Whether an English page has to show Chinese words."""
    return english and not said.en
