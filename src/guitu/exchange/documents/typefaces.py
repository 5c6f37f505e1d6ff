"""The typefaces of printed notices, in the order wanted; the first that the machine has is used, and none is
shipped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

_SERIF: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun")
_SANS: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei",
)  # fmt: skip
BODY: Final = (
    "FangSong", "STFangsong", "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC",
    "SimSun", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Of a notice's text: 仿宋 first (GB/T 9704), then whatever serif there is."""
TITLE: Final = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", *_SERIF, *_SANS)
"""Of its title: 小标宋."""
FIRST: Final = ("SimHei", "STHeiti", *_SANS, *_SERIF)
"""Of its headings of the first level: 黑体."""
SECOND: Final = ("KaiTi", "STKaiti", "KaiTi_GB2312", *_SERIF, *_SANS)
"""Of those of the second level: 楷体."""


class NoTypeface(GuituError):
    """The machine has no Chinese typeface."""


@cache
def body() -> str:
    """The typeface of this machine for a notice's text. Raises NoTypeface where there is none."""
    return chosen(BODY)


@cache
def chosen(wanted: Sequence[str]) -> str:
    """The first of these typefaces that this machine has. Raises NoTypeface where there is none."""
    import typst

    have = set(typst.Fonts(include_embedded_fonts=False).families())
    for name in wanted:
        if name in have:
            return name
    raise NoTypeface(
        Label(
            "这台机器没有中文字体，做不出文书；请管理员安装一种（如思源宋体）。",
            "This machine has no Chinese typeface, so no document can be made; ask the administrator to"
            " install one (such as Source Han Serif).",
        )
    )
