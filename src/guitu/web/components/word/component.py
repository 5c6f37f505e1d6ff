"""The word for a state: a shape and a word; a colour only for late, today, or just done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.pathway.model import Duty
from guitu.web.component import State, Text, say

WORDS: Final[dict[str, tuple[str, Label]]] = {
    "late": ("▲", Label("逾期", "Overdue")),
    "right": ("▲", Label("权利", "Right at risk")),
    "today": ("●", Label("今天", "Today")),
    "open": ("○", Label("未到期", "Not due")),
    "done": ("✓", Label("已办", "Done")),
    "fresh": ("✓", Label("刚办结", "Just done")),
    "barred": ("▬", Label("不可办", "Cannot start")),
    "gap": ("◇", Label("待核", "To check")),
    "fault": ("✕", Label("有误", "Fault")),
    "hidden": ("※", Label("已隐去", "Hidden")),
}
"""Each state's shape and usual word. Late and right are red, today yellow, fresh green; all else ink."""


@dataclass(frozen=True, slots=True)
class Word:
    """`kind` is one of WORDS; `text` replaces its usual word (`逾期 3 天`)."""

    kind: str
    text: Text = ""

    def html(self) -> SafeString:
        """Shape and word; the shape is not read aloud, because the word says the same."""
        shape, usual = WORDS[self.kind]
        text = escape(say(self.text or usual))
        name = "veiled" if self.kind == "hidden" else self.kind  # `.hidden` is not seen on the screen
        return SafeString(f'<span class="word {name}"><i aria-hidden="true">{shape}</i>{text}</span>')


def days_word(days: int) -> Label:
    """How far a day is: 逾期 3 天, 今天, 还有 12 天."""
    if days < 0:
        return Label(f"逾期 {-days} 天", f"{-days} day{'s' if days < -1 else ''} overdue")
    if days == 0:
        return Label("今天", "Today")
    return Label(f"还有 {days} 天", f"in {days} day{'s' if days > 1 else ''}")


def word_of(duty: Duty, on: date) -> Word:
    """The state of a duty on the day asked about."""
    if duty.state == "done":
        return Word("done")
    if duty.state == "waived":
        return Word("barred", Label("不再要求", "No longer required"))
    if duty.due is None:
        return Word("open", Label("尽快", "Promptly"))
    days = (duty.due - on).days
    if duty.state == "overdue" or days < 0:
        return Word("late", days_word(min(days, -1)))
    return Word("today") if days == 0 else Word("open", days_word(days))


STATES: Final = tuple(State(kind, label, Word(kind)) for kind, (_shape, label) in WORDS.items())
