"""A targets file is read as printed, and what is wrong in it is said with the figure and the word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guitu.compose import indicators
from guitu.indicators import Period, targets

SCOREBOARD = Path(__file__).with_name("scoreboard.toml")

ONE = """
[period.round1]
label = "首轮"
from = 2016-11-01
until = 2019-10-31

[[figure]]
key = "training.certificate_rate"
label = "获证率"
scope = "460000"
period = "round1"
value = 93.91
unit = "percent"
"""


def test_the_scoreboard_is_read_whole() -> None:
    board = targets.read(SCOREBOARD)
    assert len(board.figures) == 38
    by = {(t.key, t.scope): t for t in board.figures}
    rate = by["registered.rate", "460000"]
    assert (rate.value, rate.unit, rate.printed_unit, rate.imported) == (
        Decimal("3.21"), "permille", "percent", True,
    )  # fmt: skip
    assert rate.period == Period.day(date(2020, 6, 28))
    crime = by["police.criminal_cases_change", "469023"]
    assert (crime.value, crime.conflict) == (Decimal("-29.68"), Decimal("-9.68"))
    assert crime.period is None
    assert not by["outreach.events", "469023"].exact
    assert board.span == Period.span(date(2016, 11, 1), date(2020, 6, 28))
    assert board.when(crime) == board.span


def test_every_figure_of_the_scoreboard_is_an_indicator_in_the_unit_it_was_printed_in() -> None:
    board = targets.read(SCOREBOARD)
    assert [t.key for t in targets.keys_missing(board, indicators())] == []
    for target in board.figures:
        indicator = indicators()[target.key]
        assert (indicator.unit, indicator.imported) == (target.unit, target.imported), target.key


def test_a_figure_agrees_only_as_exactly_as_it_was_printed() -> None:
    (rate,) = targets.parse(ONE).figures
    assert rate.places == 2
    assert rate.agrees(Decimal(10659) * 100 / 11350)
    assert not rate.agrees(Decimal(10658) * 100 / 11350)
    assert not rate.agrees(Decimal(10660) * 100 / 11350)
    assert not rate.agrees(None)
    assert rate.difference(Decimal("94")) == Decimal("0.09")


FIG = "figure 1 (training.certificate_rate)"
ROUND = 'period = "round1"'


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("value = 93.91", "vlaue = 93.91", f"{FIG}：不认识的键“vlaue”，是不是“value”？"),
        ("value = 93.91", 'value = "93.91"', f"{FIG}：value 应为数字，不加引号"),
        ("value = 93.91", "value = nan", f"{FIG}：value 应为数字，不加引号"),
        ('"percent"', '"per cent"', f"{FIG}, unit：不认识的键“per cent”，是不是“percent”？"),
        (ROUND, 'period = "round2"', f"{FIG}, period：不认识的键“round2”，是不是“round1”？"),
        (ROUND, f"{ROUND}\non = 2020-01-01", f"{FIG}：期间只能用一种写法，现有 period、on"),
        ('key = "training.certificate_rate"\n', "", "figure 1：缺少 key"),
        ('scope = "460000"', "scope = 460000", f"{FIG}：scope 应为文字"),
        ("2019-10-31", "2015-10-31", "period.round1：期间的止日 2015-10-31 早于起日 2016-11-01"),
        ("until = 2019-10-31", 'until = "2019"', "period.round1：until 应为日期，如 2019-10-31"),
        ("[[figure]]", "[[figures]]", "t.toml：不认识的键“figures”，是不是“figure”？"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_says_where(before: str, after: str, says: str) -> None:
    with pytest.raises(targets.BadTargets) as found:
        targets.parse(ONE.replace(before, after), where="t.toml")
    said = found.value.say("zh")
    assert said.removeprefix("t.toml, ") == says
    assert "\n" not in found.value.say("en")


def test_what_is_no_toml_no_utf8_or_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(targets.BadTargets, match="it is not TOML"):
        targets.parse("key = = 1")
    with pytest.raises(targets.BadTargets, match="no \\[\\[figure\\]\\]"):
        targets.parse("")
    with pytest.raises(targets.BadTargets, match="cannot be read"):
        targets.read(tmp_path / "none.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes("note = 'é'".encode("latin-1"))
    with pytest.raises(targets.BadTargets, match="not UTF-8"):
        targets.read(latin)


def test_the_same_figure_twice_is_refused() -> None:
    figure = ONE[ONE.index("[[figure]]") :]
    with pytest.raises(targets.BadTargets, match=r"figure 2 .*: the same figure as targets, figure 1"):
        targets.parse(ONE + figure)
