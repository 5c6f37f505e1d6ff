"""A small run of the trial of phones and a server, and that it finds what is broken on purpose."""

from __future__ import annotations

import pytest

from guitu.exchange.phone import marks
from guitu.home import same_event
from guitu.store import scope
from guitu.trials.sync import phones, running

FEW = 25


@pytest.fixture(autouse=True)
def _as_the_house() -> None:
    scope.be_the_house()


def test_nothing_is_lost_doubled_or_hidden_whatever_goes_wrong(db: None) -> None:
    report = running.run(7, 0, FEW)
    assert report.broken == []
    assert report.schedules == FEW
    assert report.counted["entries"] > FEW
    assert report.counted["differences"] > 0
    for fault in ("restore", "twice", "unheard", "power", "full", "token", "clock", "upgrade"):
        assert report.counted[fault] > 0, fault


def test_the_same_seed_is_the_same_schedule(db: None) -> None:
    one = phones.Phones()
    with running.world():
        first, again = running.one(3, 5, one), running.one(3, 5, one)
    assert [line.partition(" ")[0:1] for line in first[2]] == [line.partition(" ")[0:1] for line in again[2]]
    assert first[1] == again[1]


@pytest.mark.slow
def test_differences_that_are_hidden_are_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_event, "is_event", lambda kind: kind.name == "service")
    assert running.run(7, 0, 2 * FEW).broken


@pytest.mark.slow
def test_a_restored_server_that_nobody_notices_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "restored", lambda text, now: False)
    assert running.run(7, 240, FEW).broken  # among these one phone has nothing but the mark to go by


@pytest.mark.slow
def test_a_phone_that_forgets_what_it_was_sending_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = phones.program()
    broken = whole.replace('item.state === "sending" ? to(item, "waiting") : item', "item")
    assert broken != whole
    monkeypatch.setattr(phones, "program", lambda: broken)
    assert running.run(7, 0, FEW).broken
