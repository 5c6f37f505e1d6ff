"""The papers of a pack: Word, PDF and Excel, made when asked for and kept in memory by the digest of what
they are made of. Nothing is put on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from guitu.casefile.chain import sm3
from guitu.exchange.documents.typefaces import NoTypeface, body
from guitu.exchange.packs import pictures
from guitu.exchange.packs.content import Pack
from guitu.exchange.packs.excel import excel
from guitu.exchange.packs.pdf import pdf
from guitu.exchange.packs.word import word
from guitu.kernel.lately import Lately
from guitu.store.packs import Content


@dataclass(frozen=True, slots=True)
class Paper:
    """One form of a pack: how its file ends, what it is called to a browser, and how it is made."""

    name: str
    suffix: str
    mime: str
    make: Callable[[Pack], bytes]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PAPERS: Final[dict[str, Paper]] = {
    paper.name: paper
    for paper in (
        Paper("word", "docx", f"{_OFFICE}.wordprocessingml.document", word),
        Paper("pdf", "pdf", "application/pdf", pdf),
        Paper("excel", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", excel),
    )
}
KEPT: Final = 24
"""Papers that stay in memory."""

_kept: Final = Lately[tuple[bytes, str], bytes](KEPT)


def paper(pack: Pack, name: str) -> bytes:
    """One paper of this pack. Raises NoTypeface for a PDF where the machine has no Chinese typeface."""
    key = pack.digest(), name
    made = _kept.get(key)
    if made is None:
        made = PAPERS[name].make(pack)
        _kept.keep(key, made)
    return made


def to_fix(pack: Pack, written: Callable[[int], None] = lambda _papers: None) -> Content:
    """What the store keeps of it, with the digest of each paper that can be made here; `written` is told how
    many of them are done."""
    made = digests(pack, written=written)
    return Content(
        pack.canonical(), pack.digest(), pack.seq, pack.known_at, pack.policy, len(pack.blocked), made,
        made_with(),
    )  # fmt: skip


def digests(
    pack: Pack, *, anew: bool = False, written: Callable[[int], None] = lambda _papers: None
) -> dict[str, str]:
    """The SM3 digest of each paper that can be made here; `anew` takes none from memory."""
    made: dict[str, str] = {}
    if anew:
        pictures.forget()
    for n, (name, one) in enumerate(PAPERS.items(), 1):
        with suppress(NoTypeface):  # the figures are fixed all the same, the PDF is made where there is one
            made[name] = sm3(one.make(pack) if anew else paper(pack, name)).hex()
        written(n)
    return made


def made_with() -> str:
    """What decides the bytes of a paper beside its content: the editions of what writes it, the typeface."""
    parts = [
        f"{name} {_edition(name)}"
        for name in ("guitu", "typst", "python-docx", "xlsxwriter", "vl-convert-python")
    ]
    with suppress(NoTypeface):
        parts.append(body())
    return "; ".join(parts)[:200]


def _edition(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
