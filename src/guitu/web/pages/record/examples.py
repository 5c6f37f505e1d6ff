"""The pages of recording in each of their named states, over the invented files of the case file page."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.web.components.field.component import Option
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile import examples as files
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.record import build, form
from guitu.web.pages.record.drafts import Draft
from guitu.web.pages.record.effect import changes
from guitu.web.pages.record.form import Answers
from guitu.web.pages.record.page import SavedPage, Shown, Units

ID: Final = UUID("01900000-0000-7000-8000-000000000f00")
DAY: Final = files.ON.isoformat()
TODAY: Final = files.ON
CAME: Final[build.Came] = (("from", "today"), ("row", "duty-1"))
PLACES: Final = (
    Option("469023101200", "示例县 河西镇 西坡村"),
    Option("469023100200", "示例县 河东镇 东坡村"),
)


def _draft(kind: str) -> Draft:
    return Draft(ID, kinds()[kind])


def _read(kind: str, **typed: str) -> Answers:
    return form.read(kinds()[kind], {form.DAY: DAY, **typed}, TODAY)


def _entry(opened: Opened, draft: Draft, answers: Answers) -> Entry:
    from datetime import datetime, time

    from guitu.access import Actor, Post
    from guitu.kernel.zone import CHINA

    actor = Actor("li.xm", (Post("town_office", "469023101"),))
    return draft.entry(answers, opened, actor, datetime.combine(TODAY, time(10, 5), CHINA))


def _lines(opened: Opened, draft: Draft, answers: Answers) -> Any:
    entry = _entry(opened, draft, answers)
    return changes(opened.assessed(TODAY), opened.assessed_with((*opened.view.entries, entry), TODAY))


def _page(file: str, kind: str, answers: Answers, **more: Any) -> Shown:
    return build.record(files.opened(file), _draft(kind), answers, TODAY, **more)


def _choose(reads_only: bool) -> Shown:
    opened = files.opened("awaiting_report")
    return build.choose(opened, opened.assessed(TODAY), TODAY, files.reader(reads_only).recordable)


def _check(file: str, kind: str, answers: Answers, asked: tuple[Label, ...] = ()) -> Shown:
    opened, draft = files.opened(file), _draft(kind)
    return build.check(opened, draft, answers, TODAY, _lines(opened, draft, answers), asked)


def _target(opened: Opened) -> Entry:
    return next(e for e in opened.view.entries if e.kind == "urine_test")


def _reported(inline: bool = False) -> Shown:
    opened, draft, answers = files.opened("awaiting_report"), _draft("reporting_in"), _read("reporting_in")
    lines = _lines(opened, draft, answers)
    return build.record(opened, draft, answers, TODAY, lines=lines, came=CAME, inline=inline)


def _correct() -> Shown:
    opened = files.opened("late")
    target = next(e for e in opened.view.entries if e.get("outcome") == "refused")
    draft = build.correction_of(ID, target)
    kept = form.typed_of(target)
    typed = {**kept.typed, "outcome": "taken", "result": "negative", form.REASON: "录错人，当天已检测"}
    answers = form.read(draft.kind, typed, TODAY, corrects=True)
    return build.record(opened, draft, answers, TODAY, lines=_lines(opened, draft, answers))


def _withdraw() -> Shown:
    opened = files.opened("late")
    target = next(e for e in opened.view.entries if e.get("outcome") == "refused")
    draft = build.void_of(ID, target)
    answers = form.read(draft.kind, {form.DAY: DAY, "reason": "登错了人"}, TODAY)
    return build.record(opened, draft, answers, TODAY, lines=_lines(opened, draft, answers))


def _same_id() -> Shown:
    opened = files.opened("in_force")
    draft = Draft(_target(opened).id, kinds()["urine_test"])
    answers = _read("urine_test", outcome="taken", result="positive")
    return build.other_content(opened, draft, answers, _target(opened))


def _already() -> Shown:
    opened = files.opened("corrected")
    status = opened.view.case_file.status()
    gone = next(i for i, now in status.items() if now is not None)
    target = opened.entry(gone)
    assert target is not None
    return build.already(opened, target, status[gone])


def _saved() -> Shown:
    text = Label(
        "已保存：检测 · 2026-11-23 10:05 · 回执 8F2K90AB",
        "Saved: Urine test · 2026-11-23 10:05 · receipt 8F2K90AB",
    )
    return SavedPage(files.CASE, Notice("fresh", text, Label("完成应办“检测”。", "Done: urine test.")))


def _choosing_a_unit() -> Shown:
    answers = form.Answers(
        {form.DAY: DAY, "to_unit": "坡村"},
        TODAY,
        {},
        faults={"to_unit": Label("有 2 个单位叫“坡村”，请选一个", "2 units match “坡村”: choose one")},
        choices={"to_unit": PLACES},
    )
    return _page("in_force", "change_of_place", answers)


def _faults() -> Shown:
    answers = _read("urine_test", happened_on="2026.13.5", outcome="taken", tester_1="李晓梅")
    return _page("in_force", "urine_test", answers)


def _unusual() -> Shown:
    asked = Label(
        "检测日期 2025-03-01 在一年以前。确实是 2025 年吗？",
        "Day of the test 2025-03-01 is more than a year ago. Is 2025 right?",
    )
    answers = _read("urine_test", happened_on="2025-03-01", outcome="taken", result="negative")
    return _check("in_force", "urine_test", answers, (asked,))


def _not_allowed() -> Shown:
    draft = _draft("assessment")
    why = Label("乡镇禁毒办不登记“诊断评估”", "“Assessment” is not recorded by: town anti-drug office")
    return build.not_allowed(files.CASE, draft, Decision(False, why))


def _order() -> Answers:
    typed = {"measure": "community_recovery", "months": "36", "document_no": "示公（禁）社康决字〔2026〕3号"}
    return _read("order", **typed)


_STATES: Final = {
    "choose": lambda: _choose(False),
    "choose_nothing": lambda: _choose(True),
    "first": lambda: _page("in_force", "urine_test", form.Answers({form.DAY: DAY}, TODAY)),
    "filled": _reported,
    "faults": _faults,
    "units": _choosing_a_unit,
    "units_found": lambda: Units("to_unit", PLACES, 2, "坡村"),
    "long": lambda: _page("empty", "person", form.Answers({form.DAY: DAY, "name": "符某某"}, TODAY)),
    "check": lambda: _check("ended", "order", _order()),
    "unusual": _unusual,
    "correct": _correct,
    "withdraw": _withdraw,
    "inline": lambda: _reported(inline=True),
    "saved_inline": _saved,
    "not_allowed": _not_allowed,
    "same_id": _same_id,
    "already_corrected": _already,
}


def page_in_state(name: str) -> Shown:
    """The page in one of its named states."""
    return _STATES[name]()
