"""The round: everybody due in a brigade, one key a dose; what was not given, and why; a prescription stopped.

A dose's id follows from its prescription, day and round, so a second one is the same entry or is refused by
the store, whoever was quicker.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Value
from guitu.casefile.protocol import DifferentContent
from guitu.centre.medication import (
    FAMILIES,
    KINDS,
    NEEDED,
    Prescription,
    Slot,
    dose_id,
    doses,
    prescriptions,
    round_now,
    slots,
    tally,
)
from guitu.centre.times import digits_of
from guitu.centre.times import words as time_words
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.store.centre import medical
from guitu.store.centre.medical import Patient
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.web.component import Text
from guitu.web.components.notice.component import Notice
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.fresh import ID, fresh_id, given_id, source_of
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.medical import patient as of_person
from guitu.web.pages.medical import words
from guitu.web.pages.medical.asked import Asked
from guitu.web.pages.medical.page import Give, RoundPage
from guitu.web.unchanged import while_unchanged

OFTEN: Final = frozenset({family[2] for family in FAMILIES})
DOSE_OF: Final = {family[0]: family[2] for family in FAMILIES}


class Refused(GuituError):
    """The dose cannot be recorded; nothing was written."""


# ── the round ─────────────────────────────────────────────────────────────────────────────────────


@shows("medical_rounds")
@while_unchanged(minutely=True)
def rounds(request: HttpRequest) -> HttpResponse:
    """One round of one brigade; a dose given from it."""
    asked = Asked(request)
    if asked.unit is asked.home and asked.unit.level != "brigade":
        asked.unit = asked.brigades[0]
    number = _number(request.POST.get("round") or request.GET.get("round"), asked)
    if request.method == "POST":
        return _give(asked, number)
    return show(request, _page(asked, number, done=request.GET.get("done", "")))


def _number(typed: str | None, asked: Asked) -> int:
    if not typed:
        return round_now(asked.now, asked.settings)
    if typed not in ("1", "2", "3", "4"):
        raise Http404(typed)
    return int(typed)


def _give(asked: Asked, number: int) -> HttpResponse:
    """One key: the dose of this line was given now."""
    case, _, which = asked.request.POST.get("given", "").partition("|")
    try:
        identifier = UUID(which)
    except ValueError as wrong:
        raise BadRequest("no prescription") from wrong
    opened = open_whole(case, asked.reader)
    noted_file(asked.request, opened, detail="record")
    try:
        write(asked, opened, identifier, number, "given", digits_of(asked.now))
    except Refused as refused:
        page = _page(asked, number, notices=(Notice("gap", refused.label),))
        return show(asked.request, page, status=409)
    where = words.rounds(unit=asked.unit.code, round=str(number), done=f"{case}|{which}")
    return HttpResponseRedirect(where)  # no fragment: with one, browsers focus nothing by themselves


def write(
    asked: Asked, opened: Opened, identifier: UUID, number: int, outcome: str, at: int, why: str = ""
) -> Entry:
    """Record what came of one round of one prescription. Raises Refused if it is not to be given now, was
    given before, or the post may not."""
    entries = of_person.counted(opened)
    one = next((p for p in prescriptions(entries) if p.id == identifier), None)
    if one is None:
        raise Http404(str(identifier))
    kind = kinds()[DOSE_OF[one.kind]]
    decision = opened.may_record(asked.actor, kind)
    if not decision.allowed:
        raise Refused(decision.reason)
    taken = doses(entries)
    if number == NEEDED:
        if one.rounds or not one.runs(asked.today):
            raise Refused(
                Label("这一处方现在不能这样登记。", "This prescription is not given like that now.")
            )
        # pressed twice, a form is sent under one id
        new = given_id(asked.request) if ID in asked.request.POST else fresh_id(asked.now)
    else:
        slot = next(
            (s for s in slots([one], taken, asked.today, asked.now, asked.settings) if s.round == number),
            None,
        )
        if slot is None:
            raise Refused(Label("这一次没有这种药。", "This medicine is not given at this round."))
        if slot.dose is not None:
            raise Refused(_twice(slot))
        if not slot.open:
            raise Refused(
                Label(
                    f"{time_words(slot.time)} 的药还没有到时间。",
                    f"The dose of {time_words(slot.time)} is not due yet.",
                )
            )
        new = _free(opened, one, asked.today, number)
    fields: dict[str, Value] = {
        "prescription": str(one.id),
        "drug": one.drug,
        "round": number,
        "time": at,
        "outcome": outcome,
        "why": why or None,
    }
    entry = Entry(
        id=new,
        file=opened.view.id,
        kind=kind.name,
        version=kind.version,
        happened_on=asked.today,
        recorded_at=asked.now,
        author=asked.actor.name,
        unit=asked.home.code,
        fields=fields,
        source=source_of(asked.request),
    )
    try:
        gate.record(entry, actor=asked.actor, now=asked.now)
    except DifferentContent as other:
        raise Refused(_ALREADY) from other
    except NotAllowed as refused:
        raise Refused(refused.decision.reason) from refused
    except NotAccepted as refused:
        raise Refused(refused.label) from refused
    noted_write(asked.request, opened.view.no, entry.id, entry.kind, opened.view.area)
    return entry


_ALREADY: Final = Label(
    "这一次已经由别人登记过，没有再写。", "Somebody else has recorded this dose already; nothing was written."
)


def _twice(slot: Slot) -> Label:
    dose = slot.dose
    assert dose is not None
    state = words.STATES[dose.outcome][1]
    at = time_words(dose.at)
    drug = slot.prescription.drug
    return Label(
        f"{drug} 今天这一次已于 {at} 登记为“{state.zh}”，不能再发。登记有误的，到本人档案里更正。",
        f"{drug}: this dose was recorded at {at} as “{state.en.lower()}” and is not given again."
        " If that is wrong,"
        " correct it in the file.",
    )


def _free(opened: Opened, one: Prescription, day: date, number: int) -> UUID:
    """The id of the dose; the next one where an earlier was withdrawn."""
    gone = opened.view.case_file.status()
    attempt = 0
    while (found := dose_id(one.id, day, number, attempt)) in gone:
        attempt += 1
    return found


def _line_id(case: str, prescription: UUID) -> str:
    return f"l-{case}-{prescription.hex[-6:]}"


def _page(asked: Asked, number: int, *, done: str = "", notices: tuple[Notice, ...] = ()) -> RoundPage:
    people = medical.patients(
        asked.actor,
        asked.unit,
        asked.today,
        asked.now,
        (KINDS - OFTEN) | {"allergy"},
        often=OFTEN,
        since=asked.today,
    )
    asked.note("round", people, ("medical",))
    lines: list[Give] = []
    needed: list[Give] = []
    counted: list[Slot] = []
    for person in people:
        written = prescriptions(person.entries)
        mine = [
            s
            for s in slots(written, doses(person.entries), asked.today, asked.now, asked.settings)
            if s.round == number
        ]
        counted += mine
        lines += [_line(asked, person, slot, head=n == 0) for n, slot in enumerate(mine)]
        prn = [p for p in written if p.often == "needed" and p.runs(asked.today)]
        needed += [_needed(asked, person, p, head=n == 0) for n, p in enumerate(prn)]
    lines = _focused(lines, done)
    left = sum(bool(line.value) for line in lines if not line.restricted)
    apart = sum(bool(line.value) for line in lines if line.restricted)
    counts = tally(slot for slot in counted if not slot.prescription.restricted)
    leave = sum(p.needs_leave for p in people)
    time = asked.settings.rounds[number - 1]
    return RoundPage(
        title=Label(f"发药 · {asked.unit.name}", f"Round · {asked.unit.name}"),
        lead=Label(
            f"{asked.today.isoformat()} {time_words(time)} · 还有 {left} 份",
            f"{asked.today.isoformat()} {time_words(time)} · {left} left",
        ),
        brigades=Tabs(
            tuple(
                Tab(
                    unit.name.removeprefix(asked.home.name) or unit.name,
                    words.rounds(unit=unit.code, round=str(number)),
                    unit.code == asked.unit.code,
                )
                for unit in asked.brigades
            ),
            Label("大队", "Brigade"),
        ),
        rounds=Tabs(
            tuple(
                Tab(time_words(at), words.rounds(unit=asked.unit.code, round=str(n)), n == number)
                for n, at in enumerate(asked.settings.rounds, 1)
            ),
            Label("第几次", "Round"),
        ),
        lines=tuple(lines),
        action="/medical/rounds/",
        counts=Label(
            f"应发 {counts.due}：已服 {counts.given}，拒服 {counts.refused}，暂缓 {counts.held}，"
            f"迟 {counts.late}",
            f"{counts.due} due: {counts.given} given, {counts.refused} refused, {counts.held}"
            f" held, {counts.late} late",
        ),
        unit=asked.unit.code,
        number=number,
        needed=tuple(needed),
        notices=notices,
        said=_said(lines, done, left),
        hidden_note=Label(
            f"{leave} 人须经批准才能查看（未成年或已封存），不在单上。",
            f"{leave} people need leave to be read (under age or sealed) and are not listed.",
        )
        if leave
        else "",
        apart=Label(
            f"另有特别保密的药 {apart} 份，不打印。",
            f"{apart} restricted doses besides; they are not printed.",
        )
        if apart
        else "",
    )


def _line(asked: Asked, person: Patient, slot: Slot, *, head: bool) -> Give:
    one, case = slot.prescription, person.line.case_no
    value = f"{case}|{one.id}" if slot.open else ""
    say = f"/medical/rounds/say/?unit={asked.unit.code}&round={slot.round}&case={case}&rx={one.id}"
    return Give(
        id=_line_id(case, one.id),
        name=person.line.name,
        href=words.person(case),
        drug=one.drug,
        use=words.dose_words(one),
        word=words.state(slot.state, time_words(slot.dose.at) if slot.dose else ""),
        note=slot.dose.why if slot.dose else one.note,
        warning=_warning(person, one),
        value=value,
        not_given=say if value else "",
        head=head,
        restricted=one.restricted,
    )


def _warning(person: Patient, one: Prescription) -> Text:
    from guitu.centre.medication import allergic_to

    told = [str(e.get("substance") or "") for e in person.entries if e.kind == "allergy"]
    hit = allergic_to(one.drug, [s for s in told if s])
    return Label(f"过敏：{hit}", f"Allergic to {hit}") if hit else ""


def _needed(asked: Asked, person: Patient, one: Prescription, *, head: bool) -> Give:
    given = [d for d in doses(person.entries) if d.prescription == one.id]
    last = f"{time_words(given[-1].at)}" if given else ""
    return Give(
        id=_line_id(person.line.case_no, one.id),
        name=person.line.name,
        href=words.person(person.line.case_no),
        drug=one.drug,
        use=words.dose_words(one),
        word=Word("done", Label(f"今天 {len(given)} 次，最近 {last}", f"{len(given)} today, last {last}"))
        if given
        else Word("open", Label("今天没有用", "Not used today")),
        note=one.note,
        not_given=f"/medical/rounds/say/?unit={asked.unit.code}&round=0&case={person.line.case_no}&rx={one.id}",
        head=head,
    )


def _focused(lines: list[Give], done: str) -> list[Give]:
    """The keyboard stands on the first line still to be given after the one just done; else on the first."""
    case, _, which = done.partition("|")
    start = 0
    with suppress(ValueError):
        wanted = _line_id(case, UUID(which))
        start = next((n for n, line in enumerate(lines) if line.id == wanted), 0)
    order = [*range(start, len(lines)), *range(start)]
    first = next((n for n in order if lines[n].value), None)
    return [replace(line, focus=n == first) for n, line in enumerate(lines)]


def _said(lines: list[Give], done: str, left: int) -> Text:
    case, _, which = done.partition("|")
    with suppress(ValueError):
        wanted = _line_id(case, UUID(which))
        line = next((one for one in lines if one.id == wanted and not one.value), None)
        if line is not None:
            return Label(f"已登记：{line.name}，还有 {left} 份", f"Recorded: {line.name}, {left} left")
    return ""
