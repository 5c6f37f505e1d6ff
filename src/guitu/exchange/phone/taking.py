"""Taking what a phone sends: entry by entry through the one gate, each with an answer of its own.

What was taken before is looked up first, whatever may have changed since: a phone that repeats an entry whose
receipt it never heard gets that receipt, though the person has moved away meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.casefile.file import VOID
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.exchange.phone import marks, pictures, shown
from guitu.exchange.phone.forms import offline, said
from guitu.exchange.phone.reading import NOT_READ, Sent, Unreadable, attachments_in, identifier_of, read
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import unix_ms_of, uuid7
from guitu.kernel.labels import Label
from guitu.store import casefiles, engine, gate, refusals
from guitu.store.gate import DifferentContent, NeedsSecond, NotAccepted, NotAllowed
from guitu.store.staff import staff_names
from guitu.store.units import tree

Json = dict[str, Any]

NO_SUCH_PERSON: Final = Label(
    "系统里没有这份档案；请联系办公室。", "There is no such file on the server; ask your office."
)
NOT_HERE: Final = Label(
    "“{kind}”须在办公室登记，手机上不登记。", "“{kind}” is recorded at the office, not on a phone."
)
TAKEN: Final = Label(
    "这个编号已用于另一条记录，没有写入；请重新登记一次。",
    "This id belongs to another entry; nothing was written. Record it once more.",
)


REFUSED_BEFORE: Final = Label(
    "这条记录已经退回过；请改后作为新的一条登记。", "This entry was refused before: record it anew."
)
NOT_YET: Final = Label(
    "服务器恢复过备份，要更正的那条还没有重新送到；会自动再发。",
    "The server was restored and what is to be corrected has not come again yet; it is sent by itself.",
)
WRITTEN_ANEW: Final = "退回后重新登记"
"""Why one is withdrawn in whose place another was written."""


@dataclass(frozen=True, slots=True)
class By:
    """Which phone sends, and as whom it acts."""

    device: str
    actor: Actor
    now: datetime

    @property
    def unit(self) -> str:
        """The office for which it writes."""
        return self.actor.posts[0].unit


@dataclass(frozen=True, slots=True)
class New:
    """An entry about a person that is new: with its file's number and the codes of the units that answer for
    it, for the access log."""

    entry: Entry
    file: int
    area: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The answers, in the order in which the entries came, and the entries about people that are new."""

    results: tuple[Json, ...]
    new: tuple[New, ...]


def take(raw: Sequence[Any], by: By) -> Taken:
    """Take these entries as they come."""
    there = _there([i for one in raw if (i := identifier_of(one)) is not None])
    results: list[Json] = []
    new: list[Entry] = []
    for one in raw:
        try:
            if not isinstance(one, Mapping):
                raise Unreadable("unreadable", NOT_READ)
            sent = read(one, kinds(), device=by.device, author=by.actor.name, unit=by.unit, now=by.now)
        except Unreadable as wrong:
            identifier = identifier_of(one)
            results.append({"id": str(identifier or ""), **_refused(wrong.code, wrong.label)})
            if identifier is not None and identifier not in there:
                refusals.keep(identifier, by.actor.name, by.now)
            continue
        result, receipt = _take_one(sent, by, there)
        if result["state"] == "refused":
            refusals.keep(sent.entry.id, by.actor.name, by.now)
        results.append({"id": str(sent.entry.id), **result})
        if receipt is not None:
            there[sent.entry.id] = sent.entry.file
            if not receipt.repeated:
                new.append(sent.entry)
    return Taken(tuple(results), _placed(new))


def _placed(new: Sequence[Entry]) -> tuple[New, ...]:
    about = {e.file for e in new if kinds()[e.kind].about == "person"}
    units = tree()
    with engine.house():
        found = engine.rows_for(
            "SELECT id, no, unit FROM store_casefile WHERE id IN ({})", [file.hex for file in about]
        )
    places = {
        engine.uuid_of(i): (no, units.by_no[unit].path if unit in units.by_no else ())
        for i, no, unit in found
    }
    return tuple(New(e, *places[e.file]) for e in new if e.file in places)


def _there(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which of these entries are stored, and in which files."""
    with engine.house():
        found = engine.rows_for(
            "SELECT e.id, f.id FROM store_entry e JOIN store_casefile f ON f.no = e.file WHERE e.id IN ({})",
            [i.hex for i in ids],
        )
    return {engine.uuid_of(entry): engine.uuid_of(file) for entry, file in found}


def _take_one(sent: Sent, by: By, there: Mapping[UUID, UUID]) -> tuple[Json, Receipt | None]:
    entry = sent.entry
    if entry.id in there:
        return _again(sent, by, there[entry.id])
    kind = kinds()[entry.kind]
    if refusals.stands(entry.id, by.actor.name):
        return _refused("refused_before", REFUSED_BEFORE), None
    refused = _not_offered(entry)
    if refused is not None:
        return refused, None
    if entry.corrects is not None and not _there([entry.corrects]) and marks.lately_restored(by.now):
        return {"state": "retry", "said": said(NOT_YET)}, None
    for one in sent.instead:  # also when this one is refused in its turn
        refusals.keep(one, by.actor.name, by.now)
    try:
        receipt = _recorded(entry, sent.instead, by)
    except NeedsSecond as waits:
        return _refused("needs_second", waits.label), None
    except NotAllowed as no:
        return _refused("not_allowed", no.label), None
    except NotAccepted as no:
        faults = [{"field": f.field, "said": said(f.label)} for f in no.faults]
        return {**_refused(no.code, no.label), "faults": faults}, None
    except DifferentContent:  # stored by somebody else since we looked
        return _again(sent, by, _there([entry.id]).get(entry.id, entry.file))
    except engine.StoreUnavailable as busy:
        return {"state": "retry", "said": said(busy.label)}, None
    except GuituError as wrong:
        return _refused("contradiction", wrong.label), None
    answer = receipt_told(receipt)
    answer["wanted"] = [p.sha256 for p in sent.attachments]
    if beside := shown.beside(entry, kind, by.actor, by.now):
        answer["beside"] = beside
    return answer, receipt


def _not_offered(entry: Entry) -> Json | None:
    """The refusal of what is not recorded on a phone, or into no file that there is: an unknown file's first
    entry would open one. A correction may be of any kind whose first entry stands."""
    kind = kinds()[entry.kind]
    with engine.house():
        file = engine.row("SELECT about FROM store_casefile WHERE id = %s", [engine.key(entry.file)])
    if file is None and kind.about == "person":
        return _refused("no_such_person", NO_SUCH_PERSON)
    if not offline(kind):
        return _refused("not_here", NOT_HERE.fill(kind=kind.label))
    return None


def _recorded(entry: Entry, refused: Sequence[UUID], by: By) -> Receipt:
    """Record an entry, and withdraw the versions in whose place it was written: all or nothing."""
    if not refused:
        return gate.record(entry, actor=by.actor, now=by.now)
    with engine.writing():
        for needless in _instead(entry, refused, by):
            gate.record(needless, actor=by.actor, now=by.now)
        return gate.record(entry, actor=by.actor, now=by.now)


def _instead(entry: Entry, refused: Sequence[UUID], by: By) -> Iterator[Entry]:
    """What withdraws the versions in whose place an entry was written. Those stay out; should one have come
    in nonetheless (a server that was restored knows of no refusal), it is withdrawn when the new one is
    taken, and does not come back when that is withdrawn in its turn. A withdrawal that came in twice
    withdraws: nothing is done about it."""
    there = _there(refused)
    if entry.kind == VOID or entry.file not in there.values():
        return
    with engine.house():
        held = casefiles.by_ids([entry.file])[entry.file]
        casefiles.fill([held], unseal=None)
    for old in held.case_file.counted():
        if old.id in refused and (old.kind, old.author) == (entry.kind, by.actor.name):
            yield Entry(
                id=uuid7(unix_ms_of(entry.id), sm3(old.id.bytes + entry.id.bytes)[:10]),
                file=entry.file,
                kind=VOID,
                version=kinds()[VOID].version,
                happened_on=old.happened_on,
                recorded_at=by.now,
                author=by.actor.name,
                unit=entry.unit,
                fields={"reason": WRITTEN_ANEW},
                corrects=old.id,
                source=" ".join(entry.source.split(" ")[:2]),  # without its pictures
            )


def _again(sent: Sent, by: By, file: UUID) -> tuple[Json, Receipt | None]:
    """The answer for an id that is there: the receipt it got, if it says the same; else what is there, as far
    as this reader may see it."""
    entry = sent.entry
    with engine.house():
        held = casefiles.by_ids([file]).get(file)
        assert held is not None, "an entry stands in a file"
        casefiles.fill([held], unseal=None, receipts=True)
    stored = next(e for e in held.entries if e.id == entry.id)
    if entry.corrects is None and stored.corrects in sent.instead:
        entry = replace(entry, corrects=stored.corrects, reason=stored.reason)
    mine = stored.author == by.actor.name and stored.file == entry.file
    if mine and _says_the_same(stored, entry, held.erased):
        receipt = replace(held.receipts[entry.id], repeated=True)
        answer = receipt_told(receipt)
        answer["wanted"] = pictures.wanted(stored.id, attachments_in(stored.source))
        if beside := shown.beside(stored, kinds()[stored.kind], by.actor, by.now):
            answer["beside"] = beside
        return answer, receipt
    answer = {"state": "other_content", "said": said(TAKEN)}
    if mine:
        answer["there"] = shown.entry_told(stored, staff_names([stored.author]))
    return answer, None


def _says_the_same(stored: Entry, sent: Entry, erased: Collection[str]) -> bool:
    """Whether the entry that is there says what was sent; of one whose key was destroyed, what is left."""
    if stored.same_content(sent):
        return True
    kind = kinds()[stored.kind]
    if kind.compartment not in erased:
        return False
    left = {k: v for k, v in sent.fields.items() if k not in kind.sealed_fields}
    return stored.same_content(replace(sent, fields=left, reason=""))


def receipt_told(receipt: Receipt) -> Json:
    """A receipt as the phone keeps it."""
    return {
        "state": "receipt",
        "receipt": {
            "n": receipt.n,
            "digest": receipt.digest.hex(),
            "short": receipt.short,
            "stored_at": receipt.stored_at.isoformat(timespec="milliseconds"),
            "repeated": receipt.repeated,
        },
    }


def missing(sent: Iterable[Sequence[Any]], actor: Actor) -> list[str]:
    """Of entries for which a phone holds a receipt (id and digest), those that are not there with that
    digest, or not by this account."""
    told: dict[UUID, str] = {}
    for pair in sent:
        identifier = identifier_of({"id": pair[0]}) if len(pair) == 2 else None
        if identifier is not None:
            told[identifier] = str(pair[1])
    with engine.house():
        found = engine.rows_for(
            "SELECT id, digest, author FROM store_entry WHERE id IN ({})", [i.hex for i in told]
        )
    kept = {engine.uuid_of(i) for i, digest, author in found
            if author == actor.name and bytes(digest).hex() == told[engine.uuid_of(i)]}  # fmt: skip
    return [str(i) for i in told if i not in kept]


def _refused(code: str, label: Label) -> Json:
    return {"state": "refused", "code": code, "said": said(label)}
