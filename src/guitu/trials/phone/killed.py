"""Killing the phone's page in the middle of sending: its process is gone, nothing of it runs any more."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Route

from guitu.trials.phone.in_hand import Phone

WAYS = ("before", "answer lost", "while sending", "after", "fetching")


def killed_again_and_again(
    phone: Phone, file: str, *, kills: int, seed: int, progress: Callable[[int], None] = lambda _: None
) -> list[str]:
    """Write an entry, kill the page somewhere on its way, open it again; `kills` times. At last everything is
    sent. Gives the ids that were written, as the device itself has them."""
    # every crash leaves a handler of a request without its page, of which asyncio complains each time
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    dice = random.Random(seed)
    written: set[str] = set()
    for number in range(kills):
        progress(number)
        phone.offline()
        phone.write(file, "service", line=dice.choice(("care", "work", "family", "knowledge")))
        written |= set(_ids(phone))
        way = dice.choice(WAYS)
        _kill(phone, way, dice.uniform(0.0, 0.25))
        phone.reload()
        phone.unlock()
    phone.online()
    phone.go("#/unsent")
    phone.page.click("main button.primary")
    phone.until("() => document.querySelector('[data-unsent]').textContent.endsWith(' 0')", 60)
    written |= set(_ids(phone))
    return sorted(written)


def _kill(phone: Phone, way: str, seconds: float) -> None:
    page = phone.page
    reached: list[str] = []
    hanging: list[Route] = []

    def on_the_way(route: Route) -> None:
        """What becomes of a request: it never leaves, or its answer never comes back."""
        reached.append(route.request.url)
        if way == "answer lost":
            with suppress(Error):
                route.fetch()
        elif way in ("while sending", "after"):
            with suppress(Error):
                route.continue_()
        else:
            hanging.append(route)  # until the page is gone

    page.route("**/sync/pull/**" if way == "fetching" else "**/sync/push/", on_the_way)
    phone.online()
    for _ in range(60):
        if reached:
            break
        page.wait_for_timeout(50)
    if way == "after":
        page.wait_for_timeout(1000 * seconds)
    _crash(phone, hanging)


def _crash(phone: Phone, hanging: list[Route]) -> None:
    """End the page's process as a phone does that runs out of memory."""
    page = phone.page
    with suppress(Error):
        page.goto("chrome://crash", timeout=2000, wait_until="commit")
    for route in hanging:
        with suppress(Error):
            route.abort()
    with suppress(Error):
        page.close()
    phone.context.set_offline(False)
    phone.new_page()


def _ids(phone: Phone) -> list[str]:
    """The ids in the outbox: keys are not sealed."""
    found: list[str] = phone.page.evaluate(
        """async () => {
          const base = await new Promise((good) => {
            const asked = indexedDB.open("guitu-phone");
            asked.onsuccess = () => good(asked.result);
          });
          const keys = await new Promise((good) => {
            const asked = base.transaction("outbox").objectStore("outbox").getAllKeys();
            asked.onsuccess = () => good(asked.result);
          });
          base.close();
          return keys;
        }"""
    )
    return found
