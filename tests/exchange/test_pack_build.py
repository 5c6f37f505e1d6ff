"""A pack is put together from what is counted: compared, checked, protected; and why a number is another one
later is said figure by figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from guitu.exchange.packs.build import Task, build
from guitu.exchange.packs.changes import changed, same_numbers
from guitu.exchange.packs.content import Pack
from guitu.exchange.packs.counting import Quality, policy_digest, rights_findings
from guitu.indicators import Events, Indicator, People, Period, Ratio, Stock
from guitu.indicators.disclosure import Mark
from guitu.indicators.shown import Counted, marks
from guitu.kernel.labels import Label
from guitu.store.pack_since import Since
from tests.exchange.packing import COUNTY, EAST, OCTOBER, Given, under


def indicator(key: str, value: Any, unit: str = "person", version: int = 1) -> Indicator:
    words = Label(key, key)
    return Indicator(key=key, label=words, unit=unit, definition=words, value=value, version=version)


ORDERS = indicator("community.orders", People(of="order"))
TESTS = indicator("tests.done", Events(of="urine_test"), "person_time")
RATE = indicator(
    "community.reported_rate", Ratio(over=Events(of="reporting_in"), under=Events(of="served")), "percent"
)
IN_FORCE = indicator("measures.in_force", Stock(of="measures"))
OVERDUE = indicator("duties.overdue", Stock(of="duties", count="rows"), "duty")
FINDINGS = indicator("findings.persons", Stock(of="findings"))
KNOWN = (ORDERS, TESTS, RATE, IN_FORCE, OVERDUE, FINDINGS)
TASK = Task(COUNTY, OCTOBER, "469023-202610-1", date(2026, 11, 2))


def register(n: int, **more: Any) -> dict[str, Any]:
    people = [under(p, "2026-01-05", unit=3 + p % 2) for p in range(n)]
    return {"measures": [p[0] for p in people], "homes": [p[1] for p in people], **more}


def made(counter: Given, **task: Any) -> Pack:
    return build(replace(TASK, **task), counter, KNOWN)


def test_a_figure_is_compared_with_the_month_before_and_the_year_before() -> None:
    key = ("community.orders", 2, "")
    others = {(key, OCTOBER.before()): 30, (key, OCTOBER.year_before()): 20}
    pack = made(Given({key: 41}, others, **register(40)))
    (line,) = [n for n in pack.lines if n.key == "community.orders"]
    assert (line.now.value, line.before, line.year_before) == (
        "41", replace(line.now, value="30", n=30), replace(line.now, value="20", n=20),
    )  # fmt: skip
    assert pack.policy == policy_digest()
    assert (pack.seq, pack.kind) == (1204, "month")


def test_what_nobody_did_in_any_of_the_three_periods_is_left_out() -> None:
    assert made(Given(**register(40))).lines == ()


def test_the_register_comes_out_and_a_wrong_closing_stops_the_pack() -> None:
    good = made(Given(**register(40)))
    assert (good.flow.opening.value, good.flow.closing.value, good.flow.adds_up) == ("40", "40", True)
    assert good.blocked == ()
    bad = made(Given(**register(40, wrong=1)))
    assert [c.name for c in bad.blocked] == ["flow"]


def test_an_opening_that_is_not_the_last_closing_is_said_and_stops_nothing() -> None:
    pack = made(Given(**register(40)), last_closing=28)
    assert [c.name for c in pack.checks] == ["opening"]
    assert "相差 12 人" in pack.checks[0].label.zh
    assert pack.blocked == ()


def test_units_that_have_more_than_the_whole_stop_the_pack() -> None:
    counts = {("tests.done", 2, ""): 10, ("tests.done", 3, ""): 8, ("tests.done", 4, ""): 9}
    pack = build(TASK, Given(counts, **register(40)), (*KNOWN, replace(TESTS, key="community.orders")))
    assert pack.blocked == ()  # it is not among the figures by unit
    counts = {("community.orders", no, ""): n for no, n in ((2, 10), (3, 8), (4, 9))}
    several = build(TASK, Given(counts, **register(40)), (replace(TESTS, key="community.orders"),))
    assert [c.name for c in several.blocked] == ["units community.orders"]


def test_small_counts_are_hidden_and_so_is_what_would_give_them_away() -> None:
    counts = {("measures.in_force", no, ""): n for no, n in ((2, 46), (3, 40), (4, 6))}
    pack = made(Given(counts, **register(46)))
    east, west = (row.amounts[0] for row in pack.below.rows)
    assert west.hidden
    assert east.hidden or pack.below.total[0].hidden
    assert west.value == "6"  # the true count stays in what is kept, sealed


def test_few_who_came_are_hidden_together_with_another_term_of_the_equation() -> None:
    people = [under(p, "2026-01-05") for p in range(40)] + [under(50 + p, "2026-10-09") for p in range(3)]
    pack = made(Given(measures=[p[0] for p in people], homes=[p[1] for p in people]))
    amounts = [pack.flow.opening, pack.flow.closing, *(m.amount for m in pack.flow.into)]
    assert pack.flow.into[0].amount.hidden
    assert sum(a.hidden for a in amounts) > 1
    assert not any(a.hidden and not a.along for a in amounts if int(a.value) >= 10)


def test_the_closing_is_shown_where_another_way_can_be_hidden_instead() -> None:
    people = [
        *(under(p, "2026-01-05") for p in range(340)),
        *(under(400 + p, "2026-10-09") for p in range(13)),
        *(under(500 + p, "2026-01-05", "2026-10-20", "expiry") for p in range(11)),
        *(under(600 + p, "2026-01-05", "2026-10-20", "release") for p in range(5)),
    ]
    flow = made(Given(measures=[p[0] for p in people], homes=[p[1] for p in people])).flow
    assert (flow.opening.hidden, flow.closing.hidden) == (False, False)
    hidden = {m.name: (m.amount.hidden, m.amount.along) for m in flow.out}
    assert hidden["release"] == (True, False)
    assert (True, True) in [*hidden.values(), (flow.into[0].amount.hidden, flow.into[0].amount.along)]


def test_overdue_duties_stand_by_unit_without_anybodys_name() -> None:
    counts = {("duties.overdue", no, name): n for no, name, n in (
        (2, "report_in", 30), (2, "sign_agreement", 12), (3, "report_in", 18), (4, "report_in", 12),
        (3, "sign_agreement", 12),
    )}  # fmt: skip
    pack = made(Given(counts, **register(40)))
    assert [c.label.zh for c in pack.overdue.columns] == ["合计", "报到", "签订协议"]
    assert [(r.name, [a.value for a in r.amounts]) for r in pack.overdue.rows] == [
        ("河东镇", ["30", "18", "12"]),
        ("河西镇", ["12", "12", "0"]),
    ]
    assert [a.value for a in pack.overdue.total] == ["42", "30", "12"]


def test_a_town_without_units_below_lists_itself() -> None:
    counts = {("duties.overdue", 3, "report_in"): 18}
    pack = made(Given(counts, **register(40)), place=EAST)
    assert [r.name for r in pack.overdue.rows] == ["河东镇"]


def test_findings_about_rights_come_first() -> None:
    assert "held_past_term" in rights_findings()
    counts = {("findings.persons", 2, "reported_late"): 40, ("findings.persons", 2, "held_past_term"): 11}
    pack = made(Given(counts, **register(40)))
    assert [(r.name, r.rights) for r in pack.findings] == [("held_past_term", True), ("reported_late", False)]


def test_records_that_came_late_are_told_and_never_hidden() -> None:
    pack = made(Given(records=Quality(120, 4, 2, 1), **register(40)))
    assert [(r.name, r.amount.value, r.amount.hidden) for r in pack.quality] == [
        ("written", "120", False), ("late", "4", False), ("corrected", "2", False), ("withdrawn", "1", False),
    ]  # fmt: skip


# ── why a number is another one later ─────────────────────────────────────────────────────────────

KEY = ("community.orders", 2, "")


def causes(fixed: Pack, today: Pack, since: Since) -> dict[str, list[str]]:
    return {c.key: [cause.why for cause in c.causes] for c in changed(fixed, today, since)}


def test_a_figure_that_did_not_change_is_not_spoken_of() -> None:
    pack = made(Given({KEY: 41}, **register(40)))
    assert changed(pack, pack, Since()) == ()
    assert same_numbers(pack, pack) == ()


def test_late_records_corrections_and_withdrawals_are_counted_by_the_kinds_a_figure_is_made_of() -> None:
    fixed, today = (made(Given({KEY: n}, **register(40))) for n in (41, 44))
    since = Since({"order": 4, "urine_test": 9}, {"order": 1}, {"order": 1})
    (found,) = changed(fixed, today, since)
    assert (found.was.value, found.now.value) == ("41", "44")
    assert [c.label.zh for c in found.causes] == ["补录 4 条", "更正 1 条", "作废 1 条"]


def test_another_definition_is_said_before_all_else(monkeypatch: Any) -> None:
    fixed, today = (made(Given({KEY: n}, **register(40))) for n in (41, 44))
    newer = replace(today, groups=tuple(
        replace(g, lines=tuple(replace(n, version=2) for n in g.lines)) for g in today.groups
    ))  # fmt: skip
    (found,) = changed(fixed, newer, Since())
    assert [c.label.zh for c in found.causes] == ["口径由第 1 版改为第 2 版"]


def test_another_law_explains_what_rules_work_out_and_not_what_was_merely_written_down() -> None:
    key = ("measures.in_force", 2, "")
    fixed = made(Given({KEY: 41, key: 40}, **register(40)))
    today = replace(made(Given({KEY: 44, key: 43}, **register(40))), policy="another")
    found = causes(fixed, today, Since())
    assert found["measures.in_force"] == ["law"]
    assert found["community.orders"] == ["unknown"]


def test_the_register_is_compared_term_by_term() -> None:
    fixed = made(Given(**register(40)))
    people = [under(p, "2026-01-05") for p in range(40)] + [under(60, "2026-10-09")]
    today = made(Given(measures=[p[0] for p in people], homes=[p[1] for p in people]))
    found = causes(fixed, today, Since({"order": 1}))
    assert found == {"flow.in.new": ["late"], "flow.closing": ["late"]}
    assert same_numbers(fixed, today) == ("flow.in.new", "flow.closing")


def test_two_packs_together_give_away_no_small_figure_that_one_of_them_hides() -> None:
    counted = {2: 46, 3: 40, 4: 6}  # a county, and its two towns
    rows = [Counted(no, "month", OCTOBER.first, n, people=n) for no, n in counted.items()]
    above = {}
    for no in (2, 3):
        below = [3, 4] if no == 2 else []
        given = {span: mark for (unit, span), mark in above.items() if unit == no} if no == 3 else None
        above |= marks(IN_FORCE, [r for r in rows if r.unit in (no, *below)], no, below, given=given)

    def elsewhere(key: str, unit: int, period: Period) -> Mark:
        return above.get((unit, (period.kind, period.first)), "") if key == IN_FORCE.key else ""

    def there(pack: Pack) -> dict[str, bool]:
        rows = {row.code: row.amounts[0].hidden for row in pack.below.rows}
        (line,) = [n for n in pack.lines if n.key == IN_FORCE.key]
        return {**rows, pack.unit.code: line.now.hidden}

    counts = {(IN_FORCE.key, no, ""): n for no, n in counted.items()}
    county = there(made(Given(counts, **register(46)), elsewhere=elsewhere))
    town = made(Given(counts, **register(40)), place=EAST, elsewhere=elsewhere)
    assert not county[COUNTY.code]  # the whole is worth more than a part
    assert county[EAST.code]
    assert there(town)[EAST.code]  # 46 beside 40 would tell of the six
    assert town.flow.closing.hidden  # and the register says the same number
    alone = there(made(Given(counts, **register(40)), place=EAST))
    assert not alone[EAST.code]
