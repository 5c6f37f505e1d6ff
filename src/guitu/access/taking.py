"""Whose lists may be taken along as a file, and by whom.

A page that is not in this table offers none. People's lines are taken out of the house by the posts whose
work that is (`Role.exports`), and many of them only with a second officer; lists of a unit's own work by
whoever may open the page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from guitu.access.decide import decide, may_see_page
from guitu.access.people import Actor
from guitu.access.target import Target
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

Sort = Literal["people", "care", "work", "own"]
"""What the lines of a page's lists are: of `people`; of people and their health (`care`: always with a second
officer); of a unit's `work`, naming nobody in a file; `own` has downloads of its own making."""

TAKES: Final[dict[str, Sort]] = {
    "today": "people",
    "people": "own",
    "contact": "people",
    "draw": "people",
    "order": "people",
    "handover": "people",
    "follow_ups": "people",
    "help": "people",
    "messages": "people",
    "caseloads": "people",
    "same_event": "people",
    "gate": "people",
    "wards": "people",
    "zones": "people",
    "assessments": "people",
    "daily": "people",
    "education": "people",
    "way_out": "people",
    "duplicates": "people",
    "proposals": "people",
    "approvals": "people",
    "remedies": "people",
    "training": "care",
    "psychology": "care",
    "medical": "care",
    "epidemic": "care",
    "remote": "care",
    "safety": "people",
    "safety_care": "care",
    "units": "work",
    "unit_file": "work",
    "packs": "work",
    "dispatch": "work",
    "organisation": "work",
    "checklists": "work",
    "outreach": "work",
    "resources": "work",
    "patrols": "work",
    "police_figures": "work",
    "surveys": "work",
    "partners": "work",
    "accounts": "work",
    "indicators": "own",
    "scoreboard": "own",
    "quality": "own",
    "figures_desk": "own",
    "roster": "own",
    "access_log": "own",
    "file_readings": "own",
    "ledgers": "own",
}
"""By the page's name in PAGES. Pages of one person's file are no lists: their copy is `sheet`."""

TAKEN: Final = frozenset(page for page, sort in TAKES.items() if sort != "own")
"""The pages whose lists this one mechanism takes along."""

NOT_TAKEN: Final[dict[str, Label]] = {
    "my_readings": Label("自己的查阅记录，在页面上看", "one’s own readings, looked at on the page"),
    "mine": Label("本人有自己的复制件", "the person has a copy of their own"),
    "medical_rounds": Label("给药单在页面上逐条核对", "rounds are worked through on the page"),
    "medical_restricted": Label("特别保密，不离开页面", "kept specially secret, never leaves the page"),
    "remote_room": Label("一人的会诊", "one person’s consultation"),
    "phone": Label("手机上有自己的名单", "the phone keeps its own list"),
    "sync": Label("手机同步，不是清单", "what phones send, no list"),
    "gallery": Label("样例，不是记录", "examples, no records"),
    "record": Label("登记表，不是清单", "a form, no list"),
    "records": Label("一人的记录", "one person’s records"),
    "psychology_person": Label("一人的记录", "one person’s records"),
    "preferences": Label("没有清单", "no list"),
    "requests": Label("一人的申请", "one person’s requests"),
    "paper_templates": Label("文书模板，另有下载", "templates of papers, downloaded one by one"),
    "order_templates": Label("文书模板，另有下载", "templates of papers, downloaded one by one"),
    "roster_plan": Label("排班由排班页导出", "taken along from the roster’s own page"),
    "api": Label("令牌和通知，只在页面上管理", "tokens and webhooks are looked after on the page"),
    "site": Label("网站整体发布", "the site is published as a whole"),
}
"""Pages that show tables and whose tables are not taken along, with the reason."""


@lru_cache(maxsize=512)
def may_take(actor: Actor, page: str, area: tuple[str, ...]) -> Decision:
    """Whether the lists of that page may be taken along by this reader, whose unit and those above it are
    `area`."""
    sort = TAKES.get(page, "own")
    if sort == "own":
        return Decision(False, Label("这一页不导出清单", "this page’s lists are not taken along"))
    opens = may_see_page(actor, page)
    if not opens.allowed:
        return opens
    return decide(actor, "export", Target(area)) if sort != "work" else opens
