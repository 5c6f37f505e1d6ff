"""The words of the safety centre and where its pages are."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from guitu.casefile import Entry
from guitu.centre.safety import State
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.word.component import Word

ROOT: Final = "/safety/"
TITLE: Final = Label("安全", "Safety")

TABS: Final = (
    ("", "safety", Label("六无", "The six classes")),
    ("incidents", "safety", Label("事件", "Incidents")),
    ("hazards", "safety", Label("隐患", "Hazards")),
    ("patrol", "safety", Label("巡查", "Patrol")),
    ("drills", "safety", Label("演练", "Drills")),
    ("meetings", "safety", Label("研判", "Risk meetings")),
    ("care", "safety_care", Label("照护", "Plans of care")),
)
"""Part of the address, page of the access table, and the name."""

AFTER: Final = {
    "incident": "incidents",
    "incident_reported": "incidents",
    "hazard": "hazards",
    "hazard_moved": "hazards",
    "hazard_closed": "hazards",
    "drill": "drills",
    "meeting": "meetings",
    "meeting_task": "meetings",
    "meeting_task_done": "meetings",
    "checkpoint_closed": "points",
}
"""The kinds that are recorded on these pages, and where it goes on after them."""

SHORT: Final = {
    "escape": Label("脱逃", "Escape"),
    "unnatural_death": Label("死亡", "Death"),
    "crime": Label("案件", "Crime"),
    "production_accident": Label("事故", "Accident"),
    "drugs_inside": Label("毒品", "Drugs in"),
    "epidemic": Label("疫情", "Epidemic"),
}
"""The six classes where a table has little room."""

UNIT: Final = Label("单位", "Unit")
ACT: Final = Label("办理", "Act")
NO_NAMES: Final = Label(
    "这里记的是场所的事，不写戒毒人员姓名；某一个人的，写在本人档案里。",
    "What stands here is of the place, no resident's name; what concerns one person stands in that file.",
)


def address(part: str = "", unit: str = "", **query: str) -> str:
    """A page of the safety centre, for one unit where it is not the reader's own."""
    path = f"{ROOT}{part}/" if part else ROOT
    pairs = {**({"unit": unit} if unit else {}), **query}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def record(unit: str, kind: str, **query: str) -> str:
    """The form of a kind for a unit's file."""
    path = f"{ROOT}record/{unit}/{kind}/"
    return f"{path}?{urlencode(query)}" if query else path


def at(code: str) -> str:
    """What a checkpoint's code leads to."""
    return f"{ROOT}at/{code}/"


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else "—"


def sort_label(sort: str) -> Label:
    """The words of a class of incidents."""
    found = kinds()["incident"].ask("sort").choice(sort)
    assert found is not None, sort
    return found.label


def state_word(state: State, days: int) -> Word:
    """How far something owed is; `days` from its day until today."""
    if state == "late":
        return Word("late", Label(f"逾期 {days} 天", f"{days} day{'s' if days > 1 else ''} overdue"))
    if state == "done":
        return Word("done", Label("已办结", "Done"))
    if state == "dropped":
        return Word("barred", Label("不再办理", "No longer pursued"))
    if days == 0:
        return Word("today", Label("今天到期", "Due today"))
    return Word("open", Label(f"还有 {-days} 天", f"in {-days} day{'s' if days < -1 else ''}"))
