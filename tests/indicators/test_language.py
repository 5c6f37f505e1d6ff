"""The language of indicators: what a declaration may say, how periods are read, what a figure says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from guitu import compose
from guitu.indicators import (
    COUNTING_UNITS,
    Change,
    Events,
    Exists,
    Indicator,
    Is,
    People,
    Period,
    Place,
    Published,
    Ratio,
    Rows,
    Stock,
    Sum,
    Survival,
    check,
    run,
)
from guitu.indicators.counting import rounded, share
from guitu.indicators.engines.memory import MemorySource
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from tests.generative.figures_world import REACH, TABLES, TREE

PROVINCE, COUNTY, OTHER, TOWN, SECOND, _ = TREE


def declared(value: object, unit: str = "entry", **more: object) -> Indicator:
    """A declaration of this value."""
    return Indicator(
        key="t",
        label=Label("指标", "Indicator"),
        unit=unit,
        definition=Label("定义。", "Definition."),
        value=value,  # type: ignore[arg-type]
        imported=isinstance(value, Published),
        **more,  # type: ignore[arg-type]
    )


def visit(person: int, day: str, at: int = 4, seq: int = 1, **fields: object) -> dict[str, object]:
    """An entry of the world's kind `visit`."""
    return {"person": person, "seq": seq, "day": date.fromisoformat(day), "recorded": seq, "at": at, **fields}


def source(**rows: list[dict[str, object]]) -> MemorySource:
    """The referee over these rows."""
    return MemorySource(rows, TABLES, TREE, REACH)


def value(indicator: Indicator, rows: MemorySource, place: Place = PROVINCE, text: str = "2025") -> object:
    """The one figure."""
    (figure,) = run([indicator], rows, places=[place], periods=[Period.parse(text)])
    return figure.value


def test_a_share_per_hundred_cannot_be_counted_in_permille() -> None:
    ratio = Ratio(over=Events(of="visit"), under=Events(of="visit"), per=100)
    with pytest.raises(GuituError, match="per 100"):
        declared(ratio, "permille")
    with pytest.raises(GuituError, match="shares only"):
        declared(Events(of="visit"), "percent")
    assert declared(replace(ratio, per=1000), "permille").counting.symbol.zh == "‰"


def test_only_a_published_figure_is_imported() -> None:
    with pytest.raises(GuituError, match="Published"):
        Indicator(
            key="t",
            label=Label("指标", "I"),
            unit="case",
            definition=Label("一", "a"),
            value=Published(series="x"),
        )


def test_a_declaration_that_names_nothing_real_says_the_nearest_name() -> None:
    with pytest.raises(GuituError, match="did you mean “visit”"):
        check(declared(Events(of="visits")), TABLES)
    with pytest.raises(GuituError, match="did you mean “size”"):
        check(declared(Sum(of="visit", field="sizes")), TABLES)
    with pytest.raises(GuituError, match=r"t@1 order.measure.*did you mean “community_treatment”"):
        check(declared(Events(of="order", where=Is("measure", "community_treatmnt"))), compose.tables())
    with pytest.raises(GuituError, match=r"did you mean “t\.new”"):
        check(declared(Change(of="t.mew"), "percent"), TABLES, ["t.new"])


def test_talks_are_not_split_by_sex_and_units_are_no_persons() -> None:
    with pytest.raises(GuituError, match="cannot be split"):
        check(declared(Events(of="talk"), breakdowns=("sex",)), TABLES)
    with pytest.raises(GuituError, match="not about persons"):
        check(declared(People(of="talk")), TABLES)
    with pytest.raises(GuituError, match="only words"):
        check(declared(Events(of="talk"), breakdowns=("size",)), TABLES)


def test_another_entry_is_looked_for_one_step_away_only() -> None:
    with pytest.raises(GuituError, match="no Exists inside"):
        Exists(of="visit", where=Exists(of="order"))
    with pytest.raises(GuituError, match="in_period"):
        Exists(of="visit", in_period=True, least=0)


def test_every_declared_indicator_is_sound_and_its_key_is_its_own() -> None:
    versions = compose.indicator_versions()
    assert versions
    for key, them in versions.items():
        assert [one.version for one in them] == sorted({one.version for one in them}), key


def test_periods_are_read_as_offices_write_them() -> None:
    read = {text: Period.parse(text) for text in ("2026-10", "2026Q3", "2026H1", "2026", "2026-10-05")}
    assert [period.text for period in read.values()] == list(read)
    assert Period.parse("2026-07-01..2026-09-30") == read["2026Q3"]
    assert Period.parse("2016-11-01..2019-10-31").label.zh == "2016年11月1日至2019年10月31日"
    assert read["2026Q3"].label.zh == "2026年第三季度"
    assert read["2026-10"].before().text == "2026-09"
    assert read["2026H1"].before().text == "2025H2"
    assert read["2026Q3"].year_before().text == "2025Q3"
    for wrong in ("2026-13", "last month", "2026-10-31..2026-10-01"):
        with pytest.raises(GuituError):
            Period.parse(wrong)


def test_figures_round_half_up_as_printed_ones_do() -> None:
    assert str(share(10659, 11350, 100)) == "93.911894"
    assert COUNTING_UNITS["percent"].show(share(10659, 11350, 100)) == "93.91%"
    assert rounded(Decimal("0.125"), 2) == Decimal("0.13")
    assert COUNTING_UNITS["permille"].show(Decimal("3.21")) == "3.21‰"
    assert COUNTING_UNITS["person"].show(10614) == "10,614 人"
    assert COUNTING_UNITS["kg"].show(Decimal("79.159"), "en") == "79.159 kg"
    assert COUNTING_UNITS["person"].show(None) == "—"


def test_one_person_in_two_towns_is_one_in_their_county() -> None:
    rows = source(visit=[visit(1, "2025-03-01", at=4), visit(1, "2025-03-02", at=5, seq=2)])
    people = declared(People(of="visit"), "person")
    assert [value(people, rows, place) for place in (TOWN, SECOND, COUNTY, PROVINCE, OTHER)] == [
        1,
        1,
        1,
        1,
        0,
    ]


def test_a_stock_is_what_is_there_at_the_end_of_the_last_day() -> None:
    measure = {"person": 1, "starts_on": date(2025, 1, 10), "ended_on": date(2025, 3, 31)}
    rows = source(
        measures=[measure], homes=[{"person": 1, "from_day": date(2025, 1, 1), "unit": 4}]
    )  # ended on the 31st: no longer there that day
    stock = declared(Stock(of="measures"), "person")
    assert [value(stock, rows, text=month) for month in ("2024-12", "2025-01", "2025-02", "2025-03")] == [
        0,
        1,
        1,
        0,
    ]


def test_a_duty_is_overdue_only_after_its_day() -> None:
    duty = {"person": 1, "due": date(2025, 3, 31), "done_on": date(2025, 4, 2)}
    rows = source(duties=[duty], homes=[{"person": 1, "from_day": date(2025, 1, 1), "unit": 4}])
    overdue = declared(Stock(of="duties", count="rows"), "duty")
    days = ("2025-03-31", "2025-04-01", "2025-04-02")
    assert [value(overdue, rows, text=day) for day in days] == [0, 1, 0]


def test_the_home_counts_where_the_person_lived_that_day() -> None:
    homes = [
        {"person": 1, "from_day": date(2025, 1, 1), "unit": 4},
        {"person": 1, "from_day": date(2025, 6, 1), "unit": 3},
    ]
    rows = source(visit=[visit(1, "2025-05-31", at=5), visit(1, "2025-06-01", at=5, seq=2)], homes=homes)
    home = declared(Events(of="visit"), "event", where_counted="home")
    assert [value(home, rows, place) for place in (TOWN, OTHER, SECOND)] == [1, 1, 0]


def test_the_lost_are_counted_and_stay_in_the_denominator() -> None:
    cohort = declared(
        Survival(
            start=Rows(of="order"),
            kept=(Rows(of="visit"),),
            failed=(Rows(of="order", where=Is("how", "relapse")),),
            months=(3, 12),
            at=3,
        ),
        "percent",
    )
    starts = [{**visit(person, "2025-02-01", seq=person), "how": "start"} for person in (1, 2, 3, 4)]
    relapse = {**visit(3, "2025-03-05", seq=9), "how": "relapse"}
    rows = source(
        order=[*starts, relapse], visit=[visit(1, "2025-04-20", seq=10), visit(3, "2025-04-20", seq=11)]
    )
    (figure,) = run([cohort], rows, places=[PROVINCE], periods=[Period.month(2025, 2)])
    assert figure.parts["cohort"] == 4
    at_three = {name: figure.parts[f"3.{name}"] for name in ("kept", "lost", "failed", "censored")}
    assert at_three == {"kept": 1, "lost": 2, "failed": 1, "censored": 0}
    assert figure.value == 25
    assert figure.parts["12.lost"] == 3  # 1 February 2026 has passed by then
    assert [person for person, _ in rows.members(cohort, PROVINCE, figure.period, "3.lost", run_known())] == [
        2,
        4,
    ]


def run_known() -> object:
    """Everything there is."""
    from guitu.indicators import Known

    return Known()


def test_an_implausible_share_and_more_than_a_whole_are_said_in_both_languages() -> None:
    rate = declared(
        Ratio(over=Events(of="visit"), under=Events(of="visit", where=Is("how", "a"))),
        "percent",
        plausible=(0, 100),
    )
    rows = source(visit=[visit(1, "2025-03-01", how="a"), visit(2, "2025-03-01", seq=2, how="b")])
    (figure,) = run([rate], rows, places=[PROVINCE], periods=[Period.year(2025)])
    assert [warning.code for warning in figure.warnings] == ["over_whole", "implausible"]
    assert figure.warnings[1].label.zh == "200.00% 超出合理范围（0—100%），请核对单位和来源"
    assert "outside the plausible range" in figure.warnings[1].label.en


def test_a_figure_from_before_its_definition_says_so_and_has_no_value() -> None:
    first = declared(Events(of="visit"), valid_from=date(2025, 1, 1), valid_until=date(2025, 6, 30))
    second = declared(Events(of="visit", where=Is("how", "a")), version=2, valid_from=date(2025, 7, 1))
    rows = source(
        visit=[visit(1, "2025-03-01"), visit(1, "2025-08-01", seq=2, how="a"), visit(2, "2025-08-01", seq=3)]
    )
    figures = run(
        [second, first],
        rows,
        places=[PROVINCE],
        periods=[Period.parse(text) for text in ("2024", "2025H1", "2025Q3", "2025")],
    )
    assert [(f.version, f.value) for f in figures] == [(1, None), (1, 1), (2, 1), (2, 1)]
    said = [[warning.code for warning in f.warnings] for f in figures]
    assert said == [["not_yet_defined"], [], [], ["definition_changed"]]


def test_what_was_published_is_never_added_up_and_contradictions_stay_visible() -> None:
    def entry(seq: int, number: str, replaces: str | None = None, unit: int = 2) -> dict[str, object]:
        return {
            "unit": unit, "seq": seq, "recorded": seq, "series": "x", "value": number, "replaces": replaces,
            "first": date(2025, 1, 1), "last": date(2025, 12, 31), "day": REACH, "at": 1,
        }  # fmt: skip

    published = declared(Published(series="x"), "percent")
    rows = source(published_figure=[entry(1, "-29.68"), entry(2, "-9.68")])
    (figure,) = run([published], rows, places=[COUNTY], periods=[Period.year(2025)])
    assert (figure.value, dict(figure.parts)) == (Decimal("-29.68"), {"also.1": Decimal("-9.68")})
    assert [warning.code for warning in figure.warnings] == ["conflict"]
    assert value(published, rows, PROVINCE) is None
    replaced = source(published_figure=[entry(1, "-29.68"), entry(2, "-9.68", "yes")])
    (figure,) = run([published], replaced, places=[COUNTY], periods=[Period.year(2025)])
    assert (figure.value, figure.warnings) == (Decimal("-9.68"), ())


def test_a_change_is_taken_on_its_base_and_says_when_there_is_none() -> None:
    base = declared(Events(of="visit"))
    change = replace(declared(Change(of="t", base="year"), "percent"), key="t.change")
    rows = source(visit=[visit(1, "2024-12-05"), *(visit(1, "2025-12-05", seq=n) for n in (2, 3, 4))])
    figures = run(
        [change], rows, places=[PROVINCE], periods=[Period.month(2025, 12), Period.month(2025, 11)],
        among={"t": (base,)},
    )  # fmt: skip
    assert [figure.value for figure in figures] == [200, None]
    assert dict(figures[0].parts) == {"now": 3, "base": 1}
    assert [warning.code for warning in figures[1].warnings] == ["no_base"]


def test_a_breakdown_that_an_indicator_does_not_offer_gives_no_figures() -> None:
    rows = source(visit=[visit(1, "2025-03-01", how="a")])
    events = declared(Events(of="visit"), breakdowns=("how",))
    asked = {"places": [PROVINCE], "periods": [Period.year(2025)]}
    assert [f.by for f in run([events], rows, by=["how"], **asked)] == [(("how", "a"),)]
    assert run([events], rows, by=["sex"], **asked) == []
