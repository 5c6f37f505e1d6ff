"""What leaves the office passes disclosure control: which amounts of a pack are hidden, so that no small
count can be read or worked out from the sums in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from guitu.exchange.packs.content import Amount, ByUnit, Flow, Line, Move
from guitu.exchange.packs.words import is_share
from guitu.indicators import Period
from guitu.indicators.disclosure import Cell, Sum, protect
from guitu.indicators.disclosure.table import Key, Mark, Says
from guitu.kernel.errors import DeclarationError

Marks = Mapping[Key, Mark]
"""Which counts are hidden, and how."""

Elsewhere = Callable[[str, int, Period], Mark]
"""The mark of an indicator's figure for a unit (by number) and a period in the tables of the whole tree."""

OF_PEOPLE = frozenset({"person", "person_time", "case", "duty", "entry"})
"""Counting units behind which people stand, where nothing else is said."""


def nowhere(_key: str, _unit: int, _period: Period) -> Mark:
    """Where no tables of the whole tree are worked out: nothing is hidden because of other packs."""
    return ""


def forced(amount: Amount, mark: Mark) -> Amount:
    """The amount, hidden if it has a mark. A share never says that it is small."""
    if not mark or not amount.value:
        return amount
    return replace(amount, hidden=True, along=mark != "small" or amount.under is not None)


def amount_cells(key: str, amount: Amount | None, unit: str, threshold: int) -> list[Cell]:
    """The counts that an amount shows: itself, or the two sides of a share. What is hidden already counts as
    small, so that nothing here gives it away."""
    if amount is None or not amount.value:
        return []
    few = 1 if amount.hidden else None
    if is_share(unit):
        return [
            Cell((key, side), count, few)
            for side, count in (("over", amount.over), ("under", amount.under))
            if count is not None
        ]
    value = Decimal(amount.value)
    count = int(value)
    people = amount.n
    if people is None:
        people = count if unit in OF_PEOPLE and value == count else threshold
    return [Cell((key, "over"), count, people if few is None else few)]


def marked(
    cells: Iterable[Cell], sums: Iterable[Sum], threshold: int, loss: Callable[[Key], int] | None = None
) -> Marks:
    """The keys that are hidden, and how. Sums that do not come out (which the pack says) tie nothing."""
    listed = list(cells)
    try:
        found = protect(listed, sums, threshold=threshold, loss=loss)
    except DeclarationError:
        found = protect(listed, threshold=threshold)
    return {key: cell.mark for key, cell in found.items() if cell.hidden}


def hide(amount: Amount | None, key: str, gone: Marks) -> Amount | None:
    """The amount, hidden if anything it shows is. Only a count that is itself small says that it is."""
    if amount is None or not ({(key, "over"), (key, "under")} & gone.keys()):
        return amount
    small = amount.under is None and gone.get((key, "over")) == "small"
    return replace(amount, hidden=True, along=not small)


def flow(told: Flow, threshold: int) -> Flow:
    """The flow equation, so that what is hidden cannot be worked out from what is not."""
    parts: list[tuple[str, Amount]] = [("opening", told.opening), ("closing", told.closing)]
    parts += [(f"in {m.name}", m.amount) for m in told.into] + [(f"out {m.name}", m.amount) for m in told.out]
    cells = [cell for key, amount in parts for cell in amount_cells(key, amount, "person", threshold)]
    before = [("opening", "over"), *((f"in {m.name}", "over") for m in told.into)]
    after = [("closing", "over"), *((f"out {m.name}", "over") for m in told.out)]
    by_key = {cell.key: cell.count for cell in cells}
    whole = Cell(("all", "over"), sum(by_key.get(k, 0) for k in before))
    sums = [Sum(whole.key, tuple(k for k in side if k in by_key)) for side in (before, after)]
    gone = marked([*cells, whole], sums, threshold, _of_flow)

    def moves(side: str, some: tuple[Move, ...]) -> tuple[Move, ...]:
        return tuple(replace(m, amount=hide(m.amount, f"{side} {m.name}", gone) or m.amount) for m in some)

    return replace(
        told,
        opening=hide(told.opening, "opening", gone) or told.opening,
        closing=hide(told.closing, "closing", gone) or told.closing,
        into=moves("in", told.into),
        out=moves("out", told.out),
        last_closing=_alone(told.last_closing, threshold),
    )


def _of_flow(key: Key) -> int:
    """How many there are in all is worth more than which way they came."""
    return 50 if key in {("opening", "over"), ("closing", "over")} else 1


def _alone(amount: Amount | None, threshold: int) -> Amount | None:
    if amount is None or not amount.value:
        return amount
    return replace(amount, hidden=amount.hidden or 0 < int(amount.value) < threshold)


def by_unit(table: ByUnit, threshold: int, *, distinct: bool, across: bool = False) -> ByUnit:
    """A table by unit with its total: columns one by one, or, with `across`, the first column being the sum
    of the others, all at once. `distinct`: one person may be in several units.

    Where the parts are exactly the whole, whoever reads the table may take it that they always are: so does
    this."""
    lines = [*((row.code, row.amounts) for row in table.rows), ("", table.total)]
    cells: dict[Key, Cell] = {}
    for c, column in enumerate(table.columns):
        for code, amounts in lines:
            if amounts:
                found = amount_cells(f"{code} {c}", amounts[c], column.unit, threshold)
                cells.update((cell.key, cell) for cell in found)
    sums: list[Sum] = []

    def tie(whole: Key, parts: Iterable[Key], otherwise: Says) -> None:
        there = tuple(key for key in parts if key in cells)
        if whole in cells and there:
            exact = cells[whole].count == sum(cells[key].count for key in there)
            sums.append(Sum(whole, there, "all" if exact else otherwise))

    for c in range(len(table.columns)):
        for side in ("over", "under"):
            tie(
                (f" {c}", side),
                [(f"{row.code} {c}", side) for row in table.rows],
                "covers" if distinct else "some",
            )
    if across:
        for code, amounts in lines:
            tie((f"{code} 0", "over"), [(f"{code} {c}", "over") for c in range(1, len(amounts))], "some")
    gone = marked(cells.values(), sums, threshold)

    def seen(code: str, amounts: Sequence[Amount]) -> tuple[Amount, ...]:
        return tuple(hide(a, f"{code} {c}", gone) or a for c, a in enumerate(amounts))

    return replace(
        table,
        rows=tuple(replace(row, amounts=seen(row.code, row.amounts)) for row in table.rows),
        total=seen("", table.total),
    )


def line(told: Line, threshold: int) -> Line:
    """One figure for three periods."""

    def seen(amount: Amount | None) -> Amount | None:
        return hide(amount, "x", marked(amount_cells("x", amount, told.unit, threshold), (), threshold))

    return replace(
        told, now=seen(told.now) or told.now, before=seen(told.before), year_before=seen(told.year_before)
    )


def single(amount: Amount, unit: str, threshold: int) -> Amount:
    """One amount that nothing else is tied to."""
    gone = marked(amount_cells("x", amount, unit, threshold), (), threshold)
    return hide(amount, "x", gone) or amount
