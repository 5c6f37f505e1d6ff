"""What the person shares: with the family by consent, and a copy for themselves."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.phone.reading import Attachment, handed_source, source_of
from guitu.store import attachments, complaints, erasure, gate, personal
from guitu.store.units import NewUnit
from tests.store.writing import TOWN, Pen
from tests.unit.test_levels_outreach import jpeg
from tests.web.desk import html, signed_in
from tests.web.own import SECRET_NOTE, SECRET_TESTER, SECRET_WORKER, Own, enter, own_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setenv("GUITU_TODAY", today.isoformat())


@pytest.fixture
def own(places: tuple[NewUnit, ...], now: datetime) -> Own:
    return own_of(now)


# ── family ────────────────────────────────────────────────────────────────────────────────────────


def consent(own: Own, parts: str = "duties", until: str = "2026-12-31") -> Entry:
    own.ask("family", who="赵母", relation="母亲", parts=parts, until=until)
    return next(e for e in own.view.entries if e.kind == "family_consent")


def relative(own: Own, entry: Entry) -> Client:
    given = personal.give_family(own.view, entry.id)
    return enter(given.username, given.password)


def test_the_family_sees_only_what_the_consent_names(own: Own) -> None:
    own.ask("help", need="work")
    mother = relative(own, consent(own, "term"))
    page = html(mother, "/mine/")
    assert "您现在：社区戒毒" in page
    assert "他们应当为我做的" not in page
    assert "请求帮助" not in page
    assert "谁看过我的资料" not in page
    assert mother.get("/mine/ask/help/").status_code == 404
    assert mother.post("/mine/copy/", {"form": "json"}).status_code == 404


def test_taking_the_consent_back_closes_the_page_at_once(own: Own) -> None:
    entry = consent(own)
    mother = relative(own, entry)
    assert mother.get("/mine/").status_code == 200
    assert own.client.post("/mine/family/end/", {"to": str(entry.id)}).status_code == 302
    closed = mother.get("/mine/")
    assert closed.status_code == 403
    assert "社区戒毒" not in closed.content.decode()


@pytest.mark.parametrize(("day", "status"), [("2026-12-31", 200), ("2027-01-01", 403)])
def test_a_consent_ends_by_itself_after_its_last_day(
    own: Own, monkeypatch: pytest.MonkeyPatch, day: str, status: int
) -> None:
    mother = relative(own, consent(own))
    monkeypatch.setenv("GUITU_TODAY", day)
    assert mother.get("/mine/").status_code == status


def test_no_account_without_a_consent_that_stands(own: Own) -> None:
    from guitu.kernel.errors import GuituError

    entry = consent(own)
    own.client.post("/mine/family/end/", {"to": str(entry.id)})
    with pytest.raises(GuituError):
        personal.give_family(own.view, entry.id)


# ── a copy ────────────────────────────────────────────────────────────────────────────────────────


def test_the_copy_holds_everything_but_what_tells_of_others(own: Own) -> None:
    answer = own.client.post("/mine/copy/", {"form": "json"})
    copy: dict[str, Any] = json.loads(answer.content)
    assert {e["kind"] for e in copy["entries"]} >= {"person", "order", "served", "urine_test", "remark"}
    whole = answer.content.decode()
    for secret in (SECRET_WORKER, SECRET_TESTER, SECRET_NOTE, "clerk"):
        assert secret not in whole, secret
    test = next(e for e in copy["entries"] if e["kind"] == "urine_test")
    assert test["answers"]["检测结果"] == "阳性"
    assert test["left_out"] == {"检测人1": "涉及他人", "备注": "工作人员的文字备注，核对不涉及他人后可以提供"}
    assert [e.kind for e in own.view.entries].count("own_copy_given") == 1


def test_the_copy_can_be_read_as_a_document(own: Own) -> None:
    answer = own.client.post("/mine/copy/", {"form": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_without_a_chinese_typeface_one_sentence_says_so(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    from guitu.exchange.documents import own_copy

    own_copy.chinese_font.cache_clear()
    monkeypatch.setattr(own_copy, "FONTS", ("No Such Typeface",))
    try:
        answer = own.client.post("/mine/copy/", {"form": "pdf"})
    finally:
        own_copy.chinese_font.cache_clear()
    assert answer.status_code == 422
    assert "没有中文字体" in answer.content.decode()
    assert not [e for e in own.view.entries if e.kind == "own_copy_given"]


def test_erasing_a_file_takes_the_persons_complaints_along(own: Own, now: datetime) -> None:
    signed_in("inspector", "inspector", "46")
    own.ask("complain", against=TOWN, text="报到那天没有人在", named="no")
    line = complaints.of_person(own.view.no)[0]
    erasure.erase(own.file, actor=house(), reason="试验", now=now)
    thread = complaints.thread(line.id)
    assert thread is None or "报到" not in str(dict(thread.complaint.fields))


# ── what the person handed in ─────────────────────────────────────────────────────────────────────

PDF = b"%PDF-1.4 a sick note %%EOF"
SEEN = jpeg()


def paper_of(own: Own, now: datetime, kind: str, content: bytes, what: str, **fields: str) -> str:
    """An entry with one paper that has arrived; how its source names it."""
    pen = Pen(1)
    pen.file, pen.next = own.file, 700 + len(own.view.entries)
    named = Attachment(what, sha256(content).hexdigest(), len(content))
    source = handed_source("窗口", date(2026, 11, 20), (named,))
    if what == "photo" and kind != "account_given":
        source = source_of("device00", now, (named,))
    entry = replace(pen.entry(kind, "2026-11-20", **fields), source=source)
    gate.record_many([entry], actor=house(), now=now)
    attachments.keep(entry, what, named.sha256, content, now)
    return named.sha256


def folder(own: Own) -> dict[str, bytes]:
    answer = own.client.post("/mine/copy/", {"form": "zip"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def test_the_copy_as_a_folder_holds_what_the_person_handed_in(own: Own, now: datetime) -> None:
    test = next(e for e in own.view.entries if e.kind == "urine_test")
    account = {"entry": str(test.id), "sort": "medical", "text": "发烧"}
    digest = paper_of(own, now, "account_given", PDF, "paper", **account)
    paper_of(own, now, "account_given", SEEN, "photo", **account)
    parts = folder(own)
    papers = {name: content for name, content in parts.items() if name.startswith("papers/")}
    assert sorted(papers.values()) == sorted((PDF, SEEN))
    assert {name.rpartition(".")[2] for name in papers} == {"pdf", "jpg"}
    assert parts["copy.pdf"].startswith(b"%PDF")
    told = json.loads(parts["copy.json"])
    named = [p for e in told["entries"] for p in e.get("papers", ())]
    assert {p["name"] for p in named} == {name.rpartition(".")[0] for name in papers}
    assert digest in {p["sha256"] for p in named}
    assert next(e for e in reversed(own.view.entries) if e.kind == "own_copy_given").get("form") == "zip"


def test_photos_of_staff_and_what_was_erased_are_not_in_the_folder(own: Own, now: datetime) -> None:
    test = next(e for e in own.view.entries if e.kind == "urine_test")
    paper_of(own, now, "account_given", PDF, "paper", entry=str(test.id), sort="medical", text="发烧")
    paper_of(own, now, "remark", SEEN, "photo", text="家访")
    parts = folder(own)
    assert SEEN not in parts.values()
    told = json.loads(parts["copy.json"])
    (visit,) = [e for e in told["entries"] if "照片、签名" in e["left_out"]]
    assert "工作人员拍摄" in visit["left_out"]["照片、签名"]
    erasure.erase(own.file, [kinds()["account_given"].compartment], actor=house(), reason="到期", now=now)
    assert not [name for name in folder(own) if name.startswith("papers/")]


def test_papers_that_are_more_than_a_copy_holds_are_said_in_one_sentence(
    own: Own, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guitu.exchange.documents import own_copy

    test = next(e for e in own.view.entries if e.kind == "urine_test")
    paper_of(own, now, "account_given", PDF, "paper", entry=str(test.id), sort="medical", text="发烧")
    monkeypatch.setattr(own_copy, "MOST_PAPERS", 10)
    answer = own.client.post("/mine/copy/", {"form": "zip"})
    assert answer.status_code == 422
    assert "请先取不带材料的" in answer.content.decode()
    assert not [e for e in own.view.entries if e.kind == "own_copy_given"]
    assert own.client.post("/mine/copy/", {"form": "json"}).status_code == 200
