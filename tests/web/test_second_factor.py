"""A password alone opens nothing for staff: a code by time, used once; recovery codes; what asks again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.store import engine, keys, rotation, staff
from guitu.web.accounts import factors, recovery, totp
from tests.web.signing import PASSWORD, Clock, code_at, give_codes, make, sign_in, still_clock


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return still_clock(monkeypatch)


@pytest.fixture
def demanded(settings: object) -> None:
    settings.SECOND_FACTOR = "required"  # type: ignore[attr-defined]


@pytest.fixture
def li(places: object, moving: Clock) -> tuple[User, str]:
    """An account with codes by time, a little after the first was used."""
    user = make("li")
    secret = give_codes(user, moving.now)
    moving.pass_minutes(2)
    return user, secret


def second(client: Client, code: str, **more: str):
    return client.post("/sign-in/second/", {"code": code, **more})


def in_(client: Client, moving: Clock, secret: str) -> Client:
    sign_in(client, "li")
    assert second(client, code_at(secret, moving.now)).status_code == 302
    return client


def test_the_password_alone_opens_nothing(client: Client, li: tuple[User, str]) -> None:
    answer = sign_in(client, "li", next="/about/?x=1")
    assert answer["Location"] == "/sign-in/second/"
    for address in ("/", "/account/", "/post/", "/people/"):
        assert client.get(address).status_code == 302
        assert client.get(address)["Location"].startswith("/sign-in/")
    assert "动态口令" in client.get("/sign-in/second/").content.decode()


def test_the_code_opens_the_session_under_a_new_key(
    client: Client, li: tuple[User, str], moving: Clock
) -> None:
    sign_in(client, "li", next="/about/?x=1")
    before = client.session.session_key
    answer = second(client, code_at(li[1], moving.now))
    assert answer["Location"] == "/about/?x=1"
    assert client.session.session_key != before
    assert client.session["factor"] == "totp"
    planted = Client()
    planted.cookies["guitu_session"] = str(before)
    assert planted.get("/account/")["Location"].startswith("/sign-in/")


def test_a_code_is_taken_once_even_within_its_half_minute(li: tuple[User, str], moving: Clock) -> None:
    code = code_at(li[1], moving.now)
    first, thief = Client(), Client()
    sign_in(first, "li")
    assert second(first, code).status_code == 302
    sign_in(thief, "li")
    refused = second(thief, code)
    assert refused.status_code == 422
    assert "动态口令不对或已用过，还可试 4 次" in refused.content.decode()


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(
    li: tuple[User, str], moving: Clock, off: int, taken: bool
) -> None:
    assert totp.take(li[0].pk, code_at(li[1], moving.now + off), moving.now) is taken


def test_an_earlier_code_is_not_taken_after_a_later_one(li: tuple[User, str], moving: Clock) -> None:
    assert totp.take(li[0].pk, code_at(li[1], moving.now + 30), moving.now)
    assert not totp.take(li[0].pk, code_at(li[1], moving.now), moving.now)


def test_wrong_codes_lock_the_account_and_its_password_does_not_forgive_them(
    client: Client, li: tuple[User, str], moving: Clock
) -> None:
    for left in (4, 3, 2, 1):
        sign_in(client, "li")
        assert f"还可试 {left} 次" in second(client, "000000").content.decode()
    sign_in(client, "li")
    assert second(client, "000000").status_code == 429
    assert second(client, code_at(li[1], moving.now)).status_code == 429
    assert sign_in(Client(), "li").status_code == 429


def test_the_second_step_waits_five_minutes_and_ends_when_the_password_changes(
    client: Client, li: tuple[User, str], moving: Clock
) -> None:
    sign_in(client, "li")
    moving.pass_minutes(6)
    assert "等得太久" in second(client, code_at(li[1], moving.now)).content.decode()
    sign_in(client, "li")
    staff.set_own(li[0], "quite-another-one")
    assert second(client, code_at(li[1], moving.now)).status_code == 422


def sealed_secret(user: User) -> bytes:
    kept = engine.row("SELECT sealed FROM web_totpsecret WHERE user_id = %s", [user.pk])
    assert kept is not None
    return bytes(kept[0])


def test_a_secret_is_never_kept_as_it_is(li: tuple[User, str]) -> None:
    assert li[1].encode() not in sealed_secret(li[0])


def test_a_secret_goes_to_the_new_master_key_and_gives_the_same_codes(
    places: object, moving: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined] - a data folder with keys of its own
    keys.forget()
    try:
        user = make("li")
        secret = give_codes(user, moving.now)
        before = sealed_secret(user)
        assert rotation.rotate(new=True) == 1
        assert sealed_secret(user) != before
        (tmp_path / "keys" / "master.key").unlink()
        keys.forget()
        moving.pass_minutes(2)
        assert totp.take(user.pk, code_at(secret, moving.now), moving.now)
    finally:
        keys.forget()


def test_a_recovery_code_signs_in_once(li: tuple[User, str]) -> None:
    codes = recovery.make(li[0].pk)
    assert len(set(codes)) == 10
    first, again = Client(), Client()
    sign_in(first, "li")
    assert "备用码" in first.get("/sign-in/second/?with=recovery").content.decode()
    assert second(first, codes[0].upper().replace("-", " "), **{"with": "recovery"}).status_code == 302
    sign_in(again, "li")
    refused = second(again, codes[0], **{"with": "recovery"})
    assert refused.status_code == 422
    assert "备用码不对或已用过" in refused.content.decode()
    assert factors.of(li[0].pk).recovery == 9
    kept = engine.rows("SELECT digest FROM web_recoverycode")
    assert not any(codes[1].encode() in bytes(digest) for (digest,) in kept)


def test_another_accounts_recovery_code_is_none(li: tuple[User, str]) -> None:
    other = make("wang", name="王建国")
    assert not recovery.take(li[0].pk, recovery.make(other.pk)[0])


@pytest.mark.usefixtures("demanded")
def test_staff_set_up_a_second_factor_before_anything_else_opens(
    client: Client, places: object, moving: Clock
) -> None:
    make("li")
    assert sign_in(client, "li")["Location"] == "/"
    for address in ("/", "/people/", "/units/"):
        assert client.get(address).get("Location") == "/account/codes/", address
    page = client.get("/account/codes/").content.decode()
    assert "您的岗位须用两步登录" in page
    assert "<svg" in page
    secret = re.search(r'class="account-secret">([A-Z2-7 ]+)<', page)
    assert secret
    before = client.session.session_key
    wrong = client.post("/account/codes/", {"code": "000000"})
    assert wrong.status_code == 422
    assert secret[1] in wrong.content.decode()
    done = client.post("/account/codes/", {"code": code_at(secret[1].replace(" ", ""), moving.now)})
    shown = re.findall(r"<code>([a-z2-9-]{17})</code>", done.content.decode())
    assert len(shown) == 10
    assert client.session.session_key != before
    assert client.get("/people/").status_code == 200
    assert shown[0] not in client.get("/account/").content.decode()


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("role", ["person", "family"])
def test_the_person_and_the_family_are_offered_it_and_not_made_to(
    client: Client, places: object, role: str
) -> None:
    make("own", role)
    sign_in(client, "own")
    assert "must" not in client.session


@pytest.mark.usefixtures("demanded")
def test_a_demonstration_demands_none(client: Client, places: object, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    make("li")
    sign_in(client, "li")
    assert "must" not in client.session


@pytest.mark.usefixtures("demanded")
def test_the_last_second_factor_of_staff_cannot_be_removed(
    client: Client, li: tuple[User, str], moving: Clock
) -> None:
    in_(client, moving, li[1])
    assert client.post("/account/codes/remove/")["Location"] == "/account/?done=last"
    assert factors.of(li[0].pk).totp
    assert "这是最后一种" in client.get("/account/?done=last").content.decode()


def test_what_matters_is_asked_for_again_after_a_quarter_of_an_hour(
    client: Client, li: tuple[User, str], moving: Clock
) -> None:
    in_(client, moving, li[1])
    assert client.get("/account/codes/").status_code == 200
    moving.pass_minutes(16)
    asked = client.get("/account/codes/?a=b")
    assert asked["Location"] == "/account/confirm/?next=%2Faccount%2Fcodes%2F%3Fa%3Db"
    assert client.post("/account/codes/remove/")["Location"].startswith("/account/confirm/")
    assert factors.of(li[0].pk).totp  # nothing was done
    assert client.post("/account/confirm/", {"code": PASSWORD, "next": "/account/codes/"}).status_code == 422
    before = client.session.session_key
    done = client.post(
        "/account/confirm/", {"code": code_at(li[1], moving.now), "next": "/account/codes/?a=b"}
    )
    assert done["Location"] == "/account/codes/?a=b"
    assert client.session.session_key != before
    assert client.get("/account/codes/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\x"]
)
def test_confirming_and_the_second_step_never_lead_to_another_server(
    client: Client, li: tuple[User, str], moving: Clock, elsewhere: str
) -> None:
    sign_in(client, "li", next=elsewhere)
    assert second(client, code_at(li[1], moving.now))["Location"] == "/"
    moving.pass_minutes(1)
    done = client.post("/account/confirm/", {"code": code_at(li[1], moving.now), "next": elsewhere})
    assert done["Location"] == "/"


def test_without_a_second_factor_the_password_confirms(client: Client, places: object, moving: Clock) -> None:
    make("li")
    sign_in(client, "li")
    moving.pass_minutes(16)
    wrong = client.post("/account/confirm/", {"code": "not-it", "next": "/account/codes/"})
    assert "密码不对，还可试 4 次" in wrong.content.decode()
    done = client.post("/account/confirm/", {"code": PASSWORD, "next": "/account/codes/"})
    assert done["Location"] == "/account/codes/"


def test_a_session_says_in_who_whether_it_has_a_second_factor(
    client: Client, li: tuple[User, str], moving: Clock
) -> None:
    from guitu.web.who import who

    answer = in_(client, moving, li[1]).get("/about/")
    reader = who(answer.wsgi_request)
    assert reader is not None
    assert reader.second_factor
    make("wang", name="王建国")
    other = Client()
    sign_in(other, "wang")
    reader = who(other.get("/about/").wsgi_request)
    assert reader is not None
    assert not reader.second_factor
