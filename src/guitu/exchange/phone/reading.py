"""An entry as a phone sends it, read into one that the gate takes. Pure: no database, no clock.

The author, the office and the moment are the server's to say. What the phone says of when it was written, and
of the pictures that belong to it, stands in the entry's source, which the file's chain covers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry, Kind, Value
from guitu.exchange.phone.bounds import MOST_ATTACHMENT, MOST_ATTACHMENTS, MOST_BEFORE
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA

SOURCE: Final = "phone:"
"""What the source of an entry begins with that came from a phone."""

HANDED: Final = "handed:"
"""What the source of an entry begins with that was handed in with papers on a page of the house."""

CAME: Final = "handover:"
"""What the source of an entry begins with that came from another system, and names the papers still."""
MOST_SOURCE: Final = 300
"""Characters of a source."""

WHATS: Final = ("photo", "signature")
TYPES: Final = ("image/jpeg", "image/png", "image/webp")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_PICTURE: Final = re.compile(r"(photo|signature|paper):([0-9a-f]{64}):([0-9]{1,7})")
MOST_FIELDS: Final = 200


class Unreadable(Exception):
    """What was sent is not what a phone of ours sends; `code` is one of the contract's."""

    def __init__(self, code: str, label: Label) -> None:
        self.code, self.label = code, label
        super().__init__(label.en)


NOT_READ: Final = Label("这条记录的格式读不懂。", "The form of this entry cannot be read.")
NO_FORM: Final = Label(
    "没有“{kind}”这种记录，或者版本不合；请更新后用新表重新登记。",
    "There is no kind “{kind}” of this version; update, and record it anew in the new form.",
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture that belongs to an entry: what it is, its digest (SHA-256, hexadecimal), how many bytes."""

    what: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Sent:
    """An entry as it was sent, with the pictures it names, and the ids of the refused ones in whose place it
    was written, one after the other."""

    entry: Entry
    attachments: tuple[Attachment, ...]
    instead: tuple[UUID, ...] = ()


def identifier_of(raw: object) -> UUID | None:
    """The id that an entry claims, or None."""
    text = raw.get("id") if isinstance(raw, Mapping) else None
    try:
        return UUID(text) if isinstance(text, str) and len(text) <= 36 else None
    except ValueError:
        return None


def read(
    raw: Mapping[str, Any], known: Mapping[str, Kind], *, device: str, author: str, unit: str, now: datetime
) -> Sent:
    """The entry; Unreadable where it is none. An older form is brought up to the present one, so that the
    same entry says the same before and after the server was brought up to date."""
    try:
        identifier, file = UUID(raw["id"]), UUID(raw["file"])
        name, version = str(raw["kind"]), int(raw["version"])
        happened_on = date.fromisoformat(raw["happened_on"])
        corrects = UUID(raw["corrects"]) if raw.get("corrects") else None
        instead = _refused_before(raw)
        reason = str(raw.get("reason") or "")
        written = _moment(raw.get("written_at")) or now
        said: Mapping[str, Any] = raw.get("fields") or {}
        pictures = tuple(map(_attachment, raw.get("attachments") or ()))
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:  # UUID of a number: the first
        raise Unreadable("unreadable", NOT_READ) from wrong
    if identifier.version != 7 or not isinstance(said, Mapping) or len(said) > MOST_FIELDS:
        raise Unreadable("unreadable", NOT_READ)
    if len(pictures) > MOST_ATTACHMENTS or len(reason) > 4000:
        raise Unreadable("unreadable", NOT_READ)
    kind = known.get(name)
    if kind is None or version > kind.version or (version < kind.version and kind.upgrade is None):
        raise Unreadable("form_unknown", NO_FORM.fill(kind=kind.label if kind else name[:40]))
    fields = values(said, kind)
    if version < kind.version and kind.upgrade is not None:
        fields = dict(kind.upgrade(fields))
    entry = Entry(
        id=identifier,
        file=file,
        kind=name,
        version=kind.version,
        happened_on=happened_on,
        recorded_at=now,
        author=author,
        unit=unit,
        fields=fields,
        corrects=corrects,
        source=source_of(device, written, pictures),
        reason=reason,
    )
    return Sent(entry, pictures, instead)


def values(said: Mapping[str, Any], kind: Kind) -> dict[str, Value]:
    """Answers as the core knows them: days as days. What is of no such type stays as it is, and the kind's
    own check says what is wrong with it."""
    days = {ask.name for ask in kind.fields if ask.type == "day"}
    found: dict[str, Value] = {}
    for name, value in said.items():
        if value is None or value == "":
            continue
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise Unreadable("unreadable", NOT_READ)
        if name in days and isinstance(value, str):
            try:
                found[str(name)] = date.fromisoformat(value)
                continue
            except ValueError:
                pass
        found[str(name)] = value
    return found


def source_of(device: str, written: datetime, pictures: tuple[Attachment, ...]) -> str:
    """Where an entry came from: which phone, when it was written there, what belongs to it."""
    told = [f"{SOURCE}{device[:8]}", written.astimezone(CHINA).isoformat(timespec="minutes")]
    return " ".join([*told, *(f"{p.what}:{p.sha256}:{p.size}" for p in pictures)])


def handed_source(how: str, on: date, papers: tuple[Attachment, ...]) -> str:
    """Where an entry came from that was handed in with papers: how, on which day, what belongs to it."""
    told = [f"{HANDED}{how.replace(' ', '')}", on.isoformat()]
    return " ".join([*told, *(f"{p.what}:{p.sha256}:{p.size}" for p in papers)])


def came_source(peer: str, bundle: str, papers: tuple[Attachment, ...]) -> str:
    """Where an entry came from that another system sent: which, in which bundle (as much of its id as there
    is room for), what belongs to it."""
    named = "".join(f" {p.what}:{p.sha256}:{p.size}" for p in papers)
    room = MOST_SOURCE - len(peer) - 1 - len(named)
    return f"{peer} {bundle[: max(1, min(32, room))]}{named}"


def attachments_in(source: str) -> tuple[Attachment, ...]:
    """The pictures and papers that an entry's source names."""
    if not source.startswith((SOURCE, HANDED, CAME)):
        return ()
    found = (_PICTURE.fullmatch(word) for word in source.split(" ")[2:])
    return tuple(Attachment(m[1], m[2], int(m[3])) for m in found if m is not None)


def _attachment(raw: Mapping[str, Any]) -> Attachment:
    digest, size = str(raw["sha256"]), int(raw["bytes"])
    if raw["what"] not in WHATS or raw["type"] not in TYPES or not _SHA256.fullmatch(digest):
        raise ValueError(raw["what"])
    if not 0 < size <= MOST_ATTACHMENT:
        raise ValueError(size)
    return Attachment(raw["what"], digest, size)


def _refused_before(raw: Mapping[str, Any]) -> tuple[UUID, ...]:
    """In whose place an entry was written: those that were refused, the first one first."""
    if not raw.get("instead"):
        return ()
    before = raw.get("before") or ()
    if not isinstance(before, list | tuple) or len(before) > MOST_BEFORE:
        raise ValueError(before)
    return (*map(UUID, before), UUID(raw["instead"]))


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None or not 2000 <= found.year < 2200:  # a clock that was never set
        return None
    return found
