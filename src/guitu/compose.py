"""The one place where the pieces meet: every declared kind is found here and checked against the others."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

from guitu import capabilities
from guitu.casefile import Kind
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry
from guitu.policy import Policy, load


def _declared() -> Iterator[Kind]:
    for found in sorted(pkgutil.iter_modules(capabilities.__path__), key=lambda m: m.name):
        module = import_module(f"guitu.capabilities.{found.name}.entries")
        yield from module.KINDS


@cache
def kinds() -> Registry[Kind]:
    """Every kind of entry, by name. Discovered once: a new capability folder edits nothing here."""
    return Registry(Label("记录类型", "kind"), list(_declared()))


def policy(region: str = "", presets: Iterable[str] = ()) -> Policy:
    """The rules of a region (GB/T 2260 code or prefix), with the presets an office turned on."""
    return load(region, presets)


def kind(name: str) -> Kind:
    """The kind of that name; an unknown one is an error that suggests the nearest."""
    return kinds()[name]
