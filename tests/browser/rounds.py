"""Checkpoints and a plan of rounds for the browser test of the patrol."""

from __future__ import annotations

from datetime import date, datetime

CODES = {"大门": "AAAA2222", "食堂": "BBBB3333", "车间": "CCCC4444"}


def planned() -> None:
    """Three checkpoints of the centre and a round past them."""
    from guitu.access import house
    from guitu.kernel.zone import CHINA
    from guitu.store import unitfiles
    from tests.browser.seed import TODAY

    now = datetime.fromisoformat(f"{TODAY}T09:00:00").replace(tzinfo=CHINA)
    first = date(2026, 1, 1)
    some = [
        ("checkpoint", {"name": name, "code": code, "place": "门口", "look": "门锁\n灭火器"})
        for name, code in CODES.items()
    ]
    plan = {"name": "白天", "times": "08:00 20:00", "within": 60, "points": " ".join(CODES.values()),
            "state": "in_force"}  # fmt: skip
    for kind, fields in [*some, ("patrol_plan", plan)]:
        entry = unitfiles.new_entry("46J01", kind, first, fields, now=now, author="centre", office="46J01")
        unitfiles.record(entry, actor=house(), now=now)


def hanging() -> bool:
    """Whether they are there already."""
    from guitu.store.centre import safety
    from guitu.store.units import tree

    return bool(safety.hanging(tree().find("46J01")))


def walked() -> list[dict[str, str]]:
    """The rounds that were recorded."""
    from guitu.store import engine, unitfiles
    from guitu.store.units import tree

    with engine.house():
        counted = unitfiles.unit_file(tree().find("46J01")).counted()
    return [{k: str(v) for k, v in e.fields.items()} for e in counted if e.kind == "patrol_round"]
