"""An entry as it is stored: canonical JSON of its open fields, the sealed part, and the way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry, Kind, Value
from guitu.casefile.chain import Link, digest_of
from guitu.casefile.entry import again
from guitu.compose import kinds
from guitu.store import clock
from guitu.store.engine import Row, day_of, uuid_of
from guitu.store.sealing import FileKeys, bound_to

COLUMNS: Final = (
    "file", "n", "id", "kind", "version", "happened_on", "recorded_ms", "stored_ms",
    "author", "unit", "corrects", "source", "body", "sealed", "digest",
)  # fmt: skip
"""What is written of an entry; `seq` is given by the database."""

READ: Final = ", ".join(COLUMNS)

REASON: Final = "#reason"
"""Under what a correction's reason stands in the sealed part; no field can have this name."""


def canonical_json(fields: Mapping[str, Value]) -> str:
    """Fields as JSON with sorted keys and no blanks: equal content, equal bytes."""
    return "{" + ",".join([_key(k) + _written(fields[k]) for k in sorted(fields)]) + "}"


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return f"{quoted(name)}:"


def _written(value: Value) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return "null" if value is None else str(int(value))


@cache
def _days_of(kind: str) -> frozenset[str]:
    return frozenset(ask.name for ask in kinds()[kind].fields if ask.type == "day")


def split(entry: Entry, kind: Kind, keys: FileKeys) -> tuple[str, bytes]:
    """The open fields as canonical JSON, and the sealed ones encrypted (empty if there are none)."""
    fields, hidden = entry.fields, kind.sealed_fields
    if not entry.reason and (not hidden or hidden.isdisjoint(fields)):
        return canonical_json(fields), b""
    secret = {name: value for name, value in fields.items() if name in hidden}
    if entry.reason:
        secret[REASON] = entry.reason
    sealed = keys.seal(kind.compartment, bound_to(entry.id, entry.kind), canonical_json(secret).encode())
    return canonical_json({name: v for name, v in fields.items() if name not in hidden}), sealed


def chained(
    entry: Entry, kind: Kind, keys: FileKeys, *, file: int, n: int, before: bytes, stored_ms: int
) -> Row:
    """The row of an entry that becomes the `n`th of a file, in the order of COLUMNS; its digest, which stands
    last, covers `before`."""
    body, sealed = split(entry, kind, keys)
    identifier, corrects = entry.id.bytes, entry.corrects
    day, recorded_ms = entry.happened_on.isoformat(), clock.milliseconds(entry.recorded_at)
    digest = digest_of(
        before,
        n,
        identifier,
        keys.file.bytes,
        entry.kind,
        entry.version,
        day,
        recorded_ms,
        entry.author,
        entry.unit,
        corrects.bytes if corrects else b"",
        entry.source,
        body,
        sealed,
        stored_ms,
    )
    return (
        file, n, identifier.hex(), entry.kind, entry.version, day, recorded_ms, stored_ms, entry.author,
        entry.unit, corrects.hex if corrects else None, entry.source, body, sealed, digest,
    )  # fmt: skip


def link_read(row: Row, file: UUID) -> Link:
    """What the chain covers of a stored row, in the order of COLUMNS."""
    return Link(
        row[1], uuid_of(row[2]), file, row[3], row[4], _a_day(row[5]), clock.moment(row[6]), row[8], row[9],
        uuid_of(row[10]) if row[10] else None, row[11], row[12], bytes(row[13]), row[7],
    )  # fmt: skip


def entry_read(row: Row, file: UUID, keys: FileKeys | None) -> Entry:
    """The entry in a stored row. Without `keys`, or with destroyed ones, its sealed fields are missing.

    A row of an older version is brought up to the present one by the kind's declared `upgrade`.
    """
    identifier, name = uuid_of(row[2]), row[3]
    kind = kinds()[name]
    fields: dict[str, Any] = json.loads(row[12])
    if row[13] and keys is not None:
        sealed = keys.unseal(kind.compartment, bound_to(identifier, name), bytes(row[13]))
        if sealed is not None:
            fields.update(json.loads(sealed))
    reason = fields.pop(REASON, "")
    for day in _days_of(name):
        if day in fields:
            fields[day] = date.fromisoformat(fields[day])
    version = row[4]
    if version < kind.version and kind.upgrade is not None:
        upgraded = kind.upgrade(fields)
        fields, version = {k: v for k, v in upgraded.items() if v is not None and v != ""}, kind.version
    return again(
        identifier, file, name, _a_day(row[5]), clock.moment(row[6]), version, row[8], row[9], fields,
        uuid_of(row[10]) if row[10] else None, row[11], reason,
    )  # fmt: skip


def _a_day(value: Any) -> date:
    day = day_of(value)
    assert day is not None
    return day
