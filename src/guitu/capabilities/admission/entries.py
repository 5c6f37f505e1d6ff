"""Brought to the gate, checked, told; put off only by a doctor; not admitted where the law says so."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

GATE: Final = ("intake_officer", "centre_head")
GATE_AND_BRIGADE: Final = ("intake_officer", "brigade_officer", "centre_head")
MEDICAL: Final = ("doctor", "nurse")
SIGNED: Final = (
    Choice("yes", Label("已签字", "Signed")),
    Choice("refused", Label("拒签，已注明", "Refused, which is noted")),
    Choice("unable", Label("不能签，已捺印或注明", "Unable, which is noted")),
)
"""What became of a signature. None is forced: a refusal is written down."""

KINDS: Final = (
    Kind(
        name="delivery",
        label=Label("送到场所", "Brought to the centre"),
        compartment="custody",
        cites=("戒毒条例#27",),
        recorded_by=GATE,
        day=Label("送到日期", "Day brought"),
        summary=Label("由{brought_by}送到", "Brought by {brought_by}"),
        fields=(
            Ask(
                name="brought_by",
                label=Label("移送单位", "Brought by"),
                required=True,
                plain=True,
            ),
            Ask(
                name="decision_seen",
                label=Label("是否见到决定书", "Decision seen"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
        ),
    ),
    Kind(
        name="identity_check",
        label=Label("核对身份", "Identity checked"),
        compartment="custody",
        recorded_by=GATE,
        day=Label("核对日期", "Day checked"),
        summary=Label("核对身份：{by}，{result}", "Identity checked by {by}: {result}"),
        fields=(
            Ask(
                name="by",
                label=Label("依据", "By"),
                type="choice",
                required=True,
                choices=(
                    Choice("card", Label("居民身份证", "Identity card")),
                    Choice("household", Label("户口簿", "Household register")),
                    Choice("police", Label("公安机关证明", "A police certificate")),
                    Choice("none", Label("没有证件", "No papers")),
                ),
            ),
            Ask(
                name="result",
                label=Label("结果", "Result"),
                type="choice",
                required=True,
                choices=(
                    Choice("same", Label("与决定书一致", "As in the decision")),
                    Choice("differs", Label("不一致，已告知决定机关", "Differs; the deciding organ is told")),
                    Choice("unknown", Label("身份不明，正在查清", "Unknown, being established")),
                ),
            ),
        ),
    ),
    Kind(
        name="intake_check",
        label=Label("入所健康检查", "Health check on admission"),
        compartment="medical",
        cites=("戒毒条例#29", "禁毒法#39"),
        recorded_by=MEDICAL,
        day=Label("检查日期", "Day of the check"),
        summary=Label("入所健康检查完成", "Health check on admission done"),
        fields=(
            Ask(
                name="result",
                label=Label("处理", "What follows"),
                type="choice",
                required=True,
                choices=(
                    Choice("ordinary", Label("无须特别处理", "Nothing special")),
                    Choice("treat", Label("在所内治疗", "Treated in the centre")),
                    Choice("hospital", Label("须送医院", "To hospital")),
                ),
            ),
            Ask(
                name="pregnant",
                label=Label("是否怀孕", "Pregnant"),
                type="choice",
                choices=YES_NO,
                help=Label("女性必问，同意后检验", "Asked of every woman; tested if she agrees"),
            ),
            Ask(
                name="nursing",
                label=Label("是否正在哺乳自己不满一周岁的婴儿", "Nursing her own child under one"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(name="findings", label=Label("检查所见", "Findings"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="injury_record",
        label=Label("伤情登记", "Injuries recorded"),
        compartment="medical",
        recorded_by=(*GATE, *MEDICAL),
        day=Label("登记日期", "Day recorded"),
        summary=Label("伤情登记，有伤：{injured}", "Injuries recorded: {injured}"),
        help=Label(
            "有没有伤都要登记，由移送民警和本人分别签字。",
            "Recorded whether or not there are any, and signed by the escorting officers and by the person.",
        ),
        fields=(
            Ask(
                name="injured",
                label=Label("是否有伤", "Injured"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="where",
                label=Label("部位、程度", "Where and how"),
                type="long_text",
                required=True,
                sealed=True,
                only_when={"injured": ("yes",)},
            ),
            Ask(
                name="told",
                label=Label("本人说明的原因", "How, in the person's own words"),
                type="long_text",
                sealed=True,
                to_person=True,
                only_when={"injured": ("yes",)},
            ),
            Ask(
                name="police_signed",
                label=Label("移送民警签字", "Signed by the escorting officers"),
                type="choice",
                required=True,
                choices=SIGNED,
            ),
            Ask(
                name="person_signed",
                label=Label("本人签字", "Signed by the person"),
                type="choice",
                required=True,
                choices=SIGNED,
            ),
        ),
    ),
    Kind(
        name="belongings_kept",
        label=Label("代管物品", "Belongings kept"),
        compartment="custody",
        cites=("禁毒法#42", "戒毒条例#28"),
        recorded_by=GATE,
        day=Label("代管日期", "Day kept"),
        summary=Label("代管物品：{anything}", "Belongings kept: {anything}"),
        help=Label(
            "清单一式两份，解除时返还。", "The list is made out twice; everything is returned on release."
        ),
        fields=(
            Ask(
                name="searched_by",
                label=Label("检查人员", "Searched by"),
                type="choice",
                required=True,
                choices=(
                    Choice("male", Label("男工作人员", "Male staff")),
                    Choice("female", Label("女工作人员", "Female staff")),
                ),
                help=Label("女性须由女工作人员检查", "A woman is searched by female staff"),
            ),
            Ask(
                name="anything",
                label=Label("有无代管物品", "Anything kept"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="items",
                label=Label("清单", "List"),
                type="long_text",
                required=True,
                sealed=True,
                only_when={"anything": ("yes",)},
            ),
            Ask(
                name="money",
                label=Label("现金", "Cash"),
                type="whole",
                unit=Label("元", "yuan"),
                least=0,
                most=10_000_000,
                only_when={"anything": ("yes",)},
            ),
            Ask(
                name="person_signed",
                label=Label("本人签字", "Signed by the person"),
                type="choice",
                required=True,
                choices=SIGNED,
            ),
        ),
    ),
    Kind(
        name="rights_told",
        label=Label("告知权利", "Rights told"),
        compartment="legal",
        read_as=ReadAs("custody", 34),
        recorded_by=GATE_AND_BRIGADE,
        day=Label("告知日期", "Day told"),
        summary=Label("告知权利，书面：{written}", "Rights told, in writing: {written}"),
        fields=(
            Ask(
                name="written",
                label=Label("是否书面告知", "In writing"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="talk",
                label=Label("是否谈话", "With a talk"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="language",
                label=Label("使用的语言", "Language used"),
                help=Label("不通晓汉语的，用本人通晓的语言", "One that the person understands"),
            ),
            Ask(
                name="person_signed",
                label=Label("本人签字", "Signed by the person"),
                type="choice",
                required=True,
                choices=SIGNED,
            ),
        ),
    ),
    Kind(
        name="family_letter",
        label=Label("入所通知家属", "Letter to the family"),
        compartment="legal",
        read_as=ReadAs("custody", 36),
        recorded_by=GATE_AND_BRIGADE,
        day=Label("发出日期", "Day sent"),
        summary=Label("入所通知：{how}", "The family is told: {how}"),
        fields=(
            Ask(
                name="how",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("letter", Label("书面通知", "By letter")),
                    Choice("in_person", Label("当面送达", "In person")),
                    Choice("no_contact", Label("本人拒绝提供，已注明", "The person refuses contacts; noted")),
                    Choice("unknown", Label("身份不明，查清后通知", "Identity unknown; afterwards")),
                ),
            ),
            Ask(
                name="recipient",
                label=Label("收件人", "To"),
                of_others=True,
                only_when={"how": ("letter", "in_person")},
            ),
        ),
    ),
    Kind(
        name="sole_carer",
        label=Label("独自抚养赡养", "Sole carer"),
        compartment="legal",
        read_as=ReadAs("custody", 38),
        cites=("山东省禁毒条例#44",),
        recorded_by=GATE_AND_BRIGADE,
        day=Label("了解日期", "Day asked"),
        summary=Label("独自抚养赡养：{sole}", "Sole carer: {sole}"),
        help=Label(
            "家里有没有只靠本人照料的孩子、老人、病人；有的，写明怎样安置。",
            "Whether children, old or ill people at home depend on this person alone, and what was arranged.",
        ),
        fields=(
            Ask(name="sole", label=Label("有无", "Anybody"), type="choice", required=True, choices=YES_NO),
            Ask(
                name="who",
                label=Label("何人", "Who"),
                type="long_text",
                required=True,
                sealed=True,
                of_others=True,
                only_when={"sole": ("yes",)},
            ),
            Ask(
                name="settled",
                label=Label("是否已妥善安置", "Settled"),
                type="choice",
                required=True,
                choices=YES_NO,
                only_when={"sole": ("yes",)},
            ),
            Ask(
                name="arranged",
                label=Label("由谁安置、已告知谁", "By whom, and who was told"),
                type="long_text",
                sealed=True,
                of_others=True,
                only_when={"sole": ("yes",)},
            ),
        ),
    ),
    Kind(
        name="admission_deferred",
        label=Label("暂缓收治", "Admission put off"),
        compartment="medical",
        cites=("戒毒条例#31",),
        recorded_by=("doctor",),
        day=Label("暂缓日期", "Day put off"),
        summary=Label("暂缓收治：{why}", "Admission put off: {why}"),
        help=Label(
            "不因患病拒收。确须先送医院的，由医生写明理由和复查日期。",
            "Nobody is turned away for illness. Where a hospital comes first a doctor states why, and when"
            " the person is seen again.",
        ),
        fields=(
            Ask(
                name="why",
                label=Label("原因", "Why"),
                type="choice",
                required=True,
                plain=True,
                choices=(
                    Choice("hospital", Label("须先住院抢救治疗", "Hospital comes first")),
                    Choice("withdrawal", Label("严重戒断反应", "Severe withdrawal")),
                    Choice("other", Label("其他医学原因", "Another medical reason")),
                ),
            ),
            Ask(
                name="reason",
                label=Label("医生的理由", "The doctor's reason"),
                type="long_text",
                required=True,
                sealed=True,
            ),
            Ask(name="review_on", label=Label("复查日期", "Seen again on"), type="day", required=True),
        ),
    ),
    Kind(
        name="not_admitted",
        label=Label("不予收治", "Not admitted"),
        compartment="legal",
        cites=("禁毒法#39", "戒毒条例#26"),
        recorded_by=GATE,
        day=Label("日期", "Day"),
        summary=Label("不予收治，已告知{told_unit}", "Not admitted; {told_unit} is told"),
        help=Label(
            "怀孕、正在哺乳自己不满一周岁婴儿的妇女，不满十六周岁的未成年人。"
            "由决定机关责令社区戒毒；情形本身由医生登记在“不适用情形”。",
            "A pregnant woman, one nursing her own child under one, a minor under sixteen. The deciding organ"
            " orders community treatment; the ground itself is recorded as an exempting ground.",
        ),
        touches_liberty=True,
        fields=(
            Ask(
                name="told_unit",
                label=Label("已告知的决定机关", "Deciding organ told"),
                type="unit",
                required=True,
            ),
            Ask(name="told_on", label=Label("告知日期", "Day told"), type="day", required=True),
            Ask(
                name="went_with",
                label=Label("由谁接走", "Left with"),
                of_others=True,
            ),
        ),
    ),
)
