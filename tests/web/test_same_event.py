"""Two who recorded one event differently: shown side by side, settled by a correction, a withdrawal, or the
word that they are two events."""

from __future__ import annotations

from datetime import datetime

import pytest

from guitu.access import house
from guitu.casefile import CaseFile, Entry
from guitu.compose import kinds
from guitu.home.same_event import differences
from guitu.store import gate
from tests.store.writing import VILLAGE, WEST_VILLAGE, Pen
from tests.web.recording import entries, hidden, html, signed_in, text

TOWN = "469023100"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


def sampled(pen: Pen, author: str, result: str, **more: str) -> Entry:
    pen.author = author
    return pen.entry("urine_test", "2026-11-20", outcome="taken", result=result, **more)


@pytest.fixture
def two(places: object, now: datetime) -> Pen:
    """A person of whom li and zhang recorded different results of one test."""
    pen = Pen(1, unit=VILLAGE)
    made = pen.on_community_treatment(served="2026-10-02")
    made += [sampled(pen, "li", "negative"), sampled(pen, "zhang", "positive")]
    gate.record_many(made, actor=house(), now=now)
    return pen


def test_two_who_say_the_same_do_not_differ_and_one_worker_has_two_things_to_say() -> None:
    pen = Pen(1)
    same = (sampled(pen, "li", "negative"), sampled(pen, "zhang", "negative"))
    assert differences(CaseFile(pen.file, same), kinds()) == ()
    own = (sampled(pen, "li", "negative"), sampled(pen, "li", "positive"))
    assert differences(CaseFile(pen.file, own), kinds()) == ()


def test_a_difference_ends_by_a_correction_a_withdrawal_or_the_word_that_they_are_two() -> None:
    pen = Pen(1)
    first, second = sampled(pen, "li", "negative"), sampled(pen, "zhang", "positive")
    assert len(differences(CaseFile(pen.file, (first, second)), kinds())) == 1
    for settles in (
        pen.entry("urine_test", "2026-11-20", corrects=second.id, outcome="taken", result="negative"),
        pen.entry("urine_test", "2026-11-19", corrects=second.id, outcome="taken", result="positive"),
        pen.entry("void", "2026-11-21", corrects=first.id, reason="记错"),
        pen.entry("two_events", "2026-11-21", one=str(second.id), other=str(first.id)),
    ):
        assert differences(CaseFile(pen.file, (first, second, settles)), kinds()) == ()
    still = pen.entry("urine_test", "2026-11-20", corrects=second.id, outcome="refused")
    (one,) = differences(CaseFile(pen.file, (first, second, still)), kinds())
    assert one.fields == ("outcome", "result")
    assert one.roots == (first.id, second.id)


def test_it_does_not_matter_in_which_order_they_came(two: Pen) -> None:
    pen = Pen(2)
    first, second = sampled(pen, "li", "negative"), sampled(pen, "zhang", "positive")
    forth = differences(CaseFile(pen.file, (first, second)), kinds())
    assert differences(CaseFile(pen.file, (second, first)), kinds()) == forth


def test_both_stand_on_the_page_side_by_side(two: Pen) -> None:
    page = text(signed_in("li", "town_office", TOWN).get("/same-event/"))
    assert "王小明：检测 2026-11-20" in page
    assert "阴性" in page
    assert "阳性" in page
    assert "确系两件事" in page


def test_they_are_said_to_be_two_events_once(two: Pen) -> None:
    browser = signed_in("li", "town_office", TOWN)
    page = html(browser.get("/same-event/"))
    sent = {name: hidden(page, name) for name in ("case", "one", "other", "id")}
    sent[f"note-{sent['one'][-12:]}"] = "上午一次、下午一次"
    assert browser.post("/same-event/", sent).headers["Location"] == "/same-event/?settled=1"
    assert "没有两人对同一件事" in text(browser.get("/same-event/?settled=1"))
    assert browser.post("/same-event/", sent).status_code == 409
    told = [e for e in entries(sent["case"]) if e.kind == "two_events"]
    assert [e.get("note") for e in told] == ["上午一次、下午一次"]


def test_nobody_of_another_area_sees_it(two: Pen) -> None:
    page = text(signed_in("chen", "village_worker", WEST_VILLAGE).get("/same-event/"))
    assert "王小明" not in page
