"""Identity, the responsible unit, remarks, and the withdrawal of an entry made by mistake."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.kernel.labels import Label

INTAKE: Final = ("intake_officer", "centre_head", "town_office", "village_worker", "county_supervisor")
EVERYBODY: Final = (
    *INTAKE,
    "brigade_officer",
    "doctor",
    "nurse",
    "counsellor",
    "teacher",
    "assessment_panel",
    "guidance_station",
)

SEX: Final = (
    Choice("male", Label("男", "Male"), ledger=("男", "男性", "1", "M")),
    Choice("female", Label("女", "Female"), ledger=("女", "女性", "2", "F")),
)

KINDS: Final = (
    Kind(
        name="person",
        label=Label("人员基本信息", "Person"),
        compartment="identity",
        cites=("个人信息保护法#34",),
        recorded_by=INTAKE,
        day=Label("登记日期", "Day registered"),
        summary=Label("登记 {name}，{sex}", "Registered {name}, {sex}"),
        fields=(
            Ask(
                name="name",
                label=Label("姓名", "Name"),
                required=True,
                sealed=True,
                ledger=("姓名", "戒毒人员姓名", "人员姓名", "名字"),
            ),
            Ask(
                name="sex",
                label=Label("性别", "Sex"),
                type="choice",
                choices=SEX,
                required=True,
                ledger=("性别",),
            ),
            Ask(
                name="id_number",
                label=Label("公民身份号码", "Identity number"),
                type="identity_number",
                sealed=True,
                ledger=("公民身份号码", "身份证号码", "身份证号", "身份证", "证件号码", "证件号"),
            ),
            Ask(
                name="birth",
                label=Label("出生日期", "Born"),
                type="day",
                sealed=True,
                ledger=("出生日期", "出生年月日", "出生年月", "生日"),
            ),
            Ask(name="ethnicity", label=Label("民族", "Ethnic group"), ledger=("民族",)),
            Ask(
                name="household_place",
                label=Label("户籍地", "Household registration"),
                sealed=True,
                ledger=("户籍地", "户籍所在地", "户籍地址", "户籍"),
            ),
            Ask(name="education", label=Label("文化程度", "Schooling"), ledger=("文化程度", "学历")),
            Ask(
                name="phone",
                label=Label("联系电话", "Telephone"),
                type="phone",
                sealed=True,
                ledger=("联系电话", "电话", "手机", "手机号码", "本人电话"),
            ),
            Ask(
                name="family_phone",
                label=Label("家属电话", "Family's telephone"),
                type="phone",
                sealed=True,
                ledger=("家属电话", "家属联系电话", "亲属电话"),
            ),
        ),
    ),
    Kind(
        name="responsible_unit",
        label=Label("责任单位", "Responsible unit"),
        compartment="support",
        cites=("戒毒条例#5",),
        recorded_by=INTAKE,
        day=Label("起始日期", "From"),
        summary=Label("责任单位：{unit}，责任人：{worker}", "Responsible unit {unit}, worker {worker}"),
        fields=(
            Ask(
                name="unit",
                label=Label("单位", "Unit"),
                type="unit",
                required=True,
                ledger=("村（居）委会", "村居", "村（社区）", "社区", "乡镇", "乡镇（街道）", "镇（街）"),
            ),
            Ask(
                name="worker",
                label=Label("责任人", "Worker"),
                ledger=("网格专干", "专干", "责任人", "禁毒专干", "社工"),
            ),
        ),
    ),
    Kind(
        name="remark",
        label=Label("备注", "Remark"),
        compartment="support",
        recorded_by=EVERYBODY,
        summary=Label("备注：{text}", "Remark: {text}"),
        fields=(
            Ask(
                name="text",
                label=Label("内容", "Text"),
                type="long_text",
                required=True,
                sealed=True,
                ledger=("备注",),
            ),
        ),
    ),
    Kind(
        name="void",
        label=Label("作废", "Withdrawn"),
        compartment="support",
        recorded_by=EVERYBODY,
        day=Label("作废日期", "Day withdrawn"),
        summary=Label("作废一条记录：{reason}", "Withdrew an entry: {reason}"),
        help=Label("原记录仍保留，不再计算。", "The entry stays in the file and no longer counts."),
        fields=(
            Ask(name="reason", label=Label("原因", "Reason"), type="long_text", required=True, sealed=True),
        ),
    ),
)
