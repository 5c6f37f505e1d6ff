"""Letting a program in and answering it: whose token it is, how often it may call, and faults in JSON."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from guitu.access.scopes import SCOPES
from guitu.casefile.protocol import DifferentContent
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store.access_log import LogUnavailable
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.keys import KeyUnusable
from guitu.web import clock, faults, limits
from guitu.web.accounts import tokens
from guitu.web.accounts.tokens import Refused, Token
from guitu.web.noted import noted
from guitu.web.who import Who, who

Json = dict[str, Any]

TYPE: Final = "application/json; charset=utf-8"
WAIT: Final = 30
"""Seconds after which a program tries again where the store cannot be used."""
BAD_A_MINUTE: Final = 60
"""Calls with a token that is none, from one address."""

UNREADABLE: Final = Label("这个请求读不懂。", "This request cannot be read.")
NO_TOKEN: Final = Label(
    "请在 Authorization 中写明令牌：Bearer guitu_…", "Send your token: Authorization: Bearer guitu_…"
)
TOO_OFTEN: Final = Label("一分钟内请求太多，请稍后再试。", "Too many calls in a minute; wait a little.")
NO_SCOPE: Final = Label("令牌没有“{scope}”的范围。", "The token is not for “{scope}”.")
NOT_THE_POST: Final = Label("岗位不开放“{scope}”。", "The post does not open “{scope}”.")
ONLY_TODAY: Final = Label("这一项只登记当天的。", "This is recorded for today only.")
NOT_THERE: Final = Label(
    "没有这一项，或不在您的辖区内。", "There is no such thing, or it is outside your area."
)
NEEDS_LEAVE: Final = Label(
    "未成年人的档案，须先取得批准；请在页面上申请。", "A minor's file: ask for leave on its page first."
)
NEEDS_BASIS: Final = Label(
    "档案已封存，须写明法律依据；请在页面上办理。", "A sealed file: state the legal basis on its page first."
)
BROKEN: Final = Label(
    "系统出了差错。请用同一编号再发一次，不会重复登记。",
    "Something went wrong. Send it again under the same id: nothing is recorded twice.",
)

_log: Final = logging.getLogger("guitu.api")
_LONE: Final = re.compile(r"[\ud800-\udfff]")


class Bearer(HttpBearer):
    """Whoever sends a token for that scope; "" for any token at all. `counted` is the rate of `bounds.RATES`
    under which the pages count the same: a program and its account share it."""

    def __init__(self, scope: str = "", counted: str = "") -> None:
        super().__init__()
        self.scope, self.counted = scope, counted

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Let the token in; from here on the request is its account's. Raises Refused."""
        address = limits.address(request)
        try:
            found = tokens.known(token[:200], now_ms=store_clock.milliseconds(clock.now()))
        except Refused as no:
            if seconds := limits.one_more(f"api-bad\0{address}", BAD_A_MINUTE):
                raise Refused(429, "too_often", TOO_OFTEN, retry_after=seconds) from no
            raise
        most = settings.RATES.get("api", 0)
        if most and (seconds := limits.one_more(f"api\0{found.id}", most)):
            raise Refused(429, "too_often", TOO_OFTEN, retry_after=seconds)
        same = settings.RATES.get(self.counted, 0)
        account = f"u{found.acts_as.user_id}"
        if same and (seconds := limits.one_more(f"{self.counted}\0{account}", same)):
            raise Refused(429, "too_often", TOO_OFTEN, retry_after=seconds)
        request._guitu_who = found.acts_as  # type: ignore[attr-defined]
        if self.scope:
            label = SCOPES[self.scope].label
            if self.scope not in found.scopes:
                raise Refused(403, "no_scope", NO_SCOPE.fill(scope=label), scope=self.scope)
            if not tokens.may_use(found, self.scope):
                raise Refused(403, "not_allowed", NOT_THE_POST.fill(scope=label))
        if request.method == "POST" and request.content_type == "application/json":
            readable(request.body)
        return found


def readable(content: bytes) -> None:
    """See that a JSON body can be kept: no null bytes and no half characters, which a text never has. Raises
    Refused."""
    if b"\\u" not in content:
        return
    try:
        told = json.dumps(json.loads(content), ensure_ascii=False)
    except (ValueError, RecursionError) as wrong:
        raise Refused(400, "unreadable", UNREADABLE) from wrong
    if "\\u0000" in told or _LONE.search(told):
        raise Refused(400, "unreadable", UNREADABLE)


def reader_of(request: HttpRequest) -> Who:
    """As whom the token acts."""
    reader = who(request)
    assert reader is not None, "no operation answers before a token was let in"
    assert reader.post is not None, "a token has a post"
    return reader


def said(label: Label) -> dict[str, str]:
    """A sentence in both languages."""
    return {"zh": label.zh, "en": label.en}


def refusal(status: int, code: str, label: Label, **more: Any) -> HttpResponse:
    """An answer that says what is wrong."""
    told = {"code": code, "said": said(label), "faults": more.pop("faults", [])}
    made = HttpResponse(
        json.dumps(told | {k: v for k, v in more.items() if k != "retry_after"}, ensure_ascii=False),
        content_type=TYPE,
        status=status,
    )
    if "retry_after" in more:
        made.headers["Retry-After"] = str(more["retry_after"])
    if status == 401:
        made.headers["WWW-Authenticate"] = "Bearer"
    return made


def handle(api: NinjaAPI) -> None:
    """Give every fault its answer."""

    def on(kind: type[Exception]) -> Any:
        return lambda answer: api.add_exception_handler(kind, answer)

    @on(Refused)
    def _(request: HttpRequest, no: Refused) -> HttpResponse:
        return refusal(no.status, no.code, no.said, **no.more)

    @on(AuthenticationError)
    def _(request: HttpRequest, no: AuthenticationError) -> HttpResponse:
        return refusal(401, "no_token", NO_TOKEN)

    @on(ValidationError)
    def _(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
        found = [
            {"field": ".".join(map(str, one["loc"][1:]))[:200], "said": said(Label(one["msg"], one["msg"]))}
            for one in wrong.errors[:20]
        ]
        return refusal(422, "unreadable", UNREADABLE, faults=found)

    @on(HttpError)
    def _(request: HttpRequest, wrong: HttpError) -> HttpResponse:
        return refusal(wrong.status_code, "unreadable", UNREADABLE)

    @on(RequestDataTooBig)
    def _(request: HttpRequest, wrong: Exception) -> HttpResponse:
        return refusal(413, "too_large", faults.TOO_LARGE.safe)  # type: ignore[arg-type]

    @on(UnreadablePostError)
    def _(request: HttpRequest, wrong: Exception) -> HttpResponse:
        return refusal(400, "unreadable", UNREADABLE)

    @on(faults.Outside)
    def _(request: HttpRequest, no: faults.Outside) -> HttpResponse:
        try:
            noted(request, "refused", (no.no,), (), no.decision, area=no.area)
        except LogUnavailable as closed:
            return refusal(503, "unavailable", closed.label, retry_after=WAIT)
        return refusal(404, "not_there", NOT_THERE)

    @on(Http404)
    def _(request: HttpRequest, no: Http404) -> HttpResponse:
        return refusal(404, "not_there", NOT_THERE)

    @on(faults.NeedsLeave)
    def _(request: HttpRequest, no: Exception) -> HttpResponse:
        return refusal(403, "needs_leave", NEEDS_LEAVE)

    @on(faults.NeedsBasis)
    def _(request: HttpRequest, no: Exception) -> HttpResponse:
        return refusal(403, "needs_basis", NEEDS_BASIS)

    @on(GuituError)
    def _(request: HttpRequest, wrong: GuituError) -> HttpResponse:
        return refusal_of(wrong)

    @on(Exception)
    def _(request: HttpRequest, wrong: Exception) -> HttpResponse:
        _log.exception("%s %s", request.method, request.resolver_match and request.resolver_match.route)
        return refusal(500, "broken", BROKEN)


def refusal_of(wrong: GuituError) -> HttpResponse:
    """The answer to a fault of the house's own words."""
    if isinstance(wrong, StoreUnavailable | LogUnavailable):
        return refusal(503, "unavailable", wrong.label, retry_after=WAIT)
    if isinstance(wrong, KeyUnusable):
        _log.error("%s", wrong)
        return refusal(500, "broken", BROKEN)
    if isinstance(wrong, NotAllowed):
        return refusal(403, "not_allowed", wrong.label)
    if isinstance(wrong, DifferentContent):
        return refusal(409, "other_content", wrong.label)
    if isinstance(wrong, NotAccepted):
        found = [{"field": f.field, "said": said(f.label)} for f in wrong.faults]
        return refusal(422, wrong.code, wrong.label, faults=found)
    return refusal(422, "contradiction", wrong.label)


def id_in(sent: Mapping[str, str], name: str) -> UUID:
    """The id that is sent under that name. Raises Refused where it is none: then nothing is there."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        raise Refused(404, "not_there", NOT_THERE) from None


def see_today(day: str) -> None:
    """See that what is sent is about today, where its page writes no other day. Raises Refused."""
    if day != clock.today().isoformat():
        raise Refused(422, "faults", ONLY_TODAY, faults=told_faults({"happened_on": ONLY_TODAY}))


def told_faults(found: Mapping[str, Label]) -> list[Json]:
    """Faults by the name of the field, as an answer says them."""
    return [{"field": name, "said": said(label)} for name, label in found.items()]
