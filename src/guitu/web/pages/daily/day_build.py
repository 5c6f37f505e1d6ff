"""The sections of a brigade's day: who is missing and what is to be done, rolls, who is out, what was
noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre.roll import LABELS, OUT_LABELS, Counts
from guitu.centre.times import clock
from guitu.centre.timetable import ACTIVITIES, SORTS, DaySort, Slot, now_and_next
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre.brigade import Member
from guitu.store.centre.rolls import Roll
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.days import in_words
from guitu.web.pages.casefile import addresses
from guitu.web.pages.daily.desk import Desk
from guitu.web.pages.daily.shown import Section

NAME: Final = Column(Label("姓名", "Name"), phone="lead")
ACT: Final = Column(Label("操作", "Act"), phone="act", hide_label=True)
HIDDEN_WHY: Final = Label("原因在您看不到的分区", "The reason is recorded where you cannot see")
STEPS: Final = (
    Label("① 马上再点一次，问同班、同室的人。", "① Call the roll again at once; ask those of the same room."),
    Label(
        "② 查会见、就医、上课的登记，查所内各处；报告值班领导。",
        "② Look through visits, medical care and classes, and the grounds; tell the head on duty.",
    ),
    Label(
        "③ 找到了，按“已找到”。确认脱逃的，由您登记“脱逃”，并立即通知当地县级公安机关（戒毒条例第32条）。",
        "③ Found: press “Found”. An escape is recorded by you, never by itself, and the county police"
        " are told at"
        " once (Rehabilitation Regulations art. 32).",
    ),
)


def file_of(member: Member) -> Cell:
    """The name as a link to the file."""
    return Cell(member.line.name, href=addresses.file(member.line.case_no), sub=member.line.case_no)


def past(on: date, sort: DaySort) -> Label:
    """Of another day than today: how many there were, the rolls say; the lists are of who is here now."""
    return Label(
        f"{in_words(on).zh}（{SORTS[sort].zh}）· 当天人数见各次点名；名单是现在的人",
        f"{in_words(on).en} ({SORTS[sort].en.lower()}) · the day's numbers stand in its rolls; the lists"
        " are of those here now",
    )


def lead(on: date, sort: DaySort, n: Counts, around: tuple[Slot | None, Slot | None]) -> Label:
    """Who is here and what comes, in one sentence."""
    now, following = around
    zh = f"{in_words(on).zh}（{SORTS[sort].zh}）"
    away_zh = f"，在别处 {n.elsewhere}" if n.elsewhere else ""
    away_en = f" {n.elsewhere} elsewhere in the centre," if n.elsewhere else ""
    zh += f" · 在册 {n.people}，在位 {n.present}，外出 {n.out}{away_zh}，不明 {n.missing}"
    en = (
        f"{in_words(on).en} ({SORTS[sort].en.lower()}) · {n.people} on the list, {n.present} here,"
        f" {n.out} out,{away_en} {n.missing} missing"
    )
    if now is not None:
        zh, en = f"{zh} · 现在：{_said(now).zh}", f"{en} · now: {_said(now).en}"
    if following is not None:
        zh, en = (
            f"{zh} · 接着 {clock(following.start)} {_said(following).zh}",
            f"{en} · next: {clock(following.start)} {_said(following).en}",
        )
    return Label(zh, en)


def _said(slot: Slot) -> Label:
    label = ACTIVITIES[slot.activity]
    if not slot.words:
        return label
    return Label(f"{label.zh}（{slot.words}）", f"{label.en} ({slot.words})")


def missing(desk: Desk, members: Sequence[Member]) -> tuple[Section, ...]:
    """Whoever a roll missed and nobody has found: what is to be done, step by step."""
    some = [m for m in members if m.missing is not None]
    if not some:
        return ()
    rows = []
    for member in some:
        assert member.missing is not None
        buttons: list[object] = []
        if desk.may("escape"):
            buttons.append(
                Button(
                    Label("登记脱逃", "Record an escape"),
                    href=addresses.record(member.line.case_no, "escape"),
                    look="small",
                    describes=member.line.name,
                )
            )
        at = f"{member.missing.happened_on.isoformat()} {member.missing.get('at')}"
        rows.append(
            Row(
                (
                    file_of(member),
                    at,
                    Cell(part=Word("late", Label("不明", "Missing"))),
                    Cell(part=buttons[0]) if buttons else "",
                )
            )
        )
    table = Table(
        Label("点名不明", "Missing at a roll"),
        (NAME, Column(Label("哪次点名", "Which roll")), Column(Label("情况", "State"), phone="bare"), ACT),
        tuple(rows),
        (Label(f"{len(some)} 人", f"{len(some)} people"),),
        id="missing-list",
    )
    buttons = ()
    if desk.may("roll_exception"):
        buttons = (
            Button(Label("已找到：逐人登记", "Found: record who"), href=desk.href("found"), look="primary"),
        )
    return (
        Section(
            "missing", Label("有人不在位、原因不明", "Somebody is missing"), STEPS, table, buttons=buttons
        ),
    )


def rolls_of(desk: Desk, slots: Sequence[Slot], held: Sequence[Roll], on: date, now: int) -> Section:
    """Each roll of the day: held, with its numbers; due now; later; left out."""
    by_at = {one.at: one for one in held}
    due = [slot.start for slot in slots if slot.activity == "roll"]
    past = [at for at in due if at <= now and at not in by_at]
    first = past[-1] if past else next((at for at in due if at > now and at not in by_at), None)
    may = desk.may("roll_call") and on == desk.today
    rows = []
    for at in sorted({*due, *by_at}):
        one = by_at.get(at)
        said: Text = ""
        if one is not None:
            word, said = Word("done", Label("已点", "Held")), _numbers(one.entry)
        elif at > now:
            word = Word("open", Label("未到时间", "Later"))
        elif at == first and on == desk.today:
            word = Word("today", Label("现在点名", "Due now"))
        else:
            word = Word("gap", Label("漏点", "Left out"))
        rows.append(Row((Cell(clock(at), strong=True), Cell(part=word), said)))
    table = Table(
        Label("今日点名", "Rolls of the day"),
        (
            Column(Label("时间", "Time"), phone="lead"),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("人数", "Numbers"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"应点 {len(due)} 次，已点 {len(held)} 次", f"{len(due)} due, {len(held)} held"),),
        empty=Empty(Label("今天没有登记点名。", "No roll was recorded on this day.")),
        id="rolls-list",
    )
    buttons: tuple[Button, ...] = ()
    if may:
        extra = Button(
            Label("临时点名", "An extra roll"), href=desk.href("roll", at=clock(now)), look="plain"
        )
        buttons = (extra,)
        running, _ = now_and_next(slots, now)
        if running is not None and running.activity == "work":
            with_them = Button(
                Label("在劳动现场点名", "A roll at work"),
                href=desk.href("roll", at=clock(now), place="work"),
                look="plain",
            )
            buttons = (extra, with_them)
        if first is not None and first <= now:
            begin = Button(
                Label(f"点名（{clock(first)}）", f"Call the roll ({clock(first)})"),
                href=desk.href("roll", at=clock(first)),
                look="primary",
                extra={"autofocus": True},
            )
            buttons = (begin, *buttons)
    return Section("rolls", Label("点名", "Rolls"), table=table, buttons=buttons)


def _numbers(entry: Entry) -> Label:
    n = {
        name: entry.get(name) or 0
        for name in ("people", "present", "out", "elsewhere", "missing", "late", "unwell", "refused")
    }
    zh = f"应到 {n['people']}，实到 {n['present']}，外出 {n['out']}"
    en = f"{n['people']} on the list, {n['present']} there, {n['out']} out"
    for name in ("elsewhere", "missing", "late", "unwell", "refused"):
        if n[name]:
            zh, en = f"{zh}，{LABELS[name].zh} {n[name]}", f"{en}, {n[name]} {LABELS[name].en}"
    return Label(zh, en)


def out(desk: Desk, members: Sequence[Member], on: date) -> Section:
    """Who is out, why and until when, by the open entries of their files."""
    rows = []
    for member in members:
        if member.out is None:
            continue
        why, back = member.why, member.out.until
        word: Cell | Label = Label("未定", "not fixed")
        if back is not None:
            late = member.out.late(on)
            word = Cell(part=Word("late" if late else "open", back.isoformat()))
        rows.append(
            Row(
                (
                    file_of(member),
                    OUT_LABELS[why.kind] if why else HIDDEN_WHY,
                    member.out.since.isoformat(),
                    word,
                )
            )
        )
    table = Table(
        Label("不在所内", "Out of the centre"),
        (
            NAME,
            Column(Label("原因", "Why")),
            Column(Label("自", "Since")),
            Column(Label("应返回", "Back by")),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        empty=Empty(Label("没有人登记外出。", "Nobody is recorded as out.")),
        id="out-list",
    )
    return Section("out", Label("外出", "Out"), table=table)


def elsewhere(members: Sequence[Member], where: Mapping[int, Label]) -> tuple[Section, ...]:
    """Who is in the centre and need not be with the brigade now."""
    if not where:
        return ()
    rows = tuple(Row((file_of(m), where[m.no])) for m in members if m.no in where)
    table = Table(
        Label("所内别处", "Elsewhere in the centre"),
        (NAME, Column(Label("在哪里", "Where"), phone="bare")),
        rows,
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        id="elsewhere-list",
    )
    return (Section("elsewhere", Label("所内别处", "Elsewhere in the centre"), table=table),)


def exceptions(members: Sequence[Member], on: date) -> Section:
    """What was noted at the rolls of the day."""
    rows = []
    for member in members:
        for entry in member.entries:
            if entry.kind == "roll_exception" and entry.happened_on == on:
                ask = kinds()["roll_exception"].ask("what")
                said = next(c.label for c in ask.choices if c.value == entry.get("what"))
                rows.append((str(entry.get("at")), Row((file_of(member), str(entry.get("at")), said))))
    table = Table(
        Label("点名情况", "Noted at rolls"),
        (NAME, Column(Label("时间", "Time")), Column(Label("情况", "What"))),
        tuple(row for _, row in sorted(rows, key=lambda pair: pair[0])),
        (Label(f"{len(rows)} 条", f"{len(rows)} entries"),),
        empty=Empty(Label("今天点名没有例外。", "Nothing was noted at today's rolls.")),
        id="exceptions-list",
    )
    return Section("exceptions", Label("今天以来的例外", "Exceptions since morning"), table=table)


def conduct(desk: Desk, members: Sequence[Member]) -> tuple[Section, ...]:
    """Notes of conduct that the person objects to and nobody has reviewed."""
    rows = []
    for member in members:
        reviewed = {str(e.get("to")) for e in member.entries if e.kind == "conduct_review"}
        for entry in member.entries:
            if entry.kind != "conduct_note" or entry.get("objects") != "objects" or str(entry.id) in reviewed:
                continue
            act: Cell | str = ""
            if desk.may("conduct_review"):
                href = addresses.record(
                    member.line.case_no, "conduct_review", addresses.named("conduct_review", entry.id)
                )
                act = Cell(
                    part=Button(Label("复核", "Review"), href=href, look="small", describes=member.line.name)
                )
            rows.append(Row((file_of(member), entry.happened_on.isoformat(), act)))
    if not rows:
        return ()
    table = Table(
        Label("待复核的异议", "Objections to review"),
        (NAME, Column(Label("记录日期", "Day of the note")), ACT),
        tuple(rows),
        (Label(f"{len(rows)} 条", f"{len(rows)} notes"),),
        id="conduct-list",
    )
    says = Label(
        "本人对行为表现记录有异议，由写记录以外的人复核。",
        "The person objects to a note of conduct: somebody other than its writer reviews it.",
    )
    return (Section("conduct", Label("行为表现异议", "Objections to notes of conduct"), (says,), table),)
