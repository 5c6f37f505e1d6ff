"""From how many people on a cluster is worth it, worked out of runs."""

from __future__ import annotations

import pytest

from guitu.bench.spark import Ran, breaks_even


def runs(*seconds: tuple[int, float, float]) -> list[Ran]:
    """People, seconds with one worker and without Spark; twenty seconds of starting."""
    there = [Ran(1, people, people * 60, 20.0, spark, 0.0) for people, spark, _ in seconds]
    here = [Ran(0, people, people * 60, 0.0, kernel, 0.0) for people, _, kernel in seconds]
    return [*there, *here]


def test_what_each_person_costs_comes_from_the_two_largest_runs() -> None:
    # the smallest run warms the engine up: it must not make a person seem to cost less than nothing
    ran = runs((1_000, 40.0, 0.1), (10_000, 3.0, 1.0), (100_000, 12.0, 10.0))
    figure = breaks_even(ran, 4)
    # a person costs 100 µs on a worker, 25 with four of them, 100 here: 22 s are won back after 293,333
    assert figure.value == pytest.approx(22.0 / 75e-6)


def test_as_many_machines_as_give_no_gain_never_win() -> None:
    figure = breaks_even(runs((10_000, 3.0, 0.5), (100_000, 12.0, 4.0)), 2)
    assert figure.value == float("inf")
    assert "never win" in figure.note
    assert "value" not in figure.data()


def test_runs_that_do_not_tell_give_no_number() -> None:
    figure = breaks_even(runs((10_000, 6.0, 1.0), (100_000, 5.0, 4.0)), 16)
    assert figure.value == float("inf")
    assert "not known" in figure.note
