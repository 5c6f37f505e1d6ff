"""What a template may rely on: all is escaped, mistakes are errors, words are in the reader's language."""

from __future__ import annotations

import contextlib

import pytest
from jinja2 import UndefinedError

from guitu.kernel.labels import Label
from guitu.web import preferences
from guitu.web.component import catalogue, say
from guitu.web.components.button.component import Button
from guitu.web.components.identity.component import Identity
from guitu.web.language import speaking, spoken
from guitu.web.templating import templates

CHINESE, ENGLISH = preferences.CHOICES["language"]


def drawn(source: str, language: str = CHINESE, **values: object) -> str:
    return templates(language).from_string(source).render(values)


@pytest.mark.parametrize(
    "source", ["{{ nobody }}", "{% if nobody %}{% endif %}", "{{ page.nothing }}", "{{ nobody() }}"]
)
def test_a_name_that_nobody_gave_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        drawn(source, page=Label("今日", "Today"))


def test_everything_is_escaped_except_what_is_html_already() -> None:
    source = "{{ name }} {{ label|say }} {{ _('由%(who)s办', who=name) }} {{ component(button) }}"
    html = drawn(
        source, name="<b>", label=Label("<i>", "<i>"), button=Button(Label("存", "Save")), csrf_token=""
    )
    assert html.startswith("&lt;b&gt; &lt;i&gt; 由&lt;b&gt;办 <button")


@pytest.mark.parametrize(("language", "shown"), [(CHINESE, "归途 归途"), (ENGLISH, "Guitu Guitu")])
def test_words_are_those_of_the_language_whether_fixed_or_asked_for(language: str, shown: str) -> None:
    assert drawn('{{ _("归途") }} {{ _(name) }}', language, name="归途") == shown


@pytest.mark.parametrize(("n", "shown"), [(1, "1 thing to mend"), (3, "3 things to mend")])
def test_english_counts_one_and_many(n: int, shown: str) -> None:
    said = drawn('{{ ngettext("有 %(n)s 处需要改", "有 %(n)s 处需要改", n) }}', ENGLISH, n=n)
    assert said == shown


def test_fixed_words_are_put_in_place_when_a_template_is_compiled() -> None:
    code = templates(ENGLISH).compile('<p title="{{ _("归途") }}">{{ _(name) }}</p>', raw=True)
    assert '<p title="Guitu">' in code
    assert "归途" not in code


def test_every_template_compiles_in_every_language() -> None:
    for language in (CHINESE, ENGLISH):
        names = templates(language).list_templates(extensions=["html"])
        assert len(names) > 40
        for name in names:
            templates(language).get_template(name)


def test_nothing_in_place_of_a_component_is_nothing() -> None:
    assert drawn("[{{ component(none) }}]", csrf_token="") == "[]"


def test_a_component_gets_the_token_of_the_page_it_stands_on() -> None:
    identity = next(s.shown for s in catalogue()["identity"] if s.shown.number and s.shown.number.href)
    assert isinstance(identity, Identity)
    html = drawn("{{ component(identity) }}", identity=identity, csrf_token='a"b')
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="a&#34;b">' in html
    assert "csrfmiddlewaretoken" not in drawn("{{ component(identity) }}", identity=identity, csrf_token=None)


def test_a_language_is_spoken_until_it_ends_and_no_longer() -> None:
    word = Label("今日", "Today")
    assert say(word) == "今日"
    with contextlib.suppress(LookupError), speaking(ENGLISH):
        assert (spoken(), say(word)) == (ENGLISH, "Today")
        raise LookupError
    assert (spoken(), say(word)) == (CHINESE, "今日")
