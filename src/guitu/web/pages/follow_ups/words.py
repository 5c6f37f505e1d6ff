"""The words of follow-up campaigns, and where their pages are."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from guitu.home.campaign import OUTCOMES, Results
from guitu.kernel.labels import Label
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs

ROOT: Final = "/follow-ups/"
TITLE: Final = Label("回访", "Follow-up")
WAYS: Final = {"phone": Label("电话", "Telephone"), "visit": Label("上门", "Visit")}
SHORT: Final = {
    "reached": Label("联系到", "Spoken to"),
    "no_answer": Label("未联系上", "No answer"),
    "lost": Label("失联", "Lost"),
    "refused": Label("拒绝", "Refused"),
    "moved": Label("迁出", "Moved"),
    "in_custody": Label("羁押", "Custody"),
    "died": Label("死亡", "Died"),
    "untried": Label("未联系", "Not tried"),
}
"""Outcomes where a table has little room."""
APART: Final = {
    "died_before": Label("开始以前已死亡", "Died before it began"),
    "left_alone": Label("已不再管控，不打扰", "No longer followed by law: left alone"),
}
assert SHORT.keys() == OUTCOMES.keys()
ALL_COUNT: Final = Label(
    "回访率的分母是应回访的全部人员：失去联系、拒绝、迁出、死亡和还没有联系的都在里面。"
    "期间档案移交出去的，不再算在移出的单位。",
    "Shares are of everybody to be followed up: the lost, those who refused, moved or died, and those not"
    " tried yet are in the denominator. Whose file is handed over meanwhile no longer counts for the unit"
    " that gave it.",
)


def address(campaign: UUID | None = None, part: str = "", **query: str) -> str:
    """A page of one campaign; without one, the list of all."""
    path = f"{ROOT}{campaign}/" if campaign else ROOT
    path += f"{part}/" if part else ""
    pairs = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def share(part: int, whole: int) -> Label:
    """87.5%（35/40）; a dash where there is nobody."""
    if not whole:
        return Label("—", "—")
    percent, of = f"{100 * part / whole:.1f}%", f"{part:,}/{whole:,}"
    return Label(f"{percent}（{of}）", f"{percent} ({of})")


def unit_name(code: str, nothing: Label) -> Text:
    """The name of a unit, or what is said where there is none."""
    unit = tree().get(code) if code else None
    return unit.name if unit else nothing


def results_table(
    rows: list[tuple[Text, str, Results]], total: Results, caption: Label, head: Label, ident: str
) -> Table:
    """Results in rows, with their sum below. Each row adds up to its cohort."""

    def cells(name: Text, href: str, some: Results, *, strong: bool = False) -> tuple[Cell | Text, ...]:
        return (
            Cell(name, href, strong=strong),
            f"{some.cohort:,}",
            Cell(share(some.outcomes["reached"], some.cohort), strong=strong),
            *(f"{some.outcomes[o]:,}" for o in SHORT if o != "reached"),
            f"{some.attempts:,}",
        )

    return Table(
        caption,
        (
            Column(head, phone="lead"),
            Column(Label("应回访", "To follow up"), numeric=True),
            Column(Label("回访率", "Spoken to"), numeric=True),
            *(Column(label, numeric=True) for o, label in SHORT.items() if o != "reached"),
            Column(Label("联系次数", "Attempts"), numeric=True),
        ),
        (
            *(Row(cells(name, href, some)) for name, href, some in rows),
            Row(cells(Label("合计", "Total"), "", total, strong=True)),
        ),
        id=ident,
        hide_caption=True,
        wide=True,
    )


def tabs(campaign: UUID, here: str, unit: str) -> Tabs:
    """The two pages of a campaign."""
    return Tabs(
        (
            Tab(Label("结果", "Results"), address(campaign, unit=unit), here == ""),
            Tab(Label("每周名单", "Week by week"), address(campaign, "week", unit=unit), here == "week"),
        ),
        TITLE,
    )
