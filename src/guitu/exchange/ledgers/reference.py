"""The page of docs/reference that says how each ledger is read, from the declarations themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from guitu.compose import kind
from guitu.exchange.ledgers.declared import ledgers
from guitu.exchange.ledgers.fault import CODES
from guitu.exchange.ledgers.ledger import Column, EndsOn, Ledger, NotBefore, SameDay
from guitu.kernel.labels import Label
from guitu.store.units import LEVEL_LABELS

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

_OF_THE_LEDGER: Final = {
    "serial": Label("序号，不读", "a serial number; not read"),
    "day": Label("日期，只供核对", "a day, only compared"),
    "text": Label("文字，用来找单位", "words by which the unit is found"),
}
"""What columns hold that record no fact of their own."""


def page(made: str, table: Table) -> str:
    """Each ledger: who keeps it, what a row records, what is checked, and its columns with the headings they
    are known by."""
    known = ledgers()
    parts = [
        made,
        "",
        "# 台账 Ledgers",
        "",
        f"{len(known)} 种 ledgers, declared in `src/guitu/exchange/ledgers/declared/*.py`.",
        "怎样用 how to use them: [how-to/ledgers.md](../how-to/ledgers.md)。",
    ]
    for one in known.values():
        parts += ["", *_ledger(one, table)]
    parts += [
        "",
        "## 有误的种类 Kinds of fault",
        "",
        "`guitu ledger check --json` 按这些名称给出 gives them by name: ",
    ]
    parts[-1] += "、".join(f"`{code}`" for code in CODES) + "。"
    return "\n".join(parts) + "\n"


def _ledger(one: Ledger, table: Table) -> Iterator[str]:
    yield f"## `{one.name}` {one.label.zh} · {one.label.en}"
    yield ""
    if one.kept_by:
        labels = [LEVEL_LABELS[level] for level in one.kept_by]
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
        yield f"- 可导入的单位 imported by: {zh} · {en}"
    else:
        yield "- 可导入的单位 imported by: 任何单位 · any unit"
    first = one.by_key[one.one_row_per].title
    yield f"- 同一证件号、同一“{first}”只算一行 one row for each identity number and “{first}”"
    if not one.opens_file:
        yield "- 不建新档：人员须已在册 · opens no file: the person must be known"
    yield f"- 由这些列认出 known by: {'、'.join(one.by_key[key].title for key in one.telling)}"
    yield "- 一行记下 a row records: " + "、".join(
        f"{label.zh} {label.en}" for label in (kind(makes.kind).label for makes in one.makes)
    )
    for check in one.checks:
        yield f"- 核对 checked: {_check(one, check)}"
    yield ""
    yield table(
        ("列 column", "也认 also read", "存为 kept as", "怎样填 what stands there", "必填 required"),
        ([_heading(column), *_rest(one, column)] for column in one.columns),
    )


def _heading(column: Column) -> str:
    return f"{column.group} › {column.title}" if column.group else column.title


def _rest(one: Ledger, column: Column) -> list[str]:
    also = "、".join(column.headings[1:]) or "–"
    if not column.kind:
        return [also, "–", _both(_OF_THE_LEDGER[column.reads]), "–"]
    named = f"`{column.kind}`." + (f"`{column.field}`" if column.field != "day" else "`happened_on`")
    return [also, named, _answers(column), _required(one, column)]


def _answers(column: Column) -> str:
    if column.ask is not None and column.ask.choices and column.type == "choice":
        return "；".join("、".join(dict.fromkeys((c.label.zh, *c.ledger))) for c in column.ask.choices)
    return f"`{column.type}`"


def _required(one: Ledger, column: Column) -> str:
    if not column.required:
        return "–"
    other, answers = column.required_if
    if not other:
        return "是 yes"
    ask = one.by_key[other].ask
    assert ask is not None
    words = "、".join(c.label.zh for c in ask.choices if c.value in answers)
    return f"“{one.by_key[other].title}”为{words}时 when it is {', '.join(answers)}"


def _check(one: Ledger, check: NotBefore | SameDay | EndsOn) -> str:
    title = {key: column.title for key, column in one.by_key.items()}
    match check:
        case NotBefore():
            earlier = "、".join(title[key] for key in check.earlier)
            return f"“{title[check.later]}”不早于“{earlier}” · no earlier than that"
        case SameDay():
            both = f"“{title[check.column]}”与“{title[check.as_column]}”"
            return f"{both}同一天，不同只提示 · the same day; a difference is a warning"
        case EndsOn():
            starts = {title[start] for start, _ in check.starts.values()}
            return (
                f"“{title[check.printed]}”与由“{'、'.join(sorted(starts))}”算出的一致，不同只提示"
                " · what the days come to; a difference is a warning"
            )


def _both(label: Label) -> str:
    return f"{label.zh} · {label.en}"
