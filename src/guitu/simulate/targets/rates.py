"""Rates of which a file fixes neither part: settled when everybody else is planned.

A whole rate has been kept whole all along. Below it, an office left something out with as many people as the
rate says; that is planted, and listed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guitu.kernel.labels import Label
from guitu.simulate.targets import lives
from guitu.simulate.targets.answers import wanted
from guitu.simulate.targets.demand import NotPlanned, Rate
from guitu.simulate.targets.margins import Contradiction, denominator, numerator
from guitu.simulate.targets.people import Planner

_AT_LEAST: Final = 20  # people who are in a rate's whole if nothing else brings any


def settle(planner: Planner, faults: dict[int, str]) -> None:
    """Bring every open rate to the number printed; the files with a fault for it are noted by number."""
    for at, rate in enumerate(planner.rates):
        over, under = planner.fixed + 2 * at, planner.fixed + 2 * at + 1
        _enough(planner, rate, under)
        wanted_over = numerator(rate.rate, planner.totals[under], rate.per)
        assert wanted_over is not None
        if planner.totals[over] > wanted_over:
            _leave_out(planner, rate, over, under, wanted_over, faults)
        if planner.totals[over] != wanted_over:
            raise _not_met(rate, planner.totals[over], planner.totals[under])


def _enough(planner: Planner, rate: Rate, under: int) -> None:
    """So many people in the whole that some number of them gives the rate."""
    try:
        least = denominator(rate.rate, max(planner.totals[under], _AT_LEAST), rate.per)
    except Contradiction as problem:
        raise NotPlanned(problem.label, where=rate.over.name) from None
    if planner.totals[under] and numerator(rate.rate, planner.totals[under], rate.per) is not None:
        return
    line = planner.lines[under]
    choice = planner.frame.ways.choice(line.count.of)
    while planner.totals[under] < least:
        for _ in range(1500):
            if planner.one_for(under, choice):
                break
        else:
            raise _not_met(rate, planner.totals[under - 1], planner.totals[under])
    if numerator(rate.rate, planner.totals[under], rate.per) is None:
        _enough(planner, rate, under)


def _leave_out(
    planner: Planner, rate: Rate, over: int, under: int, wanted_over: int, faults: dict[int, str]
) -> None:
    asked = wanted(rate.over.count.of, rate.over.count.where)
    named = wanted(rate.under.count.of, rate.under.count.where)
    left_out = [c.of for c in asked.companions if c not in named.companions]
    order = list(range(len(planner.recipes)))
    planner.rng.shuffle(order)
    world = planner.frame.world
    for host in order:
        if planner.totals[over] <= wanted_over:
            return
        recipe = planner.recipes[host]
        before = planner.ledger.counted(lives.file_of(lives.live(recipe, world).facts, world))
        if not before.get(over):
            continue
        for kind in left_out:
            tried = replace(recipe, without=recipe.without | {kind})
            after = planner.ledger.counted(lives.file_of(lives.live(tried, world).facts, world))
            change = {i: after.get(i, 0) - before.get(i, 0) for i in {*before, *after}}
            if {i for i, n in change.items() if n} == {over} and change[over] < 0:
                recipe.without, recipe.fault = tried.without, f"without_{kind}"
                planner.count(change)
                faults[recipe.number] = recipe.fault
                break


def _not_met(rate: Rate, over: int, under: int) -> NotPlanned:
    return NotPlanned(
        Label(
            f"“{rate.over.name}”印作 {rate.rate}，与文件中其他数字一起只能做到 {over}/{under}",
            f"“{rate.over.name}” is printed as {rate.rate}; beside the file's other figures it comes to"
            f" {over} of {under}",
        )
    )
