"""The chain of custody of a positive test, one entry for each hand it passed through. Every one of them names
the test it belongs to; what has come of the test is derived (`guitu.home.custody`) and typed nowhere."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.casefile.fields import time_of_day
from guitu.kernel.labels import Label

TESTS: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "brigade_officer",
    "doctor",
    "nurse",
    "intake_officer",
)
PROCEDURE: Final = "吸毒检测程序规定#8"

TEST: Final = Ask(
    name="test",
    label=Label("所属的检测", "Test"),
    required=True,
    plain=True,  # the id of an entry: it tells nothing
    help=Label("由系统填写", "Filled in by the system"),
)
WHICH: Final = (Choice("a", Label("A 样本", "Sample A")), Choice("b", Label("B 样本", "Sample B")))
STAGES: Final = (
    Choice("laboratory", Label("实验室检测", "Laboratory test")),
    Choice("retest", Label("实验室复检", "Re-test")),
)


def _person(name: str, label: Label) -> Ask:
    return Ask(name=name, label=label, required=True, of_others=True)


KINDS: Final = (
    Kind(
        name="test_told",
        label=Label("通知检测", "Test appointed"),
        compartment="legal",
        cites=("戒毒条例#19(2)",),
        recorded_by=TESTS,
        day=Label("通知日期", "Day told"),
        summary=Label("通知 {for_day} 检测", "Told of a test on {for_day}"),
        help=Label(
            "当天抽到、当天通知；通知里不写检测什么。",
            "Told on the day that was drawn; the message does not say what is tested.",
        ),
        fields=(
            Ask(name="for_day", label=Label("检测日期", "Day of the test"), type="day", required=True),
            time_of_day(Label("时间", "Time"), required=False),
            Ask(name="place", label=Label("地点", "Place"), to_person=True),
            Ask(
                name="how",
                label=Label("通知方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("phone", Label("电话", "Telephone")),
                    Choice("visit", Label("上门", "Visit")),
                    Choice("message", Label("信息", "Message")),
                    Choice("letter", Label("书面", "In writing")),
                ),
            ),
        ),
    ),
    Kind(
        name="sample_sealed",
        label=Label("留样封存", "Samples sealed"),
        compartment="legal",
        read_as=ReadAs("file", 70),
        cites=(PROCEDURE,),
        answers="test",
        recorded_by=TESTS,
        day=Label("封存日期", "Day sealed"),
        summary=Label("留样封存：A {a_no}，B {b_no}", "Samples sealed: A {a_no}, B {b_no}"),
        help=Label(
            "现场阳性的样本分 A、B 两份，当场封存，本人和采样人签字；保存不少于六个月（据转载）。",
            "After a positive on the spot the sample is divided into A and B, sealed there and signed by the"
            " person and by whoever took it; kept for six months at least (from a secondary copy).",
        ),
        fields=(
            TEST,
            Ask(
                name="specimen",
                label=Label("检材", "Specimen"),
                type="choice",
                required=True,
                choices=(
                    Choice("urine", Label("尿液", "Urine")),
                    Choice("saliva", Label("唾液", "Saliva")),
                    Choice("blood", Label("血液", "Blood")),
                    Choice("hair", Label("毛发", "Hair")),
                ),
            ),
            Ask(name="a_no", label=Label("A 样本编号", "Number of sample A"), required=True, plain=True),
            Ask(name="b_no", label=Label("B 样本编号", "Number of sample B"), required=True, plain=True),
            _person("taker_1", Label("采样人一", "First who took it")),
            _person("taker_2", Label("采样人二", "Second who took it")),
            Ask(
                name="taker_sex",
                label=Label("采样人性别", "Sex of whoever took it"),
                type="choice",
                required=True,
                choices=(Choice("male", Label("男", "Male")), Choice("female", Label("女", "Female"))),
                help=Label("女性的尿样由女工作人员采集", "A woman's urine is taken by a woman"),
            ),
            Ask(
                name="told",
                label=Label("结果已当场告知本人", "Result told on the spot"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="signed",
                label=Label("本人在封口签字", "Signed by the person on the seal"),
                type="choice",
                required=True,
                choices=(
                    Choice("yes", Label("已签", "Signed")),
                    Choice("refused", Label("拒签，已注明", "Refused, which was noted")),
                ),
            ),
            Ask(name="kept_at", label=Label("保管处", "Kept at"), required=True),
        ),
    ),
    Kind(
        name="sample_moved",
        label=Label("样本交接", "Sample handed on"),
        compartment="legal",
        read_as=ReadAs("file", 72),
        cites=(PROCEDURE,),
        answers="test",
        recorded_by=TESTS,
        day=Label("交接日期", "Day handed on"),
        summary=Label("{which}交接：{why}，封口：{seal}", "{which} handed on: {why}; seal: {seal}"),
        fields=(
            TEST,
            Ask(name="which", label=Label("样本", "Sample"), type="choice", required=True, choices=WHICH),
            Ask(
                name="why",
                label=Label("去向", "Where to"),
                type="choice",
                required=True,
                choices=(
                    Choice("laboratory", Label("送实验室检测", "To a laboratory")),
                    Choice("retest", Label("送实验室复检", "To a laboratory for the re-test")),
                    Choice("store", Label("转移保管", "Kept elsewhere")),
                    Choice("destroyed", Label("保存期满销毁", "Destroyed, its time being over")),
                ),
            ),
            _person("from_whom", Label("交出人", "Handed on by")),
            _person("to_whom", Label("接收人", "Received by")),
            Ask(name="to_place", label=Label("接收单位", "Where")),
            Ask(
                name="seal",
                label=Label("封口", "Seal"),
                type="choice",
                required=True,
                choices=(Choice("whole", Label("完好", "Whole")), Choice("broken", Label("破损", "Broken"))),
            ),
        ),
    ),
    Kind(
        name="lab_report",
        label=Label("实验室报告", "Laboratory's report"),
        compartment="legal",
        read_as=ReadAs("file", 74),
        cites=("吸毒检测程序规定#3", "吸毒检测程序规定#4"),
        answers="test",
        recorded_by=TESTS,
        day=Label("收到日期", "Day received"),
        summary=Label("{stage}报告：{result}", "{stage}: {result}"),
        help=Label(
            "检测和复检不得由同一机构进行（据转载）。",
            "Test and re-test are not by the same body (secondary copy).",
        ),
        fields=(
            TEST,
            Ask(name="stage", label=Label("哪一次", "Which"), type="choice", required=True, choices=STAGES),
            Ask(name="which", label=Label("样本", "Sample"), type="choice", required=True, choices=WHICH),
            Ask(name="body", label=Label("检测机构", "Laboratory"), required=True, plain=True),
            Ask(
                name="result",
                label=Label("结果", "Result"),
                type="choice",
                required=True,
                choices=(
                    Choice("positive", Label("阳性", "Positive")),
                    Choice("negative", Label("阴性", "Negative")),
                    Choice("unusable", Label("样本不能检测", "The sample could not be tested")),
                ),
            ),
            Ask(name="document_no", label=Label("报告编号", "Number of the report"), plain=True),
        ),
    ),
    Kind(
        name="lab_result_told",
        label=Label("告知实验室结果", "Laboratory's result told"),
        compartment="legal",
        read_as=ReadAs("file", 76),
        answers="test",
        recorded_by=TESTS,
        day=Label("告知日期", "Day told"),
        summary=Label("告知本人：{stage}结果", "The person was told: {stage}"),
        fields=(
            TEST,
            Ask(name="stage", label=Label("哪一次", "Which"), type="choice", required=True, choices=STAGES),
            Ask(
                name="signed",
                label=Label("本人签收", "Signed for"),
                type="choice",
                required=True,
                choices=(
                    Choice("yes", Label("已签", "Signed")),
                    Choice("refused", Label("拒签，已注明", "Refused, which was noted")),
                ),
            ),
        ),
    ),
)
