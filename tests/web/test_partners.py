"""Exchange with partners: what goes, what comes and waits, what is refused and why; and nobody's file is
written by another system."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, HttpResponse
from django.test import Client

from guitu.access import Actor, Post, house
from guitu.cli.main import main
from guitu.exchange.fhir import check
from guitu.exchange.partners import partners
from guitu.exchange.partners.proposing import EXCHANGE
from guitu.store import excerpts, gate, unitfiles
from guitu.store.read import file_view
from guitu.store.units import tree
from tests.exchange.test_fhir_person import sent
from tests.store.writing import CENTRE, NEXT_COUNTY, TOWN, VILLAGE, Pen
from tests.web.desk import TODAY, signed_in, text

HEAD = "流水号,档案编号,姓名,记录类型,发生日期,结果,说明"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object, now: datetime) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()


@pytest.fixture
def people(now: datetime) -> list[str]:
    """Two in the town, one in the centre; their case numbers."""
    found = []
    for n, name, unit in ((1, "王在联", VILLAGE), (2, "李失", VILLAGE), (3, "赵在所", CENTRE)):
        pen = Pen(n)
        entries = [
            pen.person(name),
            pen.held_by(unit),
            pen.entry("order", "2026-01-04", measure="community_treatment", document_no=f"示例〔2026〕{n}号"),
            pen.entry("served", "2026-01-04"),
            pen.entry("reporting_in", "2026-01-06"),
        ]
        gate.record_many(entries, actor=house(), now=now)
        view = file_view(pen.file)
        assert view is not None
        found.append(view.case_no)
    return found


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def content(answer: HttpResponse) -> bytes:
    if isinstance(answer, FileResponse):
        return b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return answer.content


def send(client: Client, partner: str, raw: bytes, name: str = "f.csv") -> HttpResponse:
    file = SimpleUploadedFile(name, raw)
    return client.post(f"/partners/{partner}/", {"file": file}, follow=True)


def rows(*some: str) -> bytes:
    return "\n".join((HEAD, *some)).encode()


def kinds_in(case: str) -> list[str]:
    from guitu.store.read import find_file

    identifier = find_file(case)
    assert identifier is not None
    view = file_view(identifier)
    assert view is not None
    return [entry.kind for entry in view.entries]


def exchanges(unit: str) -> Iterator[dict[str, object]]:
    for entry in unitfiles.unit_file(tree().find(unit)).counted():
        if entry.kind == EXCHANGE:
            yield dict(entry.fields)


def test_the_page_shows_the_mappings_and_says_that_nothing_was_exchanged_yet(town: Client) -> None:
    page = text(town.get("/partners/").content.decode())
    assert "社区管控服务平台（示例映射）" in page
    assert "协作医院（FHIR）" in page
    assert "还没有交换过" in page


def test_what_a_partner_sends_waits_and_is_written_by_whoever_takes_it_over(
    town: Client, people: list[str]
) -> None:
    first, second, inside = people
    answer = send(
        town,
        "community_platform",
        rows(
            f"P1,{first},王在联,走访,2026-11-18,见到本人,在家",
            f"P2,{second},别人,走访,2026-11-18,见到本人,",
            f"P3,{inside},赵在所,走访,2026-11-18,见到本人,",
            "P4,469023-2026-09999,无名,走访,2026-11-18,见到本人,",
            f"P5,{second},李失,走访,2027-11-18,见到本人,",
        ),
    )
    page = text(answer.content.decode())
    assert "待采纳 1" in page
    assert "编号和姓名不是同一个人" in page
    assert "本单位没有这个人的档案" in page
    assert "日期在以后" in page
    assert "contact_attempt" not in kinds_in(first)
    (told,) = exchanges(TOWN)
    assert (told["lines"], told["proposed"], told["refused"]) == (5, 1, 4)
    assert "王在联" not in str(told)
    assert first not in str(told)
    waiting = town.get("/proposals/")
    assert "采纳：联系" in waiting.content.decode()
    address = next(
        line.split('"')[1] for line in waiting.content.decode().split("href=") if "/proposals/0" in line[:14]
        or (line.startswith('"/proposals/') and len(line.split('"')[1]) > 40)
    )  # fmt: skip
    shown = text(town.get(address).content.decode())
    assert "社区管控服务平台" in shown
    assert "在家" in shown
    assert town.post(address, {"decision": "approve"}).status_code == 302
    assert "contact_attempt" in kinds_in(first)


def test_the_entry_is_the_officers_and_names_the_partner_as_its_source(
    town: Client, people: list[str]
) -> None:
    from guitu.store.read import find_file
    from guitu.store.read import proposals as lists

    send(town, "community_platform", rows(f"P1,{people[0]},王在联,走访,2026-11-18,见到本人,"))
    actor = Actor("town-1", (Post("town_office", TOWN),))
    (line,) = lists.lines("waiting", actor, _now()).lines
    assert line.proposal.username == "partner:community_platform"
    town.post(f"/proposals/{line.proposal.id}/", {"decision": "approve"})
    identifier = find_file(people[0])
    assert identifier is not None
    view = file_view(identifier)
    assert view is not None
    entry = view.entries[-1]
    assert (entry.kind, entry.author, entry.unit) == ("contact_attempt", "town-1", TOWN)
    assert entry.source == "partner community_platform P1"


def _now() -> datetime:
    from guitu.web import clock

    return clock.now()


def test_the_same_message_again_is_known_and_nothing_is_doubled(town: Client, people: list[str]) -> None:
    raw = rows(f"P1,{people[0]},王在联,走访,2026-11-18,见到本人,")
    send(town, "community_platform", raw)
    page = text(send(town, "community_platform", raw).content.decode())
    assert "待采纳 0，以前送来过 1" in page


def test_a_file_that_is_none_is_refused_whole_with_a_sentence(town: Client, people: list[str]) -> None:
    answer = send(town, "community_platform", b"%PDF-1.7 nothing")
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()
    answer = send(town, "hospital", b"{}", "x.json")
    assert answer.status_code == 422
    assert town.post("/partners/hospital/", {}).status_code == 422
    assert list(exchanges(TOWN)) == []


def test_what_a_hospital_sends_is_taken_over_by_a_doctor_alone(people: list[str]) -> None:
    head = signed_in("head-1", "centre_head", CENTRE)
    doctor = signed_in("doctor-1", "doctor", CENTRE)
    data = sent()
    data["entry"][0]["resource"]["identifier"][0]["value"] = people[2]
    data["entry"][0]["resource"]["name"] = [{"text": "赵在所"}]
    page = text(send(head, "hospital", json.dumps(data).encode(), "x.json").content.decode())
    assert "待采纳 4" in page
    mine = text(head.get("/proposals/").content.decode())
    assert "采纳：同意提供给合作单位" in mine
    assert "采纳：检查结果" not in mine
    care = text(doctor.get("/proposals/").content.decode())
    assert "采纳：检查结果" in care
    assert "采纳：同意提供给合作单位" not in care


def test_an_example_gives_nobody_away_outside_a_demonstration(
    town: Client, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_DEMO_IDS", "")
    page = text(town.get("/partners/community_platform/").content.decode())
    assert "这是示例映射，不送出真实名单" in page
    assert town.post("/partners/community_platform/list/").status_code == 404
    assert town.get("/partners/community_platform/list/").status_code == 405, "looking gives nothing away"


def test_the_list_goes_in_the_partners_words_and_is_told_in_the_units_file(
    town: Client, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_DEMO_IDS", "1")
    answer = town.post("/partners/community_platform/list/", {"as": "csv"})
    table = list(csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig"))))
    assert {row["档案编号"] for row in table} == set(people[:2])
    assert {row["措施类别"] for row in table} == {"01"}
    assert {row["联系状态"] for row in table} <= {"0", "1", "2", "3"}
    (told,) = exchanges(TOWN)
    assert (told["way"], told["lines"]) == ("out", 2)
    monkeypatch.setenv("GUITU_EXPORT_ALONE", "1")
    more = town.post("/partners/community_platform/list/", {"as": "csv"})
    assert more["Location"].startswith("/proposals/export/?what=partner")
    ask = town.get(more["Location"]).content.decode()
    assert "送给合作单位的名单" in ask
    form = dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', ask))
    form.pop("csrfmiddlewaretoken", None)
    where = town.post("/proposals/export/", {**form, "reason": "按约定报送"})["Location"]
    county = signed_in("county-2", "county_supervisor", TOWN[:6])
    assert county.post(where, {"decision": "approve"}).status_code == 302
    assert town.get(f"{where}download/").status_code == 405, "looking gives nothing away"
    assert len(list(exchanges(TOWN))) == 1
    assert town.post(f"{where}download/").status_code == 200
    assert len(list(exchanges(TOWN))) == 2


def test_one_person_leaves_only_with_consent_and_only_what_was_consented_to(
    people: list[str], now: datetime
) -> None:
    head = signed_in("head-1", "centre_head", CENTRE)
    address, asked = "/partners/hospital/person/", {"case": people[2]}
    refused = head.post(address, asked)
    assert refused.status_code == 422
    assert "本人没有同意" in refused.content.decode()
    pen = Pen(3)
    pen.next += 50
    gate.record_many(
        [
            pen.entry("vitals", "2026-11-19", time=830, systolic=168),
            pen.entry("service", "2026-11-19", line="work"),
            pen.entry("partner_consent", "2026-11-01", partner="hospital", answer="yes", parts="care",
                      until=date(2027, 5, 1)),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    answer = head.post(address, asked)
    assert answer.status_code == 200, text(answer.content.decode())
    bundle = json.loads(answer.content)
    assert check(bundle) == ()
    there = {e["resource"]["resourceType"] for e in bundle["entry"]}
    assert there == {"Patient", "Organization", "Observation"}
    gate.record(
        pen.entry("partner_consent", "2026-11-20", partner="hospital", answer="no"), actor=house(), now=now
    )
    assert head.post(address, asked).status_code == 422


def test_a_person_outside_the_area_is_not_there(people: list[str]) -> None:
    far = signed_in("far-1", "county_supervisor", NEXT_COUNTY)
    assert far.post("/partners/hospital/person/", {"case": people[0]}).status_code == 404
    send(far, "community_platform", rows(f"P1,{people[0]},王在联,走访,2026-11-18,见到本人,"))
    (told,) = exchanges(NEXT_COUNTY)
    assert told["refused"] == 1
    assert str(told["reasons"]).endswith("person_unknown")


def test_the_sample_is_of_nobody_and_every_row_of_it_is_understood(town: Client) -> None:
    raw = content(town.get("/partners/community_platform/sample/"))
    from guitu.exchange.partners.incoming import read_table

    found = read_table(partners()["community_platform"], raw)
    assert found.refused == ()
    assert len(found.drafts) == 3


def test_the_same_by_command(
    people: list[str], now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_in("town-1", "town_office", TOWN)
    file = tmp_path / "p.csv"
    good = f"P1,{people[0]},王在联,走访,2026-11-18,见到本人,"
    file.write_bytes(rows(good, "P2,X,,走访,2026-11-18,见到本人,"))
    assert main(["partners", "take", "community_platform", str(file), "--as", "town-1"]) == 1
    assert "待采纳 1" in capsys.readouterr().out
    assert main(["partners", "list"]) == 0
    assert main(["fhir", "export", people[0], "--partner", "hospital", "--as", "town-1"]) == 2
    assert "本人没有同意" in capsys.readouterr().err
    bundle = tmp_path / "b.json"
    bundle.write_text(json.dumps(sent()), encoding="utf-8")
    assert main(["fhir", "check", str(bundle), "--partner", "hospital", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["drafts"]) == 4
    bundle.write_text('{"resourceType": "Bundle", "type": "zzz"}', encoding="utf-8")
    assert main(["fhir", "check", str(bundle)]) == 1
