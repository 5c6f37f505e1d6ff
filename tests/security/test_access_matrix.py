"""Every address × every role × every situation × every compartment: who may not see something does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from guitu.access import ROLES, house
from guitu.access.expected import Where, expected
from guitu.access.pages import PAGES
from guitu.casefile.kind import COMPARTMENTS
from guitu.compose import kinds
from guitu.store import gate, personal, read, staff
from guitu.store.placing import BY_RECEIVER
from tests.conftest import NOW
from tests.security import matrix, matrix_kinds
from tests.security.asking import ENDING, METHODS, Tally, ask_everything, asked, everything_in
from tests.security.matrix_routes import ROUTES
from tests.security.world import World, addresses, arguments, build, patterns
from tests.store.writing import Pen


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


def test_every_address_role_kind_and_compartment_has_its_place_in_the_table() -> None:
    names = {pattern.name for pattern in patterns()}
    assert names - ROUTES.keys() == set(), "add a line to ROUTES in tests/security/matrix_routes.py"
    assert ROUTES.keys() - names == set(), "no such address any more"
    assert set(ROLES) == matrix.SEES.keys(), "add a line to SEES"
    assert set(COMPARTMENTS) == set(matrix.COMPARTMENTS.values()) == matrix_kinds.KINDS.keys()
    declared = {kind.name: kind.compartment for kind in kinds().values() if kind.about == "person"}
    about_units = {kind.name for kind in kinds().values() if kind.about != "person"}
    assert about_units == set(matrix_kinds.UNIT_KINDS.split()), "add the kind to UNIT_KINDS"
    placed = {kind: compartment for compartment, some in matrix_kinds.KINDS.items() for kind in some.split()}
    assert declared == placed, "add the kind to KINDS"
    for name, route in ROUTES.items():
        assert route.page == "" or route.page in PAGES, name
    for row in matrix.SEES.values():
        assert len(row.split()) == len(matrix.SITUATIONS)


WHERE: dict[str, Where] = {
    "home": "inside",
    "custody": "custody",
    "receiving": "receiving",
    "former": "former",
    "outside": "outside",
    "emergency": "emergency",
    "centre": "inside",
}


def test_the_table_by_hand_and_the_table_of_the_product_say_the_same() -> None:
    """They were written apart. `sender` is not here: it sees what it recorded itself."""
    for role in ROLES:
        for situation, where in WHERE.items():
            told = {c for c in COMPARTMENTS if expected(role, c, where)}
            assert matrix.sees(role, situation) == told, (role, situation)
            if situation == "custody" and not expected(role, "", where):
                where = "former"  # the centre answered for the person before the village
            assert matrix.opens(role, situation) == expected(role, "", where), (role, situation)
        writes = {matrix.COMPARTMENTS[letter] for letter in matrix.WRITES.get(role, "")}
        assert writes == {c for c in COMPARTMENTS if expected(role, c, "inside", "write")}, role


def test_something_recognisable_stands_in_every_compartment_that_has_a_kind(world: World) -> None:
    for planted in world.files.values():
        there = {entry.kind for some in planted.entries.values() for entry in some}
        assert there == {kind.name for kind in kinds().values() if kind.about == "person"}
        assert set(planted.entries) == {name for name, some in matrix_kinds.KINDS.items() if some}


QUICK = frozenset({"town_office", "doctor", "inspector"})
"""Walked also where there is no patience: an office, a compartment of their own, no writing."""


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in QUICK else pytest.mark.exhaustive) for role in ROLES]
)
def test_what_a_role_may_not_see_is_not_shown_anywhere(
    role: str, world: World, record_property: Callable[[str, object], None]
) -> None:
    reads_files = any(cell != "-" for cell in matrix.SEES[role].split())
    situations = matrix.SITUATIONS if reads_files else ("home", "outside")
    tallies = [ask_everything(world, role, situation) for situation in situations]
    for tally in tallies:
        record_property("access_matrix", tally.as_data())
    wrong = [line for tally in tallies for line in (*tally.leaks, *tally.wrong)]
    assert not wrong, "\n".join([f"{len(wrong)} in all", *wrong[:40]])


def test_the_matrix_finds_a_leak_where_there_is_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(matrix.SEES, "town_office", "I " + "- " * 7)
    leaks = ask_everything(world, "town_office", "home").leaks
    assert {leak.partition(" shows ")[2].partition(" ")[0] for leak in leaks} >= {
        "legal",
        "custody",
        "support",
    }


@pytest.mark.exhaustive
@pytest.mark.parametrize("situation", ["home", "outside"])
def test_a_form_opens_only_to_the_roles_that_its_kind_names(world: World, situation: str) -> None:
    case = world.file(situation).case
    for role in ROLES:
        for kind in kinds().values():
            if kind.about != "person" or kind.name == "void":
                continue
            answer = asked(world, role, situation, "GET", f"/files/{case}/record/{kind.name}/")
            writes = {matrix.COMPARTMENTS[letter] for letter in matrix.WRITES.get(role, "")}
            elsewhere = kind.act or kind.own_page or kind.name in BY_RECEIVER  # not in this form
            named = role in kind.recorded_by and kind.compartment in writes and not elsewhere
            opens = situation == "home" and role in PAGES["record"] and named
            assert (answer.status_code == 200) == opens, (role, kind.name, answer.status_code)


def test_nobody_sees_anything_before_signing_in(world: World) -> None:
    stranger = Client(raise_request_exception=False)
    planted = world.file("home")
    for pattern in patterns():
        for address in addresses(planted, pattern):
            for method in METHODS:
                answer = stranger.generic(method, address)
                assert answer.status_code < 500, address
                assert not planted.shown_in(everything_in(answer), asked=address), address
                if ROUTES[pattern.name or ""].page:
                    assert answer.status_code == 302, (method, address, answer.status_code)
                    assert answer.headers["Location"].startswith("/sign-in/"), address


def test_every_argument_of_the_table_is_used(world: World) -> None:
    used = {name for pattern in patterns() for name in pattern.pattern.converters}
    assert arguments(world.file("home")).keys() == used


def _ties(world: World) -> dict[str, Client]:
    """The person of the file at home, and one of the family for each part that a consent may open."""
    planted = world.file("home")
    view = read.opened(planted.case)
    assert view is not None
    pen = Pen(990)
    pen.file = view.id
    choices = [choice.value for choice in kinds()["family_consent"].ask("parts").choices]
    consents = {
        f"family-{parts}": pen.entry(
            "family_consent",
            "2026-11-20",
            who=f"亲属{parts}",
            relation="母亲",
            parts=parts,
            until=date(2027, 11, 1),
        )
        for parts in choices
    }
    gate.record_many(list(consents.values()), actor=house(), now=NOW)
    view = read.opened(planted.case)
    assert view is not None
    personal.give_access(view, "the-person")
    for username, consent in consents.items():
        personal.give_family(view, consent.id, username)
    found = {}
    for username in ("the-person", *consents):
        user = get_user_model().objects.get(username=username)
        staff.set_own(user, f"a-password-of-{username}")
        found[username] = Client(raise_request_exception=False)
        found[username].force_login(user)
    return found


FAMILY_NEVER = frozenset({"medical", "medical_restricted"})


def test_the_person_sees_their_own_file_alone_and_the_family_what_was_consented_to(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    own, tally = world.file("home"), Tally()
    for username, client in _ties(world).items():
        for planted in world.files.values():
            for pattern in patterns():
                if pattern.name in ENDING:
                    continue
                for address in addresses(planted, pattern):
                    answer = client.get(address)
                    tally.requests += 1
                    tally.combinations += len(COMPARTMENTS)
                    content = everything_in(answer)
                    if answer.status_code >= 500:
                        tally.wrong.append(f"{address} as {username}: {answer.status_code}")
                    for other in world.files.values():
                        found = other.shown_in(content, asked=address)
                        hidden = set(found) if other is not own else set()
                        if username != "the-person":
                            hidden |= found.keys() & FAMILY_NEVER
                        tally.leaks += [f"{address} as {username} shows {c} of {other.case}" for c in hidden]
    record_property("access_matrix", tally.as_data())
    assert not tally.leaks, "\n".join(tally.leaks[:20])
    assert not tally.wrong, "\n".join(tally.wrong[:20])
