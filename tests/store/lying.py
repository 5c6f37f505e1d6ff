"""What lies in a database's files, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

_READ = """
import sys
for path in sys.stdin.read().splitlines():
    with open(path, "rb") as file:
        sys.stdout.buffer.write(file.read())
"""


def bytes_of(paths: Iterable[Path]) -> bytes:
    """The bytes of these files, one after the other, read by another process: closing a database's file here
    would drop every lock that SQLite holds on it in this process (sqlite.org/howtocorrupt.html, 2.2), and the
    next process that opens and closes it would take its log away."""
    wanted = "\n".join(str(path) for path in paths if path.is_file())
    return subprocess.run(
        [sys.executable, "-c", _READ], input=wanted.encode(), stdout=subprocess.PIPE, check=True
    ).stdout
