"""Public rostering instances (Employee Shift Scheduling Benchmark Data Sets) as problems of ours. The files
are read from a folder and never committed; the best results are those published by July 2026 at the
latest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, parse

from guitu.centre.roster import Demand, Limits, Person, Post, Problem, Rules, Shift, Weights, Wish
from guitu.kernel.labels import Label

BEST: Final = {
    1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1308, 9: 439, 10: 4631, 11: 3443,
    12: 4040, 13: 1905, 14: 1279, 15: 3928, 16: 3225, 17: 5750, 18: 4650, 19: 3218,
}  # fmt: skip
"""The best of four studies after an hour each, as tabled in ORProjects/NRP, “Comparison Between Studies”."""


def number_of(path: Path) -> int:
    """The number of an instance, from its file's name."""
    return int("".join(c for c in path.stem if c.isdigit()) or 0)


def read(path: Path) -> Problem:
    """The instance in a `.ros` file."""
    top = parse(path).getroot()
    first = date.fromisoformat(_text(top, "StartDate"))
    days = (date.fromisoformat(_text(top, "EndDate")) - first).days + 1
    shifts = tuple(
        Shift(
            s.get("ID", ""), _label(s.get("ID", "")), _clock(_text(s, "StartTime")), int(_text(s, "Duration"))
        )
        for s in top.iterfind("ShiftTypes/Shift")
    )
    rest = int(top.findtext("Contracts/Contract/MinRestTime") or 0)
    limits = {c.get("ID", ""): _limits(c, shifts) for c in top.iterfind("Contracts/Contract")}
    people = {}
    for e in top.iterfind("Employees/Employee"):
        name = e.get("ID", "")
        contract = next(i.text or "" for i in e.iterfind("ContractID") if i.text != "All")
        people[name] = Person(name, name, "", limits=limits[contract])
    for e in top.iterfind("FixedAssignments/Employee"):
        name = _text(e, "EmployeeID")
        off = {int(_text(a, "Day")) for a in e.iterfind("Assign") if _text(a, "Shift") == "-"}
        people[name] = replace(people[name], leave=people[name].leave | off)
    for tag, on in (("ShiftOffRequests/ShiftOff", False), ("ShiftOnRequests/ShiftOn", True)):
        for r in top.iterfind(tag):
            name = _text(r, "EmployeeID")
            wish = Wish(int(_text(r, "Day")), _text(r, "Shift"), on, int(r.get("weight", "1")))
            people[name] = replace(people[name], wishes=(*people[name].wishes, wish))
    demand = []
    for d in top.iterfind("CoverRequirements/DateSpecificCover"):
        for c in d.iterfind("Cover"):
            least, most = c.find("Min"), c.find("Max")
            assert least is not None, "every cover has both"
            assert most is not None, "every cover has both"
            demand.append(Demand(
                "W", int(_text(d, "Day")), _text(c, "Shift"), int(least.text or 0),
                under=int(least.get("weight", "100")), over=int(most.get("weight", "1")),
            ))  # fmt: skip
    rules = Rules(
        rest=rest, most_days_row=None, most_nights_row=None, most_minutes_week=None,
        weights=Weights(night=0, weekend=0, load=0, wish=1),
    )  # fmt: skip
    return Problem(first, days, shifts, (Post("W", _label("W")),), tuple(people.values()), tuple(demand),
                   rules, path.stem)  # fmt: skip


def _limits(contract: Element, shifts: tuple[Shift, ...]) -> Limits:
    runs = {
        (e.tag, e.get("shift")): int(e.get("value", "0")) for e in contract if e.tag in ("MaxSeq", "MinSeq")
    }
    valid = contract.find("ValidShifts")
    may = set((valid.get("shift", "") if valid is not None else "").split(","))
    of = {s.code: 0 for s in shifts if valid is not None and s.code not in may}
    for total in contract.iterfind("MaxTot"):
        of.setdefault(total.get("shift", ""), int(total.get("value", "0")))
    most, least = contract.find("Workload/TimeUnits/Max/Count"), contract.find("Workload/TimeUnits/Min/Count")
    weekends = contract.find("Patterns/Match/Max/Count")
    return Limits(
        most_minutes=_whole(most), least_minutes=_whole(least), most_row=runs.get(("MaxSeq", "$")),
        least_row=runs.get(("MinSeq", "$")), least_off_row=runs.get(("MinSeq", "-")),
        most_weekends=_whole(weekends), most_of=tuple(sorted(of.items())),
    )  # fmt: skip


def _whole(found: Element | None) -> int | None:
    return int(found.text or 0) if found is not None else None


def _text(element: Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def _label(code: str) -> Label:
    return Label(code, code)


def _clock(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
