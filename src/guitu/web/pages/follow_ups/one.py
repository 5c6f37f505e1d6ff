"""One campaign: what came of everybody, by station and by town, what those said who were reached, and the
plan."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.compose import kinds
from guitu.home.campaign import OUTCOMES, QUESTIONS, Results
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label, many, spanned
from guitu.store.home import followups
from guitu.store.home.followups import Cohort, Declared
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.follow_ups import planning, words

UNPLANNED = Label("计划里没有", "Not in the plan")
NO_STATION = Label("没有指导站", "No station")
NO_TOWN = Label("尚未由乡镇接收", "No town answers for them yet")


def opened(request: HttpRequest, campaign: UUID) -> tuple[Area, Declared]:
    """The campaign and the area it is looked at in; 404 where it does not reach the reader."""
    area = Area(request)
    found = followups.one(area.unit, campaign)
    if found is None:
        raise Http404(str(campaign))
    return area, found


@shows("follow_ups")
def one(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The page."""
    area, found = opened(request, campaign)
    return _page(area, found)


@require_POST
@shows("follow_ups")
def plan(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Make the plan, or make it anew for those who have not been tried."""
    area, found = opened(request, campaign)
    if not area.may("follow_up_plan", found.unit):
        raise Http404(str(campaign))
    if planning.running(campaign) is None:
        try:
            planning.begin(found, area.actor, area.home.code, area.now)
        except GuituError as wrong:
            return _page(area, found, ErrorSummary((Fault(wrong.label),)))
    return HttpResponseRedirect(words.address(campaign, unit=area.code, planned="yes"))


def _page(area: Area, found: Declared, summary: ErrorSummary | None = None) -> HttpResponse:
    cohort = followups.cohort(found, area.unit, area.today)
    total = cohort.total
    sections = [_facts(total, found), _stations(area, found, cohort)]
    if area.unit.level in ("county", "town", "village"):
        sections.append(_towns(cohort))
    sections += [_weeks(area, found, cohort), _answers(total), _plan(area, found, cohort)]
    page = Board(
        Label(f"{found.campaign.name} · {area.unit.name}", f"{found.campaign.name} · {area.unit.name}"),
        lead(total, found, area),
        tuple(sections),
        crumbs=Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(found.campaign.name))),
        notices=_notices(area, found),
        summary=summary,
        tabs=words.tabs(found.campaign.id, "", area.code),
    )
    return show(area.request, page, status=422 if summary else 200)


def lead(total: Results, found: Declared, area: Area) -> Label:
    """The result in one line."""
    reached = words.share(total.outcomes["reached"], total.cohort)
    left = (found.campaign.last - area.today).days
    zh = f"还有 {left} 天" if left >= 0 else "已经结束"
    en = f"{many(left, 'day')} to go" if left >= 0 else "over"
    lost = total.outcomes["lost"]
    return Label(
        f"回访到 {reached.zh} · 失去联系 {lost} 人 · {zh}",
        f"spoken to {reached.en} · {lost} lost · {en}",
    )


def _notices(area: Area, found: Declared) -> tuple[Notice, ...]:
    beat = planning.running(found.campaign.id)
    if beat is not None:
        done = Label(
            f"已安排 {beat.done}/{beat.total} 个站", f"{beat.done} of {many(beat.total, 'station')} done"
        )
        again = Button(Label("看看好了没有", "Look again"), words.address(found.campaign.id, unit=area.code))
        return (Notice("info", Label("正在安排", "The plan is being made"), done, (again,)),)
    if area.asked("planned") and found.number:
        text = Label(f"已安排（第 {found.number} 次）", f"Planned (number {found.number})")
        return (Notice("fresh", text),)
    return ()


def _facts(total: Results, found: Declared) -> Section:
    campaign = found.campaign
    facts = [
        Fact(Label("应回访", "To follow up"), f"{total.cohort:,}"),
        *(
            Fact(label, words.share(total.outcomes[name], total.cohort))
            for name, label in OUTCOMES.items()
            if total.outcomes[name] or name in ("reached", "lost")
        ),
        Fact(Label("联系次数", "Attempts"), f"{total.attempts:,}"),
        *(Fact(label, f"{total.apart[name]:,}") for name, label in words.APART.items() if total.apart[name]),
        Fact(Label("时间", "Days"), spanned(campaign.first, campaign.last)),
        Fact(
            Label("回访谁", "Whom"),
            Label(
                f"{_cohort(campaign.cohort).zh}，{campaign.since} ～ {campaign.until}",
                f"{_cohort(campaign.cohort).en}, {campaign.since} – {campaign.until}",
            ),
        ),
        Fact(
            Label("怎样联系", "How"),
            Label(
                f"每人最多 {campaign.attempts} 次，间隔 {campaign.gap} 天，第 {campaign.visit_from} 次起上门",
                f"{many(campaign.attempts, 'attempt')} at most, {many(campaign.gap, 'day')} apart,"
                f" by visit from number {campaign.visit_from}",
            ),
        ),
    ]
    return Section("result", Label("结果", "Result"), facts=tuple(facts), says=(words.ALL_COUNT,))


def _cohort(name: str) -> Label:
    found = kinds()["follow_up_campaign"].ask("cohort").choice(name)
    assert found is not None, name
    return found.label


def _stations(area: Area, found: Declared, cohort: Cohort) -> Section:
    rows = [
        (
            words.unit_name(code, NO_STATION),
            words.address(found.campaign.id, "week", unit=area.code, station=code or "none"),
            some,
        )
        for code, some in sorted(cohort.by_station.items(), key=lambda item: (not item[0], item[0]))
    ]
    table = words.results_table(
        rows,
        cohort.total,
        Label("各指导站的结果", "Results of the stations"),
        Label("指导站", "Station"),
        "stations",
    )
    return Section("by-station", Label("各指导站", "By station"), table)


def _towns(cohort: Cohort) -> Section:
    rows = [
        (words.unit_name(code, NO_TOWN), "", some)
        for code, some in sorted(cohort.by_town.items(), key=lambda item: (not item[0], item[0]))
    ]
    table = words.results_table(
        rows, cohort.total, Label("各乡镇的结果", "Results of the towns"), Label("乡镇", "Town"), "towns"
    )
    return Section("by-town", Label("各乡镇", "By town"), table)


def _weeks(area: Area, found: Declared, cohort: Cohort) -> Section:
    planned: Counter[str] = Counter()
    for member in cohort.members:
        if member.slot is not None:
            planned[str(member.slot.day.on - timedelta(days=member.slot.day.on.weekday()))] += 1
    made: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for member in cohort.members:
        for entry in member.standing.tries:
            monday = str(entry.happened_on - timedelta(days=entry.happened_on.weekday()))
            made[monday] += 1
            reached[monday] += entry.get("result") == "reached"
    rows = tuple(
        Row(
            (
                Cell(str(monday), words.address(found.campaign.id, "week", unit=area.code, week=str(monday))),
                f"{planned[str(monday)]:,}",
                f"{made[str(monday)]:,}",
                f"{reached[str(monday)]:,}",
            ),
            now=monday <= area.today < monday + timedelta(days=7),
        )
        for monday in found.campaign.weeks()
    )
    table = Table(
        Label("每周", "Weeks"),
        (
            Column(Label("周一", "Monday"), phone="lead"),
            Column(Label("计划首次联系", "First attempts planned"), numeric=True),
            Column(Label("实际联系次数", "Attempts made"), numeric=True),
            Column(Label("其中联系到", "Spoken to"), numeric=True),
        ),
        rows,
        id="weeks",
        hide_caption=True,
    )
    return Section("by-week", Label("每周", "By week"), table)


def _answers(total: Results) -> Section:
    reached = total.outcomes["reached"]
    if not reached:
        empty = Empty(Label("还没有联系到的人。", "Nobody has been spoken to yet."))
        return Section("answers", Label("问卷", "Answers"), empty=empty)
    rows = []
    for name in QUESTIONS:
        ask = kinds()["follow_up"].ask(name)
        said = [(choice.label, total.answers[name, choice.value]) for choice in ask.choices]
        if ask.choice("unknown") is None:
            said.append((Label("没有问到", "Not asked"), total.answers[name, "unknown"]))
        for n, (label, people) in enumerate(pair for pair in said if pair[1]):
            rows.append(Row((Cell(ask.label, strong=not n), label, words.share(people, reached))))
    table = Table(
        Label("联系到的人的回答", "What those spoken to answered"),
        (
            Column(Label("问题", "Question"), phone="lead"),
            Column(Label("回答", "Answer")),
            Column(Label("占联系到的人", "Of those spoken to"), numeric=True),
        ),
        tuple(rows),
        id="answers-list",
        hide_caption=True,
    )
    silent = total.cohort - reached
    return Section(
        "answers",
        Label("问卷", "Answers"),
        table,
        says=(
            Label(
                f"这些只是联系到的 {reached:,} 人的回答；另有 {silent:,} 人没有回答，不能当作同样情况。",
                f"These are the answers of the {reached:,} who were spoken to; {silent:,} gave none and"
                f" must not be taken to be like them.",
            ),
        ),
    )


def _plan(area: Area, found: Declared, cohort: Cohort) -> Section:
    visits = [d for d in found.days if d.way == "visit"]
    nowhere = sum(
        m.slot is None and not m.standing.tries and m.standing.next is not None for m in cohort.members
    )
    facts = []
    if found.number:
        km = round(sum(d.metres for d in visits) / 1000)
        facts = [
            Fact(Label("第几次安排", "Number of the plan"), str(found.number)),
            Fact(Label("指导站", "Stations"), str(len({d.station for d in found.days}))),
            Fact(
                Label("首次联系", "First attempts"),
                Label(
                    f"电话 {sum(d.people for d in found.days) - sum(d.people for d in visits):,} 人，"
                    f"上门 {sum(d.people for d in visits):,} 人",
                    f"{sum(d.people for d in found.days) - sum(d.people for d in visits):,} by telephone,"
                    f" {sum(d.people for d in visits):,} by visit",
                ),
            ),
            Fact(
                Label("上门路线", "Rounds"),
                Label(f"{len(visits):,} 趟，{km:,} 公里", f"{len(visits):,}, {km:,} km"),
            ),
        ]
    if nowhere:
        facts.append(Fact(UNPLANNED, f"{nowhere:,}"))
    ask = None
    if area.may("follow_up_plan", found.unit) and planning.running(found.campaign.id) is None:
        label = Label("重新安排还没有联系的人", "Plan anew for those not tried") if found.number else Label(
            "安排", "Make the plan"
        )  # fmt: skip
        ask = Ask(
            words.address(found.campaign.id, "plan", unit=area.code),
            (),
            Button(label, look="primary", extra={"data-busy": Label("正在安排…", "Planning…")}),
            says=Label(
                "按村分到指导站：先分给覆盖本乡镇的站，再分给同县的、较近的；上门的排成路线。只安排还没有联系过的人。",
                "Villages are shared among the stations: first those that cover the town, then the same"
                " county, then the nearer; visits are laid into rounds. Only who has not been tried is"
                " planned.",
            ),
        )
    empty = None if found.number or ask else Empty(Label("还没有安排。", "No plan has been made."))
    return Section("plan", Label("安排", "Plan"), facts=tuple(facts), ask=ask, empty=empty)
