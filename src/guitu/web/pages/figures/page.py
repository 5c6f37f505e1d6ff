"""The figures desk: is every number of this draft right, and where does it come from?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.pages.figures.words import DESK, RESULT

PieceKind = Literal["plain", "matched", "wrong", "open", "read"]
"""Words; a number with an indicator; one a finding is about; one without an indicator; a single
Chinese numeral, which is not asked about."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. `href` leads from a number to its line, or to the finding about it."""

    text: str
    kind: PieceKind = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as shown: what kind, what it says, and its sentences in the draft's own words."""

    id: str
    kind: Text
    message: Text
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Paste a draft, or send a file; perhaps compared with the own figures of a period. `most` is how many
    characters are taken; `text` what was typed, with its fault."""

    file: Field
    period: Field
    most: int
    text: str = ""
    error: Text = ""
    summary: ErrorSummary | None = None
    title: Label = Label("数字核对", "Figures desk")  # noqa: RUF009 - Label is frozen

    @property
    def words(self) -> Mapping[str, Label]:
        """What the page says."""
        return DESK


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What a draft came to. Nothing of it is kept: `text` goes back with the request for a download."""

    TEMPLATE: ClassVar = "result"

    lead: Text
    findings: tuple[Found, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    numbers: Table
    text: str
    period: str = ""
    notices: tuple[Notice, ...] = ()
    title: Label = Label("核对结果", "What was found")  # noqa: RUF009 - Label is frozen

    @property
    def words(self) -> Mapping[str, Label]:
        """What the page says."""
        return RESULT


def _first() -> DeskPage:
    from guitu.web.pages.figures.build import desk_page

    return desk_page()


def _refused() -> DeskPage:
    from guitu.exchange.figures.reading import EMPTY
    from guitu.web.pages.figures.build import desk_page

    return desk_page(fault=EMPTY)


def _result(text: str) -> ResultPage:
    from guitu.exchange.figures import check
    from guitu.web.pages.figures.build import result_page

    return result_page(check(text), text, "")


DRAFT: Final = (
    "云岭省禁毒工作通报\n\n三年来，全省共收治公安机关转送戒毒人员8316人，其中病残戒毒人员1942人。"
    "现有吸毒人员占人口比下降至2.76%。\n松江县刑事类案件同比下降27.45%，群众满意度从86.3%上升到95.12%，"
    "提高7.82个百分点；在36个村开展走访。\n数说：刑事类案件同比下降7.45%。"
)

STATES: Final = (
    State("first", Label("未核对", "Nothing checked yet"), _first),
    State("refused", Label("没有文字", "No text"), _refused),
    State("found", Label("有问题", "With findings"), lambda: _result(DRAFT)),
    State(
        "sound",
        Label("没有问题", "Nothing wrong"),
        lambda: _result("全年培训戒毒人员2860人，获证率91.5%。"),
    ),
)
