"""From, to and the change between them, when all are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from guitu.exchange.figures.context import DOWN, UP, Stated
from guitu.exchange.figures.finding import Finding, finding
from guitu.exchange.figures.text import Bulletin, plain
from guitu.kernel.labels import Label

_NOW: Final = re.compile(r"今年|本年|本月|本季度|现|目前|当前|同比|为|达|到|至")
_EARLIER: Final = re.compile(
    r"(?:比|较|与)?(?:上年|去年|上月|上季度?|上半年|前年|同期|此前|原来|原有|年初|整治前|基期)[^，,。；;\d]{0,12}$"
)
_YEAR: Final = re.compile(r"((?:19|20)\d{2})年")
_LINKS: Final = re.compile(
    r"同比|环比|比上年|较上年|比去年|较去年|上年|去年|同期|相比|幅度|累计|平均|年均|历史|低位|高位|水平|左右|"
    r"达到?|[了为约近共的最，,、；;（）()\s]"
)
_MARK: Final = re.compile(f"{DOWN}|{UP}")


def changes(bulletin: Bulletin, found: Sequence[Stated]) -> Iterator[Finding]:
    """Each stated change that is not the difference of the two numbers it is about."""
    seen = plain(bulletin.text)
    for at, stated in enumerate(found):
        if stated.role == "to" and at and found[at - 1].role == "from":
            wrong = _direction(seen, found[at - 1], stated)
            if wrong is not None:
                yield finding("change_mismatch", bulletin, [found[at - 1], stated], wrong)
        if stated.role != "change" or stated.number.ranged:
            continue
        pair = _pair(seen, found, at)
        if pair is not None:
            message = _compared(*pair, stated)
            if message is not None:
                yield finding("change_mismatch", bulletin, [*pair, stated], message)


def _direction(seen: str, start: Stated, end: Stated) -> Label | None:
    between = seen[start.number.end : end.number.start]
    down, up = re.search(DOWN, between), re.search(UP, between)
    if bool(down) == bool(up) or start.number.family != end.number.family:
        return None
    grew = end.number.quantity.low > start.number.quantity.high
    fell = end.number.quantity.high < start.number.quantity.low
    if (down and grew) or (up and fell):
        said_zh, said_en = ("下降", "a fall") if down else ("上升", "a rise")
        return Label(
            f"文中说{said_zh}，但从 {start.number.printed} 到 {end.number.printed} 正相反。",
            f"the text says {said_en}, but from {start.number.printed} to {end.number.printed} is the "
            "opposite.",
        )
    return None


def _pair(seen: str, found: Sequence[Stated], at: int) -> tuple[Stated, Stated] | None:
    """Start and end of the change: the two numbers of one kind right before it in the same sentence."""
    change = found[at]
    before = [stated for stated in found[max(0, at - 4) : at] if stated.sentence == change.sentence]
    levels = [stated for stated in before if stated.role != "change" and not stated.number.ranged]
    if len(levels) == 1 and levels[0] is before[-1]:
        return _end_after(seen, found, at)
    if len(levels) < 2:
        return None
    one, two = levels[-2:]
    if any(stated.role != "change" for stated in before[before.index(two) + 1 :]):
        return None
    if one.number.family != two.number.family or one.number.family in ("duration", ""):
        return None
    if not _belongs(seen[before[-1].number.end : change.number.start]):
        return None
    if one.role == "from" and two.role == "to":
        return one, two
    between = seen[one.number.end : two.number.start]
    if _EARLIER.search(between) and len(between) <= 24:
        return two, one
    lead = seen[bulletin_start(seen, one) : one.number.start]
    years = _YEAR.findall(lead)[-1:], _YEAR.findall(between)[-1:]
    if years[0] and years[1] and years[0] != years[1]:
        return (one, two) if years[0] < years[1] else (two, one)
    if _EARLIER.search(lead) and _NOW.search(between):
        return one, two
    return None


def _end_after(seen: str, found: Sequence[Stated], at: int) -> tuple[Stated, Stated] | None:
    """“由 88.5% 提高 8.37 个百分点，达到 96.87%”: the end stands after the change."""
    if at + 1 >= len(found):
        return None
    start, change, end = found[at - 1 : at + 2]
    between = seen[change.number.end : end.number.start]
    said = re.search(r"(?:从|由|自|上年|去年|同期)[^，,。；;]*$", start.clause)
    follows = re.fullmatch(
        r"[\u4e00-\u9fff]{0,3}[，,]?(?:达到?|升至|降至|增至|减至|上升到|下降到|为)", between
    )
    if said and follows and end.sentence == change.sentence and end.number.family == start.number.family:
        return start, end
    return None


def bulletin_start(seen: str, stated: Stated) -> int:
    """Where the words before a number begin."""
    return stated.number.start - len(stated.before)


def _belongs(between: str) -> bool:
    """Whether the words between the end and the change bring no new subject."""
    bare = _LINKS.sub("", _MARK.sub("", between))
    return len(re.sub(r"^(?:人次|人|名|宗|起|件|例|场|家|支|个|元|%|‰)", "", bare)) <= 3


def _compared(start: Stated, end: Stated, change: Stated) -> Label | None:
    a, b, c = start.number, end.number, change.number
    if not (a.quantity.exact and b.quantity.exact and c.quantity.exact):
        return None
    half_a, half_b, half_c = (Decimal("0.5").scaleb(-n.decimals) for n in (a, b, c))
    if a.family not in ("percent", "permille", "point"):
        half_a = half_b = Decimal(0)
    difference = b.value - a.value
    allowed: list[Decimal] = []
    if c.family == "point" or c.family == a.family:
        slack = half_a + half_b + half_c
        allowed.append(difference)
        if _fits(difference, c.value, change.sign, slack):
            return None
    if c.family in ("percent", "times") and a.value:
        factor = Decimal(100) if c.family == "percent" else Decimal(1)
        relative = difference / a.value * factor
        slack = half_c + abs(relative) * ((half_a + half_b) / a.value) + (half_a + half_b) / a.value * factor
        allowed.append(relative)
        if _fits(relative, c.value, change.sign, slack):
            return None
    if not allowed:
        return None
    ours = "、".join(_said(value, c.family) for value in allowed)
    said = ("下降" if change.sign < 0 else "上升") + c.printed + ("个百分点" if c.family == "point" else "")
    return Label(
        f"从 {a.printed} 到 {b.printed} 应为{ours}，文中写的是{said}。",
        f"from {a.printed} to {b.printed} is {', '.join(f'{value:+.2f}' for value in allowed)}, "
        f"the text says {'-' if change.sign < 0 else '+'}{c.printed}.",
    )


def _fits(true: Decimal, printed: Decimal, sign: int, slack: Decimal) -> bool:
    return abs(true - sign * printed) <= slack + Decimal("0.000001")


def _said(value: Decimal, family: str) -> str:
    unit = {"percent": "%", "point": "个百分点", "times": "倍", "permille": "‰"}.get(family, "")
    amount = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    return ("下降 " if value < 0 else "上升 ") + amount + unit
