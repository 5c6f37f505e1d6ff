"""The forms of a supply, a checklist and a case: entered, and put right where they were wrong or change."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import CaseFile, Entry, Kind
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.checklists import items_of
from guitu.store import unitfiles
from guitu.store.centre import reading
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.notice.component import Notice
from guitu.web.inside.asked import ID
from guitu.web.inside.shown import Form
from guitu.web.page import show, shows
from guitu.web.pages.epidemic.desk import Desk, work_desk
from guitu.web.pages.epidemic.words import CANCEL, ROOT, SAVE, change_at, crumbs
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers

KINDS: Final = ("epidemic_supply", "checklist", "epidemic_case")
MOST_ITEMS: Final = 60


@shows("epidemic")
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new supply, list or case."""
    desk = work_desk(request, kind)
    if kind not in KINDS or not desk.may(kind):
        raise Http404(kind)
    return _form(desk, kinds()[kind], None)


@shows("epidemic")
def change(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The same form with what was recorded; what is saved takes its place."""
    desk = work_desk(request, str(identifier))
    entries = reading.work(desk.asked.centre, KINDS)
    file = CaseFile(unitfiles.file_of(desk.asked.centre.code), entries)
    target = next((e for e in file.counted() if e.id == identifier), None)
    if target is None:
        # a form sent twice: its own entry is there already, or somebody else was quicker
        known = next((e for e in entries if e.id == identifier), None)
        if known is None or not desk.may(known.kind):
            raise Http404(str(identifier))
        return HttpResponseRedirect(f"{ROOT}?saved={known.kind}")
    if not desk.may(target.kind):
        raise Http404(str(identifier))
    return _form(desk, kinds()[target.kind], target)


def _form(desk: Desk, kind: Kind, target: Entry | None) -> HttpResponse:
    asked = desk.asked
    identifier, corrects = asked.identifier(), target is not None
    typed = {form.DAY: asked.today.isoformat(), "from_day": asked.today.isoformat()}
    answers = form.typed_of(target) if target is not None else Answers(typed, asked.today)
    if target is not None:
        answers = replace(answers, typed={**answers.typed, form.REASON: ""}, reason="")
    summary: ErrorSummary | None = None
    if asked.request.method == "POST":
        sent = {**asked.request.POST.dict(), **_known(kind, target)}
        answers = _checked(kind, form.read(kind, sent, asked.today, corrects=corrects))
        if not answers.faults:
            brought = target.get("own_id") if target else None
            answers = replace(
                answers, fields={**answers.fields, "own_id": brought} if brought else answers.fields
            )
            assert answers.happened_on is not None
            entry = asked.work_entry(
                kind.name, answers.happened_on, answers.fields, identifier,
                corrects=target.id if target else None, reason=answers.reason,
            )  # fmt: skip
            summary = asked.record([entry])
            if summary is None:
                return HttpResponseRedirect(f"{ROOT}?saved={kind.name}")
    act = (
        Label(f"登记：{kind.label.zh}", f"Record: {kind.label.en}")
        if target is None
        else Label(f"更正：{kind.label.zh}", f"Correct: {kind.label.en}")
    )
    page = Form(
        act,
        asked.centre.name,
        change_at(target.id) if target else f"{ROOT}record/{kind.name}/",
        tuple(
            f for f in form.fields_of(kind, answers, corrects=corrects) if f.name not in _known(kind, target)
        ),
        ((ID, str(identifier)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=ROOT, look="link"),
        crumbs(Crumb(act)),
        summary or form.summary(kind, answers),
        (Notice("info", kind.help),) if kind.help else (),
    )
    return show(asked.request, page, status=422 if page.summary else 200)


def _known(kind: Kind, target: Entry | None) -> dict[str, str]:
    """What this page does not ask: its lists are against infection and the centre's own; what else a list may
    say is asked on the page of all checklists."""
    if kind.name != "checklist":
        return {}
    said = {n: str(target.get(n) or "") if target else "" for n in ("proof", "basis", "campaign", "who")}
    return {**said, "use": "epidemic", "who": said["who"] or "own"}


def _checked(kind: Kind, answers: Answers) -> Answers:
    """What no single answer shows to be wrong."""
    fields = answers.fields
    if kind.name != "checklist":
        return answers
    items = items_of(str(fields.get("items") or ""))
    if fields.get("items") and not 0 < len(items) <= MOST_ITEMS:
        answers = answers.with_fault(
            "items",
            Label(
                f"事项 1 到 {MOST_ITEMS} 项，现有 {len(items)} 项",
                f"There may be 1 to {MOST_ITEMS} items; there are {len(items)}",
            ),
        )
    first, last = fields.get("from_day"), fields.get("until")
    if first is not None and last is not None and str(last) < str(first):
        answers = answers.with_fault("until", Label("“用到哪天”早于“从哪天起”", "It ends before it begins"))
    return answers
