"""Certificates that somebody had been listed in error: the facts of one, its code, and checking a code.

The code is the file's case number and the first 16 hexadecimal figures of the digest of the entry that says
so. Whoever holds one learns that there is such a correction, of which day, and that nothing before it in the
file was altered; no name. It can be checked after the file's keys were destroyed, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.chain import beginning, follows
from guitu.casefile.file import VOID
from guitu.casefile.records import sealing
from guitu.store import casefiles, engine
from guitu.store.encoding import READ, link_read
from guitu.store.read import FileView

KIND: Final = "identity_error"
FIGURES: Final = 16
_CODE: Final = re.compile(r"^([0-9A-Z]+-\d{4}-\d+)-?((?:[0-9A-F]{4}-?){4})$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says: who, which file, when it was found and corrected, how many entries were
    withdrawn, whether the file is sealed, who was told; and the code."""

    name: str
    id_number: str
    case_no: str
    found_on: date
    corrected_on: date
    withdrawn: int
    sealed: bool
    told: str
    code: str


def facts(view: FileView, entry: UUID) -> Facts | None:
    """The facts of the correction that this entry made, or None if it is none (or erased)."""
    found = next((e for e in view.entries if e.id == entry and e.kind == KIND), None)
    receipt = view.receipts.get(entry)
    found_on = found.get("found_on") if found else None
    if found is None or receipt is None or not isinstance(found_on, date):
        return None
    return Facts(
        str(view.identity.get("name") or ""),
        str(view.identity.get("id_number") or ""),
        view.case_no,
        found_on,
        found.happened_on,
        sum(1 for e in view.entries if _by_the_same(e, found)),
        sealing(view.case_file.counted()) is not None,
        str(found.get("told") or ""),
        code(view.case_no, receipt.digest),
    )


def _by_the_same(entry: Entry, found: Entry) -> bool:
    return entry.kind == VOID and entry.source == found.source


def code(case_no: str, made: bytes) -> str:
    """A case number and a digest as a code to be read out: 469023-2026-00012-8F2K-…"""
    figures = made.hex()[:FIGURES].upper()
    return "-".join([case_no, *(figures[i : i + 4] for i in range(0, FIGURES, 4))])


@dataclass(frozen=True, slots=True)
class Checked:
    """What a code proves: that the file was corrected on that day, and that nothing of it up to there was
    altered since (`good`)."""

    case_no: str
    corrected_on: date
    good: bool


@engine.house()
def check(text: str) -> Checked | None:
    """What a code proves, or None if there is no such certificate."""
    match = _CODE.match(text.strip().upper())
    if match is None:
        return None
    case_no, figures = match[1], match[2].replace("-", "")
    held = next(iter(casefiles.find("case_no = %s", [case_no])), None)
    if held is None:
        return None
    before, good = beginning(held.id, held.about, held.case_no, held.opened_ms), True
    for n, row in enumerate(
        engine.rows(f"SELECT {READ} FROM store_entry WHERE file = %s ORDER BY n", [held.no]), start=1
    ):
        link, stored = link_read(row, held.id), bytes(row[14])
        good = good and row[1] == n and follows(link, before, stored)
        if link.kind == KIND and stored.hex()[:FIGURES].upper() == figures:
            return Checked(case_no, link.happened_on, good)
        before = stored
    return None
