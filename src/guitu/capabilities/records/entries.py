"""Sealing and its end, the end of dynamic control, a person listed in error, two files of one person.

Kinds with an `act` are never recorded by one officer: passing that act of two people appends them.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

OFFICES: Final = ("town_office", "centre_head", "county_supervisor")
HEADS: Final = ("centre_head", "county_supervisor", "provincial_supervisor")
ASKS: Final = (
    "person",
    "intake_officer",
    "town_office",
    "village_worker",
    "centre_head",
    "county_supervisor",
)

BASES: Final = (
    Choice("public_security", Label("违反治安管理的记录封存", "Record of a public-security violation")),
    Choice("minor", Label("未成年人行政处罚记录封存", "A minor's record of administrative penalty")),
    Choice("identity_error", Label("错列人员", "Person listed in error")),
)

OTHER: Final = Ask(
    name="other",
    label=Label("另一份档案", "The other file"),
    required=True,
    internal=True,
    plain=True,
)
OTHER_NO: Final = Ask(name="other_no", label=Label("档案编号", "Case number"), required=True, plain=True)

KINDS: Final = (
    Kind(
        name="sealing_asked",
        label=Label("申请封存", "Sealing asked for"),
        compartment="legal",
        cites=("治安管理处罚法#136",),
        recorded_by=ASKS,
        day=Label("申请日期", "Day asked"),
        help=Label(
            "本人或者代本人提出；是否封存由两名负责人办理。",
            "By the person, or written down for them; two heads of offices decide.",
        ),
        fields=(
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True, to_person=True),
        ),
    ),
    Kind(
        name="record_sealed",
        label=Label("封存", "Sealed"),
        compartment="legal",
        act="seal",
        cites=("治安管理处罚法#136", "预防未成年人犯罪法#59"),
        recorded_by=OFFICES,
        day=Label("封存日期", "Day sealed"),
        summary=Label("封存：{basis}", "Sealed: {basis}"),
        fields=(
            Ask(name="basis", label=Label("依据", "Basis"), type="choice", required=True, choices=BASES),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="record_unsealed",
        label=Label("解除封存", "Unsealed"),
        compartment="legal",
        act="unseal",
        cites=("治安管理处罚法#136",),
        recorded_by=OFFICES,
        day=Label("解除封存日期", "Day unsealed"),
        fields=(
            Ask(name="note", label=Label("理由", "Reason"), type="long_text", required=True, sealed=True),
        ),
    ),
    Kind(
        name="monitoring_ended",
        label=Label("不再实行动态管控", "Dynamic control ended"),
        compartment="legal",
        read_as=ReadAs("file", 92),
        cites=("戒毒条例#7",),
        recorded_by=OFFICES,
        day=Label("结束日期", "Day it ended"),
        help=Label(
            "登记后档案不再列入名单；有新的决定时重新列入。",
            "Afterwards the file is in no list; a new order brings it back.",
        ),
    ),
    Kind(
        name="identity_error",
        label=Label("错列更正", "Listed in error"),
        compartment="identity",
        act="identity_error",
        cites=("个人信息保护法#46",),
        recorded_by=OFFICES,
        day=Label("更正日期", "Day corrected"),
        summary=Label("确认为错列，{found_on}发现", "Found on {found_on} to be listed in error"),
        fields=(
            Ask(name="found_on", label=Label("发现日期", "Day found"), type="day", required=True),
            Ask(
                name="found",
                label=Label("如何发现", "How it was found"),
                type="long_text",
                required=True,
                sealed=True,
            ),
            Ask(name="right_file", label=Label("应属的档案", "The file it belongs to")),
            Ask(
                name="told",
                label=Label("已告知的单位", "Who was told"),
                type="long_text",
                sealed=True,
                help=Label("收到过有关材料、须更正的单位", "Who had been sent anything of it"),
            ),
        ),
    ),
    Kind(
        name="record_erased",
        label=Label("销毁个人信息", "Personal information erased"),
        compartment="legal",
        act="erase",
        cites=("个人信息保护法#19", "个人信息保护法#47"),
        recorded_by=("centre_head", "county_supervisor"),
        day=Label("销毁日期", "Day erased"),
        fields=(
            Ask(
                name="parts",
                label=Label("保密分区", "Compartments"),
                internal=True,
                plain=True,
                help=Label("不写为全部", "all of them, where nothing stands here"),
            ),
        ),
    ),
    Kind(
        name="two_events",
        label=Label("确系两件事", "Two events"),
        compartment="support",
        recorded_by=("town_office", "village_worker", "guidance_station", "county_supervisor"),
        day=Label("认定日期", "Day decided"),
        own_page=True,
        help=Label(
            "两名工作人员同日各登一条、内容不同；经核对，确是两件事。",
            "Two workers recorded different things of one day; it was looked into, and they are two events.",
        ),
        fields=(
            Ask(
                name="one",
                label=Label("一条", "One entry"),
                required=True,
                internal=True,
                plain=True,
            ),
            Ask(
                name="other",
                label=Label("另一条", "The other"),
                required=True,
                internal=True,
                plain=True,
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="merged_into",
        label=Label("并入另一份档案", "Merged into another file"),
        compartment="identity",
        act="merge",
        recorded_by=HEADS,
        day=Label("合并日期", "Day merged"),
        summary=Label("并入档案 {other_no}", "Merged into file {other_no}"),
        fields=(OTHER, OTHER_NO),
    ),
    Kind(
        name="merged_from",
        label=Label("并入了另一份档案", "Another file merged in"),
        compartment="identity",
        act="merge",
        recorded_by=HEADS,
        day=Label("合并日期", "Day merged"),
        summary=Label("档案 {other_no} 并入本档案", "File {other_no} merged into this one"),
        fields=(OTHER, OTHER_NO),
    ),
)
