"""Small counts are hidden, nought is not, and what would give a small count away is hidden along."""

from __future__ import annotations

import pytest

from guitu.indicators.disclosure import Cell, Sum, mark_of, protect, sums_of, withheld
from guitu.kernel.errors import DeclarationError


def marks(counts: dict[str, int], *sums: Sum, threshold: int = 10) -> dict[str, str]:
    protected = protect([Cell(key, count) for key, count in counts.items()], sums, threshold=threshold)
    return {str(key): cell.mark for key, cell in protected.items()}


def test_a_count_below_the_threshold_is_hidden_and_nought_is_shown() -> None:
    assert marks({"none": 0, "one": 1, "nine": 9, "ten": 10}) == {
        "none": "",
        "one": "small",
        "nine": "small",
        "ten": "",
    }


def test_an_office_may_set_another_threshold_and_one_hides_nothing() -> None:
    assert marks({"four": 4, "five": 5}, threshold=5) == {"four": "small", "five": ""}
    assert set(marks({"one": 1, "nine": 9}, threshold=1).values()) == {""}


def test_with_a_threshold_of_two_the_mark_itself_does_not_say_one() -> None:
    assert marks({"one": 1}, threshold=2) == {"one": "also"}


def test_what_is_left_of_a_total_is_hidden_along_with_the_small_part() -> None:
    found = marks({"all": 40, "east": 4, "west": 16, "south": 20}, Sum("all", ("east", "west", "south")))
    assert found["east"] == "small"
    assert sorted(found.values()).count("also") == 1, "one more is enough"
    assert found["all"] == "", "the total is worth more than a part"


def test_two_small_parts_whose_total_allows_no_other_pair_take_the_total_or_a_third_with_them() -> None:
    both_nine = marks({"all": 18, "a": 9, "b": 9}, Sum("all", ("a", "b")))
    assert both_nine["all"] == "also"
    both_one = marks({"all": 2, "a": 1, "b": 1, "c": 0}, Sum("all", ("a", "b", "c")), threshold=2)
    assert both_one["c"] == "", "nought stays nought"
    assert both_one["all"] == "also", "1 + 1 would be known from the total"


def test_nine_places_with_one_each_cannot_all_say_under_ten() -> None:
    towns = tuple(f"t{n}" for n in range(9))
    found = marks({"county": 9, **dict.fromkeys(towns, 1)}, Sum("county", towns))
    assert "also" in found.values(), "nine times at least one, nine at most: each would be known to be one"


def test_a_total_whose_other_parts_are_not_shown_still_gives_nothing_away() -> None:
    found = marks({"all": 12, "east": 1, "west": 11}, Sum("all", ("east", "west"), "some"))
    assert found["west"] or found["all"], "12 - 11 leaves room for one person and no more"


def test_people_counted_once_in_a_quarter_do_not_fix_the_month() -> None:
    found = marks({"q": 49, "m1": 20, "m2": 20, "m3": 9}, Sum("q", ("m1", "m2", "m3"), "distinct"))
    assert found["m3"] == "also" or "also" in found.values(), (
        "at least 9 from the quarter, at most 9 from the mark"
    )


def test_the_number_that_is_hidden_may_count_something_else_than_people() -> None:
    cells = [Cell("paid", 3000, people=2), Cell("talks", 3, people=900), Cell("visits", 4, people=3)]
    assert [cell.mark for cell in protect(cells).values()] == ["also", "", "small"]


def test_a_rate_is_hidden_with_either_of_its_parts() -> None:
    protected = protect([Cell("over", 3), Cell("under", 300), Cell("due", 400)])
    assert withheld(protected, ("over", "under"))
    assert not withheld(protected, ("under", "due"))
    assert withheld(protected, ("under", "unknown"))


def test_sums_follow_the_trees_of_places_periods_and_breakdowns() -> None:
    places, months, sexes = {"a": "all", "b": "all"}, {"jan": "q", "feb": "q"}, {"m": "*", "f": "*"}
    keys = [(p, t, s) for p in ("all", "a", "b") for t in ("q", "jan", "feb") for s in ("*", "m", "f")]
    sums = sums_of(keys, (places, months, sexes), distinct={1})
    assert Sum(("all", "q", "*"), (("a", "q", "*"), ("b", "q", "*"))) in sums
    assert Sum(("a", "q", "m"), (("a", "jan", "m"), ("a", "feb", "m")), "distinct") in sums
    assert Sum(("b", "jan", "*"), (("b", "jan", "m"), ("b", "jan", "f"))) in sums
    assert len(sums) == 27
    fewer = sums_of([key for key in keys if key[0] != "b"], (places, {}, {}))
    assert {total.says for total in fewer} == {"some"}, "where a part has no cell the sum is not exact"


def test_a_sum_that_does_not_add_up_is_an_error_not_a_leak() -> None:
    with pytest.raises(DeclarationError, match="do not fit"):
        marks({"all": 5, "a": 3, "b": 3}, Sum("all", ("a", "b")))
    with pytest.raises(DeclarationError, match="not there"):
        marks({"all": 5}, Sum("all", ("a",)))


def test_the_marks_differ_from_nought_and_from_each_other() -> None:
    small, also = mark_of(Cell("a", 3, mark="small")), mark_of(Cell("b", 300, mark="also"), 10)
    assert small is not None
    assert also is not None
    assert (small.zh, also.zh) == ("※不足10", "※")
    assert mark_of(Cell("c", 0)) is None
