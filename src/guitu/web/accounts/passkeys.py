"""Passkeys (WebAuthn): a key that the device keeps and uses for this site's own address only.

The fido2 library makes and checks everything; here is what is asked, what is kept, and that a question is
answered once.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from guitu.store import engine
from guitu.web.accounts.keys import CHALLENGE_KEY
from guitu.web.clock import ticks

MOST: Final = 10
"""Passkeys of one account."""
NAME_LENGTH: Final = 60
LASTS: Final = 5 * 60
"""Seconds in which the question must be answered."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One passkey of an account."""

    id: int
    name: str
    made_ms: int
    used_ms: int | None


def can_be_used(request: HttpRequest) -> bool:
    """Whether browsers allow passkeys under the name by which this server was asked: https and a name, not a
    number; or this computer itself."""
    host = _host(request)
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure()
    return False


def kept(user_id: int) -> tuple[Kept, ...]:
    """The account's passkeys, the oldest first."""
    found = engine.rows(
        "SELECT id, name, made_ms, used_ms FROM web_passkey WHERE user_id = %s ORDER BY id", [user_id]
    )
    return tuple(Kept(*each) for each in found)


def ask_to_add(request: HttpRequest, user_id: int, username: str, name: str) -> dict[str, Any]:
    """What the browser is asked when a passkey is added. It will be one that is found without the account's
    name, and that verifies whose hand it is in."""
    known = _credentials("user_id = %s", [user_id])
    handle = known[0].handle if known else os.urandom(32)
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=username, display_name=name),
        credentials=[each.data for each in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _remember(request, state, what="add", handle=handle.hex())
    return dict(options)


def add(request: HttpRequest, user_id: int, name: str, response: str) -> bool:
    """Keep the passkey that the browser made; False if it does not answer the question, or comes from another
    site."""
    asked = _asked(request, "add")
    if asked is None or len(kept(user_id)) >= MOST:
        return False
    try:
        made = _server(request).register_complete(asked["state"], _read(response))
    except (ValueError, TypeError, KeyError):
        return False
    if made.credential_data is None:
        return False
    data = made.credential_data
    with engine.writing():
        if engine.row("SELECT 1 FROM web_passkey WHERE credential_id = %s", [data.credential_id]):
            return False
        engine.insert(
            "web_passkey",
            ("user_id", "credential_id", "credential", "handle", "name", "count", "made_ms"),
            [
                (
                    user_id,
                    data.credential_id,
                    bytes(data),
                    bytes.fromhex(asked["handle"]),
                    name[:NAME_LENGTH],
                    made.counter,
                    _now(),
                )
            ],
        )
    return True


def ask_to_use(request: HttpRequest, user_id: int | None) -> dict[str, Any]:
    """What the browser is asked when a passkey is used: one of the account's beside its password; or, without
    an account, any of this site's, which then verifies whose hand it is in and stands for both factors."""
    known = None if user_id is None else [each.data for each in _credentials("user_id = %s", [user_id])]
    verified = (
        UserVerificationRequirement.REQUIRED if user_id is None else UserVerificationRequirement.PREFERRED
    )
    options, state = _server(request).authenticate_begin(known, user_verification=verified)
    _remember(request, state, what="use", handle="")
    return dict(options)


def use(request: HttpRequest, user_id: int | None, response: str) -> int | None:
    """Whose passkey answered the question: the account's number; None if none did, or not this account's. A
    counter that has not moved on means a copied key: refused."""
    asked = _asked(request, "use")
    if asked is None:
        return None
    alone = asked["state"].get("user_verification") == UserVerificationRequirement.REQUIRED
    if alone != (user_id is None):
        return None
    try:
        read = _read(response)
        answer = AuthenticationResponse.from_dict(read)
        known = _credentials("credential_id = %s", [answer.raw_id])
        _server(request).authenticate_complete(asked["state"], [each.data for each in known], answer)
    except (ValueError, TypeError, KeyError):
        return None
    one, handle = known[0], answer.response.user_handle
    if user_id is not None and one.user_id != user_id:
        return None
    if (handle is None and user_id is None) or (handle is not None and bytes(handle) != one.handle):
        return None
    count = answer.response.authenticator_data.counter
    with engine.writing():
        moved = engine.execute(
            "UPDATE web_passkey SET count = %s, used_ms = %s"
            " WHERE id = %s AND (count < %s OR (count = 0 AND %s = 0))",
            [count, _now(), one.id, count, count],
        )
    return one.user_id if moved else None


def remove(user_id: int, number: int) -> bool:
    """Take one passkey from the account; whether it had it."""
    with engine.writing():
        return bool(
            engine.execute("DELETE FROM web_passkey WHERE user_id = %s AND id = %s", [user_id, number])
        )


@dataclass(frozen=True, slots=True)
class _Credential:
    id: int
    user_id: int
    data: AttestedCredentialData
    handle: bytes


def _credentials(where: str, values: list[object]) -> list[_Credential]:
    found = engine.rows(
        f"SELECT id, user_id, credential, handle FROM web_passkey WHERE {where} ORDER BY id", values
    )
    return [
        _Credential(number, user, AttestedCredentialData(bytes(data)), bytes(handle))
        for number, user, data, handle in found
    ]


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    office = os.environ.get("GUITU_OFFICE") or "归途"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=_host(request), name=office), verify_origin=lambda said: said == origin
    )


def _host(request: HttpRequest) -> str:
    host = request.get_host()
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _remember(request: HttpRequest, state: object, *, what: str, handle: str) -> None:
    request.session[CHALLENGE_KEY] = {"what": what, "state": state, "at": ticks(), "handle": handle}


def _asked(request: HttpRequest, what: str) -> dict[str, Any] | None:
    """The question under way, which is then over."""
    asked: dict[str, Any] | None = request.session.pop(CHALLENGE_KEY, None)
    if not asked or asked["what"] != what or ticks() - asked["at"] > LASTS:
        return None
    return asked


def _read(response: str) -> Mapping[str, Any]:
    read = json.loads(response)
    if not isinstance(read, dict):
        raise TypeError(type(read))
    return read


def _now() -> int:
    return round(ticks() * 1000)
