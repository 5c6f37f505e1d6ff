"""Collects a unit's own file, and hands what is recorded in it to the one gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.file import VOID
from guitu.casefile.kind import REASONS, WORK
from guitu.compose import kinds
from guitu.home import sequence
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import unitfiles
from guitu.store.levels.reorganising import former
from guitu.store.staff import staff_names
from guitu.store.unitfiles import UnitFile
from guitu.store.units import LEVEL_LABELS, Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES
from guitu.web.fresh import id_of_form
from guitu.web.inside.written import CONFLICT, write
from guitu.web.page import show, shows
from guitu.web.pages.casefile.timeline import Reading, timeline
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers
from guitu.web.pages.record.page import KindLink
from guitu.web.pages.today.choices import whole
from guitu.web.pages.unitfile.page import NOTHING, UnitFilePage, UnitRecordPage, UnitRefusedPage
from guitu.web.pages.units import build as units_build
from guitu.web.who import Who, who

ID: Final = "id"


class Asked:
    """One request: who asks, about which unit's file. A file the reader may not read is not there (404)."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        unit = tree().get(code)
        if unit is None or not unitfiles.may_read(reader.actor, unit).allowed:
            raise Http404(code)
        self.request = request
        self.reader: Who = reader
        self.actor = reader.actor
        self.unit: Unit = unit
        self.file: UnitFile = unitfiles.unit_file(unit)
        self.now = clock.now()
        self.today = store_clock.office_day(self.now)

    @property
    def path(self) -> str:
        """Where the file is."""
        return f"/units/{self.unit.code}/file/"

    @property
    def office(self) -> str:
        """The unit in whose name the reader writes: the post's that lies nearest to the file's."""
        mine = [post.unit for post in self.actor.posts if post.unit in self.unit.path]
        return max(mine, key=self.unit.path.index)

    def crumbs(self, *more: Crumb) -> Crumbs:
        """The way down to the file."""
        sees = units_build.Reader.of(self.reader)
        way = tree().ancestors(self.unit)
        steps = [
            Crumb(u.name, units_build.address(u.code) if u.depth >= sees.home.depth else "") for u in way
        ]
        own = Crumb(Label("单位档案", "File"), self.path if more else "")
        return Crumbs((*steps, own, *more))

    def identifier(self) -> UUID:
        """The id the form was given when it was first opened; a new one on opening."""
        return id_of_form(self.request, self.now)

    def standing(self, identifier: UUID) -> Entry:
        """The entry of that id, if it counts now."""
        entry = self.file.entry(identifier)
        if entry is None or unitfiles.altered_elsewhere(entry):
            raise Http404(str(identifier))
        return entry

    def counts(self, entry: Entry) -> bool:
        """Whether the entry counts now."""
        return self.file.view is not None and entry.id not in self.file.view.case_file.status()


@shows("unit_file")
def unit_file(request: HttpRequest, code: str) -> HttpResponse:
    """The file of one unit."""
    asked = Asked(request, code)
    mine = unitfiles.recordable(asked.actor, asked.unit)
    view = asked.file.view
    entries = asked.file.entries
    reading = Reading(
        kinds(), tree(), staff_names(frozenset(e.author for e in entries)),
        frozenset(kind.name for kind in mine), f"{asked.path}correct/{{id}}/",
        former=former(filter(None, map(tree().get, {e.unit for e in entries} | {asked.unit.code}))),
    )  # fmt: skip
    size = whole(request.GET.get("size"), 0)
    shown, _ = timeline(
        view.case_file if view else _nothing(asked),
        reading,
        asked.path,
        kind=request.GET.get("kind", ""),
        page=whole(request.GET.get("page"), 1),
        size=size if size in SIZES else SIZES[0],
        empty=NOTHING,
    )
    saved = _saved_notice(asked, request.GET.get("saved", ""))
    page = UnitFilePage(
        code=asked.unit.code,
        name=asked.unit.name,
        level=LEVEL_LABELS.get(asked.unit.level, asked.unit.level),
        crumbs=asked.crumbs(),
        kinds=tuple(KindLink(k.label, f"{asked.path}record/{k.name}/", k.help or "") for k in mine),
        timeline=shown,
        notices=(saved,) if saved else (),
    )
    return show(request, page)


@shows("unit_record")
def record(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The form of one kind; and saving it."""
    asked = Asked(request, code)
    known = kinds().get(kind)
    if known is None or known.compartment != WORK or known.own_page or known.name in unitfiles.ELSEWHERE:
        raise Http404(kind)
    if known.act:
        raise Http404(kind)
    first = Answers({form.DAY: asked.today.isoformat()}, asked.today)
    return _answer(asked, known, None, first)


@shows("unit_record")
def correct(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """The same form with what was recorded; saving adds an entry that takes its place."""
    asked = Asked(request, code)
    target = asked.standing(entry)
    return _answer(asked, kinds()[target.kind], target, form.typed_of(target))


@shows("unit_record")
def withdraw(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """Withdrawing an entry: it stays readable and no longer counts."""
    asked = Asked(request, code)
    target = asked.standing(entry)
    first = Answers({form.DAY: asked.today.isoformat()}, asked.today)
    return _answer(asked, kinds()[VOID], target, first)


def _nothing(asked: Asked) -> CaseFile:
    return CaseFile(asked.file.id)


def _answer(asked: Asked, kind: Kind, target: Entry | None, first: Answers) -> HttpResponse:
    """The form, or what came of saving."""
    for one in (kind, *((kinds()[target.kind],) if target else ())):
        decision = unitfiles.may_record(asked.actor, one, asked.unit)
        if not decision.allowed:
            return _refused(asked, decision.reason, status=403)
    identifier = asked.identifier()
    repeated = asked.file.entry(identifier) is not None
    if target is not None and not repeated and not asked.counts(target):
        gone = Label(
            "这条记录已经更正或者作废，没有写入任何记录。",
            "This entry was corrected or withdrawn already; nothing was written.",
        )
        return _refused(asked, gone, status=409)
    if asked.request.method != "POST":
        return _form(asked, kind, target, first, identifier)
    corrects = target is not None and kind.name != VOID
    answers = form.read(kind, _data(asked), asked.today, corrects=corrects)
    if answers.faults:
        return _form(asked, kind, target, answers, identifier)
    assert answers.happened_on is not None
    entry = unitfiles.new_entry(
        asked.unit.code,
        kind.name,
        answers.happened_on,
        answers.fields,
        now=asked.now,
        author=asked.actor.name,
        office=asked.office,
        identifier=identifier,
        corrects=target.id if target else None,
        reason=answers.reason,
    )
    if wrong := sequence.faults(entry, kind):
        for fault in wrong:
            answers = answers.with_fault(fault.field, fault.label)
        return _form(asked, kind, target, answers, identifier)
    came = write(entry, answers, actor=asked.actor, now=asked.now)
    refused = came.answers.faults[""] if came.status == CONFLICT else came.refused
    if refused is not None:
        return _refused(asked, refused, status=came.status)
    if came.status:
        return _form(asked, kind, target, came.answers, identifier, status=came.status)
    return HttpResponseRedirect(f"{asked.path}?saved={entry.id}")


def _data(asked: Asked) -> Mapping[str, str]:
    return asked.request.POST


def _form(
    asked: Asked, kind: Kind, target: Entry | None, answers: Answers, identifier: UUID, *, status: int = 0
) -> HttpResponse:
    act = Label(f"登记：{kind.label.zh}", f"Record: {kind.label.en}")
    way, more = f"record/{kind.name}/", ()
    if target is not None:
        what = kinds()[target.kind].label
        day = target.happened_on
        if kind.name == VOID:
            act = Label(f"作废：{day} {what.zh}", f"Withdraw: {what.en} of {day}")
            way = f"withdraw/{target.id}/"
        else:
            act = Label(f"更正：{day} {what.zh}", f"Correct: {what.en} of {day}")
            way = f"correct/{target.id}/"
            if unitfiles.may_record(asked.actor, kinds()[VOID], asked.unit).allowed:
                gone = Button(Label("改为作废", "Withdraw instead"),
                              href=f"{asked.path}withdraw/{target.id}/", look="link")  # fmt: skip
                more = (gone,)
    corrects = target is not None and kind.name != VOID
    page = UnitRecordPage(
        code=asked.unit.code,
        name=asked.unit.name,
        crumbs=asked.crumbs(Crumb(act)),
        act=act,
        action=asked.path + way,
        fields=_fields(kind, target, answers, corrects=corrects),
        hidden=((ID, str(identifier)),),
        save=Button(
            Label("保存", "Save"), look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}
        ),
        back=Button(Label("取消", "Cancel"), href=asked.path, look="link"),
        more=more,
        help=kind.help or "",
        cites=tuple(c.label for c in kind.citations),
        summary=form.summary(kind, answers),
    )
    return show(asked.request, page, status=status or (422 if answers.faults else 200))


def _fields(kind: Kind, target: Entry | None, answers: Answers, *, corrects: bool) -> tuple[Field, ...]:
    """The questions; beside an entry without names the reason is chosen, never written."""
    asked = form.fields_of(kind, answers, corrects=corrects)
    if target is None or not kinds()[target.kind].nameless:
        return asked
    box = form.REASON if corrects else "reason"
    options = tuple(Option(reason.zh, reason) for reason in REASONS)
    return tuple(replace(f, kind="choice", options=options, hint="") if f.name == box else f for f in asked)


def _refused(asked: Asked, reason: Label, *, status: int) -> HttpResponse:
    page = UnitRefusedPage(
        asked.unit.name,
        Label("没有登记", "Nothing was recorded"),
        reason,
        Button(Label("回到单位档案", "Back to the unit's file"), href=asked.path, look="primary"),
    )
    return show(asked.request, page, status=status)


def _saved_notice(asked: Asked, saved: str) -> Notice | None:
    """The receipt of what was just saved; None for an id that is not in this file."""
    try:
        identifier = UUID(saved)
    except ValueError:
        return None
    entry, view = asked.file.entry(identifier), asked.file.view
    receipt = view.receipts.get(identifier) if view else None
    if entry is None or receipt is None:
        return None
    at = receipt.stored_at.astimezone(CHINA)
    label = kinds()[entry.kind].label
    text = Label(
        f"已保存：{label.zh} · {at:%Y-%m-%d %H:%M} · 回执 {receipt.short}",
        f"Saved: {label.en} · {at:%Y-%m-%d %H:%M} · receipt {receipt.short}",
    )
    again = ()
    if entry.kind != VOID:
        href = f"{asked.path}record/{entry.kind}/"
        again = (Button(Label("再登一条", "Record another"), href=href, look="small"),)
    return Notice("fresh", text, "", again)
