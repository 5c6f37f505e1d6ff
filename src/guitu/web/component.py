"""What a component is: a frozen dataclass in components/<name>/component.py and a template beside it.

A template gets the dataclass as `this` and nothing else. Every component lists its STATES, which the gallery
shows and the tests render in both languages.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from importlib import import_module
from typing import Any

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.web import components
from guitu.web.language import ENGLISH, spoken

Text = Label | str
"""Words on a page: a Label where they exist in both languages, a plain text for names, codes and figures."""


@dataclass(frozen=True, slots=True)
class State:
    """One named way a component or a page can look, with an example of it: the dataclass, or a function that
    makes it when it is asked for."""

    name: str
    label: Label
    example: Any

    @property
    def shown(self) -> Any:
        """The example itself."""
        return self.example() if callable(self.example) else self.example


def say(text: object) -> str:
    """A Label in the reader's language; anything else as text; nothing as an empty string."""
    if isinstance(text, Label):
        return text.en if spoken() == ENGLISH else text.zh
    return "" if text is None else str(text)


def colon(language: str = "") -> str:
    """What stands between a word and what it is about, for those who hear or see both."""
    return ": " if (language or spoken()).startswith(ENGLISH) else "："


def said(text: Text) -> str:
    """The same, safe to put into HTML."""
    return escape(say(text))


def attributes(pairs: Mapping[str, object]) -> str:
    """Attributes as HTML: True gives a bare name, None and False give nothing."""
    parts = []
    for name, value in pairs.items():
        if value is None or value is False:
            continue
        parts.append(f" {name}" if value is True else f' {name}="{said(value)}"')  # type: ignore[arg-type]
    return "".join(parts)


@cache
def template_name(kind: type) -> str:
    """Where a component's template is: beside its class, `template.html` unless TEMPLATE names another."""
    folder = kind.__module__.removeprefix("guitu.web.").rpartition(".")[0].replace(".", "/")
    return f"{folder}/{getattr(kind, 'TEMPLATE', 'template.html')}"


def render(component: object, *, csrf_token: object = None) -> SafeString:
    """The component as HTML. Small ones that appear by the hundred say their own `html()`; one that needs the
    form token for that says `html_with(token)`."""
    own = getattr(component, "html", None)
    if own is not None:
        return own()  # type: ignore[no-any-return]
    own = getattr(component, "html_with", None)
    if own is not None:
        return own(csrf_token)  # type: ignore[no-any-return]
    if getattr(component, "SAYS_THE_SAME", False):
        return _said_before(component, spoken())  # type: ignore[arg-type]
    return render_template(component, csrf_token=csrf_token)


@lru_cache(maxsize=2048)
def _said_before(component: Hashable, _language: str) -> SafeString:
    """The HTML of a component whose template asks for nothing but the component: the questions of a form are
    the same ones every time."""
    return render_template(component)


def render_template(component: object, *, csrf_token: object = None) -> SafeString:
    """The component through its template."""
    from guitu.web.templating import render  # templates place components, and components are templates

    return render(template_name(type(component)), this=component, csrf_token=csrf_token)


@cache
def catalogue() -> dict[str, tuple[State, ...]]:
    """Every component's named states, by the name of its folder."""
    found: dict[str, tuple[State, ...]] = {}
    for folder in sorted(m.name for m in pkgutil.iter_modules(components.__path__) if m.ispkg):
        module = import_module(f"guitu.web.components.{folder}.component")
        found[folder] = tuple(module.STATES)
    return found
