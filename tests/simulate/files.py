"""A small province made to the figures of an invented targets file, planned once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from guitu.indicators.targets import Targets, parse, read
from guitu.simulate.targets import plan
from guitu.simulate.targets.plan import Plan
from tests.conftest import TODAY

YUNNAN = Path(__file__).with_name("yunnan.toml")
PEOPLE = 150


@cache
def yunnan() -> Targets:
    """Another province than the demonstration's, of which only the counties are known."""
    return read(YUNNAN)


def planned(targets: Targets | None = None, *, people: int = PEOPLE, seed: int = 5) -> Plan:
    """A plan of so many people as of the tests' today."""
    return plan.make(targets or yunnan(), people=people, seed=seed, today=TODAY)


def asking(*figures: str) -> Targets:
    """Targets with these figures: "key scope first last value unit", and "about" at the end for no exact one."""
    text = ""
    for at, figure in enumerate(figures):
        key, scope, first, last, value, unit, *about = figure.split()
        text += (
            f'[[figure]]\nkey = "{key}"\nlabel = "数{at}"\nscope = "{scope}"\nfrom = {first}\nuntil = {last}\n'
            f'value = {value}\nunit = "{unit}"\nexact = {"false" if about else "true"}\n'
        )
    return parse(text)
