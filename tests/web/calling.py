"""A program in tests: its token, and how it calls."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from guitu.access import may_see_page
from guitu.access.scopes import SCOPES
from guitu.store import staff
from guitu.web.accounts import tokens
from guitu.web.who import Who, posts_of
from tests.web.desk import PASSWORD

TOWN = "469023100"


def account(username: str, role: str, unit: str = TOWN, name: str = "李晓梅") -> Who:
    """An account in one post, made if it is not there."""
    if not staff.exists(username):
        staff.add(username, PASSWORD, name, [(role, unit)])
    number = User.objects.get(username=username).pk
    post = next(p for p in posts_of(number) if p.role == role)
    return Who(username, name, post, (post,), number, second_factor=True)


class Program:
    """Calls with a token for everything that its post opens, or for the named scopes."""

    def __init__(
        self, username: str = "li", role: str = "town_office", unit: str = TOWN, *scopes: str
    ) -> None:
        self.acts_as = account(username, role, unit)
        mine = {s.name for s in SCOPES.values() if may_see_page(self.acts_as.actor, s.page).allowed}
        self.id, self.token = tokens.make(self.acts_as, "测试程序", frozenset(scopes or mine), 30)
        self.calls = Client()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, where: str, status: int = 200, **asked: Any) -> Any:
        """What is answered, as JSON."""
        answer = self.calls.get(f"/api/v1/{where}", asked, headers=self.headers)
        assert answer.status_code == status, (where, answer.status_code, answer.content[:600])
        return answer.json()

    def post(self, where: str, sent: object = None, status: int = 200) -> Any:
        """The same for what is sent."""
        answer = self.calls.post(
            f"/api/v1/{where}", json.dumps(sent or {}), "application/json", headers=self.headers
        )
        assert answer.status_code == status, (where, answer.status_code, answer.content[:600])
        return answer.json() if answer.content else None

    def whole(self, where: str, **asked: Any) -> list[dict[str, Any]]:
        """Every row of a list, page by page."""
        found, cursor = [], None
        while True:
            page = self.get(where, **asked, **({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                return found
