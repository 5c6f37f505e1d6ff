"""Leave to read: takes the reason, asks access, and has it stored. Decides nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu import access
from guitu.access.articles import MINOR
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, grants, read
from guitu.store.names import normalised_id
from guitu.store.read import FileView, desk
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.found import FOUND, found_file
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import sight_of
from guitu.web.pages.leave import build
from guitu.web.pages.people.choices import is_case_number
from guitu.web.pages.today.choices import size_of, whole
from guitu.web.who import Who, who

CASE = "case"
NOT_THERE: Label = Label("没有这份档案，请核对号码。", "There is no such file: check the number.")
REASONLESS: Label = Label("请写明查阅理由", "State why you must see it")
WHICH_ONE: Label = Label("请填写档案号或公民身份号码", "Enter a case number or an identity number")
THE_FOUND: Label = Label(
    "刚才按证件号查到、由其他单位负责的那份档案",
    "The file you just found by its number, held by another unit",
)


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None
    return reader


@shows("break_glass")
def break_glass(request: HttpRequest) -> HttpResponse:
    """The form; and opening."""
    reader = _who(request)
    data = request.POST if request.method == "POST" else request.GET
    case, token = data.get(CASE, "")[:40], data.get(FOUND, "")[:80]
    known: Text = ""
    hidden: tuple[tuple[str, str], ...] = ()
    if token and found_file(request, token):
        known, hidden = THE_FOUND, ((FOUND, token),)
    elif case:
        known, hidden = Label(f"档案 {case}", f"Case file {case}"), ((CASE, case),)
    role = reader.post.role  # type: ignore[union-attr]
    if request.method != "POST":
        return show(request, build.break_glass(role, known=known, hidden=hidden))
    reason, which = request.POST.get(build.REASON, "").strip(), request.POST.get(build.WHICH, "").strip()
    opens = [name[:24] for name in request.POST.getlist(build.OPENS)][:6]

    def again(*faults: tuple[str, Text]) -> HttpResponse:
        page = build.break_glass(
            role, known=known, hidden=hidden, which=which[:40], reason=reason, chosen=opens, faults=faults
        )
        return show(request, page, status=422)

    faults: list[tuple[str, Text]] = []
    if not (known or which):
        faults.append((build.WHICH, WHICH_ONE))
    if len(reason) < 4:
        faults.append((build.REASON, REASONLESS))
    if faults:
        return again(*faults)
    view = _file(found_file(request, token) if token else case or which)
    if view is None:
        noted(request, "refused", purpose="emergency", detail="leave no-such-file")
        return again((build.WHICH, NOT_THERE))
    wanted = {one.value for one in build.break_glass(role).opens} & {*opens}
    target = sight_of(view, reader).target
    refusal = grants.refusal(target, reader.actor, wanted)
    decision = refusal or access.decide(reader.actor, "break_glass", target)
    noted(request, "refused" if refusal else "break_glass", (view.no,), sorted(wanted), decision,
          purpose="emergency", detail="leave", area=view.area)  # fmt: skip
    try:
        grants.break_glass(view, target, reader.actor, reason, wanted, clock.now())
    except GuituError as refused:
        return again((build.REASON, refused.label))
    return HttpResponseRedirect(addresses.file(view.case_no))


@engine.house()
def _file(what: str) -> FileView | None:
    """The person's file of this case number or identity number, wherever it is: nothing of it is shown, and
    access is asked before it opens."""
    number = "" if is_case_number(what) else normalised_id(what)
    if len(number) in {15, 18} and number[:-1].isdigit():
        holder = desk.holder_of_number(number)
        what = holder.case_no if holder else ""
    view = read.looked_up(what) if what and not _is_id(what) else None
    return view if view is not None and view.about == "person" else None


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@shows("minor")
def minor(request: HttpRequest, case: str) -> HttpResponse:
    """Asking for leave; what became of it; the file, once leave is given."""
    reader = _who(request)
    view = read.looked_up(case)
    if view is None or view.about != "person":
        raise Http404(case)
    decision = sight_of(view, reader).decision
    if decision.allowed:
        return HttpResponseRedirect(addresses.file(view.case_no))
    if decision.cites != MINOR:
        raise Http404(case)
    noted(request, "refused", (view.no,), (), decision, detail="minor", area=view.area)
    if request.method == "POST":
        reason = request.POST.get(build.REASON, "").strip()
        try:
            grants.ask_minor(view, reader.actor, reason, clock.now())
        except GuituError:
            return show(request, build.minor(view.case_no, None, reason=reason, error=REASONLESS), status=422)
        return HttpResponseRedirect(request.path)
    return show(request, build.minor(view.case_no, grants.asked_by(view.no, reader.username)))


@shows("approvals")
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this reader's answer."""
    reader = _who(request)
    found, pager = _waiting(request, reader)
    noted(request, "list", sorted({g.file for g in found}), purpose="supervision", detail="minor-requests")
    told = {"given": Label("已批准。", "Approved."), "refused": Label("已答复：不批准。", "Refused.")}
    said = told.get(request.GET.get("done", ""))
    notice = Notice("fresh", said) if said else None
    return show(request, build.approvals(found, reader.username, pager, notice=notice))


@shows("approvals")
@require_POST
def answer(request: HttpRequest, request_no: int) -> HttpResponse:
    """Approving or refusing one request."""
    reader = _who(request)
    asked = grants.request(request_no)
    view = read.looked_up(asked.case_no) if asked else None
    if asked is None or view is None or asked.what != "minor":
        raise Http404(str(request_no))
    approve = request.POST.get("answer") == "approve"
    typed = request.POST.get(build.DAYS, "").strip()
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    target = sight_of(view, reader).target
    try:
        grants.answer(asked, target, reader.actor, approve=approve, days=days, now=clock.now())
    except grants.NotGranted as refused:
        if refused.decision.cites:  # outside the area: not there
            raise Http404(str(request_no)) from refused
        return _again(request, reader, asked.id, refused.label)
    except GuituError as wrong:
        return _again(request, reader, asked.id, wrong.label)
    noted(request, "admin", (view.no,), detail=f"minor-{'given' if approve else 'refused'}")
    return HttpResponseRedirect(f"/approvals/?done={'given' if approve else 'refused'}")


def _again(request: HttpRequest, reader: Who, number: int, label: Label) -> HttpResponse:
    found, pager = _waiting(request, reader)
    return show(request, build.approvals(found, reader.username, pager, error=(number, label)), status=422)


def _waiting(request: HttpRequest, reader: Who) -> tuple[list[grants.Grant], Pager]:
    """The page of what waits that was asked for; a form says which it stood on."""
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    asked = request.POST if request.method == "POST" else request.GET
    size = size_of(asked)
    total = grants.waiting(unit)
    number = min(whole(asked.get("page"), 1), max(1, -(-total // size)))
    found = grants.requests(unit, limit=size, after=(number - 1) * size)
    return found, Pager(number, size, total, (), "/approvals/")
