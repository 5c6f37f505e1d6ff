"""The positive tests that the person may object to, or ask a second laboratory about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.home.custody import known_as
from guitu.pathway.model import Remedy
from guitu.pathway.remedies import remedies
from guitu.store.read import FileView, rules

MOST: Final = 5
UNUSABLE: Final = "unusable"


def tests(view: FileView, on: date) -> Sequence[tuple[Entry, Remedy | None]]:
    """The positive tests that were not objected to yet, and those of which a laboratory's result was told
    since, so that a re-test may be asked for; the latest first, each with the window that the office has set,
    if it has set one."""
    counted = view.case_file.counted()
    windows = {right.entry: right for right in remedies(view.case_file, rules(view.unit), on) if right.entry}
    found: list[tuple[Entry, Remedy | None]] = []
    for entry in reversed(counted):
        if entry.kind != "urine_test" or entry.get("outcome") != "taken" or entry.get("result") != "positive":
            continue
        names = known_as(entry, view.entries)
        objected = [e for e in counted if e.kind == "objection" and str(e.get("entry")) in names]
        told = _told(counted, names)
        if told is not None:
            if all(_at(e) < _at(told) for e in objected):
                found.append((entry, windows.get(told.id)))
        elif not objected:
            found.append((entry, next((w for n in names if (w := windows.get(UUID(n)))), None)))
    return found[:MOST]


def _told(counted: Sequence[Entry], names: frozenset[str]) -> Entry | None:
    """The entry by which the person was told that a laboratory found it positive, or since then that the
    second laboratory could test nothing; none once that one has found something, or where the first found
    nothing."""
    mine = [e for e in counted if str(e.get("test")) in names]
    found = {
        e.get("stage"): e.get("result")
        for e in mine
        if e.kind == "lab_report" and e.get("result") != UNUSABLE
    }
    if "retest" in found or found.get("laboratory") != "positive":
        return None
    unusable = any(e.kind == "lab_report" and e.get("stage") == "retest" for e in mine)
    told = [e for e in mine if e.kind == "lab_result_told"]
    first = [e for e in told if e.get("stage") == "laboratory"]
    again = [e for e in told if e.get("stage") == "retest"] if unusable else []
    return next(reversed((*first, *again)), None)


def _at(entry: Entry) -> tuple[object, object]:
    return entry.happened_on, entry.recorded_at
