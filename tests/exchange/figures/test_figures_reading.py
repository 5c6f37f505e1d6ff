"""Drafts come as text in the two encodings offices use, or as Word files with boxes and tables; others are
refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from guitu.exchange.figures import Refused, check, read_bytes, read_file
from guitu.exchange.figures.reading import MOST_BYTES, MOST_CHARACTERS

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def word(body: str) -> bytes:
    """A Word file with that body."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
    return held.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_offices_is_read(encoding: str) -> None:
    assert read_bytes("收治戒毒人员12人。".encode(encoding)) == "收治戒毒人员12人。"


def test_a_word_file_is_read_with_its_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("治安类案件同比下降26%，刑事类案件同比下降27.45%。")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "事项", "人数（人）"
    table.cell(1, 0).text, table.cell(1, 1).text = "收戒", "120"
    path = tmp_path / "稿.docx"
    document.save(str(path))
    text = read_file(path)
    assert "27.45%" in text
    assert "收戒\t120" in text


def test_the_box_of_a_page_is_read_once_and_checked_against_the_text() -> None:
    box = f"<w:txbxContent>{p('刑事类案件同比下降7.45%。')}</w:txbxContent>"
    drawn = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    text = read_bytes(word(p("刑事类案件同比下降27.45%。") + drawn))
    assert text.count("7.45%。") == 2
    (found,) = [one for one in check(text).findings if one.code == "contradiction"]
    assert found.numbers == ("27.45%", "7.45%")


def test_what_was_struck_out_is_not_read() -> None:
    text = read_bytes(
        word("<w:p><w:del><w:r><w:delText>旧数99人</w:delText></w:r></w:del></w:p>" + p("新数12人"))
    )
    assert "99" not in text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "没有文字"),
        (b"  \n ", "没有文字"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "旧版 Word"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04broken", "已损坏"),
        (b"\x81", "编码"),
        ("长".encode() * (MOST_CHARACTERS + 1), "超过"),
        (b"a" * (MOST_BYTES + 1), "MB"),
        (b"a\x00b", "不是文本文件"),
    ],
)
def test_other_files_are_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refused) as refused:
        read_bytes(data)
    assert says in refused.value.label.zh


def test_a_spreadsheet_and_a_file_with_entities_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(Refused):
        read_bytes(held.getvalue())
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(Refused):
        read_bytes(bomb.getvalue())
