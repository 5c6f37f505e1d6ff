"""The sums of a table whose keys are tuples: place, period, breakdown … each with its own tree."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from guitu.indicators.disclosure.table import Says, Sum

Keys = tuple[Hashable, ...]


def sums_of(
    keys: Iterable[Keys],
    parents: Sequence[Mapping[Hashable, Hashable]],
    *,
    whole: Sequence[bool] | None = None,
    distinct: Iterable[int] = (),
) -> list[Sum]:
    """The sums that hold between `keys`. `parents` has one map per position of the key, child → what it is
    part of (town → county, month → quarter, sex → everybody); with an empty map nothing adds up along it.

    `whole` says per position whether the children named there are all there are; where it is False, or where
    a named child has no cell, the whole is only at least the sum. `distinct` lists positions along which one
    person may count several times. A count of nought needs its cell, with 0. The order follows the keys.
    """
    known = dict.fromkeys(keys)
    many = frozenset(distinct)
    found: list[Sum] = []
    for at, parent_of in enumerate(parents):
        children: dict[Hashable, list[Hashable]] = {}
        for child, parent in parent_of.items():
            children.setdefault(parent, []).append(child)
        complete = whole is None or whole[at]
        for key in known:
            named = children.get(key[at])
            if not named:
                continue
            parts = [(*key[:at], child, *key[at + 1 :]) for child in named]
            present = tuple(part for part in parts if part in known)
            if present:
                all_there = complete and len(present) == len(parts)
                found.append(Sum(key, present, _says(at in many, all_there)))
    return found


def _says(distinct: bool, all_there: bool) -> Says:
    if distinct:
        return "distinct" if all_there else "covers"
    return "all" if all_there else "some"
