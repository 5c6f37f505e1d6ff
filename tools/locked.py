"""Whether what is installed is what was locked: run by tools/check.py. Asks no network.

Every line of a lock has digests and no address; every installed distribution that a lock names has its
version. There is no list of known-bad versions here, because such a list is out of date the day after: `make
audit` asks an advisory service where there is a network, and where pip-audit is installed.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-spark.lock", "requirements-maps.lock")

PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
DIGEST = re.compile(r"--hash=sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})(?![0-9a-f])")
ADDRESS = re.compile(
    r"https?://|git\+|file:|--(?:extra-)?index-url|--find-links|--trusted-host|(?:^|\s)-e\s|\s@\s"
)
OUR_OWN = "guitu"
TOOLS = frozenset({"pip", "setuptools", "wheel"})
"""What a virtual environment brings by itself, in an edition of its own."""
SPARK = "pyspark"
"""Only by building this is one of those (setuptools) replaced by the locked one: `make setup-spark`."""


def faults_of(text: str, installed: dict[str, str]) -> list[str]:
    """What is wrong with one lock, and with what is installed beside it."""
    found = []
    for entry in entries_of(text):
        if address := ADDRESS.search(entry):
            found.append(f"holds an address: {address[0].strip()} in {entry[:60]!r}")
        pinned = PINNED.match(entry)
        if pinned is None:
            found.append(f"is not pinned to one version: {entry[:60]!r}")
            continue
        name, version = normalised(pinned["name"]), pinned["version"]
        marker = entry.partition(" --hash")[0].partition(";")[2].strip()
        here = not marker or Marker(marker).evaluate()  # one version for each Python, sometimes
        if not DIGEST.search(entry):
            found.append(f"has no digest: {name}=={version}")
        if here and (there := installed.get(name)) is not None and there != version:
            found.append(f"{name} is installed as {there}, locked as {version}")
    return found


def entries_of(text: str) -> list[str]:
    """The requirements of a lock, each on one line; comments left out."""
    lines = [re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines()]
    return [line.strip() for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def normalised(name: str) -> str:
    """A distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_here() -> dict[str, str]:
    """Every distribution that Python finds, by normalised name."""
    return {normalised(d.metadata["Name"]): d.version for d in metadata.distributions()}


def compared(installed: dict[str, str]) -> dict[str, str]:
    """What of it has to be as it was locked."""
    return {name: v for name, v in installed.items() if name not in TOOLS or SPARK in installed}


def unlocked(installed: dict[str, str], locks: list[str]) -> list[str]:
    """What is installed that no lock names. pip itself is the tool that installs."""
    known = {normalised(m["name"]) for text in locks for e in entries_of(text) if (m := PINNED.match(e))}
    return sorted(installed.keys() - known - {OUR_OWN} - TOOLS)


def main() -> int:
    """Check every lock; 1 if anything is wrong."""
    installed = installed_here()
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in LOCKS]
    found = [
        f"{name} {fault}"
        for name, text in zip(LOCKS, texts, strict=True)
        for fault in faults_of(text, compared(installed))
    ]
    found += [f"{name} is installed and in no lock" for name in unlocked(installed, texts)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
