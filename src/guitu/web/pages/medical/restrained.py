"""Who is restrained now, for how long, and which look or review is late; and the restraints of the last
month."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from guitu.centre.restraint import KINDS, Clock, Episode, episodes, timer
from guitu.centre.times import digits_of
from guitu.kernel.labels import Label
from guitu.store.centre import medical
from guitu.store.centre.medical import Patient
from guitu.store.staff import staff_names
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.medical import words
from guitu.web.pages.medical.asked import Asked
from guitu.web.pages.medical.page import Board, Section

BACK: Final = timedelta(days=30)
_NAME: Final = Column(Label("姓名", "Name"), phone="lead")


def found(asked: Asked) -> list[tuple[Patient, Episode]]:
    """Every restraint of the last month under the unit, the latest first."""
    people = medical.lately(asked.actor, asked.unit, asked.today, asked.now, KINDS, asked.today - BACK)
    pairs = [(p, one) for p in people for one in episodes(p.entries)]
    return sorted(pairs, key=lambda pair: pair[1].began, reverse=True)


def running(asked: Asked) -> tuple[Section | None, tuple[Patient, ...]]:
    """The list of those who are restrained now, and who is on it; None where nobody is."""
    some = [(p, e) for p, e in found(asked) if e.running]
    return (_running(asked, some) if some else None), tuple(p for p, _ in some)


def page(asked: Asked) -> Board:
    """Those restrained now, and those of the last month."""
    every = found(asked)
    asked.note("restraint", tuple({p.no: p for p, _ in every}.values()), ("custody", "medical"))
    now = [(p, e) for p, e in every if e.running]
    over = [(p, e) for p, e in every if not e.running]
    sections = [
        _running(asked, now)
        if now
        else Section("now", _NOW, says=Label("现在没有人被约束。", "Nobody is restrained now."))
    ]
    if over:
        sections.append(_over(over))
    settings = asked.settings
    intervals = Label(
        f"民警每 {settings.watch_every} 分钟、医护每 {settings.medics_every} 分钟查看，"
        f"每 {settings.review_every}"
        f" 分钟复核一次{'' if settings.stated else '（默认值，本所还没有自己规定）'}。",
        f"Officers look every {settings.watch_every} minutes, medics every {settings.medics_every}, and it is"
        f" reviewed every {settings.review_every}"
        f"{'' if settings.stated else ' (defaults: the centre has laid nothing down yet)'}.",
    )
    return Board(
        title=Label("保护性约束", "Protective restraint"),
        lead=Label(
            "只为防止自伤自残；所领导批准，民警和医护查看，危险消除立即解除。",
            "Only to prevent self-harm: approved by the head, watched by officers and medics, ended when the"
            " danger ends.",
        ),
        sections=tuple(sections),
        tabs=asked.tabs("medical_restraint"),
        notices=(Notice("info", intervals, words.DEFAULTS),),
        foot=(
            Label(
                "依据：禁毒法第44条；司法行政机关强制隔离戒毒工作规定第40条。",
                "Basis: Anti-Drug Law art. 44; Rules on Compulsory Isolation in Justice Centres art. 40.",
            ),
        ),
    )


_NOW: Final = Label("正在约束", "Restrained now")


def _running(asked: Asked, some: list[tuple[Patient, Episode]]) -> Section:
    rows = tuple(_row(asked, p, e) for p, e in some)
    columns = (
        _NAME,
        Column(Label("已约束", "For"), phone="bare"),
        Column(Label("批准", "Approval"), phone="bare"),
        Column(Label("民警查看", "Officers look")),
        Column(Label("医护查看", "Medics look")),
        Column(Label("复核", "Review")),
        Column(Label("操作", "Act"), phone="act", hide_label=True),
    )
    counts = (Label(f"{len(rows)} 人", f"{len(rows)} people"),)
    return Section("now", _NOW, Table(_NOW, columns, rows, counts, id="now-list", hide_caption=True))


def _row(asked: Asked, person: Patient, one: Episode) -> Row:
    clocks = timer(one, asked.now, asked.settings)
    lasted = words.minutes(one.lasted(asked.now))
    who = staff_names({one.by}).get(one.by, one.by)
    began = Label(f"{who} 开始", f"begun by {who}")
    medics = (
        _clock(clocks.medics) if "medical" in person.opens else Word("hidden", Label("不可见", "Not shown"))
    )
    return Row(
        (
            Cell(person.line.name, href=addresses.file(person.line.case_no), sub=person.line.unit_name),
            Cell(
                part=Word("late", Label("应立即解除", "End it now")) if one.must_end else None,
                text="" if one.must_end else lasted,
                sub=Label(
                    f"{lasted.zh}，自 {words.moment(one.began)}",
                    f"{lasted.en}, from {words.moment(one.began)}",
                ),
            ),
            Cell(part=_approval(one), sub=began),
            Cell(part=_clock(clocks.officers)),
            Cell(part=medics),
            Cell(part=_clock(clocks.review)),
            Cell(part=_act(asked, person, one)),
        ),
        id=f"r-{person.line.case_no}",
    )


def _approval(one: Episode) -> Word:
    if one.approved is None:
        return Word("late", Label("所领导尚未批准", "Not approved yet"))
    if one.approved:
        return Word("done", Label("已批准", "Approved"))
    return Word("late", Label("不批准", "Refused"))


def _clock(clock: Clock) -> Word:
    at = words.moment(clock.at)[-5:]
    if clock.over:
        late = words.minutes(clock.over)
        return Word("late", Label(f"应于 {at}，迟 {late.zh}", f"due {at}, {late.en} late"))
    return Word("open", Label(f"下次 {at}", f"next {at}"))


def _act(asked: Asked, person: Patient, one: Episode) -> Button:
    """The one act of that post: officers look or end it, the head approves, medics look."""
    role = asked.reader.post.role if asked.reader.post else ""
    at = (("time", f"{digits_of(asked.now):04d}"),)
    case, name = person.line.case_no, person.line.name
    if role == "centre_head" and one.approved is None:
        return Button(
            Label("批准或不批准", "Approve or not"),
            look="small",
            describes=name,
            href=addresses.record(case, "restraint_approval", at),
        )
    if role in ("brigade_officer", "centre_head"):
        if one.must_end:
            query = (*at, ("minutes", str(one.lasted(asked.now))))
            return Button(
                Label("解除约束", "End it"),
                look="small",
                describes=name,
                href=addresses.record(case, "restraint_end", query),
            )
        return Button(
            Label("登记查看", "Record a look"),
            look="small",
            describes=name,
            href=addresses.record(case, "restraint_check", at),
        )
    if role in ("doctor", "nurse"):
        return Button(
            Label("登记查看", "Record a look"),
            look="small",
            describes=name,
            href=addresses.record(case, "restraint_medical_check"),
        )
    return Button(Label("打开档案", "Open the file"), look="small", describes=name, href=addresses.file(case))


def _over(some: list[tuple[Patient, Episode]]) -> Section:
    heading = Label("近三十天", "The last thirty days")
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=addresses.file(p.line.case_no), sub=p.line.unit_name),
                words.moment(e.began),
                words.moment(e.ended) if e.ended else "—",
                words.minutes(e.minutes if e.minutes is not None else e.lasted(e.ended or e.began)),
                f"{len(e.looks)}",
                Cell(part=_approval(e)),
            )
        )
        for p, e in some
    )
    columns = (
        _NAME,
        Column(Label("开始", "Began")),
        Column(Label("解除", "Ended")),
        Column(Label("时长", "Lasted")),
        Column(Label("查看", "Looks"), numeric=True, unit=Label("次", "times")),
        Column(Label("批准", "Approval")),
    )
    counts = (Label(f"{len(rows)} 次", f"{len(rows)} in all"),)
    return Section("over", heading, Table(heading, columns, rows, counts, id="over-list", hide_caption=True))
