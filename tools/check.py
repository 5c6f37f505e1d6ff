"""Everything that can be checked without running the product: `make check`. All run, as many at a time as
there are cores; one failure fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS = (
    ("风格 / lint", ("-m", "ruff", "check", "src", "tests", "tools")),
    ("类型 / types of the core", ("-m", "mypy")),
    ("法条 / citations of every rule", ("-m", "guitu.cli.main", "policy", "check")),
    ("译文 / translations", ("tools/messages.py", "check")),
    ("依赖锁 / what is installed is what was locked, with digests and no addresses", ("tools/locked.py",)),
    ("泄密 / no key, token or password among the sources", ("tools/secrets_scan.py",)),
    ("参考文档 / generated docs match their sources", ("tools/reference.py", "--check")),
)


def ran(arguments: Sequence[str]) -> tuple[bool, float, str]:
    """Whether a check passed, the seconds it took, and what it printed."""
    began = time.monotonic()
    found = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, text=True, capture_output=True, check=False
    )
    return found.returncode == 0, time.monotonic() - began, found.stdout + found.stderr


def main() -> int:
    """Run each check, print its output only if it fails, in their order, and say whether any failed."""
    failed = False
    with ThreadPoolExecutor(os.cpu_count()) as several:
        found = several.map(ran, [arguments for _, arguments in CHECKS])
        for (name, _), (good, seconds, said) in zip(CHECKS, found, strict=True):
            print(f"{'✓' if good else '✕'} {name}  {seconds:.1f} s", flush=True)
            if not good:
                failed = True
                print(said, flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
