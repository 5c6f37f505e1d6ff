"""Files whose ids follow from something else: a person's complaints from the case file, a unit's own from its
code."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

APART: Final = UUID("8d6c0a52-5b1e-4a36-9f0a-2f6f6f1d7c11")
"""Under which the id of a person's complaint file is made of the id of the case file."""


def file_id(person: UUID) -> UUID:
    """The id of the complaint file of a person's case file."""
    return uuid5(APART, person.hex)


OF_UNITS: Final = UUID("5a1c7f0e-93d4-4c0b-8e55-0f3a4be1d2c6")
"""Under which the id of a unit's own file is made of the unit's code."""


def unit_file_id(code: str) -> UUID:
    """The id of the file of a unit's own work."""
    return uuid5(OF_UNITS, code)
