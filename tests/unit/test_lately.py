"""What is kept in memory stays within its bound, and what was asked for lately stays longest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guitu.kernel.lately import Lately


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept = Lately[str, int](2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1
    kept.keep("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_what_is_too_large_for_the_bound_is_not_kept() -> None:
    kept = Lately[str, bytes](10, len)
    kept.keep("small", b"12345")
    kept.keep("large", b"x" * 11)
    assert kept.get("large") is None
    assert kept.get("small") == b"12345"  # and it drove nothing out


def test_some_keys_are_forgotten_and_then_all() -> None:
    kept = Lately[int, str](10)
    for n in range(4):
        kept.keep(n, str(n))
    kept.forget(lambda n: n % 2 == 0)
    assert [kept.get(n) for n in range(4)] == [None, "1", None, "3"]
    kept.forget()
    assert len(kept) == 0


@given(st.lists(st.tuples(st.integers(0, 8), st.binary(max_size=12))))
def test_it_never_holds_more_than_it_may_and_never_another_value(acts: list[tuple[int, bytes]]) -> None:
    kept, said = Lately[int, bytes](20, len), dict[int, bytes]()
    for key, value in acts:
        kept.keep(key, value)
        said[key] = value
        there = {k: v for k in said if (v := kept.get(k)) is not None}
        assert sum(map(len, there.values())) <= 20
        assert all(said[k] == v for k, v in there.items())
    # what there is room for is there: the last one kept
    if acts and len(acts[-1][1]) <= 20:
        assert kept.get(acts[-1][0]) == acts[-1][1]
