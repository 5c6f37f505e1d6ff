"""Somebody in a brigade who consented to VR and whose screen is clear, and somebody whose screen is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def two() -> dict[str, Any]:
    """Their case numbers: who may, and who may not; and a counsellor's account."""
    from guitu.access import house
    from guitu.capabilities.protocols.entries import CONTRAINDICATIONS
    from guitu.kernel.zone import CHINA
    from guitu.store import gate, read, staff
    from tests.browser.seed import PASSWORD
    from tests.store.writing import Pen

    staff.add("counsellor", PASSWORD, "林心", [("counsellor", "46J01")])
    cases = []
    for place, (name, epilepsy) in enumerate((("安大明", "no"), ("白小林", "yes")), 801):
        pen = Pen(place, author="kang", unit="46J0101")
        held = dict.fromkeys([n for n, _, _ in CONTRAINDICATIONS], "no") | {"epilepsy": epilepsy}
        gate.record_many(
            [
                pen.person(name),
                pen.entry("order", "2026-01-05", measure="compulsory_isolation"),
                pen.entry("served", "2026-01-05"),
                pen.entry("admission", "2026-01-06", place="justice_centre", centre="46J01"),
                pen.entry("responsible_unit", "2026-01-06", unit="46J0101"),
                pen.entry("protocol_consent", "2026-11-10", method="vr", voluntary="yes",
                          explained_by="康医生"),
                pen.entry("protocol_screen", "2026-11-11", method="vr",
                          cleared="no" if epilepsy == "yes" else "yes", **held),
            ],
            actor=house(),
            now=datetime(2026, 11, 22, 9, 0, tzinfo=CHINA),
        )  # fmt: skip
        view = read.file_view(pen.file)
        assert view is not None
        cases.append(view.case_no)
    return {"may": cases[0], "may_not": cases[1]}


def sessions(case_no: str) -> list[dict[str, Any]]:
    """The VR sessions in that file: what was answered."""
    from guitu.store import engine, read

    with engine.house():
        file = read.file_by_case_no(case_no)
        assert file is not None
        view = read.file_view(file)
    assert view is not None
    return [dict(e.fields) for e in view.case_file.counted() if e.kind == "vr_session"]
