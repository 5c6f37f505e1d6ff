"""The pictures of a pack, drawn from its content alone: the trends, and the map of the units below. A hidden
amount is not drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guitu.exchange.packs.content import Pack


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture in both forms."""

    svg: str
    png: bytes


def drawn(pack: Pack) -> Mapping[str, Drawn]:
    """The pictures by the names that the report asks for."""
    return {}
