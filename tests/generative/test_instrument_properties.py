"""Whatever is answered, a score stays in its range, never falls when an answer gets worse, and is not given
where too much is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guitu.centre.instruments import Instrument, digits, from_digits, instruments, score

ALL = sorted(instruments())


@st.composite
def filled_in(draw: st.DrawFn, *, whole: bool = False) -> tuple[Instrument, dict[str, int]]:
    """An instrument with answers that it has; some may be left out."""
    one = instruments()[draw(st.sampled_from(ALL))]
    answers: dict[str, int] = {}
    for item in one.items:
        choice: Any = st.sampled_from([o.answer for o in item.options])
        answer = draw(choice if whole else st.none() | choice)
        if answer is not None and item.asked(answers):
            answers[item.key] = answer
    return one, answers


@settings(max_examples=150, deadline=None)
@given(filled_in())
def test_a_score_lies_in_the_range_of_its_scale(filled: tuple[Instrument, dict[str, int]]) -> None:
    one, answers = filled
    for found in score(one, answers).scales:
        if found.value is not None:
            slack = Decimal(1).scaleb(-found.scale.places)
            assert found.scale.least - slack < found.value < found.scale.most + slack


@settings(max_examples=150, deadline=None)
@given(filled_in(whole=True), st.data())
def test_a_higher_answer_moves_a_scale_the_way_its_points_go(
    filled: tuple[Instrument, dict[str, int]], data: st.DataObject
) -> None:
    one, answers = filled
    item = data.draw(st.sampled_from([i for i in one.items if i.key in answers and i.only_when is None]))
    other = data.draw(st.sampled_from(item.options))
    now = item.option(answers[item.key])
    assert now is not None
    if one.levels:  # its answers decide which others are asked; it has no scale
        return
    before, after = score(one, answers), score(one, answers | {item.key: other.answer})
    for was, is_now in zip(before.scales, after.scales, strict=True):
        if item.key not in was.scale.items:
            assert was.value == is_now.value
        elif was.value is not None and is_now.value is not None:
            assert (is_now.value >= was.value) if other.points >= now.points else (is_now.value <= was.value)


@settings(max_examples=150, deadline=None)
@given(filled_in())
def test_no_scale_has_a_value_with_more_missing_than_its_source_allows(
    filled: tuple[Instrument, dict[str, int]],
) -> None:
    one, answers = filled
    for found in score(one, answers).scales:
        left_out = sum(1 for key in found.scale.items if key not in answers)
        assert (found.value is None) == (left_out > found.scale.missing or left_out == len(found.scale.items))


@settings(max_examples=100, deadline=None)
@given(filled_in())
def test_answers_come_back_from_their_digits(filled: tuple[Instrument, dict[str, int]]) -> None:
    one, answers = filled
    assert from_digits(one, digits(one, answers)) == answers


@settings(max_examples=100, deadline=None)
@given(filled_in(), st.data())
def test_an_alert_never_goes_away_by_answering_more(
    filled: tuple[Instrument, dict[str, int]], data: st.DataObject
) -> None:
    one, answers = filled
    more = dict(answers)
    for item in one.items:
        if item.key not in more and item.asked(more):
            more[item.key] = data.draw(st.sampled_from(item.options)).answer
    raised = {flag.key for flag in score(one, answers).alerts}
    assert raised <= {flag.key for flag in score(one, more).alerts}
