"""An entry before it is saved: made from answers, checked against the file, questioned where unusual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.file import VOID
from guitu.centre.doubts import MANY_A_DAY, doubts
from guitu.compose import kinds
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.store import clock, guards
from guitu.store.guards import NotAccepted, SameIdentity
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.record.effect import Line, changes
from guitu.web.pages.record.form import DAY, Answers

LONG_AGO_MONTHS = 12
"""A day further back than this is asked about once."""

NOT_A_HISTORY = frozenset({"person", "remark", "responsible_unit", VOID})
"""Kinds whose day says little about the order of events."""


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
    """What the store would refuse about its day, said before anything is tried."""
    counted = CaseFile(opened.view.id, with_entry(opened, entry)).counted()
    try:
        guards.in_time(entry, kind, clock.office_day(now), now)
        guards.lifetime(counted, {entry.id}, kinds())
    except NotAccepted as refused:
        return refused
    return None


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
    """What saving it will change, by assessing the file without it and with it."""
    before = opened.assessed_with(tuple(e for e in opened.view.entries if e.id != entry.id), today)
    return changes(before, opened.assessed_with(with_entry(opened, entry), today))


def questions(entry: Entry, kind: Kind, opened: Opened, today: date) -> tuple[Label, ...]:
    """What is unusual and so asked once: long ago, before the last entry, a second one on the same day,
    numbers out of the ordinary."""
    if entry.kind == VOID:
        return ()
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


def _last(opened: Opened, entry: Entry) -> Entry | None:
    """The last event that counts, other than the entry itself."""
    events = [
        e for e in opened.counted if e.kind not in NOT_A_HISTORY and e.id not in (entry.id, entry.corrects)
    ]
    return max(events, key=lambda e: (e.happened_on, e.recorded_at), default=None)
