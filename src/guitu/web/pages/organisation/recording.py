"""Recording what these pages show: a group, its members, duties, listings, model places, changes."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels import organisation as rules
from guitu.store.levels import organisation as store
from guitu.store.levels.organisation import Programme
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Fact
from guitu.web.inside.unit_form import UnitForm
from guitu.web.page import shows
from guitu.web.pages.dispatch.words import area_of
from guitu.web.pages.organisation import places, words
from guitu.web.pages.organisation.words import address
from guitu.web.pages.record.form import Answers

PART_OF: Final = {
    "leading_group": "", "group_member": "", "staff_duty": "staff", "staff_qualification": "staff",
    "watch_status": "watch", "model_programme": "models", "model_applied": "models",
    "model_judged": "models", "unit_change": "changes",
}  # fmt: skip
"""The kinds of these pages, and the page on which each is shown."""


@shows("organisation")
def record(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind; and saving it."""
    area = area_of(request)
    if kind not in PART_OF or not area.may(kind):
        raise Http404(kind)
    if kind in ("model_applied", "model_judged"):
        return _model(area, kind)
    part = PART_OF[kind]
    action = address(f"record/{kind}", area.code)
    known: dict[str, str] = {}
    facts: tuple[Fact, ...] = ()
    if kind == "group_member":
        group = next((g for g in store.groups(area.unit, area.today) if g.id == area.asked("to")), None)
        if group is None:
            raise Http404(kind)
        known, action = {"to": group.id}, address(f"record/{kind}", area.code, to=group.id)
        facts = (Fact(Label("领导小组", "Leading group"), words.said(group.entry, "name")),)
    return UnitForm(
        kind, area.unit, action, address(part, area.code),
        known=known,
        check=_in_order,
        facts=facts,
        crumbs=_crumbs(area, part),
    ).answer(area)  # fmt: skip


def _crumbs(area: Area, part: str) -> Crumbs:
    return words.crumbs(area, part, dict(words.PARTS)[part])


def _in_order(answers: Answers) -> Answers:
    until, on = answers.fields.get("until"), answers.happened_on
    if isinstance(until, date) and on is not None and until < on:
        return answers.with_fault("until", Label("止日早于起始日期", "It ends before it begins"))
    return answers


def _programme(area: Area) -> Programme:
    """The programme that the address names, as seen from the area."""
    found = next(
        (
            p
            for p in store.programmes(area.unit)
            if p.by.code == area.asked("by") and p.id == area.asked("programme")
        ),
        None,
    )
    if found is None:
        raise Http404("programme")
    return found


def _model(area: Area, kind: str) -> HttpResponse:
    programme = _programme(area)
    asked = {"programme": programme.id, "by": programme.by.code}
    known: dict[str, str] = {"programme": programme.id}
    facts = [Fact(Label("示范创建", "Programme"), words.said(programme.entry, "name"))]
    if kind == "model_judged":
        site = next(
            (s for s in programme.sites if s.at == area.unit.code and _names(s, area.asked("place"))), None
        )
        if site is None or not places.judges(area, programme, site):
            raise Http404(kind)
        asked["place"] = str(site.steps[0].id)
        known["place"] = site.name
        facts.append(Fact(Label("社区、学校", "The community or school"), site.name))
        facts += [Fact(str(n), line) for n, line in enumerate(programme.criteria, 1)]
    elif not rules.stands(programme.entry, area.today):
        raise Http404(kind)
    most = len(programme.criteria)

    def within(answers: Answers) -> Answers:
        met = answers.fields.get("met")
        if isinstance(met, int) and met > most:
            return answers.with_fault("met", Label(f"标准共 {most} 条", f"There are {most} criteria"))
        return answers

    return UnitForm(
        kind, area.unit, address(f"record/{kind}", area.unit.code, **asked), places.at(area, programme),
        title=Label(f"登记：{kinds()[kind].label.zh}", f"Record: {kinds()[kind].label.en}"),
        known=known,
        check=within,
        facts=tuple(facts),
        crumbs=_crumbs(area, "models"),
    ).answer(area)  # fmt: skip


def _names(site: rules.Site, text: str) -> bool:
    """Whether the address means this place: by the id of its first entry, so that no name stands in it."""
    try:
        return site.steps[0].id == UUID(text)
    except ValueError:
        return False
