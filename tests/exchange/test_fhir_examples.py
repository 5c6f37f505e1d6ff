"""The tool that holds checker and reader against the official examples of FHIR: what it passes and tells.
The examples themselves are not kept here; these are written after their manner."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PATIENT: dict[str, Any] = {
    "resourceType": "Patient", "id": "one", "active": True, "birthDate": "1974-12-25",
    "_birthDate": {"extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
         "valueDateTime": "1974-12-25T14:35:45-05:00"}]},
    "name": [{"use": "official", "family": "示", "given": ["例"]}],
    "managingOrganization": {"reference": "Organization/1"},
}  # fmt: skip
WEIGHT: dict[str, Any] = {
    "resourceType": "Observation", "id": "weight", "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
    "subject": {"reference": "Patient/one"}, "effectiveDateTime": "2016-03-28T08:00:00+08:00",
    "valueQuantity": {"value": 72, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
}  # fmt: skip


@pytest.fixture
def tool() -> Any:
    spec = importlib.util.spec_from_file_location("fhir_examples", ROOT / "tools" / "fhir_examples.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def written(folder: Path, *some: dict[str, Any]) -> Path:
    for n, data in enumerate(some):
        (folder / f"{n}-{data['resourceType']}.json").write_text(json.dumps(data), encoding="utf-8")
    (folder / "package.json").write_text('{"name": "hl7.fhir.r4.examples"}', encoding="utf-8")
    return folder


def test_examples_that_are_valid_pass_and_each_is_read_or_refused_in_words(
    tool: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {
        "resourceType": "ServiceRequest", "status": "active", "intent": "order", "id": "s",
        "subject": {"reference": "Patient/one"},
    }  # fmt: skip
    pounds = {**WEIGHT, "valueQuantity": {"value": 185, "unit": "lbs", "code": "[lb_av]",
                                          "system": "http://unitsofmeasure.org"}}  # fmt: skip
    unknown = {**WEIGHT, "valueQuantity": {"unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": PATIENT}]}
    folder = written(tmp_path, PATIENT, WEIGHT, pounds, unknown, asked, bundle)
    assert tool.main([str(folder)]) == 0
    told = capsys.readouterr().out
    assert "1  Observation read as vitals" in told
    assert "1  Observation not taken: not the agreed unit of measure" in told
    assert "1  Observation not taken: an answer is missing or not allowed" in told
    assert "1  ServiceRequest not taken: the mapping does not take this resource" in told


def test_one_that_is_not_fhir_is_told_with_its_place(
    tool: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path, {**PATIENT, "gender": "m"})
    assert tool.main([str(folder)]) == 1
    assert "entry[0].resource.Patient.gender" in capsys.readouterr().out
    empty = tmp_path / "none"
    empty.mkdir()
    assert tool.main([str(empty)]) == 1
    assert tool.main([]) == 2
