"""Makes the lines of caseloads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote_plus

from guitu.home import caseload
from guitu.kernel.labels import Label, many
from guitu.store.home.caseloads import Caseload, Office
from guitu.store.units import Unit, tree
from guitu.web.component import Text
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.pages.caseloads.page import MOVES, NORMS_LABEL, OFFICES, WORKERS, CaseloadsPage

AREAS: Final = frozenset({"prefecture", "county", "town", "village"})
"""Levels that answer for people in the community."""
NOBODY: Final = Label("没有专干", "No worker")
MOST_VILLAGES: Final = 4
"""So many of a worker's villages are named; the others are counted."""


def town(unit: Unit, home: Unit, norm: int, lines: Sequence[Caseload]) -> CaseloadsPage:
    """Worker by worker, and how they could share."""
    people = sum(line.people for line in lines)
    workers = [line for line in lines if line.name]
    shared = caseload.share({line.name: line.people for line in workers}, norm)
    above = sum(1 for line in workers if line.people > norm)
    lead = Label(
        f"{unit.name}：{len(workers)} 名专干，{people} 人" + (f"；{above} 人超过 {norm}：1" if above else ""),
        f"{unit.name}: {many(len(workers), 'worker')}, {many(people, 'person', 'people')}"
        + (f"; {above} above {norm}:1" if above else ""),
    )
    proposals = Table(
        Label("可以这样分担", "Could be shared like this"),
        MOVES,
        tuple(Row((move.giver, move.taker, str(move.people))) for move in shared.moves),
        id="moves",
    )
    empty = Empty(Label("没有社区戒毒、社区康复在册人员。", "Nobody under community treatment or recovery."))
    return CaseloadsPage(
        lead,
        _crumbs(unit, home, norm),
        _norms(unit, home, norm),
        Table(
            Label("按专干", "By worker"), WORKERS, tuple(_worker(line, norm, unit, home) for line in lines),
            empty=None if lines else empty,
        ),
        proposals if shared.moves else None,
        _lacking(shared.lacking, norm),
    )  # fmt: skip


def _worker(line: Caseload, norm: int, unit: Unit, home: Unit) -> Row:
    over = line.people - norm
    word: Word | None = None
    if not line.name:
        word = Word("gap", Label("请指定专干", "Name a worker"))
    elif over > 0:
        word = Word("gap", Label(f"超 {over} 人", f"{over} above"))
    at = "" if unit.no == home.no else f"&unit={unit.code}"
    href = f"/?worker={quote_plus(line.name)}{at}" if line.name and line.people else ""
    names = [village.name for village in line.units[:MOST_VILLAGES]]
    more = len(line.units) - len(names)
    zh, en = "、".join(names), ", ".join(names)
    villages = Label(f"{zh} 等 {len(line.units)} 个", f"{en} and {more} more") if more > 0 else Label(zh, en)
    return Row(
        (
            Cell(line.name or NOBODY, href), Cell(villages), str(line.people), str(line.overdue),
            Cell(part=word) if word else "",
        )
    )  # fmt: skip


def offices(unit: Unit, home: Unit, norm: int, lines: Sequence[Office]) -> CaseloadsPage:
    """Office by office, the fullest first."""
    people, workers = sum(line.people for line in lines), sum(line.workers for line in lines)
    lead = Label(
        f"{unit.name}：{len(lines)} 个下级单位，{workers} 名专干，{people} 人",
        f"{unit.name}: {many(len(lines), 'unit')} below, {many(workers, 'worker')},"
        f" {many(people, 'person', 'people')}",
    )
    order = sorted(lines, key=lambda line: (-_each(line), line.unit.code))
    return CaseloadsPage(
        lead,
        _crumbs(unit, home, norm),
        _norms(unit, home, norm),
        Table(
            Label("按单位", "By unit"),
            OFFICES,
            tuple(_office(line, norm) for line in order),
        ),
        lacking=_lacking(sum(_lack(line, norm) for line in lines), norm),
    )


def _each(line: Office) -> float:
    """People to a worker; with people and no worker at all, more than any number."""
    if not line.workers:
        return float("inf") if line.people else 0
    return line.people / line.workers


def _lack(line: Office, norm: int) -> int:
    return max(0, -(-line.people // norm) - line.workers)


def _office(line: Office, norm: int) -> Row:
    each: Text = f"{_each(line):.0f}" if line.workers else "—"
    vacant: Cell | Text = "0"
    if line.vacant:
        vacant = Cell(part=Word("gap", Label(f"{line.vacant} 个村", many(line.vacant, "village"))))
    return Row(
        (
            Cell(line.unit.name, _href(line.unit, None, norm)), f"{line.people:,}", f"{line.workers:,}", each,
            str(_lack(line, norm)), vacant, f"{line.overdue:,}",
        )
    )  # fmt: skip


def _lacking(lacking: int, norm: int) -> Text:
    if not lacking:
        return ""
    return Label(
        f"按 {norm}：1 还差 {lacking} 名专干。",
        f"At {norm}:1, {many(lacking, 'worker is', 'workers are')} lacking.",
    )


def _norms(unit: Unit, home: Unit, norm: int) -> Tabs:
    return Tabs(
        tuple(Tab(Label(f"{n}：1", f"{n}:1"), _href(unit, home, n), here=n == norm) for n in caseload.NORMS),
        NORMS_LABEL,
    )


def _crumbs(unit: Unit, home: Unit, norm: int) -> Crumbs | None:
    way = [one for one in tree().ancestors(unit) if one.depth >= home.depth]
    if len(way) < 2:
        return None
    return Crumbs((*(Crumb(u.name, _href(u, home, norm)) for u in way[:-1]), Crumb(unit.name)))


def _href(unit: Unit, home: Unit | None, norm: int) -> str:
    """Where a unit is, compared with a norm; the reader's own and the usual norm are not named."""
    asked = [f"unit={unit.code}"] if home is None or unit.no != home.no else []
    asked += [f"norm={norm}"] if norm != caseload.NORM else []
    return "/caseloads/" + (f"?{'&'.join(asked)}" if asked else "")
