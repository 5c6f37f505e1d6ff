"""One person's medical page: what must not be given, what is taken, how numbers and scales went, what was
found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre import withdrawal
from guitu.centre.medication import Prescription, doses, prescriptions, slots
from guitu.centre.settings import Settings
from guitu.centre.times import words as time_words
from guitu.compose import kinds
from guitu.exchange.charts import Chart, Point, Series, line
from guitu.exchange.charts.look import Size as ChartSize
from guitu.kernel.labels import Label
from guitu.web.component import Text, say
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.picture.component import Picture, Size
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.language import ENGLISH, spoken
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.medical import words
from guitu.web.pages.medical.board import in_force
from guitu.web.pages.medical.page import CardPage, PersonPage, Section
from guitu.web.pages.medical.secret import word_of
from guitu.web.pages.record.build import identity

MEASURED: Final = (
    "temperature",
    "pulse",
    "systolic",
    "diastolic",
    "breathing",
    "oxygen",
    "weight",
    "glucose",
)
PICTURES: Final = {
    "pressure": ("systolic", "diastolic", "pulse"),
    "temperature": ("temperature",),
    "weight": ("weight",),
    "glucose": ("glucose",),
}
"""Which numbers share a picture: those of like size and meaning."""
SHOWN: Final = 30
"""Measurements in a table and a picture, the latest."""
ENTRIES: Final = 20


def counted(opened: Opened) -> tuple[Entry, ...]:
    """What the reader may see and what counts."""
    return opened.shown.counted()


def page(opened: Opened, on: date, settings: Settings, may: Callable[[str], bool]) -> PersonPage:
    """The page. `may` says whether the reader records a kind about this person."""
    entries = counted(opened)
    case = opened.case_no
    sections = [
        _medicines(entries, case, on, may),
        _today(entries, on, settings),
        *_numbers(entries, case),
        *_scales(entries, settings),
        _results(entries),
        _plans(entries),
        _encounters(entries),
    ]
    if any(e.kind == "restricted_condition" for e in entries):
        sections.insert(1, _restricted(entries, on))
    acts = (
        "encounter",
        "vitals",
        "prescription",
        "lab_result",
        "ciwa_ar",
        "withdrawal_score",
        "allergy",
        "care_note",
        "chronic_plan",
        "referral_out",
        "restricted_condition",
    )
    buttons = tuple(
        Button(kinds()[kind].label, href=addresses.record(case, kind), look="primary" if n == 0 else "small")
        for n, kind in enumerate(k for k in acts if may(k))
    )
    return PersonPage(
        identity=identity(opened, on, kinds()),
        lead=Label("只显示您的岗位可以看的内容。", "Only what your post may see."),
        sections=tuple(s for s in sections if s is not None),
        notices=(allergy_notice(entries), *_care(entries, on)),
        actions=(
            *buttons,
            *_remote(case, may),
            Button(
                Label("用药卡（打印）", "Medication card (print)"),
                href=f"{words.person(case)}card/",
                look="small",
            ),
        ),
    )


def _remote(case: str, may: Callable[[str], bool]) -> tuple[Button, ...]:
    """The way to ask a hospital, for whoever may."""
    if not may("remote_request"):
        return ()
    return (Button(Label("请求远程会诊", "Ask a hospital"), href=f"/remote/new/{case}/", look="small"),)


# ── medicines ─────────────────────────────────────────────────────────────────────────────────────


def allergies(entries: Sequence[Entry]) -> Label | None:
    """What the person must not be given; None where nobody has asked."""
    told = [e for e in entries if e.kind == "allergy"]
    if not told:
        return None
    known = [str(e.get("substance")) for e in told if e.get("known") == "yes"]
    if not known:
        return Label("本人说没有药物过敏", "No allergy, as told")
    return Label("过敏：" + "、".join(known), "Allergic to " + ", ".join(known))


def allergy_notice(entries: Sequence[Entry]) -> Notice:
    """The line on top."""
    found = allergies(entries)
    if found is None:
        return Notice("gap", Label("没有登记过敏情况", "Nothing is recorded about allergies"))
    bad = any(e.get("known") == "yes" for e in entries if e.kind == "allergy")
    return Notice("late" if bad else "info", found)


def _care(entries: Sequence[Entry], on: date) -> list[Notice]:
    return [
        Notice("info", words.choice("care_note", "need", e.get("need")), str(e.get("say") or ""))
        for e in entries
        if e.kind == "care_note" and in_force(e, on)
    ]


def _medicines(entries: Sequence[Entry], case: str, on: date, may: Callable[[str], bool]) -> Section:
    heading = Label("处方", "Prescriptions")
    found = prescriptions(entries)
    if not found:
        return Section("drugs", heading, says=Label("没有处方。", "No prescription."))
    rows = tuple(
        Row(
            (
                Cell(one.drug, strong=one.stopped is None, sub=_secret(one)),
                words.use(one),
                one.first.isoformat(),
                one.last.isoformat() if one.last else Label("没有写", "Not stated"),
                Cell(
                    part=Button(
                        Label("停药", "Stop"),
                        href=f"{words.person(case)}stop/{one.id}/",
                        look="small",
                        describes=one.drug,
                    )
                )
                if one.stopped is None and (one.last is None or one.last >= on) and may("prescription")
                else Cell(one.why or "—"),
            )
        )
        for one in found
    )
    columns = (
        Column(Label("药名", "Drug"), phone="lead"),
        Column(Label("用法", "Use"), phone="bare"),
        Column(Label("自", "From")),
        Column(Label("至", "Until")),
        Column(Label("停药", "Stop"), phone="act"),
    )
    return Section("drugs", heading, Table(heading, columns, rows, id="drugs-list", hide_caption=True))


def _secret(one: Prescription) -> Text:
    return Label("特别保密，由医生发", "Restricted: given by the doctor") if one.restricted else ""


def _today(entries: Sequence[Entry], on: date, settings: Settings) -> Section | None:
    from guitu.web import clock

    some = slots(prescriptions(entries), doses(entries), on, clock.now(), settings)
    heading = Label("今天的发药", "Today’s doses")
    if not some:
        return None
    rows = tuple(
        Row(
            (
                f"{time_words(slot.time)}",
                slot.prescription.drug,
                words.dose_words(slot.prescription),
                Cell(part=words.state(slot.state, time_words(slot.dose.at) if slot.dose else "")),
                slot.dose.why if slot.dose and slot.dose.why else "—",
            )
        )
        for slot in some
    )
    columns = (
        Column(Label("时间", "Time")),
        Column(Label("药名", "Drug"), phone="lead"),
        Column(Label("用量", "Dose"), phone="bare"),
        Column(Label("状态", "State"), phone="bare"),
        Column(Label("原因", "Why")),
    )
    return Section("today", heading, Table(heading, columns, rows, id="today-list", hide_caption=True))


def card(opened: Opened, on: date, settings: Settings, name: str, born: Text) -> CardPage:
    """The medication card. What only doctors may know is not on it, whoever prints it: it lies on a table."""
    entries = counted(opened)
    now = [p for p in prescriptions(entries) if p.runs(on) and not p.restricted]
    left_out = any(p.runs(on) and p.restricted for p in prescriptions(entries))
    rows = tuple(
        Row(
            (
                Cell(one.drug, strong=True, sub=one.note),
                words.use(one),
                " ".join(time_words(settings.rounds[n - 1]) for n in one.rounds)
                or Label("必要时", "When needed"),
                one.first.isoformat(),
                one.last.isoformat() if one.last else "—",
            )
        )
        for one in now
    )
    columns = (
        Column(Label("药名", "Drug"), phone="lead"),
        Column(Label("用法", "Use"), phone="bare"),
        Column(Label("时间", "Times")),
        Column(Label("自", "From")),
        Column(Label("至", "Until")),
    )
    heading = Label("正在用的药", "Taken now")
    notes: list[Text] = []
    if left_out:
        notes.append(
            Label(
                "另有药品由医生单独发给，不印在卡上。",
                "Other medicine is given by the doctor and is not printed here.",
            )
        )
    return CardPage(
        name=name,
        case_no=opened.case_no,
        born=born,
        allergies=allergies(entries) or Label("没有登记过敏情况", "Nothing is recorded about allergies"),
        table=Table(
            heading,
            columns,
            rows,
            id="card-list",
            empty=None if rows else Empty(Label("现在没有用药。", "No medicine is taken now.")),
        ),
        as_of=Label(f"截至 {on.isoformat()}", f"As of {on.isoformat()}"),
        back=Button(Label("回到医疗页", "Back"), href=words.person(opened.case_no), look="link"),
        notes=tuple(notes),
    )


# ── numbers and scales ────────────────────────────────────────────────────────────────────────────


def _vitals(entries: Sequence[Entry]) -> list[Entry]:
    found = [e for e in entries if e.kind == "vitals"]
    return sorted(found, key=lambda e: (e.happened_on, e.get("time") or 0))[-SHOWN:]


def _number(ask: str, entry: Entry) -> Text:
    """A number; one out of the ordinary is said to be."""
    value = entry.get(ask)
    if value is None:
        return "—"
    if kinds()["vitals"].ask(ask).unusual(value):
        return Label(f"{value} 异常", f"{value} unusual")
    return str(value)


def _numbers(entries: Sequence[Entry], case: str) -> list[Section]:
    heading = Label("生命体征", "Vital signs")
    found = _vitals(entries)
    if not found:
        return [Section("vitals", heading, says=Label("没有测量记录。", "Nothing was measured."))]
    kind = kinds()["vitals"]
    used = [name for name in MEASURED if any(e.get(name) is not None for e in found)]
    rows = tuple(
        Row(
            (f"{e.happened_on.isoformat()} {time_words(e.get('time'))}", *(_number(name, e) for name in used))
        )
        for e in reversed(found)
    )
    columns = (
        Column(Label("测量", "Measured"), phone="lead"),
        *(Column(kind.ask(n).label, numeric=True, unit=kind.ask(n).unit or "") for n in used),
    )
    table = Table(heading, columns, rows, id="vitals-list", hide_caption=True)
    drawn = [what for what in PICTURES if (c := chart(entries, what)) is not None and c]
    sections = [Section("vitals", heading, table)]
    for what in drawn:
        wide, narrow = chart(entries, what), chart(entries, what, size="narrow")
        assert wide is not None
        assert narrow is not None
        base = f"{words.person(case)}{what}.svg"
        picture = Picture(
            Size(base, wide.width, wide.height),
            Size(f"{base}?size=narrow", narrow.width, narrow.height),
            wide.desc,
        )
        names = [kind.ask(n).label for n in PICTURES[what]]
        title = Label("、".join(n.zh for n in names), ", ".join(n.en for n in names))
        sections.append(Section(f"course-{what}", title, picture=picture))
    return sections


def chart(entries: Sequence[Entry], what: str, *, size: ChartSize = "wide") -> Chart | None:
    """The course of these numbers; None where there are fewer than two measurements."""
    asks = PICTURES.get(what)
    if asks is None:
        return None
    found = [e for e in _vitals(entries) if any(e.get(name) is not None for name in asks)]
    if len(found) < 2:
        return None
    kind = kinds()["vitals"]
    series = [
        Series(
            say(kind.ask(name).label),
            tuple(
                Point(
                    f"{e.happened_on:%m-%d} {time_words(e.get('time'))}",
                    float(value) if isinstance(value := e.get(name), int | str) else None,
                    str(value) if value is not None else "—",
                )
                for e in found
            ),
        )
        for name in asks
        if any(e.get(name) is not None for e in found)
    ]
    unit = kind.ask(asks[0]).unit
    return line(
        series, unit=say(unit) if unit and what != "pressure" else "", english=spoken() == ENGLISH, size=size
    )


def _scales(entries: Sequence[Entry], settings: Settings) -> list[Section]:
    scored = withdrawal.scored(entries, settings.ciwa)
    if not scored:
        return []
    heading = Label("戒断评估", "Withdrawal")
    rows = tuple(
        Row(
            (
                words.moment(one.at),
                {"ciwa_ar": "CIWA-Ar", "cows": "COWS"}.get(one.scale, one.which),
                f"{one.score}" + (f"/{one.most}" if one.most else ""),
                one.band or "—",
            )
        )
        for one in reversed(scored[-SHOWN:])
    )
    columns = (
        Column(Label("评估", "Scored"), phone="lead"),
        Column(Label("量表", "Scale"), phone="bare"),
        Column(Label("得分", "Score"), numeric=True),
        Column(Label("分级", "Band")),
    )
    says = Label(
        "量表说明需要多少照护，不作任何处分、评估或者期限的依据。",
        "A scale says how much care is needed. It is no ground for any sanction, assessment or term.",
    )
    return [
        Section("scales", heading, Table(heading, columns, rows, id="scales-list", hide_caption=True), says)
    ]


# ── what was found ────────────────────────────────────────────────────────────────────────────────


def _results(entries: Sequence[Entry]) -> Section | None:
    found = [e for e in entries if e.kind == "lab_result"][-ENTRIES:]
    if not found:
        return None
    heading = Label("检查结果", "Results")
    shape = {"normal": "done", "abnormal": "gap", "critical": "late"}
    rows = tuple(
        Row(
            (
                e.happened_on.isoformat(),
                str(e.get("test")),
                str(e.get("result")),
                Cell(
                    part=Word(
                        shape[str(e.get("reading"))], words.choice("lab_result", "reading", e.get("reading"))
                    )
                ),
            )
        )
        for e in reversed(found)
    )
    columns = (
        Column(Label("报告", "Reported")),
        Column(Label("项目", "Test"), phone="lead"),
        Column(Label("结果", "Result"), phone="bare"),
        Column(Label("判读", "Reading"), phone="bare"),
    )
    return Section("results", heading, Table(heading, columns, rows, id="results-list", hide_caption=True))


def _plans(entries: Sequence[Entry]) -> Section | None:
    latest = {str(e.get("condition")): e for e in entries if e.kind == "chronic_plan"}
    if not latest:
        return None
    heading = Label("慢性病管理", "Plans of chronic illness")
    rows = tuple(
        Row(
            (
                condition,
                str(e.get("plan")),
                again.isoformat() if isinstance(again := e.get("again_on"), date) else "—",
                words.choice("chronic_plan", "state", e.get("state")),
            )
        )
        for condition, e in latest.items()
    )
    columns = (
        Column(Label("病情", "Condition"), phone="lead"),
        Column(Label("计划", "Plan"), phone="bare"),
        Column(Label("下次随访", "Next check")),
        Column(Label("状态", "State")),
    )
    return Section("plans", heading, Table(heading, columns, rows, id="plans-list", hide_caption=True))


def _encounters(entries: Sequence[Entry]) -> Section:
    heading = Label("诊疗经过", "Encounters")
    found = [e for e in entries if e.kind == "encounter"][-ENTRIES:]
    if not found:
        return Section("seen", heading, says=Label("没有诊疗记录。", "No encounter."))
    rows = tuple(
        Row(
            (
                Cell(e.happened_on.isoformat(), sub=words.choice("encounter", "form", e.get("form"))),
                str(e.get("complaint") or "—"),
                str(e.get("findings") or "—"),
                str(e.get("assessment") or "—"),
                str(e.get("plan") or "—"),
            )
        )
        for e in reversed(found)
    )
    columns = (
        Column(Label("日期", "Day"), phone="lead"),
        Column(Label("主诉", "Complaint")),
        Column(Label("所见", "Findings")),
        Column(Label("判断", "Assessment")),
        Column(Label("处理", "Plan")),
    )
    return Section("seen", heading, Table(heading, columns, rows, id="seen-list", hide_caption=True))


def _restricted(entries: Sequence[Entry], on: date) -> Section:
    from guitu.centre.reporting import reports
    from guitu.web import clock

    heading = Label("特别保密病情", "Restricted conditions")
    by = {r.finding: r for r in reports(entries, clock.now())}
    rows = tuple(
        Row(
            (
                words.choice("restricted_condition", "what", e.get("what")),
                words.choice("restricted_condition", "state", e.get("state")),
                e.happened_on.isoformat(),
                Cell(part=word_of(by[e.id])),
                str(e.get("plan") or "—"),
            )
        )
        for e in entries
        if e.kind == "restricted_condition"
    )
    columns = (
        Column(Label("病种", "Which"), phone="lead"),
        Column(Label("情况", "How sure")),
        Column(Label("发现", "Found")),
        Column(Label("报告", "Report"), phone="bare"),
        Column(Label("治疗和隔离", "Treatment and isolation"), phone="bare"),
    )
    return Section(
        "restricted", heading, Table(heading, columns, rows, id="restricted-list", hide_caption=True)
    )
