"""The case file as a town office sees it: where the person stands, what is due, and how we know."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from uuid import UUID

import pytest
from django.test import Client

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import engine, read, staff
from guitu.web.components.duty.component import DutyRow
from guitu.web.components.why.component import Why
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses, examples
from guitu.web.pages.casefile.timeline import sentence
from tests.browser.casefiles import people
from tests.store import reading_log
from tests.web.recording import TAKEN, entries, form_of, record

PASSWORD = "a-password-of-tests"
HTMX = {"HX-Request": "true"}

Cases = dict[str, str]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def cases(places: object) -> Cases:
    """The invented files, in the store."""
    return people()


def signed_in(username: str, role: str, unit: str) -> Client:
    staff.add(username, PASSWORD, "李晓梅", [(role, unit)])
    client = Client()
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


@pytest.fixture
def town(cases: Cases) -> Client:
    """The town office that answers for everybody in these files."""
    return signed_in("li.xm", "town_office", "469023101")


def number_of(case_no: str) -> int:
    """The file's number in the store."""
    found = read.opened(case_no)
    assert found is not None
    return found.no


def html(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def text(answer: object) -> str:
    """What is read on the page, without its marks."""
    body = html(answer).partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_first_lines_say_where_the_person_stands_with_the_sum(town: Client, cases: Cases) -> None:
    answer = town.get(f"/files/{cases['in_force']}/")
    assert answer.status_code == 200
    said = text(answer)
    assert "社区戒毒，执行中，第 2 年" in said
    assert "2028年3月20日" in said
    assert "还有 483 天" in said
    assert "报到 2025-03-06 ＋ 3年 → 2028-03-05" in said
    assert "15 天 → 2028-03-20" in said


def test_the_name_is_the_only_first_heading_and_stays_out_of_the_browsers_history(
    town: Client, cases: Cases
) -> None:
    page = html(town.get(f"/files/{cases['in_force']}/"))
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["符某某"]
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert "符某某" not in title
    assert cases["in_force"] in title


@pytest.mark.parametrize("part", ["", "duties/", "measures/", "history/", "record/", "record/remark/"])
def test_a_file_outside_the_area_is_not_there(cases: Cases, part: str) -> None:
    elsewhere = signed_in("elsewhere", "town_office", "469023100")
    assert elsewhere.get(f"/files/{cases['in_force']}/{part}").status_code == 404
    assert elsewhere.get(f"/files/469023-1999-00001/{part}").status_code == 404


def test_a_post_without_files_is_told_so(cases: Cases) -> None:
    auditor = signed_in("auditor", "auditor", "46")
    answer = auditor.get(f"/files/{cases['in_force']}/")
    assert answer.status_code == 403
    assert "符某某" not in html(answer)


def test_a_file_is_found_by_its_number_in_any_case_and_by_its_id(town: Client, cases: Cases) -> None:
    assert town.get(f"/files/{UUID(int=examples.FILE.int + 1)}/").status_code == 200
    assert town.get("/files/no-such-file/").status_code == 404


def test_the_identity_number_is_masked_until_it_is_asked_for_and_that_is_written_down(
    town: Client, cases: Cases
) -> None:
    where = f"/files/{cases['in_force']}/"
    page = html(town.get(where))
    number = "981010198506030010"
    assert number not in page
    assert "981***********0010" in page
    assert town.get(where + "number/")["Location"] == where
    part = town.post(where + "number/", headers=HTMX)
    assert number in html(part)
    assert "<h1" not in html(part)
    assert "已记入查阅记录" in html(part)
    (line,) = reading_log.lines("li.xm", "number")
    assert (line.files, line.compartments) == ((number_of(cases["in_force"]),), "identity")
    whole = town.post(where + "number/")
    assert number in html(whole)
    assert "<h1" in html(whole)


def test_opening_a_file_is_written_down_with_who_why_and_from_where(town: Client, cases: Cases) -> None:
    town.get(f"/files/{cases['in_force']}/history/")
    (line,) = reading_log.lines("li.xm", "open")
    assert line[:5] == ("li.xm", "town_office", "469023101", "open", (number_of(cases["in_force"]),))
    assert (line.why, line.source, line.detail, line.outside) == (
        "本单位辖区内", "127.0.0.1", "tab=history", False,
    )  # fmt: skip


def test_a_right_at_risk_leads_from_the_first_lines_to_its_reasons(town: Client, cases: Cases) -> None:
    page = html(town.get(f"/files/{cases['rights']}/"))
    alarm = re.search(r'<a href="#(finding-held_past_term-\w+)">', page)
    assert alarm
    assert f'id="{alarm[1]}"' in page
    assert "逾期 6 天" in page
    assert "系统只提示，不作决定" in page


def test_a_duty_offers_the_press_that_does_it(town: Client, cases: Cases) -> None:
    page = html(town.get(f"/files/{cases['awaiting_report']}/duties/"))
    assert f'href="/files/{cases["awaiting_report"]}/record/reporting_in/"' in page
    assert "《戒毒条例》第14条" in page
    assert "逾期 7 天" in page


def test_recording_a_duty_starts_with_the_answers_its_rule_already_knows() -> None:
    file = examples.opened("rights")
    before = file.assessed(date(2026, 9, 1))
    duty = next(d for d in before.duties if d.name == "assess_before_expiry")
    assert duty.state == "open"
    assert "stage=before_expiry" in addresses.record_duty("x", duty, file.policy)


def test_every_reason_leads_to_the_entries_it_used(town: Client, cases: Cases) -> None:
    page = html(town.get(f"/files/{cases['late']}/"))
    sources = re.findall(r'<ul class="why-sources">(.*?)</ul>', page, re.DOTALL)
    links = re.findall(r'href="([^"]+)"', "".join(sources))
    assert len(links) >= 3
    for link in links:
        link = link.replace("&amp;", "&")
        there = page if link.startswith("#") else html(town.get(link))
        assert f'id="{link.partition("#")[2]}"' in there


def test_what_was_corrected_or_withdrawn_stays_struck_with_the_way_to_what_replaced_it(
    town: Client, cases: Cases
) -> None:
    page = html(town.get(f"/files/{cases['corrected']}/"))
    struck = re.search(r"<s>检测：拒检</s></p><p class=\"moment-note\">(.*?)</p>", page)
    assert struck
    assert "已更正 → 见" in struck[1]
    assert "录错情况，当天已检测" in struck[1]
    target = re.search(r'href="#(e-\w+)"', struck[1])
    assert target
    assert f'id="{target[1]}"' in page
    assert "<s>外出 3 天，经批准或报告：否</s>" in page
    assert "登错了人" in page
    assert text(town.get(f"/files/{cases['corrected']}/")).count("登记于 2026-10-21") == 1


def days_shown(page: str) -> list[str]:
    return re.findall(r'<p class="moment-day"><time datetime="([\d-]+)"', page)


def test_the_history_runs_from_the_newest_day_back_twenty_to_a_page(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['in_force']}/history/"
    first, second = html(town.get(where)), html(town.get(where + "?page=2"))
    shown = days_shown(first) + days_shown(second)
    assert len(days_shown(first)) == 20
    assert len(shown) == len(examples.HISTORIES["in_force"])
    assert shown == sorted(shown, reverse=True)


def test_the_count_on_a_filter_is_the_length_of_its_list(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['late']}/history/"
    page = html(town.get(where))
    chips = re.findall(r'<a class="chip[^"]*" href="([^"]+)"[^>]*>[^<]*<span class="num">(\d+)</span>', page)
    assert len(chips) > 3
    for link, count in chips:
        listed = html(town.get(link.replace("&amp;", "&") + ("&" if "?" in link else "?") + "size=100"))
        assert len(days_shown(listed)) == int(count), link


def test_htmx_gets_the_history_alone_with_focus_and_words_and_everybody_else_the_page(
    town: Client, cases: Cases
) -> None:
    where = f"/files/{cases['in_force']}/history/?page=2"
    part = html(town.get(where, headers=HTMX))
    assert part.lstrip().startswith('<section class="section" id="history"')
    assert "data-focus" in part
    assert "经历 28 条，第 21–28 条" in part
    for headers in ({}, {**HTMX, "HX-History-Restore-Request": "true"}):
        whole = html(town.get(where, headers=headers))
        assert "<h1" in whole
    assert "data-focus" not in html(town.get(where))


def test_an_entry_asked_for_is_on_the_page_that_comes(town: Client, cases: Cases) -> None:
    oldest = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0100 + 1000)
    page = html(town.get(f"/files/{cases['in_force']}/history/?entry={oldest}"))
    assert f'id="e-{oldest.hex}"' in page
    assert 'aria-current="page"' in page


def test_any_day_can_be_seen_as_it_was_known_then(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['corrected']}/"
    now = text(town.get(where))
    assert "已检，结果：阴性" in now
    then = town.get(where, {"on": "2026-10-15", "known_at": "2026-10-15"})
    said = text(then)
    assert "正在看 2026-10-15 的情况，以 2026-10-15 当天所知为准" in said
    assert "已检" not in said
    assert "检测：拒检" in said
    assert "/record/" not in html(then)
    assert "correct/" not in html(then)
    assert "on=2026-10-15&amp;known_at=2026-10-15" in html(then), "the tabs stay on that day"


def test_what_only_was_not_yet_known_changes_the_answer_of_that_day() -> None:
    file = examples.opened("corrected")
    on = date(2026, 10, 15)
    known = datetime.combine(on, time.max, CHINA)
    assert file.assessed(on, known) != file.assessed(on)


def test_a_day_that_cannot_be_read_is_named_and_the_page_still_comes(town: Client, cases: Cases) -> None:
    answer = town.get(f"/files/{cases['in_force']}/", {"on": "2026-02-30"})
    assert answer.status_code == 422
    assert "2026 年 2 月没有 30 日" in html(answer)
    assert 'value="2026-02-30"' in html(answer)
    assert "社区戒毒，执行中" in text(answer)


def test_who_may_only_read_is_offered_no_press(cases: Cases) -> None:
    inspector = signed_in("inspector", "inspector", "46")
    page = html(inspector.get(f"/files/{cases['rights']}/"))
    assert "/record/" not in page
    assert "/correct/" not in page
    assert "超期未解除" in page


def test_an_empty_file_says_what_to_do_first(town: Client, cases: Cases) -> None:
    said = text(town.get(f"/files/{cases['empty']}/"))
    assert "还没有登记任何戒毒措施的决定" in said
    assert "没有正在执行的措施" in said


def test_what_the_rules_do_not_cover_is_said_and_not_guessed(town: Client, cases: Cases) -> None:
    said = text(town.get(f"/files/{cases['not_covered']}/"))
    assert "规则未涵盖" in said
    assert "社区康复决定书没有写明期限" in said


def test_every_measure_shows_its_own_sum(town: Client, cases: Cases) -> None:
    said = text(town.get(f"/files/{cases['ended']}/measures/"))
    assert "决定 2024-11-18 ＋ 2年 → 2026-11-17" in said
    assert "文书载明 2026-11-17" in said
    assert "与推算一致" in said


def test_the_page_is_said_in_english_too(town: Client, cases: Cases) -> None:
    town.cookies["guitu_view"] = "en.normal.normal.normal"
    page = town.get(f"/files/{cases['late']}/")
    said = text(page)
    assert "Community treatment, in force, year 2" in said
    assert "468 days left" in said
    left = re.sub(
        r"符某某|西坡村|河西镇|李晓梅|王建国|吴西子|示例县公安局|示公（禁）社戒决字〔2025〕12号", "", said
    )
    left = re.sub(r"戒毒条例|禁毒法|归途|中文", "", left)
    assert re.findall(r"[\u4e00-\u9fff]+", left) == []


def test_a_file_costs_few_queries_however_long_it_is(
    town: Client, cases: Cases, django_assert_max_num_queries: object
) -> None:
    town.get(f"/files/{cases['empty']}/")
    for name in ("empty", "in_force"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            town.get(f"/files/{cases[name]}/")


def test_a_clause_about_nothing_is_left_out_of_an_entrys_sentence() -> None:
    reading = examples.reader_of_cards()
    (refused,) = examples.entries((("2026-05-06", "urine_test", {"outcome": "refused"}),))
    assert sentence(refused, reading) == Label("检测：拒检", "Test: Refused")
    (placed,) = examples.entries((("2026-05-06", "responsible_unit", {"unit": "469023101"}),))
    assert sentence(placed, reading) == Label("责任单位：河西镇", "Responsible unit 河西镇")


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_has_a_sentence_even_when_nothing_was_answered(kind: str) -> None:
    (bare,) = examples.entries((("2026-05-06", kind, {}),))
    said = sentence(bare, examples.reader_of_cards())
    assert "{" not in said.zh + said.en


def test_a_file_looked_at_again_is_never_what_it_was_before(town: Client, cases: Cases) -> None:
    """Its page is kept while nothing changes: an entry more and it says so, for every reader."""
    where = f"/files/{cases['in_force']}/"
    other = signed_in("wang.jg", "town_office", "469023101")
    before = text(town.get(where))
    assert text(town.get(where)) == before == text(other.get(where))
    record(town, cases["in_force"], "urine_test", outcome="taken", result="positive")
    for reader in (town, other):
        now = text(reader.get(where))
        assert now != before
        assert "阳性" in now
    (last,) = [e for e in entries(cases["in_force"]) if e.get("result") == "positive"]
    correction = form_of(town, f"{where}entries/{last.id}/correct/")
    answer = town.post(
        f"{where}entries/{last.id}/correct/",
        {**correction, **TAKEN, "correction_reason": "录错结果", "checked": "1"},
    )
    assert answer.status_code == 302, text(answer)
    assert "已更正" in text(other.get(where))


def test_who_may_do_less_never_gets_the_page_of_who_may_do_more(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['late']}/"
    assert "/record/" in html(town.get(where))
    reader = signed_in("inspector", "inspector", "46")
    for _ in range(2):
        assert "/record/" not in html(reader.get(where))
    assert "/record/" in html(town.get(where))
    assert signed_in("far", "town_office", "469024100").get(where).status_code == 404


def test_a_kept_page_is_said_in_each_readers_language(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['late']}/"
    assert "应办" in text(town.get(where))
    town.cookies["guitu_view"] = "en.normal.normal.normal"
    assert "应办" not in text(town.get(where))


def test_every_look_is_written_down_also_at_a_kept_page(town: Client, cases: Cases) -> None:
    for _ in range(3):
        town.get(f"/files/{cases['late']}/")
    assert len(reading_log.lines("li.xm", "open")) == 3


def test_what_was_erased_is_gone_at_the_next_look(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['late']}/"
    name = str(entries(cases["late"])[0].get("name"))
    assert name in text(town.get(where))
    engine.execute(
        "DELETE FROM store_filekey WHERE file = (SELECT no FROM store_casefile WHERE case_no = %s)",
        [cases["late"]],
    )
    page = text(town.get(where))
    assert name not in page
    assert "已依法删除：身份信息" in page


def test_a_new_name_of_an_account_is_seen_at_once(town: Client, cases: Cases) -> None:
    where = f"/files/{cases['late']}/"
    record(town, cases["late"], "urine_test", **TAKEN)
    assert "李晓梅" in text(town.get(where))
    engine.execute("UPDATE auth_user SET last_name = '欧', first_name = '阳' WHERE username = 'li.xm'")
    assert "欧阳" in text(town.get(where))


def test_every_basis_is_heard_with_the_duty_it_is_of() -> None:
    duty = DutyRow("d", Label("定期检测", "Routine test"), Word("late"), date(2026, 8, 29), Why("x"))
    assert '依据<span class="hidden">：定期检测 2026-08-29</span>' in duty.html()
    assert "依据</summary>" in Why("x").html()
