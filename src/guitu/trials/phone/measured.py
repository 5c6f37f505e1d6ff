"""How long a worker's phone takes: the first load of ten thousand people, a day's sync, a search, today's
list. In Chromium with the processor six times slower and 2 Mbit/s, as a phone of 2 GB has them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

from guitu.bench.report import Figure
from guitu.trials.phone.in_hand import PIN, Phone
from guitu.trials.phone.running import browser, office

PEOPLE: Final = 10_000
SLOWER: Final = 6
"""How many times slower the page's processor is made."""
BYTES_A_SECOND: Final = 2_000_000 / 8
LATENCY_MS: Final = 60
FIRST_LOAD: Final = 400_000
"""Milliseconds after which waiting for the first load is given up."""
DAY_OF_WORK: Final = 500
"""People for whom something was recorded since the last sync."""
WORDS: Final = ("wang", "xiaohai", "陈", "建国", "2023", "lixy", "fuzm", "huangjg", "明", "zhu", "w", "hai")

_WATCHED: Final = """() => new Promise((good) => {
  const box = document.querySelector("#find");
  const began = performance.now();
  box.value = window.word;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => good(performance.now() - began), 0));
})"""
"""From the key to the list drawn."""


def run(home: Path, people: int) -> list[Figure]:
    """The figures."""
    note = f"{people:,} people, processor ÷{SLOWER}, 2 Mbit/s"
    with office(home, people) as (served, _), browser() as opened:
        phone = Phone(opened, served, "county")
        phone.context.set_default_timeout(FIRST_LOAD)
        phone.sign_in()
        _throttled(phone)
        phone.page.fill("#pin", PIN)
        phone.page.fill("#pin-again", PIN)
        began = time.perf_counter()
        phone.page.click("form button.primary")
        phone.page.wait_for_selector("nav")
        ready = time.perf_counter() - began
        _until_all(phone, people)
        first = time.perf_counter() - began
        on_the_way, carried = _on_the_way(phone)
        bytes_kept = phone.page.evaluate("async () => (await navigator.storage.estimate()).usage")
        searches = sorted(_searches(phone))
        today = _today(phone)
        served.asked("--day", str(DAY_OF_WORK))
        began = time.perf_counter()
        phone.go("#/unsent")
        phone.page.click("main button.primary")
        phone.until("() => document.querySelector('#status').textContent !== ''", 60)
        day = time.perf_counter() - began
        phone.reload()
        began = time.perf_counter()
        phone.unlock()
        phone.page.wait_for_selector("[data-list]")
        unlocking = time.perf_counter() - began
        assert not phone.complaints, phone.complaints
    return [
        Figure("phone first page", ready, "s", note=note),
        Figure("phone first load", first, "s", wanted="60 s", note=note),
        Figure("phone first load, asked and carried", on_the_way, "s", note=note),
        Figure("phone first load, on the wire", carried / 1_000_000, "MB", note=note),
        Figure("phone kept", bytes_kept / 1_000_000, "MB", note=note),
        Figure("phone search median", searches[len(searches) // 2], "ms", note=note),
        Figure("phone search slowest", searches[-1], "ms", wanted="300 ms", note=note),
        Figure("phone today", today, "ms", note=note),
        Figure("phone day sync", day, "s", wanted="5 s", note=f"{note}, {DAY_OF_WORK} people changed"),
        Figure("phone unlock to list", unlocking, "s", note=note),
    ]


def _throttled(phone: Phone) -> None:
    session: Any = phone.context.new_cdp_session(phone.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )


def _until_all(phone: Phone, people: int) -> None:
    phone.until(
        "() => { const said = document.querySelector('[data-as-of]'); "
        f"return !!said && said.dataset.people === '{people}'; }}",
        FIRST_LOAD / 1000,
    )


def _on_the_way(phone: Phone) -> tuple[float, float]:
    """Seconds that the pages of the first load took from being asked for to their last byte, and those bytes:
    the rest of its time is the phone's own."""
    took, carried = phone.page.evaluate(
        """() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/sync/pull/"))
          .reduce(([took, carried], one) => [took + one.duration, carried + one.encodedBodySize], [0, 0])"""
    )
    return took / 1000, carried


def _searches(phone: Phone) -> list[float]:
    phone.go("#/people")
    phone.page.wait_for_selector("#find")
    found = []
    for word in WORDS:
        phone.page.evaluate("(word) => { window.word = word; }", word)
        found.append(float(phone.page.evaluate(_WATCHED)))
    return found


def _today(phone: Phone) -> float:
    phone.page.fill("#find", "")
    took = phone.page.evaluate(
        """() => new Promise((good) => {
          const began = performance.now();
          const there = () => document.querySelector("[data-list]");
          const look = () => (there() ? good(performance.now() - began) : setTimeout(look, 5));
          location.hash = "#/";
          look();
        })"""
    )
    return float(took)
