"""How long an office keeps what: documented parameters, none of them invented here.

No statute fixes how long rehabilitation files are kept; 个人信息保护法 19 says the shortest time that the
purpose needs, and 47 that what is past it is deleted or else only stored and secured. So an office writes its
terms into `retention.yaml` under its data folder, each with the document by which it decided it. A category
without a term is not kept "for ever": it is undecided, and every report says so. Nothing is erased by itself:
what is past its term is listed, and its erasure proposed to two people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from guitu.casefile import records
from guitu.casefile.kind import COMPARTMENTS
from guitu.kernel.days import add_months
from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label
from guitu.policy.schema import Section, fault, load_yaml
from guitu.store import casefiles, engine
from guitu.store.projections.compute import assess
from guitu.store.units import tree

FILE: Final = "retention.yaml"
CITES: Final = ("个人信息保护法#19", "个人信息保护法#47")
LONGEST: Final = 1200
AT_ONCE: Final = 300


@dataclass(frozen=True, slots=True)
class Category:
    """Something that is kept. `since` says from when its term runs. `least` is the shortest term in months
    that a law allows, with its article. `about_files`: its erasure is proposed file by file."""

    name: str
    label: Label
    since: Label
    about_files: bool = False
    least: int = 0
    cites: str = ""


_ENDED: Final = Label("最后一项措施结束之日起", "from the day the last measure ended")

CATEGORIES: Final[dict[str, Category]] = {
    **{name: Category(name, label, _ENDED, about_files=True) for name, label in COMPARTMENTS.items()},
    "access_log": Category(
        "access_log", Label("查阅记录", "Access log"), Label("查阅之日起", "from the reading"),
        least=6, cites="网络安全法第23条",
    ),
    "uploads": Category(
        "uploads", Label("导入的台账文件", "Ledger files sent in"),
        Label(
            "上传之时起；导入后或 24 小时后本系统即删除", "from the upload; deleted after import or 24 hours"
        ),
    ),
    "drafts": Category(
        "drafts", Label("未保存的草稿", "Drafts"),
        Label("只在浏览器当前页中，关闭即无", "only in the browser's tab; gone when it closes"),
    ),
    "proposals": Category(
        "proposals", Label("复核事项", "Proposals"), Label("办结之日起", "from the decision"),
    ),
}  # fmt: skip
"""Every category, in the order in which it is reported."""

UNSET: Final = Label("未设定：请本单位规定", "not set: the office must decide")


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the office has set: months, the document that decided it, and its day."""

    months: int
    decided_by: str
    decided_on: date


def terms(folder: Path | None = None) -> dict[str, Term]:
    """The office's terms by category; none where it has decided nothing. A fault in the file is one sentence
    (DeclarationError)."""
    path = (folder or Path(settings.HOME)) / FILE
    if not path.exists():
        return {}
    written = load_yaml(path.read_text(encoding="utf-8"), FILE)
    if written is None:
        return {}
    section = Section(written, FILE)
    found: dict[str, Term] = {}
    for name in section.written():
        if name not in CATEGORIES:
            raise unknown_key(name, CATEGORIES, where=FILE)
        part = section.section(name)
        months = part.whole("months")
        term = Term(months, part.text("decided_by"), part.day("decided_on"))
        part.close()
        least = CATEGORIES[name].least
        if not 1 <= months <= LONGEST or months < least:
            cites = CATEGORIES[name].cites
            raise fault(
                f"{FILE}.{name}.months",
                f"应为 {max(1, least)} 至 {LONGEST} 个月" + (f"（{cites}）" if cites else ""),
                f"must be from {max(1, least)} to {LONGEST} months" + (f" ({cites})" if cites else ""),
            )
        found[name] = term
    return found


def unset(folder: Path | None = None) -> tuple[Category, ...]:
    """The categories for which the office has decided nothing."""
    known = terms(folder)
    return tuple(c for name, c in CATEGORIES.items() if name not in known)


@dataclass(frozen=True, slots=True)
class Due:
    """A file whose term is over in these compartments, and from when the term ran."""

    no: int
    case_no: str
    file: str
    ended_on: date
    compartments: tuple[str, ...]
    past: date


@engine.house()
def due(on: date, progress: Callable[[int], None] | None = None) -> Iterator[Due]:
    """The files that are past a term on that day, in the order of their numbers. Only files under no measure;
    a file is judged by its last measure. Compartments without a key have nothing left to erase."""
    known = {name: t for name, t in terms().items() if CATEGORIES[name].about_files}
    last = done = 0
    while known:
        numbers = [
            r[0]
            for r in engine.rows(
                "SELECT file FROM store_casestatus WHERE state = 'ended' AND file > %s"
                f" ORDER BY file LIMIT {AT_ONCE}",
                [last],
            )
        ]
        if not numbers:
            return
        last = numbers[-1]
        held = casefiles.by_numbers(numbers)
        casefiles.fill(held)
        for one in held:
            if (found := _past(one, known, on)) is not None:
                yield found
        done += len(numbers)
        if progress is not None:
            progress(done)


def _past(held: casefiles.Held, known: dict[str, Term], on: date) -> Due | None:
    file = held.case_file
    counted = file.counted()
    if records.merged_into(held.id, counted) is not None or records.erased(counted) is not None:
        return None
    unit = tree().by_no.get(held.unit) if held.unit is not None else None
    measures = assess(file, unit, on).measures
    ends = [m.ended_on for m in measures]
    if not ends or any(day is None for day in ends):
        return None
    ended = max(day for day in ends if day is not None)
    over = {name: add_months(ended, term.months) for name, term in known.items()}
    there = tuple(n for n, day in over.items() if day <= on and n in held.keys.known)
    if not there:
        return None
    return Due(held.no, held.case_no, str(held.id), ended, there, min(over[n] for n in there))
