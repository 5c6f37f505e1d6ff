"""The timetable: the day, the week, what it adds up to; and drawing up a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Value
from guitu.centre import timetable as tables
from guitu.centre.ceilings import CEILINGS
from guitu.centre.times import clock
from guitu.centre.timetable import ACTIVITIES, FIELD_OF, SORTS, DaySort, Slot, Version, hours
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.centre.rolls import sort_of
from guitu.store.gate import NotAccepted
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.days import WEEKDAYS, in_words
from guitu.web.fresh import source_of
from guitu.web.page import show, shows
from guitu.web.pages.daily.desk import Desk
from guitu.web.pages.daily.shown import BoardPage, FormPart, Section
from guitu.web.pages.record import day as typed_day
from guitu.web.unchanged import while_unchanged

FROM: Final = "from_day"
MARKS: Final = {
    "P": Label("条文已核", "read in full"),
    "S": Label("条文据转载，请对照正式文本", "read in a secondary copy: check against the official text"),
}


@shows("daily")
@while_unchanged(minutely=True)
def timetable(request: HttpRequest, code: str) -> HttpResponse:
    """The day and its week."""
    desk = Desk(request, code)
    on = desk.on()
    counted = desk.file.counted()
    version = tables.in_force(counted, on)
    sort, known = sort_of(on)
    new = Button(
        Label("制定新的一版", "Draw up a new version"), href=desk.href("timetable/new"), look="primary"
    )
    buttons = (new,) if desk.may("timetable") else ()
    if version is None:
        nothing = Empty(Label("还没有一日生活规范。", "There is no timetable yet."), buttons)
        sections: tuple[Section, ...] = (Section("day", Label("当日", "The day"), empty=nothing),)
    else:
        sections = (
            Section("day", Label("当日", "The day"), table=_day(version.of(sort), on), buttons=buttons),
            Section("week", Label("一周", "The week"), table=_week(version, on)),
            Section(
                "sums", Label("各类活动的小时", "Hours of each activity"), _ceilings(), _sums(version, on)
            ),
        )
    zh = f"{in_words(on).zh}，{SORTS[sort].zh}"
    en = f"{in_words(on).en}, {SORTS[sort].en.lower()}"
    if version is not None:
        zh, en = f"{zh} · 执行 {version.from_day} 起的一版", f"{en} · the version from {version.from_day}"
    for later in tables.upcoming(counted, on)[:1]:
        zh, en = f"{zh} · {later.from_day} 起换新版", f"{en} · a new one from {later.from_day}"
    page = BoardPage(
        desk.title(Label("一日生活规范", "Timetable")),
        Label(zh, en),
        sections,
        desk.tabs("timetable"),
        desk.days(on, "timetable"),
        _told(desk, known, on),
    )
    return show(request, page)


def _told(desk: Desk, known: bool, on: date) -> tuple[Notice, ...]:
    found = []
    if desk.request.GET.get("saved") == "timetable":
        found.append(Notice("fresh", Label("已保存：一日生活规范", "Saved: timetable")))
    if not known:
        text = Label(
            f"{on.year}年的放假安排尚未收录：是否法定节假日须查明。",
            f"The holidays of {on.year} are not known here: check whether a day is one.",
        )
        found.append(Notice("gap", text))
    return tuple(found)


def _ceilings() -> tuple[Label, ...]:
    return tuple(
        Label(
            f"{c.says.zh}（{c.article.zh}；{MARKS[c.mark].zh}）",
            f"{c.says.en} ({c.article.en}; {MARKS[c.mark].en})",
        )
        for c in CEILINGS
    )


def _said(slot: Slot) -> Label:
    label = ACTIVITIES[slot.activity]
    return Label(f"{label.zh} {slot.words}".strip(), f"{label.en} {slot.words}".strip())


def _day(slots: Sequence[Slot], on: date) -> Table:
    rows = tuple(
        Row((f"{clock(s.start)}–{clock(s.end)}", ACTIVITIES[s.activity], s.words, str(s.minutes)))
        for s in slots
    )
    left = tables.unplanned(slots)
    counts = (in_words(on), Label(f"未安排 {hours(left)} 小时", f"{hours(left)} hours not planned"))
    return Table(
        Label("当日安排", "The day's plan"),
        (
            Column(Label("时间", "Time"), phone="lead"),
            Column(Label("类别", "Activity"), phone="bare"),
            Column(Label("内容", "What"), phone="bare"),
            Column(Label("时长", "Length"), numeric=True, unit=Label("分钟", "minutes"), phone="hide"),
        ),
        rows,
        counts,
        empty=Empty(Label("这一类日子没有安排。", "Nothing is planned for such a day.")),
        id="day-list",
    )


def _week(version: Version, on: date) -> Table:
    days = tables.week_of(on)
    slots = {day: {s.start: s for s in version.of(sort_of(day)[0])} for day in days}
    starts = sorted({start for some in slots.values() for start in some})
    columns = [Column(Label("时间", "Time"), phone="lead")]
    for day in days:
        sort, weekday = SORTS[sort_of(day)[0]], WEEKDAYS[day.weekday()]
        columns.append(
            Column(Label(f"{weekday.zh} {day:%m-%d} {sort.zh}", f"{weekday.en} {day:%m-%d} {sort.en}"))
        )
    rows = tuple(
        Row((clock(start), *(_said(s) if (s := slots[day].get(start)) else "" for day in days)))
        for start in starts
    )
    counts = (Label(f"{days[0]} ～ {days[-1]}", f"{days[0]} – {days[-1]}"),)
    return Table(
        Label("一周安排", "The week's plan"), tuple(columns), rows, counts, wide=True, id="week-list"
    )


def _sums(version: Version, on: date) -> Table:
    week = [version.of(sort_of(day)[0]) for day in tables.week_of(on)]
    whole: dict[str, int] = {}
    for slots in week:
        for name, minutes in tables.sums(slots).items():
            whole[name] = whole.get(name, 0) + minutes
    by_sort = {sort: tables.sums(version.of(sort)) for sort in FIELD_OF}
    rows = []
    for name, label in ACTIVITIES.items():
        if any(name in some for some in (*by_sort.values(), whole)):
            rows.append(
                Row((label, *(hours(by_sort[s].get(name, 0)) for s in FIELD_OF), hours(whole.get(name, 0))))
            )
    return Table(
        Label("计划小时", "Planned hours"),
        (
            Column(Label("类别", "Activity"), phone="lead"),
            *(Column(SORTS[s], numeric=True, unit=Label("小时", "hours")) for s in FIELD_OF),
            Column(Label("这一周", "This week"), numeric=True, unit=Label("小时", "hours")),
        ),
        tuple(rows),
        id="sums-list",
    )


# ── a new version ─────────────────────────────────────────────────────────────────────────────────


@shows("daily")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """The form, begun from the version in force; and saving it."""
    desk = Desk(request, code)
    if not desk.may("timetable"):
        return HttpResponseRedirect(desk.href("timetable"))
    if request.method != "POST":
        version = tables.in_force(desk.file.counted(), desk.today)
        typed = {field: _typed(version.of(sort)) if version else "" for sort, field in FIELD_OF.items()}
        return show(request, _form(desk, {FROM: (desk.today + timedelta(days=1)).isoformat(), **typed}))
    typed = {name: request.POST.get(name, "") for name in (FROM, *FIELD_OF.values())}
    faults: list[Fault] = []
    begins = typed_day.read(typed[FROM], desk.today)
    if not isinstance(begins, date):
        text = begins if isinstance(begins, Label) else Label("请填写从哪天起执行", "Enter from which day")
        faults.append(Fault(text, f"f-{FROM}"))
    elif begins < desk.today:
        faults.append(
            Fault(Label("不能从过去的日子起执行", "It cannot come into force in the past"), f"f-{FROM}")
        )
    fields: dict[str, Value] = {FROM: begins if isinstance(begins, date) else None}
    for sort, field in FIELD_OF.items():
        slots, wrong = tables.read(typed[field])
        faults += [
            Fault(Label(f"{SORTS[sort].zh}{w.zh}", f"{SORTS[sort].en}: {w.en}"), f"f-{field}") for w in wrong
        ]
        fields[field] = tables.kept(slots) or None
        if sort == "working":
            fields["work_minutes"] = tables.sums(slots).get("work", 0)
            fields["rolls"] = len(tables.rolls(slots))
            if not slots and not wrong:
                faults.append(
                    Fault(Label("请填写工作日的安排", "Enter the plan of working days"), f"f-{field}")
                )
    if faults:
        return show(request, _form(desk, typed, tuple(faults)), status=422)
    entry = unitfiles.new_entry(
        desk.unit.code,
        "timetable",
        desk.today,
        fields,
        now=desk.now,
        author=desk.actor.name,
        office=desk.office,
        identifier=desk.identifier(),
        source=source_of(request),
    )
    try:
        unitfiles.record(entry, actor=desk.actor, now=desk.now)
    except NotAccepted as refused:
        over = tuple(Fault(f.label, f"f-{f.field}" if f.field else "f-workdays") for f in refused.faults)
        return show(request, _form(desk, typed, over or (Fault(refused.label),)), status=422)
    except GuituError as refused:
        return show(request, _form(desk, typed, (Fault(refused.label),)), status=422)
    return HttpResponseRedirect(desk.href("timetable", on=begins.isoformat(), saved="timetable"))


def _typed(slots: Sequence[Slot]) -> str:
    """The lines as somebody would type them."""
    return "\n".join(
        f"{clock(s.start)}-{clock(s.end)} {ACTIVITIES[s.activity].zh} {s.words}".strip() for s in slots
    )


def _form(desk: Desk, typed: Mapping[str, str], faults: tuple[Fault, ...] = ()) -> BoardPage:
    wrong = {fault.box: fault.text for fault in reversed(faults)}
    known_zh = "、".join(label.zh for label in ACTIVITIES.values())
    known_en = ", ".join(ACTIVITIES)
    hint = Label(
        f"每行：起止 类别 内容。类别：{known_zh}", f"A line: from–to, activity, words. Activities: {known_en}"
    )
    labels = {
        "working": Label("工作日", "Working days"),
        "rest": Label("周六、周日", "Saturdays and Sundays"),
        "holiday": Label("法定节假日", "Statutory holidays"),
    }

    def text(sort: DaySort) -> Field:
        name = FIELD_OF[sort]
        return Field(
            name,
            labels[sort],
            "long_text",
            value=typed.get(name, ""),
            hint=hint if sort == "working" else "",
            error=wrong.get(f"f-{name}", ""),
            optional=sort != "working",
        )

    begins = typed_day.read(typed.get(FROM, ""), desk.today)
    first = Field(
        FROM,
        Label("从哪天起执行", "In force from"),
        "day",
        value=typed.get(FROM, ""),
        error=wrong.get(f"f-{FROM}", ""),
        shown=in_words(begins) if isinstance(begins, date) else "",
    )
    form = FormPart(
        desk.href("timetable/new"),
        (first, *(text(sort) for sort in FIELD_OF)),
        Button(Label("保存这一版", "Save this version"), look="primary"),
        (("id", str(desk.identifier())),),
        tall=True,
    )
    return BoardPage(
        desk.title(Label("制定一日生活规范", "Draw up a timetable")),
        Label(
            "劳动时间超过上限的存不下来。旧的一版留存。",
            "More work than the ceilings allow cannot be saved. The old version stays.",
        ),
        (Section("form", Label("三类日子", "Three sorts of day"), _ceilings(), form=form),),
        desk.tabs("timetable"),
        summary=ErrorSummary(faults) if faults else None,
    )
