"""Messages on their way: once each whatever dies in between, never at night, never to who did not agree, and
over HTTP to a real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from guitu.access import house
from guitu.cli.main import main
from guitu.exchange import messages
from guitu.exchange.messages import Outgoing, Refused, Unreachable, configured
from guitu.exchange.messages.folder import Folder
from guitu.exchange.messages.http import Http
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import excerpts, gate, unitfiles
from guitu.store.home.messages import Waiting, waiting
from guitu.store.read import file_view
from guitu.store.rebuild import stale
from guitu.store.units import tree
from tests.store.writing import TOWN, VILLAGE, Pen, day

SETTING = {
    "appointment": "yes", "visit": "yes", "report_in": "yes", "days_before": 1, "opens": 830, "closes": 2000,
    "place": "村委会一楼", "phone": "19800000000", "signature": "河东便民服务",
}  # fmt: skip


@pytest.fixture
def office(places: object, now: datetime) -> None:
    excerpts.forget()
    entry = unitfiles.new_entry(TOWN, "message_setting", day("2026-09-01"), SETTING, now=now, author="clerk")
    gate.record(entry, actor=house(), now=now)


def somebody(n: int, now: datetime, *, agrees: str = "yes", place: str = "村委会") -> Pen:
    """Somebody in community treatment with an appointment tomorrow."""
    pen = Pen(n)
    said = {"agrees": agrees, "phone": f"198123456{n:02d}"} if agrees == "yes" else {"agrees": agrees}
    gate.record_many(
        [
            *pen.on_community_treatment(served="2026-02-01"),
            pen.entry("reporting_in", "2026-02-03"),
            *([pen.entry("reminder_consent", "2026-03-01", **said)] if agrees else []),
            pen.entry(
                "test_told", "2026-11-22", for_day=day("2026-11-24"), time=900, how="phone", place=place
            ),
        ],
        actor=house(), now=now,
    )  # fmt: skip
    return pen


def due(now: datetime) -> tuple[Waiting, ...]:
    return waiting(tree().find(TOWN), now, lambda lines: lines)


def kinds_in(pen: Pen) -> list[str]:
    view = file_view(pen.file)
    assert view is not None
    return [e.kind for e in view.entries]


def send(gateway: messages.Gateway, now: datetime) -> messages.Outcome:
    ready = [one for one in due(now) if one.why_not is None]
    return messages.send(ready, gateway, actor=house("messages"), office="", now=now)


@pytest.mark.usefixtures("office")
def test_it_goes_once_to_who_agreed_and_stands_in_the_file(now: datetime, tmp_path: Path) -> None:
    yes, no, unasked = somebody(1, now), somebody(2, now, agrees="no"), somebody(3, now, agrees="")
    why = {one.line.file: one.why_not for one in due(now)}
    assert why[yes.file] is None
    assert "不同意" in str(why[no.file])
    assert "没有问过" in str(why[unasked.file])
    gateway = Folder(tmp_path)
    found = send(gateway, now)
    assert (found.taken, found.refused, found.stopped) == (1, 0, None)
    (path,) = tmp_path.glob("*.json")
    assert path.stat().st_mode & 0o077 == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["to"] == "19812345601"
    assert told["text"].startswith("【河东便民服务】您好，提醒您：11月24日（周二）9:00请到村委会。")
    assert kinds_in(yes)[-1] == "reminder_sent"
    assert "reminder_sent" not in kinds_in(no)
    assert send(gateway, now).taken == 0
    assert len(list(tmp_path.glob("*.json"))) == 1


@pytest.mark.usefixtures("office")
def test_who_dies_between_gateway_and_file_writes_to_nobody_twice(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = somebody(4, now)
    gateway = Folder(tmp_path)

    def dies(*told: object, **more: object) -> None:
        raise GuituError(Label("断电", "killed"))

    with monkeypatch.context() as patched:
        patched.setattr("guitu.exchange.messages.sending.gate.record", dies)
        send(gateway, now)
    assert "reminder_sent" not in kinds_in(pen)
    (path,) = tmp_path.glob("*.json")
    (tmp_path / "done").mkdir()
    path.rename(tmp_path / "done" / path.name)  # somebody has carried it on meanwhile
    assert send(gateway, now).taken == 1
    assert list(tmp_path.glob("*.json")) == []
    assert kinds_in(pen).count("reminder_sent") == 1


@pytest.mark.usefixtures("office")
def test_nothing_goes_at_night(now: datetime, tmp_path: Path) -> None:
    somebody(5, now)
    found = send(Folder(tmp_path), now.replace(hour=5))
    assert (found.taken, found.quiet) == (0, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("office")
def test_a_place_that_betrays_stands_in_no_message(now: datetime, tmp_path: Path) -> None:
    somebody(6, now, place="河东镇社区戒毒工作站")
    send(Folder(tmp_path), now)
    (path,) = tmp_path.glob("*.json")
    assert "村委会一楼" in path.read_text(encoding="utf-8")
    assert "戒" not in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("places")
def test_a_setting_with_a_word_that_betrays_is_refused_and_without_one_nothing_goes(
    now: datetime, tmp_path: Path
) -> None:
    excerpts.forget()
    bad = {**SETTING, "signature": "河东镇禁毒办"}
    entry = unitfiles.new_entry(TOWN, "message_setting", day("2026-09-01"), bad, now=now)
    with pytest.raises(GuituError, match="毒"):
        gate.record(entry, actor=house(), now=now)
    somebody(7, now)
    assert {str(one.why_not) for one in due(now)} != {"None"}
    assert send(Folder(tmp_path), now).taken == 0


class Provider:
    """A gateway over HTTP that answers what it is told to, and keeps what came."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.came: list[tuple[dict[str, str], Any]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.came.append((dict(self.headers), json.loads(body)))
                self.send_response(provider.answers.pop(0) if provider.answers else 200)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *told: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/sms"

    def end(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.end()


def test_over_http_it_is_one_post_with_its_key_and_the_sites_token(
    provider: Provider, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("a-token-of-tests\n", encoding="utf-8")
    environment = {
        "GUITU_MESSAGES_URL": provider.url,
        "GUITU_MESSAGES_TOKEN_FILE": str(tmp_path / "token"),
    }
    gateway = configured(tmp_path, environment)
    assert gateway.name == "127.0.0.1"
    gateway.take(Outgoing("k" * 32, "19812345678", "您好"))
    heads, body = provider.came[0]
    assert body == {"key": "k" * 32, "to": "19812345678", "text": "您好"}
    assert heads["Idempotency-Key"] == "k" * 32
    assert heads["Authorization"] == "Bearer a-token-of-tests"


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Refused), (422, Refused), (429, Unreachable), (500, Unreachable), (503, Unreachable),
     (302, Unreachable), (401, Unreachable)],
)  # fmt: skip
def test_what_an_answer_means(provider: Provider, status: int, error: type[Exception]) -> None:
    provider.answers = [status]
    with pytest.raises(error):
        Http(provider.url).take(Outgoing("k", "19812345678", "您好"))
    assert len(provider.came) == 1, "no number is carried to where an answer points"


@pytest.mark.usefixtures("office")
def test_refused_for_good_stands_in_the_file_and_no_answer_stops_the_run(
    provider: Provider, now: datetime
) -> None:
    pens = [somebody(n, now) for n in (11, 12, 13)]
    provider.answers = [404, 503]
    found = send(Http(provider.url), now)
    assert (found.taken, found.refused) == (0, 1)
    assert "503" in str(found.stopped)
    assert len(provider.came) == 2
    found = send(Http(provider.url), now)
    assert (found.taken, found.refused) == (2, 0)
    keys = [body["key"] for _, body in provider.came]
    assert len(keys) == 4
    assert len(set(keys)) == 3, "the one that was not answered goes again under its key"
    assert all(kinds_in(pen).count("reminder_sent") == 1 for pen in pens)


def test_nobody_at_that_address_is_unreachable() -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        Http("http://127.0.0.1:9/sms").take(Outgoing("k", "19812345678", "您好"))


@pytest.mark.parametrize("url", ["http://sms.example/", "ftp://x", "sms.example"])
def test_numbers_do_not_travel_in_the_open(url: str, tmp_path: Path) -> None:
    with pytest.raises(GuituError, match="https"):
        configured(tmp_path, {"GUITU_MESSAGES_URL": url})
    with pytest.raises(GuituError, match="GUITU_MESSAGES_TOKEN_FILE"):
        configured(
            tmp_path,
            {"GUITU_MESSAGES_URL": "https://sms.example/", "GUITU_MESSAGES_TOKEN_FILE": "/nowhere"},
        )


def test_without_a_gateway_of_the_sites_own_messages_are_files(tmp_path: Path) -> None:
    assert configured(tmp_path, {}) == Folder(tmp_path / "messages")


@pytest.mark.usefixtures("office")
def test_the_command_counts_sends_and_repeats_nothing(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    somebody(21, now)
    monkeypatch.setattr(messages, "configured", lambda home: Folder(tmp_path / "messages"))
    monkeypatch.setattr("guitu.cli.messages.now", lambda: now)
    assert main(["messages", "send", "--dry-run"]) == 0
    assert "到期 1，已发 0" in capsys.readouterr().out
    assert main(["messages", "send", "--unit", TOWN, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["gateway"], told["ready"], told["taken"], told["faults"]) == ("files", 1, 1, [])
    assert main(["messages", "send", "--unit", VILLAGE]) == 0
    assert "到期 0" in capsys.readouterr().out
    assert len(list((tmp_path / "messages").glob("*.json"))) == 1
    assert main(["messages", "send", "--unit", "nowhere"]) == 2


@pytest.mark.usefixtures("office")
def test_an_appointment_that_is_corrected_is_told_again_only_where_the_words_change(
    now: datetime, tmp_path: Path
) -> None:
    pen = somebody(70, now)
    gateway = Folder(tmp_path)
    assert send(gateway, now).taken == 1
    view = file_view(pen.file)
    assert view is not None
    told = next(e for e in view.entries if e.kind == "test_told")
    as_told = {"for_day": day("2026-11-24"), "time": 900, "place": "村委会"}
    for how, hour, goes in (("letter", 900, 0), ("letter", 1000, 1)):
        fields = {**as_told, "how": how, "time": hour}
        again = replace(
            pen.entry("test_told", "2026-11-22", corrects=told.id, **fields), reason="写错了", recorded_at=now
        )
        gate.record(again, actor=house(), now=now)
        told = again
        assert send(gateway, now).taken == goes, how
    assert len(list(tmp_path.glob("*.json"))) == 2


@pytest.mark.usefixtures("office")
def test_nobody_is_written_to_whose_measure_ended_since_the_lists_were_worked_out(now: datetime) -> None:
    pen = Pen(71)
    before = now - timedelta(days=10)
    gate.record_many(
        [
            *pen.on_community_treatment(served="2023-11-15"),
            pen.entry("reporting_in", "2023-11-20"),
            pen.entry("reminder_consent", "2024-03-01", agrees="yes", phone="19812345671"),
            pen.entry("test_told", "2026-11-10", for_day=day("2026-11-24"), time=900, how="phone"),
        ],
        actor=house(), now=before,
    )  # fmt: skip
    assert stale(day("2026-11-23"))
    assert due(now) == ()
