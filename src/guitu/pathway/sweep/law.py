"""The law everybody is assessed under: the policy of each province, compiled once for the words of a
snapshot."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitu.casefile import Kind
from guitu.pathway.sweep.block import Meaning
from guitu.pathway.sweep.kernel import layout as at
from guitu.pathway.sweep.model import Model, compile_model
from guitu.pathway.sweep.tables import Words
from guitu.policy import Policy

Policies = Callable[[str], Policy]
"""The policy of a province, by the first two digits of its code; of no province, by an empty text."""


@dataclass(slots=True, eq=False)
class Law:
    """The policies, and what the codes of the snapshot mean. `codes` and `words` as in the snapshot's
    manifest.

    It travels to another process if `policies` does; what was compiled stays behind and is compiled anew."""

    policies: Policies
    codes: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    _under: dict[str, Under] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __reduce__(self) -> tuple[Any, ...]:
        return Law, (self.policies, dict(self.codes), dict(self.words))

    def under(self, region: str) -> Under:
        """The compiled law of a province."""
        with self._lock:
            found = self._under.get(region)
            if found is None:
                policy = self.policies(region)
                same = next((u for u in self._under.values() if u.model.policy is policy), None)
                found = same or Under(compile_model(policy, self.words))
                self._under[region] = found
            return found

    def kinds(self) -> Mapping[str, Kind]:
        """The declared kinds."""
        return self.under("").model.policy.kinds

    def meaning(self) -> Meaning:
        """What the codes of the snapshot mean."""
        return Meaning(self.codes, self.words, self.kinds())


class Under:
    """One compiled law, with what its codes are in the tables."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.words = words = Words.of(model.policy)
        self.measure = _places(model.measures, words.measures)
        self.ending = _places(model.endings, words.endings)
        self.finding = _places(model.findings, words.findings)
        self.duty = _places(tuple(o.word.name for o in model.duties), words.duties)
        self.record = _places(tuple(o.record for o in model.duties), words.records, np.int16)
        self.owed_by = np.array([int(o.word.owed_by == "person") for o in model.duties], np.int8)
        self.used = np.zeros(at.N_WORDS, np.int64)


def _places(
    names: tuple[str, ...], words: tuple[str, ...], kind: type[np.signedinteger[Any]] = np.int8
) -> NDArray[Any]:
    """The place of each name among the words, -1 where it is none of them."""
    place = {word: n for n, word in enumerate(words)}
    return np.array([place.get(name, -1) for name in names], kind)
