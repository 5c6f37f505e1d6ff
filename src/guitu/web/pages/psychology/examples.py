"""The states of the psychology centre's pages, with invented people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre import adjunct, screening
from guitu.centre.instruments import instrument, instruments
from guitu.centre.instruments.model import MODES
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.trend.component import Trend
from guitu.web.components.word.component import Word
from guitu.web.pages.psychology import build, filling, protocol, words
from guitu.web.pages.psychology.shown import (
    DayPage,
    DevicePage,
    FillPage,
    InstrumentsPage,
    Line,
    PersonPage,
    ProtocolPage,
    ThanksPage,
)

_TODAY: Final = date(2026, 11, 23)
_WHO: Final = Identity(
    "符某某", (Label("男 31 岁", "Male, 31"), Label("责任：一大队", "Responsible: Brigade 1"))
)
_CRUMBS: Final = Crumbs(
    (Crumb(Label("心理中心", "Psychology centre"), "#"), Crumb(Label("心理档案", "Psychological file")))
)
_SEEN: Final = Button(words.DAYS_ACT, href="#", look="small")


def _entry(n: int, kind: str, on: date, **fields: str | int | date) -> Entry:
    return Entry(
        id=UUID(int=n),
        file=UUID(int=1),
        kind=kind,
        happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 2, n % 60, tzinfo=UTC),
        author="lin",
        fields=fields,
    )


def _screening(n: int, key: str, on: date, answers: str) -> Entry:
    return _entry(
        n,
        "screening",
        on,
        instrument=key,
        instrument_version=1,
        answers=answers,
        administered_by="林心",
        way="self",
        alert="no",
    )


_FILE: Final = (
    _screening(1, "phq9", _TODAY - timedelta(days=200), "2,2,2,1,1,2,1,1,0"),
    _screening(2, "phq9", _TODAY - timedelta(days=110), "1,2,1,1,1,1,1,0,0"),
    _screening(3, "phq9", _TODAY - timedelta(days=20), "1,1,1,0,0,1,0,0,0"),
    _screening(4, "cssrs_screener", _TODAY - timedelta(days=200), "0,0,-,-,-,0,-"),
    _screening(
        5, "rand36", _TODAY - timedelta(days=60), ",".join(["3", "2", *["2"] * 10, *["2"] * 7, *["3"] * 17])
    ),
    _entry(6, "counselling", _TODAY - timedelta(days=10), mode="individual", note="谈到家里来信，情绪平稳。"),
    _entry(
        7,
        "crisis_plan",
        _TODAY - timedelta(days=190),
        state="active",
        named_staff="林心",
        review_on=_TODAY - timedelta(days=1),
        signs="几夜睡不着，不愿说话。",
        helps="写信，打球，找同屋的老王。",
        contacts="林心（心理咨询师）、母亲。",
        steps="当天谈话；夜间由值班民警每小时看一次。",
    ),
)


def _line(kind: str, text: Label, name: str, why: Label, act: Button | None) -> Line:
    return Line(Word(kind, text), name, "#", "一大队", why, act)


_EVERYBODY: Final = Table(
    Label("在所人员", "Everybody here"),
    (
        Column(Label("姓名", "Name"), phone="lead"),
        Column(Label("大队", "Brigade")),
        Column(Label("最近一次筛查", "Last screened")),
    ),
    (
        Row((Cell("陈某某", "#"), "一大队", "2026-10-02")),
        Row((Cell("符某某", "#"), "一大队", Label("没有筛查过", "Never screened"))),
    ),
    (Label("共 2 人", "2 people"),),
    id="everybody",
)


def _day(*, quiet: bool = False) -> DayPage:
    lead = (
        Label("今天没有等人看望的 · 在所 2 人", "Nobody waits to be seen · 2 here")
        if quiet
        else Label(
            "今天需要有人看望的 2 人 · 约好的谈话 1 · 在所 2 人",
            "2 to be seen today · 1 session agreed · 2 here",
        )
    )
    why = Label(
        "2026-11-23 的筛查有自伤、自杀的回答", "an answer about self-harm in the screening of 2026-11-23"
    )
    return DayPage(
        _TODAY,
        "示范第一强制隔离戒毒所",
        lead,
        ()
        if quiet
        else (
            _line("late", Label("逾期 1 天", "1 day overdue"), "陈某某", why, _SEEN),
            _line("today", Label("今天", "Today"), "符某某", why, None),
        ),
        ()
        if quiet
        else (
            _line(
                "today",
                Label("今天", "Today"),
                "王某某",
                Label("约定 2026-11-23", "agreed for 2026-11-23"),
                _SEEN,
            ),
        ),
        ()
        if quiet
        else (
            _line(
                "late",
                Label("逾期 1 天", "1 day overdue"),
                "符某某",
                Label("危机计划，负责人 林心", "crisis plan, Lin Xin"),
                _SEEN,
            ),
        ),
        _EVERYBODY,
        (Button(Label("量表", "Instruments"), href="#"),),
        Empty(Label("今天没有提示、约谈和待复核的计划。", "No alerts, agreed sessions or reviews today."))
        if quiet
        else None,
    )


def _person(*, empty: bool = False) -> PersonPage:
    file = () if empty else _FILE
    alert = screening.Alert(_screening(9, "phq9", _TODAY, "0,0,0,0,0,0,0,0,1"), None)
    return PersonPage(
        "46J01-1",
        _WHO,
        _CRUMBS,
        () if empty else (build.open_alert(alert, "46J01-1", _TODAY, may=True),),
        build.plan(file, _TODAY, _SEEN),
        tuple(build.course(line) for line in screening.lines(file)),
        build.talks(file),
        build.fills("46J01-1", tuple(instruments().values())),
        (Button(Label("心理咨询", "Counselling"), href="#"),),
        (Button(Label("虚拟现实（VR）", "Virtual reality (VR)"), href="#"),),
    )


def _fill(
    key: str, typed: dict[str, str] | None = None, *, one: bool = False, wrong: bool = False
) -> FillPage:
    found = instrument(key)
    sheet = filling.Sheet(typed=dict(typed or {}))
    if wrong:
        sheet.faults = {found.items[0].key: filling.UNANSWERED}
    questions = tuple(filling.question(found, item, sheet) for item in found.items)
    fields = (
        Field("administered_by", Label("施测人", "Administered by"), value="林心"),
        Field(
            "way",
            Label("方式", "How"),
            kind="choice",
            value="self",
            options=(Option("self", Label("本人填写", "By the person")),),
        ),
    )
    summary = ErrorSummary(
        (Fault(Label("第 1 题：这一题还没有答", "Question 1: not answered yet"), f"f-{questions[0].name}"),)
    )
    return FillPage(
        found.label,
        "符某某",
        "#",
        "#",
        str(UUID(int=3)),
        found.window,
        questions[:1] if one else questions,
        () if one else fields,
        (words.NEVER_RELEASE,),
        found.credit,
        (("one", "1"),) if one else (),
        1 if one else 0,
        len(questions) if one else 0,
        "#",
        summary if wrong else None,
    )


_PAIRS: Final = [(60, 48), (55, 50), (62, 40), (50, 45)]


def _protocol(*, barred: bool = False) -> ProtocolPage:
    sessions = [
        _entry(
            20 + n,
            "vr_session",
            _TODAY - timedelta(days=4 * n),
            phase="refusal",
            ended="completed",
            adverse="none",
            craving_before=b,
            craving_after=a,
            minutes=20,
            operator="林心",
        )
        for n, (b, a) in enumerate(_PAIRS)
    ]
    rows = tuple(
        Row(
            (
                e.happened_on.isoformat(),
                Label("VR 治疗：拒绝技巧，做完", "VR session: Refusal skills, Completed"),
                "20 min",
                f"{e.get('craving_before')} → {e.get('craving_after')}",
                "— → —",
                Label("没有", "None"),
                "",
            )
        )
        for e in sessions
    )
    columns = tuple(
        Column(label, phone="lead" if n == 0 else "line")
        for n, label in enumerate(
            (
                Label("日期", "Day"),
                Label("治疗", "Session"),
                Label("参数", "Parameters"),
                Label("渴求 前→后", "Craving"),
                Label("痛苦 前→后", "Distress"),
                Label("不良反应", "Adverse event"),
                Label("设备", "Device"),
            )
        )
    )
    heart = Trend(
        Label("心率：平均 78", "Heart rate: mean 78"),
        tuple((float(n), 70.0 + n % 7) for n in range(30)),
        70,
        77,
        "0:00",
        "2:30",
        dots=False,
    )
    return ProtocolPage(
        "46J01-1",
        _WHO,
        _CRUMBS,
        Label("虚拟现实（VR）", "Virtual reality (VR)"),
        Notice(
            "barred",
            Label(
                "虚拟现实（VR）：还没有做禁忌症筛查，不能进行。",
                "VR: contraindications were not asked yet; not to be done.",
            ),
        )
        if barred
        else Notice(
            "info", Label("同意有效，没有禁忌症，可以进行。", "Consent is in force and nothing stops it.")
        ),
        (
            (
                Word("done", Label("已同意", "Consented")),
                Label("2026-11-01 自愿同意", "free consent of 2026-11-01"),
                None,
            ),
            (
                Word("barred", Label("没有筛查", "Not screened")),
                Label("禁忌症还没有问过", "not asked yet"),
                _SEEN,
            ),
        ),
        (adjunct.said(None if barred else adjunct.change(_PAIRS), protocol.CRAVING),),
        adjunct.WEAK,
        Table(
            Label("历次治疗", "Sessions"),
            columns,
            () if barred else rows,
            id="sessions",
            empty=Empty(Label("还没有做过。", "None yet.")) if barred else None,
        ),
        ()
        if barred
        else ((Label("2026-11-23：原始 3,000 行，缺口 0 处", "2026-11-23: 3,000 rows, 0 gaps"), (heart,)),),
        None if barred else _SEEN,
        None,
        (Label("癫痫或抽搐史", "Epilepsy or seizures"),),
    )


_INSTRUMENTS: Final = Table(
    Label("可以使用的量表", "Instruments that can be used"),
    (
        Column(Label("量表", "Instrument"), phone="lead"),
        Column(Label("题目", "Items")),
        Column(Label("许可", "Licence")),
    ),
    tuple(Row((one.label, MODES[one.mode], one.licence)) for one in instruments().values()),
    id="instruments",
)
_BRING: Final = (
    Field("right", Label("使用依据", "Right to use it")),
    Field("file", Label("YAML 文件", "YAML file"), kind="file", accept=".yaml,.yml"),
)
_DEVICE_FAULTS: Final = (
    (
        Label("第 1 行", "Row 1"),
        Label("没有时间列（表头写“时间(s)”）", "no column of time (head it “time(s)”)"),
    ),
    (Label("第 7 行", "Row 7"), Label("心率“--”不是数", "the heart rate “--” is not a number")),
)


def _device(faults: tuple[tuple[Label, Label], ...] = ()) -> DevicePage:
    return DevicePage(
        "46J01-1",
        _WHO,
        _CRUMBS,
        Label("2026-11-23 · VR 治疗：放松，做完", "2026-11-23 · VR session: Relaxation"),
        "#",
        str(UUID(int=4)),
        Button(Label("取消", "Cancel"), href="#", look="link"),
        faults,
    )


STATES: Final = (
    State("day", Label("今天有提示", "Alerts today"), _day),
    State("quiet", Label("今天没有事", "A quiet day"), lambda: _day(quiet=True)),
    State("person", Label("一个人的经过", "One person's course"), _person),
    State("person_new", Label("还没有记录", "Nothing yet"), lambda: _person(empty=True)),
    State("fill", Label("填写 PHQ-9", "Filling in the PHQ-9"), lambda: _fill("phq9", {"q1": "2"})),
    State("fill_one", Label("一页一题", "One on a screen"), lambda: _fill("gad7", one=True)),
    State(
        "fill_wrong",
        Label("有一题没答", "One not answered"),
        lambda: _fill("craving_vas", {"q1": ""}, wrong=True),
    ),
    State("fill_digits", Label("只录答案", "Answers only"), lambda: _fill("dast10")),
    State("thanks", Label("填好了", "Done"), lambda: ThanksPage("#")),
    State("protocol", Label("VR，可以进行", "VR, may go on"), _protocol),
    State("protocol_barred", Label("VR，不可进行", "VR, stopped"), lambda: _protocol(barred=True)),
    State("device", Label("导入设备记录", "A device record"), _device),
    State("device_wrong", Label("文件有误", "A file with faults"), lambda: _device(_DEVICE_FAULTS)),
    State(
        "instruments",
        Label("量表", "Instruments"),
        lambda: InstrumentsPage(_CRUMBS, _INSTRUMENTS, _BRING, "#"),
    ),
)
