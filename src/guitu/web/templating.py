"""The templates: Jinja2, compiled once for each language, so that fixed words cost nothing on a page.

A template gets what `render` is given, and the functions and filters named here. Everything is escaped, and a
name that nobody gave is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation.trans_real import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from guitu.casefile.kind import day_word
from guitu.web import component
from guitu.web.components.table.component import under
from guitu.web.days import with_weekday
from guitu.web.glyphs import glyph_svg
from guitu.web.language import ENGLISH, spoken

WEB: Final = Path(__file__).resolve().parent

FIXED: Final = frozenset({"_", "pgettext", "static", "glyph"})
"""Functions whose answer to words that stand in the template never changes: asked once, on compiling."""

INDENT: Final = re.compile(r"\n[ \t]+")

TOKEN: Final = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')


def iso(day: date | datetime | None) -> str:
    """`2026-11-23`, for tables and inputs; `—` where nothing was recorded."""
    if day is None:
        return "—"
    return (timezone.localtime(day).date() if isinstance(day, datetime) else day).isoformat()


def iso_weekday(day: date | None) -> str:
    """`2026-11-23 周一` or `2026-11-23 Mon`."""
    return "—" if day is None else component.say(with_weekday(day))


def day(value: date | None) -> str:
    """`2026年11月23日` or `23 November 2026`, for prose."""
    return "—" if value is None else day_word(value, "en" if spoken() == ENGLISH else "zh")


def moment(value: datetime | None) -> str:
    """`2026-11-23 14:05` on the office's clock."""
    return "—" if value is None else f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def thousands(number: int | None) -> str:
    """`1,240`; `—` where nothing was recorded."""
    return "—" if number is None else f"{number:,}"


@pass_context
def place(context: Context, thing: object) -> str:
    """`{{ component(page.table) }}`: the component's HTML; nothing for None, so that it needs no `if`."""
    return "" if thing is None else component.render(thing, csrf_token=context["csrf_token"])


@pass_context
def csrf_input(context: Context) -> str:
    """`{{ csrf_input() }}`: the form token's hidden input; nothing where a component is shown without one."""
    token = context["csrf_token"]
    return TOKEN.format(token) if token else ""


class Fixed(NodeTransformer):
    """Puts the answer in place of every call in FIXED that has only constants for arguments."""

    def __init__(self, functions: dict[str, Callable[..., str]]) -> None:
        self.functions = functions

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 (the name that Jinja calls)
        """The answer as a constant; any other call as it is, its arguments looked at in turn."""
        words = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
        fixed = isinstance(call.node, nodes.Name) and call.node.name in FIXED and not call.kwargs
        if not fixed or len(words) < len(call.args):
            return self.generic_visit(call)
        return nodes.Const(self.functions[call.node.name](*words), lineno=call.lineno)


class Templates(Environment):
    """The templates in one language."""

    def __init__(self, language: str) -> None:
        super().__init__(
            loader=FileSystemLoader([WEB / "templates", WEB]),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=settings.DEBUG,
            cache_size=-1,
            trim_blocks=True,
        )
        catalogue = translation(language)

        def words(text: str, **values: object) -> str:
            return Markup(catalogue.gettext(text)) % values if values else catalogue.gettext(text)

        def counted(one: str, many: str, n: int) -> str:
            return Markup(catalogue.ngettext(one, many, n)) % {"n": n}

        self.globals = {
            "_": words,
            "ngettext": counted,
            "pgettext": catalogue.pgettext,
            "static": static,
            "glyph": glyph_svg,
            "component": place,
            "csrf_input": csrf_input,
            "colon": component.colon(language),
            "comma": ", " if language.startswith("en") else "，",
        }
        self.filters |= {
            "say": component.say,
            "under": under,
            "iso": iso,
            "iso_weekday": iso_weekday,
            "day": day,
            "moment": moment,
            "thousands": thousands,
        }

    def compile_all(self) -> None:
        """Compile every template now, so that no reader waits for it."""
        for name in self.list_templates(extensions=["html"]):
            self.get_template(name)

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """A template without its indentation, which is for its readers and not for a slow line."""
        return INDENT.sub("\n", super().preprocess(source, name, filename))

    def _generate(self, source: nodes.Template, *where: Any, **how: Any) -> str:
        """The hook that Jinja offers between reading a template and writing its code."""
        return super()._generate(Fixed(self.globals).visit(source), *where, **how)


templates = cache(Templates)


def render(name: str, **values: object) -> SafeString:
    """That template in the reader's language."""
    return SafeString(templates(spoken()).get_template(name).render(values))
