"""Makes the pages of the figures desk from what the check found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guitu.compose import indicators
from guitu.exchange.figures import CODES, Checked, Finding
from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.reading import MOST_CHARACTERS
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.figures.ours import Ours
from guitu.web.pages.figures.page import DeskPage, Found, Piece, PieceKind, ResultPage

AROUND: Final = 18
"""Characters of the draft shown on each side of a number in its line."""


def desk_page(
    text: str = "", period: str = "", fault: Label | None = None, period_fault: Label | None = None
) -> DeskPage:
    """The empty desk; or, with a fault, what was typed and what is wrong with it."""
    faults = [Fault(fault, "f-text")] if fault else []
    faults += [Fault(period_fault, "f-period")] if period_fault else []
    return DeskPage(
        Field(
            "file",
            Label("或者上传文件", "Or send a file"),
            "file",
            hint=Label(
                "文本文件或 Word（.docx），不超过 10 MB。选了文件，就不看上面的文字。",
                "A text file or Word (.docx), up to 10 MB. With a file, the text above is not read.",
            ),
            optional=True,
            accept=".txt,.docx,.md",
        ),
        Field(
            "period",
            Label("与本单位哪一期的数对照", "Compare with own figures of"),
            hint=Label(
                "如 2026、2026-10 或 2026Q3；不填则不对照。",
                "Such as 2026, 2026-10 or 2026Q3; empty compares nothing.",
            ),
            value=period,
            error=period_fault or "",
            optional=True,
        ),
        MOST_CHARACTERS,
        text,
        fault or "",
        ErrorSummary(tuple(faults)) if faults else None,
    )


def result_page(checked: Checked, text: str, period: str, ours: Ours | None = None) -> ResultPage:
    """The draft with every number marked, the findings, and each number's line."""
    faults = tuple(found for found in checked.findings if found.code != "unmatched")
    return ResultPage(
        lead_of(checked, len(faults)),
        tuple(_found(number, one) for number, one in enumerate(faults, 1)),
        paragraphs_of(checked, faults),
        table_of(checked, faults, ours if ours and ours.figures else None),
        text,
        period,
        (ours.notice,) if ours and ours.notice else (),
    )


def lead_of(checked: Checked, faults: int) -> Label:
    """How many numbers, and what they came to."""
    known = sum(1 for one in checked.numbers if one.key)
    unknown = sum(1 for one in checked.findings if one.code == "unmatched")
    return Label(
        f"共 {len(checked.numbers)} 个数字：{faults} 处有误，{known} 个有对应指标，"
        f"{unknown} 个没有对应指标。",
        f"{len(checked.numbers)} numbers: {faults} faults, {known} with an indicator, {unknown} without.",
    )


def _found(number: int, found: Finding) -> Found:
    return Found(f"fault-{number}", CODES[found.code], found.message, found.sentences)


def paragraphs_of(checked: Checked, faults: tuple[Finding, ...]) -> tuple[tuple[Piece, ...], ...]:
    """The text cut at its numbers, a paragraph at a time."""
    wrong = {place: number for number, found in enumerate(faults, 1) for place in found.places}
    text = checked.bulletin.text
    made: list[tuple[Piece, ...]] = []
    pieces: list[Piece] = []
    at = 0

    def words(end: int) -> None:
        nonlocal pieces
        first, *rest = text[at:end].split("\n")
        pieces += [Piece(first)] if first else []
        for line in rest:
            made.append(tuple(pieces))
            pieces = [Piece(line)] if line else []

    for number, one in enumerate(checked.numbers, 1):
        words(one.number.start)
        kind = kind_of(one, wrong)
        place = one.number.start
        href = f"#fault-{wrong[place]}" if place in wrong else f"#number-{number}"
        pieces.append(Piece(text[place : one.number.end], kind, href))
        at = one.number.end
    words(len(text))
    made.append(tuple(pieces))
    return tuple(paragraph for paragraph in made if paragraph)


def kind_of(one: Stated, wrong: Mapping[int, int]) -> PieceKind:
    """How a number is marked."""
    if one.number.start in wrong:
        return "wrong"
    if one.key:
        return "matched"
    return "read" if one.number.small else "open"


_WORDS: Final[Mapping[PieceKind, Word]] = {
    "matched": Word("done", Label("有指标", "Indicator")),
    "wrong": Word("fault"),
    "open": Word("gap", Label("无对应指标", "No indicator")),
    "read": Word("open", Label("不核对", "Not checked")),
}


def table_of(checked: Checked, faults: tuple[Finding, ...], ours: Ours | None) -> Table:
    """Each number in its line: where it stands, what it is, and our own figure beside it."""
    wrong = {place: number for number, found in enumerate(faults, 1) for place in found.places}
    known = indicators()
    columns: list[Column] = [
        Column(Label("稿中的数", "In the draft"), phone="lead"),
        Column(Label("上下文", "Where"), phone="bare"),
        Column(Label("结果", "Result")),
        Column(Label("指标", "Indicator")),
    ]
    if ours:
        columns.append(Column(ours.head, numeric=True))
    rows = []
    for number, one in enumerate(checked.numbers, 1):
        label: Text = known[one.key].label if one.key in known else "—"
        cells: list[Cell | Text] = [
            Cell(checked.bulletin.text[one.number.start : one.number.end], strong=True),
            _around(checked, one),
            Cell(part=_WORDS[kind_of(one, wrong)]),
            label,
        ]
        if ours:
            cells.append(ours.cell(one))
        rows.append(Row(tuple(cells), id=f"number-{number}"))
    return Table(
        Label("逐个数字", "Number by number"),
        tuple(columns),
        tuple(rows),
        (Label(f"共 {len(rows)} 个", f"{len(rows)} in all"),),
        id="numbers",
    )


def _around(checked: Checked, one: Stated) -> str:
    text, sentence = checked.bulletin.text, checked.bulletin.sentences[one.sentence]
    start, end = max(sentence.start, one.number.start - AROUND), min(sentence.end, one.number.end + AROUND)
    before = "…" if start > sentence.start else ""
    after = "…" if end < sentence.end else ""
    return before + text[start:end].replace("\n", " ").strip() + after
