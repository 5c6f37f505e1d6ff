"""Coast sections, places on the way, and rounds. A round names sections and places that are registered, says
what was found by choice, and has no room for a word about anybody."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import YES_NO, time_of_day
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label
from guitu.levels import shapes
from guitu.levels.asking import BY_SYSTEM, degrees, place

KEEPS: Final = ("village_worker", "town_office", "county_supervisor")
POSTS: Final = (
    Choice("party_secretary", Label("党委（党总支）书记", "Party secretary")),
    Choice("head", Label("镇长、村（居）委会主任", "Head of the town or village")),
    Choice("deputy", Label("分管领导", "Deputy in charge")),
    Choice("police_station", Label("派出所所长", "Head of the police station")),
    Choice("border_station", Label("海岸派出所所长", "Head of the coastal police station")),
    Choice("other", Label("其他负责岗位", "Another post")),
)


def _head(name: str, unit: Label, post: Label) -> tuple[Ask, Ask]:
    return (
        Ask(name=f"{name}_unit", label=unit, type="unit", required=True),
        Ask(name=f"{name}_post", label=post, type="choice", required=True, choices=POSTS),
    )


UNTIL: Final = Ask(name="until", label=Label("撤销日期", "Day it ended"), type="day")

KINDS: Final = (
    Kind(
        name="coast_section",
        label=Label("岸段", "Coast section"),
        about="unit",
        compartment=WORK,
        recorded_by=("town_office", "county_supervisor"),
        day=Label("划定日期", "Day drawn"),
        summary=Label("岸段：{name}，{begins} 至 {ends}", "Coast section: {name}, {begins} to {ends}"),
        help=Label(
            "两名负责人只写单位和岗位，不写姓名；换人不换岗的，不用改。双岸长做什么，由本单位用清单规定。",
            "Two responsible heads, by unit and post and not by name: whoever holds the post. What they have"
            " to do the office writes into its own checklist.",
        ),
        fields=(
            place("name", Label("岸段名称", "Name of the section")),
            place("begins", Label("起点", "From")),
            place("ends", Label("终点", "To")),
            Ask(name="km", label=Label("长度", "Length"), type="decimal", places=1,
                unit=Label("公里", "km"), least=0, most=2000),
            *_head("first", Label("第一负责人单位", "Unit of the first head"),
                   Label("第一负责人岗位", "Post of the first head")),
            *_head("second", Label("第二负责人单位", "Unit of the second head"),
                   Label("第二负责人岗位", "Post of the second head")),
            degrees("lat", Label("起点纬度", "Latitude of its beginning"), 90),
            degrees("lon", Label("起点经度", "Longitude of its beginning"), 180),
            degrees("end_lat", Label("终点纬度", "Latitude of its end"), 90),
            degrees("end_lon", Label("终点经度", "Longitude of its end"), 180),
            Ask(name="walk_every", label=Label("多久巡一次", "Walked every"), type="whole",
                unit=Label("天", "days"), least=1, most=366,
                help=Label("由本单位决定", "The office's own decision")),
            UNTIL,
        ),
    ),
    Kind(
        name="round_place",
        label=Label("巡防地点", "Place on the way"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("登记日期", "Day registered"),
        summary=Label("巡防地点：{name}", "Place on the way: {name}"),
        help=Label(
            "公共地点：码头、沙滩、路口、闲置房屋。谁的住处不登记。",
            "Public places: a jetty, a beach, a crossing, an empty building. Nobody's home is registered.",
        ),
        fields=(
            place("name", Label("地点名称", "Name of the place")),
            Ask(
                name="sort",
                label=Label("种类", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("jetty", Label("码头、渡口", "Jetty or ferry")),
                    Choice("beach", Label("沙滩、海岸", "Beach or shore")),
                    Choice("moorings", Label("停船点", "Moorings")),
                    Choice("crossing", Label("路口、桥涵", "Crossing or bridge")),
                    Choice("empty", Label("闲置房屋、厂房", "Empty building")),
                    Choice("woods", Label("林地、果园、虾塘", "Woods, orchards, ponds")),
                    Choice("other", Label("其他公共地点", "Another public place")),
                ),
            ),
            degrees("lat", Label("纬度", "Latitude"), 90),
            degrees("lon", Label("经度", "Longitude"), 180),
            UNTIL,
        ),
    ),
    Kind(
        name="place_round",
        label=Label("巡防", "Round"),
        about="unit",
        compartment=WORK,
        own_page=True,
        nameless=True,
        recorded_by=KEEPS,
        day=Label("巡防日期", "Day"),
        summary=Label("{by}巡防，到 {places} 处：{found}", "Round by {by}, {places} places: {found}"),
        help=Label(
            "巡的是地点，不是人：没有写人的地方。发现可疑人员，报公安机关，不在这里登记。",
            "A round is of places, not of people: there is no room for anybody. Somebody suspicious is"
            " reported to the police, and not recorded here.",
        ),
        fields=(
            Ask(
                name="by",
                label=Label("谁巡", "By"),
                type="choice",
                required=True,
                choices=(
                    Choice("village_team", Label("护村队", "the village patrol")),
                    Choice("section", Label("岸段责任单位", "the section's units")),
                    Choice("joint", Label("联合", "several together")),
                    Choice("boat", Label("海上", "boat")),
                ),
            ),
            time_of_day(Label("开始时间", "Began at"), name="started"),
            Ask(
                name="minutes", label=Label("用时", "Length"), type="whole", unit=Label("分钟", "minutes"),
                least=1, most=1440, required=True, usual=(10, 480),
            ),
            Ask(
                name="people", label=Label("参加人数", "How many took part"), type="whole",
                unit=Label("人", "people"), least=1, most=500, required=True,
            ),
            Ask(
                name="section",
                label=Label("岸段", "Coast section"),
                plain=True,
                check=shapes.an_id,
                help=BY_SYSTEM,
            ),
            Ask(
                name="seen",
                label=Label("到过的地点", "Places passed"),
                type="long_text",
                plain=True,
                check=shapes.ids,
                help=BY_SYSTEM,
            ),
            Ask(name="places", label=Label("到过几处", "How many places"), type="whole", least=0, most=200,
                required=True, help=BY_SYSTEM),
            Ask(
                name="found",
                label=Label("发现", "Found"),
                type="choice",
                required=True,
                choices=(
                    Choice("nothing", Label("没有异常", "nothing")),
                    Choice("waste", Label("遗弃的注射器、包装", "needles or wrappings left behind")),
                    Choice("goods", Label("可疑物品", "suspicious goods")),
                    Choice("plants", Label("疑似罂粟、大麻", "plants that may be poppy or hemp")),
                    Choice("boat", Label("可疑船只停靠", "a suspicious boat moored")),
                    Choice("damage", Label("设施损坏", "something damaged")),
                    Choice("other", Label("其他", "something else")),
                ),
            ),
            Ask(
                name="reported",
                label=Label("是否报告公安机关", "Reported to the police"),
                type="choice",
                required=True,
                choices=YES_NO,
                only_when={"found": ("waste", "goods", "plants", "boat", "other")},
            ),
        ),
    ),
)  # fmt: skip
