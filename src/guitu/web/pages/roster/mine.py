"""One's own shifts, made for a phone; asking for leave, or to swap."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import roster_issues, rosters
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.page import show, shows
from guitu.web.pages.record import day as days
from guitu.web.pages.roster import sheet
from guitu.web.pages.roster.build import WEEKDAYS, asked_days
from guitu.web.pages.roster.shown import MinePage
from guitu.web.who import Who, who

AHEAD = 42
"""So many days of one's own shifts are shown."""
STATES = {
    "open": Label("等待答复", "waiting"),
    "granted": Label("已同意", "granted"),
    "refused": Label("未同意", "not granted"),
}


def _reader(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    return reader


@shows("roster")
def mine(request: HttpRequest) -> HttpResponse:
    """My shifts; what I ask."""
    reader = _reader(request)
    assert reader.post is not None, "said above"
    unit = roster_issues.unit_of(reader.post.unit)
    if unit is None:
        raise Http404("no centre")
    now = clock.now()
    today = store_clock.office_day(now)
    faults: list[Fault] = []
    if request.method == "POST":
        what = request.POST.get("what", "")
        day = _day(request.POST.get(f"{what}_day", ""), today)
        until = _day(request.POST.get("until", ""), today) or day
        other = request.POST.get("other", "")
        if what not in ("leave", "swap"):
            raise Http404(what)
        if day is None or day < today:
            faults.append(Fault(Label("请填今天以后的日期。", "Enter a day from today on."), f"f-{what}_day"))
        elif until is not None and (until < day or (until - day).days > 60):
            faults.append(
                Fault(
                    Label(
                        "最后一天不能早于第一天，最多 60 天。",
                        "The last day is not before the first; at most 60 days.",
                    ),
                    "f-until",
                )
            )
        if what == "swap" and other not in {i for i, _ in _others(unit, reader.username)}:
            faults.append(Fault(Label("请选择与谁换。", "Choose whom to swap with."), "f-other"))
        if not faults and day is not None:
            roster_issues.ask(
                unit,
                reader.username,
                "swap" if what == "swap" else "leave",
                day,
                until=until if what == "leave" else None,
                other=other if what == "swap" else "",
                reason=request.POST.get("reason", "").strip(),
                now=now,
            )
            return HttpResponseRedirect("/roster/mine/?done=asked")
    page = _page(request, reader, unit, today, tuple(faults))
    return show(request, page, status=422 if faults else 200)


def _day(typed: str, today: date) -> date | None:
    found = days.read(typed, today)
    return found if isinstance(found, date) else None


def _others(unit: Unit, username: str) -> list[tuple[str, str]]:
    data = rosters.setup(unit) or {"people": []}
    return sorted(
        ((p["id"], p.get("name", p["id"])) for p in data["people"] if p["id"] != username), key=lambda p: p[1]
    )


def _page(request: HttpRequest, reader: Who, unit: Unit, today: date, faults: tuple[Fault, ...]) -> MinePage:
    found = roster_issues.shifts_of(unit, reader.username, today, today + timedelta(days=AHEAD))
    shifts = []
    for s in found:
        week = WEEKDAYS[s.day.weekday()]
        shifts.append(
            (
                Label(f"{s.day.isoformat()} 周{week.zh}", f"{s.day.isoformat()} {week.en}"),
                Label(
                    f"{s.label.zh} {s.begins:%H:%M}–{s.ends:%H:%M}",
                    f"{s.label.en} {s.begins:%H:%M}–{s.ends:%H:%M}",
                ),
                s.post,
            )
        )
    errors = {f.box: f.text for f in faults}
    typed = request.POST

    def field(name: str, label: Label, kind: str = "text", **more: object) -> Field:
        return Field(name, label, kind, typed.get(name, ""), error=errors.get(f"f-{name}", ""), **more)

    names = dict(_others(unit, reader.username))
    asked = []
    for one in roster_issues.asks(unit, person=reader.username)[:10]:
        days = asked_days(one)
        text = Label(f"请假 {days.zh}", f"Leave, {days.en}")
        if one.what == "swap":
            other = names.get(one.other, one.other)
            text = Label(f"与 {other} 换 {days.zh} 的班", f"Swap {days.en} with {other}")
        asked.append((text, STATES.get(one.state, STATES["open"])))
    number = len(found)
    return MinePage(
        lead=Label(f"今后 {AHEAD} 天有 {number} 个班", f"{number} shifts in the next {AHEAD} days"),
        shifts=tuple(shifts),
        empty=None
        if found
        else Empty(
            Label(
                "已发布的班表里，今后没有您的班。", "No published roster has a shift for you from today on."
            )
        ),
        leave=(
            field("leave_day", Label("请假第一天", "First day of leave"), "day"),
            field("until", Label("最后一天", "Last day"), "day", optional=True),
            field("reason", Label("原因", "Reason"), optional=True),
        ),
        leave_button=Button(Label("申请请假", "Ask for leave"), name="what", value="leave"),
        swap=(
            field("swap_day", Label("想换哪一天", "Which day to swap"), "day"),
            field(
                "other",
                Label("与谁换", "With whom"),
                "choice",
                options=tuple(Option(i, n) for i, n in names.items()),
            ),
        ),
        swap_button=Button(Label("申请换班", "Ask to swap"), name="what", value="swap"),
        asked=tuple(asked),
        links=(
            Button(
                Label("放进手机日历（.ics）", "Put into my calendar (.ics)"),
                href="/roster/mine/shifts.ics",
                look="link",
            ),
        ),
        notices=(
            Notice(
                "fresh",
                Label("已送排班员，答复会显示在这里。", "Sent to the planner; the answer appears here."),
            ),
        )
        if request.GET.get("done") == "asked"
        else (),
        summary=ErrorSummary(faults) if faults else None,
    )


@shows("roster")
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own shifts as a calendar."""
    reader = _reader(request)
    assert reader.post is not None, "said above"
    unit = roster_issues.unit_of(reader.post.unit)
    if unit is None:
        raise Http404("no centre")
    now = clock.now()
    today = store_clock.office_day(now)
    found = roster_issues.shifts_of(
        unit, reader.username, today - timedelta(days=14), today + timedelta(days=AHEAD)
    )
    return sheet.calendar(found, reader.username, now)
