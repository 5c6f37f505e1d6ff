"""The few marks that an editor types, as HTML. Everything else is text: nothing typed becomes markup."""

from __future__ import annotations

import re
from html import escape
from typing import Final

_LINK: Final = re.compile(r"https?://[^\s<>\"'，。；、）》】]+[^\s<>\"'，。；、）》】.,;:!?)]")
FIRST_WORDS: Final = 110


def html_of(text: str, *, heading: int = 2) -> str:
    """Paragraphs, headings (`## `), lists (`- `) and addresses. `heading` is the level of a heading."""
    out: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []

    def close() -> None:
        if paragraph:
            out.append(f"<p>{'<br>'.join(paragraph)}</p>")
            paragraph.clear()
        if items:
            out.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
            items.clear()

    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        said = line.strip()
        if not said:
            close()
        elif said.startswith("## "):
            close()
            out.append(f"<h{heading}>{_inline(said[3:].strip())}</h{heading}>")
        elif said.startswith(("- ", "· ")):
            if paragraph:
                close()
            items.append(_inline(said[2:].strip()))
        else:
            if items:
                close()
            paragraph.append(_inline(said))
    close()
    return "\n".join(out)


def _inline(said: str) -> str:
    """One line: text, with web addresses as links."""
    out, at = [], 0
    for found in _LINK.finditer(said):
        out.append(escape(said[at : found.start()]))
        address = escape(found[0])
        out.append(f'<a href="{address}" rel="noopener noreferrer">{address}</a>')
        at = found.end()
    return "".join((*out, escape(said[at:])))


def first_words(text: str, most: int = FIRST_WORDS) -> str:
    """The beginning of a text in one line without marks: for lists and for what search engines show."""
    lines = (re.sub(r"^(## |- |· )", "", line.strip()) for line in text.splitlines())
    said = " ".join(line for line in lines if line)
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
