"""Who has a plan of care in force, in whose hands, and whose review has come: crisis plans of those who may
harm themselves, care plans of those whose illness may turn dangerous. A human makes a plan; nothing is
scored."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu import access
from guitu.centre import safety as rules
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre import reading
from guitu.store.centre import safety as store
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.asked import nowhere
from guitu.web.inside.shown import NAME, Board, Section
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk
from guitu.web.unchanged import while_unchanged

SHOWN: Final = {
    "crisis_plan": Label("可能自伤自杀：危机计划", "May harm themselves: crisis plans"),
    "care_plan": Label("病情可能突然变重：照护计划", "Illness may turn dangerous: care plans"),
}
WHAT: Final = {"crisis_plan": "signs", "care_plan": "watch"}
"""By kind, the answer that says what to watch for."""
NO_SCORE: Final = Label(
    "谁需要计划由医生、心理咨询师和管教一起判断；系统不打分，不预测，也不影响期限和评估。",
    "Who needs a plan is for doctor, counsellor and brigade to judge; nothing here scores or predicts, or"
    " touches the term or an assessment.",
)


@shows("safety_care")
@while_unchanged()
def care(request: HttpRequest) -> HttpResponse:
    """The plans in force of everybody whom the reader may see, those to be reviewed first."""
    desk = Desk(request)
    if not desk.places:
        return nowhere(request, words.TITLE)
    if not access.decide(desk.actor, "find", access.Target(desk.unit.path)).allowed:
        raise Http404(desk.unit.code)
    if desk.centres:
        return show(request, _choose(desk))
    people = reading.persons(
        store.cared_for(desk.unit), rules.OF_CARE, desk.actor, desk.now, granted=desk.reader.granted
    )
    lines = [(p, plan) for p in people for plan in rules.plans(p.entries)]
    lines.sort(key=lambda pair: rules.review_on(pair[1]) or desk.today)
    if lines:
        noted(
            request, "list", sorted({p.no for p, _ in lines}), ("identity", "support", "medical"),
            lines[0][0].sight.decision, detail=f"safety care {desk.unit.code}",
        )  # fmt: skip
    due = sum((day := rules.review_on(plan)) is not None and day <= desk.today for _, plan in lines)
    sections = []
    for kind, heading in SHOWN.items():
        rows = []
        for person, plan in lines:
            if plan.kind != kind:
                continue
            known = kinds()[kind]
            target = access.Target(
                person.view.area, known.recorded_by, known.label, compartment=known.compartment
            )
            act: Cell | str = ""
            if desk.opens("record") and access.decide(desk.actor, "record", target).allowed:
                href = addresses.record(person.case_no, kind)
                act = Cell(part=Button(Label("复核", "Review"), href, "small", describes=person.name))
            rows.append(
                Row(
                    (
                        Cell(person.name, addresses.file(person.case_no)),
                        desk.short(person.view.unit) if person.view.unit else "—",
                        str(plan.get("named_staff") or "—"),
                        str(plan.get(WHAT[kind]) or "—"),
                        _review(desk, rules.review_on(plan)),
                        act,
                    )
                )
            )
        sections.append(
            Section(
                kind.replace("_", "-"),
                heading,
                Table(
                    heading,
                    (
                        Column(NAME, phone="lead"),
                        Column(words.UNIT),
                        Column(Label("负责人", "In whose hands")),
                        Column(Label("注意什么", "What to watch for"), phone="bare"),
                        Column(Label("复核", "Review"), phone="bare"),
                        Column(words.ACT, phone="act", hide_label=True),
                    ),
                    tuple(rows),
                    (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
                    empty=Empty(
                        Label(
                            "没有执行中的，或者不在您的权限内。",
                            "None in force, or not for your post to see.",
                        )
                    ),
                    id=f"{kind.replace('_', '-')}-list",
                    hide_caption=True,
                ),
            )
        )
    return show(
        request,
        Board(
            desk.title(Label("照护", "Plans of care")),
            Label(
                f"执行中 {len(lines)} 份，其中到期该复核的 {due} 份",
                f"{len(lines)} in force, {due} to be reviewed",
            ),
            (*sections, Section("says", Label("这一页怎么用", "About this page"), says=(NO_SCORE,))),
            notices=desk.saved(),
            tabs=desk.tabs("care"),
        ),
    )


def _choose(desk: Desk) -> Board:
    """Which centre? For readers above centres: people are listed one centre at a time."""
    links = tuple(Button(centre.name, words.address("care", centre.code), "small") for centre in desk.centres)
    return Board(
        desk.title(Label("照护", "Plans of care")),
        Label("请选择场所。", "Choose a centre."),
        (Section("centres", Label("强制隔离戒毒场所", "Centres"), buttons=links),),
        tabs=desk.tabs("care"),
    )


def _review(desk: Desk, day: date | None) -> Cell | Label:
    if day is None:
        return Label("没有定", "not set")
    days = (day - desk.today).days
    if days < 0:
        return Cell(part=Word("late", Label(f"{day} 逾期 {-days} 天", f"{day}, {-days} days overdue")))
    if days == 0:
        return Cell(part=Word("today", Label(f"{day} 今天", f"{day}, today")))
    return Cell(part=Word("open", Label(f"{day}", f"{day}")))
