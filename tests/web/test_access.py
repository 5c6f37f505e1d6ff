"""Who sees what of a file on the pages: by compartment, across a hand-over, in an emergency, of a minor."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from guitu.access import Actor, Post, house
from guitu.cli.main import main
from guitu.kernel.errors import GuituError
from guitu.store import engine, gate, grants, read, staff
from guitu.web.pages.people.choices import tells_who
from tests.store.writing import CENTRE, TOWN, VILLAGE, Pen, id_number
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.own import own_of

NEXT_TOWN = "469024100"
COUNTY = "469023"
BORN = date(1990, 3, 5)
YOUNG = "2009-05-01"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def case(places: object, now: datetime) -> str:
    """The number of a person's file with something in every compartment, answered for by a village."""
    return written(now, Pen(801))


def written(now: datetime, pen: Pen, born: str = "1990-03-05") -> str:
    village = Pen(pen.place, author="village", unit=VILLAGE)
    village.next += 500
    centre = Pen(pen.place, author="centre", unit=CENTRE)
    centre.next += 700
    gate.record_many(
        [
            pen.person(born=born, phone="13800001402"),
            pen.held_by(VILLAGE, worker="李晓梅"),
            pen.entry("order", "2026-02-01", measure="community_treatment", document_no="文书甲"),
            pen.entry("served", "2026-02-02"),
            village.entry("reporting_in", "2026-02-05"),
            village.entry("remark", "2026-03-05", text="帮扶乙"),
            centre.entry("intake_health", "2026-03-06", conditions="病情丙"),
            centre.entry("zone_move", "2026-03-07", zone="return"),
        ],
        actor=house(),
        now=now,
    )
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def history(client: Client, case: str, status: int = 200) -> str:
    return html(client, f"/files/{case}/history/?size=100", status)


def hidden(page: str) -> str:
    found = re.search(r'<p class="hidden-entries">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip() if found else ""


def test_a_village_worker_sees_no_medical_content_and_how_much_there_is(case: str) -> None:
    page = history(signed_in("v", "village_worker", VILLAGE), case)
    assert "文书甲" in page
    assert "帮扶乙" in page
    assert "病情丙" not in page
    assert "场所管理 1 条 · 医疗 1 条" in hidden(page)
    assert "登记入所健康状况" not in page


def test_what_is_hidden_cannot_be_filtered_for_nor_corrected(case: str) -> None:
    client = signed_in("v", "village_worker", VILLAGE)
    assert "kind=intake_health" not in history(client, case)
    assert "病情丙" not in html(client, f"/files/{case}/history/?kind=intake_health")
    file = read.file_by_case_no(case)
    assert file is not None
    view = read.file_view(file)
    assert view is not None
    entry = next(e for e in view.entries if e.kind == "intake_health")
    for act in ("correct", "withdraw"):
        assert client.get(f"/files/{case}/entries/{entry.id}/{act}/").status_code == 404


def test_the_way_home_stays_and_its_reasons_do_not_tell_what_is_hidden(places: object, now: datetime) -> None:
    pen = Pen(802, unit=CENTRE)
    gate.record_many(
        [
            pen.person(),
            pen.entry("order", "2026-01-05", measure="compulsory_isolation", document_no="文书甲"),
            pen.entry("served", "2026-01-05"),
            pen.entry("admission", "2026-01-06", place="justice_centre", centre=CENTRE),
            pen.entry("exempt", "2026-02-06", ground="nursing"),
        ],
        actor=house(),
        now=now,
    )
    view = read.file_view(pen.file)
    assert view is not None
    nurse = signed_in("n", "nurse", CENTRE)
    page = html(nurse, f"/files/{view.case_no}/")
    assert "强制隔离戒毒" in text(page)
    assert "文书甲" not in page
    assert "一条已隐去的记录" in page
    assert "法律文书 2 条" in hidden(page)


def test_a_nurse_sees_of_the_legal_papers_only_the_test_she_recorded(places: object, now: datetime) -> None:
    pen = Pen(803, unit=CENTRE)
    mine = Pen(803, author="n", unit=CENTRE)
    mine.next += 500
    gate.record_many(
        [
            pen.person(),
            pen.entry("order", "2026-01-05", measure="compulsory_isolation", document_no="文书甲"),
            pen.entry("admission", "2026-01-06", place="justice_centre", centre=CENTRE),
            pen.entry("urine_test", "2026-02-06", outcome="taken", result="positive"),
            mine.entry("urine_test", "2026-03-06", outcome="taken", result="negative"),
        ],
        actor=house(),
        now=now,
    )
    view = read.file_view(pen.file)
    assert view is not None
    page = text(history(signed_in("n", "nurse", CENTRE), view.case_no))
    assert "结果：阴性" in page
    assert "结果：阳性" not in page
    assert "文书甲" not in page


def test_the_page_of_kinds_offers_only_what_the_role_may_write(case: str) -> None:
    offered = set(re.findall(rf"/files/{case}/record/(\w+)/", html(signed_in("v", "village_worker", VILLAGE),
                                                                  f"/files/{case}/record/")))  # fmt: skip
    assert {"urine_test", "remark"} <= offered
    assert offered.isdisjoint({"intake_health", "exempt", "order", "handover_accepted", "handover_sent"})


def hand_over(case: str, now: datetime, to: str) -> None:
    file = read.file_by_case_no(case)
    assert file is not None
    pen = Pen(801, author="town", unit=TOWN)
    pen.next += 900
    entry = pen.entry("handover_sent", "2026-11-20", to_unit=to)
    gate.record(entry, actor=house(), now=now)


def test_until_it_is_accepted_the_receiver_reads_identity_and_legal_papers_and_records_nothing(
    case: str, now: datetime
) -> None:
    receiver = signed_in("z", "town_office", NEXT_TOWN)
    assert receiver.get(f"/files/{case}/").status_code == 404
    hand_over(case, now, NEXT_TOWN)
    page = history(receiver, case)
    assert "文书甲" in page
    assert "帮扶乙" not in page
    assert "等待接收" in text(page)
    assert "帮扶 2 条" in hidden(page)
    assert "/record/handover_accepted/" in page
    assert receiver.get(f"/files/{case}/record/remark/").status_code == 403
    sender = signed_in("t", "town_office", TOWN)
    assert "帮扶乙" in history(sender, case)
    assert "等待接收" in text(history(sender, case))
    assert sender.get(f"/files/{case}/record/handover_accepted/").status_code == 403


def test_on_acceptance_the_receiver_holds_the_file_and_the_sender_reads_its_own_entries(
    case: str, now: datetime
) -> None:
    hand_over(case, now, NEXT_TOWN)
    receiver, village = signed_in("z", "town_office", NEXT_TOWN), signed_in("v", "village_worker", VILLAGE)
    where = f"/files/{case}/record/handover_accepted/"
    form = html(receiver, where)
    sent = dict(re.findall(r'name="(id|happened_on)"[^>]* value="([^"]*)"', form))
    answer = receiver.post(where, sent)
    assert answer.status_code == 302, text(answer.content.decode())
    view = read.file_view(read.file_by_case_no(case))  # type: ignore[arg-type]
    assert view is not None
    assert view.unit is not None
    assert view.unit.code == NEXT_TOWN
    assert "帮扶乙" in history(receiver, case)
    assert receiver.get(f"/files/{case}/record/remark/").status_code == 200

    page = html(village, f"/files/{case}/")
    assert "已移交给邻镇" in text(page)
    assert "帮扶乙" in page
    assert "文书甲" not in page  # recorded by the town, not by the village
    assert "接收移交" not in page
    assert "rail" not in main_of(page)
    assert "138" not in page
    for part in ("duties/", "measures/", "record/", "record/remark/"):
        assert village.get(f"/files/{case}/{part}").status_code == 404, part
    town = signed_in("t", "town_office", TOWN)
    assert "文书甲" in html(town, f"/files/{case}/")
    stranger = signed_in("s", "town_office", "469023101")
    assert stranger.get(f"/files/{case}/").status_code == 404
    assert "打开档案" in text(html(town, f"/people/?q={case}"))
    assert f"/files/{case}/" not in html(stranger, f"/people/?q={case}")


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_who_has_something_to_accept_is_told_on_today(case: str, now: datetime) -> None:
    receiver = signed_in("z", "town_office", NEXT_TOWN)
    assert "知会" not in html(receiver, "/")
    hand_over(case, now, NEXT_TOWN)
    assert "有 1 份档案移交给本单位" in text(html(receiver, "/"))
    accepted = Pen(801, author="z", unit=NEXT_TOWN)
    accepted.next += 950
    gate.record(accepted.entry("handover_accepted", "2026-11-21"), actor=house(), now=now)
    assert "知会" not in html(receiver, "/")


def test_an_emergency_opens_a_file_for_a_stated_reason_for_three_hours_and_is_told(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor = signed_in("d", "doctor", NEXT_TOWN, name="周医生")
    assert doctor.get(f"/files/{case}/").status_code == 404
    assert "应急查阅" in html(doctor, "/break-glass/")
    refused = doctor.post("/break-glass/", {"which": case, "reason": " "})
    assert refused.status_code == 422
    assert "请写明查阅理由" in refused.content.decode()
    assert doctor.get(f"/files/{case}/").status_code == 404
    opened = doctor.post("/break-glass/", {"which": case, "reason": "戒断反应送医", "opens": ["legal"]})
    assert opened["Location"] == f"/files/{case}/"
    page = history(doctor, case)
    assert "病情丙" in page
    assert "文书甲" in page
    assert "应急查阅中" in text(page)
    assert doctor.get(f"/files/{case}/record/").status_code == 200
    assert doctor.get(f"/files/{case}/record/remark/").status_code == 403

    told = text(html(signed_in("c", "county_supervisor", COUNTY), "/"))
    assert "周医生应急查阅了档案" in told
    assert "理由：戒断反应送医" in told
    assert "应急查阅" not in text(html(signed_in("c2", "county_supervisor", "469024"), "/"))
    file = engine.row("SELECT no FROM store_casefile WHERE case_no = %s", [case])
    assert file is not None
    assert [(g.user, g.reason) for g in grants.notices_for_file(file[0])] == [("d", "戒断反应送医")]
    stored = engine.rows("SELECT reason FROM store_grant")
    assert all("戒断".encode() not in bytes(row[0]) for row in stored)

    monkeypatch.setenv("GUITU_TODAY", "2026-11-24")
    assert doctor.get(f"/files/{case}/").status_code == 404


def test_an_emergency_opens_one_compartment_more_and_a_kept_page_does_not_show_it_to_others(
    case: str,
) -> None:
    one, other = (signed_in(name, "village_worker", VILLAGE) for name in ("v1", "v2"))
    for client in (one, other):
        assert "病情丙" not in html(client, f"/files/{case}/")
    href = next(h for h, _ in links(html(one, f"/files/{case}/"), "/break-glass/"))
    assert html(one, href.replace("&amp;", "&"))
    one.post("/break-glass/", {"case": case, "reason": "过量昏迷，需告知医生", "opens": ["medical"]})
    assert "病情丙" in html(one, f"/files/{case}/")
    assert "病情丙" not in html(other, f"/files/{case}/")
    assert one.get(f"/files/{case}/record/remark/").status_code == 200


def test_who_can_see_it_anyway_and_who_asks_for_what_no_emergency_opens_are_refused(case: str) -> None:
    village = signed_in("v", "village_worker", VILLAGE)
    for data in ({}, {"opens": ["medical_restricted"]}):
        answer = village.post("/break-glass/", {"case": case, "reason": "看看看看", **data})
        assert answer.status_code == 422
    assert engine.row("SELECT count(*) FROM store_grant") == (0,)
    assert signed_in("i", "inspector", "46").get("/break-glass/").status_code == 403


def test_a_number_held_elsewhere_leads_to_stating_a_reason_and_stands_in_no_address(
    places: object, now: datetime
) -> None:
    pen = Pen(810)
    gate.record_many([pen.person("欧阳修远"), pen.held_by("469024100200")], actor=house(), now=now)
    town = signed_in("t", "town_office", TOWN)
    number = id_number(BORN, 810)
    found = town.post("/people/", {"q": number})
    assert number not in found["Location"]
    assert found["Location"].startswith("/people/?found=")
    page = html(town, found["Location"])
    assert "由其他单位负责" in text(page)
    assert all(number not in href for href, _ in links(page, "/"))
    href = next(h for h, _ in links(page, "/break-glass/"))
    form = html(town, href)
    assert "欧阳修远" not in form
    token = href.partition("found=")[2]
    opened = town.post("/break-glass/", {"found": token, "reason": "衔接接送，核对身份"})
    assert opened.status_code == 302
    assert "欧阳修远" in html(town, opened["Location"])
    other = signed_in("t2", "town_office", TOWN)
    assert "由其他单位负责" not in text(html(other, found["Location"]))


@pytest.mark.parametrize(
    ("typed", "tells"),
    [
        (id_number(BORN, 1), True),
        ("13800001402", True),
        ("138 0000 1402", True),
        ("1990030", True),
        ("469023-2026-00017", False),
        ("1234", False),
        ("王小明", False),
        ("wxm", False),
    ],
)
def test_what_may_be_a_number_of_somebody_is_told_from_names_and_case_numbers(
    typed: str, tells: bool
) -> None:
    assert tells_who(typed) is tells


def test_no_number_is_taken_from_an_address_into_a_form(case: str) -> None:
    town = signed_in("t", "town_office", TOWN)
    assert town.get("/people/new/?name=13800001402")["Location"] == "/people/new/"
    assert 'value="13800001402"' not in html(town, f"/files/{case}/record/person/?phone=13800001402")


def test_a_minors_file_is_asked_for_and_opens_once_a_manager_above_has_approved(
    places: object, now: datetime
) -> None:
    case = written(now, Pen(820), born=YOUNG)
    village = signed_in("v", "village_worker", VILLAGE)
    for where in ("", "history/", "record/", "record/remark/"):
        assert village.get(f"/files/{case}/{where}")["Location"] == f"/files/{case}/minor/", where
    page = html(village, f"/files/{case}/minor/")
    assert "未成年人网络保护条例" in text(page)
    assert "王小明" not in page
    assert village.post(f"/files/{case}/minor/", {"reason": ""}).status_code == 422
    village.post(f"/files/{case}/minor/", {"reason": "入户走访，联系监护人"})
    assert "等待负责人审批" in text(html(village, f"/files/{case}/minor/"))

    county = signed_in("c", "county_supervisor", COUNTY)
    assert county.get(f"/files/{case}/")["Location"].endswith("/minor/")
    assert "1 件查阅申请待审批" in text(html(county, "/"))
    page = html(county, "/approvals/")
    assert "入户走访，联系监护人" in page
    where = re.search(r'action="(/approvals/\d+/)"', page)
    assert where
    assert county.post(where[1], {"answer": "approve", "days": "999"}).status_code == 422
    other = signed_in("c2", "county_supervisor", "469024")
    assert "入户走访" not in html(other, "/approvals/")
    assert other.post(where[1], {"answer": "approve", "days": "7"}).status_code == 404
    assert village.get("/approvals/").status_code == 403
    assert county.post(where[1], {"answer": "approve", "days": "7"})["Location"] == "/approvals/?done=given"
    assert "王小明" in html(village, f"/files/{case}/")
    assert county.get(f"/files/{case}/")["Location"].endswith("/minor/")


def test_what_waits_comes_a_page_at_a_time_the_oldest_first(places: object, now: datetime) -> None:
    case = written(now, Pen(822), born=YOUNG)
    view = read.looked_up(case)
    assert view is not None
    for n in range(21):
        asking = Actor(f"v{n}", (Post("village_worker", VILLAGE),))
        grants.ask_minor(view, asking, f"理由之{n:02}", now + timedelta(minutes=n))
    county = signed_in("c", "county_supervisor", COUNTY)
    first, second = html(county, "/approvals/"), html(county, "/approvals/?page=2")
    assert "等待答复 21 件" in text(first)
    assert "理由之00" in first
    assert "理由之20" not in first
    assert "理由之20" in second
    assert "理由之00" not in second
    assert "理由之20" in html(county, "/approvals/?page=99&size=20")
    where = re.search(r'action="(/approvals/\d+/)"', second)
    assert where
    refused = county.post(where[1], {"answer": "approve", "days": "999", "page": "2"})
    assert refused.status_code == 422
    assert "理由之20" in refused.content.decode()  # the page it was pressed on


def test_a_manager_does_not_approve_their_own_request_and_a_refusal_is_said(
    places: object, now: datetime
) -> None:
    case = written(now, Pen(821), born=YOUNG)
    county = signed_in("c", "county_supervisor", COUNTY)
    county.post(f"/files/{case}/minor/", {"reason": "核查来信反映的情况"})
    page = html(county, "/approvals/")
    assert "您自己的申请" in text(page)
    number = engine.row("SELECT id FROM store_grant")
    assert number is not None
    assert county.post(f"/approvals/{number[0]}/", {"answer": "approve", "days": "7"}).status_code == 422
    province = signed_in("p", "provincial_supervisor", "46")
    assert province.post(f"/approvals/{number[0]}/", {"answer": "refuse"}).status_code == 302
    assert "上次申请没有批准" in text(html(county, f"/files/{case}/minor/"))


def test_leave_for_a_minors_file_ends_with_its_term_and_with_the_eighteenth_birthday(
    places: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = written(now, Pen(822), born="2008-11-24")
    village = signed_in("v", "village_worker", VILLAGE)
    assert village.get(f"/files/{case}/").status_code == 302
    monkeypatch.setenv("GUITU_TODAY", "2026-11-24")
    assert village.get(f"/files/{case}/").status_code == 200


def test_an_outsider_learns_nothing_of_a_minors_file(places: object, now: datetime) -> None:
    case = written(now, Pen(823), born=YOUNG)
    stranger = signed_in("s", "town_office", NEXT_TOWN)
    for where in ("", "minor/", "history/"):
        assert stranger.get(f"/files/{case}/{where}").status_code == 404
    assert stranger.post(f"/files/{case}/minor/", {"reason": "看看看看"}).status_code == 404


def test_a_worker_above_the_village_finds_the_people_of_a_caseload_alone(
    places: object, now: datetime
) -> None:
    mine, others = Pen(830), Pen(831)
    gate.record_many(
        [
            mine.person("王小明"), mine.held_by(VILLAGE, worker="李晓梅"),
            others.person("王小红"), others.held_by(VILLAGE, worker="王建国"),
        ],
        actor=house(),
        now=now,
    )  # fmt: skip
    worker = signed_in("w", "village_worker", TOWN)
    page = html(worker, "/people/?q=王小")
    assert "王小明" in page
    assert "王小红" not in page
    assert "王小红" not in html(worker, "/people/?list=all")
    cases = [read.file_view(pen.file).case_no for pen in (mine, others)]  # type: ignore[union-attr]
    assert [worker.get(f"/files/{case}/").status_code for case in cases] == [200, 404]


def test_no_account_holds_two_of_the_three_administrators(places: object) -> None:
    staff.add("a", None, "甲", [("system_admin", "46")])
    for role in ("security_admin", "audit_admin", "doctor"):
        with pytest.raises(GuituError, match="kept apart"):
            staff.add("a", None, "甲", [(role, "46")])
    with pytest.raises(GuituError, match="kept apart"):
        staff.add("b", None, "乙", [("security_admin", "46"), ("audit_admin", "46")])
    assert not staff.exists("b")
    assert [h.role.name for h in staff.posts("a")] == ["system_admin"]


def test_the_person_is_told_that_the_file_was_opened_in_an_emergency_by_whom_and_why_but_no_name(
    places: object, now: datetime
) -> None:
    own = own_of(now)
    doctor = signed_in("d", "doctor", NEXT_TOWN, name="周医生")
    assert "因紧急情况" not in own.page()
    opened = doctor.post("/break-glass/", {"which": own.case_no, "reason": "戒断反应送医"})
    assert opened.status_code == 302
    page = text(own.page())
    assert "2026年11月23日，邻镇的医生因紧急情况看了您的档案。" in page
    assert "写明的理由：戒断反应送医" in page
    assert "周医生" not in page


def test_a_command_shows_a_named_account_what_its_post_may_see(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_LANG", "zh")
    staff.add("v", None, "李晓梅", [("village_worker", VILLAGE)])
    staff.add("s", None, "赵一", [("town_office", NEXT_TOWN)])
    staff.add("a", None, "钱二", [("auditor", "46")])
    assert main(["explain", case, "--on", "2026-11-23"]) == 0
    assert "--as 账号" in capsys.readouterr().err
    assert main(["explain", case, "--on", "2026-11-23", "--as", "v"]) == 0
    assert capsys.readouterr().err == ""
    for other in ("s", "a"):
        assert main(["explain", case, "--as", other]) == 2
        assert "没有档案" in capsys.readouterr().err
    assert main(["explain", case, "--as", "nobody"]) == 2
    assert "不存在或没有岗位" in capsys.readouterr().err
    assert main(["today", "--as", "v", "--on", "2026-11-23"]) == 0
    assert main(["today", "--as", "v", "--unit", COUNTY]) == 2
    assert main(["today", "--as", "a"]) == 2
    assert "不能查看" in capsys.readouterr().err
