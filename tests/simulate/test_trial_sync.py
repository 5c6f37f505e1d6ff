"""A small run of the trial of phones and a server. That it finds what is broken on purpose:
`test_trial_sync_finds`."""

from __future__ import annotations

import pytest

from guitu.exchange.phone import taking
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
    assert _without_words(first[1].trace) == _without_words(again[1].trace)
    assert first[1].counted == again[1].counted


def _without_words(trace: list[str]) -> list[str]:
    """Who did what; what was said has digests in it, which are of another store each time."""
    return [line.partition(" {")[0] for line in trace]


def test_a_schedule_is_the_same_alone_and_after_others(db: None) -> None:
    with running.world():
        engine = phones.Phones()
        after = [running.one(11, place, engine) for place in range(6)][-1]
        alone = running.one(11, 5, phones.Phones())
    assert _without_words(after[1].trace) == _without_words(alone[1].trace)
    assert after[1].counted == alone[1].counted


def test_a_fault_of_the_server_is_a_schedule_that_went_wrong(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in the gate")

    monkeypatch.setattr(taking, "take", broken)
    report = running.run(7, 0, 8)
    assert report.schedules == 8, "the others went on"
    assert any(why == "ZeroDivisionError: in the gate" for _, why in report.broken)
