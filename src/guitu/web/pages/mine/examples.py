"""The named states of the person's own page, each made by the same functions from a small invented file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Value
from guitu.casefile.second import SECOND
from guitu.centre.assessing import Settings
from guitu.compose import policy
from guitu.home.custody import OUTCOMES
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway import assess
from guitu.web.component import State
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.pages.mine.page import AskPage, AwayPage, ClosedPage, CountsPage, Item, MinePage, Seen

TODAY: Final = date(2026, 11, 23)
_FILE: Final = UUID(int=7)

Row = tuple[str, str, dict[str, Value]]


def entries(*rows: Row) -> tuple[Entry, ...]:
    """Entries of an invented file, a minute apart."""
    made = []
    for place, (day, kind, fields) in enumerate(rows):
        on = date.fromisoformat(day)
        at = datetime.combine(on, time(9), CHINA) + timedelta(minutes=place)
        identifier = uuid7(int(at.timestamp() * 1000), place.to_bytes(10, "big"))
        asked = {k: str(made[v].id) if k == "to" and isinstance(v, int) else v for k, v in fields.items()}
        source = f"{SECOND}王某某 1" if kind in ("assessment", "assessment_sheet") else ""
        made.append(
            Entry(id=identifier, file=_FILE, kind=kind, happened_on=on, recorded_at=at, fields=asked,
                  source=source)
        )  # fmt: skip
    return tuple(made)


_PERSON: Final[Row] = ("2025-01-02", "person", {"name": "符某某", "sex": "male", "birth": date(1985, 3, 1)})
_COMMUNITY: Final[tuple[Row, ...]] = (
    _PERSON,
    ("2025-03-03", "order", {"measure": "community_treatment"}),
    ("2025-03-05", "served", {}),
    ("2025-03-12", "reporting_in", {}),
)
_AGREED: Final[tuple[Row, ...]] = (*_COMMUNITY, ("2025-03-14", "agreement", {}))
_HELD: Final[tuple[Row, ...]] = (
    _PERSON,
    ("2025-06-02", "order", {"measure": "compulsory_isolation"}),
    ("2025-06-02", "served", {}),
    ("2025-06-03", "family_notified", {}),
    ("2025-06-03", "admission", {"place": "justice_centre"}),
)


def _page(rows: tuple[Row, ...], **more: object) -> Callable[[], MinePage]:
    def make() -> MinePage:
        from guitu.web.pages.mine import build
        from guitu.web.pages.mine.sample import sample

        file = CaseFile(_FILE, entries(*rows))
        answer = assess(file, policy(), TODAY)
        return build.mine(build.About(sample(file), answer, TODAY, phone="0000-12345678", **more))  # type: ignore[arg-type]

    return make


_JUDGED: Final[tuple[Row, ...]] = (
    *_HELD,
    ("2026-11-16", "assessment_sheet", {
        "stage": "one_year", "physiological": "pass", "physiological_reason": "检查正常", "recovery": "pass",
        "recovery_reason": "体能达标", "conduct": "fail", "conduct_reason": "九月两次受批评",
        "social": "fair", "social_reason": "住处待落实",
    }),
    ("2026-11-16", "assessment", {"stage": "one_year", "physiological": "pass", "recovery": "pass",
                                  "conduct": "fail", "social": "fair"}),
    ("2026-11-18", "assessment_copy", {"to": 5, "receipt": "signed", "told": "yes"}),
)  # fmt: skip


_SEEN: Final = (
    Seen(
        date(2026, 11, 21), "河西镇", Label("乡镇禁毒办", "Town anti-drug office"), Label("查看", "Opened"), 2
    ),
    Seen(date(2026, 11, 3), "示例县", Label("县级主管", "County supervisor"), Label("打印", "Printed")),
)


def _form(what: str, rows: tuple[Row, ...] = _AGREED) -> Callable[[], AskPage]:
    def make() -> AskPage:
        from guitu.web.pages.mine import asking
        from guitu.web.pages.mine.sample import sample

        view = sample(CaseFile(_FILE, entries(*rows)))
        return asking.ask_page(what, view, TODAY, str(UUID(int=1)))

    return make


def _wrong() -> AskPage:
    from guitu.web.pages.mine import asking
    from guitu.web.pages.mine.sample import sample

    view = sample(CaseFile(_FILE, entries(*_AGREED)))
    answered = asking.read("family", {"who": "", "relation": "妻子", "until": "昨天"}, view, TODAY)
    return asking.ask_page("family", view, TODAY, str(UUID(int=1)), answered=answered)


def _moved() -> MinePage:
    from guitu.web.pages.mine import moving

    made = _page((*_AGREED, ("2025-04-01", "reminder_consent", {"agrees": "yes", "phone": "19812345678"})))
    return replace(made(), moving=moving.example(TODAY))


def _counts() -> CountsPage:
    from guitu.web.pages.order.examples import page_in_state

    page = page_in_state("person")
    told = tuple(
        replace(one, items=tuple(replace(i, accounts=tuple(replace(a, act=None) for a in i.accounts))
                                 for i in one.items))
        for one in page.counts
    )  # fmt: skip
    positive = Item(
        Label("2026年2月10日的检测", "The test of 10 February 2026"),
        Label(
            "要核对的：没有登记告知本人初检结果",
            "To be checked: No entry that the person was told the first result",
        ),
        Word("done", OUTCOMES["refuted"]),
    )
    return CountsPage(told, page.burden, positives=(positive,), office="东坡村", phone="0000-12345678")


STATES: Final = (
    State("handed_over", Label("档案在移交中", "The file is being handed over"), _moved),
    State("on_a_measure", Label("在社区戒毒中", "On a measure"), _page(
        (*_AGREED,
         ("2025-06-01", "urine_test", {"outcome": "evaded"}),
         ("2025-06-20", "urine_test", {"outcome": "refused"}),
         ("2025-06-20", "excuse", {"of": "urine_test"}),
         ("2026-10-08", "absence", {"authorised": "no", "days": 4})),
        seen=_SEEN,
    )),
    State("owed", Label("他人逾期", "Owed to the person"), _page(_COMMUNITY, seen=())),
    State("not_reported", Label("尚未报到", "Not reported yet"), _page(
        (_PERSON, ("2026-11-10", "order", {"measure": "community_treatment"}), ("2026-11-12", "served", {})),
    )),
    State("between", Label("两项措施之间", "Between measures"), _page(
        (*_HELD, ("2026-09-01", "decision", {"effect": "early_release", "takes_effect_on": date(2026, 9, 4)}),
         ("2026-09-04", "release", {})),
    )),
    State("ended", Label("已解除", "Ended"), _page(
        (_PERSON, ("2022-03-03", "order", {"measure": "community_treatment"}), ("2022-03-05", "served", {}),
         ("2022-03-12", "reporting_in", {}), ("2022-03-14", "agreement", {}),
         ("2025-03-14", "end_notice", {})),
    )),
    State("nothing_due", Label("没有要做的事", "Nothing due"), _page(_AGREED, seen=())),
    State("reply_waiting", Label("等待答复", "A reply waiting"), _page(
        (*_AGREED,
         ("2026-11-01", "help_request", {"need": "work"}),
         ("2026-11-02", "correction_request", {"text": "出生日期"}),
         ("2026-11-10", "correction_reply",
          {"to": 6, "outcome": "refused", "text": "与户口簿一致，没有错。"})),
        notice=Notice("fresh", Label("已收到，编号 8F2K90", "Received: number 8F2K90")),
    )),
    State("recovery_place", Label("住在康复场所", "Living in a recovery place"), _page(
        (*_AGREED,
         ("2026-06-01", "recovery_place_stay",
          {"voluntary": "yes", "wage": 2400, "until": date(2027, 5, 31)})),
        seen=(),
    )),
    State("in_custody", Label("在所内", "In custody"), _page(_HELD)),
    State("assessed", Label("评估表已交本人，可以提异议", "Assessed; one may object"), _page(
        _JUDGED, settings=Settings(objection=10, recheck=7),
    )),
    State("assessment_objected", Label("已提异议，复核中", "Objected; being re-checked"), _page(
        (*_JUDGED, ("2026-11-19", "assessment_objection", {"to": 5, "text": "九月只有一次"})),
        settings=Settings(objection=10, recheck=7),
    )),
    State("held_over", Label("超期", "Held over the term"), _page(
        (_PERSON, ("2024-06-02", "order", {"measure": "compulsory_isolation"}), ("2024-06-02", "served", {}),
         ("2024-06-03", "admission", {"place": "justice_centre"})),
    )),
    State("family", Label("家属页面", "The family's page"), _page(_AGREED, part="duties")),
    State("ask_correct", Label("更正", "A correction"), _form("correct")),
    State("ask_object", Label("异议", "An objection"), _form(
        "object", (*_AGREED, ("2026-11-20", "urine_test", {"outcome": "taken", "result": "positive"})),
    )),
    State("ask_object_none", Label("没有可异议的检测", "No test to object to"), _form("object")),
    State("ask_assessment", Label("对评估的异议", "An objection to an assessment"), _form(
        "assessment", _JUDGED,
    )),
    State("ask_assessment_none", Label("没有可异议的评估", "No assessment to object to"),
          _form("assessment", _HELD)),
    State("extra_test", Label("有一次加测", "A test besides the draw"), _page(
        (*_AGREED,
         ("2026-11-16", "extra_test",
          {"for_day": date(2026, 11, 17), "reason": "back", "text": "外出十二天返回。"})),
        seen=(),
    )),
    State("ask_explain", Label("说明缘由", "Saying why"), _form(
        "explain", (*_AGREED, ("2025-06-01", "urine_test", {"outcome": "evaded"})),
    )),
    State("ask_explain_none", Label("没有可说明的", "Nothing to explain"), _form("explain")),
    State("counts", Label("逐条看", "Entry by entry"), _counts),
    State("ask_help", Label("帮助", "Help"), _form("help")),
    State("ask_remedy", Label("救济", "A remedy"), _form("remedy")),
    State("ask_wrong", Label("填写有误", "With faults"), _wrong),
    State("closed", Label("同意已结束", "Consent over"), ClosedPage(
        Label("现在不能查看", "This is not open now"),
        Label("本人的同意已经到期，或者已经收回。", "The person’s consent is over, or was taken back."),
    )),
    State("away", Label("快速离开", "Left quickly"), AwayPage(TODAY)),
)  # fmt: skip
