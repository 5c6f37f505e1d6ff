"""Recording, as an office does it: nothing is lost, nothing is written twice."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from guitu.compose import kinds
from guitu.store.placing import BY_RECEIVER
from guitu.web.pages.record.build import of_person
from tests.browser.casefiles import people
from tests.web.recording import HTMX, TAKEN, entries, form_of, hidden, html, record, signed_in, text

Cases = dict[str, str]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def cases(places: object) -> Cases:
    """The invented files, in the store."""
    return people()


@pytest.fixture
def town(cases: Cases) -> Client:
    return signed_in("li.xm", "town_office", "469023101")


# choosing


def test_one_chooses_among_what_ones_post_records_and_what_is_due_stands_first(
    town: Client, cases: Cases
) -> None:
    page = html(town.get(f"/files/{cases['awaiting_report']}/record/"))
    offered = re.findall(r'href="/files/[^/]+/record/(\w+)/', page)
    assert offered[0] == "reporting_in"
    assert (
        set(offered)
        == {
            k.name
            for k in kinds().values()
            if k.about == "person" and "town_office" in k.recorded_by
            if k.name != "void" and not k.act and not k.own_page and not of_person(k)
        }
        - BY_RECEIVER
    )  # nothing was sent to this town
    assert "逾期 7 天" in page


# the form


def test_the_form_opens_on_today_with_everything_the_kind_declares(town: Client, cases: Cases) -> None:
    page = html(town.get(f"/files/{cases['in_force']}/record/urine_test/"))
    assert 'value="2026-11-23"' in page
    assert "2026年11月23日 周一" in page
    for ask in kinds()["urine_test"].fields:
        assert ask.label.zh in page, ask.name
        for choice in ask.choices:
            assert choice.label.zh in page
    assert "不清楚／未问" in page, "an optional choice may stay open"
    assert "只在检测情况为已检时填写" in page
    assert "《戒毒条例》第20条" in page
    assert UUID(hidden(page, "id")).version == 7


def test_each_opening_of_the_form_has_an_id_of_its_own(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['in_force']}/record/remark/"
    assert form_of(town, where)["id"] != form_of(town, where)["id"]


def test_an_address_may_bring_answers_along(town: Client, cases: Cases) -> None:
    page = html(town.get(f"/files/{cases['in_force']}/record/urine_test/", {"outcome": "refused"}))
    assert re.search(r'value="refused" checked', page)


def test_saving_leads_to_the_file_with_receipt_time_and_what_changed(town: Client, cases: Cases) -> None:
    case = cases["awaiting_report"]
    saved = record(town, case, "reporting_in")
    assert saved.status_code == 302
    said = text(town.get(saved["Location"]))
    assert re.search(r"已保存：报到 · 2026-11-23 10:00 · 回执 [0-9A-F]{8}", said)
    assert "完成应办“报到”（应于 2026-11-16）" in said
    assert "“社区戒毒”：待报到 → 执行中" in said
    assert "期满日：2029-11-22" in said
    assert "提示“视为拒绝”撤销" in said
    last = entries(case)[-1]
    assert (last.kind, last.happened_on, last.author, last.unit) == (
        "reporting_in", date(2026, 11, 23), "li.xm", "469023101",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261120", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026.11.20", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("1120", "2026-11-20"),
        ("11-20", "2026-11-20"),
        ("今天", "2026-11-23"),
        ("昨天", "2026-11-22"),
        ("-1", "2026-11-22"),
        ("－１", "2026-11-22"),
        ("２０２６１１２０", "2026-11-20"),
        (" 2026-11-20 ", "2026-11-20"),
        ("today", "2026-11-23"),
    ],
)
def test_a_day_may_be_typed_as_offices_type_it(town: Client, cases: Cases, typed: str, day: str) -> None:
    saved = record(town, cases["in_force"], "urine_test", happened_on=typed, **TAKEN)
    assert saved.status_code == 302
    assert entries(cases["in_force"])[-1].happened_on.isoformat() == day


@pytest.mark.parametrize("typed", ["0930", "930", "09:30", "9:30", "０９：３０", "9点30分"])
def test_a_time_of_day_may_be_typed_as_offices_type_it(town: Client, cases: Cases, typed: str) -> None:
    given = {"how": "phone", "result": "no_answer", "time": typed}
    saved = record(town, cases["in_force"], "contact_attempt", **given)
    assert saved.status_code == 302, text(saved)
    assert entries(cases["in_force"])[-1].get("time") == 930


@pytest.mark.parametrize("typed", ["上午", "25:10", "9:75", "约9点"])
def test_what_is_no_time_of_day_is_told_how_one_is_written(town: Client, cases: Cases, typed: str) -> None:
    given = {"how": "phone", "result": "no_answer", "time": typed}
    said = text(record(town, cases["in_force"], "contact_attempt", **given))
    assert f"时间“{typed}”不是一天中的时间，请写成四位数字，如 1405" in said
    assert "不是整数" not in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写检测日期"),
        ("2026.13.5", "检测日期：没有 13 月"),
        ("20260230", "2026 年 2 月没有 30 日"),
        ("星期五", "“星期五”看不懂，请写成 20261123"),
        ("18991231", "1899 年不在可登记的年份内"),
        ("2026-11-24", "检测日期 2026年11月24日 晚于今天（2026年11月23日）"),
        ("1984-01-01", "早于出生日期（1985年6月3日）"),
        ("' OR 1=1", "看不懂"),
    ],
)
def test_an_impossible_day_is_refused_at_its_box_and_what_was_typed_is_kept(
    town: Client, cases: Cases, typed: str, sentence: str
) -> None:
    before = entries(cases["in_force"])
    answer = record(town, cases["in_force"], "urine_test", happened_on=typed, note="<b>邻居来电</b>", **TAKEN)
    assert answer.status_code == 422
    page = html(answer)
    assert page.partition("<title>")[2].startswith("有误：")
    assert sentence in text(answer)
    assert 'href="#f-happened_on"' in page
    assert re.search(r'id="f-happened_on"[^>]*aria-describedby="[^"]*f-happened_on-error', page)
    assert "&lt;b&gt;邻居来电&lt;/b&gt;" in page
    assert re.search(r'value="negative" checked', page)
    assert entries(cases["in_force"]) == before


def test_every_fault_is_named_at_once_in_the_order_of_the_boxes(town: Client, cases: Cases) -> None:
    page = html(record(town, cases["in_force"], "absence", happened_on="xx", days="许多"))
    links = re.findall(r'<li><a href="#f-(\w+)">', page)
    assert links == ["happened_on", "authorised", "days"]
    assert "“许多”不是整数" in page


def test_an_answer_to_a_question_that_was_not_asked_is_refused(town: Client, cases: Cases) -> None:
    answer = record(town, cases["in_force"], "urine_test", outcome="refused", result="negative")
    assert answer.status_code == 422
    assert "检测结果在此情形下不应填写" in text(answer)


def test_the_form_of_another_world_is_not_there(town: Client, cases: Cases) -> None:
    for kind in ("void", "no_such_kind"):
        assert town.get(f"/files/{cases['in_force']}/record/{kind}/").status_code == 404


# once only


def test_a_double_press_appends_once_and_gives_the_same_receipt(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['in_force']}/record/urine_test/"
    data = {**form_of(town, where), **TAKEN}
    before = len(entries(cases["in_force"]))
    first, second = town.post(where, data), town.post(where, data)
    assert first["Location"] == second["Location"]
    assert len(entries(cases["in_force"])) == before + 1


def test_the_same_form_with_other_answers_is_refused_and_both_are_shown(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['in_force']}/record/urine_test/"
    data = {**form_of(town, where), **TAKEN}
    town.post(where, data)
    before = entries(cases["in_force"])
    answer = town.post(where, {**data, "result": "positive"})
    assert answer.status_code == 409
    said = text(answer)
    assert "阴性" in said
    assert "阳性" in said
    assert "没有写入任何新记录" in said
    assert entries(cases["in_force"]) == before


@pytest.mark.parametrize("bad", ["", "7", "4c4b7a0e-0000-4000-8000-000000000000"])
def test_a_form_without_an_id_of_its_own_is_not_taken(town: Client, cases: Cases, bad: str) -> None:
    where = f"/files/{cases['in_force']}/record/urine_test/"
    assert town.post(where, {**form_of(town, where), **TAKEN, "id": bad}).status_code == 400


def test_an_id_used_in_another_file_tells_nothing_about_that_file(town: Client, cases: Cases) -> None:
    taken = entries(cases["late"])[-1]
    where = f"/files/{cases['in_force']}/record/urine_test/"
    answer = town.post(where, {**form_of(town, where), **TAKEN, "id": str(taken.id)})
    assert answer.status_code == 400
    assert "拒检" not in html(answer)


def test_a_form_from_elsewhere_is_not_taken(cases: Cases) -> None:
    strict = signed_in("wary", "town_office", "469023101", enforce_csrf_checks=True)
    where = f"/files/{cases['in_force']}/record/urine_test/"
    assert strict.post(where, {**form_of(strict, where), **TAKEN}).status_code == 403
    assert entries(cases["in_force"])[-1].author != "wary"


# unusual, and what touches liberty


@pytest.mark.parametrize(
    ("day", "question"),
    [
        ("2025-03-10", "在一年以前。确实是 2025 年吗？"),
        ("2026-10-19", "早于最近一条记录（2026-10-20 检测）"),
        ("2026-10-20", "2026-10-20 已有一条“检测”"),
    ],
)
def test_what_is_unusual_is_asked_once_and_then_saved(
    town: Client, cases: Cases, day: str, question: str
) -> None:
    before = len(entries(cases["in_force"]))
    asked = record(town, cases["in_force"], "urine_test", happened_on=day, **TAKEN)
    assert asked.status_code == 200
    assert question in text(asked)
    assert len(entries(cases["in_force"])) == before
    page = html(asked)
    again = {name: hidden(page, name) for name in ("id", "happened_on", "outcome", "result")}
    saved = town.post(f"/files/{cases['in_force']}/record/urine_test/", {**again, "checked": "1"})
    assert saved.status_code == 302
    assert len(entries(cases["in_force"])) == before + 1


def test_what_touches_liberty_is_read_back_before_it_is_saved(town: Client, cases: Cases) -> None:
    case = cases["ended"]
    answers = {
        "measure": "community_recovery",
        "months": "36",
        "document_no": "示公（禁）社康决字〔2026〕3号",
    }
    checked = record(town, case, "order", **answers)
    said = text(checked)
    assert checked.status_code == 200
    assert "核对后再保存" in said
    for shown in ("2026年11月23日 周一", "社区康复", "36 个月", "示公（禁）社康决字〔2026〕3号"):
        assert shown in said
    assert "新措施：社区康复，待报到" in said
    assert "提交第二人复核" in said
    assert entries(case)[-1].kind == "release"
    page = html(checked)
    kept = {name: hidden(page, name) for name in ("id", "happened_on", *answers)}
    back = town.post(f"/files/{case}/record/order/", {**kept, "change": "months"})
    assert back.status_code == 200
    assert re.search(r'id="f-months"[^>]* value="36"[^>]*autofocus', html(back))
    sent = town.post(f"/files/{case}/record/order/", {**kept, "checked": "1"})
    assert sent.status_code == 302
    assert entries(case)[-1].kind == "release", "it waits for a second officer"
    assert "已提交，等待第二人复核" in text(town.get(sent["Location"]))


# not allowed


def test_not_allowed_is_a_page_of_its_own_with_the_reason(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['rights']}/record/zone_move/"
    answer = town.get(where)
    assert answer.status_code == 403
    assert "乡镇禁毒办不登记“分区流转”" in text(answer)
    before = entries(cases["rights"])
    assert town.post(where, {"id": str(before[0].id), "zone": "detox"}).status_code == 403
    assert entries(cases["rights"]) == before


# the effect


def test_the_effect_is_shown_before_saving_and_nothing_is_written(town: Client, cases: Cases) -> None:
    case = cases["late"]
    before = entries(case)
    where = f"/files/{case}/record/urine_test/"
    data = {**form_of(town, where), "look": "1"}
    waiting = town.post(where, data, headers=HTMX)
    assert "填好必填项后" in text(waiting)
    told = town.post(where, {**data, **TAKEN}, headers=HTMX)
    assert told.status_code == 200
    assert "<h1" not in html(told)
    assert "只记入经历；期限、应办事项和提示都不变" in text(told)
    whole = town.post(where, {**data, **TAKEN})
    assert "<h1" in html(whole)
    assert "只记入经历" in text(whole)
    assert entries(case) == before


def test_the_effect_of_detention_says_that_the_end_moves(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['late']}/record/detained/"
    data = {**form_of(town, where), "happened_on": "2026-11-13", "look": "1"}
    said = text(town.post(where, data, headers=HTMX))
    assert "“社区戒毒”：执行中 → 中止" in said
    assert "期满日由 2028-03-05 改为 2028-03-15" in said


# units and identity numbers


def test_a_unit_is_found_by_part_of_its_name_nearest_first(town: Client, cases: Cases) -> None:
    part = town.get("/record/units/", {"name": "to_unit", "to_unit_search": "坡村"}, headers=HTMX)
    assert re.findall(r'name="to_unit" value="(\d+)"', html(part)) == ["469023101200", "469023100200"]
    assert "找到 2 个" in html(part)
    assert town.get("/record/units/", {"name": "nonsense"}).status_code == 400
    assert "<h1" in html(town.get("/record/units/", {"name": "to_unit", "to_unit_search": "坡村"}))


@pytest.mark.parametrize(
    ("typed", "chosen"), [("东坡村", "469023100200"), ("河东镇 坡村", "469023100200"), ("469024100200", None)]
)
def test_without_script_a_units_name_alone_is_enough(
    town: Client, cases: Cases, typed: str, chosen: str | None
) -> None:
    saved = record(town, cases["in_force"], "change_of_place", to_unit_search=typed)
    assert saved.status_code == 302
    assert entries(cases["in_force"])[-1].get("to_unit") == (chosen or typed)


def test_a_name_that_several_units_have_is_asked_back(town: Client, cases: Cases) -> None:
    asked = record(town, cases["in_force"], "change_of_place", to_unit_search="坡村")
    assert asked.status_code == 422
    assert "有 2 个单位叫“坡村”，请选一个" in text(asked)
    where = f"/files/{cases['in_force']}/record/change_of_place/"
    data = {**form_of(town, where), "to_unit_search": "坡村", "to_unit": "469023100200"}
    assert town.post(where, data).status_code == 302


def test_a_unit_that_does_not_exist_is_refused(town: Client, cases: Cases) -> None:
    for answers in ({"to_unit_search": "月亮村"}, {"to_unit": "999999"}):
        answer = record(town, cases["in_force"], "change_of_place", **answers)
        assert answer.status_code == 422
        assert 'href="#f-to_unit"' in html(answer)


def test_a_wrong_identity_number_is_named_at_its_box(town: Client, cases: Cases) -> None:
    answer = record(
        town, cases["in_force"], "person", name="符某某", sex="male", id_number="981010198506030011"
    )
    assert answer.status_code == 422
    assert "校验码不对" in text(answer)
    assert 'href="#f-id_number"' in html(answer)


def test_an_identity_number_of_somebody_else_is_refused_at_its_box(town: Client, cases: Cases) -> None:
    other = next(e for e in entries(cases["late"]) if e.kind == "person").get("id_number")
    before = entries(cases["in_force"])
    answer = record(
        town, cases["in_force"], "person", name="符某某", sex="male", birth="19850603", id_number=str(other)
    )
    assert answer.status_code == 422
    assert "已属于另一份档案" in text(answer)
    assert 'href="#f-id_number"' in html(answer)
    assert entries(cases["in_force"]) == before
