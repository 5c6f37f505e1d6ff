"""A worker's phone in tests: registered by a signed-in browser, then calling on its own."""

from __future__ import annotations

import gzip
import json
import os
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from guitu.kernel.ids import uuid7
from tests.conftest import NOW
from tests.web.recording import signed_in

TOWN = "469023100"


class WorkPhone:
    """What a phone knows, and how it calls."""

    def __init__(self, username: str = "li", role: str = "town_office", unit: str = TOWN) -> None:
        self.browser = signed_in(username, role, unit)
        self.calls = Client()
        self.cursor = self.mark = self.epoch = ""
        self.people: dict[str, dict[str, Any]] = {}
        self.forms: dict[str, dict[str, Any]] = {}
        self.told: dict[str, Any] = {}
        self.waiting = 0
        self.register()

    def register(self, **more: str) -> int:
        """Register from the browser; the answer's status."""
        made = self.browser.post(
            "/sync/devices/", json.dumps({"name": "测试手机", "app": "1.0.0", **more}), "application/json"
        )
        if made.status_code == 201:
            self.told = made.json()
        return int(made.status_code)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Guitu {self.told['device']}.{self.told['token']}",
            "X-Guitu-App": "1.0.0",
            "X-Guitu-Waiting": str(self.waiting),
        }

    def post(self, where: str, told: object = None, **more: Any) -> Any:
        return self.calls.post(
            where, json.dumps(told or {}), "application/json", headers=self.headers, **more
        )

    def push(self, *entries: dict[str, Any], mark: str | None = None) -> dict[str, Any]:
        """Send entries; the whole answer. The mark that comes with it is kept."""
        answer = self.post(
            "/sync/push/",
            {"protocol": 1, "mark": self.mark if mark is None else mark, "entries": list(entries)},
        )
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        self.mark, self.epoch = told["mark"], told["epoch"]
        return told

    def send(self, *entries: dict[str, Any]) -> list[dict[str, Any]]:
        """The same; the results alone."""
        found: list[dict[str, Any]] = self.push(*entries)["results"]
        return found

    def page(self, **query: object) -> list[dict[str, Any]]:
        """One page of a load, as lines."""
        asked = {"cursor": self.cursor, **query} if self.cursor or query else {}
        answer = self.calls.get("/sync/pull/", asked, headers=self.headers)
        assert answer.status_code == 200, answer.content
        return [json.loads(line) for line in gzip.decompress(answer.content).decode().splitlines()]

    def pull(self, **query: object) -> list[dict[str, Any]]:
        """Load until there is no more; everything that came."""
        came: list[dict[str, Any]] = []
        while True:
            lines = self.page(**query)
            came += lines
            self.keep(lines)
            if not lines[-1]["more"]:
                return came

    def keep(self, lines: list[dict[str, Any]]) -> None:
        """Do what the lines say."""
        for line in lines:
            match line["t"]:
                case "person":
                    self.people[line["id"]] = line
                case "gone":
                    self.people.pop(line["id"], None)
                case "form":
                    self.forms[line["kind"]] = line
                case "hello":
                    self.epoch = line["epoch"]
                case "end":
                    self.cursor, self.mark = line["cursor"], line["mark"]


def entry(file: UUID, kind: str, on: str, *, at: datetime = NOW, **more: Any) -> dict[str, Any]:
    """An entry as the phone writes it down; what it answers stands in `fields`."""
    return {
        "id": str(uuid7(int(at.timestamp() * 1000), os.urandom(10))),
        "file": str(file),
        "kind": kind,
        "version": more.pop("version", 1),
        "happened_on": on,
        "written_at": at.isoformat(),
        "fields": {},
        **more,
    }
