"""What the pages say in their examples: once, and in English with the signs of English."""

from __future__ import annotations

import re
from html import unescape
from importlib import import_module

import pytest
from django.test import Client

from guitu.web import preferences
from tests.web.desk import TODAY, signed_in
from tests.web.test_frame import page_folders

CHINESE_SIGNS = re.compile(
    r".{0,40}(?:～|(?<=[A-Za-z])[：；，。（、]|(?<=\d)：(?=\d)|[：；）、](?=[A-Za-z])).{0,40}"
)
"""Full-width signs between English words and figures; what the data holds has its own."""


@pytest.fixture
def reader(places: object, settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    settings.DEMO = True
    return signed_in("town-1", "town_office", "469023100")


def examples(reader: Client, folder: str, language: str) -> dict[str, str]:
    """Each example of a page, by its name."""
    reader.cookies[preferences.COOKIE] = f"{language}.normal.normal.normal"
    states = import_module(f"guitu.web.pages.{folder}.page").STATES
    return {s.name: reader.get(f"/gallery/page/{folder}/{s.name}/").content.decode() for s in states}


def said(pattern: str, html: str) -> list[str]:
    """The words in these places."""
    found = re.findall(pattern, html, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", "", words)).split()) for words in found]


@pytest.mark.parametrize("folder", page_folders())
def test_english_has_no_chinese_signs_between_its_words(reader: Client, folder: str) -> None:
    for name, html in examples(reader, folder, "en").items():
        assert not CHINESE_SIGNS.findall(html), name


@pytest.mark.parametrize("folder", page_folders())
def test_no_list_is_named_again_under_a_heading_of_its_name(reader: Client, folder: str) -> None:
    for name, html in examples(reader, folder, "zh-hans").items():
        main = html.partition("<main")[2]
        headings = [words.split(" · ")[0] for words in said(r"<h[12][^>]*>(.*?)</h[12]>", main)]
        captions = said(r"<caption[^>]*(?<!class=\"hidden\" )tabindex=\"-1\">\s*<strong>(.*?)</strong>", main)
        assert not {*headings} & {*captions}, name
        assert name == "inline" or headings[0] not in headings[1:], name  # a form that stands in a list
