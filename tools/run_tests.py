"""Runs every test: the suites that touch the database on PostgreSQL, and beside them everything on SQLite.

    python tools/run_tests.py [options for pytest]

Both runs happen even if the first fails. What this machine cannot run is named at the end with how to get it;
with `CI=true` or `GUITU_REQUIRE_ALL=1` that is a failure.
The last line is pytest's own summary of the larger run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.prerequisites import PREREQUISITES, Prerequisite, everything_is_required  # noqa: E402

ON_BOTH = ("tests/store", "tests/web", "tests/exchange", "tests/security")
"""The suites whose answer could depend on the database."""


def start(
    arguments: list[str], into: IO[bytes] | None = None, **changes: str | None
) -> subprocess.Popen[bytes]:
    """Begin a pytest run with environment variables set (or, with None, removed); what it says goes `into` a
    file, or to the terminal."""
    environment = {k: v for k, v in {**os.environ, **changes}.items() if v is not None}
    command = [sys.executable, "-u", "-m", "pytest", *arguments]
    said = subprocess.STDOUT if into is not None else None
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=into, stderr=said)


def tell(running: subprocess.Popen[bytes], path: Path) -> bool:
    """Say what a run has said so far, and all that it says until it ends; whether it passed."""
    with path.open("rb") as said:
        while True:
            ended = running.poll() is not None
            while chunk := said.read(1 << 16):
                sys.stdout.buffer.write(chunk)
                sys.stdout.buffer.flush()
            if ended:
                return running.returncode == 0
            time.sleep(0.2)


def main(options: list[str]) -> int:
    """Run both at the same time; 0 if both passed and nothing that is required was left out. What the run on
    SQLite says comes second, so that its summary stands last."""
    postgresql = next(needed for needed in PREREQUISITES if needed.marker == "postgres")
    with tempfile.TemporaryDirectory(prefix="guitu-tests-") as folder:
        log, note = Path(folder) / "sqlite.log", Path(folder) / "note"
        with log.open("wb") as into:
            sqlite = start(
                ["tests", *options],
                into,
                GUITU_TEST_DATABASE="sqlite",
                GUITU_TEST_DATABASE_URL=None,
                GUITU_TEST_NOTE=str(note),
            )
        try:
            good = _on_postgresql(options, postgresql, note)
            print("\n── SQLite ──", flush=True)
            good &= tell(sqlite, log)
        finally:
            sqlite.terminate()
            sqlite.wait()
    return 0 if good else 1


def _on_postgresql(options: list[str], postgresql: Prerequisite, note: Path) -> bool:
    """The run on PostgreSQL, and what the other one has to add about it."""
    if postgresql.find() is None:
        said = f"Nothing ran on PostgreSQL: none was found. To run it: {postgresql.remedy}."
        note.write_text(said, encoding="utf-8")
        return not everything_is_required()
    print("\n── PostgreSQL ──", flush=True)
    suites = [suite for suite in ON_BOTH if (ROOT / suite).is_dir()]
    chosen = [*suites, "-m", "not browser and not exhaustive", *options]
    running = start(chosen, GUITU_TEST_DATABASE="postgresql")
    if running.wait() != 0:
        said = "The run on PostgreSQL failed: see above. / PostgreSQL 上的测试未通过，见上文。"
        note.write_text(said, encoding="utf-8")
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
