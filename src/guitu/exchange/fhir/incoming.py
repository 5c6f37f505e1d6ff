"""A partner's FHIR bundle as drafts of entries: Consents, Observations and Encounters of people whom it knows
by our case numbers.

What is not said for certain is not guessed: another unit of measure, a result without a reading, an encounter
without a reason are refused, each with its path and why. Times are told in China's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from guitu.casefile import Value
from guitu.exchange.fhir import codes
from guitu.exchange.fhir.checking import resources
from guitu.exchange.partners.incoming import Draft, Read
from guitu.exchange.partners.mapping import Partner
from guitu.exchange.partners.refusing import Refusal
from guitu.kernel.zone import CHINA

Json = Mapping[str, Any]

FINAL: Final = frozenset({"final", "amended", "corrected"})
ENDED: Final = frozenset({"finished"})
CLASSES: Final = {"AMB": "门诊", "EMER": "急诊", "IMP": "住院", "HH": "上门", "VR": "远程"}
"""How the partner saw somebody, by the class of its encounter."""
READINGS: Final = {
    "N": "normal", "NEG": "normal", "A": "abnormal", "L": "abnormal", "H": "abnormal", "POS": "abnormal",
    "AA": "critical", "LL": "critical", "HH": "critical",
}  # fmt: skip
_BY_LOINC: Final = {measure.loinc: name for name, measure in codes.MEASURES.items()}
_DECIMAL: Final = frozenset({"temperature", "weight", "glucose"})


class _Refused(Exception):
    def __init__(self, column: str, code: str) -> None:
        self.column, self.code = column, code
        super().__init__(code)


def read_bundle(partner: Partner, data: Json) -> Read:
    """What a bundle says that was checked already (`checking.check`)."""
    assert partner.takes is not None
    people = _people(data)
    everything = list(resources(data))
    drafts: list[Draft] = []
    refused: list[Refusal] = []
    lines = 0
    named = {f"{r.get('resourceType')}/{r.get('id')}": r for _, r in everything if r.get("id")}
    named |= {str(e.get("fullUrl")): e.get("resource") or {} for e in data.get("entry") or ()}
    for where, one in everything:
        name = str(one.get("resourceType"))
        if name in _AROUND:
            continue
        lines += 1
        try:
            if name not in partner.takes.resources:
                raise _Refused("", "resource_not_taken")
            case_no, person = _whose(one, people)
            drafts.append(_draft(partner, where, one, case_no, person, named))
        except _Refused as wrong:
            refused.append(Refusal(f"{where}.{name}", wrong.column, wrong.code))
    return Read(lines, tuple(drafts), tuple(refused))


_AROUND: Final = frozenset({"Patient", "Organization", "Practitioner", "PractitionerRole", "Condition"})
"""What stands round: whose, and by whom. A Condition says why there was an encounter."""


def _people(data: Json) -> dict[str, tuple[str, str]]:
    """Case number and name by every address of a Patient."""
    found = {}
    for entry in data.get("entry") or ():
        one = entry.get("resource") or {}
        if one.get("resourceType") != "Patient":
            continue
        number = next(
            (str(i.get("value")) for i in one.get("identifier") or () if i.get("system") == codes.CASE), ""
        )
        name = next((str(n.get("text") or "") for n in one.get("name") or ()), "")
        for address in (entry.get("fullUrl"), f"Patient/{one.get('id')}"):
            found[str(address)] = number.strip().upper(), name.strip()
    return found


def _whose(one: Json, people: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    about = one.get("patient") if one.get("resourceType") == "Consent" else one.get("subject")
    about = about or {}
    identifier = about.get("identifier") or {}
    if identifier.get("system") == codes.CASE:
        return str(identifier.get("value")).strip().upper(), ""
    case_no, name = people.get(str(about.get("reference")), ("", ""))
    if not case_no:
        raise _Refused("subject", "person_missing")
    return case_no, name


def _draft(
    partner: Partner, where: str, one: Json, case_no: str, name: str, named: Mapping[str, Json]
) -> Draft:
    number = _number(one)
    match one.get("resourceType"):
        case "Consent":
            day, kind, fields = _consent(one, partner.name)
        case "Encounter":
            day, kind, fields = _encounter(one, named)
        case _:
            day, kind, fields = _observation(one)
    return Draft(where, number, case_no, name, kind, day, fields)


def _number(one: Json) -> str:
    """The partner's own number for the message: an identifier of the resource, else its id."""
    for identifier in one.get("identifier") or ():
        if identifier.get("value"):
            return f"{identifier.get('system', '')}|{identifier['value']}"[:100]
    if one.get("id"):
        return f"{one['resourceType']}/{one['id']}"[:100]
    raise _Refused("identifier", "message_missing")


def _consent(one: Json, partner: str) -> tuple[date, str, dict[str, Value]]:
    status = one.get("status")
    if status not in ("active", "inactive", "rejected"):
        raise _Refused("status", "not_final")
    day = _day(one.get("dateTime"), "dateTime")
    if status != "active" or (one.get("provision") or {}).get("type") == "deny":
        return day, "partner_consent", {"partner": partner, "answer": "no"}
    provision = one.get("provision") or {}
    until = _day((provision.get("period") or {}).get("end"), "provision.period.end")
    parts = [c.get("code") for c in provision.get("purpose") or () if c.get("system") == codes.PARTS]
    if len(parts) != 1 or parts[0] not in ("contact", "care", "both"):
        raise _Refused("provision.purpose", "not_covered")
    fields: dict[str, Value] = {"partner": partner, "answer": "yes", "parts": str(parts[0]), "until": until}
    return day, "partner_consent", fields


def _encounter(one: Json, named: Mapping[str, Json]) -> tuple[date, str, dict[str, Value]]:
    if one.get("status") not in ENDED:
        raise _Refused("status", "not_final")
    how = CLASSES.get(str((one.get("class") or {}).get("code")))
    if how is None:
        raise _Refused("class", "not_covered")
    day = _day((one.get("period") or {}).get("start"), "period.start")
    reason = "；".join(filter(None, (_words(r) for r in one.get("reasonCode") or ())))
    judged = []
    for diagnosis in one.get("diagnosis") or ():
        named_by = diagnosis.get("condition") or {}
        told = named.get(str(named_by.get("reference"))) or {}
        judged.append(_words(told.get("code") or {}) or str(named_by.get("display", "")))
    assessment = "；".join(filter(None, judged))
    if not reason or not assessment:
        raise _Refused("reasonCode" if not reason else "diagnosis", "no_reason")
    return day, "referral_back", {"result": f"{how}：{reason}；诊断：{assessment}"[:4000]}


def _observation(one: Json) -> tuple[date, str, dict[str, Value]]:
    if one.get("status") not in FINAL:
        raise _Refused("status", "not_final")
    measured = dict(_measures(one))
    if measured:
        at = _moment(one.get("effectiveDateTime"))
        return at.date(), "vitals", {"time": at.hour * 100 + at.minute, **measured}
    test = _words(one.get("code") or {})
    said = _value(one)
    if not test or not said:
        raise _Refused("value", "not_covered")
    meant = [c for some in one.get("interpretation") or () for c in _codes(some, codes.INTERPRETATION)]
    reading = next((READINGS[c] for c in meant if c in READINGS), "")
    if not reading:
        raise _Refused("interpretation", "no_reading")
    day = _day(one.get("effectiveDateTime"), "effectiveDateTime")
    return day, "lab_result", {"test": test[:200], "result": said[:4000], "reading": reading}


def _measures(one: Json) -> Iterator[tuple[str, Value]]:
    """What is measured at the bedside, by LOINC: the value itself, or those of its components."""
    for part in (one, *(one.get("component") or ())):
        name = next((_BY_LOINC[c] for c in _codes(part.get("code"), codes.LOINC) if c in _BY_LOINC), "")
        quantity = part.get("valueQuantity")
        if not name or quantity is None:
            continue
        unit = quantity.get("code") if quantity.get("system") == codes.UCUM else ""
        if unit != codes.MEASURES[name].ucum:
            raise _Refused("valueQuantity", "unit_unknown")
        value = quantity.get("value")
        if value is None:
            raise _Refused("valueQuantity", "answer_wrong")
        if name in _DECIMAL:
            yield name, str(value)
        elif float(value) == int(value):
            yield name, int(value)
        else:
            raise _Refused("valueQuantity", "answer_wrong")


def _value(one: Json) -> str:
    """The result in words."""
    if one.get("valueString"):
        return str(one["valueString"])
    if quantity := one.get("valueQuantity"):
        mark = quantity.get("comparator", "")
        return f"{mark}{quantity.get('value')} {quantity.get('unit') or quantity.get('code') or ''}".strip()
    if one.get("valueCodeableConcept"):
        return _words(one["valueCodeableConcept"])
    return str(one["valueInteger"]) if one.get("valueInteger") is not None else ""


def _words(concept: Json) -> str:
    """What a concept says to people."""
    if concept.get("text"):
        return str(concept["text"]).strip()
    return next((str(c["display"]).strip() for c in concept.get("coding") or () if c.get("display")), "")


def _codes(concept: Json | None, system: str) -> Iterator[str]:
    for coding in (concept or {}).get("coding") or ():
        if coding.get("system") == system and coding.get("code"):
            yield str(coding["code"])


def _day(value: object, column: str) -> date:
    """The day of a FHIR date or moment, China's; refused for less than a day."""
    text = str(value or "")
    if not text:
        raise _Refused(column, "date_missing")
    try:
        return _moment(text).date() if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise _Refused(column, "date_unreadable") from None


def _moment(value: object) -> datetime:
    text = str(value or "")
    if "T" not in text:
        raise _Refused("effectiveDateTime", "no_time")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _Refused("effectiveDateTime", "date_unreadable") from None
    return found.astimezone(CHINA) if found.tzinfo is not None else found.replace(tzinfo=CHINA)
