"""Where complaints of a file's person are: in a file whose id follows from that of the case file."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

APART: Final = UUID("8d6c0a52-5b1e-4a36-9f0a-2f6f6f1d7c11")
"""Under which the id of a person's complaint file is made of the id of the case file."""


def file_id(person: UUID) -> UUID:
    """The id of the complaint file of a person's case file."""
    return uuid5(APART, person.hex)
