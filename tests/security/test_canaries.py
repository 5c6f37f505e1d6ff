"""Canaries: something recognisable stands in every sealed field of every kind, is typed into forms, reasons
and uploads, and is looked for in everything that leaves the service or lies on a disk."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from guitu.access import ROLES
from guitu.compose import kinds
from guitu.web.pages.ledgers.kept import Kept
from tests.security import world as planting
from tests.security.asking import everything_in
from tests.security.world import World, addresses, patterns, signed_in
from tests.store.lying import bytes_of
from tests.store.test_sealing import everything_stored
from tests.store.writing import TOWN, number

TYPED = {
    "reason": "金丝雀写在理由里",
    "note": "金丝雀写在备注里",
    "text": "金丝雀写在内容里",
    "q": "金丝雀写在查找里",
    "name": "金丝雀甲",
}
"""What somebody types, by the name of the box."""
BROKEN = "金丝雀在故障里"
READERS = ("town_office", "doctor", "statistician", "auditor", "system_admin", "duty_planner")


TWO_PEOPLE: Final = frozenset(
    {"merged_into", "merged_from", "record_sealed", "record_unsealed", "record_erased"}
)
"""Kinds that change what becomes of a whole file, or name another one; of these only notes are typed."""


@pytest.fixture
def world(lasting_places: object, monkeypatch: pytest.MonkeyPatch) -> World:
    """A file with a canary in every compartment, committed."""
    monkeypatch.setattr(planting, "APART", planting.APART | TWO_PEOPLE)
    known = planting.arguments
    nothing = {"proposal": (str(number(1)),), "act": ("erase",), "slug": ("x",)}
    monkeypatch.setattr(planting, "arguments", lambda planted: nothing | known(planted))
    return planting.build()


def said_openly() -> set[str]:
    """Words of choices that stand in the open elsewhere, those that names of kinds are made of, and one that
    every page says of its reader's view: to find them betrays nothing."""
    choices = {
        choice.value
        for kind in kinds().values()
        for ask in kind.fields
        if ask.name not in kind.sealed_fields
        for choice in ask.choices
    }
    return choices | {"normal"} | {word for name in kinds() for word in name.split("_")}


def canaries(world: World) -> dict[str, bytes]:
    """Everything planted in a sealed field, as text, with where it stands."""
    found: dict[str, bytes] = {}
    openly = said_openly()
    for planted in world.files.values():
        for entries in planted.entries.values():
            for entry in entries:
                named = kinds()[entry.kind].sealed_fields & entry.fields.keys()
                for name in named - planting.NAMES_AN_ENTRY:
                    value = entry.get(name)
                    if isinstance(value, str) and len(value) > 5 and value not in openly:
                        found[f"{entry.kind}.{name}"] = value.encode()
    return found


def lying_in(text: bytes, birds: dict[str, bytes]) -> list[str]:
    return sorted(name for name, bird in birds.items() if bird in text)


def test_every_kind_that_can_hold_a_secret_has_one(world: World) -> None:
    planted = {name.partition(".")[0] for name in canaries(world)}
    can = {
        kind.name
        for kind in kinds().values()
        if kind.about == "person"
        and any(
            a.name in kind.sealed_fields and a.type not in ("choice", "whole", "decimal", "day", "unit")
            for a in kind.fields
        )
    }
    assert can - planted <= TWO_PEOPLE, "a kind whose secret nobody plants"
    assert len(planted) > 15


def test_no_canary_lies_readable_in_a_table_or_a_file_of_the_database(world: World) -> None:
    birds = canaries(world)
    assert lying_in(everything_stored().encode(), birds) == []
    hexed = {name: bird.hex().encode() for name, bird in birds.items()}
    assert lying_in(everything_stored().encode(), hexed) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            paths = [*Path(connection.settings_dict["NAME"]).parent.glob("*")]
        else:
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW data_directory")
            paths = [*Path(cursor.fetchone()[0]).rglob("*")]
    stored = bytes_of(paths)
    assert "河东镇".encode() in stored, "the right files"
    assert lying_in(stored, birds) == []


def test_no_canary_is_in_a_log_an_address_or_a_head_whoever_looks_at_whatever(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    birds = canaries(world)
    heads: list[bytes] = []
    answers = 0
    for role in READERS:
        client = signed_in(f"c-{role}", [(role, TOWN)])
        for pattern in patterns():
            if pattern.name == "sign_out":
                continue
            for address in addresses(world.file("home"), pattern)[:1]:
                answer = client.get(address)
                answers += 1
                heads.append(f"{answer.headers}".encode())
    assert answers > 100
    told = caplog.text.encode() + "".join(capfd.readouterr()).encode()
    assert lying_in(told, birds) == []
    assert lying_in(b"\n".join(heads), birds) == []


def test_who_has_no_work_with_files_meets_no_canary(world: World) -> None:
    birds = canaries(world)
    for role in sorted(r.name for r in ROLES.values() if not r.reads_files and not r.reads_counts):
        if role in ("person", "family"):  # their own file is theirs
            continue
        client = signed_in(f"n-{role}", [(role, TOWN)])
        for pattern in patterns():
            if pattern.name != "sign_out":
                for address in addresses(world.file("home"), pattern)[:1]:
                    assert lying_in(everything_in(client.get(address)), birds) == [], (role, address)


def posted(client: Client, address: str) -> HttpResponse:
    return client.post(address, TYPED)  # type: ignore[return-value]


def test_what_is_typed_and_refused_goes_back_to_its_writer_and_nowhere_else(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client, other = signed_in("writer", [("town_office", TOWN)]), signed_in("other", [("town_office", TOWN)])
    case = world.file("home").case
    refused = 0
    for address in (
        "/break-glass/", f"/files/{case}/record/remark/", f"/files/{case}/record/excuse/", "/people/new/",
        f"/files/{case}/record/order/", "/sign-in/", "/ledgers/", "/post/",
    ):  # fmt: skip
        answer = posted(client, address)
        refused += answer.status_code == 422
        assert "金丝雀" not in str(answer.headers)
    assert refused >= 3
    for address in ("/", "/people/", f"/files/{case}/"):
        assert "金丝雀写" not in other.get(address).content.decode()
    told = caplog.text + "".join(capfd.readouterr())
    assert [word for word in TYPED.values() if word in told] == []
    assert [word for word in TYPED.values() if word in everything_stored()] == []


def test_a_page_that_breaks_tells_nobody_what_was_in_it(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guitu.web.pages.casefile import view

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(BROKEN)

    monkeypatch.setattr(view, "open_file", breaks)
    client = signed_in("unlucky", [("town_office", TOWN)])
    answer = client.get(f"/files/{world.file('home').case}/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert BROKEN not in page
    assert "Traceback" not in page
    birds = canaries(world)
    assert lying_in(answer.content + caplog.text.encode(), birds) == []


def test_an_upload_lies_sealed_while_it_lies_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    secret = "金丝雀在台账里".encode() * 200_000  # more than a form may hold in memory
    upload = Kept(number(77))
    upload.write("file", secret)
    lying = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(map(len, lying)) > len(secret)
    assert not any("金丝雀".encode() in data for data in lying)
    assert upload.read("file") == secret
    upload.delete()
    assert [path for path in tmp_path.rglob("*") if "uploads" in path.parts and path.is_file()] == []


def test_a_ledger_that_is_sent_never_lies_in_a_temporary_file() -> None:
    from guitu.web.pages.ledgers import upload
    from guitu.web.settings import FILE_UPLOAD_HANDLERS

    assert FILE_UPLOAD_HANDLERS == ["guitu.web.uploads.NoFiles"]
    assert not issubclass(upload.InMemory, TemporaryFileUploadHandler)
