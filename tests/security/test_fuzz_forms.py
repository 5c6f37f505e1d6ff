"""Anything at all in any box of any form: never a fault of ours, always one sentence, nothing half written.

Every address that takes a form is fuzzed, by names that its form has and by names that it has not. A plain
run takes some examples of each; GUITU_FUZZ=200 takes as many as that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guitu.compose import kinds
from guitu.store import engine
from guitu.store.placing import BY_RECEIVER
from tests.security.world import World, addresses, build, patterns, signed_in, signed_in_again
from tests.store.writing import CENTRE

EXAMPLES = int(os.environ.get("GUITU_FUZZ", "8"))

ODD = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u202eevil",
    "\u2066x",
    "\u200b",
    "\ufeff",
    "\u0000\u0001\x1b[31m",
    "é",
    "é",
    "😀" * 40,
    "𠮷野家",
    "龘" * 5000,
    "x" * 20_000,
    "９８",
    "²",
    "٣",
    "0",
    "-1",
    "1e9",
    "999999999",
    "9" * 400,
    "NaN",
    "inf",
    "true",
    "null",
    "None",
    "[]",
    "{}",
    "{{7*7}}",
    "%s%n",
    "';--",
    "\\",
    "../../x",
    "<b>",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "0000-00-00",
    "20261123",
    "2026年11月23日",
    "今天",
    "99999-01-01",
    "1900-01-01",
    "2026-11-23T00:00:00Z",
    "00000000-0000-0000-0000-000000000000",
    "019b76e8-6789-7000-8000-0000000dbf89",
    "980101199003050011",
    "98010119900305001X",
    "11010119900307001x",
    "+86 19800000001",
    "\r\nX: y",
    "a\tb\nc",
)
"""What people, programs and attackers put into a box."""

anything = st.one_of(st.sampled_from(ODD), st.text(max_size=60), st.dates().map(str), st.integers().map(str))

SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,}")
NAME = "fuzz"
"""Who fills in the forms."""


TABLES = ("store_entry", "store_casefile", "store_casestatus", "store_person", "web_importbatch")


def stored() -> engine.Row:
    """How many entries, files, duties and imports there are."""
    [row] = engine.rows("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))
    return row


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


def boxes_of(page: str) -> list[str]:
    """The names of every box of a page."""
    return sorted(set(re.findall(r'\bname="([A-Za-z_][\w-]*)"', page)) - {"csrfmiddlewaretoken", "viewport"})


def forms(world: World, client: Client, situation: str, role: str) -> Iterator[tuple[str, list[str]]]:
    """Every address, each with the boxes that its page shows; every kind's form among them."""
    planted = world.file(situation)
    found = {a for p in patterns() for a in addresses(planted, p)}
    found |= {f"/files/{planted.case}/record/{k.name}/" for k in kinds().values() if k.about == "person"}
    for address in sorted(found):
        answer = client.get(address)
        if role and ended(answer):
            signed_in_again(client, NAME)
            answer = client.get(address)
        html = answer.headers.get("Content-Type", "").startswith("text/html")
        yield address, boxes_of(answer.content.decode()) if html and answer.status_code == 200 else []


def fuzz(strategy: st.SearchStrategy[dict[str, str]], examine: Callable[[dict[str, str]], None]) -> None:
    """Examine so many examples, always the same ones."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def one(sent: dict[str, str]) -> None:
        examine(sent)

    one()


def ended(answer: HttpResponseBase) -> bool:
    """Whether the answer is only that one has to sign in."""
    return answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")


class Checked:
    """Forms that are sent, one after the other, and what stood in the store after each that was refused: as
    long as nothing is taken it need not be counted before the next."""

    def __init__(self, name: str = "") -> None:
        """`name` signs in again where a form before has ended the session."""
        self.name = name
        self.stands: engine.Row | None = None

    def check(self, client: Client, address: str, sent: dict[str, str]) -> None:
        """What must hold of the answer."""
        before = self.stands or stored()
        self.stands = None
        answer = client.post(address, sent)
        if self.name and ended(answer):
            signed_in_again(client, self.name)
            answer = client.post(address, sent)
        status = answer.status_code
        assert status < 500, (address, status, sent)
        if status >= 400:
            self.stands = stored()
            assert self.stands == before, (address, status, sent)
            if answer.content:
                assert SENTENCE.search(answer.content.decode()), (address, status)
        if status in (301, 302, 303):
            assert re.match(r"/(?![/\\])", answer.headers["Location"]), (address, answer.headers["Location"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "unit", "situation"),
    [
        ("county_supervisor", "469023", "home"),
        pytest.param("centre_head", CENTRE, "centre", marks=pytest.mark.exhaustive),
        pytest.param("", "", "home", marks=pytest.mark.exhaustive),
    ],
)
def test_no_form_breaks_whatever_is_typed(role: str, unit: str, situation: str, world: World) -> None:
    client = signed_in(NAME, [(role, unit)]) if role else Client(raise_request_exception=False)
    checked = Checked(NAME if role else "")
    for address, boxes in forms(world, client, situation, role):
        names = st.sampled_from(
            [*boxes, "id", "next", "happened_on", "text", "q", "page", "unit", "\x00", "__proto__"]
        )

        def sent(one: dict[str, str], address: str = address) -> None:
            checked.check(client, address, one)

        fuzz(st.dictionaries(names, anything, max_size=8), sent)


@pytest.mark.slow
def test_no_kind_breaks_whatever_is_answered(world: World) -> None:
    """The whole form of every kind with an id as our pages make it, so that it gets as far as the store."""
    client = signed_in(NAME, [("county_supervisor", "469023")])
    other = signed_in("head", [("centre_head", CENTRE)])
    serial, checked = iter(range(10**6)), Checked()
    for kind in kinds().values():
        if kind.about != "person" or kind.name == "void":
            continue
        situation, browser = (
            ("home", client) if "county_supervisor" in kind.recorded_by else ("centre", other)
        )
        address = f"/files/{world.file(situation).case}/record/{kind.name}/"
        answers = {
            ask.name: st.sampled_from([c.value for c in ask.choices]) | anything if ask.choices else anything
            for ask in kind.fields
        }

        whole = st.fixed_dictionaries(
            {"happened_on": st.sampled_from(["2026-11-20", "2025-06-01", "0001-01-01"]) | anything},
            optional={**answers, "checked": st.just("1"), "look": st.just("1"), "change": anything},
        )

        def sent(one: dict[str, str], address: str = address, browser: Client = browser) -> None:
            number = UUID(int=0x019B76E8678970008000000000000000 + 0x7000000 + next(serial))
            checked.check(browser, address, {**one, "id": str(number)})

        fuzz(whole, sent)


ADDRESSED = (
    "q",
    "page",
    "size",
    "unit",
    "worker",
    "duty",
    "due",
    "measure",
    "state",
    "sort",
    "list",
    "kind",
    "on",
    "known_at",
    "saved",
    "entry",
    "recorded",
    "row",
    "from",
    "name",
    "unit_search",
    "ledger",
    "sheet",
    "at",
    "show",
    "next",
    "happened_on",
    "scope",
    "shown",
)


@pytest.mark.slow
def test_no_address_breaks_whatever_is_asked(world: World) -> None:
    client = signed_in(NAME, [("county_supervisor", "469023")])
    for pattern in patterns():
        address = addresses(world.file("home"), pattern)[0]

        def asked(query: dict[str, str], address: str = address) -> None:
            answer = client.get(address, query)
            assert answer.status_code < 500, (address, query)

        fuzz(st.dictionaries(st.sampled_from(ADDRESSED), anything, max_size=6), asked)


def test_every_odd_text_is_refused_or_kept_in_every_free_text_of_every_kind(world: World) -> None:
    """Each odd text in each box, once, all others being right."""
    from tests.security.world import planted

    client = signed_in("odd", [("county_supervisor", "469023")])
    case = world.file("home").case
    serial = 0
    for kind in kinds().values():
        boxes = [a.name for a in kind.fields if a.type in ("text", "long_text", "phone")]
        if kind.about != "person" or kind.name == "void" or "county_supervisor" not in kind.recorded_by:
            continue
        if kind.act or kind.own_page or kind.name in BY_RECEIVER:  # on a page of its own, or not sent here
            continue
        right = {name: str(value) for name, value in planted(kind, "977").items()}
        for box in boxes:
            for text in ODD:
                serial += 1
                number = UUID(int=0x019B76E8678970008000000000000000 + 0x9000000 + serial)
                sent = {**right, box: text, "id": str(number), "happened_on": "2025-06-01"}
                answer = client.post(f"/files/{case}/record/{kind.name}/", sent)
                assert answer.status_code in (200, 302, 400, 422), (
                    kind.name,
                    box,
                    text[:40],
                    answer.status_code,
                )
                if "\x00" in text:
                    assert answer.status_code == 400
                elif "\u202e" in text or "\u2066" in text or "\x1b" in text:
                    assert answer.status_code == 422, (kind.name, box, text)
                    assert "看不见的控制字符" in answer.content.decode()
    assert serial > 200
