"""What a device keeps of the page, and the digest that says whether it has the newest."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.templatetags.static import static

from guitu.web.settings import WEB

FOLDER: Final = WEB / "static" / "guitu" / "phone"
BESIDE: Final = ("guitu/guitu.css", "guitu/icon.svg")
"""What it uses of the other pages."""
WORKER: Final = "worker.js"
"""Served under the page's own address, which is the part of the server that it may answer for."""


def names() -> tuple[str, ...]:
    """The files by their names among the static ones."""
    own = sorted(p.name for p in FOLDER.iterdir() if p.suffix in {".js", ".css"} and p.name != WORKER)
    return (*(f"guitu/phone/{name}" for name in own), *BESIDE)


def addresses() -> tuple[str, ...]:
    """Where the browser finds them."""
    return tuple(static(name) for name in names())


def version() -> str:
    """A digest of the page and of every file that it needs."""
    return _version() if not settings.DEBUG else _version.__wrapped__()


@cache
def _version() -> str:
    digest = sha256()
    for path in (Path(__file__).with_name("template.html"), *(WEB / "static" / name for name in names())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def worker() -> bytes:
    """The script that answers for the page while there is no network."""
    return (FOLDER / WORKER).read_bytes()
