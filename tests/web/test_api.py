"""The API: who is let in, what it shows and records, and that it is the pages' own decisions that decide."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings

from guitu.access import Actor, Post, house
from guitu.kernel.ids import uuid7
from guitu.store import engine, gate, proposals, read
from guitu.store.acts.export import alone
from guitu.store.read.listing import Narrow, how_many, people_after
from guitu.store.units import tree
from guitu.web.accounts import tokens
from guitu.web.api.own_pages import WAYS
from tests.conftest import NOW
from tests.store.reading_log import lines
from tests.store.writing import VILLAGE, Pen
from tests.web.calling import TOWN, Program, account
from tests.web.desk import TODAY, busy

COUNTY = "469023"
OTHER_COUNTY = "469024"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_DEMO_IDS", "1")


@pytest.fixture
def people(places: object, now: datetime) -> None:
    busy(now)


def fresh_id() -> str:
    return str(uuid7(int(NOW.timestamp() * 1000), os.urandom(10)))


def readings(what: str) -> list[str]:
    return [line.detail for line in lines(what=what)]


# ── who is let in ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "header", ["", "Bearer x", "Bearer guitu_", "Guitu a.b", "Bearer guitu_" + "0" * 32 + "_x"]
)
def test_without_a_token_nobody_is_let_in(places: object, header: str) -> None:
    answer = Client().get("/api/v1/people", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["said"]["zh"]


def test_a_browsers_session_opens_nothing_here(people: None) -> None:
    from tests.web.desk import signed_in

    assert signed_in("s", "town_office", TOWN).get("/api/v1/people").status_code == 401


def test_a_token_tells_whose_it_is(people: None) -> None:
    told = Program("li", "town_office", TOWN, "people").get("token")
    assert (told["account"], told["role"], told["unit"]["code"]) == ("li", "town_office", TOWN)
    assert told["scopes"] == ["people"]


def test_a_token_is_for_its_scopes_only(people: None) -> None:
    program = Program("li", "town_office", TOWN, "units")
    program.get("units")
    assert program.get("people", 403)["code"] == "no_scope"


def test_no_token_is_wider_than_its_post(places: object) -> None:
    reader = account("v", "village_worker", VILLAGE)
    with pytest.raises(tokens.NotMade):
        tokens.make(reader, "x", frozenset({"export"}), 30)


def test_one_call_too_many_waits(people: None) -> None:
    program = Program()
    with override_settings(RATES={"api": 3}):
        for _ in range(3):
            program.get("token")
        answer = program.calls.get("/api/v1/token", headers=program.headers)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.json()["code"] == "too_often"


def test_what_the_pages_count_is_counted_here_and_together(people: None) -> None:
    program = Program()
    with override_settings(RATES={"api": 600, "search": 1}):
        program.post("people/search", {"q": "赵"})
        assert program.post("people/search", {"q": "赵"}, 429)["code"] == "too_often"
        program.get("people")


# ── people ────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_of_people_follows_the_one_before(people: None) -> None:
    program = Program("c", "county_supervisor", COUNTY)
    found = program.whole("people", limit=7)
    assert len(found) == len({line["case_no"] for line in found}) == program.get("people")["total"] == 60
    assert "id_number" not in found[0]
    assert readings("list")


@pytest.mark.parametrize("narrow", ["overdue", "overdue current", "current"])
def test_how_many_there_are_is_how_many_come(people: None, narrow: str) -> None:
    program = Program("c", "county_supervisor", COUNTY)
    asked = dict.fromkeys(narrow.split(), "true")
    found = program.whole("people", **asked)
    assert program.get("people", limit=1, **asked)["total"] == len(found) > 0
    measure = found[0]["measure"]
    some = [line for line in found if line["measure"] == measure]
    assert program.get("people", limit=1, measure=measure, **asked)["total"] == len(some)


def test_the_list_is_narrowed_as_on_the_page(people: None) -> None:
    program = Program("c", "county_supervisor", COUNTY)
    late = program.whole("people", overdue="true")
    assert late
    assert all(line["overdue_duties"] for line in late)
    unit = tree().find(COUNTY)
    with engine.house():
        narrow = Narrow(overdue=True)
        assert len(late) == how_many(unit, narrow) == len(people_after(unit, narrow, size=200))


def test_nobody_outside_the_area_is_listed(people: None) -> None:
    Program("x", "county_supervisor", OTHER_COUNTY).get("people", 404, unit=TOWN)


def test_somebody_is_found_by_name_and_the_name_stands_in_no_address(people: None) -> None:
    program = Program()
    found = program.post("people/search", {"q": "赵一甲"})
    assert found["found"] >= 1
    assert found["items"][0]["name"].startswith("赵")
    assert readings("hit")


@pytest.mark.parametrize("cursor", ["x", "cDE", "ZTE", "cDAx"])
def test_a_cursor_that_no_answer_gave_is_none(people: None, cursor: str) -> None:
    Program().get("people", 404, cursor=cursor + "zz")


# ── a list to take along ──────────────────────────────────────────────────────────────────────────


def exported(program: Program, **asked: Any) -> Any:
    return program.calls.get("/api/v1/people/export", asked, headers=program.headers)


def test_a_list_is_streamed_as_json_lines_and_as_csv(people: None) -> None:
    program = Program("c", "county_supervisor", COUNTY)
    answer = exported(program)
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    assert len(lines) == 60
    text = b"".join(exported(program, format="csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {r["case_no"] for r in rows} == {line["case_no"] for line in lines}
    assert readings("export")


def test_a_long_list_takes_a_second_officer_and_is_the_very_list_that_was_approved(
    people: None, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setenv("GUITU_EXPORT_ALONE", "5")
    assert alone() == 5
    program = Program("c", "county_supervisor", COUNTY)
    assert exported(program).json()["code"] == "needs_second"
    payload = {"what": "people", "ending": "csv", "rows": 20, "query": {"unit": TOWN, "list": "all"}}
    made = proposals.propose(
        "export", payload, file=None, actor=program.acts_as.actor, reason="报表", now=now
    )
    assert exported(program, proposal=str(made)).json()["code"] == "needs_second"
    head = Actor("head", (Post("provincial_supervisor", "46"),))
    account("head", "provincial_supervisor", "46")
    proposals.decide_proposal(made, actor=head, approve=True, reason="同意", now=now)
    answer = exported(program, proposal=str(made))
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    with engine.house():
        assert len(lines) == how_many(tree().find(TOWN), Narrow()) < 60
    other = Program("c2", "county_supervisor", COUNTY)
    assert exported(other, proposal=str(made)).json()["code"] == "needs_second"


# ── a file ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def case(places: object, now: datetime) -> str:
    pen = Pen(801)
    gate.record_many(
        [
            pen.person(born="1990-03-05", phone="13800001402"),
            pen.held_by(VILLAGE, worker="李晓梅"),
            pen.entry("order", "2026-02-01", measure="community_treatment", document_no="文书甲"),
            pen.entry("served", "2026-02-02"),
            pen.entry("intake_health", "2026-03-06", conditions="病情丙"),
        ],
        actor=house(),
        now=now,
    )
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def test_a_file_shows_what_the_post_sees_and_counts_the_rest(case: str) -> None:
    program = Program()
    told = program.get(f"files/{case}")
    assert told["hidden"] == {"medical": 1}
    entries = program.get(f"files/{case}/entries")
    kinds = [e["kind"] for e in entries["items"]]
    assert "order" in kinds
    assert "intake_health" not in kinds
    assert "病情丙" not in json.dumps(entries, ensure_ascii=False)
    person = next(e for e in entries["items"] if e["kind"] == "person")
    assert "*" in person["fields"]["id_number"]
    assert person["fields"]["phone"] == "138****1402"
    assert {"api file", "api entries"} <= set(readings("open"))


def test_an_identity_number_is_shown_on_demand_and_noted(case: str) -> None:
    shown = Program().post(f"files/{case}/number")
    assert shown["id_number"].startswith("98")
    assert readings("number") == ["api number"]


def test_where_somebody_stands_comes_with_its_reasons(case: str) -> None:
    told = Program().get(f"files/{case}/assessment", on="2026-11-23")
    assert told["current"]["name"] == "community_treatment"
    duty = told["duties"][0]
    assert duty["because"]["cites"]
    assert duty["because"]["said"]["en"]
    earlier = Program("li2").get(f"files/{case}/assessment", on="2026-02-01", known_at="2020-01-01")
    assert earlier["current"] is None


def test_a_file_outside_the_area_is_not_there_and_the_attempt_is_noted(case: str) -> None:
    assert Program("x", "county_supervisor", OTHER_COUNTY).get(f"files/{case}", 404)["code"] == "not_there"
    assert readings("refused")


def test_an_entry_is_recorded_once_under_its_id(case: str) -> None:
    program = Program()
    sent = {"id": fresh_id(), "kind": "reporting_in", "happened_on": "2026-02-10", "fields": {}}
    first = program.post(f"files/{case}/entries", sent, 201)
    again = program.post(f"files/{case}/entries", sent, 200)
    assert first["receipt"] == again["receipt"]
    assert again["repeated"] is True
    program.post(f"files/{case}/entries", {**sent, "happened_on": "2026-02-11"}, 409)
    stored = program.get(f"files/{case}/entries", kind="reporting_in")["items"]
    assert len(stored) == 1


def test_an_entry_is_corrected_with_a_reason_and_withdrawn(case: str) -> None:
    program = Program()
    path = f"files/{case}/entries"
    first = program.post(path, {"kind": "remark", "happened_on": "2026-03-01", "fields": {"text": "甲"}}, 201)
    better = {
        "kind": "remark", "happened_on": "2026-03-01", "fields": {"text": "乙"}, "corrects": first["id"],
    }  # fmt: skip
    assert program.post(path, better, 422)["faults"][0]["field"] == "correction_reason"
    program.post(path, {**better, "reason": "笔误"}, 201)
    assert program.post(path, {**better, "reason": "再改"}, 409)["code"] == "gone"
    other = program.post(path, {"kind": "remark", "happened_on": "2026-03-02", "fields": {"text": "丙"}}, 201)
    withdrawn = {"kind": "void", "happened_on": "2026-03-03", "corrects": other["id"]}
    kind = program.get("kinds/void")
    reason = kind["asks"][0]["name"]
    program.post(path, {**withdrawn, "fields": {reason: _some(kind, reason)}}, 201)
    standing = {e["id"]: e["standing"] for e in program.get(path, kind="remark")["items"]}
    assert standing[first["id"]] == "corrected"
    assert standing[other["id"]] == "withdrawn"


def _some(kind: dict[str, Any], name: str) -> str:
    found = kind["answers"]["properties"][name]
    return str(found["enum"][0]) if "enum" in found else "登记错误"


def test_what_restricts_liberty_is_proposed_and_not_recorded(case: str) -> None:
    program = Program("c", "county_supervisor", COUNTY)
    kinds = program.get("kinds")
    name = next(k["name"] for k in kinds if k["countersigned"] and k["recordable"])
    sent = {"kind": "order", "happened_on": "2026-11-20",
            "fields": {"measure": "community_recovery", "document_no": "文书乙"}}  # fmt: skip
    assert name
    told = program.post(f"files/{case}/entries", sent, 202)
    assert told["state"] == "proposed"
    orders = program.get(f"files/{case}/entries", kind="order")["items"]
    assert len(orders) == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"kind": "no_such_kind"}, "form_unknown"),
        ({"kind": "remark", "version": 99}, "form_unknown"),
        ({"kind": "remark", "fields": {"text": "甲", "other": "乙"}}, "faults"),
        ({"kind": "reporting_in", "happened_on": "2027-12-31"}, "date_in_future"),
        ({"kind": "remark", "happened_on": "2026-02-31", "fields": {"text": "甲"}}, "unreadable"),
        ({"kind": "void"}, "required_missing"),
    ],
)
def test_what_cannot_be_recorded_says_why(case: str, sent: dict[str, Any], code: str) -> None:
    told = Program().post(f"files/{case}/entries", {"happened_on": "2026-03-01", **sent}, 422)
    assert told["said"]["zh"]
    assert told["said"]["en"]
    assert (told["code"], code) == (code, code) or told["faults"]


def test_a_post_records_only_what_it_may(case: str) -> None:
    sent = {"kind": "intake_health", "happened_on": "2026-03-01", "fields": {"conditions": "无"}}
    assert Program().post(f"files/{case}/entries", sent, 403)["code"] == "not_allowed"


def test_null_bytes_and_half_characters_are_refused(case: str) -> None:
    program = Program()
    for text in ("\\u0000", "\\ud800"):
        body = f'{{"kind": "remark", "happened_on": "2026-03-01", "fields": {{"text": "{text}"}}}}'
        answer = program.calls.post(
            f"/api/v1/files/{case}/entries", body, "application/json", headers=program.headers
        )
        assert answer.status_code in (400, 422)
        assert answer.headers["Content-Type"].startswith("application/json")


# ── somebody new ──────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_opened_once_and_a_known_number_opens_none(people: None) -> None:
    from tests.store.writing import id_number

    program = Program()
    number = id_number(date(1991, 5, 6), 977)
    sent = {"id": fresh_id(), "fields": {"name": "新来某", "id_number": number, "sex": None}}
    kind = program.get("kinds/person")
    sent["fields"] = {k: v for k, v in sent["fields"].items() if k in kind["answers"]["properties"]}  # type: ignore[attr-defined]
    if "sex" in kind["answers"].get("required", []):
        sent["fields"]["sex"] = "male" if int(number[16]) % 2 else "female"  # type: ignore[index]
    first = program.post("people", sent, 201)
    assert first["case_no"]
    assert program.post("people", sent, 201)["case_no"] == first["case_no"]
    assert program.get(f"files/{first['case_no']}")["unit"]["code"] == TOWN
    again = program.post("people", {**sent, "id": fresh_id()}, 409)
    assert again["code"] == "same_identity"
    assert first["case_no"] in again["said"]["zh"]


# ── duties, units, work ───────────────────────────────────────────────────────────────────────────


def test_duties_come_late_first_and_add_up(people: None) -> None:
    program = Program()
    page = program.get("duties")
    found = program.whole("duties", limit=9)
    assert len(found) == page["total"] == sum(page["counts"].values())
    order = ["late", "today", "week"]
    assert [order.index(d["bucket"]) for d in found] == sorted(order.index(d["bucket"]) for d in found)
    assert len(program.whole("duties", due="late")) == page["counts"].get("late", 0)


def test_units_have_counts_and_nobodys_data(people: None) -> None:
    program = Program("s", "statistician", COUNTY)
    below = program.whole("units", limit=2)
    assert TOWN in {u["code"] for u in below}
    assert program.get(f"units/{TOWN}")["parent"] == COUNTY
    program.get("units/469024", 404)


def test_work_is_recorded_in_a_units_own_file(places: object) -> None:
    program = Program()
    kinds = [k for k in program.get("kinds") if k["about"] == "unit" and k["recordable"]]
    kinds = [k for k in kinds if k["name"] not in WAYS]  # those are in test_api_own_pages
    kind = next(k for k in kinds if not k["answers"].get("required"))if any(
        not k["answers"].get("required") for k in kinds
    ) else kinds[0]  # fmt: skip
    fields = {
        name: _answer(kind["answers"]["properties"][name]) for name in kind["answers"].get("required", [])
    }
    sent = {"id": fresh_id(), "kind": kind["name"], "happened_on": "2026-11-02", "fields": fields}
    first = program.post(f"units/{TOWN}/entries", sent, 201)
    assert program.post(f"units/{TOWN}/entries", sent, 200)["receipt"] == first["receipt"]
    assert [e["id"] for e in program.whole(f"units/{TOWN}/entries")] == [first["id"]]
    Program("x", "county_supervisor", OTHER_COUNTY).get(f"units/{TOWN}/entries", 404)


def _answer(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "integer":
        return max(1, schema.get("minimum", 1))
    return "2026-11-02" if schema.get("format") == "date" else "1.5" if "pattern" in schema else "示例"


# ── ledgers ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_no_ledger_is_refused_in_words(lasting_places: object) -> None:
    program = Program()
    answer = program.calls.post(
        "/api/v1/ledgers/batches?file_name=x.xlsx", b"PK no workbook", "application/octet-stream",
        headers=program.headers,
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["said"]["zh"]
    assert {one["name"] for one in program.get("ledgers")}


# ── figures ───────────────────────────────────────────────────────────────────────────────────────


def test_an_indicator_says_what_it_counts(places: object) -> None:
    program = Program("s", "statistician", COUNTY)
    every = program.get("indicators")
    told = program.get(f"indicators/{every[0]['key']}")
    assert told["lines"][0]["text"]["zh"]
    program.get("indicators/none.such", 404)
    program.get(f"indicators/{every[0]['key']}/values", 404, period="2026-13")
    assert program.get("packs") == {"items": [], "next": None, "total": 0}


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────


def test_faults_under_the_api_are_json(places: object) -> None:
    for answer in (
        Client().get("/api/v1/nothing"),
        Client().delete("/api/v1/people"),
        Client().get("/api/v1/people?q=%00"),
    ):
        assert answer.status_code in (400, 404, 405)
        assert answer.json()["said"]["en"]


def test_the_document_is_served_offline_and_names_every_operation(places: object) -> None:
    from guitu.web.api.api import operations

    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    named = {(m.upper(), path) for path, item in told["paths"].items() for m in item}
    assert named == {(m, path) for m, path, _, _ in operations()}
    assert "http" not in json.dumps({k: v for k, v in told.items() if k == "servers"})


def test_a_token_used_now_and_then_is_noted_once_a_minute(people: None) -> None:
    program = Program()
    program.get("token")
    first = tokens.of_account(program.acts_as.user_id)[0].used
    program.get("token")
    again = tokens.of_account(program.acts_as.user_id)[0].used
    assert first is not None
    assert first == again
    assert tokens.now() - first < timedelta(minutes=1)
