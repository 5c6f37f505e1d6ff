"""The one gate: what goes in, what is refused and in which words, and that a refusal writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from guitu.access import Actor, Post, house
from guitu.casefile.protocol import DifferentContent
from guitu.kernel.errors import GuituError
from guitu.store import engine, gate, read, unitfiles
from tests.store.writing import CENTRE, CLERK, COUNTY, NEXT_COUNTY, VILLAGE, Pen, day, id_number

pytestmark = pytest.mark.usefixtures("places")


def stored() -> dict[str, int]:
    """How many rows each table holds, but for counters."""
    tables = [
        "casefile", "entry", "filekey", "casestatus", "duty", "dutytally", "filetally", "person", "personkey",
        "recentfile",
    ]  # fmt: skip
    return {t: engine.rows(f"SELECT count(*) FROM store_{t}")[0][0] for t in tables}


def refusal(error: type[GuituError], *entries: Any, actor: Actor = CLERK, now: datetime) -> Any:
    """The error that recording these raises; nothing may have been written."""
    before = stored()
    with pytest.raises(error) as caught:
        gate.record_many(list(entries), actor=actor, now=now)
    assert stored() == before
    return caught.value


def test_a_recorded_entry_comes_back_as_it_was_written_with_a_receipt(now: datetime) -> None:
    pen = Pen(1)
    entry = pen.person("欧阳小明", household_place="示例县河东镇")
    receipt = gate.record(entry, actor=CLERK, now=now)
    assert (receipt.id, receipt.n, receipt.repeated) == (entry.id, 1, False)
    view = read.file_view(pen.file)
    assert view is not None
    assert view.entries == (entry,)
    assert view.receipts[entry.id].digest == receipt.digest
    assert view.receipts[entry.id].stored_at == now
    assert view.case_no == "469023-2026-00001"


def test_the_same_entry_again_gives_the_same_receipt_and_writes_nothing(now: datetime) -> None:
    entry = Pen(1).person()
    first = gate.record(entry, actor=CLERK, now=now)
    before = stored()
    later = now + timedelta(hours=5)
    again = gate.record(replace(entry, recorded_at=later, source="再次发送"), actor=CLERK, now=later)
    assert replace(again, repeated=False) == first
    assert again.repeated
    assert stored() == before


@pytest.mark.parametrize("field", ["sex", "phone"])
def test_the_same_id_with_other_content_is_refused_and_what_is_there_is_shown(
    now: datetime, field: str
) -> None:
    entry = Pen(1).person(phone="13800000000")
    gate.record(entry, actor=CLERK, now=now)
    other = replace(entry, fields={**entry.fields, field: {"sex": "female", "phone": "13900000000"}[field]})
    fault = refusal(DifferentContent, other, now=now)
    assert field in fault.say("zh")
    assert "人员基本信息 2025-01-02" in fault.say("zh")
    assert "13800000000" not in fault.say("zh")
    assert str(entry.id) in fault.say("en")


@pytest.mark.parametrize("bulk", [False, True])
def test_an_id_that_belongs_to_another_file_is_refused_and_what_is_there_is_shown(
    now: datetime, bulk: bool
) -> None:
    first, second, third = Pen(1).person(), Pen(2).person("李四"), Pen(3).person("赵五")
    gate.record_many([first, third], actor=CLERK, now=now)
    before = stored()
    taken = replace(Pen(2).entry("remark", "2026-01-01", text="x"), id=first.id)
    known = replace(Pen(3).entry("remark", "2026-01-01", text="x"), id=first.id)
    for entries in ([second, taken], [known]):
        with pytest.raises(DifferentContent) as caught:
            gate.record_many(iter(entries) if bulk else entries, actor=CLERK, now=now)
        assert str(first.id) in caught.value.say("en")
        assert "人员基本信息 2025-01-02" in caught.value.say("zh")
    assert stored() == before


def test_the_same_id_twice_in_one_batch_counts_once_or_is_refused(now: datetime) -> None:
    entry = Pen(1).person()
    outcome = gate.record_many([entry, entry], actor=CLERK, now=now, keep_receipts=True)
    assert (outcome.new, outcome.repeated, outcome.files) == (1, 1, 1)
    assert [r.repeated for r in outcome.receipts] == [False, True]
    second = Pen(2).person("李四")
    refusal(DifferentContent, second, replace(second, happened_on=day("2025-02-02")), now=now)


def test_every_wrong_field_is_named_and_the_source_row_with_it(now: datetime) -> None:
    entry = Pen(1).entry(
        "person", "2025-01-02", source="台账.xlsx / 名册 / 18", name="王小明", sex="x", colour="red"
    )
    fault = refusal(gate.NotAccepted, entry, now=now)
    assert {f.field for f in fault.faults} == {"sex", "colour"}
    assert fault.say("zh").startswith("台账.xlsx / 名册 / 18：")
    assert fault.code == "choice_unknown"


def test_an_unknown_kind_suggests_the_nearest(now: datetime) -> None:
    fault = refusal(GuituError, Pen(1).entry("persn", "2025-01-02"), now=now)
    assert "“person”" in fault.say("zh")


def test_an_unknown_unit_is_refused(now: datetime) -> None:
    pen = Pen(1)
    fault = refusal(gate.NotAccepted, pen.person(), pen.held_by("469023999"), now=now)
    assert "469023999" in fault.say("en")


@pytest.mark.parametrize(
    ("happened_on", "words"),
    [("2026-11-24", "晚于今天"), ("2027-01-01", "2027年1月1日")],
)
def test_what_has_not_happened_yet_is_refused(now: datetime, happened_on: str, words: str) -> None:
    fault = refusal(gate.NotAccepted, Pen(1).entry("remark", happened_on, text="明天"), now=now)
    assert words in fault.say("zh")
    assert fault.code == "date_in_future"


def test_today_is_the_office_s_day_and_not_that_of_greenwich(now: datetime) -> None:
    just_past_midnight = datetime.fromisoformat("2026-11-23T16:10:00+00:00")
    receipt = gate.record(
        Pen(1).entry("remark", "2026-11-24", text="零点过后"), actor=CLERK, now=just_past_midnight
    )
    assert receipt.n == 1


def test_a_device_whose_clock_is_fast_is_told_so(now: datetime) -> None:
    entry = replace(Pen(1).person(), recorded_at=now + timedelta(minutes=11))
    assert "时钟" in refusal(gate.NotAccepted, entry, now=now).say("zh")


def test_nothing_happens_before_birth(now: datetime) -> None:
    pen = Pen(1)
    gate.record(pen.person(born="1990-03-05"), actor=CLERK, now=now)
    fault = refusal(gate.NotAccepted, pen.entry("relapse", "1990-03-04"), now=now)
    assert "早于出生日期（1990年3月5日）" in fault.say("zh")
    assert fault.code == "date_order"
    assert gate.record(pen.entry("relapse", "1990-03-05"), actor=CLERK, now=now).n == 2


def test_a_corrected_birth_may_not_fall_after_what_is_in_the_file(now: datetime) -> None:
    pen = Pen(1)
    first = pen.person(born="1990-03-05")
    gate.record_many([first, pen.entry("relapse", "2010-01-01")], actor=CLERK, now=now)
    wrong = pen.entry(
        "person", "2025-01-02", corrects=first.id, **{**first.fields, "birth": day("2010-01-02")}
    )  # fmt: skip
    fault = refusal(gate.NotAccepted, wrong, now=now)
    assert "“复吸”" in fault.say("zh")


def test_nothing_happens_after_death_but_what_the_office_still_has_to_say(now: datetime) -> None:
    pen = Pen(1, author="chief", unit="469023")
    gate.record_many([pen.person(), pen.entry("death", "2026-05-01")], actor=COUNTY, now=now)
    fault = refusal(
        gate.NotAccepted, pen.entry("urine_test", "2026-05-02", outcome="evaded"), actor=COUNTY, now=now
    )
    assert "晚于死亡日期" in fault.say("zh")
    assert gate.record(pen.entry("end_notice", "2026-05-03"), actor=COUNTY, now=now).n == 3
    assert gate.record(pen.entry("urine_test", "2026-04-30", outcome="evaded"), actor=COUNTY, now=now).n == 4


def test_a_death_that_was_withdrawn_bounds_nothing(now: datetime) -> None:
    pen = Pen(1, author="chief", unit="469023")
    died = pen.entry("death", "2026-05-01")
    gate.record_many([pen.person(), died], actor=COUNTY, now=now)
    gate.record(pen.entry("void", "2026-06-01", corrects=died.id, reason="误登"), actor=COUNTY, now=now)
    assert gate.record(pen.entry("relapse", "2026-07-01"), actor=COUNTY, now=now).n == 4


def test_a_correction_names_an_entry_of_the_same_file_and_kind(now: datetime) -> None:
    mine, other = Pen(1), Pen(2)
    person, test = mine.person(), mine.entry("urine_test", "2026-05-01", outcome="evaded")
    stranger = other.person("李四")
    gate.record_many([person, test, stranger], actor=CLERK, now=now)
    for named, kind, fields in (
        (stranger.id, "person", dict(person.fields)),
        (person.id, "urine_test", {"outcome": "refused"}),
    ):
        refusal(gate.NotAccepted, mine.entry(kind, "2026-05-01", corrects=named, **fields), now=now)
    unnamed = mine.entry("void", "2026-05-01", reason="?")
    assert refusal(gate.NotAccepted, unnamed, now=now).code == "required_missing"
    better = replace(
        mine.entry("urine_test", "2026-05-02", corrects=test.id, outcome="refused"), reason="王小明当时拒检"
    )
    gate.record_many(
        [better, mine.entry("void", "2026-05-03", corrects=better.id, reason="原来的是对的")],
        actor=CLERK,
        now=now,
    )
    view = read.file_view(mine.file)
    assert view is not None
    assert test in view.case_file.counted()
    assert view.entries[2] == better
    assert view.entries[2].reason == "王小明当时拒检"


def test_one_identity_number_belongs_to_one_file(now: datetime) -> None:
    gate.record(Pen(1).person("王小明", id_number=id_number(day("1990-03-05"), 7)), actor=CLERK, now=now)
    twin = Pen(2).person("王小朋", id_number=id_number(day("1990-03-05"), 7).lower())
    fault = refusal(gate.SameIdentity, twin, now=now)
    assert fault.code == "same_id_other_name"
    assert "王小明" not in fault.say("zh")
    pair = [Pen(n).person(f"赵{n}", id_number=id_number(day("1991-03-05"), 9)) for n in (3, 4)]
    refusal(gate.SameIdentity, *pair, now=now)


def test_an_identity_number_that_was_corrected_is_free_again(now: datetime) -> None:
    pen = Pen(1)
    wrong, right = id_number(day("1990-03-05"), 7), id_number(day("1990-03-05"), 8)
    first = pen.person("王小明", id_number=wrong)
    gate.record(first, actor=CLERK, now=now)
    mended = pen.entry("person", "2025-01-02", corrects=first.id, **{**first.fields, "id_number": right})
    gate.record(mended, actor=CLERK, now=now)
    assert gate.record(Pen(2).person("王小朋", id_number=wrong), actor=CLERK, now=now).n == 1


def test_who_may_not_record_is_told_why(now: datetime) -> None:
    pen = Pen(1)
    gate.record_many([pen.person(), pen.held_by(VILLAGE)], actor=CLERK, now=now)
    doctor = Actor("doctor", (Post("doctor", CENTRE),))
    strange = Pen(2, author="doctor", unit=CENTRE).entry("order", "2026-05-01", measure="voluntary", months=6)
    assert "医生不登记“决定”" in refusal(gate.NotAllowed, strange, actor=doctor, now=now).say("zh")
    neighbour = Actor("neighbour", (Post("town_office", NEXT_COUNTY),))
    theirs = replace(pen.entry("relapse", "2026-05-01"), author="neighbour", unit=NEXT_COUNTY)
    assert "不在本单位辖区内" in refusal(gate.NotAllowed, theirs, actor=neighbour, now=now).say("zh")


def test_nobody_writes_in_another_s_name_but_the_house_itself(now: datetime) -> None:
    entry = replace(Pen(1).person(), author="somebody")
    assert "本人" in refusal(gate.NotAllowed, entry, now=now).say("zh")
    assert gate.record(entry, actor=house(), now=now).n == 1


def test_an_entry_about_a_person_does_not_go_into_a_unit_s_file(now: datetime) -> None:
    pen = Pen(1)
    pen.file = unitfiles.file_of(pen.unit)
    gate.record(
        pen.entry("outreach_event", "2026-05-01", form="talk", given_by="office"), actor=CLERK, now=now
    )
    view = read.file_view(pen.file)
    assert view is not None
    assert (view.about, view.unit.code if view.unit else "") == ("unit", "469023100")
    assert "人员的记录不能写进单位档案" in refusal(gate.NotAccepted, pen.person(), now=now).say("zh")


def test_case_numbers_count_up_within_the_county_and_year(now: datetime) -> None:
    gate.record_many([Pen(n).person(f"赵{n}") for n in (1, 2)], actor=CLERK, now=now)
    elsewhere = replace(Pen(3).person("赵三"), unit="469024100", author="x")
    gate.record(elsewhere, actor=house(), now=now)
    gate.record(Pen(4).person("赵四"), actor=CLERK, now=now)
    in_centre = replace(Pen(5).person("赵五"), unit="46J0101")
    gate.record(in_centre, actor=house(), now=now)
    numbers = [r[0] for r in engine.rows("SELECT case_no FROM store_casefile ORDER BY no")]
    assert numbers == [
        "469023-2026-00001",
        "469023-2026-00002",
        "469024-2026-00001",
        "469023-2026-00003",
        "46J01-2026-00001",
    ]


def test_recording_asks_the_database_a_bounded_number_of_questions(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-01"), actor=CLERK, now=now)
    for _ in range(40):
        gate.record(pen.entry("urine_test", "2026-11-02", outcome="evaded"), actor=CLERK, now=now)
    with django_assert_max_num_queries(25):
        gate.record(pen.entry("urine_test", "2026-11-03", outcome="evaded"), actor=CLERK, now=now)


def test_a_full_disk_is_one_clear_sentence_and_writes_nothing(now: datetime) -> None:
    gate.record(Pen(1).person(), actor=CLERK, now=now)
    pen = Pen(3)
    many = [pen.person("赵三"), *(pen.entry("remark", "2026-01-01", text="长" * 3900) for _ in range(60))]
    before = stored()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
        else:
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON store_entry"
                " FOR EACH STATEMENT EXECUTE FUNCTION full_disk()"
            )
    try:
        with pytest.raises(engine.StoreUnavailable) as caught:
            gate.record_many(many, actor=CLERK, now=now)
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA max_page_count = 1073741823")
            else:
                cursor.execute("DROP FUNCTION full_disk() CASCADE")
    assert caught.value.say("zh") == "磁盘已满，没有写入任何内容；请清理磁盘后重试。"
    assert stored() == before
