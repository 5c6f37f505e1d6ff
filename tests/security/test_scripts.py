"""Scripts that somebody types into a box, or into an address, and that must never run."""

from __future__ import annotations

import re
from datetime import date
from html import escape

import pytest

from guitu.casefile import Kind, Value
from guitu.compose import kinds
from tests.security.matrix_routes import ROUTES
from tests.security.world import (
    BEFORE_IT,
    ENDS_ALL,
    NAMES_AN_ENTRY,
    World,
    addresses,
    build,
    patterns,
    planted,
)
from tests.store.writing import VILLAGE, Pen

SCRIPT = "<script>window.ran=1</script>"
PAYLOADS = (
    SCRIPT,
    '"><img src=x onerror=window.ran=1>',
    "'><svg/onload=window.ran=1>",
    "javascript:window.ran=1",
    "{{7*7}}{%import os%}",
    "</textarea><script>window.ran=1</script>",
    "{{token}}{{path}}",
    "<a href=javascript:window.ran=1>点</a>",
)
TYPED = ("text", "long_text")


def free_texts(kind: Kind) -> list[str]:
    """The questions of a kind that are answered in one's own words, and in any words."""
    return [ask.name for ask in kind.fields if ask.type in TYPED and ask.check is None]


def poisoned(kind: Kind, tag: str, **fixed: Value) -> dict[str, Value]:
    """Answers with a payload in every free text; a name has to fit on a line."""
    answers = planted(kind, tag, **fixed)
    for place, name in enumerate(sorted(answers.keys() & set(free_texts(kind)) - NAMES_AN_ENTRY)):
        answers[name] = "".join(PAYLOADS) if kind.ask(name).type == "long_text" else PAYLOADS[place % 3]
    return answers


def poison() -> str:
    """A file in which every free text of every kind holds scripts; its case number."""
    from guitu.access import house
    from guitu.store import gate, read
    from tests.conftest import NOW

    pen = Pen(971)
    known = kinds()
    first = [
        pen.entry("person", "2025-01-02", **poisoned(known["person"], "971")),
        pen.entry("responsible_unit", "2025-01-03", unit=VILLAGE, worker=PAYLOADS[0]),
    ]
    for place, kind in enumerate(known.values()):
        if kind.about == "person" and kind.name not in ("person", "responsible_unit", "void", *ENDS_ALL):
            day = date.fromordinal(date(2025, 2, 1).toordinal() + place)
            naming = NAMES_AN_ENTRY & {a.name for a in kind.fields if a.type == "text"}
            ids = dict.fromkeys(naming, str(first[0].id))
            for name, fixed in BEFORE_IT.get(kind.name, {}).items():
                first.append(pen.entry(name, str(day), **planted(known[name], "971", **fixed)))
            first.append(pen.entry(kind.name, str(day), **poisoned(kind, "971", **ids)))
    first += [
        pen.entry("void", "2025-12-03", corrects=first[-1].id, reason="".join(PAYLOADS)),
        pen.entry("order", "2026-02-01", **poisoned(known["order"], "971", measure="community_treatment")),
        pen.entry("served", "2026-02-02"),
        pen.entry("responsible_unit", "2026-03-03", unit=VILLAGE, worker=PAYLOADS[1]),
    ]
    gate.record_many(first, actor=house(), now=NOW)
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


def test_every_kind_with_free_text_is_poisoned() -> None:
    assert {k.name for k in kinds().values() if free_texts(k)} >= {
        "person",
        "remark",
        "order",
        "intake_health",
    }
    assert all(len(PAYLOADS[0]) < 200 for _ in PAYLOADS)


RAW = re.compile(r"<script>|<img src=x|<svg/onload|<a href=javascript", re.I)


def test_what_was_typed_is_shown_as_text_on_every_page(world: World) -> None:
    case = poison()
    client = world.client("town_office", "home")
    client.session.save()
    shown = 0
    for address in (
        f"/files/{case}/",
        f"/files/{case}/history/?size=100",
        f"/files/{case}/duties/",
        f"/files/{case}/measures/",
        "/people/?list=all&size=100",
        "/?size=100",
        "/today/print/",
        f"/files/{case}/record/",
        f"/people/?q={SCRIPT}",
    ):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert RAW.search(page) is None, address
        assert "49{%import" not in page, address
        shown += page.count(escape(SCRIPT))
    assert shown > 10, "nothing of it was shown at all"


def test_typed_scripts_come_back_as_text_when_a_form_is_wrong(world: World) -> None:
    client = world.client("town_office", "home")
    case, kept = world.file("home").case, 0
    for kind in kinds().values():
        if kind.about != "person" or kind.name == "void" or "town_office" not in kind.recorded_by:
            continue
        sent = {ask.name: PAYLOADS[0] for ask in kind.fields}
        answer = client.post(
            f"/files/{case}/record/{kind.name}/",
            {**sent, "id": "019b76e8-6789-7000-8000-0000000dffff", "happened_on": PAYLOADS[1]},
        )
        if answer.status_code in (403, 404):  # is recorded otherwise than on this form
            assert RAW.search(answer.content.decode()) is None, kind.name
            continue
        assert answer.status_code == 422, kind.name
        kept += 1
        page = answer.content.decode()
        assert RAW.search(page) is None, kind.name
        if kind.fields:
            assert escape(PAYLOADS[0]) in page, kind.name
    assert kept > 10


QUERIES = (
    "q",
    "name",
    "worker",
    "duty",
    "measure",
    "state",
    "sort",
    "unit",
    "kind",
    "on",
    "known_at",
    "next",
    "saved",
    "entry",
    "recorded",
    "page",
    "size",
    "from",
    "row",
    "shown",
    "ledger",
    "show",
    "columns",
    "unit_search",
    "to_unit_search",
    "happened_on",
    "text",
    "document_no",
)


def test_what_an_address_says_is_shown_as_text(world: World) -> None:
    client = world.client("county_supervisor", "home")
    for pattern in patterns():
        if ROUTES[pattern.name or ""].page not in (
            "",
            "today",
            "people",
            "file",
            "record",
            "units",
            "ledgers",
        ):
            continue
        for address in addresses(world.file("home"), pattern)[:2]:
            for payload in PAYLOADS[:3]:
                answer = client.get(address, dict.fromkeys(QUERIES, payload))
                assert answer.status_code < 500, address
                if answer.headers["Content-Type"].startswith("text/html"):
                    assert RAW.search(answer.content.decode()) is None, (address, payload)


def test_an_address_that_holds_a_script_is_not_echoed(world: World) -> None:
    client = world.client("town_office", "home")
    for address in (f"/files/{SCRIPT}/", f"/units/{SCRIPT}/", f"/{SCRIPT}/", f"/ledgers/template/{SCRIPT}/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert RAW.search(answer.content.decode()) is None
