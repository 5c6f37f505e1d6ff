"""Writing a sheet: its questions beside what the file says, and the first signature."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.centre import evidence, sheets
from guitu.centre.assessing import DOMAINS, STAGES
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import proposals
from guitu.store.acts import assess
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.fresh import fresh_id, given_id
from guitu.web.page import show, shows
from guitu.web.pages.assessments import build
from guitu.web.pages.assessments.build import SHEET, Desk
from guitu.web.pages.assessments.shown import Part, SheetPage
from guitu.web.pages.assessments.view import desk_of, draft
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers
from guitu.web.who import who

PICKED: Final = "picked"
"""The name of the boxes of evidence."""


@shows("assessments")
def new(request: HttpRequest, case: str) -> HttpResponse:
    """The form of a sheet; and signing it as the first."""
    desk = desk_of(request, case)
    reader = who(request)
    assert reader is not None
    if not desk.writes:
        raise Http404(case)
    data = request.POST if request.method == "POST" else request.GET
    about = _about(desk, data.get("corrects", ""), data.get("objection", ""))
    kind = kinds()[SHEET]
    if request.method != "POST":
        first = _first(desk, about, data.get("stage", ""))
        return _show(request, desk, about, first, fresh_id(desk.now), None)
    identifier = given_id(request)
    answers = form.read(kind, request.POST, desk.today)
    picked = frozenset(request.POST.getlist(PICKED))
    if not answers.faults:
        for name, sentence in sheets.missing(answers.fields):
            said = kind.ask(name).label
            answers = answers.with_fault(
                name, Label(f"{said.zh}：{sentence.zh}", f"{said.en}: {sentence.en}")
            )
    if answers.faults:
        return _show(request, desk, about, answers, identifier, picked)
    try:
        _sign(desk, about, answers, picked, identifier, reader.actor)
    except GuituError as fault:
        refused = answers.with_fault("", fault.label)
        return _show(request, desk, about, refused, identifier, picked)
    return HttpResponseRedirect(f"{reverse('assessment_file', args=[desk.case_no])}?signed={identifier}")


def _show(
    request: HttpRequest,
    desk: Desk,
    about: About,
    answers: Answers,
    identifier: UUID,
    picked: frozenset[str] | None,
) -> HttpResponse:
    page = replace(_page(desk, about, answers, identifier, picked), draft=draft(request, desk.case_no))
    return show(request, page, status=422 if answers.faults else 200)


class About:
    """What a sheet is for: a stage, a sheet that it corrects, or an objection that it re-checks (with the
    sheet that was objected to)."""

    def __init__(
        self, corrects: Entry | None = None, objection: Entry | None = None, of: Entry | None = None
    ) -> None:
        self.corrects, self.objection, self.of = corrects, objection, of


def _about(desk: Desk, corrects: str, objection: str) -> About:
    def entry(text: str, kind: str) -> Entry | None:
        if not text:
            return None
        found = next((e for e in desk.counted if str(e.id) == text and e.kind == kind), None)
        if found is None:
            raise Http404(text)
        return found

    said = entry(objection, "assessment_objection")
    of = sheets.now_of(desk.opened.shown, UUID(str(said.get("to")))) if said is not None else None
    return About(entry(corrects, SHEET), said, of)


def _first(desk: Desk, about: About, stage: str) -> Answers:
    """What the form opens with: today, the stage, and of a correction what is corrected."""
    if about.corrects is not None:
        return form.typed_of(about.corrects)
    if about.of is not None:
        stage = str(about.of.get("stage"))
    typed = {form.DAY: desk.today.isoformat()}
    if stage in STAGES:
        typed["stage"] = stage
    return Answers(typed, desk.today, {k: v for k, v in typed.items() if k == "stage"})


def _drawn(desk: Desk, answers: Answers) -> dict[str, tuple[Entry, ...]]:
    """What of the file speaks to each domain, up to the day assessed."""
    ordered = max(
        (
            e.happened_on
            for e in desk.counted
            if e.kind == "order" and e.get("measure") == "compulsory_isolation"
        ),
        default=desk.today,
    )
    return evidence.drawn(desk.counted, kinds(), ordered, answers.happened_on or desk.today)


def _sign(
    desk: Desk, about: About, answers: Answers, picked: frozenset[str], identifier: UUID, actor: Actor
) -> None:
    assert answers.happened_on is not None
    chosen = {
        name: [e.id for e in some if f"{name}:{e.id.hex}" in picked]
        for name, some in _drawn(desk, answers).items()
    }
    fields = {k: v for k, v in answers.fields.items() if k not in ("digest", "evidence", "objection")}
    payload = assess.payload_of(
        desk.opened.view.id,
        answers.happened_on,
        {**fields, "evidence": sheets.written_evidence(chosen)},
        corrects=about.corrects.id if about.corrects else None,
        objection=about.objection.id if about.objection else None,
    )
    proposals.propose(
        "assess", payload, file=desk.opened.view.id, actor=actor, reason="", now=desk.now, id=identifier
    )


def _page(
    desk: Desk, about: About, answers: Answers, identifier: UUID, picked: frozenset[str] | None
) -> SheetPage:
    kind = kinds()[SHEET]
    fields = {f.name: f for f in form.fields_of(kind, answers)}
    drawn = _drawn(desk, answers)
    kept = sheets.read_evidence(about.corrects.get("evidence")) if about.corrects else None
    parts = tuple(
        Part(
            name,
            kind.ask(name).label,
            (
                _plain(fields[name], Label("结论", "Result")),
                _plain(fields[f"{name}_reason"], Label("理由", "Reasons")),
            ),
            tuple(
                replace(
                    build.line_of(desk, e),
                    value=f"{name}:{e.id.hex}",
                    chosen=_is_chosen(name, e, picked, kept),
                )
                for e in drawn[name]
            ),
            desk.settings.checklist(name),
        )
        for name in DOMAINS
    )
    hidden = [("id", str(identifier))]
    if about.corrects is not None:
        hidden.append(("corrects", str(about.corrects.id)))
    if about.objection is not None:
        hidden.append(("objection", str(about.objection.id)))
    file = reverse("assessment_file", args=[desk.case_no])
    return SheetPage(
        desk.case_no,
        identity(desk.opened, desk.today, kinds()),
        _heading(about),
        (fields[form.DAY], fields["stage"]),
        parts,
        (fields["members"],),
        tuple(hidden),
        reverse("assessment_new", args=[desk.case_no]),
        Button(
            Label("签字并提交第二人", "Sign, and submit to a second"),
            look="grave",
            extra={"data-busy": Label("正在提交…", "Submitting…")},
        ),
        Button(Label("取消", "Cancel"), href=file, look="link"),
        notices=_notices(about),
        summary=form.summary(kind, answers),
    )


def _plain(field: Field, label: Label) -> Field:
    """The same question under a short label: the domain stands above it."""
    return replace(field, label=label)


def _is_chosen(
    name: str, entry: Entry, picked: frozenset[str] | None, kept: dict[str, tuple[UUID, ...]] | None
) -> bool:
    if picked is not None:
        return f"{name}:{entry.id.hex}" in picked
    return kept is None or entry.id in kept.get(name, ())


def _heading(about: About) -> Text:
    if about.objection is not None:
        return Label("复核评估表", "Sheet of a re-check")
    if about.corrects is not None:
        return Label("更正评估表", "Correcting a sheet")
    return Label("写评估表", "Writing an assessment sheet")


def _notices(about: About) -> tuple[Notice, ...]:
    if about.objection is not None:
        text = Label("由原评估签字人以外的两人复核。", "By two people who did not sign the first assessment.")
        return (Notice("info", text, str(about.objection.get("text") or "")),)
    if about.corrects is not None:
        text = Label(
            "原表保留在经过中；更正也要两人签字。",
            "The first sheet stays in the chain; a correction takes two signatures too.",
        )
        return (Notice("info", text),)
    return ()
