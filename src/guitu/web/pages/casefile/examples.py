"""Invented files for the gallery of states and for tests: small histories, assessed by the real rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from guitu.access import Actor, Post, Target
from guitu.casefile import CaseFile, Entry, Value
from guitu.casefile.chain import sm3
from guitu.casefile.protocol import Receipt
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.model import Assessment
from guitu.store.read import FileView
from guitu.store.read.sight import EVERYTHING, Sight, seen_by
from guitu.store.units import Tree, Unit
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile import build, page
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.casefile.saved import saved_notice
from guitu.web.pages.casefile.timeline import Reading

ON: Final = date(2026, 11, 23)
CASE: Final = "469023-2025-00012"
FILE: Final = UUID("01900000-0000-7000-8000-000000000012")
STAFF: Final = {"li.xm": "李晓梅", "wang.jg": "王建国"}

Row = tuple[str, str, dict[str, Value]]
"""A day, a kind, and answers. The answers may also hold `#recorded` (a day), `#corrects` (a row's number) and
`#reason`."""


@cache
def units() -> Tree:
    """A county, a town and two villages."""
    names = (("46", "示例省", "province"), ("469023", "示例县", "county"), ("469023101", "河西镇", "town"),
             ("469023101200", "东坡村", "village"))  # fmt: skip
    made: list[Unit] = []
    for n, (code, name, level) in enumerate(names, start=1):
        at = tuple(range(1, n + 1)) + (None,) * (5 - n)
        path = tuple(c for c, _, _ in names[:n])
        made.append(Unit(n, code, name, level, n - 1 or None, n, path, at, None, None))  # type: ignore[arg-type]
    return Tree(1, made)


_PERSON: Final[Row] = (
    "2025-02-20", "person",
    {"name": "符某某", "sex": "male", "birth": date(1985, 6, 3), "id_number": "98101019850603101X",
     "phone": "13800001402"},
)  # fmt: skip
_PLACED: Final[Row] = ("2025-02-26", "responsible_unit", {"unit": "469023101200", "worker": "李晓梅"})
_ORDER: Final[Row] = (
    "2025-02-26", "order",
    {"measure": "community_treatment", "document_no": "示公（禁）社戒决字〔2025〕12号",
     "authority": "示例县公安局"},
)  # fmt: skip
_SERVED: Final[Row] = ("2025-02-27", "served", {})
_REPORTED: Final[Row] = ("2025-03-06", "reporting_in", {})
_SIGNED: Final[Row] = ("2025-03-08", "agreement", {})
_ARRIVED: Final = (_PERSON, _PLACED, _ORDER, _SERVED, _REPORTED, _SIGNED)


def _tests(first: date, months: int) -> tuple[Row, ...]:
    days = [
        date(first.year + (first.month - 1 + m) // 12, (first.month - 1 + m) % 12 + 1, 20)
        for m in range(months)
    ]
    fields: dict[str, Value] = {
        "outcome": "taken",
        "result": "negative",
        "tester_1": "李晓梅",
        "tester_2": "王建国",
    }
    return tuple((d.isoformat(), "urine_test", fields) for d in days)


def _refused(day: str, outcome: str = "refused") -> Row:
    return (day, "urine_test", {"outcome": outcome})


_CENTRE: Final[tuple[Row, ...]] = (
    _PERSON,
    ("2024-11-18", "order", {"measure": "compulsory_isolation",
                             "document_no": "示公（禁）强戒决字〔2024〕7号",
                             "authority": "示例县公安局", "printed_end": date(2026, 11, 17)}),
    ("2024-11-18", "served", {}),
    ("2024-11-19", "family_notified", {}),
    ("2024-11-18", "admission", {"place": "police_centre"}),
    ("2025-03-01", "transfer", {"place": "justice_centre"}),
    ("2025-03-01", "zone_move", {"zone": "adaptation"}),
    ("2025-06-10", "zone_move", {"zone": "consolidation"}),
    ("2026-08-20", "zone_move", {"zone": "return"}),
    ("2026-09-30", "assessment", {"stage": "before_expiry", "physiological": "pass", "recovery": "pass",
                                  "conduct": "pass", "social": "good"}),
    ("2026-11-13", "release_notice", {}),
)  # fmt: skip

HISTORIES: Final[dict[str, tuple[Row, ...]]] = {
    "in_force": (
        *_ARRIVED,
        *_tests(date(2025, 4, 20), 19),
        ("2025-09-01", "detained", {}),
        ("2025-09-16", "freed", {}),
        ("2026-05-04", "absence", {"authorised": "yes", "days": 6}),
    ),
    "late": (
        *_ARRIVED, *_tests(date(2025, 4, 20), 10),
        _refused("2026-03-02"), _refused("2026-04-01", "evaded"), _refused("2026-05-06"),
    ),
    "rights": _CENTRE,
    "awaiting_report": (
        _PERSON, _PLACED,
        ("2026-10-28", "order", {"measure": "community_treatment", "authority": "示例县公安局"}),
        ("2026-10-30", "served", {}),
    ),
    "suspended": (*_ARRIVED, ("2026-10-09", "detained", {})),
    "ended": (
        *_CENTRE,
        ("2026-11-17", "release", {}),
    ),
    "corrected": (
        *_ARRIVED,
        ("2026-10-12", "urine_test", {"outcome": "refused"}),
        ("2026-10-12", "urine_test", {"outcome": "taken", "result": "negative", "#corrects": 6,
                                      "#recorded": "2026-10-21", "#reason": "录错情况，当天已检测"}),
        ("2026-10-20", "absence", {"authorised": "no", "days": 3}),
        ("2026-10-22", "void", {"reason": "登错了人", "#corrects": 8}),
    ),
    "not_covered": (
        _PERSON, _PLACED,
        ("2025-02-26", "order", {"measure": "community_recovery", "authority": "示例县公安局"}),
        ("2025-02-27", "served", {}),
        ("2025-03-06", "reporting_in", {}),
    ),
    "empty": (),
}  # fmt: skip


HISTORIES["hidden"] = (
    *HISTORIES["in_force"],
    ("2026-10-22", "intake_health", {"drug": "海洛因", "conditions": "丙肝"}),
)
HISTORIES["handed_over"] = (
    *HISTORIES["in_force"],
    ("2026-11-02", "handover_sent", {"to_unit": "469023101"}),
)


def entries(rows: tuple[Row, ...]) -> tuple[Entry, ...]:
    """Rows as entries, recorded at nine o'clock on their day."""
    made: list[Entry] = []
    for n, (day, kind, given) in enumerate(rows):
        happened = date.fromisoformat(day)
        recorded = date.fromisoformat(str(given.get("#recorded", day)))
        corrects = given.get("#corrects")
        at = datetime.combine(recorded, time(9), CHINA) + timedelta(minutes=n)
        made.append(
            Entry(
                id=UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0100 + n),
                file=FILE,
                kind=kind,
                happened_on=happened,
                recorded_at=at,
                author="wang.jg" if kind in ("urine_test", "absence") else "li.xm",
                unit="469023101200" if kind in ("urine_test", "absence") else "469023101",
                fields={name: value for name, value in given.items() if not name.startswith("#")},
                corrects=made[corrects].id if isinstance(corrects, int) else None,
                reason=str(given.get("#reason", "")),
            )
        )
    return tuple(made)


def opened(name: str) -> Opened:
    """One of the invented files, opened."""
    found = entries(HISTORIES[name])
    file = CaseFile(FILE, found)
    counted = file.counted()
    identity = next((dict(e.fields) for e in reversed(counted) if e.kind == "person"), {})
    receipts = {
        e.id: Receipt(e.id, FILE, n, sm3(e.id.bytes), e.recorded_at) for n, e in enumerate(found, start=1)
    }
    unit = units().get("469023101200" if name != "handed_over" else "469023101")
    view = FileView(12, FILE, "person", CASE, len(found), file, identity, unit, "李晓梅", receipts)
    return Opened(view, counted, SIGHTS.get(name, EVERYTHING))


def _sight(role: str, unit: str, target: Target) -> Sight:
    return seen_by(Actor("zhou.y", (Post(role, unit),)), target, units())


_AREA = ("46", "469023", "469023101", "469023101200")
_OTHER = ("46", "469023", "469023100", "469023100200")

SIGHTS: dict[str, Sight] = {
    "hidden": _sight("village_worker", "469023101200", Target(_AREA)),
    "handed_over": _sight("village_worker", "469023101200", Target(_AREA[:3], former=(_AREA,))),
    "receiving": _sight("town_office", "469023100", Target(_AREA, receiving=_OTHER)),
    "emergency": _sight("doctor", "469023100", Target(_AREA, grants=frozenset({"break_glass"}))),
}
"""How readers who are not at their daily work see a file."""


def reader(reads_only: bool = False, receives: bool = False) -> build.Reader:
    """A town office; or somebody who may only read, or read and accept."""
    known = [kinds()["handover_accepted"]] if receives else [] if reads_only else list(kinds().values())
    may = frozenset(k.name for k in known if k.about == "person" and "town_office" in k.recorded_by)
    return build.Reader(kinds(), units(), STAFF, may)


def reader_of_cards() -> Reading:
    """What the cards of these files need to be read."""
    return Reading(kinds(), units(), STAFF)


def look(fields_for: build.Ask) -> page.Look:
    """The folded form for another day."""
    shown = fields_for.on.isoformat() if fields_for.away else ""
    boxes = (
        Field("on", Label("哪一天", "Which day"), "day", value=shown),
        Field("known_at", Label("以哪一天所知为准", "As known on"), "day", value=shown),
    )
    return page.Look(f"/files/{CASE}/", boxes, fields_for.away)


def page_in_state(name: str) -> page.CaseFilePage:
    """The page in one of its named states."""
    tab = name if name in (page.DUTIES, page.MEASURES, page.HISTORY) else page.MAIN
    file = opened(name if name in HISTORIES else "ended" if name == page.MEASURES else "in_force")
    if name in SIGHTS:
        file = replace(file, sight=SIGHTS[name])
    ask = build.Ask(tab, ON, ON)
    if name == "another_day":
        then = date(2025, 9, 10)
        known = datetime.combine(then, time.max, CHINA)
        ask = build.Ask(tab, then, ON, known, (("on", then.isoformat()), ("known_at", then.isoformat())))
    assessment = _assessed(file, ask)
    notices: tuple[Notice, ...] = ()
    if name == "saved":
        notice = saved_notice(file, assessment, file.view.entries[5].id)
        notices = (notice,) if notice else ()
    account = reader(name == "read_only" or file.sight.read_only, file.sight.receiving)
    return build.case_file(file, assessment, account, ask, look(ask), notices)


def _assessed(file: Opened, ask: build.Ask) -> Assessment:
    return file.assessed(ask.on, ask.known_at)


__all__ = ["CASE", "FILE", "HISTORIES", "ON", "entries", "opened", "page_in_state", "reader", "units"]
