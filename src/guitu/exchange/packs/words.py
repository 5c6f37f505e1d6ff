"""How amounts are written in the papers: thousands with commas, a ratio with its two sides, four different
nothings, and how much something grew or shrank."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guitu.exchange.packs.content import Amount
from guitu.kernel.labels import Label

UNITS: Final[dict[str, Label]] = {
    "person": Label("人", "persons"),
    "person_time": Label("人次", "person-times"),
    "event": Label("次", "events"),
    "case": Label("起", "cases"),
    "venue": Label("家", "venues"),
    "team": Label("支", "teams"),
    "station": Label("个", "stations"),
    "unit": Label("个", "units"),
    "batch": Label("批", "batches"),
    "award": Label("项", "awards"),
    "yuan": Label("元", "yuan"),
    "kg": Label("公斤", "kg"),
    "day": Label("天", "days"),
    "month": Label("个月", "months"),
    "percent": Label("%", "%"),
    "permille": Label("‰", "‰"),
    "entry": Label("条", "entries"),
    "duty": Label("项", "duties"),
}
"""The counting units, as they follow a number."""

SIGNS: Final = {"percent": "%", "permille": "‰"}
NOTHING: Final = "—"


def unit_word(unit: str) -> Label:
    """The word of a counting unit; one that is not known stays as it is."""
    return UNITS.get(unit) or Label(unit, unit)


def hidden(threshold: int) -> Label:
    """What stands in place of a small count."""
    return Label(f"※不足{threshold}", f"※under {threshold}")


def number(value: Decimal) -> str:
    """With thousands' commas, without needless zeros after the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(amount: Amount | None, unit: str = "", threshold: int = 10) -> str:
    """An amount as it stands in a table: 1,204, 87.5%（112/128）, — or ※不足10."""
    if amount is None or (not amount.value and not amount.hidden):
        return NOTHING
    if amount.hidden:
        return hidden(threshold).zh
    value = amount.number
    assert value is not None
    text = number(value) + SIGNS.get(unit, "")
    if unit in SIGNS and amount.over is not None and amount.under is not None:
        text += f"（{amount.over:,}/{amount.under:,}）"
    return text


def change(now: Amount | None, then: Amount | None, unit: str = "") -> str:
    """How much it grew or shrank: +12（+9.4%）; a ratio by points. ※ where one side is hidden."""
    if now is None or then is None or not now.value or not then.value:
        return "※" if (now and now.hidden) or (then and then.hidden) else NOTHING
    if now.hidden or then.hidden:
        return "※"
    new, old = now.number, then.number
    assert new is not None and old is not None
    grew = new - old
    if unit == "percent":
        return f"{_signed(grew)}个百分点"
    if unit == "permille":
        return f"{_signed(grew)}个千分点"
    if not grew:
        return "持平"
    if not old:
        return _signed(grew)
    share = (grew * 100 / old).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{_signed(grew)}（{_signed(share)}%）"


def _signed(value: Decimal) -> str:
    """With its sign; a true minus sign."""
    text = number(abs(value))
    return f"−{text}" if value < 0 else f"+{text}" if value else "0"
