"""Sessions: each under its own key, listed, ended one by one or all, over after a while whatever happens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.cli import main as command
from guitu.store import engine, staff
from guitu.web import carrying
from guitu.web.accounts import opening
from tests.web.signing import PASSWORD, Clock, make, sign_in, still_clock

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
)
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36"
NEW = "another-long-secret"


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return still_clock(monkeypatch)


@pytest.fixture
def li(places: object, moving: Clock) -> User:
    return make("li")


def opened(agent: str = OFFICE, address: str = "192.0.2.17") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    assert sign_in(client, "li").status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_planted_session_key_is_worth_nothing_after_signing_in(li: User) -> None:
    client = Client()
    client.post("/passkey/ask/", {"for": "sign_in"}, HTTP_HOST="localhost")
    planted = client.cookies["guitu_session"].value
    sign_in(client, "li")
    assert client.cookies["guitu_session"].value != planted
    thief = Client()
    thief.cookies["guitu_session"] = planted
    assert not is_in(thief)
    assert is_in(client)


def test_signing_in_again_opens_a_new_session_and_ends_the_old_one(li: User) -> None:
    client = opened()
    before = Client()
    before.cookies["guitu_session"] = client.cookies["guitu_session"].value
    assert sign_in(client, "li").status_code == 302
    assert [is_in(each) for each in (client, before)] == [True, False]


def test_the_account_lists_where_it_is_signed_in(li: User) -> None:
    office, _ = opened(), opened(PHONE, "192.0.2.80")
    page = office.get("/account/").content.decode()
    assert "Windows 电脑，Chrome 内核浏览器" in page
    assert "苹果手机，Safari 浏览器" in page
    assert "192.0.2.80" in page
    assert page.count("本机") == 1
    keys = [key for (key,) in engine.rows("SELECT key FROM web_opensession")]
    assert len(keys) == 2
    assert not any(key in page for key in keys)


def test_an_ended_session_is_over_at_once_and_the_others_are_not(li: User) -> None:
    office, phone, third = opened(), opened(PHONE), opened()
    page = office.get("/account/").content.decode()
    found = re.findall(r'name="id" value="(\w{20})"', page)
    assert len(found) == 2
    theirs = opening.id_of(str(phone.session.session_key))
    assert office.post("/account/sessions/end/", {"id": theirs})["Location"] == "/account/?done=ended"
    assert [is_in(each) for each in (office, phone, third)] == [True, False, True]
    office.post("/account/sessions/end/", {"id": "others"})
    assert [is_in(each) for each in (office, phone, third)] == [True, False, False]


def test_nobody_ends_another_accounts_session(li: User) -> None:
    mine = opened()
    make("wang", name="王建国")
    other = Client()
    sign_in(other, "wang")
    other.post("/account/sessions/end/", {"id": opening.id_of(str(mine.session.session_key))})
    other.post("/account/sessions/end/", {"id": "others"})
    assert is_in(mine)


def test_a_new_password_ends_all_other_sessions(li: User) -> None:
    office, phone = opened(), opened(PHONE)
    before = office.session.session_key
    changed = office.post("/account/password/", {"current": PASSWORD, "own": NEW, "again": NEW})
    assert changed["Location"] == "/account/?done=password"
    assert office.session.session_key != before
    assert [is_in(each) for each in (office, phone)] == [True, False]
    assert sign_in(Client(), "li").status_code == 422
    assert sign_in(Client(), "li", NEW).status_code == 302


@pytest.mark.parametrize(
    ("current", "own", "again", "said"),
    [
        ("not-it", NEW, NEW, "现在的密码不对，还可试 4 次"),
        (PASSWORD, NEW, NEW + "x", "两次输入的密码不同"),
        (PASSWORD, PASSWORD, PASSWORD, "最近用过的 5 个密码不能再用"),
        (PASSWORD, "short", "short", "密码至少 10 个字符"),
    ],
)
def test_a_password_is_not_changed_to_a_poor_one_or_without_the_present_one(
    li: User, current: str, own: str, again: str, said: str
) -> None:
    client = opened()
    answer = client.post("/account/password/", {"current": current, "own": own, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert sign_in(Client(), "li").status_code == 302


def test_guessing_at_the_present_password_locks_the_account(li: User) -> None:
    client = opened()
    for _ in range(5):
        client.post("/account/password/", {"current": "not-it", "own": NEW, "again": NEW})
    answer = client.post("/account/password/", {"current": PASSWORD, "own": NEW, "again": NEW})
    assert answer.status_code == 429
    assert "已锁定" in answer.content.decode()


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(li: User, settings: object) -> None:
    told = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.44"}
    client = Client(REMOTE_ADDR="10.0.0.1", **told)  # type: ignore[arg-type]
    sign_in(client, "li")
    assert "10.0.0.1" in client.get("/account/").content.decode()  # not believed without GUITU_TLS
    settings.BEHIND_TLS = True  # type: ignore[attr-defined]
    sign_in(client, "li")
    assert "192.0.2.44" in client.get("/account/").content.decode()


def test_a_closed_account_is_out_at_once(li: User) -> None:
    client = opened()
    staff.let_in("li", active=False)
    assert not is_in(client)
    staff.let_in("li", active=True)
    assert sign_in(Client(), "li").status_code == 302


def test_a_session_is_over_after_an_hour_without_a_request(li: User, moving: Clock) -> None:
    client = opened()
    for _ in range(3):
        moving.pass_minutes(50)
        assert is_in(client)
    moving.pass_minutes(63)
    assert not is_in(client)


def test_a_session_is_over_after_twelve_hours_however_busy(li: User, moving: Clock) -> None:
    client = opened()
    for _ in range(24):
        moving.pass_minutes(29)
        assert is_in(client)
    moving.pass_minutes(29)
    assert not is_in(client)


def test_the_persons_own_session_is_over_after_five_minutes(places: object, moving: Clock) -> None:
    make("own", "person", name="符某某")
    client = Client()
    sign_in(client, "own")
    assert 'data-idle="5"' in client.get("/about/").content.decode()
    for _ in range(3):
        moving.pass_minutes(4)
        assert is_in(client)
    moving.pass_minutes(7)
    assert not is_in(client)


def test_a_session_that_is_over_is_not_listed_and_is_forgotten(li: User, moving: Clock) -> None:
    left = opened()
    left.post("/sign-out/")
    opened()
    assert len(opening.open_sessions(li.pk)) == 1
    moving.pass_minutes(70)
    assert opening.open_sessions(li.pk) == ()
    opened()
    assert (
        len(engine.rows("SELECT key FROM web_opensession WHERE key = %s", [left.session.session_key or ""]))
        == 0
    )


def test_an_administrator_lists_and_ends_sessions_from_a_terminal(
    li: User, capsys: pytest.CaptureFixture[str]
) -> None:
    client = opened()
    assert command.main(["--lang", "zh", "staff", "sessions", "li"]) == 0
    assert "192.0.2.17" in capsys.readouterr().out
    assert command.main(["--lang", "zh", "staff", "sessions", "li", "--end"]) == 0
    assert "已结束 1 处登录" in capsys.readouterr().out
    assert not is_in(client)


def test_one_query_still_reads_session_account_posts_and_second_factor(
    li: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object
) -> None:
    client = opened()
    client.get("/about/")
    asked_for: list[str] = []
    for name in ("rows", "rows_bringing"):  # SQLite asks by the one, PostgreSQL by the other
        ask = getattr(carrying.asked, name)

        def counted(*given: object, ask: Callable[..., list[engine.Row]] = ask) -> list[engine.Row]:
            asked_for.append(str(given))
            return ask(*given)

        monkeypatch.setattr(carrying.asked, name, counted)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        client.get("/about/")
    assert len(asked_for) == 1
