"""Fixtures that every suite may use. Which database they run on is settled in tests/settings.py:

python -m pytest tests/store                                    on SQLite
GUITU_TEST_DATABASE=postgresql python -m pytest tests/store     on PostgreSQL (tests/postgres.py)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from guitu.kernel.zone import CHINA
from guitu.store import scope
from guitu.store.units import NewUnit
from tests import postgres

scope.be_the_house()
"""A test works as a command does, except where it is a request or says who asks."""

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)

PLACES = (
    NewUnit("46", "示例省", "province"),
    NewUnit("469023", "示例县", "county", "46"),
    NewUnit("469023100", "河东镇", "town", "469023"),
    NewUnit("469023100200", "东坡村", "village", "469023100"),
    NewUnit("469023100201", "南园村", "village", "469023100"),
    NewUnit("469023101", "河西镇", "town", "469023"),
    NewUnit("469023101200", "西坡村", "village", "469023101"),
    NewUnit("469024", "邻县", "county", "46"),
    NewUnit("469024100", "邻镇", "town", "469024"),
    NewUnit("469024100200", "邻村", "village", "469024100"),
    NewUnit("46J01", "示范强制隔离戒毒所", "justice_centre", "46"),
    NewUnit("46J0101", "一大队", "brigade", "46J01"),
)
"""A small invented province: two counties, three towns, four villages, one centre."""


NEEDS_STORE = frozenset({"db", "transactional_db", "live_server"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the store uses the access log, which has a database of its own on SQLite; and is marked
    `store`, for there is no second answer to be had on another database from a test that uses none."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark or not NEEDS_STORE.isdisjoint(getattr(item, "fixturenames", ())):
            wanted = {**(mark.kwargs if mark else {}), "databases": "__all__"}
            item.add_marker(pytest.mark.django_db(**wanted), append=False)
            item.add_marker(pytest.mark.store)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where several processes share a run: tests/sharing.py."""
    from tests.sharing import ByModule

    return ByModule(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Where several processes share a run, each has a database of its own. On SQLite it has: its file lies in
    a folder of the process (tests/settings.py), and must keep its name, for by that other processes find the
    access log beside it."""
    from django.conf import settings

    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is not None and postgres.wanted():
        for one in settings.DATABASES.values():
            one["TEST"] = {**one.get("TEST", {}), "NAME": f"test_{one['NAME']}_{worker}"}


@pytest.fixture(autouse=True)
def _language_of_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command's `--lang` holds for its process; here for one test."""
    monkeypatch.setenv("GUITU_LANG", "zh")


@pytest.fixture(autouse=True)
def _log_begun_anew() -> None:
    """What one test noted is not remembered in the next."""
    from guitu.store.readings import reviews, strands, words, write

    for kept in (reviews, strands, words, write):
        kept.forget()


@pytest.fixture(autouse=True)
def _boards_made_anew() -> None:
    """What was kept of one test's store is not shown in the next, whose files have the same numbers."""
    from guitu.store.centre import unchanged
    from guitu.web import kept

    unchanged.forget()
    kept.forget()


@pytest.fixture(scope="session", autouse=True)
def _emptying() -> Iterator[None]:
    """Between tests Django empties the tables, which the database refuses; here, and only here, it may."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from tests.store.tampering import triggers_off

    refused = BaseDatabaseOperations.execute_sql_flush

    def allowed(operations: Any, statements: Any) -> None:
        with triggers_off():
            refused(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", allowed)
        yield


@pytest.fixture
def now() -> datetime:
    """The moment at which every test happens."""
    return NOW


@pytest.fixture
def today() -> date:
    """The day of that moment."""
    return TODAY


@pytest.fixture
def places(db: None) -> tuple[NewUnit, ...]:
    """The small province, in the store."""
    from guitu.store import units

    units.add(PLACES)
    return PLACES


@pytest.fixture
def lasting_places(django_db_reset_sequences: None) -> tuple[NewUnit, ...]:
    """The same, committed: for tests that look from a second connection or process."""
    from guitu.store import units

    units.add(PLACES)
    return PLACES


@pytest.fixture
def environment(transactional_db: None) -> dict[str, str]:
    """The environment in which another process opens the same store."""
    from django.db import connection

    settings: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite://{settings['NAME']}"
    else:
        url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
        url += f"/{settings['NAME']}"
    return {**os.environ, "GUITU_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "guitu.web.settings"}
