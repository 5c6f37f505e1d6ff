"""Runs every test: the suites that touch the database on PostgreSQL, then everything on SQLite.

    python tools/run_tests.py [options for pytest]

Each run is shared among as many processes as there are cores (`-n 1` in the options: one process). Both
happen even if the first fails. What this machine cannot run is named at the end with how to get it; with
`CI=true` or `GUITU_REQUIRE_ALL=1` that is a failure. The last line is pytest's own summary of the larger run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.prerequisites import PREREQUISITES, Prerequisite, everything_is_required  # noqa: E402

ON_BOTH = ("tests/store", "tests/web", "tests/exchange", "tests/security")
"""The suites whose answer could depend on the database."""
MOST = 8
"""Processes: each has a database, and perhaps a browser, of its own."""


def shared() -> list[str]:
    """How pytest shares a run among processes: a module's tests stay together, in their order, the longest
    modules first (tests/sharing.py)."""
    many = min(os.cpu_count() or 1, MOST)
    return ["-n", str(many), "--dist", "loadfile"] if many > 1 else []


MEMORY = Path("/dev/shm")
ENOUGH = 8 * 2**30
"""Bytes: what the tests write at most, many times over."""


def in_memory() -> Path | None:
    """A folder in memory for what the tests write, if there is plenty of both room and memory: they make some
    thousand stores and snapshots and see each on the disk, for which they would wait. None: where temporary
    files lie otherwise (TMPDIR)."""
    try:
        there = os.statvfs(MEMORY)
        known = dict(line.split(":") for line in Path("/proc/meminfo").read_text("utf-8").splitlines())
        memory = int(known["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    usable = os.access(MEMORY, os.W_OK) and not there.f_flag & os.ST_NOEXEC and "TMPDIR" not in os.environ
    return MEMORY if usable and min(there.f_bavail * there.f_frsize, memory) >= ENOUGH else None


def ran(arguments: list[str], **changes: str | None) -> bool:
    """Whether a pytest run passed, with environment variables set (or, with None, removed). Compiled modules
    are kept even where that is turned off: the tests start hundreds of processes of ours."""
    changes = {"PYTHONDONTWRITEBYTECODE": None, **changes}
    environment = {k: v for k, v in {**os.environ, **changes}.items() if v is not None}
    command = [sys.executable, "-u", "-m", "pytest", *shared(), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main(options: list[str]) -> int:
    """0 if both passed and nothing that is required was left out. SQLite comes second, so that its summary
    stands last."""
    postgresql = next(needed for needed in PREREQUISITES if needed.marker == "postgres")
    quick = in_memory()
    with tempfile.TemporaryDirectory(prefix="guitu-tests-", dir=quick, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL, started by root, runs as nobody
        if quick is not None:
            os.environ["TMPDIR"] = folder
        note = Path(folder) / "note"
        good = _on_postgresql(options, postgresql, note)
        print("\n── SQLite ──", flush=True)
        good &= ran(
            ["tests", *options],
            GUITU_TEST_DATABASE="sqlite",
            GUITU_TEST_DATABASE_URL=None,
            GUITU_TEST_NOTE=str(note),
        )
    return 0 if good else 1


def _on_postgresql(options: list[str], postgresql: Prerequisite, note: Path) -> bool:
    """The run on PostgreSQL, and what the other one has to add about it."""
    if postgresql.find() is None:
        said = f"Nothing ran on PostgreSQL: none was found. To run it: {postgresql.remedy}."
        note.write_text(said, encoding="utf-8")
        return not everything_is_required()
    print("\n── PostgreSQL ──", flush=True)
    suites = [suite for suite in ON_BOTH if (ROOT / suite).is_dir()]
    chosen = [*suites, "-m", "store and not browser and not exhaustive", *options]
    if ran(chosen, GUITU_TEST_DATABASE="postgresql"):
        return True
    said = "The run on PostgreSQL failed: see above. / PostgreSQL 上的测试未通过，见上文。"
    note.write_text(said, encoding="utf-8")
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
