"""Money, rewards to informants, equipment, rounds and venues, with the number that must come out."""

from __future__ import annotations

from decimal import Decimal

from tests.indicators.small import COUNTY, TOWN, VILLAGE, Small, day

ID = "01900000-0000-7000-8000-000000000001"
WALKED = {"started": 2000, "minutes": 60, "people": 4}


def test_a_budget_is_what_was_set_and_added_and_cuts_stand_apart() -> None:
    small = Small()
    line = {"year": 2025, "purpose": "support"}
    small.work("budget_line", "01-10", COUNTY, sort="set", amount=1_000_000, **line)
    small.work("budget_line", "06-10", COUNTY, sort="added", amount=200_000, **line)
    small.work("budget_line", "09-10", COUNTY, sort="cut", amount=50_000, **line)
    small.work("grant", "03-10", COUNTY, sort="received", amount=70_000, **line)
    small.work("grant", "04-10", COUNTY, sort="given", amount=30_000, **line)
    assert small.value("funds.budget") == 1_200_000
    assert small.value("funds.budget_cut") == 50_000
    assert small.value("funds.grants_given") == 30_000


def test_a_reward_to_an_informant_counts_when_it_is_collected() -> None:
    small = Small()
    small.work("informant_reward", "03-01", COUNTY, code="J000000000", digest="0" * 64, amount=2000,
               ground="verified")  # fmt: skip
    assert small.value("rewards.informants_paid") == 0
    small.work("informant_reward_ended", "04-01", COUNTY, to=ID, outcome="collected", amount=2000)
    small.work("informant_reward_ended", "05-01", COUNTY, to=ID, outcome="cancelled", why="unclaimed")
    assert small.value("rewards.informants_paid") == 2000
    assert small.value("rewards.informants") == 1
    assert small.value("rewards.paid") == 0  # the two kinds of reward are never one figure


def test_equipment_and_places_of_service_stand_until_they_end() -> None:
    small = Small()
    small.work("equipment", "01-01", TOWN, name="皮卡", sort="vehicle", pieces=2)
    small.work("equipment", "01-01", TOWN, name="检测仪", sort="testing", pieces=10, until=day("06-01"))
    place = {"name": "示范门诊部", "address": "示范路 1 号", "services": "体检", "hours": "每天 8:30–17:30"}
    small.work("service_place", "01-01", TOWN, sort="custody_clinic", **place)
    small.work("service_place", "01-01", COUNTY, sort="station", until=day("2026-02-01"), **place)
    assert small.value("equipment.held") == 2
    assert small.value("service.places") == 2


def test_rounds_and_what_they_found_and_told() -> None:
    small = Small()
    for found, reported, places in (("nothing", None, 4), ("goods", "yes", 3), ("waste", "no", 0)):
        told = {"reported": reported} if reported else {}
        small.work("place_round", "05-01", VILLAGE, by="village_team", found=found, places=places, **WALKED,
                   **told)  # fmt: skip
    small.work("place_round", "05-02", TOWN, by="section", found="damage", places=1, **WALKED)
    heads = {
        "name": "一段", "begins": "码头", "ends": "灯塔", "first_unit": "469023100", "first_post": "head",
        "second_unit": "469023100", "second_post": "police_station",
    }  # fmt: skip
    small.work("coast_section", "01-01", TOWN, **heads)
    small.work("coast_section", "01-01", TOWN, until=day("03-01"), **heads)
    assert small.value("rounds.held") == 4
    assert small.value("rounds.places") == 8
    assert small.value("rounds.reported") == Decimal("50.00")
    assert small.value("coast.sections") == 1


def test_venues_their_inspections_and_closures() -> None:
    small = Small()
    small.work("venue", "01-01", TOWN, sort="singing", name="示范歌厅", where="示范路")
    small.work("venue", "01-01", TOWN, sort="lodging", name="示范旅馆", where="示范路")
    for result in ("in_order", "in_order", "to_mend", "suspected"):
        more = {"mend_by": day("06-01")} if result == "to_mend" else {}
        small.work("venue_inspection", "05-01", TOWN, to=ID, by="joint", result=result, **more)
    small.work("venue_closure", "06-01", TOWN, to=ID, sort="closed", ordered_by="culture")
    assert small.value("venues.registered") == 2
    assert small.value("venues.inspections") == 4
    assert small.value("venues.in_order") == Decimal("50.00")
    assert small.value("venues.closed") == 1
    assert small.value("police.venues_closed") is None  # what the police publish is another figure
