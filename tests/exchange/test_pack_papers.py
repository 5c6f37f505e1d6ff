"""Word, PDF and Excel of a pack: the same content gives the same bytes, hidden counts are nowhere in them,
and what somebody wrote stays text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from guitu.exchange.packs import content, pictures
from guitu.exchange.packs.content import Amount, Pack
from guitu.exchange.packs.examples import CORRECTION, MONTH
from guitu.exchange.packs.excel import excel
from guitu.exchange.packs.pdf import pdf
from guitu.exchange.packs.report import Grid, report, title_of
from guitu.exchange.packs.word import word
from guitu.exchange.packs.words import change, shown

MAKERS = {"word": word, "pdf": pdf, "excel": excel}


def parts(package: bytes) -> str:
    """All text of an Office package."""
    with zipfile.ZipFile(io.BytesIO(package)) as found:
        return "".join(found.read(n).decode() for n in found.namelist() if n.endswith((".xml", ".rels")))


def said(package: bytes) -> str:
    """What a reader of a Word document reads."""
    with zipfile.ZipFile(io.BytesIO(package)) as found:
        return re.sub("<[^>]+>", "|", found.read("word/document.xml").decode())


def test_content_comes_back_from_its_canonical_text() -> None:
    assert content.read(MONTH.canonical()) == MONTH
    assert content.read(json.dumps(json.loads(MONTH.canonical()))).digest() == MONTH.digest()


def test_a_field_that_is_added_later_changes_no_digest_of_what_was_fixed_before() -> None:
    assert content.plain(Amount("5")) == {"value": "5"}
    assert '"along"' not in replace(MONTH, below=content.ByUnit()).canonical()


def test_one_changed_figure_gives_another_digest() -> None:
    other = replace(MONTH, flow=replace(MONTH.flow, closing=Amount("347", n=347)))
    assert other.digest() != MONTH.digest()


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_content_gives_the_same_bytes_at_any_time(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    first = MAKERS[name](MONTH)
    later = time.time() + 86_400 * 400
    monkeypatch.setattr(time, "time", lambda: later)
    pictures._kept.forget()
    assert MAKERS[name](content.read(MONTH.canonical())) == first


@pytest.mark.parametrize("name", ["word", "excel"])
def test_no_time_of_making_stands_in_a_package(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(MAKERS[name](MONTH))) as found:
        assert {part.date_time for part in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = found.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z?", core)) == {"2026-11-02T00:00:00Z"}


def test_the_pdf_is_archivable_and_says_so() -> None:
    made = pdf(MONTH)
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>A<" in made


def test_a_hidden_count_is_in_no_paper() -> None:
    secret = Amount("7", over=7, under=8191, n=7, hidden=True)
    line = replace(MONTH.groups[0].lines[1], now=secret, before=replace(secret, value="8191"))
    pack = replace(
        MONTH, groups=(replace(MONTH.groups[0], lines=(line,)),), below=content.ByUnit(), trends=()
    )
    for package in (word(pack), excel(pack)):
        text = parts(package)
        assert "8191" not in text
        assert "8,191" not in text
        assert "※不足10" in text


def test_what_somebody_wrote_is_no_formula_and_no_markup() -> None:
    nasty = '=HYPERLINK("http://x","y")#strong[z]<w:t>$1$'
    action = replace(MONTH.actions[0], text=nasty, result='#image("/etc/passwd")')
    pack = replace(MONTH, actions=(action,))
    sheet = parts(excel(pack))
    assert "<f>" not in sheet
    assert "<hyperlink " not in sheet
    assert "&lt;w:t&gt;" in parts(word(pack))
    assert pdf(pack) != pdf(MONTH)


def test_every_figure_is_bound_to_indicator_version_period_and_unit() -> None:
    told = report(MONTH)
    for line in MONTH.lines:
        assert any(f"〔{line.key}@{line.version} · 2026-10 · 469023〕" in note for note in told.notes)
    assert "数据截至 2026-11-02 06:00，记录序号 184,201" in told.foot[0]
    assert MONTH.digest().hex().upper() in told.foot[1].replace(" ", "")


def test_the_report_has_the_sections_in_their_order_and_rights_come_first() -> None:
    text = said(word(MONTH))
    order = [
        "一、在册人员增减", "二、主要指标", "三、趋势与分布", "四、逾期事项", "五、权利保障与提示",
        "六、数据质量",
        "七、上次议定事项及落实情况",
    ]  # fmt: skip
    places = [text.index(heading) for heading in order]
    assert places == sorted(places)
    findings = next(
        b for b in report(MONTH).blocks if isinstance(b, Grid) and b.caption == "提示汇总表（人）"
    )
    assert [row[0] for row in findings.rows] == ["权利", "权利", "提示"]


def test_a_correction_says_what_it_corrects_and_why() -> None:
    assert title_of(CORRECTION) == "示例县2026年10月戒毒康复工作更正报"
    assert "本报更正编号 469023-2026-10-1 的报告" in said(word(CORRECTION))


def test_word_and_pdf_have_the_margins_of_an_official_document() -> None:
    text = parts(word(MONTH))
    # twentieths of a point: 37, 26, 35 and 28 millimetres
    assert re.search(r'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"', text)
    assert 'w:eastAsia="仿宋"' in text
    assert 'w:eastAsia="黑体"' in text


@pytest.mark.parametrize(
    ("amount", "unit", "printed"),
    [
        (None, "person", "—"),
        (Amount(), "person", "—"),
        (Amount("0"), "person", "0"),
        (Amount("1204"), "person", "1,204"),
        (Amount("4", hidden=True), "person", "※不足10"),
        (Amount("346", hidden=True, along=True), "person", "※"),
        (Amount("87.5", 35, 40), "percent", "87.50%（35/40）"),
        (Amount("3.2068", 31, 9667), "permille", "3.21‰（31/9,667）"),
        (Amount("79.159"), "kg", "79.159"),
    ],
)
def test_four_different_nothings_and_numbers_as_offices_write_them(
    amount: Amount | None, unit: str, printed: str
) -> None:
    assert shown(amount, unit) == printed


@pytest.mark.parametrize(
    ("now", "then", "unit", "printed"),
    [
        ("346", "343", "person", "+3（+0.9%）"),
        ("10", "16", "person", "−6（−37.5%）"),
        ("5", "5", "person", "持平"),
        ("5", "0", "person", "+5"),
        ("91.23", "87.5", "percent", "+3.73个百分点"),
        ("3.21", "5", "permille", "−1.79个千分点"),
        ("5", "", "person", "—"),
    ],
)
def test_a_comparison_says_by_how_much(now: str, then: str, unit: str, printed: str) -> None:
    assert change(Amount(now), Amount(then), unit) == printed


def test_nothing_is_compared_with_a_hidden_count() -> None:
    assert change(Amount("12"), Amount("4", hidden=True)) == "※"
    assert change(Amount("4", hidden=True), None) == "※"


def test_a_number_keeps_all_its_digits_in_the_workbook() -> None:
    line = replace(MONTH.groups[0].lines[0], now=Amount("79.159", n=12), unit="kg")
    pack: Pack = replace(MONTH, groups=(replace(MONTH.groups[0], lines=(line,)),))
    assert 79.159 in {float(v) for v in re.findall(r"<v>([\d.]+)</v>", parts(excel(pack)))}
    assert Decimal("79.159") == pack.lines[0].now.number
    assert date(2026, 10, 31) == pack.last
