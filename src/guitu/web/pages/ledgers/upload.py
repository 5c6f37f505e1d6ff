"""Taking a file in: held in memory only, no larger than a ledger may be, and never written down unsealed."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest

from guitu.exchange.ledgers import Refused, refusals
from guitu.exchange.ledgers.workbook import MOST_BYTES, read_bytes
from guitu.kernel.labels import Label
from guitu.web import clock
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers.kept import FILE, Kept
from guitu.web.who import Who

NO_FILE: Final = Label("请先选择一个文件。", "Choose a file first.")
NAME_LENGTH: Final = 120


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory and stops when it is too large: Django's own would spill it to disk."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.too_large = False
        self._seen = 0

    def handle_raw_input(self, *_args: object, **_kwargs: object) -> None:
        """Always in memory."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One more piece."""
        self._seen += len(raw_data)
        if self._seen > MOST_BYTES:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def receive(request: HttpRequest, reader: Who) -> ImportBatch:
    """The batch for the file in this request, its file kept. Raises Refused if it cannot be a ledger."""
    handler = request.upload_handlers[0]
    file = request.FILES.get("file")
    if isinstance(handler, InMemory) and handler.too_large:
        most = MOST_BYTES >> 20
        sent = int(request.META.get("CONTENT_LENGTH") or 0) >> 20
        raise Refused(refusals.TOO_LARGE.fill(size=max(sent, most + 1), most=most))
    if not isinstance(file, UploadedFile):
        raise Refused(NO_FILE)
    return taken(file.read(), file.name or "", reader)


def taken(content: bytes, name: str, reader: Who) -> ImportBatch:
    """The batch for a file that has come in whole, its file kept. Raises Refused if it cannot be a ledger."""
    data = read_bytes(content)
    assert reader.post is not None
    batch = ImportBatch(
        id=uuid4(),
        file_name=plain_name(name),
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        username=reader.username,
        name=reader.name,
        unit=reader.post.unit,
        role=reader.post.role,
        state="checking",
        uploaded_at=clock.now(),
    )
    Kept(batch.pk).write(FILE, data)
    batch.save(force_insert=True)
    return batch


def plain_name(name: str) -> str:
    """A file's name without folders and unprintable characters; its end is what tells its type."""
    text = re.split(r"[\\/]", name)[-1]
    text = "".join(letter for letter in text if letter.isprintable()).strip() or "台账"
    return text if len(text) <= NAME_LENGTH else text[: NAME_LENGTH - 20] + "…" + text[-19:]
