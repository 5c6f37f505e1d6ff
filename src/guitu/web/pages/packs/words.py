"""The words of these pages' templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Words:
    """One for each place in a template."""

    steps: Label
    register: Label
    adds_up: Label
    breaks: Label
    changes: Label
    take: Label
    back: Label
    correct: Label
    act: Label
    correcting: Label
    actions: Label


WORDS: Final = Words(
    steps=Label("办理步骤", "The steps"),
    register=Label("在册人员增减", "The register"),
    adds_up=Label("期初＋增加－减少＝期末，核对相符", "opening + in − out = closing: it comes out"),
    breaks=Label("期初＋增加－减少与期末不符", "opening + in − out is not the closing"),
    changes=Label("变动原因", "Why figures changed"),
    take=Label("下载", "Take along"),
    back=Label("退回", "Return"),
    correct=Label("出更正报", "Correct it"),
    act=Label("办理", "What to do"),
    correcting=Label(
        "已报送的不改动。更正报按现有记录重新汇总，写明更正哪一份、为什么，再走一遍核对、审签、报送。",
        "What was submitted stays. A correction is put together anew from what is recorded now, says what it"
        " corrects and why, and is checked, signed and submitted in its turn.",
    ),
    actions=Label("议定事项", "Actions decided"),
)
