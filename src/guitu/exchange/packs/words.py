"""How amounts are written in the papers: thousands with commas, a ratio with its two sides, four different
nothings, and how much something grew or shrank."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guitu.exchange.packs.content import Amount
from guitu.indicators.counting import COUNTING_UNITS, rounded
from guitu.kernel.labels import Label

NOTHING: Final = "—"


def unit_word(unit: str) -> Label:
    """The word of a counting unit; one that is not known stays as it is."""
    found = COUNTING_UNITS.get(unit)
    return found.symbol if found else Label(unit, unit)


def is_share(unit: str) -> bool:
    """Whether it is a share (%, ‰)."""
    return unit in COUNTING_UNITS and bool(COUNTING_UNITS[unit].per)


def hidden(amount: Amount, threshold: int) -> Label:
    """What stands in place of a hidden count: ※不足10 of a small one, ※ of one hidden along."""
    return Label("※", "※") if amount.along else Label(f"※不足{threshold}", f"※under {threshold}")


def number(value: Decimal, unit: str = "") -> str:
    """With thousands' commas, rounded as its unit is shown, without needless zeros unless it is a share."""
    found = COUNTING_UNITS.get(unit)
    text = f"{rounded(value, found.decimals) if found else value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text and not is_share(unit) else text


def shown(amount: Amount | None, unit: str = "", threshold: int = 10) -> str:
    """An amount as it stands in a table: 1,204, 87.50%（112/128）, — or ※不足10."""
    if amount is None or (not amount.value and not amount.hidden):
        return NOTHING
    if amount.hidden:
        return hidden(amount, threshold).zh
    value = amount.number
    assert value is not None
    text = number(value, unit)
    if is_share(unit):
        text += unit_word(unit).zh
        if amount.over is not None and amount.under is not None:
            text += f"（{amount.over:,}/{amount.under:,}）"
    return text


def change(now: Amount | None, then: Amount | None, unit: str = "") -> str:
    """How much it grew or shrank: +12（+9.4%）; a ratio by points. ※ where one side is hidden."""
    if (now and now.hidden) or (then and then.hidden):
        return "※"
    if now is None or then is None or not now.value or not then.value:
        return NOTHING
    new, old = now.number, then.number
    assert new is not None
    assert old is not None
    grew = new - old
    if is_share(unit):
        points = "个百分点" if unit == "percent" else "个千分点"
        return f"{_signed(grew, unit)}{points}" if grew else "持平"
    if not grew:
        return "持平"
    if not old:
        return _signed(grew, unit)
    share = (grew * 100 / old).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{_signed(grew, unit)}（{_signed(share)}%）"


def _signed(value: Decimal, unit: str = "") -> str:
    """With its sign; a true minus sign."""
    text = number(abs(value), unit)
    return f"−{text}" if value < 0 else f"+{text}" if value else "0"
