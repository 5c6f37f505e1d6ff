"""Reads a draft bulletin from a file: plain text (UTF-8, GB18030, UTF-16) or Word (.docx), told apart by
their bytes.

Of a Word file its paragraphs, text boxes and tables are read, in the order of the document; a table row is
one line with its cells apart. What was struck out by tracked changes is not read. Errors are Refused, one
sentence each.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MOST_BYTES: Final = 10 * 1024 * 1024
"""How large a file may be."""
MOST_UNPACKED: Final = 60 * 1024 * 1024
"""What the text part of a Word file may unpack to."""
MOST_CHARACTERS: Final = 100_000
"""How long a bulletin may be: some hundred pages."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX: Final = f"{_W}txbxContent"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

EMPTY: Final = Label("没有文字可核对。", "There is no text to check.")
TOO_LARGE: Final = Label(
    "文件超过 {most} MB，请只上传稿件正文。", "The file has more than {most} MB; send the text only."
)
TOO_LONG: Final = Label(
    "稿件超过 {most} 字，请分几次核对。",
    "The text has more than {most} characters; check it in several parts.",
)
OLD_WORD: Final = Label(
    "这是旧版 Word（.doc）或设了密码的文件，请另存为不加密的 .docx 后再试。",
    "This is an old Word file (.doc) or one with a password; save it as .docx without a password.",
)
PDF: Final = Label(
    "这是 PDF，读不出可靠的文字；请用 Word 原稿或复制文字。",
    "This is a PDF; use the Word original, or paste its text.",
)
OTHER: Final = Label("这不是文本文件，也不是 .docx。", "This is neither a text file nor a .docx.")
BROKEN: Final = Label("文件已损坏，打不开，请另存后再试。", "The file is damaged; save it again.")
ENCODING: Final = Label(
    "文本编码不是 UTF-8 也不是 GB18030，请另存为 UTF-8。",
    "The text is neither UTF-8 nor GB18030; save it as UTF-8.",
)


class Refused(GuituError):
    """A file or a text that cannot be checked."""


def read_file(path: Path) -> str:
    """The text of a file. Raises Refused, or OSError where the file cannot be opened."""
    with path.open("rb") as file:
        return read_bytes(file.read(MOST_BYTES + 1))


def read_bytes(data: bytes) -> str:
    """The text in a file's bytes. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(TOO_LARGE.fill(most=MOST_BYTES >> 20))
    if data.startswith(_OLE):
        raise Refused(OLD_WORD)
    if data.startswith(b"%PDF"):
        raise Refused(PDF)
    return limited(_docx(data) if data.startswith(b"PK\x03\x04") else _decoded(data))


def limited(text: str) -> str:
    """The text, if there is any and it is not too long. Raises Refused."""
    if not text.strip():
        raise Refused(EMPTY)
    if len(text) > MOST_CHARACTERS:
        raise Refused(TOO_LONG.fill(most=MOST_CHARACTERS))
    return text


def _decoded(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Refused(OTHER)
        return text
    raise Refused(ENCODING)


def _docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise Refused(OTHER)
            with archive.open("word/document.xml") as part:
                xml = part.read(MOST_UNPACKED + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ) as problem:
        raise Refused(BROKEN) from problem
    if len(xml) > MOST_UNPACKED:
        raise Refused(TOO_LARGE.fill(most=MOST_UNPACKED >> 20))
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refused(BROKEN)
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as problem:
        raise Refused(BROKEN) from problem
    return "\n".join(_blocks(root))


def _blocks(element: ElementTree.Element) -> Iterator[str]:
    """Paragraphs and table rows below an element, each as a line; boxes follow the paragraph they hang on."""
    for child in element:
        if child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}p":
            yield "".join(_words(child))
            for box in _boxes(child):
                yield from _blocks(box)
        elif child.tag == f"{_W}tr":
            cells = [" ".join(line for line in _blocks(cell) if line) for cell in child.iter(f"{_W}tc")]
            yield "\t".join(cells)
        else:
            yield from _blocks(child)


def _words(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag in (_FALLBACK, _BOX):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        else:
            yield from _words(child)


def _boxes(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)
