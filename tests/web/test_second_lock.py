"""A request reads under the scope of whoever asks, and leaves nothing of it on the connection for the next
one. Collected where the tests run on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from guitu.store import engine
from guitu.store.scope import NOBODY, within
from guitu.store.units import tree
from guitu.web import carrying
from guitu.web.accounts import tokens
from guitu.web.middleware import SignedIn
from guitu.web.who import who
from tests.store.writing import TOWN, VILLAGE
from tests.web.calling import Program
from tests.web.desk import busy, signed_in

FILES = 60


@pytest.fixture
def village(places: object, now: datetime) -> Client:
    """A village worker's browser, in a province of sixty people, twenty of them in the village."""
    busy(now, FILES)
    return signed_in("village", "village_worker", VILLAGE)


def counted(client: Client | None, *, identified: bool = True) -> int:
    """How many files a request of this browser finds if it asks for all, without any other condition."""

    def probe(request: HttpRequest) -> HttpResponse:
        if identified:
            who(request)
        found = engine.row("SELECT count(*) FROM store_casefile")
        assert found is not None
        return HttpResponse(str(found[0]))

    request = RequestFactory().get("/")
    if client is not None:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer: Callable[[HttpRequest], HttpResponse] = SessionMiddleware(SignedIn(probe))
    return int(answer(request).content)


def test_each_request_reads_as_whoever_asks_on_one_connection(village: Client) -> None:
    town = signed_in("town", "town_office", TOWN)
    for _ in range(2):
        assert counted(village) == 20
        assert counted(town) == 40
    assert counted(None) == 0, "nobody has signed in"
    assert counted(town, identified=False) == 0, "nothing is read before it is known who asks"


def test_a_post_that_was_taken_away_or_moved_reads_no_more(village: Client) -> None:
    assert counted(village) == 20
    engine.execute("UPDATE store_staffpost SET unit = %s", [tree().find("469024").no])
    assert counted(village) == 0
    engine.execute("DELETE FROM store_staffpost")
    assert counted(village) == 0


def test_a_session_that_ended_reads_nothing(village: Client) -> None:
    assert counted(village) == 20
    engine.execute("DELETE FROM django_session")
    assert counted(village) == 0
    assert counted(village) == 0


def test_an_account_with_two_posts_reads_by_the_one_it_has_chosen(village: Client) -> None:
    from guitu.store import staff

    staff.add("village", None, "", [("town_office", "469024100")])
    assert counted(village) == 20
    posts = {p.unit.code: p.id for p in staff.posts("village")}
    village.post("/post/", {"post": posts["469024100"]})
    assert counted(village) == 0
    village.post("/post/", {"post": posts[VILLAGE]})
    assert counted(village) == 20


def test_the_scope_costs_no_query_of_its_own(village: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    counted(village)
    told: list[object] = []
    known = type(connection.connection).execute
    monkeypatch.setattr(
        type(connection.connection), "execute", lambda *a, **k: (told.append(a[1]), known(*a, **k))[1]
    )
    session = village.cookies["guitu_session"].value
    before = carrying.LAST.get(session)
    assert before is not None
    assert counted(village) == 20
    assert before == carrying.LAST.get(session)
    assert told == []


def known(program: Program) -> int:
    """The same of a call with this program's token."""
    with within(NOBODY):
        tokens.known(program.token, now_ms=0)
        found = engine.row("SELECT count(*) FROM store_casefile")
    assert found is not None
    return int(found[0])


def test_a_token_reads_as_its_post_and_another_as_its_own(village: Client) -> None:
    one = Program("one", "village_worker", VILLAGE)
    two = Program("two", "town_office", TOWN)
    for _ in range(2):
        assert known(one) == 20
        assert known(two) == 40
        assert counted(village) == 20
    false = Program("three", "town_office", TOWN)
    assert known(false) == 40
    false.token = false.token[:-1] + ("A" if false.token[-1] != "A" else "B")
    with within(NOBODY):
        with pytest.raises(tokens.Refused):
            tokens.known(false.token, now_ms=0)
        assert engine.row("SELECT count(*) FROM store_casefile") == (0,)
    engine.execute("UPDATE store_staffpost SET unit = %s", [tree().find("469024").no])
    assert known(one) == known(two) == 0
