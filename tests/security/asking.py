"""One cell of the access matrix: an address asked for by a role from a situation, and what came of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpResponse

from guitu.access.pages import PAGES
from tests.security.matrix import COMPARTMENTS, opens, sees
from tests.security.matrix_routes import ROUTES, Route
from tests.security.world import Planted, World, addresses, patterns, posted

INSIDE: Final = ("home", "centre")
ENDING: Final = frozenset({"sign_out", "away"})
"""Addresses that would end the session that all others need."""
BY_CASELOAD: Final = frozenset({"village_worker"})
"""Roles whose lists hold their own people: nobody of a centre is."""
METHODS: Final = ("GET", "POST")
ZIP: Final = b"PK\x03\x04"


@dataclass
class Tally:
    """What was asked, and everything that was not as the table says."""

    requests: int = 0
    combinations: int = 0
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """For the report of the test run."""
        return {
            "requests": self.requests,
            "combinations": self.combinations,
            "leaks": self.leaks,
            "wrong": self.wrong,
        }


def ask_everything(world: World, role: str, situation: str) -> Tally:
    """Every address, with both methods, by this role from there."""
    tally = Tally()
    planted, allowed = world.file(situation), sees(role, situation)
    for pattern in patterns():
        assert pattern.name is not None
        route = ROUTES[pattern.name]
        if pattern.name in ENDING:
            continue
        shown: set[str] = set()
        asks = addresses(planted, pattern)
        if route.page and role not in PAGES[route.page]:
            asks = asks[:1]  # refused for the post, before anybody reads what comes after
        for place, address in enumerate(asks):
            for query in queries(route, posted(role, situation), planted):
                for method in METHODS if place == 0 else ("GET",):
                    answer = asked(world, role, situation, method, f"{address}{query}")
                    tally.requests += 1
                    tally.combinations += len(COMPARTMENTS)
                    where = f"{method} {address}{query} as {role} {situation}: {answer.status_code}"
                    found = planted.shown_in(everything_in(answer), asked=address)
                    shown |= found.keys()
                    tally.leaks += [
                        f"{where} shows {c} ({m.decode()})" for c, m in found.items() if c not in allowed
                    ]
                    if problem := wrong_status(route, role, situation, method, answer):
                        tally.wrong.append(f"{where}, {problem}")
        listed = situation == "home" or (situation == "centre" and role not in BY_CASELOAD)
        here = role in PAGES.get(route.page, ()) and (route.about == "file" or listed)
        missing = {COMPARTMENTS[letter] for letter in route.shows} & allowed - shown
        if here and missing:
            tally.wrong.append(f"{pattern.name} as {role} {situation} shows nothing of {sorted(missing)}")
    return tally


def asked(world: World, role: str, situation: str, method: str, address: str) -> HttpResponse:
    """The answer."""
    client = world.client(role, situation)
    answer: HttpResponse = client.generic(  # a form without an answer; the token is not asked for here
        method, address, b"", content_type="application/x-www-form-urlencoded"
    )
    return answer


def queries(route: Route, own: str, planted: Planted) -> Iterator[str]:
    """What is asked with the address: as it stands; and for lists the reader's own unit, then the file's."""
    if route.about != "reader":
        yield f"?{route.query}" if route.query else ""
        return
    for unit in (own, planted.unit):
        yield f"?{route.query}&unit={unit}"


def everything_in(answer: HttpResponse) -> bytes:
    """Headers and content; of a workbook, what is packed in it."""
    content = b"".join(answer) if answer.streaming else answer.content
    return unpacked(content) + b"\n" + answer.serialize_headers()


def unpacked(content: bytes) -> bytes:
    """The parts of a workbook, one after the other; anything else as it is."""
    if not content.startswith(ZIP):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def wrong_status(route: Route, role: str, situation: str, method: str, answer: HttpResponse) -> str:
    """What is wrong with the status; nothing if it is as the table says."""
    status = answer.status_code
    if status >= 500:
        return "which is a fault of ours"
    if not route.page:
        return ""
    if role not in PAGES[route.page]:
        return "" if status in (403, 404) else "though the post does not use the page"
    if route.about == "file" and not opens(role, situation):
        return "" if status in (403, 404, 405) else "though the file is not the reader's to open"
    if route.about in ("unit", "batch") and situation not in INSIDE:
        return "" if status in (404, 405) else "though it lies outside the reader's area"
    return ""
