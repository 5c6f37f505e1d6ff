"""The pages of packs: made from records, checked by one, signed by another, sent; nobody else's business."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import caches
from django.test import Client

from guitu.exchange.packs import analysis, making
from guitu.store import figure_marks, packs, units
from guitu.store.units import NewUnit, tree
from guitu.web import background
from guitu.web.pages.packs import view, work
from tests.conftest import NOW
from tests.exchange.packing import OCTOBER, Given, under
from tests.store.writing import TOWN
from tests.web.at_once import at_once
from tests.web.board_made import people, write
from tests.web.recording import html, signed_in, text
from tests.web.sending import until

COUNTY = "469023"
WEST = "469023101"


class Counting:
    """What the analysis data would say, for these tests; `at` changes it."""

    def __init__(self) -> None:
        people = [under(p, "2026-01-05") for p in range(40)]
        self.given = Given(
            {("duties.overdue", 2, "report_in"): 18, ("duties.overdue", 3, "report_in"): 18},
            measures=[p[0] for p in people],
            homes=[p[1] for p in people],
        )

    @contextmanager
    def counter(self) -> Iterator[Given]:
        """In place of `analysis.counter`."""
        yield self.given


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    found = Counting()
    monkeypatch.setattr(analysis, "counter", found.counter)
    return found


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


BEGIN = background.begin


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(monkeypatch)


@pytest.fixture
def clerk(places: object) -> Client:
    return signed_in("li.xm", "statistician", COUNTY)


@pytest.fixture
def chief(places: object) -> Client:
    return signed_in("wang.jg", "county_supervisor", COUNTY)


def made(clerk: Client, period: str = "2026-10") -> str:
    """The address of the county's pack, put together through the page."""
    answer = clerk.post("/packs/", {"kind": "month", "period": period, "unit": COUNTY})
    assert answer.status_code == 302, text(answer)
    return answer["Location"].partition("?")[0]


def step(client: Client, where: str, what: str, reason: str = ""):
    return client.post(where, {"what": what, "reason": reason})


def test_the_list_offers_the_last_month_that_is_over(clerk: Client, counting: Counting) -> None:
    shown = text(clerk.get("/packs/"))
    assert "2026年10月 月调度：应报 3 个单位，已报送 0" in shown
    assert "汇总并定稿" in shown
    assert "河东镇" in shown
    assert "东坡村" not in shown  # villages have none of their own


def test_a_long_list_has_pages_and_is_sorted_by_its_heads(clerk: Client, counting: Counting) -> None:
    units.add([NewUnit(f"4690232{n:02}", f"示例{n}镇", "town", COUNTY) for n in range(24)])
    made(clerk)
    first, second = clerk.get("/packs/"), clerk.get("/packs/?kind=month&period=2026-10&page=2")
    assert "共 27 行" in text(first)
    assert "第 21–27 条" in text(second)
    assert "示例23镇" not in text(first)
    assert "示例23镇" in text(second)
    assert "469023-202610-1" in text(first)  # the county's own stands first
    by_state = "/packs/?kind=month&period=2026-10&sort=state"
    assert by_state.replace("&", "&amp;") in html(first)
    assert "469023-202610-1" not in text(clerk.get(by_state))  # what is still to do comes first
    assert "469023-202610-1" in text(clerk.get(by_state.replace("=state", "=-state")))
    assert "第 1–27 条" not in text(clerk.get(f"{by_state}&size=50"))
    assert text(clerk.get("/packs/?sort=nonsense&page=99&size=7")).count("示例")


def test_a_month_that_is_not_over_says_from_when_on(clerk: Client, counting: Counting) -> None:
    shown = text(clerk.get("/packs/?kind=month&period=2026-11"))
    assert "2026-11-25 起可生成" in shown
    assert "汇总并定稿" not in shown
    refused = clerk.post("/packs/", {"kind": "month", "period": "2026-11", "unit": COUNTY})
    assert refused.status_code == 422
    assert "2026-11-25" in text(refused)


def test_a_pack_shows_the_equation_and_what_is_overdue_by_unit(clerk: Client, counting: Counting) -> None:
    shown = text(clerk.get(made(clerk)))
    assert re.search(r"期初在册 40 .*＝ 期末在册 40", shown)
    assert "期初＋增加－减少＝期末，核对相符" in shown
    assert re.search(r"河东镇 18 18", shown)


def test_every_number_of_the_equation_that_is_a_figure_leads_to_it(clerk: Client, counting: Counting) -> None:
    counting.given.measures = [*counting.given.measures, *(under(p, "2026-10-09")[0] for p in range(50, 62))]
    counting.given.homes = [*counting.given.homes, *(under(p, "2026-10-09")[1] for p in range(50, 62))]
    equation = html(clerk.get(made(clerk))).partition('class="pack-flow"')[2].partition("</p>")[0]
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', equation)]
    assert links == [
        f"/indicators/measures.in_force/?unit={COUNTY}&period=2026-09",
        f"/indicators/measures.began/?unit={COUNTY}&period=2026-10",
        f"/indicators/measures.in_force/?unit={COUNTY}&period=2026-10",
    ]


def test_two_people_take_it_from_step_to_step(clerk: Client, chief: Client, counting: Counting) -> None:
    where = made(clerk)
    assert step(clerk, where, "checked").status_code == 302
    page = html(clerk.get(where))
    assert 'value="signed"' not in page
    assert "等负责人审签" in text(clerk.get(where))
    refused = step(clerk, where, "signed")
    assert refused.status_code == 422
    assert 'value="signed"' in html(chief.get(where))
    assert step(chief, where, "signed").status_code == 302
    assert step(clerk, where, "submitted").status_code == 302
    assert "已报送 1" in text(clerk.get("/packs/?kind=month&period=2026-10"))
    assert "li.xm · 示例县 ·" in text(chief.get(where))


def test_a_return_keeps_what_was_typed_and_needs_words(
    clerk: Client, chief: Client, counting: Counting
) -> None:
    where = made(clerk)
    empty = step(clerk, where, "returned", "  ")
    assert empty.status_code == 422
    assert "请写明退回原因" in text(empty)
    assert step(clerk, where, "returned", "台账 129，系统 128").status_code == 302
    shown = text(chief.get(where))
    assert "台账 129，系统 128" in shown
    assert "已退回" in shown
    assert made(clerk) != where


def test_the_three_papers_come_down_under_the_packs_number(clerk: Client, counting: Counting) -> None:
    where = made(clerk)
    for suffix, begins in (("docx", b"PK\x03\x04"), ("pdf", b"%PDF"), ("xlsx", b"PK\x03\x04")):
        answer = clerk.get(f"{where}paper.{suffix}")
        assert answer.content.startswith(begins)
        assert f'filename="469023-202610-1.{suffix}"' in answer["Content-Disposition"]
        assert clerk.get(f"{where}paper.{suffix}").content == answer.content
    assert clerk.get(f"{where}paper.exe").status_code == 404


def test_outside_the_area_a_pack_is_not_there(clerk: Client, counting: Counting) -> None:
    where = made(clerk)
    for name, role, unit in (
        ("next", "county_supervisor", "469024"),
        ("town", "town_office", "469023100"),  # a unit below does not read what is above it
    ):
        other = signed_in(name, role, unit)
        assert other.get(where).status_code == 404
        assert other.get(f"{where}paper.pdf").status_code == 404
        assert other.get(f"{where}recount/").status_code == 404
        assert step(other, where, "checked").status_code == 404
        made_here = other.post("/packs/", {"kind": "month", "period": "2026-10", "unit": COUNTY})
        assert made_here.status_code == 404
    doctor = signed_in("doc", "doctor", "46J01")
    assert doctor.get("/packs/").status_code == 403
    province = signed_in("province", "provincial_supervisor", "46")
    assert province.get(where).status_code == 200
    assert "469023-202610-1" in text(province.get("/packs/?kind=month&period=2026-10"))


def test_an_inspector_reads_and_does_nothing(clerk: Client, counting: Counting) -> None:
    where = made(clerk)
    inspector = signed_in("jian", "inspector", "46")
    page = html(inspector.get(where))
    assert 'name="what"' not in page
    assert step(inspector, where, "checked").status_code == 422


def test_what_came_later_is_said_and_why_a_figure_changed_is_shown_with_counts(
    clerk: Client, chief: Client, counting: Counting
) -> None:
    from guitu.access import house
    from guitu.store import gate
    from tests.conftest import NOW
    from tests.store.writing import VILLAGE, Pen

    counting.given.seq = 0  # whatever this store holds came after
    where = made(clerk)
    assert "定稿之后" not in text(clerk.get(where))
    gate.record_many(Pen(1).on_community_treatment(unit=VILLAGE, served="2026-10-09"), actor=house(), now=NOW)
    shown = text(clerk.get(where))
    assert "定稿之后又有属于本期的记录：补录" in shown
    more = [under(p, "2026-01-05") for p in range(40)] + [under(99, "2026-10-09")]
    counting.given.measures, counting.given.homes = [m[0] for m in more], [m[1] for m in more]
    page = text(clerk.get(f"{where}recount/"))
    assert "2 个数与定稿不同" in page
    assert re.search(r"期末在册 40 41 补录 \d+ 条", page)


def test_a_correction_names_what_it_corrects_and_the_old_one_stays_as_it_was(
    clerk: Client, chief: Client, counting: Counting
) -> None:
    where = made(clerk)
    for client, what in ((clerk, "checked"), (chief, "signed"), (clerk, "submitted")):
        step(client, where, what)
    before = clerk.get(f"{where}paper.xlsx").content
    form = {
        "kind": "month", "period": "2026-10", "unit": COUNTY,
        "corrects": where.strip("/").rpartition("/")[2],
    }  # fmt: skip
    refused = clerk.post("/packs/", {**form, "why": " "})
    assert refused.status_code == 422
    assert "请写明更正原因" in text(refused)
    answer = clerk.post("/packs/", {**form, "why": "补录新接 1 人"})
    assert answer.status_code == 302
    new = answer["Location"].partition("?")[0]
    assert "更正报。原因：补录新接 1 人" in text(clerk.get(new))
    for client, what in ((clerk, "checked"), (chief, "signed"), (clerk, "submitted")):
        step(client, new, what)
    assert "本报已被更正报取代" in text(clerk.get(where))
    assert clerk.get(f"{where}paper.xlsx").content == before


def test_sums_that_break_are_told_in_red_words_and_stop_the_sending(
    clerk: Client, chief: Client, counting: Counting
) -> None:
    counting.given.wrong = 1
    where = made(clerk)
    assert "期初＋增加－减少与期末不符" in text(clerk.get(where))
    step(clerk, where, "checked")
    step(chief, where, "signed")
    refused = step(clerk, where, "submitted")
    assert refused.status_code == 422
    assert "1 处数字不相符，不能报送" in text(refused)


class Held(Counting):
    """The same, which counts only when it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on, self.asked = threading.Event(), 0

    @contextmanager
    def counter(self) -> Iterator[Given]:
        """Waits."""
        self.asked += 1
        assert self.go_on.wait(20)
        yield self.given


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, lasting_places: object) -> Iterator[Held]:
    """Packs are put together in threads of their own again, and not before they are let."""
    found = Held()
    monkeypatch.setattr(analysis, "counter", found.counter)
    monkeypatch.setattr(background, "begin", BEGIN)
    monkeypatch.setattr(view, "WAIT", 0.05)
    yield found
    found.go_on.set()
    end = time.monotonic() + 20
    while any(thread.name.startswith("pack ") for thread in threading.enumerate()):
        assert time.monotonic() < end, "it did not end"
        time.sleep(0.02)


MAKING = f"/packs/making/{COUNTY}/2026-10/"
FORM = {"kind": "month", "period": "2026-10", "unit": COUNTY}


def test_a_long_one_shows_how_far_it_is_and_leads_to_the_pack(held: Held) -> None:
    clerk = signed_in("li.xm", "statistician", COUNTY)
    answer = clerk.post("/packs/", FORM)
    assert answer["Location"] == MAKING
    page = html(clerk.get(MAKING))
    assert "正在汇总" in page
    assert f"0 / {making.STEPS}" in page
    assert f'hx-get="{MAKING}progress/?said=0"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "可以离开" in page
    part = clerk.get(f"{MAKING}progress/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in html(part)
    listed = html(clerk.get("/packs/?kind=month&period=2026-10"))
    assert f'href="{MAKING}"' in listed
    assert "汇总并定稿" not in listed
    held.go_on.set()
    until(lambda: clerk.get(MAKING).status_code == 302)
    where = clerk.get(MAKING)["Location"]
    assert "已汇总并定稿" in text(clerk.get(where))
    after = clerk.get(f"{MAKING}progress/", headers={"HX-Request": "true"})
    assert after.headers["HX-Redirect"] == where


def test_asked_twice_it_is_put_together_once(held: Held) -> None:
    clerk = signed_in("li.xm", "statistician", COUNTY)
    assert clerk.post("/packs/", FORM)["Location"] == MAKING
    assert clerk.post("/packs/", FORM)["Location"] == MAKING
    held.go_on.set()
    until(lambda: clerk.get(MAKING).status_code == 302)
    assert held.asked == 1
    assert text(clerk.get("/packs/?kind=month&period=2026-10")).count("469023-202610-") == 1


def test_one_that_was_cut_short_says_so_and_starts_again(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = signed_in("li.xm", "statistician", COUNTY)
    monkeypatch.setattr(background, "begin", lambda _work, name: BEGIN(lambda: None, name))
    clerk.post("/packs/", FORM)  # its server is stopped
    monkeypatch.setattr(background, "SILENT_FOR", -1.0)  # long ago
    page = text(clerk.get(MAKING))
    assert "汇总被中断了" in page
    assert "重新汇总" in page
    assert "没有做完" in text(clerk.get("/packs/?kind=month&period=2026-10"))
    assert clerk.get(f"{MAKING}progress/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == MAKING
    reader = signed_in("jian", "inspector", "46")
    assert 'action="/packs/"' in html(clerk.get(MAKING))
    assert 'action="/packs/"' not in html(reader.get(MAKING))
    monkeypatch.setattr(background, "begin", BEGIN)
    monkeypatch.setattr(background, "SILENT_FOR", 30.0)
    caches["shared"].delete(work._beat(work.job_of(tree().find(COUNTY), OCTOBER).run))  # type: ignore[union-attr]
    clerk.post("/packs/", FORM)
    held.go_on.set()
    until(lambda: clerk.get(MAKING).status_code == 302)
    assert held.asked == 1
    assert text(clerk.get("/packs/?kind=month&period=2026-10")).count("469023-202610-") == 1


def test_what_goes_wrong_later_is_a_sentence_on_its_page(
    held: Held, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clerk = signed_in("li.xm", "statistician", COUNTY)
    clerk.post("/packs/", FORM)
    monkeypatch.setattr(making, "build", lambda *_a, **_k: 1 / 0)
    held.go_on.set()
    until(lambda: "系统出了差错" in text(clerk.get(MAKING)))
    assert "division by zero" in caplog.text
    page = text(clerk.get(MAKING))
    assert "没有写入任何内容" in page
    assert "重新汇总" in page
    assert packs.find(UUID(int=0)) is None
    assert "469023-202610-" not in text(clerk.get("/packs/?kind=month&period=2026-10"))


def test_whoever_may_not_prepare_packs_starts_nothing(counting: Counting, places: object) -> None:
    inspector = signed_in("jian", "inspector", "46")
    refused = inspector.post("/packs/", FORM)
    assert refused.status_code == 422
    assert "不能汇总" in text(refused)
    assert inspector.get(MAKING)["Location"] == "/packs/?kind=month&period=2026-10"


def test_without_analysis_data_the_page_says_what_to_run(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object, settings: object
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    answer = clerk.post("/packs/", {"kind": "month", "period": "2026-10", "unit": COUNTY})
    assert answer.status_code == 422
    assert "guitu indicators refresh" in text(answer)


def test_a_towns_pack_hides_what_would_give_away_its_neighbours_few(
    places: object, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    key, counted = "community.orders", {"46": 759, COUNTY: 59, TOWN: 55, WEST: 4}
    write(tmp_path, [people(key, unit, "2026-10", n) for unit, n in counted.items()])
    numbers = {tree().find(unit).no: n for unit, n in counted.items()}
    given = Given({(key, no, ""): n for no, n in numbers.items()})

    def told(seq: int) -> bool:
        pack = making.draft(tree().find(TOWN), OCTOBER, replace(given, seq=seq), NOW)
        return next(line for line in pack.lines if line.key == key).now.hidden

    assert told(figure_marks.board().seq)  # 59 of the county less 55 are the four of the west
    assert not told(1204)  # counted from other entries than the board: its marks say nothing of these
