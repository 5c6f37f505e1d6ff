"""Files that cannot be ledgers: one clear sentence each, in both languages, and quickly."""

from __future__ import annotations

import io
import random
import struct
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path
from struct import pack, pack_into, unpack_from

import openpyxl
import pytest

from guitu.cli.main import main
from guitu.exchange.ledgers import Refused, check_workbook, old_package, package, workbook
from tests.exchange.sheets import ON, as_xls, changed, csv_bytes, fixture, roster, roster_row, saved, xlsx


def refusal(source: bytes | str | Path, **more: int) -> str:
    """The sentence a file is refused with; both languages must have one."""
    with pytest.raises(Refused) as refused:
        check_workbook(source, on=ON, name="台账.xlsx" if isinstance(source, bytes) else "", **more)  # type: ignore[arg-type]
    zh, en = refused.value.say("zh"), refused.value.say("en")
    assert zh.endswith("。")
    assert en.endswith(".")
    assert "Traceback" not in zh + en
    return zh


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one more part, or another content for one it has."""
    there = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for part in there.namelist():
            if part != name:
                out.writestr(part, there.read(part))
        out.writestr(name, content)
    return buffer.getvalue()


def declared_smaller(data: bytes, part: str, size: int) -> bytes:
    """The package with a lie about how large one part is."""
    where = data.rindex(part.encode(), data.index(b"PK\x01\x02")) - 46
    return data[: where + 24] + struct.pack("<I", size) + data[where + 28 :]


SHEET = "xl/worksheets/sheet1.xml"


def bomb(megabytes: int) -> bytes:
    """A sheet that is nothing but blanks."""
    row = b"<row r='1'><c r='A1' t='inlineStr'><is><t>" + b" " * 1_000_000
    content = b"<worksheet><sheetData>" + row * megabytes + b"</t></is></c></row></sheetData></worksheet>"
    return with_part(fixture("facility_roster"), SHEET, content)


def test_a_missing_file_a_folder_and_an_empty_file_are_named(tmp_path: Path) -> None:
    assert "没有找到" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)
    empty = tmp_path / "空.xlsx"
    empty.write_bytes(b"")
    assert refusal(empty) == "空.xlsx：文件是空的（0 字节），请重新导出或另存后再试。"
    assert "空的" in refusal(b"\xef\xbb\xbf\r\n \r\n")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "锁.xlsx"
    closed.write_bytes(b"PK")

    def no(self: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", no)
    assert "权限" in refusal(closed)


@pytest.mark.parametrize("cut", [10, 100, 0.3, 0.9, 0.99])
def test_a_damaged_workbook_is_said_to_be_damaged(cut: float) -> None:
    data = fixture("facility_roster")
    assert "损坏" in refusal(data[: int(cut * len(data)) if cut < 1 else int(cut)])


def test_damage_inside_a_part_is_noticed() -> None:
    data = bytearray(fixture("facility_roster"))
    there = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo(SHEET)
    middle = there.header_offset + 30 + len(SHEET) + there.compress_size // 2
    for at in range(middle, middle + 60):
        data[at] ^= 0xFF
    assert "损坏" in refusal(bytes(data))


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET])
def test_a_part_that_is_no_xml_is_damage(part: str) -> None:
    assert "损坏" in refusal(with_part(fixture("facility_roster"), part, b"<workbook><sheets>"))


def test_an_entity_in_the_workbook_is_not_expanded() -> None:
    content = b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'
    assert "损坏" in refusal(with_part(fixture("facility_roster"), "xl/workbook.xml", content))


def test_an_encrypted_workbook_asks_for_the_password_to_be_removed() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    assert "密码" in refusal(ole + "EncryptedPackage".encode("utf-16-le") + bytes(100))


def test_an_ole_file_that_is_no_workbook_is_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    assert "损坏" in refusal(ole)
    assert "文字处理文档" in refusal(ole + "WordDocument".encode("utf-16-le"))
    assert "宏" in refusal(ole + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"))
    assert "损坏" in refusal(ole + "Workbook".encode("utf-16-le"))


def test_a_workbook_with_macros_is_refused_whatever_its_name() -> None:
    assert "宏" in refusal(with_part(fixture("facility_roster"), "xl/vbaProject.bin", b"x"))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"<html><table><tr><td>x", "网页"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML"),
        (b"{\\rtf1", "文字处理文档"),
        (b"\x7fELF" + bytes(200), "二进制"),
    ],
)
def test_another_type_of_file_is_named_for_what_it_is(data: bytes, what: str) -> None:
    assert what in refusal(data)


@pytest.mark.parametrize(
    ("part", "what"),
    [("word/document.xml", "文字处理文档"), ("a.txt", "压缩包"), ("xl/workbook.bin", ".xlsb")],
)
def test_another_package_is_named_for_what_it_is(part: str, what: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr(part, b"x")
    assert what in refusal(buffer.getvalue())


def test_an_opendocument_sheet_is_asked_to_be_saved_as_xlsx() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", "<x/>")
    assert ".ods" in refusal(buffer.getvalue())


def test_too_large_a_file_says_its_size_and_the_limit(tmp_path: Path) -> None:
    large = tmp_path / "大.xlsx"
    with large.open("wb") as stream:
        stream.truncate(21 << 20)
    assert "21 MB" in refusal(large)
    assert "20 MB" in refusal(large)
    assert "1 MB" in refusal(bytes(2 << 20), most_bytes=1 << 20)


def test_a_zip_bomb_is_not_opened() -> None:
    data = bomb(80)
    assert len(data) < 200_000
    began = time.monotonic()
    assert "解压后" in refusal(data)
    assert time.monotonic() - began < 2


def test_a_zip_bomb_that_lies_about_its_size_is_not_opened() -> None:
    data = declared_smaller(bomb(80), SHEET, 1000)
    tracemalloc.start()
    assert "解压后" in refusal(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30 << 20


def test_a_blank_typed_far_away_is_named_instead_of_filling_the_memory() -> None:
    def stray(book: openpyxl.Workbook) -> None:
        book["花名册"]["XFD1048576"] = " "

    sentence = refusal(changed(fixture("facility_roster"), stray))
    assert "1048576" in sentence
    assert "花名册" in sentence


def test_borders_drawn_far_away_do_no_harm() -> None:
    def borders(book: openpyxl.Workbook) -> None:
        for at in range(1, 400):
            book["花名册"].cell(1, at).style = "Normal"
            book["花名册"].cell(140, at).font = openpyxl.styles.Font(bold=True)

    assert check_workbook(changed(fixture("facility_roster"), borders), on=ON).sheets[0].held == 15


def test_without_a_ledger_the_nearest_columns_are_named() -> None:
    data = xlsx(("通讯录", [["姓名", "联系电话", "岗位"], ["王某某", "19800000000", "专干"]]))
    sentence = refusal(data)
    assert "通讯录" in sentence
    assert "姓名、联系电话" in sentence
    assert "社戒社康台账" in sentence
    assert "一列认得出来" in refusal(saved(openpyxl.Workbook()))
    assert "一列认得出来" in refusal(csv_bytes([["甲", "乙"], ["1", "2"]]))


def test_text_in_no_known_encoding_is_refused() -> None:
    assert "UTF-8" in refusal("姓名,性别\n".encode()[:-2] + b"\xff\xff\xff,\n")


def test_the_command_prints_one_sentence_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(fixture("facility_roster")[:5000])
    for language, word in (("zh", "损坏"), ("en", "damaged")):
        assert main(["ledger", "check", str(broken), "--on", "2020-06-28", "--lang", language, "--json"]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert word in shown.err
        assert len(shown.err.strip().splitlines()) == 1


def test_the_command_prints_pure_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    path = tmp_path / "花名册.xlsx"
    path.write_bytes(xlsx(("花名册", roster(roster_row(1), roster_row(2, 性别="不详")))))
    assert main(["ledger", "check", str(path), "--on", "2020-06-28", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["sheets", "problems"]
    assert list(answer["sheets"][0]) == ["sheet", "ledger", "header_row", "accepted", "held"]
    assert list(answer["problems"][0]) == ["sheet", "row", "column", "code", "severity", "message"]


def test_the_command_shows_faults_and_unknown_columns_to_a_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "花名册.xlsx"
    rows = roster(roster_row(1), roster_row(2, 性别="不详"))
    path.write_bytes(
        xlsx(("花名册", [[*row, extra] for row, extra in zip(rows, ["血型", "A", "B"], strict=True)]))
    )
    assert main(["ledger", "check", str(path), "--on", "2020-06-28"]) == 0
    shown = capsys.readouterr().out
    assert "可导入 1" in shown
    assert "花名册 第 3 行" in shown
    assert "血型" in shown


@pytest.mark.parametrize(("language", "says"), [("zh", "有 1 行是隐藏"), ("en", "1 row hidden or filtered")])
def test_the_command_says_once_what_a_sheet_hides(
    language: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["花名册"].row_dimensions[3].hidden = True

    path = tmp_path / "花名册.xlsx"
    path.write_bytes(changed(xlsx(("花名册", roster(roster_row(1), roster_row(2)))), hide))
    assert main(["ledger", "check", str(path), "--on", "2020-06-28", "--lang", language]) == 0
    assert capsys.readouterr().out.count(says) == 1


@pytest.mark.parametrize("closed_below", [False, True])
def test_a_quote_without_its_partner_does_not_swallow_the_rows_below(closed_below: bool) -> None:
    lines = csv_bytes(roster(*(roster_row(n) for n in range(1, 7))), "utf-8").decode().split("\r\n")
    lines[2] += '"见附件'
    if closed_below:
        lines[4] += '"有工作"'
    assert "第 3 行有一个没有配对的双引号" in refusal("\r\n".join(lines).encode())


def test_quotes_and_line_breaks_that_belong_to_a_cell_are_no_fault() -> None:
    remark = '说"好"，\n第二行,第三行,有工作\n完'
    result = check_workbook(csv_bytes(roster(roster_row(1, 备注=remark), roster_row(2))), on=ON)
    assert not result.problems
    assert result.sheets[0].accepted == 2


@pytest.mark.parametrize(
    "data",
    [
        "<html><body><table><tr><td>姓名</td></tr></table></body></html>".encode("utf-16"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html><table></table></html>",
    ],
)
def test_a_web_page_that_a_spreadsheet_program_opens_is_named_for_what_it_is(data: bytes) -> None:
    assert "改了扩展名的网页" in refusal(data)


def test_no_damage_to_an_old_workbook_is_more_than_damage() -> None:
    whole = as_xls(xlsx(roster(roster_row(1))))
    chance = random.Random(5)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.choice([chance.randrange(600), chance.randrange(len(data))])] = chance.randrange(256)
        with suppress(Refused):
            old_package.inspect(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))


def _without_an_end(what: str) -> bytes:
    """An old workbook of which something leads back to itself, or claims to be larger than any sheet."""
    data = bytearray(as_xls(xlsx(roster(roster_row(1)))))
    first_table, first_entry = unpack_from("<L", data, 76)[0], unpack_from("<L", data, 48)[0]
    if what == "directory":
        pack_into("<L", data, (first_table + 1) * 512 + 4 * first_entry, first_entry)
    elif what == "list of tables":
        here = len(data) // 512 - 1
        data += pack("<128L", *[0xFFFF_FFFF] * 127, here)
        pack_into("<2L", data, 68, here, 1)
    elif what == "said size":
        pack_into("<2L2H", data, data.index(pack("<2H", 0x200, 14)) + 4, 0, 0xFF_FFFF, 0, 0xFFFF)
    elif what == "far cell":
        pack_into("<2H", data, data.rindex(pack("<2H", 0xFD, 10)) + 4, 0xFFFF, 0xFFFF)
    return bytes(data)


@pytest.mark.parametrize("what", ["directory", "list of tables", "said size", "far cell"])
def test_an_old_workbook_without_an_end_never_reaches_the_parser(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the memory of the whole process would end, and with it everybody's work."""
    assert old_package.inspect(_without_an_end("")) == old_package.OldPackage(sheets=(package.Part(2, 11),))
    monkeypatch.setattr(workbook, "_calamine", lambda *_: pytest.fail("it reached the parser"))
    says = "超出台账的合理范围" if what == "far cell" else "文件已损坏"
    assert says in refusal(_without_an_end(what))
