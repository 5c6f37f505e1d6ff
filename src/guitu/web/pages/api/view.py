"""Collects the pages of tokens; what may be made and ended is decided in `web.accounts.tokens`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.access.scopes import SCOPES, scopes_for
from guitu.kernel.labels import Label
from guitu.store import engine, webhooks
from guitu.store.units import Unit, tree
from guitu.web import who as whose
from guitu.web.accounts import tokens
from guitu.web.accounts.recent import recently_confirmed
from guitu.web.accounts.tokens import MOST_DAYS, WRONG_DAYS, WRONG_SCOPE, NotMade
from guitu.web.accounts.told import told
from guitu.web.component import Text
from guitu.web.components.notice.component import Notice
from guitu.web.page import show, shows
from guitu.web.pages.api import build, words
from guitu.web.who import Post, Who, posts_of, who

DONE: Final = {
    "ended": Label("令牌已停用。", "The token was ended."),
    "prepared": Label(
        "已准备好；请对方在“我的账号 · 接口令牌”领取。",
        "Prepared; the account collects it on its own page of tokens.",
    ),
    "allowed": Label("已批准，从现在起通知。", "Allowed: it is told from now on."),
    "refused": Label("未批准，不通知。", "Refused: nothing is sent."),
}
NO_ACCOUNT: Final = Label("辖区内没有这个账号", "There is no such account in this area")


def _reader(request: HttpRequest) -> tuple[Who, Post]:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "nor without a post"
    return reader, reader.post


@shows("api")
def mine(request: HttpRequest) -> HttpResponse:
    """My tokens, my subscriptions, and what there is to call."""
    from guitu.web.api.api import operations

    reader, _ = _reader(request)
    lines, now = tokens.of_account(reader.user_id), tokens.now()
    posts = {p.id: _post(p) for p in reader.held}
    hooks = webhooks.of_account(reader.user_id)
    return show(request, build.own_page(lines, hooks, posts, now, operations(), _notices(request)))


@shows("api")
@recently_confirmed
def new(request: HttpRequest) -> HttpResponse:
    """Make a token; it is shown this once."""
    reader, _ = _reader(request)
    scopes = scopes_for(reader.actor)
    if request.method != "POST":
        return show(request, build.new_page(scopes, {}, frozenset()))
    typed, chosen = _typed(request), _chosen(request)
    try:
        days = _days(typed)
        with engine.writing():
            told(request, "token_made")
            _, text = tokens.make(reader, typed["name"], chosen, days)
    except NotMade as fault:
        return show(request, build.new_page(scopes, typed, chosen, fault=fault), status=422)
    return show(request, build.made_page(text))


@shows("api")
@require_POST
@recently_confirmed
def collect(request: HttpRequest) -> HttpResponse:
    """Collect a token that an administrator has prepared; it is shown this once."""
    reader, _ = _reader(request)
    identifier = _id(request)
    if identifier is None:
        return HttpResponseRedirect(words.ROOT)
    try:
        with engine.writing():
            told(request, "token_collected", detail=str(identifier))
            text = tokens.collect(reader, identifier)
    except NotMade:
        return HttpResponseRedirect(words.ROOT)
    return show(request, build.made_page(text))


@shows("api")
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of my tokens. It makes nothing less safe, and asks for nothing."""
    reader, _ = _reader(request)
    identifier = _id(request)
    if identifier is not None and any(x.id == identifier for x in tokens.of_account(reader.user_id)):
        told(request, "token_ended", detail=str(identifier))
        tokens.end(identifier, reader.user_id)
        return HttpResponseRedirect(f"{words.ROOT}?done=ended")
    return HttpResponseRedirect(words.ROOT)


@shows("api_admin")
def everyone(request: HttpRequest) -> HttpResponse:
    """Every token of the area, and the addresses that wait to be allowed."""
    area = _area(request)
    lines = tokens.of_area(area)
    posts = {p.id: _post(p) for user in {x.user_id for x in lines} for p in posts_of(user)}
    page = build.admin_page(lines, webhooks.of_area(area), posts, tokens.now(), _notices(request))
    return show(request, page)


@shows("api_admin")
@recently_confirmed
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a token for an account of the area, which collects it."""
    reader, _ = _reader(request)
    scopes = tuple(SCOPES.values())
    if request.method != "POST":
        return show(request, build.new_page(scopes, {}, frozenset(), prepared=True))
    typed, chosen = _typed(request), _chosen(request)
    try:
        holder = _holder(typed["account"], chosen, _area(request))
        days = _days(typed)
        with engine.writing():
            told(request, "token_prepared", detail=str(holder.user_id), kind="admin")
            tokens.prepare(holder, reader.username, typed["name"], chosen, days)
    except NotMade as fault:
        page = build.new_page(scopes, typed, chosen, fault=fault, prepared=True)
        return show(request, page, status=422)
    return HttpResponseRedirect(f"{words.ADMIN}?done=prepared")


@shows("api_admin")
@require_POST
def end_other(request: HttpRequest) -> HttpResponse:
    """End a token of the area."""
    identifier = _id(request)
    found = next((x for x in tokens.of_area(_area(request)) if x.id == identifier), None)
    if found is None:
        return HttpResponseRedirect(words.ADMIN)
    told(request, "token_ended", detail=str(found.id), kind="admin")
    tokens.end(found.id, found.user_id)
    return HttpResponseRedirect(f"{words.ADMIN}?done=ended")


@shows("api_admin")
@require_POST
@recently_confirmed
def allow(request: HttpRequest) -> HttpResponse:
    """Allow the very address of a subscription, or refuse it."""
    reader, _ = _reader(request)
    identifier = _id(request)
    answer = request.POST.get("answer", "")
    found = next((h for h in webhooks.of_area(_area(request)) if h.id == identifier), None)
    if found is None or answer not in ("yes", "no"):
        return HttpResponseRedirect(words.ADMIN)
    yes = answer == "yes"
    told(request, "webhook_allowed" if yes else "webhook_refused", detail=str(found.id), kind="admin")
    webhooks.allow(found.id, reader.username, yes=yes)
    return HttpResponseRedirect(f"{words.ADMIN}?done={'allowed' if yes else 'refused'}")


def _holder(username: str, chosen: frozenset[str], area: Unit) -> Who:
    """The account in the post of this area that opens what was chosen. Raises NotMade."""
    row = engine.row(
        "SELECT id, last_name, first_name FROM auth_user WHERE username = %s AND is_active", [username]
    )
    units = tree()
    posts = [p for p in posts_of(row[0]) if units.within(units.find(p.unit), area)] if row else []
    if row is None or not posts:
        raise NotMade(NO_ACCOUNT, "account")
    held = [whose.Who(username, f"{row[1]}{row[2]}" or username, p, (p,), row[0]) for p in posts]
    for one in held:
        if chosen <= {scope.name for scope in scopes_for(one.actor)}:
            return one
    beyond = chosen - {scope.name for scope in scopes_for(held[0].actor)}
    raise NotMade(WRONG_SCOPE.fill(names="、".join(sorted(beyond))), "scope")


def _area(request: HttpRequest) -> Unit:
    return tree().find(_reader(request)[1].unit)


def _typed(request: HttpRequest) -> Mapping[str, str]:
    return {name: request.POST.get(name, "").strip()[:150] for name in ("account", "name", "days")}


def _chosen(request: HttpRequest) -> frozenset[str]:
    return frozenset(name for name in SCOPES if request.POST.get(name))


def _days(typed: Mapping[str, str]) -> int:
    text = typed["days"]
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_DAYS):
        raise NotMade(WRONG_DAYS, "days")
    return int(text)


def _id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return None


def _post(post: Post) -> Text:
    return Label(f"{post.unit_name} · {post.role_label.zh}", f"{post.unit_name} · {post.role_label.en}")


def _notices(request: HttpRequest) -> tuple[Notice, ...]:
    said = DONE.get(request.GET.get("done", ""))
    return (Notice("fresh", said),) if said else ()
