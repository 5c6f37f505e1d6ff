"""Packs that were fixed, and their way: checked, signed, submitted, or returned (docs/decisions/0023).

Fixing a pack is an entry in the unit's own file that holds the digest of the content; each step is an entry
that names it. So who did what and when stands in the chain like everything else. The content itself is sealed
in `store_pack` under the key of that file.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from guitu.access import Actor
from guitu.access.packs import PackAct, may
from guitu.casefile import Entry, Value
from guitu.casefile.chain import sm3
from guitu.casefile.kind import WORK
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import casefiles, clock, engine, excerpts, gate
from guitu.store.apart import unit_file_id
from guitu.store.casefiles import Held
from guitu.store.units import Unit, tree

COMPARTMENT: Final = WORK
KINDS: Final = frozenset({"pack_fixed", "pack_step", "action_decided", "action_closed"})

State = Literal["fixed", "checked", "signed", "submitted", "returned", "replaced"]
What = Literal["checked", "signed", "submitted", "returned"]

STATES: Final[dict[State, Label]] = {
    "fixed": Label("待核对", "To be checked"),
    "checked": Label("待审签", "To be signed"),
    "signed": Label("待报送", "To be submitted"),
    "submitted": Label("已报送", "Submitted"),
    "returned": Label("已退回", "Returned"),
    "replaced": Label("已被更正报取代", "Replaced by a correction"),
}
_AFTER: Final[dict[What, tuple[State, ...]]] = {
    "checked": ("fixed",),
    "signed": ("checked",),
    "submitted": ("signed",),
    "returned": ("fixed", "checked", "signed", "submitted"),
}
_ACTS: Final[dict[What, PackAct]] = {"checked": "prepare", "signed": "sign", "submitted": "prepare"}


class PackRefused(GuituError):
    """It cannot be done with this pack now; nothing was written."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is fixed: the canonical text, its digest, what it was counted from; `breaks` is how many sums in
    it do not come out; `papers` the digests of the papers made of it, `made_with` what they were made with.
    """

    text: str
    digest: bytes
    seq: int
    known: str
    policy: str
    breaks: int = 0
    papers: Mapping[str, str] = field(default_factory=dict)
    made_with: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pack's way: what, who, in which post of which office, when, and why if returned; `id` is
    its entry's."""

    what: What
    by: str
    role: str
    office: str
    at: datetime
    reason: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """One pack that was fixed, without its content."""

    id: UUID
    unit: Unit
    kind: str
    first: date
    last: date
    number: str
    by: str
    office: str
    at: datetime
    seq: int
    known: str
    policy: str
    digest: str
    breaks: int
    papers: Mapping[str, str]
    made_with: str
    replaces: UUID | None
    why: str
    steps: tuple[Step, ...]
    replaced_by: UUID | None = None

    @property
    def state(self) -> State:
        """How far it is."""
        if self.replaced_by is not None:
            return "replaced"
        return self.steps[-1].what if self.steps else "fixed"

    @property
    def standing(self) -> bool:
        """Whether it is on its way or arrived, and not taken back."""
        return self.state not in ("returned", "replaced")

    def who(self, what: What) -> str:
        """The account that did this step; "" if nobody did."""
        return next((s.by for s in reversed(self.steps) if s.what == what), "")


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


@engine.house()
def of_units(units: Iterable[Unit]) -> tuple[Fixed, ...]:
    """Every pack of these units, the latest period first. The caller has asked access."""
    by_file = {unit_file_id(unit.code): unit for unit in units}
    held = casefiles.by_ids(by_file.keys())
    fill(held.values())
    found = [pack for i, one in held.items() for pack in _packs(one, by_file[i])]
    return tuple(sorted(found, key=lambda p: (p.last, p.at), reverse=True))


@engine.house()
def with_packs(above: Unit) -> list[Unit]:
    """The units under this one, itself included, that have packs."""
    units = tree()
    numbers = {row[0] for row in engine.rows("SELECT DISTINCT unit FROM store_pack")}
    return [units.by_no[no] for no in sorted(numbers) if units.within(units.by_no[no], above)]


def find(id: UUID) -> Fixed | None:
    """One pack, or None. The caller asks access about its unit."""
    with engine.house():
        row = engine.row("SELECT unit FROM store_pack WHERE id = %s", [engine.key(id)])
    unit = tree().by_no.get(row[0]) if row else None
    return next((p for p in of_units([unit]) if p.id == id), None) if unit else None


@engine.house()
def content(pack: Fixed) -> str:
    """The canonical text that was fixed. Raises PackRefused if it is not what the chain says."""
    row = engine.row("SELECT sealed FROM store_pack WHERE id = %s", [engine.key(pack.id)])
    held = casefiles.by_ids([unit_file_id(pack.unit.code)]).get(unit_file_id(pack.unit.code))
    text = b""
    if row is not None and held is not None:
        fill([held])
        text = zlib.decompress(held.keys.unseal(COMPARTMENT, _bound(pack.id), bytes(row[0])) or _NOTHING)
    if sm3(text).hex() != pack.digest:
        raise PackRefused(
            Label(
                f"月报 {pack.number} 的内容与定稿时的摘要不符，不能使用；请运行 guitu verify。",
                f"What pack {pack.number} holds does not fit the digest of when it was fixed, and is not"
                " used; run guitu verify.",
            )
        )
    return text.decode()


_NOTHING: Final = zlib.compress(b"")
NOT_FIXED: Final = Label("记录链中没有定稿", "no chain says that it was fixed")


def _packs(held: Held, unit: Unit) -> list[Fixed]:
    steps: dict[str, list[Step]] = {}
    made: list[Entry] = []
    for entry in in_order(held):
        if entry.kind == "pack_fixed":
            made.append(entry)
        elif entry.kind == "pack_step":
            steps.setdefault(str(entry.get("to")), []).append(_step(entry))
    replaced = {
        UUID(str(e.get("replaces"))): e.id
        for e in made
        if e.get("replaces") and any(s.what == "submitted" for s in steps.get(str(e.id), ()))
    }
    return [_fixed(e, unit, tuple(steps.get(str(e.id), ())), replaced.get(e.id)) for e in made]


def fill(files: Iterable[Held]) -> None:
    """Read of these files what is about packs and actions, and what withdraws it; a unit's file holds
    thousands of other entries."""
    excerpts.fill(list(files), KINDS, unseal=KINDS)


def in_order(held: Held) -> list[Entry]:
    """The entries of a file, as `fill` read it, that count, in the order in which they came in."""
    counted = {entry.id for entry in held.case_file.counted()}
    return [entry for entry in held.entries if entry.id in counted]


def _step(entry: Entry) -> Step:
    what: What = str(entry.get("what"))  # type: ignore[assignment]
    reason = str(entry.get("reason") or "")
    return Step(what, entry.author, str(entry.get("role")), entry.unit, entry.recorded_at, reason, entry.id)


def _fixed(e: Entry, unit: Unit, steps: tuple[Step, ...], replaced_by: UUID | None) -> Fixed:
    first, last, counted, breaks = e.get("first"), e.get("last"), e.get("counted"), e.get("breaks")
    assert isinstance(first, date)
    assert isinstance(last, date)
    assert isinstance(counted, int)
    replaces = e.get("replaces")
    papers = {name: str(e.get(name)) for name in ("word", "pdf", "excel") if e.get(name)}
    return Fixed(
        e.id, unit, str(e.get("pack")), first, last, str(e.get("number")), e.author, e.unit, e.recorded_at,
        counted, str(e.get("known")), str(e.get("policy") or ""), str(e.get("digest")),
        breaks if isinstance(breaks, int) else 0, papers, str(e.get("made_with") or ""),
        UUID(str(replaces)) if replaces else None, str(e.get("why") or ""), steps, replaced_by,
    )  # fmt: skip


# ── fixing, and the way ───────────────────────────────────────────────────────────────────────────


@engine.house()
def fix(
    unit: Unit, kind: str, first: date, last: date, make: Callable[[str, str], Content], *, actor: Actor,
    now: datetime, replaces: UUID | None = None, why: str = "", identifier: UUID | None = None,
) -> Fixed:  # fmt: skip
    """Fix a pack, under the id `identifier` where it is given. `make` gets its number and the number of the
    pack it corrects ("" if none), and gives what it holds; nobody waits for it. Raises PackRefused if one of
    the period is on its way, or `replaces` is none that was submitted, or somebody else was quicker."""
    decided = may(actor, "prepare", unit.path)
    number, old = plan(unit, kind, first, last, replaces=replaces, why=why)
    made = make(number, old.number if old else "")
    with engine.writing():
        engine.rows(
            f"SELECT no FROM store_casefile WHERE id = %s{engine.for_update()}",
            [engine.key(unit_file_id(unit.code))],
        )
        if plan(unit, kind, first, last, replaces=replaces, why=why)[0] != number:
            raise PackRefused(
                Label(
                    "汇总期间有人也汇总了这一期，请看清现有的再汇总。",
                    "somebody else put this period together meanwhile: look at what there is first.",
                )
            )
        fields: dict[str, Value] = {
            "pack": kind, "about": unit.code, "first": first, "last": last, "number": number,
            "counted": made.seq, "known": made.known, "policy": made.policy, "digest": made.digest.hex(),
            "breaks": made.breaks, "made_with": made.made_with, **made.papers,
        }  # fmt: skip
        if old is not None:
            fields |= {"replaces": str(old.id), "why": why}
        entry = new_entry(unit, "pack_fixed", fields, actor, now, identifier)
        gate.record(entry, actor=actor, now=now, decided=decided)
        _keep(unit, entry.id, kind, first, last, made.text)
    found = find(entry.id)
    assert found is not None, "it has just been written"
    return found


@engine.house()
def plan(
    unit: Unit, kind: str, first: date, last: date, *, replaces: UUID | None = None, why: str = ""
) -> tuple[str, Fixed | None]:
    """Which number a pack of the period would have now, and which pack it would correct. Raises PackRefused
    where none may be put together."""
    there = [p for p in of_units([unit]) if (p.kind, p.first, p.last) == (kind, first, last)]
    old = _to_replace(there, replaces, why)
    return f"{unit.code}-{_written(kind, first)}-{len(there) + 1}", old


def _to_replace(there: list[Fixed], replaces: UUID | None, why: str) -> Fixed | None:
    standing = [p for p in there if p.standing]
    old = next((p for p in there if p.id == replaces), None)
    if replaces is None:
        if standing:
            raise PackRefused(
                Label(
                    f"这一期已有 {standing[0].number}（{STATES[standing[0].state].zh}）；未报送的先退回，"
                    "已报送的只能出更正报。",
                    f"there is {standing[0].number} of this period ({STATES[standing[0].state].en.lower()}):"
                    " return it first, or correct it once it was submitted.",
                )
            )
        return None
    if old is None or old.state != "submitted" or len(standing) > 1:
        raise PackRefused(
            Label(
                "只有已报送、且没有另一份更正报在办的月报可以更正。",
                "only a submitted pack, of which no correction is on its way, can be corrected.",
            )
        )
    if not why.strip():
        raise PackRefused(Label("请写明更正原因。", "Say why it is corrected."))
    return old


@engine.house()
def step(
    pack: Fixed, what: What, *, actor: Actor, now: datetime, reason: str = "", identifier: UUID | None = None
) -> None:
    """Take a pack a step further, or back, by an entry of that id where it is given. Raises PackRefused, and
    NotAllowed as the gate does."""
    with engine.writing():
        engine.rows(
            f"SELECT no FROM store_casefile WHERE id = %s{engine.for_update()}",
            [engine.key(unit_file_id(pack.unit.code))],
        )
        found = find(pack.id)
        assert found is not None, "packs are never deleted"
        wrong = why_not(found, what, actor)
        if wrong is not None:
            raise PackRefused(wrong)
        if what == "returned" and not reason.strip():
            raise PackRefused(Label("请写明退回原因。", "Say why it is returned."))
        office = actor.posts[0] if actor.posts else None
        fields: dict[str, Value] = {"to": str(pack.id), "what": what, "role": office.role if office else "—"}
        if what == "returned":
            fields["reason"] = reason.strip()
        entry = new_entry(pack.unit, "pack_step", fields, actor, now, identifier)
        gate.record(entry, actor=actor, now=now, decided=may(actor, act_of(found, what), pack.unit.path))


def why_not(pack: Fixed, what: What, actor: Actor) -> Label | None:
    """Why this actor cannot take this step now, or None."""
    if pack.state not in _AFTER[what]:
        return Label(
            f"这份月报现在是“{STATES[pack.state].zh}”，不能做这一步。",
            f"This pack is “{STATES[pack.state].en.lower()}”: not this step now.",
        )
    if what == "signed" and actor.name == pack.who("checked"):
        return Label("核对的人不能审签，请换一人。", "Whoever checked it does not sign: somebody else does.")
    if what == "submitted" and pack.breaks:
        return Label(
            f"有 {pack.breaks} 处数字不相符，不能报送；请退回，更正记录后重新汇总。",
            f"{pack.breaks} sums do not come out: it cannot be submitted. Return it, mend the records and"
            " put it together anew.",
        )
    decision = may(actor, act_of(pack, what), pack.unit.path)
    if actor.is_house and what == "signed":
        return Label("审签须由负责人本人办理。", "Signing is for a head of the office in person.")
    return None if decision.allowed else decision.reason


def act_of(pack: Fixed, what: What) -> PackAct:
    """What this step is to who decides whether somebody may take it."""
    if what == "returned":
        return "send_back" if pack.state == "submitted" else "prepare"
    return _ACTS[what]


def new_entry(
    unit: Unit, kind: str, fields: Mapping[str, Value], actor: Actor, now: datetime,
    identifier: UUID | None = None,
) -> Entry:  # fmt: skip
    """An entry for the unit's own file, written now by this actor in its post."""
    office = actor.posts[0].unit if actor.posts else unit.code
    return Entry(
        id=identifier or uuid7(clock.milliseconds(now), secrets.token_bytes(10)),
        file=unit_file_id(unit.code),
        kind=kind,
        happened_on=clock.office_day(now),
        recorded_at=now,
        author=actor.name,
        unit=office,
        fields=fields,
    )


def _keep(unit: Unit, id: UUID, kind: str, first: date, last: date, text: str) -> None:
    """Seal the content under the key of the unit's file."""
    held = casefiles.by_ids([unit_file_id(unit.code)])[unit_file_id(unit.code)]
    fill([held])
    sealed = held.keys.seal(COMPARTMENT, _bound(id), zlib.compress(text.encode(), 6))
    if held.keys.new:
        engine.insert(
            "store_filekey",
            ("file", "compartment", "cipher", "wrapped"),
            [(held.no, compartment, *wrapped) for compartment, wrapped in held.keys.new.items()],
        )
    engine.insert(
        "store_pack",
        ("id", "unit", "kind", "first", "last", "sealed"),
        [(engine.key(id), unit.no, kind, first.isoformat(), last.isoformat(), sealed)],
    )


def _bound(id: UUID) -> bytes:
    """What ties sealed content to its pack."""
    return b"pack" + id.bytes


def _written(kind: str, first: date) -> str:
    if kind == "month":
        return f"{first:%Y%m}"
    return f"{first.year}Q{(first.month + 2) // 3}" if kind == "quarter" else str(first.year)
