"""A real server, a real browser, and axe: what every browser test uses.

    def test_something(live, page, sign_in, axe):
        sign_in("town")                          # the accounts are in tests/browser/seed.py
        page.goto(live.url + "/people/")
        axe(page)                                # no violation of WCAG 2.2 AA

`live.call("tests.browser.desk:busy")` runs a function inside the server's store; arguments and the answer
are JSON. But for the server's start nothing here waits longer than TIMEOUT, and every page opened must be
free of script errors and of breaches of the security policy.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.calling import ROOT, Calls
from tests.browser.seed import PASSWORD, TODAY
from tests.prerequisites import CHROMIUM_FLAGS

TIMEOUT = 15.0
"""Seconds after which a wait is a failure."""

ANSWERS = ("Failed to load resource", "Response Status Error Code")
"""How the browser and htmx report an answer of 4xx or 5xx: a test may ask for those."""

AXE_AT_TOP = f"if (window === window.top) {{\n{AXE_SCRIPT}\n}}"
"""Axe for every page that is opened, but for what a page shows in a frame."""

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def environment_of(home: Path) -> dict[str, str]:
    """What a server, or a process beside it, of that data folder finds in its environment."""
    environment = {
        **os.environ,
        "GUITU_HOME": str(home),
        "GUITU_DEMO": "1",
        "GUITU_DEMO_IDS": "1",
        "GUITU_RATES": "off",  # a test turns pages faster than anybody
        "GUITU_TODAY": TODAY,
        "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    for name in ("GUITU_DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "GUITU_SECRET_KEY"):
        environment.pop(name, None)
    return environment


class Live:
    """A running server with a store of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = (home / "server.log").open("w+b")
        command = [
            sys.executable,
            "-m",
            "guitu.cli.main",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            "1",
        ]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment_of(home), stdout=self._log, stderr=self._log
        )
        self.sessions: dict[str, Any] = {}
        """By account, the session that it signed in with."""
        self._calls = Calls(environment_of(home))
        self._wait()

    def call(self, function: str, **arguments: Any) -> Any:
        """Run `module:function` in a process that opens the same store; arguments and answer are JSON."""
        return self._calls.call(function, arguments)

    def stop(self) -> None:
        """End it; a server that does not end when asked is a failure."""
        self._calls.stop()
        self._process.terminate()
        try:
            self._process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._log.close()

    def log(self) -> str:
        """What the server has printed."""
        return (self.home / "server.log").read_text(encoding="utf-8", errors="replace")

    def _wait(self) -> None:
        end = time.monotonic() + 6 * TIMEOUT  # its first answer compiles every page, beside other tests
        while time.monotonic() < end:
            assert self._process.poll() is None, self.log()
            try:
                with urlopen(self.url + "/sign-in/", timeout=TIMEOUT):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small province and its accounts, made once: the servers get copies."""
    home = tmp_path_factory.mktemp("province")
    calls = Calls(environment_of(home))
    try:
        calls.call("tests.browser.seed:province", {})
    finally:
        calls.stop()
    return home


@pytest.fixture(scope="module")
def live(province: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server, with the small province and its accounts; each module has its own, so that nobody meets the
    people of another."""
    home = tmp_path_factory.mktemp("live")
    shutil.copytree(province, home, dirs_exist_ok=True)
    server = Live(home)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One Chromium for the whole run. Playwright keeps a loop of its own running in this process; Django sees
    it, and must not take the tests that come after for asynchronous ones."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(chromium_path), args=list(CHROMIUM_FLAGS), timeout=TIMEOUT * 2000
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, 1366×768, as a Chinese office has it."""
    opened = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened.set_default_timeout(TIMEOUT * 1000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab. What its scripts complain about, or the security policy refuses, fails the test."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        refused = "Content Security Policy" in message.text
        if refused or (message.type == "error" and not message.text.startswith(ANSWERS)):
            complaints.append(message.text)

    tab = context.new_page()
    tab.on("console", listen)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    assert complaints == []


@pytest.fixture
def sign_in(live: Live, page: Page) -> Callable[..., None]:
    """`sign_in("town")` signs that account in; `language="en"` first asks for English. The first time by the
    form, then by the session that it gave, as long as that has not ended."""

    def do(username: str, language: str = "zh-hans") -> None:
        show_as(page.context, live, language=language)
        if username in live.sessions:
            page.context.add_cookies(live.sessions[username])
            page.goto(live.url + "/")
            if "/sign-in/" not in page.url:
                return
        page.goto(live.url + "/sign-in/")
        page.fill("#f-username", username)
        page.fill("#f-password", PASSWORD)
        page.click(".signin-form button.primary")
        page.wait_for_url(lambda address: "/sign-in/" not in address)
        live.sessions[username] = [
            {"name": cookie["name"], "value": cookie["value"], "url": live.url}
            for cookie in page.context.cookies(live.url)
            if cookie["name"] == "guitu_session"
        ]

    return do


def show_as(
    context: BrowserContext,
    live: Live,
    *,
    language: str = "zh-hans",
    contrast: str = "normal",
    size: str = "normal",
    rows: str = "normal",
) -> None:
    """From now on show pages in this language, contrast, text size and row height."""
    words = ".".join((language, contrast, size, rows))
    context.add_cookies([{"name": "guitu_view", "value": words, "url": live.url}])


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: the page has no violation of WCAG 2.2 AA nor of axe's best practices.

    `allow` names rules that cannot hold on this page; say why beside it."""
    prepared: list[Page] = []

    def check(page: Page, allow: Collection[str] = ()) -> None:
        if page not in prepared:  # from now on each page that it opens has it: handing it over takes longer
            page.add_init_script(AXE_AT_TOP)
            prepared.append(page)
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE_SCRIPT)
        options = {"runOnly": {"type": "tag", "values": AXE_RULES}, "resultTypes": ["violations"]}
        found = page.evaluate(f"axe.run({json.dumps(options)}).then(found => found.violations)")
        said = [
            f"{v['id']} ({v['impact']}): {v['help']}\n    "
            + "\n    ".join(n["html"][:300] for n in v["nodes"][:4])
            for v in found
            if v["id"] not in allow
        ]
        assert not said, f"{page.url}\n" + "\n".join(said)

    return check
