"""What the browser tests find in the store: the small province, and one account for each role.

Every account has the password PASSWORD, and the clock stands still at TODAY. A test with people writes a
function here, or in a module of its own, that takes and returns plain JSON, and calls it with `live.call`.
"""

from __future__ import annotations

from typing import Final

PASSWORD: Final = "guitu-demo"
TODAY: Final = "2026-11-23"

ACCOUNTS: Final = (
    ("province", "provincial_supervisor", "46", "陈省心"),
    ("county", "county_supervisor", "469023", "林县明"),
    ("town", "town_office", "469023100", "李晓梅"),
    ("west", "town_office", "469023101", "吴西子"),
    ("village", "village_worker", "469023100200", "王建国"),
    ("centre", "centre_head", "46J01", "赵所长"),
    ("intake", "intake_officer", "46J01", "孙收治"),
    ("doctor", "doctor", "46J01", "周医生"),
    ("auditor", "auditor", "46", "郑审计"),
)
"""Username, role, unit, name."""


def province() -> None:
    """A new store with the units and accounts that every browser test may count on."""
    from guitu.store import staff, units
    from guitu.store.setup import prepare
    from tests.conftest import PLACES

    prepare()
    units.add(PLACES)
    for username, role, unit, name in ACCOUNTS:
        staff.add(username, PASSWORD, name, [(role, unit)])
    staff.add("both", PASSWORD, "双岗位", [("town_office", "469023100"), ("village_worker", "469023100200")])
    staff.add("nobody", PASSWORD, "无岗位", [])
