"""Looks into an .xlsx before anybody parses it: is it one, does it hold macros, how large is it really?

Declared sizes may lie, so every part is unpacked once, counted and thrown away. The same pass finds what a
reader of values cannot see: formulas without a result, error results, cells far outside the table, and hidden
rows and columns. And it finds merged cells, which stand behind the last row and for which calamine would
parse a whole sheet again.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from struct import Struct
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from guitu.exchange.ledgers import refusals
from guitu.exchange.ledgers.limits import MOST_CELLS, MOST_PARTS, MOST_RATIO, MOST_SHEETS, MOST_UNPACKED
from guitu.exchange.ledgers.refusals import Refused

_WIDE: Final = 100
_MOST_COLUMNS: Final = 16_384
_SEAM: Final = 200
"""How much of one chunk is looked at again with the next, for what lies across the seam."""

_ROW: Final = re.compile(rb"<row [^>]{0,200}?\br=[\"'](\d{1,7})[\"']")
# That a pattern begins with letters makes it fast; most sheets have none of these.
_FAR: Final = re.compile(rb"r=[\"'][A-Z](?:[A-Z]|\d{6})")
_HIDDEN: Final = rb"(?=[^>]{0,300}?\shidden=[\"'](?:1|true)[\"'])"
_HIDDEN_ROW: Final = re.compile(rb"<row" + _HIDDEN + rb"[^>]{0,300}?\sr=[\"'](\d{1,7})[\"']")
_HIDDEN_COLUMNS: Final = re.compile(  # programs write them in both orders
    rb"<col" + _HIDDEN + rb"(?=[^>]{0,300}?\smin=[\"'](\d{1,5})[\"'])[^>]{0,300}?\smax=[\"'](\d{1,5})[\"']"
)
_MERGED: Final = re.compile(rb"mergeCell\s[^>]{0,200}?\bref=[\"']([A-Z0-9:$]{2,40})[\"']")
_CELL: Final = re.compile(rb"<c (?P<head>[^>]*[^/>])>(?P<body>.*?)</c>", re.DOTALL)
_PLACE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_VALUE: Final = re.compile(rb"<v(?: [^>]*)?>[^<]+</v>|<is>")


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in one sheet: its furthest row and column, cells without a value to read, merged ranges,
    and which rows and columns, from 0, are hidden."""

    rows: int = 0
    columns: int = 0
    lost: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[bytes, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Package:
    """What a look into the file says: does it count days from 1904, and its sheets by name. `data` is the
    same file for the parser of sheets: which cells are merged stands in front of each sheet."""

    data: bytes = field(repr=False)
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
    ahead: dict[str, bytes] = {}
    for name, info in names.items():
        if info.compress_size * 1032 < 1 << 20 and name not in sheets:
            continue  # deflate cannot make more of so little
        chunks = _unpack(data, info, left)
        if name in sheets:
            part, special, used = _look(chunks)
            if special or part.columns > _WIDE or part.rows * part.columns > MOST_CELLS:
                part = _read_closely(_unpack(data, info, left), part)
            parts[sheets[name]] = part
            ranges = b"".join([b'<mergeCell ref="%b"/>' % area for area in part.merged])
            ahead[name] = b"<mergeCells>%b</mergeCells>" % ranges
            if part.rows * part.columns > MOST_CELLS:
                raise Refused(
                    refusals.TOO_WIDE.fill(sheet=sheets[name], rows=part.rows, columns=part.columns)
                )
        else:
            used = sum(len(chunk) for chunk in chunks)
        left -= used
    return Package(_put_ahead(data, names, ahead), _since_1904(archive, names), parts)


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


def _packed(data: bytes, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the packed bytes of one part begin and end."""
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        raise Refused(refusals.BROKEN)
    at += (
        30
        + int.from_bytes(data[at + 26 : at + 28], "little")
        + int.from_bytes(data[at + 28 : at + 30], "little")
    )
    return at, min(at + info.compress_size, len(data))


_LOCAL: Final = Struct("<4s5H3L2H")
_CENTRAL: Final = Struct("<4s6H3L5H2L")
_LAST: Final = Struct("<4s4H2LH")
_NAME_IS_UTF8: Final = 0x800


def _put_ahead(data: bytes, names: Mapping[str, zipfile.ZipInfo], ahead: Mapping[str, bytes]) -> bytes:
    """The archive with some bytes in front of some of its parts, without packing anything anew.

    A packed part may follow another: what was packed does not know where it stands.
    """
    out: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, info in names.items():
        begin, end = _packed(data, info)
        first, size, check = ahead.get(name, b""), info.file_size, info.CRC
        if first:
            check ^= _crc_of_zeros(size, zlib.crc32(first)) ^ _crc_of_zeros(size)
            size += len(first)
            if info.compress_type == zipfile.ZIP_DEFLATED:
                packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
                first = packer.compress(first) + packer.flush(zlib.Z_SYNC_FLUSH)
        called = name.encode()
        packed = len(first) + end - begin
        about = (20, _NAME_IS_UTF8, info.compress_type, 0, 33, check, packed, size, len(called), 0)
        out += [_LOCAL.pack(b"PK\x03\x04", *about), called, first, data[begin:end]]
        directory += [_CENTRAL.pack(b"PK\x01\x02", 20, *about, 0, 0, 0, 0, at), called]
        at += _LOCAL.size + len(called) + packed
    listed = b"".join(directory)
    last = _LAST.pack(b"PK\x05\x06", 0, 0, len(names), len(names), len(listed), at, 0)
    return b"".join([*out, listed, last])


def _crc_of_zeros(count: int, start: int = 0) -> int:
    """The CRC-32 of so many zero bytes after something whose CRC is `start`. CRCs are linear, so that what
    two parts have together follows from theirs and that of zeros."""
    zeros = bytes(1 << 16)
    for _ in range(count >> 16):
        start = zlib.crc32(zeros, start)
    return zlib.crc32(zeros[: count & 0xFFFF], start)


def _unpack(data: bytes, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The bytes of one part, whatever its header says of its size; never more than `most`."""
    at, end = _packed(data, info)
    if info.compress_type == zipfile.ZIP_STORED:
        if zlib.crc32(data[at:end]) != info.CRC:
            raise Refused(refusals.BROKEN)
        yield data[at:end]
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused(refusals.BROKEN)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    seen = check = 0
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
            check = zlib.crc32(chunk, check)
            if seen > most or seen > info.file_size:
                raise Refused(refusals.BOMB.fill(most=MOST_UNPACKED >> 20))
            yield chunk
    except zlib.error as problem:
        raise Refused(refusals.BROKEN) from problem
    if not inflate.eof or check != info.CRC:
        raise Refused(refusals.BROKEN)


def _look(chunks: Iterator[bytes]) -> tuple[Part, bool, int]:
    """One quick pass over a sheet's bytes: roughly how far it reaches, whether it holds formulas or errors
    at all, and how many bytes it has."""
    rows, columns, used = 0, 26, 0
    special = False
    merged: dict[bytes, None] = {}
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    tail = b""
    for chunk in chunks:
        used += len(chunk)
        for text in (tail + chunk[:_SEAM], chunk):
            if not special and (b'"e"' in text or (b"<f" in text and (b"<f>" in text or b"<f " in text))):
                special = True
            if last_row := _ROW.match(text, max(0, text.rfind(b"<row "))):
                rows = max(rows, int(last_row[1]))
            if b"mergeCell" in text:
                merged.update(dict.fromkeys(_MERGED.findall(text)))
            if b" hidden=" in text:
                hidden_rows.update(int(row) - 1 for row in _HIDDEN_ROW.findall(text))
                for first, last in _HIDDEN_COLUMNS.findall(text):
                    hidden_columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
            if _FAR.search(text):
                for far in _PLACE.finditer(text):
                    columns = max(columns, _column_number(far[1]) + 1)
                    rows = max(rows, int(far[2]))
        tail = chunk[-_SEAM:]
    if not tail.rstrip().endswith((b"worksheet>", b"chartsheet>", b"dialogsheet>")):
        raise Refused(refusals.BROKEN)  # cut off: the rows that are missing would not be missed
    hidden = frozenset(hidden_rows), frozenset(hidden_columns)
    return Part(rows, columns, frozenset(), tuple(merged), *hidden), special, used


def _read_closely(chunks: Iterator[bytes], part: Part) -> Part:
    """A slow pass over a sheet that was looked at (`part`): how far the cells with content reach, and which
    hold a formula without a result, or an error for a result."""
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
    return replace(part, rows=rows, columns=columns, lost=frozenset(lost))


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
    if not workbook or not relations:
        raise Refused(refusals.BROKEN)
    try:
        targets = {r.get("Id"): r.get("Target", "") for r in _plain_xml(relations)}
        sheets = [e for e in _plain_xml(workbook).iter() if e.tag.endswith("}sheet")]
    except (ElementTree.ParseError, expat.ExpatError) as problem:
        raise Refused(refusals.BROKEN) from problem
    if len(sheets) > MOST_SHEETS:
        raise Refused(refusals.TOO_MANY_SHEETS.fill(sheets=len(sheets), most=MOST_SHEETS))
    found: dict[str, str] = {}
    for sheet in sheets:
        relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[part] = sheet.get("name", "")
    return found


def _plain_xml(data: bytes) -> ElementTree.Element:
    """The root of an XML part. One with a document type is refused, in whatever encoding it stands: no
    spreadsheet program writes one, and it is where entities are declared."""
    look = expat.ParserCreate()
    look.StartDoctypeDeclHandler = _refuse_doctype
    look.Parse(data, True)
    return ElementTree.fromstring(data)


def _refuse_doctype(*_about: object) -> None:
    raise Refused(refusals.BROKEN)


def _since_1904(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> bool:
    return bool(re.search(rb"date1904=[\"'](?:1|true)[\"']", _small(archive, names, "xl/workbook.xml")))
