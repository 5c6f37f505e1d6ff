"""Schemathesis over the whole OpenAPI document: what it says is what is answered, whatever is sent.

Run by the office that watches over a county, which may call every operation but its tests' own: a token, its
rates lifted. A few examples an operation here; `GUITU_API_EXAMPLES` asks for more.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from guitu.access import house
from guitu.store import gate, read
from tests.store.writing import VILLAGE, Pen
from tests.web.calling import TOWN, Program
from tests.web.desk import TODAY, busy

EXAMPLES = int(os.environ.get("GUITU_API_EXAMPLES", "4"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_DEMO_IDS", "1")


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is for sockets only is left out of a call in this process also where a check calls again, which
    schemathesis forgets."""
    send = WSGITransport.send

    def sending(self: WSGITransport, case: Any, **more: Any) -> Any:
        for name in ("max_redirects", "verify", "cert", "proxies"):
            more.pop(name, None)
        return send(self, case, **more)

    monkeypatch.setattr(WSGITransport, "send", sending)


def answered(environ: dict[str, Any], start: Any) -> list[bytes]:
    """The product, in a thread of schemathesis's own, which nobody ends: its connections are closed with the
    answer."""
    answer = get_wsgi_application()(environ, start)
    try:
        return list(answer)
    finally:
        answer.close()
        connections.close_all()


@pytest.fixture
def case(lasting_places: object, now: datetime) -> str:
    busy(now, 12)
    pen = Pen(801)
    gate.record_many(
        [
            pen.person(born="1990-03-05"),
            pen.held_by(VILLAGE, worker="李晓梅"),
            pen.entry("order", "2026-02-01", measure="community_treatment", document_no="文书甲"),
            pen.entry("served", "2026-02-02"),
        ],
        actor=house(),
        now=now,
    )
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def failures(program: Program, fixed: dict[str, str]) -> tuple[list[str], int]:
    """Everything that schemathesis finds wrong, and how many calls it made."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": f"Bearer {program.token}"},
            "workers": 1,
            "parameters": fixed,
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "database": "none"},
            # what a schema cannot say is refused with 422 and a sentence: a kind's own answers, a day of no
            # calendar, a day to come
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 422]}},
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", answered, config=config)
    found: list[str] = []
    calls = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            calls += len(event.recorder.interactions)
            if event.status in (Status.FAILURE, Status.ERROR):
                found += told(event.recorder)
        elif isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.info.format()}")
        elif isinstance(event, events.FatalError):
            raise event.exception
    return found, calls


def told(recorder: Any) -> list[str]:
    return [
        f"{recorder.label} {check.name}: {info.failure.message}\n{info.code_sample}"
        for checks in recorder.checks.values()
        for check in checks
        if (info := check.failure_info) is not None
    ]


@pytest.mark.parametrize("fixed", [False, True], ids=["anything", "a file that is there"])
def test_every_operation_answers_as_the_document_says(case: str, *, fixed: bool) -> None:
    program = Program("c", "county_supervisor", "469023")
    given = {"path.case": case, "path.code": TOWN} if fixed else {}
    with override_settings(RATES={}.fromkeys(("api", "pages", "search", "export", "upload"), 0)):
        found, calls = failures(program, given)
    assert found == [], "\n\n".join(sorted(set(found))[:60])
    assert calls > 200
