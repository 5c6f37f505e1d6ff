"""The week's work, closing a day of it, and the month's pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry, Value
from guitu.casefile.fields import read_decimal
from guitu.centre import ceilings, timetable
from guitu.centre import work as working
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.centre import days_of_work
from guitu.store.centre.brigade import Member
from guitu.store.gate import NotAccepted
from guitu.store.guards import day_of
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Option, field_of
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.days import in_words, with_weekday
from guitu.web.fresh import source_of
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.daily.desk import Desk
from guitu.web.pages.daily.shown import BoardPage, FormPart, Line, LinesPage, Section
from guitu.web.pages.record import form as forms
from guitu.web.unchanged import while_unchanged

FIT: Final = {
    "full": Word("done", Label("可以劳动", "Fit")),
    "light": Word("open", Label("只做轻活", "Light work")),
    "none": Word("barred", Label("不能劳动", "Not fit")),
    "unknown": Word("gap", Label("没有医生意见", "No doctor's word")),
}
READS: Final = ("work_fitness", "work_exception")


@shows("daily")
@while_unchanged(minutely=True)
def week(request: HttpRequest, code: str) -> HttpResponse:
    """The plans of a week, who is able, and a plan for another day."""
    desk = Desk(request, code)
    on = desk.on()
    if request.method == "POST":
        return _plan(desk)
    return show(request, _week(desk, on))


def _week(
    desk: Desk, on: date, answers: forms.Answers | None = None, faults: tuple[Fault, ...] = ()
) -> BoardPage:
    counted = desk.file.counted()
    plans, closed = ceilings.plans(counted), days_of_work.closed(counted)
    members = desk.members(READS)
    desk.note(members, "work")
    fit = {name: sum(1 for m in members if working.able(m.entries, desk.today).fit == name) for name in FIT}
    days = timetable.week_of(on)
    total = sum((Decimal(str(plans[d].get("hours") or 0)) for d in days if d in plans), Decimal(0))
    sections = [Section("week", Label("一周安排", "The week"), table=_table(desk, days, plans, closed))]
    if desk.may("work_plan"):
        sections.append(
            Section(
                "plan",
                Label("安排一天", "Plan a day"),
                _ceilings(),
                form=_form(desk, on, answers),
                on_paper=False,
            )
        )
    sections.append(Section("able", Label("谁能劳动", "Who is able"), table=_able(desk, members)))
    days_n, able = sum(1 for d in days if d in plans), fit["full"] + fit["light"]
    lead = Label(
        f"{days[0]} ～ {days[-1]}：安排 {days_n} 天、每人 {working.plain(total)} 小时"
        f" · 可以劳动 {able} 人，没有医生意见 {fit['unknown']} 人",
        f"{days[0]} – {days[-1]}: {days_n} days, {working.plain(total)} hours each · {able} able,"
        f" {fit['unknown']} without a doctor's word",
    )
    notices: tuple[Notice, ...] = ()
    if (saved := desk.request.GET.get("saved", "")) in kinds():
        label = kinds()[saved].label
        notices = (Notice("fresh", Label(f"已保存：{label.zh}", f"Saved: {label.en}")),)
    return BoardPage(
        desk.title(Label("劳动", "Work")),
        lead,
        tuple(sections),
        desk.tabs("work"),
        desk.days(on, "work", 7),
        notices,
        ErrorSummary(faults) if faults else None,
    )


def _ceilings() -> tuple[Label, ...]:
    zh = "；".join(c.says.zh for c in ceilings.CEILINGS)
    en = "; ".join(c.says.en for c in ceilings.CEILINGS)
    article = ceilings.DAY_HOURS.article
    return (
        Label(
            f"{zh}（{article.zh}）。超出的存不下来。",
            f"{en} ({article.en}). What goes beyond cannot be saved.",
        ),
    )


def _table(
    desk: Desk, days: Sequence[date], plans: Mapping[date, Entry], closed: Mapping[date, Entry]
) -> Table:
    rows = []
    for on in days:
        sort = day_of(on)
        said = sort.name or timetable.SORTS[sort.sort]
        plan, done = plans.get(on), closed.get(on)
        state: Cell | str = ""
        if done is not None:
            worked, within = done.get("worked"), done.get("within")
            text = Label(f"{worked} 人，六小时内 {within} 人", f"{worked} worked, {within} within six hours")
            state = Cell(part=Word("done", text))
        elif plan is not None and on <= desk.today and desk.may("work_day"):
            state = Cell(
                part=Button(
                    Label("登记当日", "Close the day"),
                    href=desk.href(f"work/{on}"),
                    look="small",
                    describes=on.isoformat(),
                )
            )
        elif plan is not None:
            state = Cell(part=Word("open", Label("未到", "To come")))
        hours = f"{plan.get('hours')}" if plan else "—"
        rows.append(
            Row((Cell(with_weekday(on)), said, hours, str(plan.get("what") or "") if plan else "", state))
        )
    return Table(
        Label("劳动安排", "Plans of work"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("类别", "Sort of day"), phone="bare"),
            Column(Label("每人", "Each"), numeric=True, unit=Label("小时", "hours")),
            Column(Label("内容", "What")),
            Column(Label("登记", "Recorded"), phone="bare"),
        ),
        tuple(rows),
        id="plans-list",
    )


def _able(desk: Desk, members: Sequence[Member]) -> Table:
    rows = []
    writes = desk.may("work_fitness")
    for member in members:
        able = working.able(member.entries, desk.today)
        most = Label(f"每天不超过 {able.most} 小时", f"{able.most} hours a day at most") if able.most else ""
        act: Cell | str = ""
        if writes:
            href = addresses.record(member.line.case_no, "work_fitness")
            act = Cell(
                part=Button(Label("登记", "Record"), href=href, look="small", describes=member.line.name)
            )
        name = Cell(member.line.name, href=addresses.file(member.line.case_no))
        rows.append(
            Row((name, Cell(part=FIT[able.fit], sub=most), able.seen.isoformat() if able.seen else "—", act))
        )
    return Table(
        Label("劳动能力", "Fit for work"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("医生意见", "Doctor's word"), phone="bare"),
            Column(Label("检查日期", "Seen")),
            Column(Label("操作", "Act"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        id="able-list",
    )


def _form(desk: Desk, on: date, answers: forms.Answers | None) -> FormPart:
    kind = kinds()["work_plan"]
    first = max(on, desk.today)
    answers = answers or forms.Answers({"on": first.isoformat(), "hours": "6"})
    when = answers.fields.get("on")
    asked = when if isinstance(when, date) else first
    fields = tuple(
        field_of(
            ask,
            answers.typed.get(ask.name, ""),
            answers.faults.get(ask.name, ""),
            asks=kind.fields,
            shown=in_words(asked) if ask.name == "on" else "",
        )
        for ask in kind.fields
        if ask.name != "not_holiday" or not day_of(asked).known or answers.typed.get("not_holiday")
    )
    return FormPart(
        desk.href("work"),
        fields,
        Button(Label("保存安排", "Save the plan"), look="primary"),
        (("id", str(desk.identifier())),),
    )


def _plan(desk: Desk) -> HttpResponse:
    kind = kinds()["work_plan"]
    if not desk.may(kind.name):
        return HttpResponseRedirect(desk.href("work"))
    data = {
        **{name: str(desk.request.POST[name]) for name in desk.request.POST},
        forms.DAY: desk.today.isoformat(),
    }
    answers = forms.read(kind, data, desk.today)
    on = answers.fields.get("on")
    if isinstance(on, date) and on < desk.today:
        answers = answers.with_fault("on", Label("安排的是今天或者以后", "A plan is for today or later"))
    if not answers.faults:
        there = ceilings.plans(desk.file.counted()).get(on) if isinstance(on, date) else None
        entry = unitfiles.new_entry(
            desk.unit.code,
            kind.name,
            desk.today,
            answers.fields,
            now=desk.now,
            author=desk.actor.name,
            office=desk.office,
            identifier=desk.identifier(),
            corrects=there.id if there else None,
            reason="改排" if there else "",
            source=source_of(desk.request),
        )
        try:
            unitfiles.record(entry, actor=desk.actor, now=desk.now)
        except NotAccepted as refused:
            for fault in refused.faults:
                answers = answers.with_fault(fault.field or "on", fault.label)
            if not refused.faults:
                answers = answers.with_fault("on", refused.label)
        except GuituError as refused:
            answers = answers.with_fault("on", refused.label)
        else:
            assert isinstance(on, date), "it was accepted"
            return HttpResponseRedirect(desk.href("work", on=on.isoformat(), saved=kind.name))
    faults = tuple(Fault(text, f"f-{box}") for box, text in answers.faults.items())
    page = _week(desk, on if isinstance(on, date) else desk.today, answers, faults)
    return show(desk.request, page, status=422)


# ── one day ───────────────────────────────────────────────────────────────────────────────────────


@shows("daily")
@while_unchanged(minutely=True)
def close(request: HttpRequest, code: str, on: str) -> HttpResponse:
    """Exceptions of a day of work, and its counts."""
    desk = Desk(request, code)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Http404(on) from None
    counted = desk.file.counted()
    plan = ceilings.plans(counted).get(day)
    if plan is None or day > desk.today or day in days_of_work.closed(counted) or not desk.may("work_day"):
        return HttpResponseRedirect(desk.href("work", on=day.isoformat()))
    members = desk.members(READS, on=day)
    planned = Decimal(str(plan.get("hours")))
    desk.note(members, "workday")
    if request.method != "POST":
        return show(request, _close(desk, day, plan, members, {}, {}))
    why = {m.no: request.POST.get(f"p{m.no}", "") for m in members}
    typed = {m.no: request.POST.get(f"h{m.no}", "").strip() for m in members}
    said, faults = _exceptions(members, why, typed)
    if faults:
        return show(request, _close(desk, day, plan, members, why, typed, faults), status=422)
    try:
        noted = days_of_work.close(
            desk.unit, day, planned, members, said, actor=desk.actor, office=desk.office, now=desk.now
        )
    except GuituError as refused:
        page = _close(desk, day, plan, members, why, typed, (Fault(refused.label),))
        return show(request, page, status=422)
    for no, entry in noted.items():
        noted_write(request, no, entry.id, entry.kind, desk.unit.path)
    return HttpResponseRedirect(desk.href("work", on=day.isoformat(), saved="work_day"))


def _exceptions(
    members: Sequence[Member], why: Mapping[int, str], typed: Mapping[int, str]
) -> tuple[dict[int, Mapping[str, Value]], tuple[Fault, ...]]:
    """What was said of each, as fields of an exception; and what is wrong with it."""
    said: dict[int, Mapping[str, Value]] = {}
    faults = []
    kind = kinds()["work_exception"]
    for member in members:
        if not why[member.no] and not typed[member.no]:
            continue
        hours = read_decimal(typed[member.no] or "0")
        fields: dict[str, Value] = {"hours": hours, "why": why[member.no] or None}
        wrong = [f.label for f in kind.faults(fields)]
        if hours is None:
            wrong = [
                Label(f"小时“{typed[member.no]}”不是数字", f"“{typed[member.no]}” is no number of hours")
            ]
        faults += [Fault(Label(f"{member.line.name}：{w.zh}", f"{member.line.name}: {w.en}")) for w in wrong]
        said[member.no] = fields
    return said, tuple(faults)


def _close(
    desk: Desk,
    day: date,
    plan: Entry,
    members: Sequence[Member],
    why: Mapping[int, str],
    typed: Mapping[int, str],
    faults: tuple[Fault, ...] = (),
) -> LinesPage:
    reasons = kinds()["work_exception"].ask("why").choices
    lines = []
    for m in members:
        able = working.able(m.entries, day)
        state = Word("barred", Label("外出", "Out")) if m.out else FIT[able.fit]
        lines.append(
            Line(
                m.number,
                m.line.name,
                addresses.file(m.line.case_no),
                "",
                state,
                "",
                why.get(m.no, ""),
                typed.get(m.no, ""),
                str(m.no),
            )
        )
    return LinesPage(
        desk.title(Label(f"登记 {day} 的劳动", f"Work of {day}")),
        Label(
            f"{in_words(day).zh}，每人 {plan.get('hours')}"
            f" 小时。不写的：能劳动、没有外出的按安排计，其他的不计。",
            f"{in_words(day).en}, {plan.get('hours')} hours each. Who is left blank worked as planned if"
            f" able and not out,"
            " and not at all otherwise.",
        ),
        desk.href(f"work/{day}"),
        tuple(lines),
        (Option("", Label("按安排", "As planned")), *(Option(c.value, c.label) for c in reasons)),
        Button(Label("登记当日", "Close the day"), look="primary"),
        Button(Label("取消", "Cancel"), href=desk.href("work", on=day.isoformat()), look="link"),
        Label(f"{len(members)} 人", f"{len(members)} people"),
        Label("例外原因", "Why otherwise"),
        hours_label=Label("实际小时", "Hours worked"),
        tabs=desk.tabs("work"),
        summary=ErrorSummary(faults) if faults else None,
    )
