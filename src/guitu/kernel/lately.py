"""What was worked out lately, kept in this process's memory up to a bound: what was asked for longest ago
goes first. Safe between threads; nothing on disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """Values by key. Together they never weigh more than `most`; `weigh` says how much one weighs, and always
    the same of the same value (without it: one each). A single value that weighs more is not kept."""

    def __init__(self, most: int, weigh: Callable[[V], int] | None = None) -> None:
        self._most, self._weigh = most, weigh
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        """The value of that key, which is now the one asked for last; None where it is not kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: K, value: V) -> None:
        """Keep it, in the place of what stood under that key."""
        with self._lock:
            self._drop(key)
            weight = self._of(value)
            if weight > self._most:
                return
            self._kept[key] = value
            self._weight += weight
            while self._weight > self._most:
                self._drop(next(iter(self._kept)))

    def forget(self, which: Callable[[K], bool] | None = None) -> None:
        """Keep nothing, or nothing of those keys."""
        with self._lock:
            for key in [key for key in self._kept if which is None or which(key)]:
                self._drop(key)

    def _of(self, value: V) -> int:
        return self._weigh(value) if self._weigh is not None else 1

    def _drop(self, key: K) -> None:
        if key in self._kept:
            self._weight -= self._of(self._kept.pop(key))
