"""Everything a page says exists in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError, nodes

from tools.messages import (
    LANGUAGES,
    extracted,
    messages_in,
    messages_of,
    missing,
    read,
)

SOURCE = Path(__file__).parents[2] / "src"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")


def found(source: str, language: str) -> list[tuple[object, str | None]]:
    return [(message, context) for _, message, context in messages_in(source.encode(), language)]


def test_the_extraction_finds_every_way_a_template_says_something() -> None:
    source = """
      {{ _("今日") }} {{ pgettext("menu", '人员') }} {{ name or _("无名") }}
      {{ ngettext("共 %(n)s 项，占 5%%", "共 %(n)s 项", rows|length) }}
      <p title="{{ _("由%(who)s办", who=page.who) }}">
      {% if x == _("甲") %}{% endif %} {# {{ _("不算") }} #}
    """
    assert found(source, "jinja2") == [
        ("今日", None),
        ("人员", "menu"),
        ("无名", None),
        (("共 %(n)s 项，占 5%%", "共 %(n)s 项"), None),
        ("由%(who)s办", None),
        ("甲", None),
    ]


def test_a_template_that_cannot_be_read_is_an_error_and_not_a_template_without_words() -> None:
    with pytest.raises(TemplateSyntaxError):
        found('{{ _("今日") }} {% if %}', "jinja2")


def test_the_extraction_finds_every_way_a_module_says_something() -> None:
    source = '_("甲"); gettext_lazy("乙"); ngettext("一项", "多项", n); pgettext("menu", "丙"); say("不算")'
    assert found(source, "python") == [
        ("甲", None),
        ("乙", None),
        (("一项", "多项"), None),
        ("丙", "menu"),
    ]


def test_the_pages_have_words() -> None:
    assert len(messages_of(extracted())) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_pages_is_translated(language: str) -> None:
    assert missing(language, extracted()) == []


def test_every_message_is_written_in_chinese() -> None:
    foreign = [m.id for m in messages_of(extracted()) if not CHINESE.search(str(m.id))]
    assert foreign == []


def test_no_english_translation_is_left_in_chinese() -> None:
    left = [m.string for m in messages_of(read("en")) if CHINESE.search(str(m.string))]
    assert [text for text in left if "中文" not in str(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_places_as_its_message(language: str) -> None:
    wrong = []
    for message in messages_of(read(language)):
        source = message.id if isinstance(message.id, str) else message.id[-1]
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if strings[-1] and set(PLACE.findall(source)) != set(PLACE.findall(strings[-1])):
            wrong.append(source)
    assert wrong == []


FULL_WIDTH = re.compile(r"[、。！（），．：；？～【】《》「」『』]")
"""Punctuation of Chinese. A character that an English sentence speaks of stands in quotes: “、”."""


def full_width(text: str) -> bool:
    return bool(FULL_WIDTH.search(re.sub("“[^“”]”", "", text)))


def test_no_english_translation_has_the_punctuation_of_chinese() -> None:
    strings = [m.string if isinstance(m.string, str) else " ".join(m.string) for m in messages_of(read("en"))]
    assert [text for text in strings if full_width(text)] == []


def _english_halves(module: Path) -> Iterator[str]:
    """What stands as the English half of labels; what a module works out for it is not looked into."""
    for node in ast.walk(ast.parse(module.read_text())):
        label = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Label"
        if not label or len(node.args) < 2:
            continue
        half = node.args[1]
        parts = half.values if isinstance(half, ast.JoinedStr) else [half]
        yield "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_no_english_half_of_a_label_has_the_punctuation_of_chinese() -> None:
    found = [
        (module.name, half)
        for module in sorted(SOURCE.rglob("*.py"))
        for half in _english_halves(module)
        if full_width(half)
    ]
    assert found == []


def test_a_template_has_no_punctuation_of_chinese_outside_its_messages() -> None:
    """What stands bare is shown in both languages: `{{ colon }}` is what the reader's language has."""
    found = []
    for template in sorted(SOURCE.rglob("web/**/*.html")):
        tree = Environment(trim_blocks=True).parse(template.read_text())
        found += [
            (template.name, part.data.strip())
            for part in tree.find_all(nodes.TemplateData)
            if full_width(part.data)
        ]
    assert found == []
