"""Runs the phone against a real server of its own. Needs a browser and what drives it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from guitu.bench.pages import environment, serving
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.trials.phone.in_hand import FLAGS, Phone, chromium
from guitu.trials.phone.killed import killed_again_and_again


@dataclass(frozen=True, slots=True)
class Office:
    """A running server: its address, and what its commands run under."""

    url: str
    env: dict[str, str]

    def asked(self, *arguments: str) -> Any:
        """What `guitu.trials.phone.made` answers with these arguments."""
        command = [sys.executable, "-m", "guitu.trials.phone.made", *arguments]
        ran = subprocess.run(command, env=self.env, check=True, capture_output=True, text=True)
        return json.loads(ran.stdout or "null")


@contextmanager
def office(home: Path, people: int) -> Iterator[tuple[Office, str]]:
    """An office with so many people in one county, and the first one's file."""
    home.mkdir(parents=True, exist_ok=True)
    env = environment(home, "")
    built = home / f"built-{people}"
    if not built.exists():
        built.write_text(Office("", env).asked("--people", str(people))[0])
    first = built.read_text()
    with serving(env, "--workers", "1") as (port, _):
        yield Office(f"http://127.0.0.1:{port}", env), first


@contextmanager
def browser() -> Iterator[Browser]:
    """This machine's Chromium."""
    where = chromium()
    if where is None:
        raise GuituError(
            Label(
                "没有找到 Chromium：请安装，或以 GUITU_CHROMIUM 指明位置。",
                "no Chromium here: install it, or name it in GUITU_CHROMIUM.",
            )
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=where, args=list(FLAGS), timeout=30_000)
        yield opened
        opened.close()


def killing(folder: Path, kills: int, seed: int, progress: Callable[[int], None]) -> dict[str, Any]:
    """Kill the page so often; what was written, and what of it the office lacks or has twice."""
    with office(folder / "office", 20) as (served, file), browser() as opened:
        phone = Phone(opened, served, "county")
        phone.bind()
        written = killed_again_and_again(phone, file, kills=kills, seed=seed, progress=progress)
        there = Counter(served.asked("--service", file))
        return {
            "kills": kills,
            "written": len(written),
            "lost": len(set(written) - set(there)),
            "doubled": sum(n - 1 for n in there.values()) + len(set(there) - set(written)),
            "complaints": phone.complaints,
        }
