"""What lists show of a person, opened: it lies encrypted beside what the person is found by."""

from __future__ import annotations

from typing import NamedTuple

from guitu.store.keys import KeyProvider, provider


class Shown(NamedTuple):
    """A person in a list. All of it is empty where the name is not known, or was erased."""

    name: str = ""
    id_tail: str = ""
    birth_year: int | None = None


def text_of(shown: Shown) -> str:
    """As it is encrypted."""
    return f"{shown.name}\n{shown.id_tail}\n{shown.birth_year or ''}"


def shown(sealed: bytes | memoryview | None, guard: KeyProvider | None = None) -> Shown:
    """What stands in `store_person.sealed`. Whoever opens many asks for the provider once."""
    if not sealed:
        return Shown()
    parts = (guard or provider()).opened(bytes(sealed)).split("\n")
    return Shown(parts[0], parts[1], int(parts[2]) if parts[2] else None) if len(parts) == 3 else Shown()
