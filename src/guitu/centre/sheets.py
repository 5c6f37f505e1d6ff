"""What two people signed on an assessment, and what became of it.

The digest of a sheet covers its every word; who signs second signs that digest. Corrections and withdrawals
are read off the file, so that whatever was altered is shown with who, when and what stood before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Value
from guitu.casefile.chain import sm3
from guitu.casefile.file import VOID
from guitu.casefile.second import SECOND, second_of
from guitu.centre.assessing import DOMAINS, NEEDED
from guitu.kernel.labels import Label

RESULTS: Final = ("stage", *DOMAINS)
"""The fields of `assessment`: a sheet has them too, and a reason for each domain."""
SIGNED: Final = (
    "stage", *(part for name in DOMAINS for part in (name, f"{name}_reason")), "members", "evidence",
    "objection",
)  # fmt: skip
"""The answers of a sheet that its digest covers, beside whose it is, its day and what it corrects."""
PANEL_OF: Final = 2
"""How many a panel is at least: one writes, another signs."""


# ── what two people signed ────────────────────────────────────────────────────────────────────────


def sheet_digest(file: UUID, on: date, fields: Mapping[str, Value], corrects: UUID | None = None) -> str:
    """The digest of a sheet: SM3 over whose it is, its day, what it corrects and every answer, as JSON with
    sorted keys. The second signs this."""
    what = {name: str(fields[name]) for name in SIGNED if fields.get(name) not in (None, "")}
    about = {"file": file.hex, "on": on.isoformat(), "corrects": corrects.hex if corrects else ""}
    text = json.dumps({**what, "#": about}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sm3(text.encode()).hex()


def is_as_signed(sheet: Entry) -> bool:
    """Whether a recorded sheet still says what was signed."""
    return sheet.get("digest") == sheet_digest(sheet.file, sheet.happened_on, sheet.fields, sheet.corrects)


def missing(fields: Mapping[str, Value]) -> list[tuple[str, Label]]:
    """What a sheet lacks: a result that its stage needs, or the reason of a result."""
    found: list[tuple[str, Label]] = []
    stage = fields.get("stage")
    for name in DOMAINS:
        if stage in NEEDED and name in NEEDED[stage] and not fields.get(name):  # type: ignore[index]
            found.append((name, Label("这一阶段须作出结论", "this stage needs a result here")))
        if fields.get(name) and not str(fields.get(f"{name}_reason") or "").strip():
            found.append((f"{name}_reason", Label("请写明理由", "state the reasons")))
    return found


def written_evidence(by_domain: Mapping[str, Iterable[UUID]]) -> str:
    """The entries a sheet rests on, as it keeps them."""
    return ";".join(f"{name}:{','.join(i.hex for i in ids)}" for name, ids in by_domain.items() if ids)


def read_evidence(text: object) -> dict[str, tuple[UUID, ...]]:
    """The way back; what is no id is left out."""
    found: dict[str, tuple[UUID, ...]] = {}
    for part in str(text or "").split(";"):
        name, _, ids = part.partition(":")
        if name in DOMAINS:
            found[name] = tuple(UUID(i) for i in ids.split(",") if _is_id(i))
    return found


def _is_id(text: str) -> bool:
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)


def proposal_of(entry: Entry) -> str:
    """The proposal by which two people made an entry, as its source says; empty if none did."""
    return entry.source.rpartition(" ")[2] if entry.source.startswith(SECOND) else ""


# ── what became of it ─────────────────────────────────────────────────────────────────────────────

Did = Literal["written", "corrected", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Link:
    """One step in the life of a result: who did what and when, who signed as second (empty: nobody), why, and
    for a correction every answer that is not what stood before."""

    did: Did
    entry: Entry
    by: str
    second: str
    at: datetime
    reason: str = ""
    before: tuple[tuple[str, Value, Value], ...] = ()
    """Field, what stood before, what stands now; `happened_on` too."""


@dataclass(frozen=True, slots=True)
class History:
    """One result from when it was first written to now. `now` is what it counts as, None once withdrawn;
    `sheet` the panel's sheet behind it, or behind what it was, None where there is none (from paper, or
    written alone); `as_signed` whether that sheet says what was signed and the result what the sheet says;
    `papers` the ids of every sheet that was ever behind it."""

    links: tuple[Link, ...]
    now: Entry | None
    sheet: Entry | None
    as_signed: bool
    papers: frozenset[UUID] = frozenset()

    @property
    def first(self) -> Entry:
        """As it was first written."""
        return self.links[0].entry

    @property
    def altered(self) -> bool:
        """Whether anything happened to it since."""
        return len(self.links) > 1


def histories(file: CaseFile, kind: str = "assessment") -> tuple[History, ...]:
    """Every result of the file, the latest first: none is left out because it was corrected or withdrawn."""
    entries = file.known()
    by_id = {e.id: e for e in entries}
    later: dict[UUID, list[Entry]] = {}
    for entry in entries:
        if entry.corrects is not None:
            later.setdefault(entry.corrects, []).append(entry)
    standing = {e.id: e for e in file.standing()}
    sheets = [e for e in entries if e.kind == "assessment_sheet"]
    found = []
    for entry in entries:
        if entry.kind != kind or entry.corrects in by_id:
            continue
        chain = _chain(entry, later)
        now = next((standing[e.id] for e in reversed(chain) if e.id in standing), None)
        sheet = next((s for e in (now, *reversed(chain)) if (s := _sheet_of(e, sheets))), None)
        good = sheet is not None and is_as_signed(sheet) and now is not None and _same(now, sheet)
        papers = frozenset(s.id for e in chain if (s := _sheet_of(e, sheets)) is not None)
        found.append(History(tuple(_links(chain, by_id)), now, sheet, good, papers))
    return tuple(sorted(found, key=lambda h: (h.first.happened_on, h.first.recorded_at), reverse=True))


def _chain(first: Entry, later: Mapping[UUID, Sequence[Entry]]) -> list[Entry]:
    """The entry and everything that corrects or withdraws it, or one of those, in the order of knowing."""
    chain, seen, wait = [first], {first.id}, [first.id]
    while wait:
        for entry in later.get(wait.pop(), ()):
            if entry.id not in seen:
                seen.add(entry.id)
                chain.append(entry)
                wait.append(entry.id)
    return [chain[0], *sorted(chain[1:], key=lambda e: (e.recorded_at, e.id.int))]


def _links(chain: Sequence[Entry], by_id: Mapping[UUID, Entry]) -> Iterable[Link]:
    for entry in chain:
        did: Did = "written"
        if entry is not chain[0]:
            did = "withdrawn" if entry.kind == VOID else "corrected"
        old = by_id.get(entry.corrects) if entry.corrects is not None else None
        before = _changes(old, entry) if did == "corrected" and old is not None else ()
        why = entry.reason or (str(entry.get("reason") or "") if entry.kind == VOID else "")
        yield Link(did, entry, entry.author, second_of(entry.source), entry.recorded_at, why, before)


def _changes(old: Entry, new: Entry) -> tuple[tuple[str, Value, Value], ...]:
    names = dict.fromkeys((*old.fields, *new.fields))
    found: list[tuple[str, Value, Value]] = []
    if old.happened_on != new.happened_on:
        found.append(("happened_on", old.happened_on, new.happened_on))
    found += [(n, old.get(n), new.get(n)) for n in names if old.get(n) != new.get(n)]
    return tuple(found)


def _sheet_of(result: Entry | None, sheets: Sequence[Entry]) -> Entry | None:
    """The sheet that was signed by the same proposal as the result."""
    proposal = proposal_of(result) if result is not None else ""
    return next((s for s in sheets if proposal and proposal_of(s) == proposal), None)


def _same(result: Entry, sheet: Entry) -> bool:
    same_day = result.happened_on == sheet.happened_on
    return same_day and all(result.get(name) == sheet.get(name) for name in RESULTS)


def now_of(file: CaseFile, identifier: UUID) -> Entry | None:
    """What the entry of that id counts as now; None once withdrawn, or if there is none."""
    entry = next((e for e in file.entries if e.id == identifier), None)
    return file.status().get(identifier, entry)


def signers(sheet: Entry) -> frozenset[str]:
    """The accounts that signed a sheet: who wrote it and who signed as second."""
    return frozenset(filter(None, (sheet.author, second_of(sheet.source))))


def may_recheck(sheet: Entry, account: str) -> bool:
    """Whether an account may take part in the re-check of a sheet: whoever signed it may not."""
    return account not in signers(sheet)
