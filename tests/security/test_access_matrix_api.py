"""The access matrix once more, through the API: what a token shows of a file is what its post may see."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from guitu.access import ROLES, may_see_page
from guitu.access.scopes import scopes_for
from guitu.web.accounts import tokens
from guitu.web.who import Who, posts_of
from tests.security.matrix import SITUATIONS, opens, sees
from tests.security.test_access_matrix import world as world
from tests.security.world import World, posted

OF_A_FILE = ("", "/entries?limit=200", "/assessment")


def token_of(world: World, role: str, situation: str) -> str:
    """A token for everything that this post opens; "" if it opens nothing to programs."""
    world.client(role, situation)  # makes the account, with its leave
    username = f"{role}-{situation}"
    number = User.objects.get(username=username).pk
    post = next(p for p in posts_of(number) if p.unit == posted(role, situation))
    holder = Who(username, username, post, (post,), number)
    if not may_see_page(holder.actor, "api").allowed:
        return ""
    scopes = frozenset(scope.name for scope in scopes_for(holder.actor))
    return tokens.make(holder, "矩阵", scopes, 1)[1]


def test_a_token_shows_of_a_file_what_its_post_sees(world: World) -> None:
    calls = Client(raise_request_exception=False)
    wrong, asked = [], 0
    for role in sorted(set(ROLES) - {"person", "family"}):
        for situation in SITUATIONS:
            token = token_of(world, role, situation)
            planted, allowed = world.file(situation), sees(role, situation)
            shown: set[str] = set()
            for path in OF_A_FILE:
                address = f"/api/v1/files/{planted.case}{path}"
                answer = calls.get(address, headers={"Authorization": f"Bearer {token}"} if token else {})
                asked += 1
                where = f"{role} {situation} {path}: {answer.status_code}"
                found = planted.shown_in(answer.content, asked=address)
                shown |= found.keys()
                wrong += [f"{where} shows {c} ({m.decode()})" for c, m in found.items() if c not in allowed]
                if answer.status_code == 200 and not opens(role, situation):
                    wrong.append(f"{where}: it is not there for this post")
            if token and allowed - shown:
                wrong.append(f"{role} {situation} shows nothing of {sorted(allowed - shown)}")
    assert wrong == []
    assert asked > 500


def test_a_token_lists_nobody_whom_its_post_may_not_find(world: World) -> None:
    calls = Client(raise_request_exception=False)
    for role in ("county_supervisor", "town_office", "statistician", "outreach", "inspector"):
        token = token_of(world, role, "outside")
        case = world.file("outside").case
        for path in ("people", "people?limit=200", "duties"):
            answer = calls.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})
            assert case.encode() not in answer.content, (role, path)
