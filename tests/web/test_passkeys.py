"""Passkeys: alone they are both factors; from another site, twice, or copied they are nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.web.accounts import factors, passkeys
from tests.web.signing import Clock, SoftKey, make, sign_in, still_clock

HOST = "localhost:8700"
ORIGIN = f"http://{HOST}"


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return still_clock(monkeypatch)


@pytest.fixture
def li(places: object, moving: Clock) -> User:
    return make("li")


def browser() -> Client:
    return Client(HTTP_HOST=HOST)


def ask(client: Client, purpose: str, status: int = 200) -> dict[str, object]:
    answer = client.post("/passkey/ask/", {"for": purpose})
    assert answer.status_code == status
    return answer.json() if status == 200 else {}


def with_key(li: User, **more: object) -> tuple[Client, SoftKey]:
    """A browser that has signed in with the password and added a passkey."""
    client, key = browser(), SoftKey(ORIGIN, "localhost", **more)  # type: ignore[arg-type]
    sign_in(client, li.username)
    added = client.post(
        "/account/passkeys/add/", {"name": "办公室电脑", "credential": key.create(ask(client, "add"))}
    )
    assert "备用码" in added.content.decode()
    return client, key


def alone(client: Client, key: SoftKey):
    return client.post("/sign-in/passkey/", {"credential": key.use(ask(client, "sign_in"))})


def test_a_passkey_alone_signs_in_and_is_a_second_factor(li: User) -> None:
    _, key = with_key(li)
    client = browser()
    assert alone(client, key).status_code == 302
    assert client.session["factor"] == "passkey"
    assert "办公室电脑" in client.get("/account/").content.decode()


def test_after_the_password_the_passkey_is_the_second_step(li: User) -> None:
    _, key = with_key(li)
    client = browser()
    assert sign_in(client, "li", next="/about/")["Location"] == "/sign-in/second/"
    answer = client.post("/sign-in/second/", {"credential": key.use(ask(client, "second"))})
    assert answer["Location"] == "/about/"
    assert client.session["factor"] == "passkey"


def test_a_passkey_that_answers_another_site_is_refused(li: User) -> None:
    _, key = with_key(li)
    key.origin = "https://guitu.example.org"
    refused = alone(browser(), key)
    assert refused.status_code == 422
    assert "这个通行密钥没有登录成功" in refused.content.decode()
    key.origin = ORIGIN + "0"  # the same name at another port is another site
    assert alone(browser(), key).status_code == 422
    key.origin = ORIGIN
    assert alone(browser(), key).status_code == 302


def test_a_passkey_made_on_another_site_is_not_added(li: User) -> None:
    client = browser()
    sign_in(client, "li")
    for key in (SoftKey("https://example.org", "localhost"), SoftKey(ORIGIN, "example.org")):
        answer = client.post("/account/passkeys/add/", {"credential": key.create(ask(client, "add"))})
        assert answer.status_code == 422
    assert factors.of(li.pk).passkeys == 0


def test_an_answer_is_taken_once(li: User) -> None:
    _, key = with_key(li)
    client = browser()
    answer = key.use(ask(client, "sign_in"))
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 302
    client.post("/sign-out/")
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 422
    other = browser()
    ask(other, "sign_in")
    assert other.post("/sign-in/passkey/", {"credential": answer}).status_code == 422


def test_a_question_waits_five_minutes(li: User, moving: Clock) -> None:
    _, key = with_key(li)
    client = browser()
    answer = key.use(ask(client, "sign_in"))
    moving.pass_minutes(6)
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 422


def test_a_copied_key_whose_counter_has_not_moved_on_is_refused(li: User) -> None:
    _, key = with_key(li)
    assert alone(browser(), key).status_code == 302
    key.count -= 1
    assert alone(browser(), key).status_code == 422


def test_keys_that_never_count_are_taken(li: User) -> None:
    _, key = with_key(li, counts=False)
    assert alone(browser(), key).status_code == 302
    assert alone(browser(), key).status_code == 302


def test_alone_a_key_must_verify_whose_hand_it_is_in(li: User) -> None:
    _, key = with_key(li)
    key.verified = False
    assert alone(browser(), key).status_code == 422
    client = browser()
    sign_in(client, "li")  # with the password it need not
    answer = client.post("/sign-in/second/", {"credential": key.use(ask(client, "second"))})
    assert answer.status_code == 302


def test_the_question_of_the_second_step_does_not_stand_for_both(li: User) -> None:
    _, key = with_key(li)
    client = browser()
    sign_in(client, "li")
    answer = key.use(ask(client, "second"))
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 422


def test_another_accounts_key_is_no_second_step(li: User) -> None:
    make("wang", name="王建国")
    with_key(li)
    _, other = with_key(User.objects.get(username="wang"))
    client = browser()
    sign_in(client, "li")
    answer = client.post("/sign-in/second/", {"credential": other.use(ask(client, "second"))})
    assert answer.status_code == 422


def test_a_closed_account_signs_in_with_no_key(li: User) -> None:
    _, key = with_key(li)
    li.is_active = False
    li.save()
    assert alone(browser(), key).status_code == 422


@pytest.mark.parametrize("nonsense", ["", "[]", "{}", "not json", '{"id":"x","rawId":"eA","response":{}}'])
def test_what_is_no_answer_is_refused_in_words(li: User, nonsense: str) -> None:
    client = browser()
    ask(client, "sign_in")
    answer = client.post("/sign-in/passkey/", {"credential": nonsense})
    assert answer.status_code == 422
    assert "这个通行密钥没有登录成功" in answer.content.decode()


def test_a_removed_key_opens_nothing(li: User) -> None:
    client, key = with_key(li)
    number = passkeys.kept(li.pk)[0].id
    assert client.post("/account/passkeys/remove/", {"id": number})["Location"] == "/account/?done=key_gone"
    assert alone(browser(), key).status_code == 422


def test_nobody_removes_another_accounts_key(li: User) -> None:
    with_key(li)
    number = passkeys.kept(li.pk)[0].id
    make("wang", name="王建国")
    other = browser()
    sign_in(other, "wang")
    other.post("/account/passkeys/remove/", {"id": number})
    assert len(passkeys.kept(li.pk)) == 1


def test_passkeys_are_asked_for_only_where_browsers_allow_them(li: User) -> None:
    for host in ("127.0.0.1:8700", "testserver"):
        client = Client(HTTP_HOST=host)
        ask(client, "sign_in", status=404)
        assert "用通行密钥登录" not in client.get("/sign-in/").content.decode()
    assert "用通行密钥登录" in browser().get("/sign-in/").content.decode()


def test_a_key_is_added_only_by_who_is_signed_in_and_was_so_lately(li: User, moving: Clock) -> None:
    ask(browser(), "add", status=401)
    ask(browser(), "second", status=401)
    client = browser()
    sign_in(client, "li")
    moving.pass_minutes(16)
    ask(client, "add", status=401)
