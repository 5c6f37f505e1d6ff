"""The pictures in docs/images, made from the running product: `make screenshots`.

A demonstration province that stands still on one day is built, served on this machine and walked through in
Chromium. What changes in the product changes in the pictures, by this command alone. `--centre` makes only
those of a centre's day, `--levels` those of the three levels' work; `--home FOLDER` takes a demonstration
that was made before.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import centre_pictures
import levels_pictures
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.prerequisites import CHROMIUM_FLAGS, find_chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DAY = "2026-11-23"
PASSWORD = "guitu-demo"
PEOPLE = "2000"
LEDGER = ROOT / "tests" / "exchange" / "fixtures" / "community_and_tests.xlsx"
DESK, PHONE = (1366, 768), (390, 844)


def main() -> int:
    """Make every picture, or those of a centre's day."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--centre", nargs="*", choices=centre_pictures.PARTS, default=None)
    parser.add_argument("--levels", nargs="*", choices=levels_pictures.PARTS, default=None)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guitu-pictures-") as folder:
        port = _free_port()
        env = {**os.environ, "GUITU_TODAY": DAY, "GUITU_LANG": "zh"}
        home = options.home or Path(folder) / "demo"
        command = [sys.executable, "-m", "guitu", "demo", "--home", str(home), "--people", PEOPLE]
        server = subprocess.Popen([*command, "--no-open", "--port", str(port)], env=env)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, server)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*CHROMIUM_FLAGS])
                album = centre_pictures.Album(browser, url, IMAGES, _sign_in)
                some = options.centre is not None or options.levels is not None
                if not some:
                    _all(browser, url)
                if options.centre is not None or not some:
                    centre_pictures.every(album, options.centre or ())
                if options.levels is not None or not some:
                    levels_pictures.every(album, options.levels or ())
                browser.close()
        finally:
            server.terminate()
            server.wait(30)
    return 0


def _all(browser: Browser, url: str) -> None:
    page = _page(browser, DESK)
    page.goto(f"{url}/sign-in/")
    _take(page, "sign-in")
    _sign_in(page, url, "town")
    _take(page, "today")
    case = _a_case(page)
    page.goto(f"{url}/people/?q=w")
    _take(page, "people")
    page.goto(f"{url}/files/{case}/")
    _take(page, "case-file", whole=True)
    page.goto(f"{url}/files/{case}/measures/")
    _take(page, "measures")
    page.goto(f"{url}/files/{case}/record/urine_test/")
    _take(page, "record")
    page.goto(f"{url}/units/")
    _take(page, "units")
    page.goto(f"{url}/gallery/rail/")
    _take(page, "gallery", whole=False)
    _language(page, url, "en")
    _take(page, "today-en")
    page.goto(f"{url}/files/{case}/")
    _take(page, "case-file-en", whole=True)
    page.context.close()

    page = _page(browser, DESK)
    _sign_in(page, url, "county")
    page.goto(f"{url}/ledgers/")
    page.set_input_files("input[type=file]", str(LEDGER))
    page.locator(
        "form:has(input[type=file]) button[type=submit], form:has(input[type=file]) button"
    ).first.click()
    page.wait_for_load_state("networkidle")
    _take(page, "ledgers", whole=True)
    page.goto(f"{url}/people/{case}/readings/")
    _take(page, "readings")
    page.context.close()

    page = _page(browser, PHONE)
    _sign_in(page, url, "village")
    _take(page, "today-phone")
    page.goto(f"{url}/files/{_a_case(page)}/")
    _take(page, "case-file-phone", whole=True)
    page.context.close()

    page = _page(browser, PHONE)
    _sign_in(page, url, "me")
    _take(page, "mine-phone")
    page.context.close()


def _page(browser: Browser, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def _sign_in(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{url}/**")
    page.goto(url)


def _language(page: Page, url: str, language: str) -> None:
    page.goto(url)
    page.locator(f"button[name=language][value={language}]").click()
    page.wait_for_load_state()


def _a_case(page: Page) -> str:
    """The case number of the first person on the list."""
    found = re.search(r"/files/([^/\"]+)/", page.content())
    assert found, "no person on the page"
    return found[1]


def _take(page: Page, name: str, *, whole: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole, animations="disabled")
    print(f"docs/images/{name}.png", flush=True)


def _wait(url: str, server: subprocess.Popen[bytes], seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(server.returncode)
        try:
            with urlopen(f"{url}/sign-in/", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise SystemExit("the demonstration did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
