"""Pages kept in memory: quick to show again, never an old one, never somebody else's."""

from __future__ import annotations

import re
from datetime import datetime
from unittest.mock import Mock

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import gate
from guitu.web import kept, page
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web import desk
from tests.web.desk import TODAY, html, signed_in


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    kept.forget()


@pytest.fixture
def town(places: object, now: datetime) -> Client:
    """The town office of 河东镇, with two busy villages under it."""
    desk.busy(now)
    return signed_in("li.xm", "town_office", TOWN)


@pytest.mark.parametrize("address", ["/?size=100", "/people/?q=赵改", "/people/?list=all&size=100"])
def test_what_was_corrected_is_on_the_page_when_it_is_shown_again(
    town: Client, now: datetime, address: str
) -> None:
    before = html(town, address)
    gate.record(_renamed("赵改过"), actor=house(), now=now)
    after = html(town, address)
    assert "赵改过" not in before
    assert "赵改过" in after


def _renamed(name: str) -> Entry:
    """Another name for one of those who have something to do."""
    pen = Pen(2)
    pen.next += 900
    return pen.person(name)


def test_each_reader_has_a_form_token_of_their_own(town: Client) -> None:
    other = signed_in("wang.jg", "town_office", TOWN)
    token = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
    mine, theirs = (set(token.findall(html(c, "/people/?list=all"))) for c in (town, other))
    assert mine
    assert theirs
    assert mine.isdisjoint(theirs)
    assert kept.MARK not in html(town, "/people/?list=all")


def test_a_page_that_is_shown_again_says_on_paper_when_it_was_shown(
    town: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = re.compile(r"打印时间：([^<]+)<")
    written = Mock(wraps=page.render)
    monkeypatch.setattr(page, "render", written)
    for at in ("10:00", "10:07"):
        moment = datetime.fromisoformat(f"{TODAY}T{at}:30+08:00")
        monkeypatch.setattr(page, "now", lambda moment=moment: moment)
        assert made.findall(html(town, "/people/?list=all")) == [f"{TODAY} {at}"]
    assert written.call_count == 1


def test_a_post_with_fewer_rights_is_not_shown_the_page_of_one_with_more(town: Client) -> None:
    desk_of_town = html(town, "/people/?list=all")
    village = signed_in("zhang.s", "village_worker", VILLAGE)
    desk_of_village = html(village, "/people/?list=all")
    assert "/people/list.xlsx" in desk_of_town
    assert "/people/list.xlsx" not in desk_of_village


def test_only_so_much_is_kept() -> None:
    large = b"x" * (kept.MOST_BYTES // 10)
    for number in range(30):
        kept.keep(number, large)
    assert kept.page(0) is None
    assert kept.page(29) == kept.Kept(large)
    assert sum(kept.page(n) is not None for n in range(30)) == 10
