"""Hold our FHIR checker and reader against the official examples of FHIR R4, which are not kept here.

    python tools/fhir_examples.py FOLDER

FOLDER holds them as HL7 publishes them (package hl7.fhir.r4.examples, or the unpacked examples-json.zip of
hl7.org/fhir/R4/downloads.html; CC0). Every example of a kind that we write or read must pass the checker,
alone or, where it is one, as a Bundle; and the reader must make a draft of it or refuse it by a known reason,
once its person is told by a case number of ours, as a partner tells it. Exit status 1 if one does not.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

READ: Final = ("Consent", "Encounter", "Observation", "ServiceRequest")
KINDS: Final = frozenset(
    {
        *READ, "AllergyIntolerance", "Bundle", "Composition", "Condition", "DiagnosticReport",
        "MedicationRequest", "Patient",
    }
)  # fmt: skip
"""What our own bundles hold and what partners send."""
CASE: Final = "469023-2026-00001"


def examples(folder: Path) -> Iterable[tuple[str, dict[str, Any]]]:
    """Every example of those kinds, by the name of its file."""
    for path in sorted(folder.rglob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, ValueError):
            continue
        if isinstance(data, dict) and data.get("resourceType") in KINDS:
            yield path.name, data


def bundled(data: dict[str, Any]) -> dict[str, Any]:
    """The example as a bundle: a Bundle itself, anything else as the only thing in one."""
    if data["resourceType"] == "Bundle":
        return data
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": data}]}


def ours(data: dict[str, Any]) -> dict[str, Any]:
    """The example about somebody of ours."""
    from guitu.exchange.fhir import codes

    made = deepcopy(data)
    about = "patient" if data["resourceType"] == "Consent" else "subject"
    made[about] = {"identifier": {"system": codes.CASE, "value": CASE}}
    return bundled(made)


def run(folder: Path) -> tuple[list[str], Counter[str]]:
    """What is wrong, a line each, and how many were looked at, read and refused, by kind and reason."""
    from guitu.compose import kinds
    from guitu.exchange.fhir import check
    from guitu.exchange.fhir.incoming import read_bundle
    from guitu.exchange.partners import partners

    hospital = partners()["hospital"]
    wrong: list[str] = []
    counts: Counter[str] = Counter()
    for name, data in examples(folder):
        kind = data["resourceType"]
        counts[f"{kind} checked"] += 1
        wrong += [f"{name}: {w.where}: {w.label.en}" for w in check(bundled(data), whole=False)]
        if kind == "Bundle":
            read_bundle(hospital, data)
        if kind not in READ:
            continue
        found = read_bundle(hospital, ours(data))
        for draft in found.drafts:
            counts[f"{kind} read as {draft.kind}"] += 1
            wrong += [
                f"{name}: {draft.kind}: {fault.label.en}"
                for fault in kinds()[draft.kind].faults(draft.fields)
            ]
        for refusal in found.refused:
            counts[f"{kind} not taken: {refusal.label.en}"] += 1
        if not found.drafts and not found.refused:
            wrong.append(f"{name}: neither read nor refused")
    return wrong, counts


def main(arguments: list[str]) -> int:
    """Look at a folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guitu.web.settings")
    from django import setup

    setup()
    wrong, counts = run(Path(arguments[0]))
    for what, n in sorted(counts.items()):
        print(f"{n:5}  {what}")
    for line in wrong:
        print(f"WRONG  {line}")
    if not counts:
        print("no example there", file=sys.stderr)
    return 1 if wrong or not counts else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
