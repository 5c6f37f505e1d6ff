"""The named states of community orders, of invented people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.home.contact import contact_of
from guitu.home.custody import chain_of
from guitu.home.extra import REASONS
from guitu.home.order import standing
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.identity.component import Identity
from guitu.web.components.word.component import Word
from guitu.web.pages.contact.build import word as contact_word
from guitu.web.pages.contact.examples import LOST, line
from guitu.web.pages.order import build
from guitu.web.pages.order.burden import MORE, WORDS, BurdenShown, ExtraShown
from guitu.web.pages.order.counts import (
    COUNTED,
    EXCUSED,
    LIMITS,
    NOT_LOOKED_AT,
    PAPERS,
    Account,
    Count,
    Evidence,
    Item,
)
from guitu.web.pages.order.page import OrderPage, OrdersPage, TestPage

ON: Final = date(2026, 11, 23)
CASE: Final = "469023-2026-00001"
EVERY: Final = frozenset(
    {
        "served",
        "reporting_in",
        "agreement",
        "agreement_terms",
        "working_group",
        "recovery_plan",
        "plan_review",
        "urine_test",
        "sample_sealed",
        "sample_moved",
        "lab_report",
        "lab_result_told",
    }
)


def entry(n: int, kind: str, day: date, **fields: Value) -> Entry:
    """An entry recorded on its day."""
    at = datetime(day.year, day.month, day.day, 10, n, tzinfo=CHINA)
    return Entry(
        id=UUID(int=n),
        file=UUID(int=9),
        kind=kind,
        happened_on=day,
        recorded_at=at,
        author="li",
        unit="469023100200",
        fields=fields,
    )


_ORDER: Final = entry(1, "order", date(2026, 9, 1), measure="community_treatment")
_BEGUN: Final = (
    _ORDER,
    entry(2, "served", date(2026, 9, 2)),
    entry(3, "reporting_in", date(2026, 9, 8)),
    entry(4, "agreement", date(2026, 9, 8)),
    entry(5, "working_group", date(2026, 9, 8), worker="李晓梅", police="王建国", family="符母"),
    entry(6, "recovery_plan", date(2026, 9, 10), with_person="yes", review_on=date(2026, 11, 20)),
)
_TEST: Final = entry(
    10,
    "urine_test",
    date(2026, 11, 2),
    outcome="taken",
    result="positive",
    confirmed="no",
    tester_1="李晓梅",
    tester_2="王建国",
)
_T: Final = str(_TEST.id)
_SEALED: Final = entry(
    11,
    "sample_sealed",
    date(2026, 11, 2),
    test=_T,
    specimen="urine",
    a_no="A-0611",
    b_no="B-0611",
    taker_1="李晓梅",
    taker_2="王建国",
    taker_sex="male",
    told="yes",
    signed="yes",
    kept_at="镇禁毒办冷柜",
)
_SENT: Final = entry(
    12,
    "sample_moved",
    date(2026, 11, 4),
    test=_T,
    which="a",
    why="laboratory",
    from_whom="李晓梅",
    to_whom="陈技师",
    to_place="示例县检测中心",
    seal="whole",
)
_REPORT: Final = entry(
    13,
    "lab_report",
    date(2026, 11, 6),
    test=_T,
    stage="laboratory",
    which="a",
    body="示例县检测中心",
    result="negative",
    document_no="示检〔2026〕611号",
)
_TOLD: Final = entry(14, "lab_result_told", date(2026, 11, 6), test=_T, stage="laboratory", signed="yes")


def _counts() -> tuple[Count, ...]:
    cites = (Citation.parse("戒毒条例#20").label,)
    return (
        Count(
            Label("逃避或者拒绝检测的次数", "Tests evaded or refused"),
            "1",
            LIMITS["at_least"].fill(n=3),
            False,
            cites,
            (
                Item(
                    "e-1",
                    Label("2026年10月8日", "8 October 2026"),
                    Label("检测：逃避", "Test: evaded"),
                    COUNTED,
                    "东坡村",
                    "",
                    (
                        Evidence(
                            Label(
                                "通知送达凭证：不能说明", "Proof that the notice arrived: nothing either way"
                            ),
                            "电话三次未接通",
                        ),
                    ),
                    (
                        Account(
                            Label("2026年10月12日", "12 October 2026"),
                            Label("就医凭证", "Paper of a doctor"),
                            "那天发烧，在县医院打针。",
                            NOT_LOOKED_AT,
                            ((PAPERS["photo"].fill(n=1), "#"), (PAPERS["paper"].fill(n=2), "#")),
                            act=Button(Label("答复", "Answer"), href="#", look="small"),
                        ),
                        Account(
                            Label("2026年10月9日", "9 October 2026"),
                            Label("没有材料，只有说明", "No paper, only my words"),
                            "忘记了。",
                            Word("gap", Label("不采纳", "Not accepted")),
                            answer="当天电话通知两次均已接听。",
                            office="东坡村",
                        ),
                    ),
                    "#",
                ),
                Item(
                    "e-2",
                    Label("2026年10月22日", "22 October 2026"),
                    Label("检测：逃避", "Test: evaded"),
                    EXCUSED,
                    "东坡村",
                    Label("检测有正当理由，至 2026-10-25", "Excused from a test until 2026-10-25"),
                    (
                        Evidence(
                            Label("就医凭证：有正当理由或者没有违反", "Paper of a doctor: a good reason"),
                            "县医院住院证明",
                        ),
                    ),
                ),
            ),
        ),
        Count(
            Label("擅自外出的次数", "Unauthorised absences"),
            "0",
            LIMITS["at_least"].fill(n=3),
            False,
            cites,
            (),
        ),
    )


def _burden() -> BurdenShown:
    asked = entry(
        20,
        "extra_test",
        date(2026, 11, 16),
        for_day=date(2026, 11, 17),
        reason="back",
        text="外出十二天返回。",
    )
    return BurdenShown(
        Label(
            "定期或者抽签：按频次到今天 3 次，已检 2 次", "Routine or drawn: 3 by the preset so far, 2 tested"
        ),
        Label("加测：决定 4 次，已检 0 次", "Extra: 4 asked for, 0 tested"),
        MORE,
        (
            ExtraShown(
                f"x-{asked.id}",
                Label(
                    "2026年11月17日加测，2026年11月16日决定",
                    "extra test on 17 November 2026, decided on 16 November 2026",
                ),
                REASONS["back"],
                "外出十二天返回。",
                "河西镇",
                WORDS["open"],
                Button(Label("登记加测", "Record the test"), href="#", look="small"),
            ),
        ),
    )


def _person(entries: tuple[Entry, ...], counts: tuple[Count, ...], *chained: Entry) -> OrderPage:
    chains = (chain_of(_TEST, (_TEST, *chained), ON),) if chained else ()
    table = build.tests(chains, CASE)
    return OrderPage(
        identity=Identity("符某某", (Label("男 38 岁", "Male, 38"),), heading=True),
        lead=Label("社区戒毒，到 2029-09-07 为止", "Community treatment, until 2029-09-07"),
        contact=contact_word(contact_of(LOST if counts else entries, ON)),
        contact_href="#",
        steps=build.steps(standing(entries, ON), CASE, EVERY, ON),
        tests=table,
        no_tests=None if table else Empty(Label("没有阳性检测。", "There is no positive test.")),
        counts=counts,
        add_evidence="#" if counts else "",
        acts=(Button(Label("向公安机关报告", "Reported to the police"), href="#", look="grave"),)
        if counts
        else (),
        papers=(Button(Label("协议书（Word）", "Agreement (Word)"), href="#"),),
        back=Button(Label("回到社区执行", "Back to community orders"), href="#", look="link"),
        burden=_burden() if counts else None,
        drawn=Label("检测抽到 2026-11-20，尚未检测", "drawn for a test on 2026-11-20, not tested yet"),
    )


def _test(*chained: Entry) -> TestPage:
    chain = chain_of(_TEST, (_TEST, *chained), ON)
    return TestPage(
        identity=Identity("符某某", (Label("男 38 岁", "Male, 38"),), heading=True),
        word=build.outcome(chain),
        lead=Label("2026-11-02 的检测", "the test of 2026-11-02"),
        chain=build.chain_table(chain, {"li": "李晓梅"}, {"469023100200": "东坡村"}),
        samples=build.samples(chain),
        gaps=build.gaps(chain),
        acts=build.acts(chain, CASE, EVERY),
        back=Button(Label("回到本人的社区执行", "Back"), href="#", look="link"),
        keep=Label(
            f"样本保存到 {chain.keep_until}，此前不得销毁", f"Samples are kept until {chain.keep_until}"
        )
        if chain.keep_until
        else "",
    )


def page_in_state(name: str) -> Any:
    """The page of that state."""
    asked = build.Asked()
    if name in ("list", "nobody"):
        lines = [
            build.Line(line(1, "符某某"), standing(_BEGUN, ON)),
            build.Line(line(2, "王某某", "community_recovery"), standing(_BEGUN[:2], ON)),
        ]
        found = lines if name == "list" else []
        return OrdersPage(
            "河西镇",
            build.lead(found),
            build.orders(*build.page_of(build.narrowed(found, asked), asked), asked),
            build.filters(found, asked, ()),
            build.finder(asked),
        )
    if name == "person":
        return _person(_BEGUN, _counts(), _SEALED)
    if name == "fresh":
        return _person((_ORDER,), ())
    return _test() if name == "unconfirmed" else _test(_SEALED, _SENT, _REPORT, _TOLD)
