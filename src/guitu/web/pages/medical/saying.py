"""What a round asks in words: why a dose was not given, what was given when needed, and why a prescription is
stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.centre.medication import FAMILIES, NEEDED, Prescription, dose_id, prescriptions
from guitu.centre.times import clock_of, digits_of
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import gate
from guitu.store.gate import NotAccepted
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.fresh import ID, fresh_id, source_of
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.medical import patient as of_person
from guitu.web.pages.medical import words
from guitu.web.pages.medical.asked import Asked
from guitu.web.pages.medical.giving import DOSE_OF, Refused, write
from guitu.web.pages.medical.page import SayPage
from guitu.web.who import who

END_OF: Final = {family[0]: family[1] for family in FAMILIES}
MOST_WHY: Final = 500


# ── what was not given ────────────────────────────────────────────────────────────────────────────


@shows("medical_rounds")
def say(request: HttpRequest) -> HttpResponse:
    """Refused or held, with the reason; or something given when needed."""
    asked = Asked(request)
    data = request.POST if request.method == "POST" else request.GET
    number = int(data.get("round", "")) if data.get("round") in ("0", "1", "2", "3", "4") else None
    try:
        identifier = UUID(data.get("rx", ""))
    except ValueError as wrong:
        raise Http404("rx") from wrong
    if number is None:
        raise Http404("round")
    opened = open_whole(data.get("case", ""), asked.reader)
    noted_file(request, opened, detail="record")
    one = next((p for p in prescriptions(of_person.counted(opened)) if p.id == identifier), None)
    if one is None:
        raise Http404(str(identifier))
    form = _Form(asked, opened, one, number)
    if request.method != "POST":
        return show(request, form.page({"time": f"{digits_of(asked.now):04d}"}))
    typed = {name: request.POST.get(name, "").strip() for name in ("outcome", "why", "time")}
    faults = form.faults(typed)
    if faults:
        return show(request, form.page(typed, faults), status=422)
    outcome = "given" if number == NEEDED else typed["outcome"]
    try:
        write(
            asked,
            opened,
            identifier,
            number,
            outcome,
            int(typed["time"]),
            typed["why"] if outcome != "given" else "",
        )
    except Refused as refused:
        return show(request, form.page(typed, {"": refused.label}), status=409)
    back = words.rounds(
        unit=asked.unit.code, round=str(number) if number else "", done=f"{opened.case_no}|{identifier}"
    )
    return HttpResponseRedirect(back)


class _Form:
    """The short form, with what was typed."""

    def __init__(self, asked: Asked, opened: Opened, one: Prescription, number: int) -> None:
        self.asked, self.opened, self.one, self.number = asked, opened, one, number

    @property
    def identifier(self) -> str:
        """The id of what is given when needed, the same while the form is sent again."""
        return self.asked.request.POST.get(ID) or str(fresh_id(self.asked.now))

    def faults(self, typed: dict[str, str]) -> dict[str, Label]:
        """What is wrong, by box."""
        found: dict[str, Label] = {}
        if self.number != NEEDED and typed["outcome"] not in ("refused", "held"):
            found["outcome"] = Label("请选择拒服还是暂缓", "Choose refused or held")
        if self.number != NEEDED and not typed["why"]:
            found["why"] = Label("请写明原因", "Say why")
        if len(typed["why"]) > MOST_WHY:
            found["why"] = Label(f"原因最多 {MOST_WHY} 字", f"At most {MOST_WHY} characters")
        if (
            not (typed["time"].isascii() and typed["time"].isdigit())
            or clock_of(int(typed["time"][:6])) is None
        ):
            found["time"] = Label("时间写四位数字，如 1405", "The time is four digits, such as 1405")
        return found

    def page(self, typed: dict[str, str], faults: dict[str, Label] | None = None) -> SayPage:
        """The form."""
        wrong = faults or {}
        kind = kinds()[DOSE_OF[self.one.kind]]
        outcome = kind.ask("outcome")
        fields = [
            replace(field_of(kind.ask("time"), typed.get("time", ""), wrong.get("time", "")), optional=False),
        ]
        if self.number != NEEDED:
            options = tuple(Option(c.value, c.label) for c in outcome.choices if c.value != "given")
            fields = [
                Field(
                    "outcome",
                    outcome.label,
                    "choice",
                    typed.get("outcome", ""),
                    options=options,
                    error=wrong.get("outcome", ""),
                    focus=not wrong,
                ),
                replace(
                    field_of(kind.ask("why"), typed.get("why", ""), wrong.get("why", "")), optional=False
                ),
                *fields,
            ]
        what = Label("没有服药", "Not taken") if self.number else Label("必要时用药", "Given when needed")
        name = str(self.opened.identity.get("name") or self.opened.case_no)
        use = words.dose_words(self.one)
        back = words.rounds(unit=self.asked.unit.code, round=str(self.number) if self.number else "")
        return SayPage(
            title=Label(f"{what.zh} · {name}", f"{what.en} · {name}"),
            lead=Label(f"{self.one.drug} · {use.zh}", f"{self.one.drug} · {use.en}"),
            fields=tuple(fields),
            action="/medical/rounds/say/",
            save=Button(Label("登记", "Record"), look="primary"),
            back=Button(Label("取消", "Cancel"), href=back, look="link"),
            hidden=(
                ("unit", self.asked.unit.code),
                ("round", str(self.number)),
                ("case", self.opened.case_no),
                ("rx", str(self.one.id)),
                *(((ID, self.identifier),) if self.number == NEEDED else ()),
            ),
            summary=ErrorSummary(tuple(Fault(text, f"f-{box}" if box else "") for box, text in wrong.items()))
            if wrong
            else None,
        )


# ── stopping ──────────────────────────────────────────────────────────────────────────────────────


@shows("medical_person")
def stop(request: HttpRequest, case: str, prescription: UUID) -> HttpResponse:
    """A prescription stopped from today on, and why."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="record")
    one = next((p for p in prescriptions(of_person.counted(opened)) if p.id == prescription), None)
    if one is None:
        raise Http404(str(prescription))
    kind = kinds()[END_OF[one.kind]]
    page = SayPage(
        title=Label(f"停药 · {one.drug}", f"Stop · {one.drug}"),
        lead=words.use(one),
        fields=(replace(field_of(kind.ask("why")), optional=False),),
        action=request.path,
        save=Button(Label("从今天起停药", "Stop from today"), look="primary"),
        back=Button(Label("取消", "Cancel"), href=words.person(opened.case_no), look="link"),
    )
    decision = opened.may_record(reader.actor, kind)
    if not decision.allowed or one.stopped is not None:
        why = decision.reason if not decision.allowed else Label("已经停了。", "It is stopped already.")
        return show(request, _wrong(page, "", why), status=403 if not decision.allowed else 409)
    if request.method != "POST":
        return show(request, page)
    why = request.POST.get("why", "").strip()
    if not why or len(why) > MOST_WHY:
        text = Label("请写明停药原因", "Say why it is stopped") if not why else Label("太长了", "Too long")
        field = replace(page.fields[0], value=why, error=text)
        return show(request, _wrong(replace(page, fields=(field,)), "why", text), status=422)
    now = clock.now()
    entry = Entry(
        id=dose_id(one.id, one.first, 0),
        file=opened.view.id,
        kind=kind.name,
        version=kind.version,
        happened_on=store_clock.office_day(now),
        recorded_at=now,
        author=reader.actor.name,
        unit=reader.post.unit if reader.post else "",
        fields={"prescription": str(one.id), "drug": one.drug, "why": why},
        source=source_of(request),
    )
    try:
        gate.record(entry, actor=reader.actor, now=now)
    except (DifferentContent, NotAccepted) as refused:
        return show(request, _wrong(page, "", refused.label), status=409)
    noted_write(request, opened.view.no, entry.id, entry.kind, opened.view.area)
    return HttpResponseRedirect(words.person(opened.case_no))


def _wrong(page: SayPage, box: str, text: Label) -> SayPage:
    return replace(page, summary=ErrorSummary((Fault(text, f"f-{box}" if box else ""),)))
