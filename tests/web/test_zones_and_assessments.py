"""The pages of the zones and the assessments: who sees whom, what stays too long and why, two signatures, and
that nothing altered is hidden."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.test import Client

from guitu.access import house
from guitu.exchange.figures import read_bytes
from guitu.store import gate, unitfiles
from guitu.store.read import file_view
from tests.store.writing import CENTRE, Pen
from tests.web.recording import hidden, html, signed_in, text
from tests.web.test_gate import bring

pytestmark = pytest.mark.usefixtures("places")

BRIGADE = "46J0101"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


def resident(now: datetime, place: int = 1, name: str = "王小明", **more: str) -> Pen:
    """Somebody in the first brigade, in the detoxification zone since the day given."""
    pen = Pen(place, author="li", unit=CENTRE)
    gate.record_many(
        [
            pen.person(name),
            pen.entry(
                "order", more.get("ordered", "2025-10-01"), measure="compulsory_isolation",
                document_no="示例〔2025〕1号", authority="示例县公安局",
            ),
            pen.entry("served", more.get("ordered", "2025-10-02")),
            pen.entry("admission", more.get("ordered", "2025-10-03"), place="justice_centre", centre=CENTRE),
            pen.held_by(BRIGADE, more.get("ordered", "2025-10-03")),
            pen.entry("zone_move", more.get("moved", "2026-11-01"), zone="detox"),
        ],
        actor=house(),
        now=now,
    )  # fmt: skip
    return pen


def case_of(pen: Pen) -> str:
    view = file_view(pen.file)
    assert view is not None
    return view.case_no


def plan(now: datetime, kind: str, on: str, **fields: object) -> None:
    entry = unitfiles.new_entry(CENTRE, kind, date.fromisoformat(on), fields, now=now, author="head")  # type: ignore[arg-type]
    unitfiles.record(entry, actor=house(), now=now)


USED = {f"{zone}_used": "yes" for zone in ("detox", "adaptation", "consolidation", "return")}


def test_without_a_plan_nobody_stays_too_long(now: datetime) -> None:
    resident(now, moved="2025-10-04")
    shown = text(signed_in("head", "centre_head", CENTRE).get("/zones/"))
    assert "本所没有设置四区" in shown
    assert "没有核实到全国统一的时限" in shown
    assert "王小明" in shown
    assert "超过 " not in shown


def test_beyond_the_centre_s_length_a_reason_is_asked_for_and_shown(now: datetime) -> None:
    plan(now, "zone_plan", "2026-01-01", **USED, detox_longest=20, detox_name="医疗戒护区")
    late = resident(now, 1, "王小明", moved="2026-11-01")
    resident(now, 2, "李大山", moved="2026-11-10")
    head = signed_in("head", "centre_head", CENTRE)
    shown = text(head.get("/zones/?part=long"))
    assert "超过 3 天，没有说明" in shown
    assert "医疗戒护区" in shown
    assert "李大山" not in shown
    gate.record(
        late.entry(
            "zone_review", "2026-11-22", from_zone="detox", outcome="stay", reasons="肺炎住院",
        ),
        actor=house(), now=now,
    )  # fmt: skip
    shown = text(head.get("/zones/?part=long"))
    assert "超过 3 天，已说明" in shown
    assert "肺炎住院" in shown
    assert "王小明" not in text(head.get("/zones/?part=unexplained"))


def test_whoever_may_move_is_offered_the_movement_and_the_board_shows_the_same_people(now: datetime) -> None:
    pen = resident(now)
    gate.record(
        pen.entry("zone_review", "2026-11-20", from_zone="detox", outcome="move", to_zone="adaptation",
                  reasons="合格"),
        actor=house(), now=now,
    )  # fmt: skip
    officer = signed_in("chen", "brigade_officer", BRIGADE)
    page = html(officer.get("/zones/?part=ready"))
    assert f"/files/{case_of(pen)}/record/zone_move/?zone=adaptation" in page
    board = text(officer.get("/zones/?view=board"))
    assert "王小明" in board
    assert "可以流转" in board


def test_flow_is_of_thirty_and_ninety_days(now: datetime) -> None:
    pen = resident(now, moved="2026-09-15")
    gate.record(pen.entry("zone_move", "2026-11-20", zone="adaptation"), actor=house(), now=now)
    page = html(signed_in("head", "centre_head", CENTRE).get("/zones/"))
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    detox = next(r for r in rows if "生理脱毒区" in r)
    cells = [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", detox, re.S)]
    assert cells[1:2] == ["0"]
    assert cells[4:] == ["0", "1", "0", "1", "1", "0"]


@pytest.mark.parametrize("where", ["/zones/", "/assessments/"])
def test_another_place_is_not_there_and_a_town_does_not_open_the_page(now: datetime, where: str) -> None:
    resident(now)
    head = signed_in("head", "centre_head", CENTRE)
    assert head.get(f"{where}?unit=469023100").status_code == 404
    assert head.get(f"{where}?unit={BRIGADE}").status_code == 200
    assert signed_in("town", "town_office", "469023100").get(where).status_code == 403


def test_the_province_chooses_a_centre(now: datetime) -> None:
    resident(now)
    above = signed_in("above", "provincial_supervisor", "46")
    for where in ("/zones/", "/assessments/"):
        assert "王小明" in text(above.get(f"{where}?unit={CENTRE}"))


# ── assessments ───────────────────────────────────────────────────────────────────────────────────

ANSWERS = {
    "happened_on": "2026-11-20", "stage": "one_year", "physiological": "pass",
    "physiological_reason": "均为阴性",
    "recovery": "pass", "recovery_reason": "训练达标", "conduct": "pass", "conduct_reason": "没有违纪",
    "social": "good", "social_reason": "家属支持", "members": "陈医生",
}  # fmt: skip


@pytest.fixture
def li(places: object) -> Client:
    return signed_in("li.p", "assessment_panel", CENTRE)


@pytest.fixture
def zhang(places: object) -> Client:
    return signed_in("zhang.p", "assessment_panel", CENTRE)


def write(client: Client, pen: Pen, query: str = "stage=one_year", **more: object):
    where = f"/assessments/{case_of(pen)}/new/"
    page = html(client.get(f"{where}?{query}"))
    sent = {"id": hidden(page, "id"), **ANSWERS, **more}
    for name in ("corrects", "objection"):
        if f'name="{name}"' in page:
            sent[name] = hidden(page, name)
    if "picked" not in sent:
        sent["picked"] = re.findall(r'name="picked" value="([^"]+)"', page)
    return client.post(where, sent)


def sign(client: Client):
    page = html(client.get("/proposals/"))
    found = re.findall(r"/proposals/([0-9a-f-]{36})/", page)
    assert found
    return client.post(f"/proposals/{found[0]}/", {"decision": "approve", "reason": ""})


def test_the_worklist_says_what_is_due_and_by_what(now: datetime, li: Client) -> None:
    resident(now, ordered="2024-12-03")
    shown = text(li.get("/assessments/"))
    assert "期满前综合评估" in shown
    assert "2026-12-02" in shown
    assert "《禁毒法》第47条：期满前" in shown
    assert "国家办法关于期限的条文未见" in shown
    plan(now, "assessment_plan", "2026-01-01", before_expiry_lead=30)
    shown = text(li.get("/assessments/?what=late"))
    assert "逾期 21 天" in shown
    assert "本所设置" in shown


def test_a_sheet_is_written_beside_the_evidence_signed_by_two_and_shown(
    now: datetime, li: Client, zhang: Client
) -> None:
    pen = resident(now)
    gate.record(
        pen.entry("urine_test", "2026-10-30", outcome="taken", result="negative"), actor=house(), now=now
    )
    form = html(li.get(f"/assessments/{case_of(pen)}/new/?stage=one_year"))
    assert "检测：已检，结果：阴性" in form
    answer = write(li, pen)
    assert answer.status_code == 302, text(answer)
    where = f"/assessments/{case_of(pen)}/"
    assert "还没有诊断评估" in text(li.get(where))
    proposal = html(li.get("/proposals/?list=mine"))
    assert "诊断评估" in proposal
    second = html(zhang.get("/proposals/"))
    one = re.findall(r"/proposals/([0-9a-f-]{36})/", second)[0]
    told = text(zhang.get(f"/proposals/{one}/"))
    for word in ("均为阴性", "没有违纪", "签字摘要", "检测：已检，结果：阴性"):
        assert word in told
    assert sign(zhang).status_code == 302
    shown = text(li.get(where))
    assert "两人签字，内容与摘要相符" in shown
    assert "还没有交本人" in shown
    assert "没有违纪" in shown


def test_a_sheet_without_a_reason_comes_back_with_everything_typed(now: datetime, li: Client) -> None:
    pen = resident(now)
    answer = write(li, pen, conduct_reason="")
    assert answer.status_code == 422
    page = html(answer)
    assert "行为表现的理由：请写明理由" in page
    assert "训练达标" in page


def test_the_day_of_the_sheet_pressed_twice_is_one_proposal(now: datetime, li: Client) -> None:
    pen = resident(now)
    where = f"/assessments/{case_of(pen)}/new/"
    sent = {"id": hidden(html(li.get(f"{where}?stage=one_year")), "id"), **ANSWERS}
    assert li.post(where, sent).status_code == 302
    assert li.post(where, sent).status_code == 302
    assert len(re.findall(r"/proposals/[0-9a-f-]{36}/", html(li.get("/proposals/?list=mine")))) == 1


def test_a_correction_and_a_withdrawal_are_shown_with_who_and_what_stood_before(
    now: datetime, li: Client, zhang: Client
) -> None:
    pen = resident(now)
    write(li, pen)
    sign(zhang)
    view = file_view(pen.file)
    assert view is not None
    result = next(e for e in view.entries if e.kind == "assessment")
    forged = pen.entry("assessment", "2026-11-20", corrects=result.id, **{**result.fields, "conduct": "fail"})
    gate.record_many([forged], actor=house(), now=now)  # as an import might: nobody signed it
    shown = text(li.get(f"/assessments/{case_of(pen)}/"))
    assert "与签字的内容不符" in shown
    assert re.search(r"行为表现：\s*原为\s*合格，\s*现为\s*不合格", shown)
    void = pen.entry("void", "2026-11-21", corrects=forged.id, reason="冒名登记")
    gate.record_many([void], actor=house(), now=now)
    shown = text(li.get(f"/assessments/{case_of(pen)}/"))
    assert "冒名登记" in shown
    assert "两人签字，内容与摘要相符" in shown  # the first answer stands again, and all three stay


def test_a_result_that_one_wrote_alone_says_so(now: datetime, li: Client) -> None:
    pen = resident(now)
    gate.record(
        pen.entry("assessment", "2026-11-01", stage="physiological", physiological="pass"),
        actor=house(), now=now,
    )  # fmt: skip
    assert "没有两人签字的评估表" in text(li.get(f"/assessments/{case_of(pen)}/"))


def test_evidence_corrected_after_the_signatures_says_so(now: datetime, li: Client, zhang: Client) -> None:
    pen = resident(now)
    test = pen.entry("urine_test", "2026-10-30", outcome="taken", result="negative")
    gate.record(test, actor=house(), now=now)
    write(li, pen)
    sign(zhang)
    better = pen.entry("urine_test", "2026-10-30", corrects=test.id, outcome="taken", result="positive")
    gate.record_many([better], actor=house(), now=now)
    assert "后来更正" in text(li.get(f"/assessments/{case_of(pen)}/"))


def test_an_objection_is_re_checked_by_others(now: datetime, li: Client, zhang: Client) -> None:
    plan(now, "assessment_plan", "2026-01-01", objection_days=5, recheck_days=1)
    pen = resident(now)
    write(li, pen)
    sign(zhang)
    view = file_view(pen.file)
    assert view is not None
    sheet = next(e for e in view.entries if e.kind == "assessment_sheet")
    given = pen.entry("assessment_copy", "2026-11-21", to=str(sheet.id), receipt="signed", told="yes")
    said = pen.entry("assessment_objection", "2026-11-21", to=str(sheet.id), text="社会支持不实")
    gate.record_many([given, said], actor=house(), now=now)
    shown = text(li.get(f"/assessments/{case_of(pen)}/"))
    assert "可以提出异议至 2026-11-26（本所设置）" in shown
    assert "逾期 1 天" in shown
    query = f"objection={said.id}"
    assert write(li, pen, query).status_code == 422
    wang = signed_in("wang.p", "assessment_panel", CENTRE)
    zhao = signed_in("zhao.p", "centre_head", CENTRE)
    assert write(wang, pen, query, social="fair", social_reason="家属已搬走").status_code == 302
    assert sign(zhang).status_code == 422
    assert sign(zhao).status_code == 302
    shown = text(li.get(f"/assessments/{case_of(pen)}/"))
    assert "改变原评估" in shown
    assert "家属已搬走" in shown
    assert "一般" in shown


def test_an_opinion_is_barred_before_it_is_written_with_the_article(
    now: datetime, li: Client, zhang: Client
) -> None:
    too_soon = resident(now, 1, ordered="2025-11-25")
    write(li, too_soon)
    sign(zhang)
    shown = text(li.get(f"/assessments/{case_of(too_soon)}/"))
    assert "《禁毒法》第47条" in shown
    page = html(li.get(f"/assessments/{case_of(too_soon)}/"))
    assert "proposes=early_release" not in page
    assert "proposes=extension" in page
    caught = resident(now, 2, ordered="2025-01-10")
    gate.record_many(
        [caught.entry("escape", "2025-12-01"), caught.entry("recaptured", "2025-12-05")],
        actor=house(), now=now,
    )  # fmt: skip
    write(li, caught)
    sign(zhang)
    shown = text(li.get(f"/assessments/{case_of(caught)}/"))
    assert "《戒毒条例》第32条" in shown
    assert "proposes=early_release" not in html(li.get(f"/assessments/{case_of(caught)}/"))


def test_on_the_day_a_year_is_over_the_opinion_may_be_written(
    now: datetime, li: Client, zhang: Client
) -> None:
    pen = resident(now, ordered="2025-11-23")
    write(li, pen)
    sign(zhang)
    assert "proposes=early_release" in html(li.get(f"/assessments/{case_of(pen)}/"))


def test_the_opinion_is_a_word_document_with_results_reasons_and_clock(
    now: datetime, li: Client, zhang: Client
) -> None:
    pen = resident(now)
    write(li, pen)
    sign(zhang)
    view = file_view(pen.file)
    assert view is not None
    sheet = next(e for e in view.entries if e.kind == "assessment_sheet")
    written = pen.entry(
        "opinion_written", "2026-11-22", to=str(sheet.id), proposes="early_release", reasons="戒治情况良好。"
    )
    got = pen.entry("opinion", "2026-11-23", proposes="early_release")
    gate.record_many([written, got], actor=house(), now=now)
    shown = text(li.get(f"/assessments/{case_of(pen)}/"))
    assert "决定机关 2026-11-23 收到" in shown
    assert "应于 2026-11-30 前决定" in shown
    answer = li.get(f"/assessments/{case_of(pen)}/opinion/{written.id}.docx")
    assert answer.status_code == 200
    assert "意见书" in unquote(answer.headers["Content-Disposition"])
    with ZipFile(io.BytesIO(answer.content)) as package:
        body = package.read("word/document.xml").decode()
    for word in ("王小明", "没有违纪", "戒治情况良好", "七日内", "示例县公安局", "建议提前解除强制隔离戒毒"):
        assert word in body
    assert "981" not in body  # no identity number


def test_the_opinion_follows_the_offices_own_template_and_an_older_one_stays_what_it_was(
    now: datetime, li: Client, zhang: Client
) -> None:
    pen = resident(now)
    write(li, pen)
    sign(zhang)
    view = file_view(pen.file)
    assert view is not None
    sheet = next(e for e in view.entries if e.kind == "assessment_sheet")

    def written(reasons: str, days: int) -> str:
        more = {"to": str(sheet.id), "proposes": "early_release", "reasons": reasons}
        entry = pen.entry("opinion_written", "2026-11-22", **more)
        entry = replace(entry, recorded_at=now + timedelta(days=days))
        gate.record_many([entry], actor=house(), now=entry.recorded_at)
        return f"/assessments/{case_of(pen)}/opinion/{entry.id}.docx"

    old = written("先写的意见。", -1)
    before = li.get(old).content
    head = signed_in("suo.zhang", "centre_head", CENTRE)
    assert bring(head, "{{ id_number }}", paper="opinion").status_code == 422, "no identity number"
    answer = bring(head, "示范所意见书抬头", "{{ name }}：{{ asks }}。", "{{ domains }}", paper="opinion")
    assert answer["Location"] == "/way-out/templates/?saved=opinion-1"
    new = written("后写的意见。", 2)
    said = read_bytes(li.get(new).content)
    assert said.startswith("示范所意见书抬头")
    assert "王小明：建议提前解除强制隔离戒毒。" in said
    assert "没有违纪" in said
    assert li.get(old).content == before


def test_a_barred_opinion_has_no_document(now: datetime, li: Client, zhang: Client) -> None:
    pen = resident(now, ordered="2025-11-25")
    write(li, pen)
    sign(zhang)
    view = file_view(pen.file)
    assert view is not None
    sheet = next(e for e in view.entries if e.kind == "assessment_sheet")
    written = pen.entry(
        "opinion_written", "2026-11-22", to=str(sheet.id), proposes="early_release", reasons="……"
    )
    gate.record_many([written], actor=house(), now=now)
    assert li.get(f"/assessments/{case_of(pen)}/opinion/{written.id}.docx").status_code == 404


def test_a_brigade_officer_reads_and_does_not_write(now: datetime, li: Client) -> None:
    pen = resident(now)
    officer = signed_in("chen", "brigade_officer", BRIGADE)
    assert officer.get(f"/assessments/{case_of(pen)}/").status_code == 200
    assert officer.get(f"/assessments/{case_of(pen)}/new/?stage=one_year").status_code == 404
