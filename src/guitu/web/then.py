"""Names of then, beside those of today: a unit that was renamed since a day that is looked at."""

from __future__ import annotations

from guitu.kernel.labels import Label
from guitu.web.component import Text


def beside(name: str) -> Text:
    """What a unit was called, as a second line under its name of today; nothing without one."""
    return Label(f"时称 {name}", f"then {name}") if name else ""


def with_then(name: str, then: str) -> Text:
    """A unit's name of today, with the one of then where it had another."""
    return Label(f"{name}（时称 {then}）", f"{name} (then {then})") if then else name


def now(name: str) -> Text:
    """What a unit is called today, as a second line under the name that stands in something fixed."""
    return Label(f"现称 {name}", f"now {name}") if name else ""
