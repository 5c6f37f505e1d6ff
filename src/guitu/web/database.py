"""Which database to use: SQLite in the data folder, or the PostgreSQL named in GUITU_DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN instead of failing half-way
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
}
"""FULL because an acknowledged entry must outlive a power cut."""

READINGS_OPTIONS: dict[str, Any] = {
    **SQLITE_OPTIONS,
    "init_command": SQLITE_OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=NORMAL"),
}
"""NORMAL because a page cannot wait for the disk: a power cut, and nothing else, may lose what was read in
its last moments. The file stays whole."""


def readings(entries: dict[str, Any]) -> dict[str, Any] | None:
    """The settings of the access log's own file beside an embedded database: whoever opens a case file must
    not wait for an import. None for PostgreSQL, where writers do not wait for each other."""
    if not entries["ENGINE"].endswith("sqlite3"):
        return None
    path = Path(entries["NAME"])
    return sqlite(path.with_name(f"{path.stem}.readings.sqlite3")) | {"OPTIONS": READINGS_OPTIONS}


def sqlite(path: Path) -> dict[str, Any]:
    """The settings of an embedded database at `path`."""
    return {
        "ENGINE": "guitu.store.sqlite3",
        "NAME": path,
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": None,
    }


def from_url(url: str) -> dict[str, Any]:
    """The settings for `postgresql://user:password@host:port/name?sslmode=…` or `sqlite:///path`.

    Raises ValueError with one sentence in both languages.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError(
            "GUITU_DATABASE_URL 应写成 postgresql://用户:密码@主机:端口/库名 / "
            "GUITU_DATABASE_URL must read postgresql://user:password@host:port/name"
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "guitu.store.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }
