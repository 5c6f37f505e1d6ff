"""How several processes share a run: what takes longest is begun first, so that all end together.

pytest-xdist gives out the modules with most tests first, and those with one test last. Here single tests and
small modules take a minute: one process would then work alone at the end.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

APART = "tests/security/test_access_matrix.py"
"""Its roles take a quarter of a minute each and share nothing: each may be in another process."""

SECONDS: Mapping[str, int] = {
    "tests/browser/test_gallery.py": 210,
    "tests/browser/test_levels.py": 150,
    "tests/browser/test_remote_call.py": 20,
    "tests/browser/test_walk.py": 45,
    "tests/exchange/test_handover_served.py": 45,
    "tests/exchange/test_handover_sites.py": 20,
    "tests/generative/test_assess_properties.py": 12,
    "tests/generative/test_indicators_agree.py": 17,
    "tests/repo/test_house.py": 10,
    "tests/security/test_access_matrix.py": 15,
    "tests/security/test_access_matrix_commands.py": 55,
    "tests/security/test_canaries.py": 22,
    "tests/security/test_dead_links.py": 11,
    "tests/security/test_fuzz_forms.py": 215,
    "tests/security/test_requests.py": 11,
    "tests/security/test_taking.py": 10,
    "tests/simulate/test_trial_sync_sittings.py": 15,
    "tests/spark/test_spark.py": 80,
    "tests/store/test_commands.py": 25,
    "tests/store/test_snapshot.py": 24,
    "tests/store/test_snapshot_properties.py": 30,
    "tests/sweep/test_sweep_is_assess.py": 17,
    "tests/web/test_api_schema.py": 45,
    "tests/web/test_demo.py": 30,
    "tests/web/test_demo_walk.py": 70,
    "tests/web/test_frame.py": 16,
    "tests/web/test_frame_serve.py": 10,
    "tests/web/test_single_sign_on.py": 13,
}
"""About how long a module takes, or one role of the matrix; others by how many tests they have. Only the
order comes of it: whatever stands here, every test runs."""
IN_A_BROWSER, A_TEST = 2.0, 0.1
"""Seconds of any other test."""


def seconds(scope: str, tests: int) -> float:
    """About how long this module, or this test that goes apart, takes."""
    module = scope.partition("::")[0]
    return SECONDS.get(module, tests * (IN_A_BROWSER if module.startswith("tests/browser/") else A_TEST))


class LongestFirst(OrderedDict[str, dict[str, bool]]):
    """What is still to be given out, by module; the longest comes out next."""

    def popitem(self, last: bool = True) -> tuple[str, dict[str, bool]]:
        """Take it out. KeyError if nothing is left."""
        if not self:
            raise KeyError("everything is given out")
        longest = max(self, key=lambda scope: seconds(scope, len(self[scope])))
        return longest, self.pop(longest)


class ByModule(LoadScopeScheduling):
    """A module's tests stay in one process, which prepares once what they use. (`--dist loadgroup`, which
    would say this with marks, does nothing since pytest 9.2.)"""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        self.workqueue = LongestFirst()

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::", 1)[0]
        return nodeid if module == APART else module
