"""Our own figure beside the printed one: from the board, for the reader's unit and the period asked for,
with small figures hidden as everywhere that a number may leave the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from guitu.access.figures import may_see_figures
from guitu.compose import indicators
from guitu.exchange.figures import Checked
from guitu.exchange.figures.context import Stated
from guitu.indicators import Period
from guitu.indicators.board import NoBoard
from guitu.kernel.labels import Label
from guitu.store.figure_marks import board
from guitu.store.units import tree
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell
from guitu.web.pages.indicators.numbers import Shown, with_unit
from guitu.web.pages.indicators.sheet import sheet_of
from guitu.web.pages.today.choices import home_of
from guitu.web.who import Who


@dataclass(frozen=True, slots=True)
class Ours:
    """`figures` by indicator; `head` says whose and of which period; `notice` why there are none."""

    head: Label
    figures: Mapping[str, Shown]
    notice: Notice | None = None

    def cell(self, one: Stated) -> Cell:
        """What stands beside a printed number."""
        shown = self.figures.get(one.key)
        if shown is None or one.role == "change":
            return Cell("—")
        words = with_unit(shown, indicators()[one.key])
        if not shown.known or shown.value is None:
            return Cell(words)
        same = agrees(one, shown.value)
        said = Label("一致", "same") if same else Label("不同", "differs")
        return Cell(
            words, sub=Label(f"{'✓' if same else '◇'} {said.zh}", f"{'✓' if same else '◇'} {said.en}")
        )


def agrees(one: Stated, value: float) -> bool:
    """Whether the printed number can mean ours: rounded as printed, within what 近, 余 and 约 allow."""
    number, ours = one.number, Decimal(repr(value))
    half = Decimal("0.5").scaleb(-number.decimals) if number.family in ("percent", "permille", "point") else 0
    return number.quantity.low - half <= ours <= number.quantity.high + half


def ours_of(reader: Who, checked: Checked, period: Period) -> Ours | None:
    """Our figures of the period for the indicators that are meant; None where the reader may see none."""
    units = tree()
    home = home_of(reader, units)
    if not may_see_figures(reader.actor, home.path, home.level).allowed:
        return None
    head = Label(f"{home.name}，{period.label.zh}", f"{home.name}, {period.label.en}")
    try:
        made = board()
    except NoBoard as none:
        return Ours(head, {}, Notice("gap", none.label))
    known = indicators()
    keys = sorted({one.key for one in checked.numbers if one.key in known})
    sheet = sheet_of(made, keys, home, (), period.kind, period.first, period.first, exact=False)
    return Ours(head, {key: sheet.shown(key, home, period) for key in keys})
