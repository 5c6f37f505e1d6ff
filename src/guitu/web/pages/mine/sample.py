"""A file as the store would open it, for the named states, which know no store."""

from __future__ import annotations

from guitu.casefile import CaseFile
from guitu.store.read import FileView
from guitu.store.units import Unit

VILLAGE = Unit(4, "469023101200", "东坡村", "village", 3, 4, ("46", "469023", "469023101", "469023101200"),
               (1, 2, 3, 4, None), None, None)  # fmt: skip


def sample(file: CaseFile) -> FileView:
    """The file, held by an invented village."""
    identity = next((dict(e.fields) for e in reversed(file.counted()) if e.kind == "person"), {})
    return FileView(
        1, file.id, "person", "469023-2026-00001", len(file.entries), file, identity, VILLAGE, "", {}
    )
