"""The words of outreach and where its pages are."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.outreach.diary import PlanState, RequestState
from guitu.web.component import Text
from guitu.web.components.word.component import Word

ROOT: Final = "/outreach/"
TITLE: Final = Label("宣讲", "Outreach")

TABS: Final = (
    ("", Label("日程", "Calendar")),
    ("requests", Label("申请", "Requests")),
    ("events", Label("活动", "Events")),
    ("coverage", Label("覆盖", "Coverage")),
    ("targets", Label("学校企业", "Schools and firms")),
    ("speakers", Label("宣讲员", "Speakers")),
    ("channels", Label("网络渠道", "Channels")),
    ("stores", Label("队伍资料", "Groups, materials")),
)
"""Part of the address, and its name."""

AFTER: Final = {
    "talk_request": "requests",
    "talk_request_declined": "requests",
    "talk_planned": "",
    "talk_cancelled": "",
    "outreach_event": "events",
    "outreach_target": "targets",
    "lecturer": "speakers",
    "lecturer_training": "speakers",
    "channel_reach": "channels",
    "volunteer_group": "stores",
    "outreach_material": "stores",
    "material_given": "stores",
}
"""The kinds that are recorded on these pages, and where it goes on after them."""

UNIT: Final = Label("登记单位", "Recorded by")
PLACE: Final = Label("地点", "Place")
ACT: Final = Label("办理", "Act")
NO_NAMES: Final = Label(
    "这里记的是宣传工作：听众不记名，正在戒毒的人一个也不写。",
    "This is about outreach: nobody in an audience is named, and nobody under a measure.",
)
PERSON_TIMES: Final = Label(
    "受众是人次：同一个人听两次计两次。没有清点过的不估。",
    "Audiences are person-times: who comes twice counts twice. What nobody counted is not guessed.",
)

_PLAN: Final = {
    "coming": ("open", Label("待举办", "To come")),
    "today": ("today", Label("今天", "Today")),
    "unreported": ("late", Label("讲过没有？未登记", "Held? Nothing recorded")),
    "held": ("done", Label("已举办", "Held")),
    "cancelled": ("barred", Label("已取消", "Called off")),
}
_REQUEST: Final = {
    "waiting": ("gap", Label("待安排", "Waiting")),
    "planned": ("open", Label("已安排", "Planned")),
    "held": ("done", Label("已讲", "Held")),
    "declined": ("barred", Label("未安排", "Declined")),
}


def plan_word(state: PlanState) -> Word:
    """How far a plan is."""
    return Word(*_PLAN[state])


def request_word(state: RequestState, days: int) -> Word:
    """How far a request is; of one that waits, since how many days."""
    kind, label = _REQUEST[state]
    if state == "waiting" and days > 0:
        label = Label(f"{label.zh} {days} 天", f"{label.en} {days} day{'s' if days > 1 else ''}")
    return Word(kind, label)


def address(part: str = "", unit: str = "", **query: str) -> str:
    """A page of outreach, for one unit where it is not the reader's own."""
    path = f"{ROOT}{part}" if "." in part else f"{ROOT}{part}/" if part else ROOT
    pairs = {name: value for name, value in {"unit": unit, **query}.items() if value}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def record(unit: str, kind: str, **query: str) -> str:
    """The form of a kind for a unit's file."""
    path = f"{ROOT}record/{unit}/{kind}/"
    return f"{path}?{urlencode(query)}" if query else path


def withdraw(unit: str, entry: Entry) -> str:
    """Where an entry is withdrawn."""
    return f"/units/{unit}/file/withdraw/{entry.id}/"


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else "—"


def number(value: object) -> str:
    """A number with its thousands; a dash where there is none."""
    return f"{value:,}" if isinstance(value, int) else "—"


def clock(entry: Entry) -> str:
    """The time of a plan; nothing where none was set."""
    time = entry.get("time")
    return f"{time // 100:02d}:{time % 100:02d}" if isinstance(time, int) else ""
