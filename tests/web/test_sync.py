"""The server's side of a worker's phone: what is sent is taken once and answered each time, what is given is
what the worker may see, and a phone that is lost is let in no more."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.access import house
from guitu.exchange.phone import giving
from guitu.store import attachments, engine, gate, read, staff
from guitu.web.accounts import phones
from tests.store.writing import TOWN, VILLAGE, WEST_VILLAGE, Pen
from tests.web.phoning import WorkPhone, entry
from tests.web.recording import html, signed_in

SEEN = {"mode": "visit", "result": "reached", "at_work": "yes"}
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def wang(places: object, now: datetime) -> Pen:
    """Somebody in the village, in community treatment."""
    pen = Pen(1, unit=VILLAGE)
    gate.record_many(pen.on_community_treatment(served="2026-10-02"), actor=house(), now=now)
    return pen


@pytest.fixture
def phone(wang: Pen) -> WorkPhone:
    return WorkPhone()


def stored(pen: Pen) -> list[Any]:
    view = read.file_view(pen.file)
    assert view is not None
    return list(view.entries)


def visit(pen: Pen, **more: Any) -> dict[str, Any]:
    return entry(pen.file, "follow_up", "2026-11-22", version=2, **{"fields": SEEN, **more})


def test_an_entry_is_taken_once_however_often_it_is_sent(phone: WorkPhone, wang: Pen) -> None:
    before = len(stored(wang))
    sent = visit(wang)
    first, again = phone.send(sent)[0], phone.send(sent)[0]
    assert first["state"] == again["state"] == "receipt"
    assert not first["receipt"]["repeated"]
    assert again["receipt"]["repeated"]
    assert first["receipt"]["digest"] == again["receipt"]["digest"]
    assert len(stored(wang)) == before + 1
    kept = stored(wang)[-1]
    assert (kept.author, kept.unit) == ("li", TOWN)
    assert kept.source.startswith(f"phone:{phone.told['device'][:8]} 2026-11-23T09:00")


def test_the_same_entry_twice_in_one_call_is_one(phone: WorkPhone, wang: Pen) -> None:
    sent = visit(wang)
    first, again = phone.send(sent, sent)
    assert again["receipt"] == {**first["receipt"], "repeated": True}


def test_an_id_with_other_content_is_shown_and_not_written(phone: WorkPhone, wang: Pen) -> None:
    sent = visit(wang)
    phone.send(sent)
    (other,) = phone.send({**sent, "fields": {**SEEN, "at_work": "no"}})
    assert other["state"] == "other_content"
    assert other["there"]["id"] == sent["id"]
    assert [e.get("at_work") for e in stored(wang) if e.kind == "follow_up"] == ["yes"]


def test_a_refused_entry_says_why_and_holds_up_nothing(phone: WorkPhone, wang: Pen) -> None:
    tomorrow = {**visit(wang), "happened_on": "2026-11-24"}
    empty = entry(wang.file, "urine_test", "2026-11-22")
    wrong, missing, right = phone.send(tomorrow, empty, visit(wang))
    assert (wrong["state"], wrong["code"]) == ("refused", "date_in_future")
    assert wrong["said"]["zh"]
    assert wrong["said"]["en"]
    assert missing["state"] == "refused"
    assert {f["field"] for f in missing["faults"]} == {"outcome"}
    assert right["state"] == "receipt"


def test_what_was_written_anew_stays_out_also_when_the_new_version_is_refused_in_its_turn(
    phone: WorkPhone, wang: Pen
) -> None:
    """The server, restored since, knows of no refusal but by what the new versions say."""
    first, second, third = visit(wang), visit(wang), visit(wang)
    second |= {"happened_on": "2026-11-24", "instead": first["id"]}
    third |= {"before": [first["id"]], "instead": second["id"]}
    (wrong,) = phone.send(second)
    assert (wrong["state"], wrong["code"]) == ("refused", "date_in_future")
    (late,) = phone.send(first)
    assert (late["state"], late["code"]) == ("refused", "refused_before")
    taken, late, later = phone.send(third, first, second)
    assert taken["state"] == "receipt"
    assert {late["code"], later["code"]} == {"refused_before"}
    assert [str(e.id) for e in stored(wang) if e.kind == "follow_up"] == [third["id"]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "release", "fields": {}, "version": 1}, "not_here"),
        ({"kind": "order", "fields": {"measure": "community_treatment"}, "version": 1}, "not_here"),
        ({"kind": "no_such_kind"}, "form_unknown"),
        ({"version": 9}, "form_unknown"),
        ({"file": "01890000-0000-7000-8000-000000000000"}, "no_such_person"),
        ({"happened_on": "yesterday"}, "unreadable"),
        ({"id": "8a6e0804-2bd0-4672-b79d-d97027f9071a"}, "unreadable"),
        ({"fields": {"at_work": ["yes"]}}, "unreadable"),
        ({"attachments": [{"sha256": "x", "type": "image/jpeg", "bytes": 3, "what": "photo"}]}, "unreadable"),
    ],
)
def test_what_a_phone_does_not_record_is_refused(
    phone: WorkPhone, wang: Pen, change: dict[str, Any], code: str
) -> None:
    before = len(stored(wang))
    (answer,) = phone.send({**visit(wang), **change})
    assert (answer["state"], answer["code"]) == ("refused", code)
    assert len(stored(wang)) == before


def test_an_older_form_is_brought_up_to_date_and_repeated_as_the_same(phone: WorkPhone, wang: Pen) -> None:
    old = entry(
        wang.file,
        "training_enrolled",
        "2026-11-20",
        version=1,
        fields={"course": "vocational", "subject": "电工"},
    )
    first, again = phone.send(old)[0], phone.send(old)[0]
    assert first["state"] == "receipt", first
    assert again["receipt"]["repeated"]
    assert stored(wang)[-1].version == 2


def test_a_repeated_entry_gets_its_receipt_though_the_person_has_moved_away(
    phone: WorkPhone, wang: Pen, now: datetime
) -> None:
    sent = visit(wang)
    phone.send(sent)
    gate.record(wang.held_by(WEST_VILLAGE, "2026-11-23"), actor=house(), now=now)
    (again,) = phone.send(sent)
    assert again["state"] == "receipt"
    (new,) = phone.send(visit(wang))
    assert (new["state"], new["code"]) == ("refused", "not_allowed")


def test_nobody_gets_a_receipt_for_what_another_account_wrote(phone: WorkPhone, wang: Pen) -> None:
    sent = visit(wang)
    phone.send(sent)
    (answer,) = WorkPhone("zhang").send(sent)
    assert answer["state"] == "other_content"
    assert "there" not in answer


def test_a_first_load_holds_people_with_their_duties_and_the_forms(phone: WorkPhone, wang: Pen) -> None:
    came = phone.pull()
    assert came[0]["t"] == "hello"
    assert came[0]["full"]
    assert came[0]["total"] == 1
    line = phone.people[str(wang.file)]
    assert line["name"] == "王小明"
    assert "wangxiaoming" in line["reading"]
    assert [d["name"] for d in line["duties"]] == ["report_in"]
    assert line["measure_label"]["zh"] == "社区戒毒"
    assert phone.forms["follow_up"]["offline"]
    assert not phone.forms["release"]["offline"]
    assert "98" not in json.dumps(line["id_tail"])[:3]


def test_a_later_load_brings_only_what_changed(phone: WorkPhone, wang: Pen) -> None:
    phone.pull()
    assert [line["t"] for line in phone.pull()] == ["hello", "end"]
    phone.send(visit(wang))
    came = phone.pull()
    assert [line["t"] for line in came] == ["hello", "person", "end"]
    assert not came[0]["full"]
    assert came[1]["recent"][0]["kind"] == "follow_up"


def test_a_load_whose_answer_was_lost_is_given_again(phone: WorkPhone, wang: Pen) -> None:
    phone.pull()
    phone.send(visit(wang))
    lost = phone.page()
    assert [line["t"] for line in lost] == ["hello", "person", "end"]
    assert [line["t"] for line in phone.page()] == ["hello", "person", "end"]


def test_a_first_load_comes_in_pages_and_goes_on_where_it_was_cut(
    phone: WorkPhone, wang: Pen, now: datetime
) -> None:
    for n in range(2, 6):
        pen = Pen(n, unit=VILLAGE)
        gate.record_many(
            pen.on_community_treatment(name=f"陈{n}", served="2026-10-02"), actor=house(), now=now
        )
    first = phone.page(limit=2)
    phone.keep(first)
    assert first[-1]["more"]
    assert first[0]["total"] == 5
    phone.page(limit=2)  # this one never arrives
    phone.pull(limit=2)
    assert len(phone.people) == 5


def test_who_moves_away_is_gone_and_who_comes_appears(phone: WorkPhone, wang: Pen, now: datetime) -> None:
    phone.pull()
    gate.record(wang.held_by(WEST_VILLAGE, "2026-11-23"), actor=house(), now=now)
    assert {"t": "gone", "id": str(wang.file)} in phone.pull()
    assert phone.people == {}
    gate.record(wang.held_by(VILLAGE, "2026-11-23"), actor=house(), now=now)
    phone.pull()
    assert str(wang.file) in phone.people


def test_nobody_of_another_area_and_nothing_medical_is_given(
    phone: WorkPhone, wang: Pen, now: datetime
) -> None:
    there = Pen(2, unit=WEST_VILLAGE)
    gate.record_many(
        [*there.on_community_treatment(name="外人", unit=WEST_VILLAGE, served="2026-10-02"),
         wang.entry("sick_call", "2026-11-20", urgency="today", says="机密病情"),
         wang.entry("remark", "2026-11-20", text="可以看到")],
        actor=house(), now=now,
    )  # fmt: skip
    told = json.dumps(phone.pull(), ensure_ascii=False)
    assert "外人" not in told
    assert "机密病情" not in told
    assert "sick_call" not in told
    assert "可以看到" in told


def test_a_restored_server_is_noticed_by_its_mark_and_everybody_learns_of_it(
    phone: WorkPhone, wang: Pen
) -> None:
    other = WorkPhone("zhang")
    other.pull()
    before = other.epoch
    phone.pull()
    sent = visit(wang)
    with suppress(RuntimeError), engine.writing():  # what a backup from before this moment does not hold
        receipt = phone.push(sent)["results"][0]["receipt"]
        raise RuntimeError
    mended = phone.push()
    assert mended["restored"]
    assert mended["epoch"] != before
    missing = phone.post("/sync/check/", {"sent": [[sent["id"], receipt["digest"]]]}).json()["missing"]
    assert missing == [sent["id"]]
    (again,) = phone.send(sent)
    assert again["state"] == "receipt"
    assert not again["receipt"]["repeated"]
    came = other.pull()
    assert came[0]["restored"]
    assert came[0]["full"]
    assert other.epoch == mended["epoch"]
    assert not phone.push()["restored"]


def test_a_mark_that_somebody_made_up_restores_nothing(phone: WorkPhone, wang: Pen) -> None:
    before = phone.push()["epoch"]
    assert not phone.push(mark="1.999.abcdef:nonsense")["restored"]
    assert phone.epoch == before


def test_two_who_record_one_event_differently_see_both_until_one_is_withdrawn(
    phone: WorkPhone, wang: Pen
) -> None:
    other = WorkPhone("zhang")
    mine, theirs = visit(wang), visit(wang, fields={**SEEN, "at_work": "no"})
    assert "beside" not in phone.send(mine)[0]
    (answer,) = other.send(theirs)
    assert answer["state"] == "receipt"
    (beside,) = answer["beside"]
    assert beside["id"] == mine["id"]
    assert [d["field"] for d in beside["differs"]] == ["at_work"]
    assert phone.send(mine)[0]["beside"][0]["id"] == theirs["id"]
    phone.pull()
    assert phone.people[str(wang.file)]["differ"] == [sorted((mine["id"], theirs["id"]))]
    (sides,) = phone.people[str(wang.file)]["sides"]  # who wrote first is told the other account too
    said = {sides[side]["id"]: [d[side]["zh"] for d in sides["differs"]] for side in ("one", "other")}
    assert said == {mine["id"]: ["在岗"], theirs["id"]: ["不在岗"]}
    gone = entry(wang.file, "void", "2026-11-23", corrects=theirs["id"], fields={"reason": "记错了"})
    assert other.send(gone)[0]["state"] == "receipt"
    phone.pull()
    assert not {"differ", "sides"} & set(phone.people[str(wang.file)])
    assert "beside" not in phone.send(mine)[0]


def test_a_colleague_and_an_office_are_told_by_name_and_not_by_account_and_code(
    phone: WorkPhone, wang: Pen
) -> None:
    User.objects.filter(username="li").update(last_name="李", first_name="某某")
    mine = visit(wang)
    phone.send(mine)
    (beside,) = WorkPhone("zhang").send(visit(wang, fields={**SEEN, "at_work": "no"}))[0]["beside"]
    assert (beside["by"], beside["office"]) == ("李某某", "河东镇")
    phone.pull()
    told = {e["id"]: e for e in phone.people[str(wang.file)]["recent"]}[mine["id"]]
    assert (told["by"], told["office"]) == ("李某某", "河东镇")


def test_a_photo_follows_its_entry_and_is_kept_sealed_once(phone: WorkPhone, wang: Pen) -> None:
    digest = hashlib.sha256(JPEG).hexdigest()
    named = {"sha256": digest, "type": "image/jpeg", "bytes": len(JPEG), "what": "photo"}
    sent = visit(wang, attachments=[named])
    where = f"/sync/attachments/{sent['id']}/{digest}/"

    def bring(content: bytes = JPEG) -> dict[str, Any]:
        return phone.calls.post(where, content, "image/jpeg", headers=phone.headers).json()

    assert bring()["state"] == "refused"
    assert phone.send(sent)[0]["wanted"] == [digest]
    assert bring(JPEG[:-1])["state"] == "retry"
    assert bring()["state"] == bring()["state"] == "receipt"
    assert phone.send(sent)[0]["wanted"] == []
    kept = engine.rows("SELECT sealed FROM store_attachment")
    assert len(kept) == 1
    assert JPEG[:64] not in bytes(kept[0][0])
    assert attachments.opened(stored(wang)[-1], digest) == JPEG
    assert digest in stored(wang)[-1].source


def test_only_what_an_entry_names_and_only_a_picture_is_kept(phone: WorkPhone, wang: Pen) -> None:
    script = b"<script>alert(1)</script>"
    digest = hashlib.sha256(script).hexdigest()
    sent = visit(wang, attachments=[{"sha256": digest, "type": "image/png", "bytes": 25, "what": "photo"}])
    phone.send(sent)
    for name, content in ((digest, script), ("0" * 64, JPEG)):
        answer = phone.calls.post(
            f"/sync/attachments/{sent['id']}/{name}/", content, "image/png", headers=phone.headers
        )
        assert answer.json()["state"] == "refused"
    assert engine.rows("SELECT 1 FROM store_attachment") == []


def test_a_new_token_is_good_beside_the_old_one_until_it_is_used(phone: WorkPhone) -> None:
    old = phone.told
    lost = phone.post("/sync/token/").json()
    new = phone.post("/sync/token/").json()  # the first answer was lost: ask again
    assert phone.post("/sync/push/", {"entries": []}).status_code == 200
    phone.told = {**old, **new}
    assert phone.post("/sync/push/", {"entries": []}).status_code == 200
    for ended in (old, {**old, **lost}):
        phone.told = ended
        assert phone.post("/sync/push/", {"entries": []}).status_code == 401


def test_a_phone_that_is_told_to_erase_itself_is_let_in_no_more(phone: WorkPhone) -> None:
    phone.waiting = 3
    phone.pull()
    user = phones.engine.row("SELECT user_id FROM web_workphone")[0]
    (line,) = phones.of_account(user)
    assert (line.waiting, line.state) == (3, "open")
    assert phones.order(user, line.id, "wipe_keep")
    for answer in (
        phone.post("/sync/push/", {"entries": []}),
        phone.calls.get("/sync/pull/", headers=phone.headers),
    ):
        assert answer.status_code == 410
        assert (answer.json()["code"], answer.json()["outbox"]) == ("wipe", "keep")
    assert phone.post("/sync/wiped/").status_code == 204
    assert phones.of_account(user)[0].state == "wiped"
    assert phone.post("/sync/push/", {"entries": []}).status_code == 401
    assert phone.register(device=phone.told["device"]) == 201
    assert phone.pull()[0]["full"]


def test_names_are_asked_for_once_however_many_people_come(
    phone: WorkPhone, wang: Pen, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (2, 3):
        gate.record_many(
            Pen(place, unit=VILLAGE).on_community_treatment(served="2026-10-02"), actor=house(), now=now
        )
    asked: list[set[str]] = []
    real, chunks = giving.staff_names, engine.in_chunks
    monkeypatch.setattr(giving, "staff_names", lambda some: real(asked.append(set(some)) or asked[-1]))
    monkeypatch.setattr(engine, "in_chunks", lambda values, size=1: chunks(values, 1))
    phone.pull()
    assert len(phone.people) == 3
    assert len(asked) == 1


def test_a_phone_that_its_holder_emptied_gives_its_place_back(phone: WorkPhone) -> None:
    user = phones.engine.row("SELECT user_id FROM web_workphone")[0]
    assert [phone.register() for _ in range(phones.MOST - 1)] == [201] * (phones.MOST - 1)
    assert phone.register() == 403
    assert phone.post("/sync/wiped/").status_code == 204
    assert len(phones.of_account(user)) == phones.MOST - 1
    assert phone.post("/sync/push/", {"entries": []}).status_code == 401
    assert phone.register() == 201


def test_its_holder_sees_the_phone_on_the_account_page_and_erases_it_there(phone: WorkPhone) -> None:
    phone.waiting = 2
    phone.pull()
    page = html(phone.browser.get("/account/"))
    assert "测试手机" in page
    assert "那时还有 2 条未发送" in page
    sent = {"id": phone.told["device"], "what": "wipe_erase"}
    signed_in("other", "town_office", TOWN).post("/account/phones/", sent)
    assert phone.post("/sync/push/", {"entries": []}).status_code == 200
    assert phone.browser.post("/account/phones/", sent).status_code == 302
    answer = phone.post("/sync/push/", {"entries": []})
    assert (answer.status_code, answer.json()["outbox"]) == (410, "erase")
    assert "待清除：全部" in html(phone.browser.get("/account/"))


def test_a_closed_account_closes_its_phone_and_another_password_asks_for_signing_in(phone: WorkPhone) -> None:
    from django.contrib.auth.models import User

    staff.let_in("li", active=False)
    answer = phone.post("/sync/push/", {"entries": []})
    assert (answer.status_code, answer.json()["code"]) == (403, "closed")
    staff.let_in("li", active=True)
    assert phone.post("/sync/push/", {"entries": []}).status_code == 200
    staff.set_own(User.objects.get(username="li"), "another-long-secret")
    answer = phone.post("/sync/push/", {"entries": []})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


def test_a_phone_is_bound_again_only_by_the_account_that_registered_it(phone: WorkPhone) -> None:
    device = phone.told["device"]
    other = WorkPhone("zhang")
    other.register(device=device)
    assert other.told["device"] != device
    assert phone.register(device=device) == 201
    assert phone.told["device"] == device


def test_a_phone_without_its_token_or_with_a_cookie_only_is_not_let_in(phone: WorkPhone) -> None:
    for caller, headers in (
        (Client(), {}),
        (phone.browser, {}),
        (Client(), {"Authorization": f"Guitu {phone.told['device']}.wrong"}),
        (Client(), {"Authorization": "Basic bGk6eA=="}),
    ):
        assert caller.get("/sync/pull/", headers=headers).status_code == 401


def test_what_is_sent_as_a_form_is_unreadable_and_no_fault_of_ours(places: object) -> None:
    browser = signed_in("li", "town_office", TOWN)
    answer = browser.post("/sync/devices/", {"name": "a phone"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "unreadable"


def test_a_post_that_uses_no_phone_registers_none(places: object) -> None:
    browser = signed_in("auditor", "auditor", "46")
    assert browser.post("/sync/devices/", "{}", "application/json").status_code == 403


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"entries": 3}', b'{"entries": [' + b"1," * 200]
)
def test_what_cannot_be_read_is_one_clear_answer(phone: WorkPhone, content: bytes) -> None:
    answer = phone.calls.post("/sync/push/", content, "application/json", headers=phone.headers)
    assert answer.status_code == 400
    assert answer.json()["code"] == "unreadable"
    assert answer.headers["X-Guitu-Now"]
