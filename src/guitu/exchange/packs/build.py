"""Puts a pack together: counts through a `Counter`, compares, checks that sums come out, and hides what is
too small to leave the office. Nothing in it is typed by anybody but what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from guitu import compose, policy
from guitu.exchange.packs import protecting
from guitu.exchange.packs.content import (
    Action,
    Amount,
    ByUnit,
    Check,
    Column,
    FindingRow,
    Flow,
    Group,
    Line,
    Move,
    Pack,
    Point,
    QualityRow,
    Trend,
    UnitRow,
)
from guitu.exchange.packs.content import Place as Of
from guitu.exchange.packs.counting import Counter, policy_digest, rights_findings
from guitu.exchange.packs.flow import MOVED_IN, MOVED_OUT, word_of
from guitu.exchange.packs.protecting import Elsewhere
from guitu.indicators import Figure, Indicator, Period, Place
from guitu.indicators.disclosure import THRESHOLD
from guitu.indicators.measures import Events, Sum
from guitu.indicators.quality import LATE_DAYS
from guitu.kernel.labels import Label

TRENDS: Final = {"month": 12, "quarter": 8, "year": 5}
"""How many periods a trend shows."""
IN_TRENDS: Final = ("measures.in_force", "community.reported_rate", "followup.contact_rate")
BY_UNIT: Final = (
    "measures.in_force", "community.orders", "community.reported_rate", "duties.overdue", "findings.persons",
)  # fmt: skip
"""The figures that have a trend, and those that are shown by unit, where there are such indicators; the first
of the latter is the map's."""
OVERDUE, FINDINGS, REGISTER = "duties.overdue", "findings.persons", "measures.in_force"
MOST_DUTIES: Final = 6
"""Columns of the table of overdue duties beside their total: the most frequent ones."""

GROUPS: Final[dict[str, Label]] = {
    "orders": Label("决定", "Orders"),
    "admissions": Label("收治", "Admissions"),
    "releases": Label("出所", "Releases"),
    "community": Label("社区戒毒社区康复", "Community treatment and recovery"),
    "measures": Label("执行中的措施", "Measures in force"),
    "tests": Label("检测", "Tests"),
    "testing": Label("检测", "Tests"),
    "handover": Label("移交衔接", "Hand-over"),
    "followup": Label("回访与联系", "Follow-up"),
    "recovery": Label("操守与戒断", "Recovery"),
    "assessment": Label("诊断评估", "Diagnostic assessment"),
    "training": Label("教育培训", "Education and training"),
    "education": Label("教育培训", "Education and training"),
    "medical": Label("医疗", "Medical care"),
    "health": Label("医疗", "Medical care"),
    "support": Label("帮扶", "Support"),
    "employment": Label("就业", "Employment"),
    "outreach": Label("宣传教育", "Outreach"),
    "stations": Label("站点与队伍", "Stations and teams"),
    "teams": Label("站点与队伍", "Stations and teams"),
    "safety": Label("安全管理", "Safety"),
    "funds": Label("经费", "Funds"),
    "duties": Label("应办事项", "Duties"),
    "findings": Label("提示", "Findings"),
    "survey": Label("回访调查", "Survey"),
}
"""The headings of figures, by the first word of their key."""
OTHERS: Final = Label("其他指标", "Other figures")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be put together: which period of which unit, under which number; and what no engine
    counts. `elsewhere` says what must stay hidden of a figure so that this pack and those of the units above,
    beside and below do not give one away together."""

    place: Place
    period: Period
    number: str
    made_on: date
    last_closing: int | None = None
    actions: tuple[Action, ...] = ()
    held: int | None = None
    replaces: str = ""
    why: str = ""
    threshold: int = THRESHOLD
    elsewhere: Elsewhere = protecting.nowhere


SECTIONS: Final = 7
"""How many sections are counted, one after the other."""
Counted = Callable[[int], None]
"""Told how many sections are counted."""


def build(
    task: Task,
    counter: Counter,
    indicators: Iterable[Indicator] | None = None,
    counted: Counted = lambda _sections: None,
) -> Pack:
    """The pack."""
    known = list(compose.indicators().values() if indicators is None else indicators)
    maker = _Maker(task, counter, {i.key: i for i in known})
    return maker.pack(counted)


class _Maker:
    """Counts once for each sort of table."""

    def __init__(self, task: Task, counter: Counter, indicators: Mapping[str, Indicator]) -> None:
        self.task, self.counter, self.indicators = task, counter, indicators
        self.period = task.period
        self.under = [p for p in counter.places() if task.place.no in p.at]
        self.below = [p for p in self.under if p.parent == task.place.no]
        self.checks: list[Check] = []

    def pack(self, counted: Counted) -> Pack:
        """Everything."""
        task, limit = self.task, self.task.threshold
        flow = self._flow()
        counted(1)
        groups = self._groups()
        counted(2)
        trends = self._trends()
        counted(3)
        below = self._below()
        counted(4)
        overdue = self._overdue()
        counted(5)
        findings = self._findings()
        counted(6)
        quality = self._quality()
        counted(SECTIONS)
        return Pack(
            self.period.kind,
            self.period.first,
            self.period.last,
            Of(task.place.code, task.place.name, task.place.level),
            task.number,
            task.made_on,
            self.counter.seq,
            self.counter.known.isoformat(),
            self.counter.on,
            policy_digest(),
            protecting.flow(self._register(flow), limit),
            tuple(replace(g, lines=tuple(protecting.line(n, limit) for n in g.lines)) for g in groups),
            trends,
            below,
            overdue,
            findings,
            quality,
            task.actions,
            tuple(self.checks),
            threshold=limit,
            replaces=task.replaces,
            why=task.why,
        )

    def _flow(self) -> Flow:
        found = self.counter.moves(self.task.place, self.period)
        # a way that nobody went is not listed, but the two by which units hand over are always named
        into = tuple(Move(n, word_of(n), _plain(v)) for n, v in found.into if v or n != MOVED_IN)
        out = tuple(Move(n, word_of(n), _plain(v)) for n, v in found.out if v or n == MOVED_OUT)
        last = self.task.last_closing
        flow = Flow(
            _plain(found.opening), into, out, _plain(found.closing), None if last is None else _plain(last)
        )
        if not flow.adds_up:
            self.checks.append(
                Check(
                    "flow",
                    Label(
                        "在册人员期初＋增加－减少与期末不符。",
                        "The register's opening + in − out is not its closing.",
                    ),
                    blocks=True,
                )
            )
        if last is not None and last != found.opening:
            more = found.opening - last
            self.checks.append(
                Check(
                    "opening",
                    Label(
                        f"期初在册与上期报告的期末相差 {abs(more)} 人，为上期报告之后补录、更正所致。"
                        if abs(more) >= self.task.threshold
                        else "期初在册与上期报告的期末不同，为上期报告之后补录、更正所致。",
                        "The opening differs from what the last pack closed with: entries came later or were"
                        " corrected.",
                    ),
                )
            )
        return flow

    def _groups(self) -> list[Group]:
        """Every indicator that has something to say for one of the three periods."""
        periods = [self.period, self.period.before(), self.period.year_before()]
        wanted = [i for k, i in self.indicators.items() if k not in (OVERDUE, FINDINGS)]
        figures = self.counter.figures(wanted, [self.task.place], periods)
        by_key: dict[str, dict[Period, Figure]] = {}
        for figure in figures:
            by_key.setdefault(figure.indicator, {})[figure.period] = figure
        lines: list[Line] = []
        for key, there in by_key.items():
            now, before, year = (there.get(p) for p in periods)
            if now is None or not any(_says(f) for f in (now, before, year)):
                continue
            self._warn(now)
            indicator = self.indicators[key]
            lines.append(
                Line(
                    key, now.version, indicator.label, indicator.unit, indicator.definition, self._seen(now),
                    self._seen(before), self._seen(year), tuple(w.label for w in now.warnings),
                )
            )  # fmt: skip
        lines.sort(key=lambda n: (_place(n.key), n.key))
        return [Group(label, tuple(some)) for label, some in groupby(lines, key=lambda n: _heading(n.key))]

    def _seen(self, figure: Figure | None) -> Amount:
        """A figure as an amount, hidden where all packs together would give one away by it."""
        mark = "" if figure is None else self.task.elsewhere(figure.indicator, figure.unit_no, figure.period)
        return protecting.forced(amount(figure), mark)

    def _register(self, flow: Flow) -> Flow:
        """The register's two ends are the figure of everybody under a measure, and hidden as that is."""
        place, last = self.task.place.no, flow.last_closing
        opening = self.task.elsewhere(REGISTER, place, self.period.before())
        return replace(
            flow,
            opening=protecting.forced(flow.opening, opening),
            closing=protecting.forced(flow.closing, self.task.elsewhere(REGISTER, place, self.period)),
            last_closing=None if last is None else protecting.forced(last, opening),
        )

    def _warn(self, figure: Figure) -> None:
        for warning in figure.warnings:
            if warning.code in ("implausible", "over_whole", "conflict"):
                label = self.indicators[figure.indicator].label
                said = warning.label
                self.checks.append(
                    Check(
                        f"{warning.code} {figure.indicator}",
                        Label(f"{label.zh}：{said.zh}", f"{label.en}: {said.en}"),
                    )
                )

    def _trends(self) -> tuple[Trend, ...]:
        wanted = [self.indicators[k] for k in IN_TRENDS if k in self.indicators]
        periods = [self.period]
        while len(periods) < TRENDS.get(self.period.kind, 12):
            periods.insert(0, periods[0].before())
        figures = self.counter.figures(wanted, [self.task.place], periods) if wanted else []
        found = []
        for key, some in groupby(figures, key=lambda f: f.indicator):
            mine, indicator = list(some), self.indicators[key]
            points = tuple(
                Point(f.period.text, protecting.single(self._seen(f), indicator.unit, self.task.threshold))
                for f in mine
            )
            if any(f.value for f in mine):
                found.append(Trend(key, mine[-1].version, indicator.label, indicator.unit, points))
        return tuple(found)

    def _below(self) -> ByUnit:
        """The main figures of each unit below."""
        wanted = [self.indicators[k] for k in BY_UNIT if k in self.indicators]
        if not wanted or not self.below:
            return ByUnit()
        figures = self.counter.figures(wanted, [*self.below, self.task.place], [self.period])
        table = {(f.indicator, f.unit_no): self._seen(f) for f in figures}
        versions = {f.indicator: f.version for f in figures}
        shown = ByUnit(
            tuple(Column(i.key, i.label, i.unit, versions.get(i.key, i.version)) for i in wanted),
            tuple(
                UnitRow(p.code, p.name, tuple(table.get((i.key, p.no), Amount()) for i in wanted))
                for p in self.below
            ),
            tuple(table.get((i.key, self.task.place.no), Amount()) for i in wanted),
        )
        for c, indicator in enumerate(wanted):
            if isinstance(indicator.value, Events | Sum):
                self._adds_up(shown, c, indicator)
        return protecting.by_unit(shown, self.task.threshold, distinct=True)

    def _adds_up(self, table: ByUnit, c: int, indicator: Indicator) -> None:
        """What is counted by rows cannot be more in the units than in the whole."""
        parts = sum((row.amounts[c].number or Decimal(0) for row in table.rows), Decimal(0))
        whole = table.total[c].number or Decimal(0)
        if parts > whole:
            label = indicator.label
            self.checks.append(
                Check(
                    f"units {indicator.key}",
                    Label(
                        f"{label.zh}：各单位合计大于全部。",
                        f"{label.en}: the units together have more than the whole.",
                    ),
                    blocks=True,
                )
            )

    def _by_name(self, key: str, places: Sequence[Place]) -> dict[int, dict[str, Figure]]:
        if key not in self.indicators:
            return {}
        figures = self.counter.figures([self.indicators[key]], places, [self.period], ("name",))
        found: dict[int, dict[str, Figure]] = {}
        for figure in figures:
            found.setdefault(figure.unit_no, {})[dict(figure.by)["name"]] = figure
        return found

    def _overdue(self) -> ByUnit:
        """What is overdue, by the unit that answers for the person."""
        places = [*self.below, self.task.place] if self.below else [self.task.place]
        found = self._by_name(OVERDUE, places)
        whole = found.get(self.task.place.no, {})
        if not any(f.value for f in whole.values()):
            return ByUnit()
        names = sorted(whole, key=lambda n: (-int(whole[n].value or 0), n))[:MOST_DUTIES]
        words = policy.names().duties

        def row(no: int) -> tuple[Amount, ...]:
            mine = found.get(no, {})
            all_n = sum(f.n or int(f.value or 0) for f in mine.values())
            total = sum(int(f.value or 0) for f in mine.values())
            mark = self.task.elsewhere(OVERDUE, no, self.period)
            return (
                protecting.forced(Amount(str(total), n=all_n), mark),
                *(amount(mine[n]) if n in mine else Amount("0", n=0) for n in names),
            )

        columns = (
            Column("total", Label("合计", "Total"), "duty"),
            *(Column(n, words.get(n) or Label(n, n), "duty") for n in names),
        )
        rows = tuple(UnitRow(p.code, p.name, row(p.no)) for p in places if p is not self.task.place)
        if not rows:
            rows = (UnitRow(self.task.place.code, self.task.place.name, row(self.task.place.no)),)
            return protecting.by_unit(
                ByUnit(columns, rows, ()), self.task.threshold, distinct=False, across=True
            )
        table = ByUnit(columns, rows, row(self.task.place.no))
        return protecting.by_unit(table, self.task.threshold, distinct=False, across=True)

    def _findings(self) -> tuple[FindingRow, ...]:
        """How many people each finding is about, rights first."""
        words, rights = policy.names().findings, rights_findings()
        found = self._by_name(FINDINGS, [self.task.place]).get(self.task.place.no, {})
        rows = [
            FindingRow(
                name, words.get(name) or Label(name, name), name in rights,
                protecting.single(amount(figure), "person", self.task.threshold),
            )
            for name, figure in found.items()
            if figure.value
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda r: (not r.rights, -int(r.amount.value or 0), r.name)))

    def _quality(self) -> tuple[QualityRow, ...]:
        found = self.counter.quality(self.task.place, self.period)
        rows = [
            QualityRow("written", Label("本期登记", "Entries written"), _records(found.written)),
            QualityRow(
                "late",
                Label(
                    f"发生后超过 {LATE_DAYS} 日登记", f"Written more than {LATE_DAYS} days after it happened"
                ),
                _records(found.late),
            ),
            QualityRow("corrected", Label("更正", "Corrections"), _records(found.corrected)),
            QualityRow("withdrawn", Label("作废", "Withdrawals"), _records(found.withdrawn)),
        ]
        if self.task.held is not None:
            rows.append(
                QualityRow("held", Label("台账退回待补", "Held ledger rows"), _records(self.task.held))
            )
        return tuple(rows)


def amount(figure: Figure | None) -> Amount:
    """A figure as an amount."""
    if figure is None or figure.value is None:
        return Amount()
    share = figure.under is not None
    return Amount(
        _text(figure.value),
        _whole(figure.over) if share else None,
        _whole(figure.under) if share else None,
        figure.n,
    )


def _says(figure: Figure | None) -> bool:
    """Whether there is anything to tell: a count, or a share of something."""
    return figure is not None and figure.value is not None and bool(figure.value or figure.under)


def _plain(count: int) -> Amount:
    return Amount(str(count), n=count)


def _records(count: int) -> Amount:
    """A count of entries: nobody can be told from it."""
    return Amount(str(count))


def _text(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else f"{value.normalize():f}"


def _whole(value: int | Decimal | None) -> int | None:
    return None if value is None or value != int(value) else int(value)


def _heading(key: str) -> Label:
    return GROUPS.get(key.partition(".")[0], OTHERS)


def _place(key: str) -> int:
    """Where its group stands: as in GROUPS, groups of one heading together."""
    heading = _heading(key)
    labels = list(dict.fromkeys(GROUPS.values()))
    return labels.index(heading) if heading in labels else len(labels)
