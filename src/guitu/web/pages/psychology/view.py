"""The day of the psychology centre, and one person's course. Collects, and decides nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guitu import access
from guitu.centre import protocols, screening
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import read
from guitu.store.centre import psychology
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.psychology import build, words
from guitu.web.pages.psychology.desk import SUPPORT, Desk
from guitu.web.pages.psychology.shown import DayPage, PersonPage
from guitu.web.pages.today.choices import whole
from guitu.web.unchanged import while_unchanged
from guitu.web.who import who

LISTED = ("identity", "legal", SUPPORT)
SIZE = 20
PERSON_RECORDS = (
    "counselling",
    "crisis_plan",
    "psychology_summary",
    "psychiatric_referral",
    "group_missed",
)


@shows("psychology")
@while_unchanged()
def day(request: HttpRequest) -> HttpResponse:
    """Who needs the psychology centre today: alerts first."""
    reader = who(request)
    assert reader is not None
    assert reader.post is not None
    unit = tree().find(reader.post.unit)
    today = store_clock.office_day(clock.now())
    found = psychology.day_of(unit, today)
    page = whole(request.GET.get("page"), 1)
    lines, total = read.people(
        unit.code, measure="compulsory_isolation", current=True, sort="name", page=page, size=SIZE
    )
    screened = psychology.last_screened([line.no for line in lines])
    decision = access.decide(reader.actor, "list", access.Target(unit.path))
    noted(
        request,
        "list",
        sorted({w.no for w in found.shown} | {line.no for line in lines}),
        LISTED,
        decision,
        detail=f"psychology {unit.code}",
    )
    checks, holds = (
        any(post.role in kinds()[kind].recorded_by for post in reader.actor.posts)
        for kind in (screening.CHECK, "counselling")
    )
    links = [Button(Label("量表", "Instruments"), href=words.INSTRUMENTS)]
    if access.may_see_page(reader.actor, "unit_record").allowed:
        links.append(
            Button(
                Label("登记团体辅导", "Record a group session"),
                href=f"/units/{unit.code}/file/record/group_counselling/",
            )
        )
    shown = DayPage(
        day=today,
        office=unit.name,
        lead=build.lead(found),
        alerts=tuple(build.alert_line(w, today, may=checks) for w in found.alerts),
        sessions=tuple(build.session_line(w, today, may=holds) for w in found.sessions),
        reviews=tuple(build.review_line(w, today) for w in found.reviews),
        everybody=build.everybody(lines, total, page, SIZE, screened),
        links=tuple(links),
        none_today=build.none_today(found),
    )
    return show(request, shown)


@shows("psychology")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person: crisis plan and open alerts on top, then how each instrument went."""
    desk = Desk(request, case)
    counted = desk.counted
    checks = screening.CHECK in desk.may
    saved = desk.saved()
    may_fill = desk.may_write("screening")
    unit = desk.opened.view.unit
    records = [desk.record(kind) for kind in PERSON_RECORDS]
    shown = PersonPage(
        case_no=desk.case_no,
        identity=desk.identity,
        crumbs=desk.crumbs(),
        alerts=tuple(
            build.open_alert(alert, desk.case_no, desk.today, may=checks)
            for alert in screening.alerts(counted)
            if alert.check is None
        ),
        plan=build.plan(counted, desk.today, desk.record("crisis_plan", build.REVIEW, "small")),
        courses=tuple(build.course(line) for line in screening.lines(counted, desk.find)),
        talks=build.talks(counted),
        fills=build.fills(desk.case_no, psychology.usable(unit)) if may_fill and unit is not None else (),
        records=tuple(button for button in records if button is not None),
        protocols=tuple(
            Button(label, href=words.protocol(desk.case_no, method))
            for method, label in protocols.METHODS.items()
        ),
        notices=(saved,) if saved else (),
    )
    return show(request, shown)
