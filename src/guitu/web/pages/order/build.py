"""From an order, its tests and counts to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home.custody import OUTCOMES, Chain, next_step
from guitu.home.order import STEPS, Standing, Step
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label, listed, many
from guitu.store.guards import by_person
from guitu.store.read import PersonLine, in_order
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.finder.component import Finder
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.table.sorting import heads
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.gate.build import by_whom
from guitu.web.pages.people.build import ORDERS as IN_ORDER
from guitu.web.pages.people.lines import measure
from guitu.web.pages.people.sought import NOTHING, Sought, nobody
from guitu.web.pages.today.choices import address

PATH: Final = "/order/"
FROM: Final = (("from", "order"),)
ORDERS: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("措施", "Measure"), phone="bare"),
    Column(Label("期满", "Last day")),
    Column(Label("还差", "Still lacking"), phone="bare"),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
SORTED_BY: Final = ("name", "", "ends", "missing", "", "")
"""What pressing each head sorts by."""
USUAL: Final = "missing"
STEP: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("步骤", "Step"), phone="lead"),
    Column(Label("已知", "Known"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
TESTS: Final = (
    Column(Label("检测日期", "Day"), phone="lead"),
    Column(Label("结果如何", "What came of it"), phone="bare"),
    Column(Label("待核", "To be checked"), numeric=True, unit=Label("项", "things")),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
CHAIN: Final = (
    Column(Label("日期", "Day"), phone="lead"),
    Column(Label("事项", "What"), phone="bare"),
    Column(Label("经手", "By whom"), phone="bare"),
)
SAMPLES: Final = (
    Column(Label("样本", "Sample"), phone="lead"),
    Column(Label("编号", "Number"), phone="bare"),
    Column(Label("现在何处", "Where it is"), phone="bare"),
    Column(Label("封口", "Seal"), phone="bare"),
)
WORDS: Final = {
    "done": Word("done"),
    "missing": Word("open", Label("待办", "To do")),
    "part": Word("gap", Label("不全", "In part")),
    "later": Word("open", Label("未到", "Not yet")),
    "hidden": Word("barred", Label("不可见", "Not seen here")),
}
SHAPES: Final = {
    "negative": "done",
    "not_taken": "barred",
    "unconfirmed": "open",
    "objected": "gap",
    "at_laboratory": "open",
    "confirmed": "gap",
    "refuted": "done",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list. `no` is the file's number."""

    person: PersonLine
    standing: Standing

    @property
    def no(self) -> int:
        """The file's number, by which the access log knows it."""
        return self.person.no


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see: a unit below their own, one missing step, in which order, a page of so
    many."""

    unit: str = ""
    step: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]
    sought: Sought = NOTHING

    def pairs(self, **changes: object) -> tuple[tuple[str, str], ...]:
        """The choices of the address, some changed."""
        now = {"unit": self.unit, "step": self.step, "sort": self.sort} | changes
        return tuple((k, str(v)) for k, v in (self.sought.pairs | now).items() if v)

    def href(self, **changes: object) -> str:
        """The address with some choices changed; the page starts again from the first."""
        return address(PATH, self.pairs(**changes), self.size)


def narrowed(lines: Iterable[Line], asked: Asked) -> list[Line]:
    """Those the list shows, in the order that is asked for: with most missing first."""
    found = [
        one for one in lines if not asked.step or any(s.name == asked.step for s in one.standing.missing)
    ]
    found.sort(key=lambda one: (-len(one.standing.missing), one.person.case_no))
    if not asked.sort:
        return found
    by = {"name": lambda one: one.person.name, "ends": lambda one: one.person.ends_on}
    name = asked.sort.removeprefix("-")
    return in_order([(one, by[name](one)) for one in found], name, turned=asked.sort.startswith("-"))


def lead(lines: Sequence[Line]) -> Label:
    """How many there are, and how many lack something."""
    lacking = sum(1 for one in lines if one.standing.missing)
    return Label(
        f"社区戒毒、社区康复 {len(lines)} 人 · 有事项待办 {lacking} 人",
        f"{len(lines)} in community measures · {lacking} with something to do",
    )


def filters(lines: Sequence[Line], asked: Asked, below: Sequence[Unit], unit: str = "") -> Filters:
    """By what is missing, and units below. `unit` is the name of the chosen one."""
    chips = tuple(
        Chip(
            label,
            asked.href(step="" if asked.step == name else name),
            n,
            asked.step == name,
        )
        for name, label, _, _ in STEPS
        if (n := sum(1 for one in lines if any(s.name == name for s in one.standing.missing)))
        or asked.step == name
    )
    groups = [Group(Label("还差", "Still lacking"), chips, named=True)]
    if below:
        units = tuple(Chip(u.name, asked.href(unit=u.code)) for u in below)
        groups.append(Group(Label("下级单位", "Units below"), units, folded=True))
    chosen = [Chip(label, asked.href(step="")) for name, label, _, _ in STEPS if asked.step == name]
    if asked.unit:
        chosen.append(Chip(unit or asked.unit, asked.href(unit="")))
    chosen += asked.sought.chips(asked.href(q="", found=""))
    return Filters(tuple(groups), tuple(chosen), PATH if chosen else "", Label("筛选人员", "Filter people"))


def finder(asked: Asked) -> Finder:
    """The box in which one of them is sought; the other choices stay."""
    return Finder(PATH, asked.sought.q, asked.pairs(q="", found=""))


def page_of(found: Sequence[Line], asked: Asked) -> tuple[Sequence[Line], Pager]:
    """Those on the page that is asked for, and the way to the others."""
    return paged(found, asked.page, asked.size, asked.pairs(), PATH)


def orders(some: Sequence[Line], pager: Pager, asked: Asked) -> Table:
    """One page of the list."""
    counts = (
        Label(f"共 {pager.total} 人", many(pager.total, "person", "people")),
        IN_ORDER[asked.sort] if asked.sort else Label("待办多的在前", "most to do first"),
        *pager.spans,
    )
    empty = nobody(asked.sought) if not some else None
    rows = tuple(_order(one) for one in some)
    columns = heads(ORDERS, SORTED_BY, asked.sort, USUAL, lambda sort: asked.href(sort=sort))
    return Table(Label("社区执行", "Community orders"), columns, rows, counts, pager, empty)


def _order(one: Line) -> Row:
    line, missing = one.person, one.standing.missing
    href = addresses.back_to("order", line.case_no)
    lacking: Cell = Cell(part=Word("done", Label("齐全", "Complete")))
    if missing:
        zh = "、".join(s.label.zh for s in missing[:3])
        en = ", ".join(s.label.en for s in missing[:3])
        more = len(missing) - 3
        lacking = Cell(
            Label(f"{zh} 等 {len(missing)} 项", f"{en} and {more} more") if more > 0 else Label(zh, en)
        )
    return Row(
        (
            Cell(line.name or line.case_no, href, sub=line.case_no),
            measure(line.measure, line.state),
            line.ends_on.isoformat() if line.ends_on else "—",
            lacking,
            line.unit_name or "—",
            Cell(part=Button(Label("办理", "Go on"), href=href, look="small", describes=line.name)),
        ),
        line.case_no,
    )


# ── one person ────────────────────────────────────────────────────────────────────────────────────


def steps(standing: Standing, case_no: str, may: frozenset[str], on: date) -> Table:
    """The steps of the order."""
    rows = tuple(_step(step, case_no, may, on) for step in standing.steps)
    done = sum(1 for s in standing.steps if s.state == "done")
    counts = (Label(f"已办 {done} / {len(rows)}", f"{done} of {len(rows)} done"),)
    return Table(Label("步骤", "Steps"), STEP, rows, counts, id="steps")


def _step(step: Step, case_no: str, may: frozenset[str], on: date) -> Row:
    word = WORDS[step.state]
    if step.due is not None and step.state == "missing":
        days = (step.due - on).days
        word = Word("gap" if days < 0 else "today", days_word(days) if days else "")
    cites = [Citation.parse(text).label for text in step.cites]
    return Row(
        (
            Cell(part=word),
            Cell(step.label, sub=Label(" ".join(c.zh for c in cites), " ".join(c.en for c in cites))),
            step.says or "—",
            _act(step, case_no, may),
        ),
        step.name,
    )


def _act(step: Step, case_no: str, may: frozenset[str]) -> Cell | Text:
    if step.state == "hidden":
        return ""
    if step.kind not in may:
        return "" if step.state in ("done", "later") else by_whom(step.kind)
    if step.name == "plan_review" and step.state == "later" and step.due is None:
        return ""
    href = addresses.record(case_no, step.kind, FROM)
    if step.state in ("done", "part", "later"):
        if step.kind in ("served", "reporting_in", "agreement"):
            return ""
        again = Label("重新登记", "Record anew")
        return Cell(part=Button(again, href=href, look="link", describes=step.label))
    return Cell(part=Button(Label("登记", "Record"), href=href, look="small", describes=step.label))


def tests(chains: Sequence[Chain], case_no: str) -> Table | None:
    """The positive tests with what has come of each."""
    if not chains:
        return None
    rows = []
    for chain in chains:
        href = f"/order/{case_no}/tests/{chain.test.id}/"
        day = chain.test.happened_on.isoformat()
        rows.append(
            Row(
                (
                    Cell(day, href),
                    Cell(part=outcome(chain)),
                    str(len(chain.gaps)),
                    Cell(part=Button(Label("查看", "Look"), href=href, look="small", describes=day)),
                ),
                f"t-{chain.test.id}",
            )
        )
    counts = (Label(f"共 {len(rows)} 次", many(len(rows), "test")),)
    return Table(Label("阳性检测", "Positive tests"), TESTS, tuple(rows), counts, id="tests")


def outcome(chain: Chain) -> Word:
    """What has come of a test, as a shape and a word."""
    return Word(SHAPES[chain.outcome], OUTCOMES[chain.outcome])


def chain_table(chain: Chain, staff: Mapping[str, str], units: Mapping[str, str]) -> Table:
    """Everything that happened with a test, in the order of days."""
    rows = tuple(
        _link(e, staff, units)
        for e in (*((chain.test,) if chain.test not in chain.steps else ()), *chain.steps)
    )
    counts = (Label(f"共 {len(rows)} 条", many(len(rows), "entry", "entries")),)
    return Table(Label("经过", "What happened"), CHAIN, rows, counts, id="chain")


NOT_AS_REPORTED: Final = Label(
    "检测记录写的“是否确认”与实验室报告不符，请更正检测记录",
    "What the test's entry says of its confirmation is not what the laboratory says: correct it",
)
PERSON: Final = Label("本人", "The person")
HANDS: Final = ("tester_1", "tester_2", "from_whom", "to_whom", "taker_1", "taker_2")


def _link(entry: Entry, staff: Mapping[str, str], units: Mapping[str, str]) -> Row:
    kind = kinds()[entry.kind]
    hands = [str(entry.get(n)) for n in HANDS if entry.get(n)]
    where = str(entry.get("to_place") or entry.get("body") or entry.get("kept_at") or "")
    by = " → ".join(hands) if entry.kind == "sample_moved" else listed(hands) if hands else ""
    return Row(
        (
            entry.happened_on.isoformat(),
            Cell(Label(kind.sentence(entry), kind.sentence(entry, "en")), sub=where),
            Cell(
                PERSON if by_person(entry, kind) else by or staff.get(entry.author, entry.author),
                sub=units.get(entry.unit, ""),
            ),
        ),
        f"e-{entry.id}",
    )


def samples(chain: Chain) -> Table | None:
    """Where the two samples are."""
    if not chain.samples:
        return None
    rows = tuple(
        Row(
            (
                f"{one.which.upper()}",
                one.number,
                Label(f"已销毁 {one.destroyed.happened_on}", f"Destroyed {one.destroyed.happened_on}")
                if one.destroyed is not None
                else one.place or "—",
                Cell(
                    part=Word("done", Label("完好", "Whole"))
                    if one.whole
                    else Word("gap", Label("破损", "Broken"))
                ),
            ),
            f"s-{one.which}",
        )
        for one in chain.samples
    )
    return Table(Label("样本", "Samples"), SAMPLES, rows, (), id="samples")


def gaps(chain: Chain) -> tuple[tuple[Label, Text], ...]:
    """What is to be checked, with the article; and where the test's own entry says something else."""
    found: list[tuple[Label, Text]] = [
        (gap.label, Citation.parse(gap.cites).label if gap.cites else "") for gap in chain.gaps
    ]
    if not chain.standing:
        found.insert(
            0,
            (
                NOT_AS_REPORTED,
                "",
            ),
        )
    return tuple(found)


WITHDRAWN: Final = Word("gap", Label("检测已作废", "The test is withdrawn"))
STILL_COUNT: Final = Label(
    "检测已作废，下面的步骤仍在计算，期限照算；登错的请逐条作废",
    "The test is withdrawn, and the steps below still count: their days go on. Withdraw each that should not"
    " stand",
)


def withdrawals(steps: Sequence[Entry], case_no: str, may: frozenset[str]) -> tuple[Button, ...]:
    """Where the steps of a withdrawn test are withdrawn, each by itself."""
    found = []
    for step in steps:
        label, href = kinds()[step.kind].label, addresses.withdraw(case_no, step.id, FROM)
        if step.kind in may:
            day = step.happened_on.isoformat()
            text = Label(f"作废{label.zh}", f"Withdraw: {label.en}")
            found.append(Button(text, href=href, look="link", describes=day))
    return tuple(found)


def acts(chain: Chain, case_no: str, may: frozenset[str]) -> tuple[Button, ...]:
    """What is recorded next; and correcting the test where it says something else than the laboratory."""
    found = []
    kind, known = next_step(chain)
    if kind and kind in may:
        href = addresses.record(case_no, kind, (*known, *FROM))
        found.append(
            Button(
                Label(f"登记{kinds()[kind].label.zh}", f"Record: {kinds()[kind].label.en}"),
                href=href,
                look="primary",
            )
        )
    for other in ("sample_moved", "lab_report"):
        if other in may and other != kind and chain.samples:
            href = addresses.record(case_no, other, (("test", chain.named), *FROM))
            found.append(Button(kinds()[other].label, href=href, look="link"))
    if not chain.standing and "urine_test" in may:
        href = addresses.correct(case_no, chain.test.id)
        found.append(Button(Label("更正检测记录", "Correct the test"), href=href))
    return tuple(found)
