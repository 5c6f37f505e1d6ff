"""The demonstration's village: drawn days that were tested, missed, excused, refused; a test besides the
draw; and a reason with its paper that nobody has looked at yet."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from guitu.kernel.zone import CHINA
from guitu.simulate import backlog
from guitu.store import engine, units
from guitu.store.home import draws
from tests.store.writing import TOWN
from tests.web.desk import html, links, signed_in, text
from tests.web.test_draw import IN_OCTOBER, on, published, treated

DAY = date(2026, 12, 9)
"""The last day of everybody's period."""
PEOPLE = 8


@pytest.fixture(autouse=True)
def _presets(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_PRESETS", "FRQ-A")
    monkeypatch.setenv("GUITU_TODAY", IN_OCTOBER)


def kinds() -> Counter[str]:
    """How many entries there are of each kind."""
    with engine.house():
        return Counter(dict(engine.rows("SELECT kind, count(*) FROM store_entry GROUP BY kind")))


def test_some_are_tested_missed_and_excused_and_one_waits(
    monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    cases = [treated(now, n, f"王某{n}") for n in range(1, PEOPLE + 1)]
    town = signed_in("town-1", "town_office", TOWN)
    published(town)
    on(monkeypatch, DAY)
    before, come = kinds(), len(draws.come(units.tree().find(TOWN), DAY))
    assert backlog.furnish(DAY, datetime(2026, 12, 9, 10, tzinfo=CHINA)) == 12
    made = kinds() - before
    assert made == {
        "urine_test": 5, "account_given": 3, "account_answer": 2, "excuse": 1, "extra_test": 1,
    }  # fmt: skip
    assert len(draws.come(units.tree().find(TOWN), DAY)) == come - 4
    pages = [html(town, f"/order/{case}/") for case in cases]
    said = [text(page) for page in pages]
    assert sum("还没有看" in words for words in said) == 1
    assert sum("采纳，有正当理由" in words and "有正当理由，不算" in words for words in said) == 1
    assert sum("不采纳" in words for words in said) == 1
    assert sum("加测：决定 1 次，已检 1 次" in words for words in said) == 1
    ((paper, _),) = [link for page in pages for link in links(page, "/files/") if "/pictures/" in link[0]]
    assert town.get(paper).content == backlog.PAPER


def test_where_no_day_is_drawn_nothing_is_told(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    treated(now, 1, "王某某")
    monkeypatch.setenv("GUITU_PRESETS", "")
    on(monkeypatch, DAY)
    assert backlog.furnish(DAY, datetime(2026, 12, 9, 10, tzinfo=CHINA)) == 0
