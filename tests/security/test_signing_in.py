"""Guessing, fixing and stealing what opens a session."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.test import Client, override_settings

from guitu.store import staff
from tests.store.writing import TOWN
from tests.web.recording import PASSWORD

SESSION = "guitu_session"


@pytest.fixture
def account(places: object) -> str:
    """An account that has set its own password, and of whose failures nobody knows any more."""
    caches["shared"].clear()
    staff.add("li", PASSWORD, "李某某", [("town_office", TOWN)])
    return "li"


def sign_in(client: Client, username: str, password: str, **more: str):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(account: str, client: Client) -> None:
    for _ in range(5):
        assert sign_in(client, account, "wrong").status_code in (422, 429)
    locked = sign_in(client, account, PASSWORD)
    assert locked.status_code == 429
    assert "锁定" in locked.content.decode()
    assert SESSION not in client.cookies or client.get("/post/")["Location"] == "/sign-in/"


def test_the_session_that_signs_in_is_not_the_one_that_somebody_planted(account: str) -> None:
    stranger = Client()
    stranger.get("/sign-in/")
    session = stranger.session
    session["planted"] = True
    session.save()
    planted = stranger.cookies[SESSION].value
    assert sign_in(stranger, account, PASSWORD).status_code == 302
    assert stranger.cookies[SESSION].value != planted
    other = Client()
    other.cookies[SESSION] = planted
    assert other.get("/about/").status_code == 200
    assert other.get("/post/")["Location"] == "/sign-in/"


def test_a_session_that_was_signed_out_opens_nothing_any_more(account: str, client: Client) -> None:
    sign_in(client, account, PASSWORD)
    stolen = client.cookies[SESSION].value
    client.post("/sign-out/")
    thief = Client()
    thief.cookies[SESSION] = stolen
    assert thief.get("/people/").status_code == 302


def test_an_account_that_does_not_exist_costs_the_same_work_as_one_that_does(
    account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        work.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    answers = {}
    for username in (account, "nobody-of-that-name"):
        work.clear()
        answer = sign_in(Client(), username, "wrong-password")
        answers[username] = (answer.status_code, len(work), answer.content.decode().count("账号或密码不对"))
    assert answers[account] == answers["nobody-of-that-name"]
    assert answers[account][1] == 1


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(account: str, client: Client) -> None:
    sign_in(client, account, PASSWORD)
    client.get("/post/")
    client.post("/view/", {"language": "en", "next": "/about/"})
    assert set(client.cookies) >= {SESSION, "guitu_csrf", "guitu_view"}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name


@override_settings(BEHIND_TLS=True, SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
def test_behind_tls_every_cookie_is_for_tls_alone_and_the_browser_remembers(account: str) -> None:
    client = Client()
    sign_in(client, account, PASSWORD)
    client.post("/view/", {"language": "en", "next": "/about/"})
    for name, cookie in client.cookies.items():
        assert cookie["secure"], name
    assert client.get("/about/").headers["Strict-Transport-Security"].startswith("max-age=31536000")
