"""One person's file as a FHIR R4 bundle: who they are, encounters, observations, referrals, consents, and
what doctors recorded, as far as those compartments may be told.

Entries that were corrected or withdrawn are left out. Identity numbers, telephone numbers and addresses never
go along; what is kept specially secret never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from guitu.casefile import Entry
from guitu.casefile.kind import APART
from guitu.compose import kinds
from guitu.exchange.fhir import clinical, codes
from guitu.exchange.fhir.clinical import Json


@dataclass(frozen=True, slots=True)
class Person:
    """What is told: `entries` are those that count and may be told, of `compartments`. `name`, `sex` and
    `birth` are left empty where identity is not among them. `unit` answers for the person."""

    file: UUID
    case_no: str
    entries: tuple[Entry, ...]
    compartments: frozenset[str]
    unit: str
    purpose: str
    name: str = ""
    sex: str = ""
    birth: date | None = None


MET: Final[Mapping[str, str]] = {
    "encounter": "AMB", "counselling": "AMB", "service": "FLD", "contact_attempt": "FLD", "follow_up": "FLD",
    "first_contact": "FLD",
}  # fmt: skip
"""Kinds by which somebody was met, and the class of the encounter (v3-ActCode) where its form tells none."""
HOW: Final[Mapping[str, str]] = {
    "visit": "HH", "phone": "VR", "video": "VR", "message": "VR", "remote": "VR", "office": "AMB",
    "clinic": "AMB", "round": "AMB", "emergency": "EMER", "individual": "AMB", "family": "AMB",
}  # fmt: skip
"""By how it was; a letter, or what somebody else said, is no encounter."""
NOT_MET: Final = frozenset({"letter", "through_others"})
MEANT: Final = {"negative": "NEG", "positive": "POS"}


def person_bundle(told: Person, made: datetime) -> Json:
    """The whole as a collection: every reference in it leads to something in it."""
    return _Making(told).bundle(made)


class _Making:
    """Resources on their way into a bundle. Ids follow from the entries' own: the same file gives the same
    bundle."""

    def __init__(self, told: Person) -> None:
        self.told = told
        self.made: dict[str, Json] = {}
        patient: Json = {
            "resourceType": "Patient",
            "identifier": [{"system": codes.CASE, "value": told.case_no}],
        }
        if told.name:
            patient["name"] = [{"text": told.name}]
        if told.sex in ("male", "female"):
            patient["gender"] = told.sex
        if told.birth is not None:
            patient["birthDate"] = told.birth.isoformat()
        self.unit = self.add("unit", {"resourceType": "Organization", "name": told.unit})
        patient["managingOrganization"] = {"reference": self.unit}
        self.patient = self.add("patient", patient)
        self.asked: str = ""

    def add(self, what: str, resource: Json) -> str:
        identifier = uuid5(self.told.file, what)
        url = f"urn:uuid:{identifier}"
        self.made[url] = {**resource, "id": str(identifier)}
        return url

    def bundle(self, made: datetime) -> Json:
        for entry in self.told.entries:
            compartment = kinds()[entry.kind].compartment
            if compartment in self.told.compartments and compartment not in APART:
                for suffix, resource in _resources(entry, self):
                    self.add(f"{entry.id}{suffix}", resource)
        return {
            "resourceType": "Bundle",
            "meta": {"tag": [{"system": codes.PURPOSE, "code": self.told.purpose}]},
            "identifier": {
                "system": codes.CASE, "value": f"{self.told.case_no}-{made:%Y%m%d%H%M%S}"
            },
            "type": "collection",
            "timestamp": made.isoformat(timespec="seconds"),
            "entry": [{"fullUrl": url, "resource": one} for url, one in self.made.items()],
        }  # fmt: skip


Made = Iterable[tuple[str, Json]]


def _resources(entry: Entry, making: _Making) -> Made:
    """What an entry becomes; nothing where FHIR has no place for it among what is told."""
    patient = making.patient
    match entry.kind:
        case "health_condition" | "chronic_plan":
            return [("", clinical.condition(entry, patient))]
        case "allergy":
            return [("", clinical.allergy(entry, patient))]
        case "prescription":
            return [("", clinical.medicine(entry, "order", making.unit, patient))]
        case "vitals":
            some = [name for name in codes.MEASURES if entry.get(name) is not None]
            return [(f"/{name}", clinical.measured(entry, name, patient)) for name in some]
        case "lab_result":
            return [("", clinical.result(entry, patient))]
        case "ciwa_ar" | "withdrawal_score":
            return [("", clinical.score(entry, patient))]
        case "urine_test":
            return [("", _test(entry, patient))]
        case "referral_out" | "help_referral":
            return [("", _referral(entry, making))]
        case "referral_back":
            return [("", _answer(entry, making))]
        case "partner_consent" | "remote_consent":
            return [("", _consent(entry, making))]
        case _:
            return [("", one)] if (one := _encounter(entry, making)) is not None else ()


def _coded(entry: Entry) -> Json:
    """A kind of ours as a concept: our own code, and its words."""
    label = kinds()[entry.kind].label
    coding = {"system": codes.KIND, "code": entry.kind, "display": label.zh}
    return {"coding": [coding], "text": f"{label.zh} {label.en}"}


def _test(entry: Entry, patient: str) -> Json:
    """A urine test: taken with its result, or not taken and why. An unconfirmed positive is preliminary."""
    found = clinical.observation(entry, _coded(entry), "laboratory", patient)
    if entry.get("outcome") != "taken":
        choice = kinds()["urine_test"].ask("outcome").choice(entry.get("outcome"))
        found["status"] = "cancelled"
        found["dataAbsentReason"] = {
            "coding": [{"system": codes.ABSENT, "code": "not-performed"}],
            "text": choice.label.zh if choice else "",
        }
        return found
    result = str(entry.get("result"))
    choice = kinds()["urine_test"].ask("result").choice(result)
    found["valueCodeableConcept"] = {"text": choice.label.zh if choice else result}
    if result in MEANT:
        found["interpretation"] = [{"coding": [{"system": codes.INTERPRETATION, "code": MEANT[result]}]}]
    if result == "positive" and entry.get("confirmed") != "yes":
        found["status"] = "preliminary"
    return found


def _encounter(entry: Entry, making: _Making) -> Json | None:
    """Somebody was met; None for other kinds, and where nobody was."""
    if entry.kind not in MET:
        return None
    how = str(entry.get("how") or entry.get("mode") or entry.get("form") or "")
    if how in NOT_MET or entry.get("result") not in (None, "reached"):
        return None
    found: Json = {
        "resourceType": "Encounter",
        "status": "finished",
        "class": {"system": codes.ACT, "code": HOW.get(how, MET[entry.kind])},
        "type": [_coded(entry)],
        "subject": {"reference": making.patient},
        "period": {"start": entry.happened_on.isoformat(), "end": entry.happened_on.isoformat()},
        "serviceProvider": {"reference": making.unit},
    }
    if entry.kind == "encounter":
        found["reasonCode"] = [{"text": str(entry.get("complaint"))}]
    return found


def _referral(entry: Entry, making: _Making) -> Json:
    if entry.kind == "help_referral":
        asked, to = "转介 Referral", str(entry.get("office"))
    else:
        asked, to = str(entry.get("question")), str(entry.get("hospital"))
    found: Json = {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "priority": "urgent" if entry.get("form") == "emergency" else "routine",
        "code": _coded(entry),
        "subject": {"reference": making.patient},
        "authoredOn": entry.happened_on.isoformat(),
        "requester": {"reference": making.unit},
        "reasonCode": [{"text": asked}],
    }
    if to and to != "None":
        found["performerType"] = {"text": to}
    if entry.get("summary"):
        found["note"] = [{"text": str(entry.get("summary"))}]
    if entry.kind == "referral_out":
        making.asked = f"urn:uuid:{uuid5(making.told.file, str(entry.id))}"
    return found


def _answer(entry: Entry, making: _Making) -> Json:
    found: Json = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": _coded(entry),
        "subject": {"reference": making.patient},
        "effectiveDateTime": entry.happened_on.isoformat(),
        "conclusion": str(entry.get("result")),
    }
    if making.asked:
        found["basedOn"] = [{"reference": making.asked}]
    return found


def _consent(entry: Entry, making: _Making) -> Json:
    """What the person allows, and until when. A refusal is a consent that denies."""
    given = entry.get("answer") == "yes"
    provision: Json = {"type": "permit" if given else "deny"}
    until = entry.get("until")
    if isinstance(until, date):
        provision["period"] = {"start": entry.happened_on.isoformat(), "end": until.isoformat()}
    if parts := entry.get("parts"):
        provision["purpose"] = [{"system": codes.PARTS, "code": str(parts)}]
    return {
        "resourceType": "Consent",
        "status": "active" if given else "rejected",
        "scope": {"coding": [{"system": codes.CONSENT_SCOPE, "code": "patient-privacy"}]},
        "category": [{"coding": [{"system": codes.LOINC, "code": "59284-0"}]}],
        "patient": {"reference": making.patient},
        "dateTime": entry.happened_on.isoformat(),
        "organization": [{"reference": making.unit}],
        "policyRule": {"text": "《个人信息保护法》第29条"},
        "provision": provision,
    }
