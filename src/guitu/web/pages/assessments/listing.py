"""Makes the worklist: who is due for which stage, and what is left to do with assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse

from guitu.centre.assessing import STAGES
from guitu.kernel.labels import Label
from guitu.store.centre.assessment_list import WHATS, Line, What, Worklist
from guitu.store.read import PersonLine
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.assessments.shown import LIST, AssessmentsPage
from guitu.web.pages.today.choices import address

PATH: Final = "/assessments/"
WORDS: Final[Mapping[What, Label]] = {
    "late": Label("逾期", "Overdue"),
    "due": Label("三十日内", "Within thirty days"),
    "sign": Label("待第二人签字", "Waits for the second signature"),
    "recheck": Label("异议待复核", "Objection to be re-checked"),
    "copy": Label("待交本人", "Copy to be given"),
    "open": Label("可以评估", "May be assessed"),
}
UNSET: Final = Label(
    "本所没有设置评估的天数。国家办法关于期限的条文未见，所以只有“期满前”有日子（最迟为最后一日），其余不算逾期。",
    "This centre has set no days. The national articles on time were not seen, so only “before expiry” has a"
    " day (the last one) and nothing else is overdue.",
)


class Asked:
    """What the reader asked to see."""

    def __init__(self, unit: str, what: str, stage: str, page: int, size: int = SIZES[0]) -> None:
        self.unit, self.what, self.stage, self.page, self.size = unit, what, stage, page, size

    def pairs(self, **changes: str) -> tuple[tuple[str, str], ...]:
        """The choices of the address, some changed."""
        now = {"unit": self.unit, "what": self.what, "stage": self.stage} | changes
        return tuple((k, v) for k, v in now.items() if v)

    def href(self, **changes: str) -> str:
        """The address with some choices changed; the page starts again from the first."""
        return address(PATH, self.pairs(**changes), self.size)


def listed(work: Worklist, asked: Asked) -> tuple[Line, ...]:
    """The lines of the page that is asked for."""
    return tuple(_page_of(work, asked)[0])


def _page_of(work: Worklist, asked: Asked) -> tuple[Sequence[Line], Pager]:
    return paged(work.those(asked.what, asked.stage), asked.page, asked.size, asked.pairs(), PATH)


def page(
    work: Worklist, asked: Asked, people: Mapping[int, PersonLine], *, writes: bool, setting: str
) -> AssessmentsPage:
    """The page. `people` are those whom the reader may find, by file number; `writes` says that the reader
    writes assessments; `setting` is where the centre's days are set, if the reader may."""
    counts = {what: len(work.those(what)) for what in WHATS}
    lead = Label(
        f"逾期 {counts['late']} · 三十日内 {counts['due']} · 待签字 {counts['sign']}"
        f" · 异议 {counts['recheck']}",
        f"{counts['late']} overdue · {counts['due']} within thirty days · {counts['sign']} to sign ·"
        f" {counts['recheck']} objections",
    )
    some, pager = _page_of(work, asked)
    total = pager.total
    rows = tuple(
        _row(line, people[line.resident.no], work, writes) for line in some if line.resident.no in people
    )
    table = Table(
        Label("待办", "To do"),
        LIST,
        rows,
        (Label(f"共 {total} 项", f"{total} in all"), *pager.spans),
        pager,
        None if total else Empty(Label("没有要办的评估。", "No assessments to do.")),
    )
    return AssessmentsPage(work.unit.name, lead, _filters(work, asked), table, _notices(work, setting))


def _notices(work: Worklist, setting: str) -> tuple[Notice, ...]:
    if work.settings.since is None:
        act = (Button(Label("设置天数和清单", "Set days and checklists"), href=setting),) if setting else ()
        return (Notice("info", UNSET, actions=act),)
    since = work.settings.since.isoformat()
    act = (Button(Label("改设置", "Change it"), href=setting, look="link"),) if setting else ()
    return (
        Notice(
            "info",
            Label(f"按本所 {since} 起的设置", f"By the centre's settings in force from {since}"),
            Label("天数是本所的，不是法律规定。", "The days are the centre's, not law."),
            act,
        ),
    )


def _filters(work: Worklist, asked: Asked) -> Filters:
    whats = tuple(
        Chip(
            WORDS[what],
            asked.href(what="" if asked.what == what else what),
            len(work.those(what, asked.stage)),
            here=asked.what == what,
            kind="late" if what == "late" else "",
        )
        for what in WHATS
    )
    stages = tuple(
        Chip(
            label,
            asked.href(stage="" if asked.stage == stage else stage),
            len(work.those(asked.what, stage)),
            here=asked.stage == stage,
        )
        for stage, label in STAGES.items()
    )
    groups = [Group(Label("状态", "State"), whats), Group(Label("阶段", "Stage"), stages)]
    below = tree().children(work.unit)
    if below:
        chips = tuple(Chip(unit.name, asked.href(unit=unit.code)) for unit in below)
        groups.append(Group(Label("大队", "Brigade"), chips, folded=True))
    chosen = []
    if asked.what:
        chosen.append(Chip(WORDS[asked.what], asked.href(what="")))  # type: ignore[index]
    if asked.stage:
        chosen.append(Chip(STAGES[asked.stage], asked.href(stage="")))  # type: ignore[index]
    clear = asked.href(what="", stage="") if chosen else ""
    return Filters(tuple(groups), tuple(chosen), clear, Label("筛选待办", "Filter"))


def _row(line: Line, person: PersonLine, work: Worklist, writes: bool) -> Row:
    days = (line.due - work.on).days if line.due is not None else None
    file = reverse("assessment_file", args=[person.case_no])
    return Row(
        (
            Cell(person.name or person.case_no, file),
            STAGES[line.stage] if line.stage else "—",
            Cell(part=word(line, days)),
            line.due.isoformat() if line.due else "—",
            basis(line),
            _brigade(work, person),
            line.resident.ends_on.isoformat() if line.resident.ends_on else "—",
            _act(line, person, file, writes),
        )
    )


def _brigade(work: Worklist, person: PersonLine) -> str:
    """The brigade without the name of the centre, which stands above the page."""
    centre = work.centre.name if work.centre else ""
    return person.unit_name.removeprefix(centre) or person.unit_name or "—"


def word(line: Line, days: int | None) -> Word:
    """How a line stands."""
    if line.what == "recheck":
        said = WORDS["recheck"]
        when = days_word(days) if days is not None else Label("及时", "promptly")
        kind = "late" if days is not None and days < 0 else "today"
        return Word(kind, Label(f"{said.zh}，{when.zh}", f"{said.en}, {when.en.lower()}"))
    if days is not None and line.what in ("late", "due", "open"):
        if days < 0:
            return Word("late", days_word(days))
        return Word("today" if days == 0 else "open", days_word(days))
    kinds = {"sign": "today", "copy": "open", "open": "open"}
    return Word(kinds.get(line.what, "open"), WORDS[line.what])


def basis(line: Line) -> Text:
    """By what the day is set."""
    if line.by_law:
        return Label("《禁毒法》第47条：期满前", "Anti-Drug Law art. 47: before expiry")
    if line.due is not None:
        return Label("本所设置", "The centre's setting")
    return Label("没有规定日子", "No day is set")


def _act(line: Line, person: PersonLine, file: str, writes: bool) -> Cell | str:
    if line.what == "sign":
        href = reverse("proposal", args=[line.about])
        return Cell(part=Button(Label("去签字", "Sign"), href=href, look="small"))
    if line.what in ("copy", "recheck"):
        return Cell(part=Button(Label("办理", "Open"), href=file, look="small"))
    if not writes:
        return ""
    href = f"{reverse('assessment_new', args=[person.case_no])}?stage={line.stage}"
    return Cell(part=Button(Label("写评估表", "Write the sheet"), href=href, look="small"))


def numbers(lines: Iterable[Line]) -> list[int]:
    """The file numbers of these lines, each once, in order."""
    return list(dict.fromkeys(line.resident.no for line in lines))
