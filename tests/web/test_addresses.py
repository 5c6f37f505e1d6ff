"""Addresses are found by their first word: the same ones, in the same order, as by trying every pattern."""

from __future__ import annotations

import re

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, path, resolve, reverse
from django.urls.resolvers import RoutePattern

from guitu.web.addresses import ByFirstWord, first_word
from guitu.web.urls import addresses

EVERY = URLResolver(RoutePattern(""), addresses)
"""As Django does it."""
VALUES = {"int": "7", "uuid": "019b76e8-6789-7000-8000-0000000dbf89"}


def example(route: str) -> str:
    """An address of this pattern."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda part: VALUES.get(part[1], "2026-11"), route)


def found(by: URLResolver, address: str) -> object:
    """What is found there, whole."""
    try:
        there = by.resolve(address)
    except Resolver404:
        return None
    return there.func, there.args, there.kwargs, there.route, there.url_name, there.namespaces


def test_every_address_leads_where_trying_every_pattern_leads() -> None:
    asked = [example(str(one.pattern)) for one in addresses]
    by_word = ByFirstWord(addresses)
    assert sum(found(EVERY, address) is not None for address in asked) > 0.9 * len(asked)
    for address in asked:
        for other in (address, address[:-1], address + "x", address.upper(), f"x{address}", f"/{address}"):
            assert found(by_word, other) == found(EVERY, other), other


@pytest.mark.parametrize(
    "odd", ["", "/", "//", "people", "people//", "%70eople/", "people\n/", "é/", ".", "../"]
)
def test_odd_addresses_lead_nowhere_else(odd: str) -> None:
    assert found(ByFirstWord(addresses), odd) == found(EVERY, odd)


def test_of_two_patterns_that_fit_the_first_holds_whether_its_first_word_is_fixed_or_not() -> None:
    def view(name: str) -> URLPattern:
        return path(name, lambda request: None)

    some = [view("a/b/"), view("<str:any>/c/"), view("a/<str:more>/"), view("a/c/"), view("<str:any>/b/")]
    assert [first_word(str(one.pattern)) for one in some] == ["a/", None, "a/", "a/", None]
    by_word, all_of_them = ByFirstWord(some), URLResolver(RoutePattern(""), some)
    for address in ("a/b/", "a/c/", "a/d/", "z/b/", "z/c/", "z/d/"):
        assert found(by_word, address) == found(all_of_them, address), address


def test_names_still_make_addresses_and_addresses_names() -> None:
    assert reverse("file", args=["469023-2026-00001"]) == "/files/469023-2026-00001/"
    there = resolve("/files/469023-2026-00001/")
    assert there.url_name == there.view_name == "file"
    assert there.kwargs == {"case": "469023-2026-00001"}
    assert there.route == "files/<str:case>/"
