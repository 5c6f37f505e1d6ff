"""Days that cannot stand beside each other: an answer agreed for a day before the referral, a result before
what it is the result of; and times of day that are none. Said to whoever fills in a form; what ledgers and
other systems bring is taken as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from guitu.casefile import Entry, Kind
from guitu.casefile.fields import FieldFault
from guitu.casefile.kind import day_word
from guitu.casefile.traced import Traced
from guitu.centre.times import clock_of
from guitu.kernel.labels import Label

DAY: Final = "happened_on"

NOT_BEFORE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "help_referral": (("reply_by", DAY),),
    "job_placement": (("left_on", DAY),),
    "recovery_place_stay": (("until", DAY), ("left_on", DAY)),
    "visit_agreed": (("for_day", DAY),),
    "test_told": (("for_day", DAY),),
    "excuse": (("until", DAY),),
    "recovery_plan": (("review_on", DAY),),
    "plan_review": (("next_on", DAY),),
    "employer": (("until", DAY),),
    "recovery_place": (("until", DAY),),
    "station_cover": (("until", DAY),),
    "follow_up_campaign": (("last", "first"), ("until", "since")),
}
"""By kind: a day, and the one before which it cannot be."""
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "help_referral_result": (DAY,),
    "help_lasting": (DAY,),
    "job_check": (DAY, "left_on"),
    "recovery_place_left": (DAY,),
}
"""By kind that answers another entry: its days that cannot be before that entry's."""

TIMES: Final[Mapping[str, tuple[str, ...]]] = {
    "message_setting": ("opens", "closes"), "visit_agreed": ("time",), "test_told": ("time",),
}  # fmt: skip
"""By kind: times of day in four digits that stand in messages as they are."""


def faults(entry: Entry, kind: Kind, there: Iterable[Entry] = ()) -> tuple[FieldFault, ...]:
    """Every such day and time of an entry. `there` are the entries of its file, with what was corrected."""
    found = [
        _fault(kind, late, day, _label(kind, early), before)
        for late, early in NOT_BEFORE.get(kind.name, ())
        if (day := _day(entry, late)) and (before := _day(entry, early)) and day < before
    ]
    found += [
        _no_time(kind, name, entry.get(name))
        for name in TIMES.get(kind.name, ())
        if entry.get(name) is not None and clock_of(entry.get(name)) is None
    ]
    if kind.name in AFTER and (meant := _meant(entry, kind, there)) is not None:
        about, since = meant
        found += [
            _fault(kind, name, day, about, since)
            for name in AFTER[kind.name]
            if (day := _day(entry, name)) and day < since
        ]
    return tuple(found)


def _no_time(kind: Kind, name: str, value: object) -> FieldFault:
    label = kind.ask(name).label
    return FieldFault(
        name,
        "choice_unknown",
        Label(
            f"{label.zh}“{value}”不是一天中的时间，例如 0830。",
            f"{label.en} “{value}” is no time of day; 0830 would be.",
        ),
    )


def _meant(entry: Entry, kind: Kind, there: Iterable[Entry]) -> tuple[Label, date] | None:
    traced = Traced(there)
    key = traced.first(entry.get(kind.answers or ""))
    for one in traced.counted:
        if traced.first(one.id) == key:
            return Label("所指的那一条", "the entry that it answers"), one.happened_on
    return None


def _day(entry: Entry, name: str) -> date | None:
    value = entry.happened_on if name == DAY else entry.get(name)
    return value if isinstance(value, date) else None


def _label(kind: Kind, name: str) -> Label:
    return kind.day if name == DAY else kind.ask(name).label


def _fault(kind: Kind, name: str, day: date, other: Label, before: date) -> FieldFault:
    label = _label(kind, name)
    return FieldFault(
        name,
        "date_order",
        Label(
            f"{label.zh} {day_word(day)} 早于{other.zh}（{day_word(before)}），请核对。",
            f"{label.en} {day_word(day, 'en')} is before {other.en} ({day_word(before, 'en')}); check it.",
        ),
    )
