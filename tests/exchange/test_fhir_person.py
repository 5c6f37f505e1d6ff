"""A person's file as a FHIR bundle, and a partner's bundle as drafts: what is valid, what leaves, what does
not."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from guitu.casefile import Entry
from guitu.casefile.kind import COMPARTMENTS
from guitu.compose import kinds
from guitu.exchange.fhir import check
from guitu.exchange.fhir.incoming import read_bundle
from guitu.exchange.fhir.person import Person, person_bundle
from guitu.exchange.partners import partners
from guitu.kernel.zone import CHINA
from tests.security.world import planted
from tests.store.writing import Pen

MADE = datetime(2026, 11, 20, 10, 0, tzinfo=CHINA)
CASE = "469023-2026-00001"
EVERY = frozenset(COMPARTMENTS)


def entries() -> tuple[Entry, ...]:
    pen = Pen(5)
    return (
        pen.entry("health_condition", "2026-11-01", effect="treatment", code="I10", diagnosis="原发性高血压"),
        pen.entry("allergy", "2026-11-01", known="yes", substance="青霉素", reaction="皮疹"),
        pen.entry("prescription", "2026-11-01", drug="氨氯地平片", dose="1", dose_unit="片", route="oral",
                  often="once"),
        pen.entry("vitals", "2026-11-19", time=830, systolic=168, diastolic=102, temperature="36.6"),
        pen.entry("lab_result", "2026-11-18", test="肝功能", result="ALT 128 U/L", reading="abnormal"),
        pen.entry("encounter", "2026-11-18", form="clinic", complaint="头晕 <b>&", assessment="高血压"),
        pen.entry("referral_out", "2026-11-19", form="outpatient", hospital="示范省人民医院心内科",
                  question="血压控制", summary="摘要"),
        pen.entry("referral_back", "2026-11-20", result="加药"),
        pen.entry("urine_test", "2026-11-02", outcome="taken", result="negative"),
        pen.entry("urine_test", "2026-11-09", outcome="taken", result="positive"),
        pen.entry("urine_test", "2026-11-16", outcome="excused"),
        pen.entry("contact_attempt", "2026-11-03", how="phone", result="reached"),
        pen.entry("contact_attempt", "2026-11-04", how="visit", result="no_answer"),
        pen.entry("service", "2026-11-05", line="work"),
        pen.entry("help_referral", "2026-11-06", to=str(pen.entry("remark", "2026-11-06", text="x").id),
                  office="县就业局", agreed="yes", reply_by=date(2026, 11, 20)),
        pen.entry("partner_consent", "2026-11-01", partner="hospital", answer="yes", parts="both",
                  until=date(2027, 5, 1)),
        pen.entry("restricted_condition", "2026-11-01", time=900, what="特别保密", state="active",
                  report="none"),
    )  # fmt: skip


def person(compartments: frozenset[str] = EVERY, name: str = "王在联") -> Person:
    file = Pen(5).file
    born = date(1985, 3, 5)
    return Person(file, CASE, entries(), compartments, "示范镇", "hospital", name, "male", born)


@pytest.fixture
def whole() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(person_bundle(person(), MADE)))
    return made


def of(bundle: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == name]


def test_the_bundle_is_valid_and_holds_people_encounters_observations_referrals_and_consent(
    whole: dict[str, Any],
) -> None:
    assert check(whole) == ()
    Bundle.model_validate(whole)
    there = {e["resource"]["resourceType"] for e in whole["entry"]}
    assert there == {
        "Patient", "Organization", "Encounter", "Observation", "ServiceRequest", "DiagnosticReport",
        "Consent", "Condition", "AllergyIntolerance", "MedicationRequest",
    }  # fmt: skip
    assert of(whole, "Patient")[0]["identifier"] == [{"system": "urn:guitu:case", "value": CASE}]


def test_every_kind_of_entry_makes_a_valid_bundle_or_nothing() -> None:
    """Whatever is planted in a kind's questions, what comes out is valid FHIR."""
    pen = Pen(6)
    for kind in kinds().values():
        if kind.about != "person" or kind.compartment == "identity":
            continue
        entry = pen.entry(kind.name, "2026-11-01", **planted(kind, "77"))
        told = Person(pen.file, CASE, (entry,), EVERY, "示范镇", "hospital")
        assert check(json.loads(json.dumps(person_bundle(told, MADE)))) == (), kind.name


def test_only_the_compartments_that_may_be_told_leave_and_the_specially_secret_never() -> None:
    support = json.dumps(person_bundle(person(frozenset({"support"}), name=""), MADE), ensure_ascii=False)
    for secret in ("高血压", "氨氯地平", "头晕", "王在联", "Condition"):
        assert secret not in support
    whole = json.dumps(person_bundle(person(), MADE), ensure_ascii=False)
    assert "特别保密" not in whole


def test_an_unconfirmed_positive_is_preliminary_and_a_test_not_taken_says_so(whole: dict[str, Any]) -> None:
    tests = {
        o["effectiveDateTime"]: o
        for o in of(whole, "Observation")
        if o["code"].get("coding", [{}])[0].get("code") == "urine_test"
    }
    assert tests["2026-11-02"]["status"] == "final"
    assert tests["2026-11-09"]["status"] == "preliminary"
    assert tests["2026-11-16"]["status"] == "cancelled"
    assert "valueCodeableConcept" not in tests["2026-11-16"]


def test_who_was_not_reached_was_not_met(whole: dict[str, Any]) -> None:
    days = [e["period"]["start"] for e in of(whole, "Encounter")]
    assert "2026-11-03" in days
    assert "2026-11-04" not in days


def sent(**changes: Any) -> dict[str, Any]:
    """A bundle as a hospital sends it."""
    who = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}
    loinc, ucum = "http://loinc.org", "http://unitsofmeasure.org"
    interpretation = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
    resources: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": "00000000-0000-4000-8000-000000000001",
         "name": [{"text": "王在联"}],
         "identifier": [{"system": "urn:guitu:case", "value": CASE}]},
        {"resourceType": "Observation", "id": "bp", "status": "final", "subject": who,
         "effectiveDateTime": "2026-11-18T01:30:00Z",
         "code": {"coding": [{"system": loinc, "code": "85354-9"}]},
         "component": [
             {"code": {"coding": [{"system": loinc, "code": code}]},
              "valueQuantity": {"value": value, "unit": "mmHg", "system": ucum, "code": "mm[Hg]"}}
             for code, value in (("8480-6", 132), ("8462-4", 84))
         ]},
        {"resourceType": "Observation", "id": "lab", "status": "final", "subject": who,
         "effectiveDateTime": "2026-11-18", "code": {"text": "丙氨酸氨基转移酶"},
         "valueQuantity": {"value": 128, "unit": "U/L"},
         "interpretation": [{"coding": [{"system": interpretation, "code": "H"}]}]},
        {"resourceType": "Condition", "id": "c1", "subject": who, "code": {"text": "高血压病"},
         "clinicalStatus": {"coding": [
             {"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}},
        {"resourceType": "Encounter", "id": "enc", "status": "finished", "subject": who,
         "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
         "period": {"start": "2026-11-18"}, "reasonCode": [{"text": "头晕三天"}],
         "diagnosis": [{"condition": {"reference": "Condition/c1"}}]},
        {"resourceType": "Consent", "id": "con", "status": "active", "patient": who, "dateTime": "2026-11-18",
         "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                               "code": "patient-privacy"}]},
         "category": [{"coding": [{"system": loinc, "code": "59284-0"}]}],
         "policyRule": {"text": "知情同意"},
         "provision": {"type": "permit", "period": {"start": "2026-11-18", "end": "2027-11-18"},
                       "purpose": [{"system": "urn:guitu:consent-parts", "code": "care"}]}},
    ]  # fmt: skip
    for one in resources:
        one.update(changes.get(str(one["id"]), {}))
    entry = [
        {"fullUrl": who["reference"] if r["resourceType"] == "Patient" else f"http://example.org/{r['id']}",
         "resource": r}
        for r in resources
    ]  # fmt: skip
    return {"resourceType": "Bundle", "type": "collection", "entry": entry}


def test_what_a_hospital_sends_becomes_drafts_in_our_kinds() -> None:
    data = sent()
    assert check(data) == ()
    found = read_bundle(partners()["hospital"], data)
    assert found.refused == ()
    drafts = {d.kind: d for d in found.drafts}
    assert set(drafts) == {"vitals", "lab_result", "referral_back", "partner_consent"}
    assert dict(drafts["vitals"].fields) == {"time": 930, "systolic": 132, "diastolic": 84}
    assert dict(drafts["lab_result"].fields) == {
        "test": "丙氨酸氨基转移酶", "result": "128 U/L", "reading": "abnormal",
    }  # fmt: skip
    assert drafts["referral_back"].fields["result"] == "门诊：头晕三天；诊断：高血压病"
    assert drafts["partner_consent"].fields["until"] == date(2027, 11, 18)
    assert {d.case_no for d in found.drafts} == {CASE}
    for draft in found.drafts:
        assert kinds()[draft.kind].faults(draft.fields) == [], draft.kind


@pytest.mark.parametrize(
    ("which", "change", "code"),
    [
        ("lab", {"status": "preliminary"}, "not_final"),
        ("lab", {"status": "entered-in-error"}, "not_final"),
        ("lab", {"interpretation": None}, "no_reading"),
        ("bp", {"effectiveDateTime": "2026-11-18"}, "no_time"),
        ("enc", {"reasonCode": None}, "no_reason"),
        ("enc", {"diagnosis": None}, "no_reason"),
        ("enc", {"status": "in-progress"}, "not_final"),
        ("enc", {"class": {"code": "PRENC"}}, "not_covered"),
        ("con", {"provision": {"type": "permit", "period": {"end": "2027-11-18"}}}, "not_covered"),
        ("con", {"provision": {"type": "permit"}}, "date_missing"),
        ("lab", {"subject": {"display": "王某"}}, "person_missing"),
    ],
)
def test_what_is_not_said_for_certain_is_refused_with_its_reason(
    which: str, change: dict[str, Any], code: str
) -> None:
    data = sent(**{which: change})
    for entry in data["entry"]:
        entry["resource"] = {k: v for k, v in entry["resource"].items() if v is not None}
    found = read_bundle(partners()["hospital"], data)
    assert [r.code for r in found.refused] == [code]
    assert len(found.drafts) == 3


def test_another_unit_of_measure_is_not_converted_by_guess() -> None:
    data = deepcopy(sent())
    bp = data["entry"][1]["resource"]
    bp["component"][0]["valueQuantity"].update(value=17.6, code="kPa", unit="kPa")
    found = read_bundle(partners()["hospital"], data)
    assert [r.code for r in found.refused] == ["unit_unknown"]


def test_a_consent_that_is_taken_back_is_a_no() -> None:
    found = read_bundle(partners()["hospital"], sent(con={"status": "inactive"}))
    said = next(d for d in found.drafts if d.kind == "partner_consent")
    assert dict(said.fields) == {"partner": "hospital", "answer": "no"}


def test_other_resources_are_refused_and_ours_comes_back_as_what_it_was(whole: dict[str, Any]) -> None:
    found = read_bundle(partners()["hospital"], whole)
    assert "resource_not_taken" in {r.code for r in found.refused}
    back = next(d for d in found.drafts if d.kind == "partner_consent")
    assert back.fields["parts"] == "both"
    assert {d.kind for d in found.drafts} >= {"vitals", "lab_result", "partner_consent"}
