"""Checkpoints of a unit: setting them up, their codes on paper, and the rounds that lead past them."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import pairwise
from typing import Final

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from guitu.casefile import Value
from guitu.centre import patrol as rules
from guitu.centre.patrol import Plan, Point
from guitu.centre.times import clock
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.centre import safety as store
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.fresh import source_of
from guitu.web.inside.shown import Board, Box, Form, Line, Section, Sheet
from guitu.web.inside.written import refusal
from guitu.web.page import show, shows
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk
from guitu.web.pages.safety.shown import Code, CodesPage

TITLE: Final = Label("巡查点", "Checkpoints")
PLAN: Final = Label("巡查计划", "Plan of rounds")
MOST: Final = 200
MOST_LOOK: Final = 1000


def _desk(request: HttpRequest) -> Desk:
    desk = Desk(request)
    desk.readable()
    if not desk.places or desk.centres:
        raise Http404(desk.unit.code)
    return desk


def _hanging(desk: Desk) -> list[Point]:
    """The checkpoints that a unit may put on its rounds: those of the whole centre."""
    return list(store.hanging(desk.unit).values())


@shows("safety_patrol")
def points(request: HttpRequest) -> HttpResponse:
    """The checkpoints that hang."""
    desk = _desk(request)
    hanging = _hanging(desk)
    own = {unitfiles.file_of(unit.code): unit for unit in desk.places}
    rows = []
    for point in hanging:
        unit = own.get(point.entry.file)
        act: Cell | str = ""
        if unit is not None and desk.opens("safety_record") and desk.may("checkpoint_closed", unit):
            href = words.record(unit.code, "checkpoint_closed", to=str(point.entry.id))
            act = Cell(part=Button(Label("撤销", "Take down"), href, "link", describes=point.name))
        rows.append(
            Row(
                (
                    Cell(point.name, sub=point.place, strong=True),
                    desk.short(unit) if unit else "—",
                    point.look or "—",
                    Cell(point.code, words.at(point.code)),
                    act,
                )
            )
        )
    table = Table(
        TITLE,
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(words.UNIT),
            Column(Label("到了看什么", "What to look at"), phone="bare"),
            Column(Label("巡查码", "Code")),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 个", f"{len(rows)} checkpoints"),),
        empty=Empty(Label("还没有巡查点。", "There are no checkpoints yet.")),
        id="point-list",
    )
    buttons = []
    if desk.may("checkpoint"):
        buttons.append(Button(Label("新设巡查点", "New checkpoint"), desk.href("points/new"), "primary"))
    if hanging:
        buttons.append(Button(Label("打印二维码", "Print the codes"), desk.href("points/codes")))
    return show(
        request,
        Board(
            desk.title(TITLE),
            Label(
                "码被拍了照、贴错了地方的，撤销后新设一个：新的码不同。",
                "If a code was photographed or hangs in the wrong place, take it down and set up another:"
                " it has a new code.",
            ),
            (Section("points", TITLE, table),),
            crumbs=_crumbs(desk, TITLE),
            buttons=tuple(buttons),
            notices=desk.saved(),
        ),
    )


def _crumbs(desk: Desk, here: Label) -> Crumbs:
    return Crumbs((Crumb(Label("巡查", "Patrol"), desk.href("patrol")), Crumb(here)))


@shows("safety_patrol")
def new(request: HttpRequest) -> HttpResponse:
    """Setting one up: its code is made here."""
    desk = _desk(request)
    if not desk.may("checkpoint"):
        raise Http404("checkpoint")
    typed = {name: desk.asked(name) for name in ("name", "place", "look")}
    faults: dict[str, Label] = {}
    if request.method == "POST":
        if not typed["name"]:
            faults["name"] = Label("请写名称", "Enter the name")
        for name, most in (("name", MOST), ("place", MOST), ("look", MOST_LOOK)):
            if len(typed[name]) > most:
                faults[name] = Label(f"最多 {most} 字", f"{most} characters at most")
        if not faults:
            code = rules.code_of(os.urandom(rules.LENGTH))
            fields: dict[str, Value] = {"code": code, **{k: v for k, v in typed.items() if v}}
            wrong = _record(desk, "checkpoint", fields)
            if wrong is None:
                return HttpResponseRedirect(desk.href("points", saved="checkpoint"))
            faults[""] = wrong
    kind = kinds()["checkpoint"]
    boxes = tuple(
        Field(
            a.name, a.label, a.type, value=typed[a.name], hint=a.help or "", error=faults.get(a.name, ""),
            optional=not a.required,
        )
        for a in kind.fields
        if a.name in typed
    )  # fmt: skip
    return show(
        request,
        Form(
            desk.title(Label("新设巡查点", "New checkpoint")),
            words.NO_NAMES,
            desk.href("points/new"),
            boxes,
            (("id", desk.asked("id") or str(desk.new_id())),),
            Button(Label("保存", "Save"), look="primary"),
            Button(Label("取消", "Cancel"), desk.href("points"), "link"),
            crumbs=_crumbs(desk, TITLE),
            summary=_summary(faults),
        ),
        status=422 if faults else 200,
    )


def _summary(faults: dict[str, Label]) -> ErrorSummary | None:
    if not faults:
        return None
    return ErrorSummary(tuple(Fault(text, f"f-{name}" if name else "") for name, text in faults.items()))


def _record(desk: Desk, kind: str, fields: dict[str, Value]) -> Label | None:
    """Record it in the unit's file; what is wrong, if anything is."""
    entry = unitfiles.new_entry(
        desk.unit.code, kind, desk.today, fields, now=desk.now, author=desk.actor.name, office=desk.home.code,
        identifier=desk.identifier(), source=source_of(desk.request),
    )  # fmt: skip
    return refusal(entry, actor=desk.actor, now=desk.now)


@shows("safety_patrol")
def codes(request: HttpRequest) -> HttpResponse:
    """All codes on paper: scanned by any phone's camera, or typed."""
    desk = _desk(request)
    made = []
    for point in _hanging(desk):
        address = request.build_absolute_uri(words.at(point.code))
        made.append(Code(point.name, point.place, picture_of(address, point.name), point.code, address))
    return show(
        request,
        CodesPage(
            desk.title(Label("巡查点二维码", "Codes of the checkpoints")),
            Label(
                f"{len(made)} 个。剪开，贴在点位上；码下面的 8 位供手输。",
                f"{len(made)} codes. Cut them out and hang them; the 8 characters are for typing.",
            ),
            tuple(made),
            Button(Label("回到巡查点", "Back to the checkpoints"), desk.href("points"), "link"),
        ),
    )


@lru_cache(maxsize=512)
def picture_of(address: str, name: str) -> SafeString:
    """An address as a QR code, black on white whatever the page's colours, that survives a scratch."""
    drawn = segno.make(address, error="q", micro=False)
    return SafeString(
        drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True, title=name)
    )


# ── the plan ──────────────────────────────────────────────────────────────────────────────────────


@shows("safety_patrol")
def plan(request: HttpRequest) -> HttpResponse:
    """The rounds of a unit: name, times, and which checkpoints lie on the way."""
    desk = _desk(request)
    if not desk.may("patrol_plan"):
        raise Http404("patrol_plan")
    hanging = _hanging(desk)
    standing = store.plans(desk.unit, desk.today)
    asked = desk.asked("plan") if request.method != "POST" else ""
    found = next((p for p in standing if p.id == asked), None)
    if found is None and request.method != "POST" and not asked and standing:
        found = standing[0]
    typed, ticked = _typed(desk, found, hanging)
    faults: dict[str, Label] = {}
    if request.method == "POST":
        fields = _read(typed, ticked, hanging, faults)
        if not faults:
            wrong = _record(desk, "patrol_plan", fields)
            if wrong is None:
                return HttpResponseRedirect(desk.href("patrol", saved="patrol_plan"))
            faults[""] = wrong
    return show(
        request, _plan_page(desk, hanging, standing, typed, ticked, faults), status=422 if faults else 200
    )


def _typed(desk: Desk, found: Plan | None, hanging: list[Point]) -> tuple[dict[str, str], set[str]]:
    if desk.request.method == "POST":
        ticked = {p.code for p in hanging if desk.request.POST.get(f"p{p.code}")}
        return {name: desk.asked(name) for name in ("name", "times", "within", "state")}, ticked
    if found is None:
        new = {"name": "", "times": "", "within": "20", "state": "in_force"}
        return new, {p.code for p in hanging}
    times = " ".join(clock(t) for t in found.times)
    typed = {"name": found.name, "times": times, "within": str(found.within), "state": "in_force"}
    return typed, set(found.points)


def _read(
    typed: dict[str, str], ticked: set[str], hanging: list[Point], faults: dict[str, Label]
) -> dict[str, Value]:
    times = rules.read_times(typed["times"])
    if isinstance(times, Label):
        faults["times"] = times
        times = ()
    if not typed["name"] or len(typed["name"]) > MOST:
        faults["name"] = Label("请写名称，200 字以内", "Give it a name of at most 200 characters")
    within = int(typed["within"]) if typed["within"].isascii() and typed["within"].isdigit() else 0
    if not 1 <= within <= 120:
        faults["within"] = Label("请写 1 到 120 的整数", "A whole number from 1 to 120")
    apart = min((b - a for a, b in pairwise(times)), default=None)
    if apart is not None and "within" not in faults and apart <= 2 * within:
        faults["within"] = Label(
            f"两次相隔最少 {apart} 分钟，前后允许的分钟数应小于一半",
            f"two rounds lie {apart} minutes apart: early or late must be less than half of that",
        )
    if not ticked:
        faults[f"p{hanging[0].code}" if hanging else ""] = Label(
            "至少选一个巡查点", "Choose at least one checkpoint"
        )
    return {
        "name": typed["name"],
        "times": " ".join(clock(t) for t in times),
        "within": within,
        "points": " ".join(p.code for p in hanging if p.code in ticked),
        "state": typed["state"] or "in_force",
    }


def _plan_page(
    desk: Desk,
    hanging: list[Point],
    standing: tuple[Plan, ...],
    typed: dict[str, str],
    ticked: set[str],
    faults: dict[str, Label],
) -> Sheet:
    kind = kinds()["patrol_plan"]
    boxes = []
    for name in ("name", "times", "within", "state"):
        ask = kind.ask(name)
        boxes.append(
            Field(
                name, ask.label, "text" if name == "times" else ask.type, value=typed[name],
                hint=ask.help or "", error=faults.get(name, ""), unit=ask.unit or "",
                options=tuple(Option(c.value, c.label) for c in ask.choices),
            )
        )  # fmt: skip
    lines = tuple(
        Line(
            str(n),
            point.name,
            "",
            (Box(f"p{point.code}", Label(f"经过{point.name}", f"past {point.name}"), "tick",
                 "yes" if point.code in ticked else ""),),
            sub=point.place,
        )
        for n, point in enumerate(hanging, 1)
    )  # fmt: skip
    return Sheet(
        desk.title(PLAN),
        kind.help or "",
        desk.href("plan"),
        (Label("号", "No."), TITLE, Label("经过", "On the way")),
        lines,
        (("id", desk.asked("id") or str(desk.new_id())),),
        Button(Label("保存计划", "Save the plan"), look="primary"),
        Button(Label("取消", "Cancel"), desk.href("patrol"), "link"),
        Label("这一圈经过哪些点", "Which checkpoints the round passes"),
        crumbs=_crumbs(desk, PLAN),
        quick=tuple(boxes),
        summary=_summary(faults),
        empty=None
        if lines
        else Empty(
            Label("先设巡查点，再定计划。", "Set up checkpoints first, then plan the rounds."),
            (Button(Label("新设巡查点", "New checkpoint"), desk.href("points/new"), "primary"),),
        ),
        links=tuple(Button(p.name, desk.href("plan", plan=p.id), "small") for p in standing),
    )
