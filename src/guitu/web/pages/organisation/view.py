"""Leading groups of a unit and of those below it; its staff with what they do and are qualified for. Decides
nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.kernel.labels import Label, listed
from guitu.levels import organisation as rules
from guitu.levels.organisation import Group
from guitu.store.levels import organisation as store
from guitu.store.units import LEVEL_LABELS, Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.listing import part_of
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.dispatch.words import area_of, name_of
from guitu.web.pages.organisation import words
from guitu.web.pages.organisation.words import NOBODY, TITLE, address, choice, said

SOON: Final = 60
"""Days before the end of a qualification from which it is marked: this page's, no article's."""
ACT: Final = Label("登记", "Record")


def way_down(area: Area, part: str) -> Crumbs | None:
    """From the reader's own unit to the one that is looked at."""
    way = [u for u in tree().ancestors(area.unit) if u.depth >= area.home.depth]
    if len(way) < 2:
        return None
    steps = [Crumb(u.name, address(part, "" if u.no == area.home.no else u.code)) for u in way[:-1]]
    return Crumbs((*steps, Crumb(way[-1].name)))


def record(kind: str, area: Area, **more: str) -> str:
    """Where a kind of these pages is recorded."""
    return address(f"record/{kind}", area.code, **more)


def correct(area: Area, entry: Entry, describes: str) -> Cell | str:
    """The way to put an entry right, or to withdraw it, where that is the reader's."""
    if not area.opens("unit_record") or not area.may(entry.kind):
        return ""
    href = f"/units/{area.unit.code}/file/correct/{entry.id}/"
    return Cell(part=Button(Label("更正", "Correct"), href=href, look="small", describes=describes))


@shows("organisation")
def groups(request: HttpRequest) -> HttpResponse:
    """The leading groups."""
    area = area_of(request)
    mine = store.groups(area.unit, area.today)
    below = store.groups_below(area.unit, area.today)
    children = [
        u for u in tree().children(area.unit) if u.level in ("prefecture", "county", "town", "village")
    ]
    with_group = sum(1 for u in children if u.code in below)
    buttons: tuple[Button, ...] = ()
    if area.may("leading_group"):
        label = Label("设立领导小组", "Set up a leading group")
        look = "plain" if mine else "primary"
        buttons = (Button(label, record("leading_group", area), look),)
    sections = [_group(area, one) for one in mine]
    if not mine:
        nothing = Label("还没有登记领导小组。", "No leading group is recorded.")
        sections.append(Section("none", Label("领导小组", "Leading group"), empty=Empty(nothing)))
    if children:
        sections.append(_three(area, below))
        sections.append(_below(area, children, below))
    head = mine[0].head if mine else None
    zh = f"组长 {said(head, 'name')}" if head else "还没有组长"
    en = f"led by {said(head, 'name')}" if head else "nobody leads it yet"
    more = f"；下级 {with_group}/{len(children)} 个已设立" if children else ""
    more_en = f"; {with_group} of {len(children)} units below have one" if children else ""
    page = Board(
        area.title(TITLE),
        Label(f"{zh if mine else '没有领导小组'}{more}", f"{en if mine else 'no leading group'}{more_en}"),
        tuple(sections),
        crumbs=way_down(area, ""),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("", area.code),
    )
    return show(request, page)


def _group(area: Area, group: Group) -> Section:
    facts = [
        Fact(Label("成立", "Set up"), group.entry.happened_on.isoformat()),
        Fact(Label("文号", "Paper"), said(group.entry, "paper")),
        Fact(Label("职责", "Duties"), said(group.entry, "duties")),
    ]
    rows = tuple(
        Row(
            (
                Cell(said(m, "name"), sub=said(m, "office") if m.get("office") else ""),
                choice(m, "part"),
                Cell(said(m, "duties")),
                name_of(str(m.get("area"))) if m.get("area") else NOBODY,
                m.happened_on.isoformat(),
                correct(area, m, str(m.get("name"))),
            )
        )
        for m in group.members
    )
    table = Table(
        Label("成员", "Members"),
        (
            Column(Label("姓名、职务", "Name and office"), phone="lead"),
            Column(Label("组内职务", "Part")),
            Column(Label("分工", "Answers for")),
            Column(Label("包联单位", "Unit they answer for")),
            Column(Label("起始", "Since")),
            Column(ACT, phone="act", hide_label=True),
        ),
        rows,
        (Label(f"{len(rows)} 人", f"{len(rows)} members"),),
        empty=None if rows else Empty(Label("还没有登记成员。", "No member is recorded yet.")),
        id=f"group-{group.id[-8:]}",
    )
    buttons = []
    if area.may("group_member"):
        label = Label("加成员", "Add a member")
        buttons.append(Button(label, record("group_member", area, to=group.id), "plain"))
    if area.opens("unit_record") and area.may("leading_group"):
        href = f"/units/{area.unit.code}/file/correct/{group.entry.id}/"
        buttons.append(Button(Label("更正、撤销小组", "Correct or end it"), href, "small"))
    says = []
    if group.head is None:
        says.append(Label("没有组长。", "Nobody leads it."))
    if group.before:
        names = "、".join(f"{said(m, 'name')}（至 {m.get('until')}）" for m in group.before[:20])
        says.append(Label(f"以前的成员：{names}", f"Members before: {names}"))
    return Section(
        f"g-{group.id[-8:]}", said(group.entry, "name"), table, facts=tuple(facts), says=tuple(says),
        buttons=tuple(buttons),
    )  # fmt: skip


def _three(area: Area, below: dict[str, tuple[Group, ...]]) -> Section:
    """Level by level: how many units have a group, and how many of those have somebody who leads it."""
    under = tree().subtree(area.unit)[1:]
    rows = []
    for level in ("county", "town", "village"):
        some = [u for u in under if u.level == level]
        if not some:
            continue
        having = [below[u.code][0] for u in some if u.code in below]
        led = sum(g.head is not None for g in having)
        rows.append(
            Row(
                (
                    LEVEL_LABELS.get(level, level),
                    f"{len(some):,}",
                    f"{len(having):,}",
                    f"{led:,}",
                    f"{sum(len(g.members) for g in having):,}",
                )
            )
        )
    heading = Label("县、镇、村三级", "The three levels")
    table = Table(
        heading,
        (
            Column(Label("层级", "Level"), phone="lead"),
            Column(Label("单位", "Units"), numeric=True),
            Column(Label("设有小组", "With a group"), numeric=True),
            Column(Label("有组长", "Led by somebody"), numeric=True),
            Column(Label("成员", "Members"), numeric=True, unit=Label("人", "people")),
        ),
        tuple(rows),
        id="three-list",
        hide_caption=True,
    )
    return Section("three", heading, table)


def _below(area: Area, children: list[Unit], below: dict[str, tuple[Group, ...]]) -> Section:
    rows = []
    some, pager = part_of(area, children, address(), "below-list")
    for unit in some:
        group = below[unit.code][0] if unit.code in below else None
        head = group.head if group is not None else None
        state: Cell | str = Cell(part=Word("gap", Label("没有小组", "No group")))
        if group is not None:
            state = Cell(said(head, "name"), sub=said(head, "office")) if head else Cell(
                part=Word("gap", Label("没有组长", "Nobody leads it"))
            )  # fmt: skip
        rows.append(
            Row(
                (
                    Cell(unit.name, address("", unit.code)),
                    state,
                    str(len(group.members)) if group else NOBODY,
                    group.entry.happened_on.isoformat() if group else NOBODY,
                )
            )
        )
    heading = Label("下级单位", "Units below")
    table = Table(
        heading,
        (
            Column(Label("单位", "Unit"), phone="lead"),
            Column(Label("组长", "Head")),
            Column(Label("成员", "Members"), numeric=True),
            Column(Label("成立", "Set up")),
        ),
        tuple(rows),
        (Label(f"{pager.total} 个", f"{pager.total} units"),),
        pager,
        id="below-list",
        hide_caption=True,
    )
    return Section("below", heading, table)


# ── staff ─────────────────────────────────────────────────────────────────────────────────────────


@shows("organisation")
def staff(request: HttpRequest) -> HttpResponse:
    """Who is in post, what they do and are qualified for."""
    area = area_of(request)
    posted = store.posted(area.unit)
    known = store.about_staff(area.unit).counted
    duties = [e for e in known if e.kind == rules.DUTY and rules.stands(e, area.today)]
    qualified = [e for e in known if e.kind == rules.QUALIFIED]
    soon = rules.expiring(qualified, area.today, SOON)
    buttons = []
    if area.may("staff_duty"):
        buttons.append(Button(Label("登记分工", "Record a duty"), record("staff_duty", area), "primary"))
        href = record("staff_qualification", area)
        buttons.append(Button(Label("登记资质", "Record a qualification"), href))
    page = Board(
        area.title(Label("人员", "Staff")),
        Label(
            f"在岗 {len({p.username for p in posted})} 人，资质 {len(qualified)} 项，"
            f"{SOON} 天内到期或已过期 {len(soon)} 项",
            f"{len({p.username for p in posted})} in post, {len(qualified)} qualifications, {len(soon)} ended"
            f" or ending within {SOON} days",
        ),
        (
            _posts(area, posted, duties, qualified),
            _duties(area, duties),
            _qualified(area, qualified),
            *_numbers(area, known),
        ),
        crumbs=way_down(area, "staff"),
        buttons=tuple(buttons),
        notices=area.saved(),
        tabs=words.tabs("staff", area.code),
    )
    return show(request, page)


def _posts(
    area: Area, posted: tuple[store.StaffLine, ...], duties: list[Entry], qualified: list[Entry]
) -> Section:
    heading = Label("在岗人员", "In post")
    by_name: dict[str, list[Label]] = {}
    for line in posted:
        by_name.setdefault(line.name, []).append(line.role.label)
    rows = tuple(
        Row(
            (
                name,
                Label("、".join(r.zh for r in roles), ", ".join(r.en for r in roles)),
                listed(said(e, "duty") for e in duties if e.get("name") == name),
                str(sum(e.get("name") == name for e in qualified)),
            )
        )
        for name, roles in by_name.items()
    )
    table = Table(
        heading,
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("岗位", "Post")),
            Column(Label("分工", "What for")),
            Column(Label("资质", "Qualifications"), numeric=True),
        ),
        rows,
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        empty=None if rows else Empty(Label("本单位没有账号在岗。", "No account is in post here.")),
        id="post-list",
        hide_caption=True,
    )
    buttons: tuple[Button, ...] = ()
    if area.opens("caseloads") and area.unit.level in ("town", "county", "prefecture", "province"):
        href = f"/caseloads/{'?unit=' + area.code if area.code else ''}"
        buttons = (
            Button(Label("看每名专干负责多少人", "See how many people each worker has"), href, "small"),
        )
    says = Label(
        "岗位来自账号；分工和资质在这里登记，按姓名对应。",
        "Posts are those of accounts; duties and qualifications are recorded here and matched by name.",
    )
    return Section("posts", heading, table, says=(says,), buttons=buttons)


def _duties(area: Area, duties: list[Entry]) -> Section:
    heading = Label("分工", "Duties")
    rows = tuple(
        Row((said(e, "name"), said(e, "duty"), e.happened_on.isoformat(), correct(area, e, said(e, "name"))))
        for e in duties
    )
    table = Table(
        heading,
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("负责什么", "What for")),
            Column(Label("起始", "Since")),
            Column(ACT, phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(rows)} 项", f"{len(rows)} in all"),),
        empty=None if rows else Empty(Label("还没有登记分工。", "No duty is recorded yet.")),
        id="duty-list",
        hide_caption=True,
    )
    return Section("duties", heading, table)


def _qualified(area: Area, qualified: list[Entry]) -> Section:
    heading = Label("资质", "Qualifications")
    rows = tuple(
        Row(
            (
                said(e, "name"),
                Cell(choice(e, "sort"), sub=said(e, "what") if e.get("what") else ""),
                e.happened_on.isoformat(),
                Cell(part=_until(e, area.today)),
                correct(area, e, said(e, "name")),
            )
        )
        for e in sorted(qualified, key=lambda e: str(e.get("until") or "9999"))
    )
    table = Table(
        heading,
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("资质", "What it is")),
            Column(Label("取得", "Gained")),
            Column(Label("有效期至", "Valid until"), phone="bare"),
            Column(ACT, phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(rows)} 项", f"{len(rows)} in all"),),
        empty=None if rows else Empty(Label("还没有登记资质。", "No qualification is recorded yet.")),
        id="qualified-list",
        hide_caption=True,
    )
    return Section("qualified", heading, table)


def _until(entry: Entry, on: date) -> Word:
    until = entry.get("until")
    if not isinstance(until, date):
        return Word("done", Label("长期", "no end"))
    if until < on:
        return Word("gap", Label(f"{until}，已过期", f"{until}, ended"))
    if (until - on).days <= SOON:
        return Word("gap", Label(f"{until}，快到期", f"{until}, ends soon"))
    return Word("done", until.isoformat())


def _numbers(area: Area, known: tuple[Entry, ...]) -> tuple[Section, ...]:
    """How many are in post by the unit's own numbers, the last entry of each post."""
    last: dict[str, Entry] = {}
    for e in sorted((e for e in known if e.kind == "staffing"), key=lambda e: e.happened_on):
        last[str(e.get("post"))] = e
    if not last:
        return ()
    facts = tuple(
        Fact(
            choice(e, "post"),
            Label(
                f"在岗 {e.get('in_post')} 人"
                + (f"，编配 {e.get('establishment')}" if e.get("establishment") else ""),
                f"{e.get('in_post')} in post"
                + (f", {e.get('establishment')} by establishment" if e.get("establishment") else ""),
            ),
        )
        for e in last.values()
    )
    return (Section("numbers", Label("人员配备（人数）", "Staffing, in numbers"), facts=facts),)
