"""The figures desk as a page: a draft goes in, marked numbers and findings come out, nothing is kept."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.store import figure_marks
from tests.exchange.figures.bulletins import PAGE
from tests.store.writing import TOWN
from tests.web.board_made import people, write
from tests.web.desk import TODAY, html, main, signed_in, text

DRAFT = "全县责令社区戒毒58人。全县责令社戒社康58人，刑事案件同比下降27.45%。刑事案件同比下降7.45%。"


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_HOME", str(tmp_path))
    settings.HOME = tmp_path
    figure_marks._marks.cache_clear()


@pytest.fixture
def county(places: object) -> Client:
    return signed_in("chief", "county_supervisor", "469023", name="林县明")


def sent(client: Client, status: int = 200, **fields: object) -> str:
    """The page after a draft was sent in."""
    answer = client.post("/figures/", fields)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        ("outreach", "46"),
        ("county_supervisor", "469023"),
        ("provincial_supervisor", "46"),
    ],
)
def test_who_writes_bulletins_may_check_them(places: object, role: str, unit: str) -> None:
    assert "数字核对" in html(signed_in("writer", role, unit), "/figures/")


def test_a_town_office_is_told_that_it_is_not_for_it(places: object) -> None:
    client = signed_in("clerk", "town_office", TOWN)
    assert client.get("/figures/").status_code == 403
    assert client.post("/figures/", {"text": "12人。"}).status_code == 403
    assert client.post("/figures/download/", {"text": "12人。"}).status_code == 403


def test_every_number_of_the_draft_is_marked_and_each_finding_has_its_sentences(county: Client) -> None:
    page = sent(county, text=PAGE)
    shown = text(page)
    assert "52 个数字：2 处有误" in shown
    assert "刑事类案件同比下降27.45%。" in shown
    assert 'class="figure wrong" href="#fault-1"' in page
    assert 'id="fault-2"' in page
    assert page.count('class="figure matched" href="#number-') >= 35
    assert 'id="number-52"' in page
    assert "<h1>核对结果</h1>" in page


def test_nothing_of_the_draft_is_kept(county: Client, tmp_path: Path) -> None:
    before = {model: model._default_manager.count() for model in apps.get_app_config("web").get_models()}
    sent(county, text="独特的一句话：收戒吸毒人员4321人。")
    after = {model: model._default_manager.count() for model in before}
    assert after == before
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and b"4321" in path.read_bytes()]
    assert kept == []


def test_an_empty_or_too_long_draft_and_a_wrong_period_are_said_and_what_was_typed_stays(
    county: Client,
) -> None:
    page = sent(county, 422, text="  ")
    assert "没有文字可核对" in page
    assert 'aria-invalid="true"' in page
    assert "100000" in text(sent(county, 422, text="长" * 100_001)).replace(",", "")
    assert "请分几次核对" in sent(county, 422, text="收戒12人。" * 2001)
    page = sent(county, 422, text="收戒吸毒人员12人。", period="去年底")
    assert "收戒吸毒人员12人。" in page
    assert 'value="去年底"' in page
    assert 'href="#f-period"' in page


def test_a_word_file_may_be_sent_and_others_are_refused_in_words(county: Client) -> None:
    document = docx.Document()
    document.add_paragraph("获证率达92.48‰。")
    held = io.BytesIO()
    document.save(held)
    page = sent(county, file=SimpleUploadedFile("稿.docx", held.getvalue()))
    assert "92.48‰" in page
    assert "此项以%计" in page
    assert "PDF" in sent(county, 422, text="留着", file=SimpleUploadedFile("稿.pdf", b"%PDF-1.7 x"))


def test_a_draft_cannot_put_anything_into_the_page(county: Client) -> None:
    page = sent(county, text="<script>alert(1)</script>收戒吸毒人员12人</textarea><b>。")
    assert "<script>alert(1)" not in page
    assert "</textarea><b>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_was_found_can_be_taken_along_as_a_word_file(county: Client) -> None:
    answer = county.post("/figures/download/", {"text": DRAFT})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    read = docx.Document(io.BytesIO(answer.content))
    words = "\n".join(paragraph.text for paragraph in read.paragraphs)
    assert "前后矛盾" in words
    assert "刑事案件同比下降7.45%。" in words
    assert len(read.tables[0].rows) == 5
    assert county.post("/figures/download/", {"text": ""}).status_code == 422
    assert county.get("/figures/download/").status_code == 405


def test_our_own_figure_stands_beside_the_printed_one(places: object, tmp_path: Path) -> None:
    write(
        tmp_path,
        [people("community.orders", unit, "2026-10", n) for unit, n in (("46", 900), ("469023", 60))],
    )
    client = signed_in("chief", "county_supervisor", "469023")
    page = main(sent(client, text="全县责令社戒社康58人。", period="2026-10"))
    assert "示例县，2026年10月" in text(page)
    assert "60 人" in text(page)
    assert "不同" in text(page)
    assert "一致" in text(main(sent(client, text="全县责令社戒社康60人。", period="2026-10")))


def test_a_small_figure_of_ours_is_not_given_away_by_the_comparison(places: object, tmp_path: Path) -> None:
    write(
        tmp_path, [people("community.orders", unit, "2026-10", n) for unit, n in (("46", 900), ("469023", 4))]
    )
    client = signed_in("chief", "county_supervisor", "469023")
    for guess in (4, 5):
        page = text(main(sent(client, text=f"全县责令社戒社康{guess}人。", period="2026-10")))
        assert "※不足10" in page
        assert "一致" not in page
        assert "不同" not in page


def test_without_a_board_the_comparison_says_so_and_the_check_stands(county: Client) -> None:
    page = text(sent(county, text=DRAFT, period="2026-10"))
    assert "还没有算过指标" in page
    assert "前后矛盾" in page


def test_the_desk_speaks_english(places: object) -> None:
    client = signed_in("chief", "county_supervisor", "469023", language="en")
    assert "Check the numbers" in html(client, "/figures/")
    assert "Contradiction" in sent(client, text=DRAFT)
