"""An answer in a history that names another entry is told as what that entry is, never as its number."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from guitu.access import house
from guitu.store import gate, read
from tests.store.writing import TOWN, Pen
from tests.web.desk import TODAY, html, signed_in, text


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def town(places: object) -> Client:
    return signed_in("town", "town_office", TOWN)


def test_a_referral_says_to_which_need_it_belongs(town: Client, now: datetime) -> None:
    pen = Pen(43, author="town", unit=TOWN)
    need = pen.entry("help_need", "2026-11-02", line="work", found="visit")
    sent = pen.entry("help_referral", "2026-11-05", to=str(need.id), office="县就业服务中心", agreed="yes")
    gate.record_many([*pen.on_community_treatment(served="2026-02-01"), need, sent], actor=house(), now=now)
    view = read.file_view(pen.file)
    assert view is not None
    page = html(town, f"/files/{view.case_no}/")
    history = text(page)
    assert "2026-11-02 帮扶需求" in history
    assert str(need.id) not in history
