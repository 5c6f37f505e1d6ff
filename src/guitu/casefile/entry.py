"""One fact in a case file. Never changed, never deleted: a mistake is corrected by a later entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

Value = str | int | date | None
"""What a field may hold. Days are `date`; choices, texts and codes are `str`; counts are `int`; a decimal
number is the `str` of its digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact.

    `id` is a UUIDv7 made where the entry was written. `file` is the case file it belongs to. `happened_on` is
    the day in the world; `recorded_at` is when the office knew, with a time zone. `author` is a staff
    account's name, `unit` the code of the office that wrote it. `corrects` is the entry it replaces (same
    kind) or, for kind `void`, withdraws. `source` says where it was copied from (a ledger file, sheet and
    row), if anywhere. `reason` is why a correction was made; it is encrypted at rest, for it names people.
    """

    id: UUID
    file: UUID
    kind: str
    happened_on: date
    recorded_at: datetime
    version: int = 1
    author: str = ""
    unit: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    corrects: UUID | None = None
    source: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("recorded_at needs a time zone")
        kept = {k: v for k, v in self.fields.items() if v or (v is not None and v != "")}
        object.__setattr__(self, "fields", MappingProxyType(kept))

    def __reduce__(self) -> tuple[Any, ...]:
        """How an entry travels to another process: as plain values, and its fields as they are."""
        return _arrived, (
            self.id.bytes, self.file.bytes, self.kind, self.happened_on.toordinal(), self.recorded_at,
            self.version, self.author, self.unit, dict(self.fields),
            self.corrects.bytes if self.corrects else b"", self.source, self.reason,
        )  # fmt: skip

    def get(self, name: str) -> Value:
        """The value of a field, or None where it was left empty."""
        return self.fields.get(name)

    def same_content(self, other: Entry) -> bool:
        """Whether two entries say the same: everything but when the office received them."""
        return (
            self.file == other.file
            and self.kind == other.kind
            and self.version == other.version
            and self.happened_on == other.happened_on
            and self.corrects == other.corrects
            and self.reason == other.reason
            and dict(self.fields) == dict(other.fields)
        )


def _arrived(
    identifier: bytes,
    file: bytes,
    kind: str,
    happened_on: int,
    recorded_at: datetime,
    version: int,
    author: str,
    unit: str,
    fields: dict[str, Value],
    corrects: bytes,
    source: str,
    reason: str,
) -> Entry:
    """The entry that set out."""
    return again(
        UUID(bytes=identifier), _file(file), kind, date.fromordinal(happened_on), recorded_at, version,
        author, unit, fields, UUID(bytes=corrects) if corrects else None, source, reason,
    )  # fmt: skip


def again(*parts: Any) -> Entry:
    """An entry made of the parts of one that was made before, in the order of its declaration: they are not
    looked at again. Its fields are a dict without empty values."""
    entry: Entry = _new(Entry)
    for put, part in zip(_PUT, parts, strict=True):
        put(entry, part)
    _PUT[_FIELDS](entry, MappingProxyType(entry.fields))
    return entry


_new = object.__new__
_PUT = tuple(getattr(Entry, one.name).__set__ for one in dataclass_fields(Entry))
_FIELDS = [one.name for one in dataclass_fields(Entry)].index("fields")


@lru_cache(maxsize=16)
def _file(identifier: bytes) -> UUID:
    """The entries of one file travel together."""
    return UUID(bytes=identifier)
