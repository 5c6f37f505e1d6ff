"""Figures: a table first, a picture second, small figures hidden on the server, villages for their own."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from guitu import compose
from guitu.compose import indicator_versions
from guitu.indicators import Period, Place
from guitu.indicators.engines import hiding
from guitu.indicators.shown import marks
from guitu.kernel.zone import CHINA
from guitu.store import figure_marks, units
from guitu.web.pages.indicators import pictures, topics
from guitu.web.pages.indicators.pictures import schematic
from tests.store.writing import OTHER_VILLAGE, TOWN, VILLAGE
from tests.web.board_made import Made, people, share, write
from tests.web.desk import TODAY, html, links, main, signed_in, text

RATE = "community.reported_rate"
ORDERS = "community.orders"
WEST = "469023101"
COUNTY = "469023"
MONTHS = ("2026-08", "2026-09", "2026-10")
SMALL = {TOWN: (60, 58, 55), WEST: (40, 44, 4)}


def figures() -> list[Made]:
    """Two towns of the county over three months; in October the west town has too few to be told."""
    made = []
    for at, month in enumerate(MONTHS):
        counts = {unit: of[at] for unit, of in SMALL.items()}
        counts[COUNTY] = sum(counts.values())
        counts["46"] = counts[COUNTY] + 700
        counts["469024"] = 700
        for unit, n in counts.items():
            made.append(people(ORDERS, unit, month, n))
            made.append(share(RATE, unit, month, n * 4 // 5, n))
    for village, n in ((VILLAGE, 30), (OTHER_VILLAGE, 3)):
        made.append(people(ORDERS, village, "2026-10", n))
    made.append(people(ORDERS, COUNTY, "2026-10", 56, by=("sex", "male")))
    made.append(people(ORDERS, COUNTY, "2026-10", 3, by=("sex", "female")))
    return made


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    settings.HOME = tmp_path
    figure_marks._marks.cache_clear()
    figure_marks._own.cache_clear()
    figure_marks._found.clear()


@pytest.fixture
def made(places: object, tmp_path: Path) -> Path:
    """The board of the small province."""
    return write(tmp_path, figures())


@pytest.fixture
def county(made: Path) -> Client:
    """The county's supervisor, who holds no cases."""
    return signed_in("chief", "county_supervisor", COUNTY, name="林县明")


@pytest.fixture
def town(made: Path) -> Client:
    """The town's office, which holds the cases of its villages."""
    return signed_in("clerk", "town_office", TOWN)


def row(page: str, unit: str) -> list[str]:
    """The cells of a unit's row."""
    found = re.search(rf'<tr id="u{unit}".*?</tr>', main(page), re.DOTALL)
    assert found is not None, unit
    return [
        re.sub(r"<[^>]+>", "", cell).strip()
        for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", found[0], re.DOTALL)
    ]


def test_without_a_board_the_page_says_who_makes_one_and_how(places: object) -> None:
    client = signed_in("chief", "county_supervisor", COUNTY)
    page = text(html(client, "/indicators/"))
    assert "还没有算过指标" in page
    assert "guitu indicators refresh" in page
    assert client.get(f"/indicators/{RATE}/picture.svg").status_code == 404


def test_every_topic_has_a_name_in_both_languages() -> None:
    assert set(compose.topics()) <= set(topics.TOPICS), "shown by the name of a folder"
    assert len(set(topics.TOPICS.values())) == len(topics.TOPICS), "two topics of one name"


def test_the_overview_compares_each_figure_with_the_period_and_the_year_before(county: Client) -> None:
    page = html(county, "/indicators/?topic=orders")
    assert "示例县 2026年10月" in text(page)
    assert "59 人" in text(page)
    assert "102" in text(page)
    assert "数据截至 2026-11-23 06:00" in text(page)
    assert links(page, f"/indicators/{ORDERS}/")


def test_an_indicator_says_itself_in_its_first_line(county: Client) -> None:
    page = text(html(county, f"/indicators/{RATE}/?period=2026-09"))
    assert "示例县 2026年9月：79.41%（81/102）；较上期 −0.59 个百分点" in page


def test_a_small_figure_and_whatever_would_give_it_away_are_hidden(county: Client) -> None:
    page = html(county, f"/indicators/{ORDERS}/")
    assert row(page, WEST)[1] == "※不足10"
    assert row(page, TOWN)[1] == "※"
    assert row(page, COUNTY)[1] == "59"
    assert "为防推算，一并隐去" in text(page)
    assert "※" in row(page, WEST)[3], "a difference would give it away"


def test_a_change_is_hidden_where_either_figure_it_lies_between_is(county: Client, tmp_path: Path) -> None:
    counted, change = "orders.people", "orders.people_change"
    numbers = {TOWN: (55, 44), WEST: (4, 40), COUNTY: (59, 84), "469024": (700, 700), "46": (759, 784)}
    made = []
    for unit, (now, then) in numbers.items():
        made += [people(counted, unit, "2026-10", now), people(counted, unit, "2025-10", then)]
        made.append(Made(change, unit, "2026-10", (now - then) * 100 / then, now, then, max(now, then)))
    write(tmp_path, [*figures(), *made])
    page = html(county, f"/indicators/{change}/?period=2026-10")
    assert row(page, COUNTY)[1] == "−29.76%"
    assert [row(page, unit)[1][0] for unit in (TOWN, WEST)] == ["※", "※"], "55 of 44 is +25%: the hidden 55"


def test_incidents_never_stand_without_near_misses_and_complaints(places: object, tmp_path: Path) -> None:
    month = "2026-10"
    near = Made("safety.near_misses", "46", month, 12, 12)
    write(tmp_path, [near, people("rights.complaints", "46", month, 31)])
    reader = signed_in("province", "provincial_supervisor", "46")
    beside = text(html(reader, f"/indicators/safety.six_no/?period={month}")).partition("须一并看")[2]
    assert re.search(r"险些发生的事件 12", beside)
    assert re.search(r"收到的投诉 31", beside)
    assert "须一并看" not in text(html(reader, f"/indicators/rights.complaints/?period={month}"))


def every_mark() -> dict[tuple[str, str, str], str]:
    """What stands for each figure of the board, as a page asks for it."""
    figure_marks._marks.cache_clear()
    figure_marks._own.cache_clear()
    figure_marks._found.clear()
    board, tree = figure_marks.board(), units.tree()
    return {
        (key, unit, month): figure_marks.mark_of(board, key, tree.find(unit), Period.parse(month))
        for key in (RATE, ORDERS)
        for unit in ("46", COUNTY, "469024", TOWN, WEST, VILLAGE, OTHER_VILLAGE)
        for month in MONTHS
    }


def worked_out() -> None:
    """What must stay hidden, beside the board, as `guitu indicators refresh` leaves it."""
    known = units.tree()
    places = [
        Place(u.no, u.code, u.name, u.level, u.parent, tuple(known.find(code).no for code in u.path))
        for u in known.by_no.values()
    ]  # fmt: skip
    hiding.write(figure_marks.board(), places, indicator_versions())


def test_what_was_worked_out_beforehand_is_what_a_page_would_work_out(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_page = every_mark()
    assert by_page[ORDERS, WEST, "2026-10"] == "small"
    assert set(by_page.values()) == {"", "small", "also"}
    worked_out()
    assert every_mark() == by_page

    def below_only(indicator: object, rows: object, whole: int, below: object, **more: object) -> object:
        assert units.tree().by_no[whole].level not in ("province", "prefecture"), (
            "it was worked out beforehand"
        )
        return marks(indicator, rows, whole, below, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(figure_marks, "marks", below_only)
    assert every_mark() == by_page


def test_where_a_unit_has_moved_since_the_page_works_it_out(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out()
    found = hiding.of(figure_marks.board())
    assert found is not None
    parents = {unit.no: unit.parent for unit in units.tree().by_no.values()}
    assert found.fits(parents)
    assert found.fits({**parents, 10_000: units.tree().find(COUNTY).no}), "a new one has no figures yet"
    assert not found.fits({**parents, units.tree().find(WEST).no: units.tree().find("469024").no})


def test_what_is_hidden_is_in_no_picture_and_no_download_either(county: Client) -> None:
    for address in (
        f"/indicators/{ORDERS}/picture.svg",
        f"/indicators/{ORDERS}/figures.svg",
        f"/indicators/{ORDERS}/figures.csv",
    ):
        shown = county.get(address).content.decode("utf-8-sig")
        assert "※不足10" in shown
        assert not re.search(r"[>,]4[<,\r]|[>,]55[<,\r]", shown), address


def test_nought_is_shown_as_nought_and_not_as_hidden(county: Client) -> None:
    page = html(county, "/indicators/deaths.people/")
    assert row(page, COUNTY)[1] == "0"


def test_who_holds_the_cases_sees_small_figures_on_the_page_but_takes_none_along(town: Client) -> None:
    page = html(town, f"/indicators/{ORDERS}/")
    assert row(page, OTHER_VILLAGE)[1] == "3"
    taken = town.get(f"/indicators/{ORDERS}/figures.csv").content.decode("utf-8-sig")
    assert re.search(r"南园村,※不足10", taken)


def test_villages_open_only_to_those_who_answer_for_them(county: Client) -> None:
    page = html(county, f"/indicators/{ORDERS}/?unit={TOWN}")
    assert "村级数据仅责任人可见" in text(page)
    assert f"u{VILLAGE}" not in page
    assert county.get(f"/indicators/{ORDERS}/?unit={VILLAGE}").status_code == 404
    assert county.get(f"/indicators/?unit={VILLAGE}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/indicators/", f"/indicators/{RATE}/", "/indicators/cohorts/", "/quality/"]
)
def test_what_lies_outside_the_area_is_not_there(county: Client, path: str) -> None:
    for unit in ("46", "469024", "nowhere"):
        assert county.get(f"{path}?unit={unit}").status_code == 404


def test_an_indicator_that_nobody_declared_is_not_there(county: Client) -> None:
    assert county.get("/indicators/nothing.such/").status_code == 404
    assert county.get(f"/indicators/{RATE}/figures.pdf").status_code == 404


def test_drilling_down_keeps_the_period_and_leads_back(county: Client) -> None:
    page = html(county, f"/indicators/{RATE}/?period=2026-09")
    [(down, _)] = [link for link in links(page, f"unit={TOWN}") if "picture" not in link[0]]
    assert "period=2026-09" in down
    deeper = html(county, down)
    assert "2026年9月" in text(deeper)
    assert any(words == "示例县" and "period=2026-09" in href for href, words in links(deeper))


@pytest.mark.parametrize(
    ("typed", "shown"), [("2026Q3", "2026年第三季度"), ("2026", "2026年"), ("2026-9", "2026年9月")]
)
def test_any_month_quarter_or_year_can_be_asked_for(county: Client, typed: str, shown: str) -> None:
    assert shown in text(html(county, f"/indicators/?period={typed}"))


def test_a_period_that_cannot_be_read_is_kept_in_its_box_with_what_is_wrong(county: Client) -> None:
    page = html(county, "/indicators/?period=10月", status=422)
    assert "看不懂期间“10月”" in text(page)
    assert 'value="10月"' in page


def test_a_period_that_is_not_worked_out_beforehand_says_how_it_is_counted(county: Client) -> None:
    page = text(html(county, f"/indicators/{ORDERS}/?period=2016-11-01..2019-10-31"))
    assert "这个期间没有预先算好" in page
    assert "guitu indicators run --period 2016-11-01..2019-10-31 --unit 469023" in page
    assert "未计算" in page


def test_a_month_that_is_not_over_says_so(county: Client) -> None:
    assert "本月尚未结账" in text(html(county, "/indicators/?period=2026-11"))
    assert "本月尚未结账" not in text(html(county, "/indicators/?period=2026-10"))


def test_old_figures_say_how_old_they_are(places: object, tmp_path: Path) -> None:
    write(tmp_path, figures(), at=datetime(2026, 11, 20, 6, 0, tzinfo=CHINA))
    client = signed_in("chief", "county_supervisor", COUNTY)
    assert "这些数是 3 天前算的" in text(html(client, "/indicators/"))


def test_a_new_board_is_shown_at_once(county: Client, tmp_path: Path) -> None:
    assert "59 人" in text(html(county, "/indicators/?topic=orders"))
    changed = [
        m for m in figures() if (m.key, m.unit, m.period, m.by) != (ORDERS, COUNTY, "2026-10", ("", ""))
    ]
    later = datetime(2026, 11, 23, 7, 0, tzinfo=CHINA)
    write(tmp_path, [*changed, people(ORDERS, COUNTY, "2026-10", 77)], at=later)
    assert "77 人" in text(html(county, "/indicators/?topic=orders"))


def test_a_split_hides_the_small_group_and_the_one_that_would_give_it_away(county: Client) -> None:
    page = text(html(county, f"/indicators/{ORDERS}/?by=sex"))
    assert "按性别分组" in page
    assert re.search(r"男 ※ 女 ※不足10", page)


def test_the_definition_stands_on_the_page(county: Client) -> None:
    page = text(html(county, f"/indicators/{RATE}/"))
    for word in ("口径 第 1 版", "分子", "分母", "计入时间", "来源", "版本"):
        assert word in page


def test_every_picture_has_its_sentence_its_table_and_its_downloads(county: Client) -> None:
    page = html(county, f"/indicators/{RATE}/?view=trend")
    assert re.search(r'<img[^>]+alt="趋势图。示例县：[^"]+2026-10 为', page)
    assert re.search(r'<img[^>]+width="720" height="\d+"', page)
    assert "图中的数" in text(page)
    assert [words for _, words in links(page, "figures.")] == ["下载 SVG", "下载 PNG", "下载表格", "下载 CSV"]


@pytest.mark.parametrize("view", ["table", "trend", "map"])
def test_every_picture_is_an_image_of_this_server_with_nothing_active_in_it(
    county: Client, view: str
) -> None:
    page = html(county, f"/indicators/{RATE}/?view={view}")
    for source in re.findall(r'(?:srcset|src)="(/indicators/[^"]+)"', main(page)):
        answer = county.get(source.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/svg+xml"
        ElementTree.fromstring(answer.content)
        assert b"<script" not in answer.content
        assert b"style=" not in answer.content


def test_the_map_of_a_place_without_outlines_says_that_it_is_schematic(county: Client) -> None:
    page = text(html(county, f"/indicators/{RATE}/?view=map"))
    assert "不是行政区划界线" in page
    assert "按单位代码的顺序排列" in page, "where its towns lie is not known"


def test_a_map_says_that_its_squares_stand_where_the_places_lie_only_where_that_is_known() -> None:
    assert schematic(["4601", "469023"]) is pictures.SCHEMATIC
    assert schematic(["3301", "3302"]) is pictures.IN_ORDER
    assert schematic(["469023100"]) is pictures.IN_ORDER


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")]
)
def test_figures_can_be_taken_along_in_four_ways(county: Client, ending: str, begins: bytes) -> None:
    answer = county.get(f"/indicators/{RATE}/figures.{ending}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f"469023_2026-10.{ending}" in answer["Content-Disposition"]


def test_a_workbook_holds_what_the_page_shows(county: Client) -> None:
    import python_calamine

    answer = county.get(f"/indicators/{ORDERS}/figures.xlsx?period=2026-09")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][0] == "示例县"
    assert rows[1][1] == 102
    assert any("数据截至" in str(r[0]) for r in rows)


def test_lists_behind_a_figure_are_offered_only_to_those_who_read_files(county: Client, made: Path) -> None:
    assert links(html(county, f"/indicators/{RATE}/"), "/behind/over/")
    figures_only = signed_in("counter", "statistician", COUNTY, name="数一")
    assert not links(html(figures_only, f"/indicators/{RATE}/"), "/behind/")
    assert figures_only.get(f"/indicators/{RATE}/behind/over/").status_code == 404


def test_a_list_whose_records_the_role_may_not_read_is_not_offered(county: Client) -> None:
    """Who is on the list would tell what is written where the role may not look."""
    assert not links(html(county, "/indicators/admissions.sick_or_disabled/"), "/behind/")
    assert county.get("/indicators/admissions.sick_or_disabled/behind/over/").status_code == 404


def test_the_lists_of_a_cohort_that_is_followed_for_a_month_open(county: Client, tmp_path: Path) -> None:
    key = "jobs.held_1_rate"
    parts = {"cohort": 100.0, "1.kept": 80, "1.lost": 20, "1.failed": 0, "1.censored": 0}
    write(tmp_path, [Made(key, COUNTY, "2025", 80.0, 80, 100, 100, parts)])
    lists = links(html(county, f"/indicators/{key}/?period=2025"), "/behind/1.")
    assert len(lists) == 4
    for address, _ in lists:
        html(county, address)


def test_a_cohort_shows_the_lost_beside_the_kept(county: Client, tmp_path: Path) -> None:
    parts = {"cohort": 100.0}
    for month, kept, lost, failed in ((3, 90, 10, 0), (6, 76, 12, 12), (12, 60, 25, 15)):
        parts |= {
            f"{month}.kept": kept,
            f"{month}.lost": lost,
            f"{month}.failed": failed,
            f"{month}.censored": 0,
        }
    parts |= {
        f"{m}.{o}": 100 if o == "censored" else 0
        for m in (24, 36)
        for o in ("kept", "lost", "failed", "censored")
    }
    key = "followup.kept_rate"
    write(tmp_path, [Made(key, COUNTY, "2025", 60.0, 60, 100, 100, parts)])
    page = text(html(county, "/indicators/cohorts/?period=2025"))
    assert "第 12 个月：保持 60.0%（60/100），失联 25.0%（25/100）" in page
    assert "尚不可知 100" in page
    picture = county.get(f"/indicators/{key}/cohort.svg?period=2025").content.decode()
    assert "失联" in picture


def test_small_outcomes_of_a_cohort_are_hidden_with_what_would_give_them_away(
    county: Client, tmp_path: Path
) -> None:
    parts = {"cohort": 60.0}
    for month in (3, 6, 12, 24, 36):
        parts |= {f"{month}.kept": 57, f"{month}.lost": 3, f"{month}.failed": 0, f"{month}.censored": 0}
    write(tmp_path, [Made("followup.kept_rate", COUNTY, "2023", 95.0, 57, 60, 60, parts)])
    page = text(html(county, "/indicators/cohorts/?period=2023"))
    assert "※不足10" in page
    assert "57/60" not in page
    assert "3/60" not in page


def test_figures_are_read_from_the_board_alone(county: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page never counts: it costs the same whatever the size of the population."""
    from guitu.indicators.engines import duck

    def counting(*_: object, **__: object) -> None:
        raise AssertionError("a page counted figures")

    monkeypatch.setattr(duck.DuckSource, "run", counting)
    for path in ("/indicators/", f"/indicators/{RATE}/?view=trend", "/indicators/cohorts/", "/quality/"):
        assert county.get(path).status_code == 200


def test_every_unit_of_the_province_that_a_map_knows_is_in_the_tree() -> None:
    from guitu.store.divisions import load_province
    from guitu.store.divisions.outlines import TILES

    below = {d.code for d in load_province("46") if d.parent == "46"}
    assert set(TILES) == below
    assert len(set(TILES.values())) == len(TILES), "two places on one square"


def test_the_tree_of_the_tests_has_both_towns(made: Path) -> None:
    assert [u.code for u in units.tree().children(units.tree().find(COUNTY)) if u.level == "town"] == [
        TOWN,
        WEST,
    ]


def test_one_cohort_is_one_curve_however_many_figures_are_read_off_it() -> None:
    together = [{one.key for one in same} for same in topics.cohorts()]
    assert {f"recovery.abstinent_{months}_rate" for months in (6, 12, 24, 36)} in together
    assert {"followup.kept_rate"} in together
