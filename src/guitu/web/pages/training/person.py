"""One person's training: clearance, prescription, tests with their progress, what went otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.centre import exercise, fitness
from guitu.centre.fitness import Battery, Derived, Item, Tested
from guitu.exchange.charts import Point, Series, line, warm
from guitu.kernel.labels import Label
from guitu.web.component import say
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.picture.component import Picture
from guitu.web.components.picture.component import Size as PictureSize
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.language import ENGLISH, spoken
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.indicators.pictures import LOOKS
from guitu.web.pages.training import batteries
from guitu.web.pages.training.one import One, open_one
from guitu.web.pages.training.view import saved_notice
from guitu.web.pages.training.words import (
    FORMS,
    SIGNS,
    WHAT,
    clearance_word,
    crumbs,
)


@shows("training")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """The page about one person."""
    one = open_one(request, case, "training")
    on = one.asked.today
    given, prescribed = one.trainee.clearance(on), one.trainee.prescription(on)
    tests = one.trainee.tests()
    battery = fitness.battery(tests[-1].battery, batteries.known()[0]) if tests else None
    acts = []
    if one.may("fitness_test"):
        acts.append(Button(Label("登体能测试", "Enter a test"), href=f"{one.at}test/"))
    if one.may("exercise_prescription"):
        allowed = one.trainee.may_prescribe(on)
        acts.append(
            Button(Label("开运动处方", "Write a prescription"), href=f"{one.at}prescribe/")
            if allowed.allowed
            else Button(Label("开运动处方", "Write a prescription"), why_not=allowed.reason)
        )
    record = f"/files/{one.opened.case_no}/record/"
    if one.may("training_stop"):
        acts.append(
            Button(Label("登停训体征", "Record a stop sign"), look="grave", href=f"{record}training_stop/")
        )
    if one.may("training_clearance"):
        acts.append(
            Button(
                Label("登记检查", "Record an examination"),
                look="primary",
                href=f"{record}training_clearance/",
            )
        )
    sections = [
        Section("now", Label("现在", "Now"), facts=_facts(one, prescribed)),
        Section(
            "tests",
            Label("体能测试", "Fitness tests"),
            _progress(tests, battery, one.at) if battery else None,
            empty=None if battery else Empty(Label("还没有测试过。", "Not tested yet.")),
            says=(
                Label(
                    "只与本人以前比，不与别人比，不打分。",
                    "Compared with the same person before, never with others; no marks are given.",
                ),
                battery.source,
            )
            if battery
            else (),
        ),
        *_trend(request, one, tests, battery),
        Section("otherwise", Label("训练情况", "At training"), _otherwise(one)),
    ]
    page = Board(
        Label(f"{one.name} 的康复训练", f"{one.name}: training"),
        Label(
            f"{len(tests)} 次测试，{'处方有效' if prescribed else '没有有效的处方'}",
            f"{len(tests)} tests, {'a prescription in force' if prescribed else 'no prescription in force'}",
        ),
        tuple(sections),
        crumbs(Crumb(one.name, addresses.file(one.opened.case_no)), Crumb(Label("康复训练", "Training"))),
        (*acts, Button(Label("打印", "Print"), extra={"data-print": True, "type": "button"})),
        (*saved_notice(one.asked), *_clearance_notice(one, given)),
        printed=f"/files/{one.opened.case_no}/printed/",
    )
    return show(request, page)


def _clearance_notice(one: One, given: exercise.Clearance | None) -> tuple[Notice, ...]:
    decision = one.trainee.may_prescribe(one.asked.today)
    if decision.allowed:
        return ()
    return (
        Notice(
            "gap" if given is None else "barred",
            decision.reason,
            Label("在此之前不训练，处方不生效。", "Until then no training, and no prescription is in force."),
        ),
    )


def _facts(one: One, prescribed: Entry | None) -> tuple[Fact, ...]:
    on = one.asked.today
    given = one.trainee.clearance(on)
    word = clearance_word(given, on)
    facts = [Fact(Label("训练许可", "Clearance"), word.text)]
    if given is not None and given.holds(on):
        if given.highest is not None:
            facts.append(
                Fact(
                    Label("医生定的心率上限", "The doctor’s highest rate"),
                    Label(f"{given.highest} 次/分", f"{given.highest} bpm"),
                )
            )
        if avoid := given.entry.get("avoid"):
            facts.append(Fact(Label("不做", "Leave out"), str(avoid)))
    if prescribed is not None:
        form = FORMS[str(prescribed.get("form"))]
        facts += [
            Fact(
                Label("处方", "Prescription"),
                Label(
                    f"{form.zh}，每周 {prescribed.get('times')} 次，每次 {prescribed.get('minutes')} 分钟",
                    f"{form.en}, {prescribed.get('times')} times a week,"
                    f" {prescribed.get('minutes')} minutes each",
                ),
            ),
            Fact(
                Label("目标心率", "Target heart rate"),
                Label(
                    f"{prescribed.get('low')}–{prescribed.get('high')} 次/分",
                    f"{prescribed.get('low')}–{prescribed.get('high')} bpm",
                ),
            ),
        ]
        if goal := prescribed.get("goal"):
            facts.append(Fact(Label("目标", "Goal"), str(goal)))
    return tuple(facts)


def _things(battery: Battery) -> tuple[Item | Derived, ...]:
    return (*battery.items, *battery.derived)


def _value(thing: Item | Derived, test: Tested) -> Decimal | None:
    return thing.value(test.values) if isinstance(thing, Derived) else test.values.get(thing.name)


def _progress(tests: tuple[Tested, ...], battery: Battery, at: str) -> Table:
    rows = []
    for thing in _things(battery):
        found = [(t.day, v) for t in tests if (v := _value(thing, t)) is not None]
        measured = [t for t in tests if _value(thing, t) is not None]
        if not found:
            continue
        (first_day, first), (last_day, last) = found[0], found[-1]
        unit = thing.unit
        band = thing.band(measured[-1].values) if isinstance(thing, Derived) else None
        change: Label | str = "—"
        if len(found) > 1:
            way = fitness.direction(thing.better, first, last)
            change = Label(f"{last - first:+}（{way.zh}）", f"{last - first:+} ({way.en})")
        rows.append(
            Row(
                (
                    Cell(
                        Label(
                            thing.label.zh + (f"（{unit.zh}）" if unit else ""),
                            thing.label.en + (f" ({unit.en})" if unit else ""),
                        ),
                        f"{at}?item={thing.name}#trend" if len(found) > 1 else "",
                    ),
                    Cell(str(first), sub=first_day.isoformat()),
                    Cell(str(last), sub=band or (last_day.isoformat() if len(found) > 1 else "")),
                    Cell(change),
                    Cell(str(len(found))),
                )
            )
        )
    return Table(
        Label("体能测试", "Fitness tests"),
        (
            Column(Label("项目", "Item"), phone="lead"),
            Column(Label("第一次", "First"), numeric=True),
            Column(Label("最近一次", "Last"), numeric=True),
            Column(Label("变化", "Change"), numeric=True),
            Column(Label("次数", "Tests"), numeric=True, phone="hide"),
        ),
        tuple(rows),
        empty=None if rows else Empty(Label("没有可读的数值。", "No value can be read.")),
        id="tests-list",
        hide_caption=True,
    )


def _drawn(
    tests: tuple[Tested, ...], battery: Battery | None, name: str
) -> tuple[Item | Derived, list[tuple[date, Decimal]]] | None:
    """What is drawn: the item asked for, else the first with a trend."""
    if battery is None:
        return None
    known = {}
    for thing in _things(battery):
        found = [(t.day, v) for t in tests if (v := _value(thing, t)) is not None]
        if len(found) > 1:
            known[thing.name] = (thing, found)
    moving = [name for name, (thing, _) in known.items() if thing.better != "none"]
    first = name if name in known else next(iter(moving), "")
    return known.get(first)


def _trend(
    request: HttpRequest, one: One, tests: tuple[Tested, ...], battery: Battery | None
) -> tuple[Section, ...]:
    found = _drawn(tests, battery, request.GET.get("item", ""))
    if found is None:
        return ()
    thing, values = found
    warm()
    view = request.preferences  # type: ignore[attr-defined]
    look = f"&look={view.contrast}" if view.contrast != "normal" else ""
    sizes = []
    desc = ""
    for size in ("wide", "narrow"):
        chart = _chart(thing, values, size)
        desc = chart.desc
        sizes.append(
            PictureSize(f"{one.at}picture/?item={thing.name}&size={size}{look}", chart.width, chart.height)
        )
    table = Table(
        thing.label,
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(thing.label, numeric=True, unit=thing.unit or ""),
        ),
        tuple(Row((day.isoformat(), str(value))) for day, value in values),
        id="trend-table",
    )
    return (
        Section(
            "trend",
            Label(f"{thing.label.zh}的变化", f"{thing.label.en} over time"),
            picture=Picture(sizes[0], sizes[1], desc, "", table),
        ),
    )


def _chart(thing: Item | Derived, values: list[tuple[date, Decimal]], size: str, look: str = "light"):  # type: ignore[no-untyped-def]
    points = tuple(Point(day.isoformat(), float(value), str(value)) for day, value in values)
    return line(
        [Series(say(thing.label), points)],
        unit=say(thing.unit),
        english=spoken() == ENGLISH,
        look=look,
        size=size,
    )  # type: ignore[arg-type]


@shows("training")
def picture(request: HttpRequest, case: str) -> HttpResponse:
    """The picture of one item's progress."""
    one = open_one(request, case, "training picture")
    tests = one.trainee.tests()
    battery = fitness.battery(tests[-1].battery, batteries.known()[0]) if tests else None
    found = _drawn(tests, battery, request.GET.get("item", ""))
    if found is None:
        raise Http404(case)
    size = "narrow" if request.GET.get("size") == "narrow" else "wide"
    look = LOOKS.get(request.GET.get("look", "normal"), "light")
    return HttpResponse(_chart(*found, size, look).svg().encode(), content_type="image/svg+xml")


def _otherwise(one: One) -> Table:
    rows = []
    for entry in reversed(one.opened.shown.counted()):
        if entry.kind == "training_exception":
            what: Label = WHAT[str(entry.get("what"))]
            told = str(entry.get("exertion") or "—")
        elif entry.kind == "training_stop":
            sign = SIGNS[str(entry.get("sign"))]
            what = Label(f"停训体征：{sign.zh}", f"Stop sign: {sign.en}")
            told = str(entry.get("heart_rate") or "—")
        else:
            continue
        rows.append(Row((entry.happened_on.isoformat(), what, told)))
    return Table(
        Label("训练情况", "At training"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("情况", "What")),
            Column(Label("用力程度或者心率", "Exertion or heart rate"), numeric=True),
        ),
        tuple(rows),
        empty=None if rows else Empty(Label("没有另外的情况。", "Nothing out of the ordinary.")),
        id="otherwise-list",
        hide_caption=True,
    )
