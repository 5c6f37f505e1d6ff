"""The report as PDF/A, by Typst. Everything that somebody wrote goes in as data: it is never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from guitu.exchange.documents import typefaces
from guitu.exchange.packs.content import Pack
from guitu.exchange.packs.pictures import Drawn, drawn
from guitu.exchange.packs.report import Block, Grid, Heading, Para, Picture, report

STANDARD = "a-2a"
"""Archivable, with the structure that screen readers follow (ISO 19005-2, level A)."""


def pdf(pack: Pack) -> bytes:
    """The report of this pack. Raises NoTypeface where the machine has no Chinese typeface."""
    import typst

    source, inputs = _source(pack)
    made = typst.compile(source, sys_inputs=inputs, pdf_standards=STANDARD, timestamp=_stamp(pack))
    assert isinstance(made, bytes)
    return made


def pages(pack: Pack, ppi: float = 60) -> list[bytes]:
    """The same as pictures (PNG), a page each: for looking at."""
    import typst

    source, inputs = _source(pack)
    made = typst.compile(source, sys_inputs=inputs, format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)


def _source(pack: Pack) -> tuple[bytes, dict[str, str]]:
    pictures = drawn(pack)
    told = report(pack, pictures=frozenset(pictures))
    day = pack.made_on
    data = {
        "fonts": {
            "body": typefaces.body(),
            "title": typefaces.chosen(typefaces.TITLE),
            "first": typefaces.chosen(typefaces.FIRST),
            "second": typefaces.chosen(typefaces.SECOND),
        },
        "made": [day.year, day.month, day.day],
        "title": told.title,
        "subtitle": told.subtitle,
        "office": told.office,
        "signed": told.signed,
        "notes": told.notes,
        "foot": told.foot,
        "blocks": [_block(block, pictures) for block in told.blocks],
    }
    source = files("guitu.exchange.packs").joinpath("pack.typ").read_bytes()
    return source, {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}


def _block(block: Block, pictures: Mapping[str, Drawn]) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"is": "heading", "level": level, "text": text}
        case Para(text, small):
            return {"is": "para", "text": text, "small": small}
        case Grid():
            return {
                "is": "grid",
                "caption": block.caption,
                "heads": block.heads,
                "rows": block.rows,
                "numbers": sorted(block.numbers),
                "widths": block.widths,
                "total": block.total,
            }
        case Picture(name, caption, says):
            return {"is": "picture", "svg": pictures[name].svg, "caption": caption, "says": says}


def _stamp(pack: Pack) -> datetime:
    """The day of the pack: the document says when its figures were fixed, not when it was printed."""
    return datetime(pack.made_on.year, pack.made_on.month, pack.made_on.day, tzinfo=UTC)
