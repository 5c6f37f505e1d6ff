"""After five failures there is a pause: for the account from anywhere, for the address with any account."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client

from guitu.cli import main as command
from guitu.store import engine
from guitu.web.accounts import attempts
from tests.web.signing import Clock, make, sign_in, still_clock


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return still_clock(monkeypatch)


def from_address(number: int) -> Client:
    return Client(REMOTE_ADDR=f"192.0.2.{number}")


def test_an_account_is_locked_from_wherever_the_failures_came(places: object, moving: Clock) -> None:
    make("li")
    said = [sign_in(from_address(n), "li", "not-it").content.decode() for n in range(1, 5)]
    assert [f"还可试 {n} 次" in text for n, text in zip((4, 3, 2, 1), said, strict=True)] == [True] * 4
    assert sign_in(from_address(5), "li", "not-it").status_code == 429
    refused = sign_in(from_address(6), "li")
    assert refused.status_code == 429
    assert "已锁定 15 分钟" in refused.content.decode()
    moving.pass_minutes(16)
    assert sign_in(from_address(6), "li").status_code == 302


def test_the_pause_is_not_made_longer_by_trying_again(places: object, moving: Clock) -> None:
    make("li")
    for _ in range(5):
        sign_in(Client(), "li", "not-it")
    for _ in range(14):
        moving.pass_minutes(1)
        assert sign_in(Client(), "li").status_code == 429
    moving.pass_minutes(1.1)
    assert sign_in(Client(), "li").status_code == 302


def test_an_address_that_tries_many_accounts_is_locked_out_of_all(places: object, moving: Clock) -> None:
    make("li")
    for number in range(attempts.MOST_FROM_ADDRESS):
        sign_in(from_address(1), f"guess-{number}", "not-it")
    assert sign_in(from_address(1), "li").status_code == 429
    assert sign_in(from_address(2), "li").status_code == 302


def test_signing_in_with_ones_own_account_does_not_pay_for_guessing_at_others(
    places: object, moving: Clock
) -> None:
    make("li")
    for number in range(attempts.MOST_FROM_ADDRESS - 1):
        sign_in(from_address(1), f"guess-{number}", "not-it")
    assert sign_in(from_address(1), "li").status_code == 302
    sign_in(from_address(1), "one-more", "not-it")
    assert sign_in(from_address(1), "li").status_code == 429


def test_however_many_arrive_together_no_more_than_five_are_looked_at(db: None, moving: Clock) -> None:
    admitted = [attempts.begin("li", f"192.0.2.{n}").until is None for n in range(9)]
    assert admitted == [True] * 5 + [False] * 4


def test_an_unknown_account_a_closed_one_and_a_wrong_password_cost_one_hash_and_say_the_same(
    places: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("li")
    closed = make("closed")
    closed.is_active = False
    closed.save()
    unusable = make("unusable")
    unusable.set_unusable_password()
    unusable.save()
    made: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: object, password: str, salt: str) -> str:
        made.append(password)
        return encode(self, password, salt)  # type: ignore[arg-type]

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    answers = {}
    for username in ("li", "nobody-of-that-name", "closed", "unusable"):
        made.clear()
        answer = sign_in(Client(), username, "not-it")
        said = answer.content.decode().replace(username, "—")
        answers[username] = (len(made), answer.status_code, said.count("账号或密码不对，还可试 4 次"))
        engine.execute("DELETE FROM web_failedsignin")
    assert answers["li"][0] == 1
    assert len(set(answers.values())) == 1, answers


def test_a_closed_account_gets_the_answer_of_a_wrong_password_even_to_the_right_one(places: object) -> None:
    closed = make("closed")
    closed.is_active = False
    closed.save()
    answer = sign_in(Client(), "closed")
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.content.decode()


def test_a_locked_account_costs_no_hash_whether_it_exists_or_not(
    places: object, moving: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("li")
    for username in ("li", "nobody"):
        for _ in range(5):
            sign_in(Client(), username, "not-it")
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", None)  # any use of it would fail
    assert [sign_in(Client(), u).status_code for u in ("li", "nobody")] == [429, 429]


def test_what_was_typed_as_an_account_is_not_kept(db: None) -> None:
    sign_in(Client(), "my-secret-password-by-mistake", "x")
    kept = engine.rows("SELECT key FROM web_failedsignin")
    assert kept
    assert not any("secret" in key for (key,) in kept)


def test_an_administrator_ends_the_pause_from_a_terminal(
    places: object, moving: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    make("li")
    for _ in range(5):
        sign_in(Client(), "li", "not-it")
    assert sign_in(Client(), "li").status_code == 429
    assert command.main(["--lang", "zh", "staff", "unlock", "li"]) == 0
    assert "已解除锁定" in capsys.readouterr().out
    assert sign_in(Client(), "li").status_code == 302
    assert command.main(["--lang", "en", "staff", "unlock", "no-such"]) == 2
    assert "there is no account “no-such”" in capsys.readouterr().err


def test_attempts_that_really_arrive_together_are_counted_one_by_one(lasting_places: object) -> None:
    def attempt(number: int) -> bool:
        try:
            return attempts.begin("li", f"192.0.2.{number}").until is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as several:  # each has a connection of its own, as each process has
        assert sum(several.map(attempt, range(12))) == attempts.MOST


def test_another_process_knows_that_an_account_is_locked(
    lasting_places: object, environment: dict[str, str]
) -> None:
    for _ in range(attempts.MOST):
        attempts.begin("li", "192.0.2.1")
    script = (
        "import django; django.setup()\n"
        "from guitu.web.accounts import attempts\n"
        "print(attempts.begin('li', '192.0.2.2').until is not None)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environment, text=True, capture_output=True, check=True
    )
    assert ran.stdout.strip() == "True"
