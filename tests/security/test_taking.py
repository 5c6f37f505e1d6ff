"""Every list page gives its list as CSV and as a workbook: to whom the table says, of what is looked at, and
nothing in it is ever carried out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client

from guitu.access import ROLES, house
from guitu.access.pages import PAGES
from guitu.access.taking import NOT_TAKEN, TAKEN, TAKES
from guitu.casefile.kind import COMPARTMENTS
from guitu.store import excerpts, gate
from guitu.store.access_log import readings_of_user
from guitu.store.read import file_view
from guitu.web import clock
from guitu.web.components.frame.component import PLACES
from guitu.web.components.table.component import Table
from guitu.web.page import catalogue
from tests.conftest import NOW
from tests.security import matrix
from tests.security.world import World, build, patterns, signed_in
from tests.store.writing import TOWN, VILLAGE, Pen
from tests.web.desk import TODAY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def world(places: object) -> World:
    """The planted files."""
    return build()


@pytest.fixture
def two_people(places: object, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()
    found = []
    for n, name in enumerate(("王在联", "=HYPERLINK(1)"), start=1):
        pen = Pen(n)
        entries = [
            pen.person(name),
            pen.held_by(VILLAGE),
            pen.entry("order", "2026-01-04", measure="community_treatment", document_no=f"示例〔2026〕{n}号"),
            pen.entry("served", "2026-01-04"),
            pen.entry("reporting_in", "2026-01-06"),
        ]
        gate.record_many(entries, actor=house(), now=NOW)
        view = file_view(pen.file)
        assert view is not None
        found.append(view.case_no)
    return tuple(found)


def content(answer: HttpResponse) -> bytes:
    if isinstance(answer, FileResponse):
        return b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return answer.content


def rows(answer: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"))))


def lists() -> dict[str, str]:
    """The addresses without arguments of pages whose lists are taken along, by address; the page's name."""
    found = {}
    for pattern in patterns():
        page = str(getattr(pattern.callback, "guitu_page", ""))
        if page in TAKEN and not pattern.pattern.converters:
            found[f"/{pattern.pattern}"] = page
    return found


def shown_tables(value: object) -> Iterator[Table]:
    if isinstance(value, Table):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from shown_tables(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from shown_tables(getattr(value, field.name))


def test_every_page_with_a_table_is_in_the_table_or_says_why_not(places: object) -> None:
    known = {place.page for place in PLACES} | PAGES.keys()
    assert TAKES.keys() <= known
    assert NOT_TAKEN.keys() & TAKES.keys() == set()
    with_tables = {
        folder
        for folder, states in catalogue().items()
        for state in states
        if folder in PAGES and next(shown_tables(state.shown), None) is not None
    }
    assert with_tables - TAKES.keys() - NOT_TAKEN.keys() == set(), "add the page to guitu.access.taking"


def test_of_people_only_whoever_exports_takes_a_list_along(world: World) -> None:
    exporting = {name for name, role in ROLES.items() if role.exports}
    given = 0
    for role in sorted(set(ROLES) - {"person", "family"}):
        client = world.client(role, "home" if role == "village_worker" else "centre")
        for address, page in lists().items():
            looked = client.get(address)
            answer = client.get(f"{address}?take=csv")
            may = role in PAGES[page] and (TAKES[page] == "work" or role in exporting)
            where = (role, address, answer.status_code)
            if not may:
                assert answer.status_code in {403, 404, 405}, where
                assert "take=csv" not in looked.content.decode(), where
            elif looked.status_code == 200:
                assert answer.status_code in {200, 302, 404, 405}, where
                if answer.status_code == 200:
                    given += 1
                    assert answer["Content-Disposition"].startswith("attachment;"), where
                    assert rows(answer), where
                if answer.status_code == 302:
                    assert TAKES[page] == "care" or address == "/", where
                    assert answer["Location"].startswith("/proposals/export/?what=list"), where
            hidden = shown_beyond(world, role, content(client.get(f"{address}?take=xlsx")))
            assert not hidden, (role, address, hidden)
    assert given > 20


def shown_beyond(world: World, role: str, raw: bytes) -> set[str]:
    """The compartments of the file in the centre that stand in there and that this role does not see."""
    if zipfile.is_zipfile(io.BytesIO(raw)):
        archive = zipfile.ZipFile(io.BytesIO(raw))
        raw = b"".join(archive.read(name) for name in archive.namelist())
    sees = matrix.sees(role, "home" if role == "village_worker" else "centre")
    found = set()
    for situation in ("home", "outside"):
        found |= set(world.file(situation).shown_in(raw))
    return found - sees - {c for c in COMPARTMENTS if c in matrix.sees(role, "home")}


def test_the_file_holds_what_the_page_shows_and_no_formula(two_people: tuple[str, ...]) -> None:
    town = signed_in("town-1", [("town_office", TOWN)])
    page = town.get("/contact/").content.decode()
    assert "take=csv" in page
    taken = rows(town.get("/contact/?take=csv"))
    assert len(taken) == 3
    names = {row[0] for row in taken[1:]}
    assert names == {"王在联", "'=HYPERLINK(1)"}
    answer = town.get("/contact/?take=xlsx")
    assert answer["Content-Type"] == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(content(answer))).active
    assert sheet is not None
    assert {sheet.cell(r, 1).value for r in (2, 3)} == names
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_filtered_list_gives_the_filtered_rows_alone(two_people: tuple[str, ...]) -> None:
    town = signed_in("town-1", [("town_office", TOWN)])
    whole = rows(town.get("/?take=csv&take-list=due"))
    late = rows(town.get("/?due=late&take=csv&take-list=due"))
    assert len(whole) > len(late) >= 1
    assert {row[0].partition(" ")[0] for row in late[1:]} <= {"逾期"}


def test_all_pages_of_a_list_are_in_the_file(
    two_people: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3, 48):
        pen = Pen(n)
        entries = [
            pen.person(f"赵{n}"),
            pen.held_by(VILLAGE),
            pen.entry("order", "2026-01-04", measure="community_treatment", document_no=f"示例〔2026〕{n}号"),
            pen.entry("served", "2026-01-04"),
        ]
        gate.record_many(entries, actor=house(), now=NOW)
    town = signed_in("town-1", [("town_office", TOWN)])
    names = [row[0] for row in rows(town.get("/contact/?take=csv&page=2"))[1:]]
    assert len(names) == len(set(names)) == 47


def test_beyond_the_limit_a_second_officer_is_asked_and_then_it_is_given(
    two_people: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_EXPORT_ALONE", "1")
    town = signed_in("town-1", [("town_office", TOWN)])
    answer = town.get("/contact/?take=csv")
    assert answer.status_code == 302
    ask = town.get(answer["Location"]).content.decode()
    assert "联系" in ask
    sent = town.post("/proposals/export/", {**_hidden(ask), "reason": "联席会议核对"})
    assert sent.status_code == 302
    proposal = sent["Location"]
    county = signed_in("county-1", [("county_supervisor", TOWN[:6])])
    assert county.post(proposal, {"decision": "approve"}).status_code == 302
    given = town.post(f"{proposal}download/")
    assert given.status_code == 200
    assert len(rows(given)) == 3


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_taking_along_is_noted_with_the_files_that_left(two_people: tuple[str, ...]) -> None:
    town = signed_in("town-1", [("town_office", TOWN)])
    content(town.get("/contact/?take=csv"))
    now = clock.now()
    noted = readings_of_user("town-1", now - timedelta(days=1), now + timedelta(days=1), what="export")
    assert any(len(line.files) == 2 for line in noted.lines)


def test_nobody_who_is_not_signed_in_takes_anything(places: object) -> None:
    stranger = Client()
    for address in lists():
        assert stranger.get(f"{address}?take=csv").status_code == 302, address
