"""The public site as a reader opens it from a disk: every page without a violation, nothing asked of the
network, nothing wider than a narrow phone, and the quiz by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

from guitu.exchange.site import files, write
from tests.exchange.test_public_site import PHOTO, Editor, full_site


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demonstration, written to a disk."""
    made = full_site(Editor())
    where = tmp_path_factory.mktemp("site")
    write(files(made.site(), {"d" * 64: PHOTO}), where)
    return where


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """The address of the same site on a web server: axe reads style sheets by itself, which a browser refuses
    to do on a disk."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_no_page_has_a_violation(folder: Path, served: str, page: Page, axe: Callable[..., None]) -> None:
    for one in pages(folder):
        page.goto(served + one.relative_to(folder).as_posix())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        axe(page)
    assert len(pages(folder)) > 15


def test_from_a_disk_nothing_is_asked_of_the_network_and_nothing_is_wider_than_a_narrow_phone(
    folder: Path, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 640})
    for one in pages(folder):
        page.goto(one.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, one.name
    assert [url for url in asked if not url.startswith("file:")] == []


def test_a_question_is_answered_by_keyboard(folder: Path, page: Page) -> None:
    page.goto((folder / "quiz.html").as_uri())
    page.locator("summary").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("答对了").first.is_visible()
    assert page.get_by_text("第三十三条").is_visible()
