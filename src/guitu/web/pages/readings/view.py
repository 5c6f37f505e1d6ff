"""Collects the pages of the access log; the store answers, access says who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_POST

from guitu import access
from guitu.access.logs import REVIEWERS, may_read_log
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import read
from guitu.store.access_log import WHATS, readings_of_file, readings_of_user, unusual
from guitu.store.read import FileView
from guitu.store.readings import reviews
from guitu.store.readings.seen import case_numbers, lines_of_file, posts_of_account
from guitu.store.staff import staff_names
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.readings import build, words
from guitu.web.pages.readings.build import Asked
from guitu.web.pages.readings.page import (
    AccountReadings,
    Export,
    FileReadings,
    MyReadings,
    Question,
    ReadingsPage,
)
from guitu.web.pages.view.view import back
from guitu.web.who import Who, who

SIZE: Final = SIZES[0]
LONGEST: Final = 150


def reader_of(request: HttpRequest) -> Who:
    """Who looks at the log."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


def asked_of(data: QueryDict, *, account: str = "") -> Asked:
    """What an address asks for; what is not understood is left out."""
    period, what, page = data.get("period", ""), data.get("what", ""), data.get("page", "")
    return Asked(
        period=period if period in words.PERIODS else "90",
        what=what if what in WHATS else "",
        unit=data.get("unit", "")[:32],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        who=data.get("who", "")[:LONGEST],
        day=_day(data.get("day", "")),
        account=account,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def found_file(request: HttpRequest, case: str) -> tuple[FileView, Decision]:
    """The file with that case number, and why this reader may see who has read it; else it is not there."""
    view = read.looked_up(case)
    if view is None or view.about != "person":
        raise Http404(case)
    decision = may_read_log(reader_of(request).actor, view.area)
    if not decision.allowed:
        raise Http404(case)
    return view, decision


def _below(code: str) -> list[str] | None:
    """The codes of a unit and all below it; None for no unit."""
    if not code:
        return None
    units = tree()
    here = units.get(code)
    return [code] if here is None else [u.code for u in units.by_no.values() if units.within(u, here)]


@shows("file_readings")
def of_file(request: HttpRequest, case: str) -> HttpResponse:
    """Who has seen one file."""
    view, decision = found_file(request, case)
    noted(request, "admin", (view.no,), (), decision, detail="readings-of-file", area=view.area)
    return show(request, file_page(request, view, asked_of(request.GET)))


def file_page(request: HttpRequest, view: FileView, asked: Asked, *, error: str = "") -> FileReadings:
    """The page of one file; `error` marks a list that was to be taken along without a reason."""
    reader = reader_of(request)
    now = clock.now()
    path = f"/people/{view.case_no}/readings/"
    found = readings_of_file(
        view.no,
        words.since(asked.period, now),
        now + timedelta(days=1),
        asked.page,
        size=SIZE,
        what=asked.what,
        units=_below(asked.unit),
    )
    names = staff_names({g.who for g in found.groups})
    is_reviewer = _is_reviewer(reader)
    told = reviews.of_files([view.no]) if is_reviewer else {}
    lines = None
    if asked.who and asked.day:
        shown = lines_of_file(view.no, asked.who, asked.day)
        lines = build.lines_table(shown, names.get(asked.who) or asked.who, asked.day)
    opens = access.may_see_page(reader.actor, "file").allowed
    return FileReadings(
        case_no=view.case_no,
        summary=build.summary(found, asked.period),
        filters=build.filters(asked, path, found.by_what, found.by_unit),
        table=build.file_table(asked, path, view.no, found, names, told, reviewer=is_reviewer, size=SIZE),
        here=request.get_full_path() if request.method == "GET" else path,
        export=_export(f"{path}export/", asked, error=error),
        back=Button(Label("打开档案", "Open the file"), href=addresses.file(view.case_no)) if opens else None,
        lines=lines,
    )


def _export(action: str, asked: Asked, *, error: str = "") -> Export:
    wanted = Label("请选导出的理由", "Choose why it is taken along")
    return Export(
        action,
        build.reason_field(error=wanted if error else ""),
        asked.query,
        ErrorSummary((Fault(wanted, "f-reason"),)) if error else None,
    )


def _is_reviewer(reader: Who) -> bool:
    return reader.post is not None and reader.post.role in REVIEWERS


@shows("access_log")
def front(request: HttpRequest) -> HttpResponse:
    """A search, and the reading that the rules point at."""
    reader = reader_of(request)
    q = " ".join(request.GET.get("q", "").split())[:LONGEST]
    notices: tuple[Notice, ...] = ()
    if q:
        address = _found(reader, q)
        if address:
            return HttpResponseRedirect(address)
        notices = (Notice("gap", _nothing(q), _elsewhere()),)
    noted(request, "admin", detail="readings-unusual")
    return show(request, _front(request, reader, q, notices))


def _nothing(q: str) -> Label:
    return Label(f"没有找到“{q}”的查阅记录", f"No readings of “{q}”")


def _elsewhere() -> Label:
    return Label(
        "请填完整的档案号或账号；不在本单位辖区内的不显示。",
        "Type a whole case number or account; what lies outside your area is not shown.",
    )


def _found(reader: Who, q: str) -> str:
    """Where a case number or an account leads; nothing where there is none in this area."""
    view = read.looked_up(q) if "-" in q else None
    if view is not None and may_read_log(reader.actor, view.area).allowed:
        return f"/people/{view.case_no}/readings/"
    return Asked(account=q).href("/readings/account/") if units_of_account(reader, q) else ""


def units_of_account(reader: Who, account: str) -> list[str]:
    """The units of an account's posts, as far as they lie in this reader's area. A command on the server has
    no unit: whoever watches over the whole house sees it."""
    units = tree()
    found = []
    for _, unit in posts_of_account(account):
        place = units.get(unit)
        path = place.path if place else tuple(u.code for u in units.children(None))
        if may_read_log(reader.actor, path, REVIEWERS).allowed:
            found.append(unit)
    return found


def _front(request: HttpRequest, reader: Who, q: str, notices: tuple[Notice, ...]) -> ReadingsPage:
    assert reader.post is not None
    now = clock.now()
    period = request.GET.get("period", "")
    asked = asked_of(request.GET)
    period = period if period in ("7", "30") else "7"
    found = unusual(reader.post.unit, words.since(period, now), now + timedelta(days=1))
    told = reviews.of_files({u.file for u in found})
    waiting = tuple(u for u in found if _waits(told.get((u.file, u.who, u.day))))
    every = request.GET.get("all") == "1"
    listed = found if every else waiting
    query = tuple(
        p for p in (("period", period if period != "7" else ""), ("all", "1" if every else "")) if p[1]
    )
    page = max(1, min(asked.page, -(-len(listed) // SIZE)))
    pager = Pager(page, SIZE, len(listed), query, "/readings/", fixed=True)
    shown = listed[(page - 1) * SIZE : page * SIZE]
    names = staff_names({u.who for u in shown})
    cases = case_numbers(u.file for u in shown if u.file)
    span = words.PERIODS[period][1]
    summary = Label(
        f"{span.zh}有 {len(found)} 项，待核 {len(waiting)} 项",
        f"{span.en}: {len(found)}, {len(waiting)} to review",
    )
    return ReadingsPage(
        office=reader.post.unit_name,
        summary=summary,
        q=q,
        filters=build.unusual_filters(period, every=every, reviewed=len(found) - len(waiting)),
        table=build.unusual_table(shown, told, names, cases, pager),
        rules=build.rule_lines(),
        here=request.get_full_path(),
        notices=notices,
    )


def _waits(review: reviews.Review | None) -> bool:
    return review is None or review.act != "ok"


@shows("access_log")
def account(request: HttpRequest) -> HttpResponse:
    """What one account has seen."""
    name, units = found_account(request)
    noted(request, "admin", detail="readings-of-account")
    return show(request, account_page(name, units, asked_of(request.GET, account=name)))


def found_account(request: HttpRequest) -> tuple[str, list[str]]:
    """The account that is asked about, and its units in this reader's area; else it is not there."""
    data = request.POST if request.method == "POST" else request.GET
    name = data.get("account", "")[:LONGEST]
    units = units_of_account(reader_of(request), name)
    if not units:
        raise Http404(name)
    return name, units


def account_page(name: str, units: Iterable[str], asked: Asked, *, error: str = "") -> AccountReadings:
    """The page of one account."""
    now, path, mine = clock.now(), "/readings/account/", list(units)
    since, until = words.since(asked.period, now), now + timedelta(days=1)
    below = _below(asked.unit)
    within = mine if below is None else [u for u in mine if u in set(below)]
    found = readings_of_user(name, since, until, asked.page, size=SIZE, what=asked.what, units=within)
    cases = case_numbers(f for line in found.lines for f in line.files[:1])
    span = words.PERIODS[asked.period][1]
    return AccountReadings(
        name=staff_names([name]).get(name, name),
        account=name,
        summary=Label(f"{span.zh} {found.total:,} 条", f"{span.en}: {found.total:,}"),
        filters=build.filters(asked, path, dict.fromkeys(WHATS, 0) | {asked.what: 1}, dict.fromkeys(mine, 0)),
        table=build.account_table(asked, path, found, cases, size=SIZE),
        export=_export(f"{path}export/", asked, error=error),
    )


@shows("access_log")
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Ask about a reading, or find it in order; then back to where it was pressed."""
    reader = reader_of(request)
    act: reviews.Act = "ask" if "ask" in request.POST else "ok"
    file_text, _, rest = request.POST.get(act, "").partition("/")
    day_text, _, name = rest.partition("/")
    day = _day(day_text)
    if day is None or not name or not file_text.isdigit():
        raise BadRequest("no such reading")
    file = int(file_text)
    case = case_numbers([file]).get(file)
    view = read.looked_up(case) if case else None
    seen_here = view is not None and may_read_log(reader.actor, view.area).allowed
    if not (seen_here or units_of_account(reader, name)):
        raise Http404(file_text)
    noted(request, "admin", (file,) if file else (), detail=f"review-{act} {day.isoformat()}")
    reviews.add(file, name, day, act, by=reader.username, now=clock.now())
    return HttpResponseRedirect(back(request))


@shows("my_readings")
def mine(request: HttpRequest) -> HttpResponse:
    """What the reader has seen, and what they were asked about."""
    reader = reader_of(request)
    notices: tuple[Notice, ...] = ()
    if request.method == "POST":
        notices = (_answered(request, reader),)
    open_now = reviews.asked_of(reader.username)
    asked = asked_of(request.GET)
    now = clock.now()
    since, until = words.since("30", now), now + timedelta(days=1)
    found = readings_of_user(reader.username, since, until, asked.page, size=SIZE)
    cases = case_numbers({f for line in found.lines for f in line.files[:1]} | {r.file for r in open_now})
    questions = tuple(_question(n, r, cases) for n, r in enumerate(open_now))
    table = build.account_table(Asked(), "/readings/mine/", found, cases, size=SIZE, linked=False)
    summary = Label("最近 30 天，本账号看过的", "What this account has read in the last 30 days")
    return show(request, MyReadings(summary, questions, table, notices))


def _question(number: int, asked: reviews.Review, cases: dict[int, str]) -> Question:
    told = Label(
        f"审计人员询问：{asked.day.isoformat()} 查阅这份档案，是为了什么？",
        f"The auditor asks: what was this file read for on {asked.day.isoformat()}?",
    )
    options = tuple(Option(name, label) for name, label in reviews.GROUNDS.items())
    field = Field(f"ground-{number}", Label("答复", "Answer"), "choice", options=options)
    return Question(asked.file, cases.get(asked.file, "—"), asked.day.isoformat(), told, field)


def _answered(request: HttpRequest, reader: Who) -> Notice:
    """Take down an answer; only to what was asked of this account."""
    file_text, day = request.POST.get("file", ""), _day(request.POST.get("day", ""))
    ground = next((v for k, v in request.POST.items() if k.startswith("ground-")), "")
    asked = {(r.file, r.day) for r in reviews.asked_of(reader.username)}
    if not file_text.isdigit() or day is None or (int(file_text), day) not in asked:
        raise Http404(file_text)
    if ground not in reviews.GROUNDS:
        return Notice("fault", Label("请选一项答复。", "Choose an answer."))
    reviews.add(
        int(file_text), reader.username, day, "answer", by=reader.username, now=clock.now(), ground=ground
    )
    return Notice("fresh", Label("已答复。", "Answered."))
