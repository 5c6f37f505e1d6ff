"""Recording, correcting and withdrawing, as an office does it: nothing is lost, nothing is written twice."""

from __future__ import annotations

import json
import re
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.store import staff
from guitu.store.read import file_by_case_no, file_view
from tests.browser.casefiles import people

PASSWORD = "a-password-of-tests"
HTMX = {"HX-Request": "true"}
INLINE = {"from": "today", "row": "d-1"}

Cases = dict[str, str]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def cases(places: object) -> Cases:
    """The invented files, in the store."""
    return people()


def signed_in(username: str, role: str, unit: str, **options: bool) -> Client:
    staff.add(username, PASSWORD, "李晓梅", [(role, unit)])
    client = Client(**options)  # type: ignore[arg-type]
    client.force_login(_user(username))
    return client


def _user(username: str):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=username)


@pytest.fixture
def town(cases: Cases) -> Client:
    return signed_in("li.xm", "town_office", "469023101")


def html(answer) -> str:
    return answer.content.decode()


def text(answer) -> str:
    body = html(answer).partition("<main")[2].partition("</main>")[0] or html(answer)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def entries(case_no: str) -> tuple[Entry, ...]:
    file = file_by_case_no(case_no)
    assert file is not None
    view = file_view(file)
    assert view is not None
    return view.entries


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def form_of(client: Client, where: str, **query: str) -> dict[str, str]:
    """The form as it was opened: its id and its day."""
    page = html(client.get(where, query))
    day = re.search(r'name="happened_on"[^>]* value="([^"]*)"', page)
    assert day
    return {"id": hidden(page, "id"), "happened_on": day[1]}


def record(client: Client, case_no: str, kind: str, **answers: str):
    """Fill in the form of a kind and save it."""
    where = f"/files/{case_no}/record/{kind}/"
    return client.post(where, {**form_of(client, where), **answers})


TAKEN = {"outcome": "taken", "result": "negative"}


# choosing


def test_one_chooses_among_what_ones_post_records_and_what_is_due_stands_first(
    town: Client, cases: Cases
) -> None:
    page = html(town.get(f"/files/{cases['awaiting_report']}/record/"))
    offered = re.findall(r'href="/files/[^/]+/record/(\w+)/', page)
    assert offered[0] == "reporting_in"
    assert set(offered) == {
        k.name for k in kinds().values() if "town_office" in k.recorded_by and k.name != "void"
    }
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
    assert "提交决定" in said
    assert entries(case)[-1].kind == "release"
    page = html(checked)
    kept = {name: hidden(page, name) for name in ("id", "happened_on", *answers)}
    back = town.post(f"/files/{case}/record/order/", {**kept, "change": "months"})
    assert back.status_code == 200
    assert re.search(r'id="f-months"[^>]* value="36"[^>]*autofocus', html(back))
    assert town.post(f"/files/{case}/record/order/", {**kept, "checked": "1"}).status_code == 302
    assert entries(case)[-1].fields["measure"] == "community_recovery"


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


# correcting and withdrawing


def refusal(case_no: str) -> Entry:
    return next(e for e in entries(case_no) if e.get("outcome") in ("refused", "evaded"))


def test_a_correction_starts_from_what_was_recorded_and_needs_a_reason(town: Client, cases: Cases) -> None:
    case = cases["late"]
    wrong = refusal(case)
    where = f"/files/{case}/entries/{wrong.id}/correct/"
    page = html(town.get(where))
    assert 'value="2026-03-02"' in page
    assert re.search(r'value="refused" checked', page)
    data = {**form_of(town, where), **TAKEN}
    refused = town.post(where, data)
    assert refused.status_code == 422
    assert "请写明更正的原因" in text(refused)
    saved = town.post(where, {**data, "correction_reason": "录错人，当天已检测"})
    said = text(town.get(saved["Location"]))
    assert "已更正：检测" in said
    assert "提示“严重违反协议”撤销" in said
    assert "<s>检测：拒检</s>" in html(town.get(f"/files/{case}/history/"))
    correction = entries(case)[-1]
    assert (correction.corrects, correction.reason) == (wrong.id, "录错人，当天已检测")
    assert wrong in entries(case), "the first entry is still there, unchanged"


def test_the_reason_of_a_correction_is_sealed_in_the_store(town: Client, cases: Cases) -> None:
    case = cases["late"]
    where = f"/files/{case}/entries/{refusal(case).id}/correct/"
    town.post(where, {**form_of(town, where), **TAKEN, "correction_reason": "邻居王某某看错了人"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM store_entry")
        everything = repr(cursor.fetchall())
    assert "邻居王某某" not in everything
    assert "\\xe9\\x82\\xbb\\xe5\\xb1\\x85" not in everything


def test_a_withdrawn_entry_stays_readable_and_no_longer_counts(town: Client, cases: Cases) -> None:
    case = cases["late"]
    wrong = refusal(case)
    where = f"/files/{case}/entries/{wrong.id}/withdraw/"
    assert "不再计算" in text(town.get(where))
    data = form_of(town, where)
    assert town.post(where, data).status_code == 422
    saved = town.post(where, {**data, "reason": "登错了人"})
    said = text(town.get(saved["Location"]))
    assert "已作废" in said
    assert "提示“严重违反协议”撤销" in said
    page = html(town.get(f"/files/{case}/history/"))
    assert "<s>检测：拒检</s>" in page
    assert "登错了人" in page


def test_an_entry_that_no_longer_counts_is_not_corrected_again(town: Client, cases: Cases) -> None:
    case = cases["corrected"]
    known = entries(case)
    correction = next(e for e in known if e.corrects and e.kind == "urine_test")
    for act in ("correct", "withdraw"):
        answer = town.get(f"/files/{case}/entries/{correction.corrects}/{act}/")
        assert answer.status_code == 409
        assert "已经更正过" in text(answer)
        assert f"/entries/{correction.id}/correct/" in html(answer)


def test_a_correction_sent_twice_is_saved_once(town: Client, cases: Cases) -> None:
    case = cases["late"]
    where = f"/files/{case}/entries/{refusal(case).id}/correct/"
    data = {**form_of(town, where), **TAKEN, "correction_reason": "录错"}
    first, second = town.post(where, data), town.post(where, data)
    assert first["Location"] == second["Location"]
    assert sum(e.corrects is not None for e in entries(case)) == 1


def test_only_who_may_record_a_kind_may_correct_or_withdraw_it(town: Client, cases: Cases) -> None:
    move = next(e for e in entries(cases["rights"]) if e.kind == "zone_move")
    for act in ("correct", "withdraw"):
        assert town.get(f"/files/{cases['rights']}/entries/{move.id}/{act}/").status_code == 403


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


# inside Today


def test_inside_today_the_form_comes_alone_and_saving_tells_the_page(town: Client, cases: Cases) -> None:
    case = cases["awaiting_report"]
    where = f"/files/{case}/record/reporting_in/"
    opened = town.get(where, INLINE, headers=HTMX)
    page = html(opened)
    assert "<html" not in page
    assert "record-inline" in page
    assert "符某某" in page
    data = {"id": hidden(page, "id"), "from": hidden(page, "from"), "row": hidden(page, "row")}
    wrong = town.post(where, {**data, "happened_on": "2026-13-01"}, headers=HTMX)
    assert wrong.status_code == 422
    assert "<html" not in html(wrong)
    saved = town.post(where, {**data, "happened_on": "今天"}, headers=HTMX)
    assert saved.status_code == 200
    told = json.loads(saved["HX-Trigger"])["guitu:recorded"]
    assert told["row"] == "d-1"
    assert told["case_no"] == case
    assert "已保存：报到" in told["said"]
    assert entries(case)[-1].kind == "reporting_in"


def test_inside_today_a_refusal_stands_where_the_form_stood(town: Client, cases: Cases) -> None:
    answer = town.get(f"/files/{cases['rights']}/record/zone_move/", INLINE, headers=HTMX)
    assert answer.status_code == 422, "HTMX puts no other refusal in its place"
    assert "<html" not in html(answer)
    assert "不登记“分区流转”" in text(answer)


def test_without_script_saving_from_today_leads_back_there(town: Client, cases: Cases) -> None:
    case = cases["awaiting_report"]
    where = f"/files/{case}/record/reporting_in/"
    page = html(town.get(where, INLINE))
    assert "保存并登下一人" in page
    data = {"id": hidden(page, "id"), "happened_on": "2026-11-23", **INLINE, "next": "1"}
    saved = town.post(where, data)
    assert saved.status_code == 302
    assert saved["Location"].startswith(f"/?recorded={case}&entry=")
