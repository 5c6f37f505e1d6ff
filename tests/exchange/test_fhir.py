"""The referral as a FHIR document: structure, codes and references hold, what does not is said."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from guitu.casefile import Entry
from guitu.centre.consulting import consultations
from guitu.exchange.fhir import Told, answer_bundle, check, loaded, read_answer, referral_bundle
from guitu.exchange.fhir.checking import MOST_BYTES
from guitu.kernel.zone import CHINA
from tests.store.writing import Pen

MADE = datetime(2026, 11, 20, 10, 0, tzinfo=CHINA)


def told(*, name: str = "", answered: bool = True) -> Told:
    """A consultation with everything that can be shown."""
    pen = Pen(5)
    consent = pen.entry("remote_consent", "2026-11-20", answer="yes", by="self", video="yes", named="no")
    shared = [
        pen.entry("health_condition", "2026-11-01", effect="treatment", code="I10", diagnosis="原发性高血压"),
        pen.entry("chronic_plan", "2026-11-01", condition="高血压", plan="低盐饮食", state="closed"),
        pen.entry("allergy", "2026-11-01", known="yes", substance="青霉素", reaction="皮疹"),
        pen.entry("allergy", "2026-11-02", known="none"),
        pen.entry("prescription", "2026-11-01", drug="氨氯地平片", dose="1", dose_unit="片", route="oral",
                  often="once"),
        pen.entry("prescription", "2026-11-01", drug="布洛芬", dose="0.5", dose_unit="片", route="oral",
                  often="needed", note="饭后", until=date(2026, 12, 1)),
        pen.entry("vitals", "2026-11-19", time=830, systolic=168, diastolic=102, temperature="36.6"),
        pen.entry("lab_result", "2026-11-18", test="肝功能", result="ALT 128 U/L", reading="abnormal"),
        pen.entry("encounter", "2026-11-18", form="clinic", complaint="头晕 <b>&", assessment="高血压",
                  plan="加药"),
        pen.entry("ciwa_ar", "2026-11-18", time=900, nausea=1),
        pen.entry("withdrawal_score", "2026-11-18", time=900, scale="cows", score=7),
        pen.entry("referral_back", "2026-11-10", result="复查"),
    ]  # fmt: skip
    request = pen.entry(
        "remote_request", "2026-11-20", hospital="46H01", department="心内科", urgency="today",
        question="血压控制不佳", summary="摘要", consent=str(consent.id),
        shares=" ".join(str(e.id) for e in shared),
    )  # fmt: skip
    to, signed = str(request.id), "李医生（示范省人民医院）"
    steps: list[Entry] = [consent, request]
    if answered:
        steps += [
            pen.entry("remote_answer", "2026-11-20", to=to, answer="accepted", signed=signed),
            pen.entry("remote_opinion", "2026-11-20", to=to, code="I10", opinion="加用缬沙坦", next="here",
                      signed=signed, via="here"),
            pen.entry("remote_prescription", "2026-11-20", to=to, drug="缬沙坦胶囊", dose="1", dose_unit="粒",
                      route="oral", often="once", until=date(2026, 12, 20), signed=signed, via="here"),
        ]  # fmt: skip
    one = consultations(steps)[0]
    return Told(one, tuple(shared), "示范第一强制隔离戒毒所", "示范省人民医院", "male", 1985, name)


@pytest.fixture(scope="module")
def referral() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(referral_bundle(told(), MADE)))
    return made


def of(bundle: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == name]


def test_the_referral_is_a_valid_document_with_every_resource_it_promises(referral: dict[str, Any]) -> None:
    assert check(referral) == ()
    Bundle.model_validate(referral)
    assert referral["type"] == "document"
    first = referral["entry"][0]["resource"]
    assert first["resourceType"] == "Composition"
    there = {e["resource"]["resourceType"] for e in referral["entry"]}
    assert there == {
        "Composition", "Patient", "Organization", "ServiceRequest", "Consent", "Condition",
        "AllergyIntolerance", "Observation", "MedicationRequest", "DiagnosticReport",
    }  # fmt: skip


def test_every_resource_is_reached_from_the_composition(referral: dict[str, Any]) -> None:
    """A document holds what its Composition refers to, directly or by way of that, and nothing else."""
    by_url = {e["fullUrl"]: e["resource"] for e in referral["entry"]}
    reached, waiting = set(), [referral["entry"][0]["fullUrl"]]
    while waiting:
        url = waiting.pop()
        if url not in reached:
            reached.add(url)
            waiting += [u for u in by_url if f'"{u}"' in json.dumps(by_url[url])]
    assert reached == set(by_url)


def test_the_person_is_a_code_a_sex_and_a_year_unless_the_name_may_be_told(referral: dict[str, Any]) -> None:
    (patient,) = of(referral, "Patient")
    assert set(patient) == {"resourceType", "id", "identifier", "gender", "birthDate"}
    assert patient["birthDate"] == "1985"
    named = referral_bundle(told(name="符海生"), MADE)
    assert of(named, "Patient")[0]["name"] == [{"text": "符海生"}]


def test_conditions_are_coded_by_icd_10_and_measures_by_loinc_and_ucum(referral: dict[str, Any]) -> None:
    codes = [c["code"].get("coding", [{}])[0] for c in of(referral, "Condition")]
    assert {"system": "http://hl7.org/fhir/sid/icd-10", "code": "I10"} in codes
    pressure = [
        o for o in of(referral, "Observation") if o["code"].get("coding", [{}])[0].get("code") == "8480-6"
    ]
    assert pressure[0]["valueQuantity"]["value"] == 168
    assert pressure[0]["valueQuantity"]["code"] == "mm[Hg]"
    assert pressure[0]["effectiveDateTime"] == "2026-11-19T08:30:00+08:00"


def test_what_somebody_wrote_is_text_and_never_markup(referral: dict[str, Any]) -> None:
    texts = [s["text"]["div"] for s in referral["entry"][0]["resource"]["section"] if "text" in s]
    assert any("&lt;b&gt;&amp;" in text for text in texts)


def test_the_same_consultation_gives_the_same_file() -> None:
    assert referral_bundle(told(), MADE) == referral_bundle(told(), MADE)


def test_nothing_is_said_of_an_answer_before_there_is_one() -> None:
    made = referral_bundle(told(answered=False), MADE)
    assert check(made) == ()
    assert of(made, "DiagnosticReport") == []
    assert of(made, "ServiceRequest")[0]["status"] == "active"


def test_an_answer_comes_back_as_it_was_written() -> None:
    one = told()
    made = json.loads(json.dumps(answer_bundle(one, MADE)))
    assert check(made) == ()
    answer, wrong = read_answer(made, one.consultation.code)
    assert wrong == ()
    assert answer is not None
    assert (answer.opinion, answer.code, answer.next) == ("加用缬沙坦", "I10", "here")
    assert answer.signed == "李医生（示范省人民医院）"
    (medicine,) = answer.medicines
    assert (medicine.drug, medicine.dose, medicine.dose_unit) == ("缬沙坦胶囊", "1", "粒")
    assert (medicine.route, medicine.often, medicine.until) == ("oral", "once", date(2026, 12, 20))


def spoiled(bundle: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The bundle with one thing changed, or taken out."""
    made = deepcopy(bundle)
    *way, last = path.split("/")
    at: Any = made
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("entry/0/resource/status", "zzz", "entry[0].resource.Composition.status"),
        ("entry/0/resource/author", None, ""),
        ("entry/0/resource/author", [], "Bundle.entry[0].resource.author"),
        ("entry/0/resource/subject/reference", "urn:uuid:nowhere", "entry[0].resource.subject.reference"),
        ("identifier", None, "Bundle.identifier"),
        ("timestamp", None, "Bundle.timestamp"),
        ("type", "zzz", "Bundle.type"),
        ("entry/1/resource/gender", "m", "entry[1].resource.Patient.gender"),
        ("entry/1/fullUrl", "urn:uuid:1", ""),
    ],
)
def test_what_the_structure_lets_pass_is_found(
    referral: dict[str, Any], path: str, value: object, where: str
) -> None:
    wrong = check(spoiled(referral, path, value))
    assert wrong != ()
    assert not where or where in {w.where for w in wrong}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("entry/1/fullUrl", "urn:uuid:1", "在文件里没有"),
        ("type", "document-x", "没有代码"),
    ],
)
def test_an_answer_that_is_no_valid_bundle_is_not_read(path: str, value: object, said: str) -> None:
    one = told()
    made = spoiled(json.loads(json.dumps(answer_bundle(one, MADE))), path, value)
    answer, wrong = read_answer(made, one.consultation.code)
    assert answer is None
    assert any(said in w.label.zh for w in wrong)


def test_an_answer_to_somebody_else_is_refused_by_its_code() -> None:
    one = told()
    answer, wrong = read_answer(answer_bundle(one, MADE), "RC-00000000")
    assert answer is None
    assert one.consultation.code in wrong[0].label.zh


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[1]", b'{"resourceType": "Patient"}', b"{" * 100_000])
def test_a_file_that_is_no_bundle_is_one_sentence(raw: bytes) -> None:
    data, wrong = loaded(raw)
    assert data is None
    assert len(wrong) == 1


def test_a_file_that_is_too_large_is_not_read() -> None:
    data, wrong = loaded(b" " * (MOST_BYTES + 1))
    assert data is None
    assert "1 MB" in wrong[0].label.zh


def test_a_partners_bundle_may_speak_of_what_lies_on_its_own_server_and_ours_may_not() -> None:
    seen = {
        "resourceType": "Encounter", "id": "e", "status": "finished", "class": {"code": "AMB"},
        "subject": {"reference": "Patient/p"}, "serviceProvider": {"reference": "Organization/elsewhere"},
    }  # fmt: skip
    patient = {
        "resourceType": "Patient", "id": "p", "_birthDate": {"extension": [
            {"url": "http://example.org/asked", "valueString": "不详"}]},
        "contained": [{"resourceType": "Organization", "id": "o", "name": "示范医院"}],
        "managingOrganization": {"reference": "#o"},
        "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">示例</div>'},
    }  # fmt: skip
    data = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": seen}, {"resource": patient}],
    }
    assert check(data, whole=False) == ()
    assert [w.where for w in check(data)] == ["entry[0].resource.serviceProvider.reference"]
    for nowhere in ("#x", "urn:uuid:00000000-0000-4000-8000-000000000009"):
        seen["serviceProvider"] = {"reference": nowhere}
        assert "在文件里没有" in check(data, whole=False)[0].label.zh


def test_a_file_of_one_resource_says_what_to_ask_for() -> None:
    data, (wrong,) = loaded(b'{"resourceType": "Encounter", "status": "finished"}')
    assert data is None
    assert "Encounter" in wrong.label.zh
    assert "Bundle (collection)" in wrong.label.en
