"""口径: the definition of an indicator, line by line, from its declaration."""

from __future__ import annotations

from typing import Final

from guitu.compose import tables
from guitu.indicators import Events, Indicator, Median, People, Ratio, Stock, Sum, Survival
from guitu.indicators.measures import Count
from guitu.indicators.measures import tables as tables_of
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
    if indicator.breakdowns:
        lines.append(
            Line(Label("可分组", "Can be split by"), _joined([split_label(b) for b in indicator.breakdowns]))
        )
    if indicator.cites:
        lines.append(Line(Label("依据", "Basis"), "、".join(indicator.cites)))
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
    return _FIELDS.get(name, Label(name, name.replace("_", " ")))


_FIELDS: Final = {
    "measure": Label("措施", "measure"),
    "level": Label("级别", "level"),
    "state": Label("状态", "state"),
    "result": Label("结果", "result"),
    "outcome": Label("结果", "outcome"),
    "kind": Label("类别", "kind"),
}


def _sources(indicator: Indicator) -> Label | None:
    named = [tables()[name].label for name in tables_of(indicator.value) if name in tables()]
    return _joined(named) if named else None


def _over(indicator: Indicator) -> Label:
    value = indicator.value
    if isinstance(value, Survival):
        return Label(
            f"队列中满 {value.at} 个月时仍保持的人", f"those of the cohort still kept after {value.at} months"
        )
    return _count(value.over) if isinstance(value, Ratio) else indicator.definition


def _under(indicator: Indicator) -> Label:
    value = indicator.value
    if isinstance(value, Survival):
        return Label(
            "队列全部人员，失联者在内，只除去尚不可知者",
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
