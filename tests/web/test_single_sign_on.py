"""Single sign-on: a linked account comes in; whatever is not exactly the provider's answer to this question
does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from joserfc.jwk import OctKey, RSAKey

from guitu.cli import main as command
from guitu.store import engine
from guitu.web.accounts import oidc
from tests.web import provider as other_side
from tests.web.provider import CLIENT, SECRET, Provider
from tests.web.signing import give_codes, make


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Provider]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    oidc.forget()
    with other_side.running() as running:
        monkeypatch.setenv("GUITU_OIDC_ISSUER", running.address)
        monkeypatch.setenv("GUITU_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("GUITU_OIDC_CLIENT_SECRET_FILE", str(secret))
        yield running
    oidc.forget()


@pytest.fixture
def li(places: object, provider: Provider) -> User:
    user = make("li")
    assert command.main(["--lang", "zh", "staff", "link", "li", "li-at-the-provider"]) == 0
    return user


def start(client: Client, wanted: str = "/about/") -> str:
    answer = client.get("/sign-in/sso/", {"next": wanted})
    assert answer.status_code == 302
    return answer["Location"]


def there_and_back(client: Client, provider: Provider, wanted: str = "/about/", **more: str):
    return client.get("/sign-in/sso/back/", {**provider.approve(start(client, wanted)), **more})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_linked_account_comes_in_where_it_wanted_to_go(
    client: Client, li: User, provider: Provider
) -> None:
    answer = there_and_back(client, provider)
    assert (answer.status_code, answer["Location"]) == (302, "/about/")
    assert is_in(client)
    sent = provider.asked[0]
    assert sent["grant_type"] == "authorization_code"
    assert sent["redirect_uri"] == "http://testserver/sign-in/sso/back/"


def test_the_question_carries_state_nonce_and_a_challenge(
    client: Client, li: User, provider: Provider
) -> None:
    asked = [parse_qs(urlsplit(start(client)).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["scope"] == ["openid"]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"nonce": "of-another-question"}, id="wrong nonce"),
        pytest.param({"nonce": None}, id="no nonce"),
        pytest.param({"aud": "another-client"}, id="wrong audience"),
        pytest.param({"aud": [CLIENT, "another"], "azp": "another"}, id="meant for another"),
        pytest.param({"iss": "https://another.example.org"}, id="wrong issuer"),
        pytest.param({"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}, id="expired"),
        pytest.param({"exp": None}, id="never expires"),
        pytest.param({"iat": int(time.time()) + 3600}, id="of tomorrow"),
        pytest.param({"sub": ""}, id="nobody"),
        pytest.param({"sub": 7}, id="a number"),
    ],
)
def test_a_token_that_is_not_exactly_the_answer_is_refused(
    client: Client, li: User, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    answer = there_and_back(client, provider)
    assert answer.status_code == 422
    assert "单点登录没有成功" in answer.content.decode()
    assert not is_in(client)


def test_a_token_signed_by_somebody_else_is_refused(client: Client, li: User, provider: Provider) -> None:
    provider.published = [provider.key]
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert there_and_back(client, provider).status_code == 422
    assert not is_in(client)


def test_a_token_signed_with_the_shared_secret_is_refused(
    client: Client, li: User, provider: Provider
) -> None:
    provider.published = [provider.key]
    provider.key = OctKey.import_key(SECRET * 3, {"kid": "one"})  # type: ignore[assignment]
    provider.algorithm = "HS256"
    assert there_and_back(client, provider).status_code == 422
    assert not is_in(client)


def test_a_new_key_of_the_provider_is_found(
    client: Client, li: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert there_and_back(client, provider).status_code == 302
    provider.key = RSAKey.generate_key(2048, {"kid": "two"})
    assert there_and_back(Client(), provider).status_code == 422  # asked for a moment ago: not again so soon
    monkeypatch.setattr(oidc, "NOT_AGAIN_WITHIN", -1)
    assert there_and_back(Client(), provider).status_code == 302


def test_an_answer_to_no_question_or_to_anothers_is_refused(
    client: Client, li: User, provider: Provider
) -> None:
    assert client.get("/sign-in/sso/back/", {"code": "code-1", "state": "x"}).status_code == 422
    theirs = provider.approve(start(Client()))  # an attacker's own sign-in, planted in another browser
    start(client)
    assert client.get("/sign-in/sso/back/", theirs).status_code == 422
    assert not is_in(client)


def test_an_answer_is_taken_once(client: Client, li: User, provider: Provider) -> None:
    brought = provider.approve(start(client))
    assert client.get("/sign-in/sso/back/", brought).status_code == 302
    client.post("/sign-out/")
    assert client.get("/sign-in/sso/back/", brought).status_code == 422


def test_a_refusal_at_the_provider_is_a_sentence(client: Client, li: User, provider: Provider) -> None:
    brought = provider.approve(start(client))
    answer = client.get("/sign-in/sso/back/", {"error": "access_denied", "state": brought["state"]})
    assert answer.status_code == 422
    assert "单点登录没有成功" in answer.content.decode()


def test_an_identity_that_nobody_has_linked_makes_no_account(
    client: Client, li: User, provider: Provider
) -> None:
    before = User.objects.count()
    provider.claims = {"sub": "somebody-else"}
    answer = there_and_back(client, provider)
    assert answer.status_code == 422
    assert "还没有对应本系统的账号" in answer.content.decode()
    assert User.objects.count() == before
    assert not is_in(client)


def test_a_closed_account_does_not_come_in(client: Client, li: User, provider: Provider) -> None:
    li.is_active = False
    li.save()
    assert there_and_back(client, provider).status_code == 422


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_single_sign_on_never_leads_to_another_server(
    client: Client, li: User, provider: Provider, elsewhere: str
) -> None:
    assert there_and_back(client, provider, elsewhere)["Location"] == "/"


def test_the_providers_second_factor_counts_only_if_the_office_says_so(
    client: Client, li: User, provider: Provider, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECOND_FACTOR = "required"  # type: ignore[attr-defined]
    provider.claims = {"amr": ["pwd", "otp"]}
    there_and_back(client, provider)
    assert client.session["must"] == "factor"
    monkeypatch.setenv("GUITU_OIDC_FACTOR", "amr:otp")
    with_it = Client()
    there_and_back(with_it, provider)
    assert with_it.session["factor"] == "sso"
    assert "must" not in with_it.session
    provider.claims = {"amr": ["pwd"]}
    without = Client()
    there_and_back(without, provider)
    assert without.session["must"] == "factor"


def test_an_account_with_a_second_factor_is_asked_for_it_after_single_sign_on(
    client: Client, li: User, provider: Provider
) -> None:
    give_codes(li, time.time())
    assert there_and_back(client, provider)["Location"] == "/sign-in/second/"
    assert not is_in(client)


def test_another_claim_may_name_the_account(
    client: Client, li: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_OIDC_CLAIM", "employee")
    assert there_and_back(client, provider).status_code == 422
    provider.claims = {"employee": "li-at-the-provider"}
    assert there_and_back(client, provider).status_code == 302


def test_one_identity_is_one_account_and_can_be_unlinked(
    client: Client, li: User, provider: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    make("wang", name="王建国")
    assert command.main(["--lang", "zh", "staff", "link", "wang", "li-at-the-provider"]) == 2
    assert "已关联账号“li”" in capsys.readouterr().err
    assert command.main(["--lang", "zh", "staff", "link", "li"]) == 0
    assert there_and_back(client, provider).status_code == 422
    assert engine.rows("SELECT 1 FROM web_linkedsubject") == []


def test_a_provider_that_does_not_answer_is_a_sentence(
    client: Client, places: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    oidc.forget()
    monkeypatch.setenv("GUITU_OIDC_ISSUER", "http://127.0.0.1:9")
    monkeypatch.setenv("GUITU_OIDC_CLIENT_ID", CLIENT)
    answer = client.get("/sign-in/sso/")
    assert answer.status_code == 502
    assert "单点登录没有成功" in answer.content.decode()


def test_without_settings_there_is_no_button_and_no_page(client: Client, db: None) -> None:
    assert "用单点登录" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/sso/").status_code == 404
    assert client.get("/sign-in/sso/back/").status_code == 404


def test_an_issuer_that_is_not_https_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, places: object, capsys: pytest.CaptureFixture[str]
) -> None:
    make("li")
    monkeypatch.setenv("GUITU_OIDC_ISSUER", "http://login.example.org")
    monkeypatch.setenv("GUITU_OIDC_CLIENT_ID", CLIENT)
    assert command.main(["--lang", "en", "staff", "link", "li", "x"]) == 2
    assert "must begin with https://" in capsys.readouterr().err
