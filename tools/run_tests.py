"""Runs every test: first the suites that touch the database on PostgreSQL, then everything on SQLite.

    python tools/run_tests.py [options for pytest]

Both runs happen even if the first fails. What this machine cannot run is named at the end with how to get it;
with `CI=true` or `GUITU_REQUIRE_ALL=1` that is a failure.
The last line is pytest's own summary of the larger run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.prerequisites import PREREQUISITES, everything_is_required  # noqa: E402

ON_BOTH = ("tests/store", "tests/web", "tests/exchange", "tests/security")
"""The suites whose answer could depend on the database."""


def run(title: str, arguments: list[str], **changes: str | None) -> bool:
    """One pytest run with environment variables set (or, with None, removed); whether it passed."""
    print(f"\n{title}", flush=True)
    environment = {k: v for k, v in {**os.environ, **changes}.items() if v is not None}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main(options: list[str]) -> int:
    """Run both; 0 if both passed and nothing that is required was left out."""
    postgresql = next(needed for needed in PREREQUISITES if needed.marker == "postgres")
    good, note = True, ""
    if postgresql.find() is not None:
        suites = [suite for suite in ON_BOTH if (ROOT / suite).is_dir()]
        good = run(
            "── PostgreSQL ──",
            [*suites, "-m", "not browser", *options],
            GUITU_TEST_DATABASE="postgresql",
        )
        note = (
            "" if good else "The run on PostgreSQL failed: see above. / PostgreSQL 上的测试未通过，见上文。"
        )
    else:
        good = not everything_is_required()
        note = f"Nothing ran on PostgreSQL: none was found. To run it: {postgresql.remedy}."
    good &= run(
        "── SQLite ──",
        ["tests", *options],
        GUITU_TEST_DATABASE="sqlite",
        GUITU_TEST_DATABASE_URL=None,
        GUITU_TEST_NOTE=note,
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
