"""The glossary holds every declared name, in both languages, and nothing that is not declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from guitu import compose
from guitu.access import ROLES
from guitu.casefile.kind import ALL_COMPARTMENTS
from guitu.exchange.figures import CODES
from guitu.exchange.ledgers import ledgers
from guitu.indicators.quality import FAULTS
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.policy import instruments, names
from tests.repo.house import ROOT

ROW = re.compile(
    r"^\| `(?P<name>[^`]+)` \| (?P<zh>.+?) \| (?P<en>.+?) \| (?P<article>.+?) \| (?P<says>.+?) \|$"
)

SECTIONS: dict[str, Callable[[], Mapping[str, Label]]] = {
    "Measures": lambda: names().measures,
    "States": lambda: names().states,
    "Endings": lambda: names().endings,
    "Compartments": lambda: ALL_COMPARTMENTS,
    "Kinds": lambda: {kind.name: kind.label for kind in compose.kinds().values()},
    "Duties": lambda: names().duties,
    "Duty states": lambda: names().duty_states,
    "Findings": lambda: names().findings,
    "Remedies": lambda: names().remedies,
    "Roles": lambda: {role.name: role.label for role in ROLES.values()},
    "Data quality": lambda: {fault.name: fault.label for fault in FAULTS},
    "Desk findings": lambda: CODES,
    "Ledgers": lambda: {ledger.name: ledger.label for ledger in ledgers().values()},
}


def sections() -> dict[str, list[re.Match[str]]]:
    """The rows of the glossary by the English title of their section."""
    found: dict[str, list[re.Match[str]]] = {}
    title = ""
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            title = re.sub(r"\s*[\u4e00-\u9fff].*", "", line[3:])
            found[title] = []
        elif line.startswith("| `"):
            row = ROW.match(line)
            assert row is not None, f"not a glossary row: {line}"
            found[title].append(row)
    return found


def test_the_glossary_has_a_section_for_everything_that_is_declared() -> None:
    assert set(sections()) == {"Root words", *SECTIONS}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_declared_name_is_in_the_glossary_and_no_other(section: str) -> None:
    listed = [row["name"] for row in sections()[section]]
    assert sorted(set(listed)) == sorted(listed)
    assert set(listed) == set(SECTIONS[section]())


@pytest.mark.parametrize("section", SECTIONS)
def test_the_glossary_uses_the_declared_words(section: str) -> None:
    declared = SECTIONS[section]()
    listed = {row["name"]: (row["zh"], row["en"]) for row in sections()[section] if row["name"] in declared}
    assert listed == {name: (declared[name].zh, declared[name].en) for name in listed}


def test_every_article_in_the_glossary_belongs_to_a_known_instrument() -> None:
    known = instruments()
    cited = {row["article"] for rows in sections().values() for row in rows} - {"–"}
    unknown = {text for text in cited if Citation.parse(text).instrument not in known}
    assert unknown == set()


def test_every_row_of_the_glossary_is_one_sentence() -> None:
    rows = [row for rows in sections().values() for row in rows]
    assert [row["name"] for row in rows if not row["says"].endswith(".")] == []
