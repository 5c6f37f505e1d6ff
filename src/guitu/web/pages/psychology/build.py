"""From what the store answered to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre import screening
from guitu.centre.instruments import TRANSLATIONS, Instrument, ScaleScore, Score
from guitu.centre.screening import Alert
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre.psychology import Day, Waiting
from guitu.store.read import PersonLine
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.trend.component import Cut, Trend
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.psychology import words
from guitu.web.pages.psychology.shown import Course, Line, Plan

REVIEW: Final = Label("复核", "Review it")
OPEN: Final = Label("打开", "Open")
TALKS: Final = frozenset(
    {"counselling", "safety_check", "psychology_summary", "psychiatric_referral", "group_missed"}
)
"""The kinds in a person's list of sessions."""


# ── the day ───────────────────────────────────────────────────────────────────────────────────────


def lead(found: Day) -> Label:
    """The day in one line."""
    late = len(found.alerts)
    zh = f"今天需要有人看望的 {late} 人" if late else "今天没有等人看望的"
    en = f"{late} to be seen today" if late else "Nobody waits to be seen"
    return Label(
        f"{zh} · 约好的谈话 {len(found.sessions)} · 待复核的危机计划 {len(found.reviews)}"
        f" · 在所 {found.people} 人，其中没有筛查过的 {len(found.unscreened)} 人",
        f"{en} · sessions agreed: {len(found.sessions)} · plans to review: {len(found.reviews)} ·"
        f" here: {found.people}, never screened: {len(found.unscreened)}",
    )


def none_today(found: Day) -> Empty | None:
    """What is said where nobody is on any list."""
    if found.shown:
        return None
    return Empty(Label("今天没有提示、约谈和待复核的计划。", "No alerts, agreed sessions or reviews today."))


def _due(day: date, today: date) -> Word:
    days = (day - today).days
    return Word("late" if days < 0 else "today" if days == 0 else "open", days_word(days))


def _where(line: PersonLine) -> str:
    return line.unit_name


def alert_line(waiting: Waiting, today: date, *, may: bool) -> Line:
    """Somebody who has to be seen, and since when."""
    line, entry = waiting.line, waiting.entry
    return Line(
        _due(waiting.due, today),
        line.name,
        words.address(line.case_no),
        _where(line),
        Label(
            f"{entry.happened_on.isoformat()} 的筛查有自伤、自杀的回答",
            f"an answer about self-harm in the screening of {entry.happened_on.isoformat()}",
        ),
        answer(line.case_no, entry, line.name) if may else None,
    )


def answer(case_no: str, entry: Entry, name: str = "") -> Button:
    """The way to recording that somebody was seen."""
    href = addresses.record(case_no, screening.CHECK, (("to", str(entry.id)),))
    return Button(words.DAYS_ACT, href=href, look="small", describes=name)


def session_line(waiting: Waiting, today: date, *, may: bool) -> Line:
    """Somebody with whom a session was agreed; `may` offers the form."""
    line = waiting.line
    return Line(
        _due(waiting.due, today),
        line.name,
        words.address(line.case_no),
        _where(line),
        Label(f"约定 {waiting.due.isoformat()}", f"agreed for {waiting.due.isoformat()}"),
        Button(
            Label("登记咨询", "Record the session"),
            href=addresses.record(line.case_no, "counselling"),
            look="small",
            describes=line.name,
        )
        if may
        else None,
    )


def review_line(waiting: Waiting, today: date) -> Line:
    """Somebody whose crisis plan is to be reviewed."""
    line, entry = waiting.line, waiting.entry
    return Line(
        _due(waiting.due, today),
        line.name,
        words.address(line.case_no),
        _where(line),
        Label(
            f"{entry.happened_on.isoformat()} 订立或复核的危机计划",
            f"crisis plan made or reviewed on {entry.happened_on.isoformat()}",
        ),
        Button(OPEN, href=words.address(line.case_no), look="small", describes=line.name),
    )


def everybody(
    lines: Sequence[PersonLine], total: int, page: int, size: int, screened: Mapping[int, date]
) -> Table:
    """Everybody here, by name, with when they were last screened."""
    rows = tuple(
        Row(
            (
                Cell(line.name, words.address(line.case_no)),
                line.unit_name,
                screened[line.no].isoformat()
                if line.no in screened
                else Label("没有筛查过", "Never screened"),
            )
        )
        for line in lines
    )
    return Table(
        Label("在所人员", "Everybody here"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("大队", "Brigade")),
            Column(Label("最近一次筛查", "Last screened")),
        ),
        rows,
        (Label(f"共 {total} 人", f"{total} people"), Label("按姓名", "by name")),
        Pager(page, size, total, path=words.address(), fixed=True) if total > size else None,
        None if rows else Empty(Label("这里没有在所人员。", "Nobody is here.")),
        id="everybody",
    )


# ── one person ────────────────────────────────────────────────────────────────────────────────────


def open_alert(alert: Alert, case_no: str, today: date, *, may: bool) -> Line:
    """An alert that nobody answered yet."""
    entry = alert.entry
    on = entry.happened_on.isoformat()
    return Line(
        _due(entry.happened_on, today),
        "",
        "",
        "",
        Label(
            f"{on} 的筛查有自伤、自杀的回答：今天就要有具名的人当面看望，在看到以前陪着本人。",
            f"An answer about self-harm in the screening of {on}: a named person sees them today; somebody"
            " stays with them until then.",
        ),
        answer(case_no, entry) if may else None,
    )


def plan(counted: Sequence[Entry], today: date, review: Button | None) -> Plan | None:
    """The crisis plan in force, with what it says."""
    found = screening.plan_in_force(counted)
    if found is None:
        return None
    kind = kinds()["crisis_plan"]
    parts = tuple(
        (kind.ask(name).label, str(found.get(name)))
        for name in ("signs", "helps", "contacts", "steps")
        if found.get(name)
    )
    due = found.get("review_on")
    return Plan(
        found.happened_on,
        due if isinstance(due, date) else None,
        str(found.get("named_staff") or "—"),
        parts,
        screening.review_due(counted, today) is not None,
        review,
    )


def course(line: screening.Line) -> Course:
    """How one instrument went: the first scale as a line, every scale in the table."""
    instrument = line.instrument
    return Course(
        Label(
            f"{instrument.label.zh}（第 {instrument.version} 版）",
            f"{instrument.label.en} (version {instrument.version})",
        ),
        _trend(line),
        _course_table(line),
        (*instrument.cautions, TRANSLATIONS[instrument.translation], words.NEVER_RELEASE, words.IN_CUSTODY),
    )


def _trend(line: screening.Line) -> Trend | None:
    instrument = line.instrument
    if not instrument.scales:
        return None
    scale = instrument.scales[0]
    days = [entry.happened_on for entry, _ in line.points]
    values = [found.total for _, found in line.points]
    known = "、".join("—" if v is None else str(v) for v in values)
    return Trend(
        Label(
            f"{instrument.label.zh}，{scale.label.zh}：{len(values)} 次，{known}",
            f"{instrument.label.en}, {scale.label.en}: {len(values)} times, {known.replace('、', ', ')}",
        ),
        tuple(
            (float(d.toordinal()), None if v is None else float(v)) for d, v in zip(days, values, strict=True)
        ),
        float(scale.least),
        float(scale.most),
        days[0].isoformat(),
        days[-1].isoformat() if len(days) > 1 else "",
        _cuts(instrument),
    )


def _cuts(instrument: Instrument) -> tuple[Cut, ...]:
    """Where the instrument asks to look further, by its first scale."""
    scale = instrument.scales[0]
    return tuple(
        Cut(float(test.at_least), Label(f"{test.at_least} 分及以上", f"{test.at_least} and more"))
        for flag in instrument.flags
        for test in (*flag.all_of, *flag.any_of)
        if test.scale == scale.key and test.at_least is not None
    )


def _course_table(line: screening.Line) -> Table:
    scales = line.instrument.scales
    rows = tuple(
        Row(
            (
                entry.happened_on.isoformat(),
                *(_value(one) for one in found.scales),
                *((found.level.label if found.level else "—",) if line.instrument.levels else ()),
                _flags(found),
                str(entry.get("administered_by") or "—"),
            )
        )
        for entry, found in reversed(line.points)
    )
    return Table(
        Label(f"{line.instrument.label.zh}得分", f"Scores of {line.instrument.label.en}"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            *(Column(scale.label, numeric=True) for scale in scales),
            *((Column(Label("结果", "Result")),) if line.instrument.levels else ()),
            Column(Label("提示", "Pointed out")),
            Column(Label("施测人", "Administered by")),
        ),
        rows,
        id=f"scores-{line.instrument.key}-{line.instrument.version}",
        wide=len(scales) > 3,
        hide_caption=True,
    )


def _value(one: ScaleScore) -> Cell:
    if one.value is None:
        return Cell("—", sub=Label("缺项太多，不计分", "too much missing"))
    return Cell(str(one.value), sub=one.band.label if one.band else "")


def _flags(found: Score) -> Text:
    told = [flag.label for flag in found.flags]
    if found.missing:
        told.append(Label(f"缺 {len(found.missing)} 题", f"{len(found.missing)} left out"))
    if not told:
        return "—"
    return Label("；".join(t.zh for t in told), "; ".join(t.en for t in told))


def talks(counted: Sequence[Entry]) -> Table:
    """Sessions, looks, summaries and referrals, the latest first, with their notes."""
    rows = tuple(
        Row(
            (
                entry.happened_on.isoformat(),
                Label(kinds()[entry.kind].sentence(entry), kinds()[entry.kind].sentence(entry, "en")),
                _notes(entry),
            )
        )
        for entry in sorted(counted, key=lambda e: (e.happened_on, e.recorded_at), reverse=True)
        if entry.kind in TALKS
    )
    return Table(
        Label("谈话、看望和转介", "Sessions, looks and referrals"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("做了什么", "What was done"), phone="bare"),
            Column(Label("记录", "Note"), phone="bare"),
        ),
        rows,
        (Label(f"共 {len(rows)} 条", f"{len(rows)} entries"),),
        None,
        None if rows else Empty(Label("还没有谈话记录。", "No sessions yet.")),
        id="talks",
    )


def _notes(entry: Entry) -> str:
    """What was written in confidence."""
    kind = kinds()[entry.kind]
    parts = [str(entry.get(a.name)) for a in kind.fields if a.close and a.sealed and entry.get(a.name)]
    by = entry.get("seen_by")
    return "\n".join(([f"{by}"] if by else []) + parts) or "—"


def fills(case_no: str, usable: Sequence[Instrument]) -> tuple[Button, ...]:
    """The sheets that can be filled in."""
    return tuple(Button(one.label, href=words.fill(case_no, one.key), look="small") for one in usable)
