"""The forms of outreach: what a plan, a request or a list already says stands in the boxes when they open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry, Kind
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.outreach.chains import Chains, over
from guitu.levels.outreach.diary import OF_DIARY
from guitu.store.levels.outreach import Told
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.notice.component import Notice
from guitu.web.inside import kind_form
from guitu.web.inside.kind_form import Way
from guitu.web.inside.shown import Fact
from guitu.web.page import shows
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk, options
from guitu.web.pages.record.form import Answers, shown_value

ABOUT: Final = {
    "talk_request_declined": "talk_request",
    "talk_cancelled": "talk_planned",
    "lecturer_training": "lecturer",
    "material_given": "outreach_material",
}
"""What an answer answers."""
HOW: Final = Label("写了人次，就要写是怎样数的", "say how it was counted, if you give an audience")
NO_DAY: Final = Label("宣讲安排在将来的某一天；讲过的请登记为活动",
                      "A plan is for a day to come; what was held is recorded as an event")  # fmt: skip


@shows("outreach_record")
def record(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The form of a kind; and what came of saving."""
    desk = Desk(request, code)
    known = kinds().get(kind)
    if known is None or kind not in words.AFTER:
        raise Http404(kind)
    unit = desk.unit
    told = desk.told(OF_DIARY | {"outreach_material"})
    target = kind_form.corrected(desk, unit, known)
    way = _way(desk, known, told)
    if target is not None and not kind_form.stands(desk, unit, target):
        return kind_form.refused(desk, known, kind_form.GONE, way, status=409)
    return kind_form.answer(desk, unit, known, way, target)


def _way(desk: Desk, kind: Kind, told: Told) -> Way:
    part = words.AFTER[kind.name]

    def after(entry: Entry) -> str:
        if kind.name == "outreach_event":
            return words.address(f"events/{desk.unit.code}/{entry.id}", saved=kind.name)
        return words.address(part, desk.code, saved=kind.name)

    crumbs = Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(kind.label)))
    way = Way(
        words.record(desk.unit.code, kind.name), words.address(part, desk.code), after,
        kind.help or words.NO_NAMES, crumbs,
    )  # fmt: skip
    chains = told.chains
    if kind.name == "talk_planned":
        return _of_plan(desk, way, chains)
    if kind.name == "outreach_event":
        return _of_event(desk, way, chains)
    if kind.name == "talk_request":
        return replace(way, choices={"target": options(_targets(desk, chains))})
    if name := ABOUT.get(kind.name):
        return _of_answer(desk, way, chains, kind, name)
    return way


def _of_plan(desk: Desk, way: Way, chains: Chains) -> Way:
    """A plan: its request and its school fill in what they know."""
    first = {"public": "no"}
    facts: list[Fact] = []
    asked = chains.standing(desk.asked("request"))
    goal = chains.standing(desk.asked("target") or (asked.get("target") if asked else None))
    if goal is not None and goal.kind == "outreach_target":
        first |= {"target": str(goal.id), "venue": str(goal.get("name"))}
        first |= _typed(goal, {"place": "place"})
    if asked is not None and asked.kind == "talk_request":
        first |= {"request": str(asked.id), "venue": str(asked.get("asked_by"))}
        first |= _typed(asked, {"place": "place", "topic": "topic", "wanted_on": "planned_on"})
        facts = _facts(asked)
    lecturers = [e for e in chains.of("lecturer") if not over(e, desk.today)]

    def check(answers: Answers) -> Answers:
        day = answers.fields.get("planned_on")
        if isinstance(day, date) and day < desk.today:
            return answers.with_fault("planned_on", NO_DAY)
        return answers

    return replace(
        way, first=first, facts=tuple(facts), check=check,
        choices={"lecturer": options(lecturers), "target": options(_targets(desk, chains))},
    )  # fmt: skip


def _of_event(desk: Desk, way: Way, chains: Chains) -> Way:
    """What was held: the plan fills in day, place, topic and speaker."""
    first: dict[str, str] = {"form": "talk", "given_by": "lecturers"}
    plan = chains.standing(desk.asked("plan"))
    notices: list[Notice] = []
    if plan is not None and plan.kind == "talk_planned":
        first |= {"plan": str(plan.id)}
        first |= _typed(plan, {"planned_on": "happened_on", "topic": "topic", "place": "place",
                               "venue": "venue", "target": "target"})  # fmt: skip
        speaker = chains.standing(plan.get("lecturer"))
        if speaker is not None:
            first["speaker"] = str(speaker.get("name"))
        asked = chains.standing(plan.get("request"))
        goal = chains.standing(plan.get("target"))
        if sort := (goal or asked or plan).get("sort"):
            first["held_for"] = str(sort)
        if chains.first(plan.id) in chains.answering("outreach_event", "plan") and not desk.asked("corrects"):
            said = Label("这一场已经登记过，再登记会重复。", "This talk is recorded: once more counts twice.")
            notices.append(Notice("gap", said))

    def check(answers: Answers) -> Answers:
        if answers.fields.get("audience") is not None and not answers.fields.get("counted"):
            return answers.with_fault("counted", HOW)
        return answers

    return replace(
        way, first=first, check=check, notices=tuple(notices),
        choices={"target": options(_targets(desk, chains))},
    )  # fmt: skip


def _of_answer(desk: Desk, way: Way, chains: Chains, kind: Kind, name: str) -> Way:
    """An answer to another entry, which is told above the boxes."""
    found = chains.standing(desk.asked(kind.answers))
    if desk.asked("corrects") and not desk.asked(kind.answers):
        return way
    if found is None or found.kind != name:
        raise Http404(desk.asked(kind.answers))
    return replace(way, first={kind.answers: str(found.id)}, facts=tuple(_facts(found)))


def _targets(desk: Desk, chains: Chains) -> list[Entry]:
    some = [e for e in chains.of("outreach_target") if not over(e, desk.today)]
    return sorted(some, key=lambda e: str(e.get("name")))


def _typed(entry: Entry, names: dict[str, str]) -> dict[str, str]:
    """Answers of an entry as they would be typed, under the names that they have here."""
    found = {to: entry.get(name) for name, to in names.items()}
    return {to: v.isoformat() if isinstance(v, date) else str(v) for to, v in found.items() if v}


def _facts(entry: Entry) -> list[Fact]:
    asked = kinds()[entry.kind]
    rest = [
        Fact(a.label, shown_value(a, entry.get(a.name)))
        for a in asked.fields
        if not a.internal and entry.get(a.name)
    ]
    return [Fact(asked.day, entry.happened_on.isoformat()), *rest]
