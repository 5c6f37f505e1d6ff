"""Informants' codes, answers of a fixed shape, sheets without persons, rounds, venues, money and prints."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from guitu.casefile import Entry
from guitu.levels import ground, informant, money, persons_out, prints, shapes

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FILE = UUID(int=7)
_numbers = count(1)


def entry(kind: str, on: str, /, **fields: Any) -> Entry:
    n = next(_numbers)
    return Entry(
        id=UUID(f"01900000-0000-7000-8000-{n:012x}"),
        file=FILE,
        kind=kind,
        happened_on=date.fromisoformat(on),
        recorded_at=NOW + timedelta(seconds=n),
        author="a",
        unit="469023",
        fields=fields,
    )


def test_a_code_checks_itself_and_a_phrase_opens_it_however_it_is_typed() -> None:
    code, phrase = (
        informant.code_of(b"\x00\x01\x02\x03\x04\x05\x06\x07"),
        informant.phrase_of(bytes(range(10))),
    )
    reward = entry(informant.REWARD, "2026-11-01", code=code, digest=informant.digest_of(code, phrase))
    assert informant.a_code(code) is None
    assert informant.read_code(f" {code.lower()[:4]} {code[4:]} ") == code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert informant.read_code(wrong) == ""
    assert informant.opens(reward, phrase)
    assert informant.opens(reward, phrase.lower().replace("-", " ").replace("0", "o"))
    assert not informant.opens(reward, phrase[:-1] + ("0" if phrase[-1] != "0" else "1"))
    other = entry(informant.REWARD, "2026-11-01", code="J000000000", digest=reward.get("digest"))
    assert not informant.opens(other, phrase)  # a digest is bound to its code


def test_phrases_differ_and_have_no_letters_that_are_taken_for_others() -> None:
    phrases = {informant.phrase_of(n.to_bytes(10)) for n in range(0, 2**80, 2**73)}
    assert len(phrases) == 128
    assert not set("".join(phrases)) & set("ILOU")


@pytest.mark.parametrize(
    "text", ["王小明", "ADA", "J王小明", "J13800138000", "98010119900101001X", "JADALOVELACE"]
)
def test_a_code_is_never_a_name_or_a_number_of_somebody(text: str) -> None:
    assert informant.a_code(text) is not None
    assert shapes.a_digest(text) is not None
    assert shapes.an_id(text) is not None
    assert shapes.ids(text) is not None


@pytest.mark.parametrize(
    "text", ["王某某出租屋", "码头 13800138000", "张先生店铺", "98010119900101001X", "李四的家", "x" * 41]
)
def test_a_place_is_no_person(text: str) -> None:
    assert shapes.a_place(text) is not None


@pytest.mark.parametrize(
    "text", ["示范湾一号码头", "老城镇 3 号路口", "金海歌厅", "东岸村闲置厂房", "渔人之家"]
)
def test_a_place_may_be_called_what_places_are_called(text: str) -> None:
    assert shapes.a_place(text) is None


def test_the_number_of_a_paper_is_no_word() -> None:
    assert shapes.a_document("示例〔2026〕12号") is None
    assert shapes.a_document("王小明") is not None
    assert shapes.a_document("98010119900101001X") is not None


HEADS = ["指标", "起始日期", "截止日期", "数值", "出处"]
GOOD = [(2, ["缴获毒品", "2025-01-01", "2025-12-31", "79.159", "示例日报"])]


def test_a_sheet_of_figures_holds_nobody() -> None:
    assert persons_out.persons_in(HEADS, GOOD, {}) is None
    two = [(2, [*GOOD[0][1][:4], "周报"]), (3, [*GOOD[0][1][:4], "高院"])]
    assert persons_out.persons_in(HEADS, two, {}) is None


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["序号", "姓名"], ["1", "某"]),
        (["序号", "性 别"], ["1", "男"]),
        (["No.", "Name"], ["1", "x"]),
        (["指标", "备注"], ["抓获", "98010119900101001X"]),
        (["指标", "备注"], ["抓获", "证 980101 19900101 0015"]),
        (["指标", "备注"], ["抓获", "电话13812345678"]),
        (["指标", "备注"], ["抓获", "护照E12345678"]),
    ],
)
def test_a_column_or_a_number_of_somebody_is_found(heads: list[str], row: list[str]) -> None:
    found = persons_out.persons_in(heads, [(2, row)], {})
    assert found is not None
    assert "整个文件没有收下" in found.says.zh
    for cell in row[1:]:
        assert cell not in found.says.zh or len(cell) < 2  # what stood there is not repeated


def test_a_column_of_names_is_found_whatever_it_is_called() -> None:
    rows = [(2, ["1", "王小明"]), (3, ["2", "符某某"])]
    found = persons_out.persons_in(["序号", "对象"], rows, {})
    assert found is not None
    assert (found.row, found.column) == (3, "对象")
    assert persons_out.persons_in(["序号", ""], rows, {}).column == "B"  # type: ignore[union-attr]


def test_one_row_for_each_person_is_found() -> None:
    rows = [(n, ("抓获", "2025-01-01"), "1", "数值") for n in (2, 3)]
    assert persons_out.one_row_each(rows) is not None
    assert persons_out.one_row_each(rows[:1]) is None
    assert persons_out.one_row_each([(2, ("a",), "12", "数值"), (3, ("a",), "11", "数值")]) is None


def test_a_section_is_late_when_nobody_walked_it_and_corrections_do_not_lose_its_rounds() -> None:
    section, place = entry("coast_section", "2026-01-01"), entry("round_place", "2026-01-01")
    corrected = entry("coast_section", "2026-01-01")
    back = {str(corrected.id): str(section.id)}
    walked = [
        entry("place_round", "2026-11-01", section=str(section.id), seen=f"{place.id}"),
        entry("place_round", "2026-08-01", section=str(corrected.id)),
    ]
    one, two = ground.seen([corrected, place], walked, lambda i: back.get(str(i), str(i)), date(2026, 10, 24))
    assert (one.times, one.last, one.days(date(2026, 11, 23))) == (1, date(2026, 11, 1), 22)
    assert (two.times, two.last) == (1, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("log", "state"),
    [
        ([], "never"),
        ([("venue_inspection", "2026-11-01", {"result": "in_order"})], "open"),
        ([("venue_inspection", "2026-11-01", {"result": "to_mend", "mend_by": date(2026, 11, 22)})], "late"),
        ([("venue_inspection", "2026-11-01", {"result": "to_mend", "mend_by": date(2026, 11, 23)})], "mend"),
        ([("venue_inspection", "2026-11-01", {"result": "suspected"})], "handed"),
        ([("venue_closure", "2026-11-01", {"sort": "closed"})], "closed"),
        ([("venue_closure", "2026-11-01", {"sort": "suspended", "until": date(2026, 11, 20)})], "never"),
        (
            [
                ("venue_inspection", "2026-10-01", {"result": "in_order"}),
                ("venue_closure", "2026-11-01", {"sort": "closed"}),
                ("venue_reopened", "2026-11-09", {"checked": "yes"}),
            ],
            "open",
        ),
    ],
)
def test_how_a_venue_stands(log: list[tuple[str, str, dict[str, Any]]], state: str) -> None:
    it = entry("venue", "2026-01-01")
    some = [it, *(entry(kind, on, to=str(it.id), **fields) for kind, on, fields in log)]
    (found,) = ground.venues(some)
    assert found.state(date(2026, 11, 23)) == state


def test_what_is_left_is_budget_and_grants_less_what_was_passed_on_and_spent() -> None:
    some = [
        entry("budget_line", "2026-01-10", year=2026, purpose="support", sort="set", amount=1000),
        entry("budget_line", "2026-06-10", year=2026, purpose="support", sort="cut", amount=100),
        entry("budget_line", "2025-12-10", year=2025, purpose="support", sort="set", amount=7),
        entry("grant", "2026-02-01", year=2026, purpose="support", sort="received", amount=300),
        entry("grant", "2026-03-01", year=2026, purpose="support", sort="given", amount=200),
        entry("spending", "2026-04-01", purpose="support", amount=500),
        entry("spending", "2025-04-01", purpose="support", amount=9),
        entry("spending", "2026-04-01", purpose="staff", amount=50),
    ]
    lines = money.by_purpose(some, 2026)
    assert list(lines) == ["staff", "support"]
    assert (lines["support"].left, lines["support"].used) == (500, 50.0)
    assert lines["staff"].used is None
    assert money.total(lines.values()).spent == 550
    assert money.years(some, 2026) == (2026, 2025)


def test_the_print_entered_first_stands_until_one_replaces_it() -> None:
    of = {"series": "registered.new", "first": date(2025, 1, 1), "last": date(2025, 12, 31)}
    first, other = (
        entry("published_figure", "2026-01-01", value="41", **of),
        entry("published_figure", "2026-01-02", value="40", **of),
    )
    found = prints.prints([("469023", first), ("469023", other)])
    assert [found[e.id].state for e in (first, other)] == ["stands", "conflict"]
    new = entry("published_figure", "2026-02-01", value="42", replaces="yes", **of)
    found = prints.prints([("469023", e) for e in (first, other, new)])
    assert [found[e.id].state for e in (first, other, new)] == ["replaced", "replaced", "stands"]
    assert found[first.id].stands == "42"
