"""The form of one kind of a unit's own file, on the page it belongs to: asked, read, recorded through the
gate.

What a page knows already it gives in `known` (a meeting, a list, the place) and it is not asked; what can
only be one of a few it gives as `options`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Kind, Value
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import excerpts, unitfiles
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Fact, Form
from guitu.web.inside.written import write
from guitu.web.page import show
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers

SAVE: Final = Label("保存", "Save")
CANCEL: Final = Label("取消", "Cancel")


def _as_typed(answers: Answers) -> Answers:
    return answers


@dataclass(frozen=True, slots=True)
class UnitForm:
    """What is asked for the file of `unit`. `action` is where the form goes, `back` where it leads when it is
    saved or left. `typed` is what stands in its boxes at first. `check` finds what no single answer shows to
    be wrong. `corrects` is the entry whose place the new one takes, with a reason."""

    kind: str
    unit: Unit
    action: str
    back: str
    title: Text = ""
    lead: Text = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Value] = field(default_factory=dict)
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    check: Callable[[Answers], Answers] = _as_typed
    corrects: Entry | None = None
    crumbs: Crumbs | None = None
    facts: tuple[Fact, ...] = ()
    save: Text = SAVE

    def answer(self, area: Area) -> HttpResponse:
        """The form, or what came of sending it. Not there (404) for whoever does not record the kind in that
        file."""
        kind = kinds()[self.kind]
        if not area.may(self.kind, self.unit):
            raise Http404(self.kind)
        if area.request.method != "POST":
            return show(area.request, self._page(kind, self._first(area), str(area.new_id())))
        identifier = area.identifier()
        answers = self._read(kind, area)
        if self._written(identifier):  # sent twice
            return self._back()
        if not answers.faults:
            answers = self._save(area, kind, answers)
        if not answers.faults:
            return self._back()
        return show(area.request, self._page(kind, answers, str(identifier)), status=422)

    def _back(self) -> HttpResponse:
        path, hash_, part = self.back.partition("#")
        joint = "&" if "?" in path else "?"
        return HttpResponseRedirect(f"{path}{joint}saved={self.kind}{hash_}{part}")

    def _written(self, identifier: UUID) -> bool:
        there = excerpts.of_file(unitfiles.file_of(self.unit.code), {self.kind})
        return there is not None and any(e.id == identifier for e in there.case_file.entries)

    def _first(self, area: Area) -> Answers:
        if self.corrects is not None:
            was = form.typed_of(self.corrects)
            return replace(was, typed={**was.typed, form.REASON: ""}, reason="")
        asked = {a.name: area.request.GET.get(a.name, "") for a in kinds()[self.kind].fields}
        given = {name: text for name, text in asked.items() if text and name not in self.known}
        return Answers({form.DAY: area.today.isoformat(), **self.typed, **given}, area.today)

    def _read(self, kind: Kind, area: Area) -> Answers:
        said = {name: str(value) for name, value in self.known.items() if value is not None}
        sent = {**area.request.POST.dict(), **said}
        answers = form.read(
            kind, sent, area.today, near=area.unit, corrects=self.corrects is not None
        )  # fmt: skip
        for name, some in self.options.items():
            value = answers.fields.get(name)
            if value and str(value) not in {one.value for one in some}:
                answers = answers.with_fault(name, Label("请从给出的选项里选", "Choose one of those given"))
        return self.check(answers)

    def _save(self, area: Area, kind: Kind, answers: Answers) -> Answers:
        assert answers.happened_on is not None
        fields = {name: value for name, value in answers.fields.items() if value not in (None, "")}
        entry = unitfiles.new_entry(
            self.unit.code,
            kind.name,
            answers.happened_on,
            fields,
            now=area.now,
            author=area.actor.name,
            office=area.home.code,
            identifier=area.identifier(),
            corrects=self.corrects.id if self.corrects is not None else None,
            reason=answers.reason,
            source=area.source,
        )
        came = write(entry, answers, actor=area.actor, now=area.now)
        return came.answers if came.refused is None else came.answers.with_fault("", came.refused)

    def _page(self, kind: Kind, answers: Answers, identifier: str) -> Form:
        asked = form.fields_of(kind, answers, corrects=self.corrects is not None)
        fields = tuple(
            self._field(one)
            for one in asked
            if one.name not in self.known and (one.kind != "hidden" or one.name in self.options)
        )
        title = self.title or Label(f"登记：{kind.label.zh}", f"Record: {kind.label.en}")
        return Form(
            title,
            self.lead or self.unit.name,
            self.action,
            fields,
            (("id", identifier), ("unit", self.unit.code)),
            Button(self.save, look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}),
            Button(CANCEL, href=self.back, look="link"),
            crumbs=self.crumbs,
            summary=form.summary(kind, answers),
            notices=(Notice("info", kind.help),) if kind.help else (),
            facts=self.facts,
        )

    def _field(self, one: Field) -> Field:
        if one.name not in self.options:
            return one
        some = self.options[one.name]
        return replace(one, kind="choice", options=some, optional=False, options_url="", shown="")
