"""The list of a centre's clocks says what the rules are: none is missing, none is on that it calls off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guitu.policy import all_rules
from tests.repo.house import ROOT

ROW = re.compile(
    r"^\| `(?P<id>[^`]+)` \| (?P<what>.+?) \| (?P<mark>[^|]+?) \| (?P<on>[^|]+?) \| (?P<cases>.+?) \|$", re.M
)
TEXT = (ROOT / "docs/explanation/centre-clocks.md").read_text(encoding="utf-8")
LISTED = {found["id"]: found for found in ROW.finditer(TEXT)}
RULES = {rule.id: rule for rule in all_rules()}
OF_A_CENTRE = ("MOJ-", "MPS-", "ASM-", "EDU-", "MED-", "TST-", "ADD-")
ELSEWHERE = {"MOJ-OUT", "TST-11"}
"""Only remembered: told of under the table."""
FOLLOWS = {"MOJ-FAMILY-2"}
"""The same sentence read for a transfer."""


def test_every_rule_of_a_centre_that_somebody_has_seen_is_in_the_list() -> None:
    wanted = {
        rule.id
        for rule in RULES.values()
        if rule.id.startswith(OF_A_CENTRE) and rule.mark in ("P", "S", "S weak")
    }
    assert wanted - LISTED.keys() - FOLLOWS == set()
    assert ELSEWHERE.isdisjoint(LISTED)


@pytest.mark.parametrize("name", sorted(LISTED))
def test_the_list_says_how_a_rule_was_seen_and_whether_it_is_on(name: str) -> None:
    found, rule = LISTED[name], RULES[name]
    version = rule.versions[-1]
    assert found["mark"] == rule.mark
    on = (
        "stated"
        if version.word is None
        else f"preset {rule.preset}"
        if rule.preset
        else "on" if version.status == "verified" else "off"
    )  # fmt: skip
    assert found["on"] == on
    if rule.mark.startswith("S") and version.word is not None:
        assert rule.preset, "a rule seen in a secondary source is off until an office turns it on"


@pytest.mark.parametrize(
    "name", sorted(n for n, f in LISTED.items() if RULES[n].versions[-1].word is not None)
)
def test_a_clock_that_runs_has_cases(name: str) -> None:
    files = [part.strip() for part in LISTED[name]["cases"].split(",")]
    texts = [(ROOT / f"tests/cases/{file}.cases.yaml") for file in files]
    assert all(isinstance(path, Path) and path.exists() for path in texts), files
