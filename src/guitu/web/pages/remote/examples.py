"""Examples of these pages, for the gallery and the tests. Nobody in them exists."""

from __future__ import annotations

from typing import Final

from guitu.centre import consulting
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Fact, Form, Section
from guitu.web.pages.remote import forms, words
from guitu.web.pages.remote.forms import Typed
from guitu.web.pages.remote.shown import AskPage, Line, Present, RoomPage, Tick

_CENTRE: Final = "示范第一强制隔离戒毒所"
_HOSPITAL: Final = "示范省人民医院"
_WHO: Final = Label("男 41 岁", "Male, 41")
_ID: Final = "01a2b3c4-0000-7000-8000-000000000001"
_QUESTION: Final = Label(
    "血压控制不好，怎样调整用药？", "Blood pressure is not under control: how should the medicine be changed?"
)
_SUMMARY: Final = Label(
    "高血压五年，服氨氯地平。近两周晨起 168/102，偶有头晕。",
    "High blood pressure for five years, on amlodipine. Mornings 168/102 of late, dizzy at times.",
)
_MEDICINE: Final = Label(
    "药名 缬沙坦胶囊；每次用量 1；单位 粒；用法 口服；次数 每日一次（早）",
    "Valsartan capsule; 1 capsule by mouth; once a day (morning)",
)


def _table(heading: Label, lead: Label, rows: tuple[Row, ...]) -> Table:
    columns = (
        Column(lead, phone="lead"),
        Column(Label("状态", "State"), phone="bare"),
        Column(Label("请求", "Asked")),
        Column(Label("答复", "Answered")),
        Column(Label("通话", "Call")),
        Column(Label("意见", "Opinion")),
        Column(Label("操作", "Act"), phone="act", hide_label=True),
    )
    said = Label(f"共 {len(rows)} 件", f"{len(rows)} in all")
    empty = None if rows else Empty(Label("没有。", "None."))
    return Table(
        heading,
        columns,
        rows,
        (said,),
        empty=empty,
        id=f"{heading.en[:4].lower().strip()}-list",
        hide_caption=True,
    )


def _row(
    who: str, sub: str, state: consulting.State, cells: tuple[tuple[str, str] | None, ...], act: Label
) -> Row:
    told: list[Cell | str] = [
        "—" if one is None else Cell(one[0], sub=Label(f"用时 {one[1]} 分钟", f"after {one[1]} min"))
        for one in cells
    ]
    return Row(
        (
            Cell(who, "#", sub=sub),
            Cell(part=words.state_word(state)),
            "2026-11-23 08:40",
            *told,
            Cell(part=Button(act, href="#", look="small", describes=who)),
        )
    )


def centre_list() -> Board:
    """The centre's worklist."""
    running, over = Label("办理中", "Open"), Label("六十天内已结束", "Over, of sixty days")
    name = Label("姓名", "Name")
    answered, held = ("2026-11-23 09:05", "25"), ("2026-11-23 10:20", "75")
    rows = (
        _row(
            "符某某",
            _HOSPITAL,
            "advised",
            (answered, held, ("2026-11-23 10:31", "11")),
            Label("处理", "Settle"),
        ),
        _row("王某某", _HOSPITAL, "accepted", (answered, None, None), Label("会诊", "Hold it")),
        _row("李某某", _HOSPITAL, "asked", (None, None, None), Label("查看", "Look")),
    )
    done = (
        _row(
            "陈某某", _HOSPITAL, "closed", (answered, held, ("2026-11-23 10:40", "20")), Label("查看", "Look")
        ),
    )
    return Board(
        words.TITLE,
        Label(
            f"{_CENTRE}：办理中 3 件，其中 1 件已有意见，等所内医生处理",
            f"{_CENTRE}: 3 open, 1 of them advised and for the centre's doctor to settle",
        ),
        (
            Section("running", running, _table(running, name, rows)),
            Section("over", over, _table(over, name, done)),
        ),
        buttons=(Button(Label("到医疗页选人请求会诊", "Choose a person to ask for"), href="#"),),
    )


def hospital_list() -> Board:
    """The hospital's worklist: codes, no names."""
    running = Label("办理中", "Open")
    rows = (
        _row("RC-5A31C0DE", _CENTRE, "asked", (None, None, None), Label("答复", "Answer")),
        _row(
            "RC-77B2A913",
            _CENTRE,
            "accepted",
            (("2026-11-23 09:05", "25"), None, None),
            Label("会诊", "Hold it"),
        ),
    )
    return Board(
        words.TITLE,
        Label(
            f"{_HOSPITAL}：等本院答复 1 件，会诊中 1 件",
            f"{_HOSPITAL}: 1 wait for an answer, 1 are being held",
        ),
        (Section("running", running, _table(running, Label("代号", "Code"), rows)),),
    )


def nothing() -> Board:
    """Nothing was asked."""
    running = Label("办理中", "Open")
    return Board(
        words.TITLE,
        Label(f"{_CENTRE}：办理中 0 件", f"{_CENTRE}: 0 open"),
        (Section("running", running, _table(running, Label("姓名", "Name"), ())),),
    )


def _facts(state: consulting.State) -> Section:
    return Section(
        "facts",
        Label("会诊", "Consultation"),
        facts=(
            Fact(Label("状态", "State"), consulting.STATES[state]),
            Fact(Label("谁", "Who"), Label(f"RC-5A31C0DE，{_WHO.zh}", f"RC-5A31C0DE, {_WHO.en}")),
            Fact(Label("缓急", "How soon"), Label("当天", "Today")),
            Fact(Label("请求时间", "Asked"), "2026-11-23 08:40"),
            Fact(
                Label("本人的同意", "Consent"),
                Label("2026-11-23 本人同意，同意视频", "2026-11-23, the person, video"),
            ),
        ),
    )


def _question() -> Section:
    return Section(
        "question",
        Label("请医院回答", "What is asked"),
        facts=(Fact(Label("问题", "Question"), _QUESTION), Fact(Label("病情摘要", "Summary"), _SUMMARY)),
    )


def _steps() -> Section:
    heading = Label("每一步", "Each step")
    columns = (
        Column(Label("步骤", "Step"), phone="lead"),
        Column(Label("时间", "At")),
        Column(Label("距上一步", "After the step before")),
    )
    rows = (
        Row((Label("请求", "Asked"), "2026-11-23 08:40", "—")),
        Row((Label("接收", "Accepted"), "2026-11-23 09:05", Label("25 分钟", "25 min"))),
    )
    return Section("steps", heading, Table(heading, columns, rows, id="steps-list", hide_caption=True))


def asked() -> Board:
    """What a hospital's doctor sees before accepting."""
    return Board(
        Label("远程会诊：RC-5A31C0DE", "Remote consultation: RC-5A31C0DE"),
        f"{_CENTRE} → {_HOSPITAL}",
        (
            _facts("asked"),
            _question(),
            Section(
                "shared",
                Label("给医院看的资料", "What the hospital is shown"),
                says=(Label("接收以后可以看 6 份资料。", "6 documents open once you have accepted."),),
            ),
            Section(
                "answer",
                Label("答复", "Answer"),
                ask=forms.ask("answer", "remote_answer", "#", Label("答复", "Answer"), _ID, look="primary"),
            ),
            _steps(),
        ),
        crumbs=words.crumbs(Crumb("RC-5A31C0DE")),
    )


def advised() -> Board:
    """What the centre's doctor settles."""
    heading = Label("给医院看的资料", "What the hospital is shown")
    columns = (
        Column(Label("日期", "Day"), phone="lead"),
        Column(Label("资料", "What"), phone="bare"),
        Column(Label("内容", "It says"), phone="bare"),
    )
    rows = (
        Row(
            (
                "2026-11-02",
                Label("病情登记", "Health condition"),
                Label("I10 高血压", "I10, high blood pressure"),
            )
        ),
        Row(
            ("2026-11-22", Label("生命体征", "Vital signs"), Label("收缩压 168；舒张压 102", "168/102 mmHg"))
        ),
    )
    signed = f"李某某（{_HOSPITAL}）"
    return Board(
        Label("远程会诊：符某某", "Remote consultation: Fu"),
        f"{_CENTRE} → {_HOSPITAL}",
        (
            _facts("advised"),
            _question(),
            Section("shared", heading, Table(heading, columns, rows, id="shared-list", hide_caption=True)),
            Section(
                "opinion",
                Label("会诊意见", "Opinion"),
                facts=(
                    Fact(
                        f"2026-11-23 {signed}",
                        Label("加用缬沙坦，两周后复查血压。", "Add valsartan; measure again in two weeks."),
                    ),
                ),
            ),
            Section(
                "advised-0",
                Label("医院的处方意见", "Prescription advised"),
                facts=(
                    Fact(Label("处方意见", "Advised"), _MEDICINE),
                    Fact(Label("签名", "Signed by"), signed),
                ),
                ask=forms.ask(
                    "take0",
                    "remote_taken_over",
                    "#",
                    Label("处理", "Settle"),
                    _ID,
                    says=Label(
                        "接手的，开为您本人的处方，从今天起发药。",
                        "Taken over, it is your own prescription from today.",
                    ),
                ),
            ),
            _steps(),
        ),
        crumbs=words.crumbs(Crumb("符某某")),
        buttons=(Button(Label("进入会诊室", "Go to the room"), href="#", look="primary"),),
        notices=(
            Notice("fresh", Label("医院的答复已写入档案。", "The hospital's answer stands in the file.")),
        ),
    )


def over() -> Board:
    """What is left for the hospital: the times."""
    return Board(
        Label("远程会诊：RC-5A31C0DE", "Remote consultation: RC-5A31C0DE"),
        f"{_CENTRE} → {_HOSPITAL}",
        (
            Section(
                "facts",
                Label("会诊", "Consultation"),
                facts=(
                    Fact(Label("状态", "State"), consulting.STATES["closed"]),
                    Fact(Label("请求时间", "Asked"), "2026-11-23 08:40"),
                ),
            ),
            _steps(),
        ),
        crumbs=words.crumbs(Crumb("RC-5A31C0DE")),
        notices=(
            Notice(
                "barred",
                Label(
                    "会诊已结束：请求、资料和意见都不能再看。",
                    "It is over: neither the request nor what was shown nor the opinion opens any more.",
                ),
            ),
        ),
    )


def new(*, refused: bool = False, wrong: bool = False) -> AskPage:
    """The sheet."""
    told = Label("请填写请医院回答什么", "Enter What is asked")
    back = Typed("asked", {"summary": "高血压五年"}, {}, {"question": told}) if wrong else forms.NOTHING
    hospital = Field(
        "asked-hospital",
        Label("协作医院", "Partner hospital"),
        "choice",
        "46H01",
        options=(Option("46H01", _HOSPITAL),),
    )
    stopped = Notice(
        "barred",
        Label(
            "本人不同意，已登记；没有向医院请求，资料没有给出。",
            "Refused; that is recorded, no hospital was asked and nothing was shown.",
        ),
        Label("在所内继续治疗，或按需要转诊。", "Treatment goes on in the centre; or refer the person."),
    )
    return AskPage(
        identity=Identity("符某某", (_WHO,)),
        title=Label("请求远程会诊：符某某", "Ask for a remote consultation: Fu"),
        action="#",
        hidden=(("id", _ID),),
        consent=forms.fields("consent", "remote_consent"),
        request=(hospital, *forms.fields("asked", "remote_request", back, leave_out=frozenset({"hospital"}))),
        ticks=(
            Tick("1", "2026-11-02", Label("病情登记", "Health condition"), "I10 高血压", True),
            Tick("2", "2026-11-02", Label("过敏", "Allergy"), "青霉素：皮疹", True),
            Tick("3", "2026-11-22", Label("生命体征", "Vital signs"), "168/102", False),
        ),
        save=Button(Label("发给医院", "Send to the hospital"), look="primary"),
        back=Button(Label("取消", "Cancel"), href="#", look="link"),
        crumbs=words.crumbs(Crumb("符某某")),
        summary=ErrorSummary((Fault(told, "f-asked-question"),)) if wrong else None,
        notices=(stopped,) if refused else (),
    )


def room() -> RoomPage:
    """The room, with both sides in it."""
    centre, hospital = Label("所内", "Centre"), Label("医院", "Hospital")
    by = Label("画面和声音", "picture and sound")
    return RoomPage(
        title=Label("会诊室 RC-5A31C0DE", "Room RC-5A31C0DE"),
        lead=Label(
            f"{_CENTRE} 和 {_HOSPITAL}。画面和声音只在两台电脑之间，不录音录像。",
            f"{_CENTRE} and {_HOSPITAL}. Picture and sound stay between the two; nothing is recorded.",
        ),
        side="centre",
        place="0123456789abcdef",
        heard="#",
        say="#",
        after=0,
        video=True,
        present=(Present("周医生", centre, by, "10:20"), Present("李医生", hospital, by, "10:21")),
        lines=(
            Line("10:22", "李医生", "请把袖带血压再量一次。"),
            Line("10:24", "周医生", "166/100。", own=True),
        ),
        record="#",
        hidden=(("id", _ID),),
        fields=forms.fields("call", "remote_call", given={"time": "1020", "minutes": "11", "how": "video"}),
        back=Button(Label("回到会诊", "Back to the consultation"), href="#", look="link"),
        crumbs=words.crumbs(Crumb("符某某", "#"), Crumb(Label("会诊室", "Room"))),
        other=hospital,
    )


def imported() -> Form:
    """An answer that cannot be read."""
    told = Label(
        "entry[1].resource.basedOn：报告没有写明答复的是 RC-5A31C0DE。",
        "entry[1].resource.basedOn: the report does not say that it answers RC-5A31C0DE.",
    )
    return Form(
        Label("导入医院的答复：符某某", "Take in the hospital's answer: Fu"),
        Label(
            "意见和处方意见以医院医生的签名写入档案，登记人是您。",
            "Opinion and prescriptions go into the file as signed by the hospital, entered by you.",
        ),
        "#",
        (
            Field(
                "file",
                Label("医院发来的文件", "The hospital’s file"),
                "file",
                accept=".json",
                hint=Label("FHIR R4 的 JSON", "FHIR R4 as JSON"),
            ),
        ),
        (("id", _ID),),
        Button(Label("导入", "Take in"), look="primary"),
        Button(Label("取消", "Cancel"), href="#", look="link"),
        words.crumbs(Crumb("符某某", "#"), Crumb(Label("导入答复", "Take in the answer"))),
        ErrorSummary((Fault(told, "f-file"),)),
    )
