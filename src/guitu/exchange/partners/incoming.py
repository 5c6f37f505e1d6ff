"""A partner's table as drafts of entries. Nothing is recorded and nobody is looked up here: whose file it is,
and whether the entry may stand there, is asked when it is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guitu.casefile import Value
from guitu.casefile.fields import Ask, read_decimal
from guitu.compose import kinds
from guitu.exchange.ledgers.cells import text_of
from guitu.exchange.ledgers.days import read_day
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.workbook import Book, open_book, read_bytes
from guitu.exchange.partners.mapping import Answer, Partner, Record
from guitu.exchange.partners.refusing import Refusal

MOST_BYTES: Final = 1_900_000
"""A little less than a form may hold."""
MOST_ROWS: Final = 2000
"""Rows that one file may propose: each is decided by somebody."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as a partner's message says it. `message` is the partner's own number for it, `where` its row
    or path, `name` the person's as the partner has it."""

    where: str
    message: str
    case_no: str
    name: str
    kind: str
    day: date
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: how many lines, the drafts, and what is refused already."""

    lines: int
    drafts: tuple[Draft, ...]
    refused: tuple[Refusal, ...]


class _Refused(Exception):
    def __init__(self, column: str, code: str) -> None:
        self.column, self.code = column, code
        super().__init__(code)


def read_table(partner: Partner, data: bytes, name: str = "") -> Read:
    """What a workbook or CSV of this partner says. Raises ledgers.Refused for what is no such file at all."""
    assert partner.takes is not None
    book = open_book(read_bytes(data, MOST_BYTES), name)
    rows = next((list(sheet.rows()) for sheet in book.sheets()), [])
    heads = [text_of(cell).strip() for cell in rows[0]] if rows else []
    missing = [head for head in partner.takes.heads if head not in heads]
    if missing:
        return Read(0, (), tuple(Refusal("1", head, "head_missing") for head in missing))
    drafts, refused, seen = [], [], set[str]()
    number = 0
    for place, cells in enumerate(rows[1:], start=2):
        if not any(text_of(cell).strip() for cell in cells):
            continue
        number += 1
        try:
            if number > MOST_ROWS:
                raise _Refused("", "not_accepted")
            draft = _draft(partner, place, heads, cells, book)
            if draft.message in seen:
                raise _Refused(partner.takes.message, "message_twice")
            seen.add(draft.message)
            drafts.append(draft)
        except _Refused as wrong:
            refused.append(Refusal(str(place), wrong.column, wrong.code))
    return Read(number, tuple(drafts), tuple(refused))


def _draft(partner: Partner, place: int, heads: Sequence[str], cells: Sequence[Any], book: Book) -> Draft:
    takes = partner.takes
    assert takes is not None
    row = dict(zip(heads, cells, strict=False))

    def text(head: str) -> str:
        return text_of(row.get(head, "")).strip()

    if not (message := text(takes.message)):
        raise _Refused(takes.message, "message_missing")
    if not (case_no := text(takes.person).upper()):
        raise _Refused(takes.person, "person_missing")
    record = next((r for r in takes.records if text(r.head) == r.says), None)
    if record is None:
        raise _Refused(takes.records[0].head if takes.records else "", "record_unknown")
    day = read_day(row.get(record.day, ""), epoch=book.epoch)
    if day is None:
        raise _Refused(record.day, "date_missing")
    if isinstance(day, Fault):
        raise _Refused(record.day, "date_unreadable")
    fields = dict(_answers(record, text))
    name = text(takes.name) if takes.name else ""
    return Draft(str(place), message[:100], case_no, name, record.kind, day, fields)


def _answers(record: Record, text: Any) -> Iterator[tuple[str, Value]]:
    kind = kinds()[record.kind]
    for answer in record.answers:
        said = answer.value or text(answer.head)
        if answer.codes and not answer.value:
            said = _coded(answer, said)
        if not said:
            continue
        value = typed(kind.ask(answer.name), said)
        if value is None:
            raise _Refused(answer.head, "answer_wrong")
        yield answer.name, value
    return


def _coded(answer: Answer, said: str) -> str:
    if not said and answer.otherwise is None:
        return ""
    found = answer.codes.get(said, answer.otherwise)
    if found is None:
        raise _Refused(answer.head, "code_unknown")
    return found


def typed(ask: Ask, said: str) -> Value:
    """What a text means as an answer to this question; None where it means nothing."""
    match ask.type:
        case "day":
            day = read_day(said)
            return day if isinstance(day, date) else None
        case "whole":
            return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None
        case "decimal":
            number = read_decimal(said)
            return str(number) if number is not None else None
        case "unit":
            return said if said.isascii() else None
        case _:
            return said[:4000]
