"""Units renamed, merged, split off and closed, and any of these undone.

What was recorded stays where it was recorded: codes, entries and the figures of days before are not touched
(0061). From the day of the change on the people whom it concerns are answered for by the other unit, each by
an entry in their own file whose id follows from the change's, so that it is found again when the change is
undone. Posts are not moved: giving rights is the security administrator's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.access import ROLES, Actor, Target, decide
from guitu.access.roles import OUTSIDE_STAFF
from guitu.casefile import Entry, Value
from guitu.casefile.chain import sm3
from guitu.casefile.file import VOID
from guitu.casefile.kind import WORK
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import unix_ms_of, uuid7
from guitu.kernel.labels import Label
from guitu.kernel.lately import Lately
from guitu.kernel.reasons import Decision
from guitu.levels.organisation import CHANGE
from guitu.store import casefiles, clock, engine, gate, unitfiles, units
from guitu.store.levels import reading
from guitu.store.placing import PLACED_BY, PLACING
from guitu.store.units import NewUnit, Tree, Unit, tree

PLACED: Final = "responsible_unit"
BY: Final = unitfiles.CHANGES
"""What the source of an entry says that a change of a unit made."""
LONGEST: Final = 60
"""Characters of a unit's name."""
CODE: Final = re.compile(r"[0-9A-Z]{2,32}")
REASON: Final = Label("单位变更，人员随单位转移", "The unit was changed; its people go with it")


class NotChanged(GuituError):
    """The unit cannot be changed so; `box` is the question that is answered wrongly. Nothing was written."""

    def __init__(self, label: Label, box: str = "") -> None:
        super().__init__(label)
        self.box = box


@dataclass(frozen=True, slots=True)
class Concerned:
    """What hangs on a unit itself, without those below it: people in its lists and how many of them are
    under a measure; open duties and overdue ones; accounts with a post there, by role; files sent to it and
    not yet accepted; how many people each worker has."""

    people: int
    current: int
    duties: int
    overdue: int
    accounts: tuple[tuple[str, int], ...]
    waiting: int
    below: tuple[Unit, ...]
    workers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done to `unit`: what (`renamed`, `merged`, `split`, `closed`), and what that needs. With
    `merged` the unit goes into `other`; with `split` a new unit `code` is opened under `other`, and the
    people of `workers` go there."""

    unit: Unit
    what: str
    name: str = ""
    other: Unit | None = None
    code: str = ""
    workers: tuple[str, ...] = ()
    paper: str = ""
    note: str = ""


@engine.house()
def concerned(unit: Unit, day: date) -> Concerned:
    """What a change of this unit would concern. Counts, and names of workers; nobody's file is opened."""
    by_worker = engine.rows(
        "SELECT worker, count(*), sum(CASE WHEN state NOT IN ('', 'ended') THEN 1 ELSE 0 END)"
        " FROM store_casestatus WHERE unit = %s GROUP BY worker ORDER BY worker",
        [unit.no],
    )
    due = engine.row(
        "SELECT sum(n), sum(CASE WHEN due_key < %s THEN n ELSE 0 END) FROM store_dutytally WHERE unit = %s",
        [day.isoformat(), unit.no],
    )
    posts = engine.rows(
        "SELECT role, count(*) FROM store_staffpost WHERE unit = %s GROUP BY role ORDER BY role", [unit.no]
    )
    waiting = engine.row(
        "SELECT count(*) FROM store_filearea WHERE unit = %s AND how = 'receiving'", [unit.no]
    )
    return Concerned(
        people=sum(int(n) for _, n, _ in by_worker),
        current=sum(int(n) for _, _, n in by_worker),
        duties=int((due and due[0]) or 0),
        overdue=int((due and due[1]) or 0),
        accounts=tuple((role, int(n)) for role, n in posts if role not in OUTSIDE_STAFF),
        waiting=int(waiting[0]) if waiting else 0,
        below=tuple(u for u in tree().children(unit) if u.at_work(day)),
        workers=tuple((worker, int(n)) for worker, n, _ in by_worker if worker),
    )


def may(actor: Actor, unit: Unit) -> Decision:
    """Whether this account changes the unit: who records changes, of units below their own post's."""
    held = tuple(p for p in actor.posts if p.unit in unit.path and p.unit != unit.code)
    by = kinds()[CHANGE].recorded_by
    return decide(
        Actor(actor.name, held), "record", Target(unit.path, by, kinds()[CHANGE].label, compartment=WORK)
    )


def others(unit: Unit, within: Unit, day: date) -> tuple[Unit, ...]:
    """The units into which this one can go: at work, of its level, in the same county (of a county: in the
    same province), and below `within`."""
    units_ = tree()
    above = units_.ancestors(unit)[:-1] or [within]
    county = next((u for u in reversed(above) if u.level == "county"), above[0])
    top = county if county.depth >= within.depth else within
    return tuple(
        u for u in units_.subtree(top) if u.level == unit.level and u.no != unit.no and u.at_work(day)
    )


def parents(unit: Unit, within: Unit, day: date) -> tuple[Unit, ...]:
    """The units under which one of this one's level can be opened, its own parent first."""
    own = tree().by_no[unit.parent] if unit.parent is not None else None
    if own is None:
        return ()
    beside = others(own, within, day) if tree().within(own, within) and own.no != within.no else ()
    return (own, *beside)


def checked(change: Change, found: Concerned, day: date) -> None:
    """Raise NotChanged where the unit cannot be changed so."""
    unit = change.unit
    if not unit.at_work(day):
        raise NotChanged(Label(f"{unit.name}已经停用。", f"{unit.name} is closed already."))
    if change.what in ("renamed", "split"):
        _named(change)
    if change.what == "split":
        _coded(change)
        known = {name for name, _ in found.workers}
        for name in change.workers:
            if name not in known:
                raise NotChanged(
                    Label(f"{unit.name}没有责任人“{name}”", f"no worker “{name}” in {unit.name}"), "workers"
                )
    if change.what not in ("merged", "closed"):
        return
    if found.below:
        names = "、".join(u.name for u in found.below[:3])
        raise NotChanged(
            Label(
                f"{unit.name}下面还有 {len(found.below)} 个单位（{names}）。请先逐个变更下级单位。",
                f"{len(found.below)} units below {unit.name} are at work ({names}): change them first.",
            )
        )
    if found.waiting:
        raise NotChanged(
            Label(
                f"还有 {found.waiting} 份移交给{unit.name}的档案没有签收。请先签收或者退回。",
                f"{found.waiting} files were sent to {unit.name} and not answered: accept or refuse them"
                " first.",
            )
        )
    if change.what == "closed" and found.people:
        raise NotChanged(
            Label(
                f"{unit.name}还有 {found.people} 人的档案。请并入其他单位，或者先把人员转走。",
                f"{unit.name} still has the files of {found.people} people: merge it into another unit, or"
                " move them first.",
            )
        )
    if change.what == "merged" and change.other is None:
        raise NotChanged(Label("请选择并入哪个单位", "Choose the unit it goes into"), "other")


def _named(change: Change) -> None:
    name = change.name
    if not name:
        raise NotChanged(Label("请填写名称", "Write the name"), "name")
    if len(name) > LONGEST or any(not (c.isalnum() or c in " （）()·-") for c in name):
        raise NotChanged(
            Label(
                f"名称只用汉字、字母、数字，最多 {LONGEST} 个字",
                f"A name has letters and digits only, {LONGEST} at most",
            ),
            "name",
        )
    above = change.other.no if change.what == "split" and change.other else change.unit.parent
    beside = tree().children(tree().by_no[above] if above is not None else None)
    if any(u.name == name for u in beside):
        raise NotChanged(Label(f"已经有叫“{name}”的单位", f"There is a unit called “{name}” already"), "name")


def _coded(change: Change) -> None:
    above = change.other
    if above is None:
        raise NotChanged(Label("请选择上级单位", "Choose the unit above it"), "other")
    if not CODE.fullmatch(change.code) or not change.code.startswith(above.code):
        raise NotChanged(
            Label(
                f"代码以上级单位的代码 {above.code} 开头，只用数字和大写字母",
                f"The code begins with {above.code}, that of the unit above; digits and capitals only",
            ),
            "code",
        )
    if change.code == above.code or tree().get(change.code) is not None:
        raise NotChanged(Label("这个代码已经在用", "This code is in use"), "code")


def carry_out(change: Change, identifier: UUID, *, actor: Actor, now: datetime) -> tuple[int, ...]:
    """Change the unit from today on, all of it or nothing; the numbers of the files that moved. The same
    `identifier` again changes nothing. Raises NotAllowed and NotChanged."""
    day, unit = clock.office_day(now), change.unit
    _allowed(actor, change)
    with engine.house(), engine.writing():
        if engine.row("SELECT 1 FROM store_entry WHERE id = %s", [identifier.hex]):
            return ()
        checked(change, concerned(unit, day), day)
        into, before, moved = unit, unit.name, []
        if change.what == "renamed":
            units.rename(unit, change.name)
        elif change.what == "split":
            assert change.other is not None
            units.add([NewUnit(change.code, change.name, unit.level, change.other.code, active_from=day)])
            into = tree().find(change.code)
            moved = _people(unit, change.workers)
        elif change.what == "merged":
            assert change.other is not None
            into, moved = change.other, _people(unit, None)
            units.bound(unit, day - timedelta(days=1))
        else:
            units.bound(unit, day - timedelta(days=1))
        fields: dict[str, Value] = {
            "what": change.what,
            "before": before,
            "after": change.name,
            "other": unit.code if into is not unit else None,
            "people": len(moved) if into is not unit else None,
            "paper": change.paper,
            "note": change.note,
        }
        told = unitfiles.new_entry(
            into.code, CHANGE, day, {k: v for k, v in fields.items() if v not in (None, "")},
            now=now, author=actor.name, office=_office(actor, unit), identifier=identifier, source=BY,
        )  # fmt: skip
        placed = [_placing(told, file, into, worker, now) for _, file, worker in moved]
        gate.record_many([told, *placed], actor=actor, now=now, decided=Decision(True, REASON))
    return tuple(no for no, _, _ in moved)


def _allowed(actor: Actor, change: Change) -> None:
    """Both units lie in the area: the one that is changed below the post's own, the other one too, but for
    the unit under which a new one is opened, which may be the post's own."""
    some = [change.unit, *([change.other] if change.other and change.what == "merged" else [])]
    for one in some:
        if not (allowed := may(actor, one)).allowed:
            raise NotChanged(allowed.reason)
    if change.other and not any(p.unit in change.other.path for p in actor.posts):
        raise NotChanged(Label("上级单位不在您的辖区。", "The unit above is not in your area."), "other")


def _people(unit: Unit, workers: Collection[str] | None) -> list[tuple[int, UUID, str]]:
    """Whose files stand in a unit's lists: number, id, worker. Only of `workers`, unless that is None."""
    found = engine.rows(
        "SELECT f.no, f.id, s.worker FROM store_casestatus s JOIN store_casefile f ON f.no = s.file"
        " WHERE s.unit = %s ORDER BY f.no",
        [unit.no],
    )
    every = [(int(no), engine.uuid_of(file), str(worker)) for no, file, worker in found]
    return every if workers is None else [one for one in every if one[2] in workers]


def _id(change: UUID, file: UUID) -> UUID:
    """The id of the entry by which a change moves one file."""
    return uuid7(unix_ms_of(change), sm3(change.bytes + file.bytes)[:10])


def _placing(change: Entry, file: UUID, into: Unit, worker: str, now: datetime) -> Entry:
    fields: dict[str, Value] = {"unit": into.code}
    if worker:
        fields["worker"] = worker
    return Entry(
        id=_id(change.id, file), file=file, kind=PLACED, happened_on=change.happened_on, recorded_at=now,
        version=kinds()[PLACED].version, author=change.author, unit=change.unit, fields=fields,
        source=f"{BY}:{change.id}",
    )  # fmt: skip


def _office(actor: Actor, unit: Unit) -> str:
    mine = [p.unit for p in actor.posts if p.unit in unit.path]
    return max(mine, key=unit.path.index)


# ── undoing ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Undoing:
    """A change that can be undone: the entry and the unit in whose file it stands, the unit that was
    changed, and how many people come back. Those who moved on since stay where they are."""

    at: Unit
    entry: Entry
    unit: Unit
    back: int
    gone: int


def undoable(at: Unit, entry: Entry, day: date) -> Undoing:
    """Whether a change can still be undone. Raises NotChanged with the reason where it cannot."""
    what, other = entry.get("what"), tree().get(str(entry.get("other") or ""))
    if entry.kind != CHANGE or entry.source != BY:
        raise NotChanged(
            Label("这条只是沿革的记载，没有改动单位。", "This only tells history; no unit was changed by it.")
        )
    unit = at if what in ("renamed", "closed") else other
    if unit is None:
        raise NotChanged(Label("涉及的单位不在。", "The other unit is not there."))
    if what == "renamed" and at.name != entry.get("after"):
        raise NotChanged(
            Label(
                "这以后又更过名；请从最近一次开始撤销。",
                "It was renamed again since: undo the last one first.",
            )
        )
    if what in ("merged", "closed") and unit.at_work(day):
        raise NotChanged(Label(f"{unit.name}已经重新启用。", f"{unit.name} was opened again since."))
    if what in ("merged", "split") and not (at.at_work(day) and (what == "merged" or unit.at_work(day))):
        raise NotChanged(
            Label(
                "其中一个单位后来停用了；请先撤销那一次。",
                "One of the units was closed since: undo that first.",
            )
        )
    back = len(_returning(at, entry)) if unit is not at else 0
    return Undoing(at, entry, unit, back, int(str(entry.get("people") or 0)) - back)


@engine.house()
def _returning(at: Unit, change: Entry) -> list[tuple[int, UUID, UUID]]:
    """Whose file the change moved and nothing has moved since: number, id, and the entry that moved it."""
    wanted = {no: (file, _id(change.id, file)) for no, file, _ in _people(at, None)}
    held = casefiles.by_numbers(wanted)
    casefiles.fill(held, unseal=frozenset())
    found = []
    for one in held:
        file, moved = wanted[one.no]
        last = [e for e in one.case_file.counted() if e.kind in PLACING]
        if last and last[-1].id == moved:
            found.append((one.no, file, moved))
    return found


def undo(found: Undoing, reason: str, identifier: UUID, *, actor: Actor, now: datetime) -> tuple[int, ...]:
    """Undo a change from today on; the numbers of the files that came back. The entry is withdrawn, so is
    each that moved a person and was the last to do so. A unit that was split off is closed, for what was
    recorded in it stays. Raises NotChanged."""
    day, at, what = clock.office_day(now), found.at, found.entry.get("what")
    allowed = may(actor, found.unit)
    allowed = may(actor, at) if allowed.allowed else allowed
    if not allowed.allowed:
        raise NotChanged(allowed.reason)
    if not reason:
        raise NotChanged(Label("请填写原因", "Give the reason"), "reason")
    with engine.house(), engine.writing():
        if engine.row("SELECT 1 FROM store_entry WHERE id = %s", [identifier.hex]):
            return ()
        again = undoable(at, found.entry, day)
        back = _returning(at, found.entry) if again.unit is not at else []
        if what == "renamed":
            units.rename(at, str(found.entry.get("before")))
        elif what == "split":
            if len(_people(at, None)) > len(back):
                raise NotChanged(
                    Label(
                        f"{at.name}另有人员，撤销前请先把他们转走。",
                        f"{at.name} has other people by now: move them before this is undone.",
                    )
                )
            units.bound(at, day - timedelta(days=1))
        else:
            units.bound(again.unit, None)
        void: dict[str, Value] = {"reason": reason}
        office = _office(actor, at)
        entries = [
            unitfiles.new_entry(
                at.code, VOID, day, void, now=now, author=actor.name, office=office, identifier=identifier,
                corrects=found.entry.id, source=BY,
            )
        ]  # fmt: skip
        entries += [
            Entry(
                id=_id(identifier, file), file=file, kind=VOID, happened_on=day, recorded_at=now,
                version=kinds()[VOID].version, author=actor.name, unit=office, fields=void, corrects=moved,
                source=f"{BY}:{identifier}",
            )
            for _, file, moved in back
        ]  # fmt: skip
        gate.record_many(entries, actor=actor, now=now, decided=Decision(True, REASON))
    return tuple(no for no, _, _ in back)


@dataclass(frozen=True, slots=True)
class Former:
    """What units were called before they were renamed: by code, each day from which a new name held with the
    name of before, the earliest first."""

    changes: Mapping[str, tuple[tuple[date, str], ...]] = field(default_factory=dict)

    def on(self, code: str, day: date) -> str:
        """What the unit was called on a day; "" where that is its name of today."""
        return next((before for since, before in self.changes.get(code, ()) if since > day), "")


NEVER_RENAMED: Final = Former()
_renamed: Final = Lately[int, dict[str, tuple[tuple[date, str], ...]]](3)
"""Of all units that were ever renamed, by edition of the tree: no name changes, and no change of one is
undone, without a new edition."""


def former(some: Iterable[Unit]) -> Former:
    """What these units were called before. A name is nobody's secret: it is told to whoever sees the unit's
    name, whether or not they read its file."""
    here = tree()
    known = _renamed.get(here.edition)
    if known is None:
        known = _all_renamed(here)
        _renamed.keep(here.edition, known)
    return Former({unit.code: known[unit.code] for unit in some if unit.code in known})


@engine.house()
def _all_renamed(here: Tree) -> dict[str, tuple[tuple[date, str], ...]]:
    """As in `Former`, of every unit."""
    changed = engine.rows(
        "SELECT DISTINCT f.id FROM store_entry e JOIN store_casefile f ON f.no = e.file"
        f" WHERE e.kind = '{CHANGE}'"  # in the words of its index
    )
    some = [unit for (i,) in changed if (unit := here.whose(engine.uuid_of(i))) is not None]
    found = {}
    for code, one in reading.traced(some, {CHANGE}).items():
        renamed = [
            e for e in one.counted if e.kind == CHANGE and e.source == BY and e.get("what") == "renamed"
        ]
        if renamed:
            renamed.sort(key=lambda e: (e.happened_on, e.id))
            found[code] = tuple((e.happened_on, str(e.get("before"))) for e in renamed)
    return found


def names_then(some: Collection[Unit], day: date) -> dict[str, str]:
    """What those of these units were called on a day that have been renamed since, by code."""
    found = former(some)
    return {code: name for code in found.changes if (name := found.on(code, day))}


def role_label(name: str) -> Label:
    """What a role is called."""
    return ROLES[name].label


assert PLACED in PLACED_BY  # a change moves people by the kind that says who answers for them
