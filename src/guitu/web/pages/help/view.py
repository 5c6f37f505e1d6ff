"""The area's needs and how far they came; work after one, three, six and twelve months with employers; farms
and parks with who lives there and what is wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile.traced import Traced
from guitu.home import help as rules
from guitu.home import jobs as job_rules
from guitu.home import places as place_rules
from guitu.home.help import LINES
from guitu.kernel.labels import Label, many
from guitu.store.centre.reading import Person
from guitu.store.home import helping
from guitu.store.home.helping import Helped
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.listing import part_of
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.help import words

NAME = Column(Label("姓名", "Name"), phone="lead")


@shows("help")
def board(request: HttpRequest) -> HttpResponse:
    """Needs."""
    area = Area(request)
    everybody = helping.everybody(area.unit, area.today)
    every = [need for one in everybody for need in one.needs]
    total = rules.funnel(every)
    late = sum(bool(need.late(area.today)) for need in every)
    still = sum(need.open for need in every)
    delivered = words.share(total.delivered, total.known)
    sections = (
        Section(
            "lines",
            Label("各方面的需求走到哪一步", "How far needs have come"),
            _funnels(every) if every else None,
            empty=None if every else Empty(Label("还没有登记过需求。", "No need is recorded yet.")),
            says=(
                Label(
                    "开会、发函不算落实；落实三个月后问一次还在不在，没有问过的单列。",
                    "A meeting or a letter is no delivery; three months after it somebody asks whether it"
                    " lasts, and what nobody asked about stands apart.",
                ),
            ),
        ),
        _waiting(area, everybody),
    )
    page = Board(
        area.title(words.TITLE),
        Label(
            f"需求 {total.known} 项，落实 {delivered.zh}，还没有着落 {still} 项，逾期 {late} 项",
            f"{many(total.known, 'need')}, delivered {delivered.en}, {still} with nothing yet, {late} late",
        ),
        sections,
        tabs=words.tabs("", area.code),
        notices=area.saved(),
    )
    return show(request, page)


def _funnels(every: list[rules.Need]) -> Table:
    rows = []
    for line, label in (*LINES.items(), ("", Label("合计", "Total"))):
        some = rules.funnel(n for n in every if not line or n.line == line)
        if not some.known:
            continue
        rows.append(
            Row(
                (
                    Cell(label, strong=not line),
                    f"{some.known:,}",
                    f"{some.referred:,}",
                    f"{some.taken_on:,}",
                    words.share(some.delivered, some.known),
                    words.share(some.lasted, some.delivered),
                    f"{some.ended:,}",
                    f"{some.unasked:,}",
                    f"{some.closed_without:,}",
                )
            )
        )
    return Table(
        Label("需求", "Needs"),
        (
            Column(Label("方面", "Of what"), phone="lead"),
            Column(Label("需求", "Needs"), numeric=True),
            Column(Label("已转介", "Referred"), numeric=True),
            Column(Label("对方接收", "Taken on"), numeric=True),
            Column(Label("已落实", "Delivered"), numeric=True),
            Column(Label("还在（占落实）", "Lasts, of those"), numeric=True),
            Column(Label("中断", "Ended"), numeric=True),
            Column(Label("没有问", "Not asked"), numeric=True),
            Column(Label("了结未落实", "Closed without"), numeric=True),
        ),
        tuple(rows),
        id="funnel",
        hide_caption=True,
        wide=True,
    )


ONLY_SAID: Final = Label("答复为“已办”，落实还没有登记", "Answered as done; nothing delivered is recorded")


def _waiting(area: Area, everybody: tuple[Helped, ...]) -> Section:
    heading = Label("还没有着落的", "With nothing yet")
    owed = [
        (one, need)
        for one in everybody
        for need in one.needs
        if need.open or need.late(area.today) or need.stage == "delivered"
    ]
    owed.sort(key=lambda pair: (not pair[1].late(area.today), pair[1].stage == "delivered", pair[1].since))
    owed = [p for p in owed if p[1].open or p[1].late(area.today)]
    if not owed:
        return Section("waiting", heading, empty=Empty(Label("没有。", "Nobody.")))
    of = frozenset({"help_referral"})
    some, pager = part_of(area, owed, words.address(), "waiting-list")
    people, says = listed(area, [one for one, _ in some], "needs", of)
    rows = tuple(
        Row(
            (
                Cell(people[one.no].name, words.of_person(people[one.no].case_no)),
                LINES[need.line] if need.line in LINES else LINES["other"],
                Cell(
                    part=words.stage_word(need, need.late(area.today)),
                    sub=ONLY_SAID if need.only_said else "",
                ),
                Cell(str(need.since), sub=_days(need.since, area.today)),
                _office(people[one.no], need),
            )
        )
        for one, need in some
        if one.no in people
    )
    table = Table(
        heading,
        (
            NAME,
            Column(Label("方面", "Of what")),
            Column(Label("到哪一步", "How far")),
            Column(Label("了解到", "Known since")),
            Column(Label("转介给", "Referred to")),
        ),
        rows,
        (
            Label(f"共 {len(owed)} 项", f"{len(owed)} in all"),
            Label("逾期的在前", "late ones first"),
            *pager.spans,
        ),
        pager,
        id="waiting-list",
        named_above=True,
    )
    return Section("waiting", heading, table, says=says)


def _office(person: Person, need: rules.Need) -> str:
    """To whom somebody was sent: it lies sealed, and is opened for those who are shown only."""
    sent = need.referral.id if need.referral else None
    return next((str(e.get("office") or "—") for e in person.entries if e.id == sent), "—")


def _days(since: date, on: date) -> Label:
    n = (on - since).days
    return Label(f"{n} 天", many(n, "day"))


def listed(
    area: Area, some: list[Helped], detail: str, kinds: frozenset[str] = frozenset()
) -> tuple[dict[int, Person], tuple[Label, ...]]:
    """The people of a list as far as the reader may see them, noted; and what is said of those left out."""
    wanted = {one.no for one in some}
    people = {p.no: p for p in area.persons(wanted, {"person", *kinds})}
    area.list_noted(people.values(), detail)
    says = []
    hidden = len(wanted) - len(people)
    if hidden:
        says.append(Label(f"另有 {hidden} 人不由您办理，没有列出。", f"{hidden} more are not yours to see."))
    return people, tuple(says)


# ── work ──────────────────────────────────────────────────────────────────────────────────────────


@shows("help")
def work(request: HttpRequest) -> HttpResponse:
    """Jobs and employers."""
    area = Area(request)
    everybody = helping.everybody(area.unit, area.today)
    every = [(one, job) for one in everybody for job in one.jobs]
    known = helping.registered(area.unit)
    held = job_rules.held(job for _, job in every)
    due = [(one, job) for one, job in every if job.next is not None and job.next.state == "due"]
    year = held[-1]
    held_on = words.share(year.held, year.came)
    sections = (
        _milestones(held, len(every)),
        _due(area, due),
        _employers(area, known, everybody),
    )
    page = Board(
        area.title(Label("就业", "Work")),
        Label(
            f"帮扶就业 {len(every)} 人次，满一年仍在岗 {held_on.zh}，该问的 {len(due)} 人",
            f"{len(every)} helped into work, still there after a year {held_on.en}, {len(due)} to be asked",
        ),
        sections,
        tabs=words.tabs("work", area.code),
        notices=area.saved(),
    )
    return show(request, page)


def _milestones(held: tuple[job_rules.Held, ...], jobs: int) -> Section:
    heading = Label("一、三、六、十二个月后还在不在岗", "Still at work after 1, 3, 6 and 12 months")
    if not jobs:
        nothing = Label("还没有登记过帮扶就业。", "Nobody was helped into work yet.")
        return Section("milestones", heading, empty=Empty(nothing))
    table = Table(
        heading,
        (
            Column(Label("满", "After"), phone="lead"),
            Column(Label("已到的", "Come"), numeric=True),
            Column(Label("在岗", "Still there"), numeric=True),
            Column(Label("离岗", "Left"), numeric=True),
            Column(Label("没有问到", "Nobody asked"), numeric=True),
        ),
        tuple(
            Row(
                (
                    Label(f"{one.months} 个月", many(one.months, "month")),
                    f"{one.came:,}",
                    words.share(one.held, one.came),
                    f"{one.left:,}",
                    f"{one.unknown:,}",
                )
            )
            for one in held
        ),
        id="milestones-list",
        hide_caption=True,
    )
    says = Label(
        "没有问到的也在分母里，不算在岗。", "Those nobody asked are in the denominator, and not as at work."
    )
    return Section("milestones", heading, table, says=(says,))


def _due(area: Area, due: list[tuple[Helped, job_rules.Job]]) -> Section:
    heading = Label("该问了", "To be asked now")
    if not due:
        return Section("due", heading, empty=Empty(Label("没有。", "Nobody.")))
    due.sort(key=lambda pair: pair[1].next.due if pair[1].next else date.max)
    some, pager = part_of(area, due, words.address("work"), "due-list")
    people, says = listed(area, [one for one, _ in some], "jobs")
    rows = tuple(
        Row(
            (
                Cell(people[one.no].name, words.of_person(people[one.no].case_no)),
                str(job.since),
                Label(f"满 {job.next.months} 个月", many(job.next.months, "month")),
                str(job.next.due),
            )
        )
        for one, job in some
        if one.no in people and job.next is not None
    )
    table = Table(
        heading,
        (
            NAME,
            Column(Label("上岗", "Since")),
            Column(Label("问什么", "After")),
            Column(Label("应于", "Due")),
        ),
        rows,
        (Label(f"共 {len(due)} 人", many(len(due), "person", "people")), *pager.spans),
        pager,
        id="due-list",
        named_above=True,
    )
    return Section("due", heading, table, says=says)


def _employers(area: Area, known: Traced, everybody: tuple[Helped, ...]) -> Section:
    heading = Label("用人单位", "Employers")
    found = helping.employers(known, everybody, area.today)
    buttons: tuple[Button, ...] = ()
    if area.may("employer"):
        href = f"/units/{area.unit.code}/file/record/employer/"
        buttons = (Button(Label("登记用人单位", "Register an employer"), href),)
    if not found:
        nothing = Label("还没有登记用人单位。", "No employer is registered.")
        return Section("employers", heading, empty=Empty(nothing), buttons=buttons)
    table = Table(
        heading,
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("行业", "Trade")),
            Column(Label("岗位", "Places"), numeric=True),
            Column(Label("在岗", "Taken"), numeric=True),
            Column(Label("空岗", "Free"), numeric=True),
            Column(Label("月工资", "Wage"), numeric=True, unit=Label("元", "yuan")),
        ),
        tuple(
            Row(
                (
                    str(one.entry.get("name")),
                    words.choice(one.entry, "trade"),
                    f"{one.places:,}",
                    f"{one.taken:,}",
                    f"{one.free:,}",
                    f"{one.entry.get('wage'):,}" if one.entry.get("wage") else "—",
                )
            )
            for one in found
        ),
        (
            Label(
                f"{len(found)} 家，空岗 {sum(x.free for x in found)}",
                f"{len(found)}, {many(sum(x.free for x in found), 'place')} free",
            ),
        ),
        id="employer-list",
    )
    says = (
        Label(
            "在岗数只算您辖区内的人；不向用人单位提供戒毒信息。",
            "Taken counts the people of your area; employers are told nothing of rehabilitation.",
        ),
    )
    return Section("employers", heading, table, says=says, buttons=buttons)


# ── recovery places ───────────────────────────────────────────────────────────────────────────────


@shows("help")
def places(request: HttpRequest) -> HttpResponse:
    """Farms and parks."""
    area = Area(request)
    everybody = helping.everybody(area.unit, area.today)
    known = helping.registered(area.unit)
    found = helping.recovery_places(known, everybody, area.today - timedelta(days=365), area.today)
    there = [(one, stay) for one in everybody for stay in one.stays if stay.there(area.today)]
    wrong = [
        (one, stay, faults)
        for one, stay in there
        if (faults := place_rules.faults(stay, helping.place_of(known, stay), area.today))
    ]
    page = Board(
        area.title(Label("戒毒康复场所", "Recovery places")),
        Label(
            f"在住 {len(there)} 人，其中 {len(wrong)} 人有权益问题",
            f"{many(len(there), 'person lives', 'people live')} there; for {len(wrong)} a right is at risk",
        ),
        (_occupied(area, found, there), _wrong(area, wrong)),
        tabs=words.tabs("places", area.code),
        notices=area.saved(),
    )
    return show(request, page)


def _occupied(
    area: Area, found: tuple[place_rules.Place, ...], there: list[tuple[Helped, place_rules.Stay]]
) -> Section:
    heading = Label("场所", "Places")
    buttons: tuple[Button, ...] = ()
    if area.may("recovery_place"):
        href = f"/units/{area.unit.code}/file/record/recovery_place/"
        buttons = (Button(Label("登记康复场所", "Register a place"), href),)
    says = [
        Label(
            "入住凭本人自愿协议，随时可以离开，不需要批准；措施的期限照常计算。",
            "People live there by their own contract and leave whenever they wish; nobody's leave is needed,"
            " and the term of a measure runs on.",
        )
    ]
    unnamed = sum(not stay.place for _, stay in there)
    if unnamed:
        says.append(
            Label(f"另有 {unnamed} 人的入住没有写明场所。", f"For {unnamed} more the place is not named.")
        )
    if not found:
        nothing = Label("还没有登记康复场所。", "No place is registered.")
        return Section("places", heading, empty=Empty(nothing), buttons=buttons, says=tuple(says[1:]))
    table = Table(
        heading,
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("类型", "Sort")),
            Column(Label("在住／可接收", "There / room")),
            Column(Label("一年内入住", "Came in a year"), numeric=True),
            Column(Label("一年内离开", "Left in a year"), numeric=True),
            Column(Label("工时、报酬标准", "Hours and pay")),
        ),
        tuple(
            Row(
                (
                    str(one.entry.get("name")),
                    words.choice(one.entry, "sort"),
                    Cell(part=Word("late", f"{one.there}/{one.beds}"))
                    if one.full
                    else f"{one.there}/{one.beds}",
                    f"{one.came:,}",
                    f"{one.left:,}",
                    Cell(_rules(one), sub=str(one.entry.get("basis") or "")),
                )
            )
            for one in found
        ),
        (Label(f"{len(found)} 个", many(len(found), "place")),),
        id="place-list",
        hide_caption=True,
    )
    return Section("places", heading, table, says=tuple(says), buttons=buttons)


def _rules(one: place_rules.Place) -> Label:
    said = [
        (one.entry.get("most_hours"), "每天 {} 小时内", "{} h a day"),
        (one.entry.get("most_days"), "每周 {} 天内", "{} days a week"),
        (one.entry.get("least_pay"), "每月 {} 元起", "from {} yuan"),
    ]
    zh = "，".join(text.format(value) for value, text, _ in said if value is not None)
    en = ", ".join(text.format(value) for value, _, text in said if value is not None)
    return Label(zh or "没有填写，未核对", en or "not given, not checked")


def _wrong(
    area: Area, wrong: list[tuple[Helped, place_rules.Stay, tuple[place_rules.Fault, ...]]]
) -> Section:
    heading = Label("权益有问题的", "Rights at risk")
    if not wrong:
        return Section("wrong", heading, empty=Empty(Label("没有。", "Nobody.")))
    some, pager = part_of(area, wrong, words.address("places"), "wrong-list")
    people, says = listed(area, [one for one, _, _ in some], "recovery places")
    counts = Counter(fault for _, _, faults in wrong for fault in faults)
    rows = tuple(
        Row(
            (
                Cell(people[one.no].name, words.of_person(people[one.no].case_no)),
                str(stay.since),
                Cell(
                    part=Word(
                        "late",
                        Label(
                            "；".join(place_rules.FAULTS[f].zh for f in faults),
                            "; ".join(place_rules.FAULTS[f].en for f in faults),
                        ),
                    )
                ),
            )
        )
        for one, stay, faults in some
        if one.no in people
    )
    table = Table(
        heading,
        (NAME, Column(Label("入住", "Since")), Column(Label("什么问题", "What"))),
        rows,
        (
            *(
                Label(f"{place_rules.FAULTS[f].zh} {n}", f"{place_rules.FAULTS[f].en}: {n}")
                for f, n in counts.most_common()
            ),
            *pager.spans,
        ),
        pager,
        id="wrong-list",
        named_above=True,
    )
    return Section("wrong", heading, table, says=says)
