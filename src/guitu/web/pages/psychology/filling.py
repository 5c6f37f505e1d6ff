"""Filling in an instrument: all questions at once, or one on a screen; it can be stopped at any time.

Without script each screen is a form that carries the answers so far; nothing is kept until it is saved. The
score is worked out from the answers and never typed. Who fills it in on a tablet sees thanks, not a score.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile.protocol import DifferentContent
from guitu.centre.instruments import TRANSLATIONS, Instrument, Item, digits, score
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.store.centre import psychology
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.psychology import words
from guitu.web.pages.psychology.desk import Desk
from guitu.web.pages.psychology.shown import Choice, FillPage, Question, ThanksPage
from guitu.web.pages.record import day as days

ONE: Final = "one"
STEP: Final = "step"
GO: Final = "go"
BOX: Final = "a-"
WORDED: Final = 12
"""Up to so many options are shown to choose from; a longer scale (0–100) is typed."""
WAYS: Final = kinds()["screening"].ask("way")
UNANSWERED: Final = Label("这一题还没有答", "This question is not answered yet")


@dataclass
class Sheet:
    """What was typed so far, and what is wrong with it. `typed` is by item key, exactly as typed."""

    typed: dict[str, str] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    faults: dict[str, Label] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    on: date | None = None


def read_sheet(instrument: Instrument, data: Mapping[str, str], today: date) -> Sheet:
    """What a form says. An answer to a question that is not asked is passed over."""
    sheet = Sheet(fields={name: data.get(name, "") for name in ("way", "administered_by", "happened_on")})
    for item in instrument.items:
        typed = data.get(BOX + item.key, "")
        sheet.typed[item.key] = typed
        text = unicodedata.normalize("NFKC", typed).strip()
        if not text:
            continue
        answer = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
        if answer is None or item.option(answer) is None:
            sheet.faults[item.key] = _hint(
                item, Label(f"没有“{text}”这个答案", f"There is no answer “{text}”")
            )
        else:
            sheet.answers[item.key] = answer
    asked = {i.key for i in instrument.items if i.asked(sheet.answers)}
    sheet.answers = {key: answer for key, answer in sheet.answers.items() if key in asked}
    read = days.read(sheet.fields["happened_on"], today) if sheet.fields["happened_on"] else today
    if isinstance(read, Label):
        sheet.faults["happened_on"] = read
    else:
        sheet.on = read
    return sheet


def _hint(item: Item, before: Label | None = None) -> Label:
    """Which digits there are."""
    answers = sorted(o.answer for o in item.options)
    if len(answers) == answers[-1] - answers[0] + 1:
        zh = en = f"{answers[0]}–{answers[-1]}"
    else:
        zh, en = "、".join(map(str, answers)), ", ".join(map(str, answers))
    if before is None:
        return Label(f"填 {zh}", f"Type {en}")
    return Label(f"{before.zh}，可填 {zh}", f"{before.en}; type {en}")


@shows("psychology")
def fill(request: HttpRequest, case: str, instrument: str) -> HttpResponse:
    """The sheet of an instrument, and saving it."""
    desk = Desk(request, case, f"fill {instrument}")
    unit = desk.opened.view.unit
    found = {i.key: i for i in psychology.usable(unit)} if unit is not None else {}
    if instrument not in found or not desk.may_write("screening"):
        raise Http404(instrument)
    one = found[instrument]
    if request.GET.get("done"):
        return show(request, ThanksPage(words.address(desk.case_no)))
    alone = ONE in (request.GET if request.method != "POST" else request.POST)
    if request.method != "POST":
        first = Sheet(
            fields={
                "way": "self" if one.filled_by == "self" else "staff",
                "administered_by": desk.reader.name,
                "happened_on": desk.today.isoformat(),
            }
        )
        return show(request, _page(desk, one, first, one=alone, step=0))
    sheet = read_sheet(one, request.POST, desk.today)
    go, step = request.POST.get(GO, "save"), _step(request, one)
    if alone and go in ("next", "back"):
        asked = _asked(one, sheet)
        here = asked[min(step, len(asked) - 1)] if step else None
        if go == "next" and here is not None and here.key in sheet.faults:
            return show(request, _page(desk, one, sheet, one=True, step=step), status=422)
        return show(request, _page(desk, one, sheet, one=True, step=step + (1 if go == "next" else -1)))
    return _save(desk, one, sheet, stopped=go == "stop", one=alone)


def _step(request: HttpRequest, instrument: Instrument) -> int:
    typed = request.POST.get(STEP, "0")
    return (
        min(int(typed), len(instrument.items) + 1)
        if typed.isascii() and typed.isdigit() and len(typed) < 4
        else 0
    )


def _asked(instrument: Instrument, sheet: Sheet) -> list[Item]:
    """The questions that are asked, given the answers; a place before them for what staff fill in."""
    asked = [item for item in instrument.items if item.asked(sheet.answers)]
    return [asked[0], *asked]


def _save(desk: Desk, instrument: Instrument, sheet: Sheet, *, stopped: bool, one: bool) -> HttpResponse:
    """Keep what was answered. Whole, or as far as it went when it is stopped."""
    result = score(instrument, sheet.answers)
    faults = dict(sheet.faults)
    if not sheet.fields["administered_by"].strip():
        faults["administered_by"] = Label("请填写施测人", "Enter who administered it")
    if WAYS.choice(sheet.fields["way"]) is None:
        faults["way"] = Label("请选择方式", "Choose how")
    if not stopped:
        faults |= {key: UNANSWERED for key in result.missing if key not in faults}
    if not sheet.answers and not faults:
        return HttpResponseRedirect(words.address(desk.case_no))  # stopped before anything was answered
    identifier = desk.identifier()
    if faults:
        sheet.faults = faults
        return _again(desk, instrument, sheet, one=one)
    assert sheet.on is not None
    entry = desk.entry(
        "screening",
        identifier,
        sheet.on,
        instrument=instrument.key,
        instrument_version=instrument.version,
        answers=digits(instrument, sheet.answers),
        administered_by=sheet.fields["administered_by"].strip(),
        way=sheet.fields["way"],
        alert="yes" if result.alerts else "no",
    )
    try:
        gate.record(entry, actor=desk.reader.actor, now=desk.now)
    except DifferentContent:
        return HttpResponseRedirect(words.address(desk.case_no))
    except GuituError as refused:
        sheet.faults = {"": refused.label}
        return _again(desk, instrument, sheet, one=one)
    noted_write(desk.request, desk.opened.view.no, entry.id, entry.kind, desk.opened.view.area)
    if sheet.fields["way"] == "self":
        return HttpResponseRedirect(words.fill(desk.case_no, instrument.key) + "?done=1")
    return HttpResponseRedirect(f"{words.address(desk.case_no)}?saved={entry.id}")


def _again(desk: Desk, instrument: Instrument, sheet: Sheet, *, one: bool) -> HttpResponse:
    """The form with its faults; one question on a screen goes back to the first that is wrong."""
    asked = _asked(instrument, sheet)
    wrong = [n for n, item in enumerate(asked) if n and item.key in sheet.faults]
    return show(
        desk.request, _page(desk, instrument, sheet, one=one, step=wrong[0] if wrong else 0), status=422
    )


def _page(desk: Desk, instrument: Instrument, sheet: Sheet, *, one: bool, step: int) -> FillPage:
    asked = _asked(instrument, sheet)
    last = len(asked) - 1
    step = min(max(step, 0), last)
    everything = [question(instrument, item, sheet) for item in instrument.items]
    shown = [q for q in everything if not one or (step and q.name == BOX + asked[step].key)]
    if one and shown and not shown[0].stem:
        shown = [_with_stem(shown[0], instrument)]
    fields = _fields(sheet) if not one or step == 0 else ()
    seen = {q.name for q in shown} | {f.name for f in fields}
    carried = [(BOX + k, v) for k, v in sheet.typed.items() if BOX + k not in seen]
    carried += [(k, v) for k, v in sheet.fields.items() if k not in seen]
    if one:
        carried += [(ONE, "1"), (STEP, str(step))]
    address = words.fill(desk.case_no, instrument.key)
    return FillPage(
        title=instrument.label,
        who=str(desk.opened.identity.get("name") or "—"),
        action=address,
        back=words.address(desk.case_no),
        id=str(desk.identifier()),
        window=instrument.window,
        questions=tuple(shown),
        fields=fields,
        notes=(TRANSLATIONS[instrument.translation], *instrument.cautions, words.NEVER_RELEASE),
        credit=Label(
            f"{instrument.credit} · {instrument.licence.zh}", f"{instrument.credit} · {instrument.licence.en}"
        ),
        carried=tuple((name, value) for name, value in carried if value),
        step=step,
        steps=last if one else 0,
        other_way=address if one else f"{address}?{ONE}=1",
        summary=_summary(instrument, sheet),
    )


def question(instrument: Instrument, item: Item, sheet: Sheet) -> Question:
    """One question as the sheet shows it: with its options to choose from, or a box for the digit."""
    number = instrument.items.index(item) + 1
    before = instrument.items[number - 2] if number > 1 else None
    typed = sheet.typed.get(item.key, "")
    worded = len(item.options) <= WORDED and any(o.label for o in item.options)
    text = item.text or Label(f"第 {number} 题", f"Question {number}")
    return Question(
        name=BOX + item.key,
        number=number,
        text=text,
        choices=tuple(
            Choice(
                str(o.answer),
                Label(f"{o.answer}　{o.label.zh}", f"{o.answer}  {o.label.en}")
                if o.label and not all(x.label for x in item.options)
                else o.label or str(o.answer),
                typed.strip() == str(o.answer),
            )
            for o in item.options
        )
        if worded
        else (),
        stem=item.stem or "" if before is None or before.stem != item.stem else "",
        hint="" if worded else _hint(item),
        value=typed,
        error=sheet.faults.get(item.key, ""),
        least=item.least,
        most=item.most,
    )


def _with_stem(question: Question, instrument: Instrument) -> Question:
    """Alone on a screen every question has its stem."""
    item = instrument.item(question.name.removeprefix(BOX))
    return replace(question, stem=item.stem or "")


def _fields(sheet: Sheet) -> tuple[Field, ...]:
    """What staff fill in: who administers it, how, and the day."""
    kind = kinds()["screening"]
    return (
        Field(
            "administered_by",
            kind.ask("administered_by").label,
            value=sheet.fields.get("administered_by", ""),
            error=sheet.faults.get("administered_by", ""),
        ),
        Field(
            "way",
            WAYS.label,
            kind="choice",
            value=sheet.fields.get("way", ""),
            options=tuple(Option(c.value, c.label) for c in WAYS.choices),
            error=sheet.faults.get("way", ""),
        ),
        Field(
            "happened_on",
            kind.day,
            kind="day",
            value=sheet.fields.get("happened_on", ""),
            error=sheet.faults.get("happened_on", ""),
        ),
    )


def _summary(instrument: Instrument, sheet: Sheet) -> ErrorSummary | None:
    faults = []
    for key, label in sheet.faults.items():
        if key in {i.key for i in instrument.items}:
            number = instrument.items.index(instrument.item(key)) + 1
            told = Label(f"第 {number} 题：{label.zh}", f"Question {number}: {label.en}")
            faults.append(Fault(told, f"f-{BOX}{key}"))
        else:
            faults.append(Fault(label, f"f-{key}" if key else ""))
    return ErrorSummary(tuple(faults)) if faults else None
