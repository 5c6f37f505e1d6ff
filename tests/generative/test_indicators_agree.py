"""Every engine answers what the referee answers, on random rows and random declarations; and so does DuckDB
when its queries are written anew from their syntax trees, as other engines get them."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guitu.indicators import (
    All,
    Any_,
    AtLeast,
    AtMost,
    Change,
    Condition,
    Events,
    Exists,
    Indicator,
    Is,
    Known,
    LessThan,
    Measure,
    Median,
    Missing,
    MoreThan,
    Not,
    People,
    Period,
    Present,
    Published,
    Ratio,
    Rows,
    Stock,
    Sum,
    Survival,
    Within,
    check,
    run,
)
from guitu.indicators.engines.duck import DuckSource
from guitu.indicators.engines.memory import MemorySource
from guitu.indicators.measures import Count, counts
from guitu.kernel.errors import DeclarationError
from tests.generative.figures_world import (
    PERIODS,
    REACH,
    TABLES,
    TREE,
    declarations,
    declared_as,
    world,
    worlds,
    written,
)

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""No shrinking: a world comes from a seed, which would shrink to nothing better."""
MET: set[type] = set()
"""Every word of the language that has been part of a compared declaration with a number in its answer."""

moments = st.one_of(
    st.just(Known()),
    st.builds(
        Known,
        at=st.one_of(
            st.none(), st.integers(0, 30_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC))
        ),
        seq=st.one_of(st.none(), st.integers(1, 30)),
    ),
)


def words(thing: Any) -> set[type]:
    """The words of the language that a declaration is made of."""
    found: set[type] = set()
    if isinstance(thing, tuple):
        return found.union(*(words(part) for part in thing))
    if is_dataclass(thing) and not isinstance(thing, Indicator | Period):
        found.add(type(thing))
        for one in fields(thing):
            found |= words(getattr(thing, one.name))
    return found


EXAMPLES = int(os.environ.get("GUITU_FIGURES_EXAMPLES", "30"))
"""A nightly run asks for thousands."""


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    rows=worlds(),
    declared=declarations(),
    periods=st.lists(st.sampled_from(PERIODS), min_size=1, max_size=3, unique=True),
    places=st.lists(st.sampled_from(TREE), min_size=1, max_size=4, unique=True),
    by=st.sampled_from(((), (), ("sex",), ("age_band",), ("how",), ("sex", "how"))),
    known=moments,
    retold=st.booleans(),
)
def test_duckdb_gives_the_figures_of_the_referee(
    tmp_path: Path, rows: Any, declared: Any, periods: Any, places: Any, by: Any, known: Any, retold: bool
) -> None:
    asked = [_split(one, by) for one in declared]
    memory = MemorySource(rows, TABLES, TREE, REACH)
    duck = DuckSource(written(rows, tmp_path), TABLES, REACH, retold=retold)
    expected = run(asked, memory, places=places, periods=periods, by=by, known=known)
    assert run(asked, duck, places=places, periods=periods, by=by, known=known) == expected
    numbers = {figure.indicator for figure in expected if figure.value}
    for one in asked:
        if one.key in numbers:
            MET.update(words(one.value))


def _split(indicator: Indicator, by: tuple[str, ...]) -> Indicator:
    """The declaration, offering these breakdowns if all it counts can be split by them."""
    offering = replace(indicator, breakdowns=by)
    try:
        check(offering, TABLES, ["t.0"])
    except DeclarationError:
        return indicator
    return offering


@pytest.mark.slow
@settings(
    max_examples=max(10, EXAMPLES // 3),
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    rows=worlds(),
    declared=declarations(),
    period=st.sampled_from(PERIODS),
    place=st.sampled_from(TREE),
    known=moments,
    retold=st.booleans(),
)
def test_duckdb_opens_a_figure_to_the_same_rows_as_the_referee(
    tmp_path: Path, rows: Any, declared: Any, period: Any, place: Any, known: Any, retold: bool
) -> None:
    memory = MemorySource(rows, TABLES, TREE, REACH)
    duck = DuckSource(written(rows, tmp_path), TABLES, REACH, retold=retold)
    for indicator in declared[:-1]:
        for figure in run([indicator], memory, places=[place], periods=[period], known=known):
            for part in {"over", "under", "values", *figure.parts}:
                expected = memory.members(indicator, place, period, part, known)
                assert duck.members(indicator, place, period, part, known) == expected, part
                counted = dict(counts(indicator.value)).get(part)
                if counted is not None and any(person for person, _ in expected):
                    assert len({person for person, _ in expected}) == figure.parts.get(f"{part}.n", figure.n)


ONE_OF_EACH: dict[type, Condition] = {
    Is: Is("how", "a"),
    AtLeast: AtLeast("size", 3),
    MoreThan: MoreThan("size", 3),
    AtMost: AtMost("size", 3),
    LessThan: LessThan("size", 3),
    Missing: Missing("how"),
    Present: Present("how"),
    Within: Within("day", "later", 0, 400),
    All: All(Present("how"), Present("size")),
    Any_: Any_(Is("how", "a"), Is("how", "b")),
    Not: Not(Is("how", "a")),
    Exists: Exists(of="order", least=-200, most=200),
}
"""Every condition once, by which something is counted in the world below."""


@pytest.mark.parametrize("word", ONE_OF_EACH)
def test_every_condition_counts_the_same_rows_and_some(word: type, tmp_path: Path) -> None:
    rows = world(2026)
    indicator = declared_as(
        "t", Ratio(over=Events(of="visit", where=ONE_OF_EACH[word]), under=Events(of="visit"))
    )
    memory = MemorySource(rows, TABLES, TREE, REACH)
    duck = DuckSource(written(rows, tmp_path), TABLES, REACH)
    expected = run([indicator], memory, places=TREE, periods=[Period.year(2025)])
    assert run([indicator], duck, places=TREE, periods=[Period.year(2025)]) == expected
    assert expected[0].over
    assert expected[0].over < expected[0].under  # type: ignore[operator]
    MET.update(words(indicator.value))


ONE_MEASURE: dict[type, Any] = {
    Events: Events(of="visit"),
    People: People(of="visit"),
    Sum: Sum(of="talk", field="size"),
    Stock: Stock(of="measures"),
    Ratio: Ratio(over=People(of="visit"), under=People(of="order"), part=False),
    Change: Change(of="t.people", base="year"),
    Median: Median(of="order", then=Rows(of="visit")),
    Survival: Survival(start=Rows(of="order"), kept=(Rows(of="visit"),), months=(1, 3), at=3),
    Published: Published(series="x"),
}
"""Every measure once."""


@pytest.mark.parametrize("word", ONE_MEASURE)
def test_every_measure_gives_the_same_numbers_and_some(word: type, tmp_path: Path) -> None:
    rows = world(2020)
    indicator = declared_as("t", ONE_MEASURE[word])
    among = {"t.people": (declared_as("t.people", People(of="visit")),)}
    asked = {
        "places": TREE,
        "periods": [Period.year(2025), Period.month(2025, 12), *PERIODS[:3]],
        "among": among,
    }
    expected = run([indicator], MemorySource(rows, TABLES, TREE, REACH), **asked)
    assert run([indicator], DuckSource(written(rows, tmp_path), TABLES, REACH), **asked) == expected
    assert any(figure.value for figure in expected)
    MET.update(words(indicator.value))


@pytest.mark.parametrize("family", [Condition, Measure, Count])
def test_every_word_of_the_language_was_compared(family: Any) -> None:
    assert MET, "the comparison above runs first"
    assert {word.__name__ for word in get_args(family) if word not in MET} == set()
