"""The lists of the medical centre ask in the very words of their indexes."""

from __future__ import annotations

from importlib import import_module

from guitu.store.centre import medical


def test_the_lists_say_the_words_of_their_indexes() -> None:
    """Otherwise a database reads every entry of everybody: slower, and nobody would notice for a year."""
    made = import_module("guitu.store.migrations.0017_medical")
    assert ", ".join(map(repr, medical.ROUND)) == made.ROUND
    assert ", ".join(map(repr, medical.WARD)) == made.WARD
