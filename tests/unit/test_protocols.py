"""VR and TMS: what stops a session, what needs somebody afterwards, what a device's file says, and how little
a few sessions show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from guitu.capabilities.protocols.entries import CONTRAINDICATIONS
from guitu.casefile import Entry, Value
from guitu.centre import adjunct, device, protocols

DAY = date(2026, 11, 20)
NAMES = [name for name, _, _ in CONTRAINDICATIONS]


def entry(n: int, kind: str, on: date, **fields: Value) -> Entry:
    at = datetime(on.year, on.month, on.day, 2, n, tzinfo=UTC)
    return Entry(id=UUID(int=n), file=UUID(int=1), kind=kind, happened_on=on, recorded_at=at, fields=fields)


def ready(method: str = "tms", **answers: Value) -> list[Entry]:
    held = dict.fromkeys(NAMES, "no") | answers
    cleared = "no" if protocols.stopping(method, held) else "yes"
    return [
        entry(1, "protocol_consent", DAY - timedelta(days=5), method=method, voluntary="yes"),
        entry(2, "protocol_screen", DAY - timedelta(days=4), method=method, cleared=cleared, **held),
    ]


def session(method: str = "tms", **fields: Value) -> Entry:
    usual: dict[str, Value] = {"ended": "completed", "adverse": "none", "craving_before": 50}
    return entry(9, f"{method}_session", DAY, **(usual | fields))


def refused(session: Entry, file: list[Entry]) -> str:
    why = protocols.refused(session, file)
    return why.en if why else ""


def test_a_session_with_consent_and_a_clear_screen_may_go_on() -> None:
    assert refused(session(), ready()) == ""


def test_no_session_without_consent() -> None:
    assert "no consent" in refused(session(), ready()[1:])


def test_consent_that_was_not_free_is_none() -> None:
    file = ready()
    file.append(entry(3, "protocol_consent", DAY - timedelta(days=1), method="tms", voluntary="no"))
    assert "no consent" in refused(session(), file)


def test_consent_taken_back_stops_the_next_session_and_a_new_one_lets_it_go_on() -> None:
    file = [*ready(), entry(3, "protocol_withdrawn", DAY - timedelta(days=1), method="tms")]
    assert "no consent" in refused(session(), file)
    file.append(entry(4, "protocol_consent", DAY, method="tms", voluntary="yes"))
    assert refused(session(), file) == ""


def test_consent_to_one_method_is_none_to_the_other() -> None:
    assert "no consent" in refused(session("vr"), ready("tms"))


def test_no_session_before_contraindications_were_asked() -> None:
    assert "not asked yet" in refused(session(), ready()[:1])


@pytest.mark.parametrize("name", ["epilepsy", "implant", "metal", "pregnancy", "seizure_risk"])
@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_tms_is_stopped_by_each_contraindication_also_where_it_is_not_known(name: str, answer: str) -> None:
    assert "contraindication" in refused(session(), ready(**{name: answer}))


def test_what_stops_tms_only_does_not_stop_vr() -> None:
    assert refused(session("vr"), ready("vr", metal="yes")) == ""
    assert "contraindication" in refused(session("vr"), ready("vr", epilepsy="yes"))


def test_every_contraindication_stops_one_method_at_least_and_all_are_asked() -> None:
    assert {name for names in protocols.STOPS.values() for name in names} == set(NAMES)


def test_a_screen_cannot_be_clear_with_something_that_stops_it() -> None:
    held = dict.fromkeys(NAMES, "no") | {"implant": "yes"}
    wrong = entry(2, "protocol_screen", DAY, method="tms", cleared="yes", **held)
    assert "cannot be clear" in refused(wrong, [])
    assert refused(entry(2, "protocol_screen", DAY, method="vr", cleared="yes", **held), []) == ""


@pytest.mark.parametrize(("days", "old"), [(30, False), (31, True)])
def test_a_screen_holds_for_thirty_days(days: int, old: bool) -> None:
    file = ready()
    late = DAY - timedelta(days=4) + timedelta(days=days)
    later = entry(9, "tms_session", late, ended="completed", adverse="none", craving_before=50)
    assert ("days old" in refused(later, file)) is old


def test_after_a_seizure_there_is_no_further_session() -> None:
    file = [*ready(), entry(5, "tms_session", DAY - timedelta(days=1), adverse="seizure", ended="stopped")]
    assert "seizure" in refused(session(), file)


@pytest.mark.parametrize(
    ("fields", "needed"),
    [({"craving_before": 40, "craving_after": 59}, False),
     ({"craving_before": 40, "craving_after": 60}, True),
     ({"distress_before": 10, "distress_after": 30}, True),
     ({"ended": "stopped", "stop_reason": "request"}, True),
     ({"ended": "stopped", "stop_reason": "technical"}, False),
     ({"adverse": "headache"}, True),
     ({}, False)],
)  # fmt: skip
def test_a_rise_a_stop_or_an_adverse_event_needs_somebody_by_name_afterwards(
    fields: dict[str, Value], needed: bool
) -> None:
    assert ("name who saw" in refused(session(**fields), ready())) is needed
    assert refused(session(**fields, aftercare_by="林心"), ready()) == ""


# ── a device's file ───────────────────────────────────────────────────────────────────────────────


def csv(rows: int = 600, head: str = "时间(s),心率(bpm),皮肤电导(uS)", step: float = 1.0) -> list[str]:
    return [head, *(f"{n * step},{70 + n % 5},{4 + n % 3}" for n in range(rows))]


def test_a_device_file_is_thinned_out_to_means() -> None:
    found = device.read("\n".join(csv(2400)).encode())
    assert found.series is not None
    assert not found.faults
    assert found.series.rows == 2400
    assert len(found.series.heart) <= device.POINTS + 1
    assert all(v is not None and 70 <= v <= 74 for v in found.series.heart)
    assert found.series.step == pytest.approx(2399 / device.POINTS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_device_file_may_come_in_the_usual_encodings_and_separators(encoding: str, between: str) -> None:
    found = device.read("\n".join(csv()).replace(",", between).encode(encoding))
    assert found.series is not None


def test_units_are_read_from_the_headings() -> None:
    text = "time_ms,hr_hz,GSR(nS)\n0,1.2,4000\n1000,1.2,4000\n2000,1.2,4000\n"
    found = device.read(text.encode())
    assert found.series is not None
    assert found.series.heart[0] == pytest.approx(72)
    assert found.series.conductance[0] == pytest.approx(4)
    assert found.series.step == pytest.approx(1)


def test_a_clock_time_is_read_as_seconds() -> None:
    found = device.read(b"time,heart rate(bpm)\n09:00:00,70\n09:00:02,71\n09:00:04,72\n")
    assert found.series is not None
    assert found.series.step == pytest.approx(2)


def test_an_unknown_unit_is_named_and_keeps_the_file_out() -> None:
    found = device.read("\n".join(csv(head="时间(s),心率(拍),皮肤电导(uS)")).encode())
    assert found.series is None
    assert (found.faults[0].row, "拍" in found.faults[0].label.zh) == (1, True)


@pytest.mark.parametrize(
    ("row", "cells", "said"),
    [(7, "5,--,4", "not a number"), (4, "0.5,70,4", "does not go forward"), (5, "x,70,4", "not a number")],
)
def test_a_fault_is_named_with_its_row(row: int, cells: str, said: str) -> None:
    lines = csv()
    lines[row - 1] = cells
    found = device.read("\n".join(lines).encode())
    assert found.series is None
    assert [(f.row, said in f.label.en) for f in found.faults if f.fatal] == [(row, True)]


def test_a_gap_is_named_and_stays_a_gap() -> None:
    lines = csv(300)
    del lines[101:161]  # rows 102 to 161: sixty seconds
    found = device.read("\n".join(lines).encode())
    assert found.series is not None
    assert [(gap.row, gap.seconds) for gap in found.series.gaps] == [(101, 61.0)]
    assert None in found.series.heart
    assert [f.row for f in found.faults] == [101]


def test_an_impossible_value_is_told_and_not_used() -> None:
    lines = csv(50)
    lines[10] = "9,300,4"
    found = device.read("\n".join(lines).encode())
    assert found.series is not None
    assert found.series.heart[9] is None
    assert [f.row for f in found.faults] == [11]


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"\x00\x01", "not a text file"), (b"", "no rows"), (b"a,b\n1,2\n", "no column of time"),
     (b"time(s),hr(bpm)\n1,70\n", "fewer than two")],
)  # fmt: skip
def test_what_is_no_device_file_is_said_in_one_sentence(raw: bytes, said: str) -> None:
    found = device.read(raw)
    assert found.series is None
    assert said in found.faults[0].label.en


def test_nothing_that_is_sent_raises() -> None:
    for raw in (b"\xff\xfe\x00", b'"unclosed', b"time(s),hr(bpm)\n1e999,70\nnan,71\n", b"," * 500):
        device.read(raw)


def test_a_series_comes_back_as_it_was_kept() -> None:
    assert device.from_kept(device.kept((70.0, None, 71.25), 2)) == (70.0, None, 71.25)


# ── how little it shows ───────────────────────────────────────────────────────────────────────────


def test_the_interval_is_students_t_of_the_change_within_the_person() -> None:
    # changes −12, −5, −22, −5: mean −11, s = 8.04, t(3) = 3.182: −11 ± 12.8
    found = adjunct.change([(60, 48), (55, 50), (62, 40), (50, 45)])
    assert found is not None
    assert found.mean == pytest.approx(-11)
    assert found.low == pytest.approx(-23.78, abs=0.02)
    assert found.high == pytest.approx(1.78, abs=0.02)
    assert not found.clear


def test_under_three_sessions_there_is_no_interval() -> None:
    found = adjunct.change([(60, 20), (60, 20)])
    assert found is not None
    assert (found.low, found.high, found.clear) == (None, None, False)
    assert adjunct.change([]) is None


def test_an_interval_that_holds_nought_says_that_no_change_can_be_claimed() -> None:
    said = adjunct.said(adjunct.change([(60, 48), (55, 50), (62, 40), (50, 45)]), protocols.METHODS["vr"])
    assert "no change can be claimed" in said.en
    assert "不能说有变化" in said.zh


def test_it_always_says_that_the_evidence_is_weak() -> None:
    assert "weak evidence" in adjunct.WEAK.en
    assert "证据很弱" in adjunct.WEAK.zh
