"""Finds every number that a bulletin states, and leaves alone what only looks like one: days, document
numbers, ordinals, clock times, names such as “四区五中心” and 14+14+14."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from guitu.exchange.figures.masks import masked
from guitu.exchange.figures.numerals import Quantity, chinese, quantity, scale_of
from guitu.exchange.figures.text import plain

UNITS: Final = {
    "person_time": ("人次",),
    "person": ("人", "名", "位"),
    "event": ("场次", "场", "次"),
    "batch": ("批次", "批"),
    "case": ("宗", "起", "件", "例"),
    "venue": ("家",),
    "team": ("支",),
    "unit": ("个", "所", "处", "座"),
    "yuan": ("元",),
    "kg": ("公斤", "千克", "kg", "克", "吨"),
    "percent": ("%",),
    "permille": ("‰",),
    "point": ("个百分点", "百分点"),
    "duration": (
        "个月", "个工作日", "个小时", "小时", "分钟", "工作日", "天", "日", "年", "月", "周", "季度",
        "学时", "课时",
    ),
    "times": ("倍",),
    "other": (
        "升", "毫升", "户", "辆", "套", "台", "份", "册", "条", "篇", "期", "部", "张", "块", "间", "亩",
        "平方米", "公里", "米", "笔", "幅", "项", "枚", "株", "瓶", "艘", "组", "对", "则", "班", "页", "门",
        "本", "桶", "箱", "队", "成", "站", "粒", "种", "类",
    ),
}  # fmt: skip
"""What is counted, by the words for it. `other` are counted, but no two of them alike."""

_FAMILY: Final = {word: family for family, words in UNITS.items() for word in words}
_WEIGHTS: Final = {"克": Decimal("0.001"), "吨": Decimal(1000)}
_WORDS: Final = "|".join(sorted(map(re.escape, _FAMILY), key=len, reverse=True))

_UNIT: Final = re.compile(rf"\s?(?P<more>[多余来])?(?P<unit>{_WORDS})(?P<after>以上|左右|上下|多|余)?")
_BEFORE: Final = r"(?P<about>近|将近|接近|不足|不到|大约|约|逾|超过|超|突破|至少)?(?:达)?\s?"
_CN: Final = "零〇一二两三四五六七八九十百"
_SCALE: Final = r"(?P<scale>万亿|百亿|千亿|亿|百万|千万|万|千|百)?"
_ARABIC: Final = re.compile(
    rf"{_BEFORE}(?P<sign>(?<![\d\w])-)?(?P<core>(?<![\d.])(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?)"
    rf"\s?(?P<mid>[多余来])?{_SCALE}(?P<mid2>[多余来])?"
)
_SHARE: Final = re.compile(rf"{_BEFORE}(?P<kind>百分之|千分之|万分之)(?P<core>[{_CN}]+(?:点[{_CN}]+)?)")
_CHINESE: Final = re.compile(
    rf"{_BEFORE}(?<![第数几\d.])(?P<core>[一二两三四五六七八九十][{_CN}千万亿]*)(?P<mid>[多余来])?"
)
_RANGE: Final = re.compile(r"\s?(?:-|—|–|~|～|至|到)\s?")
_BRACKETS: Final = re.compile(rf"[（(](?:单位[:：])?({_WORDS})[）)]")
_LABELLED: Final = re.compile(r"(?:[:：\t为]|是|达到?|有|共计?|合计|总计)\s?$")

_SMALL_UNITS: Final = {"person", "person_time", "case", "event", "venue", "team"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its place. `printed` is its digits with % or ‰; `unit` the word after it; `family` what
    is counted. `small` is a Chinese numeral under ten (三家): read, and never complained of alone. `ranged`
    is one end of a range."""

    start: int
    end: int
    printed: str
    quantity: Quantity
    unit: str
    family: str
    small: bool = False
    ranged: bool = False
    decimals: int = 0
    negative: bool = False

    @property
    def value(self) -> Decimal:
        """The value in the family's own unit: yuan, kilograms."""
        return self.quantity.value


def numbers(text: str) -> list[Number]:
    """Every stated number in the order of the text."""
    seen = plain(text)
    hidden = masked(seen)
    found: list[Number] = []
    at = 0
    for match, kind in _candidates(seen):
        if match.start("core") < at or hidden[match.start("core")] or hidden[match.end("core") - 1]:
            continue
        number = _number(seen, text, match, kind)
        if number is not None:
            found.append(number)
            at = number.end
    return _ranges(seen, found)


def _candidates(seen: str) -> Iterator[tuple[re.Match[str], str]]:
    every = [(match, "arabic") for match in _ARABIC.finditer(seen)]
    every += [(match, "share") for match in _SHARE.finditer(seen)]
    every += [(match, "chinese") for match in _CHINESE.finditer(seen)]
    every.sort(key=lambda item: (item[0].start("core"), item[1] != "share"))
    return iter(every)


def _number(seen: str, text: str, match: re.Match[str], kind: str) -> Number | None:
    if kind == "share":
        return _share(text, match)
    groups = match.groupdict()
    words = [groups["about"], groups["mid"], groups.get("mid2")]
    if kind == "arabic":
        digits = match["core"].replace(",", "")
        scale = scale_of(match["scale"] or "")
        value: Decimal | None = Decimal(digits) * scale
        decimals = len(digits.partition(".")[2])
        step = Decimal(scale) / 10**decimals
    else:
        value, decimals, step, scale = chinese(match["core"]), 0, Decimal(1), 1
    if value is None:
        return None
    unit = _UNIT.match(seen, match.end())
    word = unit["unit"] if unit else ""
    if not word:
        word = _unit_in_brackets(seen, match.start("core"))
    family = _FAMILY.get(word, "")
    if unit:
        words += [unit["more"], unit["after"]]
    if kind == "chinese" and not _means_a_count(match["core"], family, value):
        return None
    if unit is None and not _stands_alone(seen, match, kind):
        return None
    if family == "kg":
        weight = _WEIGHTS.get(word, Decimal(1))
        value, step = value * weight, step * weight
    end = unit.end() if unit else match.end()
    printed = text[match.start("core") : match.end()].strip() + (word if word in "%‰" else "")
    measured = quantity(value, step, tuple(said for said in words if said))
    small = kind == "chinese" and value < 10
    return Number(
        match.start("sign") if groups.get("sign") else match.start("core"),
        end,
        printed,
        measured,
        word,
        family,
        small=small,
        decimals=decimals,
        negative=bool(groups.get("sign")),
    )


def _stands_alone(seen: str, match: re.Match[str], kind: str) -> bool:
    """Whether a number without a unit is one all the same: after a colon, in a table, “共 12”."""
    after = seen[match.end() : match.end() + 1]
    labelled = _LABELLED.search(seen, 0, match.start("core"))
    return kind == "arabic" and labelled is not None and not re.match(r"[A-Za-z\u4e00-\u9fff-]", after)


def _unit_in_brackets(seen: str, place: int) -> str:
    """The unit of “获证率（%）：91.5” and of a table's row, where the number itself has none."""
    found = _BRACKETS.findall(seen[seen.rfind("\n", 0, place) + 1 : place])
    return found[-1] if found else ""


def _share(text: str, match: re.Match[str]) -> Number | None:
    value = chinese(match["core"])
    if value is None:
        return None
    decimals = len(match["core"].partition("点")[2])
    words = (match["about"],) if match["about"] else ()
    measured = quantity(value, Decimal(1).scaleb(-decimals), words)
    family = "percent" if match["kind"] == "百分之" else "permille"
    if match["kind"] == "万分之":
        measured = Quantity(value / 10, measured.low / 10, measured.high / 10)
    printed = text[match.start("kind") : match.end()]
    return Number(match.start("kind"), match.end(), printed, measured, "", family, decimals=decimals)


def _means_a_count(core: str, family: str, value: Decimal) -> bool:
    """一批, 万人 and 十分 are no counts; 十二家, 一百四十五场 and 三家 are."""
    if not family or family in ("duration", "times") or core in ("十", "一", "百", "千", "万", "亿"):
        return family in ("person", "person_time") and core == "十"
    if value < 10:
        return family in _SMALL_UNITS
    return True


def _ranges(seen: str, found: list[Number]) -> list[Number]:
    """Both ends of 12—15人 are marked: neither is a number of its own."""
    marked = list(found)
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        between = seen[one.end : two.start]
        if _RANGE.fullmatch(between) and (not one.family or one.family == two.family) and between.strip():
            for place in (at, at + 1):
                number = marked[place]
                marked[place] = Number(
                    number.start, number.end, number.printed, number.quantity, number.unit or two.unit,
                    number.family or two.family, number.small, True, number.decimals, number.negative,
                )  # fmt: skip
    return marked
