"""What was refused more than once: each version is written in the place of the one before, and late calls
bring earlier ones to a server that was restored and knows of no refusal. It stands there once, whatever comes
first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from django.db import transaction

from guitu.casefile import Entry
from guitu.exchange.phone import taking
from guitu.store import scope
from guitu.trials.sync import checks, phones, running
from guitu.trials.sync.phones import Phones
from guitu.trials.sync.schedule import Act, Broken, Phone, Schedule
from guitu.trials.sync.server import ELSEWHERE, FILES, VILLAGE, Server, stored

FILE = FILES[0]
ORDERS = [
    "".join(some)
    for some in product("ABC-", repeat=4)
    if some[0] != "-" and all(one != then for one, then in pairwise(some))
]
"""What happens after the first restore: the call of the first or the second version arrives late, the phone
exchanges and sends the third, the server is restored again."""


@pytest.fixture(autouse=True)
def _as_the_house() -> None:
    scope.be_the_house()


@pytest.fixture
def engine(db: None) -> Iterator[Phones]:
    with running.world():
        yield Phones()


class Undone(Exception):
    """The end of one order: the next one begins as this one did."""


class Chain(Schedule):
    """One worker with one phone, step by step, on a good line; every call that carries an entry is kept, to
    arrive once more."""

    def __init__(self, engine: Phones) -> None:
        super().__init__("chain", engine, Server())
        self.phone = Phone("p0", "li", timedelta(), 2)
        self.phones = [self.phone]
        self.calls: list[tuple[str, Any]] = []
        self.pulls: list[str] = []
        self._do(self.phone, "forget")
        self._do(self.phone, "start")
        self._do(self.phone, "bind", device="p0", token="t")

    def _carry(self, phone: Phone, call: dict[str, Any], *, faults: bool) -> dict[str, Any] | None:
        if call["path"] == "/sync/push/":
            self.calls.append((call["path"], call["body"]))
        if call["path"].startswith("/sync/pull/"):
            self.pulls.append(call["path"])
        return super()._carry(phone, call, faults=faults)

    def exchange(self) -> None:
        self.server.now += timedelta(minutes=5)
        assert self._converse(self.phone, faults=False) == "done"

    def write(self, kind: str = "service", **more: str) -> Act:
        self.server.now += timedelta(minutes=5)
        self.count += 1
        token = f"事{self.count}"
        fields = {"reason": token} if kind == "void" else {"note": token, "line": "care"}
        act = Act(token, "p0", FILE, kind, self.server.now.date().isoformat(), fields)
        identifier = self._id()
        self._do(self.phone, "write", id=identifier, content={**self._content(self.phone, act), **more})
        act.ids.append(identifier)
        self.acts[token] = act
        self._finish(self.phone, identifier)
        return act

    def moves(self, unit: str) -> None:
        self.server.record(self._placed(FILE, unit))

    def anew(self) -> None:
        self.server.now += timedelta(minutes=5)
        assert self._tidied(self.phone)

    def late(self, call: tuple[str, Any]) -> None:
        self.server.now += timedelta(minutes=5)
        self.server.answer("p0", "li", *call)

    def end(self) -> None:
        self._quiet()
        checks.nothing_is_lost(self)

    def outbox(self) -> dict[str, str]:
        return {item["id"]: item["state"] for item in self.engine.shown("p0")}

    def mine(self) -> list[Entry]:
        return [e for e in stored()[FILE].entries if e.author == "li"]


def dies_while_it_asks_what_is_missing(chain: Chain) -> None:
    """An exchange during which the phone's power goes when it waits for what the server lacks."""
    chain._do(chain.phone, "exchange")
    for _ in range(20):
        call = chain.engine.look("p0")["call"]
        assert call is not None, "it never asked what is missing"
        chain.server.now += timedelta(seconds=1)
        told = chain._carry(chain.phone, call, faults=False)
        if call["path"] == "/sync/check/":
            chain._do(chain.phone, "die")
            return
        chain._do(chain.phone, "hear", call=call["id"], told=told, offset=0)
    raise AssertionError("an exchange that does not end")


def test_a_server_restored_again_while_the_phone_was_off_is_still_asked_what_it_lacks(engine: Phones) -> None:
    # restored once more it bears the epoch again that the phone knew before: the doubt must outlast the power
    chain = Chain(engine)
    chain.exchange()
    chain.server.back_up()
    act = chain.write()
    chain.exchange()
    assert [str(e.id) for e in chain.mine()] == act.ids
    chain.exchange()  # the check of the day is done with this one: only marks tell of what comes now
    chain.server.restore(0)
    dies_while_it_asks_what_is_missing(chain)
    chain.server.restore(0)
    chain._do(chain.phone, "start")
    chain.exchange()
    assert [str(e.id) for e in chain.mine()] == act.ids
    chain.end()


def told_by_a_push(chain: Chain) -> list[str]:
    """Something was delivered and lost by a restore; the answer to what is sent next says so, and the power
    goes before the phone has asked. What stands on the server after one more exchange, by id."""
    chain.exchange()
    chain.server.back_up()
    chain.write()
    chain.exchange()
    chain.exchange()  # the check of the day is done with this one
    chain.server.restore(0)
    chain.write()
    dies_while_it_asks_what_is_missing(chain)
    chain._do(chain.phone, "start")
    chain.exchange()
    return sorted(str(e.id) for e in chain.mine())


def test_a_new_epoch_told_by_a_push_is_known_only_after_the_check(engine: Phones) -> None:
    chain = Chain(engine)
    assert told_by_a_push(chain) == sorted(act.ids[0] for act in chain.acts.values())
    chain.end()


def refused_twice(engine: Phones) -> tuple[Chain, Act]:
    """Two versions were refused, for the person had moved away; the third one waits. The backup is older."""
    chain = Chain(engine)
    chain.exchange()
    chain.server.back_up()
    chain.moves(ELSEWHERE)
    act = chain.write()
    for _ in range(2):
        chain.exchange()
        assert chain.outbox()[act.ids[-1]] == "returned"
        chain.anew()
    return chain, act


def test_a_third_version_stands_once_when_the_first_arrives_late_at_a_restored_server(engine: Phones) -> None:
    chain, act = refused_twice(engine)
    first = chain.calls[0]
    chain.server.restore(0)
    chain.late(first)
    assert [str(e.id) for e in chain.mine()] == [act.ids[0]], "it knows of no refusal"
    chain.exchange()
    first_come, needless, written_anew = chain.mine()
    assert (str(first_come.id), str(written_anew.id)) == (act.ids[0], act.ids[2])
    assert (needless.kind, needless.corrects, written_anew.corrects) == ("void", first_come.id, None)
    chain.end()


def test_a_version_that_came_late_does_not_come_back_when_the_last_one_is_withdrawn(engine: Phones) -> None:
    chain, act = refused_twice(engine)
    chain.server.restore(0)
    chain.late(chain.calls[0])
    chain.exchange()
    act.by = chain.write("void", corrects=act.ids[-1])
    chain.exchange()
    assert not [e for e in stored()[FILE].case_file.counted() if e.author == "li"]
    chain.end()


def test_a_withdrawal_follows_what_was_refused_after_a_restore_and_written_anew(engine: Phones) -> None:
    """Otherwise it names an entry that never comes, and is tried again for ever."""
    chain = Chain(engine)
    chain.exchange()
    chain.server.back_up()
    act = chain.write()
    chain.exchange()
    act.by = chain.write("void", corrects=act.ids[0])
    chain.server.restore(0)
    chain.moves(ELSEWHERE)
    for _ in range(3):
        chain.exchange()
    assert chain.outbox() == {act.ids[0]: "returned", act.by.ids[0]: "waiting"}
    chain.moves(VILLAGE)
    chain.anew()
    chain.exchange()
    assert chain.outbox() == {act.ids[1]: "delivered", act.by.ids[0]: "delivered"}
    assert [str(e.corrects) for e in chain.mine() if e.kind == "void"] == [act.ids[1]]
    chain.end()


def test_a_load_that_was_not_heard_is_not_taken_for_heard_after_a_restore(engine: Phones) -> None:
    """No entry is lost by this restore, so no mark tells of it; but a count of loads began again where the
    backup stood, and met the number that the phone had."""
    chain = Chain(engine)
    chain.server.back_up()
    for _ in range(2):
        chain.exchange()
    chain.server.restore(0)
    helped(chain)
    assert not_heard(chain).startswith("/sync/pull/")
    chain.server.answer("p0", "li", chain.pulls[1], None)
    chain.exchange()
    held = chain.engine.people("p0")
    chain.server.loads.clear()
    chain.exchange()
    assert chain.engine.people("p0") == held


def helped(chain: Chain) -> None:
    """The office records help for the person."""
    chain.server.now += timedelta(minutes=5)
    entry = replace(chain._placed(FILE, VILLAGE), kind="service", fields={"line": "care"})
    chain.server.record(entry)


def not_heard(chain: Chain) -> str:
    """An exchange whose first call reaches the server, and whose answer never reaches the phone: the call."""
    chain._do(chain.phone, "exchange")
    call = chain.engine.look("p0")["call"]
    chain._carry(chain.phone, call, faults=False)
    chain._do(chain.phone, "hear", call=call["id"], told={"failed": "unknown"})
    return str(call["path"])


def test_the_trial_sees_a_server_that_heeds_only_the_version_before(
    engine: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = taking._instead
    monkeypatch.setattr(taking, "_instead", lambda entry, refused, by: list(real(entry, refused[-1:], by)))
    chain, _ = refused_twice(engine)
    chain.server.restore(0)
    chain.late(chain.calls[0])
    chain.exchange()
    with pytest.raises(Broken, match="stands 2 times"):
        chain.end()


def test_the_phone_keeps_no_version_once_the_last_is_delivered(engine: Phones) -> None:
    """One that stayed would look as if it were still to be written anew, and would then stand there twice."""
    chain, act = refused_twice(engine)
    chain.server.restore(0)
    chain.exchange()
    assert chain.outbox() == {act.ids[2]: "delivered"}
    chain.end()


@pytest.mark.slow
@pytest.mark.parametrize("sent", [False, True], ids=["before it is sent", "after it was delivered"])
def test_a_third_version_stands_once_in_whatever_order_the_others_arrive(engine: Phones, sent: bool) -> None:
    for order in ORDERS:
        try:
            with transaction.atomic():
                chain, _ = refused_twice(engine)
                first, second = chain.calls[:2]
                if sent:
                    chain.moves(VILLAGE)
                    chain.exchange()
                for step in "-" + order:
                    match step:
                        case "A":
                            chain.late(first)
                        case "B":
                            chain.late(second)
                        case "C":
                            chain.exchange()
                        case "-":
                            chain.server.restore(0)
                chain.end()
                raise Undone
        except Undone:
            pass
        except Broken as found:
            pytest.fail(f"{order}: {found}")


def test_a_server_restored_thrice_on_one_day_is_sent_again_what_it_lacks(engine: Phones) -> None:
    """The mark that came with the load was older than the one that came with what was sent again after it."""
    chain = Chain(engine)
    act = chain.write()
    chain.server.back_up()
    chain.exchange()
    for _ in range(3):
        chain.server.restore(0)
        chain.exchange()
        assert [str(e.id) for e in chain.mine()] == act.ids


def test_the_trial_sees_a_mark_that_an_older_one_puts_back(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, keeps = phones.program(), "{ mark: device.fetched.mark }"
    line = f"if (device.fetched.mark !== device.marks.mark) await device.keep([], {keeps});"
    assert whole.count(line) == 1
    after = "await this.#tidy();\n      return { ...sent"
    assert whole.count(after) == 1
    put_back = whole.replace(line, "").replace(after, line + after)
    monkeypatch.setattr(phones, "program", lambda: put_back)
    with running.world():
        chain = Chain(Phones())
        chain.write()
        chain.server.back_up()
        chain.exchange()
        for _ in range(3):
            chain.server.restore(0)
            chain.exchange()
        assert chain.mine() == [], "the third time it is believed whole"


def test_what_corrects_and_was_refused_twice_corrects_once(engine: Phones) -> None:
    """A withdrawal, twice refused: the first version arrives late and withdraws too."""
    chain = Chain(engine)
    act = chain.write()
    chain.exchange()
    chain.server.back_up()
    chain.moves(ELSEWHERE)
    withdrawn = chain.write("void", corrects=act.ids[0])
    act.by = withdrawn
    before = len(chain.calls)
    for _ in range(2):
        chain.exchange()
        assert chain.outbox()[withdrawn.ids[-1]] == "returned"
        chain.anew()
    chain.server.restore(0)
    chain.late(chain.calls[before])
    chain.end()
    assert not [e for e in stored()[FILE].case_file.counted() if e.author == "li"]


def test_a_chain_longer_than_a_phone_names_is_none_that_a_phone_of_ours_sends(engine: Phones) -> None:
    chain, act = refused_twice(engine)
    chain.exchange()
    path, body = chain.calls[-1]
    entry = body["entries"][0]
    assert (entry["before"], entry["instead"]) == ([act.ids[0]], act.ids[1])
    for wrong in ([act.ids[0]] * 51, "abc", [5], [None]):
        told = chain.server.answer(
            "p0", "li", path, {**body, "entries": [{**entry, "id": chain._id(), "before": wrong}]}
        )
        assert told["results"][0]["code"] == "unreadable"
