"""Codes: what the required bindings of R4 allow in the resources we write and read, and the public code
systems that our own words are written in. Only codes, no names: those belong to whoever publishes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

ICD_10: Final = "http://hl7.org/fhir/sid/icd-10"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
_TERMINOLOGY: Final = "http://terminology.hl7.org/CodeSystem"
CLINICAL: Final = f"{_TERMINOLOGY}/condition-clinical"
VERIFIED: Final = f"{_TERMINOLOGY}/condition-ver-status"
CONDITION_CATEGORY: Final = f"{_TERMINOLOGY}/condition-category"
OBSERVATION_CATEGORY: Final = f"{_TERMINOLOGY}/observation-category"
INTERPRETATION: Final = f"{_TERMINOLOGY}/v3-ObservationInterpretation"
CONSENT_SCOPE: Final = f"{_TERMINOLOGY}/consentscope"
ALLERGY_CLINICAL: Final = f"{_TERMINOLOGY}/allergyintolerance-clinical"
TIMING: Final = f"{_TERMINOLOGY}/v3-GTSAbbreviation"
ROUTE: Final = f"{_TERMINOLOGY}/v3-RouteOfAdministration"
CONSULTATION: Final = "urn:guitu:consultation"
"""Our own: the code by which a consultation is known to both sides."""
ACT: Final = f"{_TERMINOLOGY}/v3-ActCode"
ABSENT: Final = f"{_TERMINOLOGY}/data-absent-reason"
CASE: Final = "urn:guitu:case"
"""Our own: case numbers."""
KIND: Final = "urn:guitu:kind"
"""Our own: kinds of entries."""
PARTS: Final = "urn:guitu:consent-parts"
"""Our own: what a consent lets a partner be told."""
PURPOSE: Final = "urn:guitu:purpose"
"""Our own: what a bundle was made for."""
NEXT: Final = "urn:guitu:consultation-next"
"""Our own: what is to happen next, in the words of the kind `remote_opinion`."""

_OBSERVED: Final = (
    "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
)  # fmt: skip
_INTENT: Final = (
    "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option",
)  # fmt: skip

REQUIRED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "Bundle": {
        "type": (
            "document", "message", "transaction", "transaction-response", "batch", "batch-response",
            "history", "searchset", "collection",
        ),
    },
    "Composition": {"status": ("preliminary", "final", "amended", "entered-in-error")},
    "Patient": {"gender": ("male", "female", "other", "unknown")},
    "ServiceRequest": {
        "status": ("draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"),
        "intent": (*_INTENT, "directive"),
        "priority": ("routine", "urgent", "asap", "stat"),
    },
    "Condition": {},
    "AllergyIntolerance": {
        "type": ("allergy", "intolerance"),
        "criticality": ("low", "high", "unable-to-assess"),
    },
    "Observation": {"status": _OBSERVED},
    "MedicationRequest": {
        "status": (
            "active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown",
        ),
        "intent": _INTENT,
        "priority": ("routine", "urgent", "asap", "stat"),
    },
    "Encounter": {
        "status": (
            "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled",
            "entered-in-error", "unknown",
        ),
    },
    "Consent": {"status": ("draft", "proposed", "active", "rejected", "inactive", "entered-in-error")},
    "DiagnosticReport": {"status": (*_OBSERVED, "partial", "appended")},
}  # fmt: skip
"""Elements of type `code` whose binding is required, by resource."""

REQUIRED_CODED: Final[Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]] = {
    ("Condition", "clinicalStatus"): (
        CLINICAL, ("active", "recurrence", "relapse", "inactive", "remission", "resolved"),
    ),
    ("Condition", "verificationStatus"): (
        VERIFIED,
        ("unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error"),
    ),
    ("AllergyIntolerance", "clinicalStatus"): (ALLERGY_CLINICAL, ("active", "inactive", "resolved")),
}  # fmt: skip
"""The same for CodeableConcepts: system and codes."""


class Measure(NamedTuple):
    """How something measured is written: its LOINC code, and its unit in words and in UCUM."""

    loinc: str
    unit: str
    ucum: str


MEASURES: Final[Mapping[str, Measure]] = {
    "temperature": Measure("8310-5", "℃", "Cel"),
    "pulse": Measure("8867-4", "次/分", "/min"),
    "systolic": Measure("8480-6", "mmHg", "mm[Hg]"),
    "diastolic": Measure("8462-4", "mmHg", "mm[Hg]"),
    "breathing": Measure("9279-1", "次/分", "/min"),
    "oxygen": Measure("59408-5", "%", "%"),
    "weight": Measure("29463-7", "kg", "kg"),
    "glucose": Measure("15074-8", "mmol/L", "mmol/L"),
}
"""By the names of the kind `vitals`."""

READINGS: Final = {"normal": "N", "abnormal": "A", "critical": "AA"}
OFTEN: Final = {"once": "QD", "twice": "BID", "three": "TID", "four": "QID", "night": "BED"}
"""How often, as abbreviations of HL7; `needed` is `asNeededBoolean`."""
ROUTES: Final = {
    "oral": "PO", "sublingual": "SL", "muscle": "IM", "vein": "IV", "skin_under": "SQ", "inhaled": "IPINHL",
    "outside": "TOPICAL",
}  # fmt: skip
