"""People for the tests of the worker's phone, and what the office then has of them. Plain JSON in and out."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guitu.kernel.zone import CHINA

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
NAMES: Final = ("符小海", "王秀英", "陈建国", "黄晓东", "吴海平")


def people(start: int = 0, names: tuple[str, ...] = NAMES) -> list[dict[str, str]]:
    """People in community treatment in the village, and whose id each file has."""
    from guitu.access import house
    from guitu.store import gate, read
    from tests.store.writing import VILLAGE, Pen

    made = []
    for place, name in enumerate(names, start=start):
        pen = Pen(700 + place)
        file = pen.on_community_treatment(name=name, unit=VILLAGE, served="2026-05-01")
        gate.record_many([*file, pen.entry("reporting_in", "2026-05-10")], actor=house(), now=NOW)
        view = read.file_view(pen.file)
        assert view is not None
        made.append({"id": str(pen.file), "no": view.case_no, "name": name})
    return made


def entries(file: str, kind: str) -> list[dict[str, Any]]:
    """What the office has of a kind in a file."""
    from guitu.store import engine, read

    with engine.house():
        view = read.file_view(UUID(file))
    assert view is not None
    return [
        {"id": str(e.id), "on": e.happened_on.isoformat(), "fields": {k: str(v) for k, v in e.fields.items()}}
        for e in view.entries
        if e.kind == kind
    ]


def corrected(file: str, kind: str, fields: dict[str, str]) -> None:
    """The office corrects the last entry of that kind."""
    from dataclasses import replace

    from guitu.access import house
    from guitu.kernel.ids import uuid7
    from guitu.store import engine, gate, read

    with engine.house():
        view = read.file_view(UUID(file))
        assert view is not None
        last = [e for e in view.entries if e.kind == kind and not e.corrects][-1]
        again = replace(
            last, id=uuid7(int(NOW.timestamp() * 1000), os.urandom(10)), recorded_at=NOW, author="town",
            source="", fields={**last.fields, **fields}, corrects=last.id, reason="单位核对后更正",
        )  # fmt: skip
        gate.record(again, actor=house(), now=NOW)


def pictures(file: str) -> list[dict[str, Any]]:
    """The photos and signatures of a file."""
    from guitu.store import engine, read
    from guitu.store.models import Attachment

    with engine.house():
        view = read.file_view(UUID(file))
    assert view is not None
    return [{"what": a.what, "bytes": a.size} for a in Attachment.objects.filter(file=view.no)]


def moves(file: str) -> None:
    """Somebody else answers for the person from today on."""
    from guitu.access import house
    from guitu.casefile import Entry
    from guitu.kernel.ids import uuid7
    from guitu.store import gate
    from tests.store.writing import WEST_VILLAGE

    entry = Entry(
        id=uuid7(int(NOW.timestamp() * 1000), b"moved-away"),
        file=UUID(file),
        kind="responsible_unit",
        happened_on=NOW.date(),
        recorded_at=NOW,
        author="house",
        unit="469023",
        fields={"unit": WEST_VILLAGE, "worker": "吴西子"},
    )
    gate.record_many([entry], actor=house(), now=NOW)


def wipes(account: str, what: str = "wipe_erase") -> None:
    """Every phone of the account is ordered to erase itself: all that is on it, or all but what is unsent."""
    from django.contrib.auth.models import User

    from guitu.web.accounts import phones

    user = User.objects.get(username=account)
    for phone in phones.of_account(user.pk):
        phones.order(user.pk, phone.id, what)


def open_phones(account: str) -> int:
    """How many phones the account has open."""
    from guitu.store import engine

    found = engine.row(
        "SELECT count(*) FROM web_workphone p JOIN auth_user u ON u.id = p.user_id"
        " WHERE u.username = %s AND p.state = 'open'",
        [account],
    )
    assert found is not None
    return int(found[0])


def put_away() -> None:
    """Every phone is ended: an account has five at most, and each test takes one anew."""
    from guitu.store import engine

    engine.execute("UPDATE web_workphone SET state = 'ended' WHERE state = 'open'")
