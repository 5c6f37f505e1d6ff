"""The libraries: whether those that run are those that were locked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from packaging.markers import Marker

import guitu
from guitu.cli.doctor_checks import Check, Finding, bad, good
from guitu.kernel.labels import Label

LOCK: Final = Path(guitu.__file__).resolve().parents[2] / "requirements.lock"
_PINNED: Final = re.compile(
    r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\\n]*[^\\\s]))?", re.MULTILINE
)


def pinned(text: str) -> dict[str, str]:
    """The versions that a lock names for this Python and system, by normalised name."""
    return {
        normalised(name): version
        for name, version, marker in _PINNED.findall(text)
        if not marker or Marker(marker).evaluate()
    }


def normalised(name: str) -> str:
    """A distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def as_locked() -> Iterator[Finding]:
    """Compare every installed library that the lock names."""
    if not LOCK.is_file():
        yield bad(
            "packages",
            "unknown",
            Label("找不到依赖锁 requirements.lock", "The lock requirements.lock is not to be found"),
            Label("不知道运行的是不是核对过的版本", "Whether the checked versions run is not known"),
            Label(
                "从源码文件夹运行，或按锁重新安装", "Run from the source folder, or install anew by the lock"
            ),
        )
        return
    locked = pinned(LOCK.read_text(encoding="utf-8"))
    there = {normalised(d.metadata["Name"]): d.version for d in metadata.distributions()}
    differ = sorted(name for name, version in locked.items() if name in there and there[name] != version)
    if differ:
        name = differ[0]
        yield bad(
            "packages",
            "grave",
            Label(
                f"{name} 装的是 {there[name]}，锁定的是 {locked[name]}（共 {len(differ)} 个不同）",
                f"{name} is {there[name]}, locked is {locked[name]} ({len(differ)} differ)",
            ),
            Label("没有人核对过这个版本", "Nobody checked this version"),
            Label("运行 make setup，按锁重新安装", "Run make setup to install by the lock"),
        )
    else:
        yield good("packages", "依赖与锁一致", "The libraries are those of the lock")


CHECKS: Final[tuple[Check, ...]] = (as_locked,)
