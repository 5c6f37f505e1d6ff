"""Why an answer is what it is: a sentence, the articles, the entries that counted, the day, the sum.

Most reasons are never read: a list of the day's work shows none of a thousand. So a reason keeps its sum as
forms and what fills them, and puts it into words when it is asked for its steps. Being a tuple of values, it
is frozen, and equal to another that says the same for the same reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self
from uuid import UUID

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label

Line = tuple[Callable[..., Label], tuple[Any, ...]]
"""A sentence not yet composed: the function of a module that composes it, and its values."""
Step = Label | Line


class _Reason(NamedTuple):
    """The values of a reason."""

    label: Label
    on: date
    cites: tuple[Citation, ...]
    entries: tuple[UUID, ...]
    sum: tuple[Step, ...]
    rule: str
    status: str


class Because(_Reason):
    """The reasons of one answer: articles, entries, or a sum, whose steps are the arithmetic, one line each,
    in the order it was done. A reason with none of them is a ValueError."""

    __slots__ = ()

    def __new__(
        cls,
        label: Label,
        on: date,
        cites: tuple[Citation, ...] = (),
        entries: tuple[UUID, ...] = (),
        steps: tuple[Step, ...] = (),
        rule: str = "",
        status: str = "verified",
    ) -> Self:
        if not (cites or entries or steps):
            raise ValueError("a reason needs an article, an entry or a sum")
        return tuple.__new__(cls, (label, on, cites, entries, steps, rule, status))

    @property
    def steps(self) -> tuple[Label, ...]:
        """The sum in words."""
        return tuple(step if isinstance(step, Label) else step[0](*step[1]) for step in self.sum)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why. The one shape of every access answer."""

    allowed: bool
    reason: Label
    cites: tuple[Citation, ...] = ()

    @property
    def article(self) -> str:
        """The first article the answer stands on, as it is written in a log; empty without one."""
        return str(self.cites[0]) if self.cites else ""
