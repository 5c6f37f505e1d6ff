"""What the tests of Ledgers share: the fixtures' files, sending one in, importing it and waiting."""

from __future__ import annotations

import time
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.store import engine
from guitu.web.models import ImportBatch
from tests.web.recording import text

FIXTURES = Path(__file__).resolve().parent.parent / "exchange" / "fixtures"
ROSTER = FIXTURES / "facility_roster.xlsx"
COMMUNITY = FIXTURES / "community_and_tests.xlsx"
TODAY = "2020-06-28"
"""The day on which the fixtures are to be checked."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(client: Client, data: bytes, name: str = "台账.xlsx"):
    return client.post("/ledgers/", {"file": SimpleUploadedFile(name, data, SHEET)})


def sent(client: Client, path: Path) -> str:
    """Send a file in; the address of its page."""
    answer = send(client, path.read_bytes(), path.name)
    assert answer.status_code == 302, text(answer)
    return str(answer.headers["Location"])


def import_(client: Client, address: str) -> None:
    """Press the button and wait until it is done."""
    assert client.post(address + "import/").status_code == 302
    until(lambda: batch_at(address).state not in ("checked", "importing"))


def until(true) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def batch_at(address: str) -> ImportBatch:
    return ImportBatch.objects.get(pk=address.split("/")[2])


def entries() -> int:
    return int(engine.rows("SELECT count(*) FROM store_entry")[0][0])
