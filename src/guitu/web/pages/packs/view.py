"""The list of a period, one pack, its papers. Collects, and decides nothing: who may do what says
`access.packs`, what may be done now `store.packs`. No name of anybody under a measure is on these pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from guitu.access.packs import may
from guitu.exchange.packs import analysis, making, papers, periods
from guitu.exchange.packs.content import KINDS, Pack
from guitu.exchange.packs.making import NOT_FOR
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import pack_since, packs
from guitu.store.levels.reorganising import names_then
from guitu.store.packs import Fixed, What
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Periods
from guitu.web.components.periods.component import Step as PeriodStep
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.packs import rows, work
from guitu.web.pages.packs.build import DONE, page_of
from guitu.web.pages.packs.progress import where_of
from guitu.web.pages.packs.shown import NO_UNITS, Making, Names, PacksPage
from guitu.web.who import Who, who

_KIND: Final = {
    "month": Label("月", "Month"),
    "quarter": Label("季", "Quarter"),
    "year": Label("年", "Year"),
}


WAIT: Final = 1.0
"""Seconds a request waits for its pack before it answers with the page of its progress."""


def reader_of(request: HttpRequest) -> tuple[Who, Unit]:
    """Who asks, and the unit of the post."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    return reader, tree().find(reader.post.unit)


@shows("packs")
def listing(request: HttpRequest) -> HttpResponse:
    """One period: the reader's unit and those directly below it."""
    reader, home = reader_of(request)
    if request.method == "POST":
        return _make(request, reader, home)
    return show(request, _list(request, reader, home))


def _list(request: HttpRequest, reader: Who, home: Unit, summary: ErrorSummary | None = None) -> PacksPage:
    asked = request.POST if request.method == "POST" else request.GET
    now = clock.now()
    today = store_clock.office_day(now)
    kind = asked.get("kind", "month")
    if kind not in KINDS:
        raise Http404(kind)
    typed, error = asked.get("period", ""), Label("—", "—")
    period, wrong = periods.latest(kind, today), False
    if typed:
        try:
            period = periods.read(kind, typed)
        except GuituError as fault:
            error, wrong = fault.label, True
    units = [home, *tree().children(home)]
    units = [u for u in units if u.level not in NOT_FOR]
    found = packs.of_units(units)
    noted(request, "list", (), detail=f"packs {kind} {period.text} {home.code}")
    mine = {
        u.no: [p for p in found if p.unit.no == u.no and (p.kind, p.first) == (kind, period.first)]
        for u in units
    }
    sent = sum(1 for some in mine.values() if any(p.state in ("submitted", "replaced") for p in some))
    ready = today >= periods.ready_from(period)
    making_form = None
    standing = [p for p in mine.get(home.no, []) if p.standing]
    busy = rows.busy_of(mine, units, period)
    here = busy.get(home.no)
    offered = ready and home.no in mine and not standing and (here is None or here.beat is None)
    if offered and may(reader.actor, "prepare", home.path).allowed:
        making_form = Making(
            Label(
                f"{period.label.zh}的{KINDS[kind].zh}由系统从记录汇总，不手填；汇总后数字定稿，再核对、审签、报送。",
                f"The {KINDS[kind].en.lower()} of {period.label.en} is put together from the records, never"
                " typed; its figures are then fixed, and it is checked, signed and submitted.",
            ),
            Button(Label("汇总并定稿", "Put together and fix"), look="primary"),
            (("unit", home.code), ("kind", kind), ("period", period.text)),
        )
    return PacksPage(
        home.name,
        _periods(kind, period, typed if wrong else period.text, error if wrong else None, today),
        Label(
            f"{period.label.zh} {KINDS[kind].zh}：应报 {len(units)} 个单位，已报送 {sent}",
            f"{KINDS[kind].en}, {period.label.en}: {sent} of {len(units)} units have submitted theirs",
        ),
        rows.table(mine, units, period, busy, asked) if units and (ready or any(mine.values())) else None,
        making_form,
        _nothing(units, period, ready=ready or any(mine.values())),
        summary=summary,
    )


def _nothing(units: list[Unit], period: Period, *, ready: bool) -> Empty | None:
    """What stands in the list's place where there is none."""
    if not units:
        return Empty(NO_UNITS)
    if ready:
        return None
    day = periods.ready_from(period).isoformat()
    return Empty(Label(f"{day} 起可生成。", f"Available from {day} on."))


def _periods(kind: str, period: Period, typed: str, error: Label | None, today: date) -> Periods:
    def at(kind: str, text: str) -> str:
        return f"/packs/?kind={kind}&period={text}"

    following = _following(period)
    return Periods(
        period.label,
        tuple(PeriodStep(label, f"/packs/?kind={name}", here=name == kind) for name, label in _KIND.items()),
        PeriodStep(period.before().label, at(kind, period.before().text)),
        PeriodStep(following.label, at(kind, following.text) if following.first <= today else ""),
        typed,
        "/packs/",
        (("kind", kind),),
        error or "",
    )


def _following(period: Period) -> Period:
    return periods.of_day(period.kind, period.last + timedelta(days=1))


def _make(request: HttpRequest, reader: Who, home: Unit) -> HttpResponse:
    """Start putting a pack together, or a correction of one. What is done soon is shown at once, the rest has
    a page that says how far it is."""
    unit = tree().get(request.POST.get("unit", home.code))
    if unit is None or not may(reader.actor, "read", unit.path).allowed:
        raise Http404(request.POST.get("unit", ""))
    corrects, why = request.POST.get("corrects", ""), request.POST.get("why", "").strip()
    noted(request, "list", (), detail=f"pack made {unit.code}")
    now = clock.now()
    try:
        period = periods.read(_kind(request), request.POST.get("period", ""))
        replaces = UUID(corrects) if corrects else None
        making.see_that_it_may(unit, period, now)
        decision = may(reader.actor, "prepare", unit.path)
        if not decision.allowed:
            reason = decision.reason
            raise GuituError(Label(f"不能汇总：{reason.zh}。", f"It is not yours to make: {reason.en}."))
        packs.plan(unit, period.kind, period.first, period.last, replaces=replaces, why=why)
        thread = work.begin(unit, period, actor=reader.actor, now=now, corrects=replaces, why=why)
        if thread is not None:
            thread.join(WAIT)
        job = work.job_of(unit, period)
        if thread is not None and job is not None and job.said is not None:
            raise GuituError(job.said)
    except (GuituError, ValueError) as fault:
        label = fault.label if isinstance(fault, GuituError) else Label("编号有误", "That is no number")
        if corrects and (old := _found(corrects)) is not None:
            return _show(request, reader, old, why=why, error=label)
        page = _list(request, reader, home, ErrorSummary((Fault(label, ""),)))
        return show(request, page, status=422)
    return HttpResponseRedirect(where_of(unit, period, job))


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404(kind)
    return kind


def _found(identifier: UUID | str) -> Fixed | None:
    try:
        return packs.find(UUID(str(identifier)))
    except ValueError:
        return None


def pack_for(request: HttpRequest, identifier: UUID | str) -> tuple[Who, Fixed]:
    """The pack, if it lies in the reader's area; else it is not there."""
    reader, _home = reader_of(request)
    fixed = _found(identifier)
    if fixed is None or not may(reader.actor, "read", fixed.unit.path).allowed:
        raise Http404(str(identifier))
    return reader, fixed


@shows("packs")
def one(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One pack, and the next step."""
    reader, fixed = pack_for(request, identifier)
    noted(request, "list", (), detail=f"pack {fixed.number}")
    if request.method != "POST":
        return _show(request, reader, fixed, done=request.GET.get("done", ""))
    what = request.POST.get("what", "")
    if what not in DONE:
        raise Http404(what)
    chosen: What = what  # type: ignore[assignment]
    reason = request.POST.get("reason", "")
    try:
        packs.step(fixed, chosen, actor=reader.actor, now=clock.now(), reason=reason)
    except GuituError as fault:
        return _show(request, reader, fixed, reason=reason, error=fault.label)
    return HttpResponseRedirect(f"/packs/{fixed.id}/?done={what}")


@shows("packs")
def recount(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The same page, with every figure that counts otherwise today and why."""
    reader, fixed = pack_for(request, identifier)
    noted(request, "list", (), detail=f"pack recount {fixed.number}")
    came, pack = pack_since.since(fixed.unit, fixed.seq, fixed.last), making.opened(fixed)
    try:
        with analysis.counter() as counting:
            changed = making.why_changed(fixed, counting)
    except GuituError as fault:
        notice = Notice("gap", fault.label)
        return show(
            request,
            page_of(
                fixed, pack, reader.actor, came, _offices(fixed), notices=(notice,), names=_names(fixed, pack)
            ),
        )
    return show(
        request,
        page_of(fixed, pack, reader.actor, came, _offices(fixed), changed=changed, names=_names(fixed, pack)),
    )


def _names(fixed: Fixed, pack: Pack) -> Names:
    """What the units of a pack were called then, and those that are called otherwise today."""
    units = tree()
    told = {pack.unit.code: pack.unit.name}
    told |= {row.code: row.name for table in (pack.below, pack.overdue) for row in table.rows}
    today = {code: unit.name for code in told if (unit := units.get(code)) and unit.name != told[code]}
    return Names(names_then([fixed.unit], fixed.last).get(fixed.unit.code, ""), today)


def _offices(fixed: Fixed) -> dict[str, str]:
    """The names of the units whose people did its steps."""
    codes = {fixed.office, *(step.office for step in fixed.steps)}
    return {unit.code: unit.name for unit in map(tree().get, codes) if unit is not None}


def _show(
    request: HttpRequest,
    reader: Who,
    fixed: Fixed,
    *,
    reason: str = "",
    why: str = "",
    done: str = "",
    error: Label | None = None,
) -> HttpResponse:
    current = packs.find(fixed.id) or fixed
    notices = (Notice("fresh", _TOLD[done]),) if done in _TOLD else ()
    summary = (
        ErrorSummary((Fault(error, "f-why" if why else "f-reason" if reason else ""),)) if error else None
    )
    pack = making.opened(current)
    page = page_of(
        current,
        pack,
        reader.actor,
        pack_since.since(current.unit, current.seq, current.last),
        _offices(current),
        reason=why or reason,
        error=error,
        summary=summary,
        notices=notices,
        names=_names(current, pack),
    )
    return show(request, page, status=422 if error else 200)


_TOLD: Final = {
    "fixed": Label("已汇总并定稿。请核对差异。", "Put together and fixed. Check the differences."),
    "checked": Label("已核对。等负责人审签。", "Checked. It waits to be signed."),
    "signed": Label("已审签。可以报送。", "Signed. It can be submitted."),
    "submitted": Label("已报送上级。", "Submitted to the office above."),
    "returned": Label("已退回。可以重新汇总。", "Returned. It can be put together anew."),
}


@shows("packs")
def paper(request: HttpRequest, identifier: UUID, suffix: str) -> HttpResponse:
    """One paper of a pack. What is in it was protected when the pack was made."""
    _reader, fixed = pack_for(request, identifier)
    chosen = next((p for p in papers.PAPERS.values() if p.suffix == suffix), None)
    if chosen is None:
        raise Http404(suffix)
    noted(request, "export", (), detail=f"pack {fixed.number} {suffix}")
    try:
        made = papers.paper(making.opened(fixed), chosen.name)
    except GuituError as fault:
        return _show(request, _reader, fixed, error=fault.label)
    response = HttpResponse(made, content_type=chosen.mime)
    name = f"{fixed.number}.{suffix}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
