"""Photos and papers of the entries that are handed over: they follow the entries, in bundles of their own.

An entry names its papers by digest, and goes first. Once the other system has acknowledged the entries, it is
sent the papers of those entries and of no others, some megabytes at a time; what it has it says as of
entries, by a digest. A system of an earlier edition never says that it takes papers and is sent none.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.compose import kinds
from guitu.exchange.handed import paper_type
from guitu.exchange.handover import parcels
from guitu.exchange.handover.peers import Peer
from guitu.exchange.phone.pictures import type_of
from guitu.exchange.phone.reading import attachments_in
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.outreach.photos import MOST_BYTES
from guitu.store import attachments, casefiles, engine, erasure
from guitu.store.attachments import Kept
from guitu.store.units import tree

WORD: Final = "papers"
"""What a system says that takes papers, and the kind of the bundles."""
AT_ONCE: Final = 4 * 1024 * 1024
"""Bytes of papers in one bundle, less than a bundle holds when they are written as text."""
MOST: Final = MOST_BYTES
"""Bytes of one paper."""

NOT_YET: Final = Label(
    "材料所属的记录还没有收到；记录收到后会再送。",
    "The entries to which the papers belong have not come yet; they are sent again once they have.",
)
NOT_NAMED: Final = Label(
    "有的材料所属的记录在这里没有写明有材料（记录送到时本系统还不收材料），没有收下；需要时请另行送交。",
    "Some papers belong to entries that name none here (they came before papers were taken); those were not"
    " taken. Hand them over otherwise if they are needed.",
)
NOT_THEIRS: Final = Label(
    "材料所属的记录不是对方送来的，没有收下。",
    "A paper belongs to an entry that did not come from there; it was not taken.",
)
DIFFERS: Final = Label("材料在途中损坏，没有收下。", "A paper was damaged on its way and was not taken.")
TOO_LARGE: Final = Label(
    f"每份材料不超过 {MOST >> 20} MB，没有收下。", f"A paper has at most {MOST >> 20} MB; it was not taken."
)
NO_TYPE: Final = Label(
    "材料既不是照片也不是 PDF，没有收下。", "A paper is neither a photo nor a PDF and was not taken."
)


class NotTaken(GuituError):
    """Papers that this system does not take, with one sentence."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Papers of one file that go in one bundle. `digest` stands for them."""

    no: int
    file: UUID
    case_no: str
    digest: str
    papers: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(one.size for one in self.papers)


def digest_of(file: UUID, papers: Iterable[tuple[UUID, str]]) -> str:
    """What stands for these papers of a file (entry and digest of each), whatever their order."""
    told = sorted(entry.bytes + bytes.fromhex(sha256) for entry, sha256 in papers)
    return sm3(WORD.encode() + file.bytes + b"".join(told)).hex()


def pending(peer: Peer, now: datetime, *, ahead: bool = False) -> tuple[Lot, ...]:
    """The papers that the other system has not acknowledged, of entries that it has; with `ahead`, of entries
    too that are still on their way. Called as the house."""
    units = tree()
    numbers = parcels.candidates(peer, now, units)
    there = attachments.of_files(numbers)
    owed = {one.no for one in parcels.pending(peer, now)} if there and not ahead else set()
    named = {
        row[0]: (engine.uuid_of(row[1]), row[2])
        for row in engine.rows_for("SELECT no, id, case_no FROM store_casefile WHERE no IN ({})", there)
    }
    found: list[Lot] = []
    for no, rows in parcels.outlines(no for no in there if no not in owed).items():
        role = parcels.role_of(rows, peer, units)
        if role is None or role == "told":
            continue
        going = frozenset(parcels.goes(rows, role, peer))
        named_by = {one.id: {a.sha256 for a in attachments_in(one.source)} for one in rows if one.id in going}
        some = [one for one in there[no] if one.sha256 in named_by.get(one.entry, ())]
        done = parcels.acknowledged(rows, peer.name)
        file, case_no = named[no]
        # in the order in which they arrived, so that what was acknowledged stays together when more come
        for part in parcels.bounded(some, lambda one: one.size, AT_ONCE):
            digest = digest_of(file, ((one.entry, one.sha256) for one in part))
            if digest not in done:
                found.append(Lot(no, file, case_no, digest, part))
    return tuple(found)


def batches(lots: Iterable[Lot]) -> Iterator[tuple[Lot, ...]]:
    """Lots in bundles of a bounded size."""
    return parcels.bounded(lots, lambda one: one.size, AT_ONCE)


def written(lots: Iterable[Lot]) -> list[dict[str, Any]]:
    """These lots as they stand in a bundle, opened. Called as the house."""
    return [
        {
            "file": lot.file.hex, "case_no": lot.case_no, "digest": lot.digest,
            "papers": [
                {"entry": one.entry.hex, "sha256": one.sha256, "bytes": base64.b64encode(content).decode()}
                for one in lot.papers
                if (content := attachments.opened_of(lot.file, one.entry, one.sha256)) is not None
            ],
        }
        for lot in lots
    ]  # fmt: skip


def keep(file: UUID, digest: str, told: object, whose: Peer, now: datetime) -> Label | None:
    """Keep the papers of one lot, sealed like all others; what is there already stays. What was not taken and
    needs no repeating, or None. Called as the house. Raises NotTaken, and then keeps none of them."""
    held = casefiles.by_ids([file])
    if file not in held:
        raise NotTaken(NOT_YET)
    casefiles.fill(held.values(), unseal=frozenset())
    there = {e.id: e for e in held[file].entries}
    found = [_read(one, there, whose) for one in (told if isinstance(told, list) else ())]
    if digest_of(file, ((one.entry.id, one.sha256) for one in found)) != digest:
        raise NotTaken(DIFFERS)
    gone = {one.compartment for one in erasure.destroyed(file)}
    for one in found:
        if one.what and kinds()[one.entry.kind].compartment not in gone:  # what was erased here stays erased
            attachments.keep(one.entry, one.what, one.sha256, one.content, now)
    return None if all(one.what for one in found) else NOT_NAMED


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper that came: of which entry, what it is by that entry ("": the entry names no such paper)."""

    entry: Entry
    what: str
    sha256: str
    content: bytes


def _read(told: Any, there: Mapping[UUID, Entry], whose: Peer) -> _Paper:
    try:
        identifier, sha256 = UUID(hex=told["entry"]), str(told["sha256"])
        content = base64.b64decode(told["bytes"], validate=True)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotTaken(DIFFERS) from wrong
    entry = there.get(identifier)
    if entry is None:
        raise NotTaken(NOT_YET)
    if entry.source.partition(" ")[0] != whose.source:
        raise NotTaken(NOT_THEIRS)
    if len(content) > MOST:
        raise NotTaken(TOO_LARGE)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotTaken(DIFFERS)
    if not (type_of(content) or paper_type(content)):
        raise NotTaken(NO_TYPE)
    named = next((one.what for one in attachments_in(entry.source) if one.sha256 == sha256), "")
    return _Paper(entry, named, sha256, content)
