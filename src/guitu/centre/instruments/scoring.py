"""Scoring: exact arithmetic on what was answered, and no total where too much is missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from guitu.centre.instruments.model import Instrument, Scale, ScaleScore, Score, Test
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

LEFT_OUT: Final = "-"
"""How an answer that was not given is written among the digits."""


class AnswerFault(GuituError):
    """An answer that the instrument does not have. `item` is the key of the question."""

    def __init__(self, item: str, label: Label) -> None:
        super().__init__(label)
        self.item = item


def score(instrument: Instrument, answers: Mapping[str, int]) -> Score:
    """The result of these answers, by item key. Raises `AnswerFault` for an answer that is not to be had, and
    the error that names the nearest item for a question that is not there."""
    for key, answer in answers.items():
        _check(instrument, key, answer)
    asked = {k: a for k, a in answers.items() if instrument.item(k).asked(answers)}
    scales = tuple(_scale(instrument, scale, asked) for scale in instrument.scales)
    by_key = {one.scale.key: one.value for one in scales}

    def holds(test: Test) -> bool:
        if test.scale:
            value = by_key[test.scale]
            if value is None:
                return False
            low = test.at_least is None or value >= test.at_least
            return low and (test.more_than is None or value > test.more_than)
        return sum(1 for key in test.items if asked.get(key, -1) >= test.answer) >= test.count

    flags = tuple(
        flag
        for flag in instrument.flags
        if all(map(holds, flag.all_of)) and (not flag.any_of or any(map(holds, flag.any_of)))
    )
    missing = tuple(i.key for i in instrument.items if i.asked(asked) and i.key not in asked)
    level = next((one for one in instrument.levels if not one.any_of or any(map(holds, one.any_of))), None)
    if level is not None and not level.any_of and missing:
        level = None  # “nothing found” is not said of questions that were left out
    return Score(instrument, scales, missing, flags, level)


def _check(instrument: Instrument, key: str, answer: int) -> None:
    item = instrument.item(key)
    if isinstance(answer, bool) or item.option(answer) is None:
        known = "、".join(str(o.answer) for o in item.options[:12])
        number = instrument.items.index(item) + 1
        raise AnswerFault(
            key,
            Label(
                f"第 {number} 题没有“{answer}”这个答案，可填：{known}",
                f"question {number} has no answer “{answer}”; use one of: {known.replace('、', ', ')}",
            ),
        )


def _scale(instrument: Instrument, scale: Scale, asked: Mapping[str, int]) -> ScaleScore:
    points = []
    for key in scale.items:
        option = instrument.item(key).option(asked[key]) if key in asked else None
        if option is not None:
            points.append(Fraction(option.points))
    left_out = len(scale.items) - len(points)
    if not points or left_out > scale.missing:
        return ScaleScore(scale, None, len(points))
    match scale.how:
        case "sum":
            value = sum(points, Fraction(0)) * len(scale.items) / len(points)
        case "mean":
            value = sum(points, Fraction(0)) / len(points)
        case _:
            value = Fraction(sum(1 for p in points if p >= scale.counts_from))
    value *= Fraction(scale.times)
    return ScaleScore(scale, _rounded(value, scale.places, scale.down), len(points), left_out > 0)


def _rounded(value: Fraction, places: int, down: bool) -> Decimal:
    """Half up, or down, from the exact number: a binary or a repeating fraction would tip a half."""
    step = int(10**places)
    scaled = value * step
    whole = int(scaled) if down else int(scaled + Fraction(1, 2))
    return (Decimal(whole) / step).quantize(Decimal(1).scaleb(-places), ROUND_DOWN if down else ROUND_HALF_UP)


def digits(instrument: Instrument, answers: Mapping[str, int]) -> str:
    """The answers in the order of the items, as they are kept: `0,2,-,1`."""
    return ",".join(str(answers.get(item.key, LEFT_OUT)) for item in instrument.items)


def from_digits(instrument: Instrument, kept: str) -> dict[str, int]:
    """The answers that `digits` wrote. Raises `AnswerFault` where they are not of this instrument."""
    parts = kept.split(",")
    if len(parts) != len(instrument.items):
        raise AnswerFault(
            "",
            Label(
                f"应有 {len(instrument.items)} 个答案，现有 {len(parts)} 个",
                f"there should be {len(instrument.items)} answers, and there are {len(parts)}",
            ),
        )
    answers: dict[str, int] = {}
    for item, part in zip(instrument.items, parts, strict=True):
        if part == LEFT_OUT:
            continue
        if not part.lstrip("-").isdigit():
            raise AnswerFault(item.key, Label(f"“{part}”不是答案", f"“{part}” is no answer"))
        _check(instrument, item.key, int(part))
        answers[item.key] = int(part)
    return answers
