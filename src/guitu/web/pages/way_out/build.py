"""From a release package to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre.way_out import PAPERS, Line, Package
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.gate.build import by_whom

FROM: Final = (("from", "way_out"),)
COLUMNS: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("离所日期", "Leaves on")),
    Column(Label("还有", "In"), phone="bare"),
    Column(Label("还差", "Still lacking")),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
LINES: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("事项", "What"), phone="lead"),
    Column(Label("已知", "Known"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
WORDS: Final = {
    "done": Word("done"),
    "not_needed": Word("done", Label("不需要", "Not needed")),
    "hidden": Word("barred", Label("不可见", "Not seen here")),
}
NOTICE_LATE: Final = Label("通知已逾期", "Notice overdue")
COMPLETE: Final = Word("done", Label("材料齐全", "Complete"))


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who leaves soon, or has just left (`left`)."""

    name: str
    case_no: str
    ends: date
    left: bool
    package: Package


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: what it is, whether it was made out, and making it out. `action` "" where the post makes
    none."""

    name: str
    label: Label
    said: Text
    template: Text
    action: str
    hidden: tuple[tuple[str, str], ...] = ()
    download: Button | None = None

    @property
    def press(self) -> Button:
        """The press that makes it out."""
        return Button(Label("出具", "Make out"), look="small", describes=self.label)

    @property
    def number_label(self) -> Label:
        """What the box for the number is called."""
        return Label("文号", "Number")


def lead(people: Sequence[Leaving]) -> Label:
    """The page's first line."""
    soon = [one for one in people if not one.left]
    lacking = sum(1 for one in soon if not one.package.complete)
    return Label(
        f"60 天内离所 {len(soon)} 人，其中材料未齐 {lacking} 人",
        f"{len(soon)} leave within 60 days; the package of {lacking} is not complete",
    )


def table(people: Sequence[Leaving], today: date, caption: Label, name: str) -> Table | None:
    """Who leaves, the nearest first."""
    if not people:
        return None
    rows = tuple(_row(one, today) for one in people)
    return Table(
        caption,
        COLUMNS,
        rows,
        (Label(f"共 {len(rows)} 人", f"{len(rows)} people"),),
        id=name,
        hide_caption=True,
    )


def _row(one: Leaving, today: date) -> Row:
    href = addresses.back_to("way_out", one.case_no)
    days = (one.ends - today).days
    if one.left:
        word = Word("done", Label("已离所", "Left"))
    else:
        word = Word("late" if days < 0 else "today" if days == 0 else "open", days_word(days))
    return Row(
        (
            Cell(one.name, href, sub=one.case_no),
            one.ends.isoformat(),
            Cell(part=word),
            _lacking(one.package),
            Cell(part=Button(Label("办理", "Go on"), href=href, look="small", describes=one.name)),
        ),
        one.case_no,
    )


def _lacking(package: Package) -> Cell:
    missing = package.missing
    if not missing:
        return Cell(part=COMPLETE)
    zh = "、".join(line.label.zh for line in missing[:3])
    en = ", ".join(line.label.en for line in missing[:3])
    if len(missing) > 3:
        zh, en = f"{zh} 等 {len(missing)} 项", f"{en} and {len(missing) - 3} more"
    if any(line.state == "late" for line in missing):
        return Cell(part=Word("late", NOTICE_LATE), sub=Label(zh, en))
    return Cell(Label(zh, en))


def lines(package: Package, case_no: str, may: frozenset[str], today: date) -> Table:
    """The package as a table, without the papers, which have a list of their own."""
    shown = [line for line in package.lines if line.kind != "paper_made"]
    done = sum(1 for line in shown if line.state in ("done", "not_needed"))
    counts = (Label(f"已办 {done} / {len(shown)}", f"{done} of {len(shown)} done"),)
    rows = tuple(_line(line, case_no, may, today) for line in shown)
    return Table(Label("出所准备", "Before leaving"), LINES, rows, counts, id="package")


def _line(line: Line, case_no: str, may: frozenset[str], today: date) -> Row:
    word = WORDS.get(line.state) or _open(line, today)
    cites = [Citation.parse(text).label for text in line.cites]
    sub = Label(" ".join(c.zh for c in cites), " ".join(c.en for c in cites)) if cites else ""
    return Row(
        (Cell(part=word), Cell(line.label, sub=sub), Cell(line.says or "—"), _act(line, case_no, may)),
        line.name,
    )


def _open(line: Line, today: date) -> Word:
    if line.due is not None:
        days = (line.due - today).days
        return Word("late" if days < 0 else "today" if days == 0 else "open", days_word(days))
    return Word("open", Label("待办", "To do"))


def _act(line: Line, case_no: str, may: frozenset[str]) -> Cell:
    if line.state == "hidden":
        return Cell("")
    if line.kind not in may:
        return Cell("" if line.state in ("done", "not_needed") else by_whom(line.kind))
    if line.state in ("done", "not_needed"):
        return Cell("")
    href = addresses.record(case_no, line.kind, (*FROM, *line.answers))
    return Cell(part=Button(Label("登记", "Record"), href=href, look="small", describes=line.label))


def papers(
    package: Package, case_no: str, made: Mapping[str, Entry], used: Mapping[str, Text], *,
    may: bool, hidden: tuple[tuple[str, str], ...] = (),
) -> tuple[Paper, ...]:  # fmt: skip
    """The papers, each with what was made out. `made` are the latest `paper_made` by paper, `used` the words
    for the template that would be used now."""
    found = []
    for name, label in PAPERS.items():
        entry = made.get(name)
        said: Text = Label("还没有出具", "Not made out yet")
        download = None
        if entry is not None:
            number = str(entry.get("number") or "")
            said = Label(
                f"{entry.happened_on} 出具 {number}".strip(),
                f"Made out on {entry.happened_on} {number}".strip(),
            )
            if may and entry.get("digest"):
                href = f"/way-out/{case_no}/papers/{entry.id}/"
                download = Button(
                    Label("下载 Word", "Download (Word)"), href=href, look="link", describes=label
                )
        action = f"/way-out/{case_no}/papers/{name}/make/" if may else ""
        found.append(Paper(name, label, said, used.get(name, ""), action, hidden, download))
    return tuple(found)
