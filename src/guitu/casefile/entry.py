"""One fact in a case file. Never changed, never deleted: a mistake is corrected by a later entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

Value = str | int | date | None
"""What a field may hold. Days are `date`; choices, texts and codes are `str`; counts are `int`."""


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
        kept = {k: v for k, v in self.fields.items() if v is not None and v != ""}
        object.__setattr__(self, "fields", MappingProxyType(kept))

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
