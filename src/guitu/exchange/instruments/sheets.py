"""The sheets of a workbook in which an office writes down its own instrument: their columns, and the words
that may be chosen. Reading (`reading`) and the empty workbook (`blank`) follow the same table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.centre.instruments.model import FILLED_BY, TRANSLATIONS
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the heads of its columns, and which of them are wide."""

    name: str
    columns: tuple[str, ...]
    wide: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the first sheet. `words`: what may be chosen, by the word that is shown. `both`: Chinese
    and English; `several`: may be written on several lines."""

    key: str
    name: str
    words: tuple[tuple[str, str], ...] = ()
    both: bool = False
    several: bool = False
    hint: str = ""


ABOUT: Final = Sheet("量表", ("项目", "中文", "English", "怎么填"), (1, 2, 3))
ITEMS: Final = Sheet(
    "题目",
    ("题号", "题干", "题干 English", "题目", "题目 English", "选项组", "反向计分", "前提题", "前提答案"),
    (1, 2, 3, 4),
)
OPTIONS: Final = Sheet("选项", ("选项组", "答案", "计分", "中文", "English"), (3, 4))
SCALES: Final = Sheet(
    "得分", ("代号", "中文", "English", "题目", "算法", "乘以", "小数位", "可缺题数"), (1, 2)
)
BANDS: Final = Sheet("分段", ("得分代号", "从", "到", "中文", "English"), (3, 4))
FLAGS: Final = Sheet(
    "提示",
    ("代号", "中文", "English", "当日要有人看", "得分代号", "得分至少", "题目", "答案至少", "至少几题"),
    (1, 2),
)
SHEETS: Final = (ABOUT, ITEMS, OPTIONS, SCALES, BANDS, FLAGS)
NEEDED: Final = frozenset({ABOUT.name, ITEMS.name, OPTIONS.name, SCALES.name})

YES: Final = frozenset({"是", "yes", "y", "1", "true"})
HOW: Final = {"合计": "sum", "平均": "mean", "计数": "count"}
ALL: Final = "全部"


def _first(label: Label) -> str:
    return label.zh.split("，")[0].rstrip("。")


LINES: Final = (
    Line("key", "代号", hint="小写字母、数字和下划线，例如 sleep_diary"),
    Line("version", "版本", hint="从 1 起，每改一次加一"),
    Line("label", "名称", both=True),
    Line("measures", "测什么", both=True),
    Line("window", "问的时间", both=True, hint="例如：过去两周"),
    Line("filled_by", "谁来填", words=tuple((label.zh, key) for key, label in FILLED_BY.items())),
    Line("higher", "分数越高", words=(("越重", "worse"), ("越好", "better"))),
    Line("translation", "中文题目", words=tuple((_first(label), key) for key, label in TRANSLATIONS.items())),
    Line("licence", "许可", both=True, hint="凭什么可以使用"),
    Line("credit", "署名"),
    Line("sources", "出处", several=True, hint="可写多行"),
    Line("last_checked", "核对日期", hint="例如 2026-11-26"),
    Line("cautions", "注意事项", both=True, several=True, hint="可不填，可写多行"),
)
