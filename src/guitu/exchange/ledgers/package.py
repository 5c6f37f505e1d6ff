"""Looks into an .xlsx before anybody parses it: is it one, does it hold macros, how large is it really?

Declared sizes may lie, so every part is unpacked once, counted and thrown away. The same pass finds what a
reader of values cannot see: formulas without a result, error results, and cells far outside the table.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from guitu.exchange.ledgers import refusals
from guitu.exchange.ledgers.refusals import Refused

MOST_UNPACKED: Final = 768 * 1024 * 1024
MOST_RATIO: Final = 400
"""How many times larger than packed a part over 8 MB may be; sheets of real ledgers reach 30."""
MOST_CELLS: Final = 12_000_000
MOST_PARTS: Final = 2_000
_WIDE: Final = 100
_SEAM: Final = 200
"""How much of one chunk is looked at again with the next, for what lies across the seam."""

_ROW: Final = re.compile(rb"<row [^>]{0,200}?\br=[\"'](\d{1,7})[\"']")
# That a pattern begins with letters makes it fast; most sheets have neither of these.
_FAR_COLUMN: Final = re.compile(rb"r=[\"'][A-Z]{2}")
_FAR_ROW: Final = re.compile(rb"r=[\"'][A-Z]\d{6}")
_CELL: Final = re.compile(rb"<c (?P<head>[^>]*[^/>])>(?P<body>.*?)</c>", re.DOTALL)
_PLACE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_VALUE: Final = re.compile(rb"<v(?: [^>]*)?>[^<]+</v>|<is>")


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in one sheet: its furthest row and column, and cells without a value to read."""

    rows: int = 0
    columns: int = 0
    lost: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Package:
    """What a look into the file says: does it count days from 1904, and its sheets by name."""

    since_1904: bool = False
    sheets: dict[str, Part] = field(default_factory=dict)


def inspect(data: bytes) -> Package:
    """Look into an .xlsx. Raises Refused for what is no plain workbook, or is out of all proportion."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = {info.filename: info for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as problem:
        raise Refused(refusals.BROKEN) from problem
    _kind_of(names)
    if len(names) > MOST_PARTS:
        raise Refused(refusals.BOMB.fill(most=MOST_UNPACKED >> 20))
    _proportion(list(names.values()))
    left = MOST_UNPACKED
    sheets = _sheet_names(archive, names)
    parts: dict[str, Part] = {}
    for name, info in names.items():
        if info.compress_size * 1032 < 1 << 20 and name not in sheets:
            continue  # deflate cannot make more of so little
        chunks = _unpack(data, info, left)
        if name in sheets:
            part, special, used = _look(chunks)
            if special or part.columns > _WIDE or part.rows * part.columns > MOST_CELLS:
                part = _read_closely(_unpack(data, info, left))
            parts[sheets[name]] = part
            if part.rows * part.columns > MOST_CELLS:
                raise Refused(
                    refusals.TOO_WIDE.fill(sheet=sheets[name], rows=part.rows, columns=part.columns)
                )
        else:
            used = sum(len(chunk) for chunk in chunks)
        left -= used
    return Package(_since_1904(archive, names), parts)


def _kind_of(names: dict[str, zipfile.ZipInfo]) -> None:
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise Refused(refusals.MACROS)
    if "xl/workbook.bin" in names:
        raise Refused(refusals.OTHER_SHEET.fill(what=refusals.BINARY_WORKBOOK))
    if any(name.startswith("xl/") for name in names):
        return
    if any(name.startswith("word/") for name in names):
        raise Refused(refusals.WRONG_TYPE.fill(what=refusals.A_DOCUMENT))
    if "mimetype" in names and "content.xml" in names:
        raise Refused(refusals.OTHER_SHEET.fill(what=refusals.OPEN_DOCUMENT))
    raise Refused(refusals.WRONG_TYPE.fill(what=refusals.AN_ARCHIVE))


def _proportion(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise Refused(refusals.ENCRYPTED)
    too_much = sum(info.file_size for info in infos) > MOST_UNPACKED
    out_of_proportion = any(
        info.file_size > 8 << 20 and info.file_size > MOST_RATIO * max(1, info.compress_size)
        for info in infos
    )
    if too_much or out_of_proportion:
        raise Refused(refusals.BOMB.fill(most=MOST_UNPACKED >> 20))


def _unpack(data: bytes, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The bytes of one part, whatever its header says of its size; never more than `most`."""
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        raise Refused(refusals.BROKEN)
    at += (
        30
        + int.from_bytes(data[at + 26 : at + 28], "little")
        + int.from_bytes(data[at + 28 : at + 30], "little")
    )
    end = min(at + info.compress_size, len(data))
    if info.compress_type == zipfile.ZIP_STORED:
        yield data[at:end]
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused(refusals.BROKEN)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    seen = 0
    try:
        packed = b""
        while not inflate.eof:
            if not packed:
                if at >= end:
                    break
                packed, at = data[at : min(end, at + (1 << 18))], at + (1 << 18)
            chunk = inflate.decompress(packed, 1 << 20)
            packed = inflate.unconsumed_tail
            seen += len(chunk)
            if seen > most or seen > info.file_size:
                raise Refused(refusals.BOMB.fill(most=MOST_UNPACKED >> 20))
            yield chunk
    except zlib.error as problem:
        raise Refused(refusals.BROKEN) from problem
    if not inflate.eof:
        raise Refused(refusals.BROKEN)


def _look(chunks: Iterator[bytes]) -> tuple[Part, bool, int]:
    """One quick pass over a sheet's bytes: roughly how far it reaches, whether it holds formulas or errors
    at all, and how many bytes it has."""
    rows, columns, used = 0, 26, 0
    special = False
    tail = b""
    for chunk in chunks:
        used += len(chunk)
        for text in (tail + chunk[:_SEAM], chunk):
            if not special and (b'"e"' in text or (b"<f" in text and (b"<f>" in text or b"<f " in text))):
                special = True
            if last_row := _ROW.match(text, max(0, text.rfind(b"<row "))):
                rows = max(rows, int(last_row[1]))
            if _FAR_COLUMN.search(text) or _FAR_ROW.search(text):
                for far in _PLACE.finditer(text):
                    columns = max(columns, _column_number(far[1]) + 1)
                    rows = max(rows, int(far[2]))
        tail = chunk[-_SEAM:]
    if not tail.rstrip().endswith((b"worksheet>", b"chartsheet>", b"dialogsheet>")):
        raise Refused(refusals.BROKEN)  # cut off: the rows that are missing would not be missed
    return Part(rows, columns), special, used


def _read_closely(chunks: Iterator[bytes]) -> Part:
    """A slow pass: how far the cells with content reach, and which hold a formula without a result, or an
    error for a result."""
    rows = columns = 0
    lost: set[tuple[int, int]] = set()
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        upto = 0
        for cell in _CELL.finditer(text):
            upto = cell.end()
            place = _PLACE.search(cell["head"])
            if place is None:
                continue
            row, column = int(place[2]), _column_number(place[1])
            rows, columns = max(rows, row), max(columns, column + 1)
            formula_without_result = b"<f" in cell["body"] and not _VALUE.search(cell["body"])
            if formula_without_result or b't="e"' in cell["head"]:
                lost.add((row - 1, column))
        rest = text[upto:][-(1 << 20) :]
    return Part(rows, columns, frozenset(lost))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _small(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    info = names.get(name)
    if info is None or info.file_size > 4 << 20:
        return b""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as problem:
        raise Refused(refusals.BROKEN) from problem


def _sheet_names(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The sheets' names by the part that holds them."""
    workbook = _small(archive, names, "xl/workbook.xml")
    relations = _small(archive, names, "xl/_rels/workbook.xml.rels")
    if not workbook or not relations or b"<!ENTITY" in workbook + relations:
        raise Refused(refusals.BROKEN)
    try:
        targets = {r.get("Id"): r.get("Target", "") for r in ElementTree.fromstring(relations)}
        sheets = [e for e in ElementTree.fromstring(workbook).iter() if e.tag.endswith("}sheet")]
    except ElementTree.ParseError as problem:
        raise Refused(refusals.BROKEN) from problem
    found: dict[str, str] = {}
    for sheet in sheets:
        relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[part] = sheet.get("name", "")
    return found


def _since_1904(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> bool:
    return bool(re.search(rb"date1904=[\"'](?:1|true)[\"']", _small(archive, names, "xl/workbook.xml")))
