"""Requests of the person and the answers to them. An answer names the request it answers (`to`, the id of
that entry), so that one answer never settles two requests.

Complaints do not stand in the person's file, where the unit complained of works: `complaint` and what
follows it belong to a file of their own that only the receiving unit reads (docs/decisions/0015).
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

OWN: Final = ("person", "family")
WRITES_DOWN: Final = (
    "intake_officer",
    "brigade_officer",
    "doctor",
    "nurse",
    "counsellor",
    "teacher",
    "centre_head",
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
)
"""Who may write down what the person says or hands in on paper; the entry's source says so."""
ANSWERS: Final = ("intake_officer", "centre_head", "town_office", "village_worker", "county_supervisor")
RECEIVES: Final = ("inspector", "county_supervisor", "provincial_supervisor")

TO: Final = Ask(
    name="to",
    label=Label("所答复的请求", "Request answered"),
    required=True,
    plain=True,  # the id of an entry: it tells nothing, and lists are worked out by it
    help=Label("由系统填写", "Filled in by the system"),
)
REPLY: Final = Ask(
    name="text",
    label=Label("答复内容", "Answer"),
    type="long_text",
    required=True,
    sealed=True,
    to_person=True,
    help=Label("本人会看到这段话，请写明理由", "The person reads this; state the reasons"),
)


def _outcome(*choices: Choice) -> Ask:
    """What came of a request."""
    return Ask(
        name="outcome",
        label=Label("处理结果", "Outcome"),
        type="choice",
        required=True,
        choices=choices,
    )


NEEDS: Final = (
    Choice("work", Label("工作", "Work")),
    Choice("medical", Label("看病", "Medical care")),
    Choice("allowance", Label("低保、救助", "Allowance")),
    Choice("housing", Label("住房", "Housing")),
    Choice("school", Label("上学、培训", "School or training")),
    Choice("family", Label("家庭", "Family")),
    Choice("other", Label("其他", "Something else")),
)
REMEDIES: Final = (
    Choice("legal_aid", Label("法律援助", "Legal aid")),
    Choice("reconsideration", Label("行政复议", "Reconsideration")),
    Choice("litigation", Label("行政诉讼", "Lawsuit")),
    Choice("compensation", Label("国家赔偿", "State compensation")),
)
PARTS: Final = (
    Choice("term", Label("措施和日期", "Measure and dates")),
    Choice("duties", Label("措施、日期和要办的事", "Measure, dates and duties")),
    Choice("all", Label("本人页面上的全部", "All that the person's own page shows")),
)

KINDS: Final = (
    Kind(
        name="correction_request",
        label=Label("请求更正", "Correction asked for"),
        compartment="support",
        read_as=ReadAs("file", 80),
        cites=("个人信息保护法#46",),
        recorded_by=(*OWN, *WRITES_DOWN),
        day=Label("提出日期", "Day asked"),
        fields=(
            Ask(
                name="text",
                label=Label("哪里有错、应当是什么", "What is wrong, and what is right"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
            Ask(name="entry", label=Label("所指的记录", "The entry meant")),
        ),
    ),
    Kind(
        name="correction_reply",
        label=Label("答复更正请求", "Correction answered"),
        compartment="support",
        answers="to",
        read_as=ReadAs("file", 81),
        cites=("个人信息保护法#46", "个人信息保护法#50"),
        recorded_by=ANSWERS,
        day=Label("答复日期", "Day answered"),
        summary=Label("更正请求：{outcome}", "Correction: {outcome}"),
        fields=(
            TO,
            _outcome(
                Choice("corrected", Label("已更正", "Corrected")),
                Choice("partly", Label("部分更正", "Corrected in part")),
                Choice("refused", Label("不更正", "Not corrected")),
            ),
            REPLY,
        ),
    ),
    Kind(
        name="objection",
        label=Label("对检测结果有异议", "Objection to a test"),
        compartment="legal",
        read_as=ReadAs("file", 82),
        recorded_by=(*OWN, *WRITES_DOWN),
        day=Label("提出日期", "Day raised"),
        fields=(
            Ask(name="entry", label=Label("所指的检测", "The test meant"), required=True),
            Ask(name="text", label=Label("理由", "Grounds"), type="long_text", sealed=True, to_person=True),
        ),
    ),
    Kind(
        name="objection_answer",
        label=Label("答复检测异议", "Objection answered"),
        compartment="legal",
        answers="to",
        read_as=ReadAs("file", 83),
        recorded_by=ANSWERS,
        day=Label("答复日期", "Day answered"),
        summary=Label("检测异议：{outcome}", "Objection: {outcome}"),
        fields=(
            TO,
            _outcome(
                Choice("laboratory", Label("送实验室检测", "Sent to a laboratory")),
                Choice("retest", Label("送实验室复检", "Sent for a re-test")),
                Choice("refused", Label("不予检测", "Refused")),
            ),
            REPLY,
        ),
    ),
    Kind(
        name="help_request",
        label=Label("请求帮助", "Help asked for"),
        compartment="support",
        read_as=ReadAs("file", 84),
        cites=("戒毒条例#18",),
        recorded_by=(*OWN, *WRITES_DOWN),
        day=Label("提出日期", "Day asked"),
        summary=Label("请求帮助：{need}", "Help asked for: {need}"),
        fields=(
            Ask(
                name="need",
                label=Label("需要哪方面的帮助", "What help"),
                type="choice",
                required=True,
                choices=NEEDS,
            ),
            Ask(
                name="text",
                label=Label("说一说", "In your words"),
                type="long_text",
                sealed=True,
                to_person=True,
            ),
        ),
    ),
    Kind(
        name="help_answer",
        label=Label("答复帮助请求", "Help answered"),
        compartment="support",
        answers="to",
        read_as=ReadAs("file", 85),
        cites=("戒毒条例#18",),
        recorded_by=(*ANSWERS, "guidance_station", "counsellor"),
        day=Label("答复日期", "Day answered"),
        summary=Label("帮助请求：{outcome}", "Help: {outcome}"),
        fields=(
            TO,
            _outcome(
                Choice("given", Label("已办", "Done")),
                Choice("referred", Label("已转有关部门", "Passed on to another office")),
                Choice("unable", Label("暂时办不了", "Cannot be done for now")),
            ),
            REPLY,
        ),
    ),
    Kind(
        name="remedy_request",
        label=Label("申请救济", "Remedy asked for"),
        compartment="legal",
        read_as=ReadAs("file", 86),
        cites=("禁毒法#40", "法律援助法#39"),
        recorded_by=(*OWN, *WRITES_DOWN),
        day=Label("申请日期", "Day filed"),
        summary=Label("申请救济：{what}", "Remedy: {what}"),
        fields=(
            Ask(name="what", label=Label("哪一种", "Which"), type="choice", required=True, choices=REMEDIES),
            Ask(name="filed_with", label=Label("向谁提出", "Filed with")),
            Ask(
                name="text", label=Label("事由", "About what"), type="long_text", sealed=True, to_person=True
            ),
        ),
    ),
    Kind(
        name="remedy_outcome",
        label=Label("救济结果", "Outcome of a remedy"),
        compartment="legal",
        answers="to",
        read_as=ReadAs("file", 87),
        cites=("行政诉讼法#45",),
        recorded_by=(*OWN, *WRITES_DOWN),
        day=Label("收到日期", "Day received"),
        summary=Label("救济结果：{outcome}", "Outcome: {outcome}"),
        fields=(
            TO,
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("upheld", Label("维持原决定", "The decision stands")),
                    Choice("changed", Label("撤销或者变更", "Set aside or changed")),
                    Choice("not_taken", Label("不予受理", "Not taken up")),
                    Choice("granted", Label("已准许", "Granted")),
                    Choice("refused", Label("未准许", "Refused")),
                ),
            ),
        ),
    ),
    Kind(
        name="legal_aid_forwarded",
        label=Label("转交法律援助申请", "Legal-aid application forwarded"),
        compartment="legal",
        answers="to",
        read_as=ReadAs("file", 88),
        cites=("法律援助法#39",),
        recorded_by=("intake_officer", "brigade_officer", "centre_head"),
        day=Label("转交日期", "Day forwarded"),
        fields=(
            TO,
            Ask(name="forwarded_to", label=Label("转交给", "Forwarded to"), required=True),
        ),
    ),
    Kind(
        name="family_consent",
        label=Label("同意家属查看", "Family may look"),
        compartment="support",
        cites=("个人信息保护法#29",),
        recorded_by=("person", *WRITES_DOWN),
        day=Label("同意日期", "Day of consent"),
        summary=Label("同意家属查看：{parts}，至 {until}", "Family may look: {parts}, until {until}"),
        fields=(
            Ask(name="who", label=Label("家属姓名", "Who"), required=True, sealed=True, of_others=True),
            Ask(name="relation", label=Label("关系", "Relation"), required=True, sealed=True, of_others=True),
            Ask(
                name="parts",
                label=Label("可以看什么", "What they may see"),
                type="choice",
                required=True,
                choices=PARTS,
            ),
            Ask(name="until", label=Label("看到哪一天为止", "Until"), type="day", required=True),
        ),
    ),
    Kind(
        name="family_consent_withdrawn",
        label=Label("撤回家属查看", "Consent withdrawn"),
        compartment="support",
        answers="to",
        cites=("个人信息保护法#29",),
        recorded_by=("person", *WRITES_DOWN),
        day=Label("撤回日期", "Day withdrawn"),
        fields=(TO,),
    ),
    Kind(
        name="own_copy_given",
        label=Label("提供本人档案副本", "Copy of the file given"),
        compartment="support",
        cites=("个人信息保护法#45",),
        recorded_by=(*OWN, *WRITES_DOWN),
        day=Label("提供日期", "Day given"),
        summary=Label("提供本人档案副本：{form}", "Copy of the file given: {form}"),
        fields=(
            Ask(
                name="form",
                label=Label("形式", "Form"),
                type="choice",
                required=True,
                choices=(
                    Choice("json", Label("数据文件", "Data file")),
                    Choice("pdf", Label("可读文件", "Readable document")),
                    Choice("sheet", Label("纸质单页", "Printed sheet")),
                    Choice("zip", Label("可读文件、数据文件和所交材料", "Document, data and papers")),
                ),
            ),
            Ask(
                name="restricted",
                label=Label("是否含特别保密医疗信息", "With restricted medical data"),
                type="choice",
                choices=YES_NO,
            ),
        ),
    ),
    Kind(
        name="complaint",
        label=Label("投诉", "Complaint"),
        about="unit",
        compartment="legal",
        read_as=ReadAs("file", 80),
        recorded_by=(*OWN, *WRITES_DOWN, "inspector"),
        day=Label("提出日期", "Day lodged"),
        summary=Label("投诉，由{receiver}受理", "Complaint to {receiver}"),
        fields=(
            Ask(name="against", label=Label("被投诉单位", "Complained of"), type="unit", required=True),
            Ask(name="receiver", label=Label("受理单位", "Received by"), type="unit", required=True),
            Ask(
                name="receiver_role",
                label=Label("受理岗位", "Received as"),
                type="choice",
                required=True,
                choices=(
                    Choice("inspector", Label("检察监督", "Inspector")),
                    Choice("supervisor", Label("上级主管", "Supervisor above")),
                ),
            ),
            Ask(
                name="text",
                label=Label("投诉内容", "Complaint"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
            Ask(
                name="named",
                label=Label("是否愿意让受理人知道姓名", "May the receiver know the name"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
        ),
    ),
    Kind(
        name="complaint_received",
        label=Label("收到投诉", "Complaint received"),
        about="unit",
        compartment="legal",
        read_as=ReadAs("file", 81),
        answers="to",
        recorded_by=RECEIVES,
        day=Label("收到日期", "Day received"),
        fields=(TO,),
    ),
    Kind(
        name="complaint_forwarded",
        label=Label("转送投诉", "Complaint forwarded"),
        about="unit",
        compartment="legal",
        answers="to",
        recorded_by=RECEIVES,
        day=Label("转送日期", "Day forwarded"),
        summary=Label("转送投诉至{receiver}", "Complaint forwarded to {receiver}"),
        fields=(
            TO,
            Ask(name="receiver", label=Label("转送给", "Forwarded to"), type="unit", required=True),
        ),
    ),
    Kind(
        name="complaint_answer",
        label=Label("答复投诉", "Complaint answered"),
        about="unit",
        compartment="legal",
        read_as=ReadAs("file", 83),
        answers="to",
        recorded_by=RECEIVES,
        day=Label("答复日期", "Day answered"),
        summary=Label("投诉：{outcome}", "Complaint: {outcome}"),
        fields=(
            TO,
            _outcome(
                Choice("upheld", Label("投诉属实，已处理", "Upheld and dealt with")),
                Choice("partly", Label("部分属实", "Upheld in part")),
                Choice("not_upheld", Label("不属实", "Not upheld")),
                Choice("not_ours", Label("不属本单位受理", "Not ours to decide")),
            ),
            REPLY,
        ),
    ),
)
