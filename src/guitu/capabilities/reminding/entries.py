"""Reminders by short message. Nothing here decides who is written to: that is worked out from these entries
(`guitu.home.messages`), and words that betray rehabilitation are refused where they are typed."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.fields import time_of_day
from guitu.casefile.kind import WORK
from guitu.home.messages import WHATS, unfit, unfit_text
from guitu.kernel.labels import Label

REMINDS: Final = ("town_office", "village_worker", "guidance_station", "county_supervisor")
HOURS: Final = Label("四位数字，如 0830；夜里不发", "Four digits, such as 0830; none at night")
WORDS: Final = Label(
    "不写与戒毒有关的字；可用 {day} {time} {place} {phone}；不填用系统的",
    "No word of rehabilitation; {day} {time} {place} {phone} are filled in; the system's own without it",
)


def _wanted(name: str, label: Label) -> Ask:
    return Ask(name=name, label=label, type="choice", required=True, choices=YES_NO)


def _text(name: str, label: Label) -> Ask:
    return Ask(name=name, label=label, plain=True, help=WORDS, check=unfit_text)


KINDS: Final = (
    Kind(
        name="message_setting",
        label=Label("短信设置", "Setting of messages"),
        about="unit",
        compartment=WORK,
        recorded_by=("town_office", "county_supervisor"),
        day=Label("启用日期", "In force from"),
        summary=Label(
            "短信：提前 {days_before} 天，{opens} 至 {closes}，署名 {signature}",
            "Messages: {days_before} days ahead, {opens} to {closes}, signed {signature}",
        ),
        help=Label(
            "写了才发；对本单位和下级有效，下级自己写了的除外。只发给写明同意的人。",
            "Nothing is sent without it; it holds here and below, but where an office has its own. Only"
            " to those who have agreed.",
        ),
        fields=(
            _wanted("appointment", Label("提醒约定的日期", "Remind of appointments")),
            _wanted("visit", Label("提醒约定的见面", "Remind of visits")),
            _wanted("report_in", Label("提醒报到期限", "Remind of reporting in")),
            Ask(
                name="days_before",
                label=Label("提前几天", "How long before"),
                type="whole",
                required=True,
                least=0,
                most=7,
                unit=Label("日", "days"),
            ),
            Ask(
                name="opens",
                label=Label("几点起发", "From what time"),
                type="whole",
                required=True,
                least=600,
                most=1200,
                clock=True,
                help=HOURS,
            ),
            Ask(
                name="closes",
                label=Label("几点止", "Until what time"),
                type="whole",
                required=True,
                least=1201,
                most=2200,
                clock=True,
                help=HOURS,
            ),
            Ask(
                name="place",
                label=Label("到哪里", "Where"),
                required=True,
                plain=True,
                check=unfit,
                help=Label("如“村委会一楼”", "Such as “village hall, ground floor”"),
            ),
            Ask(
                name="phone",
                label=Label("办公电话", "The office's telephone"),
                type="phone",
                required=True,
                plain=True,
            ),
            Ask(
                name="signature",
                label=Label("署名", "Signed"),
                plain=True,
                check=unfit,
                help=Label("如“河东镇便民服务”", "Such as “Hedong services”"),
            ),
            _text("appointment_text", Label("约定日期的文字", "Words of appointments")),
            _text("visit_text", Label("约定见面的文字", "Words of visits")),
            _text("report_in_text", Label("报到期限的文字", "Words of reporting in")),
        ),
    ),
    Kind(
        name="reminder_consent",
        label=Label("短信提醒意愿", "Wish about reminders"),
        compartment="support",
        cites=("个人信息保护法#29",),
        recorded_by=("person", *REMINDS),
        day=Label("表示日期", "Day it was said"),
        summary=Label("是否同意短信提醒：{agrees}", "Reminders by message: {agrees}"),
        help=Label(
            "本人说了算，随时可以改；不同意没有任何影响。",
            "It is the person's to say, and to change at any time; to refuse changes nothing.",
        ),
        fields=(
            Ask(
                name="agrees",
                label=Label("是否同意", "Agrees"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="phone",
                label=Label("发到哪个号码", "To which number"),
                type="phone",
                required=True,
                sealed=True,
                only_when={"agrees": ("yes",)},
            ),
            Ask(
                name="language",
                label=Label("语言", "Language"),
                type="choice",
                choices=(Choice("zh", Label("中文", "Chinese")), Choice("en", Label("英文", "English"))),
                only_when={"agrees": ("yes",)},
            ),
        ),
    ),
    Kind(
        name="visit_agreed",
        label=Label("约定见面", "Visit agreed"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=REMINDS,
        day=Label("约定的日期", "Day it was agreed"),
        summary=Label("约定 {for_day} 见面", "To meet on {for_day}"),
        fields=(
            Ask(name="for_day", label=Label("见面日期", "Day to meet"), type="day", required=True),
            time_of_day(Label("时间", "Time"), required=False),
            Ask(
                name="place",
                label=Label("地点", "Place"),
                to_person=True,
                help=Label(
                    "会写进短信，不写与戒毒有关的字", "It stands in the message: no word of rehabilitation"
                ),
            ),
        ),
    ),
    Kind(
        name="reminder_sent",
        label=Label("短信提醒", "Reminder"),
        compartment="support",
        own_page=True,
        recorded_by=REMINDS,
        day=Label("发送日期", "Day sent"),
        summary=Label("短信提醒（{what}，{for_day}）：{state}", "Reminder ({what}, {for_day}): {state}"),
        fields=(
            Ask(
                name="what",
                label=Label("提醒什么", "Of what"),
                type="choice",
                required=True,
                choices=tuple(Choice(what, label) for what, label in WHATS.items()),
            ),
            Ask(name="for_day", label=Label("哪一天的", "For which day"), type="day", required=True),
            Ask(
                name="state",
                label=Label("情况", "State"),
                type="choice",
                required=True,
                choices=(
                    Choice("taken", Label("网关已收下", "Taken by the gateway")),
                    Choice("refused", Label("网关拒绝，请打电话", "Refused by the gateway: ring instead")),
                ),
            ),
            Ask(name="text", label=Label("内容", "Words"), type="long_text", sealed=True, to_person=True),
            Ask(name="reason", label=Label("原因", "Reason")),
            Ask(name="gateway", label=Label("网关", "Gateway"), plain=True, internal=True),
            Ask(name="key", label=Label("编号", "Key"), required=True, plain=True, internal=True),
        ),
    ),
)
