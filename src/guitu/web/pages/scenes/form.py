"""What is asked before a scene and after it, and the session that comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.http import QueryDict

from guitu.casefile import Ask, Kind
from guitu.centre.scenes import ScenePack
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.pages.record import form as record

ASKED: Final = "ask-"
STEP: Final = "step"
SECONDS: Final = "seconds"
BEFORE: Final = ("craving_before", "distress_before", "operator")
AFTER: Final = (
    "way",
    "minutes",
    "breaks",
    "ended",
    "stop_reason",
    "craving_after",
    "distress_after",
    "adverse",
    "aftercare_by",
    "note",
)
MOST_SECONDS: Final = 7200
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NO_YES: Final = (Option("no", Label("没有", "No")), Option("yes", Label("有", "Yes")))


def kind() -> Kind:
    """The kind that a scene is recorded as."""
    return kinds()["vr_session"]


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered before a scene: as typed, what is wrong with it, and whether something said yes."""

    typed: Mapping[str, str]
    faults: Mapping[str, Label]
    unwell: bool


def read_before(pack: ScenePack, data: Mapping[str, str], today: str) -> Before:
    """What the form before a scene says."""
    typed = {name: data.get(name, "") for name in BEFORE}
    answers = record.read(kind(), {**typed, record.DAY: today}, datetime.fromisoformat(today).date())
    faults = {name: answers.faults[name] for name in BEFORE if name in answers.faults}
    for question in pack.ask:
        name = ASKED + question.key
        typed[name] = data.get(name, "")
        if typed[name] not in ("no", "yes"):
            faults[name] = Label("先问这一题", "Ask this first")
    unwell = any(typed[ASKED + question.key] == "yes" for question in pack.ask)
    return Before(typed, faults, unwell)


def before_fields(pack: ScenePack, before: Before) -> tuple[Field, ...]:
    """The questions before a scene: those of the day first."""
    asked = tuple(
        Field(
            ASKED + question.key,
            question.text,
            "choice",
            value=before.typed.get(ASKED + question.key, ""),
            options=_NO_YES,
            error=before.faults.get(ASKED + question.key, ""),
        )
        for question in pack.ask
    )
    rest = tuple(
        field_of(kind().ask(name), before.typed.get(name, ""), before.faults.get(name, "")) for name in BEFORE
    )
    return (*asked, *rest)


def summary_of(faults: Mapping[str, Label], labels: Mapping[str, Label]) -> ErrorSummary | None:
    """All faults, each leading to its box."""
    if not faults:
        return None
    return ErrorSummary(
        tuple(
            Fault(
                Label(f"{labels[n].zh}：{f.zh}", f"{labels[n].en}: {f.en}") if n.startswith(ASKED) else f,
                f"f-{n}" if n in labels else "",
            )
            for n, f in faults.items()
        )
    )


def labels_of(pack: ScenePack) -> dict[str, Label]:
    """What each box is called."""
    named = {ASKED + question.key: question.text for question in pack.ask}
    return named | {ask.name: ask.label for ask in kind().fields}


def clock(at: datetime) -> str:
    """The office's time of day."""
    return at.astimezone(CHINA).strftime("%H:%M")


def session(
    pack: ScenePack, data: QueryDict, today: str, sessions_before: int
) -> tuple[record.Answers, frozenset[str]]:
    """The session that the form after a scene tells of, and the steps that were done. What the pack says is
    not asked of anybody."""
    done = frozenset(data.getlist(STEP)) & set(pack.step_keys)
    way = data.get("way", "")
    said = {name: data.get(name, "") for name in (*BEFORE, *AFTER)} | {
        record.DAY: today,
        "phase": pack.phase,
        "scene_set": pack.label.zh,
        "session_no": str(min(sessions_before + 1, 60)),
    }
    if said["ended"] == "completed":
        said["stop_reason"] = ""
    if way:
        began = data.get("began", "")
        began = began if _CLOCK.fullmatch(began) else ""
        said |= {
            "scene_pack": pack.key,
            "scene_version": str(pack.version),
            "began": began,
            "finished": _finished(began, data.get(SECONDS, ""), said["minutes"]),
            "steps_done": ",".join(key for key in pack.step_keys if key in done),
            "steps_of": str(len(pack.steps)),
        }
    answers = record.read(kind(), said, datetime.fromisoformat(today).date())
    if not way:
        answers = answers.with_fault("way", Label("请选择场景怎样进行", "Say how the scene was shown"))
    return answers, done


def _finished(began: str, seconds: str, minutes: str) -> str:
    """When it ended: so long after it began."""
    if not _CLOCK.fullmatch(began):
        return ""
    if seconds.isascii() and seconds.isdigit() and len(seconds) < 6:
        lasted = timedelta(seconds=min(int(seconds), MOST_SECONDS))
    elif minutes.isascii() and minutes.isdigit() and len(minutes) < 4:
        lasted = timedelta(minutes=int(minutes))
    else:
        return ""
    return (datetime.strptime(began, "%H:%M").replace(tzinfo=CHINA) + lasted).strftime("%H:%M")


def after_fields(answers: record.Answers) -> tuple[Field, ...]:
    """The questions after a scene."""
    return tuple(_after(kind().ask(name), answers) for name in AFTER)


def _after(ask: Ask, answers: record.Answers) -> Field:
    """One question as this page asks it: it is always a scene of this system, and says how it was shown."""
    made = field_of(
        ask, answers.typed.get(ask.name, ""), answers.faults.get(ask.name, ""), asks=kind().fields
    )
    if ask.name == "way":
        return replace(made, optional=False, options=tuple(o for o in made.options if o.value), hint="")
    if ask.name == "breaks":
        return replace(made, only_when=(), only_when_words="")
    return made
