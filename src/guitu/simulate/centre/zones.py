"""The zones, as the demonstration tells them: what was reviewed before each movement, why some stay, and how
the first centre has set its zones up (invented; the women's centre has set up nothing)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.simulate.accounts import author, staff_name
from guitu.simulate.centre import Add, Stay
from guitu.simulate.life import stamp

PLANNED: Final = "46J01"
LONGEST: Final = {"detox": 15, "adaptation": 60, "return": 40}
SHORTEST: Final = {"detox": 3, "adaptation": 30, "return": 20}
CRITERIA: Final = {
    "detox": "毒品检测阴性\n不再使用控制戒断症状的药物\n急性戒断症状消失",
    "adaptation": "入所教育满一个月并考核合格\n了解权利和义务\n有个人戒治计划",
    "consolidation": "完成个人戒治计划的主要内容\n阶段评估合格",
    "return": "回归指导课程完成\n与乡镇对接",
}
FIVE: Final = ("test_negative", "medicine_stopped", "acute_over", "no_protracted", "mind_settled")
BASIS: Final = "示例：本所规定（虚构，未核实）"
_MOVES: Final = ("本阶段的条件均已达到。", "考核合格，情绪稳定。", "戒治计划按时完成，同意流转。")
_STAYS: Final = (
    "住院治疗后恢复，入所教育未完成。", "考核未合格，补课后再评。", "情绪波动，咨询师建议暂缓。",
    "本人申请补修课程，下月再评。",
)  # fmt: skip


def of_centre(centre: str, _stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """How the centre has set up its zones."""
    if centre != PLANNED:
        return
    fields: dict[str, Value] = {f"{zone}_used": "yes" for zone in CRITERIA}
    fields |= {f"{zone}_criteria": text for zone, text in CRITERIA.items()}
    fields |= {f"{zone}_longest": days for zone, days in LONGEST.items()}
    fields |= {f"{zone}_shortest": days for zone, days in SHORTEST.items()}
    add(centre, today - timedelta(days=500), "zone_plan", "centre_head", **fields, basis=BASIS)


def of_file(stay: Stay, file: UUID, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """A review before each movement in this centre, the zone on arrival, and why somebody stays too long."""
    rng = Random(f"zones/{file.hex}")
    pen = Writer(stay, file, rng)
    moves = [e for e in entries if e.kind == "zone_move" and e.happened_on > stay.transferred]
    told = [
        pen.entry(stay.transferred, "zone_move", "intake_officer", stay.centre, zone="detox"),
        *_reviews(stay, pen, rng, moves),
    ]
    return merged(entries, told)


def _reviews(stay: Stay, pen: Writer, rng: Random, moves: list[Entry]) -> Iterator[Entry | None]:
    zone, since = "detox", stay.transferred
    officer = ("brigade_officer", stay.brigade)
    for move in sorted(moves, key=lambda e: e.happened_on):
        to = str(move.get("zone"))
        day = move.happened_on - timedelta(days=1)
        if zone == "detox":
            yield pen.entry(day, "physiological_check", "doctor", stay.centre, **dict.fromkeys(FIVE, "yes"))
        fields: dict[str, Value] = {
            "from_zone": zone, "outcome": "move", "to_zone": to, "reasons": rng.choice(_MOVES),
            "assessors": staff_name("teacher", stay.centre),
        }  # fmt: skip
        if zone == "detox":
            fields["physiological"] = "pass"
        if zone in CRITERIA:
            fields["criteria_met"] = CRITERIA[zone]
        if day > since:
            yield pen.entry(day, "zone_review", *officer, **fields)
        zone, since = to, move.happened_on
    days = (stay.today - since).days + 1
    limit = LONGEST.get(zone)
    if stay.until is not None or stay.centre != PLANNED:
        return
    if limit is not None and days > limit and rng.random() < 0.7:
        day = stay.today - timedelta(days=rng.randint(1, min(6, days - 1)))
        yield pen.entry(
            day, "zone_review", *officer, from_zone=zone, outcome="stay", reasons=rng.choice(_STAYS),
            criteria_unmet=CRITERIA[zone].splitlines()[-1],
        )  # fmt: skip
    elif zone == "adaptation" and days > SHORTEST[zone] and rng.random() < 0.25:
        yield pen.entry(
            stay.today - timedelta(days=2), "zone_review", *officer, from_zone=zone, outcome="move",
            to_zone="consolidation", reasons=rng.choice(_MOVES), criteria_met=CRITERIA[zone],
        )  # fmt: skip


class Writer:
    """Writes entries straight into one file, with moments and ids of its own dice: for what rests on entries
    that others have told."""

    def __init__(self, stay: Stay, file: UUID, rng: Random) -> None:
        self.stay, self.file, self.rng, self.place = stay, file, rng, 60

    def entry(
        self,
        day: date,
        kind: str,
        role: str,
        unit: str,
        /,
        *,
        by: str = "",
        source: str = "",
        corrects: UUID | None = None,
        at: datetime | None = None,
        **fields: Value,
    ) -> Entry | None:
        """One entry of that day; None if the day has not come, or lies outside the stay."""
        if day >= self.stay.today or day < self.stay.transferred or day > (self.stay.until or day):
            return None
        if day > self.stay.life.ends:
            return None
        self.place += 1
        moment, identifier = stamp(
            self.rng, day.toordinal(), self.stay.today.toordinal() - 1, self.place % 150
        )
        return Entry(
            id=identifier,
            file=self.file,
            kind=kind,
            happened_on=day,
            recorded_at=at or moment,
            author=by or author(role, unit),
            unit=unit,
            fields=fields,
            corrects=corrects,
            source=source,
        )


def merged(entries: Iterable[Entry], told: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """All of them in the order in which they were recorded."""
    every = [*entries, *(e for e in told if e is not None)]
    return tuple(sorted(every, key=lambda e: e.recorded_at))
