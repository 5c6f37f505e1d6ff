"""Which PostgreSQL the tests run on: the one named in GUITU_TEST_DATABASE_URL, or one that needs no set-up.

GUITU_TEST_DATABASE=postgresql  python -m pytest tests/store tests/web tests/exchange
"""

from __future__ import annotations

import os

from guitu.bench.postgres import CARELESS, Server

SETTINGS = {**CARELESS, "autovacuum": "off"}
"""Between tests every table is emptied: vacuuming after that takes a core and helps nobody."""


def wanted() -> bool:
    """Whether this run is to use PostgreSQL."""
    engine = os.environ.get("GUITU_TEST_DATABASE", "sqlite")
    if engine not in {"sqlite", "postgresql"}:
        raise ValueError(f"GUITU_TEST_DATABASE is “{engine}”; it may be sqlite or postgresql")
    return engine == "postgresql" or bool(os.environ.get("GUITU_TEST_DATABASE_URL"))


def url() -> str:
    """The address of a server on which databases may be made; started here if none is named."""
    return os.environ.get("GUITU_TEST_DATABASE_URL") or Server(SETTINGS).url
