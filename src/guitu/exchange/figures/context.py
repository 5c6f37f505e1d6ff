"""What is said about each number: of what, where, when, and whether it is a level, a start, an end or a
change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from guitu.exchange.figures.numbers import Number
from guitu.exchange.figures.text import Bulletin, plain

Role = Literal["level", "from", "to", "change", "share", "base"]

DOWN: Final = r"下降|减少|降低|降幅|回落|下滑|缩减|压减|递减|降至|减至|降到|减到|负增长|同比降|环比降"
UP: Final = r"上升|增长|提高|增加|提升|增幅|升高|攀升|上涨|递增|增至|升至|涨幅|扩大|同比增|环比增|同比升"
_DOWN: Final = re.compile(DOWN)
_UP: Final = re.compile(UP)
_MOVED: Final = re.compile(f"{DOWN}|{UP}|变化|调整")
_REACHING: Final = re.compile(r"(?:到|至|为|成)[^，,。；;\d]{0,14}$")
_FROM: Final = re.compile(r"(?:从|由|自)[^，,。；;]{0,20}$")
_SHARE: Final = re.compile(r"占(?!地)[^，,。；;]{0,14}$|(?:占比|比例|比重|率)(?:为|达到?|是)?$")
_BASE: Final = re.compile(
    r"(?:上年|去年|同期|上月|上季度?|上半年|此前|原来|原有|年初|整治前)[^，,。；;\d]{0,10}$"
)

SCOPES: Final = {
    "国": "全国(?=共|累计|各地|范围)",
    "省": "全省",
    "市": "全市",
    "县": "全县|全区",
    "镇": "全镇|全乡|全街道",
    "村": "全村",
}
_SCOPE: Final = re.compile(
    "(?<!在)(?:"
    + "|".join(f"(?P<{'abcdef'[n]}>{words})" for n, words in enumerate(SCOPES.values()))
    + ")(?!率先|首|第一)"
)
_PERIOD: Final = re.compile(
    r"(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}月份?|[一二三四]季度|[上下]半年"
    r"|今年|去年|上年|前年|本月|上月|当年|同期|年初"
)
_DAY: Final = re.compile(r"月")
_PLACE: Final = re.compile(
    r"(?:^|[,，。、；;:：\s])([\u4e00-\u9fff]{2,4}(?:镇|乡|街道|村|县|市|区|大队|戒毒所)(?!级))"
)
_ONE_CASE: Final = re.compile(r"[该全此本一]案|案件中")

_STRIPPED: Final = re.compile(
    r"[（(][^）)]{0,20}[）)]|[“”\"「」『』‘’\s、·]|"
    r"(?:截至目前|截至|目前|三年来|三年期间|期间|多年来|累计|总计|合计|共计|总共|一共|全年|全省|全市|全县|全区|全国|先后|成功|"
    r"相继|各类|完成|达到|已经|其中|大会战|共|已|达|为|了|第|有|计|约|近|各|均|实现|同时|并|还|又|也|至|到|从|由|则|,|，)"
)
_AFTER: Final = re.compile(r"[、的，,。；;：:（(\n]")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number with what is said about it. `lead` is the sentence before the number before it, `before` and
    `after` the words around it, back to that number and on to the next; `what` is the thing it counts, bare
    of connecting words; `period` and `scope` are empty where the text leaves them open, `places` are the
    towns and houses named before it, `part` says that it is one of which, `one_case` that the sentence
    tells of a single case."""

    number: Number
    sentence: int
    article: int
    lead: str
    before: str
    clause: str
    after: str
    what: str
    role: Role
    sign: int
    period: str
    dated: bool
    scope: str
    places: frozenset[str] = frozenset()
    part: bool = False
    one_case: bool = False
    key: str = ""

    @property
    def signed(self) -> tuple[Decimal, Decimal]:
        """The bounds of what is meant, downwards as negative."""
        low, high = self.number.quantity.low, self.number.quantity.high
        return (-high, -low) if self.sign < 0 else (low, high)


def stated(bulletin: Bulletin, found: Sequence[Number]) -> list[Stated]:
    """Every number with what is said about it, in the order of the text."""
    seen = plain(bulletin.text)
    all_of: list[Stated] = []
    scope, article = "", -1
    for at, number in enumerate(found):
        which = bulletin.sentence_at(number.start)
        sentence = bulletin.sentences[which]
        if sentence.article != article:
            scope, article = "", sentence.article
        previous = found[at - 1].end if at else 0
        following = found[at + 1].start if at + 1 < len(found) else len(seen)
        floor = max(sentence.start, previous)
        before = seen[floor : number.start]
        clause = seen[bulletin.clause_start(number.start, floor) : number.start]
        after = _after(bulletin, seen, number, found, at, sentence.end)
        here = _last_scope(seen[sentence.start : number.start]) or _last_scope(after)
        scope = here or _scope_between(bulletin, seen, all_of, which) or scope
        period, dated = _period(seen, sentence.start, number.start, clause)
        role, sign = _role(before, clause, number, seen[number.end : min(following, sentence.end)])
        what = _bare(clause) + _bare(_AFTER.split(after, maxsplit=1)[0][:14])
        all_of.append(
            Stated(
                number,
                which,
                sentence.article,
                seen[sentence.start : floor],
                before,
                clause,
                after,
                what,
                role,
                sign,
                period,
                dated,
                scope,
                frozenset(_PLACE.findall(seen[sentence.start : number.start])),
                "其中" in before,
                bool(_ONE_CASE.search(seen[sentence.start : number.start])),
            )
        )
    return _paired(seen, all_of)


def _after(
    bulletin: Bulletin, seen: str, number: Number, found: Sequence[Number], at: int, ceiling: int
) -> str:
    """What follows up to the end of the clause, or to the next number when words stand before that."""
    end = bulletin.clause_end(number.end, ceiling)
    for later in found[at + 1 :]:
        if later.start >= end:
            break
        if len(seen[number.end : later.start].strip("、，和及 ")) >= 2:
            end = later.start
            break
    return seen[number.end : end]


def _last_scope(text: str) -> str:
    last = ""
    for match in _SCOPE.finditer(text):
        last = list(SCOPES)["abcdef".index(match.lastgroup or "a")]
    return last


def _scope_between(bulletin: Bulletin, seen: str, before: list[Stated], which: int) -> str:
    """The scope named in sentences without numbers since the last one."""
    since = before[-1].sentence if before else which
    last = ""
    for number in range(since, which):
        sentence = bulletin.sentences[number]
        if sentence.article == bulletin.sentences[which].article:
            last = _last_scope(seen[sentence.start : sentence.end]) or last
    return last


def _period(seen: str, start: int, end: int, clause: str) -> tuple[str, bool]:
    inside = [match.group() for match in _PERIOD.finditer(clause)]
    every = inside or [match.group() for match in _PERIOD.finditer(seen[start:end])]
    if not every:
        return "", False
    said = every[-1].replace("年", "").replace("份", "")
    return said, bool(_DAY.search(every[-1]))


def _role(before: str, clause: str, number: Number, after: str) -> tuple[Role, int]:
    clause, after = _PERIOD.sub("", clause), _PERIOD.sub("", after)
    direction = _direction(clause)
    rate = number.family in ("percent", "permille", "point", "times")
    if number.negative:
        return "change", -1
    reaching = bool(_REACHING.search(clause)) and not clause.endswith(("幅达到", "幅为"))
    if direction and not reaching and (rate or _MOVED.search(clause[-6:])):
        return "change", direction
    if _FROM.search(clause) and _MOVED.search(after[:16]):
        return "from", 0
    if direction and reaching:
        return "to", 0
    if _BASE.search(clause):
        return "base", 0
    if number.family in ("percent", "permille") and _SHARE.search(clause):
        return "share", 0
    return "level", 0


def _direction(clause: str) -> int:
    """-1 or 1 by the last word of moving in the clause; 0 without one."""
    down = max((match.end() for match in _DOWN.finditer(clause)), default=0)
    up = max((match.end() for match in _UP.finditer(clause)), default=0)
    return 0 if down == up else (-1 if down > up else 1)


def _paired(seen: str, found: list[Stated]) -> list[Stated]:
    """“从 a 上升到 b”: b is where it went to."""
    paired = list(found)
    for at in range(len(found) - 1):
        one, two = paired[at], found[at + 1]
        between = _PERIOD.sub("", seen[one.number.end : two.number.start])
        if one.role == "from" and one.sentence == two.sentence and _REACHING.search(between):
            paired[at + 1] = replace(two, role="to", sign=0, what=one.what)
    return paired


def _bare(text: str) -> str:
    """What is counted, without direction and connecting words."""
    without = re.sub(f"{DOWN}|{UP}", "", text)
    without = _PERIOD.sub("", without)
    return _STRIPPED.sub("", without)
