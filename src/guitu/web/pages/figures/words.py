"""The words of the two pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guitu.exchange.figures.reading import MOST_CHARACTERS
from guitu.kernel.labels import Label

DESK: Final[Mapping[str, Label]] = {
    "lead": Label(
        "稿件里的每个数字对不对、有没有出处？不保存任何内容。",
        "Is every number of this draft right, and where does it come from? Nothing is kept.",
    ),
    "text": Label("稿件正文", "The draft"),
    "hint": Label(
        f"粘贴通报、简报或工作总结，最多 {MOST_CHARACTERS:,} 字。正文和“数说”一起贴，才能看出前后不一。",
        f"Paste a bulletin, a brief or a report, up to {MOST_CHARACTERS:,} characters. Paste the text "
        "together with its box, so that differences between them show.",
    ),
    "check": Label("核对数字", "Check the numbers"),
    "busy": Label("正在核对…", "Checking…"),
}

RESULT: Final[Mapping[str, Label]] = {
    "download": Label("下载核对结果", "Download what was found"),
    "again": Label("再核对一份", "Check another"),
    "faults": Label("有误", "Faults"),
    "none": Label(
        "没有发现自相矛盾、单位不合理、合计或增减不符的数字。",
        "No contradictions, impossible units, or sums and changes that do not fit were found.",
    ),
    "draft": Label("稿件", "The draft"),
    "matched": Label("有对应指标", "has an indicator"),
    "wrong": Label("有误", "fault"),
    "open": Label("无对应指标", "no indicator"),
}
