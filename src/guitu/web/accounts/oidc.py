"""Single sign-on with OpenID Connect: the provider says who somebody is, an administrator has said which
account that is. No account is ever made by the provider.

Authorization code with PKCE, state and nonce; Authlib speaks with the provider and checks the claims of the
identity token, joserfc its signature. Set up by GUITU_OIDC_ISSUER, GUITU_OIDC_CLIENT_ID and
GUITU_OIDC_CLIENT_SECRET_FILE; docs/how-to/accounts.md has all of it.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.web.clock import ticks

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures that are taken: none of a shared secret, and never "none"."""
WAIT: Final = 5
"""Seconds for one question to the provider."""
KEPT_FOR: Final = 60 * 60
"""Seconds for which the provider's addresses and keys are believed."""
NOT_AGAIN_WITHIN: Final = 60
"""Seconds in which its keys are not asked for once more because of a signature by one we do not know."""
LEEWAY: Final = 60
"""Seconds by which the two clocks may differ."""
LONGEST: Final = 255


class Refused(GuituError):
    """The provider's answer is not believed, or does not come. Nobody was signed in."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the office has set: who is asked, as whom, by which claim an account is named, and which `acr` or
    `amr` counts as a second factor (`amr:otp`; none without it). `name` stands on the button."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "sub"
    factor: tuple[str, str] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One sign-on under way: kept in the session, used once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who the provider says it is, and whether with a second factor that counts here."""

    issuer: str
    subject: str
    second_factor: bool


def provider() -> Provider | None:
    """What the office has set, or None. Raises GuituError for settings that cannot be used."""
    issuer = os.environ.get("GUITU_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    client = os.environ.get("GUITU_OIDC_CLIENT_ID", "")
    if not client or not _safe(issuer):
        raise GuituError(
            Label(
                "单点登录需要 GUITU_OIDC_CLIENT_ID，且 GUITU_OIDC_ISSUER 须以 https:// 开头。",
                "Single sign-on needs GUITU_OIDC_CLIENT_ID, and GUITU_OIDC_ISSUER must begin with https://.",
            )
        )
    place, _, word = os.environ.get("GUITU_OIDC_FACTOR", "").partition(":")
    if place and (place not in {"acr", "amr"} or not word):
        raise GuituError(
            Label(
                "GUITU_OIDC_FACTOR 应写成 amr:otp 或 acr:值。",
                "GUITU_OIDC_FACTOR must read amr:otp or acr:VALUE.",
            )
        )
    return Provider(
        issuer,
        client,
        _secret(),
        os.environ.get("GUITU_OIDC_CLAIM") or "sub",
        (place, word) if place else None,
        os.environ.get("GUITU_OIDC_NAME", ""),
    )


def begin(provider: Provider, back: str) -> tuple[str, Asked]:
    """Where to send the browser, and what to keep until it is back at the address `back`."""
    asked = Asked(*(secrets.token_urlsafe(48) for _ in range(3)))
    with _session(provider, back) as session:
        address, _ = session.create_authorization_url(
            _told(provider)["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
    return str(address), asked


def finish(provider: Provider, back: str, asked: Asked, answer: Mapping[str, str]) -> Answer:
    """Who came back, from what the provider's answer holds. Raises Refused."""
    if not secrets.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
        raise _refused("state")
    if answer.get("iss", provider.issuer).rstrip("/") != provider.issuer:
        raise _refused("iss")
    if answer.get("error") or not answer.get("code"):
        raise _refused("error")
    try:
        with _session(provider, back) as session:
            token = session.fetch_token(
                _told(provider)["token_endpoint"],
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=asked.verifier,
                timeout=WAIT,
            )
    except (AuthlibBaseError, RequestException, ValueError) as problem:
        raise _refused("token") from problem
    claims = _believed(provider, token, asked.nonce)
    subject = claims.get(provider.claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise _refused(provider.claim)
    return Answer(provider.issuer, subject, _second_factor(provider, claims))


def account_of(answer: Answer) -> int | None:
    """The number of the account that an administrator has linked to this identity, or None."""
    found = engine.row(
        "SELECT user_id FROM web_linkedsubject WHERE issuer = %s AND subject = %s",
        [answer.issuer, answer.subject],
    )
    return found[0] if found else None


def link(user_id: int, issuer: str, subject: str) -> None:
    """Say who an account is at the provider, in place of what was said before. Raises GuituError if another
    account is that already."""
    with engine.writing():
        other = engine.row(
            "SELECT u.username FROM web_linkedsubject l JOIN auth_user u ON u.id = l.user_id"
            " WHERE l.issuer = %s AND l.subject = %s AND l.user_id <> %s",
            [issuer, subject, user_id],
        )
        if other is not None:
            raise GuituError(
                Label(
                    f"“{subject}”已关联账号“{other[0]}”。",
                    f"“{subject}” is linked to the account “{other[0]}” already.",
                )
            )
        unlink(user_id)
        engine.insert("web_linkedsubject", ("user_id", "issuer", "subject"), [(user_id, issuer, subject)])


def unlink(user_id: int) -> bool:
    """The account does not sign in there any more; whether it did."""
    return bool(engine.execute("DELETE FROM web_linkedsubject WHERE user_id = %s", [user_id]))


_metadata: dict[str, tuple[float, dict[str, Any]]] = {}
_keys: dict[str, tuple[float, KeySet]] = {}


def forget() -> None:
    """Ask the provider anew for its addresses and keys."""
    _metadata.clear()
    _keys.clear()


def _believed(provider: Provider, token: Mapping[str, Any], nonce: str) -> CodeIDToken:
    """The claims of the identity token: signed by the provider, for us, now, in answer to this question."""
    text = token.get("id_token")
    if not isinstance(text, str):
        raise _refused("id_token")
    try:
        read = _signed(provider, text)
        claims = CodeIDToken(
            read.claims,
            read.header,
            options={
                "iss": {"essential": True, "value": _told(provider)["issuer"]},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
                "exp": {"essential": True},
                "iat": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            },
            params={
                "nonce": nonce,
                "client_id": provider.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(ticks()), leeway=LEEWAY)
    except (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, TypeError) as problem:
        raise _refused("id_token") from problem
    return claims


def _signed(provider: Provider, text: str) -> jwt.Token:
    """The token, its signature checked; with the provider's newest keys if it is by one we do not know."""
    try:
        return jwt.decode(text, _keys_of(provider), algorithms=list(ALGORITHMS))
    except (JoseError, ValueError):
        asked_at, _ = _keys[provider.issuer]
        if ticks() - asked_at < NOT_AGAIN_WITHIN:
            raise
        del _keys[provider.issuer]
        return jwt.decode(text, _keys_of(provider), algorithms=list(ALGORITHMS))


def _keys_of(provider: Provider) -> KeySet:
    known = _keys.get(provider.issuer)
    if known is None or ticks() - known[0] > KEPT_FOR:
        known = (ticks(), KeySet.import_key_set(_fetched(_told(provider)["jwks_uri"])))  # type: ignore[arg-type]
        _keys[provider.issuer] = known
    return known[1]


def _told(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself; it must say that it is who we meant."""
    known = _metadata.get(provider.issuer)
    if known is None or ticks() - known[0] > KEPT_FOR:
        said = _fetched(provider.issuer + "/.well-known/openid-configuration")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if str(said.get("issuer", "")).rstrip("/") != provider.issuer or not all(
            isinstance(said.get(name), str) and _safe(said[name]) for name in wanted
        ):
            raise _refused("issuer")
        known = _metadata[provider.issuer] = (ticks(), said)
    return known[1]


def _fetched(address: str) -> dict[str, Any]:
    try:
        with OAuth2Session() as session:
            answer = session.get(address, timeout=WAIT, withhold_token=True, allow_redirects=False)
            answer.raise_for_status()
            said = answer.json()
    except (RequestException, ValueError) as problem:
        raise _refused("unreachable") from problem
    if not isinstance(said, dict):
        raise _refused("unreadable")
    return said


def _session(provider: Provider, back: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret or None,
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
    )


def _second_factor(provider: Provider, claims: Mapping[str, Any]) -> bool:
    if provider.factor is None:
        return False
    place, word = provider.factor
    said = claims.get(place)
    return word in said if isinstance(said, list) else said == word


def _secret() -> str:
    path = os.environ.get("GUITU_OIDC_CLIENT_SECRET_FILE")
    if not path:
        return os.environ.get("GUITU_OIDC_CLIENT_SECRET", "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise GuituError(
            Label(
                "不能读取 GUITU_OIDC_CLIENT_SECRET_FILE 所指的文件。",
                "The file named by GUITU_OIDC_CLIENT_SECRET_FILE cannot be read.",
            )
        ) from problem


def _safe(address: str) -> bool:
    """https; or plain http to this very computer, for trying it out."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return True
    try:
        here = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
    return parts.scheme == "http" and here


def _refused(what: str) -> Refused:
    return Refused(
        Label(
            "单点登录没有成功，没有登录；请再试一次，仍不行请用账号和密码。",
            "Single sign-on failed and nobody was signed in; try again, or use account and password.",
        ),
        where=what,
    )
