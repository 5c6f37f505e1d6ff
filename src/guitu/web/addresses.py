"""Which view an address belongs to, without asking four hundred patterns.

Django tries one pattern after the other. Ours nearly all begin with a fixed word (`people/`, `files/`), so
only those are tried that begin with the word of the address, and those that begin with none, in the order in
which they stand. What is found, and how an address is made from a name, is as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

_WORD: Final = re.compile(r"[\w.-]+/")
"""A fixed first word: without a part in angle brackets, and ended by a slash."""


def first_word(route: str) -> str | None:
    """The word that every address of this pattern begins with; None if they may begin with anything."""
    found = _WORD.match(route)
    return found[0] if found else None


class ByFirstWord(URLResolver):
    """All these patterns, at the root, found by the first word of the address."""

    def __init__(self, patterns: Sequence[URLPattern | URLResolver]) -> None:
        super().__init__(RoutePattern(""), list(patterns))

    @cached_property
    def _any(self) -> URLResolver:
        return self._of(None)

    @cached_property
    def _by_word(self) -> dict[str, URLResolver]:
        words = {word for one in self.url_patterns if (word := first_word(str(one.pattern)))}
        return {word: self._of(word) for word in words}

    def _of(self, word: str | None) -> URLResolver:
        """The patterns that an address which begins with this word can belong to."""
        able = [one for one in self.url_patterns if first_word(str(one.pattern)) in (None, word)]
        return URLResolver(RoutePattern(""), able)

    def resolve(self, path: Any) -> ResolverMatch:
        """The view and its arguments; raises Resolver404."""
        path = str(path)
        word, slash, _ = path.partition("/")
        return self._by_word.get(word + slash, self._any).resolve(path)
