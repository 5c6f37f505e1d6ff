"""Leave given to one account for one file, for a time: to read in an emergency, or a minor's file.

Whoever reads in an emergency gives the leave to themselves, with a reason; those above the responsible unit
are told, and the person. Leave for a minor's file is asked for and given by somebody who answers for the
area, never by whoever asked. Reasons are sealed under the file's own key: with that they are erased.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from guitu.access import COMPARTMENTS, Actor, Target, decide
from guitu.access.target import BREAK_GLASS
from guitu.casefile.file import VOID
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import casefiles, clock, engine
from guitu.store.engine import Row
from guitu.store.keys import provider
from guitu.store.models import LEVELS
from guitu.store.placing import ACCEPTED, REFUSED, SENT
from guitu.store.read.files import FileView
from guitu.store.scope import Scope
from guitu.store.sealing import FileKeys
from guitu.store.units import NOWHERE, Unit, tree

What = Literal["break_glass", "minor", "sealed", "family"]

GLASS_HOURS: Final = 3
"""How long a file stays open that was opened in an emergency."""

SEALED_HOURS: Final = 3
"""How long a sealed file stays open that was opened on a legal basis. A house rule, not law."""

BASES: Final[dict[str, Label]] = {
    "handling": Label("国家机关依法办案需要", "A state organ handles a case"),
    "national_rules": Label("依照国家规定进行查询", "A query under national rules"),
}
"""On what a sealed file may be opened (治安管理处罚法 136); nothing else is a basis."""

TOLD_DAYS: Final = 7
"""How long those above a unit are reminded of it."""

WAITING_DAYS: Final = 90
"""How long a unit is reminded of what was sent to it."""

COMPARTMENT: Final = "identity"
"""Whose key seals a reason: it names the person."""

_COLUMNS: Final = (
    "file", '"user"', "role", "unit", "what", "opens", "purpose", "reason", "granted_by", "asked_ms",
    "from_ms", "until_ms",
)  # fmt: skip


def most_days() -> int:
    """For how many days at most a minor's file may be opened: no law fixes it, so an office may
    (GUITU_MINOR_DAYS); 30 without it."""
    text = os.environ.get("GUITU_MINOR_DAYS", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) else 30


class NotGranted(GuituError):
    """Leave that this actor cannot give or ask for; `decision` says why. Nothing was written."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.reason)


@dataclass(frozen=True, slots=True)
class Grant:
    """One leave, given, refused or asked for. `file` and `case_no` are whose file; `reason` is "" where its
    key was destroyed."""

    id: int
    file: int
    case_no: str
    user: str
    name: str
    role: str
    unit: str
    what: str
    opens: tuple[str, ...]
    purpose: str
    reason: str
    granted_by: str
    asked: datetime
    since: datetime | None
    until: datetime | None

    @property
    def state(self) -> Literal["asked", "refused", "given"]:
        """What became of it."""
        if not self.granted_by:
            return "asked"
        return "given" if self.since is not None else "refused"


def live(file: int, user: str, now: datetime) -> frozenset[str]:
    """What `access.Target.grants` wants: the leave this account has for this file now. One query."""
    at = clock.milliseconds(now)
    found: set[str] = set()
    for what, opens in engine.rows(
        'SELECT what, opens FROM store_grant WHERE file = %s AND "user" = %s AND from_ms <= %s'
        " AND until_ms > %s",
        [file, user, at, at],
    ):
        found.add(what)
        found.update(f"{what}:{one}" for one in opens.split(",") if one)
    return frozenset(found)


@engine.house()
def widened(scope: Scope, user: str, now: datetime) -> Scope:
    """The scope with every file for which this account holds leave now, and what the leave opens. One
    query."""
    at = clock.milliseconds(now)
    held = engine.rows(
        'SELECT file, opens FROM store_grant WHERE "user" = %s AND from_ms <= %s AND until_ms > %s'
        " ORDER BY file",
        [user, at, at],
    )
    opened = {one for _, opens in held for one in opens.split(",") if one}
    return replace(
        scope,
        files=tuple(dict.fromkeys(file for file, _ in held)),
        compartments=tuple(c for c in COMPARTMENTS if c in opened or c in scope.compartments),
    )


@engine.house()
def break_glass(
    view: FileView, target: Target, actor: Actor, reason: str, opens: Collection[str], now: datetime
) -> datetime:
    """Open a file in an emergency, and the compartments `opens` besides those of one's work; until when.

    Raises NotGranted if access allows none of it, GuituError without a reason.
    """
    reason = _stated(reason)
    asked = sorted(opens)
    if refused := refusal(target, actor, asked):
        raise NotGranted(refused)
    until = now + timedelta(hours=GLASS_HOURS)
    with engine.writing():
        grant = _add(view, actor, BREAK_GLASS, ",".join(asked), "emergency", reason, now, by=actor.name,
                     until=until)  # fmt: skip
        tell(view.no, view.unit, now, grant=grant)
    return until


def refusal(target: Target, actor: Actor, opens: Collection[str]) -> Decision | None:
    """Why a file does not open to this actor in an emergency, or not these compartments besides; None if it
    does. A file that is open anyway opens no further without one of them."""
    decisions = [decide(actor, "break_glass", replace(target, compartment=one)) for one in sorted(opens)]
    decisions = decisions or [decide(actor, "break_glass", replace(target, compartment=""))]
    return next((d for d in decisions if not d.allowed), None)


@engine.house()
def open_sealed(
    view: FileView, target: Target, actor: Actor, basis: str, reason: str, now: datetime
) -> datetime:
    """Open a sealed file on a legal basis (a word of BASES, and which case or rule); until when.

    Raises NotGranted if the file would not open for this actor even unsealed, GuituError without a basis.
    """
    reason = _stated(reason)
    if basis not in BASES:
        raise GuituError(Label("请选择依据。", "choose the basis."))
    decision = decide(actor, "open", replace(target, grants=target.grants | {"sealed"}))
    if not decision.allowed:
        raise NotGranted(decision)
    until = now + timedelta(hours=SEALED_HOURS)
    with engine.writing():
        _add(view, actor, "sealed", "", basis, reason, now, by=actor.name, until=until)
    return until


@engine.house()
def ask_minor(view: FileView, actor: Actor, reason: str, now: datetime) -> None:
    """Ask for leave to open a minor's file; asking again while a request waits changes nothing."""
    reason = _stated(reason)
    with engine.writing():
        waiting = engine.row(
            'SELECT 1 FROM store_grant WHERE file = %s AND "user" = %s AND what = %s AND granted_by = %s',
            [view.no, actor.name, "minor", ""],
        )
        if waiting is None:
            _add(view, actor, "minor", "", "casework", reason, now)


@engine.house()
def answer(grant: Grant, target: Target, actor: Actor, *, approve: bool, days: int, now: datetime) -> None:
    """Give leave for so many days, or refuse it. Raises NotGranted for one's own request or without the
    right to approve, GuituError for a term beyond the office's."""
    if grant.user == actor.name:
        raise NotGranted(Decision(False, Label("不能审批自己的申请", "nobody approves their own request")))
    decision = decide(actor, "approve", target)
    if not decision.allowed:
        raise NotGranted(decision)
    if approve and not 1 <= days <= most_days():
        raise GuituError(
            Label(f"期限应为 1 至 {most_days()} 天。", f"the term is from 1 to {most_days()} days.")
        )
    at = clock.milliseconds(now)
    until = clock.milliseconds(now + timedelta(days=days)) if approve else None
    with engine.writing():
        changed = engine.execute(
            "UPDATE store_grant SET granted_by = %s, from_ms = %s, until_ms = %s"
            " WHERE id = %s AND granted_by = %s",
            [actor.name, at if approve else None, until, grant.id, ""],
        )
    if not changed:
        raise GuituError(Label("这一申请已有人答复。", "this request has been answered already."))


def requests(under: Unit, *, limit: int = 100, after: int = 0) -> list[Grant]:
    """What waits for an answer, of files that this unit answers for; the oldest first, the first `after` left
    out."""
    return _read(
        f"JOIN store_casestatus s ON s.file = g.file WHERE g.granted_by = %s AND s.{under.column} = %s"
        " ORDER BY g.asked_ms, g.id",
        ["", under.no],
        limit,
        after,
    )


def request(identifier: int) -> Grant | None:
    """The request of that number, answered or not."""
    return next(iter(_read("WHERE g.id = %s", [identifier], 1)), None)


def asked_by(file: int, user: str) -> Grant | None:
    """What this account last asked for about this file, if it waits or was refused."""
    found = _read(
        'WHERE g.file = %s AND g."user" = %s AND g.what = %s ORDER BY g.asked_ms DESC',
        [file, user, "minor"],
        1,
    )
    return found[0] if found and found[0].state != "given" else None


def notices_for_file(file: int) -> list[Grant]:
    """Every emergency in which this file was opened, newest first: for the person, and for who looks into
    it."""
    return _read("WHERE g.file = %s AND g.what = %s ORDER BY g.asked_ms DESC", [file, BREAK_GLASS], 200)


def notices_above(unit: Unit, now: datetime) -> list[Grant]:
    """What those who answer for a unit are told of these days, newest first."""
    since = clock.milliseconds(now - timedelta(days=TOLD_DAYS))
    return _read(
        f"JOIN store_notice n ON n.grant_no = g.id WHERE n.{unit.column} = %s AND n.at_ms > %s"
        " ORDER BY n.at_ms DESC",
        [unit.no, since],
        20,
    )


def handed_over(unit: Unit, now: datetime) -> list[str]:
    """The case numbers of what was sent to this unit lately and still waits for it, the latest first: not
    what was accepted, sent back, withdrawn or sent elsewhere since."""
    since = clock.milliseconds(now - timedelta(days=WAITING_DAYS))
    found = engine.rows_again(
        "SELECT f.case_no, max(n.at_ms) FROM store_notice n JOIN store_casefile f ON f.no = n.file"
        " WHERE n.unit = %s AND n.at_ms > %s AND n.grant_no IS NULL AND (f.unit IS NULL OR f.unit <> n.unit)"
        " AND (EXISTS (SELECT 1 FROM store_filearea a WHERE a.file = n.file AND a.unit = n.unit"
        " AND a.how = 'receiving')"
        # whoever is above comes to the file anyhow, and is no area of its own
        " OR EXISTS (SELECT 1 FROM store_unitabove u WHERE u.unit = f.unit AND u.above = n.unit)"
        " AND NOT EXISTS (SELECT 1 FROM store_entry e WHERE e.file = n.file AND e.stored_ms >= n.at_ms"
        " AND (e.kind IN (%s, %s) OR (e.kind = %s AND EXISTS (SELECT 1 FROM store_entry s WHERE"
        " s.id = e.corrects AND s.kind = %s)))))"
        " GROUP BY f.case_no ORDER BY max(n.at_ms) DESC LIMIT 20",
        [unit.no, since, ACCEPTED, REFUSED, VOID, SENT],
    )
    return [row[0] for row in found]


def waiting(unit: Unit) -> int:
    """How many requests wait for an answer under a unit."""
    found = engine.rows_again(
        "SELECT count(*) FROM store_grant g JOIN store_casestatus s ON s.file = g.file"
        f" WHERE g.granted_by = %s AND s.{unit.column} = %s",
        ["", unit.no],
    )
    return int(found[0][0])


def _stated(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < 4:
        raise GuituError(Label("请写明理由。", "state the reason."))
    return reason[:1000]


def _add(
    view: FileView,
    actor: Actor,
    what: str,
    opens: str,
    purpose: str,
    reason: str,
    now: datetime,
    *,
    by: str = "",
    until: datetime | None = None,
) -> int:
    """Write the row; its number."""
    post = actor.posts[0]
    at = clock.milliseconds(now)
    keys = _keys(view)
    sealed = keys.seal(COMPARTMENT, _bound(view, actor.name, at), reason.encode())
    engine.insert(
        "store_filekey",
        ("file", "compartment", "cipher", "wrapped"),
        [(view.no, compartment, cipher, wrapped) for compartment, (cipher, wrapped) in keys.new.items()],
    )
    values = (
        view.no, actor.name, post.role, post.unit, what, opens, purpose, sealed, by, at,
        at if until else None, clock.milliseconds(until) if until else None,
    )  # fmt: skip
    engine.insert("store_grant", _COLUMNS, [values])
    row = engine.row('SELECT max(id) FROM store_grant WHERE file = %s AND "user" = %s', [view.no, actor.name])
    assert row is not None
    return int(row[0])


def tell(file: int, unit: Unit | None, now: datetime, *, grant: int | None = None) -> None:
    """Tell a unit and those above it of a leave, or the unit of a file that was handed over to it."""
    at = unit.at if unit else NOWHERE
    engine.insert(
        "store_notice",
        ("file", "unit", *LEVELS, "grant_no", "at_ms"),
        [(file, unit.no if unit else None, *at, grant, clock.milliseconds(now))],
    )


def _keys(view: FileView) -> FileKeys:
    return _keys_of([(view.no, view.id.hex)])[view.no]


def _keys_of(files: Iterable[Row]) -> dict[int, FileKeys]:
    """The keys of these files (number, id), by number. One query."""
    guard = provider()
    found = {no: FileKeys(engine.uuid_of(identifier), guard) for no, identifier in files}
    casefiles.fetch_into(found)
    return found


def _bound(view: FileView, user: str, at: int) -> bytes:
    return _bound_to(view.id.bytes, user, at)


def _bound_to(file: bytes, user: str, at: int) -> bytes:
    """What ties a sealed reason to its row."""
    return file + user.encode() + at.to_bytes(8, "big")


def _read(where: str, values: Sequence[object], limit: int, after: int = 0) -> list[Grant]:
    """Leaves with their reasons unsealed."""
    found = engine.rows_again(
        'SELECT g.id, g.file, f.id, f.case_no, g."user", u.last_name, u.first_name, g.role, g.unit, g.what,'
        " g.opens, g.purpose, g.reason, g.granted_by, g.asked_ms, g.from_ms, g.until_ms FROM store_grant g"
        ' JOIN store_casefile f ON f.no = g.file LEFT JOIN auth_user u ON u.username = g."user" '
        f"{where} LIMIT {limit} OFFSET {after}",
        values,
    )
    keys = _keys_of({(r[1], engine.uuid_of(r[2]).hex) for r in found})
    return [_grant(r, keys[r[1]]) for r in found]


def _grant(row: Row, keys: FileKeys) -> Grant:
    (no, file, identifier, case_no, user, last, first, role, unit, what, opens, purpose, reason, by, asked,
     since, until) = row  # fmt: skip
    bound = _bound_to(engine.uuid_of(identifier).bytes, user, asked)
    said = keys.unseal(COMPARTMENT, bound, bytes(reason))
    return Grant(
        no, file, case_no, user, f"{last or ''}{first or ''}" or user, role, unit, what,
        tuple(one for one in opens.split(",") if one), purpose, said.decode() if said is not None else "", by,
        clock.moment(asked), clock.moment(since) if since is not None else None,
        clock.moment(until) if until is not None else None,
    )  # fmt: skip


def unit_name(code: str) -> str:
    """The name of the unit an account wrote for."""
    unit = tree().get(code)
    return unit.name if unit else code
