"""Telling other systems of new entries: only who may read them, only where an administrator allowed it,
signed, and again until it is taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from guitu.access import house
from guitu.exchange.webhooks import sending, signing
from guitu.exchange.webhooks.sending import NotAnAddress, deliver
from guitu.store import engine, gate, webhooks
from guitu.store.webhooks import BACKOFF, Call
from tests.store.writing import CENTRE, VILLAGE, WEST_VILLAGE, Pen
from tests.web.calling import TOWN, Program, account

HERE = "https://data.example/guitu"


class Receiver:
    """Takes messages, or answers as it is told to."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.got: list[tuple[dict[str, str], dict[str, object]]] = []

    def __call__(self, call: Call, headers: dict[str, str], body: bytes) -> int:
        self.got.append((headers, json.loads(body)))
        return self.status

    @property
    def entries(self) -> list[str]:
        return [str(body["data"]["entry"]) for _, body in self.got]  # type: ignore[index]


def subscribed(now: datetime, role: str = "town_office", unit: str = TOWN, *, allowed: bool = True) -> str:
    """A subscription of a new account; its secret."""
    holder = account(f"a{role}{unit}", role, unit)
    assert holder.post is not None
    secret = signing.new_secret()
    hook = webhooks.ask(holder.user_id, holder.post.id, "平台", HERE, secret, now)
    if allowed:
        assert webhooks.allow(hook, "sys", yes=True)
    return secret


def written(now: datetime, pen: Pen, unit: str = VILLAGE) -> list[str]:
    entries = [pen.person(), pen.held_by(unit), pen.entry("remark", "2026-03-05", text="秘密甲")]
    gate.record_many(entries, actor=house(), now=now)
    return [str(e.id) for e in entries]


def test_a_subscriber_is_told_of_new_entries_and_of_nothing_in_them(places: object, now: datetime) -> None:
    before = written(now, Pen(1))
    subscribed(now)
    ids = written(now, Pen(2))
    there = Receiver()
    done = deliver(now, there)
    assert (done.new, done.taken, done.failed) == (3, 3, 0)
    assert set(there.entries) == set(ids)
    assert not set(there.entries) & set(before)
    text = json.dumps([body for _, body in there.got], ensure_ascii=False)
    assert "秘密甲" not in text
    assert "remark" not in text
    assert "王" not in text
    assert {body["type"] for _, body in there.got} == {"entry.recorded"}
    assert deliver(now, there).taken == 0


def test_nobody_is_told_before_the_address_is_allowed(places: object, now: datetime) -> None:
    subscribed(now, allowed=False)
    written(now, Pen(1))
    there = Receiver()
    deliver(now, there)
    assert there.got == []


def test_a_subscriber_hears_only_of_what_its_post_may_read(places: object, now: datetime) -> None:
    subscribed(now)
    pen = Pen(1)
    mine = written(now, pen)
    far = written(now, Pen(2), WEST_VILLAGE)
    health = pen.entry("intake_health", "2026-03-06", conditions="病情丙")
    gate.record(health, actor=house(), now=now)
    there = Receiver()
    deliver(now, there)
    assert set(there.entries) == set(mine)
    assert not set(there.entries) & {*far, str(health.id)}
    assert CENTRE


def test_a_receiver_can_tell_that_it_is_ours_and_fresh(places: object, now: datetime) -> None:
    secret = subscribed(now)
    written(now, Pen(1))
    sent: list[tuple[dict[str, str], bytes]] = []
    deliver(now, lambda call, headers, body: sent.append((headers, body)) or 204)  # type: ignore[func-returns-value]
    headers, body = sent[0]
    at = int(now.timestamp())
    assert signing.holds(secret, headers, body, at + 200)
    assert not signing.holds(secret, headers, body, at + 400)
    assert not signing.holds(secret, headers, body + b" ", at)
    assert not signing.holds(signing.new_secret(), headers, body, at)
    changed = {**headers, "webhook-signature": f"v1,x {headers['webhook-signature']}"}
    assert signing.holds(secret, changed, body, at)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    secret = "whsec_" + base64.b64encode(b"guitu-test-secret-of-32-bytes!!!").decode()
    body = b'{"type":"entry.recorded"}'
    made = signing.headers(secret, "msg_1", 1_700_000_000, body)
    by_hand = hmac.new(b"guitu-test-secret-of-32-bytes!!!", b"msg_1.1700000000." + body, hashlib.sha256)
    assert made["webhook-signature"] == "v1," + base64.b64encode(by_hand.digest()).decode()
    assert made["webhook-timestamp"] == "1700000000"


def test_what_is_not_taken_is_sent_again_later_under_the_same_id(places: object, now: datetime) -> None:
    subscribed(now)
    written(now, Pen(1))
    shut = Receiver(503)
    assert deliver(now, shut).failed == 3
    assert deliver(now + timedelta(seconds=2), shut).failed == 0
    there = Receiver()
    deliver(now + BACKOFF[0], there)
    assert {h["webhook-id"] for h, _ in there.got} == {h["webhook-id"] for h, _ in shut.got}
    signatures = {h["webhook-signature"] for h, _ in there.got}
    assert not signatures & {h["webhook-signature"] for h, _ in shut.got}


def test_who_never_takes_anything_is_told_no_more(places: object, now: datetime) -> None:
    subscribed(now)
    written(now, Pen(1))
    shut, at = Receiver(0), now
    deliver(at, shut)
    for wait in BACKOFF:
        at += wait
        deliver(at, shut)
    assert len(shut.got) == 3 * (len(BACKOFF) + 1)
    hook = webhooks.every()[0]
    assert (hook.state, hook.due, hook.dead) == ("stopped", 0, 3)
    written(at, Pen(2))
    assert webhooks.allow(hook.id, "sys", yes=True)
    there = Receiver()
    deliver(at, there)
    assert len(there.got) == 3, "it goes on where it stood"


def test_who_is_gone_is_told_no_more(places: object, now: datetime) -> None:
    subscribed(now)
    written(now, Pen(1))
    deliver(now, Receiver(410))
    assert webhooks.every()[0].state == "stopped"


def test_a_closed_account_hears_nothing(places: object, now: datetime) -> None:
    from guitu.store import staff

    subscribed(now)
    staff.let_in(f"atown_office{TOWN}", active=False)
    written(now, Pen(1))
    there = Receiver()
    deliver(now, there)
    assert there.got == []
    assert webhooks.every()[0].state == "stopped"


def test_the_secret_lies_sealed(places: object, now: datetime) -> None:
    secret = subscribed(now)
    row = engine.row("SELECT secret FROM store_webhook")
    assert row is not None
    assert base64.b64decode(secret.removeprefix(signing.PREFIX)) not in bytes(row[0])
    assert secret.encode() not in bytes(row[0])


@pytest.mark.parametrize(
    "text",
    [
        "ftp://data.example/x", "https://", "https://user:pw@data.example/", "https://data.example/#x",
        "javascript:alert(1)", "https://data.example/ x", "https://data.example:99999/", "/x", "",
        "https://数据.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        sending.address(text)


def test_over_http_a_redirect_is_followed_nowhere(places: object, now: datetime) -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204 if self.path == "/taken" else 307)
            self.send_header("Location", "/taken")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{server.server_port}"
        program = Program()
        told = program.post("webhooks", {"name": "平台", "address": f"{at}/notices"}, 201)
        assert told["secret"].startswith(signing.PREFIX)
        webhooks.allow(webhooks.every()[0].id, "sys", yes=True)
        written(now, Pen(1))
        assert deliver(now).failed == 3
        assert set(asked) == {"/notices"}
        engine.execute("UPDATE store_webhook SET address = %s", [f"{at}/taken"])
        assert deliver(now + BACKOFF[0]).taken == 3
        server.shutdown()
    assert program.get("webhooks")[0]["due"] == 0
    program.post(f"webhooks/{told['id']}/end", {}, 204)
    assert program.get("webhooks") == []
