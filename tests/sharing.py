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
"""Its roles take half a minute each and share nothing: each may be in another process."""

SECONDS: Mapping[str, int] = {
    "tests/browser/test_gallery.py": 250,
    "tests/browser/test_levels.py": 150,
    "tests/browser/test_phone.py": 90,
    "tests/browser/test_walk.py": 60,
    "tests/exchange/test_handover_served.py": 40,
    "tests/exchange/test_handover_sites.py": 30,
    "tests/security/test_access_matrix.py": 30,
    "tests/security/test_canaries.py": 60,
    "tests/security/test_fuzz_forms.py": 180,
    "tests/security/test_taking.py": 40,
    "tests/simulate/test_trial_sync_sittings.py": 30,
    "tests/spark/test_spark.py": 90,
    "tests/store/test_snapshot_properties.py": 60,
    "tests/sweep/test_sweep_is_assess.py": 110,
    "tests/web/test_api_schema.py": 80,
    "tests/web/test_demo.py": 40,
}
"""About how long a module takes, or one role of the matrix; others by how many tests they have. Only the
order comes of it: whatever stands here, every test runs."""
IN_A_BROWSER, A_TEST = 3.0, 0.15
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
