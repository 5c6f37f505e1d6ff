"""One thing, two numbers: near each other or far apart, in the text or in its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Final

from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.finding import Finding, finding
from guitu.exchange.figures.text import Bulletin
from guitu.kernel.labels import Label

_TELLING: Final = re.compile(
    r"病残|男|女|未成年|新增|复吸|部督|省督|重特大|镇级|村级|县级|目标|计划|力争|每|平均|人均|最|首次|初次|"
    r"上年|去年|同期|今年|本月|一季度|二季度|三季度|四季度|上半年|下半年|社区戒毒|社区康复|社康|强制隔离|自愿|应|拟|余|另|"
    r"境外|省外|外省|本省|本地|外地"
)
"""Words that make it another thing."""


MOST_ALIKE: Final = 600
"""Different statements of one kind that are compared with each other."""


def contradictions(bulletin: Bulletin, found: Sequence[Stated]) -> Iterator[Finding]:
    """Each thing that is given two numbers, once."""
    for group in _groups(bulletin, found):
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


def _groups(bulletin: Bulletin, found: Sequence[Stated]) -> Iterable[list[Stated]]:
    """The numbers that contradict each other, joined where they share one."""
    leader: dict[int, int] = {}

    def first(place: int) -> int:
        while leader.setdefault(place, place) != place:
            place = leader[place]
        return place

    members: dict[int, Stated] = {}
    for alike in _of_one_kind(found):
        for one, two in combinations(alike, 2):
            if _same_thing(one, two) and not _agree(one, two) and not _one_of_which(bulletin, one, two):
                members[one.number.start], members[two.number.start] = one, two
                a, b = sorted((first(one.number.start), first(two.number.start)))
                leader[b] = a
    joined: dict[int, list[Stated]] = {}
    for place in sorted(members):
        joined.setdefault(first(place), []).append(members[place])
    return joined.values()


def _of_one_kind(found: Sequence[Stated]) -> Iterable[list[Stated]]:
    """The numbers that could be compared at all: what is counted, and as what it is stated, agree. What only
    repeats an earlier number is left out, and what goes on longer than any bulletin does."""
    kinds: dict[tuple[str, str, str], dict[object, Stated]] = {}
    for stated in found:
        if _comparable(stated):
            unit = stated.number.unit if stated.number.family == "other" else ""
            alike = kinds.setdefault((stated.number.family, unit, stated.role), {})
            claim = (
                stated.article, stated.what, stated.key, stated.scope, stated.period, stated.places,
                stated.part, stated.one_case, stated.signed,
            )  # fmt: skip
            if len(alike) < MOST_ALIKE:
                alike.setdefault(claim, stated)
    return [list(alike.values()) for alike in kinds.values()]


def _one_of_which(bulletin: Bulletin, one: Stated, two: Stated) -> bool:
    """Whether the second is a part of the first: 受众 350 万人次，其中校园活动 …受众 96 万人次."""
    return one.sentence == two.sentence and "其中" in bulletin.text[one.number.end : two.number.start]


def _unit(stated: Stated) -> str:
    return "" if stated.number.unit in "%‰" else stated.number.unit


def _comparable(stated: Stated) -> bool:
    number = stated.number
    return bool(number.family) and number.family != "duration" and not number.small and not number.ranged


def _agree(one: Stated, two: Stated) -> bool:
    (low, high), (other_low, other_high) = one.signed, two.signed
    return low <= other_high and other_low <= high


def _same_thing(one: Stated, two: Stated) -> bool:
    a, b = one.number, two.number
    if one.article != two.article and not (one.scope and one.scope == two.scope):
        return False
    if one.scope and two.scope and one.scope != two.scope:
        return False
    if one.period and two.period and one.period != two.period:
        return False
    if one.places and two.places and one.places != two.places:
        return False
    if one.part != two.part or one.one_case != two.one_case or _telling(one.what) != _telling(two.what):
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
    misprint = is_misprint(a.value, b.value)
    if one.period != two.period:
        return misprint
    close = one.places == two.places and _within_factor(one, two, 3 if near else 2)
    return alike or misprint or close


def _within_factor(one: Stated, two: Stated, factor: int) -> bool:
    small, large = sorted((one.number.value, two.number.value))
    return large <= factor * small


@lru_cache(maxsize=4096)
def _telling(what: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(what))


def _one_in_the_other(one: str, two: str) -> bool:
    """Whether the shorter wording is the longer with words left out."""
    short, long = sorted((one, two), key=len)
    if len(short) < 4 or len(short) < 0.6 * len(long):
        return False
    rest = iter(long)
    return all(mark in rest for mark in short)


def is_misprint(one: Decimal, two: Decimal) -> bool:
    """Whether one number is the other with a digit lost, changed, or two swapped, or the point moved."""
    a, b = (re.sub(r"\D", "", f"{value.normalize():f}").lstrip("0") for value in (one, two))
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
