"""A class of thirty for the browser test of its register."""

from __future__ import annotations

from datetime import date, datetime
from itertools import product
from uuid import UUID

COURSE = UUID(int=4242)


def thirty() -> str:
    """A class that meets today, with thirty people on its list; the address of its register."""
    from guitu.access import house
    from guitu.kernel.zone import CHINA
    from guitu.store import gate, unitfiles
    from tests.browser.seed import TODAY
    from tests.store.writing import CENTRE
    from tests.web.inside import held

    now = datetime.fromisoformat(f"{TODAY}T09:00:00").replace(tzinfo=CHINA)
    on = date.fromisoformat(TODAY)
    names = tuple("".join(parts) for parts in product("王李张刘陈", "建国家", "明强"))
    pens = held(now, names, first=5700)  # other tests have people in the same store
    identity = str(COURSE)
    put = [
        pen.entry("course_enrolled", "2026-11-02", sort="law", subject="法律", course_id=identity)
        for pen in pens
    ]
    gate.record_many(put, actor=house(), now=now)
    day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[on.weekday()]
    course = {"title": "法律常识", "sort": "law", "first": date(2026, 11, 2), "course_id": identity}
    slot = {
        "course_id": identity,
        "weekday": day,
        "starts": "08:30",
        "ends": "10:10",
        "since": date(2026, 11, 2),
    }
    made = [unitfiles.new_entry(CENTRE, kind, on, fields, now=now)
            for kind, fields in (("course", course), ("course_slot", slot))]  # fmt: skip
    gate.record_many(made, actor=house(), now=now)
    return f"/education/register/{made[1].id}/?on={TODAY}"


def held_classes() -> list[dict[str, str]]:
    """What was recorded of classes."""
    from guitu.store import engine, unitfiles
    from guitu.store.units import tree
    from tests.store.writing import CENTRE

    with engine.house():
        counted = unitfiles.unit_file(tree().find(CENTRE)).counted()
    return [{name: str(value) for name, value in e.fields.items()} for e in counted if e.kind == "class_held"]
