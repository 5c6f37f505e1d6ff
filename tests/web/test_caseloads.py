"""Caseloads: worker by worker in a town, office by office above, and only proposals."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import gate
from guitu.store.readings import database
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web.desk import TODAY, html, main, signed_in, text

COUNTY = "469023"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


def people(now: datetime, many: int, *, worker: str = "", first: int = 1) -> None:
    """So many people of the village under community treatment."""
    for n in range(first, first + many):
        pen = Pen(n)
        more = {"worker": worker} if worker else {}
        gate.record_many(
            [
                pen.person(),
                pen.entry("responsible_unit", "2026-10-01", unit=VILLAGE, **more),
                pen.entry("order", "2026-10-01", measure="community_treatment"),
                pen.entry("served", "2026-10-02"),
                pen.entry("reporting_in", "2026-10-03"),
            ],
            actor=house(),
            now=now,
        )


def test_a_town_sees_its_workers_with_their_people_and_how_they_could_share(now: datetime) -> None:
    people(now, 25, worker="符海燕")
    people(now, 3, worker="王小雨", first=26)
    page = text(main(html(signed_in("li.xm", "town_office", TOWN), "/caseloads/?norm=20")))
    assert "2 名专干，28 人" in page
    assert "超 5 人" in page
    assert "符海燕 王小雨 5" in " ".join(page.split())


def test_people_without_a_worker_are_told(now: datetime) -> None:
    people(now, 2)
    page = text(main(html(signed_in("li.xm", "town_office", TOWN), "/caseloads/")))
    assert "没有专干" in page
    assert "请指定专干" in page


def test_people_whose_file_names_no_worker_are_the_village_workers(now: datetime) -> None:
    signed_in("chen.wj", "village_worker", VILLAGE, name="陈文杰")
    people(now, 2)
    page = text(main(html(signed_in("li.xm", "town_office", TOWN), "/caseloads/")))
    assert "陈文杰" in page
    assert "没有专干" not in page


def test_a_county_sees_its_towns_and_goes_down_to_them(now: datetime) -> None:
    people(now, 3)
    county = signed_in("county", "county_supervisor", COUNTY)
    page = html(county, "/caseloads/")
    assert f"/caseloads/?unit={TOWN}" in page
    assert "1 个村" in text(main(page))
    assert "没有专干" in text(main(html(county, f"/caseloads/?unit={TOWN}")))


@pytest.mark.parametrize("path", ["/caseloads/?norm=7", "/caseloads/?norm=x", "/caseloads/?unit=469005"])
def test_another_norm_or_area_is_not_there(path: str) -> None:
    client = signed_in("li.xm", "town_office", TOWN)
    status = 200 if path.endswith("=x") else 404
    assert client.get(path).status_code == status


def test_looking_is_noted(now: datetime) -> None:
    def looked() -> int:
        found = database.rows("SELECT count(*) FROM store_reading WHERE detail = %s", [f"caseloads {TOWN}"])
        return int(found[0][0])

    client: Client = signed_in("li.xm", "town_office", TOWN)
    before = looked()
    html(client, "/caseloads/")
    assert looked() == before + 1
