"""What the law's words are called when they are said to the person: 您, short clauses, nothing that labels
anybody.

Names that are not here are said as the law's own list has them.
"""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label

DUTIES: Final = {
    "report_in": Label("您到乡镇报到", "You report to the town office"),
    "sign_agreement": Label("乡镇与您签协议", "The town signs the agreement with you"),
    "notify_family": Label("公安机关通知您的家属", "The police tell your family"),
    "transfer_to_justice": Label("把您转到司法行政所", "You are moved to a justice centre"),
    "assess_before_expiry": Label("期满前为您做评估", "An assessment before your time ends"),
    "decide_opinion": Label("决定机关答复所里的意见", "The deciding organ answers the centre’s opinion"),
    "release_notice": Label("所里提前通知决定机关", "The centre gives notice before you leave"),
    "release": Label("所里按期让您离开", "The centre lets you go on time"),
    "notify_town_of_end": Label("公安机关告知乡镇已期满", "The police tell the town that it has ended"),
    "routine_test": Label("为您安排检测", "A test is arranged for you"),
    "serve_order": Label("把决定书交给您", "The order is handed to you"),
    "family_notice_of_admission": Label("告诉家属您已入所", "Your family is told where you are"),
    "answer_correction": Label("答复您的更正请求", "Your request to correct is answered"),
    "answer_objection": Label("答复您对检测的异议", "Your objection to a test is answered"),
    "recheck_assessment": Label("复核您对评估的异议", "Your objection to an assessment is re-checked"),
    "answer_help": Label("答复您的帮助请求", "Your request for help is answered"),
    "answer_account": Label("答复您的说明", "What you said is answered"),
    "send_sample": Label("把样本送去实验室", "The sample is sent to a laboratory"),
    "receive_lab_report": Label("拿到实验室的报告", "The laboratory’s report comes in"),
    "forward_legal_aid": Label("转交您的法律援助申请", "Your legal-aid application is forwarded"),
}

FINDINGS: Final = {
    "deemed_refusal": Label(
        "报到的日子已过，没有登记理由。您有理由，请告诉我们。",
        "The day to report has passed and no reason is recorded. If you have one, tell us.",
    ),
    "reported_late": Label(
        "您报到晚了。怎么处理，由公安机关决定。",
        "You reported late. What follows is for the police to decide.",
    ),
    "serious_breach": Label(
        "次数已达到法律写明的数。还没有作任何决定。有理由，请提出来。",
        "The count has reached the law’s number. Nothing is decided yet. If you have reasons, say so.",
    ),
    "held_past_term": Label(
        "期限已到，没有登记您离开。任何人不得多关一天。请马上投诉，或申请法律援助。",
        "Your time is over and no release is recorded. Nobody may be held a day longer. Complain now, or ask"
        " for legal aid.",
    ),
    "released_late": Label(
        "您离开得晚了。多关的日子，可以申请国家赔偿。",
        "You were released late. You may claim compensation for the days held over.",
    ),
    "printed_end_differs": Label(
        "决定书上的日期，和算出来的不同。以决定书为准，您可以请我们核对。",
        "The date on the order is not the computed one. The order stands; you may ask us to check it.",
    ),
    "early_release_too_soon": Label(
        "提前解除的意见，提得早了。", "The proposal to release you early came too soon."
    ),
    "early_release_barred": Label(
        "按条文，这一次不能提前解除。", "Under the article, early release is not possible this time."
    ),
    "extension_over_limit": Label(
        "延长的时间，超过了法律的上限。您可以申请复议。",
        "The extension is longer than the law allows. You may ask for reconsideration.",
    ),
    "extension_after_expiry": Label(
        "期满后才决定延长。您可以申请复议。",
        "The extension was decided after your time was over. You may ask for reconsideration.",
    ),
    "term_over_limit": Label(
        "决定的时间，超过了法律的上限。您可以申请复议。",
        "The time ordered is longer than the law allows. You may ask for reconsideration.",
    ),
    "not_applicable": Label(
        "您有不适用的情形。您可以申请复议。",
        "A ground exempts you from this measure. You may ask for reconsideration.",
    ),
    "transfer_overdue": Label(
        "您在公安所的时间，已经过了期限。", "Your time in the police centre is past its limit."
    ),
    "overlapping_orders": Label(
        "登记了两项不能同时执行的决定。请核对。",
        "Two orders that cannot both run are recorded. They must be checked.",
    ),
    "out_of_order": Label(
        "记录的先后有矛盾。请核对。", "The records contradict each other. They must be checked."
    ),
}

RIGHTS: Final = {
    "objection": Label("对检测结果提出异议", "Object to a test"),
    "retest": Label("申请复检", "Ask for a re-test"),
    "reconsideration": Label("申请行政复议", "Ask for reconsideration"),
    "reconsideration_untold": Label(
        "当时没告诉您可以复议的，还可以申请", "Reconsideration, if nobody told you of the right"
    ),
    "litigation": Label("向法院起诉", "Go to court"),
    "litigation_after": Label("收到复议结果后起诉", "Go to court after reconsideration"),
    "compensation": Label("申请国家赔偿", "Claim state compensation"),
}

HOW: Final = {
    "reconsideration": Label(
        "向作决定的公安机关的同级政府提出。可以口头说，也可以网上提。",
        "To the government of the same level as the police bureau; by word of mouth or online too.",
    ),
    "litigation": Label(
        "可以向您所在地的法院提出。也可以向对方所在地的法院提出。",
        "To the court where you are, or the one where the other side is.",
    ),
}
"""To whom: 行政复议法 arts 22 and 24; 行政诉讼法 art. 19."""

STOPS_NOTHING: Final = Label(
    "复议、起诉期间，原决定照常执行。您可以申请先停下来。",
    "The decision stays in force meanwhile; you may ask for it to be stayed.",
)
"""行政复议法 art. 42; 行政诉讼法 art. 56."""

RELEASED: Final = Label("已依法解除，无需再报到", "Ended by law: you need not report any more")
NOTHING: Final = Label("目前没有要做的事", "Nothing to do now")
BETWEEN: Final = Label("目前没有别的措施", "No other measure applies now")

ENDED: Final = {
    "expiry": RELEASED,
    "release": RELEASED,
    "early_release": RELEASED,
    "change": Label("已变更为另一项措施", "Changed to another measure"),
    "imprisoned": Label("因收监执行已经终止", "Ended because a sentence began"),
    "superseded": Label("已由另一项决定代替", "Replaced by a later order"),
}

COUNTED: Final = {
    "at_least": Label("到 {n} 算严重违反协议", "{n} is a serious breach"),
    "more_than": Label("超过 {n} 算严重违反协议", "more than {n} is a serious breach"),
}
