"""Whom of a unit's people a message is due to now, in which words, and who cannot be written to and why. Of
each file only appointments, what the person said about messages, and what was sent are read.

Whether the reader may list these people the caller asks of access.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from guitu.casefile import Entry
from guitu.home import messages
from guitu.home.messages import CONSENT, KINDS, SENT, SETTING, TOLD, VISIT, Consent, Due, Setting
from guitu.kernel.labels import Label
from guitu.pathway.kinds import COMMUNITY
from guitu.store import clock, engine, excerpts, rebuild
from guitu.store.read import PersonLine, asked, lines_of_files
from guitu.store.units import Unit, tree

AGO: Final = timedelta(days=60)
"""How long ago an appointment may have been made that is still to come."""
SHOWN: Final = timedelta(days=30)
"""How long a reminder that was sent stays in the list."""
AHEAD: Final = timedelta(days=7)
"""The most that an office may remind ahead."""
REACHABLE: Final = frozenset({"in_force", "awaiting_report"})
"""States of a measure in which somebody is at home and keeps appointments."""
READ: Final = tuple(sorted(KINDS))

NOT_ASKED: Final = Label("还没有问过本人是否同意", "The person was not asked yet")
DECLINED: Final = Label("本人不同意短信提醒", "The person wants no messages")
NO_SETTING: Final = Label("本单位还没有短信设置", "The office has no setting for messages")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reminder that is due: whose, of what, in which words; or why it cannot go (`why_not`)."""

    line: PersonLine
    due: Due
    setting: Setting
    key: str
    text: str = ""
    phone: str = ""
    why_not: Label | None = None

    @property
    def no(self) -> int:
        """The file's number."""
        return self.line.no


@dataclass(frozen=True, slots=True)
class Gone:
    """A reminder that a gateway took or refused."""

    line: PersonLine
    entry: Entry

    @property
    def no(self) -> int:
        """The file's number."""
        return self.line.no


@engine.house()
def setting_with(unit: Unit | None, on: date) -> tuple[Setting, Unit | None]:
    """The setting that holds for a unit, its own or that of the nearest above it, and whose it is."""
    above = tree().ancestors(unit) if unit is not None else []
    found = excerpts.of_units(above, (SETTING,))
    return next(
        ((s, one) for one in reversed(above) if (s := messages.setting_of(found[one.code], on)).stated),
        (Setting(), None),
    )


def setting(unit: Unit | None, on: date) -> Setting:
    """The setting that holds for a unit."""
    return setting_with(unit, on)[0]


def waiting(
    unit: Unit, now: datetime, may: Callable[[tuple[PersonLine, ...]], tuple[PersonLine, ...]]
) -> tuple[Waiting, ...]:
    """Every reminder that is due to people of a unit and has not gone, the earliest first. `may` leaves those
    whom the reader may list."""
    today = clock.office_day(now)
    reporting = _reporting(unit, today)
    numbers = sorted({*_appointed(unit, today), *reporting})
    rebuild.refresh_these(numbers, today)  # nobody is written to whose measure has ended meanwhile
    lines = {one.no: one for one in may(_reachable(lines_of_files(numbers)))}
    read = excerpts.counted(lines, READ, unseal=(TOLD, VISIT, CONSENT))
    at = lru_cache(maxsize=None)(lambda code: setting(tree().get(code), today))
    found = [
        one
        for no, line in lines.items()
        for one in _of(line, read.get(no, ()), reporting.get(no), at(line.unit), now)
    ]
    return tuple(sorted(found, key=lambda one: (one.due.on, one.due.time, one.line.case_no, one.key)))


def gone(
    unit: Unit, today: date, may: Callable[[tuple[PersonLine, ...]], tuple[PersonLine, ...]]
) -> tuple[Gone, ...]:
    """What was sent to people of a unit lately, the latest first."""
    lines = {one.no: one for one in may(lines_of_files(_with(unit, (SENT,), today - SHOWN)))}
    read = excerpts.counted(lines, (SENT,), unseal=(SENT,))
    found = [
        Gone(lines[no], entry)
        for no, entries in read.items()
        for entry in entries
        if entry.happened_on >= today - SHOWN
    ]
    return tuple(sorted(found, key=lambda one: one.entry.recorded_at, reverse=True))


def _of(
    line: PersonLine, counted: Iterable[Entry], report_in: date | None, stands: Setting, now: datetime
) -> Iterable[Waiting]:
    entries = tuple(counted)
    today = clock.office_day(now)
    # an office without a setting is shown whom it might remind tomorrow, and told what is missing
    asks = stands if stands.stated else Setting(whats=frozenset(messages.WHATS))
    done = messages.sent(entries)
    said = messages.consent_of(entries, today)
    for due in messages.due(entries, report_in, asks, now):
        key = messages.key_of(line.file, due)
        if key not in done:
            yield _one(line, due, stands, key, said)


def _one(line: PersonLine, due: Due, stands: Setting, key: str, said: Consent | None) -> Waiting:
    if not stands.stated:
        return Waiting(line, due, stands, key, why_not=NO_SETTING)
    if said is None or not said.given:
        return Waiting(line, due, stands, key, why_not=NOT_ASKED if said is None else DECLINED)
    made = messages.composed(due, stands, said.language)
    return Waiting(line, due, stands, key, made.text, said.phone, made.why_not)


def _reachable(lines: tuple[PersonLine, ...]) -> tuple[PersonLine, ...]:
    return tuple(one for one in lines if one.measure in COMMUNITY and one.state in REACHABLE)


def _appointed(unit: Unit, today: date) -> list[int]:
    return _with(unit, (TOLD, VISIT), today - AGO)


def _with(unit: Unit, kinds: tuple[str, ...], since: date) -> list[int]:
    """Files of a unit's people that have an entry of these kinds since that day."""
    found = asked.rows(
        f"SELECT s.file FROM store_casestatus s WHERE s.{unit.column} = %s AND EXISTS (SELECT 1 FROM"
        f" store_entry e WHERE e.file = s.file AND e.kind IN ({engine.marks(len(kinds))})"
        " AND e.happened_on >= %s) ORDER BY s.file",
        [unit.no, *kinds, since.isoformat()],
    )
    return [row[0] for row in found]


def _reporting(unit: Unit, today: date) -> dict[int, date]:
    """The day by which people of a unit have to report in, where it is near, by file."""
    found = asked.rows(
        f"SELECT file, due_key FROM store_duty WHERE {unit.column} = %s AND name = %s AND due_key >= %s"
        " AND due_key <= %s",
        [unit.no, messages.DUTY, today.isoformat(), (today + AHEAD).isoformat()],
    )
    return {row[0]: engine.day_of(row[1]) for row in found}
