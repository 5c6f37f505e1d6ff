"""A password that an administrator made opens nothing but the page where its holder sets their own."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from guitu.kernel.errors import GuituError
from guitu.store import staff
from guitu.web.pages.signin import view

ONE_TIME = "abcde-fghjk-mnpqr"
OWN = "my-own-long-words"


@pytest.fixture
def given(places: object) -> None:
    """An account as an administrator makes it."""
    staff.add("li", ONE_TIME, "李某某", [("town_office", "469023100")], one_time=True)


def sign_in(client: Client, password: str = ONE_TIME, **more: str):
    return client.post("/sign-in/", {"username": "li", "password": password, **more})


def proof_of(html: str) -> str:
    found = re.search(r'name="proof" value="([^"]+)"', html)
    assert found
    return found[1]


def choose(client: Client, proof: str, own: str = OWN, again: str = OWN, **more: str):
    return client.post("/set-password/", {"proof": proof, "own": own, "again": again, **more})


@pytest.mark.usefixtures("given")
def test_a_one_time_password_opens_only_the_page_that_replaces_it(client: Client) -> None:
    asked = sign_in(client, next="/about/?x=1")
    html = asked.content.decode()
    assert "设置自己的密码" in html
    assert client.get("/post/")["Location"] == "/sign-in/"  # nobody is signed in yet
    done = choose(client, proof_of(html), next="/about/?x=1")
    assert (done.status_code, done["Location"]) == (302, "/about/?x=1")
    assert "李某某" in client.get("/about/").content.decode()
    client.post("/sign-out/")
    assert sign_in(client, OWN).status_code == 302
    assert sign_in(Client(), ONE_TIME).status_code == 422


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize(
    ("own", "again", "said"),
    [
        ("too-short", "too-short", "密码至少 10 个字符"),
        ("1234567890", "1234567890", "这个密码太常见"),
        (ONE_TIME, ONE_TIME, "不同于一次性密码"),
        (OWN, OWN + "x", "两次输入的密码不同"),
    ],
)
def test_a_poor_choice_is_refused_in_words_and_the_one_time_password_stays(
    client: Client, own: str, again: str, said: str
) -> None:
    refused = choose(client, proof_of(sign_in(client).content.decode()), own, again)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert said in html
    assert own not in html
    assert choose(client, proof_of(html)).status_code == 302


@pytest.mark.usefixtures("given")
def test_the_proof_is_worth_nothing_once_used_when_it_is_old_or_when_nobody_gave_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = proof_of(sign_in(client).content.decode())
    assert choose(Client(), "made-up").status_code == 422
    with monkeypatch.context() as later:
        later.setattr(view, "PROVEN_FOR", -1)
        assert "等得太久" in choose(client, proof).content.decode()
    assert choose(client, proof).status_code == 302
    assert choose(Client(), proof, "somebody-elses", "somebody-elses").status_code == 422
    assert sign_in(Client(), OWN).status_code == 302
    assert client.get("/set-password/")["Location"] == "/sign-in/"


@pytest.mark.usefixtures("given")
def test_a_new_one_time_password_ends_what_the_old_one_opened(client: Client) -> None:
    choose(client, proof_of(sign_in(client).content.decode()))
    staff.give_password("li", "zzzzz-yyyyy-xxxxx")
    assert client.get("/post/")["Location"] == "/sign-in/"
    assert sign_in(client, OWN).status_code == 422
    assert "设置自己的密码" in sign_in(client, "zzzzz-yyyyy-xxxxx").content.decode()


def test_an_account_that_does_not_exist_gets_no_password(db: None) -> None:
    with pytest.raises(GuituError, match="no account “nobody”"):
        staff.give_password("nobody", ONE_TIME)


def test_one_time_passwords_differ_and_have_no_letter_that_is_read_for_another() -> None:
    made = {staff.one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[a-hj-kmnp-z2-9]{5}(-[a-hj-kmnp-z2-9]{5}){2}", each) for each in made)
    assert all(staff.fault_of(each) is None for each in made)
