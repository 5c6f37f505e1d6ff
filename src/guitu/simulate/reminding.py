"""Who in the fictional province agreed to be reminded by message, which visits were agreed, and a reminder
that went: laid over a history that is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from guitu.casefile import Entry, Value
from guitu.home import messages
from guitu.home.messages import Due, Setting, composed
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate.reaching import stays

_ASKED: Final = 0.3
"""Of so many people it is told."""
_AGREE: Final = 0.8
_MEET: Final = 0.5
"""Of these, who agreed, and with how many of those a visit is agreed."""
KIND: Final = messages.SETTING
SETTING: Final[dict[str, Value]] = {
    "appointment": "yes", "visit": "yes", "report_in": "yes", "days_before": 2, "opens": 800, "closes": 2030,
    "place": "村委会一楼", "phone": "19800000000", "signature": "金江便民服务",
}  # fmt: skip
"""What the demonstration's town has laid down."""


def with_reminders(entries: tuple[Entry, ...], seed: str, today: date) -> tuple[Entry, ...]:
    """The entries of a life, and of some in a community measure what they said about messages."""
    rng = Random(f"reminders/{seed}")
    if rng.random() >= _ASKED or not stays(entries, today):
        return entries
    held = [e for e in entries if e.kind == "responsible_unit"] or list(entries[:1])
    first = held[-1].recorded_at.date() + timedelta(days=1)
    if first >= today - timedelta(days=12):
        return entries
    phone = next((str(p) for e in reversed(entries) if e.kind == "person" and (p := e.get("phone"))), "")
    found = []
    for n, (day, kind, fields) in enumerate(_told(rng, max(first, today - timedelta(days=40)), today, phone)):
        at = datetime.combine(day, time(16, (n * 5 + rng.randrange(5)) % 60), CHINA)
        found.append(
            Entry(
                id=uuid7(int(at.timestamp() * 1000), rng.randbytes(10)),
                file=entries[0].file,
                kind=kind,
                happened_on=day,
                recorded_at=at,
                author=held[-1].author,
                unit=held[-1].unit,
                fields=fields,
            )
        )
    return tuple(sorted((*entries, *found), key=lambda e: e.recorded_at))


def _told(rng: Random, first: date, today: date, phone: str) -> Iterator[tuple[date, str, dict[str, Value]]]:
    """Day, kind and answers of each entry, the oldest first."""
    agrees = rng.random() < _AGREE and bool(phone)
    said: dict[str, Value] = {"agrees": "yes" if agrees else "no"}
    yield first, "reminder_consent", {**said, "phone": phone} if agrees else said
    if not agrees or rng.random() >= _MEET:
        return
    met = today - timedelta(days=2 + rng.randrange(6))
    agreed = {"for_day": met, "time": 900 + 100 * rng.randrange(7), "place": "村委会一楼"}
    yield met - timedelta(days=2), "visit_agreed", dict(agreed)
    due = Due("visit", met, "", int(str(agreed["time"])), "村委会一楼")
    stands = Setting(today, frozenset({"visit"}), place="村委会一楼", phone=str(SETTING["phone"]))
    yield met - timedelta(days=1), "reminder_sent", {
        "what": "visit", "for_day": met, "state": "refused" if rng.random() < 0.1 else "taken",
        "text": composed(due, stands, "zh").text, "gateway": "files", "key": rng.randbytes(16).hex(),
    }  # fmt: skip
    ahead = today + timedelta(days=rng.randrange(1, 4))
    yield today - timedelta(days=1), "visit_agreed", {
        "for_day": ahead, "time": 900 + 100 * rng.randrange(7), "place": "家中",
    }  # fmt: skip
