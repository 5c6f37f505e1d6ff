"""A person with an account of their own, and what fills in their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import gate, personal, read, staff
from tests.store.writing import Pen
from tests.web.desk import PASSWORD, html

SECRET_WORKER, SECRET_TESTER, SECRET_NOTE = "李专干", "检测员某某", "邻居某某举报"
"""What of others stands in the file."""


@dataclass
class Own:
    """A file with its person's account."""

    case_no: str
    file: UUID
    username: str
    client: Client

    @property
    def view(self) -> read.FileView:
        found = read.opened(self.case_no)
        assert found is not None
        return found

    def page(self, address: str = "/mine/", status: int = 200) -> str:
        return html(self.client, address, status)

    def ask(self, form: str, status: int = 302, **answers: str) -> str:
        """Fill in a form as the browser would; where it led, or the page that came back."""
        found = re.search(r'name="id" value="([^"]+)"', self.page(f"/mine/ask/{form}/"))
        answer = self.client.post(f"/mine/ask/{form}/", {"id": found[1] if found else "", **answers})
        assert answer.status_code == status, answer.content.decode()
        return answer["Location"] if status == 302 else answer.content.decode()


def enter(username: str, password: str) -> Client:
    """A browser in which that account has set its own password and signed in."""
    user = staff.User.objects.get(username=username)
    assert user.check_password(password)
    staff.set_own(user, PASSWORD)
    client = Client()
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


def file_of(pen: Pen, now: datetime, *more: Entry) -> str:
    entries = [
        *pen.on_community_treatment(name="赵一甲", served="2026-03-02"),
        pen.entry("reporting_in", "2026-03-09"),
        pen.entry("remark", "2026-04-01", text=SECRET_NOTE),
        pen.entry(
            "urine_test", "2026-11-20", outcome="taken", result="positive", tester_1=SECRET_TESTER,
            note=SECRET_NOTE,
        ),
        *more,
    ]  # fmt: skip
    gate.record_many(entries, actor=house(), now=now)
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def own_of(now: datetime, number: int = 1) -> Own:
    """The person of a new file, signed in."""
    pen = Pen(number)
    case_no = file_of(pen, now)
    view = read.opened(case_no)
    assert view is not None
    given = personal.give_access(view)
    return Own(case_no, pen.file, given.username, enter(given.username, given.password))


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
