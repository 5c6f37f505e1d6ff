"""What the tests of Today, People and Units share: a busy small province, and a way to read pages."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape
from itertools import chain
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from guitu.access import house
from guitu.store import gate, staff
from guitu.web import preferences
from tests.store.writing import OTHER_VILLAGE, VILLAGE, WEST_VILLAGE, Pen

PASSWORD = "a-password-of-tests"
HTMX = {"HX-Request": "true"}
TODAY = date(2026, 11, 23)
VILLAGES = (VILLAGE, OTHER_VILLAGE, WEST_VILLAGE)


def busy(now: datetime, people: int = 60) -> None:
    """People ordered to report, served between three weeks ago and yesterday, in three villages and with two
    workers; every fifth reported the next day."""
    files = []
    for number in range(people):
        pen = Pen(number + 1)
        served = date(2026, 11, 1) + timedelta(days=number % 21)
        name = f"赵{'一二三四五六七八九十'[number % 10]}{'甲乙丙丁戊己庚'[number % 7]}"
        unit = VILLAGES[number % 3]
        worker = "李晓梅" if number % 4 else "王建国"
        files.append(
            [
                pen.person(name),
                pen.held_by(unit, worker=worker),
                pen.entry(
                    "order", str(served), measure="community_treatment", document_no=f"示例〔2026〕{number}号"
                ),
                pen.entry("served", str(served)),
            ]
        )
        if number % 5 == 0:
            files.append([pen.entry("reporting_in", str(served + timedelta(days=1)))])
    gate.record_many(list(chain.from_iterable(files)), actor=house(), now=now)


def signed_in(username: str, role: str, unit: str, name: str = "李晓梅", language: str = "zh-hans") -> Client:
    """A browser in which that new account has signed in."""
    staff.add(username, PASSWORD, name, [(role, unit)])
    client = Client()
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    client.cookies[preferences.COOKIE] = f"{language}.normal.normal.normal"
    return client


def html(client: Client, address: str, status: int = 200, **more: object) -> str:
    """The page at an address, or at the one to which a search with a number in it leads."""
    answer = client.get(address, **more)  # type: ignore[arg-type]
    if status == 200 and answer.status_code == 302 and answer["Location"].startswith("/people/?found="):
        answer = client.get(answer["Location"], **more)  # type: ignore[arg-type]
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def main(page: str) -> str:
    """The page's own content, without its frame."""
    return page.partition("<main")[2].partition("</main>")[0]


def text(page: str) -> str:
    """What is read on the page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main(page) or page))).strip()


def links(page: str, pattern: str = "") -> list[tuple[str, str]]:
    """Every link of the content whose address holds the pattern: its address and its words."""
    found = re.findall(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', main(page), re.DOTALL)
    return [
        (unescape(href), re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", words))).strip())
        for href, words in found
        if pattern in unescape(href)
    ]


def number(words: str) -> int | None:
    """The figure at the end of a link's words."""
    found = re.search(r"([\d,]+)$", words)
    return int(found[1].replace(",", "")) if found else None


def asked(href: str) -> dict[str, str]:
    """What an address asks for."""
    return dict(parse_qsl(urlsplit(href).query))
