"""Makes the page from what the store answered: rows with their words, chips that lead to what they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from guitu.access import ROLES
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.policy import Policy, Rule, Version, names
from guitu.policy.model import Before, Every, Within
from guitu.store import read
from guitu.store.centre.medical import Restrained
from guitu.store.centre.safety import Reviews
from guitu.store.grants import Grant, unit_name
from guitu.store.read import desk
from guitu.store.read.today import Bucket
from guitu.store.units import LEVEL_LABELS, Tree, Unit
from guitu.web.component import say
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters
from guitu.web.components.filters.component import Group as FilterGroup
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word, days_word
from guitu.web.days import with_weekday
from guitu.web.pages.casefile import addresses
from guitu.web.pages.today.choices import Choices
from guitu.web.pages.today.page import BUCKET_LABELS, KINDS
from guitu.web.pages.today.rows import EXCUSE, NOT_FOUND, REASSIGN, DueRow, Group, Law

FEW: Final = 500
"""Up to so many duties, looking at each to find whose they are is quick."""
MOST_WORKERS: Final = 40
"""More names than this are no choice."""

MOST_TOLD: Final = 5
"""More news than this stands in no block on top of a list."""

MayRecord = Callable[[str], bool]


def filters(chosen: Choices, found: read.Today, workers: dict[str, int]) -> Filters:
    """Everything the list can be narrowed by. Each number is the length of the list its link leads to."""
    due = tuple(
        Chip(
            BUCKET_LABELS[b],
            chosen.href(due=None if chosen.due == b else b),
            found.counts[b],
            chosen.due == b,
            KINDS[b] if found.counts[b] or b != "late" else "",
        )
        for b in read.BUCKETS
    )
    groups = [FilterGroup(Label("到期", "Due"), due)]
    duties = _duty_chips(chosen, found)
    if duties:
        groups.append(FilterGroup(Label("事项", "Duty"), duties, folded=True))
    below = _unit_chips(chosen, found)
    if below:
        groups.append(FilterGroup(_below_label(chosen.unit, below), tuple(c for c, _ in below), folded=True))
    people = _worker_chips(chosen, workers)
    if people:
        groups.append(FilterGroup(Label("经办人", "Worker"), people, folded=True))
    in_force = _in_force(chosen)
    clear = chosen.href(due=None, duty="", worker="", unit=chosen.home) if in_force else ""
    return Filters(tuple(groups), in_force, clear, Label("筛选事项", "Filter duties"))


def _duty_chips(chosen: Choices, found: read.Today) -> tuple[Chip, ...]:
    if len(found.duties) < 2 and not chosen.duty:
        return ()
    counted = {n: c for n, c in found.duties.items() if c}
    if chosen.due:  # the store counts a duty over all three buckets; narrowed to one, no number is honest
        return tuple(Chip(_duty(n), chosen.href(duty=n), None, chosen.duty == n) for n in counted)
    return tuple(Chip(_duty(n), chosen.href(duty=n), c, chosen.duty == n) for n, c in counted.items())


def _unit_chips(chosen: Choices, found: read.Today) -> list[tuple[Chip, Unit]]:
    plain = not (chosen.due or chosen.wanted_worker)
    return [
        (Chip(u.name, chosen.href(unit=u), found.below[u.no] if plain else None), u)
        for u in chosen.units.children(chosen.unit)
        if u.no in found.below
    ]


def _below_label(unit: Unit, below: list[tuple[Chip, Unit]]) -> Label:
    levels = {u.level for _, u in below}
    if len(levels) == 1:
        return LEVEL_LABELS.get(levels.pop(), Label("下级", "Units below"))
    return Label("下级单位", "Units below")


def workers(chosen: Choices, found: read.Today) -> dict[str, int]:
    """Whose duties the list holds, and how many each, where that is a choice: nobody's, if there are too many
    or too few to choose from."""
    if chosen.mine or chosen.worker or sum(found.counts.values()) > FEW:
        return {}
    counts = desk.workers(chosen.unit, found.day)
    return counts if 1 < len(counts) <= MOST_WORKERS else {}


def _worker_chips(chosen: Choices, workers: dict[str, int]) -> tuple[Chip, ...]:
    plain = not (chosen.due or chosen.duty)
    return tuple(Chip(who, chosen.href(worker=who), n if plain else None) for who, n in workers.items())


def _in_force(chosen: Choices) -> tuple[Chip, ...]:
    """What was chosen beside the scope and the day, each with the address without it."""
    found = []
    if chosen.duty:
        found.append(Chip(_duty(chosen.duty), chosen.href(duty="")))
    if chosen.unit.no != chosen.home.no:
        found.append(Chip(chosen.unit.name, chosen.href(unit=chosen.home)))
    if chosen.worker and not chosen.mine:
        found.append(Chip(chosen.worker, chosen.href(worker="")))
    return tuple(found)


def _duty(name: str) -> Label:
    return names().duties[name]


def tabs(chosen: Choices, all_here: int, mine: int) -> Tabs | None:
    """Mine, or the whole unit's; only for who has duties of their own."""
    below = chosen.units.children(chosen.unit)
    if not mine and not chosen.mine:
        return None
    whole = Label("本单位及下级", "This unit and below") if below else Label("本单位", "This unit")
    return Tabs(
        (
            Tab(whole, chosen.href(mine=False), not chosen.mine, all_here),
            Tab(Label("我的", "Mine"), chosen.href(mine=True, worker=""), chosen.mine, mine),
        ),
        Label("范围", "Scope"),
    )


ASKED: Final = Notice(
    "gap",
    Label("审计人员询问了您的一次查阅", "The auditor has asked about something you read"),
    Label("请选一项答复。", "Please choose an answer."),
    (Button(Label("去答复", "Answer"), href="/readings/mine/", look="small"),),
)
"""What an account is told that was asked about a reading."""


def told(
    opened: tuple[Grant, ...], waiting: int, handed_over: tuple[str, ...], second: int = 0
) -> tuple[Notice, ...]:
    """What the post has to know beside its duties."""
    found = []
    if second:
        text = Label(
            f"有 {second} 件事项等您复核。", f"{second} proposals wait for you as the second officer."
        )
        press = Button(Label("去复核", "Decide them"), href="/proposals/", look="small")
        found.append(Notice("gap", text, "", (press,)))
    if handed_over:
        n = len(handed_over)
        links = tuple(Button(c, href=addresses.file(c), look="small") for c in handed_over[:MOST_TOLD])
        text = Label(f"有 {n} 份档案移交给本单位，等待接收。", f"{n} files were sent here, to be accepted.")
        found.append(Notice("gap", text, "", links))
    if waiting:
        text = Label(f"有 {waiting} 件查阅申请待审批。", f"{waiting} requests to read a minor's file wait.")
        press = Button(Label("去审批", "Answer them"), href="/approvals/", look="small")
        found.append(Notice("gap", text, "", (press,)))
    for grant in opened[:MOST_TOLD]:
        at = f"{grant.asked.astimezone(CHINA):%Y-%m-%d %H:%M}"
        office, role = unit_name(grant.unit), ROLES[grant.role].label
        text = Label(
            f"{at} {office}{role.zh}{grant.name}应急查阅了档案 {grant.case_no}。",
            f"{at}: {grant.name}, {role.en.lower()}, {office}, opened {grant.case_no} in an emergency.",
        )
        why = Label(f"理由：{grant.reason or '—'}", f"Reason: {grant.reason or '—'}")
        press = Button(Label("看档案", "See the file"), href=addresses.file(grant.case_no), look="small")
        found.append(Notice("info", text, why, (press,)))
    return tuple(found)


def restrained(found: Restrained | None) -> tuple[Notice, ...]:
    """That somebody is restrained now, for how long, and whether anything about it is late."""
    if found is None:
        return ()
    hours, minutes = divmod(found.longest, 60)
    text = Label(
        f"正在保护性约束 {found.people} 人，最长已 {hours} 小时 {minutes} 分。",
        f"{found.people} restrained now, the longest for {hours} h {minutes} min.",
    )
    late = Label("有查看、批准、复核或者解除已经迟了。", "A look, the approval, a review or the end is late.")
    press = Button(Label("去看", "Look"), href="/medical/restraint/", look="small")
    return (Notice("late" if found.late else "info", text, late if found.late else "", (press,)),)


def reviews(found: Reviews | None) -> tuple[Notice, ...]:
    """That plans of care are to be reviewed, and whether the day is past."""
    if found is None:
        return ()
    text = Label(
        f"有 {found.due} 份照护计划、危机计划今天前要复核。",
        f"{found.due} plans of care are to be reviewed by today.",
    )
    late = Label(f"其中 {found.late} 份已过复核日。", f"The day is past for {found.late} of them.")
    press = Button(Label("去复核", "Review"), href="/safety/care/", look="small")
    return (Notice("late" if found.late else "gap", text, late if found.late else "", (press,)),)


def summary(chosen: Choices, found: read.Today) -> Label:
    """The first line: what, in words; and what of the day's work is done."""
    due = _due(chosen, found.counts)
    if not found.done or chosen.narrowed or chosen.mine:
        return due
    return Label(f"{due.zh}今天已办 {found.done:,} 项。", f"{due.en} {found.done:,} done today.")


def _due(chosen: Choices, counts: Mapping[Bucket, int]) -> Label:
    if not sum(counts.values()):
        if chosen.narrowed or chosen.mine:
            return Label("没有符合筛选条件的事项。", "Nothing matches the filters.")
        return Label("今天没有必办事项，一周内也没有。", "Nothing is due today or within a week.")
    late, today, week = (counts[b] for b in read.BUCKETS)
    zh = [f"今天要办 {today:,} 项" if today else "今天没有必办事项"]
    en = [f"{today:,} due today" if today else "Nothing due today"]
    if late:
        zh.append(f"已逾期 {late:,} 项")
        en.append(f"{late:,} overdue")
    if week:
        zh.append(f"一周内还有 {week:,} 项")
        en.append(f"{week:,} more within a week")
    return Label("，".join(zh) + "。", ", ".join(en) + ".")


def groups(found: read.Today, chosen: Choices, may: MayRecord) -> tuple[Group, ...]:
    """The rows of this page under their headings: late, today, this week. Never in any other order."""
    made: dict[str, list[DueRow]] = {b: [] for b in read.BUCKETS}
    rows = _Rows(chosen, may, found.day)
    for line in found.rows:
        made[line.bucket].append(rows.row(line))
    return tuple(Group(KINDS[b], BUCKET_LABELS[b], tuple(made[b])) for b in read.BUCKETS if made[b])


def row_id(case_no: str, duty: str, due: date | None, measure: UUID | None) -> str:
    """The anchor of a duty's line: the same as long as the duty is open."""
    return f"d-{case_no}-{duty}-{due.isoformat() if due else 'now'}-{measure.hex[-6:] if measure else '0'}"


class _Rows:
    """Makes the lines of one page; what several of them share is worked out once."""

    def __init__(self, chosen: Choices, may: MayRecord, day: date) -> None:
        self.chosen, self.may, self.day = chosen, may, day
        self.query = chosen.href("")
        self._places: dict[str, tuple[Policy, str, str]] = {}

    def place(self, line: read.DutyLine) -> tuple[Policy, str, str]:
        """The rules that apply where the line is, the place in short, and the whole way down to it."""
        if line.unit not in self._places:
            unit = self.chosen.units.get(line.unit)
            way = path(unit, self.chosen.unit, self.chosen.units)
            short = " ".join(dict.fromkeys((*way[:1], *way[-1:]))) or line.unit_name
            self._places[line.unit] = read.rules(unit), short, " ".join(way)
        return self._places[line.unit]

    def row(self, line: read.DutyLine) -> DueRow:
        """One duty as a line."""
        policy, unit, where = self.place(line)
        basis = basis_of(policy, line)
        identifier = row_id(line.case_no, line.duty, line.due, line.measure)
        later = line.opens_on is not None and line.opens_on > self.day
        record = ""
        if not later and self.may(line.record):
            known = urlencode(addresses.named(line.record, line.measure))
            known = f"{basis.known}{known}&" if known else basis.known
            record = f"/files/{line.case_no}/record/{line.record}/?{known}{_HERE}{identifier}"
            record = addresses.by_two(line.case_no, line.record, line.measure) or record
        return DueRow(
            id=identifier,
            case_no=line.case_no,
            word=word(line, later=later),
            name=line.name,
            href=addresses.file(line.case_no),
            tail=line.id_tail,
            law=basis.law,
            due=weekday(line.due) if line.due else "",
            unit=unit,
            where=where,
            worker=line.worker,
            why=f"/today/why/{line.case_no}/{identifier}/",
            done=f"/today/done/{line.case_no}/{identifier}/{self.query}",
            record=record,
            note=Label(f"{line.opens_on} 起可办", f"from {line.opens_on}") if later else "",
            more=self._more(line, basis, identifier),
        )

    def _more(self, line: read.DutyLine, basis: Basis, identifier: str) -> tuple[tuple[Label, str], ...]:
        """What else may be recorded about it: why the person did not do it, and who takes it over."""
        found = []
        if basis.excuse and self.may("excuse"):
            found.append(
                (EXCUSE, f"/files/{line.case_no}/record/excuse/?of={basis.excuse}&{_HERE}{identifier}")
            )
        if self.may("responsible_unit"):
            now = urlencode(
                {"unit": line.unit, "worker": line.worker} if line.worker else {"unit": line.unit}
            )
            found.append(
                (REASSIGN, f"/files/{line.case_no}/record/responsible_unit/?{now}&{_HERE}{identifier}")
            )
        return tuple(found)


_HERE: Final = "from=today&row="
"""Where the form was opened from; the line's id follows."""


def word(line: read.DutyLine, *, later: bool = False) -> Word:
    """The state of a duty: overdue by so many days, today, promptly, or so many days left."""
    return _BARRED if later else _word(line.bucket, line.days)


_BARRED: Final = Word("barred")


@lru_cache(maxsize=2048)
def _word(bucket: str, days: int | None) -> Word:
    if days is None:
        return Word("today", Label("尽快", "Promptly"))
    return Word(KINDS[bucket], days_word(days))


def weekday(day: date) -> str:
    """2026-11-20 周五."""
    label = _weekday(day)
    return say(label)


@lru_cache(maxsize=2048)
def _weekday(day: date) -> Label:
    return with_weekday(day)


def path(unit: Unit | None, above: Unit, units: Tree) -> tuple[str, ...]:
    """The way down to a unit from the one the list is of: 河西镇, 东坡村. The unit itself, if it is that
    one. A name that the next one begins with is not said twice: 示范所一大队."""
    if unit is None:
        return ()
    way = [u.name for u in units.ancestors(unit)[above.depth :]] or [unit.name]
    return tuple(n for n, below in zip(way, (*way[1:], ""), strict=True) if not below.startswith(n))


@dataclass(frozen=True, slots=True)
class Basis:
    """What is the same for everybody who has one duty by one rule: its law, the answers that its form has
    already (as they stand in an address), and what an excuse from it must be of, where there may be one."""

    law: Law
    known: str = ""
    excuse: str = ""


_bases: dict[tuple[object, ...], Basis] = {}


def basis_of(policy: Policy, line: read.DutyLine) -> Basis:
    """The basis of a line of the list, by its duty's name and the articles it cites."""
    key = (id(policy), line.duty, line.cites, line.record, line.owed_by, line.label.zh)
    found = _bases.get(key)
    if found is None:
        rule = rule_of(policy, line.duty, line.cites)
        cites = tuple(Citation.parse(c).label for c in line.cites)
        own = line.owed_by == "person"
        if rule is None:
            found = Basis(Law(line.label, cites, NOT_FOUND, own))
        else:
            known = urlencode(addresses.answers(line.record, rule[0].id, policy))
            excuse = getattr(rule[1].word, "excused_by", "") if own else ""
            found = Basis(Law(line.label, cites, rule[1].says, own), f"{known}&" if known else "", excuse)
        _bases[key] = found
    return found


@cache
def rule_of(policy: Policy, duty: str, cites: tuple[str, ...]) -> tuple[Rule, Version] | None:
    """The rule and its version from which a duty follows, by its name and the articles it cites."""
    for rule in policy.applied:
        for version in reversed(rule.versions):
            named = isinstance(version.word, Within | Before | Every) and version.word.name == duty
            if named and tuple(str(c) for c in version.cites) == cites:
                return rule, version
    return None


def pager(chosen: Choices, found: read.Today, path: str = "/") -> Pager:
    """The list's own pages."""
    return Pager(found.page, chosen.size, found.total, chosen.query, path)


def span(found: read.Today, pages: Pager) -> Label:
    """共 23 项 · 按到期日 · 第 1–20 条."""
    words = Label(f"共 {found.total:,} 项 · 按到期日", f"{found.total:,} in all · by day due")
    if pages.pages == 1:
        return words
    return Label(f"{words.zh} · {pages.span.zh}", f"{words.en} · {pages.span.en}")


def band(at_risk: int, chosen: Choices) -> Notice | None:
    """Rights at risk stand above everything else."""
    if not at_risk:
        return None
    more = f"&unit={chosen.unit.code}" if chosen.unit.no != chosen.home.no else ""
    return Notice(
        "right",
        Label(f"权利有风险 {at_risk:,} 人", f"Rights at risk: {_people(at_risk)}"),
        Label(
            "例如期限已满仍未解除。请今天就核实、处理。",
            "For example, held past the term. Check and act on it today.",
        ),
        (Button(Label("看是哪些人", "See who"), href=f"/people/?rights=1{more}", look="small"),),
    )


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n:,} people"


def empty(chosen: Choices) -> Empty:
    """No rows: why, and what to do next."""
    if chosen.narrowed or chosen.mine:
        clear = chosen.href(due=None, duty="", worker="", unit=chosen.home, mine=False)
        return Empty(
            Label("没有符合筛选条件的事项。", "Nothing matches the filters."),
            (Button(Label("看全部事项", "See all duties"), href=clear),),
        )
    return Empty(
        Label("没有逾期、今天或一周内到期的事项。", "Nothing overdue, due today or due within a week."),
        (Button(Label("看人员名单", "See the people"), href="/people/?list=all"),),
    )


def left(counts: dict[str, int]) -> Label:
    """What is said after recording: how many remain on the list as it is narrowed now."""
    n = sum(counts.values())
    return Label(f"已登记，还剩 {n:,} 项", f"Recorded, {n:,} left")
