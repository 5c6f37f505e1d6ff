"""A cell of a ledger with what is wrong with it, where it stands, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.web.component import State, Text, say


@dataclass(frozen=True, slots=True)
class FaultCell:
    """`value` exactly as it was typed; `message` what is wrong. A `warning` holds nothing back."""

    value: str
    message: Text = ""
    warning: bool = False

    def html(self) -> SafeString:
        """The value, and under it the fault in words."""
        value = escape(self.value) or '<span class="quiet">—</span>'
        if not self.message:
            return SafeString(value)
        look, shape = ("gap", "◇") if self.warning else ("fault", "✕")
        return SafeString(
            f'<span class="cell-fault {look}"><span class="cell-value">{value}</span>'
            f'<span class="cell-said"><i aria-hidden="true">{shape}</i>'
            f"{escape(say(self.message))}</span></span>"
        )


STATES: Final = (
    State("good", Label("无误", "Good"), FaultCell("2026-11-23")),
    State(
        "fault",
        Label("有误", "Fault"),
        FaultCell("2026.13.5", Label("没有 13 月，请改日期", "There is no month 13: mend the day")),
    ),
    State(
        "empty", Label("缺项", "Missing"), FaultCell("", Label("请填写证件号", "Enter the identity number"))
    ),
    State(
        "warning",
        Label("提醒", "Warning"),
        FaultCell("981010851201002", Label("15 位旧证件号", "Old 15-digit number"), warning=True),
    ),
)
