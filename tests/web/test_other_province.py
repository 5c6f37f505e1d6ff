"""Somebody who came from another province: what was due there is worked out by the rules of here, and the
page and the command say so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from guitu.access import house
from guitu.cli import main
from guitu.store import gate, read, units
from tests.store.writing import NEXT_COUNTY, VILLAGE, Pen
from tests.web.recording import signed_in, text

SAID = "此前由示例省的单位负责，那时的期限在这里也按现在所在省的规定推算"
SHANGHAI = "310101"


@pytest.fixture
def shanghai(places: object) -> None:
    """A second province in the same store, with rules of its own."""
    units.add_province("31")


def moved(to: str, now: datetime) -> UUID:
    pen = Pen(1)
    entries = [*pen.on_community_treatment(unit=VILLAGE, served="2026-01-02"), pen.held_by(to, "2026-01-20")]
    gate.record_many(entries, actor=house(), now=now)
    return pen.file


def case_no(file: UUID) -> str:
    found = read.opened(str(file))
    assert found is not None
    return found.case_no


def page(client: Client, file: UUID) -> str:
    return text(client.get(f"/files/{case_no(file)}/"))


def test_who_came_from_a_province_with_other_rules_has_that_said(shanghai: None, now: datetime) -> None:
    file = moved(SHANGHAI, now)
    assert SAID in page(signed_in("sh", "county_supervisor", SHANGHAI), file)


def test_the_command_says_it_too(shanghai: None, now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    file = moved(SHANGHAI, now)
    assert main.main(["explain", case_no(file), "--on", "2026-02-01"]) == 0
    assert SAID in capsys.readouterr().out


def test_nothing_is_said_of_a_move_within_a_province(shanghai: None, now: datetime) -> None:
    file = moved(NEXT_COUNTY, now)
    assert "此前由" not in page(signed_in("next", "county_supervisor", NEXT_COUNTY), file)


def test_nothing_is_said_of_a_province_with_the_same_rules(places: object, now: datetime) -> None:
    units.add_province("44")
    file = moved("440103", now)
    assert "此前由" not in page(signed_in("gd", "county_supervisor", "440103"), file)
