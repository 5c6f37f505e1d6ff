"""What a message says, to whom, and when not: no word that betrays rehabilitation, nobody at night, nobody
who did not agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from guitu.home import messages
from guitu.home.messages import BETRAYING, TEXTS, WHATS, Due, Setting, composed, consent_of, due
from guitu.kernel.zone import CHINA
from tests.store.writing import Pen

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
TOMORROW = date(2026, 11, 24)
SETTING = Setting(
    date(2026, 9, 1), frozenset(WHATS), 1, 830, 2000, "村委会一楼", "19800000000", "河东便民服务"
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("what", WHATS)
def test_the_systems_own_texts_say_when_where_and_whom_to_ring_and_never_what_for(
    what: str, language: str
) -> None:
    made = composed(Due(what, TOMORROW, "x", 900), SETTING, language)  # type: ignore[arg-type]
    assert made.why_not is None
    assert "村委会一楼" in made.text
    assert "19800000000" in made.text
    assert "24" in made.text
    assert messages.betrays(made.text) == ""


@pytest.mark.parametrize("word", BETRAYING)
def test_a_word_that_betrays_is_named_wherever_it_stands(word: str) -> None:
    for text in (f"请到{word}楼", f"请到 {' '.join(word) if not word.isascii() else word}", word.upper()):
        wrong = messages.unfit(text)
        assert wrong is not None, text
        named = messages.betrays(text)
        assert named in word or word in named
        assert f"“{named}”" in wrong.zh
        assert f"“{named}”" in wrong.en


@pytest.mark.parametrize("text", ["村委会一楼", "河东镇便民服务中心", "the latest bus", "人民路 3 号"])
def test_ordinary_places_are_fit(text: str) -> None:
    assert messages.unfit(text) is None


def test_full_width_letters_and_spaces_hide_nothing() -> None:
    assert messages.betrays("ＨＩＶ门诊") == "hiv"
    assert messages.betrays("戒 - 毒") == "戒"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{day}请到{place}做检测", "检测"),
        ("{day}请联系{who}", "who"),
        ("请到{place}", "{day}"),
        ("{day" + "好" * 3, "{"),
        ("{day}" + "好" * 200, "120"),
    ],
)
def test_an_offices_own_text_is_refused_with_the_reason(text: str, says: str) -> None:
    wrong = messages.unfit_text(text)
    assert wrong is not None
    assert says in wrong.zh


def test_a_place_that_betrays_is_never_named_the_offices_own_is_instead() -> None:
    made = composed(Due("appointment", TOMORROW, "x", 900, "东坡村戒毒工作站"), SETTING, "zh")
    assert made.text.startswith("【河东便民服务】您好，提醒您：11月24日（周二）9:00请到村委会一楼。")
    held = composed(Due("appointment", TOMORROW, "x"), replace(SETTING, signature="戒毒办"), "zh")
    assert held.text == ""
    assert held.why_not is not None
    assert "“戒”" in held.why_not.zh


def test_without_a_place_or_a_telephone_nothing_goes() -> None:
    made = composed(Due("visit", TOMORROW, "x"), replace(SETTING, phone=""), "zh")
    assert made.why_not is not None


def test_hours_hold_to_the_minute() -> None:
    for hour, minute, may in ((8, 29, False), (8, 30, True), (20, 0, True), (20, 1, False), (3, 0, False)):
        assert SETTING.may_send(NOW.replace(hour=hour, minute=minute)) is may


def test_the_last_word_of_the_person_counts_and_without_one_there_is_none() -> None:
    pen = Pen(1)
    yes = pen.entry("reminder_consent", "2026-11-01", agrees="yes", phone="19812345678")
    no = pen.entry("reminder_consent", "2026-11-10", agrees="no")
    today = NOW.date()
    assert consent_of([], today) is None
    given = consent_of([yes], today)
    assert given is not None
    assert (given.given, given.phone) == (True, "19812345678")
    taken_back = consent_of([no, yes], today)
    assert taken_back is not None
    assert not taken_back.given
    assert consent_of([yes, no], date(2026, 11, 5)) == given


def test_only_what_is_near_wanted_and_not_over_is_due() -> None:
    pen = Pen(2)
    told = pen.entry("test_told", "2026-11-22", for_day=TOMORROW, time=900, how="phone")
    early = pen.entry("test_told", "2026-11-23", for_day=date(2026, 11, 23), time=830, how="phone")
    later = pen.entry("visit_agreed", "2026-11-22", for_day=date(2026, 11, 30), time=900)
    soon = pen.entry("visit_agreed", "2026-11-22", for_day=date(2026, 11, 23), time=1500)
    some = [told, early, later, soon]
    found = due(some, date(2026, 11, 24), SETTING, NOW)
    assert [(one.what, one.on.day, one.time) for one in found] == [
        ("visit", 23, 1500), ("report_in", 24, 0), ("appointment", 24, 900),
    ]  # fmt: skip
    assert due(some, None, replace(SETTING, whats=frozenset({"visit"})), NOW) == found[:1]
    assert len(due(some, None, replace(SETTING, days_before=7), NOW)) == 3
    met = pen.entry("contact_attempt", "2026-11-23", how="visit", result="reached")
    assert [one.what for one in due([*some, met], None, SETTING, NOW)] == ["appointment"]


def test_one_reminder_has_one_key_and_another_day_has_another() -> None:
    pen = Pen(3)
    one = Due("visit", TOMORROW, "x")
    assert messages.key_of(pen.file, one) == messages.key_of(pen.file, one)
    others = {
        messages.key_of(Pen(4).file, one),
        messages.key_of(pen.file, replace(one, on=NOW.date())),
        messages.key_of(pen.file, replace(one, time=900)),
        messages.key_of(pen.file, replace(one, place="村委会")),
        messages.key_of(pen.file, one),
    }
    assert len(others) == 5
    assert messages.key_of(pen.file, replace(one, about="y")) == messages.key_of(pen.file, one)


def test_what_two_people_recorded_is_one_appointment_and_told_once() -> None:
    pen = Pen(6)
    same = {"for_day": TOMORROW, "time": 900, "how": "phone"}
    one = pen.entry("test_told", "2026-11-22", **same, place="河东镇戒毒工作站")
    other = pen.entry("test_told", "2026-11-23", **same)
    (told,) = due([one, other], None, SETTING, NOW)
    assert (told.about, told.place) == (str(one.id), "")
    later = pen.entry("test_told", "2026-11-23", **{**same, "time": 1000})
    assert len(due([one, later], None, SETTING, NOW)) == 2


def test_numbers_are_shown_by_their_ends() -> None:
    assert messages.masked("19812345678") == "198****5678"
    assert messages.masked("1234") == "****"


def test_every_text_is_within_two_short_messages() -> None:
    for what in TEXTS:
        made = composed(Due(what, TOMORROW, "x", 900), SETTING, "zh")
        assert len(made.text) <= 134, made.text
