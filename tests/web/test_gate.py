"""The gate, the wards and the way out on their pages: what is said, what is refused, to whom it is open."""

from __future__ import annotations

import io
import os
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from guitu.access import house
from guitu.casefile import Value
from guitu.exchange.documents import papers
from guitu.exchange.figures import read_bytes
from guitu.kernel.ids import uuid7
from guitu.store import excerpts, gate, unitfiles, units
from guitu.store.read import file_view
from guitu.store.units import NewUnit
from tests.store.writing import CENTRE, TOWN, Pen
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.recording import form_of, hidden

BRIGADE = "46J0101"
OTHER = "46J02"
CAME = (TODAY - timedelta(days=2)).isoformat()
CASE = "46J01-2026-00001"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object, now: datetime) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()
    units.add([NewUnit(OTHER, "示范第二强制隔离戒毒所", "justice_centre", "46")])
    for ward, sex in (("一区", "male"), ("女区", "female")):
        for kind, more in (
            ("ward", {"sex": sex, "purpose": "ordinary"}),
            ("room", {"room": "101", "beds": 1}),
        ):
            entry = unitfiles.new_entry(BRIGADE, kind, date(2026, 1, 2), {"ward": ward, **more}, now=now)
            gate.record_many([entry], actor=house(), now=now)


@pytest.fixture
def intake() -> Client:
    return signed_in("intake-1", "intake_officer", CENTRE, name="林收治")


@pytest.fixture
def head() -> Client:
    return signed_in("head-1", "centre_head", CENTRE, name="叶所长")


@pytest.fixture
def officer() -> Client:
    return signed_in("officer-1", "brigade_officer", BRIGADE, name="符队长")


def came(
    now: datetime, n: int = 1, *, transferred: str = CAME, ordered: str = "2026-07-01", **more: Value
) -> Pen:
    """Somebody who came over from the police and is answered for by the brigade."""
    pen = Pen(n, author="intake-1", unit=CENTRE)
    number = f"示范公强戒决字〔2026〕{n}号"
    order = {"measure": "compulsory_isolation", "document_no": number, "authority": "示范县公安局"}
    entries = [
        pen.person(**more),
        pen.entry("order", ordered, **order),
        pen.entry("served", ordered),
        pen.entry("transfer", transferred, place="justice_centre", centre=CENTRE),
        pen.entry("responsible_unit", transferred, unit=BRIGADE),
    ]
    gate.record_many(entries, actor=house(), now=now)
    return pen


def case_of(pen: Pen) -> str:
    view = file_view(pen.file)
    assert view is not None
    return view.case_no


# ── the gate ──────────────────────────────────────────────────────────────────────────────────────


def test_who_came_lately_is_listed_with_what_is_still_lacking(intake: Client, now: datetime) -> None:
    case = case_of(came(now, name="王甲"))
    page = html(intake, "/gate/")
    assert "近 30 天入所 1 人，未办齐 1 人" in text(page)
    assert f"/gate/{case}/" in page
    assert "送到、见到决定书、核对身份、健康检查 等" in text(page)


def test_whoever_came_long_ago_is_no_matter_of_the_gate(intake: Client, now: datetime) -> None:
    came(now, transferred=(TODAY - timedelta(days=31)).isoformat(), ordered="2026-03-01")
    assert "近 30 天入所 0 人" in text(html(intake, "/gate/"))


def test_a_step_is_recorded_from_the_page_and_leads_back_to_it(intake: Client, now: datetime) -> None:
    case = case_of(came(now))
    page = html(intake, f"/gate/{case}/")
    found = [href for href, _ in links(page, f"/files/{case}/record/family_letter/")]
    assert found == [f"/files/{case}/record/family_letter/?from=gate"]
    where = f"/files/{case}/record/family_letter/"
    form = form_of(intake, where, **{"from": "gate"})
    answer = intake.post(where, {**form, "from": "gate", "how": "letter", "recipient": "母亲"})
    assert answer["Location"] == f"/gate/{case}/?saved={form['id']}"
    page = html(intake, answer["Location"])
    assert "已保存：入所通知家属" in text(page)
    assert f"/files/{case}/record/family_letter/" not in page


def test_injuries_and_belongings_are_taken_as_they_are_even_where_somebody_does_not_sign(
    intake: Client, now: datetime
) -> None:
    case = case_of(came(now))
    where = f"/files/{case}/record/injury_record/"
    form = form_of(intake, where, **{"from": "gate"})
    wrong = intake.post(where, {**form, "from": "gate", "injured": "yes", "police_signed": "yes"})
    assert wrong.status_code == 422
    assert "部位、程度" in text(wrong.content.decode())
    answer = intake.post(where, {
        **form, "from": "gate", "injured": "yes", "where": "左臂擦伤", "police_signed": "yes",
        "person_signed": "refused",
    })  # fmt: skip
    assert answer.status_code == 302
    assert "有一方拒签或不能签，已注明" in text(html(intake, f"/gate/{case}/"))


def test_a_woman_searched_by_a_man_is_something_to_be_settled(intake: Client, now: datetime) -> None:
    pen = came(now, sex="female")
    kept = pen.entry("belongings_kept", CAME, searched_by="male", anything="no", person_signed="yes")
    gate.record_many([kept], actor=house(), now=now)
    assert "女性应由女工作人员检查" in text(html(intake, f"/gate/{case_of(pen)}/"))


def test_a_pregnant_woman_is_not_admitted_and_the_page_says_what_happens_instead(
    intake: Client, now: datetime
) -> None:
    pen = came(now, sex="female")
    check = pen.entry("intake_check", CAME, result="ordinary", pregnant="yes")
    gate.record_many([check], actor=house(), now=now)
    page = html(intake, f"/gate/{case_of(pen)}/")
    assert "怀孕：不适用强制隔离戒毒，不得收治" in text(page)
    assert "责令社区戒毒" in text(page)
    assert "尚未见到社区戒毒决定" in text(page)
    assert "ground=pregnant" in page
    exempt = pen.entry("exempt", CAME, ground="pregnant")
    gate.record_many([exempt], actor=house(), now=now)
    assert "不得收治" in text(html(intake, "/gate/"))


def test_nobody_is_turned_away_but_by_a_doctor_with_a_reason(intake: Client, now: datetime) -> None:
    pen = came(now)
    case = case_of(pen)
    assert intake.get(f"/files/{case}/record/admission_deferred/").status_code == 403
    doctor = signed_in("doctor-1", "doctor", CENTRE, name="周医生")
    where = f"/files/{case}/record/admission_deferred/"
    form = form_of(doctor, where)
    assert doctor.post(where, {**form, "why": "hospital", "review_on": "2026-11-25"}).status_code == 422
    saved = doctor.post(where, {
        **form, "why": "hospital", "reason": "急腹症，先送县医院", "review_on": "2026-11-25",
    })  # fmt: skip
    assert saved.status_code == 302
    assert "暂缓 1 人" in text(html(intake, "/gate/"))


def test_the_gate_of_one_centre_shows_nobody_of_another(now: datetime) -> None:
    case = case_of(came(now, name="王甲"))
    other = signed_in("intake-2", "intake_officer", OTHER, name="他所")
    assert "王甲" not in html(other, "/gate/")
    assert other.get(f"/gate/{case}/").status_code == 404
    assert signed_in("t", "town_office", TOWN, name="王建国").get("/gate/").status_code == 403


# ── wards ─────────────────────────────────────────────────────────────────────────────────────────


def bed_form(client: Client, case: str, **answers: str) -> dict[str, str]:
    page = html(client, f"/wards/{case}/")
    return {"id": hidden(page, "id"), "happened_on": TODAY.isoformat(), "why": "entry", **answers}


def test_somebody_without_a_bed_is_given_one_and_then_stands_in_the_plan(
    officer: Client, now: datetime
) -> None:
    case = case_of(came(now, name="王甲"))
    page = text(html(officer, "/wards/"))
    assert "床位 2 张，在住 0 人，没有床位 1 人" in page
    form = html(officer, f"/wards/{case}/")
    assert f"{BRIGADE}|一区|101|1" in form
    assert f"{BRIGADE}|女区|101|1" not in form
    assert "1 张空床不可选" in text(form)
    answer = officer.post(f"/wards/{case}/", bed_form(officer, case, place=f"{BRIGADE}|一区|101|1"))
    assert answer.status_code == 302
    assert "现住 一区 101 1 床" in text(html(officer, answer["Location"]))
    page = text(html(officer, "/wards/"))
    assert "在住 1 人，没有床位 0 人" in page
    assert "王甲 1 床，入所安排，2026-11-23 起" in page


def test_a_bed_that_may_not_be_given_is_refused_with_its_article_and_what_was_typed_stays(
    officer: Client, now: datetime
) -> None:
    case = case_of(came(now))
    wrong = officer.post(f"/wards/{case}/", bed_form(officer, case, place=f"{BRIGADE}|女区|101|1"))
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "男女必须分开管理：这是女病区（禁毒法#44、戒毒条例#30）" in text(page)
    empty = officer.post(f"/wards/{case}/", bed_form(officer, case, place=""))
    assert empty.status_code == 422
    assert "请选一张床" in text(empty.content.decode())


def test_against_advice_the_head_places_with_a_reason_and_nobody_else(
    officer: Client, head: Client, now: datetime
) -> None:
    pen = came(now)
    told = pen.entry("placement_advice", CAME, advice="isolation", doctor="周医生")
    gate.record_many([told], actor=house(), now=now)
    case, place = case_of(pen), f"{BRIGADE}|一区|101|1"
    assert "须所领导理由" in text(html(officer, f"/wards/{case}/"))
    asked = officer.post(f"/wards/{case}/", bed_form(officer, case, place=place, head_reason="没有床"))
    assert asked.status_code == 422
    assert "须由所领导写明理由" in text(asked.content.decode())
    given = head.post(
        f"/wards/{case}/", bed_form(head, case, place=place, head_reason="隔离区维修，单人居住")
    )
    assert given.status_code == 302
    assert "医生意见是隔离" in text(html(head, f"/wards/{case}/"))


def test_wards_of_another_centre_and_people_in_them_are_not_there(now: datetime) -> None:
    case = case_of(came(now, name="王甲"))
    other = signed_in("o2", "brigade_officer", OTHER, name="他队")
    assert "王甲" not in html(other, "/wards/")
    assert other.get(f"/wards/{case}/").status_code == 404


# ── the way out ───────────────────────────────────────────────────────────────────────────────────


def leaving(now: datetime, days: int = 17) -> Pen:
    """Somebody whose two years end in so many days."""
    ordered = TODAY + timedelta(days=days + 1)
    return came(
        now, name="王甲", transferred="2025-06-01", ordered=ordered.replace(year=ordered.year - 2).isoformat()
    )


def test_who_leaves_within_sixty_days_is_listed_and_nobody_later(head: Client, now: datetime) -> None:
    leaving(now, 60)
    assert "60 天内离所 1 人，其中材料未齐 1 人" in text(html(head, "/way-out/"))


def test_who_leaves_on_the_sixty_first_day_is_not(head: Client, now: datetime) -> None:
    leaving(now, 61)
    assert "60 天内离所 0 人" in text(html(head, "/way-out/"))


def make(client: Client, case: str, paper: str = "certificate") -> str:
    """Make a paper out; where it is taken from."""
    identifier = str(uuid7(1_795_000_000_000, os.urandom(10)))
    answer = client.post(f"/way-out/{case}/papers/{paper}/make/", {"id": identifier, "number": "示范解字1号"})
    assert answer.status_code == 302, answer.content.decode()
    return f"/way-out/{case}/papers/{identifier}/"


def test_a_certificate_is_made_out_recorded_and_the_same_bytes_whenever_it_is_taken(
    head: Client, now: datetime
) -> None:
    pen = leaving(now)
    case = case_of(pen)
    where = make(head, case)
    first = head.get(where)
    assert first["Content-Type"].endswith("wordprocessingml.document")
    told = read_bytes(first.content)
    assert "王甲" in told
    assert "示范解字1号" in told
    assert "示范公强戒决字〔2026〕1号" in told
    assert "2026年12月10日" in told
    (made,) = [e for e in file_view(pen.file).entries if e.kind == "paper_made"]  # type: ignore[union-attr]
    assert made.get("digest") == papers.digest_of(first.content)
    gate.record_many([pen.entry("leaving_item", CAME, item="work", state="ready")], actor=house(), now=now)
    assert head.get(where).content == first.content


def test_an_officer_of_a_brigade_sees_the_list_and_makes_no_papers(officer: Client, now: datetime) -> None:
    case = case_of(leaving(now))
    page = html(officer, f"/way-out/{case}/")
    assert "解除强制隔离戒毒证明书" in page
    assert "/make/" not in page
    identifier = str(uuid7(1_795_000_000_000, os.urandom(10)))
    refused = officer.post(f"/way-out/{case}/papers/certificate/make/", {"id": identifier, "number": ""})
    assert refused.status_code == 403


def bring(client: Client, *lines: str, paper: str = "certificate"):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    file = SimpleUploadedFile("模板.docx", out.getvalue())
    return client.post(f"/way-out/templates/{paper}/", {"file": file})


def test_the_office_brings_its_own_template_and_older_papers_stay_what_they_were(
    head: Client, now: datetime
) -> None:
    case = case_of(leaving(now))
    before = make(head, case)
    old = head.get(before).content
    answer = bring(head, "示范所抬头", "{{ name }} 于 {{ ends_on }} 解除")
    assert answer["Location"] == "/way-out/templates/?saved=certificate-1"
    page = text(html(head, answer["Location"]))
    assert "已启用：解除强制隔离戒毒证明书，第 1 版" in page
    after = make(head, case)
    assert "示范所抬头" in read_bytes(head.get(after).content)
    assert head.get(before).content == old
    assert read_bytes(head.get("/way-out/templates/certificate/").content).startswith("示范所抬头")


def test_a_template_with_an_unknown_place_or_hidden_language_is_refused_in_words(head: Client) -> None:
    wrong = bring(head, "{{ nmae }}")
    assert wrong.status_code == 422
    assert "没有名为“nmae”的字段" in text(wrong.content.decode())
    assert bring(head, "{% for x in cycler.__init__.__globals__ %}{{ name }}{% endfor %}").status_code == 422
    assert head.post("/way-out/templates/certificate/", {}).status_code == 422
    assert "系统自带模板" in text(html(head, "/way-out/templates/"))


def test_only_the_head_changes_templates_and_others_may_take_them(intake: Client, officer: Client) -> None:
    assert intake.get("/way-out/templates/certificate/").status_code == 200
    assert bring(intake, "{{ name }}").status_code == 403
    assert officer.get("/way-out/templates/").status_code == 403
