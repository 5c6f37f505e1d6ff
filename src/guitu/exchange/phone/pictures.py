"""Photos and signatures, which come after the entry they belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.exchange.phone.bounds import MOST_ATTACHMENT
from guitu.exchange.phone.forms import said
from guitu.exchange.phone.reading import Attachment, attachments_in
from guitu.kernel.labels import Label
from guitu.store import attachments, casefiles, engine

Json = dict[str, Any]

HEADS: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
"""How pictures begin; WebP has its name a little further on."""

NOT_NAMED: Final = Label("这条记录没有声明这张图片。", "The entry names no such picture.")
NO_ENTRY: Final = Label("没有这条记录。", "There is no such entry.")
DIFFERS: Final = Label("图片在途中损坏，请重新发送。", "The picture was damaged on its way; send it again.")
NO_PICTURE: Final = Label("这不是可用的图片格式。", "This is no picture of a kind that is taken.")
TOO_LARGE: Final = Label("图片太大；请压缩后重新发送。", "The picture is too large; compress it.")


def wanted(entry: UUID, named: Iterable[Attachment]) -> list[str]:
    """The digests of those that have not arrived."""
    digests = [one.sha256 for one in named]
    if not digests:
        return []
    have = attachments.there([entry]).get(entry, frozenset())
    return [digest for digest in digests if digest not in have]


def type_of(content: bytes) -> str:
    """The type of a picture by how it begins; empty for anything else."""
    for head, name in HEADS:
        if content.startswith(head):
            return name
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def stored_entry(identifier: UUID) -> Entry | None:
    """The entry of that id, opened, wherever it stands."""
    with engine.house():
        row = engine.row(
            "SELECT f.id FROM store_entry e JOIN store_casefile f ON f.no = e.file WHERE e.id = %s",
            [engine.key(identifier)],
        )
        if row is None:
            return None
        file = engine.uuid_of(row[0])
        held = casefiles.by_ids([file])[file]
        casefiles.fill([held])
    return next(e for e in held.entries if e.id == identifier)


def take(entry: Entry, sha256: str, content: bytes, now: datetime) -> Json:
    """Take one picture of an entry that names it; the same again is the same."""
    named = next((one for one in attachments_in(entry.source) if one.sha256 == sha256), None)
    if named is None:
        return _refused("not_named", NOT_NAMED)
    if len(content) > MOST_ATTACHMENT:
        return _refused("too_large", TOO_LARGE)
    if hashlib.sha256(content).hexdigest() != sha256:
        return {"state": "retry", "said": said(DIFFERS)}
    if not type_of(content):
        return _refused("no_picture", NO_PICTURE)
    attachments.keep(entry, named.what, sha256, content, now)
    return {"state": "receipt"}


def _refused(code: str, label: Label) -> Json:
    return {"state": "refused", "code": code, "said": said(label)}
