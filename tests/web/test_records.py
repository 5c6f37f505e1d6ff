"""The pages by which records are sealed, opened on a basis, corrected, merged; and lists taken along."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import gate
from tests.browser.casefiles import people
from tests.conftest import NOW
from tests.store.writing import VILLAGE, Pen
from tests.web.own import own_of
from tests.web.recording import entries, hidden, html, signed_in, text

Cases = dict[str, str]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def cases(places: object) -> Cases:
    return people()


@pytest.fixture
def county(cases: Cases) -> Client:
    return signed_in("chief", "county_supervisor", "469023")


@pytest.fixture
def second(cases: Cases) -> Client:
    return signed_in("second", "county_supervisor", "469023")


def propose(client: Client, case: str, act: str, **answers: object) -> str:
    """Fill in an act's form and send it; where the proposal is."""
    where = f"/files/{case}/records/{act}/"
    page = html(client.get(where))
    sent = client.post(where, {"id": hidden(page, "id"), "reason": "核实无误", **answers})
    assert sent.status_code == 302, text(sent)
    return sent["Location"]


def approve(client: Client, where: str) -> None:
    assert client.post(where, {"decision": "approve"}).status_code == 302


def test_a_sealed_file_opens_only_with_a_stated_basis(county: Client, second: Client, cases: Cases) -> None:
    case = cases["ended"]
    approve(second, propose(county, case, "seal", basis="public_security"))
    answer = county.get(f"/files/{case}/")
    assert answer["Location"] == f"/files/{case}/sealed/"
    shown = text(county.get(answer["Location"]))
    assert "已封存" in shown
    assert "符某某" not in shown
    missing = county.post(f"/files/{case}/sealed/", {"basis": "", "reason": ""})
    assert missing.status_code == 422
    assert county.get(f"/files/{case}/").status_code == 302
    told = {"basis": "handling", "reason": "示例县公安局示公〔2026〕1号案"}
    assert county.post(f"/files/{case}/sealed/", told)["Location"] == f"/files/{case}/"
    assert "已封存（2026-11-23）" in text(county.get(f"/files/{case}/"))
    assert second.get(f"/files/{case}/").status_code == 302, "one basis opens it for one account"
    nurse = signed_in("nurse", "nurse", "46J01")
    assert nurse.get(f"/files/{case}/sealed/").status_code == 404


def test_unsealing_is_proposed_without_opening_the_file(county: Client, second: Client, cases: Cases) -> None:
    case = cases["ended"]
    approve(second, propose(county, case, "seal", basis="minor"))
    approve(second, propose(county, case, "unseal"))
    assert county.get(f"/files/{case}/").status_code == 200


def test_what_cannot_be_done_now_is_said_before_anything_is_filled_in(county: Client, cases: Cases) -> None:
    shown = text(county.get(f"/files/{cases['in_force']}/records/"))
    assert "仍在执行" in shown
    page = html(county.get(f"/files/{cases['in_force']}/records/"))
    assert f"/files/{cases['in_force']}/records/seal/" not in page


def test_a_form_with_faults_comes_back_with_what_was_typed(county: Client, cases: Cases) -> None:
    where = f"/files/{cases['ended']}/records/seal/"
    page = html(county.get(where))
    answer = county.post(where, {"id": hidden(page, "id"), "note": "某某说明", "reason": ""})
    assert answer.status_code == 422
    shown = html(answer)
    assert "某某说明" in shown
    assert 'href="#f-basis"' in shown
    assert 'href="#f-reason"' in shown


def twins() -> tuple[str, str]:
    """One person twice: an old number of fifteen digits, and the same in its new form."""
    first, later = Pen(801), Pen(802)
    old = first.person("林一帆", "1985-05-05", id_number="980000850505123")
    new = later.person("林一帆", "1985-05-05", id_number="980000198505051234"[:17] + "6")
    gate.record_many([old, first.held_by(VILLAGE)], actor=house(), now=NOW)
    gate.record_many([new, later.held_by(VILLAGE)], actor=house(), now=NOW)
    from guitu.store.read import file_view

    views = [file_view(p.file) for p in (first, later)]
    return views[0].case_no, views[1].case_no  # type: ignore[union-attr]


def test_duplicates_are_listed_compared_side_by_side_and_merged(
    county: Client, second: Client, cases: Cases
) -> None:
    older, newer = twins()
    listed = html(county.get("/people/duplicates/"))
    assert older in listed
    assert newer in listed
    where = f"/files/{newer}/records/merge/"
    page = html(county.get(where, {"other": older}))
    form = {"id": hidden(page, "id"), "other": older, "reason": "同一人"}
    compared = county.post(where, form)
    assert compared.status_code == 200
    assert "两处不同" in text(compared)
    sent = county.post(where, {**form, "checked": "1"})
    approve(second, sent["Location"])
    assert "来自档案" in text(county.get(f"/files/{newer}/history/"))
    assert newer in html(county.get(f"/files/{older}/"))
    assert older not in html(county.get("/people/duplicates/"))


def test_a_person_listed_in_error_gets_a_certificate(county: Client, second: Client, cases: Cases) -> None:
    case = cases["ended"]
    page = html(county.get(f"/files/{case}/records/identity_error/"))
    every = re.findall(r'name="entries" value="([^"]+)"', page)
    where = propose(
        county, case, "identity_error", found_on="2026-11-20", found="同名", then="seal", entries=every
    )
    approve(second, where)
    made = next(e for e in entries(case) if e.kind == "identity_error")
    address = f"/files/{case}/certificate/{made.id}/"
    assert address in html(county.get(where))
    answer = county.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert signed_in("next", "county_supervisor", "469024").get(address).status_code == 404


def test_a_long_list_is_taken_along_only_when_a_second_officer_has_approved_it(
    county: Client, second: Client, cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert county.get("/people/list.csv", {"list": "all"}).status_code == 200
    monkeypatch.setenv("GUITU_EXPORT_ALONE", "2")
    asked = county.get("/people/list.csv", {"list": "all"})
    page = html(county.get(asked["Location"]))
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    form.pop("csrfmiddlewaretoken", None)
    assert county.post("/proposals/export/", {**form, "reason": ""}).status_code == 422
    where = county.post("/proposals/export/", {**form, "reason": "月度核对"})["Location"]
    assert county.post(f"{where}download/").status_code == 302, "not yet"
    approve(second, where)
    assert f'formaction="{where}download/"' in html(county.get(where))
    assert county.get(f"{where}download/").status_code == 405, "looking takes nothing along"
    taken = county.post(f"{where}download/")
    assert taken.status_code == 200
    assert "符某某" in taken.content.decode("utf-8-sig")
    assert second.post(f"{where}download/").status_code == 404
    monkeypatch.setenv("GUITU_TODAY", "2026-11-25")
    assert county.post(f"{where}download/").status_code == 302
    assert county.get(f"{where}?late=1").status_code == 410


def test_today_says_how_many_wait(county: Client, second: Client, cases: Cases) -> None:
    propose(county, cases["ended"], "seal", basis="minor")
    assert "有 1 件事项等您复核" in text(second.get("/"))
    assert "等您复核" not in text(county.get("/"))


def test_the_person_asks_for_sealing_on_their_own_page(places: object) -> None:
    own = own_of(NOW)
    led = own.ask("seal", note="已经结束")
    assert re.fullmatch(r"/mine/\?saved=[0-9A-F]{6}", led)
