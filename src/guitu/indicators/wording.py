"""An indicator in words: its numerator and denominator, which day counts, what its parts are called."""

from __future__ import annotations

from collections.abc import Iterator

from guitu.indicators.conditions import (
    All,
    Any_,
    AtLeast,
    AtMost,
    Condition,
    Exists,
    Is,
    LessThan,
    Missing,
    MoreThan,
    Not,
    Present,
    Within,
)
from guitu.indicators.indicator import AGE_BANDS, UNKNOWN, Indicator
from guitu.indicators.measures import (
    OUTCOMES,
    Change,
    Count,
    Events,
    Median,
    People,
    Published,
    Ratio,
    Stock,
    Sum,
    Survival,
    tables,
)
from guitu.kernel.labels import Label

WORDS = {
    "male": Label("男", "Male"),
    "female": Label("女", "Female"),
    UNKNOWN: Label("不详", "Unknown"),
    **{name: label for name, _, _, label in AGE_BANDS},
}
PARTS = {
    "over": Label("分子", "Part"),
    "under": Label("分母", "Whole"),
    "over.n": Label("分子涉及人数", "Persons in the part"),
    "under.n": Label("分母涉及人数", "Persons in the whole"),
    "cohort": Label("全体", "Whole cohort"),
    "values": Label("有时长的", "With a value"),
    "open": Label("尚无时长的", "Without one so far"),
    "now": Label("本期", "This period"),
    "base": Label("基期", "Base period"),
}


def word(dim: str, value: str) -> Label:
    """What a group is called."""
    return WORDS.get(value, Label(value, value))


def part_word(indicator: Indicator, part: str) -> Label:
    """What a part of a figure is called."""
    months, _, outcome = part.partition(".")
    if outcome in OUTCOMES:
        said = OUTCOMES[outcome]
        return Label(f"满 {months} 个月：{said.zh}", f"After {months} months: {said.en}")
    if months == "also":
        return Label("另一来源", "Another source")
    return PARTS.get(part, Label(part, part))


def numerator(indicator: Indicator) -> Label | None:
    """What is divided: as declared, else worked out; None for what is no share."""
    if indicator.numerator is not None:
        return indicator.numerator
    match indicator.value:
        case Ratio(over=over):
            return counted(over)
        case Survival(at=at):
            return Label(f"满 {at} 个月时保持的人数", f"persons kept after {at} months")
        case Change():
            return Label("本期数减基期数", "this period less the base period")
    return None


def denominator(indicator: Indicator) -> Label | None:
    """By what it is divided."""
    if indicator.denominator is not None:
        return indicator.denominator
    match indicator.value:
        case Ratio(under=under):
            return counted(under)
        case Survival(at=at):
            return Label(
                f"全体人数，失去联系的在内，满 {at} 个月时尚不可知的除外",
                f"the whole cohort, the lost included, without those not yet known after {at} months",
            )
        case Change(base=base):
            return _base(base)
    return None


def _base(base: object) -> Label:
    if base == "year":
        return Label("上年同期数", "the same period a year earlier")
    if base == "previous":
        return Label("上期数", "the period before")
    label: Label = getattr(base, "label")  # noqa: B009 - a Period
    return Label(f"{label.zh}的数", f"the figure of {label.en}")


def counted_on(indicator: Indicator) -> Label:
    """Which day decides the period."""
    if indicator.counted_on is not None:
        return indicator.counted_on
    match indicator.value:
        case Ratio(over=over, under=under):
            first, second = _day(over), _day(under)
            return (
                first
                if first == second
                else Label(
                    f"分子：{first.zh}；分母：{second.zh}", f"the part: {first.en}; the whole: {second.en}"
                )
            )
        case Change(of=of):
            return Label(f"同 {of}", f"as {of}")
        case Published():
            return Label("公布的期间", "the period it was published for")
        case Survival(start=start):
            return Label(f"开始之日（{start.of}.{start.day}）", f"the beginning ({start.of}.{start.day})")
        case Median(of=of, day=day):
            return Label(f"{of}.{day}", f"{of}.{day}")
        case count:
            return _day(count)


def _day(count: Count) -> Label:
    if isinstance(count, Stock):
        return Label("期末", "the end of the period")
    if count.day == "day":
        return Label("发生日期", "the day it happened")
    return Label(f"{count.of}.{count.day}", f"{count.of}.{count.day}")


def sources(indicator: Indicator) -> tuple[str, ...]:
    """The tables it is counted from; of a change, the indicator it is of."""
    value = indicator.value
    return (value.of,) if isinstance(value, Change) else tables(value)


def counted(count: Count) -> Label:
    """A count in words, exact enough to be checked: table and conditions by their names."""
    where = f"[{condition(count.where)}]" if count.where is not None else ""
    what = f"{count.of}{where}"
    match count:
        case Events():
            return Label(f"{what} 的条数", f"rows of {what}")
        case People():
            return Label(f"有 {what} 的不同人数", f"different persons with {what}")
        case Sum(field=field):
            return Label(f"{what} 的 {field} 合计", f"total of {field} over {what}")
        case Stock(count="people"):
            return Label(f"期末有 {what} 的不同人数", f"different persons with {what} at the end")
        case Stock(count="rows"):
            return Label(f"期末 {what} 的条数", f"rows of {what} at the end")
    return Label(f"期末 {what} 的 {count.field} 合计", f"total of {count.field} over {what} at the end")


_SIGNS = {AtLeast: "≥", MoreThan: ">", AtMost: "≤", LessThan: "<"}


def condition(what: Condition) -> str:
    """A condition in signs that both languages read."""
    match what:
        case Is(field=field, values=values):
            return f"{field} = {' | '.join(map(str, values))}"
        case AtLeast() | MoreThan() | AtMost() | LessThan():
            return f"{what.field} {_SIGNS[type(what)]} {what.value}"
        case Missing(field=field):
            return f"{field} = ∅"
        case Present(field=field):
            return f"{field} ≠ ∅"
        case Within(start=start, end=end):
            return f"{end} − {start} ∈ {_span(what.least, what.most)}"
        case All(parts=parts):
            return "(" + " ∧ ".join(condition(part) for part in parts) + ")"
        case Any_(parts=parts):
            return "(" + " ∨ ".join(condition(part) for part in parts) + ")"
        case Not(part=part):
            return f"¬{condition(part)}"
        case Exists():
            where = f"[{condition(what.where)}]" if what.where is not None else ""
            if what.in_period:
                return f"∃ {what.of}{where} ∈ 期间 period"
            if what.least is None and what.most is None:
                return f"∃ {what.of}{where}"
            return f"∃ {what.of}{where} ∈ {_span(what.least, what.most)}"


def _span(least: int | None, most: int | None) -> str:
    low = "…" if least is None else str(least)
    high = "…" if most is None else str(most)
    return f"{low}–{high} 天 days"


def described(indicator: Indicator) -> Iterator[Label]:
    """The declaration as lines for a reader."""
    counting = indicator.counting
    yield Label(
        f"{indicator.label.zh}  {indicator.key}  第 {indicator.version} 版",
        f"{indicator.label.en}  {indicator.key}  version {indicator.version}",
    )
    yield indicator.definition
    yield Label(f"单位：{counting.label.zh}（{counting.symbol.zh}）", f"Counted in: {counting.label.en}")
    for title, said in (
        (Label("分子", "Numerator"), numerator(indicator)),
        (Label("分母", "Denominator"), denominator(indicator)),
        (Label("计数日期", "Counted on"), counted_on(indicator)),
    ):
        if said is not None:
            yield Label(f"{title.zh}：{said.zh}", f"{title.en}: {said.en}")
    if indicator.where_counted == "home":
        yield Label("计在：当日负责该人的单位", "Counted at: the unit that answered for the person that day")
    else:
        yield Label("计在：登记的单位", "Counted at: the unit that recorded it")
    yield Label(f"来源：{'、'.join(sources(indicator))}", f"From: {', '.join(sources(indicator))}")
    if indicator.breakdowns:
        yield Label(
            f"分组：{'、'.join(indicator.breakdowns)}", f"Split by: {', '.join(indicator.breakdowns)}"
        )
    if indicator.plausible:
        low, high = ("…" if bound is None else bound for bound in indicator.plausible)
        yield Label(f"合理范围：{low}—{high}", f"Plausible: {low} to {high}")
    if indicator.cites:
        yield Label(f"依据：{'、'.join(indicator.cites)}", f"Articles: {', '.join(indicator.cites)}")
    since, until = indicator.valid_from, indicator.valid_until
    if since or until:
        yield Label(f"适用：{since or '…'}—{until or '…'}", f"Valid: {since or '…'} to {until or '…'}")
    if indicator.note is not None:
        yield indicator.note
