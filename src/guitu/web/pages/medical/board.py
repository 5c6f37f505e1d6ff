"""The day of the medical centre, by role: who waits for a doctor, what came back, who is due again, and for a
brigade what it has to do. Only what was recorded lately, and of that only what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from guitu.casefile import Entry
from guitu.centre import withdrawal
from guitu.kernel.labels import Label
from guitu.store.centre import medical
from guitu.store.centre.medical import Patient
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.medical import restrained, words
from guitu.web.pages.medical.asked import Asked
from guitu.web.pages.medical.page import Board, Section

CALLS: Final = frozenset({"sick_call", "encounter", "lab_result"})
SCALES: Final = frozenset({"ciwa_ar", "withdrawal_score"})
AGAIN: Final = frozenset({"encounter", "chronic_plan"})
CALLS_BACK, SCALES_BACK, AGAIN_BACK = timedelta(days=14), timedelta(days=3), timedelta(days=60)
"""How far back each list looks; what is older is on the person's own page."""
AHEAD: Final = timedelta(days=1)
CARE: Final = "care_note"
CARE_BACK: Final = timedelta(days=400)
URGENT: Final = {"now": "late", "today": "today", "soon": "open"}
NAME: Final = Column(Label("姓名", "Name"), phone="lead")


def page(asked: Asked) -> Board:
    """The day, for the role that looks."""
    role = asked.reader.post.role if asked.reader.post else ""
    sections: list[Section] = []
    notices: list[Notice] = []
    if role in ("brigade_officer", "doctor", "nurse", "centre_head"):
        running, people = restrained.running(asked)
        if running is not None:
            sections.append(running)
        asked.note("restraint", people, ("custody", "medical"))
    if role in ("doctor", "nurse", "centre_head"):
        sections += _wards(asked)
    if role == "nurse":
        sections.insert(0, _rounds(asked))
    if role in ("brigade_officer", "doctor", "nurse", "centre_head"):
        sections.append(_care(asked))
    return Board(
        title=Label("医疗中心", "Medical centre"),
        lead=Label(
            f"{asked.unit.name} · {asked.today.isoformat()}", f"{asked.unit.name} · {asked.today.isoformat()}"
        ),
        sections=tuple(sections),
        tabs=asked.tabs("medical") if role != "brigade_officer" else None,
        notices=tuple(notices),
        actions=(Button(Label("提出就诊", "Ask for a doctor"), href="/people/"),)
        if role == "brigade_officer"
        else (),
    )


def _wards(asked: Asked) -> list[Section]:
    back = asked.today - AGAIN_BACK
    people = medical.lately(asked.actor, asked.unit, asked.today, asked.now, CALLS | AGAIN, back)
    scaled = medical.lately(
        asked.actor, asked.unit, asked.today, asked.now, SCALES, asked.today - SCALES_BACK
    )
    asked.note("medical day", tuple({p.no: p for p in (*people, *scaled)}.values()), ("medical",))
    return [_waiting(asked, people), _results(asked, people), _scales(asked, scaled), _again(asked, people)]


def _rounds(asked: Asked) -> Section:
    rows = tuple(
        Row((Cell(unit.name, href=words.rounds(unit=unit.code)), Label("打开发药单", "Open the round")))
        for unit in asked.brigades
    )
    columns = (Column(Label("大队", "Brigade"), phone="lead"), Column(Label("发药", "Round"), phone="bare"))
    heading = Label("发药", "Rounds")
    return Section("rounds", heading, Table(heading, columns, rows, id="rounds-list", hide_caption=True))


def seen_since(entries: Iterable[Entry], entry: Entry) -> bool:
    """Whether a doctor has seen the person after that entry was recorded."""
    return any(
        e.kind == "encounter" and (e.happened_on, e.recorded_at) >= (entry.happened_on, entry.recorded_at)
        for e in entries
    )


def _waiting(asked: Asked, people: Sequence[Patient]) -> Section:
    back = asked.today - CALLS_BACK
    found = [
        (p, e)
        for p in people
        for e in p.entries
        if e.kind == "sick_call" and e.happened_on >= back and not seen_since(p.entries, e)
    ]
    order = list(URGENT)
    found.sort(key=lambda pair: (order.index(str(pair[1].get("urgency"))), pair[1].happened_on))
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=words.person(p.line.case_no), sub=p.line.unit_name),
                Cell(
                    part=Word(
                        URGENT[str(e.get("urgency"))], words.choice("sick_call", "urgency", e.get("urgency"))
                    )
                ),
                e.happened_on.isoformat(),
                str(e.get("says") or "—"),
                Cell(part=_record(asked, p, "encounter", Label("写诊疗记录", "See the person"))),
            )
        )
        for p, e in found
    )
    columns = (
        NAME,
        Column(Label("缓急", "How soon"), phone="bare"),
        Column(Label("提出", "Asked")),
        Column(Label("本人怎么说", "In their words"), phone="bare"),
        _ACT,
    )
    return _section(
        "waiting",
        Label("等候就诊", "Waiting for a doctor"),
        columns,
        rows,
        Label("没有人在等。", "Nobody is waiting."),
    )


def _results(asked: Asked, people: Sequence[Patient]) -> Section:
    back = asked.today - CALLS_BACK
    found = [
        (p, e)
        for p in people
        for e in p.entries
        if e.kind == "lab_result"
        and e.get("reading") in ("abnormal", "critical")
        and e.happened_on >= back
        and not seen_since(p.entries, e)
    ]
    found.sort(key=lambda pair: (pair[1].get("reading") != "critical", pair[1].happened_on))
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=words.person(p.line.case_no), sub=p.line.unit_name),
                Cell(
                    part=Word(
                        "late" if e.get("reading") == "critical" else "gap",
                        words.choice("lab_result", "reading", e.get("reading")),
                    )
                ),
                f"{e.get('test')}",
                f"{e.get('result')}",
                e.happened_on.isoformat(),
            )
        )
        for p, e in found
    )
    columns = (
        NAME,
        Column(Label("判读", "Reading"), phone="bare"),
        Column(Label("项目", "Test")),
        Column(Label("结果", "Result")),
        Column(Label("报告", "Reported")),
    )
    return _section(
        "results",
        Label("异常结果，尚未诊视", "Results out of order, not seen to yet"),
        columns,
        rows,
        Label("没有。", "None."),
    )


def _scales(asked: Asked, people: Sequence[Patient]) -> Section:
    rows = []
    for p in people:
        scored = withdrawal.scored((e for e in p.entries if e.kind in SCALES), asked.settings.ciwa)
        if not scored:
            continue
        last = scored[-1]
        band = last.band or Label("—", "—")
        rows.append(
            Row(
                (
                    Cell(p.line.name, href=words.person(p.line.case_no), sub=p.line.unit_name),
                    _scale_name(last),
                    f"{last.score}" + (f"/{last.most}" if last.most else ""),
                    band,
                    words.moment(last.at),
                    Cell(
                        part=_record(
                            asked,
                            p,
                            "ciwa_ar" if last.scale == "ciwa_ar" else "withdrawal_score",
                            Label("再评一次", "Score again"),
                        )
                    ),
                )
            )
        )
    columns = (
        NAME,
        Column(Label("量表", "Scale")),
        Column(Label("得分", "Score"), numeric=True),
        Column(Label("分级", "Band")),
        Column(Label("评估", "Scored")),
        _ACT,
    )
    return _section(
        "scales",
        Label("三日内做过戒断评估", "Scored for withdrawal in three days"),
        columns,
        tuple(rows),
        Label("没有。", "None."),
    )


def _scale_name(one: withdrawal.Scored) -> Text:
    if one.scale == "ciwa_ar":
        return "CIWA-Ar"
    return "COWS" if one.scale == "cows" else one.which


def _again(asked: Asked, people: Sequence[Patient]) -> Section:
    """Whom a doctor wanted to see again by now: the last word of the last encounter, and of each plan."""
    found: list[tuple[date, Patient, Label]] = []
    until = asked.today + AHEAD
    for p in people:
        seen = [e for e in p.entries if e.kind == "encounter"]
        if seen and isinstance(day := seen[-1].get("again_on"), date) and day <= until:
            found.append((day, p, Label("复诊", "Follow-up")))
        plans: dict[str, Entry] = {str(e.get("condition")): e for e in p.entries if e.kind == "chronic_plan"}
        for plan in plans.values():
            day = plan.get("again_on")
            if plan.get("state") == "open" and isinstance(day, date) and day <= until:
                found.append((day, p, Label("慢性病随访", "Check of a chronic illness")))
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=words.person(p.line.case_no), sub=p.line.unit_name),
                what,
                day.isoformat(),
                Cell(part=_due(day, asked.today)),
            )
        )
        for day, p, what in sorted(found, key=lambda one: (one[0], one[1].line.case_no))
    )
    columns = (
        NAME,
        Column(Label("事项", "What"), phone="bare"),
        Column(Label("应于", "Due")),
        Column(Label("状态", "State"), phone="bare"),
    )
    return _section(
        "again", Label("该复诊、随访的", "To be seen again"), columns, rows, Label("没有。", "None.")
    )


def _due(day: date, today: date) -> Word:
    days = (day - today).days
    return Word("late" if days < 0 else "today" if days == 0 else "open", days_word(days))


def _care(asked: Asked) -> Section:
    """What staff must do, for those who do it: no illness, no diagnosis."""
    people = medical.lately(asked.actor, asked.unit, asked.today, asked.now, {CARE}, asked.today - CARE_BACK)
    told = [(p, e) for p in people for e in p.entries if e.kind == CARE and in_force(e, asked.today)]
    asked.note("care notes", tuple(p for p, _ in told), ("support",))
    rows = tuple(
        Row(
            (
                Cell(p.line.name, href=addresses.file(p.line.case_no), sub=p.line.unit_name),
                words.choice(CARE, "need", e.get("need")),
                str(e.get("say") or "—"),
                e.happened_on.isoformat(),
                until.isoformat()
                if isinstance(until := e.get("until"), date)
                else Label("另行通知", "Until told"),
            )
        )
        for p, e in told
    )
    columns = (
        NAME,
        Column(Label("要做什么", "What to do"), phone="bare"),
        Column(Label("说明", "Note"), phone="bare"),
        Column(Label("自", "From")),
        Column(Label("至", "Until")),
    )
    return _section(
        "care",
        Label("照护提示", "Care notes"),
        columns,
        rows,
        Label("医生没有要求大队特别照护的人。", "A doctor has asked for no special care."),
    )


def in_force(note: Entry, on: date) -> bool:
    """Whether a care note holds on that day."""
    until = note.get("until")
    return note.happened_on <= on and not (isinstance(until, date) and until < on)


_ACT: Final = Column(Label("操作", "Act"), phone="act", hide_label=True)


def _record(asked: Asked, person: Patient, kind: str, label: Label) -> Button | None:
    """The way to the form, for whose work it is."""
    if kind not in asked.records:
        return None
    href = addresses.record(person.line.case_no, kind)
    return Button(label, href=href, look="small", describes=person.line.name)


def _section(
    id: str, heading: Label, columns: tuple[Column, ...], rows: tuple[Row, ...], nothing: Label
) -> Section:
    if not rows:
        return Section(id, heading, says=nothing)
    counts = (Label(f"共 {len(rows)} 条", f"{len(rows)} in all"),)
    return Section(id, heading, Table(heading, columns, rows, counts, id=f"{id}-list", hide_caption=True))
