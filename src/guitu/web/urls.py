"""The addresses: every folder under pages/ brings its own."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

from guitu.web import pages
from guitu.web.addresses import ByFirstWord


def discovered() -> list[URLPattern | URLResolver]:
    """The addresses of every page folder, in the order of their names."""
    found: list[URLPattern | URLResolver] = []
    for folder in sorted(m.name for m in pkgutil.iter_modules(pages.__path__) if m.ispkg):
        if find_spec(f"guitu.web.pages.{folder}.urls"):  # a folder that is being written has none yet
            found += import_module(f"guitu.web.pages.{folder}.urls").urlpatterns
    return found


addresses = discovered()
"""Every address of the product, one after the other."""
urlpatterns = [ByFirstWord(addresses)]
handler400 = "guitu.web.faults.bad_request"
handler403 = "guitu.web.faults.expired_form"
handler404 = "guitu.web.faults.not_found"
handler500 = "guitu.web.faults.broken"
