"""The phone's page as the server gives it: the same for everybody, with everything that it needs named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from guitu.web.pages.phone import shell

pytestmark = pytest.mark.django_db

IMPORTED = re.compile(r"""^(?:import|export)\b[^"']*from "\./([a-z_0-9]+\.js)";$""", re.M)
SAID = re.compile(r"""\bsay\(\s*(["`])(?P<zh>(?:(?!\1).)*)\1,\s*(["`])(?P<en>(?:(?!\3).)*)\3""")
HAN = re.compile("[\u4e00-\u9fff]")


def modules() -> list[Path]:
    return sorted(shell.FOLDER.glob("*.js"))


def test_the_page_opens_before_anybody_has_signed_in_and_holds_nothing_of_anybody(client: Client) -> None:
    answer = client.get("/phone/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'rel="manifest"' in page
    assert "<noscript>" in page
    assert f'data-version="{shell.version()}"' in page
    assert "style=" not in page


def test_what_a_device_keeps_names_every_module_and_whoever_is_signed_in(client: Client) -> None:
    told = client.get("/phone/shell.json").json()
    assert told["version"] == shell.version()
    assert (told["account"], told["name"]) == ("", "")
    assert told["token"]
    assert told["files"][0] == "/phone/"
    for path in modules():
        if path.name != shell.WORKER:
            assert any(f"/phone/{path.stem}." in address for address in told["files"]), path.name


def test_the_script_that_answers_without_a_network_may_answer_for_this_page_only(client: Client) -> None:
    answer = client.get("/phone/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    manifest = client.get("/phone/app.webmanifest").json()
    assert manifest["scope"] == manifest["start_url"] == "/phone/"
    assert manifest["display"] == "standalone"
    assert "戒毒" not in manifest["name"], "others see a phone's first screen"


def test_every_module_that_is_imported_is_there_and_none_comes_from_elsewhere() -> None:
    names = {path.name for path in modules()}
    for path in modules():
        text = path.read_text(encoding="utf-8")
        assert set(IMPORTED.findall(text)) <= names, path.name
        assert not re.search(r"""from ["'](?!\./)""", text), path.name
        assert not re.search(r"\b(?:eval|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b", text), (
            path.name
        )


def test_everything_is_said_in_both_languages() -> None:
    said = 0
    for path in modules():
        for found in SAID.finditer(path.read_text(encoding="utf-8")):
            zh, en = found["zh"], found["en"]
            said += 1
            assert not HAN.search(re.sub(r"\$\{[^}]*\}", "", en)), (path.name, en)
            assert en.strip() or not zh.strip(), (path.name, zh)
    assert said > 150
