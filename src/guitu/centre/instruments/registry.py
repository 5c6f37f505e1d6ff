"""The instruments of the house, read once from their files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from guitu.centre.instruments.model import Instrument
from guitu.centre.instruments.reading import read_instrument
from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label

DATA: Final = Path(__file__).parent / "data"


@cache
def instruments() -> dict[str, Instrument]:
    """Every instrument of the house by its key: those with texts first, then by name."""
    found: dict[str, Instrument] = {}
    for path in sorted(DATA.glob("*.yaml")):
        one = read_instrument(path.read_text(encoding="utf-8"), f"instruments/{path.name}")
        if one.key != path.stem:
            raise DeclarationError(
                Label(f"文件名应与 key“{one.key}”相同", f"the file's name should be its key, “{one.key}”"),
                where=path.name,
            )
        found[one.key] = one
    return dict(sorted(found.items(), key=lambda pair: (pair[1].mode != "bundled", pair[0])))


def instrument(key: str) -> Instrument:
    """The instrument of that key; an unknown one is an error that names the nearest."""
    try:
        return instruments()[key]
    except KeyError:
        raise unknown_key(key, instruments(), where="instruments") from None
