"""The complaints box: opened on a day by two people, every signed paper then registered as a complaint. A
paper is read by whoever writes it down and by whoever receives it, and by no brigade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu import access
from guitu.casefile import Entry, Kind
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import complaints, read, unitfiles
from guitu.store.centre import standing
from guitu.store.gate import NotAllowed
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.fresh import source_of
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import open_file
from guitu.web.pages.daily.desk import new_id, reader_of
from guitu.web.pages.daily.shown import BoardPage, FormPart, Section
from guitu.web.pages.record import form as forms
from guitu.web.pages.record.form import Answers

ARTICLE: Final = Label(
    "投诉、控告应当登记并及时转送（公安机关强制隔离戒毒所管理办法第22条，据转载）。被投诉的单位看不到。",
    "Complaints are registered and forwarded promptly (Rules on Police Centres art. 22, from a secondary"
    " copy). The"
    " unit complained of does not see them.",
)


def _kind() -> Kind:
    return kinds()["box_opened"]


@shows("daily_box")
def box(request: HttpRequest) -> HttpResponse:
    """The openings, and recording one."""
    reader, home = reader_of(request)
    now = clock.now()
    today = store_clock.office_day(now)
    may = unitfiles.may_record(reader.actor, _kind(), home).allowed
    if request.method != "POST":
        return show(request, _page(request, home, may, None))
    answers = forms.read(_kind(), {k: str(v) for k, v in request.POST.items()}, today)
    answers = _two(_settled(answers))
    if not answers.faults and may:
        assert answers.happened_on is not None
        entry = unitfiles.new_entry(
            home.code,
            "box_opened",
            answers.happened_on,
            answers.fields,
            now=now,
            author=reader.username,
            office=home.code,
            identifier=new_id(request, now),
            source=source_of(request),
        )
        try:
            unitfiles.record(entry, actor=reader.actor, now=now)
        except NotAllowed as refused:
            return show(request, _page(request, home, may, answers.with_fault("", refused.label)), status=403)
        except GuituError as refused:
            answers = answers.with_fault(forms.DAY, refused.label)
        else:
            return HttpResponseRedirect("/daily/box/?saved=box_opened")
    return show(request, _page(request, home, may, answers), status=422)


def _two(answers: Answers) -> Answers:
    """Two different people open it."""
    first, second = (str(answers.fields.get(name) or "").strip() for name in ("opener_1", "opener_2"))
    if first and first == second:
        return answers.with_fault("opener_2", Label("须由两人一同开箱", "Two people open it together"))
    return answers


def _settled(answers: Answers) -> Answers:
    """No more without a name than were taken out."""
    papers, unsigned = (answers.fields.get(name) or 0 for name in ("papers", "unsigned"))
    if isinstance(papers, int) and isinstance(unsigned, int) and unsigned > papers:
        return answers.with_fault(
            "unsigned",
            Label("未署名的比取出的多，请核对", "More without a name than were taken out: check"),
        )
    return answers


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of the box of a unit: how many signed papers it held, and which of them are registered."""

    unit: Unit
    entry: Entry
    signed: int
    done: frozenset[int]

    @property
    def registered(self) -> int:
        """How many are: counted here, or, of older openings, as it was typed."""
        typed = self.entry.get("registered")
        return typed if isinstance(typed, int) else len(self.done)

    @property
    def following(self) -> int | None:
        """The number of the next paper to register; None when all are."""
        if isinstance(self.entry.get("registered"), int):
            return None
        return next((n for n in range(1, self.signed + 1) if n not in self.done), None)


def _opened(home: Unit) -> tuple[Opening, ...]:
    """The openings at the unit and the centres under it, the latest first."""
    found = []
    for unit in _units(home):
        for entry in _file(unit).counted():
            papers, unsigned = (entry.get(name) or 0 for name in ("papers", "unsigned"))
            signed = max(0, int(str(papers)) - int(str(unsigned)))
            found.append(Opening(unit, entry, signed, complaints.lodged_papers(entry.id, signed)))
    return tuple(sorted(found, key=lambda one: (one.entry.happened_on, one.entry.recorded_at), reverse=True))


def _registering(found: Sequence[Opening]) -> Iterator[Section]:
    """Of each opening that is not done the way to its next paper, the oldest first."""
    for one in sorted(found, key=lambda one: one.entry.recorded_at):
        if (paper := one.following) is None:
            continue
        on = one.entry.happened_on
        left = one.signed - len(one.done)
        yield Section(
            f"paper-{one.entry.id.hex[:8]}",
            Label(f"② 登记第 {paper} 份 · {on} {one.unit.name}", f"② Paper {paper} · {on} {one.unit.name}"),
            (
                Label(
                    f"署名的 {one.signed} 份，还有 {left} 份没有登记。",
                    f"{one.signed} with a name, {left} not registered yet.",
                ),
                ARTICLE,
            ),
            form=FormPart(
                "/daily/box/find/",
                (Field("case", Label("署名人的档案编号", "Case number of whoever signed it")),),
                Button(Label(f"登记第 {paper} 份", f"Register paper {paper}"), look="primary"),
                (("box", str(one.entry.id)), ("paper", str(paper))),
                get=True,
            ),
            on_paper=False,
        )


def _page(request: HttpRequest, home: Unit, may: bool, answers: Answers | None) -> BoardPage:
    kind = _kind()
    sections = []
    reader, _ = reader_of(request)
    if may:
        typed = answers or Answers({forms.DAY: "今天", "papers": "", "unsigned": "0"})
        sections.append(
            Section(
                "open",
                Label("① 登记开箱", "① Record the opening"),
                (kind.help,) if kind.help else (),
                form=FormPart(
                    "/daily/box/",
                    forms.fields_of(kind, typed),
                    Button(Label("保存开箱", "Save the opening")),
                    (("id", str(new_id(request, clock.now()))),),
                ),
                on_paper=False,
            )
        )
    found = _opened(home)
    if access.may_see_page(reader.actor, "requests").allowed:
        sections.extend(_registering(found))
    sections.append(Section("openings", Label("开箱记录", "Openings"), table=_openings(found)))
    tabs = Tabs(
        (
            Tab(Label("大队", "Brigades"), "/daily/"),
            Tab(Label("意见箱", "Complaints box"), "/daily/box/", here=True),
        ),
        Label("大队日常", "Brigade's day"),
    )
    last = found[0].entry.happened_on if found else None
    lead = (
        Label(f"上次开箱 {last}", f"Last opened {last}") if last else Label("还没有开过箱", "Not opened yet")
    )
    summary = forms.summary(kind, answers) if answers and answers.faults else None
    notices = ()
    if (paper := request.GET.get("paper", "")).isdigit():
        notices = (Notice("fresh", Label(f"第 {paper} 份已登记", f"Paper {paper} is registered")),)
    if request.GET.get("saved") == kind.name:
        notices = (Notice("fresh", Label(f"已保存：{kind.label.zh}", f"Saved: {kind.label.en}")),)
    return BoardPage(
        Label("意见箱", "Complaints box"), lead, tuple(sections), tabs, notices=notices, summary=summary
    )


def _file(unit: Unit) -> standing.Lately:
    name = _kind().name
    return standing.of_unit(unit, (name,), (name,), date.min)


def _units(home: Unit) -> tuple[Unit, ...]:
    """The unit and the centres under it."""
    return tuple(u for u in tree().subtree(home) if u.no == home.no or u.level.endswith("_centre"))


def _openings(found: Sequence[Opening]) -> Table:
    rows = tuple(
        Row(
            (
                one.entry.happened_on.isoformat(),
                one.unit.name,
                str(one.entry.get("papers") or 0),
                str(one.registered),
                str(one.entry.get("unsigned") or 0),
                f"{one.entry.get('opener_1')}、{one.entry.get('opener_2')}",
            )
        )
        for one in found[:50]
    )
    return Table(
        Label("开箱记录", "Openings"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("单位", "Unit"), phone="bare"),
            Column(Label("份数", "Papers"), numeric=True),
            Column(Label("已登记", "Registered"), numeric=True),
            Column(Label("未署名", "Unsigned"), numeric=True),
            Column(Label("开箱人", "Opened by")),
        ),
        rows,
        (Label(f"{len(found)} 次", f"{len(found)} times"),),
        empty=Empty(Label("还没有开箱记录。", "The box has not been opened yet.")),
        id="openings-list",
    )


@shows("daily_box")
def find(request: HttpRequest) -> HttpResponse:
    """To the form of a complaint of whoever signed the paper."""
    reader, home = reader_of(request)
    case = request.GET.get("case", "").strip().upper()
    file = read.file_by_case_no(case) if case else None
    if file is None:
        text = (
            Label(f"没有编号为“{case}”的档案", f"there is no file “{case}”")
            if case
            else Label("请写档案编号", "Enter the case number")
        )
        may = unitfiles.may_record(reader.actor, _kind(), home).allowed
        page = _page(request, home, may, None)
        return show(request, replace(page, summary=ErrorSummary((Fault(text, "f-case"),))), status=422)
    opened = open_file(case, reader)
    to = addresses.requests(opened.case_no, "complain")
    box, paper = request.GET.get("box", ""), request.GET.get("paper", "")
    return HttpResponseRedirect(f"{to}?{urlencode({'box': box, 'paper': paper})}" if box else to)
