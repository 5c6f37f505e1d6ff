"""What is kept is what would come out again; what has changed is worked out anew."""

from __future__ import annotations

from guitu.store.centre.worked import Worked


class Asked:
    """Counts how often something was worked out."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_the_same_things_are_worked_out_once() -> None:
    kept, made, entries = Worked[int](), Asked(), (1, 2)
    assert [kept.of(7, (entries,), ("monday",), made) for _ in range(3)] == [1, 1, 1]


def test_another_object_that_is_equal_is_worked_out_anew() -> None:
    """Entries that were read again are read because the file has changed."""
    kept, made = Worked[int](), Asked()
    kept.of(7, ([1],), (), made)
    assert kept.of(7, ([1],), (), made) == 2


def test_another_day_or_one_person_more_is_worked_out_anew() -> None:
    kept, made, entries = Worked[int](), Asked(), (1, 2)
    kept.of(7, (entries,), ("monday",), made)
    assert kept.of(7, (entries,), ("tuesday",), made) == 2
    assert kept.of(7, (entries, entries), ("tuesday",), made) == 3


def test_who_was_asked_for_longest_ago_goes_first() -> None:
    kept, made, entries = Worked[int](2), Asked(), (1, 2)
    for key in (1, 2, 1, 3):
        kept.of(key, (entries,), (), made)
    assert made.times == 3
    kept.of(1, (entries,), (), made)
    assert made.times == 3
    kept.of(2, (entries,), (), made)
    assert made.times == 4
