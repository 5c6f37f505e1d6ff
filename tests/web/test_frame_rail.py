"""The rail draws what the assessment says: to scale, whole, and clear of itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from guitu.kernel.labels import Label
from guitu.pathway.model import Assessment, Span
from guitu.web import component
from guitu.web.components.rail import examples
from guitu.web.components.rail.component import rail_of
from guitu.web.components.rail.geometry import MARK, Bar, draw
from guitu.web.language import speaking

ON = date(2026, 11, 23)
EVERY = [examples.long_way, examples.waiting_to_report, examples.suspended_now]


def one_measure(**changed: object) -> Assessment:
    measure = examples.suspended_now().measures[0]._replace(**{"state": "in_force", "spans": (), **changed})
    return Assessment(ON, None, measure, (measure,))


def only_bar(assessment: Assessment) -> Bar:
    (bar,) = draw(assessment).bars
    return bar


@pytest.mark.parametrize("person", EVERY)
def test_every_bar_is_covered_by_its_pieces_without_gap_or_overlap(person) -> None:
    for bar in draw(person()).bars:
        assert bar.pieces[0].x == bar.x
        for before, after in pairwise(bar.pieces):
            assert before.x + before.width == pytest.approx(after.x, abs=0.02)
        last = bar.pieces[-1]
        assert last.x + last.width == pytest.approx(bar.end, abs=0.02)


def test_lengths_are_in_proportion_to_days() -> None:
    drawing = draw(examples.long_way())
    voluntary, isolation, _ = drawing.bars
    days = [(m.measure.ended_on - m.measure.starts_on).days for m in (voluntary, isolation)]
    widths = [bar.end - bar.x for bar in (voluntary, isolation)]
    assert widths[1] / widths[0] == pytest.approx(days[1] / days[0], rel=0.01)


def test_what_is_behind_today_is_solid_and_what_is_ahead_is_hatched() -> None:
    bar = only_bar(one_measure())
    assert [p.look for p in bar.pieces] == ["past", "planned"]
    assert bar.pieces[1].x == draw(one_measure()).today_x


def test_a_suspension_is_hollow_and_medical_leave_is_not() -> None:
    spans = (
        Span("suspension", Label("中止", "Suspended"), date(2025, 9, 1), date(2025, 9, 16)),
        Span("medical_leave", Label("所外就医", "Medical leave"), date(2026, 2, 1), date(2026, 3, 1)),
    )
    assert [p.look for p in only_bar(one_measure(spans=spans)).pieces] == [
        "past", "hollow", "past", "away", "past", "planned",
    ]  # fmt: skip


def test_a_suspension_that_lasts_reaches_today_and_no_further() -> None:
    drawing = draw(examples.suspended_now())
    (hollow,) = [p for p in drawing.bars[0].pieces if p.look == "hollow"]
    assert hollow.x + hollow.width == pytest.approx(drawing.today_x, abs=0.02)


def test_an_ended_measure_is_capped_and_has_nothing_planned() -> None:
    bar = only_bar(one_measure(state="ended", ended_on=date(2026, 5, 1), ended_by="release"))
    assert bar.capped
    assert {p.look for p in bar.pieces} == {"past"}


def test_a_measure_on_its_first_and_its_last_day_is_drawn() -> None:
    first = only_bar(one_measure(starts_on=ON, ends_on=ON + timedelta(days=364)))
    assert [p.look for p in first.pieces] == ["planned"]
    last = only_bar(one_measure(ends_on=ON))
    assert last.pieces[-1].x + last.pieces[-1].width == pytest.approx(last.end, abs=0.02)


def test_before_reporting_there_is_only_waiting() -> None:
    assert [p.look for p in draw(examples.waiting_to_report()).bars[0].pieces] == ["waiting"]


def test_an_end_that_nobody_knows_is_not_invented() -> None:
    rail = rail_of(one_measure(ends_on=None))
    with speaking("zh-hans"):
        assert "期满未定" in component.render(rail)


def test_measures_that_overlap_stand_on_different_tracks() -> None:
    first = one_measure().measures[0]
    second = first._replace(starts_on=date(2026, 1, 1))
    drawing = draw(Assessment(ON, None, second, (first, second)))
    assert [b.track for b in drawing.bars] == [0, 1]
    assert drawing.tracks == 2


@pytest.mark.parametrize("person", EVERY)
def test_nothing_stands_outside_the_strip(person) -> None:
    rail = rail_of(person())
    for box in rail.boxes:
        assert box.x >= 0
        assert box.x + box.width <= 100.01
        assert 0 <= box.y <= rail.height
    for thing in (*rail.words, *rail.dots):
        assert 0 <= thing.x <= 100
        assert 0 < thing.y <= rail.height


def test_marks_that_wait_for_somebody_do_not_cover_each_other() -> None:
    marks = [m for m in draw(examples.long_way()).marks if m.look != "done"]
    for line in range(3):
        places = sorted(m.x for m in marks if m.line == line)
        assert all(b - a >= MARK for a, b in pairwise(places))


def test_every_mark_leads_to_a_line_of_the_duty_list_and_says_what_it_is() -> None:
    rail = rail_of(examples.long_way())
    assert all(dot.href.startswith("#duty-") for dot in rail.dots)
    assert any("逾期 3 天" in dot.title.zh for dot in rail.dots)


def test_the_list_says_the_same_as_the_picture() -> None:
    with speaking("zh-hans"):
        html = component.render(rail_of(examples.long_way()))
    strip, _, listed = html.partition("</svg>")
    listed = html[html.index("rail-list") :]
    for measure in examples.long_way().measures:
        assert measure.label.zh in strip
        assert measure.label.zh in listed
        for span in measure.spans:
            assert span.label.zh in listed
    assert "已办 16 项" in listed


def test_a_long_history_stays_a_small_page() -> None:
    days = [(date(1990 + n, 1, 1), date(1990 + n, 9, 1)) for n in range(36)]
    one = examples.long_way().measures[1]
    many = [one._replace(starts_on=a, ordered_on=a, ended_on=b, spans=()) for a, b in days]
    rail = rail_of(Assessment(ON, None, many[-1], tuple(many)))
    assert len(component.render(rail)) < 40_000


def test_two_rails_on_one_page_do_not_share_their_patterns() -> None:
    one, two = (component.render(rail_of(examples.long_way(), id=name)) for name in ("a", "b"))
    assert 'id="a-hatch"' in one
    assert "url(#b-hatch)" in two
    assert "url(#a-hatch)" not in two


def test_a_person_before_any_order_is_not_a_fault() -> None:
    assert rail_of(Assessment(ON, None, None)).stops == ()


def test_the_last_day_that_is_said_is_the_last_day_in_force() -> None:
    ended = one_measure(
        state="ended", ends_on=date(2026, 11, 17), ended_on=date(2026, 11, 18), ended_by="expiry"
    )
    (stop,) = rail_of(ended).stops
    assert stop.until == date(2026, 11, 17)
    spans = (Span("suspension", Label("中止", "Suspended"), date(2025, 9, 1), date(2025, 9, 16)),)
    (stop,) = rail_of(one_measure(spans=spans)).stops
    assert stop.stages[0].until == date(2025, 9, 15)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_on_one_line_never_run_into_each_other(language: str) -> None:
    from guitu.web.components.rail.geometry import width_of

    drawing = draw(examples.long_way(), words=24, language=language)
    stages = [
        (t.line, t.x, width_of(t.label.say(language)) * 0.875)
        for b in drawing.bars
        for t in b.stages
        if t.shown
    ]
    names = [
        (b.name_line, b.x, width_of(b.measure.label.say(language))) for b in drawing.bars if not b.name_at_end
    ]
    for words in (stages, names):
        for line in {place for place, _, _ in words}:
            placed = sorted((x, x + width) for place, x, width in words if place == line)
            assert all(before[1] <= after[0] for before, after in pairwise(placed))


def test_the_key_of_the_bars_is_for_eyes_and_names_nothing() -> None:
    html = component.render(rail_of(examples.long_way()))
    assert "<figcaption" not in html
    assert '<div class="rail-key" aria-hidden="true">' in html
