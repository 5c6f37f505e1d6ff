"""How long what is kept: nothing is invented, nothing is erased by itself."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from guitu.kernel.errors import GuituError
from guitu.store import engine, retention
from guitu.store.retention import due, terms, unset
from tests.store.test_records import COUNTY, PROVINCE, ended, proposals, read, two_people

DECIDED = "decided_by: 示例〔2026〕5号, decided_on: 2026-11-01"


@pytest.fixture
def office(tmp_path: Path, settings: object) -> Path:
    """An office's data folder, in which nothing has been decided."""
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def decide(office: Path, *lines: str) -> None:
    (office / retention.FILE).write_text("\n".join(lines), encoding="utf-8")


def test_without_a_decision_nothing_has_a_term_and_everything_is_said_to_be_undecided(office: Path) -> None:
    assert terms() == {}
    assert [c.name for c in unset()] == list(retention.CATEGORIES)


def test_a_term_stands_with_the_document_that_decided_it(office: Path) -> None:
    decide(office, f"medical: {{months: 36, {DECIDED}}}")
    assert terms()["medical"] == retention.Term(36, "示例〔2026〕5号", date(2026, 11, 1))
    assert "medical" not in [c.name for c in unset()]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("medcal: {months: 36}", "medical"),
        ("medical: {months: 36}", "decided_by"),
        (f"medical: {{months: 0, {DECIDED}}}", "months"),
        (f"access_log: {{months: 5, {DECIDED}}}", "6"),
        (f"medical: {{months: 36, forever: true, {DECIDED}}}", "forever"),
    ],
)
def test_a_fault_in_the_offices_file_is_one_sentence_that_names_it(
    office: Path, line: str, says: str
) -> None:
    decide(office, line)
    with pytest.raises(GuituError) as refused:
        terms()
    assert says in refused.value.say("zh")


@pytest.mark.usefixtures("places")
def test_a_file_is_due_on_the_day_its_term_is_over_and_not_before(office: Path, now: datetime) -> None:
    pen = ended(now)  # its measure ran out on 2023-01-07
    decide(office, f"identity: {{months: 36, {DECIDED}}}")
    assert list(due(date(2026, 1, 7))) == []
    found = list(due(date(2026, 1, 8)))
    assert [(d.file, d.compartments, d.past) for d in found] == [
        (str(pen.file), ("identity",), date(2026, 1, 8))
    ]
    assert engine.row("SELECT count(*) FROM store_filekey WHERE compartment = 'identity'") == (1,)


@pytest.mark.usefixtures("places")
def test_what_is_due_is_erased_by_two_people_and_then_no_longer_due(office: Path, now: datetime) -> None:
    pen = ended(now)
    decide(office, f"identity: {{months: 12, {DECIDED}}}")
    two_people(
        "erase", {"why": "retention", "compartments": ["identity"]}, pen.file, now, by=COUNTY, second=PROVINCE
    )
    assert list(due(date(2026, 11, 23))) == []
    assert "name" not in read.file_view(pen.file).identity
    assert proposals.expire(now) == 0
