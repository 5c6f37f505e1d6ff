"""What the person says and hands in about an absence or a test: beside the count, not looked at until it is
answered, and the answer with its reasons on both pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry, Value
from guitu.store import excerpts, gate, personal
from guitu.store.read import file_view
from tests.store.reading_log import lines
from tests.store.writing import CENTRE, NEXT_COUNTY, TOWN, Pen
from tests.unit.test_levels_outreach import exif, jpeg
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.own import enter
from tests.web.recording import form_of
from tests.web.test_order import days_ago, treated

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PLACE = b"GPSLatitude 19.1"


@dataclass
class Two:
    """A person and the town's officer, on one file."""

    case: str
    evaded: Entry
    mine: Client
    town: Client

    def page(self) -> str:
        return html(self.mine, "/mine/counts/")

    def desk(self) -> str:
        return html(self.town, f"/order/{self.case}/")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch, places: object, now: datetime) -> Two:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()
    case, (evaded,) = treated(now, ("urine_test", days_ago(40), {"outcome": "evaded"}))
    view = file_view(evaded.file)
    assert view is not None
    given = personal.give_access(view)
    return Two(case, evaded, enter(given.username, given.password), signed_in("town-1", "town_office", TOWN))


def hand_in(client: Client, where: str, about: Entry, *files: SimpleUploadedFile, **more: str) -> str:
    """Fill the form in; where it led, or the page with what is wrong."""
    found = re.search(r'name="id" value="([^"]+)"', html(client, where))
    assert found is not None
    answers = {
        "id": found[1],
        "entry": str(about.id),
        "sort": "medical",
        "text": "发烧，去了县医院。",
        **more,
    }
    answer = client.post(where, {**answers, "papers": list(files)})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_1.jpg", jpeg(exif(1, PLACE)), "image/jpeg")


def answered(two: Two, outcome: str, words: str) -> None:
    (where, _), *_ = links(two.desk(), f"/files/{two.case}/record/account_answer/")
    said(two.town, where, outcome=outcome, text=words)


def said(town: Client, where: str, **answers: str) -> None:
    """Save a form with what its address already knows."""
    known = dict(parse_qsl(urlsplit(where).query))
    reply = town.post(where, {**form_of(town, where), **known, **answers})
    assert reply.status_code == 302, text(reply.content.decode())[:600]


def test_what_the_person_hands_in_stands_beside_the_count_not_looked_at(two: Two) -> None:
    assert f"entry={two.evaded.id}" in two.page()
    led = hand_in(
        two.mine,
        "/mine/ask/explain/",
        two.evaded,
        photo(),
        SimpleUploadedFile("a.pdf", PDF, "application/pdf"),
    )
    assert led.startswith("/mine/?saved=")
    for page in (two.page(), two.desk()):
        words = text(page)
        assert "发烧，去了县医院。" in words
        assert "还没有看" in words
        assert "照片 1" in words
        assert "文件 2（PDF）" in words
    assert "我的说明" in text(two.page())
    assert "等待答复" in text(html(two.mine, "/mine/"))
    assert "答复本人说明" in text(html(two.town, "/"))


def test_the_papers_are_seen_by_both_without_what_the_camera_wrote_and_each_time_is_noted(two: Two) -> None:
    hand_in(two.mine, "/mine/ask/explain/", two.evaded, photo(), SimpleUploadedFile("a.pdf", PDF))
    for client, page, begins in (
        (two.mine, two.page(), "/mine/papers/"),
        (two.town, two.desk(), f"/files/{two.case}/pictures/"),
    ):
        (seen, _), (taken, _) = links(page, begins)
        picture = client.get(seen)
        assert picture["Content-Type"] == "image/jpeg"
        assert picture.content.startswith(b"\xff\xd8\xff")
        assert PLACE not in picture.content
        document = client.get(taken)
        assert document.content == PDF
        assert document["Content-Disposition"].startswith("attachment")
        assert "default-src 'none'" in document["Content-Security-Policy"]
    assert any("picture" in line.detail for line in lines())
    assert any(line.detail.startswith("paper ") for line in lines())


def test_nobody_else_opens_the_papers(two: Two, now: datetime) -> None:
    hand_in(two.mine, "/mine/ask/explain/", two.evaded, photo())
    ((own, _),) = links(two.page(), "/mine/papers/")
    ((desk, _),) = links(two.desk(), f"/files/{two.case}/pictures/")
    _, (other,) = treated(now, ("urine_test", days_ago(30), {"outcome": "evaded"}), n=2)
    view = file_view(other.file)
    assert view is not None
    given = personal.give_access(view)
    somebody = enter(given.username, given.password)
    assert somebody.get(own).status_code == 404
    assert two.town.get(own).status_code in (403, 404)
    assert two.mine.get(own.replace(own.split("/")[-2], "0" * 64)).status_code == 404
    for client in (
        signed_in("next-1", "county_supervisor", NEXT_COUNTY),
        signed_in("nurse-1", "nurse", CENTRE),
        somebody,
    ):
        assert client.get(desk).status_code in (403, 404)


def test_the_officer_refuses_with_reasons_that_the_person_reads(two: Two) -> None:
    hand_in(two.mine, "/mine/ask/explain/", two.evaded)
    answered(two, "refused", "医院当天没有您的就诊记录。")
    for page in (two.page(), two.desk(), html(two.mine, "/mine/")):
        words = text(page)
        assert "不采纳" in words
        assert "医院当天没有您的就诊记录。" in words
    assert "还没有看" not in two.desk()
    assert "town-1" not in two.page()


def test_one_that_is_accepted_leads_to_the_excuse_and_then_does_not_count(two: Two) -> None:
    hand_in(two.mine, "/mine/ask/explain/", two.evaded)
    assert not links(two.desk(), f"/files/{two.case}/record/excuse/?of=")
    answered(two, "accepted", "有病历，情况属实。")
    ((where, _),) = links(two.desk(), f"/files/{two.case}/record/excuse/?of=")
    said(two.town, where, grounds="就医", checked="1")  # it lies before the last entry: asked once
    for page in (two.page(), two.desk()):
        assert "有正当理由，不算" in text(page)
    assert not links(two.desk(), f"/files/{two.case}/record/excuse/?of=")


def test_an_absence_is_excused_for_all_its_days_or_says_that_the_rest_counts(two: Two, now: datetime) -> None:
    case, (away,) = treated(now, ("absence", days_ago(40), {"authorised": "no", "days": 12}), n=3)
    view = file_view(away.file)
    assert view is not None
    given = personal.give_access(view)
    them = Two(case, away, enter(given.username, given.password), two.town)
    hand_in(them.mine, "/mine/ask/explain/", away)
    answered(them, "accepted", "有病历，情况属实。")
    (where, _), *_ = links(them.desk(), f"/files/{case}/record/excuse/?of=absence")
    assert f"until={days_ago(29)}" in where
    said(them.town, where, grounds="住院", until=days_ago(35), checked="1")
    for page in (them.page(), them.desk()):
        words = text(page)
        assert "部分有正当理由，其余算入" in words
        assert "有正当理由，不算" not in words


def corrected(two: Two, wrong: object, **answers: str) -> None:
    where = f"/files/{two.case}/entries/{wrong}/correct/"
    said(two.town, where, correction_reason="日期登错", **answers)


def test_evidence_account_and_answer_stay_with_an_entry_that_is_corrected(two: Two) -> None:
    hand_in(two.mine, "/mine/ask/explain/", two.evaded, photo())
    ((evidence, _),) = links(two.desk(), f"/files/{two.case}/record/evidence/")
    said(two.town, evidence, sort="medical", says="for", text="门诊单核对过")
    corrected(two, two.evaded.id, outcome="evaded", happened_on=days_ago(39))
    for page in (two.page(), two.desk()):
        for words in ("发烧，去了县医院。", "照片 1", "门诊单核对过"):
            assert words in text(page)
    answered(two, "refused", "医院当天没有您的就诊记录。")
    for page in (two.page(), two.desk(), html(two.mine, "/mine/")):
        assert "医院当天没有您的就诊记录。" in text(page)


def brought(two: Two) -> Entry:
    """What the person said, as the office wrote it down for them."""
    ((where, _),) = links(two.desk(), f"/people/{two.case}/requests/explain/")
    hand_in(two.town, where.split("?")[0], two.evaded, photo(), source="paper")
    view = file_view(two.evaded.file)
    assert view is not None
    (account,) = (e for e in view.case_file.counted() if e.kind == "account_given")
    return account


def test_an_answer_stays_with_what_an_office_wrote_down_and_then_corrected(two: Two) -> None:
    account = brought(two)
    answered(two, "refused", "医院当天没有您的就诊记录。")
    about = str(two.evaded.id)
    corrected(two, account.id, entry=about, sort="medical", text="发烧，去了镇医院。", checked="1")
    for page in (two.page(), two.desk(), html(two.mine, "/mine/")):
        assert "医院当天没有您的就诊记录。" in text(page)
    assert account.id.hex[-6:].upper() in text(html(two.mine, "/mine/"))
    assert "答复本人说明" not in text(html(two.town, "/"))


def test_a_request_that_an_office_withdraws_is_not_gone_from_the_persons_page(two: Two) -> None:
    account = brought(two)
    said(two.town, f"/files/{two.case}/entries/{account.id}/withdraw/", reason="不需要")
    page = text(html(two.mine, "/mine/"))
    assert account.id.hex[-6:].upper() in page
    assert "已作废" in page
    assert "可以重新提出，也可以投诉" in page
    assert "不需要" not in page
    assert "town-1" not in page


def test_an_office_writes_down_what_is_brought_on_paper(two: Two) -> None:
    ((where, _),) = links(two.desk(), f"/people/{two.case}/requests/explain/")
    where = where.split("?")[0]
    refused = hand_in(two.town, where, two.evaded, photo())
    assert "请写明怎样收到的" in text(refused)
    led = hand_in(two.town, where, two.evaded, photo(), source="paper")
    assert led.startswith(f"/people/{two.case}/requests/?saved=")
    assert "照片 1" in text(two.page())
    words = text(html(two.town, f"/people/{two.case}/requests/"))
    assert "本人说明" in words
    history = text(html(two.town, f"/files/{two.case}/history/"))
    assert "本人的书面材料，材料 1 份" in history


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.docx", b"PK\x03\x04"), "请交 JPG、PNG 照片或者 PDF 文件"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.4 cut"), "不完整"),
        (SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(2 << 20)), "不超过 2 MB"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0\x00"), "不完整"),
    ],
)
def test_what_is_no_paper_is_refused_in_one_sentence_and_nothing_is_kept(
    two: Two, file: SimpleUploadedFile, sentence: str
) -> None:
    file.seek(0)
    assert sentence in text(hand_in(two.mine, "/mine/ask/explain/", two.evaded, file))
    assert "发烧" not in two.page()


def test_four_papers_at_once_are_too_many(two: Two) -> None:
    four = [SimpleUploadedFile(f"{n}.pdf", PDF + bytes([n])) for n in range(4)]
    assert "一次最多 3 份" in text(hand_in(two.mine, "/mine/ask/explain/", two.evaded, *four))


def test_only_what_is_counted_can_be_explained(two: Two) -> None:
    page = hand_in(two.mine, "/mine/ask/explain/", two.evaded, entry=str(two.evaded.file))
    assert "请选一项" in text(page)


def test_a_form_with_papers_needs_its_token(two: Two) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = two.mine.cookies
    assert strict.post("/mine/ask/explain/", {"text": "x"}).status_code == 403


def test_after_a_laboratory_s_positive_was_told_a_retest_may_be_asked_for_while_its_days_run(
    monkeypatch: pytest.MonkeyPatch, places: object, now: datetime
) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_PRESETS", "retest=5")
    day = days_ago(6)
    _, (test,) = treated(now, ("urine_test", day, {"outcome": "taken", "result": "positive"}))
    pen = Pen(1)
    pen.next += 50  # after those of the file
    known: dict[str, Value] = {"test": str(test.id)}
    report = pen.entry(
        "lab_report", day, **known, stage="laboratory", which="a", body="示例中心", result="positive"
    )
    asked = pen.entry("objection", day, entry=str(test.id))
    told = pen.entry("lab_result_told", days_ago(4), **known, stage="laboratory", signed="yes")
    gate.record_many([report, asked, told], actor=house(), now=now)
    view = file_view(test.file)
    assert view is not None
    given = personal.give_access(view)
    mine = enter(given.username, given.password)
    page = text(html(mine, "/mine/ask/object/"))
    assert "申请复检" in page
    own = text(html(mine, "/mine/"))
    assert "申请复检" in own
    assert "最后一天 2026年11月24日" in own
    monkeypatch.setenv("GUITU_PRESETS", "retest=1")
    page = text(html(mine, "/mine/ask/object/"))
    assert "已过" in page
