"""Who has read a file, what an account has read, and what an auditor should look at."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from guitu.kernel.labels import Label
from guitu.store import engine, gate, read, staff
from guitu.store.access_log import Reading, note, readings_of_file, readings_of_user, short_form, unusual
from guitu.store.readings import database, reviews
from guitu.store.readings.check import verify_log
from guitu.store.readings.ties import tie
from guitu.store.units import tree
from tests.store import reading_log
from tests.store.writing import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, Pen, day, id_number
from tests.web import desk
from tests.web.desk import HTMX, html, main, signed_in, text

WHY = Label("本单位辖区内", "inside this unit's area")


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", "2026-11-23")


@pytest.fixture
def people(places: object, now: datetime) -> list[tuple[int, str]]:
    """Number and case number of twelve people, a third of them in each of three villages."""
    desk.busy(now, 12)
    return [(no, case) for no, case in engine.rows("SELECT no, case_no FROM store_casefile ORDER BY no")]


@pytest.fixture
def town(people: object) -> Client:
    return signed_in("li.xm", "town_office", TOWN)


@pytest.fixture
def auditor(people: object) -> Client:
    return signed_in("shen.j", "auditor", "469023", "沈静")


def span(now: datetime) -> tuple[datetime, datetime]:
    """Everything there is."""
    return now - timedelta(days=400), now + timedelta(days=400)


@pytest.mark.parametrize("seed", range(3))
def test_who_has_seen_whom_is_exactly_what_was_asked_for(
    people: list[tuple[int, str]], now: datetime, seed: int
) -> None:
    dice = random.Random(seed)
    desks = {
        "li.xm": (signed_in("li.xm", "town_office", TOWN), True),
        "chief": (signed_in("chief", "county_supervisor", "469023"), True),
        "away": (signed_in("away", "town_office", "469024100"), False),
    }
    here = {no for no, _ in people if read.opened(dict(people)[no]).area[2] == TOWN}  # type: ignore[union-attr]
    wanted: Counter[tuple[int, str, str]] = Counter()
    for _ in range(60):
        who = dice.choice(sorted(desks))
        client, inside = desks[who]
        no, case = dice.choice(people)
        may = inside and (who == "chief" or no in here)
        what = dice.choice(["open", "history", "number", "search"])
        if what == "search":
            answer = client.get("/people/", {"q": case})
            if may:
                wanted[no, who, "hit"] = 1
            assert (case in answer.content.decode().partition("<main")[2]) or not may
            continue
        address = f"/files/{case}/" + {"open": "", "history": "history/", "number": "number/"}[what]
        answer = client.post(address, headers=HTMX) if what == "number" else client.get(address)
        assert answer.status_code == (200 if may else 404), (who, address)
        if may:
            wanted[no, who, "number" if what == "number" else "open"] += 1
        else:
            wanted[no, who, "refused"] += 1
    found: Counter[tuple[int, str, str]] = Counter()
    for no, _ in people:
        for group in readings_of_file(no, *span(now), size=100).groups:
            for sort, n in group.counts.items():
                if sort not in ("record", "list"):
                    found[no, group.who, sort] += 1 if sort == "hit" else n
    assert found == wanted
    assert verify_log().good


def test_a_list_is_one_row_and_its_people_are_seen_in_it_once_a_day(
    town: Client, people: list[tuple[int, str]], now: datetime
) -> None:
    for _ in range(3):
        html(town, "/people/?list=all")
    rows = reading_log.lines("li.xm", "list")
    assert [line.shown for line in rows] == [8, 8, 8]
    seen = [no for no, _ in people if readings_of_file(no, *span(now), what="list").readings]
    assert len(seen) == 8


def close(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the log cannot be written."""

    def full(*_: object) -> None:
        raise DatabaseError("database or disk is full")

    for name in ("_sqlite", "_postgresql"):
        monkeypatch.setattr(f"guitu.store.readings.write.{name}", full)


@pytest.mark.parametrize(
    "address",
    [
        "/files/{case}/",
        "/files/{case}/history/",
        "/files/{case}/record/",
        "/files/{case}/record/remark/",
        "/people/?list=all",
        "/people/?q=zhao",
        "/people/list.csv?list=all",
        "/",
        "/today/print/",
        "/ledgers/export/?ledger=urine_tests&unit=469023100&on=2026-11-23",
    ],
)
def test_what_cannot_be_noted_does_not_open(
    people: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    client = signed_in("chief", "county_supervisor", "469023")
    close(monkeypatch)
    case = people[0][1]
    answer = client.get(address.format(case=case))
    page = answer.content.decode()
    assert answer.status_code == 503, address
    assert "查阅记录现在写不进去，所以没有打开" in text(page)
    view = read.opened(case)
    assert view is not None
    assert view.identity["name"] not in page


def test_a_number_that_cannot_be_noted_is_not_shown(
    town: Client, people: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = read.opened(people[0][1])
    assert view is not None
    close(monkeypatch)
    answer = town.post(f"/files/{people[0][1]}/number/", headers=HTMX)
    assert answer.status_code == 503
    assert str(view.identity["id_number"]) not in answer.content.decode()


def test_nothing_that_tells_of_a_person_is_in_the_log(town: Client, people: list[tuple[int, str]]) -> None:
    view = read.opened(people[0][1])
    assert view is not None
    name, number = str(view.identity["name"]), str(view.identity["id_number"])
    for asked in (name, number, "zhao"):
        town.get("/people/", {"q": asked})
        town.post("/people/", {"q": asked})
    town.get(f"/people/new/?name={name}")
    town.get(f"/files/{people[0][1]}/record/remark/")
    written = ""
    for table in ("store_reading", "store_readingfile", "store_readingpost", "store_readingwhy"):
        written += repr(database.rows(f"SELECT * FROM {table}"))
    assert "li.xm" in written
    for secret in (name, number, number[-4:], "zhao"):
        assert secret not in written


def test_the_page_of_a_file_groups_by_person_and_day_and_opens_each_reading(
    town: Client, auditor: Client, people: list[tuple[int, str]]
) -> None:
    case = people[0][1]
    for tab in ("", "history/", "duties/"):
        town.get(f"/files/{case}/{tab}")
    town.post(f"/files/{case}/number/", headers=HTMX)
    page = html(auditor, f"/people/{case}/readings/")
    assert "最近 90 天 " in text(page)
    assert "李晓梅" in text(page)
    assert "查看 3 次、显示证件号 1 次" in text(page)
    assert "河东镇 · 乡镇禁毒办" in text(page)
    view = read.opened(case)
    assert view is not None
    assert str(view.identity["name"]) not in main(page)
    (more,) = {href for href, words in desk.links(page, "who=li.xm")}
    lines = text(html(auditor, more.partition("#")[0]))
    assert "每一次" in lines
    assert "身份信息" in lines
    assert "127.0.0.1" in lines


def test_printing_is_noted_where_the_browser_tells(town: Client, people: list[tuple[int, str]]) -> None:
    no, case = people[0]
    told = f"/files/{case}/printed/"
    assert f'data-printed="{told}"' in html(town, f"/files/{case}/")
    assert town.get(told)["Location"] == f"/files/{case}/"
    assert not reading_log.lines("li.xm", "print")
    assert town.post(told).status_code == 204
    (line,) = reading_log.lines("li.xm", "print")
    assert line.files == (no,)


def test_who_may_see_who_has_read_a_file(people: list[tuple[int, str]]) -> None:
    case = people[0][1]
    address = f"/people/{case}/readings/"
    for username, role, unit, status in (
        ("a1", "county_supervisor", "469023", 200),
        ("a2", "auditor", "469023", 200),
        ("a3", "audit_admin", "46", 200),
        ("a4", "inspector", "469023", 200),
        ("a5", "auditor", "469024", 404),
        ("a6", "county_supervisor", "469024", 404),
        ("a7", "town_office", TOWN, 403),
        ("a8", "village_worker", VILLAGE, 403),
        ("a9", "system_admin", "46", 403),
    ):
        assert signed_in(username, role, unit).get(address).status_code == status, (role, unit)
    assert signed_in("b1", "auditor", "469023").get(f"/files/{case}/").status_code == 403


def test_the_way_to_the_log_stands_on_the_file_for_those_who_may(people: list[tuple[int, str]]) -> None:
    case = people[0][1]
    chief = html(signed_in("chief", "county_supervisor", "469023"), f"/files/{case}/")
    assert desk.links(chief, f"/people/{case}/readings/")
    clerk = html(signed_in("li.xm", "town_office", TOWN), f"/files/{case}/")
    assert not desk.links(clerk, f"/people/{case}/readings/")
    assert "本次查阅已记录" in text(clerk)


def test_looking_at_the_log_is_noted_too(auditor: Client, people: list[tuple[int, str]]) -> None:
    no, case = people[0]
    html(auditor, f"/people/{case}/readings/")
    (line,) = reading_log.lines("shen.j", "admin")
    assert (line.what, line.files, line.detail) == ("admin", (no,), "readings-of-file")


def test_an_account_is_searched_for_and_what_it_read_is_listed(
    town: Client, auditor: Client, people: list[tuple[int, str]]
) -> None:
    case = people[0][1]
    town.get(f"/files/{case}/")
    answer = auditor.get("/readings/", {"q": "li.xm"})
    assert answer.status_code == 302
    page = html(auditor, answer["Location"])
    assert case in text(page)
    assert "查看" in text(page)
    assert auditor.get("/readings/", {"q": case})["Location"] == f"/people/{case}/readings/"
    assert "没有找到“nobody”" in text(html(auditor, "/readings/?q=nobody"))


def test_an_account_of_another_county_is_not_there(people: list[tuple[int, str]]) -> None:
    away = signed_in("away", "town_office", "469024100")
    away.get("/")
    auditor = signed_in("shen.j", "auditor", "469023")
    assert auditor.get("/readings/account/?account=away").status_code == 404
    assert "没有找到" in text(html(auditor, "/readings/?q=away"))


def test_the_list_is_taken_along_only_for_a_reason_and_that_is_noted(
    town: Client, auditor: Client, people: list[tuple[int, str]]
) -> None:
    no, case = people[0]
    town.get(f"/files/{case}/")
    address = f"/people/{case}/readings/export/"
    refused = auditor.post(address, {"period": "30"})
    assert refused.status_code == 422
    assert "请选导出的理由" in text(refused.content.decode())
    assert not reading_log.lines("shen.j", "export")
    answer = auditor.post(address, {"period": "30", "reason": "complaint"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["时间", "账号", "姓名"]
    assert [row[1:6] for row in rows[1:] if row[4] == "查看"] == [
        ["li.xm", "李晓梅", "河东镇 · 乡镇禁毒办", "查看", case]
    ]
    (line,) = reading_log.lines("shen.j", "export")
    assert (line.files, line.detail) == ((no,), "readings reason=complaint")
    own = auditor.post("/readings/account/export/", {"account": "li.xm", "reason": "audit"})
    assert case in own.content.decode("utf-8-sig")


def test_the_auditor_asks_the_reader_answers_and_the_auditor_reads_it(
    town: Client, auditor: Client, people: list[tuple[int, str]]
) -> None:
    no, case = people[0]
    town.get(f"/files/{case}/")
    value = f"{no}/2026-11-23/li.xm"
    assert value in html(auditor, f"/people/{case}/readings/")
    auditor.post("/readings/review/", {"ask": value, "next": f"/people/{case}/readings/"})
    assert "已询问" in text(html(auditor, f"/people/{case}/readings/"))
    page = html(town, "/readings/mine/")
    assert "是为了什么" in text(page)
    assert "请选一项答复" in text(
        town.post("/readings/mine/", {"file": no, "day": "2026-11-23"}).content.decode()
    )
    town.post("/readings/mine/", {"file": no, "day": "2026-11-23", "ground-0": "ordered"})
    assert "是为了什么" not in text(html(town, "/readings/mine/"))
    assert "答：上级交办" in text(html(auditor, f"/people/{case}/readings/"))
    auditor.post("/readings/review/", {"ok": value})
    assert "属正常" in text(html(auditor, f"/people/{case}/readings/"))
    assert [r.act for r in reviews.of_files([no]).values()] == ["ok"]
    assert town.post("/readings/mine/", {"file": no, "day": "2026-11-23"}).status_code == 404


def test_nobody_reviews_what_lies_outside_their_area(people: list[tuple[int, str]], town: Client) -> None:
    no, case = people[0]
    town.get(f"/files/{case}/")
    away = signed_in("away", "auditor", "469024")
    assert away.post("/readings/review/", {"ok": f"{no}/2026-11-23/li.xm"}).status_code == 404
    assert town.post("/readings/review/", {"ok": f"{no}/2026-11-23/li.xm"}).status_code == 403
    assert away.post("/readings/review/", {"ok": "x"}).status_code == 400


def test_the_person_sees_unit_and_post_and_no_name(
    town: Client, people: list[tuple[int, str]], now: datetime
) -> None:
    no, case = people[0]
    town.get(f"/files/{case}/")
    town.get(f"/files/{case}/history/")
    (line,) = short_form(no, now - timedelta(days=1))
    assert (line.role, line.unit, line.counts) == ("town_office", TOWN, {"open": 2})
    assert not hasattr(line, "who")


def test_entries_that_were_made_are_found_with_the_readings(
    people: list[tuple[int, str]], now: datetime
) -> None:
    no, case = people[0]
    view = read.opened(case)
    assert view is not None
    pen = Pen(1, author="chief")
    pen.file, pen.next = view.id, 900
    gate.record(pen.entry("remark", "2026-11-20", text="谈话"), actor=COUNTY, now=now)
    found = readings_of_file(no, *span(now), what="record")
    assert ("chief", {"record": 1}) in [(g.who, dict(g.counts)) for g in found.groups]


# unusual reading


def opening(who: str, unit: str, file: int, at: datetime, what: str = "open", **more: object) -> None:
    """Somebody opened a file."""
    note(Reading(who, "town_office", unit, what, (file,), ("identity",), WHY, **more), at)  # type: ignore[arg-type]


def rules_of(now: datetime, unit: str = "") -> dict[tuple[str, int], set[str]]:
    """Which rules speak, by account and file."""
    found = unusual(unit, now - timedelta(days=7), now + timedelta(days=1))
    return {(u.who, u.file): {name for name, _ in u.why} for u in found}


def test_one_s_own_file_is_noticed_if_the_office_told_whose_the_account_is(
    people: list[tuple[int, str]], now: datetime
) -> None:
    opening("li.xm", TOWN, people[0][0], now)
    opening("li.xm", TOWN, people[1][0], now)
    assert rules_of(now) == {}
    tie("li.xm", identity=id_number(day("1990-03-05"), 1))
    assert rules_of(now) == {("li.xm", people[0][0]): {"own_file"}}
    tie("li.xm", lives_at=OTHER_VILLAGE)
    assert rules_of(now)["li.xm", people[0][0]] == {"own_file"}


def test_a_neighbour_s_file_is_noticed_and_not_that_of_one_s_own_village_s_worker(
    people: list[tuple[int, str]], now: datetime
) -> None:
    places = dict(engine.rows("SELECT no, unit FROM store_casefile"))
    neighbour = next(no for no, unit in places.items() if tree().by_no[unit].code == VILLAGE)
    for who, unit in (("far", "469023101"), ("near", VILLAGE)):
        opening(who, unit, neighbour, now)
        tie(who, lives_at=VILLAGE)
    assert rules_of(now) == {("far", neighbour): {"neighbour"}}


def test_reading_without_responsibility_is_noticed_unless_an_entry_followed(
    people: list[tuple[int, str]], now: datetime
) -> None:
    opening("far", "469024100", people[0][0], now, outside=True)
    opening("near", TOWN, people[0][0], now)
    assert rules_of(now) == {("far", people[0][0]): {"outside"}}
    assert rules_of(now, "469023") == rules_of(now)
    assert rules_of(now, "469024") == rules_of(now)
    assert rules_of(now, "46J01") == {}
    view = read.opened(people[0][1])
    assert view is not None
    pen = Pen(1, author="far")
    pen.file, pen.next = view.id, 900
    from guitu.access import house

    later = now + timedelta(hours=2)
    gate.record(pen.entry("remark", "2026-11-20", text="谈话"), actor=house(), now=later)
    assert rules_of(now) == {}


def test_an_emergency_is_always_listed(people: list[tuple[int, str]], now: datetime) -> None:
    opening("far", "469024100", people[2][0], now, "break_glass", outside=True, purpose="emergency")
    assert rules_of(now) == {("far", people[2][0]): {"break_glass"}}


def test_many_readers_of_one_file_and_many_files_in_a_day_are_listed_from_the_number_the_office_sets(
    people: list[tuple[int, str]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        opening(f"r{n}", TOWN, people[0][0], now + timedelta(minutes=n))
    for file, _ in people[:6]:
        opening("busy", TOWN, file, now)
    assert rules_of(now) == {}
    monkeypatch.setenv("GUITU_UNUSUAL_READERS", "5")
    monkeypatch.setenv("GUITU_UNUSUAL_FILES", "6")
    assert rules_of(now) == {("r3", people[0][0]): {"many_readers"}, ("busy", 0): {"many_files"}}


def test_who_tries_again_and_again_what_they_may_not_is_listed(
    people: list[tuple[int, str]], now: datetime
) -> None:
    away = signed_in("away", "town_office", "469024100")
    for _, case in people[:3]:
        assert away.get(f"/files/{case}/").status_code == 404
    assert [line.files for line in reading_log.lines("away", "refused")] == [(no,) for no, _ in people[:3]]
    assert rules_of(now) == {("away", 0): {"refused"}}
    assert short_form(people[0][0], now - timedelta(days=1)) == ()


def test_reading_at_night_is_listed_only_where_the_office_wants_it(
    people: list[tuple[int, str]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening("li.xm", TOWN, people[0][0], now.replace(hour=23))
    opening("li.xm", TOWN, people[1][0], now.replace(hour=9))
    assert rules_of(now) == {}
    monkeypatch.setenv("GUITU_UNUSUAL_NIGHT", "1")
    assert rules_of(now) == {("li.xm", 0): {"at_night"}}


def test_every_rule_says_why_it_speaks_and_what_it_looks_for(
    auditor: Client, people: list[tuple[int, str]], now: datetime
) -> None:
    opening("far", "469024100", people[0][0], now, outside=True)
    page = text(html(auditor, "/readings/"))
    assert "读者在邻镇，档案现由东坡村负责；七日内没有登记" in page
    assert "GUITU_UNUSUAL_READERS=8" in page
    assert "（未开启）" in page


def test_what_was_found_in_order_leaves_the_list(
    auditor: Client, people: list[tuple[int, str]], now: datetime
) -> None:
    opening("far", "469024100", people[0][0], now, outside=True)
    auditor.post("/readings/review/", {"ok": f"{people[0][0]}/2026-11-23/far"})
    assert "没有规则所指的查阅" in text(html(auditor, "/readings/"))
    assert "属正常" in text(html(auditor, "/readings/?all=1"))


def test_what_an_account_read_is_listed_newest_first_over_all_its_posts(
    people: list[tuple[int, str]], now: datetime
) -> None:
    for n in range(30):
        opening("li.xm", (TOWN, "469023101")[n % 2], n % 12 + 1, now + timedelta(minutes=n))
    first = readings_of_user("li.xm", *span(now))
    second = readings_of_user("li.xm", *span(now), 2)
    assert (first.total, len(first.lines), len(second.lines)) == (30, 20, 10)
    times = [line.at for line in (*first.lines, *second.lines)]
    assert times == sorted(times, reverse=True)
    assert readings_of_user("li.xm", *span(now), units=[TOWN]).total == 15
    assert readings_of_user("li.xm", now, now + timedelta(minutes=5)).total == 5
    assert readings_of_user("li.xm", *span(now), what="print").total == 0
    assert times[0].astimezone(UTC) == (now + timedelta(minutes=29)).astimezone(UTC)


def test_a_command_s_reading_is_noted_as_the_command_s(people: list[tuple[int, str]]) -> None:
    from guitu.cli.opening import noted
    from guitu.store.staff import actor

    staff.add("chief", desk.PASSWORD, "主管", [("county_supervisor", "469023")])
    noted("open", [1], "explain", actor("chief"), WHY)
    noted("list", [1, 2], "today 469023")
    named, house = reading_log.lines()
    assert named.who.startswith("cli:")
    assert (named.source, named.role, named.detail) == ("cli", "county_supervisor", "explain as chief")
    assert (house.role, house.why) == ("", "在服务器上运行的命令")


def test_who_was_asked_is_told_on_their_own_day_and_no_longer_when_they_answered(
    town: Client, auditor: Client, people: list[tuple[int, str]]
) -> None:
    no, case = people[0]
    town.get(f"/files/{case}/")
    assert "询问了您" not in text(html(town, "/"))
    auditor.post("/readings/review/", {"ask": f"{no}/2026-11-23/li.xm"})
    assert desk.links(html(town, "/"), "/readings/mine/")
    town.post("/readings/mine/", {"file": no, "day": "2026-11-23", "ground-0": "mistake"})
    assert "询问了您" not in text(html(town, "/"))
