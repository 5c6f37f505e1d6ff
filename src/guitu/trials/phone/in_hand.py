"""A phone in the hand, for tests and trials: a browser profile of its own, 390 pixels wide, that is bound,
locked, taken off the network and put back."""

from __future__ import annotations

import os
import shutil
import struct
import time
import zlib
from typing import Any, Final, Protocol

from playwright.sync_api import Browser, ConsoleMessage, FilePayload, ViewportSize

PASSWORD: Final = "guitu-demo"
"""Of every account of a demonstration."""
PIN: Final = "274913"
WIDE: Final = ViewportSize(width=390, height=844)
NARROW: Final = ViewportSize(width=320, height=640)
PATIENCE: Final = 20_000

_DUMP: Final = """async () => {
  const base = await new Promise((good, bad) => {
    const asked = indexedDB.open("guitu-phone");
    asked.onsuccess = () => good(asked.result);
    asked.onerror = () => bad(asked.error);
  });
  const all = (store, what) => new Promise((good) => {
    const asked = base.transaction(store).objectStore(store)[what]();
    asked.onsuccess = () => good(asked.result);
  });
  const text = [];
  const extractable = [];
  const seen = (value) => {
    if (value instanceof CryptoKey) { if (value.extractable) extractable.push(value.algorithm.name); }
    else if (value instanceof ArrayBuffer) text.push(new TextDecoder().decode(value));
    else if (value instanceof Uint8Array) text.push(new TextDecoder().decode(value));
    else if (value && typeof value === "object") Object.values(value).forEach(seen);
    else text.push(String(value));
  };
  let records = 0;
  const counts = {};
  for (const store of base.objectStoreNames) {
    const values = await all(store, "getAll");
    records += values.length;
    counts[store] = values.length;
    values.forEach(seen);
  }
  const lock = (await all("open", "getAllKeys")).includes("lock");
  base.close();
  const local = localStorage.length;
  return { text: text.join("\\n"), extractable, records, people: counts.people, lock, local };
}"""
"""All that the browser keeps for the page, as anybody would find it who opens the device."""

_NO_WAIT: Final = """async () => {
  const base = await new Promise((good) => {
    const asked = indexedDB.open("guitu-phone");
    asked.onsuccess = () => good(asked.result);
  });
  await new Promise((good) => {
    const change = base.transaction("open", "readwrite");
    const asked = change.objectStore("open").get("tries");
    asked.onsuccess = () => change.objectStore("open").put({ ...asked.result, until: 0 }, "tries");
    change.oncomplete = good;
  });
  base.close();
}"""


FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-gpu-watchdog", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Enough for Chromium in a container, and nothing asked of the network."""


def chromium() -> str | None:
    """The browser of this machine, or the one that GUITU_CHROMIUM names."""
    for name in (os.environ.get("GUITU_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    return None


class Served(Protocol):
    """A running server."""

    @property
    def url(self) -> str:
        """Its address."""


class Phone:
    """A profile and its one tab. `complaints` are what its scripts said was wrong."""

    def __init__(
        self, browser: Browser, live: Served, account: str = "village", language: str = "zh-CN"
    ) -> None:
        self.live, self.account, self.english = live, account, language.startswith("en")
        self.context = browser.new_context(viewport=WIDE, locale=language, is_mobile=True, has_touch=True)
        self.context.set_default_timeout(PATIENCE)
        if self.english:
            self.context.add_cookies(
                [{"name": "guitu_view", "value": "en.normal.normal.normal", "url": live.url}]
            )
        self.complaints: list[str] = []
        self.new_page()

    def new_page(self) -> None:
        """A tab, as after the browser was closed and opened."""
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def sign_in(self) -> None:
        """Sign in and come back to the phone's page."""
        self.page.goto(self.live.url + "/sign-in/?next=%2Fphone%2F")
        self.page.fill("#f-username", self.account)
        self.page.fill("#f-password", PASSWORD)
        self.page.click(".signin-form button.primary")
        self.page.wait_for_selector("#pin")

    def bind(self) -> None:
        """Sign in, choose a PIN, and wait for the list and for the page to be kept on the device."""
        self.sign_in()
        self.page.fill("#pin", PIN)
        self.page.fill("#pin-again", PIN)
        self.page.click("form button.primary")
        self.page.wait_for_selector("[data-list], .empty")
        self.until("async () => !!(await caches.match('/phone/pointer'))")
        self.until("() => navigator.serviceWorker.controller !== null")

    def offline(self) -> None:
        """Out of the network."""
        self.context.set_offline(True)

    def online(self) -> None:
        """Back in it; the browser tells the page, which this emulation leaves out."""
        self.context.set_offline(False)
        self.page.evaluate("() => { dispatchEvent(new Event('online')); }")

    def reload(self) -> None:
        """The page is closed and opened again: it asks for the PIN."""
        self.reload_to("#pin")

    def reload_to(self, selector: str) -> None:
        """The page is closed and opened again, until this is there."""
        self.page.goto("about:blank")
        self.page.goto(self.live.url + "/phone/")
        self.page.wait_for_selector(selector)

    def type_pin(self, pin: str) -> None:
        """Try a PIN, and wait for the answer."""
        self.page.fill("#pin", pin)
        self.page.press("#pin", "Enter")
        self.until("() => !document.querySelector('#pin') || !document.querySelector('#pin').value")

    def unlock(self) -> None:
        """The right PIN."""
        self.type_pin(PIN)
        self.page.wait_for_selector("nav")

    def go(self, where: str) -> None:
        """Another page of the phone, by its fragment."""
        self.page.evaluate("(where) => { location.hash = where; }", where)
        place = where.split("/")[1] if "/" in where else ""
        self.page.wait_for_selector("main h1")
        if place in ("record", "draft"):
            self.page.wait_for_selector("form[data-kind]")
        self.page.wait_for_timeout(150)

    def write(self, file: str, kind: str, **answers: str) -> None:
        """Fill in a form and save it."""
        self.go(f"#/record/{file}/{kind}")
        for name, value in answers.items():
            box = self.page.locator(f"[name={name}]").first
            if box.get_attribute("type") == "radio":
                self.page.check(f"[name={name}][value={value}]")
            elif box.evaluate("(e) => e.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        self.page.click("form[data-kind] button.primary")
        self.page.wait_for_selector("form[data-kind]", state="detached")

    def until(self, question: str, seconds: float = PATIENCE / 1000) -> None:
        """Wait until the page answers yes."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(question):
            assert time.monotonic() < end, question
            self.page.wait_for_timeout(50)

    def wait_is_over(self) -> None:
        """The time that has to pass after wrong PINs has passed."""
        self.page.evaluate(_NO_WAIT)
        self.reload()

    def dump(self) -> dict[str, Any]:
        """All that the browser keeps, as anybody finds it who opens the device."""
        found: dict[str, Any] = self.page.evaluate(_DUMP)
        return found

    def newer_shell(self) -> None:
        """From now on the server has another version of the page."""

        def another(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json={**answer.json(), "version": "newer"})

        self.context.route("**/phone/shell.json", another)

    def large_photo(self) -> FilePayload:
        """A picture of 3000 × 2000 that is far larger than what is sent."""
        width, height = 3000, 2000
        state, rows = 1, []
        for y in range(height):
            noise = bytearray()
            for _ in range(width // 8):
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                noise += bytes((state >> 16 & 255, y & 255, state >> 8 & 255)) * 8
            rows.append(b"\0" + bytes(noise))
        made = b"\x89PNG\r\n\x1a\n"
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        for name, content in ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 1)), (b"IEND", b"")):
            made += (
                struct.pack(">I", len(content))
                + name
                + content
                + struct.pack(">I", zlib.crc32(name + content))
            )
        return FilePayload(name="photo.png", mimeType="image/png", buffer=made)
