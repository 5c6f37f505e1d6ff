"""The assessments of one's own: what each came to, until when one may object, and what became of it.

Nothing is worked out here that the assessment centre does not work out too: `centre.sheets` says which sheet
stands behind a result, `centre.assessing` until when. Who signed is not told: a re-check is by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.centre import assessing, sheets
from guitu.centre.assessing import DOMAINS, STAGES, Settings
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.read import FileView
from guitu.web.component import Text
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.mine.page import Basis, Item

FORM: Final = "assessment"
MOST: Final = 6
DAYS_SAID: Final = 60
_SHEET: Final = "assessment_sheet"


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet that counts now. `until` is the last day to object, None where none is set or the copy was
    not given, from which it runs; `waiting` an objection to it that is not answered."""

    sheet: Entry
    copy: Entry | None
    until: date | None
    waiting: Entry | None

    def open(self, on: date) -> bool:
        """Whether one may object to it on that day."""
        return self.waiting is None and (self.until is None or on <= self.until)

    @property
    def name(self) -> Label:
        """一年后综合评估，2026年11月20日."""
        stage = STAGES.get(str(self.sheet.get("stage")), kinds()[_SHEET].label)  # type: ignore[call-overload]
        day = self.sheet.happened_on
        return Label(f"{stage.zh}（{day_word(day)}）", f"{stage.en} ({day_word(day, 'en')})")


def papers(view: FileView, settings: Settings) -> tuple[Paper, ...]:
    """The sheets behind the results that count now, the latest first."""
    counted = view.case_file.counted()
    standing = {e.id for e in counted}
    said = assessing.objections(counted, settings)
    found = []
    for history in sheets.histories(view.case_file):
        sheet = history.sheet
        if history.now is None or sheet is None or sheet.id not in standing:
            continue
        copy = assessing.copy_given(counted, sheet)
        waiting = next(
            (o.entry for o in said if o.entry.get("to") == str(sheet.id) and o.answer is None), None
        )
        found.append(Paper(sheet, copy, assessing.objection_until(copy, settings), waiting))
    return tuple(found)


def items(view: FileView, settings: Settings, on: date, *, act: bool) -> Iterator[Item]:
    """Each assessment as a line: what it came to, its reasons behind a press, and whether one may object."""
    for paper in papers(view, settings)[:MOST]:
        word, note = _state(paper, on)
        href = f"/mine/ask/{FORM}/?to={paper.sheet.id}" if act and paper.open(on) else ""
        yield Item(
            paper.name, note, word, Basis(_results(paper.sheet), (), tuple(_reasons(paper.sheet))), href,
            Label("我对这次评估有异议", "I object to this assessment") if href else "",
        )  # fmt: skip


def _state(paper: Paper, on: date) -> tuple[Word, Label]:
    if paper.waiting is not None:
        day = day_word(paper.waiting.happened_on)
        return Word("open", Label("复核中", "Being re-checked")), Label(
            f"{day}您提出了异议，由原评估以外的人复核",
            f"You objected on {day_word(paper.waiting.happened_on, 'en')}; others than the first panel"
            " look at it again",
        )
    if paper.copy is None:
        return Word("open", Label("还没有交给您", "Not handed to you yet")), Label(
            "评估表还没有交给您。异议的时间还没有起算，您现在也可以提出。",
            "You have not been given the sheet. The time to object has not begun; you may object already.",
        )
    if paper.until is None:
        return Word("open", Label("可以提异议", "Open to objection")), Label(
            "本所没有规定提异议的最后一天，随时可以提出。",
            "The centre has set no last day: you may object at any time.",
        )
    last, last_en = day_word(paper.until), day_word(paper.until, "en")
    if on > paper.until:
        return Word("barred", Label("已过期限", "Too late")), Label(
            f"提异议的最后一天是{last}（本所规定）",
            f"The last day to object was {last_en} (the centre’s rule)",
        )
    left = (paper.until - on).days
    word = Word("today") if left == 0 else Word("open", days_word(left))
    return word, Label(
        f"提异议的最后一天：{last}（本所规定）", f"Last day to object: {last_en} (the centre’s rule)"
    )


def _results(sheet: Entry) -> Label:
    kind = kinds()[_SHEET]
    some = [kind.ask(name) for name in DOMAINS if sheet.get(name)]
    if not some:
        return Label("这次评估没有结论", "This assessment has no result")
    return Label(
        "；".join(f"{a.label.zh}：{a.show(sheet.get(a.name))}" for a in some),
        "; ".join(f"{a.label.en}: {a.show(sheet.get(a.name), 'en')}" for a in some),
    )


def _reasons(sheet: Entry) -> Iterator[Label]:
    kind = kinds()[_SHEET]
    for name in DOMAINS:
        if reason := str(sheet.get(f"{name}_reason") or "").strip():
            ask = kind.ask(name)
            yield Label(f"{ask.label.zh}的理由：{reason}", f"{ask.label.en}, reasons: {reason}")


def said_of(view: FileView, objection: Entry) -> Text:
    """The reasons of the sheet by which an objection was re-checked, for the person to read."""
    again = next(
        (e for e in view.case_file.counted() if e.kind == _SHEET and e.get("objection") == str(objection.id)),
        None,
    )
    if again is None:
        return ""
    told = [*_reasons(again)]
    return Label("；".join(r.zh for r in told), "; ".join(r.en for r in told)) if told else ""


def due_of(objection: Entry, settings: Settings) -> date | None:
    """By when the centre itself wants it re-checked; None where it has set no days."""
    found = assessing.objections((objection,), settings)
    return found[0].due if found else None


def chosen(found: tuple[Paper, ...], identifier: str, on: date) -> Paper | None:
    """The sheet of that id, if one may object to it."""
    try:
        wanted = UUID(identifier)
    except ValueError:
        return None
    return next((p for p in found if p.sheet.id == wanted and p.open(on)), None)
