"""Bodies, posts and teams as a unit keeps them in its own file: numbers, no names. A body or team
stands until its end is entered (by a correction); of staffing the last entry counts."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KEEPS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head", "statistician")
UNTIL: Final = Ask(name="until", label=Label("撤销日期", "Day it ended"), type="day")


def _people(name: str, label: Label, *, required: bool = False) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=0, most=1_000_000,
        required=required,
    )  # fmt: skip


def _degrees(name: str, label: Label, most: int) -> Ask:
    """Degrees, north and east positive; four places are eleven metres."""
    return Ask(
        name=name, label=label, type="decimal", places=4, unit=Label("度", "degrees"), least=-most, most=most,
        required=True,
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="body",
        label=Label("社戒社康机构", "Community body"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("设立日期", "Day set up"),
        summary=Label("{level}机构", "Body: {level}"),
        fields=(
            Ask(
                name="level",
                label=Label("层级", "Level"),
                type="choice",
                required=True,
                choices=(
                    Choice("town", Label("镇级", "Town")),
                    Choice("village", Label("村级", "Village")),
                ),
            ),
            UNTIL,
        ),
    ),
    Kind(
        name="staffing",
        label=Label("人员配备", "Staffing"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("起算日期", "From"),
        summary=Label("{post}在岗 {in_post} 人", "{post}: {in_post} in post"),
        help=Label(
            "只填人数，不填姓名。人数变动时再登记一条，以最后一条为准。",
            "Numbers only, no names. When the number changes record it anew: the last entry counts.",
        ),
        fields=(
            Ask(
                name="post",
                label=Label("岗位", "Post"),
                type="choice",
                required=True,
                choices=(
                    Choice("community_worker", Label("禁毒专干", "Community worker")),
                    Choice("town_staff", Label("镇禁毒办专职人员", "Staff of a town office")),
                    Choice("lecturer", Label("宣讲员", "Lecturer")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            _people("in_post", Label("在岗人数", "In post"), required=True),
            _people("establishment", Label("编配人数", "Establishment")),
        ),
    ),
    Kind(
        name="patrol_team",
        label=Label("禁毒护村队", "Village patrol team"),
        about="unit",
        compartment=WORK,
        recorded_by=("village_worker", *KEEPS),
        day=Label("成立日期", "Day set up"),
        summary=Label("护村队，{members} 人", "Patrol team of {members}"),
        help=Label(
            "只填人数，不填姓名。护村队看不到任何档案。",
            "The number only, no names. A patrol team sees no file.",
        ),
        fields=(_people("members", Label("队员人数", "Members"), required=True), UNTIL),
    ),
    Kind(
        name="unit_position",
        label=Label("单位坐标", "Where a unit lies"),
        about="unit",
        compartment=WORK,
        recorded_by=("village_worker", "guidance_station", *KEEPS),
        day=Label("起算日期", "From"),
        summary=Label("北纬 {lat}，东经 {lon}", "{lat} north, {lon} east"),
        help=Label(
            "村委会、指导站的位置，用来安排走访路线；不记任何人的住址和行踪。以最后一条为准。",
            "Where the village office or the station is, to plan rounds of visits; nobody's home and no"
            " movements. The last entry counts.",
        ),
        fields=(
            _degrees("lat", Label("纬度", "Latitude"), 90),
            _degrees("lon", Label("经度", "Longitude"), 180),
            Ask(name="source", label=Label("来源", "Source")),
        ),
    ),
)
