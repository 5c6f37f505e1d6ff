"""A round on a phone: begin, reach each checkpoint by its code, and save the whole as one entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.casefile import Value
from guitu.centre import patrol as rules
from guitu.centre.patrol import Plan, Point
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import unitfiles
from guitu.store.centre import safety as store
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.inside.written import refusal
from guitu.web.page import show, shows
from guitu.web.pages.safety import open_round as kept
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk
from guitu.web.pages.safety.open_round import OpenRound
from guitu.web.pages.safety.shown import PointPage, RoundPage, Start, Stop

MOST: Final = 1000
"""Characters of a reason, of a note."""
DAYS: Final = 31
"""How many days back a round looks for the one before it."""


@shows("safety_patrol")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a round of a plan; with the code of a checkpoint, that one is reached."""
    desk = Desk(request)
    running = kept.open_round(desk.actor.name)
    if running is None:
        unit, plan = _plan(desk, desk.asked("plan"))
        running = OpenRound(str(desk.identifier()), unit.code, plan, desk.now)
        kept.keep(desk.actor.name, running)
    code = rules.typed_code(desk.asked("code"))
    if code and code in store.hanging(desk.home):
        kept.add(desk.actor.name, code, desk.now, "scanned")
        return HttpResponseRedirect(words.address("round", marked=code))
    return HttpResponseRedirect(words.address("round"))


def _plan(desk: Desk, entry: str) -> tuple[Unit, Plan]:
    """The plan of that entry with its unit, if the reader walks it."""
    for unit in desk.places:
        if desk.may("patrol_round", unit):
            for plan in store.plans(unit, desk.today):
                if plan.id == entry:
                    return unit, plan
    raise Http404(entry)


@shows("safety_patrol")
def at(request: HttpRequest, code: str) -> HttpResponse:
    """What the code on a wall leads to. Looking changes nothing: a press says that it was reached."""
    desk = Desk(request)
    hanging = store.hanging(desk.home)
    point = hanging.get(rules.typed_code(code))
    if point is None:
        raise Http404(code)
    running = kept.open_round(desk.actor.name)
    if request.method == "POST" and running is not None:
        kept.add(desk.actor.name, point.code, desk.now, "scanned")
        return HttpResponseRedirect(words.address("round", marked=point.code))
    return show(request, _point(desk, point, running))


def _point(desk: Desk, point: Point, running: OpenRound | None) -> PointPage:
    starts: list[Start] = []
    marked = ""
    if running is None:
        for unit in desk.places:
            if desk.may("patrol_round", unit):
                starts += [
                    Start(desk.of_unit(unit, plan.name), plan.id, str(desk.new_id()))
                    for plan in store.plans(unit, desk.today)
                    if point.code in plan.points
                ]
    else:
        done = rules.reached(running.passings).get(point.code)
        marked = f"{done.at.astimezone(CHINA):%H:%M}" if done else ""
    hazard = ""
    if desk.opens("safety_record") and desk.may("hazard"):
        hazard = words.record(desk.home.code, "hazard", found_by="patrol", place=point.name)
    return PointPage(
        Label(f"巡查点：{point.name}", f"Checkpoint: {point.name}"),
        point.place,
        tuple(line for line in point.look.splitlines() if line.strip()),
        words.at(point.code),
        point.code,
        tuple(starts),
        running is not None,
        marked,
        hazard,
    )


@shows("safety_patrol")
@require_POST
def typed(request: HttpRequest) -> HttpResponse:
    """A code that was typed where it could not be scanned."""
    desk = Desk(request)
    running = kept.open_round(desk.actor.name)
    if running is None:
        return HttpResponseRedirect(words.address("patrol"))
    code = rules.typed_code(desk.asked("code"))
    if code not in store.hanging(desk.home):
        said = (
            Label(f"没有“{desk.asked('code')}”这个巡查码", f"there is no code “{desk.asked('code')}”")
            if code
            else Label("请写巡查码，或者扫码", "Type the code, or scan it")
        )
        return _round(desk, running, faults={"code": said}, status=422)
    kept.add(desk.actor.name, code, desk.now, "typed")
    return HttpResponseRedirect(words.address("round", marked=code))


@shows("safety_patrol")
def round_(request: HttpRequest) -> HttpResponse:
    """The round that is being walked; and ending it."""
    desk = Desk(request)
    running = kept.open_round(desk.actor.name)
    if running is None:
        return HttpResponseRedirect(words.address("patrol"))
    if request.method != "POST":
        return _round(desk, running)
    if desk.asked("act") == "drop" and not running.passings:
        kept.drop(desk.actor.name)
        return HttpResponseRedirect(words.address("patrol"))
    return _finish(desk, running)


def _finish(desk: Desk, running: OpenRound) -> HttpResponse:
    unit, plan, hanging = _of(desk, running)
    lost = rules.missed(plan, running.passings, hanging)
    why, note = desk.asked("why"), desk.asked("note")
    faults: dict[str, Label] = {}
    if lost and not why:
        faults["why"] = Label(f"漏了 {len(lost)} 处，请写为什么", f"{len(lost)} were missed: say why")
    for name, text in (("why", why), ("note", note)):
        if len(text) > MOST:
            faults[name] = Label(f"最多 {MOST} 字", f"{MOST} characters at most")
    if not running.passings:
        faults[""] = Label(
            "一处也没有到，没有可以保存的", "No checkpoint was reached: there is nothing to save"
        )
    if faults:
        return _round(desk, running, faults=faults, status=422)
    began = min(passing.at for passing in running.passings)
    on = store_clock.office_day(began)
    before = store.rounds(unit, on - timedelta(days=DAYS))
    minute = plan.time_of(rules.minute_of(began))
    if minute is not None and (on, minute) in rules.walked(plan, before):
        minute = None  # somebody walked it already: this one is besides
    fields: dict[str, Value] = {
        "plan": plan.name,
        "planned": "yes" if minute is not None else "no",
        "due": rules.due_since(plan, before, on, minute) if minute is not None else 0,
        **rules.counts(plan, running.passings, hanging),
        "passings": rules.kept(running.passings),
    }
    if minute is not None:
        fields["planned_at"] = rules.digits(minute)
    if lost:
        fields |= {"left_out": "、".join(p.name for p in lost), "why": why}
    if note:
        fields["note"] = note
    entry = unitfiles.new_entry(
        unit.code, "patrol_round", on, fields, now=desk.now, author=desk.actor.name, office=desk.home.code,
        identifier=UUID(running.id),
    )  # fmt: skip
    if wrong := refusal(entry, actor=desk.actor, now=desk.now):
        return _round(desk, running, faults={"": wrong}, status=422)
    kept.drop(desk.actor.name)
    return HttpResponseRedirect(words.address("patrol", saved="patrol_round"))


def _of(desk: Desk, running: OpenRound) -> tuple[Unit, Plan, Mapping[str, Point]]:
    """Unit and plan of the round, and what hangs there. The plan is the one of when it began."""
    unit = tree().get(running.unit)
    if unit is None or not desk.may("patrol_round", unit):
        raise Http404(running.unit)
    return unit, running.plan, store.hanging(desk.home)


def _round(
    desk: Desk, running: OpenRound, *, faults: Mapping[str, Label] | None = None, status: int = 200
) -> HttpResponse:
    _, plan, hanging = _of(desk, running)
    wrong = dict(faults or {})
    reached = rules.reached(running.passings)
    way = [hanging[code] for code in plan.points if code in hanging]
    besides = [hanging[code] for code in reached if code not in plan.points and code in hanging]
    stops = []
    for point in (*way, *besides):
        passing = reached.get(point.code)
        word = Word("open", Label("未到", "Not yet"))
        if passing is not None:
            time = f"{passing.at.astimezone(CHINA):%H:%M}"
            how = (" 手输", ", typed") if passing.how == "typed" else ("", "")
            word = Word("done", Label(f"{time}{how[0]}", f"{time}{how[1]}"))
        stops.append(Stop(point.name, point.place, word))
    left = sum(point.code not in reached for point in way)
    notices: list[Notice] = []
    just = hanging.get(desk.request.GET.get("marked", ""))
    if just is not None and just.code in reached:
        text = Label(f"已到：{just.name}，还有 {left} 处", f"Reached: {just.name}; {left} to go")
        notices.append(Notice("fresh", text))
    began = f"{running.began.astimezone(CHINA):%H:%M}"
    page = RoundPage(
        Label(f"巡查：{plan.name}", f"Patrol round: {plan.name}"),
        Label(
            f"{began} 开始 · 已到 {len(way) - left} 处，还有 {left} 处",
            f"begun {began} · {len(way) - left} reached, {left} to go",
        ),
        tuple(stops),
        Field(
            "code",
            Label("巡查码", "Code"),
            value=desk.asked("code"),
            hint=Label("扫不了的时候，手输码下面的 8 位", "If it cannot be scanned: the 8 characters below"),
            error=wrong.get("code", ""),
        ),
        (
            *((Field("why", Label("为什么漏", "Why they were missed"), "long_text", value=desk.asked("why"),
                     error=wrong.get("why", ""), optional=not left),) if left or wrong.get("why") else ()),
            Field("note", Label("巡查情况", "What was seen"), "long_text", value=desk.asked("note"),
                  error=wrong.get("note", ""), optional=True,
                  hint=Label("不写姓名；隐患另外登记", "No names; a hazard is recorded as one")),
        ),
        Button(
            Label(f"结束巡查（漏 {left} 处）", f"End the round ({left} missed)") if left
            else Label("结束巡查", "End the round"),
            look="plain" if left else "primary", name="act", value="finish",
        ),
        None if running.passings
        else Button(Label("不巡了", "Give it up"), look="link", name="act", value="drop"),
        words.address("at"),
        words.address("round"),
        tuple(notices),
        ErrorSummary(
            tuple(Fault(text, f"f-{name}" if name else "") for name, text in wrong.items())
        ) if wrong else None,
    )  # fmt: skip
    return show(desk.request, page, status=status)
