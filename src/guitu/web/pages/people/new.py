"""Adds a person: opens a file with who they are and who answers for them, unless there is one already."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu import access
from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import gate, names, read
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed, SameIdentity
from guitu.store.read import desk
from guitu.store.units import tree
from guitu.web import clock, faults
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.noted import noted, noted_list, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import sight_of
from guitu.web.pages.people.build import elsewhere
from guitu.web.pages.people.page import NewPerson
from guitu.web.pages.people.view import has_digits, identity_reader, new_href
from guitu.web.pages.record import form
from guitu.web.who import Who, who

IDS: Final = ("id", "file", "place")
"""Made when the form is opened: the person entry's id, the file's, and the id of who answers for it. Sent
again, the same ids are the same person."""
CERTAIN: Final = "certain"

ADD: Final = Button(
    Label("新建档案", "Open a file"), look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}
)
ANOTHER: Final = replace(
    ADD, label=Label("不是同一人，新建档案", "Somebody else: open a file"), name=CERTAIN, value="1"
)


@dataclass(frozen=True, slots=True)
class Ids:
    """The three ids of one form."""

    entry: UUID
    file: UUID
    place: UUID

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """As they travel with the form."""
        return tuple(zip(IDS, map(str, (self.entry, self.file, self.place)), strict=True))


@shows("people")
def new(request: HttpRequest) -> HttpResponse:
    """The form; and saving it."""
    reader = who(request)
    assert reader is not None
    if not new_href(reader):
        kind = kinds()["person"]
        target = access.Target(recorded_by=kind.recorded_by, what=kind.label)
        return faults.not_allowed(request, access.decide(reader.actor, "record", target).reason)
    now = clock.now()
    today = store_clock.office_day(now)
    if request.method != "POST":
        name = request.GET.get("name", "")[:100]
        if has_digits(name):  # a number may not stand in an address
            return HttpResponseRedirect(request.path)
        typed = {form.DAY: today.isoformat(), "name": name}
        first = form.read(kinds()["person"], typed, today)
        shown = form.Answers(first.typed, first.happened_on, first.fields)
        return show(request, _page(reader, today, shown, _fresh_ids(now)))
    ids = _sent_ids(request.POST)
    answers = checked(request.POST, today)
    notices: tuple[Notice, ...] = ()
    if not answers.faults:
        answers, notices = _known_already(request, reader, answers, ids)
    if not answers.faults and not notices and CERTAIN not in request.POST:
        notices = _alike(request, reader, answers, ids)
    if answers.faults or notices:
        page = _page(reader, today, answers, ids, notices)
        return show(request, page, status=422 if answers.faults else 200)
    return _save(request, reader, answers, ids, now)


def _save(request: HttpRequest, reader: Who, answers: form.Answers, ids: Ids, now: datetime) -> HttpResponse:
    today = store_clock.office_day(now)
    assert reader.post is not None
    assert answers.happened_on is not None
    common = {
        "file": ids.file,
        "happened_on": answers.happened_on,
        "recorded_at": now,
        "author": reader.username,
        "unit": reader.post.unit,
    }
    worker = reader.name if reader.post.role == "village_worker" else None
    entries = [
        Entry(id=ids.entry, kind="person", fields=answers.fields, **common),  # type: ignore[arg-type]
        Entry(
            id=ids.place,
            kind="responsible_unit",
            fields={"unit": reader.post.unit, "worker": worker},
            **common,  # type: ignore[arg-type]
        ),
    ]
    try:
        gate.record_many(entries, actor=reader.actor, now=now)
    except SameIdentity:  # somebody was quicker
        answers, notices = _known_already(request, reader, answers, ids)
        return show(request, _page(reader, today, answers, ids, notices), status=422)
    except NotAccepted as refused:
        box = refused.faults[0].field if refused.faults else ""
        page = _page(reader, today, answers.with_fault(box, refused.label), ids)
        return show(request, page, status=422)
    except NotAllowed as refused:
        return faults.not_allowed(request, refused.decision.reason)
    except DifferentContent as taken:
        raise BadRequest("the ids are taken") from taken
    except StoreUnavailable as unavailable:
        kept = Label(
            f"{unavailable.label.zh} 已填内容还在，请再按一次。",
            f"{unavailable.label.en} What you typed is kept: press again.",
        )
        return show(request, _page(reader, today, answers.with_fault("", kept), ids), status=503)
    view = read.file_view(ids.file)
    assert view is not None
    noted_write(request, view.no, ids.entry, "person", view.area)
    return HttpResponseRedirect(addresses.file(view.case_no, (("saved", str(ids.entry)),)))


def _fresh_ids(now: datetime) -> Ids:
    at = store_clock.milliseconds(now)
    return Ids(*(uuid7(at, os.urandom(10)) for _ in IDS))


def _sent_ids(data: Mapping[str, str]) -> Ids:
    try:
        found = [UUID(data.get(name, "")) for name in IDS]
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    if any(one.version != 7 for one in found):
        raise BadRequest("an id is not a UUIDv7")
    return Ids(*found)


def checked(data: Mapping[str, str], today: date) -> form.Answers:
    """The answers, held against the identity number: what it says is not asked twice, nor contradicted."""
    kind = kinds()["person"]
    answers = form.read(kind, data, today)
    number = identity_reader()(answers.fields.get("id_number"))
    if not hasattr(number, "birth"):
        return answers
    fields = dict(answers.fields)
    if fields.get("birth") is None and "birth" not in answers.faults:
        fields["birth"] = number.birth
        answers = replace(answers, fields=fields, typed={**answers.typed, "birth": number.birth.isoformat()})
    elif fields.get("birth") not in (None, number.birth):
        sentence = Label(
            f"出生日期与身份号码中的 {number.birth} 不一致，请核对证件。",
            f"The birth date is not that of the identity number, {number.birth}: check the card.",
        )
        answers = answers.with_fault("birth", sentence)
    if fields.get("sex") not in (None, number.sex):
        sentence = Label(
            "性别与身份号码不一致，请核对证件。",
            "The sex is not that of the identity number: check the card.",
        )
        answers = answers.with_fault("sex", sentence)
    return answers


def _known_already(
    request: HttpRequest, reader: Who, answers: form.Answers, ids: Ids
) -> tuple[form.Answers, tuple[Notice, ...]]:
    """A fault at the number if it has a file; the way there only if this reader may open it."""
    number = str(answers.fields.get("id_number") or "")
    found = desk.holder_of_number(number) if number else None
    if found is None or found.file == ids.file:
        return answers, ()
    view = read.opened(found.case_no)
    decision = sight_of(view, reader).decision if view is not None else None
    if decision is None or not decision.allowed:
        sentence = Label(
            "这个身份号码已有档案，由其他单位负责。",
            "This identity number has a file; another unit holds it.",
        )
        return answers.with_fault("id_number", sentence), (elsewhere(),)
    noted(request, "hit", (found.no,), ("identity",), decision, detail="people-new", area=found.area)
    sentence = Label(
        f"这个身份号码已有档案：{found.case_no}。",
        f"This identity number already has a file: {found.case_no}.",
    )
    notice = Notice(
        "gap",
        sentence,
        Label("请在那份档案里登记。", "Record it there."),
        (Button(Label("打开档案", "Open the file"), href=addresses.file(found.case_no), look="small"),),
    )
    return answers.with_fault("id_number", sentence), (notice,)


def alike(request: HttpRequest, reader: Who, answers: form.Answers, file: UUID) -> list[read.PersonLine]:
    """Files here of the same name, unless the birth year says that it is somebody else; noted as found."""
    assert reader.post is not None
    name = str(answers.fields.get("name") or "")
    birth = answers.fields.get("birth")
    found = [
        line
        for line in read.search(reader.post.unit, name).rows
        if names.normalised(line.name) == names.normalised(name)
        and line.file != file
        and (not isinstance(birth, date) or line.birth_year in (None, birth.year))
    ]
    if found:
        noted_list(request, "hit", found[:5], tree().find(reader.post.unit), "people-new")
    return found


def _alike(request: HttpRequest, reader: Who, answers: form.Answers, ids: Ids) -> tuple[Notice, ...]:
    """The notice of files here of the same name, if there are any."""
    found = alike(request, reader, answers, ids.file)
    if not found:
        return ()
    return (
        Notice(
            "gap",
            Label(
                f"可能重复：已有 {len(found)} 份同名档案", f"Possible duplicate: {len(found)} of that name"
            ),
            Label("请先核对是不是同一人。", "Check first whether it is the same person."),
            tuple(
                Button(
                    Label(f"{_about(line)}", f"{_about(line)}"),
                    href=addresses.file(line.case_no),
                    look="small",
                )
                for line in found[:5]
            ),
        ),
    )


def _about(line: read.PersonLine) -> str:
    parts = (
        line.name,
        str(line.birth_year or ""),
        f"…{line.id_tail}" if line.id_tail else "",
        line.unit_name,
    )
    return " ".join(p for p in parts if p)


def _page(
    reader: Who, today: date, answers: form.Answers, ids: Ids, notices: tuple[Notice, ...] = ()
) -> NewPerson:
    assert reader.post is not None
    kind = kinds()["person"]
    asked = form.fields_of(kind, answers, focus="name")
    return NewPerson(
        office=tree().find(reader.post.unit).name,
        day=today,
        fields=(*asked[1:], asked[0]),
        hidden=ids.hidden,
        save=ANOTHER if notices and not answers.faults else ADD,
        summary=form.summary(kind, answers),
        notices=notices,
    )
