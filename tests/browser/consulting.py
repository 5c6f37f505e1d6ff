"""Two doctors and somebody about whom the one asks the other."""

from __future__ import annotations

from typing import Any


def accepted(video: str = "yes", place: int = 801) -> dict[str, Any]:
    """A consultation that the hospital has accepted; the address it has. Accounts: doctor, and hospital."""
    from datetime import datetime

    from guitu.access import house
    from guitu.kernel.zone import CHINA
    from guitu.store import gate, staff, units
    from guitu.store.units import NewUnit, tree
    from tests.browser.seed import PASSWORD
    from tests.store.writing import Pen

    if tree().get("46H01") is None:
        units.add([NewUnit("46H01", "示范省人民医院", "hospital", "46")])
        staff.add("hospital", PASSWORD, "李医生", [("hospital_doctor", "46H01")])
    pen = Pen(place, author="doctor", unit="46J01")
    of_hospital = Pen(place + 50, author="hospital", unit="46H01")
    of_hospital.file = pen.file
    vitals = pen.entry("vitals", "2026-11-20", time=830, systolic=168, diastolic=102)
    consent = pen.entry("remote_consent", "2026-11-22", answer="yes", by="self", video=video, named="no")
    request = pen.entry(
        "remote_request",
        "2026-11-22",
        hospital="46H01",
        urgency="today",
        question="怎样调整用药？",
        summary="血压控制不好",
        consent=str(consent.id),
        shares=str(vitals.id),
    )
    answer = of_hospital.entry(
        "remote_answer", "2026-11-22", to=str(request.id), answer="accepted", signed="李医生"
    )
    gate.record_many(
        [
            pen.person("安大明"),
            pen.entry("order", "2026-01-05", measure="compulsory_isolation"),
            pen.entry("served", "2026-01-05"),
            pen.entry("admission", "2026-01-06", place="justice_centre", centre="46J01"),
            pen.entry("responsible_unit", "2026-01-06", unit="46J0101"),
            vitals,
            consent,
            request,
            answer,
        ],
        actor=house(),
        now=datetime(2026, 11, 22, 9, 0, tzinfo=CHINA),
    )
    return {"where": f"/remote/{request.id}/"}


def left_in_rooms() -> list[int]:
    """How many people and messages are left in all rooms."""
    from guitu.web.models import RoomPlace, RoomWord

    return [RoomPlace.objects.count(), RoomWord.objects.count()]
