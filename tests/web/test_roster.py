"""The roster's pages: planned cell by cell with what would be broken said before, published only when every
rule is kept, seen on the phone of whoever serves, and never by anybody else."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client

from guitu.centre.roster import Slot, check
from guitu.kernel.zone import CHINA
from guitu.rostering.solve import solve
from guitu.store import roster_issues, roster_phases, rosters, unitfiles, units
from guitu.store.units import NewUnit, Unit, tree
from guitu.web import preferences
from guitu.web.pages.roster import build, work
from tests.web.recording import html, signed_in, text

CENTRE = "46J01"
SETUP: dict[str, Any] = {
    "shifts": [
        {"code": "D", "zh": "白班", "en": "Day", "start": "08:00", "hours": 8},
        {"code": "N", "zh": "夜班", "en": "Night", "start": "00:00", "hours": 8, "night": True},
    ],
    "posts": [
        {"code": "W", "zh": "一大队", "en": "Ward"},
        {"code": "F", "zh": "女性检查岗", "en": "Women's search", "sex": "female"},
    ],
    "people": [
        {"id": "he.hs", "name": "何某某", "sex": "female", "brigade": "一大队"},
        {"id": "b", "name": "李某某", "sex": "male", "brigade": "一大队"},
        {"id": "c", "name": "王某某", "sex": "male", "brigade": "二大队"},
        {"id": "d", "name": "陈某某", "sex": "male", "brigade": "二大队"},
    ],
    "demand": [
        {"post": "W", "shift": "D", "heads": 1},
        {"post": "W", "shift": "N", "heads": 1},
        {"post": "F", "shift": "D", "heads": 1, "weekdays": [1, 2, 3, 4, 5]},
    ],
    "rules": {"rest": 11, "most_days_row": 6, "most_nights_row": 3, "most_week": 48},
}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def unit(places: object) -> Unit:
    found = tree().find(CENTRE)
    rosters.keep_setup(found, SETUP, by="pai.ban", now=moment())
    return found


@pytest.fixture
def planner(unit: Unit) -> Client:
    return signed_in("pai.ban", "duty_planner", CENTRE)


def moment() -> datetime:
    return datetime(2026, 11, 23, 10, tzinfo=CHINA)


def begun(planner: Client, **with_: str) -> rosters.Draft:
    answer = planner.post("/roster/act/begin/", {"first": "2026-11-23", "days": "7", **with_})
    assert answer.status_code == 302
    return now_planned()


def now_planned() -> rosters.Draft:
    found = rosters.on_day(tree().find(CENTRE), date(2026, 11, 23))
    assert found is not None
    return found


def filled(planner: Client) -> rosters.Draft:
    """A roster that keeps every rule, as a proposal would put it there."""
    draft = begun(planner)
    found = solve(draft.problem, seconds=60, seed=1, workers=1, rounds=2)
    assert found.complete
    rosters.change(draft.id, dict(found.roster.cells), "proposal", by="pai.ban", now=moment())
    return now_planned()


def test_nothing_planned_offers_to_begin_and_a_wrong_day_keeps_what_was_typed(planner: Client) -> None:
    page = text(planner.get("/roster/"))
    assert "这些日子还没有排班" in page
    answer = planner.post("/roster/act/begin/", {"first": "23.11.", "days": "7"})
    assert answer.status_code == 422
    assert 'value="23.11."' in html(answer)
    assert "首日写作 2026-11-23" in text(answer)
    begun(planner)
    twice = planner.post("/roster/act/begin/", {"first": "2026-11-25", "days": "7"})
    assert "已有这些日子" in text(twice)


def test_the_table_names_gaps_and_each_choice_of_a_cell_says_what_it_would_break(planner: Client) -> None:
    draft = begun(planner)
    assert "草稿 · 空缺 19" in text(planner.get("/roster/?day=2026-11-23"))
    rosters.change(draft.id, {("b", 0): Slot("W", "D")}, "cell", by="pai.ban", now=moment())
    page = html(planner.get("/roster/cell/?person=b&day=2026-11-24"))
    night = page[page.index('value="W|N"') :]
    night = night[: night.index("</div>")]
    assert "只休息 8 小时" in night, "a night eight hours after a day"
    assert 'value="F|D"' not in page, "a man is not offered the women's post"
    day = page[page.index('value="W|D"') :]
    assert "◇" not in day[: day.index("</div>")]


def test_what_each_choice_says_it_would_break_is_what_the_checker_says_of_it(planner: Client) -> None:
    draft = begun(planner)
    cells = {("b", 0): "W|D", ("b", 1): "W|D", ("c", 1): "W|N", ("he.hs", 2): "F|D", ("b", 3): "W|N"}
    cells |= {("c", 2): "W|D", ("d", 4): "W|D"}
    rosters.change(
        draft.id, {k: Slot(*v.split("|")) for k, v in cells.items()}, "cell", by="pai.ban", now=moment()
    )
    draft = now_planned()
    here = set(check(draft.roster, draft.problem))
    said = 0
    for person, day in (("b", 2), ("c", 3), ("he.hs", 1)):
        page = html(planner.get(f"/roster/cell/?person={person}&day={draft.problem.day(day)}"))
        for part in page.split('<div class="roster-choice">')[1:]:
            value = re.search(r'value="([^"]*)"', part)
            assert value is not None
            slot = Slot(*value[1].split("|")) if value[1] else None
            after = check(build.moved(draft.roster, {(person, day): slot}), draft.problem)
            new = [b.says.zh for b in after if b not in here]
            found = re.findall(r"<li>◇ ([^<]*)</li>", part)
            assert [unescape(x) for x in found] == new[:4]
            said += len(found)
    assert said


def test_a_cell_is_set_swapped_and_taken_back(planner: Client) -> None:
    begun(planner)
    sent = {"person": "b", "day": "2026-11-23", "slot": "W|D"}
    assert "done=saved" in planner.post("/roster/cell/", sent)["Location"]
    assert now_planned().roster.shift("b", 0) == "D"
    planner.post("/roster/cell/", {"person": "b", "day": "2026-11-23", "other": "c", "swap": "1"})
    assert (now_planned().roster.shift("b", 0), now_planned().roster.shift("c", 0)) == ("-", "D")
    assert "撤销：换班" in text(planner.get("/roster/"))
    planner.post("/roster/act/undo/", {"day": "2026-11-23"})
    assert now_planned().roster.shift("b", 0) == "D"
    planner.post("/roster/act/undo/", {"day": "2026-11-23"})
    assert now_planned().roster.cells == {}
    assert "没有可改的" in text(planner.post("/roster/act/undo/", {"day": "2026-11-23"}, follow=True))
    alone = planner.post("/roster/cell/", {"person": "b", "day": "2026-11-23", "other": "", "swap": "1"})
    assert alone.status_code == 422
    assert planner.post("/roster/cell/", {**sent, "slot": "F|D"}).status_code == 404, "what is not offered"


def test_last_week_is_copied_without_those_on_leave(planner: Client) -> None:
    begun(planner, days="14")
    rosters.change(
        now_planned().id, {("b", 0): Slot("W", "D"), ("c", 1): Slot("W", "N")}, "cell", by="x", now=moment()
    )
    away = {
        **SETUP,
        "people": [{**p, "leave": ["2026-12-01"]} if p["id"] == "c" else p for p in SETUP["people"]],
    }
    rosters.keep_setup(tree().find(CENTRE), away, by="pai.ban", now=moment())
    planner.post("/roster/act/settle/", {"day": "2026-11-23"})
    planner.post("/roster/act/copy/", {"day": "2026-11-30"})
    cells = now_planned().roster.cells
    assert cells["b", 7] == Slot("W", "D")
    assert ("c", 8) not in cells


def test_a_proposal_is_one_step_of_the_draft_and_can_be_taken_back(planner: Client) -> None:
    draft = begun(planner)
    found = work.look(draft.id, by="pai.ban", seconds=30, seed=1, now=moment(), rounds=1)
    assert found.whole
    assert check(now_planned().roster, now_planned().problem) == []
    assert "草稿 · 空缺 0" in text(planner.get("/roster/?day=2026-11-23"))
    assert roster_issues.latest(draft.id) is None, "a proposal publishes nothing"
    planner.post("/roster/act/undo/", {"day": "2026-11-23"})
    assert now_planned().roster.cells == {}


def test_what_breaks_a_rule_is_not_published_and_what_keeps_all_is_with_its_digest(
    planner: Client, unit: Unit
) -> None:
    begun(planner)
    refused = planner.post("/roster/act/publish/", {"day": "2026-11-23"})
    assert refused.status_code == 422
    assert "没有发布" in text(refused)
    for key in list(now_planned().roster.cells):
        rosters.change(now_planned().id, {key: None}, "cell", by="x", now=moment())
    found = solve(now_planned().problem, seconds=60, seed=1, workers=1, rounds=2)
    rosters.change(now_planned().id, dict(found.roster.cells), "proposal", by="pai.ban", now=moment())
    assert "done=published" in planner.post("/roster/act/publish/", {"day": "2026-11-23"})["Location"]
    issue = roster_issues.latest(now_planned().id)
    assert issue is not None
    entries = [e for e in unitfiles.unit_file(unit).counted() if e.kind == "roster_published"]
    assert [e.fields["digest"] for e in entries] == [issue.digest]
    assert entries[0].author == "pai.ban"
    assert "已发布" in text(planner.get("/roster/?day=2026-11-23"))
    planner.post("/roster/act/publish/", {"day": "2026-11-23"})
    assert len([e for e in unitfiles.unit_file(unit).counted() if e.kind == "roster_published"]) == 1, "once"


def test_batches_of_closed_duty_are_recorded_by_publishing(planner: Client, unit: Unit) -> None:
    closed = {"duty": 2, "isolation": 2, "home": 2, "begins": "2026-11-23", "most_row": 2}
    people = [{"id": f"p{n}", "name": f"第{n}人", "sex": "male", "batch": n % 3} for n in range(6)]
    data = {
        **SETUP,
        "people": people,
        "demand": [{"post": "W", "shift": "D", "heads": 1}],
        "rules": {**SETUP["rules"], "closed": closed},
    }
    rosters.keep_setup(unit, data, by="pai.ban", now=moment())
    filled(planner)
    answer = planner.post("/roster/act/publish/", {"day": "2026-11-23"})
    assert answer.status_code == 302, text(answer)
    written = [e for e in unitfiles.unit_file(unit).counted() if e.kind == "closed_duty"]
    assert sorted((e.fields["phase"], e.fields["officers"], e.source) for e in written) == [
        ("duty", 2, "roster:1"),
        ("home", 2, "roster:2"),
        ("isolation", 2, "roster:3"),
    ], "what begins later is no fact yet"
    later = datetime(2026, 11, 27, 2, tzinfo=CHINA)
    assert roster_phases.record_all(later) == 6
    assert roster_phases.record_all(later) == 0, "once"
    written = [e for e in unitfiles.unit_file(unit).counted() if e.kind == "closed_duty"]
    duty = sorted((e.happened_on.isoformat(), e.source) for e in written if e.fields["phase"] == "duty")
    assert duty == [("2026-11-23", "roster:1"), ("2026-11-25", "roster:2"), ("2026-11-27", "roster:3")]
    assert {e.author for e in written} == {"pai.ban"}
    draft = now_planned()
    two = sorted(draft.roster.cells)[0]
    swap = next(
        p for p in draft.problem.people if p.id != two[0] and p.batch == draft.problem.person[two[0]].batch
    )
    rosters.change(
        draft.id, {two: None, (swap.id, two[1]): draft.roster.cells[two]}, "cell", by="x", now=moment()
    )
    planner.post("/roster/act/publish/", {"day": "2026-11-23"})
    again = [e for e in unitfiles.unit_file(unit).counted() if e.kind == "closed_duty"]
    assert {e.id for e in again} == {e.id for e in written}, (
        "nobody types them twice, and they stand there once"
    )


def test_staff_see_their_own_published_shifts_and_ask_for_leave_and_swaps(planner: Client) -> None:
    nurse = signed_in("he.hs", "nurse", CENTRE)
    draft = filled(planner)
    assert "没有您的班" in text(nurse.get("/roster/")), "a draft is nobody's shift"
    planner.post("/roster/act/publish/", {"day": "2026-11-23"})
    mine = sum(person == "he.hs" for person, _ in draft.roster.cells)
    assert f"今后 42 天有 {mine} 个班" in text(nurse.get("/roster/"))
    shown = re.search(r'<ul class="roster-mine">.*?</ul>', html(nurse.get("/roster/mine/")), flags=re.S)
    assert shown is not None
    assert "某某" not in shown[0], "nobody else's shifts"
    calendar = nurse.get("/roster/mine/shifts.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == mine
    assert "\r\nDTSTART:2026112" in calendar
    wrong = nurse.post("/roster/mine/", {"what": "leave", "leave_day": "2026-11-01", "reason": "家中有事"})
    assert wrong.status_code == 422
    assert "家中有事" in html(wrong)
    nurse.post(
        "/roster/mine/",
        {"what": "leave", "leave_day": "2026-11-26", "until": "2026-11-27", "reason": "看病"},
    )
    nurse.post("/roster/mine/", {"what": "swap", "swap_day": "2026-11-25", "other": "b"})
    page = html(planner.get("/roster/?day=2026-11-23"))
    assert "何某某 请假 2026-11-26 ～ 2026-11-27：看病" in page
    planner.cookies[preferences.COOKIE] = "en.normal.normal.normal"
    assert "2026-11-27: 看病" in html(planner.get("/roster/?day=2026-11-23")), "no Chinese colon in English"
    del planner.cookies[preferences.COOKIE]
    leave = next(a for a in roster_issues.asks(tree().find(CENTRE), state="open") if a.what == "leave")
    planner.post("/roster/act/answer/", {"day": "2026-11-23", "ask": str(leave.id), "answer": "granted"})
    assert now_planned().problem.person["he.hs"].leave == {3, 4}
    assert "已同意" in text(nurse.get("/roster/mine/"))
    assert "请假，却排了班" in text(planner.get("/roster/?day=2026-11-23")) or not any(
        d in (3, 4) for p, d in draft.roster.cells if p == "he.hs"
    )


def test_the_workbook_has_everybody_and_every_day(planner: Client) -> None:
    draft = filled(planner)
    answer = planner.get("/roster/table.xlsx?day=2026-11-23")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    words = [c for row in sheet.iter_rows(min_row=3, min_col=3, values_only=True) for c in row if c]
    assert len(words) == len(draft.roster.cells)
    assert sheet.max_row == 2 + len(SETUP["people"])


def test_people_posts_and_rules_are_entered_on_a_page(planner: Client, unit: Unit) -> None:
    sent = {
        "form": "person",
        "id": "e",
        "name": "符某某",
        "sex": "female",
        "skills": "监控，医护",
        "batch": "2",
    }
    assert planner.post("/roster/setup/", sent).status_code == 302
    data = rosters.setup(unit)
    assert data is not None
    assert set(next(p for p in data["people"] if p["id"] == "e")["skills"]) == {"医护", "监控"}
    no_sex = planner.post("/roster/setup/", {**sent, "sex": ""})
    assert no_sex.status_code == 422
    assert "女性病区由女性值班" in text(no_sex)
    assert 'value="符某某"' in html(no_sex)
    planner.post("/roster/setup/", {"form": "post", "code": "G", "post_name": "大门"})
    planner.post(
        "/roster/setup/",
        {"form": "rules", "rest": "12", "most_days_row": "", "need_G_D": "2", "need_W_D": "1"},
    )
    data = rosters.setup(unit)
    assert data is not None
    assert (data["rules"]["rest"], data["rules"]["most_days_row"]) == (12, None)
    assert {(d["post"], d["shift"]): d["heads"] for d in data["demand"]}["G", "D"] == 2


CLOSED = {
    "form": "closed", "closed": "yes", "begins": "2026-11-16", "duty": "14", "isolation": "14", "home": "14",
    "most_row": "14", "most_sum": "",
}  # fmt: skip


def test_closed_duty_is_set_on_a_page_and_planned_with(planner: Client, unit: Unit) -> None:
    assert "封闭执勤轮换" in html(planner.get("/roster/setup/"))
    assert planner.post("/roster/setup/", CLOSED).status_code == 302
    shown = text(planner.get("/roster/setup/"))
    assert "1 封闭执勤 2026-11-29 2026-12-28" in shown
    assert "2 居家备勤 2026-11-29 2026-11-30" in shown
    person = {"form": "person", "id": "b", "name": "李某某", "sex": "male", "batch": "2"}
    planner.post("/roster/setup/", person)
    draft = begun(planner)
    assert draft.problem.rules.closed is not None
    closed = draft.problem.rules.closed
    assert (closed.duty, closed.isolation, closed.home) == (14, 14, 14)
    assert (closed.most_row, closed.most_sum) == (14, None)
    day = (date(2026, 11, 23) - draft.first).days
    assert [closed.phase(batch, day) for batch in range(3)] == ["duty", "home", "isolation"]
    planner.post("/roster/setup/", {"form": "closed", "closed": "no"})
    data = rosters.setup(unit)
    assert data is not None
    assert "closed" not in data["rules"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"begins": ""}, "请写第 1 批开始执勤的日期"),
        ({"duty": "0"}, "封闭执勤写 1 至 60 的天数"),
        ({"isolation": "7"}, "各批接不上"),
        ({"closed": ""}, "请选择是否实行封闭执勤"),
    ],
)
def test_a_turn_that_cannot_be_is_refused_and_what_was_typed_stays(
    planner: Client, wrong: dict[str, str], said: str
) -> None:
    answer = planner.post("/roster/setup/", {**CLOSED, **wrong})
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="14"' in html(answer)


def test_only_who_plans_reaches_the_table_and_only_of_their_own_centre(planner: Client) -> None:
    begun(planner)
    nurse = signed_in("he.hs", "nurse", CENTRE)
    for address in (
        "/roster/cell/?person=b&day=2026-11-23",
        "/roster/setup/",
        "/roster/table.xlsx?day=2026-11-23",
    ):
        assert nurse.get(address).status_code == 403
    units.add([NewUnit("46J02", "示范第二强制隔离戒毒所", "justice_centre", "46")])
    elsewhere = signed_in("ta.suo", "duty_planner", "46J02")
    assert "李某某" not in html(elsewhere.get("/roster/?day=2026-11-23"))
    assert elsewhere.get("/roster/cell/?person=b&day=2026-11-23").status_code == 404
