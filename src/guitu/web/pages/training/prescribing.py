"""A prescription for one person: worked out, kept under the doctor's limit, refused without a clearance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Value
from guitu.centre import exercise
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.asked import ID
from guitu.web.inside.shown import Fact, Form
from guitu.web.page import show, shows
from guitu.web.pages.record import day as typed_day
from guitu.web.pages.training.one import One, open_one
from guitu.web.pages.training.words import (
    CANCEL,
    SAVE,
    crumbs,
)

USUAL: Final = ("40", "60")
"""Percent of the heart-rate reserve a form opens with: moderate, and less than the most it takes."""
LOOK: Final = "look"


@shows("training")
def prescribe(request: HttpRequest, case: str) -> HttpResponse:
    """A prescription: the target heart rate is worked out, kept under the doctor's limit, and refused
    without a clearance in force."""
    one = open_one(request, case, "prescription")
    on = one.asked.today
    allowed = one.trainee.may_prescribe(on)
    given = one.trainee.clearance(on)
    identifier = one.asked.identifier()
    typed = _prefilled(one)
    errors: dict[str, Label] = {}
    summary: ErrorSummary | None = None
    facts: tuple[Fact, ...] = ()
    if request.method == "POST":
        if one.opened.entry(identifier) is not None:
            return HttpResponseRedirect(f"{one.at}?saved=prescription")
        worked, errors = _worked_out(one, typed, given.highest if given and given.holds(on) else None)
        if worked is not None:
            facts = _told(worked)
        if not allowed.allowed:
            errors = {"": allowed.reason, **errors}
        if errors:
            summary = ErrorSummary(
                tuple(Fault(text, f"f-{box}" if box else "") for box, text in errors.items())
            )
        elif LOOK not in request.POST and worked is not None:
            entry = one.asked.entry(
                one.trainee.person.id, "exercise_prescription", on, _prescribed(typed, worked), identifier
            )
            summary = one.asked.record([entry], [one.trainee.person])
            if summary is None:
                return HttpResponseRedirect(f"{one.at}?saved=prescription")
    page = Form(
        Label(f"运动处方：{one.name}", f"Exercise prescription: {one.name}"),
        Label(
            f"{one.age if one.age is not None else '—'} 岁；{allowed.reason.zh}",
            f"{one.age if one.age is not None else '—'} years; {allowed.reason.en}",
        ),
        f"{one.at}prescribe/",
        _questions(typed, errors),
        ((ID, str(identifier)),),
        Button(SAVE, look="primary")
        if allowed.allowed
        else Button(SAVE, look="primary", why_not=allowed.reason),
        Button(CANCEL, href=one.at, look="link"),
        crumbs(Crumb(one.name, one.at), Crumb(Label("运动处方", "Prescription"))),
        summary,
        notices=() if allowed.allowed else (Notice("barred", allowed.reason),),
        facts=facts,
        look=Button(Label("先算一算", "Work it out first"), name=LOOK, value="yes"),
    )
    return show(request, page, status=422 if summary else 200)


_BOXES: Final = (
    "form",
    "formula",
    "highest",
    "resting",
    "from_percent",
    "to_percent",
    "times",
    "minutes",
    "until",
    "goal",
)


def _prefilled(one: One) -> dict[str, str]:
    if one.asked.request.method == "POST":
        return {name: one.asked.request.POST.get(name, "").strip() for name in _BOXES}
    tests = one.trainee.tests()
    resting = next((t.values["resting_pulse"] for t in reversed(tests) if "resting_pulse" in t.values), None)
    return {
        **dict.fromkeys(_BOXES, ""),
        "formula": "tanaka",
        "from_percent": USUAL[0],
        "to_percent": USUAL[1],
        "resting": str(int(resting)) if resting is not None else "",
        "times": "3",
        "minutes": "30",
    }


@dataclass(frozen=True)
class Worked:
    """What the numbers come to."""

    target: exercise.Target
    numbers: dict[str, int]
    until: date | None


def _worked_out(one: One, typed: dict[str, str], limit: int | None) -> tuple[Worked | None, dict[str, Label]]:
    kind = kinds()["exercise_prescription"]
    errors: dict[str, Label] = {}
    numbers: dict[str, int] = {}
    for name in ("form", "formula"):
        if kind.ask(name).choice(typed[name]) is None:
            errors[name] = Label(f"请选择{kind.ask(name).label.zh}", f"Choose: {kind.ask(name).label.en}")
    for name in ("highest", "resting", "from_percent", "to_percent", "times", "minutes"):
        ask = kind.ask(name)
        if not typed[name] and name == "highest" and typed["formula"] != "measured":
            continue
        least, most = ask.least or 0, ask.most or 0
        if not typed[name].isdigit() or not least <= int(typed[name]) <= most:
            errors[name] = Label(
                f"{ask.label.zh}是 {least} 到 {most} 的整数", f"{ask.label.en}: {least} to {most}"
            )
        else:
            numbers[name] = int(typed[name])
    until = typed_day.read(typed["until"], one.asked.today) if typed["until"] else None
    if isinstance(until, Label):
        errors["until"] = until
    if errors:
        return None, errors
    try:
        if typed["formula"] == "measured":
            highest = numbers["highest"]
        elif one.age is None:
            return None, {
                "formula": Label("不知道年龄，请用实测", "The age is not known: use a measured rate")
            }
        else:
            highest = exercise.highest_rate(typed["formula"], one.age)
        target = exercise.target(
            numbers["resting"], highest, numbers["from_percent"], numbers["to_percent"], limit
        )
    except ValueError:
        return None, {
            "resting": Label(
                "算不出目标心率：安静心率应低于最大心率，强度下限应低于上限",
                "No target comes of these: rest must be below the highest rate, and the intensity must rise",
            )
        }
    return Worked(target, numbers, until if isinstance(until, date) else None), {}


def _told(worked: Worked) -> tuple[Fact, ...]:
    target, n = worked.target, worked.numbers
    zh, en = ("（按医生的上限）", " (at the doctor’s limit)") if target.capped else ("", "")
    return (
        Fact(
            Label("最大心率", "Highest heart rate"), Label(f"{target.highest} 次/分", f"{target.highest} bpm")
        ),
        Fact(
            Label("算法", "How"),
            Label(
                f"{n['resting']} +（{target.highest} − {n['resting']}）×"
                f" {n['from_percent']}%–{n['to_percent']}%（Karvonen 心率储备）",
                f"{n['resting']} + ({target.highest} − {n['resting']}) ×"
                f" {n['from_percent']}–{n['to_percent']} % (Karvonen reserve)",
            ),
        ),
        Fact(
            Label("目标心率", "Target heart rate"),
            Label(f"{target.low}–{target.high} 次/分{zh}", f"{target.low}–{target.high} bpm{en}"),
        ),
    )


def _prescribed(typed: dict[str, str], worked: Worked) -> dict[str, Value]:
    return {
        **worked.numbers,
        "highest": worked.target.highest,
        "form": typed["form"],
        "formula": typed["formula"],
        "low": worked.target.low,
        "high": worked.target.high,
        "until": worked.until,
        "goal": typed["goal"][:200],
    }


def _questions(typed: dict[str, str], errors: dict[str, Label]) -> tuple[Field, ...]:
    kind = kinds()["exercise_prescription"]
    made = []
    for name in _BOXES:
        ask = kind.ask(name)
        hint = ask.help or ""
        if name == "highest":
            hint = Label(
                "只在“实测”时填；否则按年龄算。", "Only for “measured”; else it is worked out from the age."
            )
        elif name == "from_percent":
            hint = Label("中等强度一般 40–60。", "Moderate is about 40 to 60.")
        made.append(
            Field(
                name,
                ask.label,
                ask.type,
                value=typed[name],
                hint=hint,
                unit=ask.unit or "",
                optional=name in ("highest", "until", "goal"),
                error=errors.get(name, ""),
                options=tuple(Option(c.value, c.label) for c in ask.choices),
            )
        )
    return tuple(made)
