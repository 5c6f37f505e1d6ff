"""Presets that an office turns on with a number of days of its own."""

from __future__ import annotations

import pytest

from guitu import policy
from guitu.kernel.errors import DeclarationError
from guitu.policy.model import Within


def days(*presets: str) -> int | None:
    word = policy.load("46", presets).rule("TST-7a").versions[-1].word
    assert isinstance(word, Within)
    return word.days


def test_a_preset_has_its_own_number_or_the_office_s() -> None:
    assert days("lab-report") == 3
    assert days("lab-report=5") == 5
    assert days("lab-report") == 3  # the rule itself is as it was
    assert "TST-7a" not in policy.load("46").rules


@pytest.mark.parametrize(
    ("preset", "sentence"),
    [
        ("lab-report=0", "应为 1 到 365 的整数"),
        ("lab-report=x", "应为 1 到 365 的整数"),
        ("lab-report=400", "应为 1 到 365 的整数"),
        ("FRQ-A=5", "不能自定天数"),
        ("lab-reports=5", "是不是“lab-report”"),
    ],
)
def test_a_number_that_is_none_is_refused_in_one_sentence(preset: str, sentence: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        policy.load("46", [preset])
    assert sentence in refused.value.label.zh


def test_one_preset_is_not_turned_on_twice() -> None:
    with pytest.raises(DeclarationError) as refused:
        policy.load("46", ["lab-report", "lab-report=5"])
    assert "写了两次" in refused.value.label.zh
