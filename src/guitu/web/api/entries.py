"""Recording, correcting and withdrawing: read with the form's own eyes, and handed to the one gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Status

from guitu.access import Target, decide
from guitu.casefile import Entry, Kind
from guitu.casefile.file import VOID
from guitu.casefile.kind import WORK
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import gate, proposals, read, unitfiles
from guitu.store.acts.record import payload_of
from guitu.store.gate import SameIdentity
from guitu.store.read import desk
from guitu.store.unitfiles import altered_elsewhere
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api import own_pages, person_pages
from guitu.web.api.calling import Bearer, reader_of, told_faults
from guitu.web.api.routes import router
from guitu.web.api.schemas import KindOut, Recorded, Recording, kind_told, receipt_told
from guitu.web.api.words import FAULTS, CaseNo, Code, Day, Id, Sent, Text, Word, the_day
from guitu.web.fresh import fresh_id
from guitu.web.noted import noted, noted_write
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable, sight_of
from guitu.web.pages.record import form
from guitu.web.pages.record.drafts import Draft, impossible
from guitu.web.who import Who

TAG: Final = "record"

SOURCE: Final = "api:"
"""What the source of an entry begins with that came through the API; the token's number follows."""

NO_KIND: Final = Label("没有“{kind}”这种记录。", "There is no kind “{kind}”.")
OTHER_VERSION: Final = Label(
    "“{kind}”现在是第 {n} 版；请按新版填写。", "“{kind}” is at version {n} now: send its answers by that."
)
ELSEWHERE: Final = Label(
    "“{kind}”在它自己的页面上登记，接口不登记：{why}",
    "“{kind}” is recorded on a page of its own, not through the API: {why}",
)
NO_TARGET: Final = Label("要更正或作废的记录不在这份档案里。", "There is no such entry here to correct.")
GONE: Final = Label("这条记录已经更正或者作废。", "This entry was corrected or withdrawn already.")
WHOSE: Final = Label("要作废哪一条，请写明 corrects。", "Say in `corrects` which entry is withdrawn.")


class NewPerson(Sent):
    """A person: who they are. The file is the post's unit's."""

    id: Id | None = None
    happened_on: Day | None = None
    fields: dict[str, Text | int | None]
    certain: bool = False
    """That somebody of the same name here is another person."""


@router.get(
    "/kinds", response={200: list[KindOut], **FAULTS}, auth=Bearer(), url_name="api_kinds",
    operation_id="listKinds", tags=[TAG],
    summary="各种记录及其填法 / Every kind of entry, with the schema of its answers",
)  # fmt: skip
def every(request: HttpRequest) -> list[dict[str, Any]]:
    """What can stand in files, by name."""
    mine = _mine(reader_of(request))
    return [kind_told(kind, recordable=kind.name in mine) for _, kind in sorted(kinds().items())]


@router.get(
    "/kinds/{kind}", response={200: KindOut, **FAULTS}, auth=Bearer(), url_name="api_kind",
    operation_id="readKind", tags=[TAG],
    summary="一种记录的填法 / One kind of entry",
)  # fmt: skip
def one(request: HttpRequest, kind: Path[Word]) -> dict[str, Any]:
    """What an entry of this kind answers."""
    found = kinds().get(kind)
    if found is None:
        raise Refused(404, "not_there", NO_KIND.fill(kind=kind))
    return kind_told(found, recordable=kind in _mine(reader_of(request)))


def _mine(reader: Who) -> frozenset[str]:
    """The kinds that this post records somewhere in its own area."""
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    about_units = frozenset(kind.name for kind in unitfiles.recordable(reader.actor, unit))
    about_units |= own_pages.recordable(reader, unit)
    target = Target(unit.path)
    return recordable(reader.actor, target) | person_pages.recordable(reader.actor, target) | about_units


@router.post(
    "/people", response={201: Recorded, **FAULTS}, auth=Bearer("record"), url_name="api_people",
    operation_id="addPerson", tags=[TAG],
    summary="建档 / Open a file",
)  # fmt: skip
def add(request: HttpRequest, sent: NewPerson) -> Status[dict[str, Any]]:
    """Open a file for somebody new, for whom the post's unit answers. The same `id` again opens no second."""
    reader, now = reader_of(request), clock.now()
    assert reader.post is not None
    today = store_clock.office_day(now)
    kind = kinds()["person"]
    if not decide(reader.actor, "record", Target(recorded_by=kind.recorded_by, what=kind.label)).allowed:
        raise Refused(403, "not_allowed", Label("岗位不建档。", "The post opens no files."))
    typed = _typed(kind, sent.fields, the_day(sent.happened_on, today))
    answers = _person_checked(typed, today)
    _see(answers)
    identifier = _identifier(sent.id, now)
    file = UUID(int=identifier.int ^ 1)  # follows from the id, so that the same call again is the same file
    _not_known(request, reader, str(answers.fields.get("id_number") or ""), file)
    if not sent.certain:
        _not_alike(request, reader, answers, file)
    assert answers.happened_on is not None
    worker = reader.name if reader.post.role == "village_worker" else None
    common: dict[str, Any] = {
        "file": file, "happened_on": answers.happened_on, "recorded_at": now, "author": reader.username,
        "unit": reader.post.unit, "source": _source(request),
    }  # fmt: skip
    entries = [
        Entry(id=identifier, kind="person", fields=answers.fields, version=kind.version, **common),
        Entry(
            id=UUID(int=identifier.int ^ 2), kind="responsible_unit",
            version=kinds()["responsible_unit"].version,
            fields={"unit": reader.post.unit, "worker": worker}, **common,
        ),
    ]  # fmt: skip
    try:
        outcome = gate.record_many(entries, actor=reader.actor, now=now, keep_receipts=True)
    except SameIdentity as taken:  # somebody was quicker
        raise Refused(409, "same_identity", taken.label) from None
    view = read.file_view(file)
    assert view is not None
    receipt = next(r for r in outcome.receipts if r.id == identifier)
    if not receipt.repeated:
        noted_write(request, view.no, identifier, "person", view.area)
    return Status(201, _recorded(receipt, view.case_no))


def _person_checked(typed: dict[str, str], today: date) -> form.Answers:
    from guitu.web.pages.people.new import checked

    return checked(typed, today)


def _not_known(request: HttpRequest, reader: Who, number: str, file: UUID) -> None:
    """Refuse a number that has a file: with its case number only to whoever may open it."""
    found = desk.holder_of_number(number) if number else None
    if found is None or found.file == file:
        return
    view = read.opened(found.case_no)
    decision = sight_of(view, reader).decision if view is not None else None
    if decision is None or not decision.allowed:
        raise Refused(
            409,
            "same_identity",
            Label(
                "这个身份号码已有档案，由其他单位负责。",
                "This identity number has a file; another unit holds it.",
            ),
        )
    noted(request, "hit", (found.no,), ("identity",), decision, detail="api people-new", area=found.area)
    raise Refused(
        409,
        "same_identity",
        Label(
            f"这个身份号码已有档案：{found.case_no}。",
            f"This identity number already has a file: {found.case_no}.",
        ),
    )


def _not_alike(request: HttpRequest, reader: Who, answers: form.Answers, file: UUID) -> None:
    """Refuse somebody of the same name once, until the caller is certain."""
    from guitu.web.pages.people.new import alike

    if found := alike(request, reader, answers, file):
        raise Refused(
            409,
            "alike",
            Label(
                f"可能重复：已有 {len(found)} 份同名档案；确为另一人，请写 certain: true。",
                f"Possible duplicate: {len(found)} of that name; if it is somebody else, send `certain`.",
            ),
        )


@router.post(
    "/files/{case}/entries", response={201: Recorded, 200: Recorded, 202: Recorded, **FAULTS},
    auth=Bearer("record"), url_name="api_entries", operation_id="record", tags=[TAG],
    summary="登记、更正、作废 / Record, correct, withdraw",
)  # fmt: skip
def record(request: HttpRequest, case: Path[CaseNo], sent: Recording) -> Status[dict[str, Any]]:
    """Record an entry in a person's file. What restricts or changes liberty is not recorded but proposed to
    a second officer, as on the page (202)."""
    reader, now = reader_of(request), clock.now()
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="api record")
    today = store_clock.office_day(now)
    kind = _kind(sent, "person")
    target = _target(opened.entry(UUID(sent.corrects)) if sent.corrects else None, sent, kind)
    if target is not None and not opened.shows(target):
        raise Refused(404, "not_there", NO_TARGET)
    for one in (kind, *((kinds()[target.kind],) if target else ())):
        decision = opened.may_record(reader.actor, one)
        if not decision.allowed:
            raise Refused(403, "not_allowed", Label(f"{decision.reason.zh}。", f"{decision.reason.en}."))
    if target is None and kind.name in person_pages.WAYS:
        return _on_its_page(request, reader, opened, kind, sent, today)
    answers = _answers(kind, sent, today, reader, target)
    draft = Draft(_identifier(sent.id, now), kind, target)
    entry = replace(draft.entry(answers, opened, reader.actor, now), source=_source(request))
    if opened.entry(entry.id) is None:
        if target is not None and target.id in opened.view.case_file.status():
            raise Refused(409, "gone", GONE)
        if (wrong := impossible(entry, kind, opened, now)) is not None:
            raise wrong
    else:
        entry = _as_it_stands(entry, opened)
    if gate.waits(entry):
        proposals.propose(
            "record", payload_of(entry), file=entry.file, actor=reader.actor,
            reason=answers.reason, now=now, id=entry.id,
        )  # fmt: skip
        return Status(202, {"state": "proposed", "id": entry.id, "case_no": opened.case_no})
    receipt = gate.record(entry, actor=reader.actor, now=now)
    if not receipt.repeated:
        noted_write(request, opened.view.no, entry.id, entry.kind, opened.view.area)
    return Status(200 if receipt.repeated else 201, _recorded(receipt, opened.case_no))


def _on_its_page(
    request: HttpRequest, reader: Who, opened: Opened, kind: Kind, sent: Recording, today: date
) -> Status[dict[str, Any]]:
    """Record a kind of a person's file that has a page of its own by that page's own checks."""
    typed = {name: "" if value is None else str(value) for name, value in sent.fields.items()}
    receipt, repeated = person_pages.fill_in(
        request, reader, opened, kind, typed, _identifier(sent.id, clock.now()),
        the_day(sent.happened_on, today), today, _source(request),
    )  # fmt: skip
    told = {**_recorded(receipt, opened.case_no), "repeated": repeated}
    return Status(200 if repeated else 201, told)


def _as_it_stands(entry: Entry, opened: Opened) -> Entry:
    """An entry that was sent before, by the source it came in with: another token may repeat it."""
    there = opened.entry(entry.id)
    return replace(entry, source=there.source) if there is not None else entry


@router.post(
    "/units/{code}/entries", response={201: Recorded, 200: Recorded, **FAULTS},
    auth=Bearer("unit_record"), url_name="api_unit_entries", operation_id="recordWork", tags=[TAG],
    summary="登记、更正、作废单位工作 / Record, correct, withdraw in a unit's own file",
)  # fmt: skip
def record_work(request: HttpRequest, code: Path[Code], sent: Recording) -> Status[dict[str, Any]]:
    """Record an entry in a unit's own file. Nobody's data stands there."""
    reader, now = reader_of(request), clock.now()
    unit = tree().get(code)
    if unit is None or not unitfiles.may_read(reader.actor, unit).allowed:
        raise Refused(404, "not_there", Label("没有这个单位。", "There is no such unit."))
    kind = _kind(sent, "unit")
    file = unitfiles.unit_file(unit)
    target = _target(file.entry(UUID(sent.corrects)) if sent.corrects else None, sent, kind)
    for one in (kind, *((kinds()[target.kind],) if target else ())):
        decision = unitfiles.may_record(reader.actor, one, unit)
        if not decision.allowed:
            raise Refused(403, "not_allowed", Label(f"{decision.reason.zh}。", f"{decision.reason.en}."))
    identifier = _identifier(sent.id, now)
    there = file.entry(identifier)
    if target is not None and there is None and file.view and target.id in file.view.case_file.status():
        raise Refused(409, "gone", GONE)
    if target is None and kind.name in own_pages.WAYS:
        return _through_its_page(request, reader, unit, kind, sent, identifier, there)
    answers = _answers(kind, sent, store_clock.office_day(now), reader, target)
    assert answers.happened_on is not None
    offices = [post.unit for post in reader.actor.posts if post.unit in unit.path]
    entry = unitfiles.new_entry(
        unit.code, kind.name, answers.happened_on, answers.fields, now=now, author=reader.actor.name,
        office=max(offices, key=unit.path.index) if offices else "", identifier=identifier,
        corrects=target.id if target else None, reason=answers.reason,
        source=there.source if there else _source(request),
    )  # fmt: skip
    receipt = unitfiles.record(entry, actor=reader.actor, now=now)
    return Status(200 if receipt.repeated else 201, _recorded(receipt, ""))


def _through_its_page(
    request: HttpRequest, reader: Who, unit: Unit, kind: Kind, sent: Recording, identifier: UUID,
    there: Entry | None,
) -> Status[dict[str, Any]]:  # fmt: skip
    """Record a kind that has a page of its own by that page's own checks."""
    if there is not None:
        if there.kind != kind.name:
            raise Refused(409, "other_content", own_pages.OTHER)
        view = unitfiles.unit_file(unit).view
        assert view is not None
        return Status(200, {**_recorded(view.receipts[identifier], ""), "repeated": True})
    known = own_pages.names_of(kind)
    unknown = {
        name[:60]: Label(f"“{kind.label.zh}”没有这一项", f"{kind.label.en} has no such field")
        for name in sent.fields.keys() - known
    }
    if unknown:
        raise Refused(422, "faults", next(iter(unknown.values())), faults=told_faults(unknown))
    typed = {name: "" if value is None else str(value) for name, value in sent.fields.items()}
    typed[form.DAY] = the_day(sent.happened_on, store_clock.office_day(clock.now())).isoformat()
    receipt = own_pages.fill_in(request, reader, unit, kind, typed, identifier, _source(request))
    return Status(200 if receipt.repeated else 201, _recorded(receipt, ""))


def _recorded(receipt: Receipt, case_no: str) -> dict[str, Any]:
    return {
        "state": "recorded",
        "id": receipt.id,
        "case_no": case_no,
        "repeated": receipt.repeated,
        "receipt": receipt_told(receipt),
    }


def _kind(sent: Recording, about: str) -> Kind:
    """The kind that is to be recorded. Raises Refused for one that is not recorded here."""
    kind = kinds().get(sent.kind)
    withdrawing = kind is not None and kind.name == VOID
    if kind is None or (kind.about != about and not withdrawing):
        raise Refused(422, "form_unknown", NO_KIND.fill(kind=sent.kind))
    elsewhere = person_pages.has_page(kind) and kind.name not in {*own_pages.WAYS, *person_pages.WAYS}
    if sent.corrects is not None and not kind.act and kind.name not in unitfiles.ELSEWHERE:
        elsewhere = False  # put right in the form of one kind, as on the file's page
    if elsewhere or (about == "unit" and kind.compartment != WORK and not withdrawing):
        why = person_pages.stays().get(kind.name, person_pages.NOT_YET)
        raise Refused(422, "own_page", ELSEWHERE.fill(kind=kind.label, why=why))
    if sent.version is not None and sent.version != kind.version:
        raise Refused(422, "form_unknown", OTHER_VERSION.fill(kind=kind.label, n=kind.version))
    if withdrawing and not sent.corrects:
        raise Refused(422, "required_missing", WHOSE)
    return kind


def _target(found: Entry | None, sent: Recording, kind: Kind) -> Entry | None:
    """The entry that is corrected or withdrawn. Raises Refused where it is none that may be."""
    if sent.corrects is None:
        return None
    if (
        found is None
        or found.kind == VOID
        or (kinds()[found.kind].about == "unit" and altered_elsewhere(found))
    ):
        raise Refused(404, "not_there", NO_TARGET)
    if kind.name != VOID and found.kind != kind.name:
        raise Refused(422, "contradiction", own_pages.OTHER)
    return found


def _answers(
    kind: Kind, sent: Recording, today: date, reader: Who, target: Entry | None = None
) -> form.Answers:
    """The answers, read as the form reads them. Of what a correction replaces (`target`) the answers that no
    form shows stay, unless they are sent. Raises Refused with every fault at its field."""
    corrects = sent.corrects is not None and kind.name != VOID
    kept = form.typed_of(target).typed if corrects and target is not None else {}
    unseen = {ask.name for ask in kind.fields if ask.internal or ask.name == kind.answers}
    typed = {name: kept[name] for name in unseen if name in kept}
    typed |= _typed(kind, sent.fields, the_day(sent.happened_on, today))
    typed[form.REASON] = sent.reason
    near = tree().get(reader.post.unit) if reader.post else None
    answers = form.read(kind, typed, today, near=near, corrects=corrects)
    for name in sent.fields.keys() - {ask.name for ask in kind.fields}:
        answers = answers.with_fault(
            name[:60], Label(f"“{kind.label.zh}”没有这一项", f"{kind.label.en} has no such field")
        )
    _see(answers)
    return answers


def _see(answers: form.Answers) -> None:
    """See that nothing is wrong with answers. Raises Refused."""
    if answers.faults:
        first = next(iter(answers.faults.values()))
        raise Refused(422, "faults", first, faults=told_faults(answers.faults))


def _typed(kind: Kind, fields: Any, day: date) -> dict[str, str]:
    """Answers as somebody would have typed them, so that they are read by the same eyes."""
    known = {ask.name for ask in kind.fields}
    typed = {name: "" if value is None else str(value) for name, value in fields.items() if name in known}
    return typed | {form.DAY: day.isoformat()}


def _identifier(text: str | None, now: Any) -> UUID:
    return UUID(text) if text else fresh_id(now)


def _source(request: HttpRequest) -> str:
    """Where an entry came from: which token, and when by the office's clock."""
    token = request.auth  # type: ignore[attr-defined]
    return f"{SOURCE}{token.id.hex[:8]} {clock.now().astimezone(CHINA).isoformat(timespec='minutes')}"
