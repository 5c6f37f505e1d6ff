"""The working group, what the agreement says, the plan, looking at it again, evidence, what the person says
to an entry that counts, its answer, and the report."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

TOWN: Final = ("town_office", "village_worker", "guidance_station", "county_supervisor")
OFFICE: Final = ("town_office", "village_worker", "county_supervisor")
PAPERS: Final = (
    Choice("medical", Label("就医凭证", "Paper of a doctor")),
    Choice("work", Label("单位证明", "Paper of an employer")),
    Choice("travel", Label("车票等出行凭证", "Ticket")),
    Choice("approval", Label("批准文书", "Approval")),
    Choice("other", Label("其他材料", "Another paper")),
    Choice("none", Label("没有材料，只有说明", "No paper, only my words")),
)
"""What somebody has in hand who says why they were away or were not tested."""


def _member(name: str, label: Label, *, required: bool = False) -> Ask:
    return Ask(name=name, label=label, required=required, of_others=True)


def _told(name: str, label: Label, *, required: bool = True, help: Label | None = None) -> Ask:
    return Ask(
        name=name, label=label, type="long_text", required=required, sealed=True, to_person=True, help=help
    )


KINDS: Final = (
    Kind(
        name="working_group",
        label=Label("工作小组", "Working group"),
        compartment="support",
        cites=("戒毒条例#17",),
        recorded_by=OFFICE,
        day=Label("成立日期", "Day formed"),
        summary=Label("工作小组成立", "Working group formed"),
        help=Label(
            "专职工作人员、社区民警、社区医务人员、家庭成员、志愿者；人员变动时重新登记。",
            "The full-time worker, community police, community medic, family, volunteer; recorded anew when"
            " it"
            " changes.",
        ),
        fields=(
            _member("worker", Label("专职工作人员", "Full-time worker"), required=True),
            _member("police", Label("社区民警", "Community police officer")),
            _member("medic", Label("社区医务人员", "Community medic")),
            _member("family", Label("家庭成员", "Family member")),
            _member("volunteer", Label("志愿者", "Volunteer")),
        ),
    ),
    Kind(
        name="agreement_terms",
        label=Label("协议内容", "What the agreement says"),
        compartment="support",
        cites=("戒毒条例#16", "戒毒条例#38"),
        recorded_by=OFFICE,
        day=Label("约定日期", "Day agreed"),
        summary=Label("协议内容，权利已告知：{rights}", "Agreement, rights told: {rights}"),
        help=Label(
            "权利和可以得到的帮助与义务一同写明；由此生成协议书。",
            "Rights and the help there is are written down beside the duties; the paper is made from it.",
        ),
        fields=(
            Ask(
                name="rights",
                label=Label("权利和救济已当面告知", "Rights and remedies told in person"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            _told(
                "help",
                Label("约定的帮助", "Help agreed on"),
                help=Label(
                    "每行一项，如：四月参加电工培训", "One a line, such as: electrician's course in April"
                ),
            ),
            _told(
                "measures",
                Label("具体措施", "Concrete measures"),
                help=Label("每行一项：何时、何地、见谁", "One a line: when, where, whom"),
            ),
            _told("other", Label("其他约定", "Anything else"), required=False),
        ),
    ),
    Kind(
        name="recovery_plan",
        label=Label("戒毒康复计划", "Plan of recovery"),
        compartment="support",
        cites=("戒毒条例#15", "戒毒条例#18"),
        recorded_by=TOWN,
        day=Label("制定日期", "Day made"),
        summary=Label("戒毒康复计划，{review_on} 回顾", "Plan of recovery, looked at again on {review_on}"),
        fields=(
            _told("goals", Label("本人想达到的", "What the person wants to reach")),
            _told("steps", Label("分步安排", "Steps"), help=Label("每行一步", "One a line")),
            Ask(
                name="with_person",
                label=Label("与本人一起制定", "Made with the person"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(name="review_on", label=Label("何时回顾", "Looked at again on"), type="day", required=True),
        ),
    ),
    Kind(
        name="plan_review",
        label=Label("计划回顾", "Plan looked at again"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=TOWN,
        day=Label("回顾日期", "Day"),
        summary=Label("计划回顾：{outcome}", "Plan looked at again: {outcome}"),
        fields=(
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("goes_on", Label("照计划继续", "Goes on as planned")),
                    Choice(
                        "changed", Label("需要调整，另行登记计划", "To be changed: a new plan is recorded")
                    ),
                    Choice("reached", Label("目标已达到", "Its goals are reached")),
                ),
            ),
            _told("text", Label("怎么样了", "How it goes")),
            Ask(
                name="person_there",
                label=Label("本人参加", "The person took part"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(name="next_on", label=Label("下次回顾", "Next time"), type="day"),
        ),
    ),
    Kind(
        name="evidence",
        label=Label("证据", "Evidence"),
        compartment="legal",
        answers="entry",
        recorded_by=TOWN,
        day=Label("提交日期", "Day handed in"),
        summary=Label("证据（{sort}）：{says}", "Evidence ({sort}): {says}"),
        help=Label(
            "说明某条记录的材料，对本人有利、不利的都登记；本人看得到。",
            "What shows how an entry came about, for the person or against; the person sees it.",
        ),
        fields=(
            Ask(
                name="entry",
                label=Label("所指的记录", "The entry meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="sort",
                label=Label("是什么", "What it is"),
                type="choice",
                required=True,
                choices=(
                    Choice("report", Label("书面报告", "Written report of leaving")),
                    Choice("approval", Label("批准文书", "Approval")),
                    Choice("medical", Label("就医凭证", "Paper of a doctor")),
                    Choice("work", Label("单位证明", "Paper of an employer")),
                    Choice("travel", Label("车票等出行凭证", "Ticket")),
                    Choice("notice", Label("通知送达凭证", "Proof that the notice arrived")),
                    Choice("statement", Label("本人说明", "The person's own words")),
                    Choice("witness", Label("他人说明", "Somebody else's words")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="says",
                label=Label("说明什么", "What it shows"),
                type="choice",
                required=True,
                choices=(
                    Choice("for", Label("有正当理由或者没有违反", "A good reason, or no breach")),
                    Choice("against", Label("确有其事", "It happened")),
                    Choice("unclear", Label("不能说明", "Nothing either way")),
                ),
            ),
            _told("text", Label("内容", "In words")),
        ),
    ),
    Kind(
        name="account_given",
        label=Label("本人说明", "The person's account"),
        compartment="legal",
        answers="entry",
        read_as=ReadAs("file", 88),
        cites=("戒毒条例#20",),
        recorded_by=("person", *TOWN),
        day=Label("提出日期", "Day handed in"),
        summary=Label("本人说明缘由（{sort}）", "The person says why ({sort})"),
        help=Label(
            "本人对一次外出、未检的说明和材料；工作人员答复以前不作任何处理。",
            "What the person says and hands in about an absence or a test; nothing follows until it is"
            " answered.",
        ),
        fields=(
            Ask(
                name="entry",
                label=Label("说的是哪一次", "Which time"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="sort",
                label=Label("有什么材料", "What paper there is"),
                type="choice",
                required=True,
                choices=PAPERS,
            ),
            _told("text", Label("为什么", "Why")),
        ),
    ),
    Kind(
        name="account_answer",
        label=Label("答复本人说明", "Account answered"),
        compartment="legal",
        answers="to",
        read_as=ReadAs("file", 89),
        cites=("戒毒条例#20",),
        recorded_by=OFFICE,
        day=Label("答复日期", "Day answered"),
        summary=Label("本人说明：{outcome}", "The person's account: {outcome}"),
        help=Label(
            "采纳的，另登“正当理由”，那一次就不再算入。",
            "One that is accepted is followed by an “excuse”: then that time no longer counts.",
        ),
        fields=(
            Ask(
                name="to",
                label=Label("所答复的说明", "Account answered"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="outcome",
                label=Label("处理结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("accepted", Label("采纳，有正当理由", "Accepted: a good reason")),
                    Choice("refused", Label("不采纳", "Not accepted")),
                ),
            ),
            _told(
                "text",
                Label("理由", "Reasons"),
                help=Label("本人会看到这段话", "The person reads this"),
            ),
        ),
    ),
    Kind(
        name="breach_report",
        label=Label("向公安机关报告", "Reported to the police"),
        compartment="legal",
        cites=("戒毒条例#21", "禁毒法#35"),
        recorded_by=OFFICE,
        day=Label("报告日期", "Day reported"),
        touches_liberty=True,
        summary=Label("向公安机关报告：{what}", "Reported to the police: {what}"),
        help=Label(
            "由工作人员决定是否报告，系统只列证据。报告不是决定；是否强制隔离戒毒由公安机关依法决定。",
            "Whether to report is the worker's decision; the service only lists the evidence. A report"
            " decides"
            " nothing: that is for the police by law.",
        ),
        fields=(
            Ask(
                name="what",
                label=Label("报告什么", "What is reported"),
                type="choice",
                required=True,
                choices=(
                    Choice("refusal", Label("拒绝接受社区戒毒", "Community treatment refused")),
                    Choice("relapse", Label("经确认的复吸", "A confirmed relapse")),
                    Choice("serious_breach", Label("严重违反协议", "A serious breach of the agreement")),
                ),
            ),
            Ask(name="to_whom", label=Label("报告给", "Reported to"), required=True, plain=True),
            _told("reasons", Label("理由和所依据的记录", "Reasons and the entries relied on")),
            Ask(
                name="heard",
                label=Label("报告前听取了本人说明", "The person was heard beforehand"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
        ),
    ),
)
