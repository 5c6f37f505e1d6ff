"""Word templates of a centre: each version kept, put into use by an entry of its own file that holds its
digest. Without one the template that comes with the product is used (`exchange.documents.papers`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from guitu.access import Actor
from guitu.store import clock, engine, excerpts, unitfiles
from guitu.store.units import Unit

KIND: Final = "paper_template"
_COLUMNS: Final = ("id", "unit", "paper", "n", "content")


@dataclass(frozen=True, slots=True)
class Version:
    """One version that was put into use: which paper, its number, when and by whom, its digest."""

    paper: str
    n: int
    on: date
    by: str
    digest: str


def versions(unit: Unit) -> tuple[Version, ...]:
    """Every version of every paper of this unit, the latest first. The caller has asked whether the unit's
    own file may be read."""
    found = []
    for entry in reversed(excerpts.of_units([unit], (KIND,))[unit.code]):
        n = entry.get("n")
        found.append(
            Version(
                str(entry.get("paper")), n if isinstance(n, int) else 0, entry.happened_on, entry.author,
                str(entry.get("digest")),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.paper, -one.n)))


def latest(unit: Unit, paper: str) -> tuple[int, bytes] | None:
    """The number and the content of the version in use; None where the unit has brought none."""
    return _content(unit, paper, "ORDER BY n DESC LIMIT 1", [])


@engine.house()  # a template is about nobody; whether the paper may be made, the page has asked
def in_use_at(unit: Unit, paper: str, at: datetime) -> bytes | None:
    """The content of the version that was in use at a moment; None where there was none yet."""
    found = engine.row(
        "SELECT t.content FROM store_papertemplate t JOIN store_entry e ON e.id = t.id"
        " WHERE t.unit = %s AND t.paper = %s AND e.recorded_ms <= %s ORDER BY t.n DESC LIMIT 1",
        [unit.no, paper, clock.milliseconds(at)],
    )
    return bytes(found[0]) if found else None


def of_version(unit: Unit, paper: str, n: int) -> bytes | None:
    """The content of one version."""
    found = _content(unit, paper, "AND n = %s", [n])
    return found[1] if found else None


def _content(unit: Unit, paper: str, more: str, values: list[object]) -> tuple[int, bytes] | None:
    found = engine.row(
        f"SELECT n, content FROM store_papertemplate WHERE unit = %s AND paper = %s {more}",
        [unit.no, paper, *values],
    )
    return (int(found[0]), bytes(found[1])) if found else None


def put_into_use(unit: Unit, paper: str, content: bytes, digest: str, *, actor: Actor, office: str,
                 now: datetime) -> int:  # fmt: skip
    """Keep a template that was checked, as the next version of this paper; its number. Raises what the gate
    raises, and then nothing was kept."""
    with engine.writing():
        there = latest(unit, paper)
        n = (there[0] if there else 0) + 1
        entry = unitfiles.new_entry(
            unit.code, KIND, clock.office_day(now), {"paper": paper, "n": n, "digest": digest}, now=now,
            author=actor.name, office=office,
        )  # fmt: skip
        unitfiles.record(entry, actor=actor, now=now)
        with engine.house():
            engine.insert("store_papertemplate", _COLUMNS, [(entry.id.hex, unit.no, paper, n, content)])
    return n
