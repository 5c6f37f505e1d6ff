"""Why an answer is what it is: a sentence, the articles, the entries that counted, the day, the sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Because:
    """The reasons of one answer. `steps` are the arithmetic, one line each, in the order it was done."""

    label: Label
    on: date
    cites: tuple[Citation, ...] = ()
    entries: tuple[UUID, ...] = ()
    steps: tuple[Label, ...] = ()
    rule: str = ""
    status: str = "verified"

    def __post_init__(self) -> None:
        if not (self.cites or self.entries or self.steps):
            raise ValueError("a reason needs an article, an entry or a sum")


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why. The one shape of every access answer."""

    allowed: bool
    reason: Label
    cites: tuple[Citation, ...] = ()
