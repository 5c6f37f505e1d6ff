"""One thing, two numbers: near each other or far apart, in the text or in its box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.finding import Finding, finding
from guitu.exchange.figures.text import Bulletin, plain
from guitu.kernel.labels import Label

_TELLING: Final = re.compile(
    r"病残|男|女|未成年|新增|复吸|部督|省督|重特大|镇级|村级|县级|目标|计划|力争|每|平均|人均|最|首次|初次|"
    r"上年|去年|同期|今年|本月|一季度|二季度|三季度|四季度|上半年|下半年|社区戒毒|社区康复|社康|强制隔离|自愿|应|拟|余|另|"
    r"境外|省外|外省|本省|本地|外地"
)
"""Words that make it another thing."""


def contradictions(bulletin: Bulletin, found: Sequence[Stated]) -> Iterator[Finding]:
    """Each thing that is given two numbers, once."""
    candidates = [stated for stated in found if _comparable(stated)]
    groups: list[list[Stated]] = []
    for at, one in enumerate(candidates):
        for two in candidates[at + 1 :]:
            if _same_thing(one, two) and not _agree(one, two):
                _join(groups, one, two)
    for group in groups:
        group.sort(key=lambda stated: stated.number.start)
        distinct = list({stated.signed: stated for stated in reversed(group)}.values())[::-1]
        said = [stated.number.printed + _unit(stated) for stated in distinct]
        name = distinct[0].what or distinct[0].clause
        yield finding(
            "contradiction",
            bulletin,
            distinct,
            Label(
                f"同一事项“{name}”前后数字不同：{'、'.join(said)}。请核对来源，文中不能判定哪个对。",
                f"“{name}” is given different numbers: {', '.join(said)}. Check the source; "
                "the text does not decide which is right.",
            ),
        )


def _unit(stated: Stated) -> str:
    return "" if stated.number.unit in "%‰" else stated.number.unit


def _join(groups: list[list[Stated]], one: Stated, two: Stated) -> None:
    for group in groups:
        if one in group or two in group:
            group.extend(stated for stated in (one, two) if stated not in group)
            return
    groups.append([one, two])


def _comparable(stated: Stated) -> bool:
    number = stated.number
    return bool(number.family) and number.family != "duration" and not number.small and not number.ranged


def _agree(one: Stated, two: Stated) -> bool:
    (low, high), (other_low, other_high) = one.signed, two.signed
    return low <= other_high and other_low <= high


def _same_thing(one: Stated, two: Stated) -> bool:
    a, b = one.number, two.number
    if a.family != b.family or (a.family == "other" and a.unit != b.unit) or one.role != two.role:
        return False
    if one.article != two.article and not (one.scope and one.scope == two.scope):
        return False
    if one.scope and two.scope and one.scope != two.scope:
        return False
    if one.period and two.period and one.period != two.period:
        return False
    if one.places and two.places and one.places != two.places:
        return False
    if one.part != two.part or one.one_case != two.one_case or _telling(one) != _telling(two):
        return False
    same_topic = bool(one.key) and one.key == two.key
    if one.key and two.key and not same_topic:
        return False
    alike = one.what == two.what and len(one.what) >= (2 if same_topic else 4)
    near = _one_in_the_other(one.what, two.what)
    if not (alike or near or same_topic):
        return False
    if one.sentence == two.sentence:
        return alike
    misprint = is_misprint(a.printed, b.printed)
    if one.period != two.period:
        return misprint
    close = one.places == two.places and _within_factor(one, two, 3 if near else 2)
    return alike or misprint or close


def _within_factor(one: Stated, two: Stated, factor: int) -> bool:
    small, large = sorted((one.number.value, two.number.value))
    return large <= factor * small


def _telling(stated: Stated) -> frozenset[str]:
    return frozenset(_TELLING.findall(stated.what))


def _one_in_the_other(one: str, two: str) -> bool:
    """Whether the shorter wording is the longer with words left out."""
    short, long = sorted((one, two), key=len)
    if len(short) < 4 or len(short) < 0.6 * len(long):
        return False
    rest = iter(long)
    return all(mark in rest for mark in short)


def is_misprint(one: str, two: str) -> bool:
    """Whether one number is the other with a digit lost, changed, or two swapped, or the point moved."""
    a, b = (re.sub(r"\D", "", plain(text)) for text in (one, two))
    if a == b:
        return bool(a)
    short, long = sorted((a, b), key=len)
    if len(long) == len(short):
        wrong = [at for at in range(len(a)) if a[at] != b[at]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and len(a) >= 2:
            first, second = wrong
            return a[first] == b[second] and a[second] == b[first]
        return len(wrong) == 1 and len(a) >= 3
    return (
        len(long) == len(short) + 1
        and len(long) >= 3
        and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    )
