"""A notice that stays where it is: something saved, something to know, something refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.word.component import WORDS


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` is one of WORDS (fresh, gap, late …) or `info`. `text` says what happened; `next` what to do."""

    kind: str
    text: Text
    next: Text = ""
    actions: tuple[Button, ...] = ()

    @property
    def shape(self) -> str:
        """The shape before the words; nothing for plain information."""
        return WORDS[self.kind][0] if self.kind in WORDS else ""


STATES: Final = (
    State(
        "info",
        Label("告知", "Information"),
        Notice("info", Label("本次查阅已记录。", "This reading has been recorded.")),
    ),
    State(
        "saved",
        Label("已保存", "Saved"),
        Notice(
            "fresh",
            Label("已保存 2026-11-23 10:05 · 回执 8F2K90AB", "Saved 2026-11-23 10:05 · receipt 8F2K90AB"),
            Label("已完成“11-23 检测”，下次 2026-12-23。", "Done: test of 11-23; next 2026-12-23."),
            (Button(Label("登记下一人", "Record the next person"), href="#"),),
        ),
    ),
    State(
        "read_only",
        Label("只读", "Read only"),
        Notice(
            "barred",
            Label(
                "此档案已于 2026-11-17 移交南园村，本单位只能查看。",
                "This file moved to Nanyuan village on 2026-11-17; your unit can only read it.",
            ),
        ),
    ),
    State(
        "gap",
        Label("待核", "To check"),
        Notice(
            "gap",
            Label(
                "文书载明的期满日与推算不一致：文书 2028-03-20，推算 2028-03-05。",
                "The printed end differs from the computed one: 2028-03-20 printed, 2028-03-05 computed.",
            ),
            Label("以文书为准，请核对中止天数。", "The printed day stands; check the days of suspension."),
        ),
    ),
    State(
        "late",
        Label("权利有风险", "Right at risk"),
        Notice(
            "late",
            Label(
                "强制隔离戒毒已到期 1 天，尚无解除记录。",
                "Compulsory isolation ended 1 day ago and no release is recorded.",
            ),
        ),
    ),
)
