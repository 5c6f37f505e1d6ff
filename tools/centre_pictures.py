"""The pictures of a centre's day: each page as the post that works there sees it, in the demonstration.

They are kept as WebP, written by the browser that draws the page: a third of the bytes of the same picture in
PNG, and still sharp enough to read.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

QUALITY: Final = 0.72
SLOW: Final = 60_000
"""Milliseconds: the first page after the start is made from nothing."""

_WEBP: Final = """async ([png, quality]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""


class Album:
    """Signs in as a post, opens pages, and keeps pictures of them."""

    def __init__(
        self, browser: Browser, url: str, images: Path, enter: Callable[[Page, str, str], None]
    ) -> None:
        self.browser = browser
        self.url = url
        self.images = images
        self.enter = enter
        self.page = self._tab()
        self.blank = browser.new_page()

    def _tab(self, wide: int = 1366, high: int = 768) -> Page:
        context = self.browser.new_context(viewport={"width": wide, "height": high}, locale="zh-CN")
        tab = context.new_page()
        tab.set_default_timeout(SLOW)
        return tab

    def sign_in(self, username: str) -> None:
        """From now on as that account."""
        self.page.context.close()
        self.page = self._tab()
        self.enter(self.page, self.url, username)

    def open(self, path: str) -> None:
        """Open a page; one that is not there is an error."""
        answer = self.page.goto(self.url + path)
        if answer is None or not answer.ok:
            raise SystemExit(f"{path}: {answer.status if answer else 'no answer'}")
        self.page.wait_for_load_state("networkidle")

    def follow(self, pattern: str) -> str:
        """Open the first address on this page that matches; its path."""
        found = re.search(rf'href="({pattern})"', self.page.content())
        if found is None:
            raise SystemExit(f"{self.page.url}: nothing like {pattern}")
        path = found[1].replace("&amp;", "&")
        self.open(path)
        return path

    def take(self, name: str, *, high: int = 768) -> None:
        """Keep what the window shows, so many pixels high."""
        self.page.set_viewport_size({"width": 1366, "height": high})
        png = self.page.screenshot(animations="disabled")
        self.page.set_viewport_size({"width": 1366, "height": 768})
        made = self.blank.evaluate(_WEBP, [base64.b64encode(png).decode(), QUALITY])
        path = self.images / f"{name}.webp"
        path.write_bytes(base64.b64decode(made))
        print(f"docs/images/{path.name} {path.stat().st_size:,}", flush=True)


def every(album: Album, chosen: Collection[str] = ()) -> None:
    """Walk through the centre, post by post; only the chosen parts if some are named."""
    for name, part in PARTS.items():
        if not chosen or name in chosen:
            part(album)


def _gate(album: Album) -> None:
    album.sign_in("intake")
    album.open("/gate/")
    album.take("centre-gate")
    album.follow(r"/gate/[^\"/?]+/")
    album.take("centre-gate-steps", high=900)
    album.open("/wards/")
    album.take("centre-wards", high=900)
    album.open("/way-out/")
    album.take("centre-way-out")


def _brigade(album: Album) -> None:
    album.sign_in("brigade")
    album.open("/daily/")
    album.take("centre-daily", high=900)
    album.open("/zones/")
    album.take("centre-zones", high=900)


def _medical(album: Album) -> None:
    album.sign_in("doctor")
    album.open("/medical/")
    album.take("centre-medical", high=900)
    album.sign_in("nurse")
    album.open("/medical/rounds/")
    album.take("centre-rounds", high=900)


def _psychology(album: Album) -> None:
    album.sign_in("counsellor")
    album.open("/psychology/")
    album.take("centre-psychology", high=900)


def _scenes(album: Album) -> None:
    album.sign_in("counsellor")
    case = _with_scene(album)
    album.open(f"/psychology/{case}/protocol/vr/")
    album.take("centre-vr", high=1500)
    for pack, presses, name in (
        ("calm_shore", 2, "centre-scene-shore"),
        ("on_the_way_home", 2, "centre-scene-street"),
    ):
        _scene(album, case, pack, presses)
        album.take(name)
        album.page.keyboard.press("Escape")


def _with_scene(album: Album) -> str:
    """Somebody here for whom a scene opens: on the pages of people one after the other."""
    for n in range(1, 30):
        album.open(f"/psychology/?page={n}")
        for case in dict.fromkeys(re.findall(r"/psychology/([0-9A-Z]+-[0-9-]+)/", album.page.content())):
            album.open(f"/psychology/{case}/protocol/vr/")
            if "/scene/calm_shore/" in album.page.content():
                return str(case)
    raise SystemExit("nobody in the demonstration has a scene to open")


def _scene(album: Album, case: str, pack: str, presses: int) -> None:
    page = album.page
    album.open(f"/psychology/{case}/scene/{pack}/")
    for box in page.locator("input[value=no]").all():
        box.check()
    page.fill("#f-craving_before", "40")
    page.locator("button[value=open]").press("Enter")
    page.locator("[data-open=screen]").click()
    page.locator(".stage[data-drawn=screen]").wait_for()
    for _ in range(presses):
        page.keyboard.press("Enter")
    page.wait_for_timeout(4000)  # the lantern is bright, the other one has come up


def _classes(album: Album) -> None:
    album.sign_in("teacher")
    album.open("/education/")
    album.take("centre-education", high=900)
    album.sign_in("coach")
    album.open("/training/")
    album.take("centre-training", high=900)


def _panel(album: Album) -> None:
    album.sign_in("panel")
    album.open("/assessments/")
    album.take("centre-assessments", high=900)


def _planner(album: Album) -> None:
    album.sign_in("planner")
    album.open("/roster/")
    album.take("centre-roster", high=900)


def _safety(album: Album) -> None:
    album.sign_in("centre")
    album.open("/safety/")
    album.take("centre-safety", high=900)
    album.open("/epidemic/")
    album.take("centre-epidemic", high=900)


def _remote(album: Album) -> None:
    album.sign_in("doctor")
    album.open("/remote/")
    album.take("centre-remote")


PARTS: Final[Mapping[str, Callable[[Album], None]]] = {
    "gate": _gate,
    "brigade": _brigade,
    "medical": _medical,
    "psychology": _psychology,
    "scenes": _scenes,
    "classes": _classes,
    "panel": _panel,
    "planner": _planner,
    "safety": _safety,
    "remote": _remote,
}
