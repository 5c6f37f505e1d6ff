"""The words of the training pages, and where they are."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.centre.exercise import Clearance
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.word.component import Word

ROOT: Final = "/training/"
TITLE: Final = Label("康复训练", "Rehabilitation training")
SAVE: Final = Label("保存", "Save")
CANCEL: Final = Label("取消", "Cancel")


def choices(kind: str, name: str) -> dict[str, Label]:
    """The answers that a kind declares for one question, in their words."""
    return {choice.value: choice.label for choice in kinds()[kind].ask(name).choices}


WHAT: Final = choices("training_exception", "what")
FORMS: Final = choices("exercise_prescription", "form")
OCCASIONS: Final = choices("fitness_test", "occasion")
SIGNS: Final = choices("training_stop", "sign")


def crumbs(*more: Crumb) -> Crumbs:
    """The way down from the first page."""
    return Crumbs((Crumb(TITLE, ROOT), *more))


def person_at(case_no: str) -> str:
    """Where one person's training is."""
    return f"{ROOT}people/{case_no}/"


def clearance_word(given: Clearance | None, on: date) -> Word:
    """A clearance in a word: no illness, no sign, only whether it holds."""
    if given is None:
        return Word("gap", Label("待医生检查", "For the doctor to examine"))
    if given.conclusion == "not_cleared":
        return Word("barred", Label("暂不能训练", "May not train now"))
    if given.stopped_on is not None:
        said = Label(f"{given.stopped_on} 停训，待复查", f"stopped {given.stopped_on}, to be examined")
        return Word("barred", said)
    if not given.holds(on):
        return Word("gap", Label(f"{given.until} 到期", f"ran out {given.until}"))
    limited = (
        Label("限度内可以", "within limits") if given.conclusion == "limited" else Label("可以", "cleared")
    )
    if given.runs_out(on):
        return Word("gap", Label(f"{given.until} 到期，请复查", f"runs out {given.until}: examine"))
    return Word("done", Label(f"{limited.zh}，至 {given.until}", f"{limited.en}, until {given.until}"))
