"""Tasks, meetings, campaigns, checklists, groups and model places, worked out from entries alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.casefile.traced import Traced
from guitu.compose import kinds
from guitu.kernel.zone import CHINA
from guitu.levels import campaigns, checklists, meetings, organisation, tasks
from guitu.levels.tasks import HOUSE, Terms

ON = date(2026, 11, 23)


def entry(n: int, kind: str, on: date, corrects: int = 0, unit: str = "", **fields: Value) -> Entry:
    assert kind == "void" or kinds()[kind].faults(fields) == []
    return Entry(
        id=UUID(int=n), file=UUID(int=1), kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 8, tzinfo=CHINA) + timedelta(minutes=n),
        author="head", unit=unit, fields=fields, corrects=UUID(int=corrects) if corrects else None,
        reason="录错" if corrects else "",
    )  # fmt: skip


def back(days: int) -> date:
    return ON - timedelta(days=days)


def decided(n: int = 1, due: int | None = -5, corrects: int = 0, owner: str = "town") -> Entry:
    more: dict[str, Value] = {} if due is None else {"due": back(-due)}
    return entry(
        n, "action_decided", back(30), corrects, about="county", text="补齐文书", owner=owner, **more
    )


def report(n: int, days: int, how: str, to: int = 1) -> Entry:
    return entry(n, "action_report", back(days), to=str(UUID(int=to)), how=how, text="协议 12 份")


def test_a_task_is_late_the_day_after_its_day_and_climbs_one_level_for_every_seven_days() -> None:
    (task,) = tasks.tasks("county", Traced([decided(due=0)]))
    assert (task.state(ON), task.days_late(ON), task.near(ON, HOUSE)) == ("open", 0, True)
    assert task.state(back(-1)) == "late"
    assert [task.climbed(back(-n), HOUSE) for n in (0, 6, 7, 13, 14)] == [0, 0, 1, 1, 2]
    assert task.climbed(back(-14), Terms(climb=30)) == 0
    assert not task.near(back(4), HOUSE)
    (endless,) = tasks.tasks("county", Traced([decided(due=None)]))
    assert (endless.state(ON), endless.climbed(ON, HOUSE), endless.near(ON, HOUSE)) == ("open", 0, False)


def test_a_task_keeps_its_reports_and_its_closing_although_it_was_corrected() -> None:
    closed = entry(9, "action_closed", back(1), to=str(UUID(int=1)), outcome="done", evidence="台账")
    every = [decided(due=-5), decided(2, due=4, corrects=1), closed]
    (task,) = tasks.tasks("county", Traced(every), [report(5, 9, "going"), report(6, 2, "done", to=2)])
    assert task.id == str(UUID(int=1))
    assert (task.due, task.first_due) == (back(-4), back(5))
    assert [str(r.get("how")) for r in task.reports] == ["going", "done"]
    assert task.way == "claimed"
    assert (task.state(ON), task.state(back(2)), task.open(back(2))) == ("done", "open", True)


def test_the_most_pressing_comes_first_and_what_has_no_day_last() -> None:
    some = tasks.tasks(
        "c", Traced([decided(1, due=3), decided(2, due=-9), decided(3, due=None), decided(4, due=-2)])
    )
    assert [t.entry.id.int for t in tasks.most_pressing(some, ON)] == [2, 4, 1, 3]


def test_the_last_entry_says_how_an_office_is_reminded() -> None:
    assert tasks.terms_of([], "county") is None
    some = [entry(1, "dispatch_terms", back(9), remind=5, climb=10),
            entry(2, "dispatch_terms", back(3), remind=1, climb=4)]  # fmt: skip
    assert tasks.terms_of(some, "county") == Terms(1, 4, "county")


def met(n: int, on: str, sort: str = "month") -> Entry:
    return entry(n, "meeting", date.fromisoformat(on), sort=sort)


def test_each_month_that_is_over_since_the_first_meeting_has_its_meeting_or_is_missing() -> None:
    some = [met(1, "2026-07-03"), met(2, "2026-07-20"), met(3, "2026-09-30"), met(4, "2026-11-02"),
            met(5, "2026-10-08", "quarter"), met(6, "2026-10-09", "risk")]  # fmt: skip
    month, quarter, year = meetings.held(some, ON)
    assert (month.held, month.periods, month.now) == (2, 4, True)
    assert month.missing == (date(2026, 10, 1), date(2026, 8, 1))
    assert (quarter.held, quarter.periods, quarter.now) == (0, 1, True)
    assert (year.periods, year.now) == (0, False)
    assert [m.periods for m in meetings.held([], ON)] == [0, 0, 0]
    assert meetings.period_text("quarter", date(2026, 10, 1)) == "2026Q4"


def test_a_campaign_has_its_days_and_targets_that_are_reached_or_not() -> None:
    push = entry(1, "campaign", back(60), name="行动", first=back(30), last=back(-10))
    aim = entry(2, "campaign_target", back(60), to=str(UUID(int=1)), indicator="outreach.talks", way="least",
                number="20")  # fmt: skip
    later = entry(3, "campaign", back(1), 1, name="行动", first=back(30), last=back(2))
    (one,) = campaigns.campaigns("county", Traced([push, aim]))
    assert [one.stage(d) for d in (back(31), back(30), back(-10), back(-11))] == [
        "ahead", "running", "running", "over",
    ]  # fmt: skip
    (target,) = one.targets
    assert (target.number, target.reached(20), target.reached(19.5), target.reached(None)) == (
        Decimal(20), True, False, None,
    )  # fmt: skip
    (changed,) = campaigns.campaigns("county", Traced([push, aim, later]))
    assert (changed.id, changed.stage(ON), len(changed.targets)) == (one.id, "over", 1)
    assert campaigns.in_period([one, changed], ON) == (one,)


def listed(n: int = 1, corrects: int = 0, since: int = 100, items: str = "甲\n乙", **more: Value) -> Entry:
    fields: dict[str, Value] = {"every": "month", "who": "town", "use": "other", **more}
    return entry(
        n, "checklist", back(since), corrects, name="清单", items=items, from_day=back(since), **fields
    )


def filled(n: int, period: date, done: int = 2) -> Entry:
    return entry(n, "checklist_filled", back(1), checklist=str(UUID(int=1)), name="清单", period=period,
                 asked=2, done=done)  # fmt: skip


def test_a_monthly_list_misses_the_months_that_are_over_without_a_sheet() -> None:
    (one,) = checklists.checklists([listed(), filled(2, date(2026, 9, 1)), filled(3, date(2026, 11, 1))])
    assert not one.owed(ON)
    assert one.missed(ON) == (date(2026, 10, 1), date(2026, 8, 1))
    assert one.given_to("town")
    assert not one.given_to("village")
    assert checklists.period_of("quarter", ON) == date(2026, 10, 1)
    assert checklists.period_of("year", ON) == date(2026, 1, 1)


def test_a_new_version_asks_from_its_day_on_and_sheets_of_before_stay() -> None:
    second = listed(5, since=10, items="丙", own_id=str(UUID(int=1)))
    mended = listed(6, 5, since=10, items="丙\n丁", own_id=str(UUID(int=1)))
    (one,) = checklists.checklists([listed(), second, mended, filled(2, date(2026, 10, 1))])
    assert [v.items for v in one.versions] == [("甲", "乙"), ("丙", "丁")]
    assert one.version(date(2026, 10, 1)).items == ("甲", "乙")
    assert one.version(date(2026, 11, 1)).items == ("丙", "丁")
    assert (one.first, one.id, one.sheets[0].period) == (back(100), UUID(int=1), date(2026, 10, 1))


def test_a_list_handed_down_shows_the_sheets_of_the_unit_that_fills_it_in() -> None:
    (one,) = checklists.checklists([listed()])
    assert checklists.with_sheets(one, [filled(2, date(2026, 11, 1))]).sheet(ON) is not None
    assert one.sheet(ON) is None


def test_a_list_filled_in_once_is_missed_when_its_last_day_is_over() -> None:
    (one,) = checklists.checklists([listed(every="once", since=20, until=back(5))])
    assert one.period(ON) == back(20)
    assert (one.owed(back(5)), one.missed(back(5)), one.missed(ON)) == (True, (), (back(20),))


def member(n: int, part: str, since: int, until: int | None = None) -> Entry:
    more: dict[str, Value] = {} if until is None else {"until": back(until)}
    return entry(n, "group_member", back(since), to=str(UUID(int=1)), part=part, name=f"某{n}", **more)


def test_a_group_has_the_members_of_the_day_and_keeps_those_of_before() -> None:
    group = entry(1, "leading_group", back(500), name="领导小组")
    every = [group, member(2, "member", 400), member(3, "head", 300, until=100), member(4, "head", 100)]
    (now,) = organisation.groups("county", Traced(every), ON)
    assert [m.id.int for m in now.members] == [4, 2]
    assert now.head is not None
    assert [m.id.int for m in now.before] == [3]
    (then,) = organisation.groups("county", Traced(every), back(101))
    assert then.head is not None
    assert then.head.id.int == 3
    assert organisation.groups("county", Traced(every), back(501)) == ()


def watched(n: int, days: int, status: str, which: str = "national") -> Entry:
    return entry(n, "watch_status", back(days), which=which, status=status)


def test_a_place_stands_on_a_list_from_its_day_until_it_is_taken_off() -> None:
    some = [watched(1, 600, "listed"), watched(2, 500, "listed"), watched(3, 100, "removed"),
            watched(4, 50, "listed", "province"), watched(5, 40, "removed", "county")]  # fmt: skip
    province, national = organisation.listings("county", some)
    assert (province.which, province.ended) == ("province", None)
    assert national.since.happened_on == back(600)
    assert national.ended is not None
    assert national.ended.happened_on == back(100)


def test_a_model_place_is_what_was_last_said_of_it() -> None:
    def step(n: int, kind: str, days: int, place: str = "某社区", **more: Value) -> Entry:
        return entry(n, kind, back(days), programme="p", place=place, **more)

    town = Traced([step(1, "model_applied", 90), step(2, "model_judged", 60, outcome="visited"),
                   step(3, "model_judged", 30, outcome="granted", met=5),
                   step(4, "model_applied", 5, "某校")])  # fmt: skip
    other = Traced(
        [step(5, "model_applied", 9), entry(6, "model_applied", back(9), programme="q", place="某村")]
    )
    found = {(s.at, s.name): s for s in organisation.sites("p", [("town", town), ("next", other)])}
    assert {key: s.stage for key, s in found.items()} == {
        ("town", "某社区"): "granted", ("town", "某校"): "applied", ("next", "某社区"): "applied",
    }  # fmt: skip
    assert found["town", "某社区"].granted_on == back(30)


def test_qualifications_that_end_soon_or_have_ended_are_told() -> None:
    def gained(n: int, until: int | None) -> Entry:
        more: dict[str, Value] = {} if until is None else {"until": back(until)}
        return entry(n, "staff_qualification", back(900), name="某某", sort="training", **more)

    some = [gained(1, None), gained(2, -61), gained(3, -60), gained(4, 5)]
    assert [e.id.int for e in organisation.expiring(some, ON, 60)] == [4, 3]
