"""Mappings of partners: read word by word, and a partner's table becomes drafts or reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guitu.compose import kinds
from guitu.exchange.partners import Partner, partners, read_partner
from guitu.exchange.partners.incoming import Read, read_table
from guitu.exchange.partners.mapping import HERE, may_come
from guitu.exchange.partners.refusing import MOST_KEPT, Refusal, kept, read_kept
from guitu.kernel.errors import GuituError

PLATFORM = HERE / "community_platform.yaml"
HEAD = "流水号,档案编号,姓名,记录类型,发生日期,结果,说明"


def platform() -> Partner:
    return read_partner(PLATFORM)


def read(*rows: str, head: str = HEAD) -> Read:
    return read_table(platform(), "\n".join((head, *rows)).encode(), "平台.csv")


def test_the_mappings_that_come_along_can_be_read_and_say_what_they_do() -> None:
    found = partners()
    assert set(found) == {"community_platform", "hospital"}
    assert found["community_platform"].example
    assert found["hospital"].gives is not None
    assert found["hospital"].gives.consent


def test_the_office_replaces_a_mapping_by_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "partners").mkdir()
    text = PLATFORM.read_text(encoding="utf-8").replace("example: true", "example: false")
    (tmp_path / "partners" / "platform.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("GUITU_HOME", str(tmp_path))
    assert partners()["community_platform"].own
    assert not partners()["community_platform"].example


@pytest.mark.parametrize(
    ("change", "to", "says"),
    [
        ("form: table", "form: tabel", "table"),
        ("from: case_no", "from: case_number", "case_no"),
        ("kind: service", "kind: servise", "service"),
        ("见到本人: reached", "见到本人: seen", "reached"),
        ("measures: [community_treatment,", "measures: [community_treatments,", "community_treatment"),
        ("in_touch: ", "in_tuch: ", "in_touch"),
        ("cites: []", "cites: [不存在的法#1]", "不存在的法"),
        ("purpose:", "purpos:", "purpose"),
    ],
)
def test_a_word_that_is_not_known_is_an_error_that_names_the_nearest(
    change: str, to: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(PLATFORM.read_text(encoding="utf-8").replace(change, to), encoding="utf-8")
    with pytest.raises(GuituError) as wrong:
        read_partner(path)
    assert says in str(wrong.value)


def test_nothing_that_touches_liberty_may_come_from_outside(tmp_path: Path) -> None:
    allowed = {kind.name for kind in kinds().values() if may_come(kind)}
    assert {"contact_attempt", "service", "lab_result", "encounter", "partner_consent"} <= allowed
    for kind in kinds().values():
        apart = kind.touches_liberty or kind.countersigned or kind.act or kind.own_page or kind.read_as
        if apart or kind.compartment not in ("support", "medical"):
            assert kind.name not in allowed, kind.name
    assert allowed & {"void", "responsible_unit", "excuse", "remark"} == set()
    path = tmp_path / "mine.yaml"
    text = PLATFORM.read_text(encoding="utf-8").replace("kind: service", "kind: urine_test")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GuituError, match=r"检测|Urine"):
        read_partner(path)


def test_good_rows_are_drafts_in_our_words() -> None:
    found = read(
        "P1,469023-2026-00001,王在联,走访,2026-11-18,见到本人,在家",
        "P2,469023-2026-00002,李失,电话,2026.11.19,未接通,",
        "P3,469023-2026-00001,王在联,帮扶,2026年11月20日,就医,陪同",
        "P4,469023-2026-00001,王在联,帮扶,2026-11-20,别的事,",
    )
    assert found.refused == ()
    first, second, third, fourth = found.drafts
    assert (first.kind, first.day) == ("contact_attempt", date(2026, 11, 18))
    assert dict(first.fields) == {"how": "visit", "result": "reached", "note": "在家"}
    assert dict(second.fields) == {"how": "phone", "result": "no_answer"}
    assert third.fields["line"] == "treatment"
    assert fourth.fields["line"] == "other"


def test_a_bad_row_is_told_by_row_column_and_reason_and_the_others_go_on() -> None:
    found = read(
        "P1,469023-2026-00001,王在联,走访,2026-11-18,见到本人,",
        ",469023-2026-00001,王在联,走访,2026-11-18,见到本人,",
        "P1,469023-2026-00001,王在联,走访,2026-11-18,见到本人,",
        "P3,,王在联,走访,2026-11-18,见到本人,",
        "P4,469023-2026-00001,王在联,拘留,2026-11-18,见到本人,",
        "P5,469023-2026-00001,王在联,走访,昨天,见到本人,",
        "P6,469023-2026-00001,王在联,走访,,见到本人,",
        "P7,469023-2026-00001,王在联,走访,2026-11-18,好像见到,",
        "",
        "P8,469023-2026-00001,王在联,电话,2026-11-18,未接通,",
    )
    assert [d.where for d in found.drafts] == ["2", "11"]
    assert [(r.where, r.column, r.code) for r in found.refused] == [
        ("3", "流水号", "message_missing"),
        ("4", "流水号", "message_twice"),
        ("5", "档案编号", "person_missing"),
        ("6", "记录类型", "record_unknown"),
        ("7", "发生日期", "date_unreadable"),
        ("8", "发生日期", "date_missing"),
        ("9", "结果", "code_unknown"),
    ]
    assert all(r.label.zh and r.label.en for r in found.refused)


def test_a_file_without_a_column_is_refused_whole() -> None:
    found = read("P1,469023-2026-00001", head="流水号,档案编号")
    assert found.drafts == ()
    assert {r.column for r in found.refused} == {"姓名", "记录类型", "发生日期", "结果", "说明"}


def test_what_an_exchange_keeps_is_place_and_code_and_never_what_stood_there() -> None:
    found = read("P7,469023-2026-00001,王在联,走访,2026-11-18,好像见到张三,")
    text = kept(found.refused)
    assert "张三" not in text
    assert "王在联" not in text
    assert read_kept(text) == found.refused
    many = [Refusal(str(n), "", "person_unknown") for n in range(MOST_KEPT + 5)]
    assert len(read_kept(kept(many))) == MOST_KEPT
    assert kept(many).endswith("+5\t\t")
