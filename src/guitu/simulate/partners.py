"""What the demonstration's town exchanges with the platform of its district: a file that came yesterday and
waits, a list that went out, and a consent."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Final

from guitu.access import Actor, Post, house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.partners import partners
from guitu.exchange.partners.proposing import CONSENT, exchange_entry
from guitu.exchange.partners.receiving import receive
from guitu.kernel.ids import uuid7
from guitu.simulate.accounts import DEMO_TOWN
from guitu.store import clock, gate, unitfiles
from guitu.store.home import contacts
from guitu.store.units import tree

PLATFORM: Final = "community_platform"
HOSPITAL: Final = "hospital"
_ROWS: Final = (
    ("走访", 1, "见到本人", "在家，正常"),
    ("电话", 2, "接通本人", "约下周来镇里"),
    ("帮扶", 2, "就业指导", "介绍到合作社"),
    ("走访", 3, "未见到", "邻居说下地了"),
    ("帮扶", 4, "就医", "陪同复查"),
    ("走访", 1, "好像在家", ""),
)
"""Sort of row, how many days ago, what came of it, what was noted; the last has a word nobody agreed on."""


def exchange(today: date, now: datetime) -> int:
    """Lay it over the province; how many lines wait to be decided."""
    town = tree().get(DEMO_TOWN)
    people = contacts.current(town)[: len(_ROWS)] if town is not None else ()
    if town is None or not people:
        return 0
    actor = Actor("town", (Post("town_office", DEMO_TOWN),))
    partner = partners()[PLATFORM]
    rows = ["流水号,档案编号,姓名,记录类型,发生日期,结果,说明"]
    for n, (line, (sort, days, what, note)) in enumerate(zip(people, _ROWS, strict=False), start=1):
        on = today - timedelta(days=days)
        rows.append(f"P{n:04},{line.case_no},{line.name},{sort},{on.isoformat()},{what},{note}")
    rows.append(f"P9999,469023-2000-99999,无此人,走访,{today.isoformat()},见到本人,")
    raw = "\n".join(rows).encode()
    taken = receive(partner, raw, "平台.csv", actor=actor, unit=town, now=now)
    out = exchange_entry(partner, "out", town, lines=len(people), author=actor.name, now=now)
    unitfiles.record(out, actor=actor, now=now)
    first = people[0]
    consent = Entry(
        id=uuid7(clock.milliseconds(now), os.urandom(10)),
        file=first.file,
        kind=CONSENT,
        version=kinds()[CONSENT].version,
        happened_on=today - timedelta(days=20),
        recorded_at=now,
        author=actor.name,
        unit=DEMO_TOWN,
        fields={"partner": HOSPITAL, "answer": "yes", "parts": "both", "until": today + timedelta(days=180)},
    )
    gate.record(consent, actor=house(), now=now)
    return len(taken.proposed)
