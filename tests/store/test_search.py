"""Finding people: by characters, pinyin, initials, numbers; inside one's area; the same whichever way it
looks."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest

from guitu.access import house
from guitu.simulate.names import name
from guitu.store import engine, gate, names, read
from guitu.store.read import finding
from tests.store.writing import CLERK, OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen, id_number

PEOPLE = (
    ("王小明", VILLAGE),
    ("曾庆红梅", VILLAGE),
    ("尉迟恭", VILLAGE),
    ("单明", OTHER_VILLAGE),
    ("吕绿", OTHER_VILLAGE),
    ("买买提·艾力", WEST_VILLAGE),
    ("王小鸣", WEST_VILLAGE),
    ("Anna Li", WEST_VILLAGE),
)


@pytest.fixture
def known(places: object, now: datetime) -> None:
    """Eight people in three villages."""
    for number, (who, unit) in enumerate(PEOPLE, 1):
        pen = Pen(number)
        gate.record_many([pen.person(who), pen.held_by(unit)], actor=house(), now=now)


def found(text: str, unit: str = "46") -> list[str]:
    """The names found."""
    return sorted(r.name for r in read.search(unit, text).rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王小明", ["王小明"]),
        ("小", ["王小明", "王小鸣"]),
        ("明", ["单明", "王小明"]),
        ("wangxiaoming", ["王小明", "王小鸣"]),
        ("WangXiao", ["王小明", "王小鸣"]),
        ("xiaoming", ["王小明", "王小鸣"]),
        ("ｗｘｍ", ["王小明", "王小鸣"]),
        ("xm", ["王小明", "王小鸣"]),
        ("zeng", ["曾庆红梅"]),
        ("zqhm", ["曾庆红梅"]),
        ("hongmei", ["曾庆红梅"]),
        ("shan", ["单明"]),
        ("yuchigong", ["尉迟恭"]),
        ("ycg", ["尉迟恭"]),
        ("lvlv", ["吕绿"]),
        ("艾力", ["买买提·艾力"]),
        ("买买提艾力", ["买买提·艾力"]),
        ("mmt", ["买买提·艾力"]),
        ("anna", ["Anna Li"]),
        ("王 ming", ["王小明", "王小鸣"]),
        ("xiao 王", ["王小明", "王小鸣"]),
        ("ceng", []),
        ("dan", []),
        ("iaoming", []),
        ("%", []),
        ("_", []),
        ("'; drop table", []),
        ("   ", []),
    ],
)
def test_a_person_is_found_by_any_part_of_the_name_pinyin_or_initials(
    known: None, text: str, expected: list[str]
) -> None:
    assert found(text) == sorted(expected)


def test_only_people_of_one_s_own_area_are_found(known: None) -> None:
    assert found("wang", VILLAGE) == ["王小明"]
    assert found("wang", TOWN) == ["王小明"]
    assert found("wang", "469023") == ["王小明", "王小鸣"]
    assert found("wang", "469024") == []


def test_an_identity_number_finds_exactly_its_person(known: None) -> None:
    number = id_number(date(1990, 3, 5), 3)
    assert found(number) == found(f" {number[:6]} {number[6:]} ") == ["尉迟恭"]
    assert found(number, WEST_VILLAGE) == []
    assert found(number[:17] + ("0" if number[17] != "0" else "1")) == []


def test_the_end_of_an_identity_number_finds_its_people(known: None) -> None:
    assert "尉迟恭" in found(id_number(date(1990, 3, 5), 3)[-4:])


def test_a_case_number_or_its_beginning_finds_the_file(known: None) -> None:
    assert found("469023-2026-00003") == ["尉迟恭"]
    assert len(found("469023-2026")) == len(PEOPLE)
    assert found("469023-2026-00003", WEST_VILLAGE) == []


def test_a_corrected_name_is_found_and_the_wrong_one_no_longer(known: None, now: datetime) -> None:
    pen = Pen(1)
    view = read.file_view(pen.file)
    assert view is not None
    pen.next += 10
    first = view.entries[0]
    mended = pen.entry("person", "2025-01-02", corrects=first.id, **{**first.fields, "name": "汪晓敏"})
    gate.record(mended, actor=CLERK, now=now)
    assert found("王小明") == []
    assert found("wangxiaomin") == ["汪晓敏", "王小鸣"]
    assert found("汪") == ["汪晓敏"]


def test_whoever_moves_is_found_where_they_are(known: None, now: datetime) -> None:
    pen = Pen(1)
    pen.next += 10
    gate.record(pen.held_by(WEST_VILLAGE, "2026-02-01"), actor=house(), now=now)
    assert found("王小明", VILLAGE) == []
    assert found("王小明", WEST_VILLAGE) == ["王小明"]


@pytest.fixture
def crowd(places: object, now: datetime) -> list[str]:
    """Three hundred invented people in four villages."""
    rng = Random(5)
    units = [VILLAGE, OTHER_VILLAGE, WEST_VILLAGE, "469024100200"]
    made = []
    entries = []
    for number in range(1, 301):
        pen = Pen(number)
        made.append(name(rng, "male")[0])
        entries += [pen.person(made[-1]), pen.held_by(units[number % 4])]
    gate.record_many(entries, actor=house(), now=now)
    return made


def test_both_ways_of_looking_find_the_same_people(crowd: list[str]) -> None:
    from guitu.store.units import tree

    texts = {c for who in crowd for c in who} | {names.keys(who)[0][:2] for who in crowd}
    texts |= {"w", "l", "zh", "x", "chen", "li", "wang"}
    for code in ("46", "469023", TOWN, VILLAGE, "469024"):
        unit = tree().find(code)
        for text in sorted(texts):
            word = names.normalised(text)
            walked = list(finding._walk(unit, [word]))
            looked = list(finding._look_at_each(unit, [word]))
            if len(looked) <= finding.TOO_MANY:
                assert walked == looked, (code, text)
            else:
                assert len(walked) == len(looked) == finding.TOO_MANY + 1


def test_too_many_says_so_and_shows_twenty(crowd: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answer = read.search("46", "l")
    assert (answer.too_many, answer.found, len(answer.rows)) == (True, 50, 20)
    monkeypatch.setattr(finding, "RARE", 3)
    again = read.search("46", "l")
    assert [r.file for r in again.rows] == [r.file for r in answer.rows]


def test_people_are_listed_by_measure_and_state_with_their_number(known: None, now: datetime) -> None:
    pen = Pen(1)
    pen.next += 10
    order = pen.entry("order", "2026-11-05", measure="community_treatment", document_no="1")
    gate.record_many([order, pen.entry("served", "2026-11-05")], actor=CLERK, now=now)
    rows, total = read.people("46", measure="community_treatment")
    assert ([r.name for r in rows], total) == (["王小明"], 1)
    assert (rows[0].state, rows[0].next_duty, rows[0].next_due) == (
        "awaiting_report",
        "report_in",
        date(2026, 11, 20),
    )
    rows, total = read.people("469023", size=3, page=2)
    assert (len(rows), total) == (3, 8)
    assert read.people("46", rights=True) == ((), 0)


def test_the_files_one_worked_on_last_come_first(known: None, now: datetime) -> None:
    for number, minutes in ((2, 1), (1, 2)):
        pen = Pen(number)
        pen.next += 50
        later = now.replace(minute=minutes)
        gate.record(pen.entry("remark", "2026-03-01", text="记"), actor=CLERK, now=later)
    assert [r.name for r in read.recent("clerk", "46")] == ["王小明", "曾庆红梅"]
    assert read.recent("clerk", WEST_VILLAGE) == ()
    assert read.recent("nobody", "46") == ()


def test_search_words_are_few_and_begin_at_each_character() -> None:
    assert names.keys("王小明", "123x") == (
        "123x", "ming", "wangxiaoming", "wxm", "xiaoming", "xm", "小明", "明", "王小明",
    )  # fmt: skip
    assert names.keys("") == ()
    assert max(map(len, names.keys("阿" * 60))) <= names.LONGEST_KEY


@pytest.mark.parametrize(
    ("surname", "reading"),
    [
        ("曾", "zeng"),
        ("单", "shan"),
        ("解", "xie"),
        ("仇", "qiu"),
        ("查", "zha"),
        ("区", "ou"),
        ("朴", "piao"),
        ("冼", "xian"),
        ("覃", "qin"),
    ],
)
def test_surnames_are_read_as_surnames(surname: str, reading: str) -> None:
    assert names.syllables(f"{surname}明")[0] == reading


def test_no_search_word_is_stored_twice(known: None) -> None:
    doubled = engine.rows("SELECT key, file FROM store_personkey GROUP BY key, file HAVING count(*) > 1")
    assert doubled == []
