"""Everything that can be checked without running the product: `make check`. All run; one failure fails."""

from __future__ import annotations

import subprocess
import sys
import time
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


def main() -> int:
    """Run each check, print its output only if it fails, and count the failures."""
    failed = 0
    for name, arguments in CHECKS:
        began = time.monotonic()
        ran = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, text=True, capture_output=True, check=False
        )
        good = ran.returncode == 0
        print(f"{'✓' if good else '✕'} {name}  {time.monotonic() - began:.1f} s", flush=True)
        if not good:
            failed += 1
            print(ran.stdout + ran.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
