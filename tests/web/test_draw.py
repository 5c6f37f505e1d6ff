"""The draw on its page: published beforehand, shown on the day, checked afterwards by whoever likes."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from guitu.access import house
from guitu.cli.main import main as command
from guitu.home.draw import check, lot_of, read_sheet
from guitu.store import excerpts, gate, personal, unitfiles, units
from guitu.store.home import draws
from guitu.store.read import file_view, opened
from tests.store.writing import NEXT_COUNTY, TOWN, VILLAGE, Pen
from tests.web.desk import html, signed_in, text
from tests.web.own import enter

IN_OCTOBER = "2026-10-25"
NEXT_TOWN = "469024100"


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_PRESETS", "FRQ-A")
    monkeypatch.setenv("GUITU_TODAY", IN_OCTOBER)
    excerpts.forget()


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def treated(now: datetime, n: int, name: str, reported: str = "2026-03-10") -> str:
    pen = Pen(n)
    entries = [
        pen.person(name),
        pen.held_by(VILLAGE),
        pen.entry("order", "2026-03-01", measure="community_treatment", document_no=f"示例〔2026〕{n}号"),
        pen.entry("served", "2026-03-02"),
        pen.entry("reporting_in", reported),
        pen.entry("agreement", reported),
    ]
    gate.record_many(entries, actor=house(), now=now)
    view = file_view(pen.file)
    assert view is not None
    return view.case_no


def published(town: Client, month: str = "2026-11", **more: str) -> draws.Draw:
    answer = town.post("/draw/publish/", {"unit": TOWN, "month": month, **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return draws.draws(units.tree().find(TOWN))[0]


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    from guitu.store import rebuild  # what is due is worked out for the day

    monkeypatch.setenv("GUITU_TODAY", day.isoformat())
    rebuild.refresh(day)


def test_a_commitment_is_published_once_and_before_its_month(town: Client, now: datetime) -> None:
    one = published(town)
    assert len(one.commitment) == 64
    assert one.terms.first == date(2026, 11, 1)
    assert one.seed is None
    assert one.commitment[:16] in html(town, "/draw/")
    assert town.post("/draw/publish/", {"unit": TOWN, "month": "2026-11"}).status_code == 422
    assert town.post("/draw/publish/", {"unit": TOWN, "month": "2026-10"}).status_code == 422
    assert town.post("/draw/publish/", {"unit": TOWN, "month": "2026-13"}).status_code == 404
    assert town.post("/draw/publish/", {"unit": TOWN, "month": "2031-03"}).status_code == 422
    assert draws.draws(units.tree().find(TOWN)) == (one,)
    assert town.post("/draw/publish/", {"unit": NEXT_COUNTY, "month": "2026-12"}).status_code == 404


def test_a_commitment_is_neither_corrected_nor_withdrawn(town: Client, now: datetime) -> None:
    one = published(town)
    for way in ("correct", "withdraw"):
        html(town, f"/units/{TOWN}/file/{way}/{one.id}/", 404)
    terms = {"happened_on": IN_OCTOBER, "first": "2026-11-01", "last": "2026-11-29", "weekends": "yes"}
    more = {"commitment": one.commitment, "correction_reason": "周末也抽"}
    assert town.post(f"/units/{TOWN}/file/correct/{one.id}/", terms | more).status_code == 404
    assert draws.draws(units.tree().find(TOWN)) == (one,)


def test_somebody_behind_for_two_periods_is_one_person(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    treated(now, 1, "符某某")
    published(town)
    on(monkeypatch, date(2026, 11, 20))
    published(town, "2026-12")
    on(monkeypatch, date(2027, 1, 9))
    page = text(html(town, "/draw/"))
    assert "到日子未检 1 人" in page
    assert "共 1 人" in page
    assert "2 次" in page


def test_a_village_worker_sees_the_day_and_publishes_nothing(now: datetime) -> None:
    worker = signed_in("worker-1", "village_worker", VILLAGE)
    html(worker, "/draw/")
    assert worker.post("/draw/publish/", {"unit": VILLAGE, "month": "2026-11"}).status_code == 404
    assert worker.post("/draw/publish/", {"unit": TOWN, "month": "2026-11"}).status_code == 404


def test_the_day_is_shown_when_it_has_come_and_to_nobody_before(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = treated(now, 1, "符某某")
    one = published(town)
    on(monkeypatch, date(2026, 11, 20))
    window = next(w for no, w in draws.windows(one, date(2026, 11, 20)) if no == case)
    day = next(d.day for d in draws.drawn(one, date(2026, 11, 20)) if d.window.lot == window.lot)
    assert window.first <= day <= window.last
    if day > window.first:
        on(monkeypatch, day - timedelta(days=1))
        page = html(town, "/draw/")
        assert "符某某" not in page
        assert day.isoformat() not in page
        assert day.isoformat() not in html(town, f"/order/{case}/")
    on(monkeypatch, day)
    assert "符某某" in text(html(town, "/draw/"))
    assert f"检测抽到 {day}" in text(html(town, f"/order/{case}/"))


def test_the_seed_is_revealed_when_nothing_lies_ahead_and_the_sheet_is_right(
    town: Client,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cases = [treated(now, n, f"符某{'甲乙丙丁戊'[n]}", f"2026-03-{10 + n:02}") for n in range(1, 5)]
    one = published(town, weekends="yes")
    on(monkeypatch, date(2026, 11, 12))
    assert town.post(f"/draw/{one.id}/reveal/").status_code == 422
    html(town, f"/draw/{one.id}/sheet.json", 404)
    on(monkeypatch, date(2027, 1, 20))
    assert town.post(f"/draw/{one.id}/reveal/").status_code == 302
    answer = town.get(f"/draw/{one.id}/sheet.json")
    told = answer.content.decode()
    sheet = read_sheet(told)
    assert len(sheet.lots) == 4
    assert check(sheet) == ()
    assert not any(case in told for case in cases)
    file = tmp_path / "sheet.json"
    file.write_text(told, encoding="utf-8")
    assert command(["draw", "check", str(file), "--case", cases[0], "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["good"], said["lots"]) == (True, 4)
    assert said["lot"] == lot_of(bytes.fromhex(sheet.seed), cases[0])
    forged = json.loads(told)
    forged["lots"][0]["day"] = forged["lots"][0]["last"]
    forged["lots"][1]["day"] = forged["lots"][1]["first"]
    file.write_text(json.dumps(forged), encoding="utf-8")
    assert command(["draw", "check", str(file)]) == 1
    file.write_text("no sheet", encoding="utf-8")
    assert command(["draw", "check", str(file)]) == 2


def test_a_sheet_shows_what_was_drawn_although_a_file_was_corrected_or_moved_since(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(1, 4):
        treated(now, n, f"符某{'甲乙丙丁'[n]}", f"2026-03-{10 + n:02}")
    one = published(town)
    on(monkeypatch, date(2027, 1, 20))
    town.post(f"/draw/{one.id}/reveal/")
    before = read_sheet(town.get(f"/draw/{one.id}/sheet.json").content.decode())
    pen = Pen(1)
    reported = next(e for e in file_view(pen.file).entries if e.kind == "reporting_in")
    moved, pen.next = Pen(2), 1500
    moved.next = 2500
    more = [
        pen.entry("reporting_in", "2026-03-24", corrects=reported.id),
        moved.held_by(NEXT_COUNTY, "2026-11-22"),
    ]
    gate.record_many(more, actor=house(), now=now)
    on(monkeypatch, date(2027, 1, 21))
    after = read_sheet(town.get(f"/draw/{one.id}/sheet.json").content.decode())
    assert (after, after.worked_out, len(after.lots)) == (before, None, 3)
    assert check(after) == ()


def lots_of(town: Client, one: draws.Draw) -> set[str]:
    """The lots of the sheet of a revealed draw."""
    sheet = read_sheet(town.get(f"/draw/{one.id}/sheet.json").content.decode())
    assert check(sheet) == ()
    return {drawn.window.lot for drawn in sheet.lots}


def test_whoever_moved_away_or_came_is_on_the_sheet_of_the_office_where_their_period_began(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [treated(now, n, f"符某{'甲乙丙丁'[n]}", f"2026-03-{10 + n:02}") for n in range(4)]
    one = published(town)
    stays, moved, locked, came = (Pen(n) for n in range(4))
    for pen in (stays, moved, locked, came):
        pen.next += 500
    more = [
        moved.held_by(NEXT_COUNTY, "2026-11-21"),
        locked.entry("order", "2026-11-21", measure="compulsory_isolation", document_no="示例〔2026〕9号"),
        locked.entry("served", "2026-11-21"),
        locked.entry("admission", "2026-11-21", place="justice_centre", centre="46J01"),
        came.held_by(NEXT_COUNTY, "2026-10-01"),
        came.held_by(VILLAGE, "2026-11-22"),
    ]
    gate.record_many(more, actor=house(), now=now)
    on(monkeypatch, date(2027, 3, 20))
    assert town.post(f"/draw/{one.id}/reveal/").status_code == 302
    one = draws.draws(units.tree().find(TOWN))[0]
    assert one.seed is not None
    lots = [lot_of(one.seed, case) for case in cases]
    assert lots_of(town, one) == set(lots[:3]), "who came later was drawn elsewhere"
    view = opened(cases[1])
    assert view is not None
    given = personal.give_access(view)
    own = text(html(enter(given.username, given.password), "/mine/counts/"))
    assert lots[1] in own, "whoever has moved away finds their own lot still"


def test_a_day_that_was_drawn_stays_when_the_person_moves(
    town: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = treated(now, 1, "符某某")
    published(town)
    other = signed_in("town-2", "town_office", NEXT_TOWN)
    answer = other.post("/draw/publish/", {"unit": NEXT_TOWN, "month": "2026-11"})
    assert answer.status_code == 302
    on(monkeypatch, date(2027, 1, 20))
    no = file_view(Pen(1).file).no
    before = draws.of_person(no, date(2027, 1, 20))
    pen = Pen(1)
    pen.next += 500
    gate.record(pen.held_by(NEXT_TOWN, "2026-11-21"), actor=house(), now=now)
    on(monkeypatch, date(2027, 1, 20))
    after = draws.of_person(no, date(2027, 1, 20))
    assert before is not None
    assert after is not None
    assert (after.window, after.day) == (before.window, before.day)
    assert case == after.line.case_no


def test_a_draw_whose_lots_were_not_kept_says_that_they_are_worked_out(
    town: Client,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = treated(now, 1, "符某某")
    one = published(town)
    on(monkeypatch, date(2027, 1, 20))
    bare = {"to": str(one.id), "seed": draws.seed_of(one.terms).hex()}
    entry = unitfiles.new_entry(TOWN, draws.REVEALED, date(2026, 11, 20), bare, now=now)
    gate.record_many([entry], actor=house(), now=now)
    told = town.get(f"/draw/{one.id}/sheet.json").content.decode()
    assert read_sheet(told).worked_out == date(2027, 1, 20)
    assert "签号按今天的记录推算" in text(html(town, "/draw/"))
    file = tmp_path / "sheet.json"
    file.write_text(told, encoding="utf-8")
    assert command(["draw", "check", str(file), "--case", f"{case} "]) == 0
    assert "2027-01-20" in capsys.readouterr().out


def test_the_next_county_sees_neither_draw_nor_sheet(town: Client, now: datetime) -> None:
    one = published(town)
    other = signed_in("chief-2", "county_supervisor", NEXT_COUNTY)
    html(other, f"/draw/{one.id}/sheet.json", 404)
    assert other.post(f"/draw/{one.id}/reveal/").status_code == 404
