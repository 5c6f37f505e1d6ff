"""What may be unsafe in a deployment: one module for each place to look, found by its name.

A module has `CHECKS`: functions without arguments that yield what they found. A check never changes anything,
and one that cannot be made says so instead of passing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Literal

from guitu.kernel.labels import Label

State = Literal["grave", "warning", "unknown", "good"]
"""`grave`: people's data is open, or what was written may be lost. `unknown`: it could not be looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is so, why it matters, and what to do about it: one sentence each, the last two empty if it is
    good."""

    check: str
    state: State
    what: Label
    why: Label | None = None
    do: Label | None = None


Check = Callable[[], Iterator[Finding]]

CANNOT: Final = Label("这一项没有查成（{problem}）", "This could not be looked at ({problem})")
WHY_UNKNOWN: Final = Label("没有查过的不能当作没有问题", "What was not looked at is not known to be good")
LOOK_AGAIN: Final = Label("排除原因后再查一次", "Remove the cause and look again")


def checks() -> list[Check]:
    """Every check, in the order of the modules."""
    found: list[Check] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        found += import_module(f"{__name__}.{module}").CHECKS
    return found


def look() -> list[Finding]:
    """Everything that was found. A check that fails itself is unknown, with the kind of its failure only:
    what it was looking at stays where it is."""
    found: list[Finding] = []
    for check in checks():
        try:
            found += check()
        except Exception as problem:
            name = check.__name__
            cannot = CANNOT.fill(problem=type(problem).__name__)
            found.append(
                Finding(
                    name,
                    "unknown",
                    Label(f"{name}：{cannot.zh}", f"{name}: {cannot.en}"),
                    WHY_UNKNOWN,
                    LOOK_AGAIN,
                )
            )
    return found


def good(check: str, zh: str, en: str) -> Finding:
    """It is as it should be."""
    return Finding(check, "good", Label(zh, en))


def bad(check: str, state: State, what: Label, why: Label, do: Label) -> Finding:
    """It is not."""
    return Finding(check, state, what, why, do)
