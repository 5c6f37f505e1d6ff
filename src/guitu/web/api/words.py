"""The shapes that several operations take and give, and what every operation may answer."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from guitu.kernel.labels import Label
from guitu.store.units import Unit, tree
from guitu.web.accounts.tokens import Refused
from guitu.web.pages.today.choices import unit_in_area
from guitu.web.who import Who

MOST: Final = 200
"""Rows of one page at most."""

_TEXT: Final = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(strict=True, max_length=200, pattern=_TEXT)]
Long = Annotated[str, StringConstraints(strict=True, max_length=4000, pattern=_TEXT)]
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_.]*$")]
Code = Annotated[str, StringConstraints(max_length=32, pattern=r"^[0-9A-Za-z_-]*$")]
CaseNo = Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
Day = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$"),
    Field(json_schema_extra={"format": "date"}),
]
Id = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    ),
]
"""The id of an entry: a UUID of version 7, by which sending it twice records it once."""
Cursor = Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9A-Za-z_-]*$")]
Size = Annotated[int, Field(ge=1, le=MOST)]


class Sent(Schema):
    """What is sent: nothing beside what is asked for."""

    model_config = ConfigDict(extra="forbid")


class Said(BaseModel):
    """A sentence in both languages."""

    zh: str
    en: str


class Fault(BaseModel):
    """What is wrong with one answer; an empty `field` is the whole."""

    field: str
    said: Said


class Problem(BaseModel):
    """Why not. `code` is for programs, `said` for people."""

    code: str
    said: Said
    faults: list[Fault] = []


class UnitRef(BaseModel):
    """A unit: its code and its name."""

    code: str
    name: str


FAULTS: Final[dict[frozenset[int], type[BaseModel]]] = {
    frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}): Problem
}
"""What any operation may answer beside what it is for."""


def label(found: Label | str) -> dict[str, str]:
    """A sentence in both languages; of a plain word, the word."""
    return {"zh": found, "en": found} if isinstance(found, str) else {"zh": found.zh, "en": found.en}


def plain(value: Any) -> Any:
    """A value of an entry, as JSON has it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def the_day(text: str | None, otherwise: date) -> date:
    """A day that was sent. Raises Refused for one that no calendar has."""
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            422, "unreadable", Label(f"没有“{text}”这一天。", f"There is no day “{text}”.")
        ) from None


def the_unit(reader: Who, code: str | None) -> Unit:
    """The unit of that code in the reader's area, the post's own without one; else it is not there (404)."""
    assert reader.post is not None
    return unit_in_area(reader, code or reader.post.unit, tree())


def cursor_of(what: Literal["p", "e", "d", "u", "r", "k"], number: int) -> str:
    """Where a page ends, as the next call sends it."""
    return base64.urlsafe_b64encode(f"{what}{number:x}".encode()).decode().rstrip("=")


def after(what: Literal["p", "e", "d", "u", "r", "k"], text: str | None) -> int:
    """Where a page begins; 0 from the start. Raises Refused for a cursor that no answer gave."""
    if not text:
        return 0
    try:
        plain_text = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        number = int(plain_text[1:], 16)
        if plain_text[0] != what or cursor_of(what, number) != text or number > 2**62:
            raise ValueError(text)
    except (ValueError, IndexError, binascii.Error):
        raise Refused(
            404, "no_cursor", Label("没有这个游标；请从头开始。", "There is no such cursor: start anew.")
        ) from None
    return number
