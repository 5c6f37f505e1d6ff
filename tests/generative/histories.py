"""Random case files: all legal kinds, in any order and combination, with corrections and withdrawals."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from guitu import compose
from guitu.casefile import CaseFile, Entry, Kind, Value
from guitu.casefile.fields import Ask
from guitu.kernel.zone import CHINA

MANY: Final = int(os.environ.get("GUITU_HISTORIES", "100"))
"""A nightly run asks for thousands, and for others each night."""
EXAMPLES: Final = settings(derandomize=MANY <= 250, deadline=None, max_examples=MANY, database=None)
"""The same examples each time, and not too many: the whole suite stays under a minute."""

FILE: Final = UUID(int=7)
FIRST: Final = date(2019, 11, 20)
SPAN: Final = 2000
"""Days over which a history may spread: enough for two measures, leap days and long holidays."""

ORDERS: Final = ("voluntary", "community_treatment", "compulsory_isolation", "community_recovery")
READ: Final = tuple(name for name, kind in compose.kinds().items() if kind.general)
"""The kinds that an assessment reads."""

LIKELY: Final = (
    "order",
    "served",
    "reporting_in",
    "admission",
    "release",
    "urine_test",
    "absence",
    "decision",
)

COMMUNITY_LIFE: Final = (
    "urine_test",
    "urine_test",
    "urine_test",
    "absence",
    "absence",
    "change_of_place",
    "reporting_in",
    "detained",
    "excuse",
    "agreement",
    "relapse",
)

days = st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n))


def _value(ask: Ask) -> st.SearchStrategy[Value]:
    match ask.type:
        case "choice":
            return st.sampled_from([choice.value for choice in ask.choices])
        case "whole":
            return st.integers(ask.least or 0, min(ask.most or 60, 60))
        case "decimal":
            return st.integers(0, 999).map(lambda n: f"{n // 10}.{n % 10}")
        case "day":
            return days
        case _:
            return st.just("文字")


@st.composite
def _fields(draw: st.DrawFn, kind: Kind) -> dict[str, Value]:
    """Answers to a kind's questions; now and then one that is required is missing."""
    fields: dict[str, Value] = {}
    for ask in kind.fields:
        if ask.sealed or ask.type in ("text", "long_text", "unit"):
            continue
        asked = ask.applies(fields)
        if asked and draw(st.integers(0, 9)) < (9 if ask.required else 5):
            fields[ask.name] = draw(_value(ask))
    return fields


def entry(number: int, kind: str, happened_on: date, recorded: int = 0, **fields: Value) -> Entry:
    """One entry, recorded `recorded` days after it happened."""
    moment = datetime(happened_on.year, happened_on.month, happened_on.day, 9, tzinfo=CHINA)
    return Entry(
        id=UUID(int=1000 + number),
        file=FILE,
        kind=kind,
        happened_on=happened_on,
        recorded_at=moment + timedelta(days=recorded, seconds=number),
        fields=fields,
    )


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    """One entry of any legal kind; those that open and move measures come more often."""
    name = draw(st.sampled_from([*READ, *LIKELY, *LIKELY]))
    fields = draw(_fields(compose.kind(name)))
    return entry(number, name, draw(days), draw(st.integers(0, 400)), **fields)


@st.composite
def wild(draw: st.DrawFn) -> CaseFile:
    """Any entries at all, most of them nonsense together, some of them corrected or withdrawn."""
    found = [draw(entries(number)) for number in range(draw(st.integers(0, 16)))]
    for number in range(draw(st.integers(0, 2))):
        if found:
            target = draw(st.sampled_from(found))
            found.append(_correction(draw, target, 500 + number))
    return CaseFile(FILE, tuple(found))


def _correction(draw: st.DrawFn, target: Entry, number: int) -> Entry:
    moment = target.recorded_at + timedelta(days=draw(st.integers(1, 300)))
    if draw(st.booleans()):
        return replace(
            target, id=UUID(int=1000 + number), kind="void", fields={}, corrects=target.id, recorded_at=moment
        )
    return replace(
        target,
        id=UUID(int=1000 + number),
        happened_on=draw(days),
        corrects=target.id,
        recorded_at=moment,
    )


@st.composite
def plausible(draw: st.DrawFn) -> CaseFile:
    """A history that hangs together: an order, its paper, its events in order, and a few loose entries."""
    measure = draw(st.sampled_from(ORDERS))
    start = FIRST + timedelta(days=draw(st.integers(0, 500)))
    at = start
    order: dict[str, Value] = {"measure": measure}
    if measure in ("voluntary", "community_recovery") and draw(st.booleans()):
        order["months"] = draw(st.integers(1, 48))
    if draw(st.integers(0, 4)) == 0:
        order["printed_end"] = start + timedelta(days=draw(st.integers(200, 1200)))
    found = [entry(0, "order", start, **order)]

    def then(kind: str, most: int, **fields: Value) -> None:
        nonlocal at
        at += timedelta(days=draw(st.integers(0, most)))
        found.append(entry(len(found), kind, at, draw(st.sampled_from((0, 0, 0, 40))), **fields))

    if draw(st.integers(0, 5)):
        then("served", 20)
    if measure == "compulsory_isolation":
        then("family_notified", 3)
        then("admission", 10, place=draw(st.sampled_from(("police_centre", "justice_centre"))))
        if draw(st.integers(0, 5)) == 0:
            then("exempt", 200, ground=draw(st.sampled_from(("pregnant", "nursing", "under_16"))))
        if draw(st.booleans()):
            then("escape", 300)
            if draw(st.integers(0, 3)):
                then("recaptured", 60)
        if draw(st.booleans()):
            then("transfer", 200, place="justice_centre")
        for _ in range(draw(st.integers(0, 2))):
            effect = draw(st.sampled_from(("early_release", "extension", "change_to_community", "refused")))
            then("opinion", 300, proposes=effect if effect != "refused" else "early_release")
            extra: dict[str, Value] = {}
            if effect == "extension":
                extra["months"] = draw(st.integers(1, 12))
            elif effect != "refused" and draw(st.booleans()):
                extra["takes_effect_on"] = at + timedelta(days=draw(st.integers(0, 40)))
            then("decision", 12, effect=effect, **extra)
        if draw(st.booleans()):
            then("release_notice", 400)
        if draw(st.booleans()):
            at = max(at, start + timedelta(days=draw(st.sampled_from((100, 500, 715, 730)))))
            then("release", 40)
            if draw(st.booleans()):
                then("order", 5, measure="community_recovery", months=36)
                then("served", 5)
                then("reporting_in", 25)
    elif measure != "voluntary":
        if draw(st.integers(0, 4)):
            then("reporting_in", 25)
        for _ in range(draw(st.integers(0, 7))):
            kind = draw(st.sampled_from(COMMUNITY_LIFE))
            fields = draw(_fields(compose.kind(kind)))
            if kind == "urine_test" and draw(st.booleans()):
                fields = {"outcome": draw(st.sampled_from(("evaded", "refused")))}
            then(kind, 150, **fields)
            if kind == "detained" and draw(st.integers(0, 3)):
                then("freed", 60)
        if draw(st.integers(0, 3)) == 0:
            then("relapse", 90)
            then("order", 60, measure="compulsory_isolation")
            then("served", 3)
            then("admission", 5, place="police_centre")
            if draw(st.booleans()):
                then("opinion", 500, proposes="early_release")
    loose = [draw(entries(100 + number)) for number in range(draw(st.integers(0, 2)))]
    return CaseFile(FILE, (*found, *loose))


files = st.one_of(plausible(), plausible(), wild())


@st.composite
def asked(draw: st.DrawFn, made: st.SearchStrategy[CaseFile] = files) -> tuple[CaseFile, date]:
    """A file and the day it is asked about: any, or one near an entry, a deadline or the end of a term."""
    file = draw(made)
    if not file.entries or draw(st.integers(0, 3)) == 0:
        return file, draw(days)
    near = draw(st.sampled_from(file.entries)).happened_on
    ahead = draw(st.sampled_from((0, 0, 7, 15, 30, 183, 365, 730, 1095)))
    return file, near + timedelta(days=ahead + draw(st.integers(-4, 8)))
