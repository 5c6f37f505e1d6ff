"""A run shared among processes: everything is given out once, the longest first; and where its files lie."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.sharing import APART, SECONDS, ByModule, LongestFirst
from tools import run_tests

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = "tests/store/test_snapshot_properties.py::test_long"
SOME = [
    *(f"tests/unit/test_many.py::test_{n}" for n in range(40)),
    LONG,
    *(f"{APART}::test_roles[{n}]" for n in range(3)),
    *(f"tests/browser/test_some.py::test_{n}" for n in range(4)),
    "tests/unit/test_one.py::test_it",
]


def test_whatever_takes_longest_is_given_out_next() -> None:
    waiting = LongestFirst()
    for name in SOME:
        waiting.setdefault(name.partition("::")[0], {})[name] = False
    out = []
    while waiting:
        out.append(waiting.popitem(last=False)[0].rpartition("/")[2])
    assert out == [
        "test_snapshot_properties.py",
        "test_access_matrix.py",
        "test_some.py",
        "test_many.py",
        "test_one.py",
    ]


def test_every_test_is_given_to_one_process_and_a_module_stays_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Process:
        """Runs what it is given."""

        shutting_down = False

        def __init__(self) -> None:
            self.given: list[int] = []
            self.gateway = SimpleNamespace(id="one of two")

        def send_runtest_some(self, some: list[int]) -> None:
            self.given += some

        def shutdown(self) -> None:
            self.shutting_down = True

    option = SimpleNamespace(loadscopereorder=True, tx=["popen"] * 2)
    config = SimpleNamespace(option=option, getvalue=lambda name: option.tx)
    monkeypatch.setattr("xdist.scheduler.loadscope.parse_tx_spec_config", lambda config: option.tx)
    sharing = ByModule(config, log=None)
    both = Process(), Process()
    for one in both:
        sharing.add_node(one)
    for one in both:
        sharing.add_node_collection(one, SOME)
    sharing.schedule()
    done = {id(one): 0 for one in both}
    while any(done[id(one)] < len(one.given) for one in both):
        for one in both:
            if done[id(one)] < len(one.given):
                sharing.mark_test_complete(one, one.given[done[id(one)]])
                done[id(one)] += 1
    assert sorted(both[0].given + both[1].given) == list(range(len(SOME)))
    assert both[0].given[0] == SOME.index(LONG)
    for one in both:
        modules = [SOME[index].partition("::")[0] for index in one.given]
        for module in set(modules) - {APART}:
            assert modules.count(module) == sum(name.startswith(module) for name in SOME)


def test_every_module_of_which_it_is_known_how_long_it_takes_is_there() -> None:
    assert [name for name in (*SECONDS, APART) if not (ROOT / name).is_file()] == []


def test_files_lie_in_memory_only_where_there_is_plenty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(run_tests, "MEMORY", tmp_path)
    monkeypatch.setattr(run_tests, "ENOUGH", 1)
    assert run_tests.in_memory() == tmp_path
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    assert run_tests.in_memory() is None
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(run_tests, "ENOUGH", 2**60)
    assert run_tests.in_memory() is None
    monkeypatch.setattr(run_tests, "ENOUGH", 1)
    monkeypatch.setattr(run_tests, "MEMORY", tmp_path / "nowhere")
    assert run_tests.in_memory() is None
