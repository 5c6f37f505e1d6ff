"""What a written number says: 1,151 · 一百四十五 · 近1.4万 · 1900余 · 百分之三十, with how exact it is
meant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_SCALES: Final = {"万": 10**4, "亿": 10**8}

BELOW: Final = ("近", "将近", "接近", "不足", "不到")
ABOUT: Final = ("约", "大约", "左右", "上下")
ABOVE: Final = ("多", "余", "逾", "超", "超过", "突破", "以上", "来", "至少")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value, and between which bounds it is meant when the text says 近, 余 or 约."""

    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def exact(self) -> bool:
        """Whether the text gives the number itself."""
        return self.low == self.high


def scale_of(text: str) -> int:
    """What 万, 亿, 百万 … multiply by; 1 for nothing."""
    product = 1
    for mark in text:
        product *= _SCALES.get(mark) or _TENS[mark]
    return product


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral; None for what is none (三五, 千家万)."""
    whole, point, fraction = text.partition("点")
    number = _whole(whole)
    if number is None:
        return None
    if not point:
        return Decimal(number)
    if not fraction or any(mark not in _DIGITS for mark in fraction):
        return None
    return Decimal(f"{number}." + "".join(str(_DIGITS[mark]) for mark in fraction))


def _whole(text: str) -> int | None:
    if not text:
        return None
    if all(mark in _DIGITS for mark in text):
        return _spelled(text)
    for scale in ("亿", "万"):
        if scale in text:
            before, _, after = text.partition(scale)
            high = _whole(before)
            low = _whole(after.lstrip("零〇")) if after else 0
            if high is None or low is None or (after and low == 0):
                return None
            if len(after) == 1 and after in _DIGITS:
                low *= _SCALES[scale] // 10  # 一万五 is 15,000
            return high * _SCALES[scale] + low
    return _below_ten_thousand(text)


def _spelled(text: str) -> int | None:
    """二〇二〇, digit by digit; one digit alone; but 三五 is no number."""
    if len(text) == 1:
        return _DIGITS[text]
    if len(text) >= 3 or "零" in text or "〇" in text:
        return int("".join(str(_DIGITS[mark]) for mark in text))
    return None


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for mark in text:
        if mark in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[mark]
        else:
            step = _TENS.get(mark)
            if step is None or step >= last:
                return None
            if digit is None and not (mark == "十" and total == 0):
                return None
            total, digit, last = total + (1 if digit is None else digit) * step, None, step
    if digit:
        # 一百四 is 140, 一百零四 is 104
        total += digit * (last // 10) if text[-2] not in "零〇十" else digit
    return total


def quantity(value: Decimal, printed_step: Decimal, words: tuple[str, ...]) -> Quantity:
    """The value with the bounds that words such as 近, 余 and 约 give it. `printed_step` is the worth of
    the last printed digit: 1.4万 → 1000."""
    step = _last_step(value, printed_step)
    if any(word in BELOW for word in words):
        return Quantity(value, value - step + step / 10**9, value)
    if any(word in ABOVE for word in words):
        return Quantity(value, value, value + step - step / 10**9)
    if any(word in ABOUT for word in words):
        return Quantity(value, value - step / 2, value + step / 2)
    return Quantity(value, value, value)


def _last_step(value: Decimal, printed_step: Decimal) -> Decimal:
    """The worth of the last digit that is not nought: 1900 → 100, 12 000 000 → 1 000 000."""
    step = printed_step
    if not value:
        return step
    while value % (step * 10) == 0:
        step *= 10
    return step
