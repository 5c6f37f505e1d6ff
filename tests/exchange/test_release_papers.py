"""Papers of a release: filled from a template that an office may have edited, and read as hostile."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document

from guitu.centre.way_out import PAPERS
from guitu.exchange.documents import papers
from guitu.exchange.figures import read_bytes
from guitu.kernel.zone import CHINA

AT = datetime(2026, 11, 23, 10, 5, tzinfo=CHINA)
VALUES = {name: f"《{label.zh}》" for name, label in papers.FIELDS.items()}


def template(*lines: str) -> bytes:
    """A template as an office would write it."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The same package with one more part, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(papers.Refused) as found:
        papers.check(content)
    assert found.value.say("en")
    return found.value.say("zh")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_has_a_template_that_is_accepted_and_filled_to_the_last_place(paper: str) -> None:
    content = papers.default_template(paper)
    places = papers.check(content)
    text = read_bytes(papers.fill(content, VALUES, AT))
    assert "{{" not in text
    assert all(VALUES[place] in text for place in places)
    assert PAPERS[paper].zh in text


def test_the_same_values_make_the_same_bytes_and_other_ones_do_not() -> None:
    content = papers.default_template("certificate")
    assert papers.fill(content, VALUES, AT) == papers.fill(content, VALUES, AT)
    assert papers.fill(content, VALUES | {"name": "另一人"}, AT) != papers.fill(content, VALUES, AT)


def test_an_office_writes_its_own_wording_and_splits_a_place_as_word_does() -> None:
    document = Document()
    paragraph = document.add_paragraph("兹证明 ")
    for run in ("{{ na", "me", " }}"):
        paragraph.add_run(run).bold = run == "me"
    out = io.BytesIO()
    document.save(out)
    assert papers.check(out.getvalue()) == ("name",)
    assert "兹证明 《姓名》" in read_bytes(papers.fill(out.getvalue(), VALUES, AT))


def test_a_value_is_text_and_never_language_of_the_template() -> None:
    made = papers.fill(template("{{ name }}"), {"name": "<b>{{ 7*7 }}&"}, AT)
    assert "<b>{{ 7*7 }}&" in read_bytes(made)


def test_what_is_not_known_stays_a_line_to_write_on() -> None:
    assert "＿＿＿＿" in read_bytes(papers.fill(template("{{ town }}"), {}, AT))


@pytest.mark.parametrize(
    "line",
    ["{% for x in y %}{{ name }}{% endfor %}", "{{ name.__class__ }}", "{{ name|upper }}", "{{ 7*7 }}",
     "{{ ''.__class__ }}", "{# note #}{{ name }}", "{{ name }} {{", "}} {{ name }}", "{{p name }}"],
)  # fmt: skip
def test_nothing_but_a_plain_place_may_stand_in_a_template(line: str) -> None:
    assert "不能使用" in refused(template(line))


def test_a_place_nobody_knows_is_named_with_the_nearest() -> None:
    assert refused(template("{{ nmae }}")) == "没有名为“nmae”的字段，是不是“name”？"


def test_a_template_without_places_is_not_one() -> None:
    assert "没有任何可填的位置" in refused(template("解除证明书"))


def test_what_carries_programs_or_fetches_from_elsewhere_is_refused() -> None:
    good = template("{{ name }}")
    assert "宏" in refused(with_part(good, "word/vbaProject.bin", b"x"))
    assert "宏" in refused(with_part(good, "word/embeddings/a.xlsx", b"x"))
    rels = b'<Relationships><Relationship Target="x:" TargetMode="External"/></Relationships>'
    assert "文件以外" in refused(with_part(good, "word/_rels/settings.xml.rels", rels))
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "已损坏" in refused(with_part(good, "word/header1.xml", bomb))


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "不是 Word 文件"), (b"hello", "不是 Word 文件"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "旧版 Word"),
     (b"PK\x03\x04broken", "已损坏"), (b"PK\x03\x04" + b"x" * papers.MOST_BYTES, "超过 1 MB")],
)  # fmt: skip
def test_what_is_no_word_file_is_said_in_words(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_spreadsheet_is_no_template() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "不是 Word 文件" in refused(out.getvalue())


def test_a_package_that_unpacks_beyond_measure_is_refused() -> None:
    out = io.BytesIO(template("{{ name }}"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.xml", b"0" * (papers.MOST_UNPACKED + 1))
    assert "超过 1 MB" in refused(out.getvalue())
