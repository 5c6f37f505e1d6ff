"""The steps of a hand-over: prepared, sent, opened, accepted or sent back, the first contact; reminders in
between; what another system has said of the bundle; and the days that an office lays down for itself."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

SENDERS: Final = ("intake_officer", "centre_head", "town_office", "county_supervisor")
RECEIVERS: Final = (*SENDERS, "village_worker")
DAYS: Final = Label("日", "days")
ARTICLES: Final = ("戒毒条例#22", "戒毒条例#27", "戒毒条例#34")

KINDS: Final = (
    Kind(
        name="handover_prepared",
        label=Label("准备移交", "Hand-over prepared"),
        compartment="legal",
        cites=ARTICLES,
        recorded_by=SENDERS,
        day=Label("准备日期", "Day prepared"),
        summary=Label("准备移交给{to_unit}", "Hand-over to {to_unit} prepared"),
        help=Label(
            "先写明交给哪个单位、由谁接收；材料缺什么，移交页上列出。",
            "Say which unit and who there takes it; what the package lacks stands on the hand-over page.",
        ),
        fields=(
            Ask(name="to_unit", label=Label("移交给", "To be sent to"), type="unit", required=True),
            Ask(name="receiver", label=Label("对方接收人", "Who takes it there"), of_others=True),
            Ask(name="phone", label=Label("对方电话", "Their telephone"), type="phone", of_others=True),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="handover_sent",
        label=Label("移交", "Handed over"),
        compartment="legal",
        cites=("戒毒条例#22", "戒毒条例#27", "戒毒条例#34"),
        recorded_by=SENDERS,
        day=Label("移交日期", "Day sent"),
        summary=Label("移交给{to_unit}，待接收", "Sent to {to_unit}, to be accepted"),
        help=Label(
            "对方接收之前，仍由本单位负责；接收之后，本单位只能查看自己登记的内容。",
            "Until it is accepted your unit answers for the person; afterwards it reads only what it recorded"
            " itself.",
        ),
        fields=(
            Ask(name="to_unit", label=Label("移交给", "Sent to"), type="unit", required=True),
            Ask(name="note", label=Label("移交说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="handover_accepted",
        label=Label("接收", "Hand-over accepted"),
        compartment="legal",
        cites=("戒毒条例#22", "戒毒条例#27", "戒毒条例#34"),
        recorded_by=RECEIVERS,
        day=Label("接收日期", "Day accepted"),
        summary=Label("接收移交", "Hand-over accepted"),
        help=Label(
            "接收之日起由本单位负责。", "From the day it is accepted your unit answers for the person."
        ),
        fields=(
            Ask(
                name="complete",
                label=Label("移交材料是否齐全", "Is the package complete"),
                type="choice",
                choices=YES_NO,
            ),
        ),
    ),
    Kind(
        name="handover_opened",
        label=Label("打开移交", "Hand-over opened"),
        compartment="legal",
        cites=ARTICLES,
        recorded_by=RECEIVERS,
        day=Label("打开日期", "Day opened"),
        summary=Label("已打开移交材料", "The package was opened"),
        help=Label(
            "表示已经看到材料；是否接收另行登记。",
            "It says that the package was seen; whether it is accepted is recorded apart.",
        ),
    ),
    Kind(
        name="handover_refused",
        label=Label("退回移交", "Hand-over sent back"),
        compartment="legal",
        cites=ARTICLES,
        recorded_by=RECEIVERS,
        day=Label("退回日期", "Day sent back"),
        summary=Label("退回移交：{reason}", "Hand-over sent back: {reason}"),
        help=Label(
            "退回后仍由移交单位负责；对方会看到原因。",
            "The sender goes on answering for the person, and sees the reason.",
        ),
        fields=(
            Ask(
                name="reason",
                label=Label("退回原因", "Reason"),
                type="choice",
                required=True,
                choices=(
                    Choice("not_here", Label("本人不在本辖区", "The person does not live here")),
                    Choice("incomplete", Label("材料不全", "The package is not complete")),
                    Choice("wrong_unit", Label("应交其他单位", "It belongs to another unit")),
                    Choice("known", Label("本单位已有该人档案", "The person has a file here already")),
                    Choice("other", Label("其他", "Another reason")),
                ),
            ),
            Ask(
                name="note",
                label=Label("具体说明", "In words"),
                type="long_text",
                required=True,
                sealed=True,
            ),
        ),
    ),
    Kind(
        name="handover_urged",
        label=Label("催办移交", "Hand-over urged"),
        compartment="legal",
        recorded_by=SENDERS,
        day=Label("催办日期", "Day urged"),
        summary=Label("催办移交，对象：{whom}", "Hand-over urged: {whom}"),
        fields=(
            Ask(
                name="whom",
                label=Label("催办对象", "Whom"),
                type="choice",
                required=True,
                choices=(
                    Choice("sender", Label("移交单位", "The sender")),
                    Choice("receiver", Label("接收单位", "The receiver")),
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="first_contact",
        label=Label("首次联系", "First contact"),
        compartment="legal",
        cites=("戒毒条例#18", "戒毒条例#39"),
        recorded_by=(*RECEIVERS, "brigade_officer", "guidance_station"),
        day=Label("联系日期", "Day of the contact"),
        summary=Label("首次联系：{how}", "First contact: {how}"),
        help=Label(
            "已登记报到或者入所的，不必再登记；没有联系上的，登记联系尝试。",
            "Not needed where reporting in or an admission is recorded; who was not reached is an attempt.",
        ),
        fields=(
            Ask(
                name="how",
                label=Label("联系方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("visit", Label("上门", "A visit")),
                    Choice("office", Label("来办公室", "At the office")),
                    Choice("phone", Label("电话", "By telephone")),
                    Choice("online", Label("视频", "Online")),
                ),
            ),
            Ask(name="needs", label=Label("眼下的需要", "What is needed now"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="handover_exchanged",
        label=Label("跨系统移交回执", "Answer of another system"),
        compartment="legal",
        own_page=True,
        recorded_by=("county_supervisor", "centre_head"),
        day=Label("回执日期", "Day of the answer"),
        summary=Label("对方系统{peer}：{state}", "Other system {peer}: {state}"),
        fields=(
            Ask(name="peer", label=Label("对方系统", "Other system"), required=True, plain=True),
            Ask(
                name="state",
                label=Label("情况", "State"),
                type="choice",
                required=True,
                choices=(
                    Choice("delivered", Label("已送达", "Delivered")),
                    Choice("papers", Label("照片、材料已送达", "Photos and papers delivered")),
                    Choice("held", Label("对方暂存，须人工处理", "Held there: somebody has to look at it")),
                    Choice("arrived", Label("由对方送来", "Came from there")),
                ),
            ),
            Ask(
                name="digest",
                label=Label("内容摘要", "Digest of what it covers"),
                required=True,
                plain=True,
                internal=True,
            ),
            Ask(name="reason", label=Label("原因", "Reason"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="handover_setting",
        label=Label("移交时限设置", "Terms of hand-overs"),
        about="unit",
        compartment=WORK,
        recorded_by=("centre_head", "county_supervisor"),
        day=Label("启用日期", "In force from"),
        summary=Label(
            "移交时限：接收 {accept} 日，首次联系 {contact} 日，报县 {county} 日，报省 {province} 日",
            "Terms: accept {accept}, contact {contact}, county {county}, province {province} days",
        ),
        help=Label(
            "法律没有规定天数的，由本单位规定；不填的沿用原来的。",
            "For what the law gives no number of days; what is left empty stays as it was.",
        ),
        fields=(
            Ask(name="send", label=Label("发送", "Send"), type="whole", least=0, most=15, unit=DAYS),
            Ask(name="accept", label=Label("接收", "Accept"), type="whole", least=1, most=15, unit=DAYS),
            Ask(
                name="contact",
                label=Label("首次联系", "First contact"),
                type="whole",
                least=1,
                most=15,
                unit=DAYS,
            ),
            Ask(
                name="county",
                label=Label("逾期几日报县级", "Late by, to the county"),
                type="whole",
                least=1,
                most=30,
                unit=DAYS,
            ),
            Ask(
                name="province",
                label=Label("逾期几日报省级", "Late by, to the province"),
                type="whole",
                least=1,
                most=60,
                unit=DAYS,
            ),
        ),
    ),
)
