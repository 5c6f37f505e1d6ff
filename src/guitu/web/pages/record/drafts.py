"""An entry before it is saved: made from answers, checked against the file, questioned where unusual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.fields import FieldFault
from guitu.casefile.file import VOID
from guitu.casefile.traced import Traced
from guitu.centre.doubts import MANY_A_DAY, doubts
from guitu.compose import kinds
from guitu.home import custody, sequence
from guitu.home.handover.baton import PREPARED, SENT
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.store import clock, guards
from guitu.store.guards import NotAccepted, SameIdentity
from guitu.store.placing import PLACING
from guitu.store.projections.compute import holders_of
from guitu.store.units import tree
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.record.effect import NOTHING, Line, changes, moves
from guitu.web.pages.record.form import DAY, Answers

LONG_AGO_MONTHS = 12
"""A day further back than this is asked about once."""

NOT_A_HISTORY = frozenset({"person", "remark", "responsible_unit", VOID})
"""Kinds whose day says little about the order of events."""

TO_ITSELF = Label(
    "不能移交给本单位，也不能移交给现在负责的单位；请选择要接收的单位。",
    "A file is not handed over to your own unit, nor to the one that answers for the person already: choose"
    " the unit that is to take it.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being recorded: a kind, and for a correction or withdrawal the entry it is about."""

    id: UUID
    kind: Kind
    target: Entry | None = None

    @property
    def corrects(self) -> bool:
        """Whether this replaces an entry of its own kind, and so needs a reason beside its answers."""
        return self.target is not None and self.kind.name != VOID

    @property
    def touches_liberty(self) -> bool:
        """Whether the answers are read back before saving."""
        about = kinds()[self.target.kind] if self.target else self.kind
        return self.kind.touches_liberty or about.touches_liberty

    def entry(self, answers: Answers, opened: Opened, actor: Actor, now: datetime) -> Entry:
        """The entry as it would be saved now."""
        assert answers.happened_on is not None
        return Entry(
            id=self.id,
            file=self.target.file if self.target else opened.view.id,
            kind=self.kind.name,
            version=self.kind.version,
            happened_on=answers.happened_on,
            recorded_at=now,
            author=actor.name,
            unit=actor.posts[0].unit if actor.posts else "",
            fields=answers.fields,
            corrects=self.target.id if self.target else None,
            reason=answers.reason,
        )


def with_entry(opened: Opened, entry: Entry) -> tuple[Entry, ...]:
    """The file's entries and this one, once."""
    return (*(e for e in opened.view.entries if e.id != entry.id), entry)


def impossible(entry: Entry, kind: Kind, opened: Opened, now: datetime) -> NotAccepted | None:
    """What the store would refuse about its day, said before anything is tried; and a hand-over that leads
    nowhere, or days that cannot follow each other, which only a person who writes them can mend: files that
    come from elsewhere may hold them."""
    if _to_itself(entry, opened):
        return NotAccepted(entry, TO_ITSELF, faults=[FieldFault("to_unit", "contradiction", TO_ITSELF)])
    if faults := sequence.faults(entry, kind, opened.view.entries):
        return NotAccepted(entry, faults[0].label, code=faults[0].code, faults=faults)
    counted = CaseFile(opened.view.id, with_entry(opened, entry)).counted()
    try:
        guards.in_time(entry, kind, clock.office_day(now), now)
        guards.lifetime(counted, {entry.id}, kinds())
    except NotAccepted as refused:
        return refused
    return None


def _to_itself(entry: Entry, opened: Opened) -> bool:
    """Whether a file would be handed over to whoever sends it or, unless it is an older entry that is put
    right, to whoever has it."""
    if entry.kind not in (SENT, PREPARED):
        return False
    unit = opened.view.unit
    here = {entry.unit, unit.code if unit is not None and entry.corrects is None else ""} - {""}
    return entry.get("to_unit") in here


def placed(refused: NotAccepted, kind: Kind, answers: Answers) -> Answers:
    """The answers with what was refused at the boxes it is about."""
    for fault in refused.faults:
        answers = answers.with_fault(fault.field, fault.label)
    if refused.faults:
        return answers
    if isinstance(refused, SameIdentity):
        box = next((a.name for a in kind.fields if a.type == "identity_number"), "")
        return answers.with_fault(box, refused.label)
    dates = ("date_in_future", "date_order")
    return answers.with_fault(DAY if refused.code in dates else "", refused.label)


def effect(opened: Opened, entry: Entry, today: date) -> tuple[Line, ...]:
    """What saving it will change, by assessing the file without it and with it, and by who answers then."""
    without, together = tuple(e for e in opened.view.entries if e.id != entry.id), with_entry(opened, entry)
    traced = Traced(together) if entry.corrects else None
    found = changes(opened.assessed_with(without, today), opened.assessed_with(together, today), traced)
    return with_moves(opened, entry, found)


def with_moves(opened: Opened, entry: Entry, found: tuple[Line, ...]) -> tuple[Line, ...]:
    """What an entry changes, and who answers for the person with it, or is waited for, where it says so."""
    target = opened.entry(entry.corrects) if entry.corrects else None
    if PLACING.isdisjoint({entry.kind, target.kind if target else ""}):
        return found
    units, view = tree(), opened.view
    before, after = (
        holders_of(CaseFile(view.id, some).counted(), units)
        for some in (tuple(e for e in view.entries if e.id != entry.id), with_entry(opened, entry))
    )
    moved = moves(before, after, lambda code: unit.name if (unit := units.get(code)) else code)
    return (*(line for line in found if line is not NOTHING), *moved) if moved else found


def questions(entry: Entry, kind: Kind, opened: Opened, today: date) -> tuple[Label, ...]:
    """What is unusual and so asked once: long ago, before the last entry, a second one on the same day,
    numbers out of the ordinary."""
    if entry.kind == VOID:
        return _left_behind(entry, opened)
    found: list[Label] = []
    happened = entry.happened_on
    target = opened.entry(entry.corrects) if entry.corrects else None
    if target is None or target.happened_on != happened:
        if happened < add_months(today, -LONG_AGO_MONTHS):
            found.append(
                Label(
                    f"{kind.day.zh} {happened} 在一年以前。确实是 {happened.year} 年吗？",
                    f"{kind.day.en} {happened} is more than a year ago. Is {happened.year} right?",
                )
            )
        last = _last(opened, entry)
        if (
            target is None
            and kind.name not in NOT_A_HISTORY
            and last is not None
            and happened < last.happened_on
        ):
            label = kinds()[last.kind].label
            found.append(
                Label(
                    f"{kind.day.zh} {happened} 早于最近一条记录（{last.happened_on} {label.zh}）。"
                    "确实是补登吗？",
                    f"{kind.day.en} {happened} is before the last entry ({label.en}, {last.happened_on})."
                    " Is this being entered late?",
                )
            )
    twins = [e for e in opened.counted if e.kind == entry.kind and e.happened_on == happened]
    if kind.name not in MANY_A_DAY and any(e.id not in (entry.id, entry.corrects) for e in twins):
        found.append(
            Label(
                f"{happened} 已有一条“{kind.label.zh}”。确实要再登一条吗？",
                f"There is already an entry “{kind.label.en}” on {happened}. Record another one?",
            )
        )
    return (*found, *doubts(entry, kind, opened.shown.counted()))


def _left_behind(void: Entry, opened: Opened) -> tuple[Label, ...]:
    """The steps of a test that stay in the file when it is withdrawn."""
    target = opened.entry(void.corrects) if void.corrects else None
    if target is None or target.kind != "urine_test":
        return ()
    steps = custody.hanging(target, opened.counted, opened.view.entries)
    if not steps:
        return ()
    words = [(e.happened_on, kinds()[e.kind].label) for e in steps]
    zh, en = (
        "、".join(f"{day} {label.zh}" for day, label in words),
        ", ".join(f"{label.en} ({day})" for day, label in words),
    )
    return (
        Label(
            f"这次检测后面的记录不会一起作废，只是不再引起期限：{zh}。确实登错的，请逐条作废。",
            f"What followed this test is not withdrawn with it, although nothing falls due by it: {en}."
            " Withdraw each that should not stand.",
        ),
    )


def _last(opened: Opened, entry: Entry) -> Entry | None:
    """The last event that counts, other than the entry itself."""
    events = [
        e for e in opened.counted if e.kind not in NOT_A_HISTORY and e.id not in (entry.id, entry.corrects)
    ]
    return max(events, key=lambda e: (e.happened_on, e.recorded_at), default=None)
