"""One plan: what, where, by whom, for which request, and what to do with it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.levels.outreach.diary import OF_DIARY, plans
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk


@shows("outreach")
def one(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """The page of one plan, whichever of its versions is asked for."""
    desk = Desk(request, code)
    told = desk.told(OF_DIARY)
    key = told.chains.first(entry)
    plan = next((p for p in plans(told.chains, desk.today) if told.chains.first(p.entry.id) == key), None)
    if plan is None:
        raise Http404(str(entry))
    found, unit = plan.entry, told.unit(plan.entry)
    asked = told.chains.standing(found.get("request"))
    facts = [
        Fact(Label("哪天", "Day"), f"{plan.day} {words.clock(found)}".strip()),
        Fact(Label("主题", "Topic"), str(found.get("topic") or "—")),
        Fact(words.PLACE, desk.place(told, found)),
        Fact(Label("宣讲员", "Speaker"), str(plan.lecturer.get("name")) if plan.lecturer else "—"),
        Fact(Label("登在公开日历上", "In the public calendar"), words.choice(found, "public")),
        Fact(words.UNIT, unit.name),
    ]
    if plan.target is not None:
        facts.append(Fact(Label("学校、企业", "School or firm"), str(plan.target.get("name"))))
    if asked is not None:
        contact = " ".join(str(asked.get(n)) for n in ("asked_by", "contact", "phone") if asked.get(n))
        facts.append(Fact(Label("申请单位", "Asked for by"), contact))
    if plan.cancelled is not None:
        facts.append(Fact(Label("取消原因", "Called off"), str(plan.cancelled.get("reason") or "—")))
    if plan.held is not None:
        held = str(plan.held.happened_on)
        href = words.address(f"events/{told.unit(plan.held).code}/{plan.held.id}")
        facts.append(Fact(Label("已举办", "Held"), held, href))
    buttons: list[Button] = []
    if plan.state in ("coming", "today", "unreported") and desk.opens("outreach_record"):
        to = str(found.id)
        if desk.may("outreach_event", unit) and plan.state != "coming":
            label = Label("登记举办情况", "Record how it went")
            buttons.append(Button(label, words.record(unit.code, "outreach_event", plan=to), "primary"))
        if desk.may("talk_planned", unit):
            label = Label("改期、改安排", "Move or change it")
            buttons.append(Button(label, words.record(unit.code, "talk_planned", corrects=to)))
        if desk.may("talk_cancelled", unit):
            label = Label("取消", "Call it off")
            buttons.append(Button(label, words.record(unit.code, "talk_cancelled", to=to)))
    return show(
        request,
        Board(
            Label(f"{plan.day} 宣讲", f"Talk of {plan.day}"),
            str(found.get("topic") or "—"),
            (Section("plan", Label("安排", "The plan"), facts=tuple(facts)),),
            crumbs=Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(str(plan.day)))),
            buttons=tuple(buttons),
            notices=desk.saved(),
        ),
    )
