"""Whoever sees only figures cannot work out a hidden one, with every page of the tree open beside each other.

The attacker knows every shown figure, the tree, the measures that are named, and what the marks say; it tries
all whole numbers that fit (`test_disclosure_properties`).
"""

from __future__ import annotations

import os

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guitu.web.pages.units.told import NO_MEASURE, Told, tell
from tests.generative.test_disclosure_properties import _fits

EXAMPLES = int(os.environ.get("GUITU_DISCLOSURE", "100"))

Tree = dict[int, list[int]]
Cell = tuple[int, str]
"""A unit (its own people, who are in none below it: minus its number) and a measure, or * for all."""
Rows = list[tuple[list[tuple[Cell, int]], str, int]]

ALL = "*"
BUDGET = 4_000


@st.composite
def trees(draw: st.DrawFn) -> tuple[Tree, dict[int, dict[str, int]]]:
    """Up to three levels of units, with people under up to three measures, some of the units' own."""
    below: Tree = {0: []}
    count = 1
    for parent in (0, 1, 2):
        for _ in range(draw(st.integers(1, 3) if parent == 0 else st.integers(0, 3))):
            if parent in below:
                below[parent].append(count)
                below[count] = []
                count += 1
    names = draw(st.sampled_from((["a"], ["a", "b"], ["a", "b", "c"], ["a", NO_MEASURE])))
    sizes = draw(
        st.sampled_from(
            (st.integers(0, 2), st.integers(0, 12), st.integers(8, 30), st.sampled_from((0, 1, 9, 10)))
        )
    )
    large = draw(st.integers(0, len(names)))
    people: dict[int, dict[str, int]] = {unit: {} for unit in below}
    for unit in sorted(below, reverse=True):
        own = not below[unit] or draw(st.integers(0, 5)) == 0
        for at, name in enumerate(names):
            n = (draw(st.integers(10, 12) if at < large else sizes) if own else 0) + sum(
                people[child].get(name, 0) for child in below[unit]
            )
            if n:
                people[unit][name] = n
    return below, people


def counts(below: Tree, people: dict[int, dict[str, int]]) -> dict[Cell, int]:
    """All there is to know."""
    found: dict[Cell, int] = {}
    names = sorted({name for some in people.values() for name in some})
    for unit, children in below.items():
        for name in (ALL, *names):
            n = sum(people[unit].values()) if name == ALL else people[unit].get(name, 0)
            found[unit, name] = n
            if children:
                rest = n - sum(
                    sum(people[c].values()) if name == ALL else people[c].get(name, 0) for c in children
                )
                found[-unit - 100, name] = rest
    return found


def ceiling(true: dict[Cell, int]) -> int:
    """More than anybody would take any count for."""
    return 2 * max(*true.values(), 10)


def shown_of(told: Told, true: dict[Cell, int]) -> tuple[dict[Cell, int], dict[Cell, tuple[int, int]]]:
    """What the pages show, and between which numbers each hidden count of a mark must be."""
    shown: dict[Cell, int] = {}
    bounds: dict[Cell, tuple[int, int]] = {}
    most = ceiling(true)
    for cell, n in true.items():
        unit, name = cell
        mark = told.marks.get(unit, "") if name == ALL else told.measures.get(unit, {}).get(name, "")
        if unit < 0 or name == NO_MEASURE:  # stands on no page; nobody there is known
            if n == 0 and name == ALL:
                shown[cell] = 0
        elif name != ALL and not_told(told, unit, name, true):
            pass
        elif n == 0 or not mark:
            shown[cell] = n
        else:
            bounds[cell] = (1, 9) if mark == "small" else (min(n, 10), most)
    return shown, bounds


def not_told(told: Told, unit: int, name: str, true: dict[Cell, int]) -> bool:
    """Whether a unit's page leaves open how many are under a measure: nought is known where all people of the
    unit are under measures that are told, and at the top, where all that are not nought are named."""
    listed = told.measures.get(unit)
    if listed is None:
        return True
    if true[unit, name] or not unit:
        return bool(true[unit, name]) and name not in listed
    return sum(true[unit, other] for other in listed) < true[unit, ALL]


def rows_of(below: Tree, true: dict[Cell, int], shown: dict[Cell, int]) -> Rows:
    """Every sum that a reader knows of."""
    names = sorted({name for _, name in true})
    sums = [
        [(unit, name), *((child, name) for child in children), (-unit - 100, name)]
        for unit, children in below.items()
        if children
        for name in names
    ]
    sums += [[(unit, ALL), *((unit, n) for n in names if n != ALL)] for unit in sorted({u for u, _ in true})]
    rows: Rows = []
    for whole, *parts in sums:
        terms = [(whole, 1), *((part, -1) for part in parts)]
        unknown = [(cell, by) for cell, by in terms if cell not in shown]
        if unknown:
            rows.append((unknown, "=", -sum(by * shown[cell] for cell, by in terms if cell in shown)))
    return rows


@settings(max_examples=max(20, EXAMPLES // 2), deadline=None)
@given(trees())
def test_no_hidden_figure_of_a_tree_can_be_worked_out(case: tuple[Tree, dict[int, dict[str, int]]]) -> None:
    below, people = case
    told = tell(0, below, people)
    true = counts(below, people)
    shown, bounds = shown_of(told, true)
    assert not any(0 < n < 10 for n in shown.values()), "no small count is shown"
    rows = rows_of(below, true, shown)
    low = {cell: bounds.get(cell, (0, 0))[0] for cell in true if cell not in shown}
    high = {cell: bounds[cell][1] if cell in bounds else ceiling(true) for cell in low}
    assert all(low[cell] <= true[cell] <= high[cell] for cell in low), "the marks are true"
    for cell in low:
        n = true[cell]
        if n == 0 or (cell[0] < 0 and n >= 10) or cell[1] == NO_MEASURE:
            continue
        less = n > low[cell] and _fits(low, {**high, cell: n - 1}, rows, [BUDGET])
        assert less or _fits({**low, cell: n + 1}, high, rows, [BUDGET]), f"{cell} is known to be {n}"


@settings(max_examples=EXAMPLES, deadline=None)
@given(trees())
def test_what_is_large_everywhere_is_all_told(case: tuple[Tree, dict[int, dict[str, int]]]) -> None:
    below, people = case
    true = counts(below, people)
    assume(all(n == 0 or n >= 10 for (_, name), n in true.items()))
    assume(all(not some.get(NO_MEASURE) for some in people.values()))
    told = tell(0, below, people)
    assert not told.marks
    assert set(told.measures) == {unit for unit, some in people.items() if some}


def test_the_last_of_its_siblings_is_not_what_is_left() -> None:
    told = tell(0, {0: [1, 2, 3, 4]}, {0: {"a": 261}, 1: {"a": 114}, 2: {"a": 85}, 3: {"a": 57}, 4: {"a": 5}})
    assert told.marks == {4: "small", 1: "also"}
    assert told.measures.keys() == {0, 2, 3}


def test_two_of_nine_and_ten_of_one_are_not_named_by_their_sum() -> None:
    nines = tell(0, {0: [1, 2, 3]}, {0: {"a": 68}, 1: {"a": 9}, 2: {"a": 9}, 3: {"a": 50}})
    assert nines.marks == {1: "small", 2: "small", 3: "also"}
    ones = {n: {"a": 1} for n in range(1, 11)}
    alone = tell(0, {0: list(ones)}, {0: {"a": 10}, **ones})
    assert alone.marks[0] == "also", "ten units that have somebody have one each"
