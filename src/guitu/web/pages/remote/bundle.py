"""The consultation as a file: taken along as a FHIR document, and a hospital's answer taken in."""

from __future__ import annotations

import json
from datetime import date
from typing import Final, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect

from guitu.access.consulting import may_consult
from guitu.casefile import Value
from guitu.compose import kinds
from guitu.exchange import fhir
from guitu.exchange.fhir import Answer, Told, Wrong
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, field_of
from guitu.web.inside.asked import derived
from guitu.web.inside.shown import Form
from guitu.web.noted import noted
from guitu.web.page import show
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.remote import words, writing
from guitu.web.pages.remote.asked import ID, Here, open_one

TYPE: Final = "application/fhir+json"
NO_FILE: Final = Label("请先选择一个文件。", "Choose a file first.")
LEFT_OPEN: Final = ("route", "often")
"""What a prescription must say and a file may say in words we do not know."""


def told(here: Here) -> Told:
    """What the file tells: nothing that the hospital may not see."""
    consult, one = here.consult, here.one
    born = consult.view.identity.get("birth")
    return Told(
        one,
        consult.shared,
        consult.centre,
        consult.hospital,
        consult.sex,
        born.year if isinstance(born, date) else None,
        consult.who if one.named else "",
    )


def download(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The request, what it shares and what was answered, as a FHIR document. Taking it along is noted."""
    here = open_one(request, identifier, note=False)
    if not here.sees_shared:
        raise Http404(str(identifier))
    if here.opened is not None:
        noted_file(request, here.opened, "export", "remote fhir")
    else:
        decision = may_consult(here.asked.reader.actor, "read", here.consult.consulted(here.asked.today))
        noted(
            request,
            "export",
            (here.consult.no,),
            ("identity", "medical"),
            decision,
            detail="remote fhir",
            area=here.consult.view.area,
        )
    make = (
        fhir.answer_bundle
        if request.GET.get("what") == "answer" and here.one.opinions
        else fhir.referral_bundle
    )
    made = make(told(here), here.asked.now)
    answer = HttpResponse(json.dumps(made, ensure_ascii=False, indent=1), content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{here.one.code}.json"'
    return answer


def take_in(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """A hospital's answer. The handlers were set before: what follows reads the form and checks its token."""
    return cast(HttpResponse, _take_in(request, identifier))


@csrf_protect
def _take_in(request: HttpRequest, identifier: UUID) -> HttpResponse:
    here = open_one(request, identifier, "remote import")
    if here.opened is None or not here.centre_may("remote_opinion"):
        raise Http404(str(identifier))
    if here.one.ended is not None:
        return HttpResponseRedirect(words.one(identifier))
    if request.method != "POST":
        return show(request, _page(here))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _again(here, (Wrong("", NO_FILE),))
    data, wrong = fhir.loaded(file.read(fhir.MOST_BYTES + 1))
    if data is None:
        return _again(here, wrong)
    answer, wrong = fhir.read_answer(data, here.one.code)
    if answer is None:
        return _again(here, wrong)
    typed = {name: request.POST.get(name, "") for name in ("next", *LEFT_OPEN)}
    missing = _missing(answer, typed)
    if missing:
        return _again(here, (), typed, missing)
    return _record(here, answer, typed)


def _missing(answer: Answer, typed: dict[str, str]) -> dict[str, Label]:
    """What the file leaves open and nobody has said."""
    found = {}
    if not answer.next and not typed["next"]:
        found["next"] = Label(
            "文件没有写下一步，请按医院的意思选择", "The file does not say what next: choose it"
        )
    for name, said in (
        ("route", Label("文件里的用法读不出，请选择", "The route cannot be read from the file: choose it")),
        ("often", Label("文件里的次数读不出，请选择", "How often cannot be read from the file: choose it")),
    ):
        if any(not getattr(m, name) for m in answer.medicines) and not typed[name]:
            found[name] = said
    return found


def _record(here: Here, answer: Answer, typed: dict[str, str]) -> HttpResponse:
    assert here.opened is not None
    identifier, file = here.asked.identifier(), here.opened.view.id
    same: dict[str, Value] = {"to": str(here.one.id), "signed": answer.signed, "via": "file"}
    opinion: dict[str, Value] = {
        **same,
        "code": answer.code,
        "opinion": answer.opinion,
        "next": answer.next or typed["next"],
    }
    entries = [here.asked.entry(file, "remote_opinion", opinion, identifier)]
    for place, medicine in enumerate(answer.medicines):
        fields: dict[str, Value] = {
            **same,
            "drug": medicine.drug,
            "dose": medicine.dose,
            "dose_unit": medicine.dose_unit,
            "route": medicine.route or typed["route"],
            "often": medicine.often or typed["often"],
            "until": medicine.until,
            "note": medicine.note,
        }
        entries.append(
            here.asked.entry(file, "remote_prescription", fields, derived(identifier, f"rx{place}"))
        )
    for entry in entries:
        if faults := kinds()[entry.kind].faults(entry.fields):
            return _again(here, tuple(Wrong(entry.kind, f.label) for f in faults), typed)
    if (said := writing.as_centre(here, entries)) is not None:
        return _again(here, (Wrong("", said),), typed)
    return HttpResponseRedirect(f"{words.one(here.one.id)}?saved=import")


def _again(
    here: Here,
    wrong: tuple[Wrong, ...],
    typed: dict[str, str] | None = None,
    missing: dict[str, Label] | None = None,
) -> HttpResponse:
    faults = [
        Fault(Label(f"{w.where}：{w.label.zh}", f"{w.where}: {w.label.en}") if w.where else w.label, "f-file")
        for w in wrong
    ]
    faults += [Fault(text, f"f-{name}") for name, text in (missing or {}).items()]
    page = _page(here, typed or {}, missing or {}, ErrorSummary(tuple(faults)))
    return show(here.asked.request, page, status=422)


def _page(
    here: Here,
    typed: dict[str, str] | None = None,
    missing: dict[str, Label] | None = None,
    summary: ErrorSummary | None = None,
) -> Form:
    """The form: the file, and what it left open where it did."""
    fields = [
        Field(
            "file",
            Label("医院发来的文件", "The hospital’s file"),
            "file",
            accept=".json,application/json",
            hint=Label(
                f"FHIR R4 的 JSON，一份会诊报告（DiagnosticReport），basedOn 写 {here.one.code}。",
                f"FHIR R4 as JSON: one DiagnosticReport whose basedOn names {here.one.code}.",
            ),
        )
    ]
    for name in missing or {}:
        kind = "remote_opinion" if name == "next" else "remote_prescription"
        fields.append(field_of(kinds()[kind].ask(name), (typed or {}).get(name, ""), (missing or {})[name]))
    who = str(here.consult.view.identity.get("name") or here.one.code)
    return Form(
        Label(f"导入医院的答复：{who}", f"Take in the hospital's answer: {who}"),
        Label(
            "意见和处方意见以医院医生的签名写入档案，登记人是您。",
            "Opinion and prescriptions go into the file as signed by the hospital, entered by you.",
        ),
        f"{words.one(here.one.id)}answer/",
        tuple(fields),
        ((ID, str(here.asked.fresh())),),
        Button(Label("导入", "Take in"), look="primary"),
        Button(Label("取消", "Cancel"), href=words.one(here.one.id), look="link"),
        words.crumbs(Crumb(who, words.one(here.one.id)), Crumb(Label("导入答复", "Take in the answer"))),
        summary,
    )
