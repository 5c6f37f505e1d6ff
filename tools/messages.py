"""Keeps the page catalogues complete: extracts every message, compiles what translators wrote.

    python tools/messages.py update     bring both .po files up to date, then compile them
    python tools/messages.py compile    only compile (.mo files are never committed)
    python tools/messages.py check      name what is missing; exit 1 if anything is

Messages are written in Chinese in the source, so the Chinese catalogue is filled here and only English waits
for a person. Babel does the work, so that nobody needs the gettext programs.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("src/guitu/web", "src/guitu/capabilities")
LOCALES = ROOT / "src/guitu/web/locale"
LANGUAGES = ("zh_Hans", "en")
READ_AS = {".py": "python", ".html": "jinja2"}
"""Which of Babel's extractors reads a file."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Found = tuple[int, str | tuple[str, str], str | None]
"""Line, message (or singular and plural), context."""


def messages_in(source: bytes, language: str) -> Iterator[Found]:
    """Every message of a `python` module or a `jinja2` template; one that cannot be read is an error."""
    for line, message, _comments, context in extract(
        language, io.BytesIO(source), KEYWORDS, (), {"silent": "false"}
    ):
        yield line, message, context  # type: ignore[misc]


def source_files() -> list[Path]:
    """The files whose words a page may show."""
    found = [p for base in SOURCES for p in (ROOT / base).rglob("*") if p.suffix in READ_AS]
    return sorted(p for p in found if "__pycache__" not in p.parts and "migrations" not in p.parts)


def extracted() -> Catalog:
    """All messages of the sources, each with the files it is used in."""
    catalog = Catalog(project="guitu", charset="utf-8", fuzzy=False)
    for path in source_files():
        name = path.relative_to(ROOT).as_posix()
        for _line, message, context in messages_in(path.read_bytes(), READ_AS[path.suffix]):
            if message:
                catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def po_file(language: str) -> Path:
    """Where a language's catalogue is."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it is on disk; empty when there is none yet."""
    path = po_file(language)
    if not path.is_file():
        return Catalog(locale=language, project="guitu", charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, charset="utf-8")


def messages_of(catalog: Catalog) -> list[Message]:
    """The catalogue's messages without its header."""
    return [message for message in catalog if message.id]


def missing(language: str, template: Catalog) -> list[str]:
    """Messages of the sources that the language's catalogue does not have, leaves empty or marks as fuzzy."""
    catalog = read(language)
    gaps = []
    for message in messages_of(template):
        held = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        said = () if held is None or held.fuzzy else held.string
        forms = (said,) if isinstance(said, str) else tuple(said)
        if not forms or not all(forms):
            gaps.append(message.id if isinstance(message.id, str) else message.id[0])
    return gaps


def update() -> None:
    """Write both catalogues: what is new is added, what is gone is dropped, nothing is guessed."""
    template = extracted()
    for language in LANGUAGES:
        old, fresh = read(language), Catalog(locale=language, project="guitu", charset="utf-8", fuzzy=False)
        fresh.header_comment = (
            "# Guitu: words on the pages. Written by hand; kept complete by `make messages`."
        )
        fresh.creation_date = old.creation_date if po_file(language).is_file() else fresh.creation_date
        fresh.revision_date = fresh.creation_date
        for message in messages_of(template):
            key = message.id if isinstance(message.id, str) else message.id[0]
            held = old.get(key, message.context)
            string = held.string if held and not held.fuzzy else ""
            if language == "zh_Hans":  # Chinese has one plural form
                string = message.id if isinstance(message.id, str) else (message.id[0],)
            elif isinstance(message.id, str) != isinstance(string, str):
                string = "" if isinstance(message.id, str) else ("", "")
            fresh.add(message.id, string, locations=message.locations, context=message.context)
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = io.BytesIO()
        write_po(written, fresh, width=110, sort_output=True, include_lineno=False)
        if not path.is_file() or path.read_bytes() != written.getvalue():
            path.write_bytes(written.getvalue())
            print(f"{path.relative_to(ROOT)}: {len(messages_of(fresh))} 条 / messages")


def compile_all() -> None:
    """Compile each catalogue that is newer than what was compiled from it."""
    for language in LANGUAGES:
        source = po_file(language)
        target = source.with_suffix(".mo")
        if not source.is_file() or (target.is_file() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        compiled = io.BytesIO()
        write_mo(compiled, read(language))
        target.write_bytes(compiled.getvalue())
        print(f"已编译 / compiled {target.relative_to(ROOT)}")


def check() -> int:
    """Print each untranslated message; the number of them."""
    template = extracted()
    count = 0
    for language in LANGUAGES:
        for gap in missing(language, template):
            count += 1
            print(f"{language}: 缺译文 / no translation: {gap}")
    return count


def main(arguments: list[str]) -> int:
    """Run one subcommand."""
    match arguments:
        case ["update"]:
            update()
            compile_all()
            check()
            return 0
        case ["compile"]:
            compile_all()
            return 0
        case ["check"]:
            return 1 if check() else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
