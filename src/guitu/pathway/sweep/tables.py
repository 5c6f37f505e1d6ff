"""What a sweep answers with: five tables, one row per measure, duty, finding … of a person. No logic.

Days are date32, words dictionary-encoded text, `order_seq` the sequence number of the order (for the answer
to a request: of the request). They say the same as an `Assessment` without its reasons, which `assess` gives
for the one person somebody asks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from guitu.pathway.model import Assessment
from guitu.pathway.sweep.kernel.layout import DUTY_STATES, STATES
from guitu.policy import Policy

OWED_BY: Final = ("authority", "person")
WORD: Final = pa.dictionary(pa.int8(), pa.string())
KIND: Final = pa.dictionary(pa.int16(), pa.string())
_PERSON: Final = (pa.field("person", pa.int64()), pa.field("unit", pa.int32()))

STATUS: Final = pa.schema(
    [
        *_PERSON,
        pa.field("measure", WORD),
        pa.field("state", WORD),
        pa.field("starts_on", pa.date32()),
        pa.field("ends_on", pa.date32()),
        pa.field("order_seq", pa.int64()),
        pa.field("provisional", pa.bool_()),
        pa.field("next_change_on", pa.date32()),
    ]
)
MEASURES: Final = pa.schema(
    [
        *_PERSON,
        pa.field("order_seq", pa.int64()),
        pa.field("measure", WORD),
        pa.field("state", WORD),
        pa.field("ordered_on", pa.date32()),
        pa.field("starts_on", pa.date32()),
        pa.field("ends_on", pa.date32()),
        pa.field("printed_end", pa.date32()),
        pa.field("ended_on", pa.date32()),
        pa.field("ended_by", WORD),
        pa.field("left_on", pa.date32()),
        pa.field("provisional", pa.bool_()),
    ]
)
DUTIES: Final = pa.schema(
    [
        *_PERSON,
        pa.field("order_seq", pa.int64()),
        pa.field("name", WORD),
        pa.field("owed_by", WORD),
        pa.field("state", WORD),
        pa.field("opens_on", pa.date32()),
        pa.field("due", pa.date32()),
        pa.field("done_on", pa.date32()),
        pa.field("record", KIND),
    ]
)
FINDINGS: Final = pa.schema(
    [
        *_PERSON,
        pa.field("order_seq", pa.int64()),
        pa.field("name", WORD),
        pa.field("since", pa.date32()),
        pa.field("rights", pa.bool_()),
    ]
)
NOTCOVERED: Final = pa.schema([*_PERSON, pa.field("rule", KIND)])
"""What no rule decides: the rule that fell silent, empty where there is none at all."""

SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "status": STATUS,
    "measures": MEASURES,
    "duties": DUTIES,
    "findings": FINDINGS,
    "notcovered": NOTCOVERED,
}
"""The tables by name."""

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows of the tables, in the order of their columns."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that stand in the tables; a word's place is its code."""

    measures: tuple[str, ...]
    endings: tuple[str, ...]
    duties: tuple[str, ...]
    findings: tuple[str, ...]
    records: tuple[str, ...]

    @classmethod
    def of(cls, policy: Policy) -> Words:
        """The words of a policy: every policy has the same."""
        names = policy.names
        return cls(
            tuple(names.measures),
            tuple(names.endings),
            tuple(names.duties),
            tuple(names.findings),
            tuple(sorted(policy.kinds)),
        )

    def column(self, table: str, name: str) -> tuple[str, ...]:
        """The words of a column; none where they are not of a closed list."""
        match table, name:
            case "status" | "measures", "measure":
                return self.measures
            case "status" | "measures", "state":
                return STATES
            case "duties", "state":
                return DUTY_STATES
            case "duties", "owed_by":
                return OWED_BY
            case _, "ended_by":
                return self.endings
            case "duties", "name":
                return self.duties
            case "findings", "name":
                return self.findings
            case _, "record":
                return self.records
        return ()


def no_rows() -> Rows:
    """Nothing in any table."""
    return {name: [] for name in SCHEMAS}


def add(rows: Rows, person: int, unit: int | None, answer: Assessment, seq: Mapping[Any, int]) -> None:
    """Add what an assessment says of a person; `seq` gives the sequence number of an entry by its id."""
    who = (person, unit)
    now = answer.current
    rows["status"].append(
        (*who, None, None, None, None, None, None, answer.next_change_on)
        if now is None
        else (
            *who, now.name, now.state, now.starts_on, now.ends_on, seq[now.order], now.provisional,
            answer.next_change_on,
        )
    )  # fmt: skip
    rows["measures"] += [
        (
            *who, seq[m.order], m.name, m.state, m.ordered_on, m.starts_on, m.ends_on, m.printed_end,
            m.ended_on, m.ended_by or None, m.left_on, m.provisional,
        )
        for m in answer.measures
    ]  # fmt: skip
    rows["duties"] += [
        (
            *who, seq[d.measure] if d.measure else None, d.name, d.owed_by, d.state, d.opens_on, d.due,
            d.done_on, d.record,
        )
        for d in answer.duties
    ]  # fmt: skip
    rows["findings"] += [
        (*who, seq[f.measure] if f.measure else None, f.name, f.since, f.rights) for f in answer.findings
    ]
    rows["notcovered"] += [(*who, because.rule) for because in answer.not_covered]


def of_rows(name: str, rows: Iterable[tuple[Any, ...]], words: Words) -> pa.Table:
    """Rows as a table."""
    schema = SCHEMAS[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = []
    for values, field in zip(columns, schema, strict=True):
        if not pa.types.is_dictionary(field.type):
            arrays.append(pa.array(values, field.type))
            continue
        known = words.column(name, field.name) or tuple(dict.fromkeys(v for v in values if v is not None))
        code = {word: place for place, word in enumerate(known)}
        codes = [None if value is None else code[value] for value in values]
        arrays.append(coded(pa.array(codes, field.type.index_type), known))
    return pa.Table.from_arrays(arrays, schema=schema)


def coded(codes: pa.Array, words: tuple[str, ...]) -> pa.DictionaryArray:
    """Words by their codes."""
    return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string()))
