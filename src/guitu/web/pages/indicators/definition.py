"""口径: the definition of an indicator, line by line, from its declaration."""

from __future__ import annotations

from typing import Final

from guitu.compose import kinds, tables
from guitu.indicators import Events, Indicator, Median, People, Ratio, Stock, Sum, Survival, wording
from guitu.indicators.measures import Count
from guitu.indicators.measures import tables as tables_of
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.web.pages.indicators.page import Definition, Line

WHERE: Final = {
    "recorded": Label("计入登记的单位", "counted at the unit that recorded it"),
    "home": Label("计入当日负责该人的单位", "counted at the unit that answered for the person on the day"),
}
SPLITS: Final = {"sex": Label("性别", "sex"), "age_band": Label("年龄段", "age")}


def definition_of(indicator: Indicator) -> Definition:
    """The panel's lines; what the declaration leaves out is said from what it counts."""
    lines = [Line(Label("定义", "Definition"), indicator.definition)]
    value = indicator.value
    if isinstance(value, Ratio | Survival) or indicator.numerator:
        lines.append(Line(Label("分子", "Numerator"), indicator.numerator or _over(indicator)))
        lines.append(Line(Label("分母", "Denominator"), indicator.denominator or _under(indicator)))
    lines.append(Line(Label("计入时间", "Counting date"), indicator.counted_on or _counted_on(indicator)))
    lines.append(Line(Label("计入单位", "Counted where"), WHERE[indicator.where_counted]))
    lines.append(Line(Label("单位", "Unit"), indicator.counting.label))
    if sources := _sources(indicator):
        lines.append(Line(Label("来源", "Which records"), sources))
    exact = [said for said in (wording.numerator(indicator), wording.denominator(indicator)) if said]
    exact = exact or [wording.counted(value)] if isinstance(value, Events | People | Stock | Sum) else exact
    if exact and not indicator.imported:
        said = Label(" ÷ ".join(e.zh for e in exact), " ÷ ".join(e.en for e in exact))
        lines.append(Line(Label("逐字口径", "Exactly"), said, formal=True))
    if indicator.breakdowns:
        lines.append(
            Line(Label("可分组", "Can be split by"), _joined([split_label(b) for b in indicator.breakdowns]))
        )
    if indicator.cites:
        lines.append(
            Line(Label("依据", "Basis"), _joined([Citation.parse(text).label for text in indicator.cites]))
        )
    lines.append(Line(Label("版本", "Version"), _version(indicator)))
    if indicator.imported:
        said = Label("由他人公布，按原数录入，不由个案计算", "published by others and entered as printed")
        lines.append(Line(Label("录入", "Entered"), said))
    if indicator.note:
        lines.append(Line(Label("说明", "Note"), indicator.note))
    return Definition(indicator.version, tuple(lines))


def split_label(name: str) -> Label:
    """A breakdown in words."""
    if name in SPLITS:
        return SPLITS[name]
    if name in _FIELDS:
        return _FIELDS[name]
    asks = (ask for kind in kinds().values() for ask in kind.fields if ask.name == name)
    found = next(asks, None)
    return found.label if found else Label(name, name.replace("_", " "))


_FIELDS: Final = {
    "measure": Label("措施", "measure"),
    "state": Label("状态", "state"),
    "name": Label("事项", "what"),
    "owed_by": Label("由谁办", "who owes it"),
    "ended_by": Label("终结原因", "how it ended"),
}


def _sources(indicator: Indicator) -> Label | None:
    named = [tables()[name].label for name in tables_of(indicator.value) if name in tables()]
    return _joined(named) if named else None


def _over(indicator: Indicator) -> Label:
    value = indicator.value
    if isinstance(value, Survival):
        return Label(
            f"同期人群中满 {value.at} 个月时仍保持的人",
            f"those of the cohort still kept after {value.at} months",
        )
    return _count(value.over) if isinstance(value, Ratio) else indicator.definition


def _under(indicator: Indicator) -> Label:
    value = indicator.value
    if isinstance(value, Survival):
        return Label(
            "同期全部人员，失联者在内，只除去尚不可知者",
            "everybody of the cohort, the lost included, only those not yet known left out",
        )
    return _count(value.under) if isinstance(value, Ratio) else indicator.definition


def _count(count: Count) -> Label:
    """What a count counts, without its conditions: those stand in the definition's own sentence."""
    what = tables()[count.of].label
    match count:
        case People():
            return Label(f"“{what.zh}”涉及的人数", f"persons with “{what.en}”")
        case Stock():
            return Label(f"期末的“{what.zh}”", f"“{what.en}” at the end of the period")
        case Sum():
            return Label(f"“{what.zh}”合计", f"total of “{what.en}”")
    return Label(f"“{what.zh}”条数", f"number of “{what.en}”")


def _counted_on(indicator: Indicator) -> Label:
    value = indicator.value
    count = value.over if isinstance(value, Ratio) else value
    if isinstance(count, Stock):
        return Label("期末最后一天", "the last day of the period")
    if isinstance(count, Survival):
        return Label("起算记录的日期", "the day of the record that begins it")
    if isinstance(count, Events | People | Sum | Median) and count.day == "day":
        return Label("事情发生的日期（不是登记的日期）", "the day it happened (not the day it was recorded)")
    return Label("期间", "the period")


def _version(indicator: Indicator) -> Label:
    since, until = indicator.valid_from, indicator.valid_until
    zh, en = f"第 {indicator.version} 版", f"version {indicator.version}"
    if since:
        zh, en = f"{zh}，自 {since}", f"{en}, from {since}"
    if until:
        zh, en = f"{zh}，至 {until}", f"{en}, until {until}"
    return Label(zh, en)


def _joined(labels: list[Label]) -> Label:
    return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels))
