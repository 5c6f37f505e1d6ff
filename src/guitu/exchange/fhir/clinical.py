"""What doctors and nurses record, as FHIR resources: one entry, one resource, nothing else known of the file.

Only codes whose meaning somebody has read are written; what we keep in words stays words.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from guitu.casefile import Entry
from guitu.centre.times import clock_of
from guitu.centre.withdrawal import scored
from guitu.compose import kinds
from guitu.exchange.fhir import codes

Json = dict[str, Any]


def condition(entry: Entry, patient: str) -> Json:
    """What somebody suffers from, as the doctor coded it."""
    known: Json = {}
    if code := entry.get("code"):
        known["coding"] = [{"system": codes.ICD_10, "code": str(code).rstrip("+*†")}]
    known["text"] = str(entry.get("diagnosis") or entry.get("condition") or code or "—")
    over = entry.get("state") == "closed"
    found: Json = {
        "resourceType": "Condition",
        "clinicalStatus": {"coding": [{"system": codes.CLINICAL, "code": "inactive" if over else "active"}]},
        "verificationStatus": {"coding": [{"system": codes.VERIFIED, "code": "confirmed"}]},
        "category": [{"coding": [{"system": codes.CONDITION_CATEGORY, "code": "problem-list-item"}]}],
        "code": known,
        "subject": {"reference": patient},
        "recordedDate": entry.happened_on.isoformat(),
    }
    if entry.get("plan"):
        found["note"] = [{"text": str(entry.get("plan"))}]
    return found


def allergy(entry: Entry, patient: str) -> Json:
    """An allergy, or that there is none that they know of."""
    none = entry.get("known") != "yes"
    found: Json = {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": {"coding": [{"system": codes.ALLERGY_CLINICAL, "code": "active"}]},
        "code": {"text": "本人说没有药物过敏" if none else str(entry.get("substance"))},
        "patient": {"reference": patient},
        "recordedDate": entry.happened_on.isoformat(),
    }
    if entry.get("reaction"):
        found["reaction"] = [{"manifestation": [{"text": str(entry.get("reaction"))}]}]
    return found


def observation(entry: Entry, code: Json, category: str, patient: str) -> Json:
    """An observation without its value."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": codes.OBSERVATION_CATEGORY, "code": category}]}],
        "code": code,
        "subject": {"reference": patient},
        "effectiveDateTime": moment(entry),
    }


def measured(entry: Entry, name: str, patient: str) -> Json:
    """One thing measured at the bedside, by LOINC and UCUM."""
    how = codes.MEASURES[name]
    label = kinds()["vitals"].ask(name).label
    code = {"coding": [{"system": codes.LOINC, "code": how.loinc}], "text": label.zh}
    found = observation(entry, code, "vital-signs" if name != "glucose" else "laboratory", patient)
    found["valueQuantity"] = {
        "value": number(entry.get(name)), "unit": how.unit, "system": codes.UCUM, "code": how.ucum,
    }  # fmt: skip
    return found


def result(entry: Entry, patient: str) -> Json:
    """One result in the words in which it was recorded."""
    found = observation(entry, {"text": str(entry.get("test"))}, "laboratory", patient)
    found["valueString"] = str(entry.get("result"))
    code = codes.READINGS.get(str(entry.get("reading")))
    if code:
        found["interpretation"] = [{"coding": [{"system": codes.INTERPRETATION, "code": code}]}]
    return found


def score(entry: Entry, patient: str) -> Json:
    """The sum of a scale."""
    label = kinds()[entry.kind].label
    told = next(iter(scored([entry], "8_15")), None)
    found = observation(entry, {"text": label.zh}, "survey", patient)
    if told is not None:
        found["valueInteger"] = told.score
    else:
        found["dataAbsentReason"] = {"text": "条目未填全 Items are missing"}
    return found


def medicine(entry: Entry, intent: str, by: str, patient: str) -> Json:
    """A prescription, ordered or proposed."""
    kind = kinds()["prescription"]
    route, often = str(entry.get("route")), str(entry.get("often"))
    words = [f"每次 {entry.get('dose')} {entry.get('dose_unit')}"]
    words += [c.label.zh for c in (kind.ask("route").choice(route), kind.ask("often").choice(often)) if c]
    dosage: Json = {
        "text": " · ".join(words),
        "doseAndRate": [
            {"doseQuantity": {"value": number(entry.get("dose")), "unit": str(entry.get("dose_unit"))}}
        ],
    }
    if route in codes.ROUTES:
        dosage["route"] = {"coding": [{"system": codes.ROUTE, "code": codes.ROUTES[route]}]}
    if often == "needed":
        dosage["asNeededBoolean"] = True
    elif often in codes.OFTEN:
        dosage["timing"] = {"code": {"coding": [{"system": codes.TIMING, "code": codes.OFTEN[often]}]}}
    if entry.get("note"):
        dosage["patientInstruction"] = str(entry.get("note"))
    found: Json = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": intent,
        "medicationCodeableConcept": {"text": str(entry.get("drug"))},
        "subject": {"reference": patient},
        "authoredOn": entry.happened_on.isoformat(),
        "requester": {"reference": by},
        "dosageInstruction": [dosage],
    }
    until = entry.get("until")
    if isinstance(until, date):
        found["dispenseRequest"] = {
            "validityPeriod": {"start": entry.happened_on.isoformat(), "end": until.isoformat()}
        }
    return found


def moment(entry: Entry) -> str:
    """The day, with the time where it was written down."""
    at = clock_of(entry.get("time"))
    day = entry.happened_on.isoformat()
    return f"{day}T{at:%H:%M}:00+08:00" if at else day


def number(value: object) -> float | int:
    """A number as JSON has it."""
    number = float(str(value))
    return int(number) if number.is_integer() else number
