"""The typefaces of printed notices, in the order wanted; the first that the machine has is used, and none is
shipped."""

from __future__ import annotations

from functools import cache
from typing import Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

BODY: Final = (
    "FangSong", "STFangsong", "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC",
    "SimSun", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Of a notice's text: 仿宋 first (GB/T 9704), then whatever serif there is."""


class NoTypeface(GuituError):
    """The machine has no Chinese typeface."""


@cache
def body() -> str:
    """The typeface of this machine for a notice's text. Raises NoTypeface where there is none."""
    import typst

    have = set(typst.Fonts(include_embedded_fonts=False).families())
    for name in BODY:
        if name in have:
            return name
    raise NoTypeface(
        Label(
            "这台机器没有中文字体，做不出文书；请管理员安装一种（如思源宋体）。",
            "This machine has no Chinese typeface, so no document can be made; ask the administrator to"
            " install one (such as Source Han Serif).",
        )
    )
