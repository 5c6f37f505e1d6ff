"""What takes two people: one officer proposes, a second one, never the same, approves or refuses with a
reason.

Who may propose and approve which act stands in `access.ACTS`; what approving does in `store.acts`. What is
proposed and why is sealed under the keys of the file it is about (the site's, where it is about none), so
that erasing a file erases what was proposed about it too. A proposal is never changed: its steps are added,
each covered by a digest over the one before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from guitu.access import ACTS, Act, Actor, Post, Target, decide
from guitu.casefile.chain import GENESIS, sm3
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import casefiles, clock, engine
from guitu.store.acts import Doing, doing
from guitu.store.casefiles import Held
from guitu.store.keys import KeyUnusable, provider
from guitu.store.units import Tree, Unit, tree

__all__ = [
    "ACTS", "AlreadyDecided", "CannotPropose", "NotYours", "Proposal", "Step", "decide_proposal", "expire",
    "find", "may_approve", "propose", "withdraw",
]  # fmt: skip

State = Literal["proposed", "approved", "refused", "withdrawn", "expired"]

STATES: Final[dict[str, Label]] = {
    "proposed": Label("待复核", "Waiting for a second officer"),
    "approved": Label("已通过", "Approved"),
    "refused": Label("已退回", "Refused"),
    "withdrawn": Label("已撤回", "Withdrawn"),
    "expired": Label("已过期", "Expired"),
}

DAYS: Final = 30
"""Days for which a proposal waits, unless the office says otherwise (GUITU_PROPOSAL_DAYS). A house rule, not
law."""

COLUMNS: Final = (
    "id", "act", "file", "unit", "compartment", "username", "role", "office", "at_ms", "until_ms", "state",
    "sealed",
)  # fmt: skip
STEP: Final = ("proposal", "n", "what", "username", "role", "office", "at_ms", "sealed", "digest")


class CannotPropose(GuituError):
    """This cannot be proposed: not by this officer, not about this file, or it waits already."""


class NotYours(GuituError):
    """Not this officer's to decide: their own proposal, another area, or another role. `decision` says why,
    where the access table does."""

    def __init__(self, label: Label, decision: Decision | None = None) -> None:
        self.decision = decision
        super().__init__(label)


class AlreadyDecided(GuituError):
    """It no longer waits; `state` is how it ended."""

    def __init__(self, state: str) -> None:
        self.state = state
        word = STATES[state]
        super().__init__(
            Label(
                f"这件事项{word.zh}，不能再办理。",
                f"This proposal is no longer open ({word.en.lower()}).",
            )
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a proposal: proposed, approved, refused, withdrawn, expired or used; by
    whom, as what, for which office, when and why."""

    n: int
    what: str
    username: str
    role: str
    office: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal, opened. `file` is the file it is about; `area` the codes of the unit that answers for it
    now and those above. `payload` and the reasons are empty if the file's keys were destroyed."""

    id: UUID
    act: Act
    state: str
    file: UUID | None
    file_no: int | None
    case_no: str
    unit: Unit | None
    compartment: str
    username: str
    role: str
    office: str
    at: datetime
    until: datetime
    payload: Mapping[str, Any]
    steps: tuple[Step, ...]

    @property
    def reason(self) -> str:
        """Why it was proposed."""
        return self.steps[0].reason if self.steps else ""

    @property
    def area(self) -> tuple[str, ...]:
        """The codes that `access.Target` wants."""
        return self.unit.path if self.unit else ()

    @property
    def decided(self) -> Step | None:
        """The step that ended it, if any."""
        ends = {"approved", "refused", "withdrawn", "expired"}
        return next((s for s in self.steps if s.what in ends), None)

    @property
    def doing(self) -> Doing:
        """How its act is done."""
        return doing(self.act.name)

    @property
    def proposer(self) -> Actor:
        """Who proposed it, in the post they acted in then."""
        return Actor(self.username, (Post(self.role, self.office),))


@engine.house()
def propose(
    act: str,
    payload: Mapping[str, Any],
    *,
    file: UUID | None,
    actor: Actor,
    reason: str,
    now: datetime,
    id: UUID | None = None,
) -> UUID:
    """Put an act before a second officer; its id. Nothing is done yet.

    `file` is the file it is about (None: about none, such as an export). `payload` is what the act's module
    in `store.acts` reads, in words of JSON. The same `id` again is the same proposal: pressed twice, there is
    one. Raises CannotPropose where the access table says no or the same waits already, and whatever the act
    itself refuses.
    """
    identifier = id or uuid7(clock.milliseconds(now), os.urandom(10))
    what = ACTS[act]
    how = doing(act)
    with engine.writing():
        if engine.row("SELECT 1 FROM store_proposal WHERE id = %s", [engine.key(identifier)]):
            return identifier
        held = _held(file)
        office = _office(actor)
        unit = _unit_of(held, office)
        roles = how.proposed_by(payload) if how.proposed_by else what.proposed_by
        label = how.label(payload) if how.label else what.label
        for area in (unit.path, *_areas(how.others(payload))):
            allowed = decide(actor, "record", Target(area, roles, label))
            if not allowed.allowed:
                raise CannotPropose(
                    Label(
                        f"不能提出“{label.zh}”：{allowed.reason.zh}。",
                        f"“{label.en}” cannot be proposed: {allowed.reason.en}.",
                    )
                )
        if held is not None and act != "record" and not what.several:
            _only_one(act, held, now)
        _sayable(what, reason)
        how.check(payload, file, actor, now)
        compartment = how.compartment(payload)
        at = clock.milliseconds(now)
        until = clock.milliseconds(now + timedelta(days=_days()))
        sealed = _seal(held, compartment, identifier, 0, dict(payload))
        engine.insert(
            "store_proposal",
            COLUMNS,
            [
                (
                    engine.key(identifier), act, held.no if held else None, unit.no, compartment, actor.name,
                    office.role, office.unit, at, until, "proposed", sealed,
                )
            ],
        )  # fmt: skip
        _step(held, compartment, identifier, "proposed", actor, reason, now)
        _keep_keys(held)
    return identifier


@engine.house()
def decide_proposal(id: UUID, *, actor: Actor, approve: bool, reason: str, now: datetime) -> object:
    """Approve a proposal, which does its act in the same transaction, or refuse it; what the act gives back.

    Raises NotYours for the proposer and for whoever the access table does not name, AlreadyDecided, and
    whatever the act refuses: then nothing has changed.
    """
    with engine.writing():
        proposal = _open_one(id, now)
        allowed = may_approve(proposal, actor)
        if not allowed.allowed:
            raise NotYours(
                Label(f"不能复核：{allowed.reason.zh}。", f"You cannot decide this: {allowed.reason.en}."),
                allowed,
            )
        if not approve and not reason.strip():
            raise CannotPropose(Label("退回时请说明原因。", "Say why you refuse it."))
        end(proposal, "approved" if approve else "refused", actor, reason, now)
        return proposal.doing.perform(proposal, actor, now) if approve else None


@engine.house()
def may_approve(proposal: Proposal, actor: Actor) -> Decision:
    """Whether this officer may decide it: not the proposer, and the access table names them for the act in
    the area of every file it touches."""
    if actor.name == proposal.username or actor.is_house:
        return _OWN
    named = replace(actor, posts=tuple(p for p in actor.posts if p.role in proposal.act.approved_by))
    for area in (proposal.area, *_areas(proposal.doing.others(proposal.payload))):
        target = Target(area, proposal.act.approved_by, proposal.act.label)
        found = decide(named if named.posts else actor, "approve" if named.posts else "record", target)
        if not found.allowed:
            return found
    return found


_OWN: Final = Decision(
    False, Label("自己提出的事项须由第二人复核", "what one proposed oneself takes a second person")
)


@engine.house()
def withdraw(id: UUID, *, actor: Actor, reason: str, now: datetime) -> None:
    """Take back one's own proposal. Raises NotYours or AlreadyDecided."""
    with engine.writing():
        proposal = _open_one(id, now)
        if actor.name != proposal.username:
            raise NotYours(Label("只有提出人可以撤回。", "Only the proposer may withdraw it."))
        end(proposal, "withdrawn", actor, reason, now)


@engine.house()
def expire(now: datetime) -> int:
    """End the proposals that have waited too long; how many."""
    late = engine.rows(
        "SELECT id FROM store_proposal WHERE state = 'proposed' AND until_ms < %s",
        [clock.milliseconds(now)],
    )
    for (identifier,) in late:
        with engine.writing():
            proposal = find(engine.uuid_of(identifier), lock=True)
            if proposal is not None and proposal.state == "proposed":
                end(proposal, "expired", Actor("guitu", (), True), "", now)
    return len(late)


@engine.house()
def find(id: UUID, *, lock: bool = False) -> Proposal | None:
    """The proposal of that id with everything opened, or None. Whoever asks checks the area."""
    row = engine.row(
        f"SELECT {', '.join(COLUMNS)} FROM store_proposal WHERE id = %s{engine.for_update() if lock else ''}",
        [engine.key(id)],
    )
    return opened([row])[0] if row else None


@engine.house()
def opened(found: Sequence[engine.Row]) -> list[Proposal]:
    """Rows of proposals, in the order of COLUMNS, with their files, payloads and steps."""
    files = {f.no: f for f in casefiles.by_numbers({r[2] for r in found if r[2] is not None})}
    casefiles.fetch_keys(files.values())
    steps: dict[UUID, list[engine.Row]] = {}
    for row in engine.rows_for(
        f"SELECT {', '.join(STEP)} FROM store_proposalstep WHERE proposal IN ({{}}) ORDER BY proposal, n",
        [engine.key(engine.uuid_of(r[0])) for r in found],
    ):
        steps.setdefault(engine.uuid_of(row[0]), []).append(row)
    units = tree()
    return [_proposal(row, files.get(row[2]), steps, units) for row in found]


def end(proposal: Proposal, what: State, actor: Actor, reason: str, now: datetime) -> None:
    """Say how a proposal ended. Only for those who have asked whether it may."""
    _sayable(proposal.act, reason)
    held = _held(proposal.file)
    _step(held, proposal.compartment, proposal.id, what, actor, reason, now)
    engine.execute("UPDATE store_proposal SET state = %s WHERE id = %s", [what, engine.key(proposal.id)])
    _keep_keys(held)


@engine.house()
def note(proposal: Proposal, what: str, actor: Actor, now: datetime) -> None:
    """Add a step that ends nothing: that what was approved was used (a list was downloaded)."""
    with engine.writing():
        held = _held(proposal.file)
        _step(held, proposal.compartment, proposal.id, what, actor, "", now)
        _keep_keys(held)


def _open_one(id: UUID, now: datetime) -> Proposal:
    proposal = find(id, lock=True)
    if proposal is None:
        raise NotYours(Label("没有这件事项。", "There is no such proposal."))
    if proposal.state == "proposed" and proposal.until < now:
        raise AlreadyDecided("expired")
    if proposal.state != "proposed":
        raise AlreadyDecided(proposal.state)
    return proposal


def _sayable(act: Act, reason: str) -> None:
    """Refuse a free word where an act takes only its own reasons."""
    if not act.takes(reason):
        raise CannotPropose(
            Label(
                f"“{act.label.zh}”的说明只能从所列各项中选。",
                f"What is said about “{act.label.en}” is chosen from its list.",
            )
        )


def _only_one(act: str, held: Held, now: datetime) -> None:
    if engine.row(
        "SELECT 1 FROM store_proposal WHERE file = %s AND act = %s AND state = 'proposed' AND until_ms >= %s",
        [held.no, act, clock.milliseconds(now)],
    ):
        what = ACTS[act].label
        raise CannotPropose(
            Label(
                f"这份档案的“{what.zh}”已在待复核中。",
                f"“{what.en}” is already waiting for a second officer.",
            )
        )


def _days() -> int:
    text = os.environ.get("GUITU_PROPOSAL_DAYS", "")
    return int(text) if text.isdigit() and int(text) else DAYS


def _held(file: UUID | None) -> Held | None:
    """The file's row, locked, with its keys; CannotPropose if there is none."""
    if file is None:
        return None
    held = casefiles.by_ids([file], lock=True).get(file)
    if held is None:
        raise CannotPropose(Label("没有这份档案。", "There is no such file."))
    casefiles.fetch_keys([held])
    return held


def _keep_keys(held: Held | None) -> None:
    """Write the keys that were made for this."""
    if held is not None and held.keys.new:
        engine.insert(
            "store_filekey",
            ("file", "compartment", "cipher", "wrapped"),
            [(held.no, compartment, *wrapped) for compartment, wrapped in held.keys.new.items()],
        )
        held.keys.new.clear()


def _office(actor: Actor) -> Post:
    return actor.posts[0] if actor.posts else Post("", "")


def _unit_of(held: Held | None, office: Post) -> Unit:
    units = tree()
    if held is not None and held.unit is not None and held.unit in units.by_no:
        return units.by_no[held.unit]
    return units.find(office.unit)


def _areas(files: Sequence[UUID]) -> list[tuple[str, ...]]:
    units = tree()
    found = casefiles.by_ids(files) if files else {}
    if len(found) < len(set(files)):
        raise CannotPropose(Label("没有这份档案。", "There is no such file."))
    return [units.by_no[held.unit].path if held.unit in units.by_no else () for held in found.values()]


def _seal(held: Held | None, compartment: str, id: UUID, n: int, what: Mapping[str, Any]) -> bytes:
    """Under the file's key for the compartment; under the site's without a file or a compartment."""
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if held is None or not compartment:
        return provider().wrap(text, _bound(id, n))
    return held.keys.seal(compartment, _bound(id, n), text)


def _unseal(held: Held | None, compartment: str, id: UUID, n: int, sealed: bytes) -> dict[str, Any]:
    """What was sealed; nothing if the keys are gone."""
    if held is None or not compartment:
        try:
            text: bytes | None = provider().unwrap(sealed, _bound(id, n))
        except KeyUnusable:
            text = None
    else:
        text = held.keys.unseal(compartment, _bound(id, n), sealed)
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def _bound(id: UUID, n: int) -> bytes:
    """What ties a sealed part to its place: the proposal itself (0) or one of its steps."""
    return b"proposal" + id.bytes + n.to_bytes(2, "big")


def _step(
    held: Held | None, compartment: str, id: UUID, what: str, actor: Actor, reason: str, now: datetime
) -> None:
    last = engine.row(
        "SELECT n, digest FROM store_proposalstep WHERE proposal = %s ORDER BY n DESC LIMIT 1",
        [engine.key(id)],
    )
    n, before = (last[0] + 1, bytes(last[1])) if last else (1, GENESIS)
    office = _office(actor)
    at = clock.milliseconds(now)
    sealed = _seal(held, compartment, id, n, {"reason": reason}) if reason else b""
    digest = step_digest(before, id, n, what, actor.name, office.role, office.unit, at, sealed)
    engine.insert(
        "store_proposalstep",
        STEP,
        [(engine.key(id), n, what, actor.name, office.role, office.unit, at, sealed, digest)],
    )


def step_digest(before: bytes, id: UUID, n: int, *parts: str | int | bytes) -> bytes:
    """The digest of a step standing after one whose digest is `before`: every part with its length in
    front."""
    written = [before, id.bytes, str(n).encode()]
    written += [p if isinstance(p, bytes) else str(p).encode() for p in parts]
    return sm3(b"guitu-step-1" + b"".join(len(p).to_bytes(4, "big") + p for p in written))


def _proposal(
    row: engine.Row, held: Held | None, steps: Mapping[UUID, Sequence[engine.Row]], units: Tree
) -> Proposal:
    id = engine.uuid_of(row[0])
    compartment = row[4]
    unit = units.by_no.get(held.unit) if held is not None and held.unit is not None else None
    told = tuple(
        Step(
            s[1], s[2], s[3], s[4], s[5], clock.moment(s[6]),
            str(_unseal(held, compartment, id, s[1], bytes(s[7])).get("reason", "")) if s[7] else "",
        )
        for s in steps.get(id, ())
    )  # fmt: skip
    return Proposal(
        id, ACTS[row[1]], row[10], held.id if held else None, row[2], held.case_no if held else "",
        unit or units.by_no.get(row[3]), compartment, row[5], row[6], row[7], clock.moment(row[8]),
        clock.moment(row[9]), _unseal(held, compartment, id, 0, bytes(row[11])), told,
    )  # fmt: skip
