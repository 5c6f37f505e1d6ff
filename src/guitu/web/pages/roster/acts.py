"""Acts on a whole roster: begin, propose, stop, copy, undo, settle, publish; and the answers to who asks."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.centre.roster import Slot
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import roster_issues, rosters
from guitu.store.gate import NotAllowed
from guitu.store.roster_issues import NotPublished
from guitu.store.rosters import Draft
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.page import show, shows
from guitu.web.pages.roster import build, work
from guitu.web.pages.roster.view import Asked, page_of


@shows("roster_plan")
def act(request: HttpRequest, what: str) -> HttpResponse:
    """One act on a roster: begin, propose, stop, copy, undo, settle, publish; or an answer to who asks."""
    if request.method != "POST":
        return HttpResponseRedirect("/roster/")
    asked = Asked(request)
    by = asked.reader.username
    try:
        if what == "begin":
            return _begun(asked)
        if what == "answer":
            return _answered(asked, by)
        draft = asked.wanted()
        if what == "propose":
            work.begin(draft.id, by=by)
            return asked.back("asked")
        if what == "stop":
            work.stop(draft.id)
            return asked.back("asked")
        if what == "undo":
            return asked.back("undone" if rosters.undo(draft.id) else "nothing")
        if what == "copy":
            return asked.back("copied" if _copy(asked, draft, by) else "nothing")
        if what == "settle":
            rosters.settle(draft, rosters.setup(asked.unit) or {}, now=asked.now)
            return asked.back("settled")
        if what == "publish":
            roster_issues.publish(asked.unit, draft, actor=asked.reader.actor, now=asked.now)
            return asked.back("published")
    except NotPublished as wrong:
        faults = (Fault(wrong.label, ""), *(Fault(b.says, "") for b in wrong.breaches[:5]))
        return show(request, page_of(asked, ErrorSummary(faults)), status=422)
    except NotAllowed as wrong:
        return show(request, page_of(asked, ErrorSummary((Fault(wrong.decision.reason, ""),))), status=403)
    except GuituError as wrong:
        return show(request, page_of(asked, ErrorSummary((Fault(wrong.label, "f-first"),))), status=422)
    raise Http404(what)


def _begun(asked: Asked) -> HttpResponse:
    first, days = asked.given.get("first", ""), asked.given.get("days", "")
    try:
        begins, number = date.fromisoformat(first), int(days)
        if not 2000 <= begins.year <= 2199:
            raise ValueError(first)
    except ValueError as wrong:
        raise GuituError(
            Label("首日写作 2026-11-23，天数写数字。", "Write the first day as 2026-11-23, days as a number.")
        ) from wrong
    rosters.begin(asked.unit, begins, number, now=asked.now)
    asked.day = begins
    return asked.back("begun")


def _answered(asked: Asked, by: str) -> HttpResponse:
    granted = asked.given.get("answer") == "granted"
    number = asked.given.get("ask", "")
    found = roster_issues.answer(asked.unit, int(number) if number.isdecimal() else 0, granted=granted, by=by)
    if found is None:
        return asked.back("nothing")
    if granted and found.what == "leave":
        data = rosters.setup(asked.unit)
        if data is not None:
            data = roster_issues.leave_in(data, found.person, found.day, found.until or found.day)
            rosters.keep_setup(asked.unit, data, by=by, now=asked.now)
            for day in {found.day, found.until or found.day}:
                draft = rosters.on_day(asked.unit, day)
                if draft is not None:
                    rosters.settle(draft, data, now=asked.now)
    if granted and found.what == "swap":
        draft = rosters.on_day(asked.unit, found.day)
        if draft is not None:
            day = (found.day - draft.first).days
            one, two = draft.roster.cells.get((found.person, day)), draft.roster.cells.get((found.other, day))
            rosters.change(
                draft.id, {(found.person, day): two, (found.other, day): one}, "swap", by=by, now=asked.now
            )
    return asked.back("granted" if granted else "refused")


def _copy(asked: Asked, draft: Draft, by: str) -> int:
    """The week before onto this one, where people are not on leave and may be there."""
    changes: dict[tuple[str, int], Slot | None] = {}
    for day in build.span(draft, asked.day, month=False):
        source = rosters.on_day(asked.unit, draft.problem.day(day - 7))
        if source is None:
            continue
        from_day = (draft.problem.day(day - 7) - source.first).days
        for person in draft.problem.people:
            slot = source.roster.cells.get((person.id, from_day))
            fits = (
                slot is not None
                and day not in person.leave
                and slot in build.options(draft.problem, person, day)
            )
            changes[person.id, day] = slot if fits else None
    return rosters.change(draft.id, changes, "copy", by=by, now=asked.now) if changes else 0
