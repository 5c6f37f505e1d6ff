"""My medicines and my results, in plain words. What is kept specially secret is not on this page, which may
be read over a shoulder: it stands in the copy of one's file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.centre.medication import prescriptions
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.word.component import Word
from guitu.web.pages.mine.page import Item

MOST: Final = 10
READINGS: Final = {"normal": "done", "abnormal": "gap", "critical": "gap"}


def medicines(counted: Iterable[Entry], on: date) -> tuple[Item, ...]:
    """What I am taking now, how, and until when."""
    found = []
    kind = kinds()["prescription"]
    for one in prescriptions(counted):
        if one.restricted or not one.runs(on):
            continue
        route, often = kind.ask("route").choice(one.route), kind.ask("often").choice(one.often)
        zh = " · ".join(c.label.zh for c in (route, often) if c)
        en = " · ".join(c.label.en.lower() for c in (route, often) if c)
        until = one.last
        note = Label(
            f"每次 {one.dose} {one.dose_unit} · {zh} · "
            + (f"用到{day_word(until)}" if until else "听医生的"),
            f"{one.dose} {one.dose_unit} each time · {en} ·"
            f" {'until ' + day_word(until, 'en') if until else 'until the doctor says so'}",
        )
        found.append(Item(one.drug, note))
    return tuple(found)


def results(counted: Iterable[Entry]) -> tuple[Item, ...]:
    """The last results, the newest first."""
    some = [e for e in counted if e.kind == "lab_result"][-MOST:]
    ask = kinds()["lab_result"].ask("reading")
    found = []
    for entry in reversed(some):
        reading = ask.choice(entry.get("reading"))
        word = Word(READINGS.get(reading.value, "gap"), reading.label) if reading else None
        day = Label(day_word(entry.happened_on), day_word(entry.happened_on, "en"))
        found.append(Item(f"{entry.get('test')}：{entry.get('result')}", day, word))
    return tuple(found)
