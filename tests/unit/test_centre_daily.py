"""What a brigade's day is worked out from: timetables, ceilings on work, rolls, a month of work, leave."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from guitu.casefile import Entry, Value
from guitu.centre import ceilings, leave, roll, timetable, work
from guitu.centre.ceilings import Day
from guitu.centre.roll import Somebody
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.policy import holidays
from guitu.store.centre.brigade import own_keys
from tests.store.writing import number

FILE = number(1)


def entry(kind: str, on: str, place: int = 1, **fields: Value) -> Entry:
    """An entry that happened on that day; `place` orders those of one day."""
    day = date.fromisoformat(on)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA) + timedelta(minutes=place)
    return Entry(
        id=number(hash((kind, on, place)) % 10_000),
        file=FILE,
        kind=kind,
        happened_on=day,
        recorded_at=at,
        fields=fields,
    )


def d(text: str) -> date:
    return date.fromisoformat(text)


# ── timetable ─────────────────────────────────────────────────────────────────────────────────────

DAY = """21:30-06:30 休息 就寝
06:30-06:50 点名
7:00 07:30 用餐 早餐
９：００－１２：００ 劳动 缝纫
14:00～17:00 work
19:00-20:00 Education 新闻"""


def test_lines_are_read_as_people_type_them_and_add_up() -> None:
    slots, faults = timetable.read(DAY)
    assert not faults
    assert timetable.sums(slots) == {"rest": 540, "meals": 30, "roll": 20, "education": 60, "work": 360}
    assert timetable.unplanned(slots) == 24 * 60 - 540 - 30 - 20 - 60 - 360
    assert timetable.read(timetable.kept(slots))[0] == slots
    assert timetable.rolls(slots) == (390,)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("九点上课", "第 2 行“九点上课”读不出来"),
        ("08:00-09:00 散步", "“散步”不在类别里"),
        ("06:40-07:00 用餐", "重叠"),
        ("25:00-26:00 用餐", "读不出来"),
        ("08:00-08:00 用餐", "起止相同"),
        ("23:00-23:30 劳动", "重叠"),
    ],
)
def test_a_line_that_cannot_be_is_said_by_its_number(line: str, says: str) -> None:
    base = "21:30-06:50 休息\n" if "23:00" in line or "06:40" in line else "12:00-13:00 用餐\n"
    _, (fault,) = timetable.read(base + line)
    assert says in fault.zh
    assert fault.en


def test_the_version_in_force_is_the_one_that_began_last() -> None:
    old = entry("timetable", "2026-01-01", from_day=d("2026-01-05"), workdays="08:00-09:00 work")
    new = entry("timetable", "2026-11-20", from_day=d("2026-12-01"), workdays="08:00-10:00 work")
    assert timetable.in_force([old, new], d("2026-01-04")) is None
    for on, minutes in (("2026-01-05", 60), ("2026-11-30", 60), ("2026-12-01", 120)):
        version = timetable.in_force([new, old], d(on))
        assert version is not None
        assert timetable.sums(version.of("working"))["work"] == minutes
    assert [v.from_day for v in timetable.upcoming([old, new], d("2026-11-23"))] == [d("2026-12-01")]


def test_what_runs_now_and_what_comes_next() -> None:
    slots, _ = timetable.read(DAY)
    running, following = timetable.now_and_next(slots, 10 * 60)
    assert running is not None
    assert following is not None
    assert (running.words, following.start) == ("缝纫", 14 * 60)
    asleep, _ = timetable.now_and_next(slots, 3 * 60)
    assert asleep is not None
    assert asleep.activity == "rest"


# ── ceilings ──────────────────────────────────────────────────────────────────────────────────────


def working(on: str) -> Day:
    return Day(d(on), "working")


def test_six_hours_are_allowed_and_more_are_not() -> None:
    assert ceilings.over_plan(working("2026-11-23"), "6", ()) == ()
    (over,) = ceilings.over_plan(working("2026-11-23"), "6.01", ())
    assert over.zh.startswith("2026年11月23日（周一）安排劳动 6.01 小时")
    assert "司法行政机关强制隔离戒毒工作规定" in over.zh
    assert "第43条" in over.zh.replace("四十三", "43")


def test_the_sixth_day_of_a_week_is_one_too_many_and_a_new_week_begins_on_monday() -> None:
    week = [(d("2026-11-23") + timedelta(days=n), "6") for n in range(5)]
    (over,) = ceilings.over_plan(Day(d("2026-11-28"), "rest"), "2", week)
    assert "第 6 个劳动日" in over.zh
    assert ceilings.over_plan(working("2026-11-30"), "6", week) == ()
    assert ceilings.over_plan(working("2026-11-25"), "4", week) == (), "the same day planned anew"
    assert ceilings.over_plan(Day(d("2026-11-28"), "rest"), "0", week) == (), "no hours are no day of work"


def test_no_work_on_a_statutory_holiday() -> None:
    name, known = holidays.holiday(d("2026-10-01"))
    assert known
    (over,) = ceilings.over_plan(Day(d("2026-10-01"), "holiday", known, name), "1", ())
    assert "国庆节" in over.zh
    assert "法定节假日不得安排劳动" in over.zh


def test_a_year_whose_holidays_are_not_known_has_to_be_checked_by_hand() -> None:
    name, known = holidays.holiday(d("2041-10-01"))
    assert (name, known) == (None, False)
    day = Day(d("2041-10-01"), "working", known)
    asks = ceilings.unchecked(day, None)
    assert asks is not None
    assert "2041年的放假安排尚未收录" in asks.zh
    assert ceilings.unchecked(day, "yes") is None
    assert ceilings.unchecked(working("2026-11-23"), None) is None


def test_a_moved_working_day_is_no_holiday_and_still_counts_in_the_week() -> None:
    assert holidays.holiday(d("2026-10-10")) == (None, True)  # a Saturday on which people work
    assert holidays.is_working_day(d("2026-10-10")) == (True, True)


def test_a_timetable_goes_beyond_by_hours_by_days_and_on_holidays() -> None:
    six, more = "08:00-14:00 劳动", "08:00-14:30 劳动"
    assert ceilings.over_timetable({"working": six}) == ()
    assert [o.zh[:3] for o in ceilings.over_timetable({"working": more})] == ["工作日"]
    assert "一周劳动 7 天" in ceilings.over_timetable({"working": six, "rest": "08:00-09:00 劳动"})[0].zh
    assert "法定节假日劳动 1 小时" in ceilings.over_timetable({"holiday": "08:00-09:00 劳动"})[0].zh


# ── roll ──────────────────────────────────────────────────────────────────────────────────────────

NAMES = ("王小明", "吴晓梅", "李建国", "陈红", "买买提·图尔荪")
PEOPLE = tuple(Somebody(n, 100 + n, own_keys(name), name) for n, name in enumerate(NAMES, 1))


def marks(text: str) -> tuple[dict[int, str], tuple[Label, ...]]:
    from guitu.store.names import normalised

    return roll.marks(text, PEOPLE, normalised)


def test_marks_are_typed_by_initials_by_pinyin_by_name_or_by_number() -> None:
    assert marks("ljg1 chenhong2, 买买提5 1.3 2 4") == (
        {103: "late", 104: "unwell", 105: "missing", 101: "refused", 102: "elsewhere"},
        (),
    )


def test_initials_of_two_people_are_answered_with_their_numbers() -> None:
    found, (fault,) = marks("wxm1 ch2")
    assert found == {104: "unwell"}
    assert "1 号 王小明、2 号 吴晓梅" in fault.zh


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("zz1", "没有找到人"),
        ("9.1", "没有 9 号"),
        ("ch8", "没有键 8"),
        ("ch", "“ch”读不出来"),
        ("351", "“351”读不出来"),
    ],
)
def test_what_cannot_be_told_is_said_and_nothing_is_guessed(typed: str, says: str) -> None:
    found, faults = marks(typed)
    assert found == {}
    assert says in faults[0].zh


def test_the_numbers_of_a_roll_always_add_up() -> None:
    n = roll.counts(range(10), [0, 1, 2], {2: "missing", 3: "elsewhere", 4: "late", 5: "unwell", 99: "late"})
    assert (n.people, n.present, n.out, n.elsewhere, n.missing, n.late) == (10, 6, 2, 1, 1, 1)
    assert n.people == n.present + n.out + n.elsewhere + n.missing


def test_whoever_has_gone_and_not_come_back_is_out() -> None:
    gone = entry("medical_leave", "2026-11-01")
    assert roll.out_of([gone], d("2026-10-31")) is None
    out = roll.out_of([gone], d("2026-11-23"))
    assert out is not None
    assert (out.kind, out.since) == ("medical_leave", d("2026-11-01"))
    assert roll.out_of([gone, entry("medical_leave_end", "2026-11-10")], d("2026-11-23")) is None
    later = entry("home_leave", "2026-11-20", going=d("2026-11-25"), back_by=d("2026-11-28"))
    assert roll.out_of([later], d("2026-11-24")) is None
    out = roll.out_of([later], d("2026-11-29"))
    assert out is not None
    assert out.late(d("2026-11-29"))
    assert not out.late(d("2026-11-28"))


def test_missing_lasts_until_somebody_says_found_and_is_never_an_escape_by_itself() -> None:
    lost = entry("roll_exception", "2026-11-23", 1, at="06:40", what="missing")
    assert roll.missing_since([lost]) is lost
    assert roll.out_of([lost], d("2026-11-23")) is None
    assert (
        roll.missing_since([lost, entry("roll_exception", "2026-11-23", 2, at="06:50", what="found")]) is None
    )
    assert roll.missing_since([lost, entry("escape", "2026-11-23", 2)]) is None


def test_a_roll_that_was_left_out_is_due_with_the_next() -> None:
    def due(_: date) -> tuple[int, ...]:
        return (400, 760, 1260)

    day = d("2026-11-23")
    assert roll.due_since((day, 400), (day, 760), due) == 1
    assert roll.due_since((day, 400), (day, 1260), due) == 2
    assert roll.due_since((day - timedelta(days=1), 400), (day, 400), due) == 3
    assert roll.due_since(None, (day, 760), due) == 2


# ── work ──────────────────────────────────────────────────────────────────────────────────────────

SIX = Decimal(6)


def test_only_those_a_doctor_calls_able_work_and_only_as_long_as_the_word_holds() -> None:
    assert work.able([], d("2026-11-23")).fit == "unknown"
    fit = entry("work_fitness", "2026-11-01", fit="light", most_hours="4", until=d("2026-11-30"))
    assert work.hours_on([fit], d("2026-11-23"), SIX) == 4
    assert work.hours_on([fit], d("2026-12-01"), SIX) == 0
    assert work.hours_on([fit, entry("work_fitness", "2026-11-10", fit="none")], d("2026-11-23"), SIX) == 0


def test_an_exception_says_what_was_worked_and_over_six_hours_it_counts_against_the_rule() -> None:
    fit = entry("work_fitness", "2026-11-01", fit="full")
    longer = entry("work_exception", "2026-11-24", hours="7.5", why="longer")
    gone = entry("medical_leave", "2026-11-25")
    plans = {d(f"2026-11-{n}"): SIX for n in (23, 24, 25)}
    month = work.worked([fit, longer, gone], plans)
    assert (month.days, month.hours, month.over) == (2, Decimal("13.5"), (d("2026-11-24"),))
    count = work.day_count([[fit, longer], [fit], []], d("2026-11-24"), SIX)
    assert (count.worked, count.within) == (2, 1)


def test_pay_is_hours_by_the_rate_to_the_fen() -> None:
    assert work.pay(Decimal("13.5"), Decimal("2.35")) == Decimal("31.73")
    assert work.plain(Decimal("120.00")) == "120"
    assert work.month_of(d("2026-02-10")) == (d("2026-02-01"), d("2026-02-28"))


# ── leave ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("on", "back", "state"),
    [
        ("2026-11-19", None, "to_come"),
        ("2026-11-20", None, "out"),
        ("2026-11-23", None, "out"),
        ("2026-11-24", None, "overdue"),
        ("2026-11-30", ("2026-11-23", "in_time"), "back"),
        ("2026-11-30", ("2026-11-24", "in_time"), "late"),
        ("2026-11-30", ("2026-11-21", "not_gone"), "not_gone"),
    ],
)
def test_where_a_leave_stands(on: str, back: tuple[str, str] | None, state: str) -> None:
    entries = [entry("home_leave", "2026-11-18", going=d("2026-11-20"), back_by=d("2026-11-23"))]
    if back:
        entries.append(entry("home_leave_back", back[0], outcome=back[1]))
    (one,) = leave.leaves(entries, d(on))
    assert one.state == state


def test_every_ceiling_names_an_article_and_how_it_was_seen() -> None:
    assert {c.name: (c.most, c.mark) for c in ceilings.CEILINGS} == {
        "day_hours": (6, "S"),
        "week_days": (5, "S"),
        "holidays": (0, "S"),
    }
    assert all(c.cites == "司法行政机关强制隔离戒毒工作规定#43" for c in ceilings.CEILINGS)
    assert ceilings.PAID.cites == "禁毒法#43"
