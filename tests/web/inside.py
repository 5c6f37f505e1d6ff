"""What the tests of pages inside a centre share: people held in one brigade, and a way to sign in there."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from guitu.access import house
from guitu.store import gate
from tests.store.writing import CENTRE, Pen

BRIGADE = "46J0101"
NAMES = ("符海生", "王小明", "陈大勇", "李文强")


def held(
    now: datetime, names: tuple[str, ...] = NAMES, born: str = "1990-03-05", first: int = 700
) -> list[Pen]:
    """People in the brigade, in compulsory isolation since June 2026; the pens of their files."""
    pens = [Pen(first + n, unit=CENTRE) for n in range(len(names))]
    files = [
        [
            pen.person(name, born),
            pen.entry("order", "2026-03-01", measure="compulsory_isolation", document_no="示例〔2026〕9号"),
            pen.entry("served", "2026-03-01"),
            pen.entry("admission", "2026-03-02", place="police_centre"),
            pen.entry("transfer", "2026-06-10", place="justice_centre", centre=CENTRE),
            pen.held_by(BRIGADE, "2026-06-10", worker="张某某"),
        ]
        for pen, name in zip(pens, names, strict=True)
    ]
    gate.record_many(list(chain.from_iterable(files)), actor=house(), now=now)
    return pens
