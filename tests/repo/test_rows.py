"""Every row of the inventory has its place, or the reason why it has none; and what is named there exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from guitu import compose
from guitu.access.pages import PAGES
from tests.repo.house import PACKAGE, ROOT

ROW = re.compile(r"^\| (?P<row>[PC]\d+) \|(?P<rest>.+)\|$")
NAMED = re.compile(r"`([^`]+)`")
PROVINCE, COUNTY = 43, 38
"""How many rows the inventory has of each."""


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    row: str
    what: str
    capabilities: tuple[str, ...]
    pages: tuple[str, ...]
    indicators: tuple[str, ...]
    says: str


def lines() -> list[Line]:
    """The rows as they stand in the document."""
    found = []
    for text in (ROOT / "docs/reference/rows.md").read_text(encoding="utf-8").splitlines():
        if (match := ROW.match(text)) is not None:
            _, what, capabilities, pages, last = (cell.strip() for cell in match["rest"].split("|"))
            named = (tuple(NAMED.findall(cell)) for cell in (capabilities, pages, last))
            found.append(Line(match["row"], what, *named, says=last))
    return found


def test_every_row_of_the_inventory_is_there_once_and_in_order() -> None:
    assert [line.row for line in lines()] == [
        *(f"P{n}" for n in range(1, PROVINCE + 1)),
        *(f"C{n}" for n in range(1, COUNTY + 1)),
    ]


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.row)
def test_what_a_row_names_exists(line: Line) -> None:
    assert line.what
    assert [name for name in line.capabilities if not (PACKAGE / "capabilities" / name).is_dir()] == []
    assert [name for name in line.pages if name not in PAGES] == []
    assert [name for name in line.indicators if name not in compose.indicators()] == []


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.row)
def test_a_row_has_its_place_or_says_why_not(line: Line) -> None:
    if line.capabilities and line.pages:
        assert line.indicators or line.says.startswith("no figure: ")
    else:
        assert not line.capabilities
        assert not line.pages
        assert line.says.startswith("not built: ")
