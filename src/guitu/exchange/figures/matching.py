"""Which indicator a stated number is meant for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.words import Topic, topics


def matched(found: Sequence[Stated]) -> list[Stated]:
    """The same numbers, each with the key of its indicator; "" where none says so."""
    keyed = [replace(stated, key=_key(stated)) for stated in found]
    keyed = [_restated(stated, keyed) if not stated.key else stated for stated in keyed]
    for at in range(1, len(keyed)):
        if not keyed[at].key and _goes_with(keyed[at], keyed[at - 1]):
            keyed[at] = replace(keyed[at], key=keyed[at - 1].key)
    return keyed


def _goes_with(stated: Stated, before: Stated) -> bool:
    """Whether the number only says more about the one before it: how much it changed, what share it is, how
    many of them are men and women, the same in the next year."""
    if stated.sentence != before.sentence:
        return False
    if stated.role in ("change", "base"):
        return len(stated.what) <= 2
    if stated.what == "" and stated.number.family == before.number.family and stated.number.unit:
        return stated.period != before.period
    return stated.what in ("占", "男", "女", "男性", "女性")


def _key(stated: Stated) -> str:
    if stated.number.family in ("", "duration", "other"):
        return ""
    best, most = "", 0
    for topic in topics():
        if stated.number.family in topic.families and _role_fits(topic, stated):
            score = _score(topic, stated)
            if score > most:
                best, most = topic.key, score
    return best


def _role_fits(topic: Topic, stated: Stated) -> bool:
    is_change = topic.key.endswith("_change")
    if is_change:
        return stated.role == "change"
    if topic.role == "to":
        return stated.role in ("to", "level", "share")
    if topic.role:
        return stated.role == topic.role
    return stated.role != "change"


def _score(topic: Topic, stated: Stated) -> int:
    """Words in the number's own clause count twice."""
    near = topic.said_in(stated.clause, stated.after)
    if near:
        return 2 * near
    wide = topic.said_in(stated.before, stated.after)
    share = stated.role == "share" and stated.clause.lstrip("，, ").startswith("占")
    if wide or not (share or stated.role in ("change", "to")):
        return wide
    return topic.said_in(stated.lead + stated.before, stated.after)


def _restated(stated: Stated, keyed: Sequence[Stated]) -> Stated:
    """An exact number of three digits or more that stands elsewhere in the article with its indicator is
    the same."""
    number = stated.number
    if not number.quantity.exact or len(number.printed.replace(".", "")) < 3 or stated.role != "level":
        return stated
    for other in keyed:
        same = other.number.family == number.family and other.number.quantity == number.quantity
        if other.key and same and other.article == stated.article and other.role == "level":
            return replace(stated, key=other.key)
    return stated
