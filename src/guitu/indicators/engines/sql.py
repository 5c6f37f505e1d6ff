"""Small pieces of SQL in DuckDB's dialect: names, words, conditions. Composed text becomes a sqlglot tree
(`tree`), which any engine's dialect can be written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import sqlglot
from sqlglot import exp

from guitu.indicators.conditions import (
    All,
    Any_,
    AtLeast,
    AtMost,
    Condition,
    Exists,
    Is,
    LessThan,
    Missing,
    MoreThan,
    Not,
    Present,
    Within,
    walk,
)
from guitu.indicators.indicator import AGE_BANDS, UNKNOWN

DIALECT: Final = "duckdb"
SIGNS: Final[Mapping[type, str]] = {AtLeast: ">=", MoreThan: ">", AtMost: "<=", LessThan: "<"}


def tree(text: str) -> exp.Expr:
    """The syntax tree of a query written in the canonical dialect."""
    return sqlglot.parse_one(text, dialect=DIALECT)


def name(word: str) -> str:
    """A name, quoted: many a kind is called like a word of SQL."""
    return exp.to_identifier(word, quoted=True).sql(dialect=DIALECT)


def literal(value: str | int | date) -> str:
    """A value as SQL writes it."""
    if isinstance(value, date):
        return f"CAST('{value.isoformat()}' AS DATE)"
    if isinstance(value, int):
        return str(int(value))
    return exp.Literal.string(value).sql(dialect=DIALECT)


def rows_of(table: str) -> str:
    """The relation that holds the rows of a table that count."""
    return name(f"rows_{table}")


def days(start: str, end: str) -> str:
    """The days from one date to another."""
    return f"DATE_DIFF('day', {start}, {end})"


def later(day: str, number: int) -> str:
    """The day `number` days after `day`."""
    return f"CAST({day} + INTERVAL '{number}' DAY AS DATE)"


def months_later(day: str, months: int) -> str:
    """The corresponding day `months` later, or that month's last day."""
    return f"CAST({day} + INTERVAL '{months}' MONTH AS DATE)"


def condition(what: Condition | None, row: str, found: Mapping[Exists, str]) -> str:
    """A condition on the row of that alias; `found` names the joined relation of every Exists in it."""
    match what:
        case None:
            return "TRUE"
        case Is():
            words = ", ".join(literal(value) for value in what.values)
            return f"COALESCE({row}.{name(what.field)} IN ({words}), FALSE)"
        case AtLeast() | MoreThan() | AtMost() | LessThan():
            sign = SIGNS[type(what)]
            return f"COALESCE({row}.{name(what.field)} {sign} {literal(what.value)}, FALSE)"
        case Missing():
            return f"({row}.{name(what.field)} IS NULL)"
        case Present():
            return f"({row}.{name(what.field)} IS NOT NULL)"
        case Within():
            length = days(f"{row}.{name(what.start)}", f"{row}.{name(what.end)}")
            bounds = [f"{length} >= {what.least}"] if what.least is not None else []
            bounds += [f"{length} <= {what.most}"] if what.most is not None else []
            return f"COALESCE({' AND '.join(bounds or [f'{length} IS NOT NULL'])}, FALSE)"
        case All():
            return "(" + (" AND ".join(condition(p, row, found) for p in what.parts) or "TRUE") + ")"
        case Any_():
            return "(" + (" OR ".join(condition(p, row, found) for p in what.parts) or "FALSE") + ")"
        case Not():
            return f"(NOT {condition(what.part, row, found)})"
        case Exists():
            return f"({found[what]}.person IS NOT NULL)"


def exists_in(conditions: Iterable[Condition | None]) -> list[Exists]:
    """Every different Exists in some conditions."""
    found: dict[Exists, None] = {}
    for one in conditions:
        if one is not None:
            found.update((part, None) for part in walk(one) if isinstance(part, Exists))
    return list(found)


def age_band(day: str, born: str) -> str:
    """The age band of somebody born in a year, on a day."""
    age = f"(EXTRACT(YEAR FROM {day}) - {born})"
    cases = ""
    for word, _, last, _ in AGE_BANDS:
        if last is not None:
            cases += f" WHEN {age} <= {last} THEN {literal(word)}"
    return f"CASE WHEN {born} IS NULL THEN {literal(UNKNOWN)}{cases} ELSE {literal(AGE_BANDS[-1][0])} END"
