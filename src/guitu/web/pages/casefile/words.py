"""The words this page takes from the law's own list of names: states, endings, stretches of a measure."""

from __future__ import annotations

from guitu.kernel.labels import Label
from guitu.policy import names


def state_label(state: str | None) -> Label:
    """待报到, 执行中, 中止, 已结束; without a measure, 无措施."""
    return names().states[state] if state else Label("没有措施", "No measure")


def ending_label(how: str) -> Label:
    """How a measure ended."""
    return names().endings[how]
