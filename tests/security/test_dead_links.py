"""No page offers what its reader may not open: every link that a role comes to leads somewhere.

The pages are found as people find them, by following links from Today. Of addresses that differ only in their
numbers two are opened.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape

import pytest

from guitu.access import ROLES
from tests.security.world import World, build

MOST: int = 150
"""Pages that one role opens: all that are within a few clicks."""
LINK = re.compile(r'href="(/[^"#]*)')
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2}-[0-9A-F]{8}|\d[\d-]*")
ELSEWHERE = ("/static/", "/sign-out/", "/preferences/")
DOWNLOAD = re.compile(r"\.(csv|xlsx|pdf|docx|png|svg|json)\b")


@pytest.fixture
def world(places: object) -> World:
    """A file in which one of every kind stands, and offices around it."""
    return build()


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"person", "family"}))
def test_every_link_that_a_role_comes_to_opens(role: str, world: World) -> None:
    client = world.client(role, "home" if role == "village_worker" else "centre")
    todo, seen = deque([("/", "")]), set()
    shapes: Counter[str] = Counter()
    refused = []
    while todo and len(seen) < MOST:
        address, before = todo.popleft()
        shape = NUMBERS.sub("#", address.partition("?")[0])
        if address in seen or shapes[shape] == 2:
            continue
        seen.add(address)
        shapes[shape] += 1
        answer = client.get(address, follow=True)
        if answer.status_code >= 400:
            refused.append((answer.status_code, address, "from", before))
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        for link in map(unescape, LINK.findall(answer.content.decode())):
            if not link.startswith(ELSEWHERE) and not DOWNLOAD.search(link):
                todo.append((link, address))
    assert not refused
    assert len(seen) > 2
