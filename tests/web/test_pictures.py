"""Photos and signatures from the worker's phone, on the case file: seen by who sees the entry, noted each
time, and nowhere for anybody else."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from guitu.access import house
from guitu.exchange.phone.reading import MOST_SOURCE, Attachment, attachments_in, came_source
from guitu.store import attachments, engine, erasure, gate, read
from tests.store.reading_log import lines
from tests.store.writing import CENTRE, NEXT_COUNTY, TOWN, VILLAGE, Pen
from tests.web.desk import html, signed_in, text
from tests.web.phoning import WorkPhone, entry

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def wang(places: object, now: Any) -> Pen:
    pen = Pen(1, unit=VILLAGE)
    gate.record_many(pen.on_community_treatment(served="2026-10-02"), actor=house(), now=now)
    return pen


@pytest.fixture
def phone(wang: Pen) -> WorkPhone:
    return WorkPhone()


def case_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def named(content: bytes, what: str, kind: str) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {"sha256": digest, "type": kind, "bytes": len(content), "what": what}


def bring(phone: WorkPhone, pen: Pen, *, both: bool = True) -> dict[str, Any]:
    """A contact with a photo and a signature; the signature may be still to come."""
    sent = entry(
        pen.file, "contact_attempt", "2026-11-22", fields={"how": "visit", "result": "reached"},
        attachments=[named(JPEG, "photo", "image/jpeg"), named(PNG, "signature", "image/png")],
    )  # fmt: skip
    assert phone.send(sent)[0]["state"] == "receipt"
    for content, kind in ((JPEG, "image/jpeg"), *(((PNG, "image/png"),) if both else ())):
        where = f"/sync/attachments/{sent['id']}/{hashlib.sha256(content).hexdigest()}/"
        answer = phone.calls.post(where, content, kind, headers=phone.headers).json()
        assert answer["state"] == "receipt"
    return sent


@pytest.fixture
def town(phone: WorkPhone) -> Client:
    return phone.browser


def test_the_file_leads_to_its_pictures_and_each_is_given_as_it_came(
    town: Client, phone: WorkPhone, wang: Pen
) -> None:
    case = case_of(wang)
    assert f"/files/{case}/pictures/" not in html(town, f"/files/{case}/")
    assert "还没有照片" in text(html(town, f"/files/{case}/pictures/"))
    sent = bring(phone, wang)
    assert f"/files/{case}/pictures/" in html(town, f"/files/{case}/")
    page = html(town, f"/files/{case}/pictures/")
    assert "共 2 张" in text(page)
    assert 'alt="照片 1，2026-11-22 联系"' in page
    assert 'alt="签名 2，2026-11-22 联系"' in page
    for content, kind in ((JPEG, "image/jpeg"), (PNG, "image/png")):
        where = f"/files/{case}/pictures/{sent['id']}/{hashlib.sha256(content).hexdigest()}/"
        assert f'src="{where}"' in page
        answer = town.get(where)
        assert (answer.status_code, answer["Content-Type"], answer.content) == (200, kind, content)
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
    history = text(html(town, f"/files/{case}/history/"))
    assert "手机登记，图片 2 张" in history
    assert "photo:" not in history


def test_one_that_has_not_come_yet_says_so(town: Client, phone: WorkPhone, wang: Pen) -> None:
    bring(phone, wang, both=False)
    shown = text(html(town, f"/files/{case_of(wang)}/pictures/"))
    assert "共 2 张，1 张还没有送到" in shown
    assert "还没有从手机送到" in shown


def test_who_does_not_see_the_entry_sees_no_picture_of_it(phone: WorkPhone, wang: Pen) -> None:
    sent = bring(phone, wang)
    case = case_of(wang)
    where = f"/files/{case}/pictures/{sent['id']}/{hashlib.sha256(JPEG).hexdigest()}/"
    for name, role, unit in (
        ("far", "county_supervisor", NEXT_COUNTY), ("inside", "brigade_officer", f"{CENTRE}01"),
    ):  # fmt: skip
        outside = signed_in(name, role, unit)
        assert outside.get(f"/files/{case}/pictures/").status_code == 404
        assert outside.get(where).status_code == 404
    assert Client().get(where).status_code in (302, 401)
    other = where.replace(hashlib.sha256(JPEG).hexdigest(), "0" * 64)
    assert phone.browser.get(other).status_code == 404


def test_every_look_is_noted(town: Client, phone: WorkPhone, wang: Pen) -> None:
    sent = bring(phone, wang)
    case = case_of(wang)
    digest = hashlib.sha256(JPEG).hexdigest()
    html(town, f"/files/{case}/pictures/")
    town.get(f"/files/{case}/pictures/{sent['id']}/{digest}/")
    details = [line.detail for line in lines("li", "open")]
    assert details == ["pictures", f"picture {sent['id']} {digest[:12]}"]


def test_what_was_erased_is_gone_and_a_withdrawn_entry_takes_its_pictures_along(
    town: Client, phone: WorkPhone, wang: Pen, now: Any
) -> None:
    sent = bring(phone, wang)
    case = case_of(wang)
    where = f"/files/{case}/pictures/{sent['id']}/{hashlib.sha256(JPEG).hexdigest()}/"
    erasure.erase(wang.file, ["support"], actor=house(), reason="试", now=now)
    assert "密钥已按规定销毁" in text(html(town, f"/files/{case}/pictures/"))
    assert town.get(where).status_code == 404
    assert engine.row("SELECT count(*) FROM store_attachment") == (2,)
    gone = entry(wang.file, "void", "2026-11-23", corrects=sent["id"], fields={"reason": "记错了"})
    assert phone.send(gone)[0]["state"] == "receipt"
    assert "还没有照片" in text(html(town, f"/files/{case}/pictures/"))
    assert signed_in("t2", "town_office", TOWN).get(where).status_code == 404


def test_what_another_system_handed_over_says_so_and_its_photos_are_seen_like_others(
    town: Client, wang: Pen, now: Any
) -> None:
    case, digest = case_of(wang), hashlib.sha256(JPEG).hexdigest()
    source = came_source("handover:haikou", "0" * 32, (Attachment("photo", digest, len(JPEG)),))
    came = replace(wang.entry("remark", "2026-11-01", text="走访"), source=source)
    gate.record_many([came], actor=house(), now=now)
    attachments.keep(came, "photo", digest, JPEG, now)
    assert "由系统 haikou 移交，材料 1 份" in text(html(town, f"/files/{case}/"))
    assert f"/{came.id}/{digest}/" in html(town, f"/files/{case}/pictures/")
    assert town.get(f"/files/{case}/pictures/{came.id}/{digest}/").content == JPEG


def test_where_an_entry_came_from_fits_its_place_whatever_it_names() -> None:
    long = Attachment("signature", "a" * 64, 9_999_999)
    for many in range(4):
        papers = tuple(replace(long, sha256=f"{n:064x}") for n in range(many))
        source = came_source("handover:" + "x" * 40, "0" * 32, papers)
        assert len(source) <= MOST_SOURCE
        assert attachments_in(source) == papers
