"""What the tests of recording share: signing in, filling a form as it was opened, reading what came back."""

from __future__ import annotations

import re
import time

from django.contrib.auth import get_user_model
from django.test import Client

from guitu.casefile import Entry
from guitu.store import staff
from guitu.store.read import file_by_case_no, file_view
from guitu.web.accounts.keys import CONFIRMED_KEY

PASSWORD = "a-password-of-tests"
HTMX = {"HX-Request": "true"}
TAKEN = {"outcome": "taken", "result": "negative"}


def signed_in(username: str, role: str, unit: str, **options: bool) -> Client:
    """A browser in which that account, in that post, is signed in."""
    staff.add(username, PASSWORD, "李晓梅", [(role, unit)])
    client = Client(**options)  # type: ignore[arg-type]
    client.force_login(get_user_model().objects.get(username=username))
    confirm(client)
    return client


def confirm(client: Client) -> None:
    """As if its holder had just proved to be there."""
    session = client.session
    session[CONFIRMED_KEY] = int(time.time())
    session.save()


def html(answer) -> str:
    return answer.content.decode()


def text(answer) -> str:
    body = html(answer).partition("<main")[2].partition("</main>")[0] or html(answer)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def entries(case_no: str) -> tuple[Entry, ...]:
    file = file_by_case_no(case_no)
    assert file is not None
    view = file_view(file)
    assert view is not None
    return view.entries


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def form_of(client: Client, where: str, **query: str) -> dict[str, str]:
    """The form as it was opened: its id and its day."""
    page = html(client.get(where, query))
    day = re.search(r'name="happened_on"[^>]* value="([^"]*)"', page)
    assert day
    return {"id": hidden(page, "id"), "happened_on": day[1]}


def record(client: Client, case_no: str, kind: str, **answers: str):
    """Fill in the form of a kind and save it."""
    where = f"/files/{case_no}/record/{kind}/"
    return client.post(where, {**form_of(client, where), **answers})
