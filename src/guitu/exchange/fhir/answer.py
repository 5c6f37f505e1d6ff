"""A hospital's answer, read from its FHIR bundle: the report, what it would prescribe, and who signed.

What cannot be read for certain is not guessed: a route or a frequency in other words than HL7's
abbreviations is left open, and the doctor who takes the file in says what is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guitu.casefile.fields import read_decimal
from guitu.centre import icd
from guitu.exchange.fhir import codes
from guitu.exchange.fhir.checking import Wrong, check, resources
from guitu.kernel.labels import Label

FINAL: Final = frozenset({"final", "amended", "corrected", "appended"})
MOST_MEDICINES: Final = 10
_OFTEN: Final = {code: name for name, code in codes.OFTEN.items()}
_ROUTES: Final = {code: name for name, code in codes.ROUTES.items()}
_NEXT: Final = frozenset({"here", "again", "visit", "at_once"})


@dataclass(frozen=True, slots=True)
class Medicine:
    """One prescription that the hospital advises, in the words of the kind `prescription`; "" is left
    open."""

    drug: str
    dose: str
    dose_unit: str
    route: str
    often: str
    until: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hospital answered. `next` is "" where it does not say."""

    opinion: str
    code: str
    next: str
    signed: str
    on: date | None
    medicines: tuple[Medicine, ...]


def read_answer(data: Mapping[str, Any], code: str) -> tuple[Answer | None, tuple[Wrong, ...]]:
    """The answer to the consultation with that code, or everything that keeps it from being read as one."""
    wrong = list(check(data))
    if wrong:
        return None, tuple(wrong)
    every = list(resources(data))
    by_url = _addresses(data)
    reports = [(w, r) for w, r in every if r.get("resourceType") == "DiagnosticReport"]
    if len(reports) != 1:
        told = Label(
            f"应有一份会诊报告（DiagnosticReport），实有 {len(reports)} 份。",
            f"one report (DiagnosticReport) is expected; there are {len(reports)}.",
        )
        return None, (Wrong("Bundle.entry", told),)
    where, report = reports[0]
    found = _codes_of(report, by_url)
    if code not in found:
        told = Label(
            f"报告没有写明答复的是 {code}" + (f"（写的是 {'、'.join(sorted(found))}）。" if found else "。"),
            f"the report does not say that it answers {code}"
            + (f" (it names {', '.join(sorted(found))})." if found else "."),
        )
        wrong.append(Wrong(f"{where}.basedOn", told))
    if report.get("status") not in FINAL:
        told = Label("报告还没有定稿（status 应为 final）。", "the report is not final.")
        wrong.append(Wrong(f"{where}.status", told))
    opinion = str(report.get("conclusion") or "").strip()
    if not opinion:
        told = Label("报告没有结论（conclusion）。", "the report has no conclusion.")
        wrong.append(Wrong(f"{where}.conclusion", told))
    elif len(opinion) > 4000:
        told = Label("结论超过 4000 字。", "the conclusion is longer than 4000 characters.")
        wrong.append(Wrong(f"{where}.conclusion", told))
    signed = _signed(report, data, by_url)
    if not signed:
        told = Label("没有签名的医生或者医院。", "nobody has signed it.")
        wrong.append(Wrong(f"{where}.performer", told))
    disease = _code(report.get("conclusionCode"), codes.ICD_10)
    if disease and (fault := icd.fault(disease)) is not None:
        wrong.append(Wrong(f"{where}.conclusionCode", fault))
    medicines = []
    for place, resource in every:
        if resource.get("resourceType") == "MedicationRequest":
            one, faults = _medicine(place, resource)
            wrong += faults
            if one is not None:
                medicines.append(one)
    if len(medicines) > MOST_MEDICINES:
        told = Label(
            f"处方多于 {MOST_MEDICINES} 条。", f"there are more than {MOST_MEDICINES} prescriptions."
        )
        wrong.append(Wrong("Bundle.entry", told))
    if wrong:
        return None, tuple(wrong)
    step = _code(report.get("category"), codes.NEXT)
    return (
        Answer(
            opinion, disease, step if step in _NEXT else "", signed, _day(report.get("effectiveDateTime")),
            tuple(medicines),
        ),
        (),
    )  # fmt: skip


def _addresses(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for entry in data.get("entry") or ():
        resource = entry.get("resource") or {}
        if entry.get("fullUrl"):
            found[str(entry["fullUrl"])] = resource
        if resource.get("id"):
            found[f"{resource.get('resourceType')}/{resource['id']}"] = resource
    return found


def _codes_of(report: Mapping[str, Any], by_url: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The consultations that a report says it is based on: by an identifier, or by the request in the
    file."""
    found = set()
    for based in report.get("basedOn") or ():
        named = [based.get("identifier") or {}]
        named += (by_url.get(str(based.get("reference"))) or {}).get("identifier") or []
        found |= {str(n.get("value")) for n in named if n.get("system") == codes.CONSULTATION}
    return found


def _signed(
    report: Mapping[str, Any], data: Mapping[str, Any], by_url: Mapping[str, Mapping[str, Any]]
) -> str:
    """Who signed: as the report's performer, else as the document's author."""
    first = next((r for _, r in resources(data)), {})
    for by in (*(report.get("performer") or ()), *(first.get("author") or ())):
        one = by_url.get(str(by.get("reference"))) or {}
        name = one.get("name")
        if isinstance(name, list):
            name = next((n.get("text") or n.get("family") for n in name), "")
        if said := str(by.get("display") or name or "").strip():
            return said[:200]
    return ""


def _code(value: Any, system: str) -> str:
    """The first code of that system in one or several concepts."""
    for concept in value if isinstance(value, list) else [value] if value else []:
        for coding in concept.get("coding") or ():
            if coding.get("system") == system and coding.get("code"):
                return str(coding["code"])
    return ""


def _medicine(where: str, resource: Mapping[str, Any]) -> tuple[Medicine | None, list[Wrong]]:
    concept = resource.get("medicationCodeableConcept") or {}
    coded = next((c.get("display") for c in concept.get("coding") or () if c.get("display")), "")
    drug = str(concept.get("text") or coded or "").strip()
    wrong = []
    if not drug or len(drug) > 200:
        told = Label(
            "处方没有药名（medicationCodeableConcept.text）。", "the prescription names no medicine."
        )
        wrong.append(Wrong(f"{where}.medicationCodeableConcept", told))
    dosages = resource.get("dosageInstruction") or []
    if len(dosages) != 1:
        told = Label(
            f"一条处方应有一种用法，实有 {len(dosages)} 种。",
            f"one dosage is expected; there are {len(dosages)}.",
        )
        return None, [*wrong, Wrong(f"{where}.dosageInstruction", told)]
    dosage = dosages[0]
    amount = next(
        (d.get("doseQuantity") for d in dosage.get("doseAndRate") or () if d.get("doseQuantity")), {}
    )
    value = str(amount.get("value", ""))
    dose, unit = read_decimal(value) if value else None, str(amount.get("unit") or amount.get("code") or "")
    if dose is None or not unit:
        told = Label("处方没有每次用量和单位（doseQuantity）。", "the prescription has no dose with a unit.")
        wrong.append(Wrong(f"{where}.dosageInstruction[0].doseAndRate", told))
    if wrong:
        return None, wrong
    timing = (dosage.get("timing") or {}).get("code")
    often = "needed" if dosage.get("asNeededBoolean") else _OFTEN.get(_code(timing, codes.TIMING), "")
    period = (resource.get("dispenseRequest") or {}).get("validityPeriod") or {}
    note = str(dosage.get("patientInstruction") or "")
    if not often and dosage.get("text"):
        note = f"{dosage['text']} {note}".strip()
    return (
        Medicine(
            drug, str(dose), unit[:200], _ROUTES.get(_code(dosage.get("route"), codes.ROUTE), ""), often,
            _day(period.get("end")), note[:2000],
        ),
        [],
    )  # fmt: skip


def _day(value: object) -> date | None:
    """The day of a FHIR date or moment; None for less than a day."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
