"""The table of a roster and what is done with it. Collects, and decides nothing: what goes against a rule
says the checker, what is planned the store."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.centre.roster import Slot, around
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import roster_issues, rosters
from guitu.store.rosters import STEPS, Draft
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.progress.component import Progress
from guitu.web.page import show, shows
from guitu.web.pages.roster import build, mine, sheet, work
from guitu.web.pages.roster.shown import CellPage, Choice, RosterPage, Waiting
from guitu.web.who import who

PLANNERS: Final = frozenset({"duty_planner", "centre_head"})
DONE: Final = {
    "begun": Label("已新建班表", "Roster begun"),
    "saved": Label("已保存", "Saved"),
    "swapped": Label("已换班", "Swapped"),
    "undone": Label("已撤销上一步", "Last step taken back"),
    "copied": Label("已复制上周", "Last week copied"),
    "published": Label("已发布，值班人员可在“我的班”看到", "Published: staff see it under “My shifts”"),
    "settled": Label("已按最新的人员与规则重算", "Now by the latest people and rules"),
    "granted": Label("已同意", "Granted"),
    "refused": Label("已退回", "Refused"),
    "asked": Label(
        "已开始，完成后自动显示；结果仍是草稿", "Started; the result appears by itself and stays a draft"
    ),
    "nothing": Label("没有可改的", "Nothing to change"),
}


class Asked:
    """One request: who asks, about which centre's roster, which day, which view."""

    def __init__(self, request: HttpRequest) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        assert reader.post is not None, "a page of the access table opens to a post"
        unit = roster_issues.unit_of(reader.post.unit)
        if unit is None:
            raise Http404("no centre")
        self.request, self.reader, self.unit = request, reader, unit
        self.now = clock.now()
        self.today = store_clock.office_day(self.now)
        self.given = request.POST if request.method == "POST" else request.GET
        self.month = self.given.get("view") == "month"
        self.day = self._day("day") or self.today
        self.draft = rosters.on_day(unit, self.day)

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.given.get(name, ""))
        except ValueError:
            return None

    def wanted(self) -> Draft:
        """The roster that has the day."""
        if self.draft is None:
            raise Http404(self.day.isoformat())
        return self.draft

    def back(self, done: str) -> HttpResponse:
        """Back to the table, which says what was done."""
        view = "&view=month" if self.month else ""
        return HttpResponseRedirect(f"/roster/?day={self.day.isoformat()}{view}&done={done}")

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What each form of the page carries on."""
        return (("day", self.day.isoformat()), *((("view", "month"),) if self.month else ()))


@shows("roster")
def roster(request: HttpRequest) -> HttpResponse:
    """The table for who plans; everybody else sees their own shifts."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    if reader.post.role not in PLANNERS:
        return mine.mine(request)
    asked = Asked(request)
    return show(request, page_of(asked))


def page_of(asked: Asked, summary: ErrorSummary | None = None) -> RosterPage:
    notices = _notices(asked)
    links = (
        Button(Label("人员与规则", "People and rules"), href="/roster/setup/", look="link"),
        Button(Label("我的班", "My shifts"), href="/roster/mine/", look="link"),
    )
    draft = asked.draft
    if draft is None:
        return RosterPage(
            asked.unit.name,
            Label("未排班", "Nothing planned"),
            Label(asked.day.isoformat(), asked.day.isoformat()),
            (),
            notices=notices,
            begin=_begin(asked),
            hidden=asked.hidden(),
            waiting=_waiting(asked),
            links=links,
            begin_button=Button(Label("新建班表", "Begin a roster"), look="primary"),
            summary=summary,
            empty=Empty(Label("这些日子还没有排班。", "Nothing is planned for these days.")),
            before=_last(asked.unit),
        )
    breaches = rosters.breaches(draft)
    days = build.span(draft, asked.day, month=asked.month)
    first, last = draft.problem.day(days[0]), draft.problem.day(days[-1])
    gaps = sum(b.rule in ("gap", "skill") for b in breaches)
    issue = roster_issues.latest(draft.id)
    same = issue is not None and dict(issue.roster.cells) == dict(draft.roster.cells)
    state = Label("已发布", "Published") if same else Label("草稿", "Draft")
    if issue is not None and not same:
        state = Label("草稿（发布后有改动）", "Draft, changed since it was published")
    search = work.search_of(draft.id)
    running = search is not None and search.state == "running"
    return RosterPage(
        office=asked.unit.name,
        state=Label(
            f"{state.zh} · 空缺 {gaps} · 其他不符 {len(breaches) - gaps}",
            f"{state.en} · {gaps} gaps · {len(breaches) - gaps} other faults",
        ),
        period=Label(f"{first} ～ {last}", f"{first} to {last}"),
        views=_views(asked),
        before=_at(draft.problem.day(days[0] - 1), asked) if not asked.month else "",
        after=_at(draft.problem.day(days[-1] + 1), asked) if not asked.month else "",
        heads=build.heads(draft.problem, days, asked.today),
        people=build.people(draft, days, breaches, month=asked.month),
        posts=build.posts(draft, days),
        wrong=build.wrong(draft, breaches, month=asked.month),
        more_wrong=max(0, len(breaches) - build.MOST_WRONG),
        notices=notices,
        acts=_acts(draft, running=running, good=not breaches and not same),
        hidden=asked.hidden(),
        progress=_progress(asked, draft) if running else None,
        waiting=_waiting(asked),
        links=(
            *links,
            Button(
                Label("下载 Excel", "Download Excel"), href=f"/roster/table.xlsx?{_query(asked)}", look="link"
            ),
        ),
        summary=summary,
        month=asked.month,
    )


def _query(asked: Asked) -> str:
    return f"day={asked.day.isoformat()}" + ("&view=month" if asked.month else "")


def _at(day: date, asked: Asked) -> str:
    return f"/roster/?day={day.isoformat()}" + ("&view=month" if asked.month else "")


def _last(unit: Unit) -> str:
    """The table of the latest roster there is."""
    found = rosters.drafts(unit)
    return f"/roster/?day={found[0][1].isoformat()}" if found else ""


def _views(asked: Asked) -> tuple[Button, ...]:
    day = asked.day.isoformat()
    week, month = Label("周", "Week"), Label("全表", "Whole")
    return (
        Button(
            week,
            href=f"/roster/?day={day}",
            look="small",
            extra={"aria-current": None if asked.month else "true"},
        ),
        Button(
            month,
            href=f"/roster/?day={day}&view=month",
            look="small",
            extra={"aria-current": "true" if asked.month else None},
        ),
    )


def _acts(draft: Draft, *, running: bool, good: bool) -> tuple[tuple[str, Button], ...]:
    """The acts on the whole roster, each by its address."""
    found: list[tuple[str, Button]] = []
    if running:
        return (("stop", Button(Label("停止", "Stop"))),)
    if good:
        found.append(("publish", Button(Label("发布", "Publish"), look="primary")))
    found.append(("propose", Button(Label("自动建议", "Propose"))))
    found.append(("copy", Button(Label("复制上周", "Copy last week"))))
    if draft.last in STEPS:
        step = STEPS[draft.last]  # type: ignore[index]
        found.append(("undo", Button(Label(f"撤销：{step.zh}", f"Undo: {step.en}"))))
    found.append(("settle", Button(Label("按最新人员与规则", "Use the latest people and rules"))))
    return tuple(found)


def _notices(asked: Asked) -> tuple[Notice, ...]:
    found = []
    done = DONE.get(asked.request.GET.get("done", ""))
    if done is not None:
        found.append(Notice("fresh" if done is not DONE["nothing"] else "info", done))
    search = work.search_of(asked.draft.id) if asked.draft is not None else None
    if search is not None and search.state == "done" and asked.request.GET.get("done") == "asked":
        text = Label(
            f"自动建议已放入草稿：{search.cells} 格有变，用时 {search.gone:.0f} 秒。",
            f"The proposal is in the draft: {search.cells} cells changed, {search.gone:.0f} s.",
        )
        found = [Notice("fresh", text)] + [Notice("gap", why) for why in search.why]
    elif search is not None and search.state == "broken" and asked.request.GET.get("done") == "asked":
        found = [
            Notice(
                "gap",
                Label(
                    "自动建议没有做完，草稿没有改动；可以再试。",
                    "The proposal was not finished; the draft is as it was. Try again.",
                ),
            )
        ]
    return tuple(found)


def _progress(asked: Asked, draft: Draft) -> Progress | None:
    search = work.search_of(draft.id)
    if search is None:
        return None
    done = min(round(search.gone), round(search.of))
    poll = f"/roster/progress/{draft.first.isoformat()}" if search.state == "running" else ""
    return Progress(
        Label("正在寻找排班方案（秒）", "Looking for a roster (seconds)"),
        done,
        round(search.of),
        Label(
            "可以离开；结果是草稿，发布前谁也看不到。",
            "You may leave. The result is a draft; nobody sees it before it is published.",
        ),
        poll="/roster/progress/" if poll else "",
    )


def _waiting(asked: Asked) -> tuple[Waiting, ...]:
    data = rosters.setup(asked.unit) or {"people": []}
    names = {p["id"]: p.get("name", p["id"]) for p in data["people"]}
    found = []
    for ask in roster_issues.asks(asked.unit, state="open"):
        name, other = names.get(ask.person, ask.person), names.get(ask.other, ask.other)
        days = build.asked_days(ask)
        reason = f"：{ask.reason}" if ask.reason else ""
        why = f": {ask.reason}" if ask.reason else ""
        text = Label(f"{name} 请假 {days.zh}{reason}", f"{name} asks for leave, {days.en}{why}")
        if ask.what == "swap":
            text = Label(
                f"{name} 请 {other} 换 {days.zh} 的班{reason}",
                f"{name} asks to swap {days.en} with {other}{why}",
            )
        found.append(
            Waiting(
                text,
                (*asked.hidden(), ("ask", str(ask.id))),
                Button(Label("同意", "Grant"), look="small", name="answer", value="granted", describes=text),
                Button(Label("退回", "Refuse"), look="small", name="answer", value="refused", describes=text),
            )
        )
    return tuple(found)


def _begin(asked: Asked) -> tuple[Field, ...]:
    monday = asked.day - timedelta(days=asked.day.weekday())
    return (
        Field("first", Label("首日", "First day"), "day", asked.given.get("first", monday.isoformat())),
        Field("days", Label("天数", "Days"), "whole", asked.given.get("days", "28")),
    )


# ── one cell ──


@shows("roster_plan")
def cell(request: HttpRequest) -> HttpResponse:
    """What somebody does on a day: each choice with what would go against a rule; saving one; or swapping."""
    asked = Asked(request)
    draft = asked.wanted()
    person = draft.problem.person.get(asked.given.get("person", ""))
    if person is None:
        raise Http404("person")
    day = (asked.day - draft.first).days
    if request.method == "POST":
        other = asked.given.get("other", "")
        if "swap" in request.POST:
            if other not in draft.problem.person or other == person.id:
                return show(request, _cell(asked, draft, person.id, day, fault=True), status=422)
            mine_now, theirs = draft.roster.cells.get((person.id, day)), draft.roster.cells.get((other, day))
            changed = rosters.change(
                draft.id,
                {(person.id, day): theirs, (other, day): mine_now},
                "swap",
                by=asked.reader.username,
                now=asked.now,
            )
            return asked.back("swapped" if changed else "nothing")
        slot = _slot(asked.given.get("slot", ""))
        if slot is not None and slot not in build.options(draft.problem, person, day):
            raise Http404("slot")
        changed = rosters.change(
            draft.id, {(person.id, day): slot}, "cell", by=asked.reader.username, now=asked.now
        )
        return asked.back("saved" if changed else "nothing")
    return show(request, _cell(asked, draft, person.id, day))


def _slot(text: str) -> Slot | None:
    post, _, shift = text.partition("|")
    return Slot(post, shift) if shift else None


def _choices(draft: Draft, identity: str, day: int) -> tuple[tuple[Choice, ...], tuple[Label, ...]]:
    """What somebody could do on a day, each with what would go against a rule; and what does now."""
    problem, person = draft.problem, draft.problem.person[identity]
    now = draft.roster.cells.get((identity, day))
    before = around(draft.roster, problem, person, day)
    here = set(before)
    choices = []
    for slot in (None, *build.options(problem, person, day)):
        label = Label("休息", "Off")
        if slot is not None:
            shift, post = problem.shift[slot.shift].label, problem.post[slot.post].label
            label = Label(f"{shift.zh} · {post.zh}", f"{shift.en} · {post.en}")
        after = around(build.moved(draft.roster, {(identity, day): slot}), problem, person, day)
        new = tuple(b.says for b in after if b not in here)
        value = f"{slot.post}|{slot.shift}" if slot else ""
        choices.append(Choice(value, label, slot == now, new[:4]))
    wrong = tuple(b.says for b in before if b.person == identity and day in b.days)
    return tuple(choices), wrong


def _cell(asked: Asked, draft: Draft, identity: str, day: int, *, fault: bool = False) -> CellPage:
    problem, person = draft.problem, draft.problem.person[identity]
    now = draft.roster.cells.get((identity, day))
    choices, wrong = build.once(draft, ("cell", identity, day), lambda: _choices(draft, identity, day))
    others = [p for p in problem.people if p.id != identity and draft.roster.cells.get((p.id, day)) != now]
    swap = Field(
        "other",
        Label("与谁换这一天", "Swap this day with"),
        "choice",
        error=Label("请选择与谁换。", "Choose whom to swap with.") if fault else "",
        options=tuple(_option(draft, p.id, p.name, day) for p in sorted(others, key=lambda p: p.name)),
    )
    return CellPage(
        person.name,
        problem.day(day).isoformat(),
        wrong,
        choices,
        (*asked.hidden(), ("person", identity)),
        Button(Label("保存", "Save"), look="primary"),
        Button(Label("回到班表", "Back to the roster"), href=_at(problem.day(day), asked), look="link"),
        swap if others else None,
        Button(Label("换班", "Swap"), name="swap", value="1") if others else None,
        ErrorSummary((Fault(Label("请选择与谁换。", "Choose whom to swap with."), "f-other"),))
        if fault
        else None,
    )


def _option(draft: Draft, identity: str, name: str, day: int) -> Option:
    code = draft.roster.shift(identity, day)
    shift = draft.problem.shift[code].label if code in draft.problem.shift else Label("休息", "off")
    return Option(identity, Label(f"{name}（{shift.zh}）", f"{name} ({shift.en})"))


@shows("roster_plan")
def progress(request: HttpRequest) -> HttpResponse:
    """How far the search is; once it is over, the whole page again."""
    asked = Asked(request)
    found = rosters.drafts(asked.unit)
    for id, _, _ in found:
        search = work.search_of(id)
        if search is not None and search.state == "running":
            draft = rosters.draft(id)
            assert draft is not None, "it has just been listed"
            page = RosterPage(
                asked.unit.name, Label("草稿", "Draft"), Label("—", "—"), (), progress=_progress(asked, draft)
            )
            return show(request, page, part="progress")
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


@shows("roster_plan")
def table(request: HttpRequest) -> HttpResponse:
    """The roster as a workbook."""
    asked = Asked(request)
    draft = asked.wanted()
    return sheet.workbook(draft, asked.unit.name)
