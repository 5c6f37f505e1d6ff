"""A request for a consultation as a FHIR document, and the hospital's answer as one.

Pseudonymous unless the person consents to be named: a code, the sex and the year of birth. Nothing stands in
it that the request does not share. Encounters have no shape of their own here: they are paragraphs of the
Composition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final
from uuid import uuid5

from guitu.casefile import Entry
from guitu.centre.consulting import Consultation
from guitu.compose import kinds
from guitu.exchange.fhir import clinical, codes
from guitu.exchange.fhir.clinical import Json

Part = tuple[str, list[str], str]
"""A section: its title, the resources it names, its text."""

TEXTS: Final = ("encounter", "referral_back")
"""Kinds that are told in paragraphs."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the person and of both sides. `name` is "" where the hospital may not know it."""

    consultation: Consultation
    shared: tuple[Entry, ...]
    centre: str
    hospital: str
    sex: str = ""
    birth_year: int | None = None
    name: str = ""


def referral_bundle(told: Told, made: datetime) -> Json:
    """The request with everything it shares, and what the hospital has answered so far."""
    bundle = _Bundle(told, made)
    request = bundle.request()
    parts: list[Part] = [("请求 Request", [request], ""), ("同意 Consent", [bundle.consent()], "")]
    by_kind: dict[str, list[Entry]] = {}
    for entry in told.shared:
        by_kind.setdefault(entry.kind, []).append(entry)
    support: list[str] = []
    for kind, some in by_kind.items():
        title = kinds()[kind].label
        if kind in TEXTS:
            parts.append((f"{title.zh} {title.en}", [], _paragraphs(some)))
            continue
        found = [url for entry in some for url in bundle.of_entry(entry)]
        support += found
        parts.append((f"{title.zh} {title.en}", found, ""))
    bundle.made[request]["supportingInfo"] = [{"reference": url} for url in support]
    if told.consultation.opinions:
        parts.append(("会诊意见 Opinion", bundle.opinions(request), ""))
    return bundle.document("57133-1", f"远程会诊请求 {told.consultation.code}", parts, told.centre)


def answer_bundle(told: Told, made: datetime) -> Json:
    """What the hospital answered: its report and what it would prescribe, based on the request."""
    bundle = _Bundle(told, made)
    request = bundle.request()
    parts: list[Part] = [("请求 Request", [request], ""), ("会诊意见 Opinion", bundle.opinions(request), "")]
    return bundle.document("11488-4", f"远程会诊意见 {told.consultation.code}", parts, told.hospital)


class _Bundle:
    """Resources on their way into a document, by their full addresses. Ids follow from the entries' own, so
    the same consultation gives the same file."""

    def __init__(self, told: Told, made: datetime) -> None:
        self.told, self.at = told, made
        self.made: dict[str, Json] = {}
        one = told.consultation
        identifier = {"system": codes.CONSULTATION, "value": one.code}
        patient: Json = {"resourceType": "Patient", "identifier": [identifier]}
        if told.sex in ("male", "female"):
            patient["gender"] = told.sex
        if told.birth_year is not None:
            patient["birthDate"] = f"{told.birth_year:04d}"
        if told.name:
            patient["name"] = [{"text": told.name}]
        self.patient = self.add("patient", patient)
        self.centre = self.add("centre", {"resourceType": "Organization", "name": told.centre})
        self.hospital = self.add("hospital", {"resourceType": "Organization", "name": told.hospital})

    def add(self, what: str, resource: Json) -> str:
        """Put a resource in; its full address."""
        identifier = uuid5(self.told.consultation.id, what)
        resource["id"] = str(identifier)
        url = f"urn:uuid:{identifier}"
        self.made[url] = resource
        return url

    def request(self) -> str:
        """The ServiceRequest."""
        one = self.told.consultation
        entry = one.request
        urgent = entry.get("urgency") == "today"
        resource: Json = {
            "resourceType": "ServiceRequest",
            "identifier": [{"system": codes.CONSULTATION, "value": one.code}],
            "status": "completed" if one.opinions else "active",
            "intent": "order",
            "priority": "urgent" if urgent else "routine",
            "code": {"text": "远程会诊 Remote consultation"},
            "subject": {"reference": self.patient},
            "authoredOn": entry.recorded_at.isoformat(timespec="seconds"),
            "requester": {"reference": self.centre},
            "performer": [{"reference": self.hospital}],
            "reasonCode": [{"text": str(entry.get("question"))}],
            "note": [{"text": str(entry.get("summary"))}],
        }
        if entry.get("department"):
            resource["performerType"] = {"text": str(entry.get("department"))}
        return self.add("request", resource)

    def consent(self) -> str:
        """The consent on which it is shared."""
        one = self.told.consultation
        given = one.consent
        day = given.happened_on if given is not None else one.request.happened_on
        guardian = given is not None and given.get("by") == "guardian"
        return self.add(
            "consent",
            {
                "resourceType": "Consent",
                "status": "active" if one.standing else "inactive",
                "scope": {"coding": [{"system": codes.CONSENT_SCOPE, "code": "patient-privacy"}]},
                "category": [{"coding": [{"system": codes.LOINC, "code": "59284-0"}]}],
                "patient": {"reference": self.patient},
                "dateTime": day.isoformat(),
                "policyRule": {"text": "《个人信息保护法》第29条" + ("（监护人同意）" if guardian else "")},
                "provision": {
                    "type": "permit",
                    "period": {"start": day.isoformat(), "end": one.last_day.isoformat()},
                    "actor": [
                        {
                            "role": {"text": "协作医院 Partner hospital"},
                            "reference": {"reference": self.hospital},
                        }
                    ],
                },
            },
        )

    def of_entry(self, entry: Entry) -> list[str]:
        """The resources that an entry becomes."""
        match entry.kind:
            case "health_condition" | "chronic_plan":
                return [self.add(str(entry.id), clinical.condition(entry, self.patient))]
            case "allergy":
                return [self.add(str(entry.id), clinical.allergy(entry, self.patient))]
            case "prescription":
                return [self.add(str(entry.id), clinical.medicine(entry, "order", self.centre, self.patient))]
            case "vitals":
                return [
                    self.add(f"{entry.id}/{name}", clinical.measured(entry, name, self.patient))
                    for name in codes.MEASURES
                    if entry.get(name) is not None
                ]
            case "lab_result":
                return [self.add(str(entry.id), clinical.result(entry, self.patient))]
            case _:
                return [self.add(str(entry.id), clinical.score(entry, self.patient))]

    def opinions(self, request: str) -> list[str]:
        """The hospital's reports and what it would prescribe."""
        one = self.told.consultation
        found = []
        for entry in one.opinions:
            report: Json = {
                "resourceType": "DiagnosticReport",
                "basedOn": [{"reference": request}],
                "status": "final",
                "category": [{"coding": [{"system": codes.NEXT, "code": str(entry.get("next"))}]}],
                "code": {"coding": [{"system": codes.LOINC, "code": "11488-4"}], "text": "远程会诊意见"},
                "subject": {"reference": self.patient},
                "effectiveDateTime": entry.happened_on.isoformat(),
                "issued": entry.recorded_at.isoformat(timespec="seconds"),
                "performer": [{"reference": self.hospital, "display": str(entry.get("signed"))}],
                "conclusion": str(entry.get("opinion")),
            }
            if code := entry.get("code"):
                report["conclusionCode"] = [
                    {"coding": [{"system": codes.ICD_10, "code": str(code).rstrip("+*†")}]}
                ]
            found.append(self.add(str(entry.id), report))
        for advised in one.advised:
            medicine = clinical.medicine(advised.entry, "proposal", self.hospital, self.patient)
            medicine["basedOn"] = [{"reference": request}]
            medicine["requester"]["display"] = str(advised.entry.get("signed"))
            found.append(self.add(str(advised.entry.id), medicine))
        return found

    def document(self, loinc: str, title: str, parts: Iterable[Part], author: str) -> Json:
        """The whole, with the Composition in front."""
        at = self.at.isoformat(timespec="seconds")
        by = self.centre if author == self.told.centre else self.hospital
        sections = []
        for name, urls, text in parts:
            section: Json = {"title": name}
            if urls:
                section["entry"] = [{"reference": url} for url in urls]
            if text:
                section["text"] = {"status": "generated", "div": text}
            if urls or text:
                sections.append(section)
        first = {
            "resourceType": "Composition",
            "status": "final",
            "type": {"coding": [{"system": codes.LOINC, "code": loinc}], "text": title},
            "subject": {"reference": self.patient},
            "date": at,
            "author": [{"reference": by}],
            "title": title,
            "section": sections,
        }
        url = self.add(f"composition/{loinc}", first)
        entries = [{"fullUrl": url, "resource": first}]
        entries += [{"fullUrl": u, "resource": r} for u, r in self.made.items() if u != url]
        return {
            "resourceType": "Bundle",
            "identifier": {
                "system": codes.CONSULTATION,
                "value": f"{self.told.consultation.code}-{loinc}-{self.at:%Y%m%d%H%M%S}",
            },
            "type": "document",
            "timestamp": at,
            "entry": entries,
        }


def _paragraphs(entries: Iterable[Entry]) -> str:
    """What somebody wrote, as XHTML: nothing of it is markup."""
    out = []
    for entry in entries:
        kind = kinds()[entry.kind]
        lines = [
            f"<b>{escape(ask.label.zh)}</b> {escape(ask.show(entry.get(ask.name)))}"
            for ask in kind.fields
            if entry.get(ask.name) is not None and not ask.internal
        ]
        out.append(f"<p>{entry.happened_on.isoformat()} {'；'.join(lines)}</p>")
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(out)}</div>'
