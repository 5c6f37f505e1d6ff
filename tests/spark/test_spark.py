"""On a cluster of a master and two workers, each a process of its own, everybody's assessment and every
figure are what they are on one machine; also when a worker is killed."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from guitu import compose
from guitu.bench.cluster import Cluster
from guitu.casefile import CaseFile
from guitu.casefile.snapshot import Snapshot, slices_of
from guitu.cli.spark import spark_session
from guitu.indicators import Indicator, Known, Period, run
from guitu.indicators.engines import spark
from guitu.indicators.engines.opening import source_of
from guitu.indicators.tables import declared
from guitu.pathway.sweep.run import sweep
from guitu.pathway.sweep.swept import Swept
from guitu.pathway.sweep.tables import SCHEMAS
from guitu.simulate.province import population
from guitu.store.divisions import load_province
from guitu.store.snapshot.memory import snapshot_of

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # sockets of py4j
]
ON = date(2026, 11, 23)
PEOPLE = 150
POLICIES = partial(compose.policy, presets=())


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster(workers=2, memory="800m") as running:
        yield running


@pytest.fixture(scope="module")
def session(cluster: Cluster) -> Iterator[Any]:
    with spark_session(cluster.url, **{"spark.executor.memory": "512m"}) as opened:
        yield opened


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A small province, its people in four slices."""
    files = [
        CaseFile(history.file, history.entries) for history in population(PEOPLE, 7, ON, load_province("46"))
    ]
    return replace(snapshot_of(files, tmp_path_factory.mktemp("snapshot")), slices=slices_of(4))


@pytest.fixture(scope="module")
def here(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """Everybody on this machine."""
    return sweep(snapshot, on=ON, policies=POLICIES, engine="kernel", out=tmp_path_factory.mktemp("here"))


def rows(swept: Swept) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order of its own."""
    return {
        name: sorted((tuple(row.values()) for row in swept.table(name).to_pylist()), key=repr)
        for name in SCHEMAS
    }


def test_everybody_on_the_cluster_is_everybody_here(
    snapshot: Snapshot, here: Swept, session: Any, tmp_path: Path
) -> None:
    there = sweep(snapshot, on=ON, policies=POLICIES, engine="spark", out=tmp_path, session=session)
    assert there.tally.people == here.tally.people == PEOPLE
    assert rows(there) == rows(here)
    assert rows(Swept.open(tmp_path)) == rows(here)


def test_figures_of_every_sort_on_the_cluster_are_what_duckdb_says(
    snapshot: Snapshot, here: Swept, session: Any
) -> None:
    tables = declared(compose.kinds().values())
    duck = source_of(snapshot, here.parts, tables, ON)
    there = spark.source(duck.files, tables, ON, session)
    homes = Counter(pq.read_table(snapshot.parts("files")[0])["unit"].to_pylist())
    most = {unit for unit, _ in homes.most_common(3)}
    places = [place for place in duck.places() if place.no in most]
    asked = {
        "places": places,
        "periods": [Period.parse("2025"), Period.parse("2016-01-01..2026-10-31")],
        "known": Known(seq=snapshot.seq - 100),
        "among": compose.indicator_versions(),
    }
    declared_ones = list(compose.indicators().values())
    told = {figure.indicator for figure in run(declared_ones, duck, **asked) if figure.value}
    sorts: dict[type, list[Indicator]] = {}
    for one in declared_ones:
        if one.key in told:
            sorts.setdefault(type(one.value), []).append(one)
    indicators = [one for some in sorts.values() for one in some[:1]]
    assert len(sorts) >= 5, sorts
    expected = run(indicators, duck, **asked)
    assert run(indicators, there, **asked) == expected


def test_a_worker_that_is_killed_costs_time_and_no_answers(
    snapshot: Snapshot, here: Swept, session: Any, cluster: Cluster, tmp_path: Path
) -> None:
    victim = cluster.processes[-1]
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    there = sweep(snapshot, on=ON, policies=POLICIES, engine="spark", out=tmp_path, session=session)
    assert rows(there) == rows(here)
