"""The words of the scoreboard."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from guitu.indicators.counting import COUNTING_UNITS, CountingUnit, rounded
from guitu.indicators.disclosure import MARKS, THRESHOLD
from guitu.kernel.labels import Label
from guitu.store.levels.scoreboard import Line, Verdict
from guitu.web.component import Text
from guitu.web.components.word.component import Word

TITLE: Final = Label("公布数据", "Scoreboard")
DASH: Final = "—"
VERDICTS: Final[dict[Verdict, tuple[str, Label]]] = {
    "equal": ("done", Label("一致", "Equal")),
    "near": ("open", Label("约数，有差", "Differs; printed as about")),
    "different": ("gap", Label("不一致", "Different")),
    "missing": ("barred", Label("没有数", "No figure")),
    "hidden": ("barred", Label("已隐去", "Hidden")),
    "uncounted": ("open", Label("还没有算", "Not counted yet")),
}
NO_INDICATOR: Final = Label(
    "没有这个指标，无法从记录数出来", "no such indicator: it cannot be counted from records"
)
HIDDEN: Final = Label(
    f"涉及不足 {THRESHOLD} 人的数字，以及能由别的数字推算出来的，一律隐去（※），也不说与公布的是否一致。",
    f"Figures about fewer than {THRESHOLD} people, and those they could be worked out from, are hidden (※);"
    " neither is it said whether they agree with what was printed.",
)
NOT_OURS: Final = Label(
    "印的是公布时的说法；“本系统”是从记录按定义数出来的。两者不同时都摆出来，不改任何一个。",
    "What was printed is what was claimed then; ours is counted from the records by the"
    " definition. Where they"
    " differ both are shown and neither is changed.",
)


def counting(line: Line) -> CountingUnit:
    """What the figure is counted in."""
    return COUNTING_UNITS[line.printed.target.unit]


def _with(number: str, unit: CountingUnit) -> Label:
    if unit.per:
        return Label(f"{number}{unit.symbol.zh}", f"{number}{unit.symbol.en}")
    return Label(f"{number} {unit.symbol.zh}", f"{number} {unit.symbol.en}")


def signed(value: Decimal, *, change: bool = False) -> str:
    """A number with separators and a proper minus."""
    return (f"{value:+,f}" if change else f"{value:,f}").replace("-", "−")


def printed(line: Line) -> Label:
    """The figure as it was printed, in the unit it was printed in."""
    target = line.printed.target
    unit = COUNTING_UNITS.get(target.printed_unit) or counting(line)
    said = _with(signed(target.value), unit)
    if target.exact:
        return said
    return Label(f"约 {said.zh}", f"about {said.en}")


def beside_printed(line: Line) -> Text:
    """What must be said of the print."""
    target, found = line.printed.target, list[Label]()
    if target.conflict is not None:
        other = _with(signed(target.conflict), counting(line))
        found.append(Label(f"另一处印作 {other.zh}：两处都保留", f"elsewhere {other.en}: both are kept"))
    if target.printed_unit and target.printed_unit != target.unit:
        meant = counting(line)
        found.append(Label(f"单位应为 {meant.symbol.zh}", f"{meant.symbol.en} is meant"))
    if target.period is None:
        found.append(Label("原文未写期间", "no period is stated"))
    return joined(found)


def joined(some: list[Label]) -> Text:
    """Sentences in a line; nothing where there are none."""
    if not some:
        return ""
    return Label("；".join(one.zh for one in some), "; ".join(one.en for one in some))


def ours(line: Line) -> Label:
    """Our figure, or the mark or nothing that stands for it."""
    if line.mark:
        return MARKS[line.mark].fill(threshold=THRESHOLD)
    if line.ours is None or line.ours.value is None:
        return Label(DASH, DASH)
    unit = counting(line)
    places = max(unit.decimals if unit.per else 0, line.printed.target.places)
    text = signed(rounded(line.ours.value, places))
    return _with(text, unit)


def divided(line: Line) -> Text:
    """The numbers that a share divides; nothing for other figures."""
    mine = line.ours
    if line.mark or mine is None or mine.over is None or mine.under is None:
        return ""
    over, under = signed(rounded(mine.over, 0)), signed(rounded(mine.under, 0))
    return f"{over} / {under}"


def verdict(line: Line) -> Word:
    """How ours stands beside the print."""
    kind, label = VERDICTS[line.verdict]
    if line.indicator is None:
        return Word("barred", Label("没有这个指标", "No such indicator"))
    if line.verdict in ("different", "near") and line.ours is not None:
        difference = line.printed.target.difference(line.ours.value)
        if difference is not None:
            text = signed(difference, change=True)
            label = Label(f"{label.zh}，差 {text}", f"{label.en}: {text}")
    return Word(kind, label)


def definition(line: Line) -> Label:
    """What is counted; of a share what is divided by what, where the definition has words of its own for it
    (else its one sentence says so)."""
    indicator = line.indicator
    if indicator is None:
        return NO_INDICATOR
    over, under = indicator.numerator, indicator.denominator
    if over is None or under is None:
        return indicator.definition
    return Label(
        f"{indicator.definition.zh}分子：{over.zh}；分母：{under.zh}。",
        f"{indicator.definition.en} Divides {over.en} by {under.en}.",
    )
