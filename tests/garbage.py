"""The collector of cycles, in a run of tests.

By itself it looks through everything that the modules made – a million objects that stay – again and again: a
fifth of the time of a page. What is there once the tests are gathered stays to the end, so it is set aside;
and what comes after is looked through less often.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

NEW = 20_000
"""So many more containers made than let go, and the newest are looked through. Python's own 700 are reached
several times by one page."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Iterator[None]:
    """Gather the tests without looking, then set aside what is there."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(NEW, *gc.get_threshold()[1:])
        gc.enable()
