"""What was decided at the last meeting, as a pack tells it."""

from __future__ import annotations

from typing import Final

from guitu.exchange.packs.content import Pack
from guitu.exchange.packs.words import NOTHING
from guitu.kernel.labels import Label
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word

_ACTION: Final = {
    "open": ("open", Label("办理中", "Under way")),
    "late": ("late", Label("逾期未办结", "Overdue")),
    "done": ("done", Label("已办结", "Done")),
    "dropped": ("barred", Label("不再办理", "No longer pursued")),
}


def action_word(state: str) -> Word:
    """How far an action is."""
    kind, label = _ACTION[state]
    return Word(kind, label)


def actions(pack: Pack) -> Table | None:
    """What was decided last time, and how far it is; None where nothing was."""
    if not pack.actions:
        return None
    heads = (
        Column(Label("事项", "What"), phone="lead"),
        Column(Label("责任单位", "Whose")),
        Column(Label("期限", "By when")),
        Column(Label("落实情况", "State"), phone="bare"),
    )
    rows = tuple(
        Row(
            (
                a.text,
                a.owner,
                a.due.isoformat() if a.due else NOTHING,
                Cell(part=action_word(a.state), sub=a.result),
            )
        )
        for a in pack.actions
    )
    return Table(Label("议定事项", "Actions"), heads, rows, id="t-actions", hide_caption=True)
