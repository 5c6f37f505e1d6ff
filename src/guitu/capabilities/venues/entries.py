"""Venues, inspections, closures. Of a venue the place is recorded and not whose it is; who was met there has
no room in any answer."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import YES_NO
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label
from guitu.levels import shapes
from guitu.levels.asking import degrees, place, to

KEEPS: Final = ("town_office", "county_supervisor")
_TO: Final = to(Label("哪个场所", "Which venue"))

KINDS: Final = (
    Kind(
        name="venue",
        label=Label("场所", "Venue"),
        about="unit",
        compartment=WORK,
        recorded_by=("village_worker", *KEEPS),
        day=Label("登记日期", "Day registered"),
        summary=Label("{sort}：{name}", "{sort}: {name}"),
        help=Label(
            "登记场所本身，不写业主、从业人员和客人。",
            "The venue itself: not its owner, who works there, or who comes.",
        ),
        fields=(
            place("name", Label("场所名称", "Name of the venue")),
            Ask(
                name="sort",
                label=Label("种类", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("singing", Label("歌舞娱乐", "Singing and dancing")),
                    Choice("bar", Label("酒吧", "Bar")),
                    Choice("lodging", Label("旅馆、民宿", "Lodging")),
                    Choice("bath", Label("洗浴、按摩", "Baths and massage")),
                    Choice("internet", Label("网吧、电竞", "Internet café")),
                    Choice("parcels", Label("寄递、物流", "Parcels and freight")),
                    Choice("boats", Label("渔船、码头", "Boats and jetties")),
                    Choice("chemicals", Label("化工、易制毒化学品", "Chemicals and precursors")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            place("where", Label("地址", "Address")),
            degrees("lat", Label("纬度", "Latitude"), 90),
            degrees("lon", Label("经度", "Longitude"), 180),
            Ask(name="until", label=Label("注销日期", "Day it ceased"), type="day"),
        ),
    ),
    Kind(
        name="venue_inspection",
        label=Label("场所检查", "Inspection of a venue"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        nameless=True,
        recorded_by=KEEPS,
        day=Label("检查日期", "Day inspected"),
        summary=Label("场所检查：{result}", "Inspection: {result}"),
        help=Label(
            "没有写人的地方：涉毒线索移送公安机关，由公安机关登记。",
            "There is no room for anybody: a lead goes to the police, who record it.",
        ),
        fields=(
            _TO,
            Ask(
                name="by",
                label=Label("谁检查", "By"),
                type="choice",
                required=True,
                choices=(
                    Choice("office", Label("禁毒办", "The anti-drug office")),
                    Choice("joint", Label("多部门联合", "Several offices together")),
                    Choice("village", Label("镇村巡查", "Town and village")),
                ),
            ),
            Ask(
                name="posted",
                label=Label("禁毒警示标识", "Warning notices up"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="trained",
                label=Label("从业人员禁毒培训有记录", "Training of staff on record"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="result",
                label=Label("结果", "Result"),
                type="choice",
                required=True,
                choices=(
                    Choice("in_order", Label("没有问题", "in order")),
                    Choice("to_mend", Label("限期整改", "to be put right")),
                    Choice("suspected", Label("涉毒线索，移送公安机关", "a lead, handed to the police")),
                ),
            ),
            Ask(
                name="mend_by",
                label=Label("整改期限", "To be put right by"),
                type="day",
                required=True,
                only_when={"result": ("to_mend",)},
            ),
        ),
    ),
    Kind(
        name="venue_closure",
        label=Label("场所关停", "Venue closed"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        nameless=True,
        recorded_by=KEEPS,
        day=Label("关停日期", "Day closed"),
        summary=Label("场所{sort}", "Venue {sort}"),
        fields=(
            _TO,
            Ask(
                name="sort",
                label=Label("措施", "Measure"),
                type="choice",
                required=True,
                choices=(
                    Choice("suspended", Label("停业整顿", "suspended")),
                    Choice("closed", Label("关闭", "closed")),
                    Choice("licence", Label("吊销许可", "licence withdrawn")),
                ),
            ),
            Ask(
                name="ordered_by",
                label=Label("决定机关", "Ordered by"),
                type="choice",
                required=True,
                choices=(
                    Choice("police", Label("公安机关", "Police")),
                    Choice("culture", Label("文化旅游部门", "Culture and tourism")),
                    Choice("market", Label("市场监管部门", "Market regulation")),
                    Choice("government", Label("人民政府", "Government")),
                    Choice("other", Label("其他机关", "Another authority")),
                ),
            ),
            Ask(
                name="document_no", label=Label("决定文号", "Number of the decision"),
                check=shapes.a_document, plain=True,
            ),
            Ask(
                name="until",
                label=Label("停业到哪一天", "Suspended until"),
                type="day",
                only_when={"sort": ("suspended",)},
            ),
        ),
    ),
    Kind(
        name="venue_reopened",
        label=Label("场所恢复", "Venue opened again"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        nameless=True,
        recorded_by=KEEPS,
        day=Label("恢复日期", "Day opened again"),
        fields=(
            _TO,
            Ask(
                name="checked",
                label=Label("恢复前检查过", "Inspected before"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
        ),
    ),
)  # fmt: skip
