"""Outreach on its pages: requests, plans, events with photos, coverage, channels out of a table; and who
may not look."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import attachments, unitfiles
from guitu.store.units import tree
from tests.store.writing import TOWN, VILLAGE
from tests.unit.test_levels_outreach import jpeg, png
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in

TODAY = date(2026, 11, 23)
PROVINCE = "46"
WEST = "469023101"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def team() -> Client:
    return signed_in("outreach", "outreach", PROVINCE)


def of_unit(kind: str, code: str = PROVINCE) -> list[Entry]:
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def told(now: datetime, code: str, kind: str, on: str, /, **fields: Any) -> Entry:
    """Something that stands in a unit's file already."""
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), fields, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def save(client: Client, kind: str, code: str = PROVINCE, status: int = 302, **answers: str) -> Any:
    """Fill in a form of outreach as it was opened, and save it."""
    where = f"/outreach/record/{code}/{kind}/"
    asked = {k: v for k, v in answers.items() if k in ("to", "request", "plan", "target", "corrects")}
    page = html(client, where, **{"data": asked} if asked else {})
    sent = {"id": hidden(page, "id"), "happened_on": "2026-11-23", **answers}
    answer = client.post(where, sent)
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return answer


# ── requests and plans ────────────────────────────────────────────────────────────────────────────


def test_a_request_is_recorded_planned_held_and_then_waits_no_longer(team: Client) -> None:
    save(team, "talk_request", asked_by="示例学校", sort="school", topic="认识新型毒品", place=TOWN)
    page = html(team, "/outreach/requests/")
    assert "待安排 1 份" in text(page)
    (request,) = of_unit("talk_request")
    ((where, _),) = links(page, "talk_planned")
    form = html(team, where)
    assert 'value="认识新型毒品"' in form
    assert 'value="示例学校"' in form
    save(team, "talk_planned", request=str(request.id), planned_on="2026-11-23", topic="认识新型毒品",
         venue="礼堂", public="no", place=TOWN)  # fmt: skip
    board = html(team, "/outreach/")
    assert "接下来 1 场" in text(board)
    assert "待安排的申请 0 份" in text(board)
    (plan,) = of_unit("talk_planned")
    ((where, _),) = links(board, "outreach_event/?plan")
    assert 'value="礼堂"' in html(team, where)
    save(team, "outreach_event", plan=str(plan.id), form="talk", given_by="lecturers", audience="120",
         counted="signed", topic="认识新型毒品")  # fmt: skip
    assert "已讲" in text(html(team, "/outreach/requests/"))
    assert "已经登记过" in text(html(team, where))
    assert "120 人次" in text(html(team, "/outreach/"))


def test_a_talk_whose_day_has_passed_is_asked_about(team: Client, now: datetime) -> None:
    told(now, PROVINCE, "talk_planned", "2026-11-01", planned_on=date(2026, 11, 20), topic="健康人生",
         venue="广场", public="no")  # fmt: skip
    shown = text(html(team, "/outreach/"))
    assert "待登记 1 场" in shown
    assert "讲过没有？" in shown


def test_a_plan_is_moved_by_a_correction_and_called_off_with_a_reason(team: Client, now: datetime) -> None:
    plan = told(now, PROVINCE, "talk_planned", "2026-11-01", planned_on=date(2026, 12, 1), topic="健康人生",
                venue="广场", public="no")  # fmt: skip
    save(team, "talk_planned", corrects=str(plan.id), planned_on="2026-12-05", topic="健康人生",
         venue="广场", public="yes", correction_reason="学校改期", happened_on="2026-11-01")  # fmt: skip
    (moved,) = of_unit("talk_planned")
    assert (moved.get("planned_on"), moved.corrects) == (date(2026, 12, 5), plan.id)
    page = html(team, f"/outreach/plans/{PROVINCE}/{plan.id}/")
    assert "2026-12-05" in text(page)
    ((where, _),) = links(page, "talk_cancelled")
    assert "健康人生" in text(html(team, where))
    save(team, "talk_cancelled", to=str(moved.id), reason="台风")
    assert "已取消" in text(html(team, "/outreach/"))
    page = html(team, f"/outreach/plans/{PROVINCE}/{plan.id}/")
    assert "台风" in text(page)
    assert links(page, "/outreach/record/") == []


def test_an_entry_that_was_corrected_already_is_not_corrected_again(team: Client, now: datetime) -> None:
    plan = told(now, PROVINCE, "talk_planned", "2026-11-01", planned_on=date(2026, 12, 1), topic="健康人生",
                venue="广场", public="no")  # fmt: skip
    given = {"planned_on": "2026-12-05", "topic": "健康人生", "venue": "广场", "public": "no"}
    save(team, "talk_planned", corrects=str(plan.id), correction_reason="一", **given)
    answer = team.get(f"/outreach/record/{PROVINCE}/talk_planned/", {"corrects": str(plan.id)})
    assert answer.status_code == 409


def test_a_plan_lies_in_the_future_and_a_speaker_is_one_of_the_list(team: Client, now: datetime) -> None:
    given = {"topic": "健康人生", "venue": "广场", "public": "no"}
    answer = save(team, "talk_planned", status=422, planned_on="2026-11-22", **given)
    assert "将来的某一天" in text(answer.content.decode())
    assert 'value="健康人生"' in answer.content.decode()
    stranger = "0193a000-0000-7000-8000-000000000001"
    save(team, "talk_planned", status=422, planned_on="2026-12-01", lecturer=stranger, **given)
    speaker = told(now, PROVINCE, "lecturer", "2026-01-01", name="示例讲师")
    save(team, "talk_planned", planned_on="2026-12-01", lecturer=str(speaker.id), **given)
    assert "示例讲师" in text(html(team, "/outreach/"))


def test_a_declined_request_says_why(team: Client, now: datetime) -> None:
    asked = told(now, PROVINCE, "talk_request", "2026-11-01", asked_by="示例学校", sort="school")
    save(team, "talk_request_declined", to=str(asked.id), reason="没有讲师")
    assert "没有讲师" in text(html(team, "/outreach/requests/"))
    assert html(team, f"/outreach/record/{PROVINCE}/talk_request_declined/", 404) is not None


def test_an_audience_is_not_saved_without_how_it_was_counted(team: Client) -> None:
    answer = save(team, "outreach_event", status=422, form="talk", given_by="lecturers", audience="120")
    assert "怎样数的" in text(answer.content.decode())
    assert of_unit("outreach_event") == []


# ── speakers, schools, stores ─────────────────────────────────────────────────────────────────────


def test_speakers_with_their_training(team: Client, now: datetime) -> None:
    assert "还没有宣讲员" in text(html(team, "/outreach/speakers/"))
    save(team, "lecturer", name="示例讲师", topics="家庭", languages="黎语", happened_on="2026-01-01")
    (speaker,) = of_unit("lecturer")
    assert "近一年没有培训的 1 人" in text(html(team, "/outreach/speakers/"))
    save(team, "lecturer_training", to=str(speaker.id), topic="讲法", hours="6", result="passed")
    shown = text(html(team, "/outreach/speakers/"))
    assert "近一年没有培训的 0 人" in shown
    assert "上次 2026-11-23" in shown
    assert "示例讲师" not in text(html(team, "/outreach/speakers/", data={"q": "海南话"}))


def test_schools_never_reached_stand_first(team: Client, now: datetime) -> None:
    school = told(now, PROVINCE, "outreach_target", "2026-01-01", name="甲校", sort="school", place=TOWN)
    told(now, PROVINCE, "outreach_target", "2026-01-01", name="乙厂", sort="firm", place=TOWN)
    told(now, PROVINCE, "outreach_event", "2026-05-01", form="talk", given_by="lecturers", audience=40,
         counted="signed", target=str(school.id))  # fmt: skip
    shown = text(html(team, "/outreach/targets/"))
    assert "2 家中 1 家从来没有去过" in shown
    assert shown.index("乙厂") < shown.index("甲校")


def test_more_given_out_than_there_was_is_said(team: Client, now: datetime) -> None:
    what = told(now, PROVINCE, "outreach_material", "2026-01-01", title="折页", form="leaflet", copies=100)
    save(team, "material_given", to=str(what.id), copies="130", where="各县")
    assert "多发 30" in text(html(team, "/outreach/stores/"))


# ── events and photos ─────────────────────────────────────────────────────────────────────────────


def event(now: datetime, code: str = PROVINCE, on: str = "2026-11-20", **more: Any) -> Entry:
    given = {
        "form": "talk",
        "given_by": "lecturers",
        "topic": "健康人生",
        "audience": 40,
        "counted": "signed",
    }
    said = {name: value for name, value in {**given, **more}.items() if value is not None}
    return told(now, code, "outreach_event", on, **said)


def bring(client: Client, entry: Entry, content: bytes, code: str = PROVINCE, **more: str) -> Any:
    where = f"/outreach/events/{code}/{entry.id}/"
    page = html(client, where)
    given = {"caption": "讲台和横幅", "consent": "nobody", "happened_on": "2026-11-20"}
    file = SimpleUploadedFile("a.jpg", content, "image/jpeg")
    return client.post(where, {"id": hidden(page, "id"), **given, **more, "file": file})


def test_a_photo_is_kept_sealed_with_its_consent_and_shown(team: Client, now: datetime) -> None:
    held = event(now)
    assert bring(team, held, jpeg()).status_code == 302
    (photo,) = of_unit("outreach_photo")
    page = html(team, f"/outreach/events/{PROVINCE}/{held.id}/")
    assert "可以公开" in text(page)
    answer = team.get(f"/outreach/photos/{PROVINCE}/{photo.id}/")
    assert (answer.content, answer["Content-Type"]) == (jpeg(), "image/jpeg")
    assert attachments.opened(photo, str(photo.get("digest"))) == jpeg()
    assert "1" in text(html(team, "/outreach/events/"))


def test_what_is_no_photo_is_refused_with_everything_that_was_typed(team: Client, now: datetime) -> None:
    held = event(now)
    answer = bring(team, held, b"%PDF-1.4", caption="一句说明")
    assert answer.status_code == 422
    assert 'value="一句说明"' in answer.content.decode()
    assert "JPG" in text(answer.content.decode())
    assert bring(team, held, png(), caption="").status_code == 422
    assert of_unit("outreach_photo") == []


def test_a_photo_without_consent_stays_inside_and_a_withdrawn_one_is_gone(
    team: Client, now: datetime
) -> None:
    held = event(now)
    bring(team, held, png(), consent="none")
    (photo,) = of_unit("outreach_photo")
    page = html(team, f"/outreach/events/{PROVINCE}/{held.id}/")
    assert "只内部存档" in text(page)
    ((where, _),) = [one for one in links(page, "/withdraw/") if str(photo.id) in one[0]]
    form = html(team, where)
    sent = {"id": hidden(form, "id"), "happened_on": "2026-11-23", "reason": "撤回同意"}
    assert team.post(where, sent).status_code == 302
    assert team.get(f"/outreach/photos/{PROVINCE}/{photo.id}/").status_code == 404
    assert "还没有照片" in text(html(team, f"/outreach/events/{PROVINCE}/{held.id}/"))


def test_events_are_found_by_words_and_by_form(team: Client, now: datetime) -> None:
    event(now, topic="健康人生")
    event(now, topic="家庭", form="show")
    assert "健康人生" not in text(html(team, "/outreach/events/", data={"q": "家庭"}))
    assert "家庭" not in text(html(team, "/outreach/events/", data={"form": "talk"}))
    assert "共 2 场" in text(html(team, "/outreach/events/"))


def test_a_list_is_sorted_by_its_heads_and_back(team: Client, now: datetime) -> None:
    for n, audience in ((1, 30), (2, 500), (3, None)):
        event(
            now,
            on=f"2026-11-0{n}",
            topic=f"第{n}场",
            audience=audience,
            counted="signed" if audience else None,
        )
    page = html(team, "/outreach/events/")
    (by_audience,) = [href for href, said in links(page, "sort=") if "受众" in said]
    shown = html(team, unescape(by_audience))
    assert re.findall(r"第(\d)场", shown) == ["2", "1", "3"]
    (back,) = [href for href, said in links(shown, "sort=audience") if "受众" in said]
    assert re.findall(r"第(\d)场", html(team, unescape(back))) == ["1", "2", "3"]


# ── coverage ──────────────────────────────────────────────────────────────────────────────────────


def test_coverage_counts_towns_and_villages_that_were_never_reached(team: Client, now: datetime) -> None:
    event(now, place=VILLAGE)
    event(now, TOWN, on="2025-01-01", place="")
    event(now, WEST, form="online", place=WEST)
    page = html(team, "/outreach/coverage/")
    shown = text(page)
    assert "3 个乡镇中 2 个从来没有到过" in shown
    assert "4 个村（社区）中 3 个从来没有到过" in shown
    assert shown.index("邻县") < shown.rindex("示例县")
    below = text(html(team, "/outreach/coverage/", data={"unit": "469023"}))
    assert "河西镇 ◇ 没有到过" in below
    assert "河东镇" in below
    answer = team.get("/outreach/coverage/map.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")


def test_a_town_sees_its_villages_and_nothing_beyond(now: datetime) -> None:
    event(now, place=VILLAGE)
    town = signed_in("town", "town_office", TOWN)
    event(now, TOWN, place=VILLAGE)
    assert "2 个村（社区）中 1 个从来没有到过" in text(html(town, "/outreach/coverage/"))
    assert town.get("/outreach/coverage/", {"unit": WEST}).status_code == 404
    assert town.get("/outreach/", {"unit": PROVINCE}).status_code == 404
    assert "共 1 场" in text(html(town, "/outreach/events/"))


# ── channels ──────────────────────────────────────────────────────────────────────────────────────

CSV = "渠道,类型,起始日期,截止日期,浏览次数,转发次数\n示例号,公众号,2026-10-01,2026-10-31,12345,6\n"


def table(client: Client, content: str | bytes, code: str = "") -> Any:
    where = f"/outreach/channels/import/{f'?unit={code}' if code else ''}"
    page = html(client, where)
    data = content.encode() if isinstance(content, str) else content
    return client.post(where, {"id": hidden(page, "id"), "file": SimpleUploadedFile("a.csv", data)})


def test_a_table_is_taken_in_whole(team: Client) -> None:
    answer = table(team, CSV + "直播间,直播,2026-10-01,2026-10-31,50,\n")
    assert answer.status_code == 302
    shown = text(html(team, answer["Location"]))
    assert "已导入 2 行" in shown
    assert "今年浏览 12,395 次" in shown
    assert "第2行" in of_unit("channel_reach")[0].source + of_unit("channel_reach")[1].source


def test_one_fault_is_told_by_row_and_column_and_nothing_is_written(team: Client) -> None:
    answer = table(team, (CSV + "直播间,直播,2026-10-01,2026-10-31,1.2万,\n").encode("gb18030"))
    assert answer.status_code == 422
    shown = text(answer.content.decode())
    assert "一行也没有导入" in shown
    assert "3 浏览次数 “1.2万”不是整数" in shown
    assert of_unit("channel_reach") == []


def test_the_same_table_again_would_count_twice_and_is_refused(team: Client) -> None:
    table(team, CSV)
    answer = table(team, CSV)
    assert answer.status_code == 422
    assert "重叠" in text(answer.content.decode())
    assert len(of_unit("channel_reach")) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_in_one_sentence(team: Client, content: bytes) -> None:
    assert table(team, content).status_code == 422


def test_the_template_goes_in_as_it_is(team: Client) -> None:
    template = team.get("/outreach/channels/template.csv").content
    assert table(team, template).status_code == 302


# ── who may ───────────────────────────────────────────────────────────────────────────────────────


def test_a_statistician_looks_and_records_nothing_and_a_nurse_has_no_outreach(now: datetime) -> None:
    looks = signed_in("statistician", "statistician", PROVINCE)
    held = event(now)
    for part in ("", "requests/", "events/", "coverage/", "targets/", "speakers/", "channels/", "stores/"):
        page = html(looks, f"/outreach/{part}")
        assert links(page, "/outreach/record/") == []
    page = html(looks, f"/outreach/events/{PROVINCE}/{held.id}/")
    assert 'name="file"' not in page
    assert looks.get(f"/outreach/record/{PROVINCE}/lecturer/").status_code == 403
    assert signed_in("nurse", "nurse", "46J01").get("/outreach/").status_code == 403


def test_units_are_found_by_name_also_by_who_reads_no_files(team: Client) -> None:
    answer = team.get(
        "/record/units/", {"name": "place", "place_search": "东坡"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "东坡村" in answer.content.decode()


def test_lists_of_many_are_paged(team: Client, now: datetime) -> None:
    entries = [
        unitfiles.new_entry(PROVINCE, "outreach_event", TODAY - timedelta(days=n),
                            {"form": "talk", "given_by": "office"}, now=now, author="x")
        for n in range(45)
    ]  # fmt: skip
    unitfiles.record_many(entries, actor=house(), now=now)
    assert "第 41–45 条" in text(html(team, "/outreach/events/", data={"page": "3"}))
