"""The words of help, and where its pages are."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home.help import STAGES, Need
from guitu.home.jobs import State as JobState
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word

ROOT: Final = "/help/"
TITLE: Final = Label("帮扶", "Help")
PARTS: Final = (
    ("", Label("需求", "Needs")),
    ("work", Label("就业", "Work")),
    ("places", Label("康复场所", "Recovery places")),
    ("stations", Label("指导站", "Guidance stations")),
)
STATES: Final[dict[JobState, Label]] = {
    "ahead": Label("未到", "Not yet"),
    "due": Label("该问了", "To be asked"),
    "held": Label("在岗", "Still there"),
    "left": Label("已离岗", "Left"),
    "unknown": Label("没有问到", "Nobody asked"),
}


def address(part: str = "", unit: str = "") -> str:
    """A page of an area."""
    path = f"{ROOT}{part}/" if part else ROOT
    return f"{path}?{urlencode({'unit': unit})}" if unit else path


def of_person(case_no: str) -> str:
    """The page of one person."""
    return f"{ROOT}people/{case_no}/"


def tabs(here: str, unit: str) -> Tabs:
    """The pages of an area."""
    return Tabs(tuple(Tab(label, address(part, unit), part == here) for part, label in PARTS), TITLE)


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else "—"


def stage_word(need: Need, late: str) -> Word:
    """How far a need is, as a shape and a word."""
    label = STAGES[need.stage]
    if late:
        more = (
            Label("答复逾期", "answer overdue")
            if late == "answer"
            else Label("该复核了", "to be asked after")
        )
        return Word("late", Label(f"{label.zh}，{more.zh}", f"{label.en}, {more.en}"))
    if need.stage in ("lasted", "closed"):
        return Word("done", label)
    return Word("barred" if need.stage in ("refused", "ended") else "open", label)


def milestone_word(state: JobState) -> Word:
    """How a milestone of a job stands."""
    shape = {"held": "done", "due": "today", "left": "barred", "unknown": "gap"}.get(state, "open")
    return Word(shape, STATES[state])


def share(part: int, whole: int) -> Label:
    """87.5%（35/40）; a dash where there is nothing."""
    if not whole:
        return Label("—", "—")
    percent, of = f"{100 * part / whole:.1f}%", f"{part:,}/{whole:,}"
    return Label(f"{percent}（{of}）", f"{percent} ({of})")
