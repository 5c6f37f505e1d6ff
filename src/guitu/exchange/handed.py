"""Papers that are handed in on a page: photos without what a camera writes beside the picture, and PDF
documents as they are. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from guitu.exchange.phone.reading import Attachment
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.outreach.photos import MOST_BYTES, NoPhoto, cleaned

MOST: Final = 3
"""Papers with one account."""
ACCEPT: Final = "image/jpeg,image/png,application/pdf"
PDF: Final = "application/pdf"
_HEAD: Final = b"%PDF-"
_END: Final = b"%%EOF"
_TAIL: Final = 2048

NOT_TAKEN: Final = Label(
    "请交 JPG、PNG 照片或者 PDF 文件。苹果手机的 HEIC 照片先在相册里导出为 JPG。",
    "Hand in a JPG or PNG photo or a PDF. Export HEIC photos of an iPhone as JPG first.",
)
NOT_WHOLE: Final = Label("这份 PDF 不完整，请重新选择。", "The PDF is not whole; choose it again.")
TOO_LARGE: Final = Label(
    f"每份材料不超过 {MOST_BYTES >> 20} MB。", f"A paper has at most {MOST_BYTES >> 20} MB."
)
TOO_MANY: Final = Label(f"一次最多 {MOST} 份材料。", f"At most {MOST} papers at once.")


class NoPaper(GuituError):
    """What was handed in is none of what is taken."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is kept: its bytes, and how the entry names it."""

    content: bytes
    named: Attachment


def paper_type(content: bytes) -> str:
    """The type of a document by how it begins; empty for anything else."""
    return PDF if content.startswith(_HEAD) else ""


def taken(content: bytes) -> Paper:
    """The paper as it is kept. Raises NoPaper with one sentence."""
    if len(content) > MOST_BYTES:
        raise NoPaper(TOO_LARGE)
    what = "photo"
    if paper_type(content):
        if _END not in content[-_TAIL:]:
            raise NoPaper(NOT_WHOLE)
        what = "paper"
    elif content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        try:
            content = cleaned(content).content
        except NoPhoto as wrong:
            raise NoPaper(wrong.label) from None
    else:
        raise NoPaper(NOT_TAKEN)
    return Paper(content, Attachment(what, hashlib.sha256(content).hexdigest(), len(content)))
