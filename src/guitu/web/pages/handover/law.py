"""The clocks that the law itself sets for a hand-over: notice before a release, reporting in, the transfer to
a justice centre. Their days are those of the rules; here they are only shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from guitu.kernel.labels import Label
from guitu.pathway.model import Duty
from guitu.web.component import Text
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import word_of

COLUMNS: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("期限", "Clock"), phone="lead"),
    Column(Label("应于", "Due")),
    Column(Label("办理", "Done")),
    Column(Label("依据", "Basis")),
)


def table(duties: Sequence[Duty], on: date) -> Table | None:
    """These duties with their days and articles; None where there is none."""
    if not duties:
        return None
    return Table(
        Label("法定期限", "Clocks set by law"), COLUMNS, tuple(_row(duty, on) for duty in duties), id="law"
    )


def _row(duty: Duty, on: date) -> Row:
    owed = Label("本人", "The person") if duty.owed_by == "person" else Label("机关", "The authority")
    due: Text = duty.due.isoformat() if duty.due else Label("尽快", "Promptly")
    cites = duty.because.cites
    return Row(
        (
            Cell(part=word_of(duty, on)),
            Cell(duty.label, sub=owed),
            due,
            duty.done_on.isoformat() if duty.done_on else "—",
            Label(" ".join(c.label.zh for c in cites), " ".join(c.label.en for c in cites)),
        ),
        f"law-{duty.name}",
    )
