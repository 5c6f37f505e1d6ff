"""A kind's questions as a form, and what came back: typed words read into values, faults at their boxes.

Everything shown comes from the declaration; nothing here knows any kind by name.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Final

from guitu.casefile import Ask, Entry, Kind, Value
from guitu.casefile.fields import read_decimal
from guitu.centre.times import minutes_of
from guitu.exchange.ledgers.fault import Fault as CellFault
from guitu.exchange.ledgers.identity import IdentityReader
from guitu.kernel.labels import Label
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.days import in_words
from guitu.web.pages.record import day, places

DAY: Final = "happened_on"
REASON: Final = "correction_reason"
MOST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed, kept exactly, and what it means. `faults` are sentences by the name of the box."""

    typed: Mapping[str, str]
    happened_on: date | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""
    faults: Mapping[str, Label] = field(default_factory=dict)
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)

    def with_fault(self, box: str, sentence: Label) -> Answers:
        """The same with one more fault, unless that box already has one."""
        return self if box in self.faults else replace(self, faults={**self.faults, box: sentence})


@cache
def _identity_reader() -> IdentityReader:
    return IdentityReader(demo=os.environ.get("GUITU_DEMO_IDS") == "1")


def read(
    kind: Kind, data: Mapping[str, str], today: date, *, near: Unit | None = None, corrects: bool = False
) -> Answers:
    """Read a form that was sent. `near` is the reader's own unit, for finding others by name."""
    typed: dict[str, str] = {}
    values: dict[str, Value] = {}
    faults: dict[str, Label] = {}
    choices: dict[str, tuple[Option, ...]] = {}

    typed[DAY] = data.get(DAY, "")
    happened_on = day.read(typed[DAY], today)
    if happened_on is None:
        faults[DAY] = Label(f"请填写{kind.day.zh}", f"Enter {kind.day.en}")
    elif isinstance(happened_on, Label):
        faults[DAY], happened_on = _at(kind.day, happened_on), None
    for ask in kind.fields:
        if ask.type == "unit":
            code, sentence, found = places.understood(
                data.get(ask.name, ""), data.get(f"{ask.name}_before", ""),
                data.get(f"{ask.name}_search", ""), near,
            )  # fmt: skip
            typed[ask.name] = code or data.get(f"{ask.name}_search", "")
            values[ask.name] = code or None
            if sentence:
                faults[ask.name], choices[ask.name] = sentence, found
            continue
        typed[ask.name] = data.get(ask.name, "")
        value = _value(ask, typed[ask.name], today)
        if isinstance(value, Label):
            faults[ask.name] = value
        else:
            values[ask.name] = value
    for fault in kind.faults(values):
        faults.setdefault(fault.field, fault.label)
    reason = ""
    if corrects:
        typed[REASON] = data.get(REASON, "")
        reason = typed[REASON].strip()
        if not reason:
            faults[REASON] = Label("请写明更正的原因", "Say why it is corrected")
        elif len(reason) > MOST_REASON:
            faults[REASON] = Label(
                f"原因最多 {MOST_REASON} 字，现有 {len(reason)} 字",
                f"The reason may have {MOST_REASON} characters; it has {len(reason)}",
            )
    return Answers(typed, happened_on, values, reason, faults, choices)


def typed_of(entry: Entry) -> Answers:
    """An entry's answers as they would be typed: where a correction starts from."""
    typed = {DAY: entry.happened_on.isoformat()}
    for name, value in entry.fields.items():
        typed[name] = value.isoformat() if isinstance(value, date) else str(value)
    return Answers(typed, entry.happened_on, dict(entry.fields), entry.reason)


def _at(label: Label, sentence: Label) -> Label:
    return Label(f"{label.zh}：{sentence.zh}", f"{label.en}: {sentence.en}")


def _value(ask: Ask, typed: str, today: date) -> Value | Label:
    """What was typed for one question, as the value it is stored as; else what is wrong with it."""
    text = typed.strip()
    if not text:
        return None
    match ask.type:
        case "day":
            read_day = day.read(text, today)
            return _at(ask.label, read_day) if isinstance(read_day, Label) else read_day
        case "whole":
            number = unicodedata.normalize("NFKC", text).removesuffix(ask.unit.zh if ask.unit else "").strip()
            if not number.isascii() or not number.removeprefix("-").isdigit() or len(number) > 10:
                if ask.clock:
                    return _clock(ask, text)
                return Label(
                    f"{ask.label.zh}“{text}”不是整数", f"{ask.label.en} “{text}” is not a whole number"
                )
            return int(number)
        case "decimal":
            plain = unicodedata.normalize("NFKC", text).removesuffix(ask.unit.zh if ask.unit else "").strip()
            return read_decimal(plain) or Label(
                f"{ask.label.zh}“{text}”不是数字", f"{ask.label.en} “{text}” is not a number"
            )
        case "identity_number":
            found = _identity_reader()(text)
            if isinstance(found, CellFault):
                return found.says.fill(column=ask.label, **found.values)
            return found.number if found else None
        case "phone":
            return unicodedata.normalize("NFKC", text)
        case _:
            return text


def _clock(ask: Ask, text: str) -> int | Label:
    """A time of day that was not typed as digits: 14:05, 14点05分."""
    found = minutes_of(re.sub("[点时]", ":", text).removesuffix("分"))
    if found is not None:
        return found // 60 * 100 + found % 60
    return Label(
        f"{ask.label.zh}“{text}”不是一天中的时间，请写成四位数字，如 1405",
        f"{ask.label.en} “{text}” is no time of day: write four digits, such as 1405",
    )


def fields_of(kind: Kind, answers: Answers, *, corrects: bool = False, focus: str = "") -> tuple[Field, ...]:
    """The form's questions in the declared order, the day first, the reason of a correction last."""
    happened = answers.happened_on
    first = Field(
        DAY,
        kind.day,
        "day",
        value=answers.typed.get(DAY, ""),
        hint=day.HINT,
        error=answers.faults.get(DAY, ""),
        shown=in_words(happened) if happened else "",
        focus=focus in ("", DAY) and not answers.faults,
    )
    asked = tuple(_field(kind, ask, answers, focus) for ask in kind.fields)
    if not corrects:
        return (first, *asked)
    why = Field(
        REASON,
        Label("更正原因", "Why it is corrected"),
        "long_text",
        value=answers.typed.get(REASON, ""),
        hint=Label(
            "例如：录错日期。原记录仍保留。", "For example: wrong day typed. The first entry is kept."
        ),
        error=answers.faults.get(REASON, ""),
    )
    return (first, *asked, why)


def _field(kind: Kind, ask: Ask, answers: Answers, focus: str) -> Field:
    typed = answers.typed.get(ask.name, "")
    shown: Text = ""
    value = answers.fields.get(ask.name)
    if ask.type == "day" and isinstance(value, date):
        shown = in_words(value)
    if ask.type == "unit":
        shown = places.words_of(str(value)) if value else typed
        typed = str(value or "")
    made = field_of(ask, typed, answers.faults.get(ask.name, ""), asks=kind.fields, shown=shown)
    if ask.type == "unit":
        made = replace(
            made, options_url="/record/units/", options=answers.choices.get(ask.name, made.options)
        )
    if ask.name == kind.answers or ask.internal:
        return replace(made, kind="hidden")
    return replace(made, focus=focus == ask.name and not answers.faults)


def summary(kind: Kind, answers: Answers) -> ErrorSummary | None:
    """All faults in the order of the boxes; those about no box in particular first."""
    if not answers.faults:
        return None
    boxes = [DAY, *(a.name for a in kind.fields), REASON]
    loose = [Fault(text) for name, text in answers.faults.items() if name not in boxes]
    placed = [Fault(answers.faults[name], f"f-{name}") for name in boxes if name in answers.faults]
    return ErrorSummary((*loose, *placed))


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it is read back before saving. `box` is where it can be changed."""

    label: Text
    text: Text
    box: str
    note: Text = ""


def read_back(kind: Kind, answers: Answers, *, corrects: bool = False) -> tuple[Answered, ...]:
    """Every question that was asked, with its answer in words; 未填 where nothing was given. Which entry is
    answered nobody was asked: that stands above, in words."""
    assert answers.happened_on is not None
    rows = [Answered(kind.day, in_words(answers.happened_on), DAY)]
    for ask in kind.fields:
        if ask.internal or ask.name == kind.answers or not ask.applies(answers.fields):
            continue
        rows.append(Answered(ask.label, shown_value(ask, answers.fields.get(ask.name)), ask.name))
    if corrects:
        rows.append(Answered(Label("更正原因", "Why it is corrected"), answers.reason, REASON))
    return tuple(rows)


def shown_value(ask: Ask, value: Value) -> Text:
    """One stored value in words, with its unit: a choice by its label, a unit by its name, a day in full."""
    if value is None or value == "":
        return Label("未填", "Not given")
    if ask.type == "choice":
        found = ask.choice(value)
        return found.label if found else str(value)
    if ask.type == "unit":
        return places.words_of(str(value))
    if isinstance(value, date):
        return in_words(value)
    if ask.unit:
        return Label(f"{value} {ask.unit.zh}", f"{value} {ask.unit.en}")
    return str(value)
