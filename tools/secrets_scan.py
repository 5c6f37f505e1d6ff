"""Whether something secret was put among the sources: run by tools/check.py over every tracked file.

Looks for private keys, tokens of well-known services, addresses with a password in them, and long random
texts given to a name that sounds secret. What is none, though it looks like one, stands in ALLOWED with its
reason.
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PATTERNS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud access key": re.compile(
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bLTAI[0-9A-Za-z]{12,24}\b|\bAKID[0-9A-Za-z]{13,40}\b"
    ),
    "a repository token": re.compile(
        r"\b(?:gh[pousr]_[0-9A-Za-z]{30,}|github_pat_[0-9A-Za-z_]{40,}|glpat-[\w-]{20,})"
    ),
    "a package token": re.compile(r"\bpypi-[A-Za-z0-9_-]{40,}|\bnpm_[A-Za-z0-9]{30,}"),
    "a chat token": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}"),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    "an address with a password": re.compile(
        r"\b[a-z][a-z0-9+]*://[^\s/:@{}\"'<>]+:(?!\{|\*|%s|密码|password|…)[^\s/@{}\"'<>]{4,}@"
    ),
}
ASSIGNED = re.compile(
    r"(?i)\b[\w.-]*(?:secret|passw(?:or)?d|token|api_?key|private_?key|master_?key|credential)[\w.-]*[\"']?\s*[:=]\s*"
    r"[\"']([A-Za-z0-9+/=_-]{20,})[\"']"
)
LEAST_BITS = 3.6
"""Bits of surprise in each character of a text that counts as random; English words have some 3."""

ALLOWED: dict[str, str] = {
    # text that is found: why it is no secret
    "0123456789abcdefghijklmnop": "an alphabet",
    "password-of-tests": "said by tests, to stores that live for seconds",
}
MOST = 2_000_000
"""Bytes of a file that is looked into; the largest are tables of places."""


def bits(text: str) -> float:
    """Shannon's measure: the mean bits that each character of the text carries."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def secrets_in(text: str) -> list[tuple[int, str]]:
    """Line and kind of everything that looks secret."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if any(allowed in line for allowed in ALLOWED):
            continue
        found += [(number, kind) for kind, pattern in PATTERNS.items() if pattern.search(line)]
        for assigned in ASSIGNED.finditer(line):
            if bits(assigned[1]) >= LEAST_BITS and re.search(r"\d", assigned[1]):
                found.append((number, "a random text under a secret name"))
    return found


def tracked() -> list[Path]:
    """Every file that is kept in the repository."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in names.decode().split("\0") if name]


def main() -> int:
    """Look into every tracked file; 1 if anything was found. The secret itself is not printed again."""
    bad = 0
    for path in tracked():
        if not path.is_file() or path.stat().st_size > MOST:
            continue
        data = path.read_bytes()
        if b"\0" in data[:4096]:
            continue
        for number, kind in secrets_in(data.decode("utf-8", "replace")):
            print(f"{path.relative_to(ROOT)}:{number}: looks like {kind}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
