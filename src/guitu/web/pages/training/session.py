"""A group's session: who trained as planned gets no entry; who was away, did less or stopped gets one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.centre import exercise
from guitu.centre.times import clock, minutes_of
from guitu.kernel.labels import Label
from guitu.store.centre import reading
from guitu.store.centre.training import Trainee, trainees
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.asked import ID, Inside, derived, inside
from guitu.web.inside.shown import NAME, NUMBER, Box, Line, Sheet
from guitu.web.page import show, shows
from guitu.web.pages.record import day as typed_day
from guitu.web.pages.training.view import brigade_of, links_of
from guitu.web.pages.training.words import CANCEL, ROOT, SAVE, WHAT, crumbs, person_at
from guitu.web.unchanged import while_unchanged

LIGHTEST: Final = 6
HARDEST: Final = 20
"""The ends of the scale of perceived exertion."""
LONGEST: Final = 300
_OPTIONS: Final = (
    Option("", Label("照计划", "As planned")),
    *(Option(name, WHAT[name]) for name in ("excused", "unexcused", "less", "stopped")),
)
_AWAY: Final = frozenset({"excused", "unexcused"})


@shows("training")
@while_unchanged(minutely=True)
def session(request: HttpRequest) -> HttpResponse:
    """The sheet of one session of one brigade."""
    asked = inside(request)
    if asked is None:
        raise Http404("no centre")
    chosen = brigade_of(asked)
    identifier = asked.identifier()
    typed = {
        "happened_on": asked.asked.get("happened_on", asked.today.isoformat()),
        "starts": asked.asked.get("starts", ""),
        "minutes": asked.asked.get("minutes", "45"),
        "content": asked.asked.get("content", ""),
    }
    on = typed_day.read(typed["happened_on"], asked.today)
    everybody = trainees(asked.residents(exercise.KINDS, chosen))
    looked = on if isinstance(on, date) else asked.today
    people = tuple(t for t in everybody if t.cleared(looked))
    asked.list_noted([t.person for t in people], "training session")
    errors: dict[str, Label] = {}
    summary: ErrorSummary | None = None
    if request.method == "POST":
        done = f"{ROOT}?brigade={chosen.code}&saved=session"
        if any(e.id == identifier for e in reading.work(asked.centre, ("training_session",), looked, looked)):
            return HttpResponseRedirect(done)
        errors = _faults(asked, on, typed, people)
        if errors:
            summary = ErrorSummary(tuple(Fault(text, f"f-{box}") for box, text in errors.items()))
        else:
            entries = _entries(asked, chosen.code, people, identifier, looked, typed)
            summary = asked.record(entries, [t.person for t in people])
            if summary is None:
                return HttpResponseRedirect(done)
    left_out = len(everybody) - len(people)
    notices = []
    if left_out:
        notices.append(
            Notice(
                "gap",
                Label(
                    f"{left_out} 人没有有效的训练许可，不在名单上。",
                    f"{left_out} have no clearance in force and are not on it.",
                ),
                Label("请医生检查后再参加。", "They take part once the doctor has examined them."),
            )
        )
    page = Sheet(
        Label(f"集体训练：{asked.short(chosen)}", f"Session: {asked.short(chosen)}"),
        Label(
            f"{len(people)} 人可以训练，不标的都算照计划训练",
            f"{len(people)} may train; as planned unless marked",
        ),
        f"{ROOT}session/",
        (
            NUMBER,
            NAME,
            Label("目标心率", "Target heart rate"),
            Label("情况", "What"),
            Label("用力程度", "Exertion 6–20"),
        ),
        tuple(_line(asked, n, t, looked, errors) for n, t in enumerate(people, 1)),
        ((ID, str(identifier)), ("brigade", chosen.code)),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=f"{ROOT}?brigade={chosen.code}", look="link"),
        Label(f"{len(people)} 人", f"{len(people)} people"),
        crumbs(Crumb(Label("集体训练", "Session"))),
        (
            Field(
                "happened_on",
                Label("训练日期", "Day"),
                "day",
                value=typed["happened_on"],
                hint=typed_day.HINT,
                error=errors.get("happened_on", ""),
            ),
            Field(
                "starts",
                Label("开始时间", "Begins"),
                "text",
                value=typed["starts"],
                hint=Label("例如 08:30", "For example 08:30"),
                error=errors.get("starts", ""),
                focus=summary is None,
            ),
            Field(
                "minutes",
                Label("时长", "Length"),
                "whole",
                value=typed["minutes"],
                unit=Label("分钟", "minutes"),
                error=errors.get("minutes", ""),
            ),
            Field("content", Label("内容", "What was done"), "text", value=typed["content"], optional=True),
        ),
        summary,
        tuple(notices),
        None
        if people
        else Empty(
            Label("没有一个人有有效的训练许可。", "Nobody has a clearance in force."),
            (Button(Label("看人员", "See the people"), href=f"{ROOT}?brigade={chosen.code}"),),
        ),
        links=links_of(asked, chosen, f"{ROOT}session/"),
    )
    return show(request, page, status=422 if summary else 200)


def _line(asked: Inside, n: int, one: Trainee, on: date, errors: Mapping[str, Label]) -> Line:
    no, name = one.person.no, one.person.name
    given = one.prescription(on)
    return Line(
        str(n),
        name,
        person_at(one.person.case_no),
        (
            Box(
                f"p{no}",
                Label(f"情况：{name}", f"What: {name}"),
                "choice",
                asked.asked.get(f"p{no}", ""),
                _OPTIONS,
            ),
            Box(
                f"e{no}",
                Label(f"用力程度：{name}", f"Exertion: {name}"),
                "text",
                asked.asked.get(f"e{no}", ""),
                error=errors.get(f"e{no}", ""),
            ),
        ),
        cells=(f"{given.get('low')}–{given.get('high')}" if given else "—",),
    )


def _faults(
    asked: Inside, on: date | Label | None, typed: Mapping[str, str], people: tuple[Trainee, ...]
) -> dict[str, Label]:
    errors: dict[str, Label] = {}
    if not isinstance(on, date):
        errors["happened_on"] = on or Label("请填写训练日期", "Enter the day")
    elif on > asked.today:
        errors["happened_on"] = Label("还没有到这一天", "That day has not come")
    if minutes_of(typed["starts"]) is None:
        errors["starts"] = Label("开始时间请写成 08:30", "Write the beginning like 08:30")
    if not typed["minutes"].isdigit() or not 1 <= int(typed["minutes"]) <= LONGEST:
        errors["minutes"] = Label(f"时长是 1 到 {LONGEST} 分钟", f"1 to {LONGEST} minutes")
    for one in people:
        said = asked.request.POST.get(f"e{one.person.no}", "").strip()
        if said and not (said.isdigit() and LIGHTEST <= int(said) <= HARDEST):
            errors[f"e{one.person.no}"] = Label(
                f"{one.person.name}：用力程度是 6 到 20 的数", f"{one.person.name}: exertion is from 6 to 20"
            )
    return errors


def _entries(
    asked: Inside,
    brigade: str,
    people: tuple[Trainee, ...],
    identifier: UUID,
    on: date,
    typed: Mapping[str, str],
) -> list[Entry]:
    starts = clock(minutes_of(typed["starts"]) or 0)
    told: list[Entry] = []
    counts = dict.fromkeys(("excused", "unexcused", "less", "stopped"), 0)
    for one in people:
        what = asked.request.POST.get(f"p{one.person.no}", "")
        exertion = asked.request.POST.get(f"e{one.person.no}", "").strip()
        if what in counts:
            counts[what] += 1
        elif exertion:
            what = "told"
        else:
            continue
        fields = {"what": what, "starts": starts, "exertion": int(exertion) if exertion else None}
        told.append(
            asked.entry(
                one.person.id, "training_exception", on, fields, derived(identifier, str(one.person.id))
            )
        )
    away = sum(counts[name] for name in _AWAY)
    group = {
        "group": brigade,
        "starts": starts,
        "minutes": int(typed["minutes"]),
        "expected": len(people),
        "present": len(people) - away,
        **counts,
        "content": typed["content"].strip()[:200],
    }
    return [asked.work_entry("training_session", on, group, identifier), *told]
