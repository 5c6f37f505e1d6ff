"""Which words of a bulletin mean which indicator: `words.yaml`, beside the labels of the declared
indicators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from guitu import compose
from guitu.kernel.labels import Label

_FAMILIES: Final = {
    "person": ("person",),
    "person_time": ("person_time",),
    "event": ("event",),
    "case": ("case",),
    "venue": ("venue",),
    "team": ("team",),
    "station": ("unit",),
    "unit": ("unit",),
    "batch": ("batch",),
    "award": ("person", "unit"),
    "yuan": ("yuan",),
    "kg": ("kg",),
    "percent": ("percent",),
    "permille": ("permille", "percent"),
}
"""What a number may count, by the unit of an indicator."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one indicator is called in running text."""

    key: str
    families: tuple[str, ...]
    says: tuple[tuple[str, ...], ...]
    never: tuple[str, ...] = ()
    role: str = ""
    unit: str = ""
    plausible: tuple[Decimal | None, Decimal | None] = (None, None)

    def said_in(self, before: str, after: str) -> int:
        """How strongly the words around a number mean this; 0 when they do not."""
        around = before + "\n" + after
        if any(word in around for word in self.never):
            return 0
        return max((_weight(words, around, before) for words in self.says), default=0)


def _weight(words: tuple[str, ...], around: str, before: str) -> int:
    total = 0
    for word in words:
        if word.endswith("$"):
            if not before.endswith(word[:-1]):
                return 0
        elif word not in around:
            return 0
        total += len(word)
    return total


@cache
def topics() -> tuple[Topic, ...]:
    """Every known topic: those of the table, and each declared indicator by its own label."""
    raw = yaml.safe_load(files("guitu.exchange.figures").joinpath("words.yaml").read_text(encoding="utf-8"))
    table = [_topic(entry) for entry in raw]
    keys = {topic.key for topic in table}
    return (*table, *(topic for topic in _declared() if topic.key not in keys))


@cache
def declared_labels() -> dict[str, Label]:
    """The labels of the declared indicators by key."""
    return {key: indicator.label for key, indicator in _indicators().items()}


def _indicators() -> dict[str, Any]:
    found: Callable[[], Any] | None = getattr(compose, "indicators", None)
    return {} if found is None else {one.key: one for one in found().values()}


def _declared() -> list[Topic]:
    found = []
    for key, indicator in _indicators().items():
        families = _FAMILIES.get(indicator.unit)
        name = indicator.label.zh
        if families and len(name) >= 4:
            bounds = indicator.plausible or (None, None)
            low, high = (None if bound is None else Decimal(str(bound)) for bound in bounds)
            found.append(Topic(key, families, ((name,),), unit=indicator.unit, plausible=(low, high)))
    return found


def _topic(entry: dict[str, Any]) -> Topic:
    low, high = (
        (Decimal(str(bound)) for bound in entry["plausible"]) if "plausible" in entry else (None, None)
    )
    return Topic(
        key=entry["key"],
        families=tuple(entry["families"]),
        says=tuple(tuple(one.split("&")) for one in entry["says"]),
        never=tuple(entry.get("not", ())),
        role=entry.get("role", ""),
        unit=entry.get("unit", ""),
        plausible=(low, high),
    )
