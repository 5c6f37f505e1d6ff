"""Entries as they stand in a bundle, and the way back. Kinds and versions are named: what this system does
not know it says so of, and takes nothing of that file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.compose import kinds
from guitu.exchange.phone.bounds import MOST_ATTACHMENTS as MOST_PAPERS
from guitu.exchange.phone.reading import CAME, Attachment, attachments_in, came_source
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock


class Unknown(GuituError):
    """An entry that this system cannot read: an unknown kind, or nonsense."""


def written(entry: Entry) -> dict[str, Any]:
    """An entry as JSON: days in ISO form, the moment in milliseconds since 1970. Where it was copied from
    stays behind: the bundle says where it comes from. Which papers belong to it goes along; the papers
    themselves follow in bundles of their own (`papers`)."""
    named = [[one.what, one.sha256, one.size] for one in attachments_in(entry.source)]
    return {
        **({"papers": named} if named else {}),
        "id": entry.id.hex,
        "kind": entry.kind,
        "version": entry.version,
        "on": entry.happened_on.isoformat(),
        "at": clock.milliseconds(entry.recorded_at),
        "author": entry.author,
        "unit": entry.unit,
        "corrects": entry.corrects.hex if entry.corrects else "",
        "reason": entry.reason,
        "fields": {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in sorted(entry.fields.items())
        },
    }


def read(told: Mapping[str, Any], file: UUID, peer: str, bundle: str) -> Entry:
    """The entry again, in that file, with where it came from: which system (as sources say it), in which
    bundle. Raises Unknown."""
    try:
        name = str(told["kind"])
        kind = kinds().get(name)
        if kind is None:
            raise Unknown(
                Label(
                    f"本系统不认识记录类型“{name[:60]}”；请更新本系统。",
                    f"this system does not know the kind “{name[:60]}”; update it.",
                )
            )
        days = {ask.name for ask in kind.fields if ask.type == "day"}
        fields = {
            str(k): date.fromisoformat(v) if k in days and isinstance(v, str) else v
            for k, v in dict(told["fields"]).items()
        }
        if not all(v is None or isinstance(v, str | int | date) for v in fields.values()):
            raise ValueError("fields")
        corrects = str(told.get("corrects") or "")
        return Entry(
            id=UUID(hex=told["id"]), file=file, kind=name, version=int(told["version"]),
            happened_on=date.fromisoformat(told["on"]), recorded_at=clock.moment(int(told["at"])),
            author=str(told["author"]), unit=str(told["unit"]), fields=fields,
            corrects=UUID(hex=corrects) if corrects else None,
            source=came_source(peer, bundle, _named(told.get("papers") or ())),
            reason=str(told.get("reason") or ""),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
        raise Unknown(Label("有一条记录读不懂。", "an entry could not be read.")) from wrong


def _named(told: Any) -> tuple[Attachment, ...]:
    """The papers that an entry names, which its source keeps in their own words and in no others."""
    found = tuple(Attachment(str(what), str(sha256), int(size)) for what, sha256, size in told)
    if len(found) > MOST_PAPERS or attachments_in(came_source(CAME, "x", found)) != found:
        raise ValueError("papers")
    return found


def digest_of(file: UUID, entries: Iterable[Entry]) -> str:
    """What stands for these entries of a file, whatever their order. An entry never changes: its id says
    all."""
    ids = sorted(entry.id.bytes for entry in entries)
    return sm3(file.bytes + b"".join(ids)).hex()


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """As they were recorded, what corrects after what it corrects."""
    return sorted(entries, key=lambda e: (e.recorded_at, e.corrects is not None, e.id.int))
