"""No hidden count can be worked out: an attacker with the published table, its sums and its marks tries.

The attacker shares no code with what it attacks. Two attacks: exact linear algebra over fractions (is the
hidden count fixed by the sums alone?), and an exhaustive search over whole numbers within the bounds that
the marks give.
"""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from guitu.indicators.disclosure import Cell, Sum, protect, sums_of

EXAMPLES = int(os.environ.get("GUITU_DISCLOSURE", "100"))
"""A nightly run asks for thousands."""

Key = tuple[str, ...]
Row = tuple[list[tuple[Key, int]], str, int]
"""Coefficients, "=" or "<=", right side."""


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[Key, int], list[Sum], int]:
    """Places in a tree, a breakdown and months: every total added up, sometimes with people counted once."""
    threshold = draw(st.sampled_from((2, 3, 5, 10)))
    small = st.integers(0, threshold + 2)
    counties = draw(st.integers(1, 3))
    places: dict[str, str] = {}
    for county in range(counties):
        places[f"c{county}"] = "p"
        for town in range(draw(st.integers(0, 2))):
            places[f"c{county}t{town}"] = f"c{county}"
    sexes = {f"s{n}": "*" for n in range(draw(st.integers(0, 2)))}
    months = {f"m{n}": "q" for n in range(draw(st.integers(0, 2)))}
    leaves = [p for p in ("p", *places) if p not in places.values()]
    counts: dict[Key, int] = {}
    for place, sex, month in product(leaves, sexes or ["*"], months or ["q"]):
        number = draw(small)
        for key in product(_up(place, places), _up(sex, sexes), _up(month, months)):
            counts[key] = counts.get(key, 0) + number
    trees = (places, sexes, months)
    hole = draw(st.sampled_from([None, *[k for k in counts if k[0] in leaves and len(counts) > 1]]))
    if hole is not None:
        counts.pop(hole)
    distinct = {2} if draw(st.booleans()) else set()
    return counts, sums_of(counts, trees, distinct=distinct), threshold


def _up(name: str, tree: dict[str, str]) -> list[str]:
    found = [name]
    while found[-1] in tree:
        found.append(tree[found[-1]])
    return found


def _knowledge(sums: list[Sum], shown: dict[Key, int]) -> list[Row]:
    """What the sums say about the hidden cells once the shown ones are put in."""
    rows: list[Row] = []
    for total in sums:
        whole, parts = total.whole, total.parts
        if total.says in ("all", "distinct"):
            sign = "=" if total.says == "all" else "<="
            rows.append(_row([(whole, 1), *((part, -1) for part in parts)], sign, shown))
        if total.says == "some":
            rows.append(_row([(whole, -1), *((part, 1) for part in parts)], "<=", shown))
        if total.says in ("distinct", "covers"):
            rows.extend(_row([(whole, -1), (part, 1)], "<=", shown) for part in parts)
    return [row for row in rows if row[0]]


def _row(terms: list[tuple[Key, int]], sign: str, shown: dict[Key, int]) -> Row:
    hidden = [(key, by) for key, by in terms if key not in shown]
    return hidden, sign, -sum(by * shown[key] for key, by in terms if key in shown)


def _fixed_by_algebra(rows: list[Row], unknown: list[Key]) -> set[Key]:
    """The unknowns that have the same value in every solution of the equations."""
    matrix = []
    for terms, sign, right in rows:
        if sign == "=":
            by = dict(terms)
            matrix.append([Fraction(by.get(key, 0)) for key in unknown] + [Fraction(right)])
    pivots: list[int] = []
    for column in range(len(unknown)):
        pivot = next((r for r in range(len(pivots), len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        at = len(pivots)
        matrix[at], matrix[pivot] = matrix[pivot], matrix[at]
        matrix[at] = [value / matrix[at][column] for value in matrix[at]]
        for other in range(len(matrix)):
            if other != at and matrix[other][column]:
                by_much = matrix[other][column]
                matrix[other] = [a - by_much * b for a, b in zip(matrix[other], matrix[at], strict=True)]
        pivots.append(column)
    free = [column for column in range(len(unknown)) if column not in pivots]
    return {unknown[c] for r, c in enumerate(pivots) if not any(matrix[r][f] for f in free)}


def _tighten(low: dict[Key, int], high: dict[Key, int], rows: list[Row]) -> bool:
    """Narrow the bounds until nothing changes; False when nothing fits."""
    changed = True
    while changed:
        changed = False
        for terms, sign, right in rows:
            least = sum(by * (low[k] if by > 0 else high[k]) for k, by in terms)
            most = sum(by * (high[k] if by > 0 else low[k]) for k, by in terms)
            if least > right or (sign == "=" and most < right):
                return False
            for key, by in terms:
                spare = right - (least - by * (low[key] if by > 0 else high[key]))
                if by > 0 and spare < high[key]:
                    high[key], changed = spare, True
                elif by < 0 and -spare > low[key]:
                    low[key], changed = -spare, True
                if sign == "=":
                    need = right - (most - by * (high[key] if by > 0 else low[key]))
                    if by > 0 and need > low[key]:
                        low[key], changed = need, True
                    elif by < 0 and -need < high[key]:
                        high[key], changed = -need, True
                if low[key] > high[key]:
                    return False
                if changed:
                    break
            if changed:
                break
    return True


def _fits(low: dict[Key, int], high: dict[Key, int], rows: list[Row], budget: list[int]) -> bool:
    budget[0] -= 1
    assert budget[0] > 0, "the attacker gave up: make the tables smaller"
    low, high = dict(low), dict(high)
    if not _tighten(low, high, rows):
        return False
    loose = [key for key in low if low[key] < high[key]]
    if not loose:
        return True
    key = min(loose, key=lambda k: high[k] - low[k])
    middle = (low[key] + high[key]) // 2
    return _fits(low, {**high, key: middle}, rows, budget) or _fits(
        {**low, key: middle + 1}, high, rows, budget
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables())
def test_every_hidden_count_could_be_another_number(case: tuple[dict[Key, int], list[Sum], int]) -> None:
    counts, sums, threshold = case
    protected = protect([Cell(key, count) for key, count in counts.items()], sums, threshold=threshold)
    shown = {key: cell.count for key, cell in protected.items() if not cell.hidden}
    hidden = [key for key, cell in protected.items() if cell.hidden]
    assert all(shown.get(key) == 0 for key, count in counts.items() if count == 0), "nought is never hidden"
    assert not any(0 < count < threshold for count in shown.values()), "no small count is shown"
    rows = _knowledge(sums, shown)
    assert not set(hidden) & _fixed_by_algebra(rows, hidden)
    ceiling = 2 * max([*counts.values(), 1])
    low = dict.fromkeys(hidden, 1)
    high = {k: threshold - 1 if protected[k].mark == "small" else ceiling for k in hidden}
    assert all(low[k] <= counts[k] <= high[k] for k in hidden), "the marks are true"
    for key in hidden:
        true = counts[key]
        below = true > low[key] and _fits(low, {**high, key: true - 1}, rows, [20_000])
        assert below or _fits({**low, key: true + 1}, high, rows, [20_000]), f"{key} is known to be {true}"


@settings(max_examples=max(20, EXAMPLES // 5), deadline=None)
@given(tables())
def test_the_same_table_gives_the_same_answer(case: tuple[dict[Key, int], list[Sum], int]) -> None:
    counts, sums, threshold = case
    cells = [Cell(key, count) for key, count in counts.items()]
    assert protect(cells, sums, threshold=threshold) == protect(cells, sums, threshold=threshold)


def test_the_attacker_does_work_out_what_is_hidden_carelessly() -> None:
    sums = [Sum(("all",), (("a",), ("b",)))]
    shown = {("all",): 12, ("b",): 9}
    assert _fixed_by_algebra(_knowledge(sums, shown), [("a",)]) == {("a",)}
    pair = _knowledge([Sum(("all",), (("a",), ("b",)))], {("all",): 18})
    low, high = {("a",): 1, ("b",): 1}, {("a",): 8, ("b",): 9}
    assert not _fits(low, high, pair, [1000]), "two of at most nine make eighteen only as nine and nine"
