"""What a ward is, how many beds stand in its rooms, and a person's place in one of them."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.centre.beds import ADVICE, PURPOSES
from guitu.kernel.labels import Label

KEEPS: Final = ("brigade_officer", "centre_head", "duty_planner")
PLACES: Final = ("intake_officer", "brigade_officer", "centre_head")
WARD: Final = Ask(name="ward", label=Label("病区（监区）", "Ward"), required=True, plain=True)
ROOM: Final = Ask(name="room", label=Label("房间", "Room"), required=True, plain=True)

KINDS: Final = (
    Kind(
        name="ward",
        label=Label("设置病区", "Ward set up"),
        about="unit",
        compartment=WORK,
        cites=("禁毒法#44", "戒毒条例#30"),
        recorded_by=KEEPS,
        day=Label("启用日期", "In use from"),
        summary=Label("病区“{ward}”：{sex}，{purpose}", "Ward “{ward}”: {sex}, {purpose}"),
        help=Label(
            "同名病区再登记一次，以最后一次为准。", "Record a ward of the same name again to change it."
        ),
        fields=(
            WARD,
            Ask(
                name="sex",
                label=Label("收住", "For"),
                type="choice",
                required=True,
                choices=(
                    Choice("male", Label("男", "Men")),
                    Choice("female", Label("女", "Women")),
                ),
            ),
            Ask(
                name="purpose",
                label=Label("用途", "Purpose"),
                type="choice",
                required=True,
                choices=tuple(Choice(value, label) for value, label in PURPOSES.items()),
            ),
            Ask(
                name="minors",
                label=Label("是否专收未成年人", "Kept for minors"),
                type="choice",
                choices=YES_NO,
            ),
        ),
    ),
    Kind(
        name="ward_closed",
        label=Label("停用病区", "Ward closed"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("停用日期", "Closed on"),
        summary=Label("停用病区“{ward}”", "Ward “{ward}” closed"),
        fields=(WARD,),
    ),
    Kind(
        name="room",
        label=Label("设置房间床位", "Room and beds"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("启用日期", "In use from"),
        summary=Label("{ward} {room}：{beds} 张床", "{ward} {room}: {beds} beds"),
        help=Label("床位为 0 即停用。", "No beds means that the room is closed."),
        fields=(
            WARD,
            ROOM,
            Ask(
                name="beds",
                label=Label("床位", "Beds"),
                type="whole",
                required=True,
                unit=Label("张", "beds"),
                least=0,
                most=60,
            ),
        ),
    ),
    Kind(
        name="bed_placed",
        label=Label("安排床位", "Bed given"),
        compartment="custody",
        own_page=True,
        cites=("禁毒法#44", "戒毒条例#30"),
        recorded_by=PLACES,
        day=Label("入住日期", "From"),
        summary=Label("住 {ward} {room} {bed} 床：{why}", "In {ward} {room}, bed {bed}: {why}"),
        help=Label(
            "从“床位”页登记，可以看到空床。", "Recorded from the page of wards, where free beds are seen."
        ),
        fields=(
            Ask(name="unit", label=Label("大队（场所）", "Brigade or centre"), type="unit", required=True),
            WARD,
            ROOM,
            Ask(name="bed", label=Label("床号", "Bed"), type="whole", least=1, most=60),
            Ask(
                name="why",
                label=Label("原因", "Why"),
                type="choice",
                required=True,
                choices=(
                    Choice("entry", Label("入所安排", "On entry")),
                    Choice("zone", Label("分区流转", "Change of zone")),
                    Choice("illness", Label("患病", "Illness")),
                    Choice("isolation", Label("隔离", "Isolation")),
                    Choice("safety", Label("人身安全", "Safety")),
                    Choice("asked", Label("本人请求", "The person asked")),
                    Choice("ordinary", Label("日常调整", "Ordinary change")),
                ),
            ),
            Ask(
                name="head_reason",
                label=Label("所领导的理由", "The head's reason"),
                type="long_text",
                sealed=True,
                help=Label(
                    "与医生意见或病区用途不一致时，由所领导写明理由。",
                    "Where it goes against a doctor's advice or the ward's purpose the head states why.",
                ),
            ),
        ),
    ),
    Kind(
        name="placement_advice",
        label=Label("安置的医生意见", "Doctor's advice on the place"),
        compartment="custody",
        cites=("禁毒法#44", "戒毒条例#30"),
        recorded_by=PLACES,
        day=Label("意见日期", "Day of the advice"),
        summary=Label("医生意见：{advice}", "A doctor advises: {advice}"),
        help=Label(
            "只写住在哪里，不写病名；病情由医生登记在医疗记录里。",
            "Only where, never which illness; that stands among the medical entries.",
        ),
        fields=(
            Ask(
                name="advice",
                label=Label("应住", "Where"),
                type="choice",
                required=True,
                choices=tuple(Choice(value, label) for value, label in ADVICE.items()),
            ),
            Ask(name="until", label=Label("至", "Until"), type="day"),
            Ask(
                name="doctor",
                label=Label("提出意见的医生", "The doctor"),
                required=True,
                of_others=True,
            ),
        ),
    ),
)
