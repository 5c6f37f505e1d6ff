"""The frame round every page: who and where I am, where I can go, and how I like to read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import ClassVar, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from guitu import access
from guitu.access.pages import PAGES
from guitu.access.taking import TAKEN
from guitu.kernel.labels import Label
from guitu.web.clock import today
from guitu.web.component import State, render_template
from guitu.web.language import spoken
from guitu.web.preferences import View
from guitu.web.who import BEFORE_KEY, who

PATH, UNIT, NAME, TOKEN = "{{path}}", "{{unit}}", "{{name}}", "{{token}}"
MARKS: Final = re.compile("(" + "|".join(map(re.escape, (PATH, UNIT, NAME, TOKEN))) + ")")
"""Places in the kept frame. Escaping leaves braces alone, so that they come through the template."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the side navigation. `page` is the name in the access table, `url` its address's name.
    `group` is the heading under which it stands; places of one group stand together."""

    page: str
    label: Label
    glyph: str
    url: str
    phone: bool = False
    group: Label | None = None


_INSIDE: Final = Label("所内", "In the centre")
_HOME: Final = Label("社区", "In the community")
_LEVELS: Final = Label("三级工作", "The three levels")

PLACES: Final = (
    Place("today", Label("今日", "Today"), "today", "today", phone=True),
    Place("people", Label("人员", "People"), "people", "people", phone=True),
    Place("handover", Label("移交", "Hand-over"), "handover", "handover"),
    Place("order", Label("社区执行", "Community orders"), "steps", "order", group=_HOME),
    Place("contact", Label("联系", "Contact"), "phone", "contact", group=_HOME),
    Place("draw", Label("检测抽签", "Draw"), "draw", "draw", group=_HOME),
    Place("help", Label("帮扶", "Help"), "support", "help", group=_HOME),
    Place("follow_ups", Label("回访", "Follow-up"), "follow_up", "follow_ups", group=_HOME),
    Place("messages", Label("短信提醒", "Messages"), "outbox", "messages", group=_HOME),
    Place("caseloads", Label("人手", "Caseloads"), "people", "caseloads", group=_HOME),
    Place("phone", Label("手机版", "On the phone"), "outbox", "phone"),
    Place("gate", Label("收治", "Admission"), "gate", "gate", group=_INSIDE),
    Place("wards", Label("床位", "Wards"), "bed", "wards", group=_INSIDE),
    Place("zones", Label("四区", "Zones"), "zones", "zones", group=_INSIDE),
    Place("daily", Label("大队日常", "Brigade day"), "daily", "daily", phone=True, group=_INSIDE),
    Place("medical", Label("医疗", "Medical"), "medical", "medical", group=_INSIDE),
    Place("epidemic", Label("防疫", "Infection"), "infection", "epidemic", group=_INSIDE),
    Place("remote", Label("远程医疗", "Remote medicine"), "remote", "remote", group=_INSIDE),
    Place("psychology", Label("心理", "Psychology"), "mind", "psychology", group=_INSIDE),
    Place("education", Label("教育", "Education"), "book", "education", group=_INSIDE),
    Place("training", Label("康复训练", "Training"), "heart", "training", group=_INSIDE),
    Place("assessments", Label("诊断评估", "Assessment"), "scales", "assessments", group=_INSIDE),
    Place("safety", Label("安全", "Safety"), "shield", "safety", group=_INSIDE),
    Place("roster", Label("排班", "Roster"), "roster", "roster", phone=True, group=_INSIDE),
    Place("way_out", Label("出所", "Way out"), "way_out", "way_out", group=_INSIDE),
    Place("dispatch", Label("调度", "Dispatch"), "steps", "dispatch", group=_LEVELS),
    Place("organisation", Label("组织", "Organisation"), "units", "organisation", group=_LEVELS),
    Place("checklists", Label("清单", "Checklists"), "ledger", "checklists", group=_LEVELS),
    Place("outreach", Label("宣讲", "Outreach"), "follow_up", "outreach", group=_LEVELS),
    Place("site", Label("宣传网站", "Public site"), "outbox", "site", group=_LEVELS),
    Place("resources", Label("经费奖励", "Resources"), "pack", "resources", group=_LEVELS),
    Place("patrols", Label("巡防", "Patrols and venues"), "shield", "patrols", group=_LEVELS),
    Place("police_figures", Label("公安数据", "Police figures"), "figures", "police_figures", group=_LEVELS),
    Place("surveys", Label("问卷调查", "Surveys"), "book", "surveys", group=_LEVELS),
    Place("proposals", Label("待复核", "Proposals"), "second", "proposals"),
    Place("ledgers", Label("台账", "Ledgers"), "ledger", "ledgers", phone=True),
    Place("indicators", Label("指标", "Indicators"), "figures", "indicators"),
    Place("scoreboard", Label("公布数据", "Scoreboard"), "figures", "scoreboard"),
    Place("figures_desk", Label("数字核对", "Figures desk"), "search", "figures_desk"),
    Place("packs", Label("月报", "Returns"), "pack", "packs"),
    Place("remedies", Label("投诉", "Complaints"), "help", "remedies"),
    Place("partners", Label("数据交换", "Exchange"), "handover", "partners"),
    Place("units", Label("单位", "Units"), "units", "units", phone=True),
    Place("access_log", Label("查阅记录", "Access log"), "log", "access_log"),
    Place("accounts", Label("账号", "Accounts"), "people", "accounts", phone=True),
)
"""In the order an office works. A place whose page is not there, or not for this role, is not shown."""

ON_PHONE: Final = 4
"""So many places stand in the bar at a phone's foot; the others behind “more”."""


BELONGS: Final = {
    "api_admin": "accounts",
    "file": "people",
    "record": "people",
    "medical_rounds": "medical",
    "medical_person": "medical",
    "medical_restraint": "medical",
    "medical_away": "medical",
    "medical_restricted": "medical",
    "remote_ask": "remote",
    "remote_room": "remote",
    "remote_bundle": "remote",
    "people_list": "people",
    "handover_held": "handover",
    "same_event": "people",
    "requests": "people",
    "file_readings": "access_log",
    "unit_file": "units",
    "unit_record": "units",
    "units_change": "organisation",
    "paper_templates": "way_out",
    "order_templates": "order",
    "quality": "indicators",
    "roster_plan": "roster",
    "daily_box": "daily",
    "help_person": "help",
    "safety_record": "safety",
    "outreach_record": "outreach",
    "safety_care": "safety",
    "safety_patrol": "safety",
    "resources_record": "resources",
    "resources_rewards": "resources",
    "patrols_record": "patrols",
    "police_figures_record": "police_figures",
    "police_figures_import": "police_figures",
}
"""Pages without a place of their own: which place they are reached from."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as shown: with its address. `here` is for aria-current: page, true (below it) or nothing."""

    page: str
    label: Label
    glyph: str
    href: str
    here: str = ""
    phone: bool = False
    group: Label | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The part of the frame that is the same for all who act in such a role, on such a page, and like pages
    alike: made once. `role` is the post's, None without a post; `several` says that there are more posts to
    choose from; `idle` the minutes after which a session ends."""

    view: View
    places: tuple[Link, ...] = ()
    signed_in: bool = False
    role: Label | None = None
    several: bool = False
    search: str = ""
    demo: bool = False
    idle: int = 0
    path: ClassVar = PATH
    unit: ClassVar = UNIT
    name: ClassVar = NAME

    @property
    def behind_more(self) -> tuple[Link, ...]:
        """What does not stand in a phone's bar."""
        return tuple(place for place in self.places if not place.phone)

    @property
    def lang(self) -> str:
        """The html element's language."""
        return "en" if self.view.language == "en" else "zh-CN"

    @property
    def other_language(self) -> str:
        """The language to change to."""
        return "zh-hans" if self.view.language == "en" else "en"

    @property
    def other_size(self) -> str:
        """The text size to change to."""
        return "normal" if self.view.size == "large" else "large"

    @property
    def other_contrast(self) -> str:
        """The contrast to change to: paper, then black on white, then white on black."""
        return {"normal": "high", "high": "dark", "dark": "normal"}[self.view.contrast]


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything round one page's own content: what is kept, and this reader's own words. `last_sign_in` is
    when the account was opened before, on the first page after signing in; `takes`: this reader may take the
    page's lists along; `account` says to the tab whose typed words it keeps."""

    kept: Kept
    path: str
    today: date
    unit: str = ""
    name: str = ""
    last_sign_in: datetime | None = None
    takes: bool = False
    account: str = ""

    def html_with(self, csrf_token: object) -> SafeString:
        """The kept text with these words in their places."""
        words = {PATH: self.path, UNIT: self.unit, NAME: self.name, TOKEN: str(csrf_token or "")}
        escaped = {mark: escape(word) for mark, word in words.items()}
        return SafeString("".join([escaped.get(part, part) for part in _parts(self.kept, spoken())]))


@lru_cache(maxsize=1024)
def _parts(kept: Kept, _language: str) -> tuple[str, ...]:
    """The kept frame's HTML, cut where path, token and the reader's own words go."""
    return tuple(MARKS.split(render_template(kept, csrf_token=TOKEN)))


def address(name: str) -> str:
    """The address of a page by name; empty when the house has no such page (yet)."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(place: str, page: str) -> str:
    if place == page:
        return "page"
    return "true" if BELONGS.get(page) == place else ""


@lru_cache(maxsize=512)
def _kept(here: str, view: View, signed_in: bool, role: str, several: bool, demo: bool, idle: int) -> Kept:
    """What is kept for that page, those preferences and a post of that role; no role, no place to go."""
    actor = access.Actor("", (access.Post(role, ""),) if role else ())
    places = tuple(
        Link(p.page, p.label, p.glyph, href, _here(p.page, here), p.phone, p.group)
        for p in PLACES
        if p.page in PAGES and (href := address(p.url)) and access.may_see_page(actor, p.page).allowed
    )
    bar = [place.page for place in places if place.phone][:ON_PHONE]
    places = tuple(replace(place, phone=place.page in bar) for place in places)
    label = access.role(role).label if role else None
    search = address("people") if signed_in and access.may_see_page(actor, "people").allowed else ""
    return Kept(view, places, signed_in, label, several, search, demo, idle)


def frame_of(request: HttpRequest) -> Frame:
    """The frame for this reader on this page."""
    match = request.resolver_match
    here = getattr(match.func, "guitu_page", "") if match else ""
    view: View = request.preferences  # type: ignore[attr-defined]
    path = request.get_full_path()
    reader = who(request)
    if reader is None:
        return Frame(_kept(here, view, False, "", False, settings.DEMO, 0), path, today())
    role, unit = (reader.post.role, reader.post.unit_name) if reader.post else ("", "")
    kept = _kept(here, view, True, role, len(reader.held) > 1, settings.DEMO, reader.idle_minutes)
    before = request.session.pop(BEFORE_KEY, None)
    since = datetime.fromisoformat(before) if before else None
    return Frame(kept, path, today(), unit, reader.name, since, _takes(request, here), reader.username)


def _takes(request: HttpRequest, here: str) -> bool:
    """Whether the page offers its lists. Most readers' pages do not, and the table says so at once."""
    if here not in TAKEN or request.method != "GET":
        return False
    from guitu.web.taking.answering import offers

    return offers(request)


_ROLE = Label("乡镇禁毒办", "Town anti-drug office")
_DAY = date(2026, 11, 23)
_LINKS = tuple(Link(p.page, p.label, p.glyph, "#", _here(p.page, "today"), p.phone, p.group) for p in PLACES)

STATES: Final = (
    State(
        "signed_in",
        Label("已登录", "Signed in"),
        Frame(Kept(View(), _LINKS, True, _ROLE, several=True, search="#"), "/", _DAY, "河西镇", "李晓梅"),
    ),
    State("signed_out", Label("未登录", "Signed out"), Frame(Kept(View()), "/", _DAY)),
)
