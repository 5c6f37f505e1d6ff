"""What a pack is counted from. `Counter` is all that is asked; where rows lie is its own matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Protocol

from guitu import policy
from guitu.casefile.chain import sm3
from guitu.exchange.packs.flow import Moves
from guitu.indicators import Figure, Indicator, Period, Place


@dataclass(frozen=True, slots=True)
class Quality:
    """About the records written in the period: how many, how many of them late (`indicators.quality`), how
    many corrections and withdrawals."""

    written: int = 0
    late: int = 0
    corrected: int = 0
    withdrawn: int = 0


class Counter(Protocol):
    """Figures of everybody, as of one entry number (`seq`), as known at a moment, assessed for a day."""

    seq: int
    known: datetime
    on: date

    def places(self) -> Sequence[Place]:
        """Every unit, parents before children."""
        ...

    def figures(
        self,
        indicators: Sequence[Indicator],
        places: Sequence[Place],
        periods: Sequence[Period],
        by: Sequence[str] = (),
    ) -> list[Figure]:
        """As `guitu.indicators.run`."""  # fmt: skip
        ...

    def moves(self, place: Place, period: Period) -> Moves:
        """Into and out of the register of a unit."""
        ...

    def quality(self, place: Place, period: Period) -> Quality:
        """About the records."""
        ...


@cache
def policy_digest() -> str:
    """A digest of the rules as they are: SM3 over every rule file and the words they use."""
    root = files("guitu.policy")
    parts: list[bytes] = [root.joinpath("names.yaml").read_bytes()]
    stack = [root.joinpath("rules")]
    found: list[tuple[str, bytes]] = []
    while stack:
        for one in stack.pop().iterdir():
            if one.is_dir():
                stack.append(one)
            elif one.name.endswith(".yaml"):
                found.append((str(one), one.read_bytes()))
    parts += [text for _, text in sorted(found)]
    return sm3(b"".join(len(p).to_bytes(4, "big") + p for p in parts)).hex()


@cache
def rights_findings() -> frozenset[str]:
    """The findings that mean a right of somebody is at risk, by the rules."""
    words = (version.word for rule in policy.all_rules() for version in rule.versions)
    named = {str(getattr(w, "name", "")) for w in words if getattr(w, "rights", False) is True}
    return frozenset(named & set(policy.names().findings) | {"overlapping_orders"})
