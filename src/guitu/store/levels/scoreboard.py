"""The scoreboard: figures as printed, ours beside them, and what was published.

Printed figures are entries of the files of the units they are about. Ours are counted with everything else
when the figures are brought up to date (`guitu indicators refresh`) and lie beside the board, whole; what may
be shown of them is said here, for every reader alike and over all figures of the installation, so that no two
pages give away together what each of them hides.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, Literal
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.compose import indicator_versions
from guitu.indicators.comparing import Compared, compare
from guitu.indicators.counting import COUNTING_UNITS
from guitu.indicators.disclosure import Mark
from guitu.indicators.indicator import Indicator
from guitu.indicators.periods import Period
from guitu.indicators.running import Source
from guitu.indicators.targets import Target, Targets
from guitu.indicators.together import Listed, marks
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, excerpts
from guitu.store.levels.found import units_with
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit

PRINTED: Final = "printed_figure"
PUBLISHED: Final = "scoreboard_published"
FILE: Final = "scoreboard.json"

Verdict = Literal["equal", "near", "different", "missing", "hidden", "uncounted"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure: the entry it stands in, the unit it is about, what was printed. `period` is what it
    is counted for: its own, or the span of everything that is printed where the print says none."""

    id: UUID
    unit: Unit
    target: Target
    period: Period
    day: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Ours:
    """Our figure as it was counted: what is divided, persons behind it, and what must be said of it."""

    value: Decimal | None
    over: Decimal | None = None
    under: Decimal | None = None
    people: int | None = None
    over_people: int | None = None
    version: int = 0
    says: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed figure with ours as it may be shown. `ours` is None where it is hidden or not there."""

    printed: Printed
    indicator: Indicator | None
    ours: Ours | None
    mark: Mark
    verdict: Verdict

    @property
    def conflicts(self) -> bool:
        """Whether the print contradicts itself, or has the wrong unit."""
        return self.printed.target.conflict is not None or bool(self.printed.target.printed_unit)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: as of which day, and each printed figure's own by the id of its entry."""

    day: date
    made_ms: int
    figures: Mapping[UUID, Ours]


# ── what is printed ───────────────────────────────────────────────────────────────────────────────


@engine.house()
def printed(within: Unit | None = None) -> tuple[Printed, ...]:
    """What is printed of a unit and those below it, the units in the order of their codes and the figures in
    that in which they were recorded."""
    found: list[tuple[Entry, Unit, Target]] = []
    for unit in units_with("printed_figure"):
        excerpt = excerpts.of_file(file_of(unit.code), {PRINTED}, unseal={PRINTED})
        for entry in sorted(excerpt.counted, key=lambda e: e.recorded_at) if excerpt else ():
            if (target := _target(entry, unit)) is not None:
                found.append((entry, unit, target))
    spans = [target.period for _, _, target in found if target.period is not None]
    return tuple(
        Printed(
            e.id, unit, t, t.period or _span(spans, e.happened_on), e.happened_on, str(e.get("source") or "")
        )
        for e, unit, t in found
        if within is None or within.code in unit.path
    )


def _span(spans: Sequence[Period], day: date) -> Period:
    if not spans:
        return Period.year(day.year)
    return Period.span(min(p.first for p in spans), max(p.last for p in spans))


def _target(entry: Entry, unit: Unit) -> Target | None:
    """The entry as a figure of a targets file; None where it cannot be one."""

    def said(name: str) -> str:
        return str(entry.get(name) or "")

    try:
        value = Decimal(said("value"))
        conflict = Decimal(said("conflict")) if said("conflict") else None
    except InvalidOperation:
        return None
    if said("unit") not in COUNTING_UNITS:
        return None
    first, last = entry.get("first"), entry.get("last")
    period = None
    if isinstance(first, date) or isinstance(last, date):
        begins, ends = first or last, last or first
        assert isinstance(begins, date)
        assert isinstance(ends, date)
        period = Period.span(min(begins, ends), max(begins, ends))
    key = said("indicator")
    versions = indicator_versions().get(key)
    return Target(
        key=key, label=said("label"), scope=unit.code, value=value, unit=said("unit"),
        exact=said("exact") != "no", period=period, printed_unit=said("printed_unit"),
        imported=bool(versions and versions[-1].imported), conflict=conflict, note=said("note"), where=key,
    )  # fmt: skip


def fields_of(one: Target, source: str) -> dict[str, Value]:
    """A printed figure as the fields of an entry."""
    fields: dict[str, Value] = {
        "label": one.label[:200],
        "indicator": one.key,
        "value": format(one.value, "f"),
        "unit": one.unit,
        "exact": "yes" if one.exact else "no",
    }
    if one.printed_unit:
        fields["printed_unit"] = one.printed_unit
    if one.period is not None:
        fields |= {"first": one.period.first, "last": one.period.last}
    if one.conflict is not None:
        fields["conflict"] = format(one.conflict, "f")
    if one.note:
        fields["note"] = one.note[:4000]
    if source:
        fields["source"] = source
    return fields


# ── counting ours ─────────────────────────────────────────────────────────────────────────────────


def count(rows: Source, some: Iterable[Printed]) -> dict[UUID, Ours]:
    """Our figure beside each printed one. A figure whose indicator or unit is not there has none."""
    versions, places = indicator_versions(), {place.code for place in rows.places()}
    groups: dict[tuple[str, Period], list[Printed]] = {}
    for one in some:
        if one.target.key in versions and one.unit.code in places:
            groups.setdefault((one.unit.code, one.period), []).append(one)
    found: dict[UUID, Ours] = {}
    for group in groups.values():
        asked = Targets({}, tuple(_asked(one) for one in group))
        try:
            found.update(
                (one.id, _ours(c)) for one, c in zip(group, compare(asked, versions, rows), strict=True)
            )
        except GuituError as wrong:
            found.update((one.id, Ours(None, says=(wrong.label,))) for one in group)
    return found


def _asked(one: Printed) -> Target:
    t = one.target
    return Target(key=t.key, label=t.label, scope=one.unit.code, value=t.value, unit=t.unit, exact=t.exact,
                  period=one.period, where=t.key)  # fmt: skip


def _ours(one: Compared) -> Ours:
    figure = one.figure
    behind = figure.parts.get("over.n")
    return Ours(
        _decimal(figure.value),
        _decimal(figure.over),
        _decimal(figure.under),
        figure.n,
        int(behind) if behind is not None else None,
        figure.version,
        tuple(warning.label for warning in figure.warnings),
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@engine.house()
def work_out(rows: Source, folder: Path, day: date, made_ms: int) -> int:
    """Count every printed figure and put ours beside the board; how many there are."""
    figures = count(rows, printed())
    content = {
        "day": day.isoformat(),
        "made_ms": made_ms,
        "figures": {str(identifier): _as_json(one) for identifier, one in figures.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{FILE}"
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, folder / FILE)
    return len(figures)


def counted(folder: Path) -> Counted | None:
    """What was counted last; None if nothing was."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
        figures = {UUID(name): _from_json(one) for name, one in said["figures"].items()}
        return Counted(date.fromisoformat(said["day"]), int(said["made_ms"]), figures)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _as_json(one: Ours) -> dict[str, Any]:
    return {
        "value": _text(one.value),
        "over": _text(one.over),
        "under": _text(one.under),
        "people": one.people,
        "over_people": one.over_people,
        "version": one.version,
        "says": [[label.zh, label.en] for label in one.says],
    }


def _from_json(said: Mapping[str, Any]) -> Ours:
    return Ours(
        _decimal(said["value"]),
        _decimal(said["over"]),
        _decimal(said["under"]),
        said["people"],
        said["over_people"],
        said["version"],
        tuple(Label(zh, en) for zh, en in said["says"]),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


# ── what may be shown ─────────────────────────────────────────────────────────────────────────────


def lines(some: Iterable[Printed], made: Counted | None, hidden: Mapping[Any, Mark]) -> tuple[Line, ...]:
    """The printed figures with ours as it may be shown."""
    figures = made.figures if made else {}
    return tuple(_line(one, figures.get(one.id), hidden.get(one.id, "")) for one in some)


def hidden(every: Iterable[Printed], made: Counted | None) -> dict[Any, Mark]:
    """What must stay hidden, over all figures that are printed anywhere."""
    figures, listed = (made.figures if made else {}), []
    for one in every:
        ours, indicator = figures.get(one.id), _indicator(one.target.key, figures.get(one.id))
        if ours is None or ours.value is None or indicator is None:
            continue
        over = ours.over if ours.over is not None else ours.value
        listed.append(
            Listed(one.id, indicator, one.unit.path, one.period, int(over),
                   None if ours.under is None else int(ours.under), ours.people, ours.over_people)
        )  # fmt: skip
    return dict(marks(listed))


def _indicator(key: str, ours: Ours | None) -> Indicator | None:
    versions = indicator_versions().get(key)
    if not versions:
        return None
    return next((v for v in versions if ours and v.version == ours.version), versions[-1])


def _line(one: Printed, ours: Ours | None, mark: Mark) -> Line:
    indicator = _indicator(one.target.key, ours)
    if mark:
        return Line(one, indicator, None, mark, "hidden")
    if ours is None:
        return Line(one, indicator, None, "", "uncounted")
    if ours.value is None:
        return Line(one, indicator, ours, "", "missing")
    if one.target.agrees(ours.value):
        return Line(one, indicator, ours, "", "equal")
    return Line(one, indicator, ours, "", "different" if one.target.exact else "near")


# ── editions ──────────────────────────────────────────────────────────────────────────────────────

_EACH: Final = 30
"""Figures in one entry of an edition: a long text holds four thousand characters."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a unit published on a day, as it was shown."""

    id: str
    unit: Unit
    day: date
    counted_on: date
    lines: tuple[Line, ...]


def content_of(some: Sequence[Line]) -> tuple[str, ...]:
    """What an edition keeps of these lines, in texts that fit an entry each: one line a figure, the id of the
    printed figure and ours; a hidden one as its mark only."""
    rows = []
    for line in some:
        ours = line.ours
        said = (
            [f"※{line.mark}"]
            if line.mark
            else [""]
            if ours is None
            else [_text(ours.value) or "", _text(ours.over) or "", _text(ours.under) or "", str(ours.version)]
        )
        when = line.printed.period
        rows.append("|".join([line.printed.id.hex, f"{when.first}", f"{when.last}", *said]))
    return tuple("\n".join(rows[at : at + _EACH]) for at in range(0, len(rows), _EACH))


@engine.house()
def editions(within: Unit | None = None) -> tuple[Edition, ...]:
    """The latest edition of each unit, the highest units first."""
    found = []
    for unit in sorted(units_with("scoreboard_published", within), key=lambda u: (u.depth, u.code)):
        excerpt = excerpts.of_file(file_of(unit.code), {PUBLISHED, PRINTED}, unseal={PUBLISHED, PRINTED})
        if excerpt is None:
            continue
        published = [e for e in excerpt.counted if e.kind == PUBLISHED]
        if not published:
            continue
        last = max(published, key=lambda e: (e.happened_on, e.recorded_at))
        parts = [e for e in published if e.get("edition") == last.get("edition")]
        parts.sort(key=lambda e: int(str(e.get("part"))))
        counted_on = last.get("counted_on")
        assert isinstance(counted_on, date)
        content = "\n".join(str(e.get("content") or "") for e in parts)
        found.append(
            Edition(str(last.get("edition")), unit, last.happened_on, counted_on, _read(unit, content))
        )
    return tuple(found)


def _read(unit: Unit, content: str) -> tuple[Line, ...]:
    """The lines of an edition. What was corrected since is shown as it was then."""
    there = _ever_printed(unit)
    found = []
    for row in content.splitlines():
        identifier, first, last, *said = row.split("|")
        ever = there.get(UUID(hex=identifier))
        if ever is None:
            continue
        entry, about, target = ever
        when = Period.span(date.fromisoformat(first), date.fromisoformat(last))
        one = Printed(entry.id, about, target, when, entry.happened_on, str(entry.get("source") or ""))
        if said[0].startswith("※"):
            mark: Mark = "small" if said[0] == "※small" else "also"
            found.append(_line(one, None, mark))
        elif len(said) == 4:
            value, over, under = (Decimal(text) if text else None for text in said[:3])
            found.append(_line(one, Ours(value, over, under, version=int(said[3])), ""))
        else:
            found.append(_line(one, None, ""))
    return tuple(found)


def _ever_printed(within: Unit) -> dict[UUID, tuple[Entry, Unit, Target]]:
    """Every printed figure by its id, also those corrected or withdrawn since."""
    found: dict[UUID, tuple[Entry, Unit, Target]] = {}
    for unit in units_with("printed_figure", within):
        excerpt = excerpts.of_file(file_of(unit.code), {PRINTED}, unseal={PRINTED})
        for entry in excerpt.case_file.entries if excerpt else ():
            if entry.kind == PRINTED and (target := _target(entry, unit)) is not None:
                found[entry.id] = entry, unit, target
    return found
