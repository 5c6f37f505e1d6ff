"""Accounts: lists those of the area, and does with them what this administrator may."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from guitu import access
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, staff
from guitu.store.engine import StoreUnavailable
from guitu.store.units import Unit, tree
from guitu.web.accounts import attempts, factors, listing, opening, phones
from guitu.web.accounts.recent import recently_confirmed
from guitu.web.accounts.told import told
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.page import show, shows
from guitu.web.pages.account.view import phones_of
from guitu.web.pages.accounts import build
from guitu.web.pages.accounts.page import Given, NewAccount
from guitu.web.who import Post, who

TAKEN: Final = Label("已有这个账号；请换一个", "This account is there already; choose another name")
NO_ROLE: Final = Label("请选择角色", "Choose a role")
NO_UNIT: Final = Label(
    "辖区内没有这个单位；请核对代码或全名", "There is no such unit in your area; check its code or name"
)
SEVERAL: Final = Label(
    "有几个同名的单位，请写代码：{codes}", "Several units have this name; write a code: {codes}"
)


@shows("accounts")
def accounts(request: HttpRequest) -> HttpResponse:
    """The list."""
    post, area = _here(request)
    words = request.GET.get("q", "").strip()[:60]
    page, size = _number(request, "page", 1), _number(request, "size", SIZES[0])
    size = size if size in SIZES else SIZES[0]
    lines, total = listing.found(area, words, page, size)
    query = (("q", words),) if words else ()
    return show(request, build.list_page(post.role, words, lines, Pager(page, size, total, query)))


@shows("accounts")
@recently_confirmed
def new(request: HttpRequest) -> HttpResponse:
    """Make an account, without any post: its one-time password is shown once."""
    _only(request, build.SYSTEM)
    if request.method != "POST":
        return show(request, NewAccount())
    username, name = (request.POST.get(box, "").strip()[:150] for box in ("username", "name"))
    if staff.exists(username):
        return show(request, NewAccount(username, name, TAKEN), status=422)
    made = staff.one_time_password()
    try:
        with engine.writing():
            staff.add(username, made, name, (), one_time=True)
            number = staff.find(username).pk
            told(request, "account_added", detail=str(number), kind="admin")
    except StoreUnavailable:
        raise
    except GuituError as fault:
        return show(request, NewAccount(username, name, fault.label), status=422)
    return show(request, Given(number, username, made, True))


@shows("accounts")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One account of the area."""
    post, area = _here(request)
    line = _line(area, number)
    done = request.GET.get("done", "")
    page = build.one_page(
        post.role, area.code, line, own=_own(request, number), done=done, phones=phones_of(number)
    )
    return show(request, page)


@shows("accounts")
@require_POST
@recently_confirmed
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Do one of the acts that the page offers to this administrator."""
    post, area = _here(request)
    line = _line(area, number)
    word = request.POST.get("act", "")
    offered = build.acts_for(post.role, line, own=_own(request, number))
    if not any(each.word == word and not each.why_not for each in offered):
        raise Http404(word)
    if word == "password":
        made = staff.one_time_password()
        told(request, "one_time_password", detail=str(number), kind="admin")
        staff.give_password(line.username, made)
        opening.end(number)
        return show(request, Given(number, line.username, made, False))
    happened = {"close": "closed", "open": "opened", "unlock": "unlocked", "factor": "factor_reset"}
    told(request, happened.get(word, "sessions_ended"), detail=str(number), kind="admin")
    if word in {"close", "open"}:
        staff.let_in(line.username, active=word == "open")
    if word == "unlock":
        attempts.unlock(line.username)
    if word == "factor":
        factors.take_away(number)
    if word in {"close", "end", "factor"}:
        opening.end(number)
    return _done(number, word)


@shows("accounts")
@require_POST
@recently_confirmed
def phone(request: HttpRequest, number: int) -> HttpResponse:
    """Tell a phone of the account to erase itself, or end one that has: when it is lost, its holder may not
    be able to. Their own they see to on the page of their account."""
    _, area = _here(request)
    _line(area, number)
    what = request.POST.get("what", "")
    known = {str(one.id) for one in phones.of_account(number)}
    chosen = request.POST.get("id", "")
    if _own(request, number) or chosen not in known or what not in (*phones.WIPES, "ended"):
        raise Http404(number)
    happened = "phone_ended" if what == "ended" else "phone_wiped"
    told(request, happened, detail=f"{number} {what}", kind="admin")
    phones.order(number, UUID(chosen), what)
    return _done(number, "phone_ended" if what == "ended" else "wipe")


@shows("accounts")
@require_POST
@recently_confirmed
def give_post(request: HttpRequest, number: int) -> HttpResponse:
    """Give the account a post inside the area."""
    post, area = _only(request, build.SECURITY)
    line = _line(area, number)
    if _own(request, number):
        raise Http404(number)
    role, typed = request.POST.get("role", ""), request.POST.get("unit", "").strip()[:120]
    box = "role"
    try:
        if role in build.NOT_GIVEN or role not in access.ROLES:
            raise GuituError(NO_ROLE)
        box = "unit"
        unit = _unit(area, typed)
        box = "role"  # what is wrong now is that the two do not go together
        with engine.writing():
            staff.add(line.username, None, line.name, [(role, unit.code)])
            told(request, "post_given", detail=f"{number} {role} {unit.code}", kind="admin")
    except StoreUnavailable:
        raise
    except GuituError as fault:
        page = build.one_page(
            post.role, area.code, line, own=False, fault=fault.label, box=box, typed=(role, typed)
        )
        return show(request, page, status=422)
    return _done(number, "post")


@shows("accounts")
@require_POST
@recently_confirmed
def take_post(request: HttpRequest, number: int) -> HttpResponse:
    """Take a post inside the area back. A session that acts in it acts in it no more."""
    post, area = _only(request, build.SECURITY)
    line = _line(area, number)
    page = build.one_page(post.role, area.code, line, own=_own(request, number))
    held = next((p for p in page.posts if str(p.id) == request.POST.get("post") and p.mine), None)
    if held is None:
        raise Http404(number)
    told(request, "post_taken", detail=f"{number} {held.code}", kind="admin")
    staff.take_post(line.username, held.id)
    return _done(number, "post_taken")


def _here(request: HttpRequest) -> tuple[Post, Unit]:
    reader = who(request)
    assert reader is not None  # the middleware has seen to it, and to the post
    assert reader.post is not None
    return reader.post, listing.area_of(reader.post.unit)


def _only(request: HttpRequest, role: str) -> tuple[Post, Unit]:
    """The same, for what only that administrator does: to the other it is as if it were not there."""
    post, area = _here(request)
    if post.role != role:
        raise Http404(role)
    return post, area


def _own(request: HttpRequest, number: int) -> bool:
    reader = who(request)
    return reader is not None and reader.user_id == number


def _line(area: Unit, number: int) -> listing.Line:
    line = listing.one(area, number)
    if line is None:
        raise Http404(number)
    return line


def _unit(area: Unit, typed: str) -> Unit:
    """The unit of that code or name inside the area. Raises GuituError for none, and for more than one."""
    units = tree()
    inside = [units.by_code[typed]] if typed in units.by_code else []
    inside = inside or [unit for unit in units.subtree(area) if unit.name == typed]
    found = [unit for unit in inside if units.within(unit, area)]
    if not found:
        raise GuituError(NO_UNIT)
    if len(found) > 1:
        raise GuituError(SEVERAL.fill(codes="、".join(unit.code for unit in found[:8])))
    return found[0]


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return max(1, int(text)) if text.isdigit() and len(text) < 7 else otherwise


def _done(number: int, word: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts_one", args=[number]) + "?" + urlencode({"done": word}))
