"""The few words templates need beside Django's own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from guitu.casefile.kind import day_word
from guitu.web import component as components
from guitu.web.days import with_weekday
from guitu.web.glyphs import glyph_svg

register = template.Library()


def _english() -> bool:
    return (get_language() or "").startswith("en")


class ComponentNode(Node):
    """Renders the dataclass that an expression names with its own template."""

    def __init__(self, expression: FilterExpression) -> None:
        self.expression = expression

    def render(self, context: Context) -> SafeString:
        """The component's HTML; nothing for None, so that an optional part needs no `if`."""
        thing = self.expression.resolve(context)
        if thing is None:
            return SafeString("")
        return components.render(thing, csrf_token=context.get("csrf_token"))


@register.tag("component")
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component page.table %}`: render a component dataclass."""
    words = token.split_contents()
    if len(words) != 2:
        raise template.TemplateSyntaxError("write {% component thing %}")
    return ComponentNode(parser.compile_filter(words[1]))


@register.filter
def say(text: object) -> str:
    """`{{ label|say }}`: a Label in the reader's language, any other text as it is."""
    return components.say(text)


@register.filter
def iso(day: date | datetime | None) -> str:
    """`2026-11-23`, for tables and inputs; `—` where nothing was recorded."""
    if day is None:
        return "—"
    return (timezone.localtime(day).date() if isinstance(day, datetime) else day).isoformat()


@register.filter
def iso_weekday(day: date | None) -> str:
    """`2026-11-23 周一` or `2026-11-23 Mon`."""
    return "—" if day is None else components.say(with_weekday(day))


@register.filter
def day(value: date | None) -> str:
    """`2026年11月23日` or `23 November 2026`, for prose."""
    return "—" if value is None else day_word(value, "en" if _english() else "zh")


@register.filter
def moment(value: datetime | None) -> str:
    """`2026-11-23 14:05` on the office's clock."""
    return "—" if value is None else f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def thousands(number: int | None) -> str:
    """`1,240`; `—` where nothing was recorded."""
    return "—" if number is None else f"{number:,}"


@register.simple_tag
def glyph(name: str) -> SafeString:
    """`{% glyph "people" %}`: one of our own drawings, hidden from screen readers; always beside a word."""
    return glyph_svg(name)


@register.simple_tag
def attributes(pairs: dict[str, Any]) -> SafeString:
    """`{% attributes this.hx %}`: extra attributes; True gives a bare name, None and False give nothing."""
    return mark_safe(components.attributes(pairs))
