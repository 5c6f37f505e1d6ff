"""What the browser tests of signing in find in the store."""

from __future__ import annotations

from tests.browser.seed import PASSWORD


def account(username: str, role: str = "town_office", unit: str = "469023100") -> None:
    """An account with one post and its own password."""
    from guitu.store import staff

    staff.add(username, PASSWORD, "钥某某", [(role, unit)])
