"""The ledgers Guitu knows, one small module each. A new one is one new file here; no list is edited."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from guitu.exchange.ledgers.ledger import Ledger
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry


@cache
def ledgers() -> Registry[Ledger]:
    """Every declared ledger by name."""
    found = sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
    modules = [import_module(f"{__name__}.{m.name}") for m in found]
    return Registry(Label("台账", "ledger"), [module.LEDGER for module in modules])
