"""Remote medicine: nobody is asked about without consent, a hospital sees what is shown to it and only while
it is asked, and what it advises is medicine only when the centre's doctor makes it so."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.exchange import fhir
from guitu.store import access_log, gate, read
from guitu.web import clock, rooms
from tests.store.writing import CENTRE
from tests.web.consulting import HOSPITAL, OTHER_HOSPITAL, SECRET, Ward, accept, first_id, write
from tests.web.recording import entries, html, signed_in, text


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def ward(places: object) -> Ward:
    return Ward()


def kinds_of(ward: Ward) -> list[str]:
    return [e.kind for e in entries(ward.case) if e.kind.startswith("remote") or e.kind == "prescription"]


def last(ward: Ward, kind: str):
    return [e for e in entries(ward.case) if e.kind == kind][-1]


def test_refused_consent_is_recorded_and_nobody_is_asked(ward: Ward) -> None:
    answer = ward.ask(**{"consent-answer": "no"})
    assert answer.status_code == 302
    assert kinds_of(ward) == ["remote_consent"]
    assert last(ward, "remote_consent").get("answer") == "no"
    assert "没有向医院请求" in text(ward.doctor.get(answer.headers["Location"]))
    assert "没有等办的请求" in text(ward.hospital.get("/remote/"))


def test_the_gate_itself_takes_no_request_without_consent(ward: Ward) -> None:
    from guitu.access import house

    request = ward.pen.entry(
        "remote_request",
        "2026-11-23",
        hospital=HOSPITAL.code,
        urgency="today",
        question="问",
        summary="摘要",
        consent="x",
    )
    with pytest.raises(gate.NotAccepted, match="has not consented"):
        gate.record(request, actor=house(), now=clock.now())


def test_of_somebody_under_age_the_guardian_consents(places: object) -> None:
    from guitu.access import Actor, Post, Target
    from guitu.store import grants
    from guitu.store.read.targets import target_of

    ward = Ward(born="2010-03-05")
    view = read.file_view(ward.pen.file)
    assert view is not None
    doctor = Actor("zhou", (Post("doctor", "46J01"),))
    head = Actor("head", (Post("centre_head", "46J01"),))
    grants.ask_minor(view, doctor, "会诊需要", clock.now())
    asked = grants.asked_by(view.no, "zhou")
    assert asked is not None
    target: Target = target_of(view, head, clock.now())
    grants.answer(asked, target, head, approve=True, days=3, now=clock.now())
    answer = ward.ask()
    assert answer.status_code == 422
    assert "须由监护人同意" in text(answer)
    assert ward.ask(**{"consent-by": "guardian"}).status_code == 302


def test_a_request_with_faults_comes_back_with_all_that_was_typed(ward: Ward) -> None:
    answer = ward.ask(**{"asked-question": "", "asked-summary": "写了很多字"})
    assert answer.status_code == 422
    assert "请填写请医院回答什么" in text(answer)
    assert "写了很多字" in html(answer)
    assert f'value="{ward.condition.id}" checked' in html(answer)
    assert kinds_of(ward) == []


def test_a_hospital_decides_on_the_question_and_reads_what_is_shown_only_after_it_accepted(
    ward: Ward,
) -> None:
    where = ward.asked()
    before = text(ward.hospital.get(where))
    assert "怎样调整用药" in before
    assert "接收以后可以看 2 份资料" in before
    assert "原发性高血压" not in before
    assert accept(ward.hospital, where).status_code == 302
    after = text(ward.hospital.get(where))
    assert "原发性高血压" in after
    assert "168" in after
    for never in ("符海生", ward.case, SECRET, str(ward.hidden.id)):
        assert never not in html(ward.hospital.get(where))


def test_the_name_is_told_only_where_the_person_says_so(ward: Ward) -> None:
    where = ward.asked(**{"consent-named": "yes"})
    assert "符海生" in text(ward.hospital.get(where))


def test_another_hospital_and_a_supervisor_above_it_find_nothing(ward: Ward) -> None:
    where = ward.asked()
    for client in (
        signed_in("other", "hospital_doctor", OTHER_HOSPITAL.code),
        signed_in("above", "hospital_doctor", "46"),
    ):
        assert client.get(where).status_code == 404
        assert client.get(f"{where}bundle.json").status_code == 404
        assert "没有等办的请求" in text(client.get("/remote/"))


def test_a_hospitals_doctor_opens_no_file_list_or_search(ward: Ward) -> None:
    ward.asked()
    for address in (
        f"/files/{ward.case}/",
        "/people/",
        f"/medical/people/{ward.case}/",
        "/units/",
        "/indicators/",
    ):
        assert ward.hospital.get(address).status_code in (403, 404), address
    assert ward.hospital.get("/").headers["Location"] == "/remote/"


def test_declined_with_a_reason_is_the_end_for_the_hospital(ward: Ward) -> None:
    where = ward.asked()
    assert write(ward.hospital, where, "answer", answer="declined").status_code == 422  # no reason
    answer = write(ward.hospital, where, "answer", answer="declined", why="本院无此专科")
    assert answer.status_code == 302
    assert "怎样调整用药" not in html(ward.hospital.get(where))
    assert "本院无此专科" in text(ward.doctor.get(where))


def test_a_colleague_sees_the_question_and_takes_it_over_to_read_more(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    colleague = signed_in("colleague", "hospital_doctor", HOSPITAL.code)
    assert "原发性高血压" not in html(colleague.get(where))
    assert colleague.get(f"{where}bundle.json").status_code == 404
    accept(colleague, where)
    assert "原发性高血压" in text(colleague.get(where))
    assert "原发性高血压" not in html(ward.hospital.get(where))


def test_what_the_hospital_prescribes_is_given_only_once_the_centres_doctor_takes_it_over(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    answer = write(ward.hospital, where, "opinion", opinion="加用缬沙坦", next="here", code="I10")
    assert answer.status_code == 302, text(answer)
    medicine = {"drug": "缬沙坦胶囊", "dose": "1", "dose_unit": "粒", "route": "oral", "often": "once"}
    assert write(ward.hospital, where, "rx", **medicine).status_code == 302
    advised = last(ward, "remote_prescription")
    assert advised.author == "li"
    assert advised.unit == HOSPITAL.code
    assert "示范省人民医院" in str(advised.get("signed"))
    assert "prescription" not in kinds_of(ward)
    assert "还有 1 条处方意见没有处理" in text(write(ward.doctor, where, "closed", outcome="treated"))
    assert write(ward.doctor, where, "take0", taken="no").status_code == 422  # without a reason
    assert write(ward.doctor, where, "take0", taken="yes").status_code == 302
    made = last(ward, "prescription")
    assert (made.author, made.get("drug"), made.get("often")) == ("zhou", "缬沙坦胶囊", "once")
    assert last(ward, "remote_taken_over").get("prescription") == str(made.id)
    assert write(ward.doctor, where, "closed", outcome="treated").status_code == 302


def test_once_it_is_closed_the_hospital_sees_the_times_and_nothing_else(ward: Ward) -> None:
    where = ward.asked(**{"consent-named": "yes"})
    accept(ward.hospital, where)
    write(ward.hospital, where, "opinion", opinion="继续观察", next="here")
    write(ward.doctor, where, "closed", outcome="treated")
    page = html(ward.hospital.get(where))
    assert "会诊已结束" in page
    for gone in ("继续观察", "原发性高血压", "怎样调整用药", "符海生"):
        assert gone not in page
    assert ward.hospital.get(f"{where}bundle.json").status_code == 404
    assert ward.hospital.get(f"{where}room/").status_code == 302
    assert ward.hospital.get(f"{where}room/heard/?place=ab&after=0&by=text").status_code == 404


def test_consent_taken_back_shuts_it_at_once(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    assert write(ward.doctor, where, "withdrawn", why="consent").status_code == 302
    assert "原发性高血压" not in html(ward.hospital.get(where))
    assert ward.ask(**{"consent-answer": "no"}).status_code == 302


def test_after_a_fortnight_it_lapses(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    monkeypatch.setenv("GUITU_TODAY", "2026-12-07")
    assert "原发性高血压" in html(ward.hospital.get(where))
    monkeypatch.setenv("GUITU_TODAY", "2026-12-08")
    assert "原发性高血压" not in html(ward.hospital.get(where))
    assert "过期未结束" in text(ward.doctor.get("/remote/"))


def test_every_look_of_the_hospital_is_noted_with_the_file(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    view = read.file_view(ward.pen.file)
    assert view is not None
    span = (clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    before = access_log.readings_of_file(view.no, *span)
    ward.hospital.get(where)
    ward.hospital.get(f"{where}bundle.json")
    noted = access_log.readings_of_file(view.no, *span)
    assert noted.by_what["open"] == before.by_what["open"] + 1
    assert noted.by_what["export"] == before.by_what.get("export", 0) + 1
    assert noted.by_unit[HOSPITAL.code] > before.by_unit[HOSPITAL.code]


def test_both_worklists_tell_the_times_of_each_step(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    centre, hospital = text(ward.doctor.get("/remote/")), text(ward.hospital.get("/remote/"))
    assert "符海生" in centre
    assert "已接收，等会诊" in centre
    assert "RC-" in hospital
    assert "符海生" not in hospital
    assert centre.count("2026-11-23") >= 2


# ── the room ──────────────────────────────────────────────────────────────────────────────────────


def ask_room(client: Client, where: str, place: str, after: int = 0, by: str = "video"):
    return client.get(f"{where}room/heard/", {"place": place, "after": str(after), "by": by})


def test_only_the_room_may_use_camera_and_microphone(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    for client in (ward.doctor, ward.hospital):
        answer = client.get(f"{where}room/")
        assert answer.status_code == 200
        assert "camera=(self)" in answer.headers["Permissions-Policy"]
        assert "microphone=(self)" in answer.headers["Permissions-Policy"]
        assert "display-capture=()" in answer.headers["Permissions-Policy"]
        assert "camera=()" in client.get(where).headers["Permissions-Policy"]
        assert "camera=()" in client.get("/remote/").headers["Permissions-Policy"]


def test_the_room_opens_when_the_hospital_has_accepted(ward: Ward) -> None:
    where = ward.asked()
    assert ward.doctor.get(f"{where}room/").status_code == 302
    assert ask_room(ward.doctor, where, "a").status_code == 404
    accept(ward.hospital, where)
    assert ward.doctor.get(f"{where}room/").status_code == 200


def test_whoever_has_no_business_in_the_room_is_not_led_to_it(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    head = signed_in("head", "centre_head", CENTRE)
    assert "进入会诊室" in html(ward.doctor.get(where))
    assert "进入会诊室" not in html(head.get(where))


def test_a_message_reaches_the_other_side_once_and_not_its_writer(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    ask_room(ward.doctor, where, "aaaa")
    ask_room(ward.hospital, where, "bbbb")
    sent = {"place": "aaaa", "what": "sdp", "text": json.dumps({"to": "bbbb", "type": "offer"})}
    assert ward.doctor.post(f"{where}room/say/", sent).json() == {"ok": True}
    told = ask_room(ward.hospital, where, "bbbb").json()
    assert [w["text"] for w in told["said"]] == [sent["text"]]
    assert {one["side"] for one in told["here"]} == {"centre", "hospital"}
    assert ask_room(ward.hospital, where, "bbbb", told["after"]).json()["said"] == []
    assert ask_room(ward.doctor, where, "aaaa").json()["said"] == []


def test_without_script_words_are_said_by_a_form(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    sent = {"place": "aaaa", "what": "text", "text": "请再量一次血压", "plain": "yes"}
    assert ward.doctor.post(f"{where}room/say/", sent).status_code == 302
    assert "请再量一次血压" in text(ward.hospital.get(f"{where}room/"))


def test_what_is_said_does_not_lie_readable_and_is_gone_with_the_call(ward: Ward) -> None:
    from guitu.web.models import RoomPlace, RoomWord

    where = ward.asked()
    accept(ward.hospital, where)
    ask_room(ward.doctor, where, "aaaa", by="text")
    ward.doctor.post(f"{where}room/say/", {"place": "aaaa", "what": "text", "text": "一句秘密"})
    assert "一句秘密".encode() not in bytes(RoomWord.objects.get().sealed)
    ward.doctor.post(f"{where}room/say/", {"place": "aaaa", "what": "leave"})
    assert RoomWord.objects.count() == 0
    assert RoomPlace.objects.count() == 0
    ask_room(ward.doctor, where, "aaaa", by="text")
    ward.doctor.post(f"{where}room/say/", {"place": "aaaa", "what": "text", "text": "又一句"})
    write(ward.doctor, where, "closed", outcome="unanswered")
    assert RoomWord.objects.count() == 0


def test_a_room_that_nobody_ended_is_swept_by_the_next_call(ward: Ward) -> None:
    from uuid import uuid4

    from guitu.web.models import RoomPlace, RoomWord

    now = clock.now()
    left, other = uuid4(), uuid4()
    rooms.enter(left, "aaaa", "centre", "zhou", "video", now)
    rooms.say(left, "aaaa", "sdp", "x", now)
    rooms.enter(other, "bbbb", "centre", "zhou", "video", now + timedelta(hours=5))
    assert set(RoomPlace.objects.values_list("room", flat=True)) == {other}
    assert RoomWord.objects.count() == 0


def test_who_does_not_consent_to_video_is_there_by_sound_at_most(ward: Ward) -> None:
    where = ward.asked(**{"consent-video": "no"})
    accept(ward.hospital, where)
    assert 'data-video="no"' in html(ward.doctor.get(f"{where}room/"))
    assert ask_room(ward.doctor, where, "aaaa", by="video").json()["here"][0]["by"] == "audio"


def test_a_call_by_telephone_says_why(ward: Ward) -> None:
    where = ward.asked()
    accept(ward.hospital, where)
    call = {"time": "1020", "minutes": "11", "how": "phone", "present": "医生、护士、本人"}
    page = html(ward.doctor.get(f"{where}room/"))
    sent = {"id": first_id(page), "act": "call", **{f"call-{k}": v for k, v in call.items()}}
    assert ward.doctor.post(f"{where}write/", sent).status_code == 422
    assert ward.doctor.post(f"{where}write/", {**sent, "call-why": "没有摄像头"}).status_code == 302
    assert last(ward, "remote_call").get("why") == "没有摄像头"
    assert "没有摄像头" in text(ward.hospital.get(where))


# ── the file ──────────────────────────────────────────────────────────────────────────────────────


def test_the_file_is_a_valid_document_without_the_name(ward: Ward) -> None:
    where = ward.asked()
    answer = ward.doctor.get(f"{where}bundle.json")
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert "attachment" in answer.headers["Content-Disposition"]
    made = json.loads(answer.content)
    assert fhir.check(made) == ()
    for never in ("符海生", ward.case, SECRET):
        assert never not in answer.content.decode()
    assert "原发性高血压" in answer.content.decode()


def send_file(ward: Ward, where: str, content: bytes, **more: str):
    page = html(ward.doctor.get(f"{where}answer/"))
    file = SimpleUploadedFile("answer.json", content, "application/json")
    return ward.doctor.post(f"{where}answer/", {"id": first_id(page), "file": file, **more})


def an_answer(code: str, **more: object) -> dict[str, object]:
    """A hospital's own document, as another system writes it."""
    report = {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "code": {"text": "会诊"},
        "basedOn": [{"identifier": {"system": "urn:guitu:consultation", "value": code}}],
        "performer": [{"display": "李医生（示范省人民医院）"}],
        "conclusion": "加用缬沙坦",
        **more,
    }
    medicine = {
        "resourceType": "MedicationRequest",
        "id": "m",
        "status": "active",
        "intent": "proposal",
        "medicationCodeableConcept": {"text": "缬沙坦胶囊"},
        "subject": {"display": code},
        "dosageInstruction": [
            {"text": "每天早上一粒", "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "粒"}}]}
        ],
    }
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": "urn:uuid:0b9d3c1e-0000-4000-8000-000000000001", "resource": report},
            {"fullUrl": "urn:uuid:0b9d3c1e-0000-4000-8000-000000000002", "resource": medicine},
        ],
    }


def code_of(ward: Ward, where: str) -> str:
    return str(json.loads(ward.doctor.get(f"{where}bundle.json").content)["identifier"]["value"])[:11]


def test_a_hospitals_file_is_taken_in_and_what_it_leaves_open_is_asked(ward: Ward) -> None:
    where = ward.asked()
    content = json.dumps(an_answer(code_of(ward, where))).encode()
    open_still = send_file(ward, where, content)
    assert open_still.status_code == 422
    assert "请按医院的意思选择" in text(open_still)
    assert kinds_of(ward) == ["remote_consent", "remote_request"]
    answer = send_file(ward, where, content, next="here", route="oral", often="once")
    assert answer.status_code == 302, text(answer)
    opinion, advised = last(ward, "remote_opinion"), last(ward, "remote_prescription")
    assert (opinion.get("via"), opinion.get("signed")) == ("file", "李医生（示范省人民医院）")
    assert opinion.author == "zhou"
    assert "每天早上一粒" in str(advised.get("note"))
    assert "prescription" not in kinds_of(ward)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF", "这不是 JSON"),
        (b"[]", "没有 FHIR Bundle"),
        (b'{"resourceType": "Bundle", "type": "zzz"}', "没有代码“zzz”"),
        (json.dumps(an_answer("RC-00000000")).encode(), "报告没有写明答复的是"),
        (json.dumps(an_answer("RC-00000000", status="preliminary")).encode(), "还没有定稿"),
        (json.dumps(an_answer("RC-00000000", result=[{"reference": "urn:uuid:9"}])).encode(), "在文件里没有"),
        (json.dumps(an_answer("RC-00000000", subject=7)).encode(), "结构不符合 FHIR R4"),
    ],
)
def test_a_file_that_is_no_answer_is_refused_in_words(ward: Ward, content: bytes, told: str) -> None:
    where = ward.asked()
    answer = send_file(ward, where, content)
    assert answer.status_code == 422
    assert told in text(answer)
    assert kinds_of(ward) == ["remote_consent", "remote_request"]
