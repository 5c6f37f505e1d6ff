"""What a token is, and who is told of new entries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Status
from pydantic import BaseModel, StringConstraints

from guitu.exchange.webhooks import sending, signing
from guitu.exchange.webhooks.sending import NotAnAddress
from guitu.kernel.labels import Label
from guitu.store import webhooks
from guitu.store.webhooks import Hook
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.accounts.told import told as told_log
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.words import FAULTS, Said, Sent, UnitRef, label

TAG: Final = "account"

MOST: Final = 10
"""Subscriptions that one account may have."""
TOO_MANY: Final = Label("订阅太多；请先停用一个。", "Too many subscriptions: end one first.")


class TokenOut(BaseModel):
    """Whose token this is, in which post, what for, and until when."""

    account: str
    name: str
    role: str
    role_label: Said
    unit: UnitRef
    token: str
    scopes: list[str]
    until: datetime


class HookOut(BaseModel):
    """A subscription. `state`: asked (an administrator has to allow its address), open, refused, or stopped
    after a message could not be delivered. `due` messages wait, `dead` were given up."""

    id: UUID
    name: str
    address: str
    state: str
    due: int
    dead: int


class NewHook(HookOut):
    """The same, with the secret that signs its messages; told this once."""

    secret: str


class Subscribe(Sent):
    """Where to send."""

    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
    address: Annotated[
        str, StringConstraints(strict=True, max_length=400, pattern=r"^https?://[0-9A-Za-z._-]+(:[0-9]{1,5})?(/[!-~]*)?$")
    ]  # fmt: skip


@router.get(
    "/token", response={200: TokenOut, **FAULTS}, auth=Bearer(), url_name="api_token",
    operation_id="readToken", tags=[TAG],
    summary="这个令牌是谁的，能做什么 / What this token is",
)  # fmt: skip
def token(request: HttpRequest) -> dict[str, Any]:
    """As whom the token acts."""
    reader, found = reader_of(request), request.auth  # type: ignore[attr-defined]
    assert reader.post is not None
    return {
        "account": reader.username,
        "name": reader.name,
        "role": reader.post.role,
        "role_label": label(reader.post.role_label),
        "unit": {"code": reader.post.unit, "name": reader.post.unit_name},
        "token": found.name,
        "scopes": sorted(found.scopes),
        "until": found.until,
    }


@router.get(
    "/webhooks", response={200: list[HookOut], **FAULTS}, auth=Bearer("webhooks"), url_name="api_hooks",
    operation_id="listWebhooks", tags=[TAG],
    summary="本账号的订阅 / The account's subscriptions",
)  # fmt: skip
def hooks(request: HttpRequest) -> list[dict[str, Any]]:
    """Subscriptions that nobody has ended."""
    return [_told(hook) for hook in webhooks.of_account(reader_of(request).user_id)]


@router.post(
    "/webhooks", response={201: NewHook, **FAULTS}, auth=Bearer("webhooks"), url_name="api_hooks",
    operation_id="subscribe", tags=[TAG],
    summary="申请新记录通知 / Ask to be told of new entries",
)  # fmt: skip
def subscribe(request: HttpRequest, sent: Subscribe) -> Status[dict[str, Any]]:
    """Ask for a subscription. Nothing is sent before a system administrator has allowed the address."""
    reader = reader_of(request)
    assert reader.post is not None
    try:
        where = sending.address(sent.address)
    except NotAnAddress as wrong:
        raise Refused(422, "not_an_address", wrong.label) from None
    if len(webhooks.of_account(reader.user_id)) >= MOST:
        raise Refused(409, "too_many", TOO_MANY)
    secret = signing.new_secret()
    identifier = webhooks.ask(
        reader.user_id, reader.post.id, " ".join(sent.name.split()), where, secret, clock.now()
    )
    told_log(request, "webhook_asked", detail=str(identifier))
    found = next(h for h in webhooks.of_account(reader.user_id) if h.id == identifier)
    return Status(201, {**_told(found), "secret": secret})


@router.post(
    "/webhooks/{hook}/end", response={204: None, **FAULTS}, auth=Bearer("webhooks"),
    url_name="api_unsubscribe", operation_id="unsubscribe", tags=[TAG],
    summary="停用订阅 / End a subscription",
)  # fmt: skip
def unsubscribe(request: HttpRequest, hook: Path[UUID]) -> Status[None]:
    """End a subscription of this account."""
    if not webhooks.end(hook, reader_of(request).user_id):
        raise Refused(404, "not_there", NOT_THERE)
    told_log(request, "webhook_ended", detail=str(hook))
    return Status(204, None)


def _told(hook: Hook) -> dict[str, Any]:
    return {
        "id": hook.id,
        "name": hook.name,
        "address": hook.address,
        "state": hook.state,
        "due": hook.due,
        "dead": hook.dead,
    }
