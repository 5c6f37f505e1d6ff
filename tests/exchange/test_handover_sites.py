"""Two real sites, each a process with a data folder of its own, and everything that can happen to a bundle on
its way: nobody is lost, nobody is in two states, no duty is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from guitu.exchange.handover import sealed
from guitu.trials.handover.running import FAULTS, Cut, Trial, try_it

PEOPLE = 16


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = Trial(tmp_path, PEOPLE, 7)
    made.healed = True  # no faults but those that a test makes
    yield made
    made.end()


@pytest.mark.slow
def test_whatever_happens_on_the_way_everybody_is_in_one_state_and_no_duty_is_left_behind() -> None:
    """Every fault meets the way out, and again the question, the answer and the way back."""
    faults = [*FAULTS, *(one for fault in FAULTS for one in ("", fault))]
    report = try_it(PEOPLE, 3, faults=faults, rounds=5)
    assert report.good, report
    assert report.faults.keys() == set(FAULTS)
    assert report.restarts >= 5
    assert sum(report.states.values()) == PEOPLE
    assert len(report.states) > 1


@pytest.mark.slow
def test_files_that_are_carried_do_the_same_in_any_order_and_as_often_as_they_are_read(
    trial: Trial, tmp_path: Path
) -> None:
    sender, receiver = trial.sites["sender"], trial.sites["receiver"]
    sender.ask("seed", PEOPLE, 7, trial.now())
    for day in range(3):
        sender.ask("act", f"a{day}", trial.now())
    out, back = tmp_path / "out", tmp_path / "back"
    first = sender.ask("write", out, trial.now())
    sender.ask("act", "later", trial.now())
    second = sender.ask("write", out, trial.now())
    assert first
    assert second
    answers = [receiver.ask("read", path, back, trial.now()) for path in (*second, *first, *second)]
    for answer in (*answers, *answers):
        sender.ask("read", answer, back, trial.now())
    assert sender.ask("pending", trial.now()) == 0
    for day in range(3):
        receiver.ask("act", f"b{day}", trial.now())
    for path in receiver.ask("write", out, trial.now()):
        answer = sender.ask("read", path, back, trial.now())
        receiver.ask("read", answer, back, trial.now())
    broken = tmp_path / "broken"
    broken.write_bytes(first[0].read_bytes()[:-9])
    with pytest.raises(Cut, match="damaged"):
        receiver.ask("read", broken, back, trial.now())
    with pytest.raises(Cut):  # it was for the other
        sender.ask("read", first[0], back, trial.now())
    trial.heal()
    assert trial.count().good


@pytest.mark.slow
def test_whoever_sent_a_file_reads_for_which_reason_it_is_held_now(trial: Trial) -> None:
    """First the other's clock is wrong, then it has a file of everybody: whatever happens on the way."""
    sender, receiver = trial.sites["sender"], trial.sites["receiver"]
    sender.ask("seed", PEOPLE, 7, trial.now())
    for day in range(3):
        sender.ask("act", f"a{day}", trial.now())
    trial.healed, trial.planned = False, iter(("clock behind", ""))
    trial.exchange("sender")
    first = receiver.ask("held_here")
    assert first
    assert sender.ask("held_there") == {file: [why] for file, why in first.items()}
    receiver.ask("seed", PEOPLE, 8, trial.now())  # the same people, under other files
    trial.planned = iter(("twice", "", "cut after", "", "late", "damaged", "sender killed"))
    for _ in range(5):
        trial.exchange("sender")
        trial.replay()
    now = receiver.ask("held_here")
    assert now.keys() == first.keys()
    assert not set(now.values()) & set(first.values())
    assert sender.ask("held_there") == {file: [why, now[file]] for file, why in first.items()}


def test_the_address_takes_sealed_bundles_of_known_systems_and_nothing_else(
    client: Client, places: object
) -> None:
    assert client.get("/exchange/handover/").status_code == 405
    assert client.post("/exchange/handover/", {"id": "x"}).status_code == 403, "a page's form is no bundle"
    for raw in (b"{}", sealed.MAGIC + b"\0" * 200):
        answer = client.post("/exchange/handover/", raw, content_type="application/x-guitu-handover")
        assert answer.status_code in (400, 503)
        assert answer.content == b""
