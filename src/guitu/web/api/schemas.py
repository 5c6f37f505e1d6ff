"""What a file says and what is sent to be recorded, as shapes; a kind as a schema of its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from guitu.casefile import Ask, CaseFile, Entry, Kind
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.kernel.reasons import Because
from guitu.web.api.centre_pages import SHEETS, Sheet
from guitu.web.api.own_pages import needs
from guitu.web.api.person_pages import WAYS, Way, has_page, stays
from guitu.web.api.words import Day, Id, Long, Said, Sent, Text, label, plain
from guitu.web.pages.casefile.timeline import MASKED, masked

Value = Text | Long | int | None

TYPES: Final[Mapping[str, dict[str, Any]]] = {
    "text": {"type": "string", "maxLength": 200},
    "long_text": {"type": "string", "maxLength": 4000},
    "day": {"type": "string", "format": "date"},
    "whole": {"type": "integer"},
    "decimal": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    "choice": {"type": "string"},
    "unit": {"type": "string", "description": "Code of a unit"},
    "identity_number": {"type": "string", "maxLength": 18},
    "phone": {"type": "string", "maxLength": 20},
}


class Reason(BaseModel):
    """Why: a sentence, the articles, the entries that counted, the sum line by line."""

    said: Said
    on: date
    cites: list[str]
    entries: list[UUID]
    steps: list[Said]
    rule: str


class ReceiptOut(BaseModel):
    """Proof that an entry is in the file."""

    n: int
    digest: str
    short: str
    stored_at: datetime


class EntryOut(BaseModel):
    """One entry. `standing`: it counts, was corrected or withdrawn, or is itself a withdrawal. Identity and
    telephone numbers are masked."""

    id: UUID
    kind: str
    label: Said
    version: int
    compartment: str
    happened_on: date
    recorded_at: datetime
    author: str
    unit: str
    fields: dict[str, str | int | None]
    corrects: UUID | None
    reason: str
    standing: Literal["counts", "corrected", "withdrawn", "withdrawal"]
    receipt: ReceiptOut | None


class Entries(BaseModel):
    """A page of entries in the order in which they came in. `hidden` is how many entries of which
    compartments this post does not see."""

    items: list[EntryOut]
    next: str | None
    total: int
    hidden: dict[str, int] = {}


class Recording(Sent):
    """An entry to be recorded. With `corrects` it takes that entry's place, and `reason` says why; kind
    `void` with `corrects` withdraws it. The same `id` again gives the same receipt."""

    id: Id | None = Field(None, description="UUID version 7; without it the server makes one")
    kind: str = Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")
    version: int | None = Field(None, ge=1, le=1000, strict=True, description="Of the kind; the present one")
    happened_on: Day
    fields: dict[str, Value] = Field({}, max_length=200)
    corrects: Id | None = None
    reason: Text = ""


class Recorded(BaseModel):
    """What came of it. `state`: `recorded` with its receipt, or `proposed`, and a second officer decides."""

    state: Literal["recorded", "proposed"]
    id: UUID
    case_no: str = ""
    repeated: bool = False
    receipt: ReceiptOut | None = None


class FieldOut(BaseModel):
    """One question of a kind."""

    name: str
    label: Said
    type: str
    required: bool
    help: Said | None = None
    only_when: dict[str, list[str]] = {}


class KindOut(BaseModel):
    """A kind of entry: what it is, who records it, and the JSON Schema of its answers. `recordable`: this
    token's post may record it through the API; `page`: it has a page of its own, by whose checks it is
    recorded here too where it is `recordable`; `elsewhere`: why the API does not record it at all."""

    name: str
    version: int
    label: Said
    day: Said
    about: str
    compartment: str
    cites: list[str]
    recorded_by: list[str]
    countersigned: bool
    recordable: bool
    page: bool
    elsewhere: Said | None
    asks: list[FieldOut]
    answers: dict[str, Any]


def reason_told(because: Because, seen: Collection[UUID]) -> dict[str, Any]:
    """Why, as an answer says it; of the entries it rests on, those that the reader sees."""
    return {
        "said": label(because.label),
        "on": because.on,
        "cites": [str(c) for c in because.cites],
        "entries": [entry for entry in because.entries if entry in seen],
        "steps": [label(step) for step in because.steps],
        "rule": because.rule,
    }


def receipt_told(receipt: Receipt | None) -> dict[str, Any] | None:
    """A receipt as an answer says it."""
    if receipt is None:
        return None
    return {
        "n": receipt.n,
        "digest": receipt.digest.hex(),
        "short": receipt.short,
        "stored_at": receipt.stored_at,
    }


def entries_told(
    shown: Iterable[Entry],
    file: CaseFile,
    receipts: Mapping[UUID, Receipt],
    compartments: Mapping[UUID, str],
) -> list[dict[str, Any]]:
    """Entries as an answer says them."""
    known, gone = kinds(), file.status()
    return [_entry(e, known[e.kind], gone, receipts.get(e.id), compartments[e.id]) for e in shown]


def _entry(
    entry: Entry, kind: Kind, gone: Mapping[UUID, Entry | None], receipt: Receipt | None, compartment: str
) -> dict[str, Any]:
    asks = {ask.name: ask for ask in kind.fields}
    standing = "withdrawal" if entry.kind == "void" else "counts"
    if entry.id in gone:
        standing = "corrected" if gone[entry.id] is not None else "withdrawn"
    return {
        "id": entry.id,
        "kind": entry.kind,
        "label": label(kind.label),
        "version": entry.version,
        "compartment": compartment,
        "happened_on": entry.happened_on,
        "recorded_at": entry.recorded_at,
        "author": entry.author,
        "unit": entry.unit,
        "fields": {n: _shown(asks[n], v) for n, v in entry.fields.items() if n in asks and _open(asks[n])},
        "corrects": entry.corrects,
        "reason": entry.reason,
        "standing": standing,
        "receipt": receipt_told(receipt),
    }


def _open(ask: Ask) -> bool:
    """Whether an answer stands on the file's timeline, and so here."""
    return not (ask.internal or ask.close)


def _shown(ask: Ask, value: Any) -> Any:
    return masked(str(value)) if ask.type in MASKED and value else plain(value)


def kind_told(kind: Kind, *, recordable: bool) -> dict[str, Any]:
    """A kind as an answer says it."""
    way = WAYS.get(kind.name) or SHEETS.get(kind.name)
    needed = needs(kind) if way is None else way.must
    asks = [ask for ask in kind.fields if not ask.internal or ask.name in needed]
    if way is not None:  # what its page works out is not sent
        asks = [ask for ask in kind.fields if ask.name in way.sent]
    return {
        "name": kind.name,
        "version": kind.version,
        "label": label(kind.label),
        "day": label(kind.day),
        "about": kind.about,
        "compartment": kind.compartment,
        "cites": list(kind.cites),
        "recorded_by": list(kind.recorded_by),
        "countersigned": kind.countersigned,
        "recordable": recordable,
        "page": has_page(kind),
        "elsewhere": label(stays()[kind.name]) if kind.name in stays() else None,
        "asks": [
            {
                "name": ask.name,
                "label": label(ask.label),
                "type": ask.type,
                "required": ask.required,
                "help": label(ask.help) if ask.help else None,
                "only_when": {name: list(values) for name, values in (ask.only_when or {}).items()},
            }
            for ask in asks
        ],
        "answers": answers_schema(asks, needed) if way is None else page_schema(asks, way),
    }


def answers_schema(asks: Iterable[Ask], needed: Sequence[str] = ()) -> dict[str, Any]:
    """The answers of a kind as JSON Schema, with what its page `needs` beside its questions."""
    asks = list(asks)
    required = [ask.name for ask in asks if ask.required and not ask.only_when]
    required += [name for name in needed if name not in required]
    others = {name: {"type": "string", "maxLength": 200} for name in needed}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": others | {ask.name: _schema(ask) for ask in asks},
        **({"required": required} if required else {}),
    }


def page_schema(asks: Sequence[Ask], way: Way | Sheet) -> dict[str, Any]:
    """The answers that the page of a kind is told; some are no question of the kind."""
    told = answers_schema(asks, [name for name in way.sent if name not in {ask.name for ask in asks}])
    shapes = way.shapes if isinstance(way, Sheet) else {}
    return {**told, "properties": told["properties"] | shapes, "required": list(way.must)}


def _schema(ask: Ask) -> dict[str, Any]:
    told: dict[str, Any] = {"title": ask.label.zh, "description": ask.label.en, **TYPES[ask.type]}
    if ask.choices:
        told["enum"] = [choice.value for choice in ask.choices]
    if ask.type == "whole":
        bounds = (("minimum", ask.least), ("maximum", ask.most))
        told |= {name: int(bound) for name, bound in bounds if bound is not None}
    return told
