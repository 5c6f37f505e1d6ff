"""The law's counting words, as named comparisons.

以上 and 以内 include the number; 超过 and 不满 do not (民法典 art. 1259; 公安机关办理行政案件程序规定
art. 265).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from guitu.kernel.labels import Label


def at_least(count: int, number: int) -> bool:
    """以上: `number` or more."""
    return count >= number


def more_than(count: int, number: int) -> bool:
    """超过: above `number`, which is not included."""
    return count > number


def within(count: int, number: int) -> bool:
    """以内: up to `number`, which is included."""
    return count <= number


def less_than(count: int, number: int) -> bool:
    """不满: below `number`, which is not included."""
    return count < number


WORDS: Final[dict[str, Callable[[int, int], bool]]] = {
    "at_least": at_least,
    "more_than": more_than,
    "within": within,
    "less_than": less_than,
}

LABELS: Final[dict[str, Label]] = {
    "at_least": Label("{number}{unit}以上", "{number} {unit} or more"),
    "more_than": Label("超过{number}{unit}", "more than {number} {unit}"),
    "within": Label("{number}{unit}以内", "within {number} {unit}"),
    "less_than": Label("不满{number}{unit}", "less than {number} {unit}"),
}
