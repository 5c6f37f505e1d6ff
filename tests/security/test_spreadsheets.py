"""Workbooks and text files on their way in and out: nothing in them is ever carried out."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from guitu.access import house
from guitu.exchange.ledgers import Refused, check_workbook, held_workbook
from guitu.exchange.ledgers.export import export_ledger
from guitu.exchange.ledgers.limits import MOST_ROWS, MOST_SHEETS
from guitu.exchange.ledgers.workbook import open_book
from guitu.store import gate
from tests.conftest import NOW
from tests.exchange.sheets import COMMUNITY, community_row, roster, xlsx
from tests.security.world import signed_in
from tests.store.writing import TOWN, VILLAGE, Pen

ON = date(2020, 6, 28)
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "|calc",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(some: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in some.items():
            archive.writestr(name, content)
    return stream.getvalue()


def formulas_in(data: bytes) -> list[str]:
    """Every cell of a workbook that a spreadsheet program would work out, and every link."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    raw = b"".join(content for name, content in parts(data).items() if name.startswith("xl/worksheets"))
    return (
        found
        + (["<f>"] if b"<f>" in raw or b"<f " in raw else [])
        + (["link"] if b"<hyperlink" in raw else [])
    )


@pytest.fixture
def people_with_formulas(places: object) -> None:
    """Every text of these files begins like a formula."""
    entries = []
    for place, text in enumerate(FORMULAS, start=950):
        pen = Pen(place)
        usable = text.strip() if text[:1] in "\r\n" else text  # a name of one line
        entries += [
            pen.person(usable, household_place=usable),
            pen.held_by(VILLAGE, worker=usable),
            pen.entry(
                "order", "2026-02-01", measure="community_treatment", document_no=usable, authority=usable
            ),
            pen.entry("served", "2026-02-01"),
            pen.entry("remark", "2026-02-02", text=text.strip("\r")),
        ]
    gate.record_many(entries, actor=house(), now=NOW)


@pytest.mark.usefixtures("people_with_formulas")
def test_no_cell_of_a_list_as_csv_begins_like_a_formula() -> None:
    client = signed_in("town", [("town_office", TOWN)])
    answer = client.get("/people/list.csv", {"list": "all"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(FORMULAS) + 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(" \u3000").startswith(DANGEROUS), cell


@pytest.mark.usefixtures("people_with_formulas")
def test_no_cell_of_an_exported_workbook_is_a_formula_or_a_link() -> None:
    client = signed_in("town", [("town_office", TOWN)])
    answer = client.get("/people/list.xlsx", {"list": "all"})
    assert formulas_in(answer.content) == []
    made = export_ledger("community_roster", unit=TOWN, on=NOW.date(), actor=house(), now=NOW)
    assert made.rows == len(FORMULAS)
    assert formulas_in(made.data) == []


@pytest.mark.parametrize("text", FORMULAS)
def test_a_held_row_comes_back_as_text(text: str) -> None:
    row = community_row(1, 备注=text, 公民身份号码="123", 姓名=text.strip())
    data = xlsx(roster(row, header=COMMUNITY))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cells in book.active.iter_rows():
        for cell in cells:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    stream = io.BytesIO()
    book.save(stream)
    result = check_workbook(stream.getvalue(), on=ON)
    assert formulas_in(held_workbook(stream.getvalue(), result)) == []


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/var/evil.txt", "..\\..\\evil.txt", "xl/../../../evil.txt"]
)
def test_a_part_that_would_climb_out_of_the_archive_is_written_nowhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    some = parts(xlsx(roster(community_row(1), header=COMMUNITY)))
    result = check_workbook(packed({**some, name: b"evil" * 1000}), on=ON)
    assert result.sheets[0].accepted == 1
    assert list(tmp_path.rglob("*evil*")) == []
    assert not Path("/var/evil.txt").exists()
    assert not (tmp_path.parent / "evil.txt").exists()


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/e.dtd"> %p;]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/e.dtd">',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
)


@pytest.mark.parametrize("declared", ENTITIES, ids=["file", "parameter", "external", "laughs"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_is_neither_fetched_nor_expanded(declared: str, part: str, encoding: str) -> None:
    some = parts(xlsx(roster(community_row(1), header=COMMUNITY)))
    text = some[part].decode()
    head, _, body = text.partition("?>") if text.startswith("<?xml") else ("<?xml version='1.0'", "", text)
    head = f"<?xml version='1.0' encoding='{encoding}'"
    some[part] = f"{head}?>{declared}{body}".encode(encoding)
    with pytest.raises(Refused):
        check_workbook(packed(some), on=ON)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_an_entity_in_a_sheet_shows_nothing_of_the_server(part: str) -> None:
    some = parts(xlsx(roster(community_row(1), header=COMMUNITY)))
    text = some[part].decode()
    some[part] = (
        text.replace("?>", f"?>{ENTITIES[0]}", 1).replace("王", "&e;", 1).replace("李小", "&e;", 1).encode()
    )
    try:
        result = check_workbook(packed(some), on=ON)
    except Refused:
        return
    assert "root:" not in str([sheet.table.values for sheet in result.sheets])


def bomb(size: int, declared: int) -> bytes:
    """An archive with one part that unpacks to `size` bytes and says that it has `declared`."""
    some = parts(xlsx(roster(community_row(1), header=COMMUNITY)))
    some["xl/media/bomb.bin"] = b"\0" * 8
    data = packed(some)
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    body = b"".join([packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)]) + packer.flush()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in some.items():
            if name != "xl/media/bomb.bin":
                archive.writestr(name, content)
    base = stream.getvalue()
    end = base.rindex(b"PK\x05\x06")
    entries, length, start = struct.unpack_from("<HLL", base, end + 10)
    name = b"xl/media/bomb.bin"
    about = (20, 0, 8, 0, 33, 0, len(body), declared, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *about) + name + body
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *about, 0, 0, 0, 0, start) + name
    directory = base[start : start + length] + central
    last = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, entries + 1, entries + 1, len(directory), start + len(local), 0
    )
    assert data
    return base[:start] + local + directory + last


@pytest.mark.parametrize("declared", [1 << 30, 1000], ids=["says so", "lies"])
def test_what_unpacks_out_of_all_proportion_is_not_opened(declared: int) -> None:
    data = bomb(64 << 20, declared)
    assert len(data) < 200_000
    with pytest.raises(Refused):
        check_workbook(data, on=ON)


def test_a_text_file_of_nothing_but_lines_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="more rows than the limit"):
        open_book(b"a,b\n" + b"\n" * (MOST_ROWS + 5), "lines.csv")


def test_a_workbook_of_nothing_but_sheets_is_refused_in_words() -> None:
    book = openpyxl.Workbook(write_only=True)
    for place in range(MOST_SHEETS + 1):
        book.create_sheet(f"s{place}")
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Refused, match="sheets, more than the limit"):
        check_workbook(stream.getvalue(), on=ON)


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(Refused):
        open_book(b'a,b\n"' + b"x" * 200_000 + b'",1\n', "long.csv")


HEADERS = (
    'x"; filename="evil.exe',
    "x\r\nSet-Cookie: a=b",
    "x\nX: y",
    "a\u202excod.exe",
    "../../etc/passwd",
    "名" * 300,
)


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_name_cannot_break_out_of_its_header(name: str, places: object) -> None:
    from guitu.web.pages.ledgers.upload import plain_name
    from guitu.web.pages.ledgers.view import _download

    answer = _download(b"", f"{plain_name(name)}.xlsx")
    said = answer.headers["Content-Disposition"]
    assert "\r" not in said
    assert "\n" not in said
    assert said.startswith("attachment; filename")
    assert "/" not in plain_name(name)
    assert "\u202e" not in plain_name(name)
    assert 'filename="evil.exe"' not in said.replace('\\"', "")
