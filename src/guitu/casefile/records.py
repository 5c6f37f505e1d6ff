"""What has become of a file as a record, as its counted entries tell: sealed, closed, merged. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from guitu.casefile.entry import Entry

SEALED: Final = "record_sealed"
UNSEALED: Final = "record_unsealed"
CLOSED: Final = "monitoring_ended"
ERASED: Final = "record_erased"
MERGED_INTO: Final = "merged_into"
MERGED_FROM: Final = "merged_from"

TELLING: Final = frozenset({SEALED, CLOSED, ERASED, MERGED_INTO, MERGED_FROM})
"""Kinds without which a file is neither sealed, closed, erased nor merged."""

WAKES: Final = frozenset({"order", "relapse"})
"""What brings a sealed or closed file back: a person under a measure is in every list, whatever was sealed
before."""


def sealing(counted: Sequence[Entry]) -> Entry | None:
    """The entry that seals the file now, or None."""
    return _last(counted, SEALED, {UNSEALED})


def closing(counted: Sequence[Entry]) -> Entry | None:
    """The entry after which the person is followed no longer, or None."""
    return _last(counted, CLOSED, ())


def erased(counted: Sequence[Entry]) -> Entry | None:
    """The entry that says that who the person is was destroyed, or None. Nothing brings it back."""
    return next((e for e in counted if e.kind == ERASED and _whole(str(e.get("parts") or ""))), None)


def _whole(parts: str) -> bool:
    return not parts or "identity" in parts.split(",")


def hidden(file: UUID, counted: Sequence[Entry]) -> bool:
    """Whether the file stands in no list and no search."""
    return bool(merged_into(file, counted) or sealing(counted) or closing(counted) or erased(counted))


def _last(counted: Sequence[Entry], kind: str, ended_by: Iterable[str]) -> Entry | None:
    found: Entry | None = None
    for entry in counted:
        if entry.kind == kind and (found is None or entry.recorded_at >= found.recorded_at):
            found = entry
    if found is None:
        return None
    ends = set(ended_by)
    for entry in counted:
        if entry.kind in ends and entry.recorded_at >= found.recorded_at:
            return None
        if (
            entry.kind in WAKES
            and entry.happened_on >= found.happened_on
            and entry.recorded_at > found.recorded_at
        ):
            return None
    return found


def merged_into(file: UUID, counted: Sequence[Entry]) -> UUID | None:
    """The file that shows this one's entries since they were merged, or None."""
    found = [e for e in counted if e.kind == MERGED_INTO and e.file == file]
    return UUID(str(found[-1].get("other"))) if found else None


def merged_from(file: UUID, counted: Sequence[Entry]) -> tuple[UUID, ...]:
    """The files whose entries this one shows as its own."""
    return tuple(UUID(str(e.get("other"))) for e in counted if e.kind == MERGED_FROM and e.file == file)
