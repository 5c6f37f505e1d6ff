"""Puts what the log answered into tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.access_log import LABELS
from guitu.store.readings.reviews import GROUNDS, Review
from guitu.store.readings.seen import Line, PersonDay, Seen, SeenBy
from guitu.store.readings.unusual import RULES, Unusual
from guitu.store.units import tree
from guitu.web.accounts.told import HAPPENED
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.readings import words
from guitu.web.pages.readings.page import RuleLine

REVIEW_FORM: Final = "review"
"""The id of the one form that all presses of a review belong to."""

Reviews = Mapping[tuple[int, str, date], Review]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: how far back, which sort, readers of which unit, which page; on a file's page
    also whose day stands open, on an account's page whose account."""

    period: str = "90"
    what: str = ""
    unit: str = ""
    page: int = 1
    who: str = ""
    day: date | None = None
    account: str = ""

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The list's own choices as they stand in the address, without the page."""
        pairs = (
            ("account", self.account),
            ("period", self.period if self.period != "90" else ""),
            ("what", self.what),
            ("unit", self.unit),
        )
        return tuple(pair for pair in pairs if pair[1])

    def href(self, path: str, more: Iterable[tuple[str, str]] = (), fragment: str = "") -> str:
        """The address of that list."""
        pairs = [*self.query, *more]
        return (f"{path}?{urlencode(pairs)}" if pairs else path) + fragment


def filters(asked: Asked, path: str, by_what: Mapping[str, int], by_unit: Mapping[str, int]) -> Filters:
    """Period, sort, and the readers' units."""

    def to(**changes: object) -> str:
        return replace(asked, page=1, who="", day=None, **changes).href(path)  # type: ignore[arg-type]

    spans = tuple(
        Chip(label, to(period=name), here=asked.period == name)
        for name, (_, label) in words.PERIODS.items()
        if name != "7"
    )
    groups = [Group(Label("期间", "Period"), spans)]
    sorts = tuple(
        Chip(LABELS[what], to(what="" if asked.what == what else what), by_what.get(what), asked.what == what)
        for what in LABELS
        if by_what.get(what) or what == asked.what
    )
    if len(sorts) > 1 or asked.what:
        groups.append(Group(Label("种类", "Sort"), sorts))
    names = {code: unit.name for code in by_unit if (unit := tree().get(code)) is not None}
    if len(names) > 1 or asked.unit:
        chips = tuple(Chip(name, to(unit=code), by_unit[code]) for code, name in sorted(names.items()))
        groups.append(Group(Label("读者单位", "Unit of the reader"), chips, folded=True))
    chosen = []
    if asked.what:
        chosen.append(Chip(LABELS[asked.what], to(what="")))
    if asked.unit:
        unit = tree().get(asked.unit)
        chosen.append(Chip(unit.name if unit else asked.unit, to(unit="")))
    clear = to(what="", unit="") if chosen else ""
    return Filters(tuple(groups), tuple(chosen), clear, Label("筛选查阅记录", "Filter readings"))


def summary(found: SeenBy, period: str) -> Label:
    """最近 90 天 41 次 · 6 人 · 其中 ◇无分管关系 1."""
    span = words.PERIODS[period][1]
    zh = f"{span.zh} {found.readings:,} 次 · {found.readers} 人"
    readers = "1 reader" if found.readers == 1 else f"{found.readers} readers"
    en = f"{span.en}: {found.readings:,} readings · {readers}"
    if found.entries:
        zh += f" · 登记 {found.entries:,} 条"
        en += f" · {found.entries:,} entries made"
    if found.outside:
        zh += f" · 其中 ◇无分管关系 {found.outside} 人日"
        en += f" · ◇ without responsibility: {found.outside} person-days"
    return Label(zh, en)


_DAY: Final = Column(Label("日期", "Day"), phone="lead")
_WHO: Final = Column(Label("谁", "Who"), phone="bare")
_POST: Final = Column(Label("岗位", "Post"), phone="bare")
_WHAT: Final = Column(Label("看了什么", "What"), phone="bare")
_TIME: Final = Column(Label("时间", "Time"), phone="line")
_ACT: Final = Column(Label("核对", "Review"), phone="act")


def file_table(
    asked: Asked,
    path: str,
    file_no: int,
    found: SeenBy,
    names: Mapping[str, str],
    reviews: Reviews,
    *,
    reviewer: bool,
    size: int,
) -> Table:
    """Who has seen the file, a line for each person and day."""
    heads = (_DAY, _WHO, _POST, _WHAT, _TIME, *((_ACT,) if reviewer else ()))
    rows = []
    for group in found.groups:
        open_now = (group.who, group.day) == (asked.who, asked.day)
        more = (*_paged(asked), ("who", group.who), ("day", group.day.isoformat()))
        cells: list[Cell | Text] = [
            Cell(group.day.isoformat(), asked.href(path, more, "#lines"), strong=open_now),
            _name(group.who, names),
            Cell(part=words.Posts(tuple(group.posts), group.outside)) if group.posts else "—",
            words.times(group.counts),
            _span(group),
        ]
        if reviewer:
            review = reviews.get((file_no, group.who, group.day))
            cells.append(Cell(part=acts(file_no, group.who, group.day, review)))
        rows.append(Row(tuple(cells)))
    pager = Pager(found.page, size, found.total, asked.query, path, fixed=True)
    counts: list[Text] = [Label(f"共 {found.total:,} 人日", f"{found.total:,} person-days")]
    if pager.pages > 1:
        counts.append(pager.span)
    empty = Empty(nobody(asked.period)) if not rows else None
    caption = Label("按人按日", "By person and day")
    return Table(caption, heads, tuple(rows), tuple(counts), pager, empty)


def nobody(period: str) -> Label:
    """90 天内没有人查阅."""
    days, _ = words.PERIODS[period]
    if period == "all":
        return Label("还没有人查阅。", "Nobody has read this file.")
    return Label(f"{days} 天内没有人查阅。", f"Nobody has read this file in {days} days.")


def _paged(asked: Asked) -> tuple[tuple[str, str], ...]:
    return (("page", str(asked.page)),) if asked.page > 1 else ()


def _name(account: str, names: Mapping[str, str]) -> Cell:
    name = names.get(account, "")
    return Cell(name or account, sub=account if name else "")


def _span(group: PersonDay) -> str:
    first, last = (f"{t.astimezone(CHINA):%H:%M}" for t in (group.first, group.last))
    return first if first == last else f"{first}–{last}"


def acts(file: int, who: str, day: date, review: Review | None) -> words.Acts:
    """What was said of a reading, and what may be said."""
    value = f"{file}/{day.isoformat()}/{who}"
    told = reviewed(review)
    extra = {"form": REVIEW_FORM}
    describes = f"{who} {day.isoformat()}"
    ask = Button(
        Label("询问", "Ask"), look="small", name="ask", value=value, extra=extra, describes=describes
    )
    fine = Button(
        Label("属正常", "Reviewed OK"), look="small", name="ok", value=value, extra=extra, describes=describes
    )
    if review is None:
        return words.Acts((ask, fine))
    return words.Acts((fine,) if review.act != "ok" else (), told)


def reviewed(review: Review | None) -> Word | None:
    """What was said, in a word."""
    if review is None:
        return None
    if review.act == "ok":
        return Word("done", Label("属正常", "Reviewed OK"))
    if review.act == "ask":
        return Word("gap", Label("已询问", "Asked"))
    ground = GROUNDS.get(review.ground, Label("已答复", "Answered"))
    return Word("gap", Label(f"答：{ground.zh}", f"Answer: {ground.en.lower()}"))


def lines_table(lines: tuple[Line, ...], who: str, day: date) -> Table:
    """Everything one account saw of a file on one day."""
    heads = (
        Column(Label("时间", "Time"), phone="lead"),
        Column(Label("种类", "Sort"), phone="bare"),
        Column(Label("分区", "Compartments"), phone="line"),
        Column(Label("准许的理由", "Why allowed"), phone="line"),
        Column(Label("目的", "Purpose"), phone="line"),
        Column(Label("岗位", "Post"), phone="line"),
        Column(Label("来自", "From"), phone="line"),
    )
    rows = tuple(
        Row(
            (
                f"{line.at.astimezone(CHINA):%H:%M:%S}",
                _sort(line),
                words.compartments(line.compartments),
                line.why,
                words.purpose(line.purpose),
                Cell(part=words.Posts(((line.role, line.unit),), line.outside)),
                line.source,
            )
        )
        for line in lines
    )
    caption = Label(f"{who} {day.isoformat()} 的每一次", f"Every reading by {who} on {day.isoformat()}")
    counts = (Label(f"共 {len(rows)} 次", f"{len(rows)}"),)
    written = Empty(
        Label("这一天只有登记，见档案的经历。", "Only entries were made that day: see the file’s history.")
    )
    return Table(caption, heads, rows, counts, empty=None if rows else written, id="lines")


def _sort(line: Line) -> Text:
    label = LABELS[line.what]
    if len(line.files) == 1 and line.shown == 1:
        return label
    return Label(f"{label.zh}（{line.shown} 人）", f"{label.en} ({line.shown})")


def account_table(
    asked: Asked, path: str, found: Seen, cases: Mapping[int, str], *, size: int, linked: bool = True
) -> Table:
    """What an account has seen, newest first."""
    heads = (
        Column(Label("时间", "Time"), phone="lead"),
        Column(Label("种类", "Sort"), phone="bare"),
        Column(Label("档案", "Files"), phone="bare"),
        Column(Label("分区", "Compartments"), phone="line"),
        Column(Label("准许的理由", "Why allowed"), phone="line"),
        Column(Label("岗位", "Post"), phone="line"),
        Column(Label("来自", "From"), phone="line"),
    )
    rows = tuple(
        Row(
            (
                f"{line.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
                LABELS[line.what],
                _files(line, cases, linked=linked),
                words.compartments(line.compartments),
                line.why,
                Cell(part=words.Posts(((line.role, line.unit),), line.outside)),
                line.source,
            )
        )
        for line in found.lines
    )
    pager = Pager(found.page, size, found.total, asked.query, path, fixed=True)
    counts: list[Text] = [Label(f"共 {found.total:,} 条", f"{found.total:,} readings")]
    if pager.pages > 1:
        counts.append(pager.span)
    empty = Empty(Label("期间没有查阅。", "Nothing was read in this period.")) if not rows else None
    return Table(Label("逐条", "One by one"), heads, rows, tuple(counts), pager, empty)


def _files(line: Line, cases: Mapping[int, str], *, linked: bool) -> Cell:
    """The file; of a list how many, and how many of them for the first time that day."""
    if len(line.files) == 1 and line.shown <= 1:
        case_no = cases.get(line.files[0], "—")
        return Cell(case_no, f"/people/{case_no}/readings/" if linked and case_no in cases.values() else "")
    if not line.shown:
        return Cell(HAPPENED.get(line.detail, line.detail) or "—")
    told = Label(f"{line.shown} 人", f"{line.shown} people")
    first = len(line.files)
    sub = Label(f"当日首次 {first} 人", f"{first} for the first time that day") if first else ""
    return Cell(told, sub=sub)


def unusual_table(
    found: tuple[Unusual, ...],
    reviews: Reviews,
    names: Mapping[str, str],
    cases: Mapping[int, str],
    pager: Pager,
) -> Table:
    """What the rules point at, each with its reasons."""
    heads = (
        _DAY,
        _WHO,
        Column(Label("档案", "File"), phone="bare"),
        Column(Label("为什么列出", "Why it is here"), phone="bare"),
        _ACT,
    )
    rows = []
    for one in found:
        case_no = cases.get(one.file, "")
        rows.append(
            Row(
                (
                    one.day.isoformat(),
                    Cell(
                        names.get(one.who) or one.who,
                        f"/readings/account/?{urlencode({'account': one.who})}",
                        sub=words.post_label(one.role, one.unit),
                    ),
                    Cell(case_no, f"/people/{case_no}/readings/") if case_no else "—",
                    Cell(part=Reasons(tuple(one.why))),
                    Cell(part=acts(one.file, one.who, one.day, reviews.get((one.file, one.who, one.day)))),
                )
            )
        )
    counts: list[Text] = [Label(f"共 {pager.total:,} 项", f"{pager.total:,}")]
    if pager.pages > 1:
        counts.append(pager.span)
    empty = (
        Empty(Label("期间没有规则所指的查阅。", "The rules point at nothing in this period."))
        if not rows
        else None
    )
    return Table(Label("不寻常的查阅", "Unusual reading"), heads, tuple(rows), tuple(counts), pager, empty)


@dataclass(frozen=True, slots=True)
class Reasons:
    """The rules that speak, each with its sentence."""

    why: tuple[tuple[str, Label], ...]

    def html(self) -> str:
        """As a list."""
        from guitu.web.component import said

        by_name = {rule.name: rule.label for rule in RULES}
        items = "".join(
            f"<li><strong>{said(by_name[name])}</strong> {said(label)}</li>" for name, label in self.why
        )
        return f'<ul class="reasons">{items}</ul>'


def rule_lines() -> tuple[RuleLine, ...]:
    """Every rule as it stands here."""
    return tuple(
        RuleLine(rule.label, rule.looks_for, rule.limit, rule.setting, not rule.setting or rule.limit > 0)
        for rule in RULES
    )


def reason_field(value: str = "", error: Text = "") -> Field:
    """What a list is taken along for."""
    return Field(
        "reason",
        Label("导出的理由", "Reason for taking it along"),
        "choice",
        value=value,
        error=error,
        options=tuple(Option(name, label) for name, label in words.REASONS.items()),
    )


def unusual_filters(period: str, *, every: bool, reviewed: int) -> Filters:
    """How far back the rules look, and whether what was found in order is listed too."""
    more = "&all=1" if every else ""
    spans = tuple(
        Chip(words.PERIODS[name][1], f"/readings/?period={name}{more}", here=period == name)
        for name in ("7", "30")
    )
    show = (
        Chip(Label("待核的", "To review"), f"/readings/?period={period}", here=not every),
        Chip(
            Label("连同属正常的", "With those found OK"), f"/readings/?period={period}&all=1", reviewed, every
        ),
    )
    groups = (Group(Label("期间", "Period"), spans), Group(Label("列出", "Show"), show))
    return Filters(groups, name=Label("筛选", "Filters"))


def at(moment: datetime) -> str:
    """A moment on the office's clock, to the second."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
