"""Parts and their whole: more parts than the whole holds, parts that do not make up the total, shares that
do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.finding import Finding, finding
from guitu.exchange.figures.text import Bulletin, plain
from guitu.kernel.labels import Label

_OF_WHICH: Final = re.compile(
    r"其中|包括|分别(?:为|是|有|达|计)?|[（(](?=[^）)]*$)|[:：]\s*[^，,。；;]{0,12}$|由"
)
_SHARES: Final = re.compile(r"占[^，,。；;]{0,14}$")
_DONE: Final = re.compile(r"实|已|完成")
_TOTAL: Final = re.compile(r"(?:合计|共计|总计|总共|一共|总数|合共|相加)[^，,。；;\d]{0,10}$")
_ACTS: Final = re.compile(
    r"开展|抓获|查获|缴获|投入|发放|组织|建立|成立|举办|培训|帮扶|责令|查处|受教|受众|惠及|覆盖|召开|走访|回访|印发|张贴|"
    r"建成|打掉|摧毁|铲除|关停|奖励|兑现|全县|全省|全市|另|此外|同时|累计|共"
)
_KINDS: Final[tuple[tuple[str, tuple[str, ...], bool], ...]] = (
    ("sex", ("男", "女"), True),
    (
        "origin",
        ("省内", "省外", "本省", "外省", "本地", "外地", "本县", "外县", "县内", "县外", "市内", "市外"),
        True,
    ),
    ("place", ("城镇", "农村", "城市", "城区", "乡村"), True),
    ("age", ("未成年", "成年", "岁"), False),
    ("health", ("病残", "艾滋", "肝炎", "肺结核", "残疾", "患病"), False),
    ("times", ("首次", "初次", "多次", "复吸", "再次"), False),
    ("measure", ("社区戒毒", "社区康复", "强制隔离", "强戒", "自愿戒毒", "社戒", "社康"), False),
)
"""By what parts are told apart, and whether two of them make up the whole."""


MOST_PARTS: Final = 60
"""Parts of one whole that are looked at."""


def sums(bulletin: Bulletin, found: Sequence[Stated]) -> Iterator[Finding]:
    """Each whole whose parts do not fit it."""
    seen = plain(bulletin.text)
    for at, whole in enumerate(found):
        if _counts(whole):
            yield from _parts_after(bulletin, seen, found, at)
            yield from _parts_before(bulletin, seen, found, at)
        yield from _rate(bulletin, found, at)
    yield from _shares_together(bulletin, seen, found)


def _counts(stated: Stated) -> bool:
    rate = stated.number.family in ("percent", "permille", "point", "times", "duration", "")
    return not rate and not stated.number.ranged and stated.role in ("level", "to")


def _parts_after(bulletin: Bulletin, seen: str, found: Sequence[Stated], at: int) -> Iterator[Finding]:
    whole, parts, shares = found[at], [], []
    link = ""
    for stated in found[at + 1 :]:
        between = seen[found[at + len(parts) + len(shares)].number.end : stated.number.start]
        if len(parts) + len(shares) == MOST_PARTS:
            break
        if stated.sentence > whole.sentence + (1 if _next_says_of_which(bulletin, whole) else 0):
            break
        if not parts and not shares:
            match = _OF_WHICH.search(between)
            if match is None:
                break
            link = match.group()
        elif _ACTS.search(between):
            break
        if _SHARES.search(stated.clause) and stated.role == "share" and parts:
            shares.append((parts[-1], stated))
        elif stated.number.family == whole.number.family and _counts(stated):
            parts.append(stated)
        else:
            break
    if parts:
        yield from _judged(bulletin, seen, whole, parts, link)
    for part, share in shares:
        yield from _share(bulletin, whole, part, share)


def _next_says_of_which(bulletin: Bulletin, whole: Stated) -> bool:
    after = whole.sentence + 1
    return after < len(bulletin.sentences) and bulletin.quoted(after).startswith("其中")


def _judged(
    bulletin: Bulletin, seen: str, whole: Stated, parts: list[Stated], link: str
) -> Iterator[Finding]:
    ceiling = whole.number.quantity.high
    too_many = [part for part in parts if part.number.quantity.low > ceiling]
    if too_many:
        part = too_many[0].number
        yield finding(
            "sum_mismatch",
            bulletin,
            [whole, *too_many],
            Label(
                f"部分（{part.printed}）多于整体（{whole.number.printed}）。",
                f"a part ({part.printed}) is more than its whole ({whole.number.printed}).",
            ),
        )
        return
    if len(parts) < 2:
        return
    low = sum((part.number.quantity.low for part in parts), Decimal(0))
    high = sum((part.number.quantity.high for part in parts), Decimal(0))
    kinds = {_kind(part) for part in parts}
    complete = link.startswith(("分别", "分为", "由")) or (len(kinds) == 1 and _complete(parts, whole))
    over = low > ceiling and len(kinds) == 1
    under = complete and high < whole.number.quantity.low
    if over or under:
        yield _unequal(bulletin, whole, parts)


def _kind(part: Stated) -> str:
    words = part.clause + part.after.partition("、")[0]
    return next((name for name, said, _ in _KINDS if any(word in words for word in said)), "")


def _complete(parts: list[Stated], whole: Stated) -> bool:
    kind = _kind(parts[0])
    if kind == "measure":
        return "社区戒毒社区康复" in whole.clause or "社戒社康" in whole.clause + whole.after
    return len(parts) == 2 and any(name == kind and makes_whole for name, _, makes_whole in _KINDS)


def _unequal(bulletin: Bulletin, whole: Stated, parts: list[Stated]) -> Finding:
    total = sum((part.number.value for part in parts), Decimal(0))
    added = " + ".join(part.number.printed for part in parts)
    shown = f"{total:f}".rstrip("0").rstrip(".") if "." in f"{total:f}" else f"{total:f}"
    return finding(
        "sum_mismatch",
        bulletin,
        [whole, *parts],
        Label(
            f"各部分相加 {added} = {shown}，文中的合计是 {whole.number.printed}。",
            f"the parts {added} = {shown}, the text gives {whole.number.printed} in all.",
        ),
    )


def _parts_before(bulletin: Bulletin, seen: str, found: Sequence[Stated], at: int) -> Iterator[Finding]:
    """“120人、80人、60人，合计260人”: at least two numbers of the same kind right before a total."""
    whole = found[at]
    if not _TOTAL.search(whole.clause) and whole.clause.strip() not in ("共", "共有", "总共", "一共"):
        return
    parts: list[Stated] = []
    for stated in reversed(found[:at]):
        if (
            stated.sentence != whole.sentence
            or not _counts(stated)
            or stated.number.family != whole.number.family
        ):
            break
        if parts and _OF_WHICH.search(seen[stated.number.end : parts[0].number.start]):
            break
        parts.insert(0, stated)
    if len(parts) < 2 or not all(stated.number.quantity.exact for stated in (*parts, whole)):
        return
    if sum((part.number.value for part in parts), Decimal(0)) != whole.number.value:
        yield _unequal(bulletin, whole, parts)


def _share(bulletin: Bulletin, whole: Stated, part: Stated, share: Stated) -> Iterator[Finding]:
    """“其中 b 人，占 c%”, against b of the whole."""
    if not (whole.number.quantity.exact and part.number.quantity.exact and share.number.quantity.exact):
        return
    if not whole.number.value:
        return
    per = 100 if share.number.family == "percent" else 1000
    true = part.number.value / whole.number.value * per
    if abs(true - share.number.value) > Decimal("0.5").scaleb(-share.number.decimals) + Decimal("0.000001"):
        sign = "%" if per == 100 else "‰"
        yield finding(
            "sum_mismatch",
            bulletin,
            [whole, part, share],
            Label(
                f"{part.number.printed} 占 {whole.number.printed} 的 {true:.2f}{sign}，"
                f"文中写的是 {share.number.printed}。",
                f"{part.number.printed} of {whole.number.printed} is {true:.2f}{sign}, the text says "
                f"{share.number.printed}.",
            ),
        )


def _rate(bulletin: Bulletin, found: Sequence[Stated], at: int) -> Iterator[Finding]:
    """“应回访 400 人，实际回访 380 人，回访率 90%”."""
    share = found[at]
    if at < 2 or share.role != "share" or "率" not in share.clause:
        return
    whole, part = found[at - 2 : at]
    same = whole.sentence == part.sentence == share.sentence and whole.number.family == part.number.family
    if same and _counts(whole) and _counts(part) and "应" in whole.clause and _DONE.search(part.clause):
        yield from _share(bulletin, whole, part, share)


def _shares_together(bulletin: Bulletin, seen: str, found: Sequence[Stated]) -> Iterator[Finding]:
    """“分别占 60%、30%、20%”: together more than everything."""
    at = 0
    while at < len(found):
        first = found[at]
        run = [first]
        if first.number.family == "percent" and re.search(r"分别(?:占|为)[^，,。；;]{0,10}$", first.clause):
            for stated in found[at + 1 :]:
                between = seen[run[-1].number.end : stated.number.start]
                if stated.number.family != "percent" or not re.fullmatch(r"\s*[、，,和及]\s*", between):
                    break
                run.append(stated)
            total = sum((stated.number.value for stated in run), Decimal(0))
            if len(run) >= 2 and "占" in first.clause and total > Decimal("100.5"):
                yield finding(
                    "sum_mismatch",
                    bulletin,
                    run,
                    Label(
                        f"占比相加为 {total}%，超过 100%。", f"the shares add up to {total}%, more than 100%."
                    ),
                )
        at += len(run)
