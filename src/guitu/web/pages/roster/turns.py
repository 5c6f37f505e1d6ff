"""Closed duty on the page of people and rules: how long each phase lasts, when batch 1 begins, and what turn
that makes for each batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, Final

from guitu.centre.roster import Closed
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field, Option
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.pages.record import day as days
from guitu.web.pages.roster.shown import ClosedPart

YES_NO: Final = (Option("yes", Label("实行", "Yes")), Option("no", Label("不实行", "No")))
PHASES: Final = {
    "duty": Label("封闭执勤", "Closed duty"),
    "isolation": Label("隔离备勤", "Isolation, on standby"),
    "home": Label("居家备勤", "Standby at home"),
}
LIMITS: Final = {
    "most_row": Label("连续封闭最多（天）", "Closed duty in a row, at most (days)"),
    "most_sum": Label("整张班表累计封闭最多（天）", "Closed duty over a whole roster, at most (days)"),
}
LONGEST: Final = 60
"""Days of one phase."""


def with_closed(data: Mapping[str, Any], given: Mapping[str, str], today: date) -> dict[str, Any]:
    """What is planned with, and the turn of closed duty as typed; without one where it is not done."""
    rules = dict(data.get("rules", {}))
    if given.get("closed") not in ("yes", "no"):
        said = Label("请选择是否实行封闭执勤。", "Say whether there is closed duty.")
        raise GuituError(said, where="f-closed")
    rules.pop("closed", None)
    if given["closed"] == "yes":
        begins = days.read(given.get("begins", ""), today)
        if not isinstance(begins, date):
            said = begins or Label("请写第 1 批开始执勤的日期。", "Enter the day batch 1 begins its duty.")
            raise GuituError(said, where="f-begins")
        closed: dict[str, Any] = {"begins": begins.isoformat()}
        for name, label in PHASES.items():
            least = 1 if name == "duty" else 0
            closed[name] = _days(given.get(name, ""), label, f"f-{name}", least)
        for name, label in LIMITS.items():
            text = given.get(name, "").strip()
            closed[name] = _days(text, label, f"f-{name}", 1, most=366) if text else None
        turn = Closed(**{**closed, "begins": 0})
        if turn.cycle % turn.duty:
            raise GuituError(
                Label(
                    f"隔离与居家合计 {turn.cycle - turn.duty} 天，不是执勤 {turn.duty} 天的整数倍："
                    "各批接不上。",
                    f"Isolation and home make {turn.cycle - turn.duty} days, no multiple of {turn.duty} days"
                    " of duty: the batches would not follow on one another.",
                ),
                where="f-isolation",
            )
        highest = max((p["batch"] for p in data["people"] if "batch" in p), default=-1)
        if highest >= turn.batches:
            raise GuituError(
                Label(
                    f"这样轮换有 {turn.batches} 批，人员里却有第 {highest + 1} 批。",
                    f"This turn has {turn.batches} batches, and somebody is in batch {highest + 1}.",
                ),
                where="f-duty",
            )
        rules["closed"] = closed
    return {**data, "rules": rules}


def _days(text: str, label: Label, box: str, least: int, most: int = LONGEST) -> int:
    text = text.strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise GuituError(
            Label(
                f"{label.zh.removesuffix('（天）')}写 {least} 至 {most} 的天数。",
                f"{label.en.removesuffix(' (days)')}: days from {least} to {most}.",
            ),
            where=box,
        )
    return int(text)


def part(
    data: Mapping[str, Any], typed: Mapping[str, str], faults: Mapping[str, Any], on: date
) -> ClosedPart:
    """The form, and the turn of each batch from that day on."""
    kept = data.get("rules", {}).get("closed")
    known = {f.name: f.default for f in fields(Closed)} | {"begins": ""} | (kept or {})

    def field(name: str, label: Label, kind: str, **more: Any) -> Field:
        value = known.get(name)
        shown = typed.get(name, "" if value is None else str(value))
        return Field(name, label, kind, shown, error=faults.get(f"f-{name}", ""), **more)  # type: ignore[arg-type]

    chosen = typed.get("closed", "yes" if kept else "no")
    error = faults.get("f-closed", "")
    first = Label("第 1 批开始执勤", "Batch 1 begins its duty")
    boxes = (
        Field("closed", Label("封闭执勤", "Closed duty"), "choice", chosen, options=YES_NO, error=error),
        field("begins", first, "day", hint=days.HINT, optional=True),
        *(
            field(name, Label(f"{label.zh}（天）", f"{label.en} (days)"), "whole", optional=True)
            for name, label in PHASES.items()
        ),
        *(field(name, label, "whole", optional=True) for name, label in LIMITS.items()),
    )
    button = Button(Label("保存封闭执勤", "Save closed duty"), name="form", value="closed")
    return ClosedPart(boxes, button, _turn(kept, on) if kept else None)


def _turn(kept: Mapping[str, Any], on: date) -> Table:
    """Of each batch where it is on a day, and when its next duty begins."""
    begins = date.fromisoformat(kept["begins"])
    closed = Closed(**{**kept, "begins": 0})
    today = (on - begins).days
    rows = []
    for batch in range(closed.batches):
        phase = closed.phase(batch, today)
        last = next(n for n in range(today, today + closed.cycle + 1) if closed.phase(batch, n + 1) != phase)
        first = next(
            n
            for n in range(today + 1, today + closed.cycle + 1)
            if closed.phase(batch, n) == "duty" and closed.phase(batch, n - 1) != "duty"
        )
        rows.append(
            Row(
                (
                    str(batch + 1),
                    PHASES[phase],
                    (begins + timedelta(days=last)).isoformat(),
                    (begins + timedelta(days=first)).isoformat(),
                )
            )
        )
    return Table(
        Label("各批轮换", "The turn of each batch"),
        (
            Column(Label("批次", "Batch"), phone="lead"),
            Column(Label("现在", "Now")),
            Column(Label("到", "Until")),
            Column(Label("下次执勤自", "Next duty from")),
        ),
        tuple(rows),
        counts=(Label(f"{len(rows)} 批", f"{len(rows)} batches"),),
        id="turn-list",
    )
