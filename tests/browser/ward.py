"""A brigade with three people who are to be given something in the morning."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def three() -> dict[str, Any]:
    """Their case numbers, in the order of the round."""
    from guitu.access import house
    from guitu.kernel.zone import CHINA
    from guitu.store import gate, read
    from tests.store.writing import Pen

    cases = []
    for place, name in enumerate(("安大明", "白小林", "陈中和"), 701):
        pen = Pen(place, author="kang", unit="46J0101")
        gate.record_many(
            [
                pen.person(name),
                pen.entry("order", "2026-01-05", measure="compulsory_isolation"),
                pen.entry("served", "2026-01-05"),
                pen.entry("admission", "2026-01-06", place="justice_centre", centre="46J01"),
                pen.entry("responsible_unit", "2026-01-06", unit="46J0101"),
                pen.entry("prescription", "2026-11-20", drug="氨氯地平片", dose="1", dose_unit="片",
                          route="oral", often="once"),
            ],
            actor=house(),
            now=datetime(2026, 11, 22, 9, 0, tzinfo=CHINA),
        )  # fmt: skip
        view = read.file_view(pen.file)
        assert view is not None
        cases.append(view.case_no)
    return {"cases": cases}
