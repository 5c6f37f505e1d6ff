"""A brigade of a hundred for the browser tests of the roll."""

from __future__ import annotations

from datetime import datetime
from itertools import product


def hundred() -> list[list[str]]:
    """A hundred people with a timetable, once; each one's number in the list, name, and initials."""
    from guitu.kernel.zone import CHINA
    from guitu.store.centre.brigade import own_keys
    from guitu.store.read import people
    from tests.browser.seed import TODAY
    from tests.web import brigade

    def listed() -> list[list[str]]:
        found, _ = people(
            brigade.BRIGADE, measure="compulsory_isolation", current=True, sort="name", size=400
        )
        return [[str(n), line.name, own_keys(line.name)[-1]] for n, line in enumerate(found, 1)]

    if not listed():
        now = datetime.fromisoformat(f"{TODAY}T09:00:00").replace(tzinfo=CHINA)
        names = tuple("".join(parts) for parts in product("王李张刘陈符吴林黄周", "建国家文海", "明强"))
        brigade.peopled(now, names)
        brigade.planned(now)
    return listed()


def rolls() -> list[dict[str, str]]:
    """What was recorded of today's rolls."""
    from guitu.store import engine, unitfiles
    from guitu.store.units import tree
    from tests.web.brigade import BRIGADE

    with engine.house():
        counted = unitfiles.unit_file(tree().find(BRIGADE)).counted()
    return [{name: str(value) for name, value in e.fields.items()} for e in counted if e.kind == "roll_call"]
