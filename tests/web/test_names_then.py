"""A unit that was renamed bears the name of then wherever a day or period of before is looked at, beside its
name of today."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from guitu.access import house
from guitu.exchange.packs import analysis
from guitu.store import gate, read
from guitu.store.levels import reorganising
from guitu.store.units import tree
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web.at_once import at_once
from tests.web.desk import html, text
from tests.web.recording import signed_in
from tests.web.test_dispatch import told
from tests.web.test_packs import Counting, made
from tests.web.test_scoreboard import bring, many
from tests.web.test_unit_changes import asked, sure, undo

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
THEN, NOW_NAME = "河东镇", "河东街道"
BOTH = f"{NOW_NAME} 时称 {THEN}"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    at_once(monkeypatch)
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())
    monkeypatch.setattr(analysis, "counter", Counting().counter)


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


def renamed(county: Client) -> None:
    """The town is called otherwise from today on."""
    sure(county, "renamed", TOWN, asked(county, "renamed", TOWN, name=NOW_NAME))


def test_what_a_unit_was_called_on_a_day(county: Client) -> None:
    renamed(county)
    names = reorganising.former([tree().find(TOWN), tree().find(VILLAGE)])
    assert names.on(TOWN, date(2026, 11, 22)) == THEN
    assert names.on(TOWN, MONDAY) == ""
    assert names.on(VILLAGE, date(2020, 1, 1)) == ""


def test_what_is_known_of_a_name_ends_with_the_name(county: Client) -> None:
    before = date(2026, 11, 22)

    def then() -> str:
        return reorganising.former([tree().find(TOWN)]).on(TOWN, before)

    assert then() == ""
    renamed(county)
    assert then() == then() == THEN
    undo(county)
    assert then() == ""


def test_the_list_of_a_past_period_and_a_pack_of_it(county: Client) -> None:
    town = signed_in("clerk", "town_office", TOWN)
    where = made(county)
    answer = town.post("/packs/", {"kind": "month", "period": "2026-10", "unit": TOWN})
    own = answer["Location"].partition("?")[0]
    renamed(county)
    assert BOTH in text(html(county, "/packs/?kind=month&period=2026-10"))
    assert "时称" not in text(html(county, "/packs/?kind=month&period=2026-11"))
    assert f"{NOW_NAME}（时称 {THEN}）" in text(html(county, own))
    assert f"{THEN} 现称 {NOW_NAME}" in text(html(county, where))  # as it was fixed, with today's beside it
    english = county.get(own, headers={"Accept-Language": "en"})
    assert english.status_code == 200


def test_a_meeting_of_before(county: Client, now: datetime) -> None:
    told(now, TOWN, "meeting", 40, sort="month", chaired_by="陈镇明")
    renamed(county)
    listed = html(county, f"/dispatch/meetings/?unit={TOWN}")
    assert f"时称 {THEN}" in text(listed)
    meeting = next(part for part in listed.split('"') if part.startswith(f"/dispatch/meetings/{TOWN}/"))
    assert f"{NOW_NAME}（时称 {THEN}）" in text(html(county, meeting))


def test_an_entry_of_a_file_names_the_office_as_it_was_called_then(county: Client, now: datetime) -> None:
    pen = Pen(1, unit=TOWN)
    gate.record_many(pen.on_community_treatment(unit=TOWN, served="2026-10-02"), actor=house(), now=now)
    view = read.file_view(pen.file)
    assert view is not None
    before = text(html(county, f"/files/{view.case_no}/history/"))
    assert "时称" not in before
    renamed(county)
    after = text(html(county, f"/files/{view.case_no}/history/"))
    assert f"{NOW_NAME}（时称 {THEN}）" in after


def test_a_figure_of_the_scoreboard(county: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    province = signed_in("province", "provincial_supervisor", "46")
    assert bring(province, many(TOWN, 1))["Location"] == "/scoreboard/?brought=1"
    assert "时称" not in text(html(province, "/scoreboard/"))
    renamed(county)
    page = text(html(province, "/scoreboard/"))
    assert NOW_NAME in page
    assert f"时称 {THEN}" in page
