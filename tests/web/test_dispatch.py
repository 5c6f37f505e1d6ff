"""Dispatch on its pages: a task from the meeting that decided it to its evidence, at three levels; what is
late climbs; campaigns with what is reached; and who may not look."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.exchange.packs import analysis
from guitu.store import unitfiles
from guitu.store.units import tree
from guitu.web.pages.dispatch import figures
from tests.exchange.packing import Given, under
from tests.store.writing import OTHER_VILLAGE, TOWN, VILLAGE
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
NEXT = "469024"
ROOT = "/dispatch/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


@pytest.fixture
def town() -> Client:
    return signed_in("town", "town_office", TOWN)


@pytest.fixture
def village() -> Client:
    return signed_in("village", "village_worker", VILLAGE)


def told(now: datetime, code: str, kind: str, days: int, /, **fields: Any) -> Entry:
    """Something that stands in a unit's file already."""
    on = MONDAY - timedelta(days=days)
    entry = unitfiles.new_entry(code, kind, on, fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def decided(now: datetime, at: str, owner: str, due: int | None = 9, text: str = "补齐协议文书") -> str:
    """A task that a unit decided a month ago; where it is."""
    more = {} if due is None else {"due": MONDAY + timedelta(days=due)}
    entry = told(now, at, "action_decided", 30, about=at, text=text, owner=owner, **more)
    return f"{ROOT}tasks/{at}/{entry.id}/"


def send(client: Client, at: str, status: int = 302, /, **typed: str) -> str:
    """Open the form there and send it; where it led, or what it said."""
    page = html(client, at)
    unit = hidden(page, "unit")
    answer = client.post(at, {"id": hidden(page, "id"), "unit": unit, "happened_on": "今天", **typed})
    assert answer.status_code == status, text(answer.content.decode())
    return answer["Location"] if status == 302 else text(answer.content.decode())


def counted(code: str, kind: str) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def test_a_meeting_decides_a_task_that_its_owner_reports_and_the_decider_closes(
    county: Client, town: Client
) -> None:
    assert "没有定稿的月报" in html(county, f"{ROOT}meetings/new/")
    led = send(county, f"{ROOT}meetings/new/", sort="month", chaired_by="林县明", people="14", pack="",
               minutes="文书补齐进度慢")  # fmt: skip
    assert led.startswith(f"{ROOT}meetings/")
    page = html(county, led)
    (meeting,) = [href for href, words in links(page, f"{ROOT}meetings/{COUNTY}/")]
    assert "没有附定稿的月报" in text(html(county, meeting))
    (add,) = [href for href, words in links(html(county, meeting)) if words == "加一件议定事项"]
    says = send(county, add, 422, text="", owner=TOWN, due="1101")
    assert "请填写事项" in says
    assert "期限早于议定日期" in says
    back = send(county, add, text="补齐协议文书", owner=TOWN, due="1130", person="陈镇明，镇长")
    assert back.partition("?")[0] == meeting
    assert "补齐协议文书" in text(html(county, meeting))
    board = html(town, ROOT)
    assert "要办 1 件，逾期 0，临近期限 0" in text(board)
    (task,) = [href for href, words in links(board, f"{ROOT}tasks/{COUNTY}/") if words == "补齐协议文书"]
    assert town.get(f"{task}close/").status_code == 404
    send(town, f"{task}report/", how="done", text="协议 12 份已扫描入档")
    assert "待核验" in text(html(county, f"{ROOT}tasks/?show=check"))
    form = html(county, f"{task}close/")
    assert "协议 12 份已扫描入档" in form  # what the owner said is where the evidence begins
    assert "请填写" in send(county, f"{task}close/", 422, outcome="done", evidence=" ")
    send(county, f"{task}close/", outcome="done", evidence="抽查 3 份，属实")
    page = text(html(county, task))
    assert "已办结" in page
    assert "抽查 3 份，属实" in page
    assert town.get(f"{task}report/").status_code == 404
    assert "1 件，办结 1" in text(html(county, f"{ROOT}meetings/"))


def test_a_village_sees_what_those_above_gave_it_and_nothing_else_of_their_files(
    village: Client, now: datetime
) -> None:
    mine = decided(now, COUNTY, VILLAGE, text="入户核对")
    others = decided(now, COUNTY, OTHER_VILLAGE, text="另一个村的事")
    board = text(html(village, ROOT))
    assert "入户核对" in board
    assert "另一个村的事" not in board
    assert "入户核对" in text(html(village, mine))
    assert village.get(others).status_code == 404
    assert village.get(f"{mine}change/").status_code == 404
    send(village, f"{mine}report/", how="stuck", text="两户外出")
    assert [e.get("how") for e in counted(VILLAGE, "action_report")] == ["stuck"]


def test_what_is_late_climbs_level_by_level(county: Client, town: Client, now: datetime) -> None:
    at = decided(now, TOWN, VILLAGE, due=-6, text="补登记走访")
    assert "逾期 6 天" in text(html(town, ROOT))
    assert "上升" not in text(html(county, ROOT)).partition("本期")[0]
    decided(now, TOWN, VILLAGE, due=-7, text="更新台账")
    board = text(html(county, ROOT))
    assert "上升来的 1 件" in board
    assert "更新台账" in board
    assert "补登记走访" not in board.partition("本期")[0]
    province = signed_in("province", "provincial_supervisor", "46")
    assert "上升来的" not in text(html(province, ROOT))
    assert "系统默认，不是法律规定" in text(html(town, ROOT))
    send(town, f"{ROOT}terms/", remind="5", climb="2")
    assert "补登记走访" in text(html(province, ROOT))  # three days late are more than two levels now
    assert "每逾期 2 天上升一级（河东镇定）" in text(html(town, ROOT))
    assert county.get(at).status_code == 200


def test_a_day_is_moved_with_the_reason_and_the_first_one_stays(county: Client, now: datetime) -> None:
    at = decided(now, COUNTY, TOWN, due=2)
    says = send(county, f"{at}change/", 422, text="补齐协议文书", owner=TOWN, due="1220")
    assert "请写明更正的原因" in says
    send(county, f"{at}change/", text="补齐协议文书", owner=TOWN, due="1220", happened_on="2026-10-24",
         correction_reason="档案室搬迁")  # fmt: skip
    page = text(html(county, at))
    assert "2026-12-20（原定 2026-11-25）" in page
    assert "还有 27 天" in page


def test_a_form_sent_twice_is_recorded_once(county: Client) -> None:
    at = f"{ROOT}tasks/new/"
    form = html(county, at)
    sent = {"id": hidden(form, "id"), "unit": COUNTY, "happened_on": "今天", "text": "甲", "owner": TOWN}
    assert [county.post(at, sent).status_code for _ in range(2)] == [302, 302]
    assert len(counted(COUNTY, "action_decided")) == 1


def test_an_owner_lies_in_the_area(county: Client) -> None:
    says = send(county, f"{ROOT}tasks/new/", 422, text="甲", owner=NEXT)
    assert "请从给出的选项里选" in says


def test_tasks_are_found_by_words_and_by_state(county: Client, now: datetime) -> None:
    decided(now, COUNTY, TOWN, due=-3, text="逾期的那件")
    decided(now, TOWN, VILLAGE, due=9, text="镇里的那件")
    every = text(html(county, f"{ROOT}tasks/"))
    assert "没有办结的 2 件，其中逾期 1 件" in every
    assert every.index("逾期的那件") < every.index("镇里的那件")
    late = text(html(county, f"{ROOT}tasks/?show=late"))
    assert "镇里的那件" not in late
    assert "镇里的那件" in text(html(county, f"{ROOT}tasks/?q=镇里"))
    assert "没有这样的事项" in text(html(county, f"{ROOT}tasks/?q=没有的字"))
    assert "逾期的那件" not in text(html(county, f"{ROOT}tasks/?show=given&unit={TOWN}"))


def test_how_regular_those_below_meet_is_told_without_a_verdict(county: Client, now: datetime) -> None:
    for days in (140, 84, 20):
        told(now, TOWN, "meeting", days, sort="month")
    page = text(html(county, f"{ROOT}meetings/"))
    assert "河东镇 2/4" in page
    own = text(html(county, f"{ROOT}meetings/?unit={TOWN}"))
    assert "没有开会的期间 月调度 2026-10、2026-09" in own
    assert "没有法律规定" in own


def test_a_campaign_has_targets_tasks_and_its_own_days(county: Client, town: Client) -> None:
    at = f"{ROOT}campaigns/new/"
    says = send(county, at, 422, name="宣传月", first="2026-11-30", last="2026-11-01")
    assert "最后一天早于第一天" in says
    send(county, at, name="宣传月", first="2026-11-01", last="2026-11-30", purpose="进村进校")
    page = html(county, f"{ROOT}campaigns/")
    (one,) = [href for href, words in links(page, f"{ROOT}campaigns/{COUNTY}/")]
    assert "还没有定目标" in text(html(county, one))
    send(county, f"{one}target/", 422, indicator="no.such", way="least", number="20")
    send(county, f"{one}target/", indicator="outreach.talks", way="least", number="20")
    page = text(html(county, one))
    assert "进行中，2026-11-01 至 2026-11-30；目标 1 项" in page
    assert "至少达到 20" in page
    (give,) = [href for href, words in links(html(county, one)) if words == "交办事项"]
    send(county, give, text="每村讲一次", owner=TOWN)
    assert "每村讲一次" in text(html(county, one))
    assert "宣传月，到 2026-11-30，还有 7 天" in text(html(town, ROOT))
    assert town.get(one).status_code == 404  # the county's page of it is the county's
    send(county, f"{one}change/", name="宣传月", first="2026-11-01", last="2026-12-05", purpose="进村进校",
         correction_reason="延长")  # fmt: skip
    assert "至 2026-12-05；目标 1 项，未结事项 1 件" in text(html(county, one))


def test_figures_of_a_campaign_come_with_its_days_and_small_ones_are_hidden(
    county: Client, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    push = told(now, COUNTY, "campaign", 30, name="行动", first=MONDAY - timedelta(days=20), last=MONDAY)
    for key, number in (("outreach.talks", "10"), ("community.orders", "3")):
        told(now, COUNTY, "campaign_target", 30, to=str(push.id), indicator=key, way="least", number=number)
    asked = []

    def made(_stamp: int, code: str, period: Any, keys: tuple[str, ...]) -> Any:
        asked.append((code, period.text, keys))
        some = {"outreach.talks": figures._reached("outreach.talks", 13, None),
                "community.orders": figures._reached("community.orders", 4, 4)}  # fmt: skip
        return tuple(some.items()), "2026-11-22"

    monkeypatch.setattr(figures, "_counted", made)
    page = text(html(county, f"{ROOT}campaigns/{COUNTY}/{push.id}/"))
    assert "至少达到 10 13 次 已达到" in page.replace("✓", "").replace("  ", " ")
    assert "※不足10" in page
    assert asked == [(COUNTY, "2026-11-03..2026-11-23", ("community.orders", "outreach.talks"))]


@pytest.mark.parametrize(("role", "at", "said"), [
    ("town_office", TOWN, "期初在册 30 人，期间迁入 1 人，迁出 12 人"),
    ("county_supervisor", COUNTY, "期初在册 30 人，期间迁入不足10人，迁出不足10人"),
])  # fmt: skip
def test_a_share_that_a_campaign_reaches_says_how_many_moved_while_it_ran(
    now: datetime, monkeypatch: pytest.MonkeyPatch, role: str, at: str, said: str
) -> None:
    people = [under(p, "2026-01-05") for p in range(30)]
    to, gone = (4, 12) if at == TOWN else (99, 4)
    homes = [home for _, home in people]
    homes += [{"person": p, "from_day": date(2026, 11, 10), "unit": to} for p in range(gone)]
    homes += [{"person": 50, "from_day": date(2026, 1, 5), "unit": 99},
              {"person": 50, "from_day": date(2026, 11, 12), "unit": 3}]  # fmt: skip
    measures = [*(measure for measure, _ in people), under(50, "2026-01-05")[0]]
    given = Given({("agreeing.plan_rate", 3, ""): (9, 18)}, measures=measures, homes=homes)
    monkeypatch.setattr(analysis, "counter", lambda: nullcontext(given))
    for kept in (figures._counted, figures._moved):
        kept.cache_clear()
    push = told(now, at, "campaign", 30, name="行动", first=date(2026, 11, 3), last=MONDAY)
    told(now, at, "campaign_target", 30, to=str(push.id), indicator="agreeing.plan_rate", way="least",
         number="80")  # fmt: skip
    page = text(html(signed_in("reader", role, at), f"{ROOT}campaigns/{at}/{push.id}/"))
    assert said in page
    for kept in (figures._counted, figures._moved):
        kept.cache_clear()


def test_who_reads_only_finds_nothing_to_press(now: datetime) -> None:
    at = decided(now, COUNTY, TOWN)
    inspector = signed_in("inspector", "inspector", "46")
    for page in (ROOT, f"{ROOT}tasks/", f"{ROOT}meetings/", f"{ROOT}campaigns/", at):
        shown = html(inspector, page)
        assert not [w for _, w in links(shown) if w in ("议定一件事", "登记会议", "办结", "报办理情况")]
    assert inspector.get(f"{ROOT}tasks/new/").status_code == 404
    assert inspector.get(f"{at}close/").status_code == 404
    far = signed_in("far", "county_supervisor", NEXT)
    assert far.get(at).status_code == 404
    assert far.get(f"{ROOT}?unit={TOWN}").status_code == 404
    assert far.get(f"{ROOT}tasks/{COUNTY}/{UUID(int=5)}/").status_code == 404


def test_the_old_page_of_actions_leads_here(town: Client) -> None:
    assert town.get("/packs/actions/")["Location"] == f"{ROOT}tasks/"
