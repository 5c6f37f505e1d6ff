"""The register: opening + in − out = closing, day by day, whoever moves where."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from guitu.exchange.packs.flow import moves, word_of
from guitu.indicators import Period
from tests.exchange.packing import OCTOBER, tables, under

Rows = list[dict[str, Any]]


def of(*people: tuple[dict[str, Any], ...]) -> tuple[Rows, Rows]:
    return [p[0] for p in people], [p[1] for p in people]


def test_who_begins_is_new_and_who_ends_leaves_by_the_way_the_measure_ended() -> None:
    measures, homes = of(
        under(1, "2026-01-05"),
        under(2, "2026-10-01"),
        under(3, "2026-10-31"),
        under(4, "2026-02-01", "2026-10-09", "expiry"),
        under(5, "2026-02-01", "2026-11-01", "death"),
    )
    found = moves(tables(measures, homes), [3], OCTOBER)
    assert (found.opening, found.closing) == (3, 4)
    assert dict(found.into) == {"new": 2, "moved_in": 0}
    assert dict(found.out) == {"expiry": 1}


def test_who_moves_leaves_one_unit_and_comes_to_the_other_and_stays_in_the_county() -> None:
    measures, homes = of(under(1, "2026-01-05"))
    homes.append({"person": 1, "from_day": date(2026, 10, 15), "unit": 4})
    there = tables(measures, homes)
    east, west, county = (moves(there, units, OCTOBER) for units in ([3], [4], [2, 3, 4]))
    assert (dict(east.out), east.closing) == ({"moved_out": 1}, 0)
    assert (dict(west.into)["moved_in"], west.opening, west.closing) == (1, 0, 1)
    assert (county.opening, county.closing, county.out) == (1, 1, ())


def test_a_measure_that_follows_another_without_a_day_between_is_no_movement() -> None:
    measures, homes = of(under(1, "2026-01-05", "2026-10-10", "change"))
    measures.append({**measures[0], "starts_on": date(2026, 10, 10), "ended_on": None, "ended_by": None})
    found = moves(tables(measures, homes), [3], OCTOBER)
    assert (found.opening, dict(found.into)["new"], found.out, found.closing) == (1, 0, (), 1)


def test_an_order_that_never_began_is_not_on_the_register() -> None:
    measures, homes = of(under(1, "2026-10-05"))
    measures[0]["starts_on"] = None
    found = moves(tables(measures, homes), [3], OCTOBER)
    assert (found.opening, found.closing) == (0, 0)


@pytest.mark.parametrize("seed", range(12))
def test_it_says_what_looking_at_every_day_by_hand_says(seed: int) -> None:
    dice = random.Random(seed)
    measures: Rows = []
    homes: Rows = []
    for person in range(25):
        day = date(2026, 1, 1) + timedelta(days=dice.randrange(300))
        for _ in range(dice.randrange(1, 4)):
            end = None if dice.random() < 0.3 else day + timedelta(days=dice.randrange(90))
            begun = day if dice.random() < 0.95 else None
            by = None if end is None else dice.choice(["expiry", "release", "death"])
            measures.append({"person": person, "starts_on": begun, "ended_on": end, "ended_by": by})
            if end is None:
                break
            day = end + timedelta(days=dice.choice([0, 0, 5, 40]))
        day = date(2025, 12, 20)
        for _ in range(dice.randrange(1, 4)):
            homes.append({"person": person, "from_day": day, "unit": dice.choice([1, 2, 3])})
            day += timedelta(days=dice.randrange(1, 200))

    def on(person: int, day: date) -> bool:
        mine = [h for h in homes if h["person"] == person]
        home = max((h for h in mine if h["from_day"] <= day), key=lambda h: h["from_day"], default=mine[0])
        return home["unit"] in (1, 2) and any(
            m["person"] == person
            and m["starts_on"] is not None
            and m["starts_on"] <= day
            and (m["ended_on"] is None or m["ended_on"] > day)
            for m in measures
        )

    there = tables(measures, homes)
    for period in (Period.month(2026, 5), Period.quarter(2026, 3)):
        found = moves(there, [1, 2], period)
        days = [period.first + timedelta(days=n - 1) for n in range((period.last - period.first).days + 2)]
        pairs = [(p, a, b) for p in range(25) for a, b in pairwise(days)]
        assert found.opening == sum(on(p, days[0]) for p in range(25))
        assert found.closing == sum(on(p, days[-1]) for p in range(25))
        assert sum(n for _, n in found.into) == sum(not on(p, a) and on(p, b) for p, a, b in pairs)
        assert sum(n for _, n in found.out) == sum(on(p, a) and not on(p, b) for p, a, b in pairs)


def test_every_way_has_a_word_in_both_languages() -> None:
    assert word_of("expiry").zh == "期满"
    assert word_of("moved_out").en == "Moved out"
