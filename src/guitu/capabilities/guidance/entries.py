"""What a guidance station does, in units' own files: nobody under a measure is named there. A question of a
town stands in the town's file, and so does the answer."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

STATION: Final = ("guidance_station", "county_supervisor")
NO_NAMES: Final = Label(
    "不写人员姓名；涉及某一个人的，写在本人档案里。",
    "No names: what concerns one person stands in that person's file.",
)
TOPICS: Final = (
    Choice("law", Label("法律和程序", "Law and procedure")),
    Choice("testing", Label("检测", "Testing")),
    Choice("treatment", Label("戒治、心理", "Treatment and counselling")),
    Choice("help", Label("帮扶就业", "Help and work")),
    Choice("records", Label("档案、台账", "Files and ledgers")),
    Choice("safety", Label("走访安全", "Safety on visits")),
    Choice("other", Label("其他", "Something else")),
)

KINDS: Final = (
    Kind(
        name="station_cover",
        label=Label("指导站覆盖乡镇", "Town covered by a station"),
        about="unit",
        compartment=WORK,
        recorded_by=(*STATION, "provincial_supervisor"),
        day=Label("起始日期", "From"),
        summary=Label("覆盖 {town}", "Covers {town}"),
        help=Label("登记在指导站自己的单位档案里。", "It stands in the station's own file."),
        fields=(
            Ask(name="town", label=Label("乡镇", "Town"), type="unit", required=True),
            Ask(name="until", label=Label("撤销日期", "Day it ended"), type="day"),
        ),
    ),
    Kind(
        name="station_visit",
        label=Label("指导站下乡指导", "Visit of a guidance station"),
        about="unit",
        compartment=WORK,
        recorded_by=STATION,
        day=Label("指导日期", "Day of the visit"),
        summary=Label("到{town}：{what}", "At {town}: {what}"),
        help=NO_NAMES,
        fields=(
            Ask(name="town", label=Label("乡镇", "Town"), type="unit", required=True),
            Ask(
                name="what",
                label=Label("内容", "What"),
                type="choice",
                required=True,
                choices=(
                    Choice("training", Label("培训", "Training")),
                    Choice("case", Label("个案讨论", "Case conference")),
                    Choice("records", Label("档案检查", "Look at files")),
                    Choice("together", Label("一同走访", "Visits made together")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="staff",
                label=Label("参加人数", "Staff taking part"),
                type="whole",
                unit=Label("人", "people"),
                least=0,
                most=10_000,
            ),
            Ask(name="found", label=Label("发现和建议", "Found and advised"), type="long_text"),
        ),
    ),
    Kind(
        name="advice_asked",
        label=Label("请求指导", "Advice asked"),
        about="unit",
        compartment=WORK,
        recorded_by=("town_office", "village_worker", "guidance_station"),
        day=Label("提出日期", "Day asked"),
        summary=Label("请求指导：{topic}", "Advice asked: {topic}"),
        help=NO_NAMES,
        fields=(
            Ask(name="topic", label=Label("关于", "About"), type="choice", required=True, choices=TOPICS),
            Ask(name="text", label=Label("问题", "Question"), type="long_text", required=True),
        ),
    ),
    Kind(
        name="advice_given",
        label=Label("指导意见", "Advice given"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=STATION,
        day=Label("答复日期", "Day answered"),
        summary=Label("指导意见", "Advice given"),
        fields=(
            Ask(
                name="to",
                label=Label("所答复的问题", "Question answered"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(name="text", label=Label("意见", "Advice"), type="long_text", required=True),
        ),
    ),
)
