"""Consultations with the partner hospital, as the demonstration tells them: one at every step, for those of
the first centre who have something that lasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.centre.consulting import CONSENT, REQUEST, offered
from guitu.centre.times import moment_of
from guitu.kernel.ids import uuid7
from guitu.simulate.accounts import DEMO_CENTRE, DEMO_HOSPITAL, author, staff_name
from guitu.simulate.centre import Stay

SHARE: Final = 0.3
"""Of those with something that lasts, how many were asked about."""
_TOLD: Final = {
    "高血压": ("血压控制不好，怎样调整用药？", "I10", "缬沙坦胶囊", "粒"),
    "2 型糖尿病": ("血糖波动，是否需要调整？", "E11.9", "格列美脲片", "片"),
    "慢性胃炎": ("反复上腹不适，下一步怎样查？", "K29.5", "铝碳酸镁咀嚼片", "片"),
    "失眠": ("睡眠药物怎样减停？", "G47.0", "佐匹克隆片", "片"),
}
_WAYS: Final = ("asked", "accepted", "advised", "advised", "closed", "closed", "declined", "refused")
_FROM: Final = ("asked", "accepted", "advised")
"""Those still open: of the last days, so that both worklists have work."""


def of_file(stay: Stay, file: UUID, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The file with one consultation in it, if this person had one."""
    rng = Random(f"remote/{file.hex}")
    plan = next((e for e in entries if e.kind == "chronic_plan"), None)
    if stay.centre != DEMO_CENTRE or stay.until is not None or plan is None or rng.random() > SHARE:
        return entries
    way = rng.choice(_WAYS)
    back = rng.randrange(1, 4) if way in _FROM else rng.randrange(4, 30)
    day = stay.today - timedelta(days=back)
    if not stay.inside(day) or day <= plan.happened_on:
        return entries
    told = _Pen(file, rng)
    _consultation(told, way, day, str(plan.get("condition")), entries)
    return tuple(sorted((*entries, *told.entries), key=_recorded))


def _recorded(entry: Entry) -> datetime:
    return entry.recorded_at


class _Pen:
    """Writes the steps, each some minutes after the one before."""

    def __init__(self, file: UUID, rng: Random) -> None:
        self.file, self.rng = file, rng
        self.entries: list[Entry] = []

    def write(self, kind: str, role: str, unit: str, at: datetime, day: date, **fields: Value) -> Entry:
        """One step."""
        entry = Entry(
            id=uuid7(int(at.timestamp() * 1000), self.rng.randbytes(10)),
            file=self.file,
            kind=kind,
            happened_on=day,
            recorded_at=at,
            author=author(role, unit),
            unit=unit,
            fields=fields,
        )
        self.entries.append(entry)
        return entry


def _consultation(pen: _Pen, way: str, day: date, condition: str, entries: tuple[Entry, ...]) -> None:
    question, code, drug, dose_unit = _TOLD.get(condition, _TOLD["高血压"])
    clock = moment_of(day, 840) + timedelta(minutes=pen.rng.randrange(60))

    def later(low: int, high: int) -> datetime:
        nonlocal clock
        clock += timedelta(minutes=pen.rng.randrange(low, high))
        return clock

    def centre(kind: str, at: datetime, **fields: Value) -> Entry:
        return pen.write(kind, "doctor", DEMO_CENTRE, at, day, **fields)

    signed = f"{staff_name('hospital_doctor', DEMO_HOSPITAL)}（示范省人民医院）"
    yes = way != "refused"
    given: dict[str, Value] = (
        {"by": "self", "video": "yes", "named": "yes" if pen.rng.random() < 0.3 else "no"} if yes else {}
    )
    consent = centre(CONSENT, clock, answer="yes" if yes else "no", **given)
    if not yes:
        return
    before = [e for e in entries if e.recorded_at < clock and e.kind != "void" and e.corrects is None]
    shown = offered(before, day)[:8]
    request = centre(
        REQUEST,
        later(4, 12),
        hospital=DEMO_HOSPITAL,
        urgency="soon",
        question=question,
        consent=str(consent.id),
        summary=f"{condition}，长期用药，近两周控制不佳。",
        shares=" ".join(str(e.id) for e in shown),
    )
    to = str(request.id)

    def hospital(kind: str, at: datetime, **fields: Value) -> Entry:
        return pen.write(kind, "hospital_doctor", DEMO_HOSPITAL, at, day, to=to, signed=signed, **fields)

    if way == "asked":
        return
    if way == "declined":
        hospital("remote_answer", later(20, 90), answer="declined", why="本院当天没有该科医生，请改约。")
        return
    hospital("remote_answer", later(15, 60), answer="accepted", planned_on=day, planned_at=1500)
    if way == "accepted":
        return
    _held(pen, centre, hospital, later, to, code, drug, dose_unit, closed=way == "closed")


def _held(
    pen: _Pen,
    centre: Callable[..., Entry],
    hospital: Callable[..., Entry],
    later: Callable[[int, int], datetime],
    to: str,
    code: str,
    drug: str,
    dose_unit: str,
    *,
    closed: bool,
) -> None:
    """The call, what the hospital advised, and what became of it."""
    minutes = pen.rng.randrange(8, 25)
    began = later(60, 200)
    video = pen.rng.random() < 0.8
    more: dict[str, Value] = {"how": "video"} if video else {"how": "phone", "why": "医院当时没有摄像头"}
    time = began.hour * 100 + began.minute
    centre(
        "remote_call",
        later(minutes, minutes + 3),
        to=to,
        time=time,
        minutes=minutes,
        present="所内医生、护士、本人",
        **more,
    )
    hospital(
        "remote_opinion",
        later(5, 20),
        code=code,
        opinion="在原方案上加用一种药，两周后复查。",
        next="here",
        via="here",
    )
    medicine: dict[str, Value] = {
        "drug": drug,
        "dose": "1",
        "dose_unit": dose_unit,
        "route": "oral",
        "often": "once",
    }
    advised = hospital("remote_prescription", later(2, 6), via="here", **medicine)
    if not closed:
        return
    if pen.rng.random() < 0.8:
        at = later(5, 60)
        made = centre("prescription", at, **medicine)
        centre("remote_taken_over", at, to=str(advised.id), taken="yes", prescription=str(made.id))
    else:
        centre("remote_taken_over", later(5, 60), to=str(advised.id), taken="no", why="与现用药重复")
    centre("remote_closed", later(5, 30), to=to, outcome="treated")
