"""Consent, request, the hospital's answer, the call, its opinion and what it would prescribe, and the end.

`to` is the id of the request (of the hospital's prescription, for what became of it). Nothing of this is
written in the form of one kind: each is a step of one consultation, and its page knows which step it is.
What a hospital prescribes is advice: medicine is given by an ordinary prescription of the centre's doctor,
or not at all.
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, time_of_day
from guitu.centre import icd
from guitu.centre.prescribing import PRESCRIBED
from guitu.kernel.labels import Label

CARE: Final = ("禁毒法#45", "戒毒条例#29")
CONSENT: Final = ("个人信息保护法#29",)
CENTRE: Final = ("doctor",)
HOSPITAL: Final = ("hospital_doctor",)
BOTH: Final = ("hospital_doctor", "doctor")

_TO: Final = Ask(
    name="to",
    label=Label("远程会诊请求", "Request"),
    required=True,
    internal=True,
    plain=True,  # the id of an entry: it tells nothing
)
_VIA: Final = Ask(
    name="via",
    label=Label("怎样来的", "How it came"),
    type="choice",
    required=True,
    choices=(
        Choice("here", Label("医院医生本人在本系统填写", "Written here by the hospital’s doctor")),
        Choice("file", Label("导入医院发来的文件", "From a file that the hospital sent")),
    ),
)
_SIGNED: Final = Ask(
    name="signed",
    label=Label("签名医生和医院", "Signed by, of which hospital"),
    required=True,
    of_others=True,
)

KINDS: Final = (
    Kind(
        name="remote_consent",
        label=Label("远程会诊的同意", "Consent to a remote consultation"),
        compartment="medical",
        cites=CONSENT,
        recorded_by=CENTRE,
        own_page=True,
        day=Label("告知日期", "Day told"),
        fields=(
            Ask(
                name="answer",
                label=Label("说明以后，本人是否同意", "Told of it, does the person consent"),
                type="choice",
                required=True,
                plain=True,  # without it the gate takes no request
                choices=(
                    Choice("yes", Label("同意", "Consents")),
                    Choice("no", Label("不同意", "Does not consent")),
                ),
                help=Label(
                    "要告诉本人：找哪家医院、为什么、给对方看哪些资料、怎样通话、不录音录像、可以随时撤回，"
                    "拒绝没有任何后果。",
                    "Tell the person which hospital, why, what it will be shown, how the call is held,"
                    " that nothing is recorded, that consent may be withdrawn at any time and that"
                    " refusing has no consequence.",
                ),
            ),
            Ask(
                name="by",
                label=Label("由谁表示", "Who says so"),
                type="choice",
                required=True,
                only_when={"answer": ("yes",)},
                choices=(
                    Choice("self", Label("本人", "The person")),
                    Choice("guardian", Label("监护人", "The guardian")),
                ),
            ),
            Ask(
                name="video",
                label=Label("是否同意视频", "Consents to video"),
                type="choice",
                required=True,
                only_when={"answer": ("yes",)},
                choices=YES_NO,
            ),
            Ask(
                name="named",
                label=Label("是否同意告诉医院姓名", "The hospital may be told the name"),
                type="choice",
                required=True,
                only_when={"answer": ("yes",)},
                choices=YES_NO,
                help=Label(
                    "不同意的，医院只看到代号、性别和年龄。", "Else it is shown a code, sex and age only."
                ),
            ),
        ),
    ),
    Kind(
        name="remote_request",
        label=Label("远程会诊请求", "Request for a remote consultation"),
        compartment="medical",
        cites=CARE,
        recorded_by=CENTRE,
        own_page=True,
        day=Label("请求日期", "Day asked"),
        fields=(
            Ask(
                name="hospital",
                label=Label("协作医院", "Partner hospital"),
                type="unit",
                required=True,
                plain=True,  # by which a hospital's worklist is found without anybody's keys
            ),
            Ask(name="department", label=Label("科室", "Department")),
            Ask(
                name="urgency",
                label=Label("缓急", "How soon"),
                type="choice",
                required=True,
                choices=(
                    Choice("today", Label("当天", "Today")),
                    Choice("soon", Label("近日", "In the next days")),
                ),
                help=Label(
                    "危及生命的，立即送医，不走远程会诊。",
                    "Where life is in danger take the person to hospital; do not ask here.",
                ),
            ),
            Ask(
                name="question",
                label=Label("请医院回答什么", "What is asked"),
                type="long_text",
                required=True,
            ),
            Ask(
                name="summary",
                label=Label("病情摘要（不写姓名）", "Summary (no name)"),
                type="long_text",
                required=True,
            ),
            Ask(name="consent", label=Label("同意", "Consent"), required=True, internal=True, plain=True),
            Ask(
                name="shares", label=Label("给对方看的资料", "What is shown"), type="long_text", internal=True
            ),
        ),
    ),
    Kind(
        name="remote_withdrawn",
        label=Label("撤回远程会诊", "Consultation withdrawn"),
        compartment="medical",
        cites=CONSENT,
        recorded_by=CENTRE,
        own_page=True,
        answers="to",
        day=Label("撤回日期", "Day withdrawn"),
        fields=(
            _TO,
            Ask(
                name="why",
                label=Label("为什么", "Why"),
                type="choice",
                required=True,
                plain=True,  # a consent taken back is one no more, which the gate has to know
                choices=(
                    Choice("consent", Label("本人撤回同意", "The person no longer consents")),
                    Choice("sent", Label("已送医院", "Taken to hospital")),
                    Choice("needless", Label("不再需要", "No longer needed")),
                ),
            ),
        ),
    ),
    Kind(
        name="remote_answer",
        label=Label("协作医院接收或者谢绝", "The hospital accepts or declines"),
        compartment="medical",
        recorded_by=HOSPITAL,
        own_page=True,
        answers="to",
        day=Label("答复日期", "Day answered"),
        fields=(
            _TO,
            Ask(
                name="answer",
                label=Label("答复", "Answer"),
                type="choice",
                required=True,
                choices=(
                    Choice("accepted", Label("接收", "Accepted")),
                    Choice("declined", Label("谢绝", "Declined")),
                ),
            ),
            Ask(
                name="planned_on",
                label=Label("约定通话日期", "Call planned on"),
                type="day",
                only_when={"answer": ("accepted",)},
            ),
            Ask(
                name="planned_at",
                label=Label("约定时间（四位数字）", "At (four digits)"),
                type="whole",
                least=0,
                most=2359,
                clock=True,
                only_when={"answer": ("accepted",)},
            ),
            Ask(
                name="why",
                label=Label("谢绝的理由", "Why it is declined"),
                type="long_text",
                required=True,
                only_when={"answer": ("declined",)},
            ),
            _SIGNED,
        ),
    ),
    Kind(
        name="remote_call",
        label=Label("远程会诊通话", "Call of a consultation"),
        compartment="medical",
        recorded_by=BOTH,
        own_page=True,
        answers="to",
        day=Label("通话日期", "Day of the call"),
        fields=(
            _TO,
            time_of_day(Label("开始时间", "Began at")),
            Ask(
                name="minutes",
                label=Label("时长", "Lasted"),
                type="whole",
                unit=Label("分钟", "minutes"),
                required=True,
                least=0,
                most=600,
            ),
            Ask(
                name="how",
                label=Label("怎样通话", "How"),
                type="choice",
                required=True,
                plain=True,  # what calls are counted by
                choices=(
                    Choice("video", Label("视频", "Video")),
                    Choice("audio", Label("只有声音", "Sound only")),
                    Choice("text", Label("文字", "Text")),
                    Choice("phone", Label("电话", "Telephone")),
                ),
            ),
            Ask(
                name="why",
                label=Label("没有视频的原因", "Why without video"),
                required=True,
                only_when={"how": ("audio", "text", "phone")},
            ),
            Ask(
                name="present",
                label=Label("在场的人（职务即可）", "Who was present (posts will do)"),
                required=True,
                of_others=True,
            ),
        ),
    ),
    Kind(
        name="remote_opinion",
        label=Label("远程会诊意见", "Opinion of the hospital"),
        compartment="medical",
        cites=CARE,
        recorded_by=BOTH,
        own_page=True,
        answers="to",
        day=Label("意见日期", "Day of the opinion"),
        fields=(
            _TO,
            Ask(
                name="code",
                label=Label("疾病编码（ICD-10）", "Code of the condition (ICD-10)"),
                check=icd.fault,
                help=Label("如 I10、E11.9；可以不填", "Such as I10, E11.9; may be left out"),
            ),
            Ask(name="opinion", label=Label("会诊意见", "Opinion"), type="long_text", required=True),
            Ask(
                name="next",
                label=Label("下一步", "What next"),
                type="choice",
                required=True,
                choices=(
                    Choice("here", Label("在所内继续治疗", "Goes on being treated in the centre")),
                    Choice("again", Label("再次远程会诊", "Another consultation")),
                    Choice("visit", Label("到医院就诊", "Comes to the hospital")),
                    Choice("at_once", Label("立即送医院", "Is taken to hospital at once")),
                ),
            ),
            _SIGNED,
            _VIA,
        ),
    ),
    Kind(
        name="remote_prescription",
        label=Label("协作医院的处方意见", "Prescription that the hospital advises"),
        compartment="medical",
        cites=CARE,
        recorded_by=BOTH,
        own_page=True,
        answers="to",
        day=Label("开具日期", "Day advised"),
        help=Label(
            "只是意见：所内医生接手并开具处方以后才发药。",
            "Advice only: nothing is given before the centre’s doctor takes it over.",
        ),
        fields=(_TO, *PRESCRIBED, _SIGNED, _VIA),
    ),
    Kind(
        name="remote_taken_over",
        label=Label("对处方意见的处理", "What became of the advised prescription"),
        compartment="medical",
        cites=CARE,
        recorded_by=CENTRE,
        own_page=True,
        answers="to",
        day=Label("处理日期", "Day settled"),
        fields=(
            _TO,
            Ask(
                name="taken",
                label=Label("是否接手", "Taken over"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="prescription",
                label=Label("开具的处方", "The prescription"),
                internal=True,
                plain=True,
                only_when={"taken": ("yes",)},
            ),
            Ask(
                name="why",
                label=Label("不接手的理由", "Why not"),
                type="long_text",
                required=True,
                only_when={"taken": ("no",)},
            ),
        ),
    ),
    Kind(
        name="remote_closed",
        label=Label("远程会诊结束", "Consultation closed"),
        compartment="medical",
        recorded_by=CENTRE,
        own_page=True,
        answers="to",
        day=Label("结束日期", "Day closed"),
        fields=(
            _TO,
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                plain=True,  # what consultations are counted by
                choices=(
                    Choice("treated", Label("在所内治疗", "Treated in the centre")),
                    Choice("referred", Label("转诊到医院", "Referred to the hospital")),
                    Choice("unanswered", Label("医院没有给出意见", "No opinion was given")),
                ),
            ),
        ),
    ),
)
