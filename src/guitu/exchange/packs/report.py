"""A pack as a report: title, headings, paragraphs, tables, pictures, notes, signature. What Word and PDF both
print; in Chinese, as official documents are (layout: GB/T 9704).

Every table of figures has a column of note numbers; the notes at the end bind each figure to its indicator,
version, period and unit, with its definition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.casefile.kind import day_word
from guitu.exchange.packs.content import KINDS, Action, Amount, ByUnit, Line, Pack
from guitu.exchange.packs.words import change, is_share, shown, unit_word

ACTION_STATES: Final = {"open": "办理中", "late": "逾期未办结", "done": "已办结", "dropped": "不再办理"}
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、) or 2 （（一））."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `small` ones are notes under a table."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, heads and rows; `numbers` are the columns set to the right. With `total` the last
    row is the whole."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: which one, by its name in `pictures.drawn`, and what it says in words."""

    name: str
    caption: str
    says: str


Block = Heading | Para | Grid | Picture


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. Under the signature stand small the numbered `notes` (the last has no number) and
    `foot`: what the pack is bound to."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    office: str
    signed: str
    notes: tuple[str, ...]
    foot: tuple[str, ...]
    digest: str


def title_of(pack: Pack) -> str:
    """河西镇2026年10月戒毒康复工作月调度."""
    what = "更正报" if pack.replaces else KINDS[pack.kind].zh
    return f"{pack.unit.name}{pack.period.label.zh}戒毒康复工作{what}"


def report(pack: Pack, *, pictures: frozenset[str] = frozenset()) -> Report:
    """The report of a pack. `pictures` are those that could be drawn."""
    writer = _Writer(pack, pictures)
    writer.write()
    digest = pack.digest().hex().upper()
    known = pack.known_at.replace("T", " ")[:16]
    return Report(
        title_of(pack),
        f"编号 {pack.number}",
        tuple(writer.blocks),
        pack.unit.name,
        day_word(pack.made_on),
        tuple(writer.notes),
        (
            f"数据截至 {known}，记录序号 {pack.seq:,}；规则摘要 {pack.policy[:16].upper() or '—'}。",
            f"内容摘要（SM3）{' '.join(digest[i : i + 8] for i in range(0, len(digest), 8))}",
        ),
        digest,
    )


class _Writer:
    """Writes section after section, numbering headings and notes."""

    def __init__(self, pack: Pack, pictures: frozenset[str]) -> None:
        self.pack = pack
        self.pictures = pictures
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self._noted: dict[tuple[str, int], int] = {}
        self._first = self._second = 0

    def write(self) -> None:
        """Every section that the pack has something for; one without anything says so."""
        if self.pack.replaces:
            self._correction()
        for section in (
            self._flow,
            self._figures,
            self._trends,
            self._overdue,
            self._findings,
            self._quality,
            self._actions,
        ):
            section()
        self._close()

    def one(self, text: str) -> None:
        """A heading of the first level."""
        self._first += 1
        self._second = 0
        self.blocks.append(Heading(1, f"{_numeral(self._first)}、{text}"))

    def two(self, text: str) -> None:
        """A heading of the second level."""
        self._second += 1
        number = _numeral(self._second)
        self.blocks.append(Heading(2, f"（{number}）{text}"))

    def say(self, text: str, *, small: bool = False) -> None:
        """A paragraph."""
        self.blocks.append(Para(text, small))

    def amount(self, amount: Amount | None, unit: str = "") -> str:
        """As it is printed."""
        return shown(amount, unit, self.pack.threshold)

    def counted(self, amount: Amount, unit: str = "person") -> str:
        """With its counting word, for prose: 128人."""
        text = self.amount(amount, unit)
        return text if is_share(unit) or not amount.value else text + unit_word(unit).zh

    def note(self, key: str, version: int, label: str, definition: str, extra: str = "") -> str:
        """The number of the note that binds this figure."""
        found = self._noted.get((key, version))
        if found is None:
            found = self._noted[key, version] = len(self.notes) + 1
            bound = f"{key}@{version} · {self.pack.period.text} · {self.pack.unit.code}"
            self.notes.append(f"{label}：{definition}{extra}〔{bound}〕")
        return f"注{found}"

    def _correction(self) -> None:
        self.say(f"本报更正编号 {self.pack.replaces} 的报告，原报告停止使用。更正原因：{self.pack.why}")

    def _flow(self) -> None:
        flow = self.pack.flow
        self.one("在册人员增减")
        into = "、".join(f"{m.label.zh}{self.counted(m.amount)}" for m in flow.into if _said(m.amount))
        out = "、".join(f"{m.label.zh}{self.counted(m.amount)}" for m in flow.out if _said(m.amount))
        self.say(
            f"期初在册{self.counted(flow.opening)}，{into or '本期无增加'}；{out or '本期无减少'}；"
            f"期末在册{self.counted(flow.closing)}。"
            + ("期初＋增加－减少＝期末，核对相符。" if flow.adds_up else "期初＋增加－减少与期末不符，待核。")
        )
        rows = [("期初在册", self.amount(flow.opening))]
        rows += [(f"＋{m.label.zh}", self.amount(m.amount)) for m in flow.into]
        rows += [(f"－{m.label.zh}", self.amount(m.amount)) for m in flow.out]
        rows.append(("期末在册", self.amount(flow.closing)))
        self.blocks.append(
            Grid("在册人员增减表（人）", ("项目", "人数"), tuple(rows), frozenset({1}), (3, 1), total=True)
        )
        last = flow.last_closing
        if last is not None and last.value != flow.opening.value:
            self.say(
                f"上期报告期末为{self.counted(last)}，与本期期初不同：上期报告之后补录、更正所致。",
                small=True,
            )

    def _figures(self) -> None:
        self.one("主要指标")
        if not self.pack.lines:
            self.say("本期没有可汇总的指标。")
        for group in self.pack.groups:
            self.two(group.label.zh)
            self.blocks.append(
                Grid(
                    f"{group.label.zh}指标表",
                    ("指标", "本期", "比上期", "比上年同期", "注"),
                    tuple(self._figure(line) for line in group.lines),
                    frozenset({1, 2, 3}),
                    (30, 24, 20, 20, 8),
                )
            )
        for label in self.pack.missing:
            self.say(f"未能汇总：{label.zh}。", small=True)
        if self.pack.below.rows:
            self.two("分单位情况")
            self._by_unit(self.pack.below, "分单位指标表")

    def _figure(self, line: Line) -> tuple[str, ...]:
        extra = "".join(f"{note.zh}" for note in line.notes)
        return (
            f"{line.label.zh}（{unit_word(line.unit).zh}）",
            self.amount(line.now, line.unit),
            change(line.now, line.before, line.unit),
            change(line.now, line.year_before, line.unit),
            self.note(line.key, line.version, line.label.zh, line.definition.zh, extra),
        )

    def _trends(self) -> None:
        if not self.pack.trends and not self.pack.below.rows:
            return
        self.one("趋势与分布")
        for trend in self.pack.trends:
            says = "，".join(f"{p.label} {self.amount(p.amount, trend.unit)}" for p in trend.points)
            caption = f"{trend.label.zh}（{unit_word(trend.unit).zh}）"
            if f"trend.{trend.key}" in self.pictures:
                self.blocks.append(Picture(f"trend.{trend.key}", caption, f"{caption}：{says}。"))
            self.say(f"{caption}：{says}。", small=True)
        if "map" in self.pictures and self.pack.below.columns:
            label = self.pack.below.columns[0].label.zh
            caption = f"{self.pack.unit.name}{label}分布"
            says = "，".join(f"{row.name} {self.amount(row.amounts[0])}" for row in self.pack.below.rows)
            self.blocks.append(Picture("map", caption, f"{caption}：{says}。"))

    def _overdue(self) -> None:
        self.one("逾期事项")
        table = self.pack.overdue
        if not table.rows:
            self.say("期末没有逾期事项。")
            return
        whole = table.total[0] if table.total else Amount()
        self.say(f"期末逾期未办事项共{self.counted(whole, 'duty')}，按责任单位列表如下，不列人员姓名。")
        self._by_unit(table, "逾期事项分单位表（项）")

    def _by_unit(self, table: ByUnit, caption: str) -> None:
        rows = [
            (row.name, *(self.amount(a, c.unit) for a, c in zip(row.amounts, table.columns, strict=True)))
            for row in table.rows
        ]
        if table.total:
            rows.append(
                ("合计", *(self.amount(a, c.unit) for a, c in zip(table.total, table.columns, strict=True)))
            )
        heads = ("单位", *(column.label.zh for column in table.columns))
        numbers = frozenset(range(1, len(heads)))
        self.blocks.append(Grid(caption, heads, tuple(rows), numbers, total=bool(table.total)))

    def _findings(self) -> None:
        self.one("权利保障与提示")
        rights = [row for row in self.pack.findings if row.rights and _said(row.amount)]
        if rights:
            told = "、".join(f"{row.label.zh}{self.counted(row.amount)}" for row in rights)
            self.say(f"涉及当事人权利、须首先处理的：{told}。")
        else:
            self.say("没有涉及当事人权利的提示。")
        if self.pack.findings:
            rows = tuple(
                ("权利" if row.rights else "提示", row.label.zh, self.amount(row.amount))
                for row in sorted(self.pack.findings, key=lambda r: not r.rights)
            )
            self.blocks.append(
                Grid("提示汇总表（人）", ("类别", "提示", "人数"), rows, frozenset({2}), (2, 8, 2))
            )

    def _quality(self) -> None:
        self.one("数据质量")
        if not self.pack.quality and not self.pack.checks:
            self.say("未发现需要说明的数据问题。")
        if self.pack.quality:
            rows = tuple(
                (row.label.zh, unit_word(row.unit).zh, self.amount(row.amount, row.unit))
                for row in self.pack.quality
            )
            self.blocks.append(Grid("数据质量表", ("项目", "单位", "数量"), rows, frozenset({2}), (8, 2, 3)))
            for row in self.pack.quality:
                if row.note is not None:
                    self.say(f"{row.label.zh}：{row.note.zh}", small=True)
        for check in self.pack.checks:
            self.say(f"核对差异：{check.label.zh}")

    def _actions(self) -> None:
        self.one("上次议定事项及落实情况")
        if not self.pack.actions:
            self.say("上次没有议定事项。")
            return
        rows = tuple(self._action(action) for action in self.pack.actions)
        self.blocks.append(
            Grid(
                "议定事项落实表",
                ("议定日期", "事项", "责任单位", "期限", "落实情况"),
                rows,
                widths=(17, 35, 15, 17, 22),
            )
        )

    def _action(self, action: Action) -> tuple[str, ...]:
        state = ACTION_STATES[action.state]
        if action.closed_on is not None:
            state += f"（{action.closed_on.isoformat()}）"
        if action.result:
            state += f"：{action.result}"
        due = action.due.isoformat() if action.due else "—"
        return (action.decided_on.isoformat(), action.text, action.owner, due, state)

    def _close(self) -> None:
        for trend in self.pack.trends:
            self.note(trend.key, trend.version, trend.label.zh, "见趋势图")
        for column in self.pack.below.columns:
            if column.version:
                self.note(column.name, column.version, column.label.zh, "见分单位指标表")
        if self.notes:
            threshold = self.pack.threshold
            self.notes.append(
                f"※不足{threshold}：人数在 1 至 {threshold - 1} 之间，依规则隐去。"
                "※：为防推算一并隐去，数不一定小。0 为没有，—为没有记录或不适用。"
            )


def _numeral(n: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(n, 10)
    return (
        ("" if tens < 2 else _NUMERALS[tens - 1]) + "十" * (tens > 0) + (_NUMERALS[ones - 1] if ones else "")
    )


def _said(amount: Amount) -> bool:
    """Whether an amount is worth a word in prose: anything but nothing and zero."""
    return amount.hidden or bool(amount.number)
