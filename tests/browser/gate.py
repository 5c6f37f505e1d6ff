"""Somebody who has just come over from the police."""

from __future__ import annotations

from datetime import datetime


def came() -> str:
    """The case number of somebody whom the centre took over and of whom nothing is recorded yet."""
    from guitu.access import house
    from guitu.kernel.zone import CHINA
    from guitu.store import gate, read
    from tests.store.writing import Pen

    pen = Pen(801, author="intake", unit="46J01")
    gate.record_many(
        [
            pen.person("王来所"),
            pen.entry("order", "2026-11-01", measure="compulsory_isolation", document_no="示例〔2026〕1号"),
            pen.entry("served", "2026-11-01"),
            pen.entry("transfer", "2026-11-21", place="justice_centre", centre="46J01"),
            pen.entry("responsible_unit", "2026-11-21", unit="46J0101"),
        ],
        actor=house(),
        now=datetime(2026, 11, 22, 9, 0, tzinfo=CHINA),
    )
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def recorded(case: str) -> list[str]:
    """The kinds of what the gate recorded of this person, in the order in which it did."""
    from guitu.store import engine, read

    with engine.house():
        file = read.file_by_case_no(case)
        view = read.file_view(file) if file is not None else None
    assert view is not None
    return [e.kind for e in view.entries if e.author == "intake" and e.unit == "46J01"][5:]
