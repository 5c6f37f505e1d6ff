"""What was worked out of people's entries, kept as long as it would come out the same: a centre of two
thousand is worked out once, and then only whoever something was recorded about.

What is read of a file that has not grown is the same object again (`store.excerpts`), so that sameness is
told by identity; days, settings and plans are compared. Nothing about a reader is kept, and nothing on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from operator import is_
from typing import Final, Generic, TypeVar

from guitu.kernel.lately import Lately

MOST: Final = 20_000
"""Answers that one process keeps of a sort; which was asked for longest ago goes first."""

T = TypeVar("T")


class Worked(Generic[T]):
    """Answers of one sort, by file or unit."""

    def __init__(self, most: int = MOST) -> None:
        self._kept = Lately[Hashable, tuple[Sequence[object], tuple[object, ...], T]](most)

    def of(
        self, key: Hashable, same: Sequence[object], equal: tuple[object, ...], make: Callable[[], T]
    ) -> T:
        """The answer about `key`: the kept one where each of `same` is the very same object as then and
        `equal` is equal; else what `make` makes."""
        there = self._kept.get(key)
        if (
            there is not None and len(there[0]) == len(same)
            and all(map(is_, there[0], same)) and there[1] == equal
        ):  # fmt: skip
            return there[2]
        made = make()
        self._kept.keep(key, (same, equal, made))
        return made
