"""One outreach event and how many were there. Audiences are person-times: who comes twice is counted twice,
and nobody is named."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KINDS: Final = (
    Kind(
        name="outreach_event",
        label=Label("宣传活动", "Outreach event"),
        about="unit",
        compartment=WORK,
        recorded_by=(
            "outreach",
            "teacher",
            "centre_head",
            "guidance_station",
            "village_worker",
            "town_office",
            "county_supervisor",
            "provincial_supervisor",
        ),
        day=Label("活动日期", "Day of the event"),
        summary=Label("{form}，{given_by}，受众 {audience} 人次", "{form}, {given_by}, audience {audience}"),
        fields=(
            Ask(
                name="form",
                label=Label("形式", "Form"),
                type="choice",
                required=True,
                choices=(
                    Choice("talk", Label("宣讲", "Talk")),
                    Choice("show", Label("文艺演出", "Show")),
                    Choice("exhibition", Label("展览、咨询", "Exhibition or stand")),
                    Choice("walk", Label("徒步等群众活动", "Walk or other mass event")),
                    Choice("broadcast", Label("广播", "Broadcast")),
                    Choice("online", Label("网络", "Online")),
                    Choice("open_day", Label("场所开放日", "Open day")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="given_by",
                label=Label("由谁举办", "Given by"),
                type="choice",
                required=True,
                choices=(
                    Choice("lecturers", Label("场所宣讲团", "Lecturers of a centre")),
                    Choice("office", Label("禁毒办、村（社区）", "An office")),
                    Choice("school", Label("学校", "A school")),
                    Choice("volunteers", Label("志愿者队伍", "Volunteers")),
                    Choice("other", Label("其他", "Somebody else")),
                ),
            ),
            Ask(
                name="audience",
                label=Label("受众", "Audience"),
                type="whole",
                unit=Label("人次", "person-times"),
                least=0,
                most=100_000_000,
            ),
            Ask(
                name="counted",
                label=Label("怎样计数", "How it was counted"),
                type="choice",
                choices=(
                    Choice("headcount", Label("逐人清点", "Head by head")),
                    Choice("signed", Label("签到", "Sign-in sheet")),
                    Choice("estimate", Label("估计", "Estimate")),
                    Choice("views", Label("网络浏览数", "Online views")),
                ),
            ),
            Ask(name="topic", label=Label("主题", "Topic")),
        ),
    ),
)
