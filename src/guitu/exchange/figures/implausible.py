"""Units that cannot be meant: ‰ printed as %, shares over 100%, a fall of more than 100%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.finding import Finding, finding
from guitu.exchange.figures.text import Bulletin
from guitu.exchange.figures.words import Topic, topics
from guitu.kernel.labels import Label


def implausible(bulletin: Bulletin, found: Sequence[Stated]) -> Iterator[Finding]:
    """Each number whose unit cannot be right."""
    by_key = {topic.key: topic for topic in topics()}
    for stated in found:
        if stated.number.ranged:
            continue
        topic = by_key.get(stated.key)
        message = _of_topic(topic, stated) if topic and topic.unit and stated.role != "change" else None
        message = message or _of_itself(stated)
        if message is not None:
            yield finding("implausible_unit", bulletin, [stated], message)


def _of_topic(topic: Topic, stated: Stated) -> Label | None:
    number = stated.number
    low, high = topic.plausible
    if number.family not in ("percent", "permille") or topic.unit not in ("percent", "permille"):
        return None
    if topic.unit == "permille":
        printed = number.value * 10 if number.family == "percent" else number.value
        if _within(printed, low, high):
            return None
        if number.family == "percent" and _within(number.value, low, high):
            return Label(
                f"“{number.printed}”多半应为 {number.value}‰：此项以‰计，"
                f"{number.value}% 超出合理范围（最多 {high}‰）。",
                f"“{number.printed}” most likely means {number.value}‰: this figure is given in ‰, and "
                f"{number.value}% is beyond what is plausible (at most {high}‰).",
            )
        return Label(
            f"“{number.printed}”超出此项的合理范围（最多 {high}‰）。",
            f"“{number.printed}” is beyond what is plausible for this figure (at most {high}‰).",
        )
    if number.family == "permille":
        return Label(
            f"“{number.printed}”多半应为 {number.value}%：此项以%计。",
            f"“{number.printed}” most likely means {number.value}%: this figure is given in %.",
        )
    if not _within(number.value, low, high):
        return Label(
            f"“{number.printed}”超出此项的合理范围（{low}%—{high}%）。",
            f"“{number.printed}” is beyond what is plausible for this figure ({low}%–{high}%).",
        )
    return None


def _of_itself(stated: Stated) -> Label | None:
    number = stated.number
    if number.family != "percent" or number.value <= 100:
        return None
    if stated.role == "change" and stated.sign < 0:
        return Label(
            f"下降“{number.printed}”不可能：最多下降 100%。",
            f"a fall of “{number.printed}” is impossible: at most 100% can be lost.",
        )
    if stated.role == "share" and not stated.clause.endswith(("完成率", "增长率", "完成率达", "增长率达")):
        return Label(
            f"占比“{number.printed}”不可能：部分不会多于整体。",
            f"a share of “{number.printed}” is impossible: a part is not more than its whole.",
        )
    return None


def _within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)
