"""The board of hand-overs, and one person's hand-over, as each side sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from django.test import Client

from guitu.access import house
from guitu.exchange.handover import held
from guitu.home.handover import materials
from guitu.kernel.labels import Label
from guitu.store import gate, read, units
from guitu.store.units import NewUnit
from guitu.web.pages.handover import build
from tests.store.writing import CENTRE, TOWN, VILLAGE, Pen
from tests.web.calling import Program
from tests.web.desk import TODAY, html, signed_in, text
from tests.web.recording import form_of

NEXT_TOWN = "469024100"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def pen(places: object, now: datetime) -> Pen:
    """Somebody in community treatment in the village."""
    made = Pen(41, author="town", unit=TOWN)
    gate.record_many(
        [*made.on_community_treatment(served="2026-02-01"), made.entry("reporting_in", "2026-02-05")],
        actor=house(),
        now=now,
    )
    return made


@pytest.fixture
def town(pen: Pen) -> Client:
    return signed_in("town", "town_office", TOWN)


@pytest.fixture
def receiver(pen: Pen) -> Client:
    return signed_in("next", "town_office", NEXT_TOWN)


def case_of(pen: Pen) -> str:
    view = read.file_view(pen.file)
    assert view is not None
    return view.case_no


def send(pen: Pen, now: datetime, day: str = "2026-11-10") -> str:
    gate.record(pen.entry("handover_sent", day, to_unit=NEXT_TOWN), actor=house(), now=now)
    return case_of(pen)


def press(client: Client, where: str, **more: str) -> str:
    """Send a record form as it stands; where it leads."""
    path, _, query = where.partition("?")
    given = dict(parse_qsl(query))
    sent = {**form_of(client, path, **given), **given}
    answer = client.post(path, {**sent, **more})
    assert answer.status_code == 302, text(answer.content.decode())
    return answer["Location"]


def test_the_board_answers_its_question_in_the_first_line(town: Client, pen: Pen, now: datetime) -> None:
    assert "没有在途移交" in text(html(town, "/handover/"))
    assert 'class="chip late"' not in html(town, "/handover/"), "nothing late is nothing red"
    send(pen, now)
    assert 'class="chip late"' in html(town, "/handover/")
    page = text(html(town, "/handover/"))
    assert "在途 1 件，逾期 1 件" in page
    assert "逾期 10 天" in page
    assert "报省级" in page
    assert "东坡村" in page or "河东镇 → 邻镇" in page
    assert "材料缺" in page


def test_a_transfer_that_nobody_has_begun_stands_there_with_the_day_of_the_law(
    places: object, now: datetime
) -> None:
    police = "469023P01"
    units.add([NewUnit(police, "示例县公安强戒所", "police_centre", "469023")])
    held = Pen(42, author="po", unit=police)
    gate.record_many(
        [
            held.person(),
            held.entry("order", "2026-05-21", measure="compulsory_isolation"),
            held.entry("admission", "2026-05-21", place="police_centre", centre=police),
        ],
        actor=house(),
        now=now,
    )
    page = text(html(signed_in("po", "intake_officer", police), "/handover/"))
    assert "未准备" in page
    assert "转司法所" in page
    assert re.search(r"2026-11-2\d", page), page  # six months, and not only "promptly"


def test_what_a_package_lacks_is_said_shortly_and_as_one_sentence() -> None:
    every = materials.MATERIALS["move"][1:]
    said = [build.lacking(every[:n]).text for n in (1, 2, 3, 5)]
    assert [one.en for one in said if isinstance(one, Label)] == [
        "The order",
        "The order, that it was served",
        "The order, that it was served and 1 more",
        "The order, that it was served and 3 more",
    ]
    assert said[3] == Label("决定书、送达、报到记录 等 5 项", "The order, that it was served and 3 more")


def test_stages_are_links_and_sides_are_tabs(town: Client, pen: Pen, now: datetime) -> None:
    send(pen, now)
    assert "王小明" in text(html(town, "/handover/?state=late"))
    assert "王小明" in text(html(town, "/handover/?side=sent&state=sent"))
    assert "没有这样的移交" in text(html(town, "/handover/?side=received"))
    assert "没有这样的移交" in text(html(town, "/handover/?state=accepted"))
    assert "王小明" in text(html(town, "/handover/?state=nonsense&page=x"))


def test_a_hand_over_from_preparing_to_the_first_contact_over_the_pages(
    town: Client, receiver: Client, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(pen)
    monkeypatch.setenv("GUITU_TODAY", "2026-11-19")
    page = html(town, f"/handover/{case}/")
    assert "没有在办的移交" in text(page)
    led = press(town, f"/files/{case}/record/handover_prepared/?from=handover", to_unit=NEXT_TOWN,
                receiver="周某", note="已电话联系")  # fmt: skip
    assert led.startswith(f"/handover/{case}/?saved=")
    page = html(town, f"/handover/{case}/")
    assert f"/files/{case}/record/handover_sent/?from=handover&amp;to_unit={NEXT_TOWN}" in page
    assert receiver.get(f"/handover/{case}/").status_code == 404
    monkeypatch.setenv("GUITU_TODAY", "2026-11-20")
    press(town, f"/files/{case}/record/handover_sent/?from=handover&to_unit={NEXT_TOWN}")
    page = html(receiver, f"/handover/{case}/")
    assert "接收之前由河东镇负责" in text(page)
    monkeypatch.setenv("GUITU_TODAY", "2026-11-21")
    identifier = re.search(r'name="id" value="([^"]+)"', page)
    assert identifier
    for _ in range(2):  # pressed twice, written once
        assert receiver.post(f"/handover/{case}/open/", {"id": identifier[1]}).status_code == 302
    assert "等接收单位接收" in text(html(town, f"/handover/{case}/"))
    monkeypatch.setenv("GUITU_TODAY", "2026-11-22")
    press(receiver, f"/files/{case}/record/handover_accepted/?from=handover")
    assert "已由邻镇接收并负责" in text(html(receiver, f"/handover/{case}/"))
    page = text(html(town, f"/handover/{case}/"))  # the sender still sees that it was received
    assert "已接收" in page
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")
    press(receiver, f"/files/{case}/record/first_contact/?from=handover", how="visit")
    assert "已首次联系" in text(html(receiver, f"/handover/{case}/"))
    view = read.file_view(pen.file)
    assert view is not None
    assert [e.kind for e in view.entries if e.kind.startswith("handover_opened")] == ["handover_opened"]


def test_it_is_sent_back_with_a_reason_and_the_sender_reads_it(
    town: Client, receiver: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now, "2026-11-22")
    page = html(receiver, f"/handover/{case}/")
    assert "退回并说明" in text(page)
    bare = receiver.post(f"/files/{case}/record/handover_refused/?from=handover", {})
    assert bare.status_code in (400, 422)
    press(receiver, f"/files/{case}/record/handover_refused/", reason="not_here", note="本人常住县城")
    assert receiver.get(f"/handover/{case}/").status_code == 404
    page = text(html(town, f"/handover/{case}/"))
    assert "退回：本人不在本辖区" in page
    assert "本人常住县城" in page
    assert "准备移交" in page


def test_opening_is_not_for_whoever_it_was_not_sent_to(town: Client, pen: Pen, now: datetime) -> None:
    case = send(pen, now)
    answer = town.post(f"/handover/{case}/open/", {"id": "019b76e9-ea42-7000-8000-0000000f4242"})
    assert answer.status_code == 403
    assert town.post(f"/handover/{case}/open/", {"id": "no"}).status_code == 400
    stranger = signed_in("s", "town_office", "469023101")
    assert stranger.get(f"/handover/{case}/").status_code == 404
    assert stranger.post(f"/handover/{case}/open/", {"id": "x"}).status_code == 404
    assert signed_in("n", "nurse", CENTRE).get("/handover/").status_code == 403


def test_a_late_one_is_urged_and_the_board_says_so(town: Client, pen: Pen, now: datetime) -> None:
    case = send(pen, now)
    assert "催办" in text(html(town, f"/handover/{case}/"))
    press(town, f"/files/{case}/record/handover_urged/?from=handover&whom=receiver", whom="receiver")
    assert "2026-11-23 已催办" in text(html(town, "/handover/"))
    village = signed_in("v", "village_worker", VILLAGE)
    assert "王小明" in text(html(village, "/handover/"))


def test_whoever_was_urged_before_it_was_sent_back_is_not_who_is_waited_for(
    town: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now)
    urged = pen.entry("handover_urged", "2026-11-12", whom="receiver")
    opened = replace(pen.entry("handover_opened", "2026-11-13"), unit=NEXT_TOWN)
    gate.record_many([urged, opened], actor=house(), now=now)
    assert "2026-11-12 已催办" in text(html(town, "/handover/")), "it is not accepted yet"
    back = replace(
        pen.entry("handover_refused", "2026-11-14", reason="wrong_unit", note="应交别的镇"), unit=NEXT_TOWN
    )
    gate.record(back, actor=house(), now=now)
    assert "已催办" not in text(html(town, "/handover/")), "the sender was not urged"
    page = html(town, f"/handover/{case}/")
    assert 'handover_sent/?from=handover"' in page, "it is hardly sent there again"
    assert "已催办" not in text(page).split("步骤")[0]
    gate.record(pen.entry("handover_sent", "2026-11-15", to_unit="469023101"), actor=house(), now=now)
    assert "已催办" not in text(html(town, "/handover/")), "nor was whoever has it now"


def test_a_file_is_not_handed_over_to_whoever_sends_it_or_has_it(
    town: Client, pen: Pen, now: datetime
) -> None:
    case = case_of(pen)
    for kind in ("handover_prepared", "handover_sent"):
        where = f"/files/{case}/record/{kind}/"
        for unit in (TOWN, VILLAGE):
            answer = town.post(where, {**form_of(town, where), "to_unit": unit})
            assert answer.status_code == 422
            assert "不能移交给本单位，也不能移交给现在负责的单位" in text(answer.content.decode())
            assert re.search(r'href="#[^"]*to_unit', answer.content.decode())
    gate.record(
        pen.entry("handover_sent", "2026-11-10", to_unit=TOWN), actor=house(), now=now
    )  # as elsewhere


def test_a_hand_over_to_itself_is_refused_to_programs_too(pen: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_DEMO_IDS", "1")
    sent = {"kind": "handover_sent", "happened_on": "2026-11-23", "fields": {"to_unit": TOWN}}
    told = Program("town").post(f"files/{case_of(pen)}/entries", sent, 422)
    assert "不能移交给本单位" in str(told)
    assert "to_unit" in str(told)


def test_what_a_step_does_to_who_answers_is_said_before_and_after_saving(
    town: Client, receiver: Client, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(pen)
    monkeypatch.setenv("GUITU_TODAY", "2026-11-20")
    where = f"/files/{case}/record/handover_sent/"
    look = {**form_of(town, where), "to_unit": NEXT_TOWN, "look": "1"}
    said = text(town.post(where, look).content.decode())
    assert "等邻镇接收；接收之前负责的单位不变" in said
    assert "只记入经历" not in said
    press(town, where + "?from=handover", to_unit=NEXT_TOWN)
    monkeypatch.setenv("GUITU_TODAY", "2026-11-21")
    where = f"/files/{case}/record/handover_refused/"
    look = {**form_of(receiver, where), "reason": "not_here", "note": "不在", "look": "1"}
    assert "不再等邻镇接收；负责的单位不变" in text(receiver.post(where, look).content.decode())
    led = press(receiver, f"/files/{case}/record/handover_accepted/?from=handover")
    said = text(html(receiver, led))
    assert "改由邻镇负责" in said
    assert "只记入经历" not in said


def test_what_is_withdrawn_from_the_page_leads_back_to_it(town: Client, pen: Pen, now: datetime) -> None:
    case = send(pen, now)
    where = re.search(r'href="(/files/[^"]+/withdraw/[^"]*)"', html(town, f"/handover/{case}/"))
    assert where
    led = press(town, where[1], reason="发错了")
    assert led.startswith(f"/handover/{case}/?saved=")
    assert "没有在办的移交" in text(html(town, led))


def test_nobody_is_urged_by_whoever_owes_the_step(
    town: Client, receiver: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now)
    county = signed_in("chief", "county_supervisor", "469024")
    gate.record(pen.entry("handover_urged", "2026-11-11", whom="receiver"), actor=house(), now=now)
    assert "/record/handover_urged/" in html(town, f"/handover/{case}/")
    press(receiver, f"/files/{case}/record/handover_accepted/?from=handover")
    assert "/record/first_contact/" in html(receiver, f"/handover/{case}/")
    assert "/record/first_contact/" in html(county, f"/handover/{case}/")
    assert "/record/handover_urged/" not in html(receiver, f"/handover/{case}/")
    assert "/record/handover_urged/" in html(county, f"/handover/{case}/")


def test_a_first_contact_is_offered_only_where_it_would_count(places: object, now: datetime) -> None:
    held = Pen(43, author="in", unit=CENTRE)
    gate.record_many(
        [
            held.person(),
            held.entry("order", "2026-01-21", measure="compulsory_isolation"),
            held.entry("admission", "2026-01-21", place="justice_centre", centre=CENTRE),
            held.entry("handover_sent", "2026-11-19", to_unit=NEXT_TOWN),
            replace(held.entry("handover_accepted", "2026-11-20"), unit=NEXT_TOWN),
        ],
        actor=house(),
        now=now,
    )
    centre = signed_in("in", "intake_officer", CENTRE)
    page = html(centre, f"/handover/{case_of(held)}/")
    assert "等首次联系" in text(page)
    assert "/record/first_contact/" not in page
    assert "/record/handover_urged/" in page
    there = signed_in("next", "town_office", NEXT_TOWN)
    assert "/record/first_contact/" in html(there, f"/handover/{case_of(held)}/")


def test_a_transfer_ends_with_the_person_transferred_and_not_with_a_first_contact(
    places: object, now: datetime
) -> None:
    police = "469023P01"
    units.add([NewUnit(police, "示例县公安强戒所", "police_centre", "469023")])
    held = Pen(44, author="po", unit=police)
    gate.record_many(
        [
            held.person(),
            held.entry("order", "2026-06-21", measure="compulsory_isolation"),
            held.entry("admission", "2026-06-21", place="police_centre", centre=police),
            held.entry("handover_sent", "2026-11-19", to_unit=CENTRE),
            replace(held.entry("handover_accepted", "2026-11-20"), unit=CENTRE),
        ],
        actor=house(),
        now=now,
    )
    case = case_of(held)
    there = signed_in("in", "intake_officer", CENTRE)
    page = html(there, f"/handover/{case}/")
    assert "等本人转所" in text(page)
    assert "/record/first_contact/" not in page
    where = re.search(r'href="(/files/[^"]+/record/transfer/[^"]*)"', page)
    assert where
    led = press(there, unescape(where[1]))
    assert "示例县公安强戒所 → 示范强制隔离戒毒所 2026-11-23" in text(html(there, led))
    over = text(html(there, led))
    assert "已转所" in over  # it stands among the earlier ones
    assert "已首次联系" not in over
    said = text(html(there, "/handover/"))
    assert "已转所 1" in said
    assert "已首次联系" not in said


def test_who_sends_a_file_back_from_the_file_reads_that_it_was(
    receiver: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now)
    where = f"/files/{case}/record/handover_refused/"
    led = press(receiver, where, reason="wrong_unit", note="应交别的镇")
    answer = receiver.get(led, follow=True)
    assert answer.status_code == 200
    assert "已退回。仍由移交单位负责" in text(answer.content.decode())


def test_what_another_system_holds_stands_on_the_page_with_its_reason(
    town: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now)
    said = pen.entry("handover_exchanged", "2026-11-11", peer="sanya", state="held", digest="0" * 64,
                     reason="没有代码为“46J01”的单位")  # fmt: skip
    gate.record(said, actor=house(), now=now)
    page = text(html(town, f"/handover/{case}/"))
    assert "对方暂存，须人工处理" in page
    assert "没有代码为“46J01”的单位" in page


def test_the_board_says_that_another_system_holds_a_file_and_the_page_which_reason_is_the_last(
    town: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now)

    def said(state: str, reason: str = "") -> None:
        entry = pen.entry(
            "handover_exchanged", "2026-11-11", peer="sanya", state=state, digest="0" * 64, reason=reason
        )
        gate.record(entry, actor=house(), now=now)

    said("held", "没有代码为“46J01”的单位")
    board = text(html(town, "/handover/"))
    assert "对方系统暂存，等人处理" in board
    assert "等接收单位打开" not in board, "nobody there can open it"
    assert text(html(town, f"/handover/{case}/")).count("◇ 跨系统") == 1
    said("held", "号码已属于另一份档案")
    page = text(html(town, f"/handover/{case}/"))
    assert "▬ 跨系统 对方系统sanya：对方暂存，须人工处理 没有代码" in page
    assert "◇ 跨系统 对方系统sanya：对方暂存，须人工处理 号码已属于" in page
    said("delivered")
    page = text(html(town, f"/handover/{case}/"))
    assert "等接收单位打开" in page
    assert "◇ 跨系统" not in page


# ── what other systems sent and this one holds ────────────────────────────────────────────────────


@pytest.fixture
def held_here(pen: Pen, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system sent two files that could not be taken in: one to the town, one to the next county."""
    monkeypatch.setattr(held, "_folder", lambda: tmp_path)
    view = read.file_view(pen.file)
    assert view is not None
    why = Label("号码已属于另一份档案", "the number belongs to another file")
    held.keep("haikou", UUID(int=5), "460100-2026-00031", TOWN, "same_person", why, now, view.no)
    held.keep("haikou", UUID(int=6), "460100-2026-00032", NEXT_TOWN, "unknown_kind", why, now)


@pytest.mark.usefixtures("held_here")
def test_what_is_held_stands_on_the_board_and_on_a_page_with_what_helps(town: Client, pen: Pen) -> None:
    board = html(town, "/handover/")
    assert "其他系统送来、暂存 1 份" in text(board)
    page = html(town, "/handover/held/")
    shown = text(page)
    assert "460100-2026-00031" in shown
    assert "460100-2026-00032" not in shown
    assert "号码已属于另一份档案" in shown
    assert "是不是同一人" in shown
    assert f"/files/{case_of(pen)}/" in page


@pytest.mark.usefixtures("held_here")
def test_who_has_nothing_held_is_told_that_nothing_is(pen: Pen) -> None:
    province = signed_in("prov", "provincial_supervisor", "46")
    assert "等人处理 2 份" in text(html(province, "/handover/held/"))
    centre = signed_in("head", "centre_head", CENTRE)
    assert "没有暂存的" in text(html(centre, "/handover/held/"))
    assert "暂存" not in text(html(centre, "/handover/"))


def test_who_sent_a_file_back_reads_that_it_was_and_not_that_there_is_no_such_page(
    receiver: Client, pen: Pen, now: datetime
) -> None:
    case = send(pen, now)
    led = press(receiver, f"/files/{case}/record/handover_refused/?from=handover", reason="wrong_unit",
                note="应交别的镇")  # fmt: skip
    answer = receiver.get(led, follow=True)
    assert answer.status_code == 200
    assert "已退回。仍由移交单位负责" in text(answer.content.decode())
    assert receiver.get(f"/handover/{case}/").status_code == 404
