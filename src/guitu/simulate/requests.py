"""What people in the fictional province ask for, and what they are answered: laid over a history that is
written.

A few files have a request in them; most are answered, some wait. Nothing is asked before the file exists,
after a death, or on the day the province is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from guitu.casefile import Entry, Value
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA

_ASKS: Final = 0.12
_ANSWERED: Final = 0.7
_TAKEN_BACK: Final = 0.5
_RECENT_DAYS: Final = 240

_HELP: Final = (
    ("work", "想找一份附近的工。", "given", "已介绍到镇上的合作社，下周一去看。"),
    ("medical", "老胃病，想看医生。", "given", "已联系卫生院，周三上午就诊。"),
    ("allowance", "家里困难，想问低保。", "referred", "已转镇民政办，请带户口簿。"),
    ("housing", "房子漏雨。", "unable", "今年名额已满，明年一月可以再报。"),
    ("school", "想学修车。", "referred", "已报名县技工学校春季班。"),
    ("family", "想和孩子多见面。", "given", "已与家里谈过，周末可以回去。"),
)


class _Pen:
    """Writes into one file after what is there."""

    def __init__(self, entries: Sequence[Entry], rng: Random, today: date) -> None:
        self.entries, self.rng, self.today = entries, rng, today
        self.made: list[Entry] = []
        held = [e for e in entries if e.kind == "responsible_unit"] or list(entries[:1])
        self.author, self.unit = held[-1].author, held[-1].unit
        self.person = f"my-{entries[0].file.hex[-6:]}"

    def add(self, day: date, kind: str, *, own: bool = True, **fields: Value) -> Entry | None:
        """One more entry; nothing if its day has not come."""
        if day >= self.today:
            return None
        at = datetime.combine(day, time(10, self.rng.randrange(60)), CHINA)
        entry = Entry(
            id=uuid7(int(at.timestamp() * 1000), self.rng.randbytes(10)),
            file=self.entries[0].file,
            kind=kind,
            happened_on=day,
            recorded_at=at,
            author=self.person if own else self.author,
            unit="" if own else self.unit,
            fields=fields,
        )
        self.made.append(entry)
        return entry

    def answer(self, request: Entry | None, kind: str, **fields: Value) -> None:
        """Most requests are answered after some days."""
        if request is not None and self.rng.random() < _ANSWERED:
            day = request.happened_on + timedelta(days=1 + self.rng.randrange(5))
            self.add(day, kind, own=False, to=str(request.id), **fields)


def with_requests(entries: tuple[Entry, ...], seed: str, today: date) -> tuple[Entry, ...]:
    """The entries of a life, and in a few lives what was asked and answered."""
    rng = Random(f"requests/{seed}")
    if rng.random() >= _ASKS or not entries or any(e.kind == "death" for e in entries):
        return entries
    first = max(entries[-1].recorded_at.date(), today - timedelta(days=_RECENT_DAYS))
    span = (today - first).days - 1
    if span < 1:
        return entries
    pen = _Pen(entries, rng, today)
    _SCRIPTS[rng.randrange(len(_SCRIPTS))](pen, first + timedelta(days=1 + rng.randrange(span // 2 + 1)))
    if not pen.made:
        return entries
    return tuple(sorted((*entries, *pen.made), key=lambda e: e.recorded_at))


def _help(pen: _Pen, day: date) -> None:
    need, said, outcome, answer = pen.rng.choice(_HELP)
    asked = pen.add(day, "help_request", need=need, text=said)
    pen.answer(asked, "help_answer", outcome=outcome, text=answer)


def _correction(pen: _Pen, day: date) -> None:
    asked = pen.add(day, "correction_request", text="户籍地写错了。")
    outcome, text = pen.rng.choice((("corrected", "已按户口簿更正。"), ("refused", "与户口簿一致，没有错。")))
    pen.answer(asked, "correction_reply", outcome=outcome, text=text)


def _objection(pen: _Pen, day: date) -> None:
    tests = [e for e in pen.entries if e.kind == "urine_test" and e.get("outcome") == "taken"]
    if tests:
        asked = pen.add(day, "objection", entry=str(tests[-1].id), text="当天吃了感冒药。")
        pen.answer(asked, "objection_answer", outcome="laboratory", text="已送实验室检测。")


def _legal_aid(pen: _Pen, day: date) -> None:
    asked = pen.add(day, "remedy_request", what="legal_aid", text="想请律师。")
    moves = [e for e in pen.entries if e.kind in ("admission", "release")]
    if asked is not None and moves and moves[-1].kind == "admission":
        pen.author, pen.unit = moves[-1].author, moves[-1].unit
        to, centre = str(asked.id), "示例法律援助中心"
        pen.add(day + timedelta(days=1), "legal_aid_forwarded", own=False, to=to, forwarded_to=centre)


def _reconsideration(pen: _Pen, day: date) -> None:
    asked = pen.add(day, "remedy_request", what="reconsideration", filed_with="示例县人民政府")
    if asked is not None:
        pen.add(day + timedelta(days=40), "remedy_outcome", to=str(asked.id), outcome="upheld")


def _family(pen: _Pen, day: date) -> None:
    until = pen.today + timedelta(days=90)
    given = pen.add(day, "family_consent", who="某某某", relation="母亲", parts="duties", until=until)
    if given is not None and pen.rng.random() < _TAKEN_BACK:
        pen.add(day + timedelta(days=5), "family_consent_withdrawn", to=str(given.id))


def _copy(pen: _Pen, day: date) -> None:
    pen.add(day, "own_copy_given", form="pdf", restricted="no")


_SCRIPTS: Final[tuple[Callable[[_Pen, date], None], ...]] = (
    _help, _help, _help, _correction, _correction, _objection, _legal_aid, _legal_aid, _reconsideration,
    _family, _copy,
)  # fmt: skip
