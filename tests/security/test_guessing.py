"""Addresses and ids that somebody guesses or copies, and form fields that no form of ours has."""

from __future__ import annotations

from uuid import UUID

import pytest

from guitu.casefile import Entry
from guitu.store import engine, read
from guitu.web.models import ImportBatch
from tests.security.world import POSTED, World, build, signed_in
from tests.store.writing import VILLAGE
from tests.web.recording import form_of, hidden, html


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


def entries_of(case: str) -> tuple[Entry, ...]:
    file = read.file_by_case_no(case)
    assert file is not None
    view = read.file_view(file)
    assert view is not None
    return view.entries


def stored() -> int:
    return int(engine.rows("SELECT count(*) FROM store_entry")[0][0])


def test_numbers_that_are_next_to_ones_own_open_nothing_and_say_nothing(world: World) -> None:
    """Case numbers count up; whether a guessed one exists cannot be told from the answer."""
    stranger = world.client("town_office", "outside")
    there = world.file("home").case
    head, _, last = there.rpartition("-")
    answers = {
        stranger.get(f"/files/{case}/").content.replace(case.encode(), b"")
        for case in (there, f"{head}-{int(last) + 7:05d}", "469023-2031-00001")
    }
    statuses = {stranger.get(f"/files/{case}/").status_code for case in (there, f"{head}-99999")}
    assert statuses == {404}
    assert len({len(answer) for answer in answers}) == 1
    by_id = str(world.file("home").entries["identity"][0].file)
    assert stranger.get(f"/files/{by_id}/").status_code == 404


def test_an_entry_is_corrected_only_in_its_own_file(world: World) -> None:
    reader = world.client("town_office", "home")
    mine, other = world.file("home"), world.file("centre")
    foreign = next(e for e in other.entries["support"] if e.kind == "remark")
    before = stored()
    for act in ("correct", "withdraw"):
        answer = reader.post(f"/files/{mine.case}/entries/{foreign.id}/{act}/", {"text": "改"})
        assert answer.status_code == 404
    assert stored() == before


def test_an_id_that_is_taken_in_another_file_is_refused_and_tells_nothing(world: World) -> None:
    reader = world.client("town_office", "home")
    mine, other = world.file("home"), world.file("centre")
    foreign = next(e for e in other.entries["support"] if e.kind == "remark")
    before = stored()
    answer = reader.post(
        f"/files/{mine.case}/record/remark/",
        {"id": str(foreign.id), "happened_on": "2026-11-20", "text": "占用别人的编号"},
    )
    assert answer.status_code == 400
    assert not other.shown_in(answer.content, asked=str(foreign.id))
    assert stored() == before


def test_an_import_of_another_unit_can_neither_be_seen_nor_undone(world: World) -> None:
    stranger = world.client("town_office", "outside")
    batch = ImportBatch.objects.get(pk=world.file("home").entries["identity"][0].file)
    for method, act in (
        ("get", ""),
        ("get", "progress/"),
        ("get", "held/"),
        ("post", "import/"),
        ("post", "undo/"),
    ):
        answer = getattr(stranger, method)(f"/ledgers/{batch.pk}/{act}")
        assert answer.status_code == 404, act
    above = world.client("town_office", "home")
    assert above.get(f"/ledgers/{batch.pk}/").status_code == 200
    assert above.post(f"/ledgers/{batch.pk}/undo/").status_code == 404
    batch.refresh_from_db()
    assert batch.state == "done"


def test_a_post_that_is_not_ones_own_cannot_be_chosen(world: World) -> None:
    own = signed_in("two-posts", [("town_office", POSTED["home"][1]), ("village_worker", VILLAGE)])
    world.client("provincial_supervisor", "outside")
    others = [r[0] for r in engine.rows("SELECT id FROM store_staffpost ORDER BY id")]
    for number in others:
        own.post("/post/", {"post": str(number)})
    page = html(own.get("/people/"))
    assert "邻县" not in page
    assert own.get(f"/people/?unit={POSTED['outside'][1]}").status_code == 404


def test_extra_fields_of_a_form_change_nothing_that_the_server_decides(world: World) -> None:
    reader = world.client("town_office", "home")
    mine, other = world.file("home"), world.file("centre")
    where = f"/files/{mine.case}/record/remark/"
    foreign = other.entries["support"][0]
    extra = {
        "author": "somebody",
        "username": "somebody",
        "unit": "469024",
        "recorded_at": "2000-01-01T00:00:00+08:00",
        "stored_at": "2000-01-01",
        "file": str(foreign.file),
        "case": other.case,
        "kind": "release",
        "version": "9",
        "corrects": str(foreign.id),
        "source": "forged",
        "reason": "forged",
        "digest": "00",
        "n": "1",
        "is_staff": "1",
        "role": "provincial_supervisor",
        "compartment": "identity",
        "sealed": "0",
    }
    there = len(entries_of(other.case))
    opened = form_of(reader, where)
    answer = reader.post(where, {**opened, **extra, "happened_on": "2026-11-20", "text": "多余的字段"})
    if answer.status_code == 200:  # asked once whether it is so
        answer = reader.post(
            where, {**opened, **extra, "happened_on": "2026-11-20", "text": "多余的字段", "checked": "1"}
        )
    assert answer.status_code == 302
    written = next(e for e in entries_of(mine.case) if e.id == UUID(opened["id"]))
    assert (written.kind, written.version, written.author) == ("remark", 1, "town_office-home")
    assert (written.unit, written.corrects, written.source, written.reason) == ("469023100", None, "", "")
    assert written.recorded_at.year > 2000
    assert dict(written.fields) == {"text": "多余的字段"}
    assert len(entries_of(other.case)) == there


def test_a_correction_cannot_be_bent_onto_another_file(world: World) -> None:
    reader = world.client("town_office", "home")
    mine, other = world.file("home"), world.file("centre")
    own = next(e for e in mine.entries["support"] if e.kind == "excuse")
    foreign = next(e for e in other.entries["support"] if e.kind == "excuse")
    where = f"/files/{mine.case}/entries/{own.id}/correct/"
    page = html(reader.get(where))
    sent = {
        "id": hidden(page, "id"),
        "happened_on": "2025-03-01",
        "of": "report_in",
        "grounds": "改",
        "correction_reason": "录错",
        "corrects": str(foreign.id),
        "entry": str(foreign.id),
        "case": other.case,
    }
    answer = reader.post(where, sent)
    if answer.status_code == 200:
        answer = reader.post(where, {**sent, "checked": "1"})
    assert answer.status_code == 302
    written = next(e for e in entries_of(mine.case) if e.id == UUID(sent["id"]))
    assert written.corrects == own.id
    assert all(e.corrects != foreign.id for e in entries_of(other.case))


def test_a_new_person_cannot_be_opened_into_an_existing_file(world: World) -> None:
    reader = world.client("town_office", "home")
    other = world.file("centre")
    page = html(reader.get("/people/new/"))
    ids = {name: hidden(page, name) for name in ("id", "file", "place")}
    before = entries_of(other.case)
    answer = reader.post(
        "/people/new/",
        {**ids, "file": str(before[0].file), "happened_on": "2026-11-20", "name": "冒名", "sex": "male"},
    )
    assert answer.status_code in (400, 403, 404, 422)
    assert entries_of(other.case) == before
