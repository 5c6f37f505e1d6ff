"""The people of the page, and its first line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre.observation import SCREENING, Observation
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre.epidemic import LOOK_BACK, Flow, Stores, Unscreened, Watched
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Section
from guitu.web.pages.casefile import addresses
from guitu.web.pages.epidemic.words import GROUNDS, person_at

KINDS: Final = (
    "entry_screening", "health_observation", "observation_check", "health_observation_end",
    "entry_counted", "epidemic_supply", "supply_moved", "checklist", "checklist_filled", "epidemic_case",
)  # fmt: skip
FROM: Final = (("from", "epidemic"),)
NO_LAW: Final = Label(
    "所读到的条文没有规定观察天数：以登记的“观察到哪天”为准，过了这天没有解除也没有继续的，算过期。",
    "No article we have read sets the days: the day written down counts, and past it an observation that was"
    " neither ended nor continued is over its time.",
)


def lead(flow: Flow, stores: Stores | None, on: date, *, medical: bool) -> Label:
    """The day in one sentence: what wants somebody first."""
    over = sum(1 for w in flow.watched if w.now.over(on))
    zh = [f"隔离观察 {len(flow.watched)} 人" + (f"，其中过期 {over} 人" if over else "")]
    en = [f"{len(flow.watched)} under observation" + (f", {over} over their day" if over else "")]
    if medical:
        unchecked = sum(1 for w in flow.watched if w.now.checked(on) is None)
        zh.append(f"今天还没检查 {unchecked} 人")
        en.append(f"{unchecked} not checked today")
    if flow.unscreened is not None:
        zh.append(f"进所没有筛查 {len(flow.unscreened)} 人")
        en.append(f"{len(flow.unscreened)} came in without a screening")
    if stores is not None:
        owed = sum(1 for c in stores.lists if c.owed(on))
        short = sum(1 for s in stores.supplies if s.lacking and not s.dropped)
        zh += [
            f"检查表待填 {owed} 张",
            f"物资短缺 {short} 种",
            f"今年输入病例 {stores.cases.imported} 例",
        ]
        en += [
            f"{owed} checklists to fill in",
            f"{short} supplies short",
            f"{stores.cases.imported} imported cases this year",
        ]
    return Label("；".join(zh), "; ".join(en))


def people(flow: Flow, on: date, may: Collection[str], *, medical: bool) -> tuple[Section, ...]:
    """Who is under observation, and who came in without a screening."""
    watched = Section(
        "observed", Label("隔离观察", "Under observation"), _watched(flow, on, may, medical=medical),
        says=(NO_LAW,),
    )  # fmt: skip
    if flow.unscreened is None:
        return (watched,)
    missing = Section(
        "unscreened", Label("进所没有筛查", "Came in without a screening"),
        _unscreened(flow.unscreened, may),
        says=(
            Label(
                f"近 {LOOK_BACK} 天进所、此后没有登记筛查的人。",
                f"Those who came in within {LOOK_BACK} days, with no screening recorded since.",
            ),
        ),
    )  # fmt: skip
    return watched, missing


def until_word(one: Observation, on: date) -> Word:
    """How far the day is that the observation is to end on."""
    if one.until is None:
        return Word("gap", Label("没有写期限", "No day is written"))
    if one.over(on):
        return Word(
            "late",
            Label(f"{one.until}，过期 {one.over(on)} 天", f"{one.until}, {one.over(on)} days over"),
        )
    if one.until == on:
        return Word("today", Label(f"{one.until}，今天", f"{one.until}, today"))
    return Word("open", one.until.isoformat())


def found(entry: Entry | None) -> Label | None:
    """What a screening or a check found: 36.6 ℃，无不适，继续观察."""
    if entry is None:
        return None
    heat, unwell = entry.get("temperature"), entry.get("symptoms") == "yes"
    what = "outcome" if entry.kind == SCREENING else "advice"
    follows = kinds()[entry.kind].ask(what)
    zh = [*([f"{heat} ℃"] if heat else []), "有不适" if unwell else "无不适", follows.show(entry.get(what))]
    en = [
        *([f"{heat} °C"] if heat else []),
        "unwell" if unwell else "well",
        follows.show(entry.get(what), "en").lower(),
    ]
    return Label("，".join(filter(None, zh)), ", ".join(filter(None, en)))


def _watched(flow: Flow, on: date, may: Collection[str], *, medical: bool) -> Table:
    rows = tuple(_row(w, on, may, medical=medical) for w in flow.watched)
    return Table(
        Label("隔离观察", "Under observation"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("缘由、地点", "Ground, where")),
            Column(Label("第几天", "Day"), numeric=True),
            Column(Label("观察到", "Until"), phone="bare"),
            *((Column(Label("今天检查", "Checked today"), phone="bare"),) if medical else ()),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        rows,
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        empty=None if rows else Empty(Label("没有人在隔离观察。", "Nobody is under observation.")),
        id="observed-list",
        hide_caption=True,
    )


def _row(one: Watched, on: date, may: Collection[str], *, medical: bool) -> Row:
    now = one.now
    cells: list[Cell | Label | str] = [
        Cell(one.person.name, person_at(one.person.case_no)),
        Cell(GROUNDS.get(now.ground, now.ground), sub=now.place),
        str(now.day(on)),
        Cell(part=until_word(now, on)),
    ]
    if medical:
        said = found(now.checked(on))
        cells.append(
            Cell(said) if said else Cell(part=Word("gap", Label("今天还没检查", "Not checked today")))
        )
    cells.append(_act(one, may))
    return Row(tuple(cells))


def _act(one: Watched, may: Collection[str]) -> Cell | str:
    """The nearest thing the post does for somebody under observation."""
    for kind, words in (
        ("observation_check", Label("登记检查", "Record a check")),
        ("health_observation_end", Label("解除", "End it")),
    ):
        if kind in may:
            href = addresses.record(one.person.case_no, kind, FROM)
            return Cell(part=Button(words, href=href, look="small", describes=one.person.name))
    return ""


def _unscreened(some: Collection[Unscreened], may: Collection[str]) -> Table:
    rows = []
    for one in sorted(some, key=lambda u: (u.came.happened_on, u.person.name)):
        act: Cell | str = ""
        if "entry_screening" in may:
            href = addresses.record(
                one.person.case_no, "entry_screening",
                (*FROM, ("occasion", "arrival" if one.came.kind in ("admission", "transfer") else "back")),
            )  # fmt: skip
            act = Cell(
                part=Button(
                    Label("登记筛查", "Record it"), href=href, look="small", describes=one.person.name
                )
            )
        rows.append(
            Row(
                (
                    Cell(one.person.name, person_at(one.person.case_no)),
                    kinds()[one.came.kind].label,
                    one.came.happened_on.isoformat(),
                    act,
                )
            )
        )
    return Table(
        Label("进所没有筛查", "Came in without a screening"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("怎样进所", "How")),
            Column(Label("进所日期", "Came in on")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        empty=None
        if rows
        else Empty(Label("近期进所的人都筛查过。", "Everybody who came in lately was screened.")),
        id="unscreened-list",
        hide_caption=True,
    )
